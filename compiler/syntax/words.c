// words.c - the list of keywords as a table.
//
// SPDX-License-Identifier: MIT
#include "syntax/words.h"

#include "syntax/ast.h"
#include "syntax/parser.h"

#include "moat.tab.h"

const Keyword keywords[] = {
#define RESERVED(text, token, places)                                                              \
    {text, sizeof text - 1, WORD_RESERVED, 0, places, TOK_##token},
#include "keywords.def"
#define SOFT(text, token, places) {text, sizeof text - 1, WORD_SOFT, 0, places, TOK_##token},
#include "keywords.def"
#define SIGN(text, token) {text, sizeof text - 1, WORD_SIGN, 0, 0, TOK_##token},
#include "keywords.def"
#define UNIT(text, unit) {text, sizeof text - 1, WORD_UNIT, UNIT_##unit, 0, 0},
#include "keywords.def"
#define TYPE(text) {text, sizeof text - 1, WORD_TYPE, 0, 0, 0},
#include "keywords.def"
};

const uint32_t keyword_count = sizeof keywords / sizeof keywords[0];

const Keyword *keyword_find(WordKind kind, Str text)
{
    for (uint32_t i = 0; i < keyword_count; i++) {
        const Keyword *k = &keywords[i];
        if (k->kind == kind && k->length == text.n && memcmp(k->text, text.p, text.n) == 0)
            return k;
    }
    return NULL;
}

const char *place_text(Place place)
{
    switch (place) {
    case PLACE_FILE:
        return "a file";
    case PLACE_KIND:
        return "a kind";
    case PLACE_FRAMEWORK:
        return "a framework";
    case PLACE_REQUIREMENT:
        return "a requirement";
    case PLACE_FOR:
        return "a `for` block";
    case PLACE_INITIATIVE:
        return "an initiative";
    case PLACE_ENVIRONMENT:
        return "an environment";
    case PLACE_ASSIGNMENT:
        return "an assignment";
    case PLACE_EXEMPTION:
        return "an exemption";
    case PLACE_TEST:
        return "a test";
    case PLACE_INSIDE:
        return "an item";
    case PLACE_OPERATOR:
    case PLACE_VALUE:
        return "an expression";
    }
    return "";
}
