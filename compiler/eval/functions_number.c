// functions_number.c - integers, checked; floats only where the engine has them.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "base/limits.h"
#include "eval/function.h"

#include <math.h>

// --- conversions -------------------------------------------------------------------------------

#define TWO_TO_63 9223372036854775808.0

// Text and numbers with a fraction: the engine cuts it off, ARM takes neither.
static bool truncate_number(const Call *c, double d, Data *ret)
{
    c->x->uncertain = true;
    if (c->x->semantics != SEMANTICS_ENGINE)
        return value_fail(c->x, "`int` takes whole numbers, not %.15g", d);
    if (!(d > -TWO_TO_63 && d < TWO_TO_63))
        return value_fail(c->x, "%.15g is too large for `int`", d);
    return give_int((int64_t)d, ret);
}

bool function_int(const Call *c, Data *ret)
{
    Data d = c->args[0];
    if (d.kind != DATA_STRING && !value_is_number(&d))
        return call_wrong(c, 0, "an integer or text");
    Str s = d.kind == DATA_STRING ? data_str(&d) : str_of("");
    if (d.kind == DATA_STRING && !value_parse_number(s, &d))
        return value_fail(c->x, "`int` cannot read `%.*s`", value_shown(s), s.p);
    return d.kind == DATA_INT ? give_int(d.integer, ret) : truncate_number(c, d.number, ret);
}

bool function_float(const Call *c, Data *ret)
{
    Data d = c->args[0];
    if (d.kind != DATA_STRING && !value_is_number(&d))
        return call_wrong(c, 0, "a number or text");
    Str s = d.kind == DATA_STRING ? data_str(&d) : str_of("");
    if (d.kind == DATA_STRING && !value_parse_number(s, &d))
        return value_fail(c->x, "`float` cannot read `%.*s`", value_shown(s), s.p);
    *ret = data_float(d.kind == DATA_INT ? (double)d.integer : d.number);
    return true;
}

// --- arithmetic --------------------------------------------------------------------------------

typedef enum Arithmetic { ADD, SUB, MUL, DIV, MOD } Arithmetic;

static bool with_integers(const Call *c, Arithmetic how, int64_t a, int64_t b, Data *ret)
{
    int64_t n = 0;
    bool overflow = false;
    if ((how == DIV || how == MOD) && b == 0)
        return value_fail(c->x, "`%s` divides by zero", c->name);
    switch (how) {
    case ADD:
        overflow = __builtin_add_overflow(a, b, &n);
        break;
    case SUB:
        overflow = __builtin_sub_overflow(a, b, &n);
        break;
    case MUL:
        overflow = __builtin_mul_overflow(a, b, &n);
        break;
    case DIV:
        overflow = b == -1 && a == INT64_MIN;
        n = overflow ? 0 : a / b;
        break;
    case MOD:
        n = b == -1 ? 0 : a % b;
        break;
    }
    if (overflow)
        return value_fail(c->x, "the result of `%s` is too large for an integer", c->name);
    return give_int(n, ret);
}

static double number(const Data *d)
{
    return d->kind == DATA_INT ? (double)d->integer : d->number;
}

static bool with_floats(const Call *c, Arithmetic how, Data *ret)
{
    double a = number(&c->args[0]), b = number(&c->args[1]);
    double d = how == ADD ? a + b : how == SUB ? a - b : how == MUL ? a * b : a / b;
    if (!isfinite(d))
        return value_fail(c->x, "`%s` has no number for a result", c->name);
    *ret = data_float(d);
    return true;
}

static bool calculate(const Call *c, Arithmetic how, Data *ret)
{
    const Data *a = &c->args[0], *b = &c->args[1];
    bool numbers = value_is_number(a) && value_is_number(b);
    if (numbers && (a->kind == DATA_FLOAT || b->kind == DATA_FLOAT)) {
        c->x->uncertain = true;
        if (c->x->semantics == SEMANTICS_ENGINE && how != MOD)
            return with_floats(c, how, ret);
        return value_fail(c->x, "`%s` takes integers, not %.15g", c->name,
                          a->kind == DATA_FLOAT ? a->number : b->number);
    }
    int64_t n, m;
    return arg_int(c, 0, &n) && arg_int(c, 1, &m) && with_integers(c, how, n, m, ret);
}

bool function_add(const Call *c, Data *ret)
{
    return calculate(c, ADD, ret);
}

bool function_sub(const Call *c, Data *ret)
{
    return calculate(c, SUB, ret);
}

bool function_mul(const Call *c, Data *ret)
{
    return calculate(c, MUL, ret);
}

bool function_div(const Call *c, Data *ret)
{
    return calculate(c, DIV, ret);
}

bool function_mod(const Call *c, Data *ret)
{
    return calculate(c, MOD, ret);
}

// --- several numbers ---------------------------------------------------------------------------

// The numbers of one array, or those given.
static bool extreme(const Call *c, int sign, Data *ret)
{
    const Data *all = c->args;
    uint32_t count = c->count;
    if (count == 1 && all->kind == DATA_ARRAY) {
        if (all->count == 0)
            return value_fail(c->x, "`%s` of an empty array is not a number", c->name);
        if (!value_spend(c->x, all->count))
            return false;
        count = all->count;
        all = all->items;
    }
    const Data *best = &all[0];
    for (uint32_t i = 0; i < count; i++) {
        bool engine = c->x->semantics == SEMANTICS_ENGINE;
        if (all[i].kind != DATA_INT && !(engine && all[i].kind == DATA_FLOAT))
            return value_fail(c->x, "`%s` takes integers, not %s", c->name,
                              all[i].kind == DATA_FLOAT ? "fractions" : value_kind_text(&all[i]));
        if (value_number_order(&all[i], best) * sign > 0)
            best = &all[i];
    }
    *ret = *best;
    return true;
}

bool function_max(const Call *c, Data *ret)
{
    return extreme(c, 1, ret);
}

bool function_min(const Call *c, Data *ret)
{
    return extreme(c, -1, ret);
}

bool function_range(const Call *c, Data *ret)
{
    int64_t start, count;
    if (!arg_int(c, 0, &start) || !arg_int(c, 1, &count))
        return false;
    if (count < 0 || count > LIMIT_RANGE)
        return value_fail(c->x, "`range` makes up to %u elements, not %" PRId64, LIMIT_RANGE,
                          count);
    if (start < INT32_MIN || start > INT32_MAX - count)
        return value_fail(c->x, "`range` goes past %" PRId32, INT32_MAX);
    if (!value_spend(c->x, (uint64_t)count))
        return false;
    Data *items = ARENA_ARRAY(c->x->arena, Data, (size_t)count);
    for (int64_t i = 0; i < count; i++)
        items[i] = data_int(start + i);
    return give_array(c, items, (uint32_t)count, ret);
}
