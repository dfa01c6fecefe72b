// fmt.h - one way to write a program: spec/formatting.md.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_FMT_FMT_H
#define MOAT_FMT_FMT_H

#include "syntax/parse.h"

// Writes the file as it should look, with every comment. The result is parsed
// again: where its tree or its comments were not those of the file, or the file
// is broken, nothing is written and the answer is false.
bool fmt_file(Compilation *c, const File *file, Buf *out);

#endif
