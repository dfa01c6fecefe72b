// census.h - what was generated, so that nothing is left out in silence.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_CENSUS_H
#define MOAT_TESTS_LAWS_CENSUS_H

#include "laws/compiled.h"
#include "laws/interpret.h"

enum { CENSUS_KINDS = TX_COUNT + 1, CENSUS_FUNCTIONS = 128 };

typedef struct Census {
    uint64_t kinds[CENSUS_KINDS], operators[OP_HAS_KEY + 1], functions[CENSUS_FUNCTIONS];
    uint64_t quantifiers[QUANT_NO + 1][BINDER_ENTRY + 1], facts[FACT_NOW + 1];
    uint64_t types[TYPE_ANY + 1]; // of compared left sides
    uint64_t verdicts[VERDICT_UNKNOWN + 1], refused[DIAG_COUNT];
    uint64_t inlined, defaults, existence;
} Census;

void census_program(Census *c, const TRequirement *r);
void census_verdict(Census *c, Verdict v);
void census_refused(Census *c, const Compiled *compiled);
void census_print(const Census *c);
const char *census_left_out(const Census *c); // a construct never seen, or NULL

#endif
