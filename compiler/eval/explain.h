// explain.h - why a verdict is what it is.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_EXPLAIN_H
#define MOAT_EVAL_EXPLAIN_H

#include "eval/eval.h"

typedef VEC(EvalStep) EvalSteps;

// Of a result with steps: the smallest set of conditions that made the rule's condition true or
// false (or an error), in the order of the rule. Of the elements a count looked at, those that
// counted, or all of them where none did.
void eval_explain(Arena *a, const Condition *rule, const EvalResult *result, EvalSteps *ret);

// The alias without its type, a field's name, an expression: what the left side is to a person.
const char *eval_step_subject(Arena *a, const EvalStep *s);
// "`minimumTlsVersion` is \"TLS1_0\", not in [\"TLS1_2\",\"TLS1_3\"]": subject, actual value and
// what was asked; long values are cut.
const char *eval_step_text(Arena *a, const EvalStep *s);

#endif
