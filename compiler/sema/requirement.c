// requirement.c - one requirement: its items, and the shape of its `for`s.
//
// spec: requirements.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "sema/check.h"
#include "sema/walk.h"

enum { LONGEST_NAME = 64 }; // of a definition, the service's

static const char *const SEVERITIES[] = {"informational", "low",      "medium",
                                         "high",          "critical", NULL};

// --- satisfies ---------------------------------------------------------------------------------

static const Control *control_find(const Decl *framework, Name id)
{
    const FrameworkDecl *f = framework->framework;
    for (uint32_t i = 0; i < f->controls.len; i++) {
        if (f->controls.items[i].id.text == id)
            return &f->controls.items[i];
    }
    return NULL;
}

static void control_unknown(RequirementCheck *rc, const Symbol *framework, Text id)
{
    const FrameworkDecl *f = framework->decl->framework;
    Suggest near;
    suggest_start(&near, str_of(id.text));
    for (uint32_t i = 0; i < f->controls.len; i++)
        suggest_offer(&near, str_of(f->controls.items[i].id.text));
    Diag *d = requirement_error(rc, DIAG_UNKNOWN_CONTROL, id.span,
                                "framework `%s` has no control `%s`", framework->name, id.text);
    check_suggest(rc->program, d, id.span, &near, true);
    if (near.count == 0)
        diag_label(rc->diags, d, framework->decl->name.span, "its controls are listed here");
}

static void take_control(RequirementCheck *rc, Symbol *framework, Text id)
{
    const Control *control = control_find(framework->decl, id.text);
    if (!control) {
        control_unknown(rc, framework, id);
        return;
    }
    for (uint32_t i = 0; i < rc->result->controls.len; i++) {
        if (rc->result->controls.items[i].control != control)
            continue;
        diag_report(rc->diags, DIAG_CONTROL_TWICE, id.span, "control `%s` is listed twice",
                    id.text);
        return;
    }
    TControl c = {framework->decl, framework->name, control};
    vec_push(rc->arena, &rc->result->controls, c);
}

static void take_satisfies(RequirementCheck *rc, const ReqItem *item)
{
    Symbol *framework = NULL;
    Name word = NULL;
    for (uint32_t i = 0; i < item->satisfies.len; i++) {
        const SatisfiesItem *s = &item->satisfies.items[i];
        if (s->framework.name != word) { // parsed: a word left out repeats the one before
            word = s->framework.name;
            framework =
                module_resolve_word(rc->module, s->framework, SYMBOL_FRAMEWORK, "framework");
        }
        if (framework)
            take_control(rc, framework, s->control);
        else
            rc->failed = true;
    }
}

// --- the other items ---------------------------------------------------------------------------

typedef struct ItemSpans { // where an item stood first
    Span severity, why, effect, id, mode, version, metadata;
} ItemSpans;

static void take_effects(RequirementCheck *rc, const ReqItem *item)
{
    Effects effects;
    rc->effect_span = item->span;
    rc->effects_known = effects_check(rc->program, item, rc->arena, &effects);
    rc->failed |= !rc->effects_known;
    for (uint32_t i = 0; i < effects.len; i++) {
        Effect e = effects.items[i];
        vec_push(rc->arena, &rc->result->effects, e);
        if (effect_family(e) != FAMILY_NONE)
            rc->family = effect_family(e);
    }
    rc->effects = effects_bits(effects.items, effects.len);
}

static void take_mode(RequirementCheck *rc, const ReqItem *item)
{
    Word word = {item->text.text, item->text.span};
    size_t at = check_choice(rc->program, word, "a mode", POLICY_MODES);
    rc->failed |= at == CHOICE_NONE;
    rc->result->mode = item->text.text;
}

// Keys that every definition has from the compiler; a category may be set.
static const char *const OWN_KEYS[] = {"version", "severity", "module", "requirement",
                                       "attest",  "evidence", "every",  "fingerprint"};

static void take_metadata(RequirementCheck *rc, const Expr *object)
{
    for (uint32_t i = 0; i < object->entries->len; i++) {
        Word key = object->entries->items[i].key;
        for (size_t k = 0; k < sizeof OWN_KEYS / sizeof OWN_KEYS[0]; k++) {
            if (!str_equal_nocase(str_of(key.name), str_of(OWN_KEYS[k])))
                continue;
            Diag *d = requirement_error(rc, DIAG_METADATA_OF_MOAT, key.span,
                                        "`%s` of the metadata is written by moat", key.name);
            diag_help(rc->diags, d, "use the item of the requirement, or another key");
        }
    }
    rc->result->metadata = elaborate_constant(rc->elaborator, object, type_simple(TYPE_OBJECT));
}

static void take_item(RequirementCheck *rc, const ReqItem *item, ItemSpans *seen)
{
    TRequirement *r = rc->result;
    Program *p = rc->program;
    switch (item->kind) {
    case REQITEM_SEVERITY:
        if (!check_once(p, &seen->severity, item->span, "severity") ||
            check_choice(p, item->word, "a severity", SEVERITIES) == CHOICE_NONE)
            rc->failed = true;
        r->severity = item->word.name;
        return;
    case REQITEM_SATISFIES:
        take_satisfies(rc, item);
        return;
    case REQITEM_WHY:
        rc->failed |= !check_once(p, &seen->why, item->span, "why");
        r->why = item->text.text;
        return;
    case REQITEM_EFFECT:
        if (check_once(p, &seen->effect, item->span, "effect"))
            take_effects(rc, item);
        else
            rc->failed = true;
        return;
    case REQITEM_ID:
        if (!check_once(p, &seen->id, item->span, "id") ||
            !check_object_name(p, item->text.span, item->text.text, "a definition", LONGEST_NAME))
            rc->failed = true;
        r->id = item->text.text;
        return;
    case REQITEM_MODE:
        rc->failed |= !check_once(p, &seen->mode, item->span, "mode");
        take_mode(rc, item);
        return;
    case REQITEM_VERSION:
        if (!check_once(p, &seen->version, item->span, "version") || !check_version(p, item->text))
            rc->failed = true;
        r->version = item->text.text;
        return;
    case REQITEM_METADATA:
        if (!check_once(p, &seen->metadata, item->span, "metadata"))
            rc->failed = true;
        else if (item->object->kind == EXPR_OBJECT)
            take_metadata(rc, item->object);
        return;
    case REQITEM_FOR: // after the items: they need the effects
        return;
    }
}

static void take_blocks(RequirementCheck *rc)
{
    const RequirementDecl *decl = rc->result->decl->requirement;
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const ReqItem *item = &decl->items.items[i];
        if (item->kind == REQITEM_FOR) {
            TBlock *block = block_check(rc, item->block);
            vec_push(rc->arena, &rc->result->blocks, block);
        }
    }
    if (rc->result->blocks.len > 0)
        return;
    Diag *d =
        requirement_error(rc, DIAG_NO_FOR, rc->result->decl->name.span,
                          "requirement `%s` says nothing of any kind", rc->result->decl->name.name);
    diag_help(rc->diags, d, "write `for kind { require … }`");
}

static void need_effect(RequirementCheck *rc)
{
    const Decl *decl = rc->result->decl;
    if (rc->effect_span.end > 0)
        return;
    Diag *d = requirement_error(rc, DIAG_NO_EFFECT, decl->name.span,
                                "requirement `%s` has no effect", decl->name.name);
    diag_help(rc->diags, d, "write `effect audit | deny | disabled`: the first is the default");
}

// --- what others need to know of it ------------------------------------------------------------

RequirementInfo *requirement_info(Program *p, Symbol *s)
{
    if (!s->requirement) {
        Arena *a = p->compilation->arena;
        Effects effects = {0};
        s->requirement = ARENA_NEW(a, RequirementInfo);
        effects_of_declaration(s->decl->requirement, a, &effects);
        for (uint32_t i = 0; i < effects.len; i++)
            vec_push(a, &s->requirement->effects, effects.items[i]);
    }
    return s->requirement;
}

typedef struct ParamSearch {
    Arena *arena;
    RequirementInfo *info;
} ParamSearch;

static ParamUse *param_use(ParamSearch *search, ParamInfo *param)
{
    RequirementInfo *info = search->info;
    for (uint32_t i = 0; i < info->params.len; i++) {
        if (info->params.items[i].param == param)
            return &info->params.items[i];
    }
    ParamUse use = {param, false};
    vec_push(search->arena, &info->params, use);
    return &info->params.items[info->params.len - 1];
}

static bool visit_params(const TExpr *e, void *context)
{
    ParamSearch *search = context;
    if (e->kind == TX_PARAM)
        param_use(search, e->param);
    bool loops = e->kind == TX_QUANTIFIER || e->kind == TX_COUNT;
    const TExpr *list = loops ? e->bound->list : NULL;
    if (list && list->kind == TX_PARAM)
        param_use(search, list->param)->walked = true;
    return true;
}

static void collect_info(RequirementCheck *rc, Symbol *s)
{
    ParamSearch search = {rc->program->compilation->arena, requirement_info(rc->program, s)};
    for (uint32_t i = 0; i < rc->result->blocks.len; i++) {
        const TBlock *block = rc->result->blocks.items[i];
        for (uint32_t k = 0; k < block->rules.len; k++)
            typed_walk_rule(block->rules.items[k], visit_params, &search);
    }
    for (uint32_t i = 0; i < rc->result->controls.len; i++)
        vec_push(search.arena, &search.info->controls, rc->result->controls.items[i]);
    search.info->elaborated = true;
}

TRequirement *sema_requirement(Program *p, Symbol *requirement, Arena *scratch)
{
    RequirementCheck rc = {
        .program = p,
        .module = requirement->module,
        .diags = p->compilation->diags,
        .arena = scratch,
        .elaborator = elaborator_new(p, requirement->module, scratch),
        .result = ARENA_NEW(scratch, TRequirement),
    };
    rc.result->decl = requirement->decl;
    rc.result->module = requirement->module;
    ItemSpans seen = {0};
    const RequirementDecl *decl = requirement->decl->requirement;
    for (uint32_t i = 0; i < decl->items.len; i++)
        take_item(&rc, &decl->items.items[i], &seen);
    need_effect(&rc);
    take_blocks(&rc);
    if (rc.failed || elaborator_failed(rc.elaborator))
        return NULL;
    collect_info(&rc, requirement);
    return rc.result;
}
