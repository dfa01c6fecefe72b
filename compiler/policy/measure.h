// measure.h - how much of each limited thing an object has.
//
// A sum grows as an object is walked, a peak keeps the largest; both remember
// the place where the limit was first passed.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_MEASURE_H
#define MOAT_POLICY_MEASURE_H

#include "policy/limits.h"

typedef enum Measure {
#define LIMIT(id, most, diagnostic, before, after, help) MEASURE_##id,
#include "policy/limits.def"
#undef LIMIT
    MEASURE_COUNT
} Measure;

typedef struct Measures {
    struct {
        size_t found;
        Span span;
    } of[MEASURE_COUNT];
} Measures;

uint32_t measure_most(Measure m);
void measure_sum(Measures *ms, Measure m, size_t n, Span span);
void measure_peak(Measures *ms, Measure m, size_t n, Span span);
// Reports every breach; at `fallback` where no better place is known.
void measures_report(Compilation *c, const Measures *ms, const char *what, const char *name,
                     Span fallback);

// The rule, the values of parameters and the size of the body.
void measure_definition(Arena *a, Measures *ms, const PolicyDefinition *d);
void measure_initiative(Arena *a, Measures *ms, const PolicyInitiative *in);
// Entries of a list or table given as a parameter's value; 0 for anything else.
size_t measure_list(const Value *v);
// Does a rule walk the list in this parameter?
bool definition_walks(const PolicyDefinition *d, const char *parameter);
bool initiative_walks(const PolicyInitiative *in, const char *parameter);

// Objects of one name and too many objects, scope by scope.
void scopes_check(Compilation *c, const PolicySet *set, const char *root);

#endif
