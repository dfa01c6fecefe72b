// read_assignment.c - assignments and exemptions.
//
// spec: backends/azure-policy, assignments
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

static const char *const NOTHING_KEPT[] = {NULL};

// The scope is what stands before the last `/providers/Microsoft.Authorization/` of the id.
static const char *scope_of(Reader *r, const char *id)
{
    static const char provider[] = "/providers/Microsoft.Authorization/";
    Str s = str_of(id), wanted = str_of(provider);
    for (size_t at = s.n; s.n >= wanted.n && at-- > 0;)
        if (str_starts_nocase((Str){s.p + at, s.n - at}, wanted))
            return arena_copy(r->arena, id, at);
    return NULL;
}

// --- selectors -------------------------------------------------------------------------------

enum { SELECTOR_KIND, SELECTOR_IN, SELECTOR_NOT_IN, SELECTOR_SLOTS };
static const char *const SELECTOR_NAMES[] = {"kind", "in", "notIn"};

static void read_selector(Reader *r, const Data *d, Selectors *to)
{
    Shape s = {"a selector", SELECTOR_NAMES, SELECTOR_SLOTS, NOTHING_KEPT};
    const DataMember *slots[SELECTOR_SLOTS];
    Selector selector = {0};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &selector.extra);
    if (read_needs(r, d, &s, slots, SELECTOR_KIND))
        selector.kind = read_text(r, slots[SELECTOR_KIND], &selector.extra);
    const DataMember *in = read_said(r, slots[SELECTOR_IN], &selector.extra);
    const DataMember *not_in = read_said(r, slots[SELECTOR_NOT_IN], &selector.extra);
    if (!in == !not_in)
        read_report(r, DIAG_POLICY_SELECTOR, read_span(r, d), d->at,
                    "a selector has one of `in` and `notIn`");
    selector.negated = not_in && !in;
    READ_TEXTS(r, in ? in : not_in, &selector.extra, &selector.values);
    vec_push(r->arena, to, selector);
}

static void read_selectors(Reader *r, const DataMember *m, MemberList *extra, Selectors *to)
{
    const Data *list = read_list(r, m, extra);
    for (uint32_t i = 0; list && i < list->count; i++)
        read_selector(r, &list->items[i], to);
}

static void read_resource_selectors(Reader *r, const DataMember *m, MemberList *extra,
                                    ResourceSelectors *to)
{
    static const char *const names[] = {"name", "selectors"};
    Shape s = {"a resource selector", names, 2, NOTHING_KEPT};
    const Data *list = read_list(r, m, extra);
    for (uint32_t i = 0; list && i < list->count; i++) {
        const Data *d = &list->items[i];
        const DataMember *slots[2];
        ResourceSelector selector = {.span = read_span(r, d)};
        if (!read_is_object(r, d, s.what))
            continue;
        read_members(r, d, &s, slots, &selector.extra);
        selector.name = read_text(r, slots[0], &selector.extra);
        read_selectors(r, slots[1], &selector.extra, &selector.selectors);
        vec_push(r->arena, to, selector);
    }
}

// --- overrides and messages ------------------------------------------------------------------

enum { OVERRIDE_KIND, OVERRIDE_VALUE, OVERRIDE_SELECTORS, OVERRIDE_SLOTS };
static const char *const OVERRIDE_NAMES[] = {"kind", "value", "selectors"};

static void read_override(Reader *r, const Data *d, PolicyAssignment *to)
{
    Shape s = {"an override", OVERRIDE_NAMES, OVERRIDE_SLOTS, NOTHING_KEPT};
    const DataMember *slots[OVERRIDE_SLOTS];
    PolicyOverride o = {.span = read_span(r, d)};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &o.extra);
    if (read_needs(r, d, &s, slots, OVERRIDE_KIND))
        o.kind = read_text(r, slots[OVERRIDE_KIND], &o.extra);
    o.value = read_text(r, slots[OVERRIDE_VALUE], &o.extra);
    read_selectors(r, slots[OVERRIDE_SELECTORS], &o.extra, &o.selectors);
    vec_push(r->arena, &to->overrides, o);
}

static void read_message(Reader *r, const Data *d, PolicyAssignment *to)
{
    static const char *const names[] = {"message", "policyDefinitionReferenceId"};
    Shape s = {"a non-compliance message", names, 2, NOTHING_KEPT};
    const DataMember *slots[2];
    NonComplianceMessage m = {0};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &m.extra);
    if (read_needs(r, d, &s, slots, 0))
        m.message = read_text(r, slots[0], &m.extra);
    m.reference_id = read_text(r, slots[1], &m.extra);
    vec_push(r->arena, &to->messages, m);
}

// --- assignments -----------------------------------------------------------------------------

static bool is_empty_object(const Data *d)
{
    return d->kind == DATA_OBJECT && d->count == 0;
}

// One user identity is the model's; more of them, and what the service adds, are kept.
static void read_identity(Reader *r, const DataMember *m, PolicyAssignment *a)
{
    static const char *const names[] = {"type", "userAssignedIdentities"};
    static const char *const kept[] = {"principalId", "tenantId", NULL};
    Shape s = {"`identity`", names, 2, kept};
    const DataMember *slots[2];
    const Data *table = read_table(r, m, &a->envelope);
    if (!table)
        return;
    read_members(r, table, &s, slots, &a->identity_extra);
    a->identity = read_text(r, slots[0], &a->identity_extra);
    const Data *users = read_table(r, slots[1], &a->identity_extra);
    if (!users)
        return;
    if (users->count == 1 && is_empty_object(&users->members[0].value))
        a->user_identity = read_name(r, &users->members[0]);
    else
        read_keep(r, slots[1], &a->identity_extra);
}

enum {
    ASSIGNMENT_TITLE,
    ASSIGNMENT_DESCRIPTION,
    ASSIGNMENT_METADATA,
    ASSIGNMENT_DEFINITION,
    ASSIGNMENT_VERSION,
    ASSIGNMENT_ENFORCEMENT,
    ASSIGNMENT_NOT_SCOPES,
    ASSIGNMENT_PARAMETERS,
    ASSIGNMENT_MESSAGES,
    ASSIGNMENT_SELECTORS,
    ASSIGNMENT_OVERRIDES,
    ASSIGNMENT_SLOTS
};
static const char *const ASSIGNMENT_NAMES[] = {
    "displayName",           "description",       "metadata",  "policyDefinitionId",
    "definitionVersion",     "enforcementMode",   "notScopes", "parameters",
    "nonComplianceMessages", "resourceSelectors", "overrides",
};
static const char *const ASSIGNMENT_KEPT[] = {
    "scope",
    "latestDefinitionVersion",
    "effectiveDefinitionVersion",
    "assignmentType",
    "selfServeExemptionSettings",
    "instanceId",
    NULL,
};

static void read_assignment_lists(Reader *r, const DataMember **slots, PolicyAssignment *a)
{
    MemberList *extra = &a->extra;
    READ_TEXTS(r, slots[ASSIGNMENT_NOT_SCOPES], extra, &a->not_scopes);
    read_arguments(r, slots[ASSIGNMENT_PARAMETERS], extra, false, &a->arguments);
    const Data *messages = read_list(r, slots[ASSIGNMENT_MESSAGES], extra);
    for (uint32_t i = 0; messages && i < messages->count; i++)
        read_message(r, &messages->items[i], a);
    read_resource_selectors(r, slots[ASSIGNMENT_SELECTORS], extra, &a->selectors);
    const Data *overrides = read_list(r, slots[ASSIGNMENT_OVERRIDES], extra);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        read_override(r, &overrides->items[i], a);
}

// `scope` is read-only and follows from the id; where there is no id it is all there is.
static const char *assignment_scope(Reader *r, const Envelope *e)
{
    const Data *scope = data_get_nocase(e->properties, str_of("scope"));
    if (scope && scope->kind == DATA_STRING)
        return read_copy(r, scope);
    return e->id ? scope_of(r, e->id) : NULL;
}

void read_assignment(Reader *r, const Envelope *e, PolicyAssignment *a)
{
    Shape s = {"an assignment", ASSIGNMENT_NAMES, ASSIGNMENT_SLOTS, ASSIGNMENT_KEPT};
    const DataMember *slots[ASSIGNMENT_SLOTS];
    MemberList *extra = &a->extra;
    a->id = e->id;
    a->name = e->name;
    a->envelope = e->members;
    a->span = read_span(r, e->whole);
    a->scope = assignment_scope(r, e);
    a->location = read_text(r, e->location, &a->envelope);
    read_identity(r, e->identity, a);
    read_members(r, e->properties, &s, slots, extra);
    a->display_name = read_text(r, slots[ASSIGNMENT_TITLE], extra);
    a->description = read_text(r, slots[ASSIGNMENT_DESCRIPTION], extra);
    a->metadata = read_object_literal(r, slots[ASSIGNMENT_METADATA], extra);
    if (read_needs(r, e->properties, &s, slots, ASSIGNMENT_DEFINITION))
        a->definition_id = read_text(r, slots[ASSIGNMENT_DEFINITION], extra);
    a->definition_version = read_text(r, slots[ASSIGNMENT_VERSION], extra);
    a->enforcement = read_text(r, slots[ASSIGNMENT_ENFORCEMENT], extra);
    read_assignment_lists(r, slots, a);
}

// --- exemptions ------------------------------------------------------------------------------

enum {
    EXEMPTION_TITLE,
    EXEMPTION_DESCRIPTION,
    EXEMPTION_METADATA,
    EXEMPTION_ASSIGNMENT,
    EXEMPTION_CATEGORY,
    EXEMPTION_EXPIRES,
    EXEMPTION_REFERENCES,
    EXEMPTION_SELECTORS,
    EXEMPTION_SLOTS
};
static const char *const EXEMPTION_NAMES[] = {
    "displayName",
    "description",
    "metadata",
    "policyAssignmentId",
    "exemptionCategory",
    "expiresOn",
    "policyDefinitionReferenceIds",
    "resourceSelectors",
};
static const char *const EXEMPTION_KEPT[] = {"assignmentScopeValidation", NULL};

void read_exemption(Reader *r, const Envelope *e, PolicyExemption *x)
{
    Shape s = {"an exemption", EXEMPTION_NAMES, EXEMPTION_SLOTS, EXEMPTION_KEPT};
    const DataMember *slots[EXEMPTION_SLOTS];
    MemberList *extra = &x->extra;
    x->id = e->id;
    x->name = e->name;
    x->envelope = e->members;
    x->span = read_span(r, e->whole);
    x->scope = e->id ? scope_of(r, e->id) : NULL;
    read_members(r, e->properties, &s, slots, extra);
    x->display_name = read_text(r, slots[EXEMPTION_TITLE], extra);
    x->description = read_text(r, slots[EXEMPTION_DESCRIPTION], extra);
    x->metadata = read_object_literal(r, slots[EXEMPTION_METADATA], extra);
    if (read_needs(r, e->properties, &s, slots, EXEMPTION_ASSIGNMENT))
        x->assignment_id = read_text(r, slots[EXEMPTION_ASSIGNMENT], extra);
    if (read_needs(r, e->properties, &s, slots, EXEMPTION_CATEGORY))
        x->category = read_text(r, slots[EXEMPTION_CATEGORY], extra);
    x->expires_on = read_text(r, slots[EXEMPTION_EXPIRES], extra);
    READ_TEXTS(r, slots[EXEMPTION_REFERENCES], extra, &x->reference_ids);
    read_resource_selectors(r, slots[EXEMPTION_SELECTORS], extra, &x->selectors);
}
