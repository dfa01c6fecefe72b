// read.c - from text to a tree in one pass, without recursion.
//
// What is in a bracket is collected on a stack and copied into the arena when the bracket
// closes: then its number is known, and the copy is all that is kept.
//
// SPDX-License-Identifier: MIT
#include "json/read.h"

#include "base/limits.h"
#include "json/names.h"
#include "json/scan.h"

enum {
    FIRST_STACK = 96, // members and elements that need no memory from elsewhere
    FEW_NAMES = 32,   // of an object; up to here each is compared with those before it
};

typedef struct Level { // an open bracket
    uint64_t seen;     // a bit for each hash of a name
    uint32_t first;    // of what is in it, on the stack
    bool is_object;
} Level;

typedef struct Reader {
    Scan s;
    Pending *stack; // first the value itself, then what is in open brackets
    uint32_t len, cap;
    uint32_t values;
    uint32_t depth; // levels in use
    Buf grown;      // holds the stack once it has grown
    Pending first_stack[FIRST_STACK];
    Level levels[LIMIT_JSON_NESTING];
} Reader;

// --- the stack -----------------------------------------------------------------------------------

static void grow(Reader *r)
{
    Buf grown = {0};
    buf_reserve(&grown, (size_t)r->cap * 2 * sizeof *r->stack);
    memcpy(grown.p, r->stack, r->len * sizeof *r->stack);
    buf_free(&r->grown);
    r->grown = grown;
    r->stack = (Pending *)(void *)grown.p;
    r->cap *= 2;
}

static inline bool push(Reader *r, Str name, uint32_t at, uint32_t hash)
{
    if (r->len == r->cap)
        grow(r);
    if (++r->values > LIMIT_JSON_VALUES)
        return json_scan_error(&r->s, r->s.p, "a document has at most %u values",
                               LIMIT_JSON_VALUES);
    Pending *p = &r->stack[r->len++];
    p->name = name;
    p->at = at;
    p->hash = hash;
    return true;
}

static bool open_bracket(Reader *r, char bracket)
{
    if (r->depth == LIMIT_JSON_NESTING)
        return json_scan_error(&r->s, r->s.p, "values are nested more than %u deep",
                               LIMIT_JSON_NESTING);
    r->levels[r->depth++] = (Level){.first = r->len, .is_object = bracket == '{'};
    r->s.p++;
    return json_scan_space(&r->s);
}

static bool duplicate(Reader *r, const Pending *again, const Pending *first)
{
    enum { SHOWN = 100 };
    int n = (int)utf8_fit(again->name, SHOWN);
    const char *at = r->s.start + again->at;
    if (str_equal(again->name, first->name))
        json_scan_error(&r->s, at, "the name `%.*s` occurs twice", n, again->name.p);
    else
        json_scan_error(&r->s, at, "the names `%.*s` and `%.*s` differ only in case",
                        (int)utf8_fit(first->name, SHOWN), first->name.p, n, again->name.p);
    r->s.error->other = first->at;
    return false;
}

static void copy_items(Reader *r, const Pending *from, Data *to)
{
    Data *items = ARENA_ARRAY(r->s.arena, Data, to->count);
    for (uint32_t i = 0; i < to->count; i++)
        items[i] = from[i].value;
    to->items = items;
}

static void copy_members(Reader *r, const Pending *from, Data *to)
{
    DataMember *members = ARENA_ARRAY(r->s.arena, DataMember, to->count);
    for (uint32_t i = 0; i < to->count; i++) {
        members[i].name = from[i].name;
        members[i].at = from[i].at;
        members[i].value = from[i].value;
    }
    to->members = members;
}

static bool close_bracket(Reader *r)
{
    const Level *level = &r->levels[--r->depth];
    const Pending *children = r->stack + level->first, *first = NULL;
    Data *d = &r->stack[level->first - 1].value;
    d->count = r->len - level->first;
    r->len = level->first;
    r->s.p++;
    if (level->is_object && d->count > FEW_NAMES) {
        const Pending *again =
            names_duplicate(children, d->count, r->s.flags & JSON_NOCASE_KEYS, &first);
        if (again)
            return duplicate(r, again, first);
    }
    if (d->count == 0)
        d->items = NULL;
    else if (level->is_object)
        copy_members(r, children, d);
    else
        copy_items(r, children, d);
    return true;
}

// --- names ---------------------------------------------------------------------------------------

static bool is_new(Reader *r, Level *level, const Pending *name)
{
    uint64_t bit = UINT64_C(1) << (name->hash & 63);
    bool maybe_seen = level->seen & bit;
    level->seen |= bit;
    if (!maybe_seen || r->len - level->first > FEW_NAMES)
        return true; // where there are many, when the bracket closes
    for (const Pending *p = r->stack + level->first; p < name; p++) {
        if (p->hash == name->hash && name_equal(p->name, name->name, r->s.flags & JSON_NOCASE_KEYS))
            return duplicate(r, name, p);
    }
    return true;
}

static bool no_name(Reader *r)
{
    Scan *s = &r->s;
    const char *found = json_scan_found(s, s->p);
    if (s->p < s->end && *s->p == '\'')
        return json_scan_error(s, s->p, "a name stands in double quotes, not in single ones");
    return json_scan_error(s, s->p, "expected a name in double quotes, found %s", found);
}

// A name and its colon.
static bool read_name(Reader *r, Level *level)
{
    Scan *s = &r->s;
    if (s->p == s->end || *s->p != '"')
        return no_name(r);
    uint32_t at = (uint32_t)(s->p - s->start);
    Str name;
    if (!json_scan_string(s, &name) || !push(r, name, at, name_hash(name)) ||
        !is_new(r, level, &r->stack[r->len - 1]) || !json_scan_space(s))
        return false;
    if (s->p == s->end || *s->p != ':')
        return json_scan_error(s, s->p, "expected `:` after a name, found %s",
                               json_scan_found(s, s->p));
    s->p++;
    return json_scan_space(s);
}

// --- values --------------------------------------------------------------------------------------

static bool not_closed(Reader *r)
{
    const Level *level = &r->levels[r->depth - 1];
    return json_scan_error(&r->s, r->s.start + r->stack[level->first - 1].value.at,
                           "`%c` is not closed before the text ends", level->is_object ? '{' : '[');
}

static bool read_scalar(Reader *r, Data *d)
{
    Scan *s = &r->s;
    switch (*s->p) {
    case '"': {
        Str text;
        if (!json_scan_string(s, &text))
            return false;
        d->kind = DATA_STRING;
        d->count = (uint32_t)text.n;
        d->text = text.p;
        return true;
    }
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        d->count = 0;
        return json_scan_number(s, d);
    default:
        d->count = 0;
        d->integer = 0;
        return json_scan_word(s, d);
    }
}

// What comes behind a value: a comma and the next name, or brackets that close. *more: a value
// comes next.
static bool read_separators(Reader *r, bool *more)
{
    Scan *s = &r->s;
    for (; r->depth;) {
        Level *level = &r->levels[r->depth - 1];
        char close = level->is_object ? '}' : ']';
        if (!json_scan_space(s))
            return false;
        if (s->p == s->end)
            return not_closed(r);
        if (*s->p == ',') {
            const char *comma = s->p++;
            if (!json_scan_space(s))
                return false;
            if (s->p == s->end || *s->p != close) {
                *more = true;
                return level->is_object ? read_name(r, level) : push(r, (Str){0}, 0, 0);
            }
            if (!(s->flags & JSON_COMMENTS))
                return json_scan_error(s, comma, "a comma before `%c`", close);
        }
        if (*s->p != close)
            return json_scan_error(s, s->p, "expected `,` or `%c`, found %s", close,
                                   json_scan_found(s, s->p));
        if (!close_bracket(r))
            return false;
    }
    *more = false;
    return true;
}

// Reads a value and what is in it. At its first byte.
static bool read_tree(Reader *r)
{
    Scan *s = &r->s;
    bool more = push(r, (Str){0}, 0, 0);
    if (!more)
        return false;
    while (more) {
        if (s->p == s->end)
            return r->depth ? not_closed(r) : json_scan_error(s, s->p, "expected a value");
        Data *d = &r->stack[r->len - 1].value;
        d->at = (uint32_t)(s->p - s->start);
        char c = *s->p;
        if (c != '{' && c != '[') {
            if (!read_scalar(r, d))
                return false;
        } else {
            d->kind = c == '{' ? DATA_OBJECT : DATA_ARRAY;
            if (!open_bracket(r, c))
                return false;
            if (s->p < s->end && *s->p != '}' && *s->p != ']') {
                if (c == '{' ? !read_name(r, &r->levels[r->depth - 1]) : !push(r, (Str){0}, 0, 0))
                    return false;
                continue;
            }
        }
        if (!read_separators(r, &more))
            return false;
    }
    return true;
}

// --- documents -----------------------------------------------------------------------------------

static Scan scan_of(Arena *a, Str text, uint32_t at, JsonFlags flags, JsonError *error)
{
    const char *start = text.n ? text.p : "";
    return (Scan){start, start + text.n, start + at, a, flags, error};
}

// A mark of the byte order may stand before UTF-8; what another encoding begins with is said so.
static bool read_mark(Scan *s)
{
    size_t n = (size_t)(s->end - s->p);
    if (n >= 3 && memcmp(s->p, "\xef\xbb\xbf", 3) == 0)
        s->p += 3;
    else if (n >= 2 &&
             (memcmp(s->p, "\xff\xfe", 2) == 0 || memcmp(s->p, "\xfe\xff", 2) == 0 ||
              (n >= 4 && n % 2 == 0 && !s->p[0] != !s->p[1] && (s->p[0] | s->p[1]) > ' ')))
        return json_scan_error(s, s->p, "the text is UTF-16; JSON is UTF-8");
    return true;
}

bool json_read_next(Arena *a, Str text, uint32_t *at, JsonFlags flags, Data *ret, bool *more,
                    JsonError *error)
{
    Reader r; // large, and most of it is never touched
    r.s = scan_of(a, text, *at, flags, error);
    Scan *s = &r.s;
    if (text.n > LIMIT_JSON_BYTES)
        return json_scan_error(s, s->start, "a document has at most %u MiB",
                               LIMIT_JSON_BYTES >> 20);
    if ((*at == 0 && !read_mark(s)) || !json_scan_space(s))
        return false;
    *more = s->p < s->end;
    if (!*more) {
        *at = (uint32_t)text.n;
        return true;
    }
    r.stack = r.first_stack;
    r.cap = FIRST_STACK;
    r.len = r.values = r.depth = 0;
    r.grown = (Buf){0};
    bool good = read_tree(&r) && json_scan_space(s);
    if (good) {
        *ret = r.stack[0].value;
        *at = (uint32_t)(s->p - s->start);
    }
    buf_free(&r.grown);
    return good;
}

bool json_read(Arena *a, Str text, JsonFlags flags, Data *ret, JsonError *error)
{
    uint32_t at = 0;
    bool more;
    if (!json_read_next(a, text, &at, flags, ret, &more, error))
        return false;
    Scan s = scan_of(a, text, at, flags, error);
    if (!more)
        return json_scan_error(&s, s.end, "expected a value; the text is empty");
    return s.p == s.end || json_scan_error(&s, s.p, "expected the end of the text, found %s",
                                           json_scan_found(&s, s.p));
}
