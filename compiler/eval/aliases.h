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
    const char *phrase, *variable;     // NULL, or the value is a part of a longer text: of
                                       // "/publishers/{name}" what stands at "name"
    bool own;                          // no alias at all: the name is the path
    const char *const *versions;       // api-versions it is good for
    uint32_t version_count;            // 0: all that no other path of the alias names
} AliasPath;

Aliases *aliases_catalog(Arena *a, const Catalog *catalog);
// The same, but a name without a namespace is a path of the resource, with `all` every name is
// that no alias has, and an alias where the resource has a member with its first part (`Microsoft`
// of `Microsoft.Sql/servers/state`): rules and resources that were made for no alias.
Aliases *aliases_catalog_or_paths(Arena *a, const Catalog *catalog, bool all);
bool aliases_name_paths(const Aliases *as, Str name); // is it a path, where it is no alias?
bool aliases_have_paths(const Aliases *as);           // may an alias be a path, too?
Aliases *aliases_read(Arena *a, const Data *providers, const char **ret_error); // NULL: error
// Every path of an alias, one for each resource type and set of api-versions, by full name
// without case; a twin without its last [*] is derived. 0: there is no such alias.
uint32_t aliases_paths(const Aliases *as, Arena *a, Str name, const AliasPath **ret);

#endif
