// remedy.c - `remedy set`, `add` and `remove`: what modify and append change.
//
// spec: requirements, remedies. Azure changes only properties it marks
// modifiable, skips what stands below an object that is not there, and grants
// roles by id.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "sema/check.h"
#include "sema/walk.h"

// --- roles -------------------------------------------------------------------------------------

static void role_unknown(RequirementCheck *rc, Text role)
{
    const Catalog *catalog = rc->program->catalog;
    Suggest near;
    suggest_start(&near, str_of(role.text));
    for (uint32_t i = 0; i < catalog_role_count(catalog); i++)
        suggest_offer(&near, str_of(catalog_role_name(catalog, i)));
    Diag *d = requirement_error(rc, DIAG_UNKNOWN_ROLE, role.span, "Azure has no built-in role `%s`",
                                role.text);
    check_suggest(rc->program, d, role.span, &near, true);
    if (near.count == 0)
        diag_help(rc->diags, d, "a custom role is named by its id: `with role \"<guid>\"`");
}

bool roles_check(RequirementCheck *rc, const Texts *roles, TRemedy *ret)
{
    bool good = true;
    for (uint32_t i = 0; i < roles->len; i++) {
        Text role = roles->items[i];
        const char *name, *id;
        bool known = catalog_role(rc->program->catalog, str_of(role.text), &name, &id);
        if (!known && text_is_guid(role.text)) {
            id = role.text; // a custom role
        } else if (!known) {
            role_unknown(rc, role);
            good = false;
            continue;
        }
        bool there = false;
        for (uint32_t k = 0; k < ret->role_ids.len; k++)
            there |= str_equal_nocase(str_of(ret->role_ids.items[k]), str_of(id));
        if (!there)
            vec_push(rc->arena, &ret->role_ids, id);
    }
    return good;
}

// --- the place ---------------------------------------------------------------------------------

static void place_of_tags(RequirementCheck *rc, const TRule *rule, Span span)
{
    const KindInfo *kind = rule->kind;
    if (!kind->type || !kind->known_type || kind_is_indexed(kind) || rc->result->mode ||
        kind_is_type(kind, "Microsoft.Resources/subscriptions") ||
        kind_is_type(kind, "Microsoft.Resources/subscriptions/resourceGroups"))
        return;
    Diag *d = requirement_error(rc, DIAG_TAGS_NOT_CHANGED, span,
                                "Azure cannot change the tags of kind `%s`", kind->name);
    diag_note(rc->diags, d, "it changes tags only of types that have a location");
}

static void place_of_alias(RequirementCheck *rc, const FieldRef *f, Span span)
{
    if (f->flags & (ALIAS_READ_ONLY | ALIAS_NOT_MODIFIABLE)) {
        Diag *d =
            requirement_error(rc, DIAG_NOT_MODIFIABLE, span, "`%s` cannot be changed", f->shown);
        diag_note(rc->diags, d,
                  f->flags & ALIAS_READ_ONLY ? "it is read-only"
                                             : "Azure does not mark it modifiable");
        return;
    }
    if (!has_effect(rc, EFFECT_MODIFY) || f->flags & ALIAS_MODIFIABLE)
        return;
    Diag *d = diag_report(rc->diags, DIAG_MODIFIABLE_UNKNOWN, span,
                          "`%s` is not known to be modifiable", f->shown);
    diag_note(rc->diags, d,
              "Azure refuses a definition that changes a property it does not mark "
              "modifiable");
    diag_help(rc->diags, d,
              "ask Azure: `az provider show --expand resourceTypes/aliases`, then "
              "`moat catalog update`");
}

static void place_of_field(RequirementCheck *rc, const TRule *rule, const FieldRef *f, Span span)
{
    bool machine = kind_is_type(rule->kind, "Microsoft.Compute/virtualMachines") ||
                   kind_is_type(rule->kind, "Microsoft.Compute/virtualMachineScaleSets");
    if (strcmp(f->alias, "identity.type") == 0 && machine)
        return;
    Diag *d = requirement_error(rc, DIAG_NOT_MODIFIABLE, span, "`%s` cannot be changed", f->shown);
    diag_note(rc->diags, d,
              "Azure changes tags, modifiable properties, and `identity.type` of "
              "virtual machines");
}

static void check_place(RequirementCheck *rc, const TRule *rule, const TRemedy *t)
{
    const TExpr *place = t->place;
    if (t->op == REMEDY_REMOVE && place->kind == TX_FIELD) {
        Diag *d =
            requirement_error(rc, DIAG_REMOVE_NEEDS_TAG, place->span, "Azure can remove tags only");
        diag_help(rc->diags, d, "write `remedy set %s = null`, where the service takes null",
                  place->field->shown);
    } else if (place->kind == TX_TAG) {
        place_of_tags(rc, rule, place->span);
    } else if (place->kind == TX_FIELD && place->field->is_alias) {
        place_of_alias(rc, place->field, place->span);
    } else if (place->kind == TX_FIELD) {
        place_of_field(rc, rule, place->field, place->span);
    }
}

// --- the object around it ----------------------------------------------------------------------

typedef struct ParentSearch {
    Str parent; // the alias of the object around the place
    bool found;
} ParentSearch;

static bool is_at_or_below(const char *alias, Str parent)
{
    return str_starts_nocase(str_of(alias), parent) &&
           (alias[parent.n] == '\0' || alias[parent.n] == '.');
}

// Conditions that hold only where the object is there.
static bool visit_parent(const TExpr *e, void *context)
{
    ParentSearch *search = context;
    const TExpr *field = e->kind == TX_IS_SET                      ? e->operand
                         : e->kind == TX_COMPARE && e->op == OP_EQ ? e->left
                                                                   : NULL;
    if (field && field->kind == TX_FIELD && is_at_or_below(field->field->alias, search->parent))
        search->found = true;
    return e->kind == TX_AND;
}

static bool parent_is_there(RequirementCheck *rc, const TRule *rule, Str parent)
{
    ParentSearch search = {parent, false};
    typed_walk_list(&rule->where, visit_parent, &search);
    for (uint32_t i = 0; !search.found && i < rule->remedies.len; i++) {
        const TRemedy *before = rule->remedies.items[i];
        search.found = before->place && before->place->kind == TX_FIELD &&
                       str_equal_nocase(str_of(before->place->field->alias), parent);
    }
    CatalogAlias alias;
    if (!search.found && catalog_alias_named(rc->program->catalog, rc->arena, parent, &alias))
        search.found = alias.flags & ALIAS_REQUIRED;
    return search.found;
}

// Azure skips an operation on a property whose object is not in the request.
static void check_parent(RequirementCheck *rc, const TRule *rule, const TRemedy *t)
{
    const FieldRef *f = t->place->kind == TX_FIELD ? t->place->field : NULL;
    const char *dot = f && f->is_alias ? strrchr(f->alias, '.') : NULL;
    const char *slash = f ? strrchr(f->alias, '/') : NULL;
    if (!dot || dot < slash || dot[-1] == ']')
        return;
    Str parent = {f->alias, (size_t)(dot - f->alias)};
    Str shown = {slash + 1, (size_t)(dot - slash - 1)};
    if (str_equal_nocase(shown, str_of("sku")) && rule->kind->facts.sku == CATALOG_REQUIRED)
        return;
    if (parent_is_there(rc, rule, parent))
        return;
    Diag *d = diag_report(rc->diags, DIAG_PARENT_MAY_BE_MISSING, t->place->span,
                          "where `%.*s` is missing, Azure skips this operation without a word",
                          (int)shown.n, shown.p);
    diag_help(rc->diags, d, "make the object first: `remedy add %.*s = { … }`", (int)shown.n,
              shown.p);
}

// --- when --------------------------------------------------------------------------------------

typedef struct WhenSearch {
    RequirementCheck *rc;
    bool reported;
} WhenSearch;

static bool visit_when(const TExpr *e, void *context)
{
    WhenSearch *search = context;
    bool resource =
        e->kind == TX_FIELD || e->kind == TX_TAG || e->kind == TX_QUANTIFIER || e->kind == TX_COUNT;
    bool scope = e->kind == TX_FACT && (e->op == FACT_RESOURCE_GROUP || e->op == FACT_SUBSCRIPTION);
    if ((resource || scope) && !search->reported) {
        Diag *d = requirement_error(search->rc, DIAG_WHEN_ASKS_TOO_MUCH, e->span,
                                    "`when` can ask for `request.apiVersion` and parameters only");
        diag_help(search->rc->diags, d, "ask it in `where`, or in `require`");
        search->reported = true;
    }
    return !search->reported;
}

// The api-version an operation waits for: of the property (`since`), or its `when`.
static const char *guard_of(const TRemedy *t)
{
    const TExpr *w = t->when;
    if (!w)
        return t->place->kind == TX_FIELD ? t->place->field->since : NULL;
    bool plain = w->kind == TX_COMPARE && w->op == OP_GE && w->left->kind == TX_FACT &&
                 w->left->op == FACT_REQUEST && w->right->kind == TX_STRING;
    return plain ? w->right->text : NULL;
}

static bool same_guard(const TRemedy *a, const TRemedy *b)
{
    const char *x = guard_of(a), *y = guard_of(b);
    return x && y ? strcmp(x, y) == 0 : x == y;
}

void repairs_check_guards(RequirementCheck *rc, const TRule *rule)
{
    for (uint32_t i = 1; i < rule->remedies.len; i++) {
        const TRemedy *first = rule->remedies.items[0], *t = rule->remedies.items[i];
        if (same_guard(first, t))
            continue;
        Diag *d = diag_report(rc->diags, DIAG_GUARDS_DIFFER, t->span,
                              "this operation does not happen together with the first");
        const char *guard = guard_of(first) ? guard_of(first) : guard_of(t);
        diag_label(rc->diags, d, first->span, "the first");
        diag_note(rc->diags, d, "a request with an older api-version than %s gets one of them only",
                  guard);
        diag_help(rc->diags, d, "give both the same `when request.apiVersion >= \"%s\"`", guard);
        return;
    }
}

TRemedy *repair_check(RequirementCheck *rc, const TRule *rule, const Remedy *remedy, Span span)
{
    TRemedy *t = ARENA_NEW(rc->arena, TRemedy);
    t->op = remedy->op;
    t->span = span;
    t->place = elaborate_place(rc->elaborator, remedy->place);
    bool good = roles_check(rc, &remedy->roles, t) && t->place->kind != TX_ERROR;
    if (good) {
        check_place(rc, rule, t);
        check_parent(rc, rule, t);
    }
    if (remedy->value && remedy->value->kind == EXPR_NULL) {
        t->value = ARENA_NEW(rc->arena, TExpr);
        t->value->kind = TX_NULL;
        t->value->span = remedy->value->span;
        t->value->type = t->place->type;
    } else if (remedy->value) {
        t->value = elaborate(rc->elaborator, remedy->value, t->place->type);
    }
    if (remedy->when) {
        WhenSearch search = {rc, false};
        t->when = elaborate_condition(rc->elaborator, remedy->when);
        typed_walk(t->when, visit_when, &search);
    }
    return good ? t : NULL;
}
