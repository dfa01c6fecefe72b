// words.h - the words and signs of grammar/keywords.def as data.
//
// For whoever offers, explains or colours them: completion, documents, editor
// files, messages. The scanner has its own table, made from the same list.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SYNTAX_WORDS_H
#define MOAT_SYNTAX_WORDS_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

// The blocks a word begins something in.
typedef enum Place {
    PLACE_FILE = 1 << 0, // a declaration
    PLACE_KIND = 1 << 1,
    PLACE_FRAMEWORK = 1 << 2,
    PLACE_REQUIREMENT = 1 << 3,
    PLACE_FOR = 1 << 4,
    PLACE_INITIATIVE = 1 << 5,
    PLACE_ENVIRONMENT = 1 << 6,
    PLACE_ASSIGNMENT = 1 << 7,
    PLACE_EXEMPTION = 1 << 8,
    PLACE_TEST = 1 << 9,
    PLACE_INSIDE = 1 << 10,   // continues an item
    PLACE_OPERATOR = 1 << 11, // in expressions
    PLACE_VALUE = 1 << 12,    // true, false, null
} Place;

typedef enum WordKind {
    WORD_RESERVED, // never a name, except after a dot
    WORD_SOFT,     // a name where it does not begin or continue something
    WORD_SIGN,
    WORD_UNIT, // after an integer: 30 days
    WORD_TYPE, // a built-in type
} WordKind;

typedef struct Keyword {
    const char *text;
    uint8_t length;
    uint8_t kind; // WordKind
    uint8_t unit; // WORD_UNIT: DurationUnit
    uint16_t places;
    uint16_t token; // the parser's; 0 for units and types
} Keyword;

extern const Keyword keywords[]; // by kind, then in the order of the list
extern const uint32_t keyword_count;

const Keyword *keyword_find(WordKind kind, Str text); // NULL where there is none
const char *place_text(Place place);                  // "a requirement", "a file" …

#endif
