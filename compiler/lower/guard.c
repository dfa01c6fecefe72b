// guard.c - which values may be missing, and what must be there for them.
//
// spec: lowering L5, L6. A value that may be missing is '' in an expression. A
// function that keeps '' as '' needs no more; any other is guarded by asking
// for what it is computed from.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"
#include "sema/walk.h"

#include <string.h>

// Functions whose result is '' (or empty) where their first argument is.
static bool keeps_missing(uint16_t function)
{
    static const char *const names[] = {
        "toLower", "toUpper", "trim", "replace",   "take",          "skip",      "first",   "last",
        "split",   "segment", "host", "normalise", "without_space", "substring", "coalesce"};
    const char *name = function_text(function);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

// Functions that say how much there is: of what is missing, nothing.
static bool measures(uint16_t function)
{
    const char *name = function_text(function);
    return strcmp(name, "empty") == 0 || strcmp(name, "length") == 0;
}

static bool fact_may_be_missing(const Lower *l, const TExpr *e)
{
    switch ((ScopeFact)e->op) {
    case FACT_RESOURCE_GROUP: {
        const TExpr *key = e->operands->items[0];
        if (l->child_of_resource)
            return true;
        return strcmp(key->text, "id") != 0 && strcmp(key->text, "name") != 0 &&
               strcmp(key->text, "location") != 0;
    }
    case FACT_REQUEST:
        return strcmp(e->operands->items[0]->text, "apiVersion") != 0;
    case FACT_POLICY:
    case FACT_SUBSCRIPTION:
    case FACT_NOW:
        return false;
    }
    BUG("no such fact");
}

static bool any_may_be_missing(const Lower *l, const TExprs *list, uint32_t from)
{
    for (uint32_t i = from; i < list->len; i++)
        if (may_be_missing(l, list->items[i]))
            return true;
    return false;
}

// The first of nothing is missing; a text split is never nothing.
bool is_of_nothing(const TExpr *e)
{
    const TExpr *list = e->operands->items[0];
    bool split = list->kind == TX_CALL && list->function == FUNCTION_SPLIT;
    return (e->function == FUNCTION_FIRST || e->function == FUNCTION_LAST) && !split;
}

static bool call_may_be_missing(const Lower *l, const TExpr *e)
{
    if (is_of_nothing(e))
        return true;
    if (measures(e->function))
        return false;
    if (strcmp(function_text(e->function), "coalesce") != 0)
        return any_may_be_missing(l, e->operands, 0);
    for (uint32_t i = 0; i < e->operands->len; i++)
        if (!may_be_missing(l, e->operands->items[i]))
            return false;
    return true;
}

bool may_be_missing(const Lower *l, const TExpr *e)
{
    e = bound_literal(l, e);
    switch ((TExprKind)e->kind) {
    case TX_FIELD:
        return e->field->initial == NULL &&
               (e->field->is_alias ||
                (strcmp(e->field->alias, "name") != 0 && strcmp(e->field->alias, "id") != 0 &&
                 strcmp(e->field->alias, "fullName") != 0));
    case TX_TAG:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
        return true;
    case TX_FACT:
        return fact_may_be_missing(l, e);
    case TX_CALL:
        return call_may_be_missing(l, e);
    case TX_IF:
        return any_may_be_missing(l, e->operands, 1);
    case TX_ARITHMETIC:
        return may_be_missing(l, e->left) || may_be_missing(l, e->right);
    case TX_ERROR:
    case TX_NULL:
    case TX_BOOL:
    case TX_INT:
    case TX_FLOAT:
    case TX_STRING:
    case TX_DURATION:
    case TX_VERSION:
    case TX_LIST:
    case TX_OBJECT:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_KEY:
    case TX_NOT:
    case TX_AND:
    case TX_OR:
    case TX_IMPLIES:
    case TX_COMPARE:
    case TX_IS_SET:
    case TX_IS_MISSING:
    case TX_QUANTIFIER:
    case TX_COUNT:
        return false;
    }
    BUG("no such expression");
}

static bool visit_failing(const TExpr *e, void *context)
{
    bool *found = context;
    *found = *found || (e->kind == TX_CALL && function_may_fail(e->function));
    return !*found;
}

bool may_fail(const TExpr *e)
{
    bool found = false;
    typed_walk(e, visit_failing, &found);
    return found;
}

// What `e` needs to be there: `inside` once under a function that does not keep ''.
void collect_guards(Lower *l, const TExpr *e, bool inside, TExprs *ret)
{
    e = bound_literal(l, e);
    if (!may_be_missing(l, e))
        return;
    if (e->kind == TX_CALL && (e->function == FUNCTION_COALESCE || is_of_nothing(e))) {
        if (inside) // it is there as a whole
            vec_push(l->arena, ret, (TExpr *)e);
    } else if (e->kind == TX_CALL) {
        inside = inside || !keeps_missing(e->function);
        for (uint32_t i = 0; i < e->operands->len; i++)
            collect_guards(l, e->operands->items[i], inside, ret);
    } else if (e->kind == TX_ARITHMETIC) {
        collect_guards(l, e->left, true, ret);
        collect_guards(l, e->right, true, ret);
    } else if (e->kind == TX_IF) {
        if (!may_fail(e)) // else its own test says when a branch is meant
            vec_push(l->arena, ret, (TExpr *)e);
    } else if (inside) {
        vec_push(l->arena, ret, (TExpr *)e);
    }
}
