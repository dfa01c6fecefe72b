// read.h - from policy JSON, in every shape found in practice, to the model.
//
// A file holds one or several of: a REST body (`id`, `name`, `type`,
// `properties`), its bare `properties`, a bare `policyRule`; or an array, an
// object with a `value` array, or values one after the other (NDJSON) of these;
// comments allowed. What each is follows from its members. MemberList the model
// does not know are kept (`extra`) and reported; nothing is dropped.
//
// spec: backends/azure-policy, diagnostics M61xx
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_READ_H
#define MOAT_POLICY_READ_H

#include "diag/compilation.h"
#include "policy/model.h"
#include "json/data.h"

// Reads all policies of a file into *set; mistakes are reported with their spans in `source`
// and their JSON Pointers; what has a mistake is left out. False if there was any.
bool policy_read(Compilation *c, const Source *source, PolicySet *set);

// The text of an expression, without its brackets, as a tree; false: *error, *at say why and
// where. Depth and size limited.
bool arm_parse(Arena *a, Str text, Arm **ret, const char **error, uint32_t *at);

// A JSON value as the model has it: strings that are expressions are parsed, `[[` is undone.
// False where one is malformed: reported.
bool policy_value(Compilation *c, const Source *source, const Data *d, Value **ret);
// The same without expressions: defaults, assigned values.
bool policy_literal(Compilation *c, const Source *source, const Data *d, Value **ret);

#endif
