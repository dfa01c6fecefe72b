// field.c - from the name in a `field` to where its value is.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/internal.h"

// --- paths -------------------------------------------------------------------------------------

// "properties.rules[*].port" in its segments; dots inside brackets belong to a name.
static void split_path(Arena *a, Str path, FieldPath *ret)
{
    VEC(Segment) segments = {0};
    size_t start = 0;
    uint32_t open = 0;
    for (size_t i = 0; i <= path.n; i++) {
        if (i < path.n && path.p[i] == '[')
            open++;
        if (i < path.n && path.p[i] == ']' && open)
            open--;
        if (i < path.n && (path.p[i] != '.' || open))
            continue;
        Segment s = {.name = {path.p + start, i - start}};
        if (s.name.n >= 3 && memcmp(s.name.p + s.name.n - 3, "[*]", 3) == 0) {
            s.each = true;
            s.name.n -= 3;
        }
        vec_push(a, &segments, s);
        start = i + 1;
    }
    ret->segments = segments.items;
    ret->count = segments.len;
}

uint32_t field_stars(const FieldPath *p, uint32_t before)
{
    uint32_t stars = 0;
    for (uint32_t i = 0; i < before; i++)
        stars += p->segments[i].each;
    return stars;
}

static bool begins(const FieldPath *p, const FieldPath *with, uint32_t count)
{
    if (p->count < count)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!str_equal_nocase(p->segments[i].name, with->segments[i].name) ||
            (p->segments[i].each != with->segments[i].each && i + 1 < count))
            return false;
    return true;
}

// The path the count around takes where the field takes `p`.
static const FieldPath *path_beside(const Field *around, const FieldPath *p)
{
    const FieldPath *initial = NULL;
    for (uint32_t i = 0; i < around->count; i++) {
        const FieldPath *q = &around->paths[i];
        if (q->own != p->own || !str_equal_nocase(q->type, p->type))
            continue;
        if (q->version_count == 0)
            initial = q;
        for (uint32_t k = 0; p->version_count && k < q->version_count; k++)
            if (str_equal_nocase(str_of(q->versions[k]), str_of(p->versions[0])))
                return q;
    }
    return initial;
}

// In a count the array is the element at hand: of all bindings the innermost, longest one.
static void bind_path(FieldPath *p, const Scope *scope)
{
    for (; scope; scope = scope->outer) {
        const FieldPath *q = scope->field ? path_beside(scope->field, p) : NULL;
        uint32_t star = q ? field_stars(q, q->count) : 0;
        for (uint32_t i = q ? q->count : 0; i-- > (q ? q->from : 0);) {
            if (!q->segments[i].each)
                continue;
            star--;
            if (!begins(p, q, i + 1))
                continue;
            if (!p->segments[i].each && p->count > i + 1)
                continue; // through an array without [*]: leads nowhere
            p->slot = 1 + scope->slot + star;
            p->from = i + 1;
            p->wraps = !p->segments[i].each;
            return;
        }
    }
}

static Field *field_new(Arena *a, FieldKind kind, Str name)
{
    Field *f = ARENA_NEW(a, Field);
    f->kind = kind;
    f->name = arena_copy(a, name.p, name.n);
    return f;
}

static Field *field_of_paths(Arena *a, Str name, const AliasPath *paths, uint32_t count,
                             const Scope *scope)
{
    Field *f = field_new(a, FIELD_PATH, name);
    FieldPath *made = ARENA_ARRAY(a, FieldPath, count);
    for (uint32_t i = 0; i < count; i++) {
        FieldPath *p = &made[i];
        *p = (FieldPath){.type = str_of(paths[i].type),
                         .versions = paths[i].versions,
                         .version_count = paths[i].version_count,
                         .phrase = paths[i].phrase,
                         .variable = paths[i].variable,
                         .modifiable = paths[i].modifiable,
                         .known_modifiable = paths[i].known_modifiable,
                         .own = paths[i].own};
        split_path(a, str_of(paths[i].path), p);
        bind_path(p, scope);
        f->each = f->each || field_stars(p, p->count) > 0;
    }
    f->paths = made;
    f->count = count;
    return f;
}

static Field *field_of_segments(Arena *a, Str name, const Segment *segments, uint32_t count)
{
    Field *f = field_new(a, FIELD_PATH, name);
    FieldPath *p = ARENA_NEW(a, FieldPath);
    *p = (FieldPath){.segments = segments, .count = count};
    p->modifiable = p->known_modifiable = true;
    f->paths = p;
    f->count = 1;
    f->root = true;
    return f;
}

// --- tags --------------------------------------------------------------------------------------

// The name in tags.x, tags[x], tags['x'] and tags['''x''']; false where it is none of these.
static bool tag_name(Arena *a, Str name, Str *ret)
{
    static const Str ROOT = {"tags", 4};
    if (!str_starts_nocase(name, ROOT) || name.n < ROOT.n + 2)
        return false;
    Str rest = {name.p + ROOT.n, name.n - ROOT.n};
    if (rest.p[0] == '.') {
        *ret = (Str){rest.p + 1, rest.n - 1};
        return true;
    }
    if (rest.p[0] != '[' || rest.p[rest.n - 1] != ']')
        return false;
    Str inner = {rest.p + 1, rest.n - 2};
    if (inner.n == 1 && inner.p[0] == '*')
        return false;
    if (inner.n < 2 || inner.p[0] != '\'' || inner.p[inner.n - 1] != '\'') {
        *ret = inner;
        return true;
    }
    char *text = arena_alloc(a, inner.n);
    size_t n = 0;
    for (size_t i = 1; i + 1 < inner.n; i++) {
        text[n++] = inner.p[i];
        i += inner.p[i] == '\'' && i + 2 < inner.n && inner.p[i + 1] == '\'';
    }
    *ret = (Str){text, n};
    return true;
}

static Field *field_of_tag(Arena *a, Str name, Str tag)
{
    Segment *s = ARENA_ARRAY(a, Segment, 2);
    s[0].name = str_of("tags");
    s[1].name = (Str){arena_copy(a, tag.p, tag.n), tag.n};
    return field_of_segments(a, name, s, 2);
}

// --- names -------------------------------------------------------------------------------------

static Field *field_of_root(Arena *a, Str name)
{
    static const char *const PLAIN[] = {"id", "kind", "location", "tags", "identity", "apiVersion"};
    if (str_equal_nocase(name, str_of("type")))
        return field_new(a, FIELD_TYPE, name);
    if (str_equal_nocase(name, str_of("name")))
        return field_new(a, FIELD_NAME, name);
    if (str_equal_nocase(name, str_of("fullName")))
        return field_new(a, FIELD_FULL_NAME, name);
    for (size_t i = 0; i < sizeof(PLAIN) / sizeof(PLAIN[0]); i++) {
        if (!str_equal_nocase(name, str_of(PLAIN[i])))
            continue;
        Segment *s = ARENA_NEW(a, Segment);
        s->name = str_of(PLAIN[i]);
        Field *f = field_of_segments(a, name, s, 1);
        f->location = i == 2;
        return f;
    }
    return NULL;
}

const Field *field_of_name(const Aliases *aliases, Arena *a, Str name, const Scope *scope)
{
    name = (Str){arena_copy(a, name.p, name.n), name.n};
    Str tag;
    Field *root = field_of_root(a, name);
    if (root)
        return root;
    if (tag_name(a, name, &tag))
        return field_of_tag(a, name, tag);
    AliasPath path = {
        .name = name.p, .type = "", .path = name.p, .known_modifiable = true, .modifiable = true};
    bool identity = str_starts_nocase(name, str_of("identity."));
    if (!aliases || identity) {
        Field *f = field_of_paths(a, name, &path, 1, scope);
        f->root = identity;
        return f;
    }
    const AliasPath *paths;
    uint32_t count = aliases_paths(aliases, a, name, &paths);
    if (count && aliases_have_paths(aliases)) {
        AliasPath *both = ARENA_ARRAY(a, AliasPath, count + 1);
        path.own = true;
        memcpy(both, paths, count * sizeof *paths);
        both[count] = path;
        return field_of_paths(a, name, both, count + 1, scope);
    }
    if (count)
        return field_of_paths(a, name, paths, count, scope);
    if (!aliases_name_paths(aliases, name))
        return field_new(a, FIELD_UNKNOWN, name);
    Field *f = field_of_paths(a, name, &path, 1, scope);
    f->no_alias = true;
    return f;
}

// --- locations ---------------------------------------------------------------------------------

static Str normal_text(Arena *a, Str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] != ' ' && ascii_lower(s.p[i]) == s.p[i])
        i++;
    if (i == s.n)
        return s;
    char *text = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            text[n++] = ascii_lower(s.p[i]);
    return (Str){text, n};
}

Data location_normal(Arena *a, const Data *d)
{
    if (d->kind == DATA_STRING)
        return data_string(normal_text(a, data_str(d)));
    if (d->kind != DATA_ARRAY)
        return *d;
    Data *items = ARENA_ARRAY(a, Data, d->count + 1);
    for (uint32_t i = 0; i < d->count; i++) {
        const Data *item = &d->items[i];
        items[i] = item->kind == DATA_STRING ? data_string(normal_text(a, data_str(item))) : *item;
    }
    return data_array(items, d->count);
}
