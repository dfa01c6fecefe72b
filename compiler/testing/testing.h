// testing.h - running the tests of a project.
//
// A test gives a resource, what stands beside it and what is known around it,
// and expects verdicts of requirements. They are judged by the policies Azure
// would get (eval/), not by the language: what passes here holds there.
//
// spec: tests
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_TESTING_H
#define MOAT_TESTING_TESTING_H

#include "eval/eval.h"
#include "lower/lower.h"
#include "testing/difference.h"

// When tests happen, unless they say otherwise.
#define TEST_NOW "2026-01-01T00:00:00Z"

typedef enum TestVerdict {
    VERDICT_NOT_APPLICABLE, // of another kind, or outside `where`
    VERDICT_SATISFIED,
    VERDICT_VIOLATED,
    VERDICT_PROTECTED, // a deletion is refused
    VERDICT_UNKNOWN,   // manual, or judged by a service only
    VERDICT_ERROR,
} TestVerdict;
const char *test_verdict_text(TestVerdict v);

// --- what a test says, as data -------------------------------------------------------------------

typedef struct TestRelated {
    const char *name; // NULL: whatever is asked for
    const Data *resource;
} TestRelated;

typedef struct TestExpect {
    TestItemKind kind; // EXPECT_VERDICT, also of a row; EXPECT_SETS, EXPECT_DEPLOYS
    Span span;
    const LoweredRequirement *requirement;
    TestVerdict verdict;
    const char *place;   // SETS: as written
    const char *path;    // SETS: where in the resource; a tag: "tags" and
    const char *tag;     // its name
    const Data *value;   // SETS: NULL: removed
    const char *deploys; // DEPLOYS: the type
} TestExpect;

typedef struct TestCase {
    Span span;         // of its title, or of the row of a table
    const char *title; // of a row: with its value
    const char *module;
    const Data *resource;
    VEC(TestRelated) related;
    const Data *request_context, *resource_group, *subscription;
    const char *now;
    const Data *parameters; // of `with`, by name
    VEC(TestExpect) expects;
} TestCase;

typedef VEC(TestCase *) TestCases;

// All tests, and rows of tables, of a program without mistakes, in order of file and place. Files named by
// `from` are read; what is wrong with them is reported.
void tests_collect(Program *p, const Lowered *l, TestCases *ret);

// --- running ---------------------------------------------------------------------------------------

typedef struct TestFailure {
    Span span;
    const char *message; // "expected `x` to be satisfied, it is violated"
    Lines lines;         // why: conditions with what was there, before and after
} TestFailure;

typedef struct TestOutcome {
    const TestCase *test;
    uint64_t nanoseconds;
    VEC(TestFailure) failures; // none: passed
} TestOutcome;

struct Coverage;

typedef struct TestSetup {
    const Program *program;
    const Aliases *aliases;
    Semantics semantics;
    struct Coverage *coverage;                      // NULL: not asked for
    const LoweredRequirement *instead_of, *instead; // a mutant takes its place; NULL: none
} TestSetup;

void test_run(const TestSetup *setup, const TestCase *test, EvalScratch *scratch, Arena *arena,
              TestOutcome *ret);

#endif
