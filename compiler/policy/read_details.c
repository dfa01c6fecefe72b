// read_details.c - what the effect of a rule needs to know.
//
// The effect is a parameter as a rule, so which details these are follows from
// their members, as the open engine has it.
//
// spec: backends/azure-policy, effects
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

static const char *const NOTHING_KEPT[] = {NULL};

static bool has(const Data *object, const char *name)
{
    return data_get_nocase(object, str_of(name)) != NULL;
}

// --- append ----------------------------------------------------------------------------------

enum { APPEND_FIELD, APPEND_VALUE, APPEND_SLOTS };
static const char *const APPEND_NAMES[] = {"field", "value"};

static void read_append_field(Reader *r, const Data *d, Details *to)
{
    Shape s = {"what `append` adds", APPEND_NAMES, APPEND_SLOTS, NOTHING_KEPT};
    const DataMember *slots[APPEND_SLOTS];
    AppendField f = {.span = read_span(r, d)};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &f.extra);
    if (!read_needs(r, d, &s, slots, APPEND_FIELD))
        return;
    if (slots[APPEND_FIELD]->value.kind != DATA_STRING) {
        read_wrong(r, slots[APPEND_FIELD], "a text");
        return;
    }
    f.field = read_value(r, &slots[APPEND_FIELD]->value);
    if (slots[APPEND_VALUE])
        f.value = read_value(r, &slots[APPEND_VALUE]->value);
    else
        read_needs(r, d, &s, slots, APPEND_VALUE);
    vec_push(r->arena, &to->append, f);
}

static void read_append(Reader *r, const Data *d, Details *to)
{
    to->kind = DETAILS_APPEND;
    if (d->kind == DATA_OBJECT) {
        read_report(r, DIAG_APPEND_OBJECT, read_span(r, d), d->at,
                    "the service takes a list of fields here; it is read as a list of one");
        read_append_field(r, d, to);
        return;
    }
    for (uint32_t i = 0; i < d->count; i++)
        read_append_field(r, &d->items[i], to);
}

// --- modify ----------------------------------------------------------------------------------

enum { OPERATION_NAME, OPERATION_FIELD, OPERATION_VALUE, OPERATION_CONDITION, OPERATION_SLOTS };
static const char *const OPERATION_NAMES[] = {"operation", "field", "value", "condition"};

static void check_operation(Reader *r, const DataMember *m, const char *operation)
{
    static const char *const known[] = {"add", "addOrReplace", "remove"};
    for (size_t i = 0; i < SHAPE_COUNT(known); i++)
        if (str_equal_nocase(str_of(operation), str_of(known[i])))
            return;
    read_report(r, DIAG_UNKNOWN_OPERATION, read_span(r, &m->value), m->value.at,
                "`%.80s` is no operation: there are `add`, `addOrReplace` and `remove`", operation);
}

static void read_operation(Reader *r, const Data *d, Details *to)
{
    Shape s = {"an operation", OPERATION_NAMES, OPERATION_SLOTS, NOTHING_KEPT};
    const DataMember *slots[OPERATION_SLOTS];
    Operation o = {.span = read_span(r, d)};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &o.extra);
    if (!read_needs(r, d, &s, slots, OPERATION_NAME) ||
        !read_needs(r, d, &s, slots, OPERATION_FIELD))
        return;
    o.operation = read_text(r, slots[OPERATION_NAME], &o.extra);
    if (!o.operation)
        return;
    check_operation(r, slots[OPERATION_NAME], o.operation);
    if (slots[OPERATION_FIELD]->value.kind != DATA_STRING) {
        read_wrong(r, slots[OPERATION_FIELD], "a text");
        return;
    }
    o.field = read_value(r, &slots[OPERATION_FIELD]->value);
    if (slots[OPERATION_VALUE])
        o.value = read_value(r, &slots[OPERATION_VALUE]->value);
    else if (!str_equal_nocase(str_of(o.operation), str_of("remove")))
        read_needs(r, d, &s, slots, OPERATION_VALUE);
    o.condition = read_said_value(r, slots[OPERATION_CONDITION], &o.extra);
    vec_push(r->arena, &to->operations, o);
}

enum { MODIFY_ROLES, MODIFY_CONFLICT, MODIFY_OPERATIONS, MODIFY_SLOTS };
static const char *const MODIFY_NAMES[] = {"roleDefinitionIds", "conflictEffect", "operations"};

static void read_modify(Reader *r, const Data *d, Details *to)
{
    Shape s = {"the details of `modify`", MODIFY_NAMES, MODIFY_SLOTS, NOTHING_KEPT};
    const DataMember *slots[MODIFY_SLOTS];
    to->kind = DETAILS_MODIFY;
    read_members(r, d, &s, slots, &to->extra);
    READ_TEXTS(r, slots[MODIFY_ROLES], &to->extra, &to->role_ids);
    to->conflict_effect = read_rule_text(r, slots[MODIFY_CONFLICT], &to->extra);
    if (!read_needs(r, d, &s, slots, MODIFY_OPERATIONS))
        return;
    const Data *list = &slots[MODIFY_OPERATIONS]->value;
    if (list->kind != DATA_ARRAY) {
        read_wrong(r, slots[MODIFY_OPERATIONS], "a list");
        return;
    }
    for (uint32_t i = 0; i < list->count; i++)
        read_operation(r, &list->items[i], to);
}

// --- auditIfNotExists and deployIfNotExists --------------------------------------------------

enum {
    EXISTS_TYPE,
    EXISTS_NAME,
    EXISTS_GROUP,
    EXISTS_SCOPE,
    EXISTS_DELAY,
    EXISTS_CONDITION,
    EXISTS_ROLES,
    EXISTS_DEPLOYMENT_SCOPE,
    EXISTS_DEPLOYMENT,
    EXISTS_SLOTS
};
static const char *const EXISTS_NAMES[] = {
    "type",
    "name",
    "resourceGroupName",
    "existenceScope",
    "evaluationDelay",
    "existenceCondition",
    "roleDefinitionIds",
    "deploymentScope",
    "deployment",
};

// Everything in it is the policy's but properties.template, whose texts ARM reads.
static Value *read_deployment(Reader *r, const Data *d, const char *inner)
{
    if (d->kind != DATA_OBJECT)
        return read_value(r, d);
    Value *v = value_object(r->arena);
    v->span = read_span(r, d);
    for (uint32_t i = 0; i < d->count; i++) {
        const DataMember *m = &d->members[i];
        const char *name = read_name(r, m);
        bool at = str_equal_nocase(m->name, str_of(inner));
        Value *value = !at                              ? read_value(r, &m->value)
                       : strcmp(inner, "template") == 0 ? read_literal(r, &m->value)
                                                        : read_deployment(r, &m->value, "template");
        if (name && value)
            value_set(r->arena, v, name, value);
    }
    return v;
}

static void read_if_not_exists(Reader *r, const Data *d, Details *to)
{
    Shape s = {"the details of `auditIfNotExists` and `deployIfNotExists`", EXISTS_NAMES,
               EXISTS_SLOTS, NOTHING_KEPT};
    const DataMember *slots[EXISTS_SLOTS];
    to->kind = DETAILS_IF_NOT_EXISTS;
    read_members(r, d, &s, slots, &to->extra);
    read_needs(r, d, &s, slots, EXISTS_TYPE);
    to->type = read_rule_text(r, slots[EXISTS_TYPE], &to->extra);
    to->name = read_said_value(r, slots[EXISTS_NAME], &to->extra);
    to->resource_group = read_said_value(r, slots[EXISTS_GROUP], &to->extra);
    to->existence_scope = read_rule_text(r, slots[EXISTS_SCOPE], &to->extra);
    to->evaluation_delay = read_rule_text(r, slots[EXISTS_DELAY], &to->extra);
    const DataMember *existence = read_said(r, slots[EXISTS_CONDITION], &to->extra);
    if (existence)
        to->existence = read_condition(r, &existence->value, 0);
    READ_TEXTS(r, slots[EXISTS_ROLES], &to->extra, &to->role_ids);
    to->deployment_scope = read_rule_text(r, slots[EXISTS_DEPLOYMENT_SCOPE], &to->extra);
    const DataMember *deployment = read_said(r, slots[EXISTS_DEPLOYMENT], &to->extra);
    if (deployment && deployment->value.kind != DATA_OBJECT)
        read_wrong(r, deployment, "an object");
    else if (deployment)
        to->deployment = read_deployment(r, &deployment->value, "properties");
}

// --- denyAction and manual -------------------------------------------------------------------

enum { DENY_ACTIONS, DENY_CASCADE, DENY_SLOTS };
static const char *const DENY_NAMES[] = {"actionNames", "cascadeBehaviors"};

static bool is_delete_alone(const Value *v)
{
    return v->kind == VALUE_ARRAY && v->items.len == 1 && v->items.items[0]->kind == VALUE_STRING &&
           strcmp(v->items.items[0]->text, "delete") == 0;
}

static void read_cascade(Reader *r, const DataMember *m, Details *to)
{
    const Data *table = read_table(r, m, &to->extra);
    if (!table)
        return;
    static const char *const names[] = {"resourceGroup"};
    Shape s = {"`cascadeBehaviors`", names, 1, NOTHING_KEPT};
    const DataMember *slot;
    MemberList extra = {0};
    read_members(r, table, &s, &slot, &extra);
    if (!slot || extra.len)
        read_keep(r, m, &to->extra);
    else
        to->cascade = read_value(r, &slot->value);
}

static void read_deny_action(Reader *r, const Data *d, Details *to)
{
    Shape s = {"the details of `denyAction`", DENY_NAMES, DENY_SLOTS, NOTHING_KEPT};
    const DataMember *slots[DENY_SLOTS];
    to->kind = DETAILS_DENY_ACTION;
    read_members(r, d, &s, slots, &to->extra);
    if (read_needs(r, d, &s, slots, DENY_ACTIONS)) {
        Value *actions = read_value(r, &slots[DENY_ACTIONS]->value);
        to->actions = actions && is_delete_alone(actions) ? NULL : actions;
    }
    read_cascade(r, slots[DENY_CASCADE], to);
}

static void read_manual(Reader *r, const Data *d, Details *to)
{
    static const char *const names[] = {"defaultState"};
    Shape s = {"the details of `manual`", names, 1, NOTHING_KEPT};
    const DataMember *slot;
    to->kind = DETAILS_MANUAL;
    read_members(r, d, &s, &slot, &to->extra);
    to->default_state = read_rule_text(r, slot, &to->extra);
}

// --- which they are --------------------------------------------------------------------------

static bool effect_is(const PolicyDefinition *d, const char *effect)
{
    return d->effect && d->effect->kind == VALUE_STRING &&
           str_equal_nocase(str_of(d->effect->text), str_of(effect));
}

static void read_object(Reader *r, const Data *d, PolicyDefinition *to)
{
    Details *details = &to->details;
    bool data_plane = to->mode && str_starts_nocase(str_of(to->mode), str_of("Microsoft."));
    if (data_plane) {
        details->kind = DETAILS_OTHER;
        details->other = read_value(r, d);
    } else if (has(d, "operations") || effect_is(to, "modify")) {
        read_modify(r, d, details);
    } else if (has(d, "actionNames") || effect_is(to, "denyAction")) {
        read_deny_action(r, d, details);
    } else if (has(d, "defaultState") || effect_is(to, "manual")) {
        read_manual(r, d, details);
    } else if (has(d, "type") || has(d, "existenceCondition") || has(d, "deployment") ||
               effect_is(to, "auditIfNotExists") || effect_is(to, "deployIfNotExists")) {
        read_if_not_exists(r, d, details);
    } else if (effect_is(to, "append") || (has(d, "field") && has(d, "value"))) {
        read_append(r, d, details);
    } else {
        details->kind = DETAILS_OTHER;
        details->other = read_value(r, d);
    }
}

void read_details(Reader *r, const DataMember *m, PolicyDefinition *d)
{
    if (!m)
        return;
    if (m->value.kind == DATA_NULL)
        read_keep(r, m, &d->then_extra);
    else if (m->value.kind == DATA_ARRAY)
        read_append(r, &m->value, &d->details);
    else if (m->value.kind == DATA_OBJECT)
        read_object(r, &m->value, d);
    else
        read_wrong(r, m, "an object, or the list of `append`");
}
