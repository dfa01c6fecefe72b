// stream.h - one JSON value after the other from a file of any size.
//
// The file is one value, an array whose elements come one by one, an object with
// a `value` or `data` array (as Azure's REST and Resource Graph answer), or
// values separated by white space (NDJSON); gzipped or not. Only the value at
// hand is in memory.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_STREAM_H
#define MOAT_JSON_STREAM_H

#include "base/io.h"
#include "json/read.h"

typedef struct JsonStream JsonStream;

// "-" is standard input. NULL when it cannot be read (status set).
JsonStream *json_stream_open(const char *path, Status *st);
void json_stream_close(JsonStream *s); // takes NULL

typedef enum JsonStep {
    JSON_STEP_VALUE,
    JSON_STEP_END,
    JSON_STEP_ERROR, // of the value: *error; the stream goes on behind it where it is a line of
                     // NDJSON, else it ends
    JSON_STEP_WORLD, // the file could not be read: json_stream_status
} JsonStep;

// The text of the next value, not yet parsed: it lives until the next call. Its pieces can be
// handed to threads.
JsonStep json_stream_next(JsonStream *s, Arena *a, Str *ret, JsonError *error);

uint64_t json_stream_line(const JsonStream *s);   // where the value at hand begins, from 1
uint64_t json_stream_offset(const JsonStream *s); // bytes read from the file, packed as they are
uint64_t json_stream_size(const JsonStream *s);   // of the file, 0 where not known
const Status *json_stream_status(const JsonStream *s);

#endif
