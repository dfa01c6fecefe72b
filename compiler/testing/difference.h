// difference.h - where two values differ, as lines for people.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_DIFFERENCE_H
#define MOAT_TESTING_DIFFERENCE_H

#include "base/vec.h"
#include "json/data.h"

typedef VEC(const char *) Lines;

// "nothing", or compact JSON.
const char *data_shown(Arena *a, const Data *d);
// "`logs[0].enabled` is false instead of true", at most DIFFERENCES_SHOWN of them; nothing for
// values that are no objects or arrays, which the reader sees at a glance.
void data_differences(Arena *a, const Data *expected, const Data *actual, Lines *ret);

#endif
