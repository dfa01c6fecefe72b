// write_assignment.c - assignments and exemptions as REST bodies.
//
// The scope is a part of the URL, so it is not in the body.
//
// SPDX-License-Identifier: MIT
#include "policy/writer.h"

static void write_selector(Writer *w, const Selector *s)
{
    json_open_row(&w->json);
    member_text(w, "kind", s->kind);
    member_texts(w, s->negated ? "notIn" : "in", s->values.items, s->values.len);
    member_extra(w, &s->extra);
    json_close(&w->json);
}

static void member_selectors(Writer *w, const Selector *selectors, uint32_t count)
{
    if (!count)
        return;
    json_key(&w->json, "selectors");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < count; i++)
        write_selector(w, &selectors[i]);
    json_close(&w->json);
}

static void member_resource_selectors(Writer *w, const ResourceSelector *s, uint32_t count)
{
    if (!count)
        return;
    json_key(&w->json, "resourceSelectors");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < count; i++) {
        Span before = writer_enter(w, s[i].span);
        json_open_object(&w->json);
        member_text(w, "name", s[i].name);
        member_selectors(w, s[i].selectors.items, s[i].selectors.len);
        member_extra(w, &s[i].extra);
        json_close(&w->json);
        writer_leave(w, before);
    }
    json_close(&w->json);
}

static void member_overrides(Writer *w, const PolicyOverride *o, uint32_t count)
{
    if (!count)
        return;
    json_key(&w->json, "overrides");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < count; i++) {
        Span before = writer_enter(w, o[i].span);
        json_open_object(&w->json);
        member_text(w, "kind", o[i].kind);
        member_text(w, "value", o[i].value);
        member_selectors(w, o[i].selectors.items, o[i].selectors.len);
        member_extra(w, &o[i].extra);
        json_close(&w->json);
        writer_leave(w, before);
    }
    json_close(&w->json);
}

static void member_messages(Writer *w, const PolicyAssignment *a)
{
    if (!a->messages.len)
        return;
    json_key(&w->json, "nonComplianceMessages");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < a->messages.len; i++) {
        json_open_object(&w->json);
        member_text(w, "message", a->messages.items[i].message);
        member_text(w, "policyDefinitionReferenceId", a->messages.items[i].reference_id);
        member_extra(w, &a->messages.items[i].extra);
        json_close(&w->json);
    }
    json_close(&w->json);
}

static void member_identity(Writer *w, const PolicyAssignment *a)
{
    if (!a->identity && !a->user_identity && !a->identity_extra.len)
        return;
    json_key(&w->json, "identity");
    json_open_object(&w->json);
    member_text(w, "type", a->identity);
    if (a->user_identity) {
        json_key(&w->json, "userAssignedIdentities");
        json_open_object(&w->json);
        json_text_key(&w->json, a->user_identity);
        json_open_object(&w->json);
        json_close(&w->json);
        json_close(&w->json);
    }
    member_extra(w, &a->identity_extra);
    json_close(&w->json);
}

static void assignment_properties(Writer *w, const PolicyAssignment *a)
{
    json_open_object(&w->json);
    member_text(w, "displayName", a->display_name);
    member_text(w, "description", a->description);
    member_value(w, "metadata", a->metadata, READER_DATA);
    member_text(w, "policyDefinitionId", a->definition_id);
    member_text(w, "definitionVersion", a->definition_version);
    member_text(w, "enforcementMode", a->enforcement);
    member_texts(w, "notScopes", a->not_scopes.items, a->not_scopes.len);
    member_arguments(w, a->arguments.items, a->arguments.len, READER_DATA);
    member_messages(w, a);
    member_resource_selectors(w, a->selectors.items, a->selectors.len);
    member_overrides(w, a->overrides.items, a->overrides.len);
    member_extra(w, &a->extra);
    json_close(&w->json);
}

void write_assignment(Buf *out, const PolicyAssignment *a, WriteOptions o)
{
    Writer w;
    writer_start(&w, out, o, JSON_PRETTY);
    Span before = writer_enter(&w, a->span);
    json_open_object(&w.json);
    member_extra(&w, &a->envelope);
    member_text(&w, "location", a->location);
    member_identity(&w, a);
    json_key(&w.json, "properties");
    assignment_properties(&w, a);
    json_close(&w.json);
    writer_leave(&w, before);
    writer_finish(&w);
}

void write_exemption(Buf *out, const PolicyExemption *e, WriteOptions o)
{
    Writer w;
    writer_start(&w, out, o, JSON_PRETTY);
    Span before = writer_enter(&w, e->span);
    json_open_object(&w.json);
    member_extra(&w, &e->envelope);
    json_key(&w.json, "properties");
    json_open_object(&w.json);
    member_text(&w, "displayName", e->display_name);
    member_text(&w, "description", e->description);
    member_value(&w, "metadata", e->metadata, READER_DATA);
    member_text(&w, "policyAssignmentId", e->assignment_id);
    member_text(&w, "exemptionCategory", e->category);
    member_text(&w, "expiresOn", e->expires_on);
    member_texts(&w, "policyDefinitionReferenceIds", e->reference_ids.items, e->reference_ids.len);
    member_resource_selectors(&w, e->selectors.items, e->selectors.len);
    member_extra(&w, &e->extra);
    json_close(&w.json);
    json_close(&w.json);
    writer_leave(&w, before);
    writer_finish(&w);
}
