// scan.h - the tokens of JSON: what the reader is made of.
//
// Each function begins at `p` and leaves it behind the token. At a mistake it says what is
// wrong and where in the error, and returns false.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_SCAN_H
#define MOAT_JSON_SCAN_H

#include "json/read.h"

typedef struct Scan {
    const char *start, *end; // the text
    const char *p;           // what comes next
    Arena *arena;
    JsonFlags flags;
    JsonError *error;
} Scan;

bool json_scan_space_slowly(Scan *s);
// White space, and comments where they are allowed.
static inline bool json_scan_space(Scan *s)
{
    if (s->p < s->end && (unsigned char)*s->p > ' ' && *s->p != '/')
        return true;
    return json_scan_space_slowly(s);
}

bool json_scan_string(Scan *s, Str *ret); // from the quote on
bool json_scan_number(Scan *s, Data *ret);
// true, false, null: or says what stands there instead of a value.
bool json_scan_word(Scan *s, Data *ret);

// Says what is wrong at `at`. Always false.
bool json_scan_error(Scan *s, const char *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
const char *json_scan_found(Scan *s, const char *at); // what stands there, in words

// Decodes what stands between two quotes; `out` has room for it as it stands. What is no escape
// is left as it is. Returns the bytes written.
size_t json_scan_unescape(const char *p, const char *end, char *out);

#endif
