// lint.c - what Azure would accept and what would never do what was meant.
//
// spec: requirements, what a request knows. Read-only properties are not in a
// request, claims are not in a scan, a subscription is in no resource group.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "sema/walk.h"

typedef struct FieldSearch {
    const FieldRef *read_only; // the first one
    Span span;
    bool others; // something a request holds
} FieldSearch;

static bool visit_fields(const TExpr *e, void *context)
{
    FieldSearch *search = context;
    if (e->kind == TX_TAG)
        search->others = true;
    if (e->kind != TX_FIELD)
        return true;
    bool read_only = e->field->flags & ALIAS_READ_ONLY && !e->field->initial;
    if (!read_only) {
        search->others = true;
    } else if (!search->read_only) {
        search->read_only = e->field;
        search->span = e->span;
    }
    return true;
}

static FieldSearch fields_of(const TExpr *e)
{
    FieldSearch search = {0};
    typed_walk(e, visit_fields, &search);
    return search;
}

// `deny` is what happens unless somebody chooses another effect.
static bool denies_by_default(const RequirementCheck *rc)
{
    uint32_t active = rc->effects & ~EFFECT_BIT(EFFECT_DISABLED);
    return rc->result->effects.items[0] == EFFECT_DENY || active == EFFECT_BIT(EFFECT_DENY);
}

static void lint_read_only(RequirementCheck *rc, const TExpr *e, bool is_require)
{
    FieldSearch search = fields_of(e);
    if (!search.read_only)
        return;
    const char *shown = search.read_only->shown;
    Diag *d;
    if (is_require && !search.others && denies_by_default(rc)) {
        d = requirement_error(rc, DIAG_DENY_READ_ONLY, search.span,
                              "`deny` cannot judge `%s`: no request holds it", shown);
        diag_note(rc->diags, d, "the property is read-only, the service writes it afterwards");
    } else {
        d = diag_report(rc->diags, DIAG_READ_ONLY_CONDITION, search.span,
                        "`%s` is read-only, so it is missing when a request is judged", shown);
        diag_label(rc->diags, d, rc->effect_span, "these effects act on requests");
    }
    diag_help(rc->diags, d, "`auditIfNotExists` judges what the service stored");
}

static void lint_requests(RequirementCheck *rc, const TRule *rule)
{
    uint32_t acting =
        EFFECT_BIT(EFFECT_DENY) | EFFECT_BIT(EFFECT_MODIFY) | EFFECT_BIT(EFFECT_APPEND);
    if (!(rc->effects & acting))
        return;
    for (uint32_t i = 0; i < rule->where.len; i++)
        lint_read_only(rc, rule->where.items[i], false);
    for (uint32_t i = 0; i < rule->requires.len; i++)
        lint_read_only(rc, rule->requires.items[i], true);
}

// --- facts around the resource -----------------------------------------------------------------

typedef struct FactSearch {
    RequirementCheck *rc;
    const TRule *rule;
    bool claims; // reported: once for a rule
} FactSearch;

static bool asks_claims(const TExpr *e)
{
    const TExpr *key =
        e->op == FACT_REQUEST && e->operands && e->operands->len ? e->operands->items[0] : NULL;
    return key && key->kind == TX_STRING && strcmp(key->text, "apiVersion") != 0;
}

static bool lives_in_groups(const TRule *rule)
{
    const uint32_t groups = SCOPE_RESOURCE_GROUP | SCOPE_EXTENSION;
    const KindInfo *kind = rule->kind;
    if (kind_is_type(kind, "Microsoft.Resources/subscriptions"))
        return false;
    uint32_t scopes = kind->facts.readable | kind->facts.writable;
    return !kind->known_type || scopes == 0 || scopes & groups;
}

static bool visit_facts(const TExpr *e, void *context)
{
    FactSearch *search = context;
    RequirementCheck *rc = search->rc;
    if (e->kind != TX_FACT)
        return true;
    if (e->op == FACT_RESOURCE_GROUP && !lives_in_groups(search->rule)) {
        Diag *d = requirement_error(rc, DIAG_NO_RESOURCE_GROUP, e->span,
                                    "a `%s` is in no resource group", search->rule->kind->name);
        diag_help(rc->diags, d, "ask for `subscription` instead");
    }
    Effect first = rc->result->effects.len ? rc->result->effects.items[0] : EFFECT_DISABLED;
    bool reports = first == EFFECT_AUDIT || first == EFFECT_AUDIT_IF_NOT_EXISTS;
    if (asks_claims(e) && reports && !search->claims) {
        search->claims = true;
        Diag *d = diag_report(rc->diags, DIAG_CLAIMS_DO_NOT_REPORT, e->span,
                              "a rule that asks for claims reports nothing: scans have no caller");
        diag_label(rc->diags, d, rc->effect_span, "`%s` is the default", effect_text(first));
        diag_help(rc->diags, d, "make `deny` the default, listed first");
    }
    return true;
}

void rule_lint(RequirementCheck *rc, const TRule *rule)
{
    if (!rc->effects_known)
        return;
    lint_requests(rc, rule);
    FactSearch search = {rc, rule, false};
    typed_walk_rule(rule, visit_facts, &search);
}
