// constant.c - constants of the language as JSON values.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

// In the spelling of its type: 7.00:00:00, or ISO 8601.
static const char *duration_text(Arena *a, const TExpr *e)
{
    int64_t n = e->number;
    if (e->type->kind == TYPE_DURATION_CLOCK)
        return arena_printf(a, "%" PRId64 ".%02d:%02d:%02d", n / DAY, (int)(n % DAY / HOUR),
                            (int)(n % HOUR / MINUTE), (int)(n % MINUTE));
    if (n > 0 && n % DAY == 0)
        return arena_printf(a, "P%" PRId64 "D", n / DAY);
    if (n % MINUTE == 0)
        return arena_printf(a, "PT%" PRId64 "M", n / MINUTE);
    return arena_printf(a, "PT%" PRId64 "S", n);
}

static Value *constant_list(Arena *a, const TExprs *items)
{
    Value *list = value_array(a);
    for (uint32_t i = 0; i < items->len; i++) {
        Value *item = lower_constant(a, items->items[i]);
        if (!item)
            return NULL;
        value_push(a, list, item);
    }
    return list;
}

static Value *constant_object(Arena *a, const TExpr *e)
{
    Value *object = value_object(a);
    for (uint32_t i = 0; e->entry_values && i < e->entry_values->len; i++) {
        Value *value = lower_constant(a, e->entry_values->items[i]);
        if (!value)
            return NULL;
        value_set(a, object, e->entry_keys[i].name, value);
    }
    return object;
}

static Value *constant_of(Arena *a, const TExpr *e)
{
    switch ((TExprKind)e->kind) {
    case TX_NULL:
        return value_null(a);
    case TX_BOOL:
        return value_bool(a, e->truth);
    case TX_INT:
        return value_int(a, e->number);
    case TX_FLOAT:
        return value_float(a, arena_copy(a, e->text, strlen(e->text)));
    case TX_STRING:
    case TX_VERSION:
        return value_string(a, arena_copy(a, e->text, strlen(e->text)));
    case TX_DURATION:
        return value_string(a, duration_text(a, e));
    case TX_LIST:
        return constant_list(a, e->operands);
    case TX_OBJECT:
        return constant_object(a, e);
    case TX_ERROR:
    case TX_FIELD:
    case TX_TAG:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_KEY:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
    case TX_FACT:
    case TX_CALL:
    case TX_NOT:
    case TX_AND:
    case TX_OR:
    case TX_IMPLIES:
    case TX_IF:
    case TX_COMPARE:
    case TX_IS_SET:
    case TX_IS_MISSING:
    case TX_ARITHMETIC:
    case TX_QUANTIFIER:
    case TX_COUNT:
        return NULL;
    }
    BUG("no such expression");
}

Value *lower_constant(Arena *a, const TExpr *e)
{
    Value *v = constant_of(a, e);
    if (v)
        v->span = e->span;
    return v;
}
