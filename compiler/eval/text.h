// text.h - text as .NET sees it: UTF-8 here, UTF-16 units in lengths and
// places, and comparing without case.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_TEXT_H
#define MOAT_EVAL_TEXT_H

#include "base/arena.h"
#include "base/str.h"

bool text_is_ascii(Str s);
uint32_t text_point(Str s, size_t *at); // the code point there; moves behind it

size_t text_units(Str s);
// Where the unit begins; false where it is past the end or in the middle of a character.
bool text_offset(Str s, size_t unit, size_t *ret);

// Folding: ASCII and simple folding, one code point for one; `full` lets one become several
// (ß is ss). `several`, where given, says whether that would have happened.
uint32_t text_fold_point(uint32_t point);                   // simple
Str text_folded(Arena *a, Str s, bool full, bool *several); // itself where nothing changes
int text_order(Str a, Str b, bool full, bool *several);     // by folded code points: <0, 0, >0
// Where both first differ; both lengths where they do not. For orders by culture.
void text_difference(Str a, Str b, uint32_t *ret_a, uint32_t *ret_b);

// Offset of `needle` in `hay`, byte for byte or with ASCII letters folded; SIZE_MAX where it is
// not there. Linear. `last`: the last one.
size_t text_find(Arena *a, Str hay, Str needle, bool nocase, bool last);

Str text_trim(Str s); // Unicode white space at both ends
Str text_change_case(Arena *a, Str s, bool upper);

#endif
