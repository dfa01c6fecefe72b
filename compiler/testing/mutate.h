// mutate.h - requirements changed in one place, to see whether a test notices.
//
// spec: tests, mutants
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_MUTATE_H
#define MOAT_TESTING_MUTATE_H

#include "testing/testing.h"

typedef struct Mutant {
    const LoweredRequirement *requirement; // as it was
    const LoweredRequirement *changed;     // a copy; the rest is shared
    Span span;                             // of the condition or operation
    const char *what;                      // "`equals` becomes `notEquals`"
} Mutant;

typedef VEC(Mutant) Mutants;

// Every single change of a requirement's policies: operators, constants, members of lists, parts
// left out, conditions of counts, operations. The test of the resource's type is not changed.
void mutants_of(Arena *a, const LoweredRequirement *r, Mutants *ret);

#endif
