// assignment_values.c - what an assignment sets, and what its members then do.
//
// spec: deployment, values. An initiative's own values are fixed: an assignment
// may repeat them, not change them.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"
#include "sema/effect.h"

typedef struct Assigned {
    Program *program;
    AssignmentInfo *info;
    InitiativeInfo *initiative;
    Name effect; // "effect"
} Assigned;

// --- values ------------------------------------------------------------------------------------

static void fixed(Assigned *x, const SetValue *v, const SetValue *by)
{
    Diags *ds = x->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_VALUE_FIXED, v->span, "initiative `%s` has set this already",
                          x->initiative->name);
    diag_label(ds, d, by->span, "here");
    if (v->parameter == x->effect)
        diag_help(ds, d, "write `roll_out override effect \"…\" for %s`", v->requirement);
    else
        diag_help(ds, d, "leave the value out there, to set it for each assignment");
}

static void value_of_effect(Assigned *x, SetValue *v, const IncludeInfo *member)
{
    Diags *ds = x->program->compilation->diags;
    v->value = value_check_effect(x->program, v, member);
    const SetValue *by = value_find(member->values.items, member->values.len, x->effect);
    bool one = member->requirement
                   ? requirement_info(x->program, member->requirement)->effects.len == 1
                   : *member->builtin->version && !*member->builtin->effect_parameter;
    if (!v->value)
        return;
    if (by && by->value && strcmp(by->value->text, v->value->text) != 0)
        fixed(x, v, by);
    else if (one && !by && !member->requirement)
        diag_report(ds, DIAG_VALUE_FIXED, v->span, "the effect of `%s` cannot be set",
                    member->reference);
    if (by || one)
        v->value = NULL; // nothing to pass on
}

static void value_of_member(Assigned *x, SetValue *v)
{
    Program *p = x->program;
    Word word = {v->requirement, v->span};
    word.span.end = v->span.start + (uint32_t)name_length(v->requirement);
    const IncludeInfo *member = initiative_member_at(p, x->initiative, word);
    if (!member)
        return;
    if (v->parameter == x->effect) {
        value_of_effect(x, v, member);
        return;
    }
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_PARAMETER, v->span,
                          "an assignment sets parameters of the initiative, not of one member");
    diag_help(ds, d, "write `set %s = …`, or set it for this member in initiative `%s`",
              v->parameter, x->initiative->name);
}

static bool all_elaborated(Assigned *x)
{
    for (uint32_t i = 0; i < x->initiative->includes.len; i++) {
        Symbol *s = x->initiative->includes.items[i]->requirement;
        if (s && !requirement_info(x->program, s)->elaborated)
            return false;
    }
    return true;
}

static void unknown_parameter(Assigned *x, const SetValue *v)
{
    if (!all_elaborated(x))
        return; // it may be one of a requirement with mistakes
    Diags *ds = x->program->compilation->diags;
    Suggest near;
    suggest_start(&near, str_of(v->parameter));
    for (uint32_t i = 0; i < x->initiative->parameters.len; i++)
        suggest_offer(&near, str_of(x->initiative->parameters.items[i]->name));
    Diag *d =
        diag_report(ds, DIAG_UNKNOWN_PARAMETER, v->span, "initiative `%s` has no parameter `%s`",
                    x->initiative->name, v->parameter);
    if (v->parameter == x->effect)
        diag_help(ds, d, "say whose effect: `set requirement.effect = …`");
    else
        check_suggest(x->program, d, v->span, &near, false);
}

// Is the parameter's list gone over by a member?
static ParamUse use_of(const Assigned *x, ParamInfo *param)
{
    ParamUse use = {param, false};
    for (uint32_t i = 0; i < x->initiative->includes.len; i++) {
        Symbol *s = x->initiative->includes.items[i]->requirement;
        const RequirementInfo *info = s ? s->requirement : NULL;
        for (uint32_t k = 0; info && k < info->params.len; k++)
            use.walked |= info->params.items[k].param == param && info->params.items[k].walked;
    }
    return use;
}

static void value_of_initiative(Assigned *x, SetValue *v)
{
    InitiativeInfo *of = x->initiative;
    for (uint32_t i = 0; i < of->parameters.len; i++) {
        ParamInfo *param = of->parameters.items[i];
        if (param->name != v->parameter)
            continue;
        ParamUse use = use_of(x, param);
        v->value = value_check(x->program, v, param->type, NULL);
        value_check_list(x->program, v, &use);
        return;
    }
    const SetValue *by = value_find(of->values.items, of->values.len, v->parameter);
    if (by)
        fixed(x, v, by);
    else
        unknown_parameter(x, v);
}

static void values_missing(Assigned *x)
{
    Program *p = x->program;
    const AssignmentInfo *a = x->info;
    const char *missing = NULL;
    for (uint32_t i = 0; i < x->initiative->parameters.len; i++) {
        const ParamInfo *param = x->initiative->parameters.items[i];
        if (param->initial || value_find(a->values.items, a->values.len, param->name))
            continue;
        missing = arena_printf(p->compilation->arena, "%s%s`%s`", missing ? missing : "",
                               missing ? ", " : "", param->name);
    }
    if (!missing)
        return;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_PARAMETER_UNSET, a->decl->name.span,
                          "assignment `%s` needs a value for %s", a->name, missing);
    diag_help(ds, d, "write `set name = value`");
}

// --- what members do ---------------------------------------------------------------------------

// A built-in's default is JSON text.
static const char *builtin_default(Arena *a, const CatalogBuiltin *b)
{
    for (uint32_t i = 0; i < b->parameter_count; i++) {
        const CatalogParameter *param = &b->parameters[i];
        size_t n = param->initial ? strlen(param->initial) : 0;
        if (n >= 2 && strcmp(param->name, b->effect_parameter) == 0 && param->initial[0] == '"')
            return arena_copy(a, param->initial + 1, n - 2);
    }
    return b->effect_count > 0 ? b->effects[0] : "";
}

const char *member_effect(Program *p, const AssignmentInfo *a, const IncludeInfo *member)
{
    Name effect = intern_str(p->compilation->names, "effect");
    for (uint32_t i = a->values.len; i > 0; i--) {
        const SetValue *v = &a->values.items[i - 1];
        if (v->value && v->requirement == member->reference && v->parameter == effect)
            return v->value->text;
    }
    const SetValue *by = value_find(member->values.items, member->values.len, effect);
    if (by)
        return by->value ? by->value->text : "";
    if (!member->requirement)
        return builtin_default(p->compilation->arena, member->builtin);
    const RequirementInfo *info = requirement_info(p, member->requirement);
    return info->effects.len > 0 ? effect_text(info->effects.items[0]) : "";
}

static bool changes_resources(const char *effect)
{
    Effect e;
    return effect_find(str_of(effect), &e) &&
           (e == EFFECT_MODIFY || e == EFFECT_DEPLOY_IF_NOT_EXISTS);
}

static void identity_needed(Assigned *x, const IncludeInfo *member, const char *effect)
{
    Diags *ds = x->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_IDENTITY_NEEDED, x->info->decl->name.span,
                          "assignment `%s` needs an identity: `%s` has the effect `%s`",
                          x->info->name, member->reference, effect);
    diag_help(ds, d, "write `identity system in \"westeurope\"`");
}

static bool member_may_change(const IncludeInfo *member)
{
    return effect_of_member(member, effect_text(EFFECT_MODIFY)) ||
           effect_of_member(member, effect_text(EFFECT_DEPLOY_IF_NOT_EXISTS));
}

static void check_identity(Assigned *x)
{
    bool may = false;
    for (uint32_t i = 0; i < x->initiative->includes.len; i++) {
        const IncludeInfo *member = x->initiative->includes.items[i];
        const char *effect = member_effect(x->program, x->info, member);
        may |= member_may_change(member);
        if (!x->info->identity && changes_resources(effect)) {
            identity_needed(x, member, effect);
            return;
        }
    }
    if (!x->info->identity || may)
        return;
    const AssignmentDecl *decl = x->info->decl->assignment;
    for (uint32_t i = 0; i < decl->items.len; i++) {
        if (decl->items.items[i].kind == ASGITEM_IDENTITY)
            diag_report(
                x->program->compilation->diags, DIAG_IDENTITY_UNUSED, decl->items.items[i].span,
                "no member of initiative `%s` changes or deploys anything", x->initiative->name);
    }
}

static void check_override(Assigned *x, const RollOut *r, const AsgItem *item)
{
    Diags *ds = x->program->compilation->diags;
    for (uint32_t i = 0; i < r->references.len; i++) {
        const IncludeInfo *member =
            initiative_member(x->program, x->initiative, r->references.items[i]);
        const char *effect = member ? effect_of_member(member, r->effect) : "";
        if (!effect) {
            Diag *d = diag_report(ds, DIAG_EFFECT_NOT_ALLOWED, item->text.span,
                                  "`%s` cannot have the effect `%s`", member->reference, r->effect);
            diag_help(ds, d, "it has %s", member_effects(x->program->compilation->arena, member));
        } else if (!x->info->identity && changes_resources(effect)) {
            identity_needed(x, member, effect);
        }
    }
}

void assignment_check_values(Program *p, AssignmentInfo *a)
{
    if (!a->initiative || a->initiative->broken)
        return;
    Assigned x = {p, a, a->initiative, intern_str(p->compilation->names, "effect")};
    for (uint32_t i = 0; i < a->values.len; i++) {
        if (a->values.items[i].requirement)
            value_of_member(&x, &a->values.items[i]);
        else
            value_of_initiative(&x, &a->values.items[i]);
    }
    values_missing(&x);
    check_identity(&x);
    uint32_t at = 0; // roll-outs are in the order of their items
    for (uint32_t i = 0; i < a->decl->assignment->items.len; i++) {
        const AsgItem *item = &a->decl->assignment->items.items[i];
        bool is_override = item->kind == ASGITEM_ROLL_OUT_OVERRIDE;
        if ((is_override || item->kind == ASGITEM_ROLL_OUT_ONLY) && at++ < a->roll_outs.len &&
            is_override)
            check_override(&x, &a->roll_outs.items[at - 1], item);
    }
}
