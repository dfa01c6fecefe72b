// catalog.h - what Azure has: resource types, property aliases, built-in
// policies, roles, regions.
//
// The catalogue is in the binary, so opening it costs nothing; a project may lay
// its own over it (`moat catalog update`). Look-ups ignore case and return
// Azure's spelling. Texts returned live in the arena given, or in the binary.
//
// Source: the files of stdlib/catalog/, made from public data (their README says which).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_CATALOG_H
#define MOAT_CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/io.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Catalog Catalog;

Catalog *catalog_open(Arena *a);            // the one in the binary
const char *catalog_date(const Catalog *c); // "2026-08-22": when the binary's data was current
// Lays a project's catalogue (as written by catalog_import) over it; types of the
// overlay replace those of the binary, with all their aliases.
bool catalog_overlay(Catalog *c, const char *path, Status *st);
#define CATALOG_OVERLAY "azure-catalog.txt" // its name, in the folder of the project
// Reads `GET /providers?$expand=resourceTypes/aliases` and writes an overlay file;
// what the listing cannot say (values, read-only, …) is taken from the binary.
bool catalog_import(Arena *a, const char *providers_json, const char *overlay_path, Status *st);

typedef enum CatalogPresence { // of a top-level property in a resource body
    CATALOG_ABSENT,
    CATALOG_OPTIONAL,
    CATALOG_REQUIRED,
    CATALOG_READ_ONLY,
    CATALOG_UNKNOWN,
} CatalogPresence;

enum { // scopes, a bit each
    SCOPE_TENANT = 1,
    SCOPE_MANAGEMENT_GROUP = 2,
    SCOPE_SUBSCRIPTION = 4,
    SCOPE_RESOURCE_GROUP = 8,
    SCOPE_EXTENSION = 16,
};

typedef struct CatalogType {
    const char *name;                    // Microsoft.Storage/storageAccounts
    const char *parent;                  // "" for a top-level type
    const char *stable_api, *newest_api; // "" where there is none
    CatalogPresence location, tags, identity, kind, sku;
    uint32_t readable, writable;       // scopes; all of them where not known
    bool gone;                         // Azure had it until 2024
    uint32_t first_alias, alias_count; // for catalog_alias_at; not those of child types
} CatalogType;

// Types of data-plane modes (Microsoft.KeyVault.Data/vaults/keys) are among them;
// their namespace is the mode.
bool catalog_type(const Catalog *c, Arena *a, Str name, CatalogType *ret);
uint32_t catalog_type_count(const Catalog *c);
bool catalog_type_at(const Catalog *c, Arena *a, uint32_t index, CatalogType *ret);
// The next type that begins with `start`, without case: *at is the caller's cursor, 0 at first.
bool catalog_type_next(const Catalog *c, Arena *a, Str start, uint32_t *at, CatalogType *ret);

typedef enum CatalogValueType {
    CATALOG_ANY,
    CATALOG_STRING,
    CATALOG_INTEGER,
    CATALOG_NUMBER,
    CATALOG_BOOLEAN,
    CATALOG_OBJECT,
    CATALOG_ARRAY,
} CatalogValueType;

enum { // facts about an alias, a bit each
    ALIAS_READ_ONLY = 1,
    ALIAS_REQUIRED = 2, // inside its parent object
    ALIAS_SECRET = 4,
    ALIAS_WRITE_ONLY = 8,
    ALIAS_MODIFIABLE = 16,      // proven; no flag means unknown
    ALIAS_BUILTIN = 32,         // a built-in policy uses it
    ALIAS_DERIVED = 64,         // named by rule, in no listing
    ALIAS_UNSURE = 128,         // derived on weak grounds
    ALIAS_NOT_MODIFIABLE = 256, // an overlay says so
};

typedef struct CatalogAlias {
    const char *name;       // Microsoft.Storage/storageAccounts/networkAcls.bypass
    const char *field;      // networkAcls.bypass: the part after the type
    const char *path;       // properties.networkAcls.bypass: where the value is in the resource
                            // (of several, one for each type an old alias serves, the first)
    const char *more_paths; // the others, joined by |; "" where there are none
    CatalogValueType type;
    uint32_t flags;
    bool enum_open; // other values are allowed too
    uint32_t enum_count;
    const char **enum_values;
    const char *api; // api-version type and enum were read from, "" if untyped
} CatalogAlias;

// `field` is what follows the type and its slash. Cost: well under a microsecond.
bool catalog_alias(const Catalog *c, Arena *a, Str type, Str field, CatalogAlias *ret);
bool catalog_alias_named(const Catalog *c, Arena *a, Str full_name, CatalogAlias *ret);
bool catalog_alias_at(const Catalog *c, Arena *a, uint32_t index, CatalogAlias *ret);
uint32_t catalog_alias_count(const Catalog *c);
// Is there a longer alias below this one (`field` + "." or "[*]")?
bool catalog_has_below(const Catalog *c, Str type, Str field);

typedef struct CatalogParameter {
    const char *name, *type; // type as in Azure: String, Array …
    const char *initial;     // default as JSON text, NULL where it has none, "…" where it is long
} CatalogParameter;

typedef struct CatalogBuiltin {
    const char *id;    // GUID
    const char *title; // "" where not known
    bool is_initiative, is_static, deprecated, preview;
    const char *mode, *version, *category;
    const char *effect_parameter; // "" : the effect is fixed, the only one of effects
    uint32_t effect_count;
    const char **effects; // allowed values, as written
    uint32_t parameter_count;
    CatalogParameter *parameters;
    uint32_t type_count;
    const char **types; // resource types its rule tests by equality
} CatalogBuiltin;
bool catalog_builtin(const Catalog *c, Arena *a, Str id, CatalogBuiltin *ret);
uint32_t catalog_builtin_count(const Catalog *c);
bool catalog_builtin_at(const Catalog *c, Arena *a, uint32_t index, CatalogBuiltin *ret);

// Role names and ids compare without case; former names are found too.
bool catalog_role(const Catalog *c, Str name_or_id, const char **ret_name, const char **ret_id);
uint32_t catalog_role_count(const Catalog *c);
const char *catalog_role_name(const Catalog *c, uint32_t index);

// A region by name or display name ("West Europe"); its normal form is "westeurope".
bool catalog_location(const Catalog *c, Str name, const char **ret_name, const char **ret_cloud);
uint32_t catalog_location_count(const Catalog *c);
const char *catalog_location_name(const Catalog *c, uint32_t index);
const char *catalog_location_title(const Catalog *c, uint32_t index); // "West Europe"

typedef struct CatalogMode { // a data-plane mode of Azure Policy
    const char *name;        // Microsoft.KeyVault.Data
    const char *about;       // "keys, secrets and certificates in vaults"
    bool custom;             // takes custom definitions, not only built-in ones
    bool preview, deprecated;
    uint32_t effect_count;
    const char **effects;
} CatalogMode;
bool catalog_mode(const Catalog *c, Arena *a, Str name, CatalogMode *ret);
uint32_t catalog_mode_count(const Catalog *c);
bool catalog_mode_at(const Catalog *c, Arena *a, uint32_t index, CatalogMode *ret);

typedef struct CatalogZone { // the DNS zone of a private endpoint to a type
    const char *group;       // sub-resource: blob, vault …
    const char *zone;  // privatelink.blob.core.windows.net; may have {regionName} and the like
    const char *cloud; // AzureCloud, AzureUSGovernment, AzureChinaCloud
} CatalogZone;
// Those of a type, by group and zone; none means not known.
uint32_t catalog_zones(const Catalog *c, Arena *a, Str type, const CatalogZone **ret_zones);

#endif
