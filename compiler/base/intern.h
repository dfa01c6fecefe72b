// intern.h - one copy of every name, so that names compare by pointer.
//
// An Interner belongs to one compilation. What it returns lives as long as the
// arena, ends in NUL and is never NULL. Not thread-safe, by intent.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_INTERN_H
#define MOAT_BASE_INTERN_H

#include "base/arena.h"

#include <stdint.h>

typedef struct Interner Interner;
typedef const char *Name; // only ever made by intern()

Interner *interner_new(Arena *arena);
Name intern(Interner *in, const char *s, size_t n); // copies s
Name intern_str(Interner *in, const char *s);       // the same for a NUL-ended text
size_t name_length(Name n);                         // without counting
uint32_t name_hash(Name n);                         // of its text: the same on every machine

#endif
