// reader.h - what the files of the reader share.
//
// A function that could not read something has said so and returns NULL or
// false; the policy at hand is then left out, but the rest of it is read all
// the same, so that everything wrong with it is said at once.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_READER_H
#define MOAT_POLICY_READER_H

#include "base/map.h"
#include "policy/depth.h"
#include "policy/read.h"

#include <stdarg.h>

typedef struct Reference { // parameters('name') in an expression
    const char *name;
    Span span;
    uint32_t at;
} Reference;

typedef struct Reader {
    Compilation *c;
    const Source *source;
    Arena *arena;     // of the compilation
    uint32_t root;    // where the value at hand begins: JSON Pointers start there
    uint32_t reports; // so far
    bool failed;      // the policy at hand has an error
    VEC(Reference) references;
    bool references_any; // a parameter's name is computed
} Reader;

// --- saying what is wrong (read_report.c) ----------------------------------------------------

// All of a scalar; of the others the bracket, since a part of them is wrong as a rule.
Span read_span(const Reader *r, const Data *d);
Span read_name_span(const Reader *r, const DataMember *m);
// Reports at `span`, with the JSON Pointer to what is at `at`.
Diag *read_report(Reader *r, DiagCode code, Span span, uint32_t at, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
// "`mode` is a text, not a number": what a member must be.
bool read_wrong(Reader *r, const DataMember *m, const char *wanted);
const char *data_kind_text(const Data *d); // "a text", "a list" …
// Remembers a member by its name without case; false where there was one before, which is said.
bool read_is_new(Reader *r, Map *known, const DataMember *m);
Name read_fold(Reader *r, Str name);

// --- members (read_members.c) ----------------------------------------------------------------

typedef struct Shape { // of an object: its members in canonical case
    const char *what;  // "an operation"
    const char *const *names;
    uint32_t count;
    // Others that the service writes: kept without a word. NULL-ended; NULL: anything.
    const char *const *kept;
} Shape;

#define SHAPE_COUNT(names) ((uint32_t)(sizeof(names) / sizeof(names)[0]))

bool read_is_object(Reader *r, const Data *d, const char *what);
// Sorts the members of an object into slots (NULL: not there), the others into *extra.
void read_members(Reader *r, const Data *object, const Shape *s, const DataMember **slots,
                  MemberList *extra);
// Where a member that must be there is not.
bool read_needs(Reader *r, const Data *object, const Shape *s, const DataMember *const *slots,
                uint32_t slot);
void read_keep(Reader *r, const DataMember *m, MemberList *extra);
// NULL where there is none or it is null, which is kept: exports write it for what is not there.
const DataMember *read_said(Reader *r, const DataMember *m, MemberList *extra);
Value *read_said_value(Reader *r, const DataMember *m, MemberList *extra);

// Each takes NULL. What says nothing (null, an empty list or object) is kept in *extra.
const char *read_text(Reader *r, const DataMember *m, MemberList *extra);
uint32_t read_texts(Reader *r, const DataMember *m, MemberList *extra, const char ***ret);
Value *read_object_literal(Reader *r, const DataMember *m, MemberList *extra);
// The list or object of a member; NULL where there is none or nothing in it.
const Data *read_list(Reader *r, const DataMember *m, MemberList *extra);
const Data *read_table(Reader *r, const DataMember *m, MemberList *extra);

#define READ_TEXTS(r, m, extra, list)                                                              \
    ((list)->len = (list)->cap = read_texts((r), (m), (extra), &(list)->items))

// --- values (read_value.c) -------------------------------------------------------------------

const char *read_copy(Reader *r, const Data *d); // of a STRING; NULL: it holds a NUL
const char *read_name(Reader *r, const DataMember *m);
bool read_is_expression(Str s);
// Expressions in it are parsed, and the parameters they name remembered.
Value *read_value(Reader *r, const Data *d);
Value *read_literal(Reader *r, const Data *d);
// A text the model has as it is: what it holds is checked where it is an expression.
const char *read_rule_text(Reader *r, const DataMember *m, MemberList *extra);

// --- parts of policies -----------------------------------------------------------------------

Condition *read_condition(Reader *r, const Data *d, uint32_t depth);
void read_details(Reader *r, const DataMember *m, PolicyDefinition *d);
void read_parameters(Reader *r, const DataMember *m, MemberList *extra, PolicyParameters *ret);
// { "name": { "value": … } }, which of initiatives may be expressions.
void read_arguments(Reader *r, const DataMember *m, MemberList *extra, bool expressions,
                    PolicyArguments *ret);
// Every reference remembered is to a parameter, and every parameter has one in `what`.
void read_check_references(Reader *r, const PolicyParameters *p, const char *what);

typedef struct Envelope { // what stands around `properties`
    const Data *whole, *properties;
    const DataMember *location, *identity; // of assignments
    const char *id, *name;
    MemberList members;
} Envelope;

void read_definition(Reader *r, const Envelope *e, PolicyDefinition *d);
void read_bare_rule(Reader *r, const Data *rule, PolicyDefinition *d);
void read_initiative(Reader *r, const Envelope *e, PolicyInitiative *in);
void read_assignment(Reader *r, const Envelope *e, PolicyAssignment *a);
void read_exemption(Reader *r, const Envelope *e, PolicyExemption *x);

#endif
