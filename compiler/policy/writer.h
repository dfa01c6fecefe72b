// writer.h - what the files of the writer share.
//
// A member that is NULL or empty is not written.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_WRITER_H
#define MOAT_POLICY_WRITER_H

#include "policy/json_out.h"
#include "policy/write.h"

typedef struct Writer {
    Json json;
    WriteOptions options;
    Buf scratch;    // an expression, a pointer or an id being printed
    Span marked;    // of the innermost node in the source map
    bool canonical; // compact and without the fingerprint
} Writer;

// Who reads a text: what evaluates expressions needs its look-alikes escaped.
typedef enum Reader { READER_DATA, READER_EXPRESSIONS } Reader;

void writer_start(Writer *w, Buf *out, WriteOptions o, JsonStyle style);
void writer_finish(Writer *w);

// The value that comes next, up to writer_leave, came from `span`.
Span writer_enter(Writer *w, Span span);
void writer_leave(Writer *w, Span before);

void write_text(Writer *w, const char *text, Reader reader);
void write_value(Writer *w, const Value *v, Reader reader);
void write_condition(Writer *w, const Condition *c);
void write_details(Writer *w, const Details *d);
void write_definition_body(Writer *w, const PolicyDefinition *d);
void write_initiative_body(Writer *w, const PolicyInitiative *in);

void member_text(Writer *w, const char *key, const char *text);
void member_texts(Writer *w, const char *key, const char *const *texts, uint32_t count);
void member_value(Writer *w, const char *key, const Value *v, Reader reader);
void member_extra(Writer *w, const MemberList *extra);
void member_parameters(Writer *w, const PolicyParameter *p, uint32_t count);
void member_arguments(Writer *w, const PolicyArgument *args, uint32_t count, Reader reader);
void member_id(Writer *w, const char *key, const char *scope, const char *type, const char *name);

#endif
