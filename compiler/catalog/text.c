// text.c - reads and writes the text form of the catalogue, line by line.
//
// Shared by the tool that packs stdlib/catalog at build time, by a project's
// overlay and by the import that writes one; nothing here keeps what it reads.
//
// SPDX-License-Identifier: MIT
#include "catalog/text.h"

#include "base/limits.h"

static const struct {
    CatalogValueType type;
    const char *word;
} VALUE_WORDS[] = {
#define VALUE_WORD(value, text) {value, text},
#include "catalog/words.def"
};

typedef struct BitWord {
    uint32_t bit;
    const char *word;
} BitWord;

static const BitWord FLAG_WORDS[] = {
#define FLAG_WORD(value, text) {value, text},
#include "catalog/words.def"
};

static const BitWord SCOPE_WORDS[] = {
#define SCOPE_WORD(value, text) {value, text},
#include "catalog/words.def"
};

enum {
    VALUE_COUNT = sizeof VALUE_WORDS / sizeof VALUE_WORDS[0],
    FLAG_COUNT = sizeof FLAG_WORDS / sizeof FLAG_WORDS[0],
    SCOPE_COUNT = sizeof SCOPE_WORDS / sizeof SCOPE_WORDS[0],
};

static bool is(Str s, const char *word)
{
    return s.n && s.p[0] == word[0] && s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

bool text_cut(Str *rest, char separator, Str *ret_part)
{
    if (!rest->p)
        return false;
    const char *end = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    *ret_part = (Str){rest->p, n};
    *rest = end ? (Str){end + 1, rest->n - n - 1} : (Str){0};
    return true;
}

// The top bits of those of eight bytes that are not ASCII, or a control character but no tab.
static uint64_t odd_bytes(uint64_t x)
{
    const uint64_t each = 0x0101010101010101, seven = 0x7f * each;
    uint64_t rest = x & seven;
    uint64_t control = ~(rest + 0x60 * each); // below 0x20
    uint64_t tab = ~((rest ^ '\t' * each) + seven);
    uint64_t delete = rest + each; // 0x7f
    return (x | (control & ~tab) | delete) & 0x80 * each;
}

// UTF-8 without control characters, but tabs. Nearly always plain ASCII.
static bool printable(Str s)
{
    for (size_t i = 0; i < s.n;) {
        uint64_t x = ' ' * (uint64_t)0x0101010101010101;
        size_t n = s.n - i < sizeof x ? s.n - i : sizeof x;
        memcpy(&x, s.p + i, n);
        if (odd_bytes(x)) {
            n = utf8_sequence(s.p + i, s.n - i);
            bool control = (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f;
            if (n == 0 || (control && s.p[i] != '\t'))
                return false;
        }
        i += n;
    }
    return true;
}

bool text_name(Str s)
{
    return s.n && s.n <= LIMIT_CATALOG_NAME && printable(s) && !str_has(s, '\t');
}

bool text_type_name(Str s)
{
    return text_name(s) && str_has(s, '/') && s.p[0] != '/' && s.p[s.n - 1] != '/';
}

Str text_parent(Str type)
{
    Str s = type;
    while (s.n && s.p[s.n - 1] != '/')
        s.n--;
    s.n -= s.n > 0;
    return str_has(s, '/') ? s : (Str){type.p, 0};
}

bool text_date(Str s)
{
    if (s.n != 10)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return true;
}

// --- lines ---------------------------------------------------------------------------------------

static bool fail(TextError *e, uint32_t line, const char *what, Str guilty)
{
    *e = (TextError){line, what, guilty};
    return false;
}

static bool split(Str line, TextLine *l)
{
    *l = (TextLine){.whole = line, .item = line.n && line.p[0] == '\t', .number = l->number};
    Str rest = l->item ? (Str){line.p + 1, line.n - 1} : line;
    unsigned count = 0;
    for (Str part; text_cut(&rest, '\t', &part); count++) {
        if (count == TEXT_COLUMNS)
            return false;
        l->col[count] = part;
    }
    return true;
}

// The next line, without its end; false at the end of the text.
static bool take_line(TextReader *r, Str *ret)
{
    if (r->at == r->end)
        return false;
    const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
    *ret = (Str){r->at, (size_t)((end ? end : r->end) - r->at)};
    r->at = end ? end + 1 : r->end;
    if (ret->n && ret->p[ret->n - 1] == '\r')
        ret->n--;
    r->line++;
    return true;
}

bool text_open(TextReader *r, Str data, TextError *ret_error)
{
    *r = (TextReader){data.p, data.p + data.n, 0};
    Str first;
    if (!take_line(r, &first) || !is(first, TEXT_HEADER))
        return fail(ret_error, 1, "the first line of a catalogue is `" TEXT_HEADER "`", (Str){0});
    return true;
}

bool text_next(TextReader *r, TextLine *ret_line, TextError *ret_error)
{
    Str line;
    do {
        if (!take_line(r, &line))
            return fail(ret_error, r->line, NULL, (Str){0});
    } while (line.n == 0 || line.p[0] == '#');
    ret_line->number = r->line;
    if (!printable(line))
        return fail(ret_error, r->line, "a line is UTF-8 text without control characters",
                    (Str){0});
    if (!split(line, ret_line))
        return fail(ret_error, r->line, "a line has at most eight columns", (Str){0});
    return true;
}

// A name in a line that was found printable.
static bool sized(Str s)
{
    return s.n && s.n <= LIMIT_CATALOG_NAME;
}

// --- types ---------------------------------------------------------------------------------------

static bool read_bits(const BitWord *words, size_t count, Str s, char separator, uint32_t *ret,
                      Str *ret_guilty)
{
    uint32_t bits = 0;
    Str part;
    if (s.n == 0)
        s.p = NULL;
    while (text_cut(&s, separator, &part)) {
        size_t i = 0;
        while (i < count && !is(part, words[i].word))
            i++;
        if (i == count) {
            *ret_guilty = part;
            return false;
        }
        bits |= words[i].bit;
    }
    *ret = bits;
    return true;
}

static bool read_scopes(Str s, uint32_t *ret, Str *ret_guilty)
{
    if (is(s, "?"))
        *ret = TEXT_ALL_SCOPES;
    else if (is(s, "-"))
        *ret = 0;
    else
        return read_bits(SCOPE_WORDS, SCOPE_COUNT, s, ',', ret, ret_guilty);
    return true;
}

// The member of a type's body that a word names: location, tags …
static CatalogPresence *member_named(TextType *t, Str word)
{
#define MEMBER_WORD(member, text)                                                                  \
    if (is(word, text))                                                                            \
        return &t->member;
#include "catalog/words.def"
    return NULL;
}

// `location! tags sku= kind?`: `!` is required, `=` read-only, `?` not known; alone, `?` and `-`
// stand for all members.
static bool read_members(Str s, TextType *t, Str *ret_guilty)
{
    CatalogPresence rest = is(s, "?") ? CATALOG_UNKNOWN : CATALOG_ABSENT;
    t->location = t->tags = t->identity = t->kind = t->sku = rest;
    if (is(s, "?") || is(s, "-"))
        return true;
    Str part;
    while (text_cut(&s, ' ', &part)) {
        char mark = part.n ? part.p[part.n - 1] : '\0';
        Str word = {part.p, part.n - (mark == '!' || mark == '=' || mark == '?')};
        CatalogPresence *member = member_named(t, word);
        if (!member) {
            *ret_guilty = part;
            return false;
        }
        *member = mark == '!'   ? CATALOG_REQUIRED
                  : mark == '=' ? CATALOG_READ_ONLY
                  : mark == '?' ? CATALOG_UNKNOWN
                                : CATALOG_OPTIONAL;
    }
    return true;
}

static bool read_version(Str s, Str *ret)
{
    *ret = is(s, "-") ? (Str){"", 0} : s;
    return sized(s);
}

bool text_type(const TextLine *l, TextType *ret, TextError *ret_error)
{
    TextType t = {.name = l->col[1], .gone = is(l->col[7], "gone")};
    Str guilty = t.name;
    const char *what = NULL;
    if (!text_type_name(t.name))
        what = "a resource type is a namespace and a type joined by `/`";
    else if (guilty = l->col[2], !read_version(l->col[2], &t.stable))
        what = "the third column is the newest stable api-version, or `-`";
    else if (guilty = l->col[3], !read_version(l->col[3], &t.newest))
        what = "the fourth column is the newest api-version, or `-`";
    else if (!read_members(l->col[4], &t, &guilty))
        what = "the members of a type are location, tags, identity, kind and sku";
    else if (!read_scopes(l->col[5], &t.readable, &guilty) ||
             !read_scopes(l->col[6], &t.writable, &guilty))
        what = "scopes are tenant, managementGroup, subscription, resourceGroup and extension";
    else if (guilty = l->col[7], l->col[7].n && !t.gone)
        what = "the eighth column of a type is empty or `gone`";
    if (what)
        return fail(ret_error, l->number, what, guilty);
    *ret = t;
    return true;
}

// --- aliases -------------------------------------------------------------------------------------

static bool read_value(Str s, CatalogValueType *ret)
{
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        if (is(s, VALUE_WORDS[i].word)) {
            *ret = VALUE_WORDS[i].type;
            return true;
        }
    }
    return false;
}

// Empty, `=` with segment numbers of at most two digits, or a name.
static bool valid_path(Str s)
{
    if (s.n == 0 || s.p[0] != '=')
        return s.n == 0 || sized(s);
    size_t digits = 0;
    for (size_t i = 1; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (digit ? ++digits > 2 : s.p[i] != ',' || digits == 0)
            return false;
        digits = digit ? digits : 0;
    }
    return digits > 0 && s.n <= LIMIT_CATALOG_NAME;
}

static bool valid_enum(Str s)
{
    if (s.n == 0 || s.n > LIMIT_CATALOG_ENUM)
        return s.n == 0;
    Str part;
    while (text_cut(&s, '|', &part)) {
        if (part.n == 0)
            return false;
    }
    return true;
}

static void read_enum(Str s, TextAlias *x)
{
    x->enum_open = s.n && s.p[0] == '~';
    x->enum_values = x->enum_open ? (Str){s.p + 1, s.n - 1} : s;
}

bool text_alias(const TextLine *l, TextAlias *ret, TextError *ret_error)
{
    TextAlias x = {.field = l->col[0], .path = l->col[2], .api = l->col[5]};
    Str guilty = x.field;
    const char *what = NULL;
    read_enum(l->col[4], &x);
    if (!sized(x.field) || str_has(x.field, '/'))
        what = "a property path has no `/` and at most 1000 letters";
    else if (guilty = l->col[1], !read_value(l->col[1], &x.type))
        what = "a value type is any, string, integer, number, boolean, object or array";
    else if (guilty = x.path, !valid_path(x.path))
        what = "a path is empty, `=` with segment numbers, or where the value is";
    else if (!read_bits(FLAG_WORDS, FLAG_COUNT, l->col[3], ' ', &x.flags, &guilty))
        what = "no such fact about a property";
    else if (guilty = (Str){0}, !valid_enum(x.enum_values))
        what = "values are joined by `|`, none of them empty, in all at most 65536 letters";
    else if (guilty = x.api, x.api.n > LIMIT_CATALOG_NAME)
        what = "the sixth column of a property is an api-version, `-` or empty";
    if (what)
        return fail(ret_error, l->number, what, guilty);
    *ret = x;
    return true;
}

void text_alias_again(Str line, TextAlias *ret)
{
    TextLine l = {0};
    Str ignored;
    split(line, &l);
    *ret = (TextAlias){.field = l.col[0], .path = l.col[2], .api = l.col[5]};
    read_enum(l.col[4], ret);
    read_value(l.col[1], &ret->type);
    read_bits(FLAG_WORDS, FLAG_COUNT, l.col[3], ' ', &ret->flags, &ignored);
}

// --- writing -------------------------------------------------------------------------------------

const char *catalog_value_word(CatalogValueType type)
{
    size_t i = 0;
    while (VALUE_WORDS[i].type != type)
        i++;
    return VALUE_WORDS[i].word;
}

static void put_words(Buf *b, const BitWord *words, size_t count, uint32_t bits,
                      const char *separator)
{
    const char *before = "";
    for (size_t i = 0; i < count; i++) {
        if (!(bits & words[i].bit))
            continue;
        buf_str(b, before);
        buf_str(b, words[i].word);
        before = separator;
    }
}

void catalog_flag_words(Buf *b, uint32_t flags)
{
    put_words(b, FLAG_WORDS, FLAG_COUNT, flags, " ");
}

void catalog_scope_words(Buf *b, uint32_t scopes, const char *separator)
{
    put_words(b, SCOPE_WORDS, SCOPE_COUNT, scopes, separator);
}

static const char *const MEMBER_MARKS[] = {[CATALOG_ABSENT] = "",
                                           [CATALOG_OPTIONAL] = "",
                                           [CATALOG_REQUIRED] = "!",
                                           [CATALOG_READ_ONLY] = "=",
                                           [CATALOG_UNKNOWN] = "?"};

static void put_member(Buf *b, const char **before, const char *word, CatalogPresence p)
{
    if (p == CATALOG_ABSENT)
        return;
    buf_str(b, *before);
    buf_str(b, word);
    buf_str(b, MEMBER_MARKS[p]);
    *before = " ";
}

static void put_column(Buf *b, Str s, const char *if_empty)
{
    buf_char(b, '\t');
    if (s.n)
        buf_add(b, s.p, s.n);
    else
        buf_str(b, if_empty);
}

static void put_scopes(Buf *b, uint32_t scopes)
{
    buf_char(b, '\t');
    catalog_scope_words(b, scopes, ",");
    if (!scopes)
        buf_char(b, '-');
}

void text_put_type(Buf *b, const TextType *t)
{
    buf_str(b, "type");
    put_column(b, t->name, "");
    put_column(b, t->stable, "-");
    put_column(b, t->newest, "-");
    const char *before = "\t";
#define MEMBER_WORD(member, text) put_member(b, &before, text, t->member);
#include "catalog/words.def"
    if (*before == '\t')
        buf_str(b, "\t-");
    put_scopes(b, t->readable);
    put_scopes(b, t->writable);
    buf_str(b, t->gone ? "\tgone\n" : "\n");
}

void text_put_alias(Buf *b, const TextAlias *x)
{
    buf_char(b, '\t');
    buf_add(b, x->field.p, x->field.n);
    put_column(b, str_of(catalog_value_word(x->type)), "");
    put_column(b, x->path, "");
    buf_char(b, '\t');
    catalog_flag_words(b, x->flags);
    buf_str(b, x->enum_values.n && x->enum_open ? "\t~" : "\t");
    if (x->enum_values.n)
        buf_add(b, x->enum_values.p, x->enum_values.n);
    put_column(b, x->api, "");
    while (b->p[b->n - 1] == '\t')
        b->p[--b->n] = '\0';
    buf_char(b, '\n');
}
