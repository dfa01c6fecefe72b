// environment.c - where definitions live: `environment`.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

static const char *const CLOUDS[] = {"public", "us_government", "china", NULL};

typedef struct ItemSpans { // where an item stood first
    Span tenant, root, store, cloud, api_version;
} ItemSpans;

static void take_tenant(Program *p, EnvironmentInfo *env, Text tenant)
{
    env->tenant = tenant.text;
    if (text_is_guid(tenant.text))
        return;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_TENANT_FORM, tenant.span, "`%s` is not the id of a tenant",
                          tenant.text);
    diag_help(ds, d, "write the tenant's GUID: `az account show --query tenantId`");
}

static void take_root(Program *p, EnvironmentInfo *env, const EnvItem *item)
{
    env->root = scope_id(p, item->word, item->text);
    ScopeLevel level = env->root ? scope_level(env->root) : LEVEL_SUBSCRIPTION;
    if (level == LEVEL_SUBSCRIPTION || level == LEVEL_MANAGEMENT_GROUP)
        return;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_BAD_SCOPE, item->word.span, "definitions cannot live at a %s",
                          item->word.name);
    diag_help(ds, d, "write `root management_group \"…\"` or `root subscription \"…\"`");
    env->root = NULL;
}

static void take_protect(Program *p, Module *m, EnvironmentInfo *env, const EnvItem *item)
{
    Symbol *s = check_path(m, &item->path, SYMBOL_INITIATIVE);
    InitiativeInfo *initiative = s ? initiative_of_symbol(p, s) : NULL;
    if (initiative)
        vec_push(p->compilation->arena, &env->protects, initiative);
}

static void take_item(Program *p, Module *m, EnvironmentInfo *env, const EnvItem *item,
                      ItemSpans *seen)
{
    switch (item->kind) {
    case ENVITEM_TENANT:
        if (check_once(p, &seen->tenant, item->span, "tenant"))
            take_tenant(p, env, item->text);
        return;
    case ENVITEM_ROOT:
        if (check_once(p, &seen->root, item->span, "root"))
            take_root(p, env, item);
        return;
    case ENVITEM_STORE:
        if (check_once(p, &seen->store, item->span, "store"))
            env->store = item->text.text;
        return;
    case ENVITEM_CLOUD:
        if (check_once(p, &seen->cloud, item->span, "cloud") &&
            check_choice(p, item->word, "a cloud", CLOUDS) != CHOICE_NONE)
            env->cloud = item->word.name;
        return;
    case ENVITEM_PROTECT:
        take_protect(p, m, env, item);
        return;
    case ENVITEM_API_VERSION:
        if (check_once(p, &seen->api_version, item->span, "api_version"))
            env->api_version = item->text.text;
        return;
    }
}

// Environments are the project's: a name means the same in every module.
Symbol *environment_find(Program *p, Module *m, Word word)
{
    for (uint32_t i = 0; i < p->modules.len; i++) {
        const Module *other = p->modules.items[i];
        Symbol *s = other->is_stdlib ? NULL : map_get(&other->symbols, word.name);
        if (s && s->kind == SYMBOL_ENVIRONMENT) {
            s->uses++;
            return s;
        }
    }
    return module_resolve_word(m, word, SYMBOL_ENVIRONMENT, "environment");
}

Symbol *environment_only(const Program *p, bool *ret_several)
{
    Symbol *only = NULL;
    *ret_several = false;
    for (uint32_t i = 0; i < p->modules.len; i++) {
        const Module *m = p->modules.items[i];
        for (uint32_t k = 0; !m->is_stdlib && k < m->symbols.len; k++) {
            Symbol *s = m->symbols.values[k];
            if (s->kind != SYMBOL_ENVIRONMENT)
                continue;
            *ret_several |= only != NULL;
            only = s;
        }
    }
    return *ret_several ? NULL : only;
}

void environment_check_unique(Program *p, const EnvironmentInfo *env)
{
    for (uint32_t i = 0; i < p->environments.len; i++) {
        const EnvironmentInfo *other = p->environments.items[i];
        if (other->name != env->name)
            continue;
        Diags *ds = p->compilation->diags;
        Diag *d = diag_report(ds, DIAG_DUPLICATE_NAME, env->decl->name.span,
                              "environment `%s` is declared twice in the project", env->name);
        diag_label(ds, d, other->decl->name.span, "first declared here");
        return;
    }
}

EnvironmentInfo *environment_of_symbol(Program *p, Symbol *s)
{
    if (s->environment)
        return s->environment;
    EnvironmentInfo *env = ARENA_NEW(p->compilation->arena, EnvironmentInfo);
    s->environment = env;
    env->decl = s->decl;
    env->name = s->name;
    ItemSpans seen = {0};
    const EnvironmentDecl *decl = s->decl->environment;
    for (uint32_t i = 0; i < decl->items.len; i++)
        take_item(p, s->module, env, &decl->items.items[i], &seen);
    if (seen.root.end == 0 && !env->store) {
        Diags *ds = p->compilation->diags;
        Diag *d = diag_report(ds, DIAG_MISSING_ITEM, s->decl->name.span,
                              "environment `%s` has no root", s->name);
        diag_help(ds, d, "say where its definitions live: `root management_group \"…\"`");
    }
    return env;
}
