// compiled.h - one requirement, checked and lowered: what a law holds side by side.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_COMPILED_H
#define MOAT_TESTS_LAWS_COMPILED_H

#include "lower/lower.h"

typedef struct Compiled {
    Compilation *compilation;
    Arena *scratch; // of the typed tree
    Program *program;
    const TRequirement *typed;   // NULL where it has mistakes
    LoweredRequirement *lowered; // NULL too where it cannot be said in Azure
} Compiled;

// `name` of the requirement; NULL: the first.
void compile_requirement(const Catalog *catalog, const char *path, Str text, const char *name,
                         Compiled *ret);
void compiled_free(Compiled *c);
const Diag *compiled_error(const Compiled *c); // the first error, or NULL

#endif
