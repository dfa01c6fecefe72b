// catalog_pack.c - packs the text files of the catalogue into one file.
//
//     catalog_pack FOLDER FILE
//
// Reads every *.txt of FOLDER in byte order; spec/catalog.md has their form,
// catalog/blob.h describes the result. A mistake in a file ends the build with
// its place.
//
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "catalog/blob.h"
#include "catalog/text.h"
#include "host/table.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct AliasRow {
    TextAlias x;
    Str spelling; // of the type, where this alias spells it otherwise
} AliasRow;

typedef struct TypeRow {
    TextType t;
    bool is_namespace;
    VEC(AliasRow) aliases;
} TypeRow;

typedef struct Record { // one of a table: words, and the text it is sorted by
    Str key;
    uint32_t order; // of reading, to settle ties
    uint32_t words[BUILTIN_WORDS];
} Record;

typedef VEC(Record) Records;

typedef struct Pack {
    Arena *arena;
    const char *file; // being read, and the line in it
    uint32_t line;
    Str date;
    Str spelling; // from an `as` line, for the aliases that follow
    VEC(TypeRow) types;
    Records builtins, roles, role_keys, locations, zones, modes;
    Table pool, parameters;
    Buf uses; // of parameters
} Pack;

static _Noreturn void stop(const char *message)
{
    fprintf(stderr, "catalog_pack: %s\n", message);
    exit(1);
}

static _Noreturn void stop_at(const Pack *p, const char *what, Str guilty)
{
    fprintf(stderr, "%s:%u: error: %s: `%.*s`\n", p->file, p->line, what, (int)guilty.n,
            guilty.n ? guilty.p : "");
    exit(1);
}

static bool is(Str s, const char *word)
{
    return str_equal(s, str_of(word));
}

// --- the pool ------------------------------------------------------------------------------------

static uint32_t pool_text(Pack *p, Str s)
{
    return table_add(&p->pool, p->arena, arena_copy(p->arena, s.n ? s.p : "", s.n), s.n + 1);
}

// A list from a text whose parts are joined by `|`.
static uint32_t pool_list(Pack *p, Str s)
{
    if (s.n == 0)
        return 0;
    char *list = arena_alloc(p->arena, s.n + 2);
    for (size_t i = 0; i < s.n; i++)
        list[i] = (char)(s.p[i] == '|' ? '\0' : s.p[i]);
    return table_add(&p->pool, p->arena, list, s.n + 2);
}

// --- reading -------------------------------------------------------------------------------------

static const char *const FLAG_WORDS[] = {"static", "deprecated", "preview", "custom"};

enum { FLAG_COUNT = sizeof FLAG_WORDS / sizeof FLAG_WORDS[0] };

// The bits are those of BlobFlag, in its order.
static uint32_t read_flags(Pack *p, Str s)
{
    uint32_t flags = 0;
    Str part;
    if (s.n == 0)
        return 0;
    while (text_cut(&s, ' ', &part)) {
        unsigned i = 0;
        while (i < FLAG_COUNT && !is(part, FLAG_WORDS[i]))
            i++;
        if (i == FLAG_COUNT)
            stop_at(p, "flags are static, deprecated, preview and custom", part);
        flags |= 1u << i;
    }
    return flags;
}

static Record *add_record(Pack *p, Records *rows, Str key)
{
    Record r = {.key = key, .order = rows->len};
    if (key.n == 0)
        stop_at(p, "a name is missing", key);
    vec_push(p->arena, rows, r);
    return &rows->items[rows->len - 1];
}

static void read_date(Pack *p, const TextLine *l)
{
    if (!text_date(l->col[1]))
        stop_at(p, "a date is like 2026-08-22", l->col[1]);
    p->date = l->col[1];
}

static void read_type(Pack *p, const TextLine *l)
{
    TypeRow row = {0};
    TextError e;
    if (!text_type(l, &row.t, &e))
        stop_at(p, e.what, e.guilty);
    vec_push(p->arena, &p->types, row);
    p->spelling = (Str){0};
}

static void read_namespace(Pack *p, const TextLine *l)
{
    TypeRow row = {.t.name = l->col[1], .is_namespace = true};
    if (!text_name(row.t.name) || str_has(row.t.name, '/'))
        stop_at(p, "a namespace has no `/`", row.t.name);
    vec_push(p->arena, &p->types, row);
    p->spelling = (Str){0};
}

static void read_as(Pack *p, const TextLine *l)
{
    if (p->types.len == 0 || !str_equal_nocase(l->col[1], p->types.items[p->types.len - 1].t.name))
        stop_at(p, "`as` spells the type above it otherwise", l->col[1]);
    p->spelling = l->col[1];
}

static void read_alias(Pack *p, const TextLine *l)
{
    AliasRow row = {.spelling = p->spelling};
    TextError e;
    if (!text_alias(l, &row.x, &e))
        stop_at(p, e.what, e.guilty);
    vec_push(p->arena, &p->types.items[p->types.len - 1].aliases, row);
}

static void read_builtin(Pack *p, const TextLine *l)
{
    Record *r = add_record(p, &p->builtins, l->col[1]);
    r->words[BUILTIN_ID] = pool_text(p, l->col[1]);
    r->words[BUILTIN_VERSION] = pool_text(p, l->col[2]);
    r->words[BUILTIN_CATEGORY] = pool_text(p, l->col[3]);
    r->words[BUILTIN_MODE] = pool_text(p, l->col[4]);
    r->words[BUILTIN_FLAGS] =
        read_flags(p, l->col[5]) | (is(l->col[0], "initiative") ? BLOB_INITIATIVE : 0u);
    r->words[BUILTIN_TITLE] = pool_text(p, l->col[6]);
    r->words[BUILTIN_FIRST_USE] = (uint32_t)(p->uses.n / 4);
}

static void read_builtin_item(Pack *p, const TextLine *l)
{
    Record *r = &p->builtins.items[p->builtins.len - 1];
    if (is(l->col[0], "effect")) {
        r->words[BUILTIN_EFFECT_PARAMETER] = pool_text(p, l->col[1]);
        r->words[BUILTIN_EFFECTS] = pool_list(p, l->col[2]);
    } else if (is(l->col[0], "types")) {
        r->words[BUILTIN_TYPES] = pool_list(p, l->col[1]);
    } else if (is(l->col[0], "param")) {
        Buf words = {0};
        for (size_t i = 0; i < PARAMETER_WORDS; i++)
            add_number(&words, pool_text(p, l->col[1 + i]));
        uint32_t offset = table_add(&p->parameters, p->arena, words.p, words.n);
        add_number(&p->uses, offset / (4 * PARAMETER_WORDS));
        buf_free(&words);
        r->words[BUILTIN_USE_COUNT]++;
    } else {
        stop_at(p, "a built-in has effect, types and param", l->col[0]);
    }
}

static void add_role_key(Pack *p, Str key, const Record *role)
{
    Record *r = add_record(p, &p->role_keys, key);
    r->words[0] = pool_text(p, key);
    r->words[1] = role->words[0];
    r->words[2] = role->words[1];
}

static void read_role(Pack *p, const TextLine *l)
{
    Record *r = add_record(p, &p->roles, l->col[1]);
    r->words[0] = pool_text(p, l->col[1]);
    r->words[1] = pool_text(p, l->col[2]);
    add_role_key(p, l->col[1], r);
    add_role_key(p, l->col[2], r);
}

static void read_former_role(Pack *p, const TextLine *l)
{
    if (!is(l->col[0], "formerly"))
        stop_at(p, "a role has `formerly`", l->col[0]);
    add_role_key(p, l->col[1], &p->roles.items[p->roles.len - 1]);
}

static void read_location(Pack *p, const TextLine *l)
{
    Record *r = add_record(p, &p->locations, l->col[1]);
    for (unsigned i = 0; i < 3; i++)
        r->words[i] = pool_text(p, l->col[1 + i]);
}

static void read_zone(Pack *p, const TextLine *l)
{
    Record *r = add_record(p, &p->zones, l->col[1]);
    for (unsigned i = 0; i < 4; i++)
        r->words[i] = pool_text(p, l->col[1 + i]);
}

static void read_mode(Pack *p, const TextLine *l)
{
    Record *r = add_record(p, &p->modes, l->col[1]);
    r->words[0] = pool_text(p, l->col[1]);
    r->words[1] = pool_text(p, l->col[2]);
    r->words[2] = read_flags(p, l->col[3]);
    r->words[3] = pool_list(p, l->col[4]);
}

static const struct Block {
    const char *word;
    void (*head)(Pack *p, const TextLine *l);
    void (*item)(Pack *p, const TextLine *l); // NULL: it has none
} BLOCKS[] = {
    {"date", read_date, NULL},
    {"type", read_type, read_alias},
    {"namespace", read_namespace, read_alias},
    {"as", read_as, read_alias},
    {"definition", read_builtin, read_builtin_item},
    {"initiative", read_builtin, read_builtin_item},
    {"role", read_role, read_former_role},
    {"location", read_location, NULL},
    {"zone", read_zone, NULL},
    {"mode", read_mode, NULL},
};

static const struct Block *find_block(Str word)
{
    for (size_t i = 0; i < sizeof BLOCKS / sizeof BLOCKS[0]; i++) {
        if (is(word, BLOCKS[i].word))
            return &BLOCKS[i];
    }
    return NULL;
}

static void read_file(Pack *p, const char *path)
{
    Status st;
    Str data;
    TextReader r;
    TextLine l;
    TextError e;
    const struct Block *block = NULL;
    p->file = path;
    p->line = 1;
    if (!io_read_file(p->arena, path, LIMIT_OVERLAY_BYTES, &data, &st))
        stop(st.message);
    if (!text_open(&r, data, &e))
        stop_at(p, e.what, e.guilty);
    while (text_next(&r, &l, &e)) {
        p->line = l.number;
        if (!l.item && !(block = find_block(l.col[0])))
            stop_at(p, "no such record", l.col[0]);
        if (l.item && !(block && block->item))
            stop_at(p, "an item of nothing", l.col[0]);
        (l.item ? block->item : block->head)(p, &l);
    }
    p->line = e.line;
    if (e.what)
        stop_at(p, e.what, e.guilty);
}

static void read_folder(Pack *p, const char *folder)
{
    Status st;
    IoEntry *entries;
    size_t count;
    if (!io_list_folder(p->arena, folder, &entries, &count, &st))
        stop(st.message);
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(entries[i].name);
        if (n > 4 && strcmp(entries[i].name + n - 4, ".txt") == 0)
            read_file(p, arena_printf(p->arena, "%s/%s", folder, entries[i].name));
    }
}

// --- sorting -------------------------------------------------------------------------------------

static int compare_aliases(const void *a, const void *b)
{
    return str_compare_nocase(((const AliasRow *)a)->x.field, ((const AliasRow *)b)->x.field);
}

// Namespaces come after all types.
static int compare_types(const void *a, const void *b)
{
    const TypeRow *x = a, *y = b;
    int d = x->is_namespace - y->is_namespace;
    return d ? d : str_compare_nocase(x->t.name, y->t.name);
}

static int compare_records(const void *a, const void *b)
{
    const Record *x = a, *y = b;
    int d = str_compare_nocase(x->key, y->key);
    return d ? d : (x->order > y->order) - (x->order < y->order);
}

static void sort_types(Pack *p)
{
    qsort(p->types.items, p->types.len, sizeof *p->types.items, compare_types);
    for (uint32_t i = 0; i < p->types.len; i++) {
        TypeRow *t = &p->types.items[i];
        if (i && compare_types(t - 1, t) == 0)
            stop(arena_printf(p->arena, "`%.*s` is there twice", (int)t->t.name.n, t->t.name.p));
        if (t->aliases.len == 0)
            continue;
        qsort(t->aliases.items, t->aliases.len, sizeof *t->aliases.items, compare_aliases);
        for (uint32_t k = 1; k < t->aliases.len; k++) {
            Str field = t->aliases.items[k].x.field;
            if (compare_aliases(&t->aliases.items[k - 1], &t->aliases.items[k]) == 0)
                stop(arena_printf(p->arena, "`%.*s/%.*s` is there twice", (int)t->t.name.n,
                                  t->t.name.p, (int)field.n, field.p));
        }
    }
}

static void sort_records(Pack *p, Records *rows, bool unique)
{
    if (rows->len == 0)
        return;
    qsort(rows->items, rows->len, sizeof *rows->items, compare_records);
    for (uint32_t i = 1; unique && i < rows->len; i++) {
        Str key = rows->items[i].key;
        if (str_equal_nocase(rows->items[i - 1].key, key))
            stop(arena_printf(p->arena, "`%.*s` is there twice", (int)key.n, key.p));
    }
}

// --- writing -------------------------------------------------------------------------------------

typedef struct Out {
    uint32_t words[BLOB_WORDS];
    Buf body; // what follows the head
} Out;

static size_t here(const Out *o)
{
    return BLOB_HEAD + 4 * BLOB_WORDS + o->body.n;
}

static void put_section(Out *o, BlobWord word, const Buf *bytes)
{
    buf_fill(&o->body, '\0', (8 - here(o) % 8) % 8);
    o->words[word] = (uint32_t)here(o);
    buf_add(&o->body, bytes->p ? bytes->p : "", bytes->n);
}

// The word after a table's offset is its count.
static void put_records(Out *o, BlobWord word, const Records *rows, unsigned width)
{
    Buf b = {0};
    for (uint32_t i = 0; i < rows->len; i++) {
        for (unsigned k = 0; k < width; k++)
            add_number(&b, rows->items[i].words[k]);
    }
    put_section(o, word, &b);
    o->words[word + 1] = rows->len;
    buf_free(&b);
}

static void put_alias(Pack *p, Buf *b, Str before, const AliasRow *row)
{
    const TextAlias *x = &row->x;
    uint32_t shared = 0;
    while (shared < before.n && shared < x->field.n && before.p[shared] == x->field.p[shared])
        shared++;
    uint32_t facts = (uint32_t)x->type | x->flags << BLOB_ALIAS_FLAGS;
    facts |= x->path.n ? BLOB_ALIAS_PATH : 0u;
    facts |= x->enum_values.n ? BLOB_ALIAS_VALUES : 0u;
    facts |= x->enum_values.n && x->enum_open ? BLOB_ALIAS_OPEN : 0u;
    facts |= x->api.n ? BLOB_ALIAS_API : 0u;
    facts |= row->spelling.n ? BLOB_ALIAS_SPELLING : 0u;
    add_varint(b, shared);
    add_varint(b, (uint32_t)x->field.n - shared);
    buf_add(b, x->field.p + shared, x->field.n - shared);
    add_varint(b, facts);
    if (x->path.n)
        add_varint(b, pool_text(p, x->path));
    if (x->enum_values.n)
        add_varint(b, pool_list(p, x->enum_values));
    if (x->api.n)
        add_varint(b, is(x->api, "-") ? 0 : pool_text(p, x->api));
    if (row->spelling.n)
        add_varint(b, pool_text(p, row->spelling));
}

static uint32_t type_facts(const TextType *t)
{
    uint32_t facts = t->readable << TYPE_FACTS_READABLE | t->writable << TYPE_FACTS_WRITABLE |
                     (uint32_t)t->gone << TYPE_FACTS_GONE;
    unsigned shift = 0;
#define MEMBER_WORD(member, text) facts |= (uint32_t)t->member << shift, shift += 3;
#include "catalog/words.def"
    return facts;
}

static void put_type(Pack *p, Buf *b, const TextType *t)
{
    add_number(b, pool_text(p, t->name));
    add_number(b, pool_text(p, text_parent(t->name)));
    add_number(b, pool_text(p, t->stable));
    add_number(b, pool_text(p, t->newest));
    add_number(b, type_facts(t));
}

static void put_types(Pack *p, Out *o)
{
    Buf types = {0}, blocks = {0}, aliases = {0};
    uint32_t alias_count = 0;
    for (uint32_t i = 0; i < p->types.len; i++) {
        const TypeRow *t = &p->types.items[i];
        put_type(p, &types, &t->t);
        add_number(&types, alias_count);
        add_number(&types, t->aliases.len);
        add_number(&types, blocks.n / 4);
        for (uint32_t k = 0; k < t->aliases.len; k++) {
            bool first = k % BLOB_BLOCK == 0;
            if (first)
                add_number(&blocks, aliases.n);
            Str before = first ? (Str){0} : t->aliases.items[k - 1].x.field;
            put_alias(p, &aliases, before, &t->aliases.items[k]);
        }
        alias_count += t->aliases.len;
        o->words[BLOB_NAMESPACE_COUNT] += t->is_namespace;
    }
    put_section(o, BLOB_TYPES, &types);
    o->words[BLOB_TYPE_COUNT] = p->types.len - o->words[BLOB_NAMESPACE_COUNT];
    put_section(o, BLOB_BLOCKS, &blocks);
    put_section(o, BLOB_ALIASES, &aliases);
    o->words[BLOB_ALIAS_COUNT] = alias_count;
    buf_free(&types);
    buf_free(&blocks);
    buf_free(&aliases);
}

static void put_slots(Pack *p, Out *o)
{
    uint32_t count = 16;
    while (count < p->types.len * 2)
        count *= 2;
    uint32_t *slots = ARENA_ARRAY(p->arena, uint32_t, count);
    for (uint32_t i = 0; i < p->types.len; i++) {
        uint32_t at = blob_hash_name(p->types.items[i].t.name);
        while (slots[at & (count - 1)])
            at++;
        slots[at & (count - 1)] = i + 1;
    }
    Buf b = {0};
    for (uint32_t i = 0; i < count; i++)
        add_number(&b, slots[i]);
    put_section(o, BLOB_SLOTS, &b);
    o->words[BLOB_SLOT_COUNT] = count;
    buf_free(&b);
}

static void put_head(Pack *p, Out *o, Buf *blob)
{
    buf_add(blob, BLOB_MAGIC, 8);
    buf_add(blob, p->date.p, p->date.n);
    buf_fill(blob, '\0', BLOB_DATE - p->date.n);
    o->words[BLOB_SIZE] = (uint32_t)here(o);
    size_t summed = BLOB_HEAD + 4 * (BLOB_CHECKSUM + 1);
    for (unsigned i = 0; i < BLOB_WORDS; i++)
        add_number(blob, o->words[i]);
    buf_add(blob, o->body.p, o->body.n);
    uint32_t sum = (uint32_t)hash_fnv(blob->p + summed, blob->n - summed);
    for (unsigned i = 0; i < 4; i++)
        blob->p[summed - 4 + i] = (char)(sum >> 8 * i & 0xff);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        stop("usage: catalog_pack FOLDER FILE");
    Pack p = {.arena = arena_new()};
    Out o = {0};
    pool_text(&p, (Str){0}); // offset 0 is ""
    read_folder(&p, argv[1]);
    if (p.date.n == 0 || p.types.len == 0)
        stop("the catalogue needs a date and resource types");
    sort_types(&p);
    sort_records(&p, &p.builtins, true);
    sort_records(&p, &p.roles, true);
    sort_records(&p, &p.role_keys, true);
    sort_records(&p, &p.locations, true);
    sort_records(&p, &p.zones, false);
    sort_records(&p, &p.modes, true);

    put_types(&p, &o);
    put_slots(&p, &o);
    put_records(&o, BLOB_BUILTINS, &p.builtins, BUILTIN_WORDS);
    put_section(&o, BLOB_USES, &p.uses);
    put_section(&o, BLOB_PARAMETERS, &p.parameters.bytes);
    put_records(&o, BLOB_ROLES, &p.roles, 2);
    put_records(&o, BLOB_ROLE_KEYS, &p.role_keys, 3);
    put_records(&o, BLOB_LOCATIONS, &p.locations, 3);
    put_records(&o, BLOB_ZONES, &p.zones, 4);
    put_records(&o, BLOB_MODES, &p.modes, 4);
    put_section(&o, BLOB_POOL, &p.pool.bytes);

    Buf blob = {0};
    Status st;
    put_head(&p, &o, &blob);
    if (!io_write_file(argv[2], (Str){blob.p, blob.n}, &st))
        stop(st.message);
    buf_free(&blob);
    buf_free(&o.body);
    buf_free(&p.uses);
    buf_free(&p.pool.bytes);
    buf_free(&p.parameters.bytes);
    arena_free(p.arena);
    return 0;
}
