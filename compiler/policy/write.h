// write.h - from the policy model to the REST bodies.
//
// Canonical casing, stable key order, two-space JSON, lists of scalars on one
// line where they fit in 100 columns, a newline at the end. The same model
// gives the same bytes everywhere.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_WRITE_H
#define MOAT_POLICY_WRITE_H

#include "base/str.h"
#include "policy/model.h"

typedef struct PointerSpan { // a place in the JSON and the source it came from
    const char *pointer;     // RFC 6901
    Span span;
} PointerSpan;
typedef VEC(PointerSpan) SourceMap;

typedef struct WriteOptions {
    Arena *arena;      // for the source map
    SourceMap *map;    // NULL: none is made
    const char *root;  // "/providers/Microsoft.Management/managementGroups/x" or
                       // "/subscriptions/<guid>": own definitions get ids below it
    bool for_template; // every expression and look-alike gets one more `[`
} WriteOptions;

// Where things are when no root is known: to be filled in by whoever publishes them.
#define POLICY_ROOT_UNKNOWN "/providers/Microsoft.Management/managementGroups/{managementGroup}"

// `<scope>/providers/Microsoft.Authorization/<type>/<name>`; NULL scope: POLICY_ROOT_UNKNOWN.
void policy_id_print(Buf *out, const char *scope, const char *type, const char *name);

void write_definition(Buf *out, const PolicyDefinition *d, WriteOptions o);
void write_initiative(Buf *out, const PolicyInitiative *i, WriteOptions o);
void write_assignment(Buf *out, const PolicyAssignment *a, WriteOptions o);
void write_exemption(Buf *out, const PolicyExemption *e, WriteOptions o);

void arm_print(Buf *out, const Arm *arm);           // without the brackets
void condition_print(Buf *out, const Condition *c); // JSON, for --dump=policy and tests
void value_print(Buf *out, const Value *v);         // JSON on one line

#endif
