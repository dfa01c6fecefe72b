// judged.h - what the lowered rule says of a resource, by the evaluator.
//
// Three rules that must say the same: the one lowered; what is read of its JSON;
// and one that means the same and has been simplified again.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_JUDGED_H
#define MOAT_TESTS_LAWS_JUDGED_H

#include "eval/eval.h"
#include "laws/compiled.h"
#include "laws/interpret.h"

typedef enum Form { FORM_LOWERED, FORM_READ, FORM_SIMPLIFIED, FORM_COUNT } Form;

typedef struct Rules { // of one requirement, in each form
    const Compiled *compiled;
    const Aliases *aliases;
    VEC(PolicyDefinition *) definitions[FORM_COUNT];
} Rules;

// `random` drives how the third form is made. False where the JSON cannot be read.
bool rules_make(const Compiled *c, const Aliases *aliases, uint64_t random, Rules *ret);

typedef struct Judgement {
    Verdict verdict;
    bool applies;      // kind and `where`, by the condition lowered for tests
    const char *error; // NULL: none
} Judgement;

void rules_judge(const Rules *r, Form form, const World *w, EvalScratch *s, Judgement *ret);

#endif
