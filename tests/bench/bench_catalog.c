// bench_catalog.c - what a look-up in the catalogue costs; it is to be under a microsecond.
//
//     bench_catalog [OVERLAY]
//
// Looks every name up once, in an order far from the stored one, and prints the
// mean of each kind of look-up in nanoseconds. With an overlay it is read first
// and timed. Exit 1 if a look-up of the kinds `moat check` lives on is slower.
//
// SPDX-License-Identifier: MIT
#include "catalog/catalog.h"

#include <stdio.h>
#include <time.h>

enum { GOAL = 1000, STRIDE = 7919, ROUND = 4096 };

typedef struct Bench {
    Catalog *catalog;
    Arena *scratch; // emptied every ROUND look-ups, as a compilation never does
    uint32_t alias_count, type_count;
    const char **types, **owners, **fields, **misses;
} Bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void collect(Bench *b, Arena *a)
{
    b->alias_count = catalog_alias_count(b->catalog);
    b->type_count = catalog_type_count(b->catalog);
    b->types = ARENA_ARRAY(a, const char *, b->type_count);
    b->owners = ARENA_ARRAY(a, const char *, b->alias_count);
    b->fields = ARENA_ARRAY(a, const char *, b->alias_count);
    b->misses = ARENA_ARRAY(a, const char *, b->alias_count);
    for (uint32_t i = 0; i < b->type_count; i++) {
        CatalogType t;
        catalog_type_at(b->catalog, a, i, &t);
        b->types[i] = t.name;
    }
    for (uint32_t i = 0; i < b->alias_count; i++) {
        CatalogAlias x;
        uint32_t far = (uint32_t)((uint64_t)i * STRIDE % b->alias_count);
        catalog_alias_at(b->catalog, a, far, &x);
        b->owners[i] = arena_copy(a, x.name, (size_t)(x.field - x.name) - 1);
        b->fields[i] = x.field;
        b->misses[i] = arena_printf(a, "%sx", x.field);
    }
}

typedef bool LookUp(Bench *b, uint32_t i);

static bool look_up_type(Bench *b, uint32_t i)
{
    CatalogType t;
    uint32_t far = (uint32_t)((uint64_t)i * STRIDE % b->type_count);
    return catalog_type(b->catalog, b->scratch, str_of(b->types[far]), &t);
}

static bool look_up_alias(Bench *b, uint32_t i)
{
    CatalogAlias x;
    return catalog_alias(b->catalog, b->scratch, str_of(b->owners[i]), str_of(b->fields[i]), &x);
}

static bool look_up_miss(Bench *b, uint32_t i)
{
    CatalogAlias x;
    return catalog_alias(b->catalog, b->scratch, str_of(b->owners[i]), str_of(b->misses[i]), &x);
}

static bool look_below(Bench *b, uint32_t i)
{
    return catalog_has_below(b->catalog, str_of(b->owners[i]), str_of(b->fields[i]));
}

static bool look_at(Bench *b, uint32_t i)
{
    CatalogAlias x;
    uint32_t far = (uint32_t)((uint64_t)i * STRIDE % b->alias_count);
    return catalog_alias_at(b->catalog, b->scratch, far, &x);
}

static bool look_up_role(Bench *b, uint32_t i)
{
    const char *name, *id;
    uint32_t far = (uint32_t)((uint64_t)i * STRIDE % catalog_role_count(b->catalog));
    return catalog_role(b->catalog, str_of(catalog_role_name(b->catalog, far)), &name, &id);
}

// True if the mean is within the goal.
static bool run(Bench *b, const char *what, uint32_t count, LookUp *look_up)
{
    uint32_t found = 0;
    double start = now();
    for (uint32_t i = 0; i < count; i++) {
        found += look_up(b, i);
        if (i % ROUND == 0)
            arena_reset(b->scratch);
    }
    double each = (now() - start) / count;
    printf("%-22s %7.0f ns  (%u of %u found)\n", what, each, found, count);
    return each < GOAL;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    Bench b = {.scratch = arena_new()};
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
    collect(&b, a);
    bool good = run(&b, "type", b.type_count, look_up_type);
    good &= run(&b, "alias", b.alias_count, look_up_alias);
    good &= run(&b, "alias that is not", b.alias_count, look_up_miss);
    good &= run(&b, "is there more below", b.alias_count, look_below);
    good &= run(&b, "alias by index", b.alias_count, look_at);
    good &= run(&b, "role", catalog_role_count(b.catalog), look_up_role);
    arena_free(b.scratch);
    arena_free(a);
    return good ? 0 : 1;
}
