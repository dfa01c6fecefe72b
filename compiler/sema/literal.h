// literal.h - the forms of texts that types ask for.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_LITERAL_H
#define MOAT_SEMA_LITERAL_H

#include "base/arena.h"

#include <stdbool.h>

bool literal_is_date(const char *s);     // 2026-12-31
bool literal_is_datetime(const char *s); // 2026-12-31T18:00:00Z, .5Z, +01:00
bool literal_is_cidr(const char *s);     // an address, a range 10.0.0.0/8, or two addresses a-b
bool literal_is_iso8601(const char *s);  // PT15M, P1DT2H
bool literal_is_clock(const char *s);    // 12:00:00, 7.00:00:00
// Microsoft.X/y/z of a resource id; NULL for an id that names no type.
const char *literal_id_type(Arena *a, const char *id);

#endif
