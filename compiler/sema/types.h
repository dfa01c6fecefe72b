// types.h - the types of the language.
//
// spec: types. A Type is made once and compares by type_equal; the simple ones
// are constants. There is no implicit conversion the author cannot see.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_TYPES_H
#define MOAT_SEMA_TYPES_H

#include "base/intern.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

typedef enum TypeKind {
    TYPE_ERROR, // said already: stay quiet
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_INT,
    TYPE_FLOAT,
    TYPE_STRING, // texts from here …
    TYPE_ENUM,   // a string of the catalogue with known values
    TYPE_DATETIME,
    TYPE_CIDR,
    TYPE_GUID,
    TYPE_LOCATION,
    TYPE_URI,
    TYPE_DURATION_ISO8601, // texts such as PT15M
    TYPE_DURATION_CLOCK,   // texts such as 7.00:00:00
    TYPE_RESOURCE_ID,      // … to here
    TYPE_DURATION,         // a literal: 30 days
    TYPE_VERSION,          // a literal: 1.2.3 (or 1.2 where versions are compared)
    TYPE_LIST,
    TYPE_RECORD, // {name: T, …}
    TYPE_TABLE,  // {string: T}
    TYPE_OBJECT, // an object of the catalogue, its members are aliases
    TYPE_ANY,    // not known
} TypeKind;

typedef struct Type Type;

typedef struct RecordField {
    Name name;
    const Type *type;
} RecordField;

typedef struct VersionSpelling { // `versions` and `order` of a kind
    Name text;                   // "TLS1_2"
    Name version;                // "1.2"; NULL for `order`
} VersionSpelling;

struct Type {
    TypeKind kind;
    const Type *element;         // LIST, TABLE
    VEC(RecordField) fields;     // RECORD
    VEC(Name) values;            // ENUM, in the catalogue's order
    bool open;                   // ENUM: other values may appear
    VEC(VersionSpelling) ranked; // ENUM or STRING with `order` or `versions`: weakest first
    bool has_versions;           // ranked came from `versions`
    Name resource_type;          // RESOURCE_ID: of this type, or NULL
    Name property;               // ENUM, ranked: the property it belongs to, for messages
};

const Type *type_simple(TypeKind kind); // one without parts: a constant
const Type *type_list(Arena *a, const Type *element);

const char *type_text(Arena *a, const Type *t); // as an author would write it
bool type_equal(const Type *a, const Type *b);
bool type_has_error(const Type *t); // it, or a part of it
bool type_is_text(const Type *t);   // every kind that is a JSON string
bool type_is_number(const Type *t); // int, float

#endif
