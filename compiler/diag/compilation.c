// compilation.c - makes and frees what every pass shares.
//
// SPDX-License-Identifier: MIT
#include "diag/compilation.h"

Compilation *compilation_new(void)
{
    Arena *a = arena_new();
    Compilation *c = ARENA_NEW(a, Compilation);
    c->arena = a;
    c->names = interner_new(a);
    c->sources = sources_new(a);
    c->diags = diags_new(a, c->sources);
    return c;
}

void compilation_free(Compilation *c)
{
    if (c)
        arena_free(c->arena);
}
