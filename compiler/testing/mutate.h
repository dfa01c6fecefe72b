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
    const char *where; // `minimumTlsVersion equals "TLS1_2"`; NULL: no one condition
    const char *what;  // "`equals` becomes `notEquals`"
} Mutant;

typedef VEC(Mutant) Mutants;

// Every single change of a requirement's policies: operators, constants, members of lists, parts
// left out, conditions of counts, operations. Not made are those that no resource could tell:
//
// - of what the compiler adds: tests of the resource's type, whether an operand is there at all,
//   conditions without a place in the source;
// - `exists` left out beside a comparison of the same field that says the same of what is missing
//   (nothing missing equals, is in, is like or is more than anything; all that is missing differs);
// - a bound that becomes the next one where its operator becomes the other one: `less 90` with 91
//   is `lessOrEquals 90`.
void mutants_of(Arena *a, const LoweredRequirement *r, Mutants *ret);

#endif
