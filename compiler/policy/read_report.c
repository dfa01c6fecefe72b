// read_report.c - what is wrong with policy JSON, with its place as span and JSON Pointer.
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

#include "base/limits.h"
#include "json/read.h"

enum { MOST_POINTER = 4000 }; // bytes of one that are shown

static Span span_at(const Reader *r, uint32_t start, uint32_t end)
{
    return (Span){r->source->base + start, r->source->base + end};
}

// A text without escapes is where it was read, and ends behind its quote.
static Span text_span(const Reader *r, uint32_t at, Str text)
{
    bool in_place = text.p == r->source->text.p + at + 1;
    return span_at(r, at, in_place ? at + (uint32_t)text.n + 2 : json_end(r->source->text, at));
}

Span read_span(const Reader *r, const Data *d)
{
    if (d->at == DATA_NOWHERE)
        return SPAN_NONE;
    if (d->kind == DATA_STRING)
        return text_span(r, d->at, data_str(d));
    bool scalar = d->kind != DATA_ARRAY && d->kind != DATA_OBJECT;
    return span_at(r, d->at, scalar ? json_end(r->source->text, d->at) : d->at + 1);
}

Span read_name_span(const Reader *r, const DataMember *m)
{
    return m->at == DATA_NOWHERE ? SPAN_NONE : text_span(r, m->at, m->name);
}

// To find a pointer is to read the file up to it, so a file full of mistakes gets no more
// of them than anybody reads.
static void note_pointer(Reader *r, Diag *d, uint32_t at)
{
    if (at == DATA_NOWHERE || r->reports++ > LIMIT_SUGGESTIONS)
        return;
    Str text = r->source->text;
    Buf pointer = {0};
    json_pointer_at((Str){text.p + r->root, text.n - r->root}, at - r->root, &pointer);
    if (pointer.n > MOST_POINTER)
        diag_note(r->c->diags, d, "at `%.*s`…", MOST_POINTER, pointer.p);
    else if (pointer.n)
        diag_note(r->c->diags, d, "at `%s`", pointer.p);
    buf_free(&pointer);
}

Diag *read_report(Reader *r, DiagCode code, Span span, uint32_t at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *message = arena_vprintf(r->arena, fmt, args);
    va_end(args);
    Diag *d = diag_report(r->c->diags, code, span, "%s", message);
    note_pointer(r, d, at);
    r->failed = r->failed || diag_code_severity(code) == SEVERITY_ERROR;
    return d;
}

const char *data_kind_text(const Data *d)
{
    switch (d->kind) {
    case DATA_MISSING:
        return "nothing";
    case DATA_NULL:
        return "null";
    case DATA_BOOL:
        return "a boolean";
    case DATA_INT:
    case DATA_FLOAT:
        return "a number";
    case DATA_STRING:
        return "a text";
    case DATA_ARRAY:
        return "a list";
    case DATA_OBJECT:
        return "an object";
    }
    return "";
}

bool read_wrong(Reader *r, const DataMember *m, const char *wanted)
{
    const Data *d = &m->value;
    read_report(r, DIAG_POLICY_MEMBER_TYPE, read_span(r, d), d->at, "`%.*s` is %s, not %s",
                (int)utf8_fit(m->name, 80), m->name.p, wanted, data_kind_text(d));
    return false;
}
