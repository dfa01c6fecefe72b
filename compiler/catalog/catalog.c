// catalog.c - resource types and their aliases: the binary's, under a project's own.
//
// Indexes: types and aliases of the binary keep theirs; what only the overlay has
// comes after them.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

#include "base/bug.h"
#include "base/limits.h"

typedef struct TypeRef { // where a type or namespace is described
    bool in_overlay;
    uint32_t index;
} TypeRef;

Catalog *catalog_open(Arena *a)
{
    Catalog *c = ARENA_NEW(a, Catalog);
    c->arena = a;
    c->blob = moat_catalog_blob;
    if (memcmp(c->blob, BLOB_MAGIC, 8) != 0)
        BUG("the catalogue in this program is of another version");
    return c;
}

const char *catalog_date(const Catalog *c)
{
    return (const char *)c->blob + 8;
}

bool catalog_overlay(Catalog *c, const char *path, Status *st)
{
    Str data;
    if (!io_read_file(c->arena, path, LIMIT_OVERLAY_BYTES, &data, st))
        return false;
    const Overlay *o = overlay_read(c, data, path, st);
    if (!o)
        return false;
    c->overlay = o;
    return true;
}

// --- types ---------------------------------------------------------------------------------------

static bool find_in_blob(const Catalog *c, Str name, uint32_t *ret_index)
{
    uint32_t mask = blob_head(c, BLOB_SLOT_COUNT) - 1;
    for (uint32_t at = blob_hash_name(name);; at++) {
        uint32_t slot = blob_word(c, BLOB_SLOTS, at & mask, 1, 0);
        if (slot == 0)
            return false;
        uint32_t text = blob_word(c, BLOB_TYPES, slot - 1, TYPE_WORDS, TYPE_NAME);
        Str found = str_of(blob_text(c, text));
        if (str_equal(found, name) || str_equal_nocase(found, name)) {
            *ret_index = slot - 1;
            return true;
        }
    }
}

bool blob_has_type(const Catalog *c, Str name)
{
    uint32_t index;
    return find_in_blob(c, name, &index) && index < blob_head(c, BLOB_TYPE_COUNT);
}

static bool find(const Catalog *c, Str name, TypeRef *ret)
{
    ret->in_overlay = c->overlay && overlay_find_type(c->overlay, name, &ret->index);
    return ret->in_overlay || find_in_blob(c, name, &ret->index);
}

static CatalogPresence presence(uint32_t *facts)
{
    CatalogPresence p = (CatalogPresence)(*facts & 7);
    *facts >>= 3;
    return p;
}

static void read_type(const Catalog *c, uint32_t index, CatalogType *ret)
{
    uint32_t w[TYPE_WORDS];
    for (unsigned i = 0; i < TYPE_WORDS; i++)
        w[i] = blob_word(c, BLOB_TYPES, index, TYPE_WORDS, i);
    *ret = (CatalogType){.name = blob_text(c, w[TYPE_NAME]),
                         .parent = blob_text(c, w[TYPE_PARENT]),
                         .stable_api = blob_text(c, w[TYPE_STABLE]),
                         .newest_api = blob_text(c, w[TYPE_NEWEST]),
                         .readable = w[TYPE_FACTS] >> TYPE_FACTS_READABLE & 31,
                         .writable = w[TYPE_FACTS] >> TYPE_FACTS_WRITABLE & 31,
                         .gone = w[TYPE_FACTS] >> TYPE_FACTS_GONE & 1,
                         .first_alias = w[TYPE_FIRST_ALIAS],
                         .alias_count = w[TYPE_ALIAS_COUNT]};
    uint32_t facts = w[TYPE_FACTS];
#define MEMBER_WORD(member, text) ret->member = presence(&facts);
#include "catalog/words.def"
}

static void describe(const Catalog *c, Arena *a, TypeRef t, CatalogType *ret)
{
    if (!t.in_overlay) {
        read_type(c, t.index, ret);
        return;
    }
    overlay_type(c->overlay, a, t.index, ret);
    ret->first_alias += blob_head(c, BLOB_ALIAS_COUNT);
}

static bool is_namespace(const Catalog *c, TypeRef t)
{
    return t.in_overlay ? overlay_is_namespace(c->overlay, t.index)
                        : t.index >= blob_head(c, BLOB_TYPE_COUNT);
}

bool catalog_type(const Catalog *c, Arena *a, Str name, CatalogType *ret)
{
    TypeRef t;
    if (!find(c, name, &t) || is_namespace(c, t))
        return false;
    describe(c, a, t, ret);
    return true;
}

uint32_t catalog_type_count(const Catalog *c)
{
    return blob_head(c, BLOB_TYPE_COUNT) + (c->overlay ? overlay_new_count(c->overlay) : 0);
}

bool catalog_type_at(const Catalog *c, Arena *a, uint32_t index, CatalogType *ret)
{
    uint32_t own = blob_head(c, BLOB_TYPE_COUNT);
    if (index >= catalog_type_count(c))
        return false;
    if (index >= own) {
        describe(c, a, (TypeRef){true, overlay_new_type(c->overlay, index - own)}, ret);
        return true;
    }
    uint32_t name = blob_word(c, BLOB_TYPES, index, TYPE_WORDS, TYPE_NAME);
    return c->overlay ? catalog_type(c, a, str_of(blob_text(c, name)), ret)
                      : (read_type(c, index, ret), true);
}

static Str type_name(const Catalog *c, uint32_t index)
{
    return str_of(blob_text(c, blob_word(c, BLOB_TYPES, index, TYPE_WORDS, TYPE_NAME)));
}

// The first type in the binary that does not come before `start`: they are in order.
static uint32_t first_from(const Catalog *c, Str start)
{
    uint32_t low = 0, high = blob_head(c, BLOB_TYPE_COUNT);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare_nocase(type_name(c, middle), start) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool catalog_type_next(const Catalog *c, Arena *a, Str start, uint32_t *at, CatalogType *ret)
{
    uint32_t own = blob_head(c, BLOB_TYPE_COUNT);
    if (*at == 0)
        *at = first_from(c, start);
    if (*at < own && !str_starts_nocase(type_name(c, *at), start))
        *at = own;
    while (catalog_type_at(c, a, (*at)++, ret))
        if (str_starts_nocase(str_of(ret->name), start))
            return true;
    return false;
}

// --- aliases -------------------------------------------------------------------------------------

bool catalog_alias(const Catalog *c, Arena *a, Str type, Str field, CatalogAlias *ret)
{
    TypeRef t;
    if (!find(c, type, &t))
        return false;
    return t.in_overlay ? overlay_alias(c->overlay, a, t.index, field, ret)
                        : blob_alias(c, a, t.index, field, ret);
}

bool catalog_alias_named(const Catalog *c, Arena *a, Str full_name, CatalogAlias *ret)
{
    size_t slash = full_name.n;
    while (slash && full_name.p[slash - 1] != '/')
        slash--;
    if (slash == 0)
        return false;
    return catalog_alias(c, a, (Str){full_name.p, slash - 1},
                         (Str){full_name.p + slash, full_name.n - slash}, ret);
}

uint32_t catalog_alias_count(const Catalog *c)
{
    return blob_head(c, BLOB_ALIAS_COUNT) + (c->overlay ? overlay_alias_count(c->overlay) : 0);
}

bool catalog_alias_at(const Catalog *c, Arena *a, uint32_t index, CatalogAlias *ret)
{
    uint32_t own = blob_head(c, BLOB_ALIAS_COUNT);
    if (index >= catalog_alias_count(c))
        return false;
    if (index >= own) {
        overlay_alias_at(c->overlay, a, index - own, ret);
        return true;
    }
    uint32_t low = 0; // the last type whose first alias is not after index
    uint32_t high = blob_head(c, BLOB_TYPE_COUNT) + blob_head(c, BLOB_NAMESPACE_COUNT);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (blob_word(c, BLOB_TYPES, middle, TYPE_WORDS, TYPE_FIRST_ALIAS) <= index)
            low = middle;
        else
            high = middle;
    }
    uint32_t first = blob_word(c, BLOB_TYPES, low, TYPE_WORDS, TYPE_FIRST_ALIAS);
    blob_alias_at(c, a, low, index - first, ret);
    return true;
}

bool catalog_has_below(const Catalog *c, Str type, Str field)
{
    TypeRef t;
    if (!find(c, type, &t))
        return false;
    return t.in_overlay ? overlay_has_below(c->overlay, t.index, field)
                        : blob_has_below(c, t.index, field);
}
