// vec.h - growing arrays in an arena.
//
//     VEC(Expr *) items;
//     vec_push(arena, &items, e);
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_VEC_H
#define MOAT_BASE_VEC_H

#include "base/arena.h"

#include <stdint.h>

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *items;                                                                                  \
        uint32_t len, cap;                                                                         \
    }

#define vec_push(arena, v, item)                                                                   \
    do {                                                                                           \
        if ((v)->len == (v)->cap)                                                                  \
            (v)->items =                                                                           \
                vec_reserve((arena), (v)->items, &(v)->cap, (v)->len, sizeof(*(v)->items));        \
        (v)->items[(v)->len++] = (item);                                                           \
    } while (0)

// Makes room for one more; grows by doubling. Past 2^31 elements it is out of memory.
void *vec_reserve(Arena *a, void *items, uint32_t *cap, uint32_t len, size_t size);

#endif
