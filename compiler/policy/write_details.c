// write_details.c - what an effect needs to know, as JSON.
//
// SPDX-License-Identifier: MIT
#include "policy/writer.h"

static void write_append(Writer *w, const Details *d)
{
    json_open_array(&w->json);
    for (uint32_t i = 0; i < d->append.len; i++) {
        const AppendField *f = &d->append.items[i];
        Span before = writer_enter(w, f->span);
        json_open_row(&w->json);
        member_value(w, "field", f->field, READER_EXPRESSIONS);
        member_value(w, "value", f->value, READER_EXPRESSIONS);
        json_close(&w->json);
        writer_leave(w, before);
    }
    json_close(&w->json);
}

static void write_operation(Writer *w, const Operation *o)
{
    Span before = writer_enter(w, o->span);
    json_open_object(&w->json);
    member_text(w, "operation", o->operation);
    member_value(w, "field", o->field, READER_EXPRESSIONS);
    member_value(w, "value", o->value, READER_EXPRESSIONS);
    if (o->condition) {
        json_key(&w->json, "condition");
        write_arm(w, o->condition);
    }
    json_close(&w->json);
    writer_leave(w, before);
}

static void member_roles(Writer *w, const Details *d)
{
    member_texts(w, "roleDefinitionIds", d->role_ids.items, d->role_ids.len);
}

static void write_modify(Writer *w, const Details *d)
{
    json_open_object(&w->json);
    member_roles(w, d);
    member_text(w, "conflictEffect", d->conflict_effect);
    json_key(&w->json, "operations");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < d->operations.len; i++)
        write_operation(w, &d->operations.items[i]);
    json_close(&w->json);
    json_close(&w->json);
}

static void write_if_not_exists(Writer *w, const Details *d)
{
    json_open_object(&w->json);
    member_text(w, "type", d->type);
    member_value(w, "name", d->name, READER_EXPRESSIONS);
    member_value(w, "resourceGroupName", d->resource_group, READER_EXPRESSIONS);
    member_text(w, "existenceScope", d->existence_scope);
    member_text(w, "evaluationDelay", d->evaluation_delay);
    if (d->existence) {
        json_key(&w->json, "existenceCondition");
        write_condition(w, d->existence);
    }
    member_roles(w, d);
    member_text(w, "deploymentScope", d->deployment_scope);
    member_value(w, "deployment", d->deployment, READER_EXPRESSIONS);
    json_close(&w->json);
}

static void write_deny_action(Writer *w, const Details *d)
{
    static const char *const ACTIONS[] = {"delete"};
    json_open_object(&w->json);
    member_texts(w, "actionNames", ACTIONS, 1);
    if (d->cascade_set) {
        json_key(&w->json, "cascadeBehaviors");
        json_open_object(&w->json);
        member_text(w, "resourceGroup", d->cascade_deny ? "deny" : "allow");
        json_close(&w->json);
    }
    json_close(&w->json);
}

void write_details(Writer *w, const Details *d)
{
    if (d->kind == DETAILS_NONE)
        return;
    json_key(&w->json, "details");
    switch (d->kind) {
    case DETAILS_NONE:
        return;
    case DETAILS_APPEND:
        write_append(w, d);
        return;
    case DETAILS_MODIFY:
        write_modify(w, d);
        return;
    case DETAILS_IF_NOT_EXISTS:
        write_if_not_exists(w, d);
        return;
    case DETAILS_DENY_ACTION:
        write_deny_action(w, d);
        return;
    case DETAILS_MANUAL:
        json_open_object(&w->json);
        member_text(w, "defaultState", d->default_state);
        json_close(&w->json);
        return;
    case DETAILS_OTHER:
        write_value(w, d->other, READER_EXPRESSIONS);
        return;
    }
}
