// generate.h - well-typed programs, and resources that reach their boundaries.
//
// A program has one requirement on one or two kinds of vocabulary.h, with the
// parameters of PARAMETERS; every expression is of the type its place asks for.
// What it compares with is kept, and resources, parameters and surroundings are
// made of that: the values themselves, others near them, none, null, another
// case. The same seed gives the same everywhere.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_GENERATE_H
#define MOAT_TESTS_LAWS_GENERATE_H

#include "catalog/catalog.h"
#include "laws/vocabulary.h"
#include "json/data.h"

#include "base/vec.h"

typedef VEC(const char *) Pool;

typedef struct Generated {
    Arena *arena;
    uint64_t random;
    const VocabularyKind *kinds[2];
    uint32_t kind_count;
    Pool texts; // worth trying
    VEC(int64_t) numbers;
    Buf text;       // the program
    bool existence; // auditIfNotExists
} Generated;

void generate_program(Generated *g, uint64_t seed);

typedef struct GeneratedCase { // a resource and what surrounds it
    Data resource, parameters, request, resource_group, subscription;
    bool odd; // the resource has a value of a type its place does not have
} GeneratedCase;

// Of one of the program's kinds, of a parent of it, or now and then of another.
void generate_case(Generated *g, const Catalog *catalog, GeneratedCase *ret);

#endif
