// interpret_absent.c - which expressions may be missing, whatever the resource is.
//
// spec: types, missing values
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <string.h>

static bool any_may_be_absent(const TExprs *list, uint32_t from)
{
    for (uint32_t i = from; i < list->len; i++)
        if (may_be_absent(list->items[i]))
            return true;
    return false;
}

static bool all_may_be_absent(const TExprs *list)
{
    for (uint32_t i = 0; i < list->len; i++)
        if (!may_be_absent(list->items[i]))
            return false;
    return true;
}

static bool field_may_be_absent(const FieldRef *f)
{
    static const char *const always[] = {"name", "id", "fullName"};
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (!f->is_alias && strcmp(f->alias, always[i]) == 0)
            return false;
    return !f->initial;
}

static bool fact_may_be_absent(const TExpr *e)
{
    static const char *const always[] = {"id", "name", "location"};
    if (e->op == FACT_REQUEST)
        return e->operands->len > 1;
    bool absent = e->op == FACT_RESOURCE_GROUP;
    for (size_t i = 0; i < sizeof always / sizeof always[0] && absent; i++)
        absent = strcmp(e->operands->items[0]->text, always[i]) != 0;
    return absent;
}

bool may_give_nothing(const TExpr *e)
{
    const TExpr *of = e->operands->items[0];
    bool split = of->kind == TX_CALL && of->function == FUNCTION_SPLIT;
    return (e->function == FUNCTION_FIRST || e->function == FUNCTION_LAST) && !split;
}

static bool call_may_be_absent(const TExpr *e)
{
    if (may_give_nothing(e))
        return true;
    switch ((int)e->function) {
    case FUNCTION_COALESCE:
        return all_may_be_absent(e->operands);
    case FUNCTION_EMPTY:
    case FUNCTION_LENGTH:
        return false;
    default:
        return any_may_be_absent(e->operands, 0);
    }
}

bool may_be_absent(const TExpr *e)
{
    switch ((TExprKind)e->kind) {
    case TX_FIELD:
        return field_may_be_absent(e->field);
    case TX_TAG:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
        return true;
    case TX_FACT:
        return fact_may_be_absent(e);
    case TX_CALL:
        return call_may_be_absent(e);
    case TX_IF:
        return any_may_be_absent(e->operands, 1);
    case TX_ARITHMETIC:
        return may_be_absent(e->left) || may_be_absent(e->right);
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
        break;
    }
    return false;
}

bool is_property(const TExpr *e)
{
    return e->kind == TX_FIELD ||
           (e->kind == TX_TAG && (e->operand->kind == TX_STRING || e->operand->kind == TX_PARAM));
}
