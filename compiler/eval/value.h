// value.h - Azure's operators and functions over data.
//
// Nothing here knows a rule or a resource: operands come as Data, a missing one
// as DATA_MISSING. Three results: what cannot be decided is an error with its
// reason, never false in silence.
//
// spec: evaluation. Source: Azure Policy definition structure, conditions and
// functions; where documentation and open engine differ, Semantics says which.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_VALUE_H
#define MOAT_EVAL_VALUE_H

#include "policy/model.h"
#include "json/data.h"

typedef enum Semantics {
    SEMANTICS_RECOMMENDED, // what the service most likely does; spec/evaluation.md lists each point
    SEMANTICS_DOCUMENTED,
    SEMANTICS_ENGINE, // the open-source engine
} Semantics;

typedef enum Truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_ERROR } Truth;

// What a computation may use and where it fails.
typedef struct EvalFailure {
    const char *reason; // NULL: none so far; one sentence, lower case, in the arena
    bool final;         // at a limit: an error under every Semantics
    bool unknown;       // nothing is wrong, but something is not known here
} EvalFailure;

typedef struct ValueContext {
    Arena *arena; // for values made and reasons
    Semantics semantics;
    const char *now; // utcNow(), yyyy-MM-ddTHH:mm:ss.fffffffZ
    uint64_t *fuel;  // one unit for each small step or 16 bytes made; at 0 the computation fails
    EvalFailure failure;
    bool uncertain; // the result depends on the Semantics chosen
} ValueContext;

// `left op right`; EXISTS takes left as found. With `is_value` left is the operand of a `value`
// condition, which the engine treats differently where it is missing.
Truth data_compare(ValueContext *x, Operator op, const Data *left, const Data *right,
                   bool is_value);
// Equality as `equals`, `in` and `contains` see it (3.5 of the coercion table).
bool data_equals(ValueContext *x, const Data *a, const Data *b);

// The pure functions of policy rules: everything but parameters, field, current,
// requestContext, policy, resourceGroup, subscription, which need a rule, and `if`, which
// must not evaluate both branches.
typedef struct PureFunction PureFunction;
const PureFunction *function_find(Str name); // without case; NULL where there is none
bool function_arity(const PureFunction *f, uint32_t *least,
                    uint32_t *most);                  // most: UINT32_MAX: any
const char *function_spelling(const PureFunction *f); // Azure's spelling
// True for functions Azure refuses in a rule (listKeys, reference, copyIndex …): so that a
// message can say it.
bool function_forbidden(Str name);
// False: x->failure says why. Arguments may be DATA_MISSING where an expression gave nothing.
bool function_call(ValueContext *x, const PureFunction *f, const Data *args, uint32_t count,
                   Data *ret);

// of.name and of[index], as expressions have them; false on what is not there, but for the
// engine, which gives DATA_MISSING.
bool data_member(ValueContext *x, const Data *of, Str name, Data *ret);
bool data_index(ValueContext *x, const Data *of, const Data *index, Data *ret);

// ISO 8601 date and time ("2026-08-22T10:00:00.1234567Z", offsets, date only) as ticks of 100 ns
// since 0001-01-01T00:00Z.
bool date_parse(Str s, int64_t *ret_ticks);
void date_print(int64_t ticks, Buf *out); // fraction without trailing zeros, Z

#endif
