// walk.c - see walk.h. The depth of a typed tree is bounded where it is made.
//
// SPDX-License-Identifier: MIT
#include "sema/walk.h"

void typed_walk_list(const TExprs *list, TypedVisit *visit, void *context)
{
    for (uint32_t i = 0; list && i < list->len; i++)
        typed_walk(list->items[i], visit, context);
}

static void walk_below(const TExpr *e, TypedVisit *visit, void *context)
{
    switch ((TExprKind)e->kind) {
    case TX_ERROR:
    case TX_NULL:
    case TX_BOOL:
    case TX_INT:
    case TX_FLOAT:
    case TX_STRING:
    case TX_DURATION:
    case TX_VERSION:
    case TX_FIELD:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_KEY:
        return;
    case TX_NOT:
    case TX_IS_SET:
    case TX_IS_MISSING:
    case TX_TAG:
        typed_walk(e->operand, visit, context);
        return;
    case TX_COMPARE:
    case TX_ARITHMETIC:
    case TX_IMPLIES:
    case TX_LOOKUP:
    case TX_INDEX:
        typed_walk(e->left, visit, context);
        typed_walk(e->right, visit, context);
        return;
    case TX_MEMBER:
        typed_walk(e->object, visit, context);
        return;
    case TX_AND:
    case TX_OR:
    case TX_LIST:
    case TX_CALL:
    case TX_FACT:
    case TX_IF:
        typed_walk_list(e->operands, visit, context);
        return;
    case TX_OBJECT:
        typed_walk_list(e->entry_values, visit, context);
        return;
    case TX_QUANTIFIER:
    case TX_COUNT:
        typed_walk(e->bound->list, visit, context);
        typed_walk(e->body, visit, context);
        return;
    }
}

void typed_walk(const TExpr *e, TypedVisit *visit, void *context)
{
    if (e && visit(e, context))
        walk_below(e, visit, context);
}

void typed_walk_rule(const TRule *rule, TypedVisit *visit, void *context)
{
    typed_walk_list(&rule->where, visit, context);
    typed_walk_list(&rule->requires, visit, context);
    if (rule->related) {
        typed_walk(rule->related->name, visit, context);
        typed_walk(rule->related->group, visit, context);
        typed_walk(rule->related->condition, visit, context);
    }
    if (rule->admission) {
        typed_walk(rule->admission->address, visit, context);
        typed_walk(rule->admission->settings, visit, context);
    }
    typed_walk(rule->group, visit, context);
    for (uint32_t i = 0; i < rule->remedies.len; i++) {
        const TRemedy *r = rule->remedies.items[i];
        typed_walk(r->place, visit, context);
        typed_walk(r->value, visit, context);
        typed_walk(r->when, visit, context);
        typed_walk(r->name, visit, context);
        typed_walk(r->object, visit, context);
    }
}
