// applies.c - whether a policy applies to a resource at all.
//
// spec: evaluation, "Applicability". Source: Azure Policy applicability logic.
//
// SPDX-License-Identifier: MIT
#include "eval/internal.h"

// --- the rule reduced to type, name and kind -----------------------------------------------------

static bool decides(const Run *r, const Node *n)
{
    const EvalPolicy *p = r->policy;
    if (n->kind != CONDITION_FIELD || !n->narrows)
        return false;
    return n->field->kind == FIELD_TYPE   ? p->narrow_type
           : n->field->kind == FIELD_NAME ? p->narrow_name
                                          : p->narrow_kind;
}

// Every other leaf counts as true, below a `not` as false.
bool may_apply(Run *r, const Node *n, bool negated)
{
    if (n->kind == CONDITION_NOT)
        return !may_apply(r, n->children[0], !negated);
    if (n->kind == CONDITION_ALL_OF || n->kind == CONDITION_ANY_OF) {
        if (n->count && !n->narrows)
            return !negated;
        bool all = n->kind == CONDITION_ALL_OF;
        for (uint32_t i = 0; i < n->count; i++)
            if (may_apply(r, n->children[i], negated) != all)
                return !all;
        return all;
    }
    if (!decides(r, n))
        return !negated;
    bool trace = r->trace;
    r->trace = false;
    Truth t = judge(r, n);
    r->trace = trace;
    if (t != TRUTH_ERROR)
        return t == TRUTH_TRUE;
    r->x.failure = (EvalFailure){0};
    return !negated;
}

// --- what the service leaves out -----------------------------------------------------------------

static const char SUBSCRIPTION[] = "Microsoft.Resources/subscriptions";
static const char GROUP[] = "Microsoft.Resources/subscriptions/resourceGroups";

static bool is_group_or_subscription(Str type)
{
    return str_equal_nocase(type, str_of(SUBSCRIPTION)) || str_equal_nocase(type, str_of(GROUP)) ||
           str_equal_nocase(type, str_of("Microsoft.Resources/resourceGroups"));
}

static bool never_evaluated(const Run *r)
{
    static const Str MICROSOFT = {"Microsoft.", 10};
    static const char *const BELOW[] = {"Resources/", "Billing/", "Capacity/reservationOrders",
                                        "Help/", "Diagnostics/"};
    Str type = r->judged.type;
    if (!str_starts_nocase(type, MICROSOFT) || is_group_or_subscription(type))
        return false;
    Str below = {type.p + MICROSOFT.n, type.n - MICROSOFT.n};
    for (size_t i = 0; i < sizeof(BELOW) / sizeof(BELOW[0]); i++)
        if (str_starts_nocase(below, str_of(BELOW[i])))
            return true;
    return false;
}

bool type_lacks(const Catalog *catalog, Arena *a, Str type)
{
    CatalogType t;
    return is_group_or_subscription(type) ||
           (catalog && catalog_type(catalog, a, type, &t) &&
            (t.location == CATALOG_ABSENT || t.tags == CATALOG_ABSENT));
}

static bool lacks_tags_or_location(const Run *r)
{
    const EvalPolicy *p = r->policy;
    for (uint32_t i = 0; i < p->type_count; i++)
        if (str_equal_nocase(r->judged.type, str_of(p->types[i])))
            return p->types_lack[i];
    return type_lacks(p->catalog, r->x.arena, r->judged.type);
}

bool service_evaluates(Run *r, const char **ret_why_not)
{
    const EvalPolicy *p = r->policy;
    if (r->x.semantics == SEMANTICS_ENGINE)
        return true;
    *ret_why_not = NULL;
    if (never_evaluated(r))
        *ret_why_not = "Azure Policy never evaluates resources of this type";
    else if (p->mode == MODE_INDEXED && lacks_tags_or_location(r))
        *ret_why_not = "mode Indexed leaves out types without tags and location";
    else if (p->location && str_equal_nocase(r->judged.type, str_of(SUBSCRIPTION)))
        *ret_why_not = "a rule that asks for a location does not apply to subscriptions";
    else if (p->identity && r->in->scan)
        *ret_why_not = "a rule that asks who makes the request does not apply in a scan";
    return *ret_why_not == NULL;
}
