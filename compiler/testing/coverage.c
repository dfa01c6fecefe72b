// coverage.c - MC/DC over the conditions of requirements.
//
// A leaf decides when no sibling on its way to the root hides it: in allOf all
// others are true, in anyOf all others are false; of an element of a `count`,
// one more or one less must make the other verdict.
//
// spec: tests, coverage
//
// SPDX-License-Identifier: MIT
#include "testing/coverage.h"

#include "base/limits.h"
#include "eval/decision.h"
#include "testing/guard.h"

#include <stdlib.h>

typedef struct Leaf { // of a definition's condition, and its point
    const Condition *condition;
    uint32_t row, point;
} Leaf;

struct Coverage {
    Arena *arena;
    VEC(CoverRow) rows;
    VEC(Leaf) leaves; // in order of address
};

static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const Leaf *)a)->condition;
    uintptr_t y = (uintptr_t)((const Leaf *)b)->condition;
    return x < y ? -1 : x > y;
}

static int by_place(const void *a, const void *b)
{
    const CoverPoint *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

// --- the points --------------------------------------------------------------------------------------

// What is done with each leaf of a condition, and where in the source it counts.
typedef void (*TakeLeaf)(Coverage *c, uint32_t row, const Condition *leaf, Span span);

static void each_leaf(Coverage *c, uint32_t row, const Condition *condition, TakeLeaf take,
                      uint32_t depth);

static void each_part(Coverage *c, uint32_t row, const Condition *group, TakeLeaf take,
                      uint32_t depth)
{
    for (uint32_t i = 0; i < group->children.len; i++) {
        const Condition *part = group->children.items[i];
        const Condition *guarded = guarded_by(group, part);
        if (guarded)
            take(c, row, part, guarded->span);
        else
            each_leaf(c, row, part, take, depth + 1);
    }
}

static void each_leaf(Coverage *c, uint32_t row, const Condition *condition, TakeLeaf take,
                      uint32_t depth)
{
    if (!condition || depth > LIMIT_LOWER_DEPTH)
        return;
    switch (condition->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        each_part(c, row, condition, take, depth);
        return;
    case CONDITION_NOT:
        each_leaf(c, row, condition->child, take, depth + 1);
        return;
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        each_leaf(c, row, condition->where, take, depth + 1);
        break;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        break;
    }
    if (!is_type_test(condition) && condition->span.end > condition->span.start)
        take(c, row, condition, condition->span);
}

static void each_leaf_of_row(Coverage *c, uint32_t row, TakeLeaf take)
{
    const LoweredRequirement *r = c->rows.items[row].requirement;
    for (uint32_t k = 0; k < r->definitions.len; k++) {
        const PolicyDefinition *d = r->definitions.items[k].definition;
        each_leaf(c, row, d->condition, take, 0);
        each_leaf(c, row, d->details.existence, take, 0);
    }
}

static void add_point(Coverage *c, uint32_t row, const Condition *leaf, Span span)
{
    (void)leaf;
    vec_push(c->arena, &c->rows.items[row].points, ((CoverPoint){.span = span}));
}

static void sort_points(CoverRow *row)
{
    uint32_t kept = 0;
    if (row->points.len == 0)
        return;
    qsort(row->points.items, row->points.len, sizeof *row->points.items, by_place);
    for (uint32_t i = 1; i < row->points.len; i++) {
        if (by_place(&row->points.items[i], &row->points.items[kept]) != 0)
            row->points.items[++kept] = row->points.items[i];
    }
    row->points.len = kept + 1;
}

static uint32_t point_of(const CoverRow *row, Span span) // which is there
{
    CoverPoint key = {.span = span};
    const CoverPoint *found =
        bsearch(&key, row->points.items, row->points.len, sizeof key, by_place);
    return (uint32_t)(found - row->points.items);
}

static void add_leaf(Coverage *c, uint32_t row, const Condition *leaf, Span span)
{
    uint32_t point = point_of(&c->rows.items[row], span);
    vec_push(c->arena, &c->leaves, ((Leaf){leaf, row, point}));
}

Coverage *coverage_new(Arena *a, const Lowered *l)
{
    Coverage *c = ARENA_NEW(a, Coverage);
    c->arena = a;
    for (uint32_t i = 0; i < l->requirements.len; i++) {
        vec_push(a, &c->rows, ((CoverRow){.requirement = l->requirements.items[i]}));
        each_leaf_of_row(c, i, add_point);
        sort_points(&c->rows.items[i]);
        each_leaf_of_row(c, i, add_leaf);
    }
    if (c->leaves.len)
        qsort(c->leaves.items, c->leaves.len, sizeof *c->leaves.items, by_address);
    return c;
}

// --- a run ---------------------------------------------------------------------------------------------

typedef struct Marking {
    Coverage *coverage;
    bool violated; // the verdict of this run
} Marking;

static void mark(const Marking *m, const Decision *d, bool decides)
{
    Coverage *c = m->coverage;
    Leaf key = {.condition = d->condition};
    const Leaf *leaf = c->leaves.len
                           ? bsearch(&key, c->leaves.items, c->leaves.len, sizeof key, by_address)
                           : NULL;
    if (!leaf || d->truth == TRUTH_ERROR)
        return;
    uint8_t bits = d->truth == TRUTH_TRUE ? COVER_TRUE : COVER_FALSE;
    if (decides)
        bits |= m->violated ? COVER_VIOLATES : COVER_SATISFIES;
    c->rows.items[leaf->row].points.items[leaf->point].bits |= bits;
}

static bool others_are(const Decision *d, uint32_t but, Truth truth)
{
    for (uint32_t i = 0; i < d->count; i++) {
        if (i != but && d->children[i]->truth != truth)
            return false;
    }
    return true;
}

static bool number_holds(Operator op, int64_t n, int64_t bound)
{
    switch ((int)op) {
    case OPERATOR_EQUALS:
        return n == bound;
    case OPERATOR_NOT_EQUALS:
        return n != bound;
    case OPERATOR_LESS:
        return n < bound;
    case OPERATOR_LESS_OR_EQUALS:
        return n <= bound;
    case OPERATOR_GREATER:
        return n > bound;
    case OPERATOR_GREATER_OR_EQUALS:
        return n >= bound;
    default:
        return false;
    }
}

// Would the count be another verdict with this element the other way?
static bool element_decides(const Decision *count, const Decision *element)
{
    const EvalStep *s = count->steps;
    if (s->actual.kind != DATA_INT || s->expected.kind != DATA_INT)
        return false;
    Operator op = s->condition->op;
    int64_t n = s->actual.integer, bound = s->expected.integer;
    int64_t other = element->truth == TRUTH_TRUE ? n - 1 : n + 1;
    return number_holds(op, n, bound) != number_holds(op, other, bound);
}

// Depth: that of the condition, which the lowering limits.
static void take_decision(const Marking *m, const Decision *d, bool decides)
{
    switch (d->condition->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF: {
        Truth neutral = d->condition->kind == CONDITION_ALL_OF ? TRUTH_TRUE : TRUTH_FALSE;
        for (uint32_t i = 0; i < d->count; i++)
            take_decision(m, d->children[i], decides && others_are(d, i, neutral));
        return;
    }
    case CONDITION_NOT:
        take_decision(m, d->children[0], decides);
        return;
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        for (uint32_t i = 0; i < d->count; i++)
            take_decision(m, d->children[i], decides && element_decides(d, d->children[i]));
        break;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        break;
    }
    mark(m, d, decides);
}

// Each related resource is asked in turn; the last one decides.
static void take_existence(const Marking *m, Arena *a, const Condition *existence,
                           const EvalStep *steps, uint32_t count)
{
    uint32_t used = 0;
    while (used < count) {
        uint32_t more = 0;
        const Decision *d = decision_of(a, existence, steps + used, count - used, &more);
        if (!d || more == 0)
            return;
        used += more;
        take_decision(m, d, used == count);
    }
}

// A resource of another type tells nothing about the conditions.
static bool is_other_type(const Decision *rule)
{
    for (uint32_t i = 0; rule->condition->kind == CONDITION_ALL_OF && i < rule->count; i++) {
        if (is_type_test(rule->children[i]->condition) && rule->children[i]->truth == TRUTH_FALSE)
            return true;
    }
    return false;
}

void coverage_take(Coverage *c, const LoweredDefinition *definition, const EvalResult *r)
{
    Arena *a = arena_new();
    const PolicyDefinition *d = definition->definition;
    Marking m = {c, r->state == STATE_NON_COMPLIANT || r->state == STATE_PROTECTED};
    uint32_t used = 0;
    const Decision *rule = decision_of(a, d->condition, r->steps.items, r->steps.len, &used);
    if (rule && is_other_type(rule))
        rule = NULL;
    if (rule && !d->details.existence) {
        take_decision(&m, rule, true);
    } else if (rule) { // its rule alone says whether it applies
        Marking applies = {c, rule->truth == TRUTH_TRUE};
        take_decision(&applies, rule, true);
        take_existence(&m, a, d->details.existence, r->steps.items + used, r->steps.len - used);
    }
    arena_free(a);
}

void coverage_merge(Coverage *into, const Coverage *from)
{
    for (uint32_t i = 0; i < into->rows.len; i++) {
        for (uint32_t k = 0; k < into->rows.items[i].points.len; k++)
            into->rows.items[i].points.items[k].bits |= from->rows.items[i].points.items[k].bits;
    }
}

uint32_t coverage_rows(const Coverage *c)
{
    return c->rows.len;
}

const CoverRow *coverage_row(const Coverage *c, uint32_t index)
{
    return &c->rows.items[index];
}
