// function.h - what operators and pure functions share: failing, fuel, text,
// numbers and the values they make.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_FUNCTION_H
#define MOAT_EVAL_FUNCTION_H

#include "eval/text.h"
#include "eval/value.h"

// One call of a pure function.
typedef struct Call {
    ValueContext *x;
    const char *name; // Azure's spelling
    const Data *args;
    uint32_t count;
} Call;

// --- failing: always false, so that `return call_fail(…)` reads well ---------------------------

// The engine goes on with no value where this happens.
bool value_fail(ValueContext *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// At a limit: an error under every Semantics.
bool value_stop(ValueContext *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// "the first argument of `substring` must be text, not an array"
bool call_wrong(const Call *c, uint32_t index, const char *what);
// False in the engine, which lacks the function.
bool call_not_of_engine(const Call *c);

// As many bytes of a text as a message shows.
int value_shown(Str s);

bool value_spend(ValueContext *x, uint64_t units);
// What a walk over it costs, spent.
bool value_spend_on(ValueContext *x, const Data *d);

const char *value_kind_text(const Data *d); // "an array"; for messages

// Another Semantics would say something else, where it `differs`.
static inline void value_differs(ValueContext *x, bool differs)
{
    x->uncertain = x->uncertain || differs;
}
static inline bool value_absent(const Data *d)
{
    return d->kind == DATA_MISSING || d->kind == DATA_NULL;
}
static inline bool value_is_number(const Data *d)
{
    return d->kind == DATA_INT || d->kind == DATA_FLOAT;
}

// --- numbers -----------------------------------------------------------------------------------

#define NUMBER_TEXT 32
Str value_number_text(const Data *number, char buffer[NUMBER_TEXT]); // shortest, as .NET prints it
bool value_parse_number(Str s, Data *ret);                           // trimmed; int64, else double
int value_number_order(const Data *a, const Data *b); // exact: int against double too

// A scalar as text: itself, digits, true or false. False for null, arrays and objects.
bool value_scalar_text(const Data *d, char buffer[NUMBER_TEXT], Str *ret);
// `less`, `greater` … of two texts as conditions have it, dates aside; <0, 0, >0.
int value_text_order(ValueContext *x, Str a, Str b);

// --- arguments ---------------------------------------------------------------------------------

bool arg_text(const Call *c, uint32_t i, Str *ret); // what is not there counts as ""
bool arg_int(const Call *c, uint32_t i, int64_t *ret);
bool arg_bool(const Call *c, uint32_t i, bool *ret);
bool arg_array(const Call *c, uint32_t i, const Data **ret);

// --- results -----------------------------------------------------------------------------------

bool give_text(const Call *c, Str s, Data *ret); // not copied; a text too long is refused
bool give_buf(const Call *c, Buf *b, Data *ret); // copied, and the buffer freed
bool give_bool(bool b, Data *ret);
bool give_int(int64_t n, Data *ret);
// Refuses what is too deep or has too many values.
bool give_array(const Call *c, const Data *items, uint32_t count, Data *ret);
bool give_object(const Call *c, const DataMember *members, uint32_t count, Data *ret);
bool give_checked(const Call *c, const Data *made, Data *ret);

#define FUNCTION(NAME, LEAST, MOST, FUNCTION_C) bool FUNCTION_C(const Call *c, Data *ret);
#include "eval/functions.def"
#undef FUNCTION

#endif
