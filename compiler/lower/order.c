// order.c - ordered spellings, versions, and comparisons of constants.
//
// `minimumTlsVersion >= 1.2` asks for the spellings that satisfy it; a spelling
// nobody declared satisfies nothing, so a new value fails closed (E8, E11).
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

static bool is_ordering(CompareOp op)
{
    return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
}

bool compare_is_ranked(CompareOp op, const TExpr *left, const TExpr *right)
{
    bool ranked = left->type->ranked.len > 0 || right->type->ranked.len > 0;
    return ranked && (is_ordering(op) || (op == OP_EQ && right->kind == TX_VERSION));
}

int version_compare(const char *a, const char *b)
{
    while (*a || *b) {
        char *after_a, *after_b;
        unsigned long left = strtoul(a, &after_a, 10), right = strtoul(b, &after_b, 10);
        if (left != right)
            return left < right ? -1 : 1;
        a = after_a + strspn(after_a, ".");
        b = after_b + strspn(after_b, ".");
        if (after_a == a && after_b == b)
            break;
    }
    return 0;
}

static bool sign_satisfies(int sign, CompareOp op)
{
    switch (op) {
    case OP_LT:
        return sign < 0;
    case OP_LE:
        return sign <= 0;
    case OP_GT:
        return sign > 0;
    case OP_GE:
        return sign >= 0;
    case OP_EQ:
        return sign == 0;
    case OP_NE:
        return sign != 0;
    case OP_IN:
    case OP_NOT_IN:
    case OP_LIKE:
    case OP_NOT_LIKE:
    case OP_MATCHES:
    case OP_MATCHES_ANY_CASE:
    case OP_CONTAINS:
    case OP_HAS_KEY:
        break;
    }
    BUG("not an ordering");
}

// Place of a spelling in the order, -1 for one nobody declared.
static int rank_of(const Type *t, const char *text)
{
    for (uint32_t i = 0; i < t->ranked.len; i++)
        if (str_equal_nocase(str_of(t->ranked.items[i].text), str_of(text)))
            return (int)i;
    return -1;
}

static bool spelling_satisfies(const Type *t, uint32_t i, CompareOp op, const TExpr *right)
{
    if (right->kind == TX_VERSION)
        return sign_satisfies(version_compare(t->ranked.items[i].version, right->text), op);
    int at = rank_of(t, right->text), sign = (int)i - at;
    if (t->has_versions && at >= 0)
        sign = version_compare(t->ranked.items[i].version, t->ranked.items[at].version);
    return at >= 0 && sign_satisfies(sign, op);
}

static Condition *in_spellings(Lower *l, const TExpr *left, Value *list, bool negate, Span span)
{
    if (list->items.len == 0)
        return constant_condition(l, negate);
    if (list->items.len == 1)
        return leaf_condition(l, left, negate ? OPERATOR_NOT_EQUALS : OPERATOR_EQUALS,
                              list->items.items[0], span);
    return leaf_condition(l, left, negate ? OPERATOR_NOT_IN : OPERATOR_IN, list, span);
}

static Arm *spellings_for(Lower *l, const Type *t, CompareOp op, const char *threshold)
{
    TExpr right = {.kind = TX_STRING, .text = threshold};
    Arm **args = ARENA_ARRAY(l->arena, Arm *, t->ranked.len);
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->ranked.len; i++)
        if (spelling_satisfies(t, i, op, &right))
            args[count++] = arm_string(l->arena, t->ranked.items[i].text);
    return arm_call_list(l->arena, "createArray", args, count);
}

// The threshold is a parameter: one list for each value it may take.
static Condition *in_spellings_of(Lower *l, CompareOp op, const TExpr *left, const TExpr *right,
                                  bool negate, Span span)
{
    const Type *t = right->type;
    Arm *choice = spellings_for(l, t, op, t->ranked.items[0].text);
    for (uint32_t i = 1; i < t->ranked.len; i++) {
        const char *text = t->ranked.items[i].text;
        Arm *test =
            arm_call(l->arena, "equals", 2, lower_arm(l, right), arm_string(l->arena, text));
        choice = arm_call(l->arena, "if", 3, test, spellings_for(l, t, op, text), choice);
    }
    return leaf_condition(l, left, negate ? OPERATOR_NOT_IN : OPERATOR_IN,
                          value_arm(l->arena, choice), span);
}

Condition *lower_ranked(Lower *l, CompareOp op, const TExpr *left, const TExpr *right, bool negate,
                        Span span)
{
    if (right->kind == TX_PARAM && right->type->ranked.len > 0)
        return in_spellings_of(l, op, left, right, negate, span);
    if (right->kind != TX_STRING && right->kind != TX_VERSION) {
        Diag *d =
            diag_report(l->compilation->diags, DIAG_ORDER_NEEDS_CONSTANT, span,
                        "an ordered value can be compared with a constant or a parameter only");
        diag_help(l->compilation->diags, d,
                  "give the threshold as a `param` of the property's type");
        l->failed = true;
        return constant_condition(l, true);
    }
    const Type *t = left->type;
    Value *list = value_array(l->arena);
    for (uint32_t i = 0; i < t->ranked.len; i++)
        if (spelling_satisfies(t, i, op, right))
            value_push(l->arena, list, value_string(l->arena, t->ranked.items[i].text));
    return in_spellings(l, left, list, negate, span);
}

// --- constants -------------------------------------------------------------------------------

static bool is_constant(const TExpr *e)
{
    return e->kind == TX_STRING || e->kind == TX_INT || e->kind == TX_FLOAT || e->kind == TX_BOOL ||
           e->kind == TX_VERSION || e->kind == TX_DURATION;
}

static double number_of(const TExpr *e)
{
    return e->kind == TX_INT ? (double)e->number : strtod(e->text, NULL);
}

// The order of two constants of one type; false where they have none.
static bool constants_sign(CompareOp op, const TExpr *left, const TExpr *right, int *ret)
{
    bool numbers = (left->kind == TX_INT || left->kind == TX_FLOAT) &&
                   (right->kind == TX_INT || right->kind == TX_FLOAT);
    if (numbers) {
        double a = number_of(left), b = number_of(right);
        *ret = (a > b) - (a < b);
    } else if (left->kind == TX_BOOL && right->kind == TX_BOOL) {
        *ret = left->truth - right->truth;
    } else if (left->kind == TX_STRING && right->kind == TX_DURATION) {
        int64_t seconds;
        bool clock = left->type->kind == TYPE_DURATION_CLOCK;
        if (!duration_text_seconds(left->text, clock, &seconds))
            return false;
        *ret = (seconds > right->number) - (seconds < right->number);
    } else if (left->kind == TX_STRING && compare_is_ranked(op, left, right)) {
        int at = rank_of(left->type, left->text);
        int other = right->kind == TX_STRING ? rank_of(left->type, right->text) : 0;
        if (at < 0 || other < 0)
            return false;
        *ret = right->kind == TX_VERSION
                   ? version_compare(left->type->ranked.items[at].version, right->text)
                   : at - other;
    } else if (left->kind == TX_STRING && right->kind == TX_STRING) {
        *ret = str_compare_nocase(str_of(left->text), str_of(right->text));
    } else {
        return false;
    }
    return true;
}

static bool text_like(Str text, Str pattern)
{
    const char *star = memchr(pattern.p, '*', pattern.n);
    if (!star)
        return str_equal_nocase(text, pattern);
    size_t before = (size_t)(star - pattern.p), after = pattern.n - before - 1;
    return text.n >= before + after &&
           str_equal_nocase((Str){text.p, before}, (Str){pattern.p, before}) &&
           str_equal_nocase((Str){text.p + text.n - after, after}, (Str){star + 1, after});
}

static bool text_contains(Str text, Str part)
{
    for (size_t i = 0; i + part.n <= text.n; i++)
        if (str_equal_nocase((Str){text.p + i, part.n}, part))
            return true;
    return false;
}

static bool constant_in(const TExpr *left, const TExpr *list, bool *ret)
{
    *ret = false;
    for (uint32_t i = 0; i < list->operands->len; i++) {
        bool same;
        if (!compare_constants(OP_EQ, left, list->operands->items[i], &same))
            return false;
        *ret = *ret || same;
    }
    return true;
}

bool compare_constants(CompareOp op, const TExpr *left, const TExpr *right, bool *ret)
{
    if (!is_constant(left))
        return false;
    if (op == OP_IN)
        return right->kind == TX_LIST && constant_in(left, right, ret);
    if (!is_constant(right) || op == OP_MATCHES || op == OP_MATCHES_ANY_CASE || op == OP_HAS_KEY)
        return false;
    if (op == OP_LIKE || op == OP_CONTAINS) {
        if (left->kind != TX_STRING || right->kind != TX_STRING)
            return false;
        Str text = str_of(left->text), other = str_of(right->text);
        *ret = op == OP_LIKE ? text_like(text, other) : text_contains(text, other);
        return true;
    }
    int sign;
    if (!constants_sign(op, left, right, &sign))
        return false;
    *ret = sign_satisfies(sign, op);
    return true;
}
