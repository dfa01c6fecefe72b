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
        member_extra(w, &f->extra);
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
    member_value(w, "condition", o->condition, READER_EXPRESSIONS);
    member_extra(w, &o->extra);
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
    member_extra(w, &d->extra);
    json_close(&w->json);
}

// The policy evaluates everything but properties.template: ARM does that.
static void write_deployment(Writer *w, const Value *v, const char *inner)
{
    if (v->kind != VALUE_OBJECT) {
        write_value(w, v, READER_EXPRESSIONS);
        return;
    }
    Span before = writer_enter(w, v->span);
    json_open_object(&w->json);
    for (uint32_t i = 0; i < v->members.len; i++) {
        const Member *m = &v->members.items[i];
        bool at = str_equal_nocase(str_of(m->name), str_of(inner));
        json_text_key(&w->json, m->name);
        if (!at)
            write_value(w, m->value, READER_EXPRESSIONS);
        else if (strcmp(inner, "template") == 0)
            write_value(w, m->value, READER_DATA);
        else
            write_deployment(w, m->value, "template");
    }
    json_close(&w->json);
    writer_leave(w, before);
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
    if (d->deployment) {
        json_key(&w->json, "deployment");
        write_deployment(w, d->deployment, "properties");
    }
    member_extra(w, &d->extra);
    json_close(&w->json);
}

static void write_deny_action(Writer *w, const Details *d)
{
    static const char *const ACTIONS[] = {"delete"};
    json_open_object(&w->json);
    if (d->actions)
        member_value(w, "actionNames", d->actions, READER_EXPRESSIONS);
    else
        member_texts(w, "actionNames", ACTIONS, 1);
    if (d->cascade) {
        json_key(&w->json, "cascadeBehaviors");
        json_open_object(&w->json);
        member_value(w, "resourceGroup", d->cascade, READER_EXPRESSIONS);
        json_close(&w->json);
    }
    member_extra(w, &d->extra);
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
        member_extra(w, &d->extra);
        json_close(&w->json);
        return;
    case DETAILS_OTHER:
        write_value(w, d->other, READER_EXPRESSIONS);
        return;
    }
}
