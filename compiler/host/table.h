// table.h - bytes of a blob while it is made: numbers, and strings kept once.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_HOST_TABLE_H
#define MOAT_HOST_TABLE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdint.h>

static inline void add_number(Buf *b, size_t n)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        buf_char(b, (char)(n >> shift & 0xff));
}

static inline void add_varint(Buf *b, uint32_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_char(b, (char)((n & 0x7f) | 0x80));
    buf_char(b, (char)n);
}

typedef struct Table { // byte strings, each once, one after the other
    Buf bytes;
    struct TableSlot {
        uint32_t offset, length, used;
    } * slots;
    uint32_t slot_count, count;
} Table;

static inline struct TableSlot *table_find(const Table *t, const char *s, size_t n)
{
    uint32_t i = (uint32_t)hash_fnv(s, n);
    for (;; i++) {
        struct TableSlot *slot = &t->slots[i & (t->slot_count - 1)];
        if (!slot->used || (slot->length == n && memcmp(t->bytes.p + slot->offset, s, n) == 0))
            return slot;
    }
}

static inline void table_grow(Table *t, Arena *a)
{
    Table old = *t;
    t->slot_count = old.slot_count ? old.slot_count * 2 : 1024;
    t->slots = ARENA_ARRAY(a, struct TableSlot, t->slot_count);
    for (uint32_t i = 0; i < old.slot_count; i++) {
        const struct TableSlot *s = &old.slots[i];
        if (s->used)
            *table_find(t, old.bytes.p + s->offset, s->length) = *s;
    }
}

// The offset of these bytes.
static inline uint32_t table_add(Table *t, Arena *a, const char *s, size_t n)
{
    if (t->count * 2 >= t->slot_count)
        table_grow(t, a);
    struct TableSlot *slot = table_find(t, s, n);
    if (!slot->used) {
        *slot = (struct TableSlot){(uint32_t)t->bytes.n, (uint32_t)n, 1};
        buf_add(&t->bytes, s, n);
        t->count++;
    }
    return slot->offset;
}

#endif
