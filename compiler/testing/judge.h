// judge.h - between the files that run tests: the verdict of one requirement.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_JUDGE_H
#define MOAT_TESTING_JUDGE_H

#include "testing/testing.h"

typedef enum JudgeFor { // which effect is assumed
    JUDGE_VERDICT,      // the default, or the first that does something
    JUDGE_CHANGE,       // modify, append
    JUDGE_DEPLOYMENT,   // deployIfNotExists
} JudgeFor;

typedef struct Judgement {
    TestVerdict verdict;
    const char *reason; // of UNKNOWN and ERROR, or NULL
    Lines why;          // if explained: the conditions that decided, with what was there
    bool changed;       // CHANGE
    Data resource;      // CHANGE: afterwards
    Data deployment;    // DEPLOYMENT
} Judgement;

// Of all definitions of the requirement: violated if one says so, else an error, unknown,
// protected, satisfied, in this order. `explained` costs time: see `why`.
void judge_requirement(const TestSetup *setup, const TestCase *test, const LoweredRequirement *r,
                       JudgeFor purpose, bool explained, EvalScratch *scratch, Arena *arena,
                       Judgement *ret);

#endif
