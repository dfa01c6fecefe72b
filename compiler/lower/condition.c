// condition.c - logic: and, or, not, implies, if, is set.
//
// Every condition is lowered together with its polarity, so that negation is
// pushed to the leaves while it is built (spec: lowering, normal form).
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"
#include "base/limits.h"

Condition *constant_condition(Lower *l, bool truth)
{
    return condition_group(l->arena, truth ? CONDITION_ALL_OF : CONDITION_ANY_OF);
}

bool condition_is_constant(const Condition *c, bool truth)
{
    return c->kind == (truth ? CONDITION_ALL_OF : CONDITION_ANY_OF) && c->children.len == 0;
}

Condition *pair_condition(Lower *l, ConditionKind kind, Condition *a, Condition *b)
{
    Condition *group = condition_group(l->arena, kind);
    condition_push(l->arena, group, a);
    condition_push(l->arena, group, b);
    return simplify(l->arena, group);
}

Condition *lower_all(Lower *l, const TExprs *list, bool negate)
{
    Condition *group = condition_group(l->arena, negate ? CONDITION_ANY_OF : CONDITION_ALL_OF);
    for (uint32_t i = 0; i < list->len; i++)
        condition_push(l->arena, group, lower_condition(l, list->items[i], negate));
    return simplify(l->arena, group);
}

static Condition *lower_any(Lower *l, const TExprs *list, bool negate)
{
    Condition *group = condition_group(l->arena, negate ? CONDITION_ALL_OF : CONDITION_ANY_OF);
    for (uint32_t i = 0; i < list->len; i++)
        condition_push(l->arena, group, lower_condition(l, list->items[i], negate));
    return simplify(l->arena, group);
}

// a implies b: not a, or b
static Condition *lower_implies(Lower *l, const TExpr *e, bool negate)
{
    Condition *a = lower_condition(l, e->left, !negate);
    Condition *b = lower_condition(l, e->right, negate);
    return pair_condition(l, negate ? CONDITION_ALL_OF : CONDITION_ANY_OF, a, b);
}

// if c then a else b: (c and a) or (not c and b); negated, a and b are
static Condition *lower_if(Lower *l, const TExpr *e, bool negate)
{
    const TExprs *parts = e->operands;
    Condition *then =
        pair_condition(l, CONDITION_ALL_OF, lower_condition(l, parts->items[0], false),
                       lower_condition(l, parts->items[1], negate));
    Condition *other =
        pair_condition(l, CONDITION_ALL_OF, lower_condition(l, parts->items[0], true),
                       lower_condition(l, parts->items[2], negate));
    return pair_condition(l, CONDITION_ANY_OF, then, other);
}

Condition *exists_condition(Lower *l, const TExpr *subject, bool exists)
{
    return leaf_condition(l, subject, OPERATOR_EXISTS, value_bool(l->arena, exists), subject->span);
}

// Presence of what is no field: what may be missing is '' (L6), a list or an object is empty.
static Condition *value_is_set(Lower *l, const TExpr *e, bool set)
{
    Arena *a = l->arena;
    TypeKind kind = e->type->kind;
    if (e->kind == TX_IF)
        return condition_leaf(a, CONDITION_VALUE, value_arm(a, absence_arm(l, e)), OPERATOR_EQUALS,
                              value_bool(a, !set));
    if (kind == TYPE_LIST || kind == TYPE_TABLE || kind == TYPE_RECORD || kind == TYPE_OBJECT) {
        Arm *value = kind == TYPE_LIST ? lower_list_arm(l, e) : lower_arm(l, e);
        return condition_leaf(a, CONDITION_VALUE, value_arm(a, arm_call(a, "empty", 1, value)),
                              OPERATOR_EQUALS, value_bool(a, !set));
    }
    return condition_leaf(a, CONDITION_VALUE, value_arm(a, lower_arm(l, e)),
                          set ? OPERATOR_NOT_EQUALS : OPERATOR_EQUALS, value_string(a, ""));
}

// Of an expression: what it is computed from is there, and so is what comes out.
Condition *presence_condition(Lower *l, const TExpr *subject, bool set)
{
    subject = bound_literal(l, subject);
    if (reads_by_field(l, subject) && !is_variable_tag(subject))
        return exists_condition(l, subject, set);
    if (!may_be_missing(l, subject) && !type_is_text(subject->type))
        return constant_condition(l, set);
    TExprs parts = {0};
    collect_guards(l, subject, false, &parts);
    Condition *all = condition_group(l->arena, set ? CONDITION_ALL_OF : CONDITION_ANY_OF);
    for (uint32_t i = 0; i < parts.len; i++)
        if (parts.items[i] != subject)
            condition_push(l->arena, all, presence_condition(l, parts.items[i], set));
    condition_push(l->arena, all, value_is_set(l, subject, set));
    return simplify(l->arena, all);
}

// A boolean that is no comparison: a parameter, an element, a function.
static Condition *lower_truth(Lower *l, const TExpr *e, bool negate)
{
    return leaf_condition(l, e, negate ? OPERATOR_NOT_EQUALS : OPERATOR_EQUALS,
                          value_bool(l->arena, true), e->span);
}

static Condition *lower_by_kind(Lower *l, const TExpr *e, bool negate)
{
    switch ((TExprKind)e->kind) {
    case TX_BOOL:
        return constant_condition(l, e->truth != negate);
    case TX_NOT:
        return lower_condition(l, e->operand, !negate);
    case TX_AND:
        return lower_all(l, e->operands, negate);
    case TX_OR:
        return lower_any(l, e->operands, negate);
    case TX_IMPLIES:
        return lower_implies(l, e, negate);
    case TX_IF:
        return lower_if(l, e, negate);
    case TX_COMPARE:
        return lower_compare(l, e, negate);
    case TX_IS_SET:
        return presence_condition(l, e->operand, !negate);
    case TX_IS_MISSING:
        return presence_condition(l, e->operand, negate);
    case TX_QUANTIFIER:
        return lower_quantifier(l, e, negate);
    case TX_FIELD:
    case TX_TAG:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
    case TX_CALL:
    case TX_FACT:
        return lower_truth(l, e, negate);
    case TX_ERROR:
    case TX_NULL:
    case TX_INT:
    case TX_FLOAT:
    case TX_STRING:
    case TX_DURATION:
    case TX_VERSION:
    case TX_LIST:
    case TX_OBJECT:
    case TX_KEY:
    case TX_ARITHMETIC:
    case TX_COUNT:
        break;
    }
    BUG("not a condition");
}

Condition *lower_condition(Lower *l, const TExpr *e, bool negate)
{
    if (l->failed)
        return constant_condition(l, true);
    if (++l->made > LIMIT_ELABORATION || l->depth >= LIMIT_LOWER_DEPTH) {
        l->failed = true;
        Diag *d = diag_report(l->compilation->diags, DIAG_CONDITION_TOO_LARGE, e->span,
                              "this condition grows past %u conditions", LIMIT_ELABORATION);
        diag_help(l->compilation->diags, d, "split the requirement, or nest fewer `if`s");
        return constant_condition(l, true);
    }
    l->depth++;
    Condition *c = lower_by_kind(l, e, negate);
    l->depth--;
    if (c->span.end == 0)
        c->span = e->span;
    return c;
}
