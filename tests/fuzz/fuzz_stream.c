// fuzz_stream.c - any bytes as a file of values, packed or not.
//
// A document that can be read comes out whole, or its elements do; whatever it is, the stream
// ends. The file is a pipe.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "json/stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static JsonStream *open_bytes(const uint8_t *data, size_t size)
{
    int ends[2];
    if (pipe(ends) < 0 || write(ends[1], data, size) != (ssize_t)size)
        BUG("no pipe");
    close(ends[1]);
    char path[40];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    Status st;
    JsonStream *s = json_stream_open(path, &st);
    close(ends[0]);
    return s;
}

// The array whose elements the stream gives; NULL where it gives the document itself.
static const Data *streamed_array(const Data *document)
{
    if (document->kind == DATA_ARRAY)
        return document;
    for (uint32_t i = 0; document->kind == DATA_OBJECT && i < document->count; i++) {
        const DataMember *m = &document->members[i];
        if (m->value.kind == DATA_ARRAY &&
            (str_equal(m->name, str_of("value")) || str_equal(m->name, str_of("data"))))
            return &m->value;
    }
    return NULL;
}

static void check_value(const Data *document, const Data *array, const Data *value, uint32_t i)
{
    bool whole = i == 0 && data_equal(value, document) && document->kind != DATA_ARRAY;
    if (!whole && (!array || i >= array->count || !data_equal(value, &array->items[i])))
        BUG("a value of the stream is not one of the document");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LARGEST = 60 << 10 }; // what a pipe holds
    if (size > LARGEST)
        return 0;
    JsonStream *s = open_bytes(data, size);
    if (!s)
        return 0;
    Arena *a = arena_new();
    Data document, value;
    JsonError e;
    bool known = json_read(a, (Str){(const char *)data, size}, JSON_STRICT, &document, &e);
    const Data *array = known ? streamed_array(&document) : NULL;
    Str text;
    JsonStep step;
    uint32_t count = 0;
    for (; (step = json_stream_next(s, a, &text, &e)) == JSON_STEP_VALUE; count++) {
        bool good = json_read(a, text, JSON_STRICT, &value, &e);
        if (known && !good)
            BUG("a value of a document is broken");
        if (known)
            check_value(&document, array, &value, count);
    }
    if (known && (step != JSON_STEP_END || (count != 1 && (!array || count != array->count))))
        BUG("values of a document are missing");
    if (json_stream_next(s, a, &text, &e) != (step == JSON_STEP_WORLD ? step : JSON_STEP_END))
        BUG("a stream goes on behind its end");
    json_stream_close(s);
    arena_free(a);
    return 0;
}
