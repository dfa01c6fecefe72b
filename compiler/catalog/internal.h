// internal.h - what the files of catalog/ share.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_INTERNAL_H
#define MOAT_CATALOG_INTERNAL_H

#include "catalog/blob.h"
#include "catalog/catalog.h"
#include "catalog/text.h"

extern const unsigned char moat_catalog_blob[];

typedef struct Overlay Overlay;

struct Catalog {
    Arena *arena;
    const unsigned char *blob;
    const Overlay *overlay; // NULL where there is none
};

static inline uint32_t blob_head(const Catalog *c, BlobWord word)
{
    return blob_number(c->blob + BLOB_HEAD + 4 * (size_t)word);
}

// A word of a record: `table` is the head word that has its offset.
static inline uint32_t blob_word(const Catalog *c, BlobWord table, uint32_t index, unsigned width,
                                 unsigned word)
{
    return blob_number(c->blob + blob_head(c, table) + 4 * ((size_t)index * width + word));
}

static inline const char *blob_text(const Catalog *c, uint32_t offset)
{
    return (const char *)c->blob + blob_head(c, BLOB_POOL) + offset;
}

// The texts of the list at an offset of the pool.
const char **blob_list(const Catalog *c, Arena *a, uint32_t offset, uint32_t *ret_count);

bool blob_has_type(const Catalog *c, Str name);

// --- aliases.c: those in the binary; `type` is an index in BLOB_TYPES ---

bool blob_alias(const Catalog *c, Arena *a, uint32_t type, Str field, CatalogAlias *ret);
void blob_alias_at(const Catalog *c, Arena *a, uint32_t type, uint32_t index, CatalogAlias *ret);
bool blob_has_below(const Catalog *c, uint32_t type, Str field);
// Sets name, field and path of an alias from the spelling of its type and its short path.
void alias_set_names(CatalogAlias *ret, Arena *a, Str type, Str field, Str path);

// Where a field stands to those below another: `field.x` and `field[*]`. Walking on from `field`
// in order, one meets them before anything that goes on with a letter.
typedef enum FieldOrder { FIELD_NOT_YET, FIELD_BELOW, FIELD_PAST } FieldOrder;
FieldOrder alias_order(Str other, Str field);

// --- overlay.c ---

// The types of an overlay are numbered by name; the aliases of a type stand together.
bool overlay_find_type(const Overlay *o, Str name, uint32_t *ret_index); // or namespace
bool overlay_is_namespace(const Overlay *o, uint32_t type);
void overlay_type(const Overlay *o, Arena *a, uint32_t type, CatalogType *ret);
uint32_t overlay_new_count(const Overlay *o); // types the binary lacks
uint32_t overlay_new_type(const Overlay *o, uint32_t index);
uint32_t overlay_alias_count(const Overlay *o);
bool overlay_alias(const Overlay *o, Arena *a, uint32_t type, Str field, CatalogAlias *ret);
void overlay_alias_at(const Overlay *o, Arena *a, uint32_t index, CatalogAlias *ret);
bool overlay_has_below(const Overlay *o, uint32_t type, Str field);
// `path` is for messages. NULL on failure.
const Overlay *overlay_read(const Catalog *base, Str data, const char *path, Status *st);

#endif
