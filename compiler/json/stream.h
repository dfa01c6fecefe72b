// stream.h - one JSON value after the other from a file of any size.
//
// The file is one value, an array whose elements come one by one, an object with
// a `value` or `data` array (as Azure's REST and Resource Graph answer: scalars
// alone stand before it, and no `id`, `name`, `type` or `kind`), or any of these
// one after the other; gzipped or not. Only the value at hand is in memory.
//
// Lines of NDJSON are told apart without reading them: once a value ended with its
// line, every line from `{` to `}` is taken for one.
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
    JSON_STEP_ERROR, // between the values, at json_stream_line: *error; then the stream ends
    JSON_STEP_WORLD, // the file could not be read: json_stream_status
} JsonStep;

// The text of the next value: it lives until the next call, and its pieces can be handed to
// threads. It is cut by brackets and quotes and not yet parsed: json_read says what is wrong in
// it, and behind a wrong one the stream goes on with the next line, if it is NDJSON.
JsonStep json_stream_next(JsonStream *s, Arena *a, Str *ret, JsonError *error);

uint64_t json_stream_line(const JsonStream *s);   // where the value at hand begins, from 1
uint64_t json_stream_offset(const JsonStream *s); // bytes read from the file, packed as they are
uint64_t json_stream_size(const JsonStream *s);   // of the file, 0 where not known
const Status *json_stream_status(const JsonStream *s);

#endif
