// arena.c - chunks of memory that are freed together.
//
// Small objects are cut from a current chunk; a large one gets a chunk of its
// own, so that it can grow by realloc. An arena that holds much cuts from huge
// pages. Under the sanitizer what is not handed out is poisoned, and with
// MOAT_ARENA_CHUNK=0 every object is large: that also finds what was freed.
//
// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MOAT_ARENA_CHUNK
#define MOAT_ARENA_CHUNK (256u << 10)
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // clang says it in its own way
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { REDZONE = 16 }; // between two objects
#else
enum { REDZONE = 0 };
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGNMENT = 8, MUCH = 1 << 20, HUGE_PAGE = 2 << 20 };
static const size_t LARGE = MOAT_ARENA_CHUNK / 8;

typedef struct Chunk Chunk;
struct Chunk {
    Chunk *next, *prev;
    max_align_t data[]; // aligned for malloc's own reasons; objects need 8
};

struct Arena {
    Chunk *chunks;  // all of them, the newest first
    Chunk *current; // the one small objects are cut from, or NULL
    char *at, *end; // the free part of the current chunk
    size_t used;
};

_Noreturn void out_of_memory(void)
{
    static const char message[] = "moat: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(70);
}

Arena *arena_new(void)
{
    Arena *a = calloc(1, sizeof *a);
    if (!a)
        out_of_memory();
    return a;
}

static void chunks_free(Chunk *c)
{
    while (c) {
        Chunk *next = c->next;
        free(c);
        c = next;
    }
}

void arena_free(Arena *a)
{
    if (!a)
        return;
    chunks_free(a->chunks);
    free(a);
}

static void chunk_link(Arena *a, Chunk *c)
{
    c->prev = NULL;
    c->next = a->chunks;
    if (a->chunks)
        a->chunks->prev = c;
    a->chunks = c;
}

static void chunk_unlink(Arena *a, Chunk *c)
{
    if (c->prev)
        c->prev->next = c->next;
    else
        a->chunks = c->next;
    if (c->next)
        c->next->prev = c->prev;
}

void arena_reset(Arena *a)
{
    Chunk *keep = a->current;
    if (keep)
        chunk_unlink(a, keep);
    chunks_free(a->chunks);
    a->chunks = NULL;
    a->used = 0;
    if (!keep)
        return;
    chunk_link(a, keep);
    size_t n = (size_t)(a->at - (char *)keep->data);
    ASAN_UNPOISON_MEMORY_REGION(keep->data, n);
    memset(keep->data, 0, n);
    ASAN_POISON_MEMORY_REGION(keep->data, n);
    a->at = (char *)keep->data;
}

static size_t chunk_bytes(size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(Chunk))
        out_of_memory();
    return sizeof(Chunk) + size;
}

static Chunk *chunk_new(Arena *a, size_t size)
{
    Chunk *c = calloc(1, chunk_bytes(size));
    if (!c)
        out_of_memory();
    chunk_link(a, c);
    return c;
}

// Touching memory four kilobytes at a time would take a fifth of a large build.
static Chunk *chunk_new_huge(Arena *a)
{
    Chunk *c = aligned_alloc(HUGE_PAGE, HUGE_PAGE);
    if (!c)
        out_of_memory();
#ifdef MADV_HUGEPAGE
    madvise(c, HUGE_PAGE, MADV_HUGEPAGE); // where there are none it fails, and all is well
#endif
    memset(c, 0, HUGE_PAGE);
    chunk_link(a, c);
    return c;
}

static void start_chunk(Arena *a)
{
    bool huge = a->used >= MUCH;
    a->current = huge ? chunk_new_huge(a) : chunk_new(a, MOAT_ARENA_CHUNK);
    a->at = (char *)a->current->data;
    a->end = huge ? (char *)a->current + HUGE_PAGE : a->at + MOAT_ARENA_CHUNK;
    ASAN_POISON_MEMORY_REGION(a->at, (size_t)(a->end - a->at));
}

static size_t round_up(size_t size)
{
    if (size > PTRDIFF_MAX - ALIGNMENT)
        out_of_memory();
    return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

// Exact sizes for large objects, so that an overrun is an overrun.
void *arena_alloc(Arena *a, size_t size)
{
    a->used += size;
    if (size >= LARGE)
        return chunk_new(a, size)->data;
    size_t room = round_up(size) + REDZONE;
    if (!a->current || (size_t)(a->end - a->at) < room)
        start_chunk(a);
    void *p = a->at;
    a->at += room;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return p;
}

void *arena_array(Arena *a, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        out_of_memory();
    return arena_alloc(a, total);
}

static void *grow_large(Arena *a, void *old, size_t old_size, size_t new_size)
{
    Chunk *c = (Chunk *)(void *)((char *)old - offsetof(Chunk, data));
    chunk_unlink(a, c);
    c = realloc(c, chunk_bytes(new_size));
    if (!c)
        out_of_memory();
    chunk_link(a, c);
    a->used += new_size - old_size;
    memset((char *)c->data + old_size, 0, new_size - old_size);
    return c->data;
}

void *arena_grow(Arena *a, void *old, size_t old_size, size_t new_size)
{
    if (!old)
        return arena_alloc(a, new_size);
    if (new_size <= old_size)
        return old;
    if (old_size >= LARGE)
        return grow_large(a, old, old_size, new_size);
    size_t had = round_up(old_size), room = round_up(new_size);
    if (new_size < LARGE && (char *)old + had + REDZONE == a->at &&
        (size_t)(a->end - a->at) >= room - had) {
        a->at += room - had;
        a->used += new_size - old_size;
        ASAN_UNPOISON_MEMORY_REGION(old, new_size);
        return old;
    }
    void *p = arena_alloc(a, new_size);
    memcpy(p, old, old_size);
    return p;
}

char *arena_copy(Arena *a, const char *s, size_t n)
{
    if (n == SIZE_MAX)
        out_of_memory();
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_vprintf(Arena *a, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    char line[256]; // most fit: they are formatted once
    int n = vsnprintf(line, sizeof line, fmt, args);
    if (n < 0)
        out_of_memory();
    char *p = arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof line)
        memcpy(p, line, (size_t)n);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

char *arena_printf(Arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *p = arena_vprintf(a, fmt, args);
    va_end(args);
    return p;
}

size_t arena_used(const Arena *a)
{
    return a->used;
}
