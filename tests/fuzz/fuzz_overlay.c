// fuzz_overlay.c - any text as a project's own catalogue.
//
// What is read must be found again: every alias by its name, every type by its.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "catalog/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void find_aliases(const Catalog *c, Arena *a)
{
    for (uint32_t i = blob_head(c, BLOB_ALIAS_COUNT); i < catalog_alias_count(c); i++) {
        CatalogAlias x, y;
        catalog_alias_at(c, a, i, &x);
        Str type = {x.name, (size_t)(x.field - x.name) - 1};
        if (!catalog_alias(c, a, type, str_of(x.field), &y) || strcmp(x.name, y.name) != 0)
            BUG("an alias is not found again");
        catalog_has_below(c, type, str_of(x.field));
    }
}

static void find_types(const Catalog *c, Arena *a)
{
    for (uint32_t i = blob_head(c, BLOB_TYPE_COUNT); i < catalog_type_count(c); i++) {
        CatalogType t, u;
        catalog_type_at(c, a, i, &t);
        if (!catalog_type(c, a, str_of(t.name), &u) || u.first_alias != t.first_alias)
            BUG("a type is not found again");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = arena_new();
    Catalog *c = catalog_open(a);
    Status st;
    Str text = {arena_copy(a, (const char *)data, size), size};
    c->overlay = overlay_read(c, text, "fuzz.txt", &st);
    find_aliases(c, a);
    find_types(c, a);
    arena_free(a);
    return 0;
}
