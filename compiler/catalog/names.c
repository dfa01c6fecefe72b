// names.c - built-in policies, roles, regions, modes and DNS zones.
//
// All of them are sorted tables in the binary; an overlay does not change them.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

enum { PAIR = 2, TRIPLE = 3, QUADRUPLE = 4 };

static const char *text_word(const Catalog *c, BlobWord table, uint32_t index, unsigned width,
                             unsigned word)
{
    return blob_text(c, blob_word(c, table, index, width, word));
}

// The first record whose first text is not before `key`, by binary search. The count of a
// table is the head word after its offset.
static uint32_t lower_bound(const Catalog *c, BlobWord table, unsigned width, Str key)
{
    uint32_t low = 0, high = blob_head(c, (BlobWord)(table + 1));
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare_nocase(str_of(text_word(c, table, middle, width, 0)), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool find(const Catalog *c, BlobWord table, unsigned width, Str key, uint32_t *ret_index)
{
    uint32_t i = lower_bound(c, table, width, key);
    if (i == blob_head(c, (BlobWord)(table + 1)) ||
        !str_equal_nocase(str_of(text_word(c, table, i, width, 0)), key))
        return false;
    *ret_index = i;
    return true;
}

// --- built-in policies ---------------------------------------------------------------------------

static CatalogParameter *parameters(const Catalog *c, Arena *a, uint32_t first, uint32_t count)
{
    CatalogParameter *all = ARENA_ARRAY(a, CatalogParameter, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = blob_word(c, BLOB_USES, first + i, 1, 0);
        const char *initial =
            text_word(c, BLOB_PARAMETERS, index, PARAMETER_WORDS, PARAMETER_INITIAL);
        all[i] = (CatalogParameter){
            .name = text_word(c, BLOB_PARAMETERS, index, PARAMETER_WORDS, PARAMETER_NAME),
            .type = text_word(c, BLOB_PARAMETERS, index, PARAMETER_WORDS, PARAMETER_TYPE),
            .initial = *initial ? initial : NULL,
        };
    }
    return all;
}

bool catalog_builtin_at(const Catalog *c, Arena *a, uint32_t index, CatalogBuiltin *ret)
{
    if (index >= catalog_builtin_count(c))
        return false;
    uint32_t w[BUILTIN_WORDS];
    for (unsigned i = 0; i < BUILTIN_WORDS; i++)
        w[i] = blob_word(c, BLOB_BUILTINS, index, BUILTIN_WORDS, i);
    *ret = (CatalogBuiltin){.id = blob_text(c, w[BUILTIN_ID]),
                            .title = blob_text(c, w[BUILTIN_TITLE]),
                            .is_initiative = w[BUILTIN_FLAGS] & BLOB_INITIATIVE,
                            .is_static = w[BUILTIN_FLAGS] & BLOB_STATIC,
                            .deprecated = w[BUILTIN_FLAGS] & BLOB_DEPRECATED,
                            .preview = w[BUILTIN_FLAGS] & BLOB_PREVIEW,
                            .mode = blob_text(c, w[BUILTIN_MODE]),
                            .version = blob_text(c, w[BUILTIN_VERSION]),
                            .category = blob_text(c, w[BUILTIN_CATEGORY]),
                            .effect_parameter = blob_text(c, w[BUILTIN_EFFECT_PARAMETER]),
                            .parameter_count = w[BUILTIN_USE_COUNT]};
    ret->effects = blob_list(c, a, w[BUILTIN_EFFECTS], &ret->effect_count);
    ret->types = blob_list(c, a, w[BUILTIN_TYPES], &ret->type_count);
    ret->parameters = parameters(c, a, w[BUILTIN_FIRST_USE], w[BUILTIN_USE_COUNT]);
    return true;
}

bool catalog_builtin(const Catalog *c, Arena *a, Str id, CatalogBuiltin *ret)
{
    uint32_t index;
    return find(c, BLOB_BUILTINS, BUILTIN_WORDS, id, &index) &&
           catalog_builtin_at(c, a, index, ret);
}

uint32_t catalog_builtin_count(const Catalog *c)
{
    return blob_head(c, BLOB_BUILTIN_COUNT);
}

// --- roles ---------------------------------------------------------------------------------------

bool catalog_role(const Catalog *c, Str name_or_id, const char **ret_name, const char **ret_id)
{
    uint32_t i;
    if (!find(c, BLOB_ROLE_KEYS, TRIPLE, name_or_id, &i))
        return false;
    *ret_name = text_word(c, BLOB_ROLE_KEYS, i, TRIPLE, 1);
    *ret_id = text_word(c, BLOB_ROLE_KEYS, i, TRIPLE, 2);
    return true;
}

uint32_t catalog_role_count(const Catalog *c)
{
    return blob_head(c, BLOB_ROLE_COUNT);
}

const char *catalog_role_name(const Catalog *c, uint32_t index)
{
    return text_word(c, BLOB_ROLES, index, PAIR, 0);
}

// --- regions -------------------------------------------------------------------------------------

bool catalog_location(const Catalog *c, Str name, const char **ret_name, const char **ret_cloud)
{
    char normal[64]; // a display name without its spaces is the name
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == ' ')
            continue;
        if (n == sizeof normal)
            return false;
        normal[n++] = name.p[i];
    }
    uint32_t i;
    if (!find(c, BLOB_LOCATIONS, TRIPLE, (Str){normal, n}, &i))
        return false;
    *ret_name = text_word(c, BLOB_LOCATIONS, i, TRIPLE, 0);
    *ret_cloud = text_word(c, BLOB_LOCATIONS, i, TRIPLE, 2);
    return true;
}

uint32_t catalog_location_count(const Catalog *c)
{
    return blob_head(c, BLOB_LOCATION_COUNT);
}

const char *catalog_location_name(const Catalog *c, uint32_t index)
{
    return text_word(c, BLOB_LOCATIONS, index, TRIPLE, 0);
}

const char *catalog_location_title(const Catalog *c, uint32_t index)
{
    return text_word(c, BLOB_LOCATIONS, index, TRIPLE, 1);
}

// --- data-plane modes, DNS zones -----------------------------------------------------------------

bool catalog_mode_at(const Catalog *c, Arena *a, uint32_t index, CatalogMode *ret)
{
    if (index >= catalog_mode_count(c))
        return false;
    uint32_t flags = blob_word(c, BLOB_MODES, index, QUADRUPLE, 2);
    *ret = (CatalogMode){.name = text_word(c, BLOB_MODES, index, QUADRUPLE, 0),
                         .about = text_word(c, BLOB_MODES, index, QUADRUPLE, 1),
                         .custom = flags & BLOB_CUSTOM,
                         .preview = flags & BLOB_PREVIEW,
                         .deprecated = flags & BLOB_DEPRECATED};
    ret->effects =
        blob_list(c, a, blob_word(c, BLOB_MODES, index, QUADRUPLE, 3), &ret->effect_count);
    return true;
}

bool catalog_mode(const Catalog *c, Arena *a, Str name, CatalogMode *ret)
{
    uint32_t index;
    return find(c, BLOB_MODES, QUADRUPLE, name, &index) && catalog_mode_at(c, a, index, ret);
}

uint32_t catalog_mode_count(const Catalog *c)
{
    return blob_head(c, BLOB_MODE_COUNT);
}

uint32_t catalog_zones(const Catalog *c, Arena *a, Str type, const CatalogZone **ret_zones)
{
    uint32_t first = lower_bound(c, BLOB_ZONES, QUADRUPLE, type), end = first;
    while (end < blob_head(c, BLOB_ZONE_COUNT) &&
           str_equal_nocase(str_of(text_word(c, BLOB_ZONES, end, QUADRUPLE, 0)), type))
        end++;
    CatalogZone *zones = ARENA_ARRAY(a, CatalogZone, end - first);
    for (uint32_t i = first; i < end; i++)
        zones[i - first] = (CatalogZone){.group = text_word(c, BLOB_ZONES, i, QUADRUPLE, 1),
                                         .zone = text_word(c, BLOB_ZONES, i, QUADRUPLE, 2),
                                         .cloud = text_word(c, BLOB_ZONES, i, QUADRUPLE, 3)};
    *ret_zones = zones;
    return end - first;
}
