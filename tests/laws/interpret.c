// interpret.c - conditions, quantifiers, clauses and verdicts.
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <stdio.h>
#include <stdlib.h>

void not_known(const char *what, Span span)
{
    fprintf(stderr, "the interpreter does not know %s (at %u)\n", what, span.start);
    exit(2);
}

// --- conditions ---------------------------------------------------------------------------------

static uint32_t how_many(Run *r, const Binder *binder, const TExpr *body, bool truth)
{
    uint32_t length = loop_length(r, binder), found = 0;
    for (uint32_t i = 0; i < length; i++) {
        Loop loop;
        loop_enter(r, binder, i, &loop);
        found += holds(r, body) == truth;
        r->loops = loop.outer;
    }
    return found;
}

static bool quantifier_holds(Run *r, const TExpr *e)
{
    switch ((Quantifier)e->op) {
    case QUANT_SOME:
        return how_many(r, e->bound, e->body, true) > 0;
    case QUANT_EVERY:
        return how_many(r, e->bound, e->body, false) == 0;
    case QUANT_NO:
        return how_many(r, e->bound, e->body, true) == 0;
    }
    not_known("a quantifier", e->span);
}

static bool all_hold(Run *r, const TExprs *list)
{
    for (uint32_t i = 0; i < list->len; i++)
        if (!holds(r, list->items[i]))
            return false;
    return true;
}

static bool one_holds(Run *r, const TExprs *list)
{
    for (uint32_t i = 0; i < list->len; i++)
        if (holds(r, list->items[i]))
            return true;
    return false;
}

// A bool that is no comparison. A function of what is missing is one of what stands in.
static bool is_true(Run *r, const TExpr *e)
{
    Answer a = answer(r, e);
    if (a.missing && e->kind != TX_CALL)
        return false;
    return a.value.kind == DATA_BOOL && a.value.truth;
}

bool holds(Run *r, const TExpr *e)
{
    switch ((TExprKind)e->kind) {
    case TX_NOT:
        return !holds(r, e->operand);
    case TX_AND:
        return all_hold(r, e->operands);
    case TX_OR:
        return one_holds(r, e->operands);
    case TX_IMPLIES:
        return !holds(r, e->left) || holds(r, e->right);
    case TX_IF:
        return holds(r, e->operands->items[holds(r, e->operands->items[0]) ? 1 : 2]);
    case TX_COMPARE:
        return compares(r, e);
    case TX_IS_SET:
        return is_set(r, e->operand);
    case TX_IS_MISSING:
        return !is_set(r, e->operand);
    case TX_QUANTIFIER:
        return quantifier_holds(r, e);
    case TX_BOOL:
    case TX_FIELD:
    case TX_TAG:
    case TX_PARAM:
    case TX_ELEMENT:
    case TX_MEMBER:
    case TX_LOOKUP:
    case TX_INDEX:
    case TX_CALL:
    case TX_FACT:
        return is_true(r, e);
    case TX_ERROR:
    case TX_NULL:
    case TX_INT:
    case TX_FLOAT:
    case TX_STRING:
    case TX_DURATION:
    case TX_VERSION:
    case TX_LIST:
    case TX_OBJECT:
    case TX_KEY:
    case TX_ARITHMETIC:
    case TX_COUNT:
        break;
    }
    not_known("such a condition", e->span);
}

// --- rules --------------------------------------------------------------------------------------

static bool has_type(const Data *resource, const char *type)
{
    const Data *own = member_of(resource, str_of("type"));
    return !type ||
           (own && own->kind == DATA_STRING && str_equal_nocase(data_str(own), str_of(type)));
}

static bool has_name(const Data *resource, const Data *name)
{
    const Data *own = member_of(resource, str_of("name"));
    return own && own->kind == DATA_STRING && str_equal_nocase(data_str(own), data_str(name));
}

static bool related_exists(Run *r, const TRelated *related)
{
    const Data *all = r->world->related;
    bool found = false;
    for (uint32_t i = 0; all && i < all->count && !found; i++) {
        const Data *one = &all->items[i];
        if (!has_type(one, related->kind->type))
            continue;
        if (related->name) {
            Answer name = answer_inside(r, related->name);
            if (!has_name(one, &name.value))
                continue;
        }
        r->related = one;
        found = !related->condition || holds(r, related->condition);
        r->related = NULL;
    }
    return found;
}

static const TExpr *first_unmet(Run *r, const TExprs *requires)
{
    for (uint32_t i = 0; i < requires->len; i++)
        if (!holds(r, requires->items[i]))
    return requires->items[i];
    return NULL;
}

// The kind written inside its parent: each element is judged as a resource would be.
static Verdict judge_elements(Run *r, const TRule *rule, const TExpr **ret_clause)
{
    uint32_t length = loop_length(r, rule->inline_binder);
    Verdict all = VERDICT_NOT_APPLICABLE;
    for (uint32_t i = 0; i < length && !*ret_clause; i++) {
        Loop loop;
        loop_enter(r, rule->inline_binder, i, &loop);
        if (all_hold(r, &rule->where)) {
            *ret_clause = first_unmet(r, &rule->requires);
            all = *ret_clause ? VERDICT_VIOLATED : VERDICT_SATISFIED;
        }
        r->loops = loop.outer;
    }
    return all;
}

static Verdict judge(Run *r, const TRule *rule, const TExpr **ret_clause)
{
    *ret_clause = NULL;
    if (!has_type(r->world->resource, rule->type))
        return VERDICT_NOT_APPLICABLE;
    if (rule->inline_binder)
        return judge_elements(r, rule, ret_clause);
    if (!all_hold(r, &rule->where))
        return VERDICT_NOT_APPLICABLE;
    *ret_clause = first_unmet(r, &rule->requires);
    if (rule->forbid_delete && rule->requires.len == 0)
        return VERDICT_VIOLATED; // whatever it is like, it is not deleted
    if (*ret_clause || (rule->related && !related_exists(r, rule->related)))
        return VERDICT_VIOLATED;
    return VERDICT_SATISFIED;
}

Verdict interpret(Arena *a, const Catalog *catalog, const TRequirement *requirement, const World *w,
                  const TExpr **ret_clause)
{
    Run r = {.arena = a, .catalog = catalog, .world = w};
    Verdict all = VERDICT_NOT_APPLICABLE;
    *ret_clause = NULL;
    for (uint32_t i = 0; i < requirement->blocks.len; i++) {
        const TBlock *block = requirement->blocks.items[i];
        for (uint32_t j = 0; j < block->rules.len; j++) {
            const TExpr *clause;
            Verdict one = judge(&r, block->rules.items[j], &clause);
            if (one == VERDICT_VIOLATED && all != VERDICT_VIOLATED)
                *ret_clause = clause;
            all = one > all ? one : all;
        }
    }
    return r.misled ? VERDICT_UNKNOWN : all;
}
