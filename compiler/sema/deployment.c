// deployment.c - `remedy deploy`: the resource deployIfNotExists makes.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "sema/check.h"

static const char *const AT_WORDS[] = {"subscription", NULL};

// The api-version its template uses must be known; one of the catalogue moves with it.
static bool check_api(RequirementCheck *rc, const KindInfo *kind, Span span)
{
    if (kind->api)
        return true;
    const char *api = kind->facts.stable_api;
    if (kind->known_type && (!api || !*api))
        api = kind->facts.newest_api;
    if (!kind->known_type || !api || !*api) {
        Diag *d = requirement_error(rc, DIAG_API_UNKNOWN, span,
                                    "the api-version of `%s` is not known", kind->type);
        diag_help(rc->diags, d, "say it in the kind: `kind %s \"%s\" { api \"2024-01-01\" }`",
                  kind->name, kind->type);
        return false;
    }
    Diag *d = diag_report(rc->diags, DIAG_API_OF_CATALOGUE, span,
                          "`%s` is deployed with the catalogue's newest api-version, %s",
                          kind->name, api);
    diag_help(rc->diags, d, "pin it in the kind: `api \"%s\"`", api);
    return true;
}

// Where the deployment goes: a resource group, unless the source says subscription.
static void check_scope(RequirementCheck *rc, const TRule *rule, const Remedy *remedy, TRemedy *t)
{
    if (remedy->at.name) {
        if (check_choice(rc->program, remedy->at, "a scope to deploy at", AT_WORDS) == CHOICE_NONE)
            rc->failed = true;
        t->at_subscription = true;
        t->location = check_region(rc->program, remedy->location);
        if (!t->location)
            rc->failed = true;
        return;
    }
    const CatalogType *type = &t->kind->facts;
    bool needs = kind_is_type(rule->kind, "Microsoft.Resources/subscriptions") ||
                 kind_is_type(t->kind, "Microsoft.Resources/subscriptions/resourceGroups") ||
                 (t->kind->known_type && type->writable & SCOPE_SUBSCRIPTION &&
                  !(type->writable & (SCOPE_RESOURCE_GROUP | SCOPE_EXTENSION)));
    if (!needs)
        return;
    Diag *d = requirement_error(rc, DIAG_DEPLOY_SCOPE, remedy->kind.span,
                                "there is no resource group to deploy `%s` in", t->kind->name);
    diag_help(rc->diags, d, "write `at subscription in \"westeurope\"` after the object");
}

// --- what the type requires --------------------------------------------------------------------

static const TExpr *entry_of(const TExpr *object, Str key)
{
    for (uint32_t i = 0; i < object->entry_values->len; i++) {
        if (str_equal_nocase(str_of(object->entry_keys[i].name), key))
            return object->entry_values->items[i];
    }
    return NULL;
}

// The object of the body that a property of the catalogue is in; NULL where it is not written.
static const TExpr *object_around(const TExpr *body, const char *field, Str *ret_last)
{
    for (;;) {
        const char *dot = strchr(field, '.');
        if (!dot) {
            *ret_last = str_of(field);
            return body;
        }
        body = entry_of(body, (Str){field, (size_t)(dot - field)});
        if (!body || body->kind != TX_OBJECT)
            return NULL;
        field = dot + 1;
    }
}

// What only older api-versions ask for does not count.
static bool is_current(const CatalogType *type, const CatalogAlias *alias)
{
    const char *api = *type->stable_api ? type->stable_api : type->newest_api;
    return strcmp(alias->api, api) == 0;
}

static const char *missing_alias(RequirementCheck *rc, const TRemedy *t, uint32_t index)
{
    CatalogAlias alias;
    if (!catalog_alias_at(rc->program->catalog, rc->arena, index, &alias) ||
        !(alias.flags & ALIAS_REQUIRED) || alias.flags & ALIAS_READ_ONLY ||
        strchr(alias.field, '[') || !is_current(&t->kind->facts, &alias))
        return NULL;
    Str last;
    const TExpr *around = object_around(t->object, alias.field, &last);
    return around && !entry_of(around, last) ? alias.field : NULL;
}

// Members beside `properties`; extension resources live where their target does.
static const char *missing_member(const TRemedy *t, const char *member, CatalogPresence presence)
{
    bool asked = presence == CATALOG_REQUIRED && !(t->kind->facts.writable & SCOPE_EXTENSION);
    return asked && !entry_of(t->object, str_of(member)) ? member : NULL;
}

static void check_required(RequirementCheck *rc, const TRemedy *t)
{
    const CatalogType *type = &t->kind->facts;
    if (!t->kind->known_type)
        return;
    VEC(const char *) missing = {0};
    const char *members[] = {missing_member(t, "location", type->location),
                             missing_member(t, "kind", type->kind),
                             missing_member(t, "sku", type->sku)};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (members[i])
            vec_push(rc->arena, &missing, members[i]);
    }
    for (uint32_t i = 0; i < type->alias_count; i++) {
        const char *field = missing_alias(rc, t, type->first_alias + i);
        if (field && strcmp(field, "sku") != 0)
            vec_push(rc->arena, &missing, field);
    }
    if (missing.len == 0)
        return;
    const char *list = "";
    for (uint32_t i = 0; i < missing.len; i++)
        list = arena_printf(rc->arena, "%s%s`%s`", list, i > 0 ? ", " : "", missing.items[i]);
    Diag *d = diag_report(rc->diags, DIAG_REQUIRED_PROPERTY, t->object->span, "kind `%s` needs %s",
                          t->kind->name, list);
    diag_note(rc->diags, d, "the service refuses a resource without it");
}

TRemedy *deployment_check(RequirementCheck *rc, const TRule *rule, const Remedy *remedy, Span span)
{
    TRemedy *t = ARENA_NEW(rc->arena, TRemedy);
    t->op = REMEDY_DEPLOY;
    t->span = span;
    t->kind = requirement_kind(rc, remedy->kind);
    bool good = roles_check(rc, &remedy->roles, t);
    if (!t->kind)
        return NULL;
    if (!t->kind->type) {
        requirement_error(rc, DIAG_TYPE_NEEDED, remedy->kind.span,
                          "kind `%s` stands for every type, a deployment makes one", t->kind->name);
        return NULL;
    }
    good &= check_api(rc, t->kind, remedy->kind.span);
    check_scope(rc, rule, remedy, t);
    t->name = elaborate(rc->elaborator, remedy->name, type_simple(TYPE_STRING));
    t->object = elaborate_body(rc->elaborator, t->kind, remedy->object);
    if (t->object->kind != TX_OBJECT)
        return NULL;
    check_required(rc, t);
    return good ? t : NULL;
}
