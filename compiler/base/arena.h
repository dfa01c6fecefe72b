// arena.h - memory that lives and dies together.
//
// An Arena hands out zero-filled, 8-byte aligned memory and frees all of it at
// once. It checks sizes for overflow and never returns NULL: when memory runs
// out it says so in one line and exits 70, so no caller tests for it. Under the
// sanitizer overruns are seen; built with MOAT_ARENA_CHUNK=0 each object is its
// own malloc, and use after an arena_reset is seen, too. Not thread-safe.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_ARENA_H
#define MOAT_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *a);  // takes NULL
void arena_reset(Arena *a); // drops every object, keeps one chunk for the next round

void *arena_alloc(Arena *a, size_t size);
void *arena_array(Arena *a, size_t count, size_t size);
// Grows an array in place when it was the last object or a large one, else copies it.
// `old_size` is the size it was allocated with.
void *arena_grow(Arena *a, void *old, size_t old_size, size_t new_size);
char *arena_copy(Arena *a, const char *s, size_t n); // adds a NUL
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *a, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));

size_t arena_used(const Arena *a); // bytes handed out since the last reset

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_array((a), (n), sizeof(T)))

// The end when memory is gone: one message on standard error, exit 70.
_Noreturn void out_of_memory(void);

#endif
