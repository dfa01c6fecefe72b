// assignment.c - `assignment`: an initiative at a scope.
//
// spec: deployment, assignments. What its values mean is checked once the
// requirements are known (assignment_values.c).
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"
#include "sema/effect.h"

static const char *const IDENTITIES[] = {"system", "user", NULL};
static const char *const ENFORCEMENTS[] = {"default", "do_not_enforce", NULL};
static const char *const ENFORCEMENT_TEXTS[] = {"Default", "DoNotEnforce"};
static const char *const OVERRIDDEN[] = {"effect", NULL};

typedef struct ItemSpans { // where an item stood first
    Span initiative, environment, scope, identity, enforcement, message;
} ItemSpans;

typedef struct Assigning {
    Program *program;
    Module *module;
    AssignmentInfo *info;
    ItemSpans seen;
} Assigning;

// An initiative of the library is built only where it is assigned.
static void want_initiative(Program *p, const Symbol *s, InitiativeInfo *i)
{
    bool listed = !s->module->is_stdlib;
    for (uint32_t k = 0; !listed && k < p->initiatives.len; k++)
        listed = p->initiatives.items[k] == i;
    if (!listed)
        vec_push(p->compilation->arena, &p->initiatives, i);
}

static void take_initiative(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    Symbol *s = check_path(x->module, &item->path, SYMBOL_INITIATIVE);
    if (!s)
        return;
    x->info->initiative = initiative_of_symbol(p, s);
    want_initiative(p, s, x->info->initiative);
}

static void take_environment(Assigning *x, const AsgItem *item)
{
    Symbol *s = environment_find(x->program, x->module, item->word);
    if (s)
        x->info->environment = environment_of_symbol(x->program, s);
}

static void take_identity(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    Diags *ds = p->compilation->diags;
    size_t at = check_choice(p, item->word, "an identity", IDENTITIES);
    if (at == CHOICE_NONE)
        return;
    bool user = at == 1;
    x->info->identity = user ? "UserAssigned" : "SystemAssigned";
    x->info->user_identity = item->text.text;
    if (user != (item->text.text != NULL)) {
        Diag *d = diag_report(p->compilation->diags, DIAG_BAD_IDENTITY, item->span,
                              user ? "a user identity needs its id"
                                   : "a system identity has no id of its own");
        diag_help(ds, d,
                  user ? "write `identity user \"/subscriptions/…/userAssignedIdentities/"
                         "name\" in \"westeurope\"`"
                       : "write `identity system in \"westeurope\"`");
    } else if (user && scope_level(item->text.text) != LEVEL_RESOURCE) {
        diag_report(p->compilation->diags, DIAG_BAD_IDENTITY, item->text.span,
                    "`%s` is not the full id of an identity", item->text.text);
    }
    if (item->location.text) {
        x->info->location = check_region(p, item->location);
        return;
    }
    Diag *d = diag_report(p->compilation->diags, DIAG_BAD_IDENTITY, item->span,
                          "an identity needs a location");
    diag_help(ds, d, "write `identity %s%s in \"westeurope\"`", item->word.name,
              user ? " \"…\"" : "");
}

static void take_set(Assigning *x, const AsgItem *item)
{
    SetValue v;
    if (place_split(x->program, x->module, item->place, item->value, &v))
        vec_push(x->program->compilation->arena, &x->info->values, v);
}

// --- roll-outs ---------------------------------------------------------------------------------

static void fill_locations(Assigning *x, const AsgItem *item, RollOut *ret)
{
    LocationFilter filter = selector_locations(x->program, x->module, item->where);
    for (uint32_t i = 0; i < filter.locations.len; i++)
        vec_push(x->program->compilation->arena, &ret->locations, filter.locations.items[i]);
    ret->locations_negated = filter.negated;
    ret->without_location = filter.without_location;
}

static void take_only(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    RollOut r = {.span = item->span};
    selector_types(p, x->module, &item->names, &r);
    fill_locations(x, item, &r);
    if (item->names.len == 0 && !item->where) {
        Diag *d = diag_report(p->compilation->diags, DIAG_SELECTOR_FORM, item->span,
                              "this selects nothing");
        diag_help(p->compilation->diags, d, "write `roll_out only where location in [\"…\"]`");
    }
    vec_push(p->compilation->arena, &x->info->roll_outs, r);
}

static void take_override(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    Effect effect;
    RollOut r = {.span = item->span, .effect = item->text.text};
    check_choice(p, item->word, "what can be overridden", OVERRIDDEN);
    if (effect_find(str_of(item->text.text), &effect))
        r.effect = effect_text(effect);
    for (uint32_t i = 0; x->info->initiative && i < item->names.len; i++) {
        const IncludeInfo *m = initiative_member_at(p, x->info->initiative, item->names.items[i]);
        if (m)
            vec_push(p->compilation->arena, &r.references, m->reference);
    }
    fill_locations(x, item, &r);
    if (r.without_location) {
        diag_report(p->compilation->diags, DIAG_SELECTOR_FORM, item->where->span,
                    "an override selects by named locations only");
    }
    vec_push(p->compilation->arena, &x->info->roll_outs, r);
}

// --- the declaration ---------------------------------------------------------------------------

static void take_item(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    switch (item->kind) {
    case ASGITEM_INITIATIVE:
        if (check_once(p, &x->seen.initiative, item->span, "initiative"))
            take_initiative(x, item);
        return;
    case ASGITEM_ENVIRONMENT:
        if (check_once(p, &x->seen.environment, item->span, "environment"))
            take_environment(x, item);
        return;
    case ASGITEM_SCOPE:
        if (check_once(p, &x->seen.scope, item->span, "scope"))
            x->info->scope = scope_id(p, item->word, item->text);
        return;
    case ASGITEM_IDENTITY:
        if (check_once(p, &x->seen.identity, item->span, "identity"))
            take_identity(x, item);
        return;
    case ASGITEM_ENFORCEMENT: {
        if (!check_once(p, &x->seen.enforcement, item->span, "enforcement"))
            return;
        size_t at = check_choice(p, item->word, "an enforcement", ENFORCEMENTS);
        if (at != CHOICE_NONE)
            x->info->enforcement = ENFORCEMENT_TEXTS[at];
        return;
    }
    case ASGITEM_MESSAGE:
        check_once(p, &x->seen.message, item->span, "message");
        x->info->message = item->text.text;
        return;
    case ASGITEM_EXCLUDE:
    case ASGITEM_SET:
    case ASGITEM_ROLL_OUT_ONLY:
    case ASGITEM_ROLL_OUT_OVERRIDE: // after these: they need the initiative and the scope
        return;
    }
}

static void take_exclude(Assigning *x, const AsgItem *item)
{
    Program *p = x->program;
    const char *id = scope_id(p, (Word){0}, item->text);
    if (!id)
        return;
    if (x->info->scope && !scope_may_be_below(id, x->info->scope)) {
        Diag *d = diag_report(p->compilation->diags, DIAG_SCOPE_OUTSIDE, item->text.span,
                              "this is not below the scope of the assignment");
        diag_note(p->compilation->diags, d, "the scope is %s", x->info->scope);
        return;
    }
    vec_push(p->compilation->arena, &x->info->excludes, id);
}

static void take_later_item(Assigning *x, const AsgItem *item)
{
    if (item->kind == ASGITEM_EXCLUDE)
        take_exclude(x, item);
    else if (item->kind == ASGITEM_SET)
        take_set(x, item);
    else if (item->kind == ASGITEM_ROLL_OUT_ONLY)
        take_only(x, item);
    else if (item->kind == ASGITEM_ROLL_OUT_OVERRIDE)
        take_override(x, item);
}

static void need(Assigning *x, Span seen, const char *item, const char *example)
{
    if (seen.end > 0)
        return;
    Program *p = x->program;
    Word name = x->info->decl->name;
    Diag *d = diag_report(p->compilation->diags, DIAG_MISSING_ITEM, name.span,
                          "assignment `%s` has no %s", name.name, item);
    diag_help(p->compilation->diags, d, "write `%s`", example);
}

// Where the project has one environment, every assignment is in it.
static void need_environment(Assigning *x)
{
    bool several;
    Symbol *only = environment_only(x->program, &several);
    if (x->seen.environment.end > 0)
        return;
    if (only)
        x->info->environment = environment_of_symbol(x->program, only);
    else if (several)
        need(x, x->seen.environment, "environment", "environment name");
}

// Definitions of a subscription can be assigned only in it.
static void check_root(Assigning *x)
{
    const char *root = x->info->environment ? x->info->environment->root : NULL;
    const char *scope = x->info->scope;
    if (!root || !scope || scope_level(root) != LEVEL_SUBSCRIPTION ||
        str_equal_nocase(str_of(scope), str_of(root)) || scope_may_be_below(scope, root))
        return;
    Program *p = x->program;
    Diag *d = diag_report(p->compilation->diags, DIAG_SCOPE_OUTSIDE, x->seen.scope,
                          "definitions of environment `%s` cannot be assigned here",
                          x->info->environment->name);
    diag_note(p->compilation->diags, d, "they live at %s", root);
}

AssignmentInfo *assignment_of_symbol(Program *p, Symbol *s)
{
    if (s->assignment)
        return s->assignment;
    Assigning x = {.program = p, .module = s->module};
    x.info = ARENA_NEW(p->compilation->arena, AssignmentInfo);
    s->assignment = x.info;
    x.info->decl = s->decl;
    x.info->module = s->module;
    x.info->name = s->name;
    x.info->enforcement = ENFORCEMENT_TEXTS[0];
    const AssignmentDecl *decl = s->decl->assignment;
    for (uint32_t i = 0; i < decl->items.len; i++)
        take_item(&x, &decl->items.items[i]);
    for (uint32_t i = 0; i < decl->items.len; i++)
        take_later_item(&x, &decl->items.items[i]);
    need(&x, x.seen.initiative, "initiative", "initiative name");
    need(&x, x.seen.scope, "scope", "scope management_group \"contoso-ai\"");
    need_environment(&x);
    check_root(&x);
    return x.info;
}
