// intern.c - a hash table of texts, each behind its length and hash.
//
// SPDX-License-Identifier: MIT
#include "base/intern.h"

#include "base/hash.h"

#include <string.h>

enum { FIRST_SLOTS = 256 }; // a power of two, as every later size

typedef struct Entry {
    uint32_t length, hash;
    char text[];
} Entry;

struct Interner {
    Arena *arena;
    Entry **slots; // open addressing
    size_t slot_count, len;
};

static const Entry *entry_of(Name n)
{
    return (const Entry *)(const void *)(n - offsetof(Entry, text));
}

Interner *interner_new(Arena *arena)
{
    Interner *in = ARENA_NEW(arena, Interner);
    in->arena = arena;
    in->slot_count = FIRST_SLOTS;
    in->slots = ARENA_ARRAY(arena, Entry *, FIRST_SLOTS);
    return in;
}

static void interner_rehash(Interner *in)
{
    size_t count = in->slot_count * 2;
    Entry **slots = ARENA_ARRAY(in->arena, Entry *, count);
    for (size_t i = 0; i < in->slot_count; i++) {
        Entry *e = in->slots[i];
        if (!e)
            continue;
        size_t at = e->hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = e;
    }
    in->slots = slots;
    in->slot_count = count;
}

Name intern(Interner *in, const char *s, size_t n)
{
    if (n > INT32_MAX)
        out_of_memory();
    if (in->len >= in->slot_count / 4 * 3)
        interner_rehash(in);
    uint64_t h = hash_fnv(s, n);
    uint32_t hash = (uint32_t)(h ^ (h >> 32));
    size_t at = hash & (in->slot_count - 1);
    for (Entry *e; (e = in->slots[at]); at = (at + 1) & (in->slot_count - 1)) {
        if (e->hash == hash && e->length == n && memcmp(e->text, s, n) == 0)
            return e->text;
    }
    Entry *e = arena_alloc(in->arena, sizeof(Entry) + n + 1);
    e->length = (uint32_t)n;
    e->hash = hash;
    if (n)
        memcpy(e->text, s, n);
    in->slots[at] = e;
    in->len++;
    return e->text;
}

Name intern_str(Interner *in, const char *s)
{
    return intern(in, s, strlen(s));
}

size_t name_length(Name n)
{
    return entry_of(n)->length;
}

uint32_t name_hash(Name n)
{
    return entry_of(n)->hash;
}
