// value.c - failing, fuel and numbers: what operators and functions have in common.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"

#include "base/bug.h"
#include "base/limits.h"

#include <math.h>

// --- failing -----------------------------------------------------------------------------------

static void set_failure(ValueContext *x, bool final, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));
static void set_failure(ValueContext *x, bool final, const char *fmt, va_list args)
{
    if (x->failure.reason) // the first is the cause
        return;
    x->failure.reason = arena_vprintf(x->arena, fmt, args);
    x->failure.final = final;
}

bool value_fail(ValueContext *x, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    set_failure(x, false, fmt, args);
    va_end(args);
    return false;
}

bool value_stop(ValueContext *x, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    set_failure(x, true, fmt, args);
    va_end(args);
    return false;
}

int value_shown(Str s)
{
    enum { SHOWN = 40 };
    return (int)utf8_fit(s, SHOWN);
}

bool value_spend(ValueContext *x, uint64_t units)
{
    if (*x->fuel >= units) {
        *x->fuel -= units;
        return true;
    }
    *x->fuel = 0;
    return value_stop(x, "the evaluation takes too many steps");
}

// Objects are compared name by name, in any order.
static uint64_t weight(const Data *d, uint32_t depth)
{
    uint64_t sum = 1;
    if (d->kind == DATA_STRING)
        return sum + d->count / 16;
    if (depth == 0 || (d->kind != DATA_ARRAY && d->kind != DATA_OBJECT))
        return sum;
    bool object = d->kind == DATA_OBJECT;
    if (object)
        sum += (uint64_t)d->count * d->count / 16;
    for (uint32_t i = 0; i < d->count; i++)
        sum += weight(object ? &d->members[i].value : &d->items[i], depth - 1);
    return sum;
}

bool value_spend_on(ValueContext *x, const Data *d)
{
    return value_spend(x, weight(d, LIMIT_DATA_NESTING));
}

const char *value_kind_text(const Data *d)
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
        return "text";
    case DATA_ARRAY:
        return "an array";
    case DATA_OBJECT:
        return "an object";
    }
    BUG("a kind of data");
}

// --- numbers -----------------------------------------------------------------------------------

static Str int_text(int64_t n, char buffer[NUMBER_TEXT])
{
    char *end = buffer + NUMBER_TEXT, *p = end;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        *--p = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        *--p = '-';
    return (Str){p, (size_t)(end - p)};
}

Str value_number_text(const Data *number, char buffer[NUMBER_TEXT])
{
    if (number->kind == DATA_INT)
        return int_text(number->integer, buffer);
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(buffer, NUMBER_TEXT, "%.*G", digits, number->number);
        if (strtod(buffer, NULL) == number->number)
            break;
    }
    return (Str){buffer, (size_t)n};
}

static size_t skip_digits(Str s, size_t at)
{
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    return at;
}

// [+-] digits [. digits] [e [+-] digits], as the whole.
static bool is_number_text(Str s, bool *ret_whole)
{
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+'), start = at;
    at = skip_digits(s, at);
    size_t digits = at - start;
    *ret_whole = at == s.n;
    if (at < s.n && s.p[at] == '.') {
        size_t end = skip_digits(s, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0)
        return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        at++;
        if (at < s.n && (s.p[at] == '-' || s.p[at] == '+'))
            at++;
        size_t end = skip_digits(s, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == s.n;
}

#define NUMBER_DIGITS 400 // of a number written as text

bool value_parse_number(Str s, Data *ret)
{
    char text[NUMBER_DIGITS + 1];
    bool whole;
    s = text_trim(s);
    if (s.n > NUMBER_DIGITS || !is_number_text(s, &whole))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    if (whole) {
        errno = 0;
        int64_t n = strtoll(text, NULL, 10);
        if (errno == 0) {
            *ret = data_int(n);
            return true;
        }
    }
    double d = strtod(text, NULL);
    if (!isfinite(d))
        return false;
    *ret = data_float(d);
    return true;
}

#define TWO_TO_63 9223372036854775808.0

static int int_with_double(int64_t n, double d)
{
    if (d >= TWO_TO_63)
        return -1;
    if (d < -TWO_TO_63)
        return 1;
    int64_t whole = (int64_t)d;
    if (n != whole)
        return n < whole ? -1 : 1;
    double rest = d - (double)whole;
    return (rest < 0) - (rest > 0);
}

int value_number_order(const Data *a, const Data *b)
{
    if (a->kind == DATA_INT && b->kind == DATA_INT)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->kind == DATA_INT)
        return int_with_double(a->integer, b->number);
    if (b->kind == DATA_INT)
        return -int_with_double(b->integer, a->number);
    return (a->number > b->number) - (a->number < b->number);
}

bool value_scalar_text(const Data *d, char buffer[NUMBER_TEXT], Str *ret)
{
    switch (d->kind) {
    case DATA_STRING:
        *ret = data_str(d);
        return true;
    case DATA_BOOL:
        *ret = str_of(d->truth ? "true" : "false");
        return true;
    case DATA_INT:
    case DATA_FLOAT:
        *ret = value_number_text(d, buffer);
        return true;
    case DATA_MISSING:
    case DATA_NULL:
    case DATA_ARRAY:
    case DATA_OBJECT:
        return false;
    }
    BUG("a kind of data");
}
