// hash.h - SHA-256 for fingerprints, 64-bit FNV for tables.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_HASH_H
#define MOAT_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

uint64_t hash_fnv(const void *p, size_t n);
uint64_t hash_nocase(Str s);                 // of names that compare by str_equal_nocase
void sha256_hex(Str data, char ret_hex[65]); // lower case, NUL-ended

#endif
