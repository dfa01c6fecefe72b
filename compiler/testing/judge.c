// judge.c - the verdict of a requirement: that of its policies.
//
// spec: requirements, verdicts. Azure does not tell `not applicable` by `where`
// from compliant; a test does, so the condition of kinds and `where` is
// evaluated beside the rule.
//
// SPDX-License-Identifier: MIT
#include "testing/judge.h"

#include "base/bug.h"
#include "eval/explain.h"
#include "testing/coverage.h"
#include "testing/given.h"

// --- parameters ----------------------------------------------------------------------------------

static bool is_any_of(const char *effect, JudgeFor purpose)
{
    switch (purpose) {
    case JUDGE_VERDICT:
        return !str_equal_nocase(str_of(effect), str_of("disabled"));
    case JUDGE_CHANGE:
        return str_equal_nocase(str_of(effect), str_of("modify")) ||
               str_equal_nocase(str_of(effect), str_of("append"));
    case JUDGE_DEPLOYMENT:
        return str_equal_nocase(str_of(effect), str_of("deployIfNotExists"));
    }
    BUG("no such purpose");
}

// NULL: the default will do.
static const char *effect_for(const PolicyParameter *p, JudgeFor purpose)
{
    if (is_any_of(p->initial->text, purpose))
        return NULL;
    for (uint32_t i = 0; i < p->allowed->items.len; i++) {
        const char *text = p->allowed->items.items[i]->text;
        if (is_any_of(text, purpose))
            return text;
    }
    return NULL;
}

const Data *judge_parameters(Arena *a, const LoweredDefinition *d, const TestCase *test,
                             JudgeFor purpose)
{
    VEC(DataMember) members = {0};
    for (uint32_t i = 0; i < d->parameters.len; i++) {
        const LoweredParameter *p = &d->parameters.items[i];
        const PolicyParameter *declared = &d->definition->parameters.items[p->index];
        const Data *value = NULL;
        Data effect;
        if (p->param) {
            value = data_get(test->parameters, str_of(p->param->name));
        } else if (effect_for(declared, purpose)) {
            effect = data_string(str_of(effect_for(declared, purpose)));
            value = &effect;
        }
        if (value)
            vec_push(a, &members, given_member(declared->name, *value));
    }
    Data *ret = ARENA_NEW(a, Data);
    *ret = given_object(a, members.items, members.len);
    return ret;
}

// --- what is around ------------------------------------------------------------------------------

static Str last_segment(Str name)
{
    for (size_t i = name.n; i > 0; i--) {
        if (name.p[i - 1] == '/')
            return (Str){name.p + i, name.n - i};
    }
    return name;
}

static bool has_name(const TestRelated *r, const char *asked)
{
    if (!asked || !r->name)
        return true;
    Str end = last_segment(str_of(asked));
    return str_equal_nocase(str_of(r->name), str_of(asked)) || str_equal(end, str_of("?")) ||
           str_equal_nocase(last_segment(str_of(r->name)), end);
}

static bool next_related(void *context, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                         bool *unknown)
{
    const TestCase *t = context;
    (void)unknown; // a test says all there is
    while (*at < t->related.len) {
        const TestRelated *r = &t->related.items[(*at)++];
        const Data *type = data_get(r->resource, str_of("type"));
        if (type && type->kind == DATA_STRING &&
            str_equal_nocase(data_str(type), str_of(q->type)) && has_name(r, q->name)) {
            *ret = r->resource;
            return true;
        }
    }
    return false;
}

EvalInput judge_input(const TestCase *test)
{
    return (EvalInput){
        .resource = test->resource,
        .request_context = test->request_context,
        .resource_group = test->resource_group,
        .subscription = test->subscription,
        .now = test->now,
        .related = next_related,
        .related_context = (void *)test,
    };
}

// --- one definition --------------------------------------------------------------------------------

typedef struct Judge {
    const TestSetup *setup;
    EvalSetup eval;
    const TestCase *test;
    JudgeFor purpose;
    EvalScratch *scratch;
    Arena *arena;
    Judgement *ret;
} Judge;

static TestVerdict verdict_of(const EvalResult *r)
{
    switch (r->state) {
    case STATE_COMPLIANT:
    case STATE_EXEMPT:
        return VERDICT_SATISFIED;
    case STATE_NON_COMPLIANT:
        return VERDICT_VIOLATED;
    case STATE_NOT_APPLICABLE:
        return VERDICT_NOT_APPLICABLE;
    case STATE_PROTECTED:
        return VERDICT_PROTECTED;
    case STATE_UNKNOWN:
        return VERDICT_UNKNOWN;
    case STATE_ERROR:
        return VERDICT_ERROR;
    }
    BUG("no such state");
}

// The more a verdict says, the later it stands here.
static int weight(TestVerdict v)
{
    static const TestVerdict RISING[] = {VERDICT_NOT_APPLICABLE, VERDICT_SATISFIED,
                                         VERDICT_PROTECTED,      VERDICT_UNKNOWN,
                                         VERDICT_ERROR,          VERDICT_VIOLATED};
    int n = 0;
    while (RISING[n] != v)
        n++;
    return n;
}

static void take_result(Judge *x, const LoweredDefinition *d, const EvalPolicy *p,
                        const EvalResult *r)
{
    Judgement *j = x->ret;
    TestVerdict v = verdict_of(r);
    if (x->setup->coverage)
        coverage_take(x->setup->coverage, d, r);
    if (weight(v) < weight(j->verdict))
        return;
    j->verdict = v;
    j->reason = r->error ? arena_copy(x->arena, r->error, strlen(r->error)) : NULL;
    j->why.len = 0;
    EvalSteps steps = {0};
    eval_explain(x->arena, eval_definition(p)->condition, r, &steps);
    for (uint32_t i = 0; i < steps.len; i++)
        vec_push(x->arena, &j->why, eval_step_text(x->arena, &steps.items[i]));
    if (v != VERDICT_VIOLATED)
        return;
    if (x->purpose == JUDGE_CHANGE && r->resource.kind != DATA_MISSING) {
        j->changed = true;
        j->resource = data_copy(x->arena, &r->resource);
    }
    if (x->purpose == JUDGE_DEPLOYMENT) {
        const Data *deployment =
            r->details.kind == DATA_OBJECT ? data_get(&r->details, str_of("deployment")) : NULL;
        j->deployment = deployment ? data_copy(x->arena, deployment) : data_missing();
    }
}

static void judge_definition(Judge *x, const LoweredDefinition *d)
{
    Arena *own = x->eval.compilation->arena;
    EvalBinding binding = {.parameters = judge_parameters(own, d, x->test, x->purpose)};
    EvalInput input = judge_input(x->test);
    EvalResult r;
    PolicyDefinition where = *d->definition;
    where.condition = d->applies;
    Truth applies =
        eval_condition(eval_prepare(&x->eval, &where, &binding), &input, x->scratch, &r);
    if (applies != TRUTH_FALSE) {
        EvalPolicy *p = eval_prepare(&x->eval, d->definition, &binding);
        eval_run(p, &input, x->scratch, &r);
        take_result(x, d, p, &r);
    }
}

void judge_requirement(const TestSetup *setup, const TestCase *test, const LoweredRequirement *r,
                       JudgeFor purpose, EvalScratch *scratch, Arena *arena, Judgement *ret)
{
    static const DataMember NONE = {0};
    *ret = (Judgement){.verdict = VERDICT_NOT_APPLICABLE};
    Judge x = {.setup = setup,
               .test = test,
               .purpose = purpose,
               .scratch = scratch,
               .arena = arena,
               .ret = ret};
    x.eval = (EvalSetup){compilation_new(), // threads share nothing that grows
                         setup->program->catalog, setup->aliases, setup->semantics};
    TestCase bare = *test; // a test of facts alone
    Data empty = {.kind = DATA_OBJECT, .at = DATA_NOWHERE, .members = &NONE};
    if (!bare.resource) {
        bare.resource = &empty;
        x.test = &bare;
    }
    ret->resource = *x.test->resource;
    if (setup->instead_of == r)
        r = setup->instead;
    eval_scratch_trace(scratch, true);
    for (uint32_t i = 0; i < r->definitions.len; i++)
        judge_definition(&x, &r->definitions.items[i]);
    compilation_free(x.eval.compilation);
}
