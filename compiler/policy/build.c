// build.c - makes the nodes of the policy model, and knows its operators.
//
// SPDX-License-Identifier: MIT
#include "policy/model.h"

#include "base/bug.h"

#include <stdarg.h>

// --- expressions -----------------------------------------------------------------------------

static Arm *arm_new(Arena *a, ArmKind kind)
{
    Arm *arm = ARENA_NEW(a, Arm);
    arm->kind = kind;
    return arm;
}

Arm *arm_string(Arena *a, const char *text)
{
    Arm *arm = arm_new(a, ARM_STRING);
    arm->text = text;
    return arm;
}

Arm *arm_int(Arena *a, int64_t n)
{
    Arm *arm = arm_new(a, ARM_INT);
    arm->number = n;
    return arm;
}

Arm *arm_float(Arena *a, const char *digits)
{
    Arm *arm = arm_new(a, ARM_FLOAT);
    arm->text = digits;
    return arm;
}

Arm *arm_call_list(Arena *a, const char *name, Arm **args, uint32_t count)
{
    Arm *arm = arm_new(a, ARM_CALL);
    arm->name = name;
    arm->args = args;
    arm->count = count;
    return arm;
}

Arm *arm_call(Arena *a, const char *name, uint32_t count, ...)
{
    Arm **args = ARENA_ARRAY(a, Arm *, count);
    va_list list;
    va_start(list, count);
    for (uint32_t i = 0; i < count; i++)
        args[i] = va_arg(list, Arm *);
    va_end(list);
    return arm_call_list(a, name, args, count);
}

Arm *arm_member(Arena *a, Arm *of, const char *name)
{
    Arm *arm = arm_new(a, ARM_MEMBER);
    arm->of = of;
    arm->name = name;
    return arm;
}

Arm *arm_index(Arena *a, Arm *of, Arm *index)
{
    Arm *arm = arm_new(a, ARM_INDEX);
    arm->indexed = of;
    arm->index = index;
    return arm;
}

// --- values ----------------------------------------------------------------------------------

static Value *value_new(Arena *a, ValueKind kind)
{
    Value *v = ARENA_NEW(a, Value);
    v->kind = kind;
    return v;
}

Value *value_null(Arena *a)
{
    return value_new(a, VALUE_NULL);
}

Value *value_bool(Arena *a, bool b)
{
    Value *v = value_new(a, VALUE_BOOL);
    v->truth = b;
    return v;
}

Value *value_int(Arena *a, int64_t n)
{
    Value *v = value_new(a, VALUE_INT);
    v->number = n;
    return v;
}

Value *value_float(Arena *a, const char *digits)
{
    Value *v = value_new(a, VALUE_FLOAT);
    v->text = digits;
    return v;
}

Value *value_string(Arena *a, const char *text)
{
    Value *v = value_new(a, VALUE_STRING);
    v->text = text;
    return v;
}

Value *value_arm(Arena *a, Arm *arm)
{
    if (arm->kind == ARM_STRING)
        return value_string(a, arm->text);
    if (arm->kind == ARM_INT)
        return value_int(a, arm->number);
    Value *v = value_new(a, VALUE_ARM);
    v->arm = arm;
    return v;
}

Value *value_expression(Arena *a, Arm *arm, const char *written)
{
    Value *v = value_new(a, VALUE_ARM);
    v->arm = arm;
    v->written = written;
    return v;
}

Value *value_array(Arena *a)
{
    return value_new(a, VALUE_ARRAY);
}

Value *value_object(Arena *a)
{
    return value_new(a, VALUE_OBJECT);
}

void value_push(Arena *a, Value *array, Value *item)
{
    vec_push(a, &array->items, item);
}

void value_set(Arena *a, Value *object, const char *name, Value *value)
{
    vec_push(a, &object->members, ((Member){name, value}));
}

// --- conditions ------------------------------------------------------------------------------

Condition *condition_leaf(Arena *a, ConditionKind kind, Value *left, Operator op, Value *right)
{
    Condition *c = ARENA_NEW(a, Condition);
    c->kind = kind;
    c->op = op;
    c->left = left;
    c->right = right;
    return c;
}

Condition *condition_field(Arena *a, const char *field, Operator op, Value *right)
{
    return condition_leaf(a, CONDITION_FIELD, value_string(a, field), op, right);
}

Condition *condition_group(Arena *a, ConditionKind kind)
{
    if (kind != CONDITION_ALL_OF && kind != CONDITION_ANY_OF)
        BUG("a group is allOf or anyOf");
    Condition *c = ARENA_NEW(a, Condition);
    c->kind = kind;
    return c;
}

void condition_push(Arena *a, Condition *group, Condition *child)
{
    vec_push(a, &group->children, child);
}

Condition *condition_not(Arena *a, Condition *child)
{
    Condition *c = ARENA_NEW(a, Condition);
    c->kind = CONDITION_NOT;
    c->child = child;
    return c;
}

// --- operators -------------------------------------------------------------------------------

static const struct {
    const char *text;
    bool has_complement;
    Operator complement;
} OPERATORS[] = {
    [OPERATOR_EQUALS] = {"equals", true, OPERATOR_NOT_EQUALS},
    [OPERATOR_NOT_EQUALS] = {"notEquals", true, OPERATOR_EQUALS},
    [OPERATOR_LIKE] = {"like", true, OPERATOR_NOT_LIKE},
    [OPERATOR_NOT_LIKE] = {"notLike", true, OPERATOR_LIKE},
    [OPERATOR_MATCH] = {"match", true, OPERATOR_NOT_MATCH},
    [OPERATOR_MATCH_INSENSITIVELY] = {"matchInsensitively", true, OPERATOR_NOT_MATCH_INSENSITIVELY},
    [OPERATOR_NOT_MATCH] = {"notMatch", true, OPERATOR_MATCH},
    [OPERATOR_NOT_MATCH_INSENSITIVELY] = {"notMatchInsensitively", true,
                                          OPERATOR_MATCH_INSENSITIVELY},
    [OPERATOR_CONTAINS] = {"contains", true, OPERATOR_NOT_CONTAINS},
    [OPERATOR_NOT_CONTAINS] = {"notContains", true, OPERATOR_CONTAINS},
    [OPERATOR_IN] = {"in", true, OPERATOR_NOT_IN},
    [OPERATOR_NOT_IN] = {"notIn", true, OPERATOR_IN},
    [OPERATOR_CONTAINS_KEY] = {"containsKey", true, OPERATOR_NOT_CONTAINS_KEY},
    [OPERATOR_NOT_CONTAINS_KEY] = {"notContainsKey", true, OPERATOR_CONTAINS_KEY},
    [OPERATOR_LESS] = {.text = "less"},
    [OPERATOR_LESS_OR_EQUALS] = {.text = "lessOrEquals"},
    [OPERATOR_GREATER] = {.text = "greater"},
    [OPERATOR_GREATER_OR_EQUALS] = {.text = "greaterOrEquals"},
    [OPERATOR_EXISTS] = {.text = "exists"}, // its complement is the other right side
};

const char *operator_text(Operator op)
{
    return OPERATORS[op].text;
}

bool operator_complement(Operator op, Operator *ret)
{
    if (!OPERATORS[op].has_complement)
        return false;
    *ret = OPERATORS[op].complement;
    return true;
}
