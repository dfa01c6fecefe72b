// values.c - values for parameters: what they may be.
//
// spec: deployment, values.
//
// SPDX-License-Identifier: MIT
#include "sema/deploy.h"

#include "sema/check.h"
#include "sema/effect.h"

enum { LONGEST_WALK = 100 }; // entries a value count may go over, the service's

// --- places and values -------------------------------------------------------------------------

bool place_split(Program *p, Module *m, const Expr *place, const Expr *value, SetValue *ret)
{
    *ret = (SetValue){.written = value, .module = m, .span = place->span};
    if (place->kind == EXPR_ERROR)
        return false;
    if (place->kind == EXPR_NAME) {
        ret->parameter = place->text;
        return true;
    }
    if (place->kind == EXPR_MEMBER && place->object->kind == EXPR_NAME) {
        ret->requirement = place->object->text;
        ret->parameter = place->member->name;
        return true;
    }
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_PARAMETER, place->span, "this is not a parameter");
    diag_help(ds, d, "write `set parameter = …` or `set requirement.parameter = …`");
    return false;
}

const SetValue *value_find(const SetValue *values, uint32_t count, Name parameter)
{
    while (count > 0) {
        if (values[--count].parameter == parameter)
            return &values[count];
    }
    return NULL;
}

static ParamInfo *named_param(Program *p, Module *m, const Expr *x)
{
    Symbol *s = NULL;
    if (x->kind == EXPR_NAME) {
        s = module_lookup(m, x->text);
    } else if (x->kind == EXPR_MEMBER && x->object->kind == EXPR_NAME) {
        Symbol *of = module_lookup(m, x->object->text);
        s = of && of->kind == SYMBOL_MODULE ? map_get(&of->module->symbols, x->member->name) : NULL;
    }
    return s && s->kind == SYMBOL_PARAM ? param_of_symbol(p, s) : NULL;
}

TExpr *value_check(Program *p, const SetValue *v, const Type *type, ParamInfo **lifted)
{
    Arena *a = p->compilation->arena;
    Elaborator *e = elaborator_new(p, v->module, a);
    ParamInfo *param = lifted ? named_param(p, v->module, v->written) : NULL;
    if (param) {
        *lifted = param;
        param->uses++;
    }
    TExpr *value = param ? elaborate(e, v->written, type) : elaborate_constant(e, v->written, type);
    return value->kind == TX_ERROR || elaborator_failed(e) ? NULL : value;
}

void value_check_list(Program *p, const SetValue *v, const ParamUse *use)
{
    Diags *ds = p->compilation->diags;
    const TExprs *items = v->value && v->value->kind == TX_LIST ? v->value->operands : NULL;
    if (!items)
        return;
    if (use->walked && items->len > LONGEST_WALK) {
        Diag *d = diag_report(ds, DIAG_LIST_TOO_LONG, v->written->span,
                              "this list has %u entries, Azure goes over %u at most", items->len,
                              LONGEST_WALK);
        diag_label(ds, d, use->param->decl->name.span, "requirements go over its entries");
    }
    const Type *element = use->param->type->element;
    for (uint32_t i = 0; element && element->kind == TYPE_STRING && i < items->len; i++) {
        const TExpr *item = items->items[i];
        if (item->kind != TX_STRING || *item->text)
            continue;
        Diag *d = diag_report(ds, DIAG_EMPTY_TEXT_IN_LIST, item->span,
                              "an empty text in this list may match a missing property");
        diag_help(ds, d, "leave it out");
    }
}

// --- effects -----------------------------------------------------------------------------------

const char *member_effects(Arena *a, const IncludeInfo *member)
{
    VEC(const char *) names = {0};
    if (member->requirement) {
        const RequirementInfo *info = member->requirement->requirement;
        for (uint32_t i = 0; i < info->effects.len; i++)
            vec_push(a, &names, effect_text(info->effects.items[i]));
    } else {
        for (uint32_t i = 0; i < member->builtin->effect_count; i++)
            vec_push(a, &names, member->builtin->effects[i]);
    }
    vec_push(a, &names, NULL);
    return choices_text(a, names.items);
}

// The effect in the spelling of the member; NULL where it does not have it.
const char *effect_of_member(const IncludeInfo *member, const char *text)
{
    if (member->requirement) {
        const RequirementInfo *info = member->requirement->requirement;
        Effect e;
        bool known = effect_find(str_of(text), &e);
        for (uint32_t i = 0; known && i < info->effects.len; i++) {
            if (info->effects.items[i] == e)
                return effect_text(e);
        }
        return NULL;
    }
    const CatalogBuiltin *b = member->builtin;
    const char *found = NULL;
    for (uint32_t i = 0; i < b->effect_count; i++) { // some list both `deny` and `Deny`
        if (strcmp(b->effects[i], text) == 0)
            return text;
        if (!found && str_equal_nocase(str_of(b->effects[i]), str_of(text)))
            found = b->effects[i];
    }
    return b->effect_count == 0 ? text : found;
}

TExpr *value_check_effect(Program *p, const SetValue *v, const IncludeInfo *member)
{
    Diags *ds = p->compilation->diags;
    if (v->written->kind != EXPR_STRING) {
        if (v->written->kind == EXPR_ERROR)
            return NULL;
        Diag *d = diag_report(ds, DIAG_VALUE_TYPE, v->written->span, "an effect is a text");
        diag_help(ds, d, "write one of %s", member_effects(p->compilation->arena, member));
        return NULL;
    }
    const char *text = effect_of_member(member, v->written->text);
    if (!text) {
        Diag *d =
            diag_report(ds, DIAG_EFFECT_NOT_ALLOWED, v->written->span,
                        "`%s` cannot have the effect `%s`", member->reference, v->written->text);
        diag_help(ds, d, "it has %s", member_effects(p->compilation->arena, member));
        return NULL;
    }
    TExpr *value = ARENA_NEW(p->compilation->arena, TExpr);
    value->kind = TX_STRING;
    value->span = v->written->span;
    value->type = type_simple(TYPE_STRING);
    value->text = text;
    return value;
}

void sema_check_values(Program *p)
{
    for (uint32_t i = 0; i < p->initiatives.len; i++)
        initiative_check_values(p, p->initiatives.items[i]);
    for (uint32_t i = 0; i < p->assignments.len; i++)
        assignment_check_values(p, p->assignments.items[i]);
    for (uint32_t i = 0; i < p->modules.len; i++) {
        Module *m = p->modules.items[i];
        for (uint32_t k = 0; !m->is_stdlib && k < m->file->decls.len; k++) {
            if (m->file->decls.items[k]->kind == DECL_TEST)
                test_check_values(p, m, m->file->decls.items[k]);
        }
    }
}
