// initiative_values.c - the values that initiatives give to parameters.
//
// spec: deployment, values. A member's own value comes first, then the
// initiative's; a parameter without either is lifted: it becomes one of the
// initiative's, once however many members use it.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

typedef struct Valuing {
    Program *program;
    InitiativeInfo *initiative;
    Name effect; // "effect"
    Map by_name; // parameters that members use: Name → ParamUse *
    Map lifted;  // names taken on the initiative: Name → Lifted *
} Valuing;

static void unknown_parameter(Valuing *x, const SetValue *v, const IncludeInfo *member)
{
    Program *p = x->program;
    Diags *ds = p->compilation->diags;
    Suggest near;
    suggest_start(&near, str_of(v->parameter));
    if (member->requirement) {
        const RequirementInfo *info = member->requirement->requirement;
        suggest_offer(&near, str_of("effect"));
        for (uint32_t i = 0; i < info->params.len; i++)
            suggest_offer(&near, str_of(info->params.items[i].param->name));
    } else {
        for (uint32_t i = 0; i < member->builtin->parameter_count; i++)
            suggest_offer(&near, str_of(member->builtin->parameters[i].name));
    }
    Diag *d = diag_report(ds, DIAG_UNKNOWN_PARAMETER, v->span, "`%s` has no parameter `%s`",
                          member->reference, v->parameter);
    Span word = v->requirement
                    ? (Span){v->span.end - (uint32_t)name_length(v->parameter), v->span.end}
                    : v->span;
    check_suggest(p, d, word, &near, false);
}

static const ParamUse *param_of_member(const IncludeInfo *member, Name parameter)
{
    const RequirementInfo *info = member->requirement->requirement;
    for (uint32_t i = 0; i < info->params.len; i++) {
        if (info->params.items[i].param->name == parameter)
            return &info->params.items[i];
    }
    return NULL;
}

static void value_of_requirement(Valuing *x, SetValue *v, const IncludeInfo *member)
{
    if (v->parameter == x->effect) {
        v->value = value_check_effect(x->program, v, member);
        return;
    }
    if (!requirement_info(x->program, member->requirement)->elaborated)
        return; // its mistakes have been reported
    const ParamUse *use = param_of_member(member, v->parameter);
    if (!use) {
        unknown_parameter(x, v, member);
        return;
    }
    ParamInfo *passed = NULL;
    v->value = value_check(x->program, v, use->param->type, &passed);
    value_check_list(x->program, v, use);
}

// What a value of Azure's parameter type is in the language.
static const Type *type_of_azure(Arena *a, const char *type)
{
    static const struct {
        const char *azure;
        TypeKind kind;
    } simple[] = {{"String", TYPE_STRING}, {"Boolean", TYPE_BOOL}, {"Integer", TYPE_INT},
                  {"Float", TYPE_FLOAT},   {"Object", TYPE_ANY},   {"DateTime", TYPE_DATETIME}};
    for (size_t i = 0; i < sizeof simple / sizeof simple[0]; i++) {
        if (str_equal_nocase(str_of(type), str_of(simple[i].azure)))
            return type_simple(simple[i].kind);
    }
    return type_list(a, type_simple(TYPE_ANY));
}

static void value_of_builtin(Valuing *x, SetValue *v, const IncludeInfo *member)
{
    Program *p = x->program;
    const CatalogBuiltin *b = member->builtin;
    const char *name = v->parameter;
    if (v->parameter == x->effect && *b->effect_parameter)
        name = b->effect_parameter;
    bool is_effect =
        *b->effect_parameter && str_equal_nocase(str_of(name), str_of(b->effect_parameter));
    const CatalogParameter *found = NULL;
    for (uint32_t i = 0; i < b->parameter_count; i++) {
        if (str_equal_nocase(str_of(name), str_of(b->parameters[i].name)))
            found = &b->parameters[i];
    }
    ParamInfo *passed = NULL;
    if (is_effect) {
        v->value = value_check_effect(p, v, member);
        v->parameter = x->effect;
    } else if (found) {
        v->value = value_check(p, v, type_of_azure(p->compilation->arena, found->type), &passed);
        v->parameter = intern_str(p->compilation->names, found->name);
    } else if (b->parameter_count > 0 || *b->version) {
        unknown_parameter(x, v, member);
    } else {
        v->value = value_check(p, v, NULL, &passed); // not in the catalogue: taken on trust
    }
}

static void builtin_needs(Valuing *x, const IncludeInfo *member)
{
    Program *p = x->program;
    const char *missing = NULL;
    for (uint32_t i = 0; i < member->builtin->parameter_count; i++) {
        const CatalogParameter *param = &member->builtin->parameters[i];
        Name name = intern_str(p->compilation->names, param->name);
        bool is_effect = strcmp(param->name, member->builtin->effect_parameter) == 0;
        if (param->initial ||
            value_find(member->values.items, member->values.len, is_effect ? x->effect : name))
            continue;
        missing = arena_printf(p->compilation->arena, "%s%s`%s`", missing ? missing : "",
                               missing ? ", " : "", param->name);
    }
    if (!missing)
        return;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_PARAMETER_UNSET, member->span,
                          "the built-in `%s` needs a value for %s", member->reference, missing);
    diag_help(ds, d, "write it after the include: `{ name = value }`");
}

// --- what is lifted ----------------------------------------------------------------------------

typedef struct Lifted { // what has a name on the initiative: one of the two
    const ParamInfo *param;
    const IncludeInfo *member; // its effect
} Lifted;

static void label_lifted(Diags *ds, Diag *d, const Lifted *l)
{
    if (l->param)
        diag_label(ds, d, l->param->decl->name.span, "this parameter");
    else
        diag_label(ds, d, l->member->span, "the effect of this member");
}

static void lift(Valuing *x, Name name, Lifted what)
{
    Program *p = x->program;
    const Lifted *there = map_get(&x->lifted, name);
    if (!there) {
        Lifted *copy = ARENA_NEW(p->compilation->arena, Lifted);
        *copy = what;
        map_put(&x->lifted, p->compilation->arena, name, copy);
        if (what.param)
            vec_push(p->compilation->arena, &x->initiative->parameters, (ParamInfo *)what.param);
        return;
    }
    if (there->param == what.param && there->member == what.member)
        return;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_PARAMETER_CLASH, x->initiative->decl->name.span,
                          "two parameters of initiative `%s` would be called `%s`",
                          x->initiative->name, name);
    label_lifted(ds, d, there);
    label_lifted(ds, d, &what);
    diag_help(ds, d, "rename one of them, or set it in the initiative");
}

// The parameter a value stands for, or NULL where it is a constant.
static ParamInfo *passed_on(const SetValue *v)
{
    return v->value && v->value->kind == TX_PARAM ? v->value->param : NULL;
}

static void lift_effect(Valuing *x, IncludeInfo *member)
{
    bool open = member->requirement
                    ? requirement_info(x->program, member->requirement)->effects.len > 1
                    : *member->builtin->effect_parameter != '\0';
    if (!open || value_find(member->values.items, member->values.len, x->effect))
        return;
    const char *name = arena_printf(x->program->compilation->arena, "%s_effect", member->reference);
    lift(x, intern_str(x->program->compilation->names, name), (Lifted){.member = member});
}

static void lift_parameters(Valuing *x, IncludeInfo *member)
{
    lift_effect(x, member);
    for (uint32_t i = 0; i < member->values.len; i++) {
        ParamInfo *param = passed_on(&member->values.items[i]);
        if (param)
            lift(x, param->name, (Lifted){.param = param});
    }
    if (!member->requirement)
        return;
    const InitiativeInfo *of = x->initiative;
    const RequirementInfo *info = requirement_info(x->program, member->requirement);
    for (uint32_t i = 0; i < info->params.len; i++) {
        ParamInfo *param = info->params.items[i].param;
        if (value_find(member->values.items, member->values.len, param->name))
            continue;
        const SetValue *v = value_find(of->values.items, of->values.len, param->name);
        if (v)
            param = passed_on(v);
        if (param)
            lift(x, param->name, (Lifted){.param = param});
    }
}

// --- an initiative -----------------------------------------------------------------------------

static void index_parameters(Valuing *x)
{
    Arena *a = x->program->compilation->arena;
    const InitiativeInfo *of = x->initiative;
    for (uint32_t i = 0; i < of->includes.len; i++) {
        Symbol *s = of->includes.items[i]->requirement;
        RequirementInfo *info = s ? requirement_info(x->program, s) : NULL;
        for (uint32_t k = 0; info && k < info->params.len; k++)
            map_put(&x->by_name, a, info->params.items[k].param->name, &info->params.items[k]);
    }
}

// A value of the initiative extended may have lost the member it was for.
static bool is_inherited(const InitiativeInfo *of, const SetValue *v)
{
    return v->span.start < of->decl->span.start || v->span.start >= of->decl->span.end;
}

static void unknown_parameter_of_all(Valuing *x, const SetValue *v)
{
    Program *p = x->program;
    for (uint32_t i = 0; i < x->initiative->includes.len; i++) {
        Symbol *s = x->initiative->includes.items[i]->requirement;
        if (s && !requirement_info(p, s)->elaborated)
            return; // it may be this one's
    }
    Diags *ds = p->compilation->diags;
    Suggest near;
    suggest_start(&near, str_of(v->parameter));
    for (uint32_t i = 0; i < x->by_name.len; i++)
        suggest_offer(&near, str_of(x->by_name.keys[i]));
    Diag *d = diag_report(ds, DIAG_UNKNOWN_PARAMETER, v->span,
                          "no member of initiative `%s` has the parameter `%s`",
                          x->initiative->name, v->parameter);
    if (v->parameter == x->effect)
        diag_help(ds, d, "say whose effect: `set requirement.effect = …`");
    else
        check_suggest(p, d, v->span, &near, false);
}

static void value_of_all(Valuing *x, SetValue *v)
{
    const ParamUse *use = map_get(&x->by_name, v->parameter);
    if (!use) {
        if (!is_inherited(x->initiative, v))
            unknown_parameter_of_all(x, v);
        return;
    }
    ParamInfo *passed = NULL;
    v->value = value_check(x->program, v, use->param->type, &passed);
    value_check_list(x->program, v, use);
}

void initiative_check_values(Program *p, InitiativeInfo *of)
{
    Valuing x = {
        .program = p, .initiative = of, .effect = intern_str(p->compilation->names, "effect")};
    index_parameters(&x);
    for (uint32_t i = 0; i < of->values.len; i++)
        value_of_all(&x, &of->values.items[i]);
    for (uint32_t i = 0; i < of->includes.len; i++) {
        IncludeInfo *member = of->includes.items[i];
        for (uint32_t k = 0; k < member->values.len; k++) {
            if (member->requirement)
                value_of_requirement(&x, &member->values.items[k], member);
            else
                value_of_builtin(&x, &member->values.items[k], member);
        }
        if (member->builtin)
            builtin_needs(&x, member);
        lift_parameters(&x, member);
    }
}
