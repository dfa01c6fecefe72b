// kind.h - between kinds.c and field.c: the properties of a kind.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_KIND_H
#define MOAT_SEMA_KIND_H

#include "diag/suggest.h"
#include "sema/check.h"
#include "sema/sema.h"

typedef struct KindItems {                          // what a kind says of one property
    const KindItem *initial, *type, *order, *since; // `order` or `versions`
} KindItems;

typedef struct Variant { // a discriminator that a refinement fixes: type == "FQDN"
    Name prefix;         // the object it is in, "" for the resource
    Name value;
} Variant;

struct KindScope {
    Map items;         // property in lower case, as in the catalogue → KindItems *
    Map lets;          // Name → KindItem *
    Map fields;        // as written → FieldInfo *
    Map inline_fields; // the same for the form inside the parent
    VEC(Variant) variants;
    bool broken; // its declaration has a mistake that was reported
};

typedef struct FieldInfo {            // a property of a kind, looked up once
    bool exists;                      // it is a property itself
    bool below;                       // it is part of the path of some
    bool is_alias;                    // false: one of Azure's field names
    bool unchecked;                   // the catalogue does not know the type
    bool noted;                       // derived or unsure: said once
    const char *alias, *path, *field; // field: in the catalogue's spelling
    uint32_t flags;
    const Type *type;
    TExpr *initial;
    const char *since;
} FieldInfo;

// Looks an alias up by the path after the type; never NULL. "" is the element of an inline kind.
FieldInfo *field_find(Program *p, const KindInfo *kind, bool inlined, Name field);
// One of Azure's field names: name, full_name, id, location, kind, tags, identity.type …;
// NULL where the word is none of them. `identity` alone has only members.
FieldInfo *field_plain(Program *p, const KindInfo *kind, const char *word);
// The property in the catalogue's spelling, lower case: a key of KindScope.items. NULL: unknown.
Name field_key(Program *p, const KindInfo *kind, Name field);
Name name_lower(Program *p, Str text);

typedef struct FieldMiss { // an unknown property
    const KindInfo *kind;
    bool inlined;
    Name field;        // in the kind
    const char *base;  // the part that is an array's element already, or ""
    const char *shown; // as written
    Span span;
    const Module *module; // whose declarations may have been meant; NULL: none
} FieldMiss;
// Says so with near names, variants that have it, or the list that is in the way.
Diag *field_report_unknown(Program *p, const FieldMiss *miss);

// Nearest of the kind and its parents that says it; NULL where none does.
const KindItem *kind_item(const KindInfo *kind, Name key, KindItemKind what,
                          const KindInfo **ret_owner);
const KindItem *kind_let(const KindInfo *kind, Name name, const KindInfo **ret_owner);
// The value of a `default`, in the compilation's arena; NULL after a mistake.
TExpr *kind_default(Program *p, const KindInfo *owner, const KindItem *item, const Type *type);
// The catalogue's type, narrowed by `type`, `order` and `versions`.
const Type *kind_narrow(Program *p, const KindInfo *kind, Name key, const Type *type,
                        const char *field);
// The kinds of a group, each once, groups in it opened; NULL, and reported, after a mistake.
const KindList *kinds_members(Program *p, Symbol *group);

#endif
