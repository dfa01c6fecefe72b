// generate_internal.h - between the files that write programs.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_GENERATE_INTERNAL_H
#define MOAT_TESTS_LAWS_GENERATE_INTERNAL_H

#include "laws/derive.h"
#include "laws/generate.h"

typedef struct Variable { // of a quantifier, or an argument of a define
    char name[8];
    Sort sort;                // TEXT, INT, OBJECTS (an element), TEXTS (of a table's entry)
    const Property *property; // whose element it is, or NULL
    bool is_model;            // an element of `models`
    struct Variable *outer;
} Variable;

typedef struct Writer {
    Generated *g;
    Buf *out;
    const VocabularyKind *kind;
    bool in_both;    // two kinds: what both have alone
    uint32_t inside; // functions: their texts may be known values
    Variable *variables;
    uint32_t variable_count, defines;
} Writer;

typedef struct Found { // a property, and how it is written here
    const Property *property;
    char text[96];
} Found;

#define PICK(w, texts) (texts)[below(w, sizeof(texts) / sizeof(texts)[0])]

static inline uint32_t below(Writer *w, uint32_t n)
{
    return random_below(&w->g->random, n);
}

static inline bool one_in(Writer *w, uint32_t n)
{
    return below(w, n) == 0;
}

static inline void put(Writer *w, const char *text)
{
    buf_str(w->out, text);
}

const char *gen_any_text(Writer *w);
void gen_put_text(Writer *w, const char *text);
void gen_put_int(Writer *w);
const char *gen_value_of(Writer *w, const Property *p);
const char *gen_known_value(Writer *w, const Property *p);
const char *gen_equality(Writer *w);
const char *gen_ordering(Writer *w);
const char *gen_membership(Writer *w);
bool gen_find_property(Writer *w, uint32_t wanted, Found *ret);
const Variable *gen_find_variable(Writer *w, Sort sort);
Variable *gen_new_variable(Writer *w, Variable *v, Sort sort, const Property *p);
void gen_list_of_texts(Writer *w);
bool gen_has_tags(const Writer *w);
void gen_text(Writer *w, uint32_t depth);
void gen_text_comparison(Writer *w, uint32_t depth);
void gen_compare_int(Writer *w, uint32_t depth);
void gen_compare_property(Writer *w, uint32_t depth);
void gen_integer(Writer *w, uint32_t depth);
void gen_condition(Writer *w, uint32_t depth);

#endif
