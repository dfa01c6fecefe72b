// fuzz_eval.c - any policy on any resource: texts between lines `---` are the
// policy, the resource and an object of what surrounds them: `parameters`,
// `requestContext`, `resourceGroup`, `subscription`, `apiVersion`, `effect`,
// `scan` and `related`, in which null says that there may be more.
//
// With and without trace the result is the same; the index leaves out only what
// does not apply; what the documentation says differently is marked; what comes
// out is JSON.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/decision.h"
#include "eval/explain.h"
#include "policy/read.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SEPARATOR "\n---\n"
enum { DEFINITIONS = 4 }; // of an input

typedef struct Given {
    Compilation *c;
    const Catalog *catalog;
    EvalScratch *scratch;
    EvalInput input;
    EvalBinding binding;
} Given;

static const Data *member(const Data *d, const char *name)
{
    const Data *m = d->kind == DATA_OBJECT ? data_get(d, str_of(name)) : NULL;
    return m && m->kind != DATA_NULL ? m : NULL;
}

static const char *text_of(Arena *a, const Data *d, const char *name)
{
    const Data *m = member(d, name);
    return m && m->kind == DATA_STRING ? arena_copy(a, m->text, m->count) : NULL;
}

static bool next_related(void *context, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                         bool *unknown)
{
    const Data *list = context;
    if (!q->type || !q->resource)
        BUG("a query without a type or resource");
    for (; list->kind == DATA_ARRAY && *at < list->count; ++*at) {
        *ret = &list->items[*at];
        if ((*ret)->kind != DATA_NULL)
            return ++*at;
        *unknown = true;
    }
    return false;
}

// --- what came out
// -------------------------------------------------------------------------------

static void check_data(Arena *a, const Data *d)
{
    Data again;
    JsonError error;
    Buf out = {0};
    data_print(&out, d);
    if (d->kind != DATA_MISSING &&
        (!json_read(a, (Str){out.p, out.n}, JSON_STRICT, &again, &error) || !data_equal(d, &again)))
        BUG("a result does not read back");
    buf_free(&out);
}

static void check_result(Arena *a, const EvalResult *r)
{
    bool open = r->state == STATE_ERROR || r->state == STATE_UNKNOWN;
    bool closed = r->state == STATE_COMPLIANT || r->state == STATE_NON_COMPLIANT;
    if (open ? !r->error : closed && r->error)
        BUG("what is open has a reason, and what is judged has none");
    if ((r->effect != NULL) && !r->matched)
        BUG("an effect where the rule does not match");
    if (r->uncertain && !r->uncertain_reason)
        BUG("uncertain without a reason");
    check_data(a, &r->details);
    check_data(a, &r->resource);
}

static void check_steps(Arena *a, const EvalPolicy *p, const EvalResult *r)
{
    EvalSteps why = {0};
    const Condition *rule = eval_definition(p)->condition;
    eval_explain(a, rule, r, &why);
    for (uint32_t i = 0; i < why.len; i++)
        if (!eval_step_text(a, &why.items[i])[0])
            BUG("a step without words");
    uint32_t used = 0;
    decision_of(a, rule, r->steps.items, r->steps.len, &used);
    if (used > r->steps.len)
        BUG("a decision of more steps than there are");
}

// --- one policy
// ----------------------------------------------------------------------------------

static void check_index(const Given *g, EvalPolicy *p, EvalState state)
{
    Arena *a = g->c->arena;
    const char *type = text_of(a, g->input.resource, "type");
    const uint32_t *numbers;
    if (type && !eval_candidates(eval_index(a, &p, 1), str_of(type), &numbers) &&
        state != STATE_NOT_APPLICABLE && state != STATE_ERROR)
        BUG("the index leaves out what applies");
}

// Returns the result without trace.
static EvalResult run(const Given *g, const PolicyDefinition *d, const Aliases *aliases,
                      Semantics semantics)
{
    EvalSetup setup = {g->c, g->catalog, aliases, semantics};
    EvalPolicy *p = eval_prepare(&setup, d, &g->binding);
    EvalResult plain, traced;
    eval_run(p, &g->input, g->scratch, &plain);
    check_result(g->c->arena, &plain);
    check_index(g, p, plain.state);
    eval_scratch_trace(g->scratch, true);
    eval_run(p, &g->input, g->scratch, &traced);
    eval_scratch_trace(g->scratch, false);
    if (traced.state != plain.state)
        BUG("the trace changes the verdict");
    check_result(g->c->arena, &traced);
    check_steps(g->c->arena, p, &traced);
    return plain;
}

static void judge(const Given *g, const PolicyDefinition *d, const Aliases *aliases)
{
    EvalResult r = run(g, d, aliases, SEMANTICS_RECOMMENDED);
    EvalState state = r.state;
    bool marked = r.uncertain;
    if (run(g, d, aliases, SEMANTICS_DOCUMENTED).state != state && !marked)
        BUG("the documentation says something else, and that is not marked");
    run(g, d, aliases, SEMANTICS_ENGINE);
}

static void judge_all(Given *g, Str policy)
{
    Arena *a = g->c->arena;
    PolicySet set = {0};
    policy_read(g->c, sources_add(g->c->sources, "fuzz.json", policy), &set);
    g->catalog = catalog_open(a);
    const Aliases *aliases = aliases_catalog(a, g->catalog);
    g->scratch = eval_scratch_new();
    for (uint32_t i = 0; i < set.definitions.len && i < DEFINITIONS; i++) {
        judge(g, set.definitions.items[i], aliases);
        judge(g, set.definitions.items[i], NULL);
    }
    eval_scratch_free(g->scratch);
}

// --- the input
// -----------------------------------------------------------------------------------

static Str section(Str *rest)
{
    size_t n = sizeof SEPARATOR - 1;
    Str first = *rest;
    for (size_t i = 0; i + n <= rest->n; i++)
        if (memcmp(rest->p + i, SEPARATOR, n) == 0) {
            first.n = i;
            *rest = (Str){rest->p + i + n, rest->n - i - n};
            return first;
        }
    *rest = (Str){rest->p + rest->n, 0};
    return first;
}

static void surround(Given *g, const Data *resource, const Data *given)
{
    Arena *a = g->c->arena;
    const Data *scan = member(given, "scan"), *related = member(given, "related");
    g->input = (EvalInput){
        .resource = resource,
        .api_version = text_of(a, given, "apiVersion"),
        .request_context = member(given, "requestContext"),
        .resource_group = member(given, "resourceGroup"),
        .subscription = member(given, "subscription"),
        .scan = scan && scan->kind == DATA_BOOL && scan->truth,
        .now = "2026-01-15T00:00:00Z",
        .related = related ? next_related : NULL,
        .related_context = (void *)(uintptr_t)related,
    };
    g->binding = (EvalBinding){.parameters = member(given, "parameters"),
                               .effect = text_of(a, given, "effect")};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Given g = {.c = compilation_new()};
    Str rest = {arena_copy(g.c->arena, (const char *)data, size), size};
    Str policy = section(&rest), about = section(&rest);
    Data resource = {.kind = DATA_OBJECT, .at = DATA_NOWHERE}, given = resource;
    JsonError error;
    if ((!about.n || json_read(g.c->arena, about, JSON_STRICT, &resource, &error)) &&
        (!rest.n || json_read(g.c->arena, rest, JSON_STRICT, &given, &error))) {
        surround(&g, &resource, &given);
        judge_all(&g, (Str){arena_copy(g.c->arena, policy.p, policy.n), policy.n});
    }
    compilation_free(g.c);
    return 0;
}
