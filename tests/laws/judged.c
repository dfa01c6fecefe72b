// judged.c - see judged.h
//
// SPDX-License-Identifier: MIT
#include "laws/judged.h"

#include "laws/derive.h"

#include "policy/read.h"
#include "policy/write.h"

#include <string.h>

// --- the same rule, written otherwise -----------------------------------------------------------

static Condition *negated(Arena *a, Condition *c)
{
    return condition_not(a, c);
}

static Condition *group_of_one(Arena *a, ConditionKind kind, Condition *c)
{
    Condition *g = condition_group(a, kind);
    condition_push(a, g, c);
    return g;
}

// Double negations, groups of one and the laws of De Morgan, here and there.
static Condition *roughened(Arena *a, uint64_t *random, const Condition *c)
{
    Condition *ret = ARENA_NEW(a, Condition);
    *ret = *c;
    uint32_t how = random_below(random, 6);
    if (c->kind == CONDITION_NOT)
        ret->child = roughened(a, random, c->child);
    if (c->where)
        ret->where = roughened(a, random, c->where);
    if (c->kind == CONDITION_ALL_OF || c->kind == CONDITION_ANY_OF) {
        bool turned = how == 0;
        ConditionKind other = c->kind == CONDITION_ALL_OF ? CONDITION_ANY_OF : CONDITION_ALL_OF;
        ret = condition_group(a, turned ? other : c->kind);
        for (uint32_t i = 0; i < c->children.len; i++) {
            Condition *child = roughened(a, random, c->children.items[i]);
            condition_push(a, ret, turned ? negated(a, child) : child);
        }
        ret = turned ? negated(a, ret) : ret;
    }
    if (how == 1)
        return negated(a, negated(a, ret));
    return how == 2   ? group_of_one(a, CONDITION_ALL_OF, ret)
           : how == 3 ? group_of_one(a, CONDITION_ANY_OF, ret)
                      : ret;
}

static PolicyDefinition *simplified_again(Arena *a, uint64_t *random, const PolicyDefinition *d)
{
    PolicyDefinition *ret = ARENA_NEW(a, PolicyDefinition);
    *ret = *d;
    ret->condition = simplify(a, roughened(a, random, d->condition));
    return ret;
}

// --- the forms ----------------------------------------------------------------------------------

static PolicyDefinition *read_back(Compilation *c, const PolicyDefinition *d)
{
    Buf json = {0};
    PolicySet set = {0};
    write_definition(&json, d, (WriteOptions){.arena = c->arena});
    Str text = {arena_copy(c->arena, json.p, json.n), json.n};
    buf_free(&json);
    bool read = policy_read(c, sources_add(c->sources, "law.json", text), &set);
    return read && set.definitions.len == 1 ? set.definitions.items[0] : NULL;
}

bool rules_make(const Compiled *c, const Aliases *aliases, uint64_t random, Rules *ret)
{
    Arena *a = c->compilation->arena;
    *ret = (Rules){.compiled = c, .aliases = aliases};
    for (uint32_t i = 0; i < c->lowered->definitions.len; i++) {
        PolicyDefinition *d = c->lowered->definitions.items[i].definition;
        PolicyDefinition *read = read_back(c->compilation, d);
        if (!read)
            return false;
        vec_push(a, &ret->definitions[FORM_LOWERED], d);
        vec_push(a, &ret->definitions[FORM_READ], read);
        vec_push(a, &ret->definitions[FORM_SIMPLIFIED], simplified_again(a, &random, d));
    }
    return true;
}

// --- judging ------------------------------------------------------------------------------------

// Those of the parameters that the definition has.
static Data arguments_of(Arena *a, const PolicyDefinition *d, const Data *parameters)
{
    Data all = {.kind = DATA_OBJECT, .at = DATA_NOWHERE};
    DataMember *members = ARENA_ARRAY(a, DataMember, d->parameters.len + 1);
    for (uint32_t i = 0; parameters && i < d->parameters.len; i++) {
        Str name = str_of(d->parameters.items[i].name);
        const Data *value = data_get(parameters, name);
        if (value)
            members[all.count++] = (DataMember){.name = name, .at = DATA_NOWHERE, .value = *value};
    }
    all.members = members;
    return all;
}

// The resources beside the one judged, which is its own where it is asked for.
static bool related(void *context, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                    bool *unknown)
{
    const World *w = context;
    uint32_t others = w->related ? w->related->count : 0;
    *unknown = false;
    while (*at <= others) {
        const Data *one = *at == 0 ? w->resource : &w->related->items[*at - 1];
        const Data *type = data_get_nocase(one, str_of("type"));
        ++*at;
        if (type && str_equal_nocase(data_str(type), str_of(q->type))) {
            *ret = one;
            return true;
        }
    }
    return false;
}

static EvalInput input_of(const World *w)
{
    return (EvalInput){.resource = w->resource,
                       .request_context = w->request,
                       .resource_group = w->resource_group,
                       .subscription = w->subscription,
                       .now = w->now,
                       .related = related,
                       .related_context = (void *)w};
}

static EvalPolicy *prepared(const Rules *r, const PolicyDefinition *d, const World *w)
{
    Compilation *c = r->compiled->compilation;
    EvalSetup setup = {
        .compilation = c, .catalog = r->compiled->program->catalog, .aliases = r->aliases};
    Data *arguments = ARENA_NEW(c->arena, Data);
    *arguments = arguments_of(c->arena, d, w->parameters);
    return eval_prepare(&setup, d, &(EvalBinding){.parameters = arguments});
}

static void judge_one(const Rules *r, const PolicyDefinition *d, const World *w, EvalScratch *s,
                      Judgement *ret)
{
    EvalInput in = input_of(w);
    EvalResult result;
    eval_run(prepared(r, d, w), &in, s, &result);
    if (result.state == STATE_NON_COMPLIANT)
        ret->verdict = VERDICT_VIOLATED;
    else if (result.state == STATE_COMPLIANT && ret->verdict == VERDICT_NOT_APPLICABLE)
        ret->verdict = VERDICT_SATISFIED;
    else if (result.state != STATE_COMPLIANT && result.state != STATE_NOT_APPLICABLE)
        ret->error = result.error ? result.error : eval_state_text(result.state);
}

static bool where_holds(const Rules *r, const LoweredDefinition *ld, const World *w, EvalScratch *s,
                        Judgement *ret)
{
    PolicyDefinition *d = ARENA_NEW(r->compiled->compilation->arena, PolicyDefinition);
    *d = *ld->definition;
    d->condition = ld->applies;
    EvalInput in = input_of(w);
    EvalResult result;
    Truth t = eval_condition(prepared(r, d, w), &in, s, &result);
    if (t == TRUTH_ERROR)
        ret->error = result.error ? result.error : "where cannot be evaluated";
    return t == TRUTH_TRUE;
}

void rules_judge(const Rules *r, Form form, const World *w, EvalScratch *s, Judgement *ret)
{
    *ret = (Judgement){.verdict = VERDICT_NOT_APPLICABLE};
    for (uint32_t i = 0; i < r->definitions[form].len && !ret->error; i++)
        judge_one(r, r->definitions[form].items[i], w, s, ret);
    for (uint32_t i = 0; form == FORM_LOWERED && i < r->compiled->lowered->definitions.len; i++)
        ret->applies =
            where_holds(r, &r->compiled->lowered->definitions.items[i], w, s, ret) || ret->applies;
}
