// suggest.h - "did you mean": the nearest of some names.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_DIAG_SUGGEST_H
#define MOAT_DIAG_SUGGEST_H

#include "base/str.h"

#include <stdint.h>

// Damerau-Levenshtein distance without case; symmetric, zero only for equals
// without case. Gives up (returns limit + 1) past `limit`.
uint32_t edit_distance(Str a, Str b, uint32_t limit);

// Keeps the best few candidates seen. Near enough means a third of the length; a caller
// may ask for less.
typedef struct Suggest {
    Str wanted;
    Str best[3]; // views: candidates must outlive it
    uint32_t distance[3];
    uint32_t count;
    uint32_t limit; // edits at most
} Suggest;
void suggest_start(Suggest *s, Str wanted);
void suggest_offer(Suggest *s, Str candidate);

#endif
