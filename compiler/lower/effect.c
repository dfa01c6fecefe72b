// effect.c - the `details` of each effect.
//
// spec: lowering, effects. Details ignored by the effect that is chosen are
// harmless, so deny and modify, or audit and deploy, share one definition.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include <string.h>

#define ROLE_PREFIX "/providers/Microsoft.Authorization/roleDefinitions/"

bool requirement_has_effect(const TRequirement *r, Effect e)
{
    for (uint32_t i = 0; i < r->effects.len; i++)
        if (r->effects.items[i] == e)
            return true;
    return false;
}

static void add_roles(Lower *l, Details *d, const TRule *rule)
{
    for (uint32_t i = 0; i < rule->remedies.len; i++) {
        const TRemedy *remedy = rule->remedies.items[i];
        for (uint32_t j = 0; j < remedy->role_ids.len; j++) {
            const char *id =
                keep(l, arena_printf(l->arena, ROLE_PREFIX "%s", remedy->role_ids.items[j]));
            bool known = false;
            for (uint32_t k = 0; k < d->role_ids.len && !known; k++)
                known = d->role_ids.items[k] == id;
            if (!known)
                vec_push(l->arena, &d->role_ids, id);
        }
    }
}

// `since` of the property and `when` of the remedy guard the operation, nothing else does (E1).
static Arm *operation_guard(Lower *l, const TRemedy *remedy)
{
    Arena *a = l->arena;
    const char *since = remedy->place->kind == TX_FIELD ? remedy->place->field->since : NULL;
    Arm *when = remedy->when ? lower_truth_arm(l, remedy->when) : NULL;
    if (!since)
        return when;
    Arm *version = arm_member(a, arm_call(a, "requestContext", 0), "apiVersion");
    Arm *known = arm_call(a, "greaterOrEquals", 2, version, arm_string(a, keep(l, since)));
    return when ? arm_call(a, "and", 2, known, when) : known;
}

static Value *place_field(Lower *l, const TExpr *place)
{
    Condition *c = leaf_condition(l, place, OPERATOR_EXISTS, NULL, place->span);
    return c->left;
}

static Value *remedy_value(Lower *l, const TExpr *e)
{
    if (e->kind == TX_FIELD || e->kind == TX_MEMBER)
        return value_arm(l->arena,
                         e->type->kind == TYPE_LIST ? lower_list_arm(l, e) : lower_arm(l, e));
    return lower_value(l, e);
}

static Details modify_details(Lower *l, const TRule *rule)
{
    Details d = {.kind = DETAILS_MODIFY,
                 .conflict_effect = rule->conflict ? rule->conflict : "audit"};
    add_roles(l, &d, rule);
    for (uint32_t i = 0; i < rule->remedies.len; i++) {
        const TRemedy *remedy = rule->remedies.items[i];
        if (remedy->op == REMEDY_DEPLOY)
            continue;
        Arm *guard = operation_guard(l, remedy);
        Operation op = {.operation = remedy->op == REMEDY_SET   ? "addOrReplace"
                                     : remedy->op == REMEDY_ADD ? "add"
                                                                : "remove",
                        .field = place_field(l, remedy->place),
                        .value = remedy->value ? remedy_value(l, remedy->value) : NULL,
                        .condition = guard ? value_arm(l->arena, guard) : NULL,
                        .span = remedy->span};
        vec_push(l->arena, &d.operations, op);
    }
    return d;
}

static Details append_details(Lower *l, const TRule *rule)
{
    Details d = {.kind = DETAILS_APPEND};
    for (uint32_t i = 0; i < rule->remedies.len; i++) {
        const TRemedy *remedy = rule->remedies.items[i];
        if (remedy->op == REMEDY_DEPLOY || remedy->op == REMEDY_REMOVE)
            continue;
        AppendField f = {.field = place_field(l, remedy->place),
                         .value = remedy_value(l, remedy->value),
                         .span = remedy->span};
        vec_push(l->arena, &d.append, f);
    }
    return d;
}

static bool is_child_type(const char *type)
{
    const char *slash = strchr(type, '/');
    return slash && strchr(slash + 1, '/');
}

// A plain `require` under auditIfNotExists judges the resource as the service stored it (L10).
static void exists_as_itself(Lower *l, const TRule *rule, Details *d)
{
    Arena *a = l->arena;
    const char *field = is_child_type(rule->type) ? "fullName" : "name";
    d->type = keep(l, rule->type);
    d->name = value_arm(a, arm_call(a, "field", 1, arm_string(a, field)));
    d->existence = lower_all(l, &rule->requires, false);
}

static void exists_related(Lower *l, const TRelated *related, Details *d)
{
    d->type = keep(l, related->kind->type);
    d->name = related->name ? lower_value(l, related->name) : NULL;
    d->existence_scope = related->scope == RELATED_SUBSCRIPTION ? "subscription" : NULL;
    d->resource_group = related->group ? lower_value(l, related->group) : NULL;
    if (!related->condition)
        return;
    l->reads = SUBJECT_RELATED;
    d->existence = simplify(l->arena, lower_condition(l, related->condition, false));
    l->reads = SUBJECT_RESOURCE;
    if (condition_is_constant(d->existence, true))
        d->existence = NULL;
}

static Details if_not_exists_details(Lower *l, const TRequirement *r, const TRule *rule)
{
    Details d = {.kind = DETAILS_IF_NOT_EXISTS, .evaluation_delay = rule->delay};
    if (rule->related)
        exists_related(l, rule->related, &d);
    else
        exists_as_itself(l, rule, &d);
    if (!requirement_has_effect(r, EFFECT_DEPLOY_IF_NOT_EXISTS))
        return d;
    add_roles(l, &d, rule);
    for (uint32_t i = 0; i < rule->remedies.len; i++)
        if (rule->remedies.items[i]->at_subscription)
            d.deployment_scope = "subscription";
    d.deployment = lower_deployment(l, rule);
    return d;
}

static Value *cascade_value(Lower *l, const TRule *rule)
{
    return value_string(l->arena, rule->cascade_set && !rule->cascade_deny ? "allow" : "deny");
}

// --- data planes -------------------------------------------------------------------------------

static const char *base64(Arena *a, Str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = ARENA_ARRAY(a, char, (s.n + 2) / 3 * 4 + 1), *to = out;
    for (size_t i = 0; i < s.n; i += 3) {
        size_t left = s.n - i;
        uint32_t bits = (uint32_t)(unsigned char)s.p[i] << 16;
        bits |= left > 1 ? (uint32_t)(unsigned char)s.p[i + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t)(unsigned char)s.p[i + 2] : 0;
        *to++ = digits[bits >> 18];
        *to++ = digits[bits >> 12 & 63];
        *to++ = left > 1 ? digits[bits >> 6 & 63] : '=';
        *to++ = left > 2 ? digits[bits & 63] : '=';
    }
    *to = '\0';
    return out;
}

static Value *template_info(Lower *l, const TAdmission *admission)
{
    Arena *a = l->arena;
    Value *info = value_object(a);
    value_set(a, info, "sourceType",
              value_string(a, admission->address ? "PublicURL" : "Base64Encoded"));
    if (admission->address)
        value_set(a, info, "url", lower_value(l, admission->address));
    else
        value_set(a, info, "content", value_string(a, base64(a, admission->content)));
    return info;
}

static Details admission_details(Lower *l, const TAdmission *admission, bool mutation)
{
    static const char *const order[] = {
        "apiGroups", "kinds",  "namespaces", "excludedNamespaces", "labelSelector", "scope",
        "values",    "source", "warn"};
    Arena *a = l->arena;
    const TExpr *settings = admission->settings;
    Value *details = value_object(a);
    value_set(a, details, mutation ? "mutationInfo" : "templateInfo", template_info(l, admission));
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        for (uint32_t k = 0; settings && k < settings->entry_values->len; k++)
            if (strcmp(settings->entry_keys[k].name, order[i]) == 0)
                value_set(a, details, order[i], lower_value(l, settings->entry_values->items[k]));
    return (Details){.kind = DETAILS_OTHER, .other = details};
}

static Details network_details(Lower *l, const TRule *rule)
{
    Value *details = value_object(l->arena);
    value_set(l->arena, details, "networkGroupId", lower_value(l, rule->group));
    return (Details){.kind = DETAILS_OTHER, .other = details};
}

Details lower_details(Lower *l, const TRequirement *r, const TRule *rule)
{
    if (rule->inline_binder)
        return (Details){.kind = DETAILS_NONE}; // an inline array cannot be repaired item by item
    if (requirement_has_effect(r, EFFECT_AUDIT_IF_NOT_EXISTS) ||
        requirement_has_effect(r, EFFECT_DEPLOY_IF_NOT_EXISTS))
        return if_not_exists_details(l, r, rule);
    if (requirement_has_effect(r, EFFECT_MODIFY))
        return modify_details(l, rule);
    if (requirement_has_effect(r, EFFECT_APPEND))
        return append_details(l, rule);
    if (requirement_has_effect(r, EFFECT_DENY_ACTION))
        return (Details){.kind = DETAILS_DENY_ACTION, .cascade = cascade_value(l, rule)};
    if (requirement_has_effect(r, EFFECT_MANUAL))
        return (Details){.kind = DETAILS_MANUAL, .default_state = rule->state};
    if (rule->admission)
        return admission_details(l, rule->admission, requirement_has_effect(r, EFFECT_MUTATE));
    if (rule->group)
        return network_details(l, rule);
    return (Details){.kind = DETAILS_NONE};
}
