// json_out.h - JSON for people, written as it comes.
//
// Two spaces a level. A list of scalars stands on one line where it fits in 100
// columns (bytes, to be exact), and so does an object with one such member or one
// opened as a row. What is written ends in a newline.
//
//     Json j;
//     json_start(&j, out, JSON_PRETTY);
//     json_open_object(&j);
//     json_key(&j, "effect");
//     json_string(&j, str_of("deny"));
//     json_close(&j);
//     json_finish(&j);
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_JSON_OUT_H
#define MOAT_POLICY_JSON_OUT_H

#include "base/str.h"
#include "policy/depth.h"

typedef enum JsonStyle {
    JSON_PRETTY,
    JSON_ONE_LINE, // spaces, but no line breaks
    JSON_COMPACT,  // neither
} JsonStyle;

typedef struct JsonLevel {
    size_t start;    // of the bracket
    size_t column;   // of the bracket
    const char *key; // of the last member begun; NULL in an array
    uint32_t count;  // members or elements begun
    bool is_object;
    bool row;        // one line where it fits, whatever the number of members
    bool one_line;   // no child takes several lines
    bool has_object; // a child is an object
} JsonLevel;

typedef struct Json {
    Buf *out;
    JsonStyle style;
    uint32_t depth;    // open brackets
    size_t line_start; // of the last line
    JsonLevel levels[DEPTH_JSON];
} Json;

void json_start(Json *j, Buf *out, JsonStyle style);
void json_finish(Json *j); // everything opened must be closed

void json_open_object(Json *j);
void json_open_row(Json *j); // an object that stands on one line where it fits
void json_open_array(Json *j);
void json_close(Json *j);
void json_key(Json *j, const char *key);      // a plain name: nothing in it needs escaping
void json_text_key(Json *j, const char *key); // any text

void json_string(Json *j, Str s);
// The string with some `[` before it: how policies and templates escape theirs.
void json_bracketed(Json *j, unsigned brackets, Str s);
void json_int(Json *j, int64_t n);
void json_literal(Json *j, const char *text); // true, null, digits as written

// No room for deeper nesting than what always stands around: write something flat.
bool json_is_deep(const Json *j);
// RFC 6901 pointer to the value that comes next.
void json_pointer(const Json *j, Buf *out);

#endif
