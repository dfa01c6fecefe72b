// write.c - definitions and initiatives as REST bodies.
//
// What the URL of the PUT says (id, name, type) is not repeated in the body.
//
// SPDX-License-Identifier: MIT
#include "policy/write.h"

#include "policy/writer.h"

void policy_id_print(Buf *out, const char *scope, const char *type, const char *name)
{
    buf_str(out, scope ? scope : POLICY_ROOT_UNKNOWN);
    buf_str(out, "/providers/Microsoft.Authorization/");
    buf_str(out, type);
    buf_char(out, '/');
    buf_str(out, name);
}

// --- definitions -----------------------------------------------------------------------------

static void member_metadata(Writer *w, const Value *metadata)
{
    if (!metadata)
        return;
    json_key(&w->json, "metadata");
    json_open_object(&w->json);
    for (uint32_t i = 0; i < metadata->members.len; i++) {
        const Member *m = &metadata->members.items[i];
        if (w->canonical && strcmp(m->name, "fingerprint") == 0)
            continue;
        json_text_key(&w->json, m->name);
        write_value(w, m->value, READER_DATA);
    }
    json_close(&w->json);
}

static void write_rule(Writer *w, const PolicyDefinition *d)
{
    json_open_object(&w->json);
    json_key(&w->json, "if");
    write_condition(w, d->condition);
    json_key(&w->json, "then");
    json_open_object(&w->json);
    member_value(w, "effect", d->effect, READER_EXPRESSIONS);
    write_details(w, &d->details);
    member_extra(w, &d->then_extra);
    json_close(&w->json);
    member_extra(w, &d->rule_extra);
    json_close(&w->json);
}

void write_definition_body(Writer *w, const PolicyDefinition *d)
{
    Span before = writer_enter(w, d->span);
    if (d->bare) {
        write_rule(w, d);
        writer_leave(w, before);
        return;
    }
    json_open_object(&w->json);
    member_extra(w, &d->envelope);
    json_key(&w->json, "properties");
    json_open_object(&w->json);
    member_text(w, "displayName", d->display_name);
    member_text(w, "policyType", d->policy_type ? d->policy_type : "Custom");
    member_text(w, "mode", d->mode);
    member_text(w, "description", d->description);
    member_text(w, "version", d->version);
    member_metadata(w, d->metadata);
    member_parameters(w, d->parameters.items, d->parameters.len);
    json_key(&w->json, "policyRule");
    write_rule(w, d);
    member_value(w, "externalEvaluationEnforcementSettings", d->external, READER_EXPRESSIONS);
    member_extra(w, &d->extra);
    json_close(&w->json);
    json_close(&w->json);
    writer_leave(w, before);
}

void write_definition(Buf *out, const PolicyDefinition *d, WriteOptions o)
{
    Writer w;
    writer_start(&w, out, o, JSON_PRETTY);
    write_definition_body(&w, d);
    writer_finish(&w);
}

// --- initiatives -----------------------------------------------------------------------------

static void write_member(Writer *w, const InitiativeMember *m)
{
    Span before = writer_enter(w, m->span);
    json_open_object(&w->json);
    if (m->definition)
        member_id(w, "policyDefinitionId", w->options.root, "policyDefinitions",
                  m->definition->name);
    else if (m->builtin)
        member_id(w, "policyDefinitionId", "", "policyDefinitions", m->builtin);
    else
        member_text(w, "policyDefinitionId", m->id);
    member_text(w, "policyDefinitionReferenceId", m->reference_id);
    member_text(w, "definitionVersion", m->definition_version);
    member_texts(w, "groupNames", m->groups.items, m->groups.len);
    member_arguments(w, m->arguments.items, m->arguments.len, READER_EXPRESSIONS);
    member_extra(w, &m->extra);
    json_close(&w->json);
    writer_leave(w, before);
}

static void member_groups(Writer *w, const PolicyInitiative *in)
{
    if (!in->groups.len)
        return;
    json_key(&w->json, "policyDefinitionGroups");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < in->groups.len; i++) {
        const InitiativeGroup *g = &in->groups.items[i];
        json_open_object(&w->json);
        member_text(w, "name", g->name);
        member_text(w, "displayName", g->display_name);
        member_text(w, "category", g->category);
        member_text(w, "description", g->description);
        member_text(w, "additionalMetadataId", g->additional_metadata_id);
        member_extra(w, &g->extra);
        json_close(&w->json);
    }
    json_close(&w->json);
}

void write_initiative_body(Writer *w, const PolicyInitiative *in)
{
    Span before = writer_enter(w, in->span);
    json_open_object(&w->json);
    member_extra(w, &in->envelope);
    json_key(&w->json, "properties");
    json_open_object(&w->json);
    member_text(w, "displayName", in->display_name);
    member_text(w, "policyType", in->policy_type ? in->policy_type : "Custom");
    member_text(w, "description", in->description);
    member_text(w, "version", in->version);
    member_metadata(w, in->metadata);
    member_parameters(w, in->parameters.items, in->parameters.len);
    json_key(&w->json, "policyDefinitions");
    json_open_array(&w->json);
    for (uint32_t i = 0; i < in->members.len; i++)
        write_member(w, &in->members.items[i]);
    json_close(&w->json);
    member_groups(w, in);
    member_extra(w, &in->extra);
    json_close(&w->json);
    json_close(&w->json);
    writer_leave(w, before);
}

void write_initiative(Buf *out, const PolicyInitiative *i, WriteOptions o)
{
    Writer w;
    writer_start(&w, out, o, JSON_PRETTY);
    write_initiative_body(&w, i);
    writer_finish(&w);
}
