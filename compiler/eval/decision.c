// decision.c - the steps of a run as the tree of conditions they belong to.
//
// Steps come in the order of evaluation, and with trace every leaf is asked: the
// tree is read off them like a sentence.
//
// SPDX-License-Identifier: MIT
#include "eval/decision.h"

#include "base/limits.h"

typedef struct Reader {
    Arena *arena;
    const EvalStep *steps;
    uint32_t at, count;
} Reader;

static Decision *node(Reader *r, const Condition *c)
{
    Decision *d = ARENA_NEW(r->arena, Decision);
    d->condition = c;
    d->steps = r->at < r->count ? &r->steps[r->at] : NULL;
    return d;
}

static const Decision *read_condition(Reader *r, const Condition *c, uint32_t depth);

typedef VEC(const Decision *) Children;

static void set_children(Decision *d, const Children *children)
{
    d->children = children->items;
    d->count = children->len;
}

// --- leaves --------------------------------------------------------------------------------------------

static bool has_star(const Condition *c)
{
    return c->kind == CONDITION_FIELD && c->left->kind == VALUE_STRING &&
           strstr(c->left->text, "[*]") != NULL;
}

// Of a [*] over nothing there is no step: it is true.
static const Decision *read_leaf(Reader *r, const Condition *c)
{
    Decision *d = node(r, c);
    bool here = r->at < r->count && r->steps[r->at].condition == c;
    if (!here && !has_star(c) && c->left->kind != VALUE_ARM)
        return NULL;
    d->truth = TRUTH_TRUE;
    while (r->at < r->count && r->steps[r->at].condition == c &&
           r->steps[r->at].element == d->steps->element) {
        const EvalStep *s = &r->steps[r->at++];
        d->step_count++;
        if (d->truth == TRUTH_TRUE)
            d->truth = s->truth;
        if (!s->every)
            break;
    }
    return d;
}

// Steps inside a count are deeper than its own, which comes last.
static const Decision *read_count(Reader *r, const Condition *c, uint32_t depth)
{
    Decision *d = node(r, c);
    Children elements = {0};
    while (c->where && r->at < r->count && r->steps[r->at].condition != c) {
        uint32_t before = r->at;
        const Decision *element = read_condition(r, c->where, depth + 1);
        if (!element || r->at == before)
            return NULL;
        vec_push(r->arena, &elements, element);
    }
    if (r->at == r->count)
        return NULL;
    d->steps = &r->steps[r->at++];
    d->step_count = 1;
    d->truth = d->steps->truth;
    set_children(d, &elements);
    return d;
}

// --- groups --------------------------------------------------------------------------------------------

static Truth group_truth(const Decision *d)
{
    bool is_all = d->condition->kind == CONDITION_ALL_OF;
    Truth decides = is_all ? TRUTH_FALSE : TRUTH_TRUE, t = is_all ? TRUTH_TRUE : TRUTH_FALSE;
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->children[i]->truth == TRUTH_ERROR)
            return TRUTH_ERROR;
        if (d->children[i]->truth == decides)
            t = decides;
    }
    return t;
}

static const Decision *read_group(Reader *r, const Condition *c, uint32_t depth)
{
    Decision *d = node(r, c);
    Children children = {0};
    for (uint32_t i = 0; i < c->children.len; i++) {
        const Decision *child = read_condition(r, c->children.items[i], depth + 1);
        if (!child)
            return NULL;
        vec_push(r->arena, &children, child);
    }
    set_children(d, &children);
    d->truth = group_truth(d);
    return d;
}

static const Decision *read_not(Reader *r, const Condition *c, uint32_t depth)
{
    Decision *d = node(r, c);
    Children children = {0};
    const Decision *child = read_condition(r, c->child, depth + 1);
    if (!child)
        return NULL;
    vec_push(r->arena, &children, child);
    set_children(d, &children);
    d->truth = child->truth == TRUTH_ERROR  ? TRUTH_ERROR
               : child->truth == TRUTH_TRUE ? TRUTH_FALSE
                                            : TRUTH_TRUE;
    return d;
}

static const Decision *read_condition(Reader *r, const Condition *c, uint32_t depth)
{
    if (depth > LIMIT_JSON_NESTING)
        return NULL;
    switch (c->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        return read_group(r, c, depth);
    case CONDITION_NOT:
        return read_not(r, c, depth);
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        return read_count(r, c, depth);
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        break;
    }
    return read_leaf(r, c);
}

const Decision *decision_of(Arena *a, const Condition *rule, const EvalStep *steps, uint32_t count,
                            uint32_t *ret_used)
{
    Reader r = {.arena = a, .steps = steps, .count = count};
    const Decision *d = read_condition(&r, rule, 0);
    *ret_used = r.at;
    return d;
}
