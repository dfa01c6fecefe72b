// constant.c - values over parameters alone, outside any rule.
//
// What an initiative passes to its members, and templates before deployment.
//
// spec: evaluation, assignments
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/internal.h"

typedef struct Constant {
    PolicyDefinition definition;
    EvalPolicy policy;
    EvalBinding binding;
    Prepare prepare;
    EvalScratch scratch;
    EvalResult result;
} Constant;

static void constant_start(Constant *x, const EvalSetup *setup, Span span)
{
    Arena *a = setup->compilation->arena;
    *x = (Constant){0};
    x->definition.span = span;
    x->policy = (EvalPolicy){.definition = &x->definition,
                             .catalog = setup->catalog,
                             .aliases = setup->aliases,
                             .semantics = setup->semantics};
    x->prepare = (Prepare){.setup = setup,
                           .binding = &x->binding,
                           .arena = a,
                           .policy = &x->policy,
                           .span = span,
                           .fuel = LIMIT_EVALUATION};
    x->prepare.x = (ValueContext){
        .arena = a, .semantics = setup->semantics, .now = "", .fuel = &x->prepare.fuel};
    x->scratch.arena = a;
}

bool eval_parameters(const EvalSetup *setup, const PolicyParameter *declared, uint32_t count,
                     const Data *given, Span span, Data *ret)
{
    Constant x;
    constant_start(&x, setup, span);
    for (uint32_t i = 0; i < count; i++)
        vec_push(x.prepare.arena, &x.definition.parameters, declared[i]);
    x.binding.parameters = given;
    prepare_parameters(&x.prepare);
    *ret = x.policy.parameters;
    return !x.policy.broken;
}

static bool constant_value(Constant *x, const Value *v, const Data *parameters, Data *ret)
{
    x->policy.parameters = *parameters;
    const Term *t = term_of_value(&x->prepare, v, 0);
    if (x->policy.broken || t->kind != TERM_DATA)
        return false;
    *ret = t->data;
    return true;
}

bool eval_value(const EvalSetup *setup, const Value *v, const Data *parameters, Data *ret)
{
    Constant x;
    constant_start(&x, setup, v->span);
    if (constant_value(&x, v, parameters, ret))
        return true;
    if (!x.policy.broken)
        prepare_refuse(&x.prepare, DIAG_FUNCTION_FORBIDDEN, v->span,
                       "the value depends on more than parameters");
    return false;
}

bool eval_constant(const EvalSetup *setup, Arena *a, Arm *arm, const Data *parameters, Data *ret)
{
    Constant x;
    EvalSetup silent = *setup;
    silent.compilation = compilation_new();
    Value *v = value_arm(silent.compilation->arena, arm);
    constant_start(&x, &silent, (Span){0});
    bool known = constant_value(&x, v, parameters, ret);
    if (known)
        *ret = data_copy(a, ret);
    compilation_free(silent.compilation);
    return known;
}
