// pattern.h - what `like` and `match` patterns mean.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_PATTERN_H
#define MOAT_EVAL_PATTERN_H

#include "eval/value.h"

bool pattern_like(ValueContext *x, Str subject, Str pattern);
bool pattern_match(ValueContext *x, Str subject, Str pattern, bool nocase);

#endif
