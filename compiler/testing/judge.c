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

// What a definition gets in a test: the effect, and what `with` says.
static const Data *values_of(Arena *a, const LoweredDefinition *d, const TestCase *test,
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
    *unknown = false; // a test says all there is
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

static EvalInput input_of(const TestCase *test)
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
    bool explained;
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

static void explain(Judge *x, const EvalPolicy *p, const EvalResult *r)
{
    EvalSteps steps = {0};
    if (!x->explained)
        return;
    eval_explain(x->arena, eval_definition(p)->condition, r, &steps);
    for (uint32_t i = 0; i < steps.len; i++)
        vec_push(x->arena, &x->ret->why, eval_step_text(x->arena, &steps.items[i]));
}

// Of a related resource that is not there no condition tells.
static bool explain_related(Judge *x, const EvalResult *r)
{
    const Data *found =
        r->details.kind == DATA_OBJECT ? data_get(&r->details, str_of("related")) : NULL;
    const Data *type = found ? data_get(&r->details, str_of("type")) : NULL;
    const Data *name = found ? data_get(&r->details, str_of("name")) : NULL;
    if (!type || found->kind != DATA_INT || found->integer > 0)
        return false;
    const char *line =
        arena_printf(x->arena, "there is no related `%.*s`", (int)type->count, type->text);
    if (name && name->kind == DATA_STRING)
        line =
            arena_printf(x->arena, "%s with the name \"%.*s\"", line, (int)name->count, name->text);
    vec_push(x->arena, &x->ret->why, line);
    return true;
}

static void take_effects(Judge *x, const EvalResult *r)
{
    Judgement *j = x->ret;
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

// True where it says at least as much as those before.
static bool outweighs(Judge *x, TestVerdict v)
{
    if (weight(v) < weight(x->ret->verdict))
        return false;
    if (v != x->ret->verdict || v != VERDICT_NOT_APPLICABLE) // of these all are told
        x->ret->why.len = 0;
    x->ret->verdict = v;
    return true;
}

static void take_result(Judge *x, const EvalPolicy *p, const EvalResult *r)
{
    TestVerdict v = verdict_of(r);
    if (!outweighs(x, v))
        return;
    x->ret->reason = r->error ? arena_copy(x->arena, r->error, strlen(r->error)) : NULL;
    if (v != VERDICT_VIOLATED || !explain_related(x, r))
        explain(x, p, r);
    if (v == VERDICT_VIOLATED)
        take_effects(x, r);
}

// The first parameter that has no value; NULL: all have.
static const ParamInfo *without_value(const Judge *x, const LoweredDefinition *d)
{
    for (uint32_t i = 0; i < d->parameters.len; i++) {
        const ParamInfo *p = d->parameters.items[i].param;
        if (p && !p->initial && !data_get(x->test->parameters, str_of(p->name)))
            return p;
    }
    return NULL;
}

// The rule that holds where the requirement applies. A parameter without a value may have no
// part in it.
static PolicyDefinition applicability(Judge *x, const LoweredDefinition *d, const Data *values)
{
    Arena *own = x->eval.compilation->arena;
    PolicyDefinition where = *d->definition;
    where.condition = d->applies;
    where.parameters.items = NULL;
    where.parameters.len = where.parameters.cap = 0;
    for (uint32_t i = 0; i < d->definition->parameters.len; i++) {
        const PolicyParameter *p = &d->definition->parameters.items[i];
        if (p->initial || data_get(values, str_of(p->name)))
            vec_push(own, &where.parameters, *p);
    }
    return where;
}

static void not_applicable(Judge *x, const EvalPolicy *p, const EvalResult *r)
{
    if (outweighs(x, VERDICT_NOT_APPLICABLE))
        explain(x, p, r);
}

static void judge_definition(Judge *x, const LoweredDefinition *d)
{
    Arena *own = x->eval.compilation->arena;
    EvalBinding binding = {.parameters = values_of(own, d, x->test, x->purpose)};
    EvalInput input = input_of(x->test);
    EvalResult r;
    PolicyDefinition where = applicability(x, d, binding.parameters);
    EvalPolicy *p = eval_prepare(&x->eval, &where, &binding);
    bool applies = eval_condition(p, &input, x->scratch, &r) != TRUTH_FALSE;
    if (!applies)
        not_applicable(x, p, &r);
    if (!applies && !x->setup->coverage)
        return;
    const ParamInfo *missing = without_value(x, d);
    if (missing) {
        if (applies && outweighs(x, VERDICT_ERROR))
            x->ret->reason =
                arena_printf(x->arena, "parameter `%s` has no value: write `with %s = …`",
                             missing->name, missing->name);
        return;
    }
    p = eval_prepare(&x->eval, d->definition, &binding);
    if (applies) {
        eval_run(p, &input, x->scratch, &r);
        take_result(x, p, &r);
    } else { // Azure does not ask; the conditions are seen nevertheless
        eval_condition(p, &input, x->scratch, &r);
        r.state = STATE_NOT_APPLICABLE;
    }
    if (x->setup->coverage)
        coverage_take(x->setup->coverage, d, &r);
}

void judge_requirement(const TestSetup *setup, const TestCase *test, const LoweredRequirement *r,
                       JudgeFor purpose, bool explained, EvalScratch *scratch, Arena *arena,
                       Judgement *ret)
{
    static const DataMember NONE = {0};
    *ret = (Judgement){.verdict = VERDICT_NOT_APPLICABLE};
    Judge x = {.setup = setup,
               .test = test,
               .purpose = purpose,
               .explained = explained,
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
    eval_scratch_trace(scratch, explained || setup->coverage);
    for (uint32_t i = 0; i < r->definitions.len; i++)
        judge_definition(&x, &r->definitions.items[i]);
    compilation_free(x.eval.compilation);
}
