// shrink.h - where program and rule disagree, and the least that still does.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_SHRINK_H
#define MOAT_TESTS_LAWS_SHRINK_H

#include "laws/generate.h"
#include "laws/judged.h"

typedef struct Bench { // what every comparison needs
    const Catalog *catalog;
    const Aliases *aliases;
    EvalScratch *scratch;
} Bench;

// What the interpreter says, and what is wrong with what a form of the rule says; NULL: nothing.
const char *disagreement(const Bench *b, const Rules *r, const GeneratedCase *c, Verdict *ret);

// Takes parts of the program and of the resource away while they disagree, and writes what
// is left. `text` is the program.
void shrink(const Bench *b, Str text, const GeneratedCase *c, Buf *out);

#endif
