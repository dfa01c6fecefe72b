// quantifier.c - some, every, no, count, and membership in arrays and ranges.
//
// A bare `[*]` is never emitted: it means "every" and its reading on a missing
// array is disputed. A quantifier over an array of the resource is a field
// count, over a list a value count, over a short literal list its cases
// written out (spec: lowering L7, L8).
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define UNROLL_MAX 4 // entries of a literal list written out one by one

static const Binding *binding_of(const Lower *l, const Binder *binder)
{
    for (const Binding *b = l->bindings; b; b = b->outer)
        if (b->binder == binder)
            return b;
    return NULL;
}

const TExpr *bound_literal(const Lower *l, const TExpr *e)
{
    if (e->kind != TX_ELEMENT)
        return e;
    const Binding *b = binding_of(l, e->binder);
    return b && b->literal ? b->literal : e;
}

void check_not_in_its_loop(Lower *l, Subject subject, const char *array, Span span)
{
    size_t n = strlen(array);
    for (const Binding *b = l->bindings; b; b = b->outer) {
        const Binder *loop = b->binder;
        if (loop->kind != BINDER_FIELD || loop->subject != subject ||
            strncmp(loop->alias, array, n) != 0 || strcmp(loop->alias + n, "[*]") != 0)
            continue;
        Diag *d = diag_report(l->compilation->diags, DIAG_ARRAY_IN_ITS_LOOP, span,
                              "this array is walked again inside a loop over it");
        diag_label(l->compilation->diags, d, loop->span, "the loop");
        diag_note(l->compilation->diags, d, "there Azure sees one element, the loop's");
        diag_help(l->compilation->diags, d, "ask about the whole array outside the loop");
        l->failed = true;
        return;
    }
}

static const char *without_star(Lower *l, const char *alias)
{
    return arena_copy(l->arena, alias, strlen(alias) - 3);
}

// A name of letters and digits for a value count, told apart from those around it.
static const char *count_name(Lower *l, const char *wanted)
{
    char name[80];
    size_t n = 0;
    bool upper = false;
    for (const char *p = wanted; *p && n < 64; p++) {
        if (*p != '_')
            name[n++] = upper ? (char)toupper((unsigned char)*p) : *p;
        upper = *p == '_' && n > 0;
    }
    name[n] = '\0';
    uint32_t again = 1;
    for (const Binding *b = l->bindings; b;) {
        if (b->count_name && strcmp(b->count_name, name) == 0) {
            (void)snprintf(name + n, sizeof name - n, "%u", ++again);
            b = l->bindings;
        } else {
            b = b->outer;
        }
    }
    return arena_copy(l->arena, name, strlen(name));
}

static Condition *count_leaf(Lower *l, ConditionKind kind, Value *left, const char *name,
                             Condition *where, Operator op, Value *right, Span span)
{
    Condition *c = condition_leaf(l->arena, kind, left, op, right);
    c->where = where;
    c->name = name;
    c->span = span;
    return c;
}

// "more than none" or "none"
static Condition *count_any(Lower *l, ConditionKind kind, Value *left, const char *name,
                            Condition *where, bool some, Span span)
{
    if (condition_is_constant(where, false))
        return constant_condition(l, !some);
    if (condition_is_constant(where, true))
        where = NULL;
    return count_leaf(l, kind, left, name, where, some ? OPERATOR_GREATER : OPERATOR_EQUALS,
                      value_int(l->arena, 0), span);
}

// One count over A[*].B[*] says the same as a count over A[*] of elements with a B[*] (L7).
static Condition *flattened(Condition *where, const char *alias)
{
    if (!where || where->kind != CONDITION_COUNT_FIELD || where->op != OPERATOR_GREATER ||
        where->right->kind != VALUE_INT || where->right->number != 0 || !where->where)
        return NULL;
    const char *inner = where->left->text;
    size_t n = strlen(alias);
    return strncmp(inner, alias, n) == 0 && inner[n] == '.' ? where : NULL;
}

static Condition *count_elements(Lower *l, const Binder *binder, Condition *where, bool some,
                                 Span span)
{
    Condition *inner = flattened(where, binder->alias);
    if (inner)
        return count_any(l, CONDITION_COUNT_FIELD, inner->left, NULL, inner->where, some, span);
    return count_any(l, CONDITION_COUNT_FIELD, value_string(l->arena, keep(l, binder->alias)), NULL,
                     where, some, span);
}

// --- lists ------------------------------------------------------------------------------------

static bool is_literal_list(const TExpr *list)
{
    if (list->kind != TX_LIST)
        return false;
    for (uint32_t i = 0; i < list->operands->len; i++) {
        TExprKind kind = (TExprKind)list->operands->items[i]->kind;
        if (kind != TX_STRING && kind != TX_INT && kind != TX_FLOAT && kind != TX_BOOL)
            return false;
    }
    return true;
}

static bool has_field_count(const Condition *c)
{
    switch (c->kind) {
    case CONDITION_COUNT_FIELD:
        return true;
    case CONDITION_COUNT_VALUE:
        return c->where && has_field_count(c->where);
    case CONDITION_NOT:
        return has_field_count(c->child);
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        for (uint32_t i = 0; i < c->children.len; i++)
            if (has_field_count(c->children.items[i]))
                return true;
        return false;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        break;
    }
    return false;
}

// Writes the cases out; NULL where a list is too long or its body counts.
static Condition *unroll(Lower *l, const TExpr *e, bool negate)
{
    const TExpr *list = e->bound->list;
    if (!is_literal_list(list) || list->operands->len > UNROLL_MAX)
        return NULL;
    bool some = e->op == QUANT_SOME ? !negate : negate;
    bool body_negated = (e->op == QUANT_NO) != negate;
    Condition *group = condition_group(l->arena, some ? CONDITION_ANY_OF : CONDITION_ALL_OF);
    for (uint32_t i = 0; i < list->operands->len; i++) {
        Binding b = {e->bound, NULL, list->operands->items[i], l->bindings};
        l->bindings = &b;
        Condition *c = lower_condition(l, e->body, body_negated);
        l->bindings = b.outer;
        if (has_field_count(c))
            return NULL;
        condition_push(l->arena, group, c);
    }
    return simplify(l->arena, group);
}

static bool is_element(const TExpr *e, const Binder *binder)
{
    return e->kind == TX_ELEMENT && e->binder == binder;
}

// some x in L: f == x, no x in L: f == x, every x in L: f != x are memberships.
static Condition *membership(Lower *l, const TExpr *e, bool negate)
{
    const TExpr *body = e->body;
    bool equal = body->kind == TX_COMPARE && body->op == OP_EQ && e->op != QUANT_EVERY;
    bool unequal = body->kind == TX_COMPARE && body->op == OP_NE && e->op == QUANT_EVERY;
    if (!is_literal_list(e->bound->list) || (!equal && !unequal))
        return NULL;
    TExpr *other = is_element(body->right, e->bound)  ? body->left
                   : is_element(body->left, e->bound) ? body->right
                                                      : NULL;
    if (!other || other->kind != TX_FIELD)
        return NULL;
    TExpr in = {.kind = TX_COMPARE, .op = OP_IN, .span = e->span, .type = body->type};
    in.left = other;
    in.right = e->bound->list;
    return lower_compare(l, &in, negate != (e->op != QUANT_SOME));
}

// The list, or the entries of a table, as what a value count walks.
static Value *walked(Lower *l, const Binder *binder)
{
    if (binder->kind == BINDER_ENTRY)
        return value_arm(l->arena, arm_call(l->arena, "items", 1, lower_arm(l, binder->list)));
    return lower_value(l, binder->list);
}

static Condition *lower_body(Lower *l, const Binder *binder, const char *name, const TExpr *body,
                             bool negate)
{
    Binding b = {binder, name, NULL, l->bindings};
    l->bindings = &b;
    Condition *c = lower_condition(l, body, negate);
    l->bindings = b.outer;
    return c;
}

Condition *lower_quantifier(Lower *l, const TExpr *e, bool negate)
{
    const Binder *binder = e->bound;
    bool some = (e->op == QUANT_SOME) != negate;
    if (binder->kind == BINDER_FIELD)
        check_not_in_its_loop(l, binder->subject, without_star(l, binder->alias), e->span);
    if (binder->kind == BINDER_FIELD)
        return count_elements(l, binder, lower_body(l, binder, NULL, e->body, e->op == QUANT_EVERY),
                              some, e->span);
    Condition *c = binder->kind == BINDER_VALUE ? membership(l, e, negate) : NULL;
    if (!c && binder->kind == BINDER_VALUE)
        c = unroll(l, e, negate);
    if (c)
        return c;
    const char *name = count_name(l, binder->name);
    Value *list = walked(l, binder);
    Condition *where = lower_body(l, binder, name, e->body, e->op == QUANT_EVERY);
    return count_any(l, CONDITION_COUNT_VALUE, list, name, where, some, e->span);
}

// --- counts -----------------------------------------------------------------------------------

static Operator count_operator(CompareOp op, bool negate)
{
    static const Operator yes[] = {OPERATOR_EQUALS,  OPERATOR_NOT_EQUALS,
                                   OPERATOR_LESS,    OPERATOR_LESS_OR_EQUALS,
                                   OPERATOR_GREATER, OPERATOR_GREATER_OR_EQUALS};
    static const Operator no[] = {OPERATOR_NOT_EQUALS,        OPERATOR_EQUALS,
                                  OPERATOR_GREATER_OR_EQUALS, OPERATOR_GREATER,
                                  OPERATOR_LESS_OR_EQUALS,    OPERATOR_LESS};
    return negate ? no[op] : yes[op];
}

Condition *lower_count(Lower *l, const TExpr *count, CompareOp op, const TExpr *right, bool negate,
                       Span span)
{
    const Binder *binder = count->bound;
    if (op > OP_GE) {
        Diag *d = diag_report(l->compilation->diags, DIAG_COUNT_COMPARISON, span,
                              "a count can be compared with ==, !=, <, <=, > and >= only");
        diag_help(l->compilation->diags, d, "write one comparison for each number");
        l->failed = true;
        return constant_condition(l, true);
    }
    Operator leaf_op = count_operator(op, negate);
    Value *number = right_value(l, OP_LE, right);
    if (binder->kind == BINDER_FIELD) {
        check_not_in_its_loop(l, binder->subject, without_star(l, binder->alias), span);
        Condition *where = count->body ? lower_body(l, binder, NULL, count->body, false) : NULL;
        return count_leaf(l, CONDITION_COUNT_FIELD, value_string(l->arena, keep(l, binder->alias)),
                          NULL, where, leaf_op, number, span);
    }
    if (!count->body) {
        Arm *length = arm_call(l->arena, "length", 1, lower_list_arm(l, binder->list));
        Condition *c =
            condition_leaf(l->arena, CONDITION_VALUE, value_arm(l->arena, length), leaf_op, number);
        c->span = span;
        return c;
    }
    const char *name = count_name(l, binder->name);
    Value *list = walked(l, binder);
    return count_leaf(l, CONDITION_COUNT_VALUE, list, name,
                      lower_body(l, binder, name, count->body, false), leaf_op, number, span);
}

// --- membership -------------------------------------------------------------------------------

Condition *lower_array_has(Lower *l, const TExpr *array, const TExpr *item, bool negate, Span span)
{
    check_not_in_its_loop(l, array->field->subject, array->field->alias, span);
    FieldRef *ref = ARENA_NEW(l->arena, FieldRef);
    *ref = *array->field;
    ref->alias = arena_printf(l->arena, "%s[*]", array->field->alias);
    ref->initial = NULL;
    Binder binder = {.kind = BINDER_FIELD,
                     .subject = ref->subject,
                     .alias = ref->alias,
                     .parent = array->field->binder,
                     .span = span};
    ref->binder = &binder;
    TExpr element = {.kind = TX_FIELD, .span = array->span, .type = array->type->element};
    element.field = ref;
    TExpr equal = {.kind = TX_COMPARE, .op = OP_EQ, .span = span, .type = array->type};
    equal.left = &element;
    equal.right = (TExpr *)item;
    Condition *where = lower_body(l, &binder, NULL, &equal, false);
    return count_elements(l, &binder, where, !negate, span);
}

// Mixed address families and an empty address make ipRangeContains fail, and a
// failure denies: both are guarded inside the expression (L12).
static Arm *in_range_arm(Lower *l, const TExpr *address, Arm *range)
{
    Arena *a = l->arena;
    Arm *text = lower_arm(l, address);
    Arm *raw = address->kind == TX_FIELD ? field_arm(l, address) : text;
    Arm *same_family =
        arm_call(a, "equals", 2, arm_call(a, "contains", 2, text, arm_string(a, ":")),
                 arm_call(a, "contains", 2, range, arm_string(a, ":")));
    Arm *inside = arm_call(a, "if", 3, arm_call(a, "empty", 1, text), arm_call(a, "false", 0),
                           arm_call(a, "ipRangeContains", 2, range, raw));
    return arm_call(a, "if", 3, same_family, inside, arm_call(a, "false", 0));
}

Condition *lower_in_ranges(Lower *l, const TExpr *address, const TExpr *ranges, bool negate,
                           Span span)
{
    const char *name = count_name(l, "range");
    Arm *range = arm_call(l->arena, "current", 1, arm_string(l->arena, name));
    Value *test = value_arm(l->arena, in_range_arm(l, address, range));
    Condition *where = condition_leaf(l->arena, CONDITION_VALUE, test, OPERATOR_EQUALS,
                                      value_bool(l->arena, true));
    where->span = span;
    return count_any(l, CONDITION_COUNT_VALUE, lower_value(l, ranges), name, where, !negate, span);
}
