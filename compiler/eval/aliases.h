// aliases.h - from a field's name to where its value is in a resource.
//
// The names come from the catalogue, or from provider-shaped JSON (`--aliases`:
// `GET /providers?$expand=resourceTypes/aliases`, or an array of its namespaces).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_ALIASES_H
#define MOAT_EVAL_ALIASES_H

#include "catalog/catalog.h"
#include "json/data.h"

typedef struct Aliases Aliases;

typedef struct AliasPath {
    const char *name; // Azure's spelling
    const char *type; // the resource type it belongs to; "" for old names without one
    const char *path; // properties.networkAcls.bypass
    CatalogValueType value_type;
    bool modifiable, known_modifiable; // the second: the first is a fact
    bool extracts;                     // the value is a part of a longer text (old image aliases)
    const char *phrase, *variable;     // of `pattern`, where it extracts
} AliasPath;

Aliases *aliases_catalog(Arena *a, const Catalog *catalog);
Aliases *aliases_read(Arena *a, const Data *providers, const char **ret_error); // NULL: error
// By full name without case, for a resource of `type` asked with `api_version` ("" the newest);
// a twin without its last [*] is derived. False where there is none.
bool aliases_find(const Aliases *as, Arena *a, Str name, Str type, Str api_version, AliasPath *ret);

#endif
