// overlay.c - a project's own catalogue, read from text at start.
//
// Each line is checked once and then kept as text; what an alias is gets read
// from its line when it is asked for, so that a listing of all of Azure costs
// little more than reading the file.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Row {             // an alias
    const char *line, *spelling; // of its type
    uint32_t line_n, number;     // of the line
    uint32_t type;
    uint16_t spelling_n, field_n; // at most LIMIT_CATALOG_NAME
} Row;

typedef struct OverlayType {
    TextType t;
    bool is_namespace;
    uint32_t number; // of the line
    uint32_t first, count;
} OverlayType;

struct Overlay {
    VEC(OverlayType) types; // by name
    VEC(Row) rows;
    VEC(uint32_t) new_types;
    uint32_t *slots, slot_count; // hash table of indexes + 1 of types, open addressing
};

typedef struct Read {
    Arena *arena;
    Overlay *o;
    Str spelling;
    TextError error;
} Read;

static bool fail(Read *r, uint32_t line, const char *what, Str guilty)
{
    r->error = (TextError){line, what, guilty};
    return false;
}

static Str row_field(const Row *r)
{
    return (Str){r->line + 1, r->field_n}; // after the tab
}

// --- reading -------------------------------------------------------------------------------------

static int compare_rows(const void *a, const void *b)
{
    return str_compare_nocase(row_field(a), row_field(b));
}

static int compare_types(const void *a, const void *b)
{
    return str_compare_nocase(((const OverlayType *)a)->t.name, ((const OverlayType *)b)->t.name);
}

// Sorts the aliases of the type read last.
static bool close_type(Read *r)
{
    Overlay *o = r->o;
    if (o->types.len == 0)
        return true;
    OverlayType *t = &o->types.items[o->types.len - 1];
    t->count = o->rows.len - t->first;
    if (t->count == 0)
        return true;
    Row *rows = o->rows.items + t->first;
    uint32_t sorted = 1;
    while (sorted < t->count && compare_rows(&rows[sorted - 1], &rows[sorted]) < 0)
        sorted++;
    if (sorted < t->count)
        qsort(rows, t->count, sizeof *rows, compare_rows);
    for (uint32_t i = sorted < t->count ? 1 : t->count; i < t->count; i++) {
        if (compare_rows(&rows[i - 1], &rows[i]) == 0)
            return fail(r,
                        rows[i].number > rows[i - 1].number ? rows[i].number : rows[i - 1].number,
                        "this type has the property already", row_field(&rows[i]));
    }
    return true;
}

static bool open_type(Read *r, const TextLine *l)
{
    OverlayType t = {.is_namespace = str_equal(l->col[0], str_of("namespace")),
                     .number = l->number,
                     .first = r->o->rows.len};
    if (!close_type(r))
        return false;
    if (t.is_namespace && (!text_name(l->col[1]) || str_has(l->col[1], '/')))
        return fail(r, l->number, "a namespace has no `/`", l->col[1]);
    if (t.is_namespace)
        t.t.name = l->col[1];
    else if (!text_type(l, &t.t, &r->error))
        return false;
    r->spelling = t.t.name;
    vec_push(r->arena, &r->o->types, t);
    return true;
}

static bool add_row(Read *r, const TextLine *l)
{
    TextAlias x;
    if (r->o->types.len == 0)
        return fail(r, l->number, "a property comes below its `type`", l->col[0]);
    if (!text_alias(l, &x, &r->error))
        return false;
    vec_push(r->arena, &r->o->rows,
             ((Row){l->whole.p, r->spelling.p, (uint32_t)l->whole.n, l->number, 0,
                    (uint16_t)r->spelling.n, (uint16_t)x.field.n}));
    return true;
}

static bool read_line(Read *r, const TextLine *l)
{
    if (l->item)
        return add_row(r, l);
    if (str_equal(l->col[0], str_of("type")) || str_equal(l->col[0], str_of("namespace")))
        return open_type(r, l);
    if (!str_equal(l->col[0], str_of("as")))
        return fail(r, l->number, "a line starts with type, namespace, as or a tab", l->col[0]);
    if (r->o->types.len == 0 ||
        !str_equal_nocase(l->col[1], r->o->types.items[r->o->types.len - 1].t.name))
        return fail(r, l->number, "`as` spells the type above it otherwise", l->col[1]);
    r->spelling = l->col[1];
    return true;
}

static uint32_t *find_slot(const Overlay *o, Str name)
{
    for (uint32_t at = blob_hash_name(name);; at++) {
        uint32_t *slot = &o->slots[at & (o->slot_count - 1)];
        if (*slot == 0 || str_equal_nocase(o->types.items[*slot - 1].t.name, name))
            return slot;
    }
}

// Sorts the types, numbers them in the rows and finds out which the binary lacks.
static bool close_types(Read *r, const Catalog *base)
{
    Overlay *o = r->o;
    if (o->types.len)
        qsort(o->types.items, o->types.len, sizeof *o->types.items, compare_types);
    for (o->slot_count = 16; o->slot_count < 2 * o->types.len;)
        o->slot_count *= 2;
    o->slots = ARENA_ARRAY(r->arena, uint32_t, o->slot_count);
    for (uint32_t i = 0; i < o->types.len; i++) {
        const OverlayType *t = &o->types.items[i];
        if (i && compare_types(t - 1, t) == 0)
            return fail(r, t->number > t[-1].number ? t->number : t[-1].number,
                        "this type is there already", t->t.name);
        *find_slot(o, t->t.name) = i + 1;
        for (uint32_t k = 0; k < t->count; k++)
            o->rows.items[t->first + k].type = i;
        if (!t->is_namespace && !blob_has_type(base, t->t.name))
            vec_push(r->arena, &o->new_types, i);
    }
    return true;
}

static bool read_all(Read *r, Str data, const Catalog *base)
{
    TextReader reader;
    TextLine l;
    if (!text_open(&reader, data, &r->error))
        return false;
    while (text_next(&reader, &l, &r->error)) {
        if (!read_line(r, &l))
            return false;
    }
    return !r->error.what && close_type(r) && close_types(r, base);
}

const Overlay *overlay_read(const Catalog *base, Str data, const char *path, Status *st)
{
    Read r = {.arena = base->arena, .o = ARENA_NEW(base->arena, Overlay)};
    if (read_all(&r, data, base))
        return r.o;
    const TextError *e = &r.error;
    st->code = STATUS_IO;
    snprintf(st->message, sizeof st->message, "could not read `%.300s`, line %u: %s%s%.*s%s", path,
             e->line, e->what, e->guilty.n ? ": `" : "", e->guilty.n > 80 ? 80 : (int)e->guilty.n,
             e->guilty.n ? e->guilty.p : "", e->guilty.n ? "`" : "");
    return NULL;
}

// --- types ---------------------------------------------------------------------------------------

bool overlay_find_type(const Overlay *o, Str name, uint32_t *ret_index)
{
    uint32_t slot = *find_slot(o, name);
    if (slot == 0)
        return false;
    *ret_index = slot - 1;
    return true;
}

bool overlay_is_namespace(const Overlay *o, uint32_t type)
{
    return o->types.items[type].is_namespace;
}

uint32_t overlay_new_count(const Overlay *o)
{
    return o->new_types.len;
}

uint32_t overlay_new_type(const Overlay *o, uint32_t index)
{
    return o->new_types.items[index];
}

void overlay_type(const Overlay *o, Arena *a, uint32_t type, CatalogType *ret)
{
    const OverlayType *own = &o->types.items[type];
    const TextType *t = &own->t;
    Str parent = text_parent(t->name);
    *ret = (CatalogType){.name = arena_copy(a, t->name.p, t->name.n),
                         .parent = arena_copy(a, parent.p, parent.n),
                         .stable_api = arena_copy(a, t->stable.p, t->stable.n),
                         .newest_api = arena_copy(a, t->newest.p, t->newest.n),
                         .readable = t->readable,
                         .writable = t->writable,
                         .gone = t->gone,
                         .first_alias = own->first,
                         .alias_count = own->count};
#define MEMBER_WORD(member, text) ret->member = t->member;
#include "catalog/words.def"
}

// --- aliases -------------------------------------------------------------------------------------

uint32_t overlay_alias_count(const Overlay *o)
{
    return o->rows.len;
}

void overlay_alias_at(const Overlay *o, Arena *a, uint32_t index, CatalogAlias *ret)
{
    const Row *r = &o->rows.items[index];
    const TextType *t = &o->types.items[r->type].t;
    TextAlias x;
    text_alias_again((Str){r->line, r->line_n}, &x);
    *ret = (CatalogAlias){.type = x.type, .flags = x.flags, .enum_open = x.enum_open};
    alias_set_names(ret, a, (Str){r->spelling, r->spelling_n}, x.field, x.path);
    Str api = x.api.n ? x.api : t->stable.n ? t->stable : t->newest;
    ret->api = str_equal(api, str_of("-")) ? "" : arena_copy(a, api.n ? api.p : "", api.n);
    if (x.enum_values.n == 0)
        return;
    uint32_t count = 1;
    for (size_t i = 0; i < x.enum_values.n; i++)
        count += x.enum_values.p[i] == '|';
    ret->enum_values = ARENA_ARRAY(a, const char *, count);
    Str part;
    while (text_cut(&x.enum_values, '|', &part))
        ret->enum_values[ret->enum_count++] = arena_copy(a, part.p, part.n);
}

// The first alias of the type that is not before `key`; past the last, its end.
static uint32_t lower_bound(const Overlay *o, uint32_t type, Str key)
{
    uint32_t low = o->types.items[type].first, high = low + o->types.items[type].count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare_nocase(row_field(&o->rows.items[middle]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool overlay_alias(const Overlay *o, Arena *a, uint32_t type, Str field, CatalogAlias *ret)
{
    uint32_t i = lower_bound(o, type, field);
    if (i == o->types.items[type].first + o->types.items[type].count ||
        !str_equal_nocase(row_field(&o->rows.items[i]), field))
        return false;
    overlay_alias_at(o, a, i, ret);
    return true;
}

bool overlay_has_below(const Overlay *o, uint32_t type, Str field)
{
    uint32_t end = o->types.items[type].first + o->types.items[type].count;
    FieldOrder order = FIELD_NOT_YET;
    for (uint32_t i = lower_bound(o, type, field); field.n && i < end && order == FIELD_NOT_YET;
         i++)
        order = alias_order(row_field(&o->rows.items[i]), field);
    return order == FIELD_BELOW;
}
