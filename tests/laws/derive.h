// derive.h - programs made by walking the grammar at random.
//
// The rules are read from grammar/moat.y itself, so that no form is forgotten.
// What comes out parses; it need not make sense. The same seed gives the same
// program everywhere.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_DERIVE_H
#define MOAT_TESTS_LAWS_DERIVE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

typedef struct Grammar Grammar;

Grammar *grammar_read(Arena *a, Str text);
void grammar_derive(const Grammar *g, uint64_t seed, Buf *out);

uint64_t random_next(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t n);

#endif
