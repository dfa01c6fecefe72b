// functions_logic.c - truth: comparing functions, and, or, not, and what makes booleans.
//
// ARM's functions mind the case where policy operators do not; the engine has the operators'
// rules in both.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"

// What is not there is both null and "" to ARM's functions.
static bool equal_exactly(const Data *a, const Data *b)
{
    if (a->kind == DATA_MISSING || b->kind == DATA_MISSING) {
        const Data *other = a->kind == DATA_MISSING ? b : a;
        return value_absent(other) || (other->kind == DATA_STRING && other->count == 0);
    }
    return data_equal(a, b);
}

bool function_equals(const Call *c, Data *ret)
{
    const Data *a = &c->args[0], *b = &c->args[1];
    if (!value_spend_on(c->x, a))
        return false;
    bool exact = equal_exactly(a, b), loose = data_equals(c->x, a, b);
    bool nothing = (a->kind == DATA_MISSING && b->kind == DATA_NULL) ||
                   (b->kind == DATA_MISSING && a->kind == DATA_NULL);
    value_differs(c->x, exact != loose || nothing); // it is "" to the documentation
    return give_bool(c->x->semantics == SEMANTICS_ENGINE ? loose : exact, ret);
}

// A small letter comes before its capital, where nothing else differs.
static int order_by_case(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (i < n && a.p[i] == b.p[i])
        i++;
    return i == n ? 0 : (unsigned char)b.p[i] - (unsigned char)a.p[i];
}

static bool order_texts(const Call *c, int *ret)
{
    Str a, b;
    if (!arg_text(c, 0, &a) || !arg_text(c, 1, &b))
        return false;
    *ret = value_text_order(c->x, a, b);
    if (*ret == 0) {
        *ret = order_by_case(a, b);
        value_differs(c->x, *ret != 0);
    }
    return true;
}

static bool is_orderable(const Data *d)
{
    return d->kind == DATA_INT || d->kind == DATA_FLOAT || d->kind == DATA_STRING ||
           d->kind == DATA_MISSING;
}

static bool order(const Call *c, Operator op, Data *ret, int *ret_order)
{
    const Data *a = &c->args[0], *b = &c->args[1];
    if (c->x->semantics == SEMANTICS_ENGINE) {
        Truth t = data_compare(c->x, op, a, b, false);
        return t != TRUTH_ERROR && give_bool(t == TRUTH_TRUE, ret);
    }
    if (!is_orderable(a) || !is_orderable(b))
        return call_wrong(c, is_orderable(a), "an integer or text");
    if (value_is_number(a) != value_is_number(b)) {
        c->x->uncertain = true;
        return call_wrong(c, 1, value_is_number(a) ? "an integer like the first" : "text");
    }
    if (value_is_number(a))
        *ret_order = value_number_order(a, b);
    else if (!order_texts(c, ret_order))
        return false;
    return true;
}

static bool ordered(const Call *c, Operator op, Data *ret)
{
    int by = 0;
    if (!order(c, op, ret, &by))
        return false;
    if (c->x->semantics == SEMANTICS_ENGINE)
        return true;
    return give_bool(op == OPERATOR_LESS             ? by < 0
                     : op == OPERATOR_LESS_OR_EQUALS ? by <= 0
                     : op == OPERATOR_GREATER        ? by > 0
                                                     : by >= 0,
                     ret);
}

bool function_less(const Call *c, Data *ret)
{
    return ordered(c, OPERATOR_LESS, ret);
}

bool function_less_or_equals(const Call *c, Data *ret)
{
    return ordered(c, OPERATOR_LESS_OR_EQUALS, ret);
}

bool function_greater(const Call *c, Data *ret)
{
    return ordered(c, OPERATOR_GREATER, ret);
}

bool function_greater_or_equals(const Call *c, Data *ret)
{
    return ordered(c, OPERATOR_GREATER_OR_EQUALS, ret);
}

// --- booleans ----------------------------------------------------------------------------------

static bool join_truths(const Call *c, bool neutral, Data *ret)
{
    bool all = neutral;
    for (uint32_t i = 0; i < c->count; i++) {
        bool b;
        if (!arg_bool(c, i, &b))
            return false;
        all = neutral ? all && b : all || b;
    }
    return give_bool(all, ret);
}

bool function_and(const Call *c, Data *ret)
{
    return join_truths(c, true, ret);
}

bool function_or(const Call *c, Data *ret)
{
    return join_truths(c, false, ret);
}

bool function_not(const Call *c, Data *ret)
{
    bool b;
    return arg_bool(c, 0, &b) && give_bool(!b, ret);
}

bool function_true(const Call *c, Data *ret)
{
    (void)c;
    return give_bool(true, ret);
}

bool function_false(const Call *c, Data *ret)
{
    (void)c;
    return give_bool(false, ret);
}

bool function_null(const Call *c, Data *ret)
{
    (void)c;
    *ret = data_null();
    return true;
}

bool function_bool(const Call *c, Data *ret)
{
    const Data *d = &c->args[0];
    if (d->kind == DATA_BOOL || d->kind == DATA_INT)
        return give_bool(d->kind == DATA_BOOL ? d->truth : d->integer != 0, ret);
    if (d->kind != DATA_STRING)
        return call_wrong(c, 0, "text, an integer or a boolean");
    Str s = data_str(d);
    if (str_equal_nocase(s, str_of("true")) || str_equal_nocase(s, str_of("false")))
        return give_bool(s.n == 4, ret);
    if (str_equal(s, str_of("1")) || str_equal(s, str_of("0"))) {
        c->x->uncertain = true;
        if (c->x->semantics == SEMANTICS_ENGINE)
            return give_bool(s.p[0] == '1', ret);
    }
    return value_fail(c->x, "`bool` reads `true` and `false`, not `%.*s`", value_shown(s), s.p);
}

bool function_coalesce(const Call *c, Data *ret)
{
    *ret = data_null();
    for (uint32_t i = 0; i < c->count && ret->kind == DATA_NULL; i++) {
        value_differs(c->x, c->args[i].kind == DATA_MISSING); // "" to the documentation
        if (!value_absent(&c->args[i]))
            *ret = c->args[i];
    }
    return true;
}
