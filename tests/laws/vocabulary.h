// vocabulary.h - the kinds and properties that generated programs speak of.
//
// Real types with real aliases, chosen so that every type of the language and
// every shape of resource (arrays in arrays, parts of a parent, variants,
// tables) is among them.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_VOCABULARY_H
#define MOAT_TESTS_LAWS_VOCABULARY_H

#include <stdbool.h>

typedef enum Sort {
    SORT_BOOL,
    SORT_INT,
    SORT_TEXT,
    SORT_ENUM,    // known values
    SORT_VERSION, // `versions` of the kind
    SORT_RANKED,  // `order` of the kind
    SORT_DATE,
    SORT_CIDR,
    SORT_ISO8601,
    SORT_CLOCK,
    SORT_LOCATION,
    SORT_TEXTS,   // an array of texts
    SORT_OBJECTS, // an array of objects
    SORT_TABLE,   // an object of texts
    SORT_COUNT,
} Sort;

typedef struct Property {
    const char *name; // in its kind or element
    Sort sort;
    const char *values;             // worth trying: a|b|c
    const struct Property *members; // OBJECTS: of an element; ends with a NULL name
} Property;

typedef struct VocabularyKind {
    const char *name, *type;
    const char *declared;    // what a program needs, for types and order; complete declarations
    const char *opening;     // kind … that items go into
    const char *items;       // always: "versions …|type …"
    const char *may;         // any of: "default …|since …"
    const char *fixed;       // a variant's discriminator: path=value, or NULL
    const char *parent_type; // inline: the parent's type …
    const char *parent_path; // … and where in it: subnets[*]
    const Property *properties;
    const char *names; // that its resources have
    bool is_bare;      // has neither tags nor a location
} VocabularyKind;

extern const VocabularyKind VOCABULARY[];
extern const unsigned VOCABULARY_COUNT;

#endif
