// read.h - the JSON reader: strict, exact, with places, without recursion.
//
// RFC 8259 with limits (base/limits.h): well-formed UTF-8 and surrogates, no
// trailing text, duplicate names refused, however they are spelt. Comments where
// asked for; a byte order mark before the text is passed over. No NUL needs to
// stand behind the text. An error is one sentence and the offset it is about;
// pointers and lines are computed from the offset.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_READ_H
#define MOAT_JSON_READ_H

#include "json/data.h"

typedef enum JsonFlags {
    JSON_STRICT = 0,
    JSON_COMMENTS = 1,    // // and /* */ between tokens; a comma after the last element
    JSON_NOCASE_KEYS = 2, // names that differ only in case are duplicates too
} JsonFlags;

typedef struct JsonError {
    const char *message; // "expected `,` or `}`": lower case, no full stop, in the arena
    uint32_t at;         // offset in the text
    uint32_t other;      // where the first of two duplicates is, else DATA_NOWHERE
} JsonError;

// Reads the one value `text` is. The text must outlive the tree.
bool json_read(Arena *a, Str text, JsonFlags flags, Data *ret, JsonError *error);

// Reads the value at *at, with the white space around it, and moves *at behind it: for values
// one after the other. False at an error; *more is false where there was only white space.
bool json_read_next(Arena *a, Str text, uint32_t *at, JsonFlags flags, Data *ret, bool *more,
                    JsonError *error);

// The first byte behind the value that begins at `at` in a text that was read.
uint32_t json_end(Str text, uint32_t at);
// RFC 6901 pointer to the value or name at offset `at` of a text that was read (or, for an
// error, as far as it could be): "/properties/policyRule/if".
void json_pointer_at(Str text, uint32_t at, Buf *out);
void json_line_at(Str text, uint32_t at, uint32_t *line, uint32_t *column); // from 1, bytes

#endif
