// vec.c - how the arrays of vec.h grow.
//
// SPDX-License-Identifier: MIT
#include "base/vec.h"

enum { FIRST_CAPACITY = 4 };

void *vec_reserve(Arena *a, void *items, uint32_t *cap, uint32_t len, size_t size)
{
    if (len < *cap)
        return items;
    if (*cap > INT32_MAX / 2)
        out_of_memory();
    uint32_t grown = *cap ? *cap * 2 : FIRST_CAPACITY;
    size_t bytes;
    if (__builtin_mul_overflow((size_t)grown, size, &bytes))
        out_of_memory();
    items = arena_grow(a, items, *cap * size, bytes);
    *cap = grown;
    return items;
}
