// estate.c - a set of policies bound as they are assigned, and a resource put to them.
//
// spec: evaluation, assignments
//
// SPDX-License-Identifier: MIT
#include "assess/assess.h"

#include "assess/bind.h"
#include "assess/scope.h"

struct Estate {
    const AssessSetup *setup;
    const PolicySet *set;
    BoundPolicies policies;
    EvalIndex *index;  // over those at hand
    uint32_t *numbers; // of the policies in the index
    VEC(const char *) related_types;
};

static void add_related_type(Arena *a, Estate *e, const char *type)
{
    for (uint32_t i = 0; i < e->related_types.len; i++) {
        if (str_equal_nocase(str_of(e->related_types.items[i]), str_of(type)))
            return;
    }
    vec_push(a, &e->related_types, type);
}

Estate *estate_new(const AssessSetup *setup, const PolicySet *set)
{
    Arena *a = setup->eval.compilation->arena;
    Estate *e = ARENA_NEW(a, Estate);
    e->setup = setup;
    e->set = set;
    bind_set(setup, set, &e->policies);
    EvalPolicy **ready = ARENA_ARRAY(a, EvalPolicy *, e->policies.len);
    e->numbers = ARENA_ARRAY(a, uint32_t, e->policies.len);
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->policies.len; i++) {
        const AssessPolicy *p = &e->policies.items[i];
        if (!p->policy)
            continue;
        const char *related = eval_related_type(p->policy);
        if (related)
            add_related_type(a, e, related);
        ready[count] = p->policy;
        e->numbers[count++] = i;
    }
    e->index = eval_index(a, ready, count);
    return e;
}

uint32_t estate_count(const Estate *e)
{
    return e->policies.len;
}

const AssessPolicy *estate_policy(const Estate *e, uint32_t number)
{
    return &e->policies.items[number];
}

bool assessed_is_enforced(const AssessPolicy *p)
{
    const char *mode = p->assignment ? p->assignment->enforcement : NULL;
    return !mode || !str_equal_nocase(str_of(mode), str_of("DoNotEnforce"));
}

uint32_t estate_related_types(const Estate *e, const char *const **ret_types)
{
    *ret_types = (const char *const *)e->related_types.items;
    return e->related_types.len;
}

// --- one resource ----------------------------------------------------------------------------------

typedef struct Visit {
    const Estate *estate;
    const EvalInput *in;
    EvalScratch *scratch;
    Facts facts;
    bool all;
    AssessTake take;
    void *context;
    uint32_t evaluated;
} Visit;

static Str text_of(const Data *resource, const char *name)
{
    const Data *d = data_get_nocase(resource, str_of(name));
    return d && d->kind == DATA_STRING && d->count > 0 ? data_str(d) : (Str){0};
}

static const PolicyExemption *exemption_of(const Visit *v, const AssessPolicy *p)
{
    const PolicySet *set = v->estate->set;
    for (uint32_t i = 0; p->assignment && i < set->exemptions.len; i++) {
        const PolicyExemption *e = set->exemptions.items[i];
        if (exemption_counts(e, p->assignment, &v->facts, p->reference_id, v->estate->setup->now))
            return e;
    }
    return NULL;
}

static const EvalPolicy *judged_by(const Visit *v, const AssessPolicy *p)
{
    for (uint32_t i = 0; i < p->overrides.len; i++) {
        if (override_counts(p->overrides.items[i].written, &v->facts, p->reference_id))
            return p->overrides.items[i].policy;
    }
    return p->policy;
}

static bool may_ask_about(const AssessPolicy *p, Str type)
{
    for (uint32_t i = 0; i < p->type_count; i++) {
        if (str_equal_nocase(str_of(p->types[i]), type))
            return true;
    }
    return p->type_count == 0;
}

static void visit_policy(Visit *v, uint32_t number)
{
    const AssessPolicy *p = &v->estate->policies.items[number];
    const char *why_not;
    Assessment a = {.number = number,
                    .result = {.details = data_missing(), .resource = data_missing()}};
    if (p->assignment && !assignment_counts(p->assignment, &v->facts, &why_not)) {
        a.result.state = STATE_NOT_APPLICABLE;
        a.result.error = why_not;
        if (v->all)
            v->take(v->context, &a);
        return;
    }
    a.judged = p->policy ? judged_by(v, p) : NULL;
    if (a.judged) {
        eval_run(a.judged, v->in, v->scratch, &a.result);
    } else if (p->broken) {
        a.result.state = STATE_ERROR;
        a.result.error = p->broken;
    } else if (!may_ask_about(p, v->facts.type)) {
        a.result.state = STATE_NOT_APPLICABLE;
    } else {
        a.result.state = STATE_UNKNOWN;
        a.result.error = "the built-in policy is not at hand";
    }
    v->evaluated++;
    const PolicyExemption *e = exemption_of(v, p);
    if (e && a.result.state != STATE_NOT_APPLICABLE) {
        a.exemption = e;
        a.result.state = STATE_EXEMPT;
    }
    v->take(v->context, &a);
}

// Policies that are not at hand are not in the index.
static void visit_absent(Visit *v, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const AssessPolicy *p = &v->estate->policies.items[i];
        if (!p->policy && may_ask_about(p, v->facts.type))
            visit_policy(v, i);
    }
}

uint32_t estate_assess(const Estate *e, const EvalInput *in, EvalScratch *s, bool all,
                       AssessTake take, void *context)
{
    Visit v = {.estate = e, .in = in, .scratch = s, .all = all, .take = take, .context = context};
    v.facts = (Facts){.id = text_of(in->resource, "id"),
                      .type = text_of(in->resource, "type"),
                      .location = text_of(in->resource, "location"),
                      .management_groups = e->setup->management_groups};
    uint32_t next = 0;
    if (all) {
        for (uint32_t i = 0; i < e->policies.len; i++)
            visit_policy(&v, i);
        return v.evaluated;
    }
    const uint32_t *numbers;
    uint32_t count = eval_candidates(e->index, v.facts.type, &numbers);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = e->numbers[numbers[i]];
        visit_absent(&v, next, number);
        visit_policy(&v, number);
        next = number + 1;
    }
    visit_absent(&v, next, e->policies.len);
    return v.evaluated;
}
