// decision.h - the steps of a run as the tree of conditions they belong to.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_DECISION_H
#define MOAT_EVAL_DECISION_H

#include "eval/eval.h"

typedef struct Decision Decision;
struct Decision {
    const Condition *condition;
    Truth truth;
    const EvalStep *steps; // of a leaf: one, or one for each value of a [*]
    uint32_t step_count;
    uint32_t count; // of a group: its children; of a count: its `where` for each element
    const Decision *const *children;
};

// NULL where the steps do not reach (a run without trace, or cut short by an error). Steps of
// existence conditions follow those of the rule, for one related resource after the other.
const Decision *decision_of(Arena *a, const Condition *rule, const EvalStep *steps, uint32_t count,
                            uint32_t *ret_used);

#endif
