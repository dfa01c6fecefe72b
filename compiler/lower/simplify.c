// simplify.c - the same meaning in fewer words.
//
// Groups are simplified as they are built, so their children already are: one
// level is looked at, never the whole tree. Only exact complements are used: a
// rewrite holds for missing, null and wrong types too (law: simplify keeps eval).
//
// SPDX-License-Identifier: MIT
#include "lower/lower.h"

#include "lower/internal.h"

#include <string.h>

#define PAIRWISE_MAX 200u // children compared with each other

static bool is_leaf(const Condition *c)
{
    return c->kind == CONDITION_FIELD || c->kind == CONDITION_VALUE;
}

static bool is_group(const Condition *c)
{
    return c->kind == CONDITION_ALL_OF || c->kind == CONDITION_ANY_OF;
}

static ConditionKind dual(ConditionKind kind)
{
    return kind == CONDITION_ALL_OF ? CONDITION_ANY_OF : CONDITION_ALL_OF;
}

static bool complementary(const Condition *a, const Condition *b)
{
    if (!is_leaf(a) || a->kind != b->kind || !value_equal(a->left, b->left))
        return false;
    if (a->op == OPERATOR_EXISTS)
        return b->op == OPERATOR_EXISTS && a->right->truth != b->right->truth;
    Operator opposite;
    return operator_complement(a->op, &opposite) && b->op == opposite &&
           value_equal(a->right, b->right);
}

// --- several equals of one field: in -----------------------------------------------------------

static bool is_text(const Value *v)
{
    return v->kind == VALUE_STRING && v->text[0] != '\0';
}

static bool is_membership(const Condition *c, Operator one, Operator several)
{
    if (!is_leaf(c) || (c->op == one ? !is_text(c->right) : c->op != several))
        return false;
    if (c->op == several && c->right->kind != VALUE_ARRAY)
        return false;
    for (uint32_t i = 0; c->op == several && i < c->right->items.len; i++)
        if (!is_text(c->right->items.items[i]))
            return false;
    return true;
}

static void add_values(Arena *a, Value *list, const Condition *c)
{
    if (c->right->kind != VALUE_ARRAY) {
        value_push(a, list, c->right);
        return;
    }
    for (uint32_t i = 0; i < c->right->items.len; i++)
        value_push(a, list, c->right->items.items[i]);
}

static Condition *merged(Arena *a, const Condition *x, const Condition *y, Operator several)
{
    Value *list = value_array(a);
    add_values(a, list, x);
    add_values(a, list, y);
    Condition *c = condition_leaf(a, x->kind, x->left, several, list);
    c->span = span_join(x->span, y->span);
    return c;
}

// Takes `c` into a child that asks for membership of the same field.
static bool merge_into(Arena *a, Condition *group, const Condition *c)
{
    bool all = group->kind == CONDITION_ALL_OF;
    Operator one = all ? OPERATOR_NOT_EQUALS : OPERATOR_EQUALS;
    Operator several = all ? OPERATOR_NOT_IN : OPERATOR_IN;
    if (!is_membership(c, one, several))
        return false;
    for (uint32_t i = 0; i < group->children.len && i < PAIRWISE_MAX; i++) {
        const Condition *other = group->children.items[i];
        if (other->kind == c->kind && is_membership(other, one, several) &&
            value_equal(other->left, c->left)) {
            group->children.items[i] = merged(a, other, c, several);
            return true;
        }
    }
    return false;
}

// --- children against each other -----------------------------------------------------------------

static bool has_child(const Condition *group, const Condition *c)
{
    for (uint32_t i = 0; i < group->children.len && i < PAIRWISE_MAX; i++)
        if (condition_equal(group->children.items[i], c))
            return true;
    return false;
}

static bool has_complement(const Condition *group, const Condition *c)
{
    for (uint32_t i = 0; i < group->children.len && i < PAIRWISE_MAX; i++)
        if (complementary(group->children.items[i], c))
            return true;
    return false;
}

// x or (not x and P) is x or P; and the same with and, or exchanged.
static Condition *without_complements(Arena *a, const Condition *group, Condition *inner)
{
    bool found = false;
    for (uint32_t i = 0; i < inner->children.len && !found; i++)
        found = has_complement(group, inner->children.items[i]);
    if (!found)
        return inner;
    Condition *rest = condition_group(a, inner->kind);
    rest->span = inner->span;
    for (uint32_t i = 0; i < inner->children.len; i++)
        if (!has_complement(group, inner->children.items[i]))
            condition_push(a, rest, inner->children.items[i]);
    return simplify(a, rest);
}

// x or (x and P) is x.
static bool absorbed(const Condition *group, const Condition *inner)
{
    for (uint32_t i = 0; i < inner->children.len; i++)
        if (is_leaf(inner->children.items[i]) && has_child(group, inner->children.items[i]))
            return true;
    return false;
}

// The children once flattened, without constants and copies; NULL where one decides alone.
static Condition *flat(Arena *a, const Condition *c)
{
    Condition *group = condition_group(a, c->kind);
    group->span = c->span;
    for (uint32_t i = 0; i < c->children.len; i++) {
        const Condition *child = c->children.items[i];
        bool same = child->kind == c->kind;
        if (child->kind == dual(c->kind) && child->children.len == 0)
            return NULL;
        uint32_t count = same ? child->children.len : 1;
        for (uint32_t j = 0; j < count; j++) {
            Condition *one = same ? child->children.items[j] : c->children.items[i];
            if (has_complement(group, one))
                return NULL;
            if (!has_child(group, one) && !merge_into(a, group, one))
                condition_push(a, group, one);
        }
    }
    return group;
}

static Condition *simplify_group(Arena *a, Condition *c)
{
    Condition *group = flat(a, c);
    if (!group) {
        Condition *constant = condition_group(a, dual(c->kind));
        constant->span = c->span;
        return constant;
    }
    Condition *out = condition_group(a, c->kind);
    out->span = c->span;
    bool changed = false;
    for (uint32_t i = 0; i < group->children.len; i++) {
        Condition *child = group->children.items[i];
        if (child->kind == dual(c->kind)) {
            if (absorbed(group, child)) {
                changed = true;
                continue;
            }
            Condition *rest = without_complements(a, group, child);
            changed = changed || rest != child;
            child = rest;
        }
        condition_push(a, out, child);
    }
    if (changed)
        return simplify_group(a, out);
    return out->children.len == 1 ? out->children.items[0] : out;
}

static Condition *simplify_not(Arena *a, Condition *c)
{
    Condition *child = c->child;
    if (child->kind == CONDITION_NOT)
        return child->child;
    if (is_group(child) && child->children.len == 0)
        return condition_group(a, dual(child->kind));
    Operator opposite;
    if (is_leaf(child) && operator_complement(child->op, &opposite)) {
        Condition *leaf = condition_leaf(a, child->kind, child->left, opposite, child->right);
        leaf->span = c->span;
        return leaf;
    }
    return c;
}

Condition *simplify(Arena *a, Condition *c)
{
    if (is_group(c))
        return simplify_group(a, c);
    return c->kind == CONDITION_NOT ? simplify_not(a, c) : c;
}
