// mutate.c - all single changes of a requirement's policies.
//
// A walk numbers the places where something can be changed; for each number the
// condition is copied with that one change. What is not on the way to the place
// is shared with the original.
//
// spec: tests, mutants
//
// SPDX-License-Identifier: MIT
#include "testing/mutate.h"

#include "base/bug.h"
#include "base/limits.h"
#include "eval/explain.h"
#include "policy/write.h"
#include "testing/guard.h"

enum { LIST_MOST = 16 }; // members of one list that are left out in turn

typedef struct Walk {
    Arena *arena;
    uint32_t wanted, at; // the number of the change to make, of the place at hand
    bool made;
    Span span;
    const Condition *condition; // that it is in; NULL: none
    const char *what;
} Walk;

// True where the change at hand is the one wanted.
static bool take(Walk *w, Span span, const char *what)
{
    if (w->made || span.end <= span.start || w->at++ != w->wanted)
        return false;
    w->made = true;
    w->span = span;
    w->what = what;
    return true;
}

// --- values ------------------------------------------------------------------------------------------

static const char *shown(Walk *w, const Value *v)
{
    if (v->kind == VALUE_STRING)
        return arena_printf(w->arena, "\"%s\"", v->text);
    if (v->kind == VALUE_INT)
        return arena_printf(w->arena, "%lld", (long long)v->number);
    return "a member";
}

static Value *changed_list(Walk *w, Value *v)
{
    uint32_t most = v->items.len < LIST_MOST ? v->items.len : LIST_MOST;
    for (uint32_t i = 0; i < most; i++) {
        const Value *left_out = v->items.items[i];
        if (!take(w, v->span, ""))
            continue;
        w->what = arena_printf(w->arena, "%s is left out of the list", shown(w, left_out));
        Value *list = value_array(w->arena);
        list->span = v->span;
        for (uint32_t k = 0; k < v->items.len; k++) {
            if (k != i)
                value_push(w->arena, list, v->items.items[k]);
        }
        return list;
    }
    return v;
}

static Value *changed_value(Walk *w, Value *v, Span span)
{
    switch (v->kind) {
    case VALUE_BOOL:
        if (take(w, span, v->truth ? "true becomes false" : "false becomes true"))
            return value_bool(w->arena, !v->truth);
        return v;
    case VALUE_INT:
        if (v->number < INT64_MAX && take(w, span, "")) {
            w->what = arena_printf(w->arena, "%lld becomes %lld", (long long)v->number,
                                   (long long)v->number + 1);
            return value_int(w->arena, v->number + 1);
        }
        return v;
    case VALUE_STRING:
        if (take(w, span, "")) {
            w->what = arena_printf(w->arena, "\"%s\" becomes another text", v->text);
            return value_string(w->arena, arena_printf(w->arena, "%s~", v->text));
        }
        return v;
    case VALUE_ARRAY:
        return changed_list(w, v);
    case VALUE_NULL:
    case VALUE_FLOAT:
    case VALUE_ARM:
    case VALUE_OBJECT:
        return v;
    }
    BUG("no such value");
}

// --- conditions --------------------------------------------------------------------------------------

static bool other_bound(Operator op, Operator *ret)
{
    static const Operator PAIRS[][2] = {
        {OPERATOR_LESS, OPERATOR_LESS_OR_EQUALS},
        {OPERATOR_LESS_OR_EQUALS, OPERATOR_LESS},
        {OPERATOR_GREATER, OPERATOR_GREATER_OR_EQUALS},
        {OPERATOR_GREATER_OR_EQUALS, OPERATOR_GREATER},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        if (PAIRS[i][0] == op) {
            *ret = PAIRS[i][1];
            return true;
        }
    }
    return false;
}

static Condition *copy_of(Walk *w, const Condition *c)
{
    Condition *copy = ARENA_NEW(w->arena, Condition);
    *copy = *c;
    return copy;
}

static Condition *changed(Walk *w, Condition *c, uint32_t depth);

// The next bound: where the operator with its other bound says as much, that is enough.
static bool bound_is_new(const Condition *c)
{
    return c->right->kind != VALUE_INT ||
           (c->op != OPERATOR_LESS && c->op != OPERATOR_GREATER_OR_EQUALS);
}

static Condition *changed_leaf(Walk *w, Condition *c, uint32_t depth)
{
    Operator op;
    if (is_type_test(c))
        return c;
    if (!w->made)
        w->condition = c;
    if ((operator_complement(c->op, &op) || other_bound(c->op, &op)) && take(w, c->span, "")) {
        w->what =
            arena_printf(w->arena, "`%s` becomes `%s`", operator_text(c->op), operator_text(op));
        c = copy_of(w, c);
        c->op = op;
        return c;
    }
    bool counts = c->kind == CONDITION_COUNT_FIELD || c->kind == CONDITION_COUNT_VALUE;
    if (counts && c->where && take(w, c->span, "every element counts")) {
        c = copy_of(w, c);
        c->where = NULL;
        return c;
    }
    Value *right = bound_is_new(c) ? changed_value(w, c->right, c->span) : c->right;
    Condition *where = counts && c->where ? changed(w, c->where, depth + 1) : c->where;
    if (right == c->right && where == c->where)
        return c;
    c = copy_of(w, c);
    c->right = right;
    c->where = where;
    return c;
}

static Condition *group_without(Walk *w, const Condition *c, uint32_t left_out)
{
    Condition *group = condition_group(w->arena, c->kind);
    group->span = c->span;
    for (uint32_t i = 0; i < c->children.len; i++) {
        if (i != left_out)
            condition_push(w->arena, group, c->children.items[i]);
    }
    return group;
}

static bool is_negative(Operator op)
{
    return op == OPERATOR_NOT_EQUALS || op == OPERATOR_NOT_IN || op == OPERATOR_NOT_LIKE ||
           op == OPERATOR_NOT_MATCH || op == OPERATOR_NOT_MATCH_INSENSITIVELY ||
           op == OPERATOR_NOT_CONTAINS || op == OPERATOR_NOT_CONTAINS_KEY;
}

// `exists` beside a comparison of the same field that is as false, or true, of what is missing.
static bool says_nothing_new(const Condition *group, const Condition *c)
{
    bool is_all = group->kind == CONDITION_ALL_OF;
    if (c->kind != CONDITION_FIELD || c->op != OPERATOR_EXISTS || c->right->kind != VALUE_BOOL ||
        c->right->truth != is_all)
        return false;
    for (uint32_t i = 0; i < group->children.len; i++) {
        const Condition *other = group->children.items[i];
        if (other->kind == CONDITION_FIELD && other->op != OPERATOR_EXISTS &&
            is_negative(other->op) != is_all && value_equal(other->left, c->left))
            return true;
    }
    return false;
}

// Of a group of what the author wrote: from its first part to its last. None, where the compiler
// put something beside it.
static Span span_of_parts(const Condition *group)
{
    Span span = {UINT32_MAX, 0};
    for (uint32_t i = 0; i < group->children.len; i++) {
        const Condition *part = group->children.items[i];
        if (is_type_test(part) || guarded_by(group, part) || says_nothing_new(group, part) ||
            part->span.end <= part->span.start)
            return (Span){0, 0};
        span.start = part->span.start < span.start ? part->span.start : span.start;
        span.end = part->span.end > span.end ? part->span.end : span.end;
    }
    return group->span.end > group->span.start ? group->span : span;
}

static const char *left_out(Walk *w, const Condition *c)
{
    bool group = c->kind == CONDITION_ALL_OF || c->kind == CONDITION_ANY_OF;
    return group ? arena_printf(w->arena, "an `%s` of %u conditions is left out",
                                c->kind == CONDITION_ALL_OF ? "allOf" : "anyOf", c->children.len)
                 : "the condition is left out";
}

static Condition *with_part_left_out(Walk *w, Condition *c)
{
    for (uint32_t i = 0; c->children.len > 1 && i < c->children.len; i++) {
        const Condition *child = c->children.items[i];
        if (is_type_test(child) || guarded_by(c, child) || says_nothing_new(c, child))
            continue;
        if (!w->made)
            w->condition = child;
        if (take(w, child->span, "")) {
            w->what = left_out(w, child);
            return group_without(w, c, i);
        }
    }
    return c;
}

static Condition *changed_group(Walk *w, Condition *c, uint32_t depth)
{
    bool is_all = c->kind == CONDITION_ALL_OF;
    if (!w->made)
        w->condition = NULL;
    if (c->children.len > 1 &&
        take(w, span_of_parts(c), is_all ? "`allOf` becomes `anyOf`" : "`anyOf` becomes `allOf`")) {
        c = copy_of(w, c);
        c->kind = is_all ? CONDITION_ANY_OF : CONDITION_ALL_OF;
        return c;
    }
    Condition *without = with_part_left_out(w, c);
    if (without != c)
        return without;
    for (uint32_t i = 0; i < c->children.len; i++) {
        if (guarded_by(c, c->children.items[i]))
            continue;
        Condition *child = changed(w, c->children.items[i], depth + 1);
        if (child == c->children.items[i])
            continue;
        Condition *group = group_without(w, c, UINT32_MAX);
        group->children.items[i] = child;
        return group;
    }
    return c;
}

static Condition *changed(Walk *w, Condition *c, uint32_t depth)
{
    if (w->made || depth > LIMIT_LOWER_DEPTH)
        return c;
    switch (c->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        return changed_group(w, c, depth);
    case CONDITION_NOT: {
        if (!w->made)
            w->condition = NULL;
        if (take(w, c->span, "`not` is left out"))
            return c->child;
        Condition *child = changed(w, c->child, depth + 1);
        return child == c->child ? c : condition_not(w->arena, child);
    }
    case CONDITION_FIELD:
    case CONDITION_VALUE:
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        return changed_leaf(w, c, depth);
    }
    BUG("no such condition");
}

// --- details -----------------------------------------------------------------------------------------

static void change_operations(Walk *w, Details *d)
{
    w->condition = NULL;
    for (uint32_t i = 0; i < d->operations.len && !w->made; i++) {
        Operation *o = &d->operations.items[i];
        if (d->operations.len > 1 && take(w, o->span, "the operation is left out")) {
            Details made = *d;
            made.operations.items = NULL;
            made.operations.len = made.operations.cap = 0;
            for (uint32_t k = 0; k < d->operations.len; k++) {
                if (k != i)
                    vec_push(w->arena, &made.operations, d->operations.items[k]);
            }
            *d = made;
            return;
        }
        Value *value = o->value ? changed_value(w, o->value, o->span) : NULL;
        if (value != o->value) {
            Operation *all = ARENA_ARRAY(w->arena, Operation, d->operations.len);
            memcpy(all, d->operations.items, d->operations.len * sizeof *all);
            all[i].value = value;
            d->operations.items = all;
            return;
        }
    }
}

static bool change_definition(Walk *w, PolicyDefinition *d)
{
    d->condition = changed(w, d->condition, 0);
    if (!w->made && d->details.existence)
        d->details.existence = changed(w, d->details.existence, 0);
    if (!w->made)
        change_operations(w, &d->details);
    return w->made;
}

// As a person reads it: without the type in front of an alias, and not too long.
static const char *condition_said(Arena *a, const Condition *c)
{
    enum { SHOWN = 80 };
    if (!c || c->kind == CONDITION_ALL_OF || c->kind == CONDITION_ANY_OF ||
        c->kind == CONDITION_NOT)
        return NULL;
    EvalStep step = {.condition = c};
    Buf b = {0};
    buf_printf(&b, "%s %s ", eval_step_subject(a, &step), operator_text(c->op));
    value_print(&b, c->right);
    size_t n = utf8_fit((Str){b.p, b.n}, SHOWN);
    const char *text = arena_printf(a, "%.*s%s", (int)n, b.p, n < b.n ? "…" : "");
    buf_free(&b);
    return text;
}

static void add_mutants(Arena *a, const LoweredRequirement *r, uint32_t index, Mutants *ret)
{
    for (uint32_t n = 0;; n++) {
        Walk w = {.arena = a, .wanted = n};
        PolicyDefinition *d = ARENA_NEW(a, PolicyDefinition);
        *d = *r->definitions.items[index].definition;
        if (!change_definition(&w, d))
            return;
        LoweredRequirement *copy = ARENA_NEW(a, LoweredRequirement);
        *copy = *r;
        copy->definitions.items = ARENA_ARRAY(a, LoweredDefinition, r->definitions.len);
        memcpy(copy->definitions.items, r->definitions.items,
               r->definitions.len * sizeof *r->definitions.items);
        copy->definitions.items[index].definition = d;
        vec_push(a, ret, ((Mutant){r, copy, w.span, condition_said(a, w.condition), w.what}));
    }
}

void mutants_of(Arena *a, const LoweredRequirement *r, Mutants *ret)
{
    for (uint32_t i = 0; i < r->definitions.len; i++)
        add_mutants(a, r, i, ret);
}
