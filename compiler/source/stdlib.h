// stdlib.h - the sources of the standard library, which are in the binary.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SOURCE_STDLIB_H
#define MOAT_SOURCE_STDLIB_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

// Paths are relative to stdlib/, as "azure/ai.moat"; texts end in a NUL not
// counted and live as long as the program.
bool stdlib_source(const char *path, Str *ret_text);
uint32_t stdlib_count(void);
void stdlib_at(uint32_t index, const char **ret_path, Str *ret_text); // in byte order of paths

#endif
