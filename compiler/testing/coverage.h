// coverage.h - which conditions tests have shown to matter (MC/DC).
//
// A condition of a requirement is covered when in some test it alone made the
// resource violate and in some test it alone kept it from that: with everything
// else as it was, its other value would have given the other verdict. Conditions are those of the source: a
// condition that becomes several in a policy is covered when any of them is.
//
// spec: tests, coverage
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_COVERAGE_H
#define MOAT_TESTING_COVERAGE_H

#include "testing/testing.h"

enum {              // a bit each
    COVER_TRUE = 1, // seen, as the policy has it: often the contrary of the source
    COVER_FALSE = 2,
    COVER_VIOLATES = 4, // it alone made the resource violate
    COVER_SATISFIES = 8,
    COVER_ALL = 15,
};

typedef struct CoverPoint { // a condition of the source
    Span span;
    uint8_t bits;
} CoverPoint;

typedef struct CoverRow { // a requirement
    const LoweredRequirement *requirement;
    VEC(CoverPoint) points; // in order of place
} CoverRow;

typedef struct Coverage Coverage;

// All requirements lowered: the project's own, and those tests ask for.
Coverage *coverage_new(Arena *a, const Lowered *l);
void coverage_take(Coverage *c, const LoweredDefinition *d, const EvalResult *r);
void coverage_merge(Coverage *into, const Coverage *from); // of another thread, same program
uint32_t coverage_rows(const Coverage *c);
const CoverRow *coverage_row(const Coverage *c, uint32_t index);

#endif
