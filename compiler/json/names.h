// names.h - the names of an object's members: which are the same.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_NAMES_H
#define MOAT_JSON_NAMES_H

#include "json/read.h"

typedef struct Pending { // a member or element whose bracket is still open
    Str name;
    uint32_t at;   // of the name
    uint32_t hash; // of the name
    Data value;
} Pending;

// Differs for most names that differ by more than case. It looks at both ends of a name only, so
// names can be made up that all have the same: never the sole thing that tells many apart.
static inline uint32_t name_hash(Str s)
{
    uint64_t first = 0, last = 0;
    if (s.n >= 8) {
        memcpy(&first, s.p, 8);
        memcpy(&last, s.p + s.n - 8, 8);
    } else if (s.n >= 4) {
        uint32_t four;
        memcpy(&four, s.p, 4);
        first = four;
        memcpy(&four, s.p + s.n - 4, 4);
        last = four;
    } else {
        for (size_t i = 0; i < s.n; i++)
            first = first << 8 | (unsigned char)s.p[i];
    }
    const uint64_t lower = UINT64_C(0x2020202020202020);
    uint64_t h = (first | lower) * UINT64_C(0x9e3779b97f4a7c15) ^ ((last | lower) + s.n);
    return (uint32_t)(h * UINT64_C(0xd6e8feb86659fd93) >> 32);
}

static inline bool name_equal(Str a, Str b, bool nocase)
{
    return nocase ? str_equal_nocase(a, b) : str_equal(a, b);
}

// The first member, in the order written, that has the name of one before it; NULL if there is
// none. Its time does not depend on what the names are.
const Pending *names_duplicate(const Pending *members, uint32_t count, bool nocase,
                               const Pending **ret_first);

// The members of an object in the order of their names.
void names_sort(const Data *object, const DataMember **ret);

#endif
