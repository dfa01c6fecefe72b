// compilation.h - what every pass shares.
//
// One Compilation owns arena, names, sources and diagnostics; freeing it frees
// every tree made from it. Two compilations can live side by side.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_DIAG_COMPILATION_H
#define MOAT_DIAG_COMPILATION_H

#include "base/arena.h"
#include "base/intern.h"
#include "diag/diag.h"
#include "source/source.h"

typedef struct Compilation {
    Arena *arena;
    Interner *names;
    Sources *sources;
    Diags *diags;
} Compilation;

Compilation *compilation_new(void);
void compilation_free(Compilation *c); // takes NULL

#endif
