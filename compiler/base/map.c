// map.c - insertion-ordered maps from names.
//
// Few keys are searched one by one; more get a table of indices.
//
// SPDX-License-Identifier: MIT
#include "base/map.h"

#define NOT_FOUND UINT32_MAX

enum { FEW_KEYS = 8 };

// The slot that holds the key, or the empty one where it belongs. A slot is an index plus one.
static uint32_t slot_find(const Map *m, Name key)
{
    uint32_t mask = m->slot_count - 1;
    uint32_t at = name_hash(key) & mask;
    while (m->slots[at] && m->keys[m->slots[at] - 1] != key)
        at = (at + 1) & mask;
    return at;
}

static uint32_t map_find(const Map *m, Name key)
{
    if (m->slots)
        return m->slots[slot_find(m, key)] - 1; // an empty slot gives NOT_FOUND
    for (uint32_t i = 0; i < m->len; i++) {
        if (m->keys[i] == key)
            return i;
    }
    return NOT_FOUND;
}

void *map_get(const Map *m, Name key)
{
    uint32_t at = map_find(m, key);
    return at == NOT_FOUND ? NULL : m->values[at];
}

static void map_grow(Map *m, Arena *a)
{
    if (m->cap > INT32_MAX / 4)
        out_of_memory();
    uint32_t cap = m->cap ? m->cap * 2 : FEW_KEYS;
    m->keys = arena_grow(a, m->keys, m->cap * sizeof *m->keys, cap * sizeof *m->keys);
    m->values = arena_grow(a, m->values, m->cap * sizeof *m->values, cap * sizeof *m->values);
    m->cap = cap;
    if (cap == FEW_KEYS)
        return;
    m->slot_count = cap * 2; // never more than half full
    m->slots = ARENA_ARRAY(a, uint32_t, m->slot_count);
    for (uint32_t i = 0; i < m->len; i++)
        m->slots[slot_find(m, m->keys[i])] = i + 1;
}

void map_put(Map *m, Arena *a, Name key, void *value)
{
    uint32_t at = map_find(m, key);
    if (at != NOT_FOUND) {
        m->values[at] = value;
        return;
    }
    if (m->len == m->cap)
        map_grow(m, a);
    m->keys[m->len] = key;
    m->values[m->len++] = value;
    if (m->slots)
        m->slots[slot_find(m, key)] = m->len;
}
