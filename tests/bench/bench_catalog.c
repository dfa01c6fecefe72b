// bench_catalog.c - what a look-up in the catalogue costs; it is to be under a microsecond.
//
//     bench_catalog [OVERLAY]
//
// Looks every name up, in an order far from the stored one, and prints the mean
// of each kind of look-up in nanoseconds of processor time, the best of three
// rounds. With an overlay it is read first and timed. Exit 1 if one is slower.
//
// SPDX-License-Identifier: MIT
#include "catalog/catalog.h"

#include <stdio.h>
#include <time.h>

enum { GOAL = 1000, STRIDE = 7919, BATCH = 512, ROUNDS = 3 };

typedef struct Key { // what a compiler has at hand when it asks
    Str type, field, role;
    uint32_t index;
} Key;

typedef struct Bench {
    Catalog *catalog;
    const CatalogAlias *aliases; // all of them, so that making keys does not warm the catalogue
    Arena *keys, *results;       // emptied before each batch
    Key batch[BATCH];
} Bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

// --- keys ----------------------------------------------------------------------------------------

typedef void MakeKey(Bench *b, uint32_t i, Key *ret);

static uint32_t far(uint32_t i, uint32_t count)
{
    return (uint32_t)((uint64_t)i * STRIDE % count);
}

static void type_key(Bench *b, uint32_t i, Key *ret)
{
    CatalogType t;
    catalog_type_at(b->catalog, b->keys, far(i, catalog_type_count(b->catalog)), &t);
    ret->type = str_of(arena_copy(b->keys, t.name, strlen(t.name)));
}

static void alias_key(Bench *b, uint32_t i, Key *ret)
{
    ret->index = far(i, catalog_alias_count(b->catalog));
    const CatalogAlias *x = &b->aliases[ret->index];
    const char *name = arena_copy(b->keys, x->name, strlen(x->name));
    ret->type = (Str){name, (size_t)(x->field - x->name) - 1};
    ret->field = str_of(name + ret->type.n + 1);
}

static void miss_key(Bench *b, uint32_t i, Key *ret)
{
    alias_key(b, i, ret);
    ret->field = str_of(arena_printf(b->keys, "%sx", ret->field.p));
}

static void role_key(Bench *b, uint32_t i, Key *ret)
{
    const char *name = catalog_role_name(b->catalog, far(i, catalog_role_count(b->catalog)));
    ret->role = str_of(arena_copy(b->keys, name, strlen(name)));
}

static const CatalogAlias *all_aliases(const Catalog *c, Arena *a)
{
    uint32_t count = catalog_alias_count(c);
    CatalogAlias *all = ARENA_ARRAY(a, CatalogAlias, count);
    for (uint32_t i = 0; i < count; i++)
        catalog_alias_at(c, a, i, &all[i]);
    return all;
}

// --- look-ups ------------------------------------------------------------------------------------

typedef bool LookUp(Bench *b, const Key *k);

static bool look_up_type(Bench *b, const Key *k)
{
    CatalogType t;
    return catalog_type(b->catalog, b->results, k->type, &t);
}

static bool look_up_alias(Bench *b, const Key *k)
{
    CatalogAlias x;
    return catalog_alias(b->catalog, b->results, k->type, k->field, &x);
}

static bool look_below(Bench *b, const Key *k)
{
    return catalog_has_below(b->catalog, k->type, k->field);
}

static bool look_at(Bench *b, const Key *k)
{
    CatalogAlias x;
    return catalog_alias_at(b->catalog, b->results, k->index, &x);
}

static bool look_up_role(Bench *b, const Key *k)
{
    const char *name, *id;
    return catalog_role(b->catalog, k->role, &name, &id);
}

// --- measuring -----------------------------------------------------------------------------------

static double round_of(Bench *b, uint32_t count, MakeKey *make, LookUp *look_up,
                       uint32_t *ret_found)
{
    uint32_t found = 0;
    double spent = 0;
    for (uint32_t i = 0; i < count; i += BATCH) {
        uint32_t n = count - i < BATCH ? count - i : BATCH;
        arena_reset(b->keys);
        arena_reset(b->results);
        for (uint32_t k = 0; k < n; k++)
            make(b, i + k, &b->batch[k]);
        double start = now();
        for (uint32_t k = 0; k < n; k++)
            found += look_up(b, &b->batch[k]);
        spent += now() - start;
    }
    *ret_found = found;
    return spent / count;
}

// True if the mean of the best round is within the goal.
static bool run(Bench *b, const char *what, uint32_t count, MakeKey *make, LookUp *look_up)
{
    uint32_t found = 0;
    double best = round_of(b, count, make, look_up, &found);
    for (int i = 1; i < ROUNDS; i++) {
        double each = round_of(b, count, make, look_up, &found);
        best = each < best ? each : best;
    }
    printf("%-22s %7.0f ns  (%u of %u found)\n", what, best, found, count);
    return best < GOAL;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    Bench b = {.keys = arena_new(), .results = arena_new()};
    double start = now();
    b.catalog = catalog_open(a);
    printf("%-22s %7.0f ns\n", "open", now() - start);
    if (argc == 2) {
        Status st;
        start = now();
        if (!catalog_overlay(b.catalog, argv[1], &st)) {
            fprintf(stderr, "%s\n", st.message);
            return 3;
        }
        printf("%-22s %7.0f us\n", "read overlay", (now() - start) / 1000);
    }
    b.aliases = all_aliases(b.catalog, a);
    uint32_t types = catalog_type_count(b.catalog), aliases = catalog_alias_count(b.catalog);
    bool good = run(&b, "type", types, type_key, look_up_type);
    good &= run(&b, "alias", aliases, alias_key, look_up_alias);
    good &= run(&b, "alias that is not", aliases, miss_key, look_up_alias);
    good &= run(&b, "is there more below", aliases, alias_key, look_below);
    good &= run(&b, "alias by index", aliases, alias_key, look_at);
    good &= run(&b, "role", catalog_role_count(b.catalog), role_key, look_up_role);
    arena_free(b.keys);
    arena_free(b.results);
    arena_free(a);
    return good ? 0 : 1;
}
