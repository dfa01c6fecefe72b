// predicate.c - conditions inside an expression: the test of an if(), a `when`.
//
// Template functions compare text with case, so both sides are lowered first.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include <string.h>

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

static Arm *not_arm(Lower *l, Arm *of)
{
    return arm_call(l->arena, "not", 1, of);
}

static Arm *folded(Lower *l, const TExpr *e)
{
    Arm *value = lower_arm(l, e);
    return type_is_text(e->type) ? arm_call(l->arena, "toLower", 1, value) : value;
}

static Arm *unsupported(Lower *l, const TExpr *e)
{
    Diag *d = diag_report(l->compilation->diags, DIAG_CONDITION_IN_EXPRESSION, e->span,
                          "this condition cannot be part of an expression");
    diag_help(
        l->compilation->diags, d,
        "here ==, !=, <, <=, >, >=, `in` a list, `matches`, `is set`, and, or, not can be used");
    l->failed = true;
    return arm_call(l->arena, "false", 0);
}

// Letter by letter, of a text that is padded so that each is there.
static Arm *matches_arm(Lower *l, const TExpr *text, const char *pattern)
{
    Arena *a = l->arena;
    size_t n = strlen(pattern);
    char *blanks = arena_alloc(a, n + 1);
    memset(blanks, ' ', n);
    Arm **args = ARENA_ARRAY(a, Arm *, n + 1), *value = lower_arm(l, text);
    uint32_t count = 0;
    args[count++] =
        arm_call(a, "equals", 2, arm_call(a, "length", 1, value), arm_int(a, (int64_t)n));
    for (size_t i = 0; i < n; i++) {
        Arm *letter =
            arm_call(a, "substring", 3, arm_call(a, "concat", 2, value, arm_string(a, blanks)),
                     arm_int(a, (int64_t)i), arm_int(a, 1));
        const char *set = pattern[i] == '#' ? "0123456789" : LETTERS;
        if (pattern[i] == '#' || pattern[i] == '?')
            args[count++] = arm_call(a, "contains", 2, arm_string(a, set), letter);
        else if (pattern[i] != '.')
            args[count++] =
                arm_call(a, "equals", 2, letter, arm_string(a, arena_printf(a, "%c", pattern[i])));
    }
    return count == 1 ? args[0] : arm_call_list(a, "and", args, count);
}

static bool is_ascii(const char *text)
{
    while (*text > 0)
        text++;
    return *text == 0;
}

static Arm *folded_list(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    e = bound_literal(l, e);
    if (!type_is_text(e->type->element))
        return lower_list_arm(l, e);
    if (e->kind != TX_LIST)
        return arm_call(a, "json", 1,
                        arm_call(a, "toLower", 1, arm_call(a, "string", 1, lower_list_arm(l, e))));
    Arm **args = ARENA_ARRAY(a, Arm *, e->operands->len + 1);
    for (uint32_t i = 0; i < e->operands->len; i++)
        args[i] = folded(l, e->operands->items[i]);
    return arm_call_list(a, "createArray", args, e->operands->len);
}

static bool is_location_field(const TExpr *e)
{
    return e->kind == TX_FIELD && e->type->kind == TYPE_LOCATION && !e->field->is_alias;
}

// What only conditions can ask: ranks, durations, address ranges.
static bool is_for_conditions(CompareOp op, const TExpr *left, const TExpr *right)
{
    return compare_is_ranked(op, left, right) || right->type->kind == TYPE_DURATION ||
           (op == OP_IN && (left->type->kind == TYPE_CIDR || is_location_field(left)));
}

// Dates of different forms order wrongly; api-versions have one form.
static Arm *operand_arm(Lower *l, CompareOp op, const TExpr *e)
{
    if (op == OP_EQ)
        return folded(l, e);
    return e->type->kind == TYPE_DATETIME ? date_arm(l, e) : lower_arm(l, e);
}

static Arm *positive_arm(Lower *l, CompareOp op, const TExpr *e)
{
    Arena *a = l->arena;
    if (op == OP_MATCHES && e->right->kind == TX_STRING && is_ascii(e->right->text))
        return matches_arm(l, e->left, e->right->text);
    if (op > OP_IN || is_for_conditions(op, e->left, e->right))
        return unsupported(l, e);
    if (op == OP_IN)
        return arm_call(a, "contains", 2, folded_list(l, e->right), folded(l, e->left));
    static const char *const names[] = {[OP_EQ] = "equals",
                                        [OP_LT] = "less",
                                        [OP_LE] = "lessOrEquals",
                                        [OP_GT] = "greater",
                                        [OP_GE] = "greaterOrEquals"};
    return arm_call(a, names[op], 2, operand_arm(l, op, e->left), operand_arm(l, op, e->right));
}

// and(not(empty(x)), …), where what stands in for a missing x could make the rest true
static Arm *guarded_arm(Lower *l, CompareOp op, const TExpr *e, Arm *arm)
{
    Arena *a = l->arena;
    if (may_be_missing(l, e->left) && stand_in_may_hold(l, op, e->left, e->right))
        arm = arm_call(a, "and", 2, not_arm(l, absence_arm(l, e->left)), arm);
    if (op != OP_IN && may_be_missing(l, e->right))
        arm = arm_call(a, "and", 2, not_arm(l, absence_arm(l, e->right)), arm);
    return arm;
}

static Arm *compare_arm(Lower *l, const TExpr *e)
{
    CompareOp op = (CompareOp)e->op;
    bool negative = op == OP_NE || op == OP_NOT_IN || op == OP_NOT_LIKE;
    op = op == OP_NE ? OP_EQ : op == OP_NOT_IN ? OP_IN : op == OP_NOT_LIKE ? OP_LIKE : op;
    Arm *arm = guarded_arm(l, op, e, positive_arm(l, op, e));
    return negative ? not_arm(l, arm) : arm;
}

static Arm *joined(Lower *l, const char *name, const TExprs *operands)
{
    Arm **args = ARENA_ARRAY(l->arena, Arm *, operands->len);
    for (uint32_t i = 0; i < operands->len; i++)
        args[i] = lower_truth_arm(l, operands->items[i]);
    return arm_call_list(l->arena, name, args, operands->len);
}

// `is missing` asks what is written: a default does not count.
static Arm *missing_arm(Lower *l, const TExpr *e)
{
    if (e->kind != TX_FIELD || !e->field->initial)
        return absence_arm(l, e);
    FieldRef written = *e->field;
    TExpr property = *e;
    written.initial = NULL;
    property.field = &written;
    return absence_arm(l, &property);
}

Arm *lower_truth_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    switch ((TExprKind)e->kind) {
    case TX_BOOL:
        return arm_call(a, e->truth ? "true" : "false", 0);
    case TX_NOT:
        return not_arm(l, lower_truth_arm(l, e->operand));
    case TX_AND:
        return joined(l, "and", e->operands);
    case TX_OR:
        return joined(l, "or", e->operands);
    case TX_IMPLIES:
        return arm_call(a, "or", 2, not_arm(l, lower_truth_arm(l, e->left)),
                        lower_truth_arm(l, e->right));
    case TX_IF:
        return arm_call(a, "if", 3, lower_truth_arm(l, e->operands->items[0]),
                        lower_truth_arm(l, e->operands->items[1]),
                        lower_truth_arm(l, e->operands->items[2]));
    case TX_COMPARE:
        return compare_arm(l, e);
    case TX_IS_SET:
        return not_arm(l, missing_arm(l, e->operand));
    case TX_IS_MISSING:
        return missing_arm(l, e->operand);
    case TX_FIELD:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
    case TX_CALL:
        return lower_arm(l, e);
    case TX_QUANTIFIER:
    case TX_ERROR:
    case TX_NULL:
    case TX_INT:
    case TX_FLOAT:
    case TX_STRING:
    case TX_DURATION:
    case TX_VERSION:
    case TX_LIST:
    case TX_OBJECT:
    case TX_TAG:
    case TX_KEY:
    case TX_FACT:
    case TX_ARITHMETIC:
    case TX_COUNT:
        break;
    }
    return unsupported(l, e);
}
