// equal.c - are two trees of the model the same text?
//
// Spans do not count. Texts compare with case, members in their order. Trees
// deeper than any that may be emitted are never equal, which costs no more than
// a shared definition.
//
// SPDX-License-Identifier: MIT
#include "policy/model.h"

#include "policy/depth.h"

#include <string.h>

static bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

// --- expressions -----------------------------------------------------------------------------

static bool arm_same(const Arm *a, const Arm *b, uint32_t depth);

static bool args_same(const Arm *a, const Arm *b, uint32_t depth)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!arm_same(a->args[i], b->args[i], depth))
            return false;
    }
    return true;
}

static bool arm_same(const Arm *a, const Arm *b, uint32_t depth)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || depth > DEPTH_ARM)
        return false;
    switch (a->kind) {
    case ARM_STRING:
    case ARM_FLOAT:
        return text_equal(a->text, b->text);
    case ARM_INT:
        return a->number == b->number;
    case ARM_CALL:
        return text_equal(a->name, b->name) && args_same(a, b, depth + 1);
    case ARM_MEMBER:
        return text_equal(a->name, b->name) && arm_same(a->of, b->of, depth + 1);
    case ARM_INDEX:
        return arm_same(a->indexed, b->indexed, depth + 1) &&
               arm_same(a->index, b->index, depth + 1);
    }
    return false;
}

bool arm_equal(const Arm *a, const Arm *b)
{
    return arm_same(a, b, 0);
}

// --- values ----------------------------------------------------------------------------------

static bool value_same(const Value *a, const Value *b, uint32_t depth);

static bool items_same(const Value *a, const Value *b, uint32_t depth)
{
    if (a->items.len != b->items.len)
        return false;
    for (uint32_t i = 0; i < a->items.len; i++) {
        if (!value_same(a->items.items[i], b->items.items[i], depth))
            return false;
    }
    return true;
}

static bool members_same(const MemberList *a, const MemberList *b, uint32_t depth)
{
    if (a->len != b->len)
        return false;
    for (uint32_t i = 0; i < a->len; i++) {
        const Member *m = &a->items[i], *n = &b->items[i];
        if (!text_equal(m->name, n->name) || !value_same(m->value, n->value, depth))
            return false;
    }
    return true;
}

static bool value_same(const Value *a, const Value *b, uint32_t depth)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || depth > DEPTH_VALUE)
        return false;
    switch (a->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOL:
        return a->truth == b->truth;
    case VALUE_INT:
        return a->number == b->number;
    case VALUE_FLOAT:
    case VALUE_STRING:
        return text_equal(a->text, b->text);
    case VALUE_ARM:
        return arm_equal(a->arm, b->arm);
    case VALUE_ARRAY:
        return items_same(a, b, depth + 1);
    case VALUE_OBJECT:
        return members_same(&a->members, &b->members, depth + 1);
    }
    return false;
}

bool value_equal(const Value *a, const Value *b)
{
    return value_same(a, b, 0);
}

static bool extra_same(const MemberList *a, const MemberList *b)
{
    return members_same(a, b, 0);
}

// --- conditions ------------------------------------------------------------------------------

static bool condition_same(const Condition *a, const Condition *b, uint32_t depth)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || depth > DEPTH_CONDITION)
        return false;
    switch (a->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        if (a->children.len != b->children.len)
            return false;
        for (uint32_t i = 0; i < a->children.len; i++) {
            if (!condition_same(a->children.items[i], b->children.items[i], depth + 1))
                return false;
        }
        return true;
    case CONDITION_NOT:
        return condition_same(a->child, b->child, depth + 1);
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        return a->op == b->op && value_equal(a->left, b->left) && value_equal(a->right, b->right);
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        return a->op == b->op && text_equal(a->name, b->name) && value_equal(a->left, b->left) &&
               value_equal(a->right, b->right) && condition_same(a->where, b->where, depth + 1);
    }
    return false;
}

bool condition_equal(const Condition *a, const Condition *b)
{
    return condition_same(a, b, 0);
}

// --- details ---------------------------------------------------------------------------------

static bool append_same(const Details *a, const Details *b)
{
    if (a->append.len != b->append.len)
        return false;
    for (uint32_t i = 0; i < a->append.len; i++) {
        const AppendField *f = &a->append.items[i], *g = &b->append.items[i];
        if (!value_equal(f->field, g->field) || !value_equal(f->value, g->value) ||
            !extra_same(&f->extra, &g->extra))
            return false;
    }
    return true;
}

static bool operations_same(const Details *a, const Details *b)
{
    if (a->operations.len != b->operations.len)
        return false;
    for (uint32_t i = 0; i < a->operations.len; i++) {
        const Operation *f = &a->operations.items[i], *g = &b->operations.items[i];
        if (!text_equal(f->operation, g->operation) || !value_equal(f->field, g->field) ||
            !value_equal(f->value, g->value) || !value_equal(f->condition, g->condition) ||
            !extra_same(&f->extra, &g->extra))
            return false;
    }
    return true;
}

static bool roles_same(const Details *a, const Details *b)
{
    if (a->role_ids.len != b->role_ids.len)
        return false;
    for (uint32_t i = 0; i < a->role_ids.len; i++) {
        if (!text_equal(a->role_ids.items[i], b->role_ids.items[i]))
            return false;
    }
    return true;
}

static bool related_same(const Details *a, const Details *b)
{
    return text_equal(a->type, b->type) && value_equal(a->name, b->name) &&
           value_equal(a->resource_group, b->resource_group) &&
           text_equal(a->existence_scope, b->existence_scope) &&
           text_equal(a->evaluation_delay, b->evaluation_delay) &&
           condition_equal(a->existence, b->existence) &&
           text_equal(a->deployment_scope, b->deployment_scope) &&
           value_equal(a->deployment, b->deployment);
}

bool details_equal(const Details *a, const Details *b)
{
    return a->kind == b->kind && append_same(a, b) && operations_same(a, b) && roles_same(a, b) &&
           text_equal(a->conflict_effect, b->conflict_effect) && related_same(a, b) &&
           value_equal(a->actions, b->actions) && value_equal(a->cascade, b->cascade) &&
           text_equal(a->default_state, b->default_state) && value_equal(a->other, b->other) &&
           extra_same(&a->extra, &b->extra);
}
