// test_run.h - between the files of `moat test`: what was run, and how it is told.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_TEST_RUN_H
#define MOAT_CLI_TEST_RUN_H

#include "cli/cli.h"
#include "moat.h"
#include "testing/coverage.h"
#include "testing/mutate.h"

typedef struct SurvivorList {
    VEC(Mutant) items;
} SurvivorList;

typedef struct TestRun {
    Cli *cli;
    Compilation *compilation;
    MoatBuild build;
    TestSetup setup;
    TestCases tests;       // after --filter
    TestOutcome *outcomes; // of each
    uint32_t run, failed;  // fewer than all run where --fail-fast stopped
    uint64_t nanoseconds;
    Coverage *coverage; // NULL: not asked for
    uint32_t mutants, killed;
    SurvivorList survivors;
} TestRun;

// test_report.c
void test_show(TestRun *r);                     // for people
void test_show_coverage(TestRun *r, Buf *out);  // a table
void test_show_survivors(TestRun *r, Buf *out); // and the score
void test_annotate(TestRun *r, Buf *out);       // the sources
void test_json(const TestRun *r, Buf *out);
void test_junit(const TestRun *r, Buf *out);
void test_lcov(const TestRun *r, Buf *out);

#endif
