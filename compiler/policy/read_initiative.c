// read_initiative.c - initiatives: their members, what these are given, and groups.
//
// spec: backends/azure-policy, initiatives
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

static const char *const NOTHING_KEPT[] = {NULL};

// --- arguments -------------------------------------------------------------------------------

void read_arguments(Reader *r, const DataMember *m, MemberList *extra, bool expressions,
                    PolicyArguments *ret)
{
    static const char *const names[] = {"value"};
    Shape s = {"what a parameter is given", names, 1, NOTHING_KEPT};
    const Data *table = read_table(r, m, extra);
    for (uint32_t i = 0; table && i < table->count; i++) {
        const DataMember *entry = &table->members[i], *slot;
        PolicyArgument a = {.name = read_name(r, entry), .span = read_name_span(r, entry)};
        if (!a.name || !read_is_object(r, &entry->value, s.what))
            continue;
        read_members(r, &entry->value, &s, &slot, &a.extra);
        if (slot)
            a.value = expressions ? read_value(r, &slot->value) : read_literal(r, &slot->value);
        else
            read_needs(r, &entry->value, &s, &slot, 0);
        vec_push(r->arena, ret, a);
    }
}

// --- members ---------------------------------------------------------------------------------

enum {
    MEMBER_ID,
    MEMBER_REFERENCE,
    MEMBER_VERSION,
    MEMBER_PARAMETERS,
    MEMBER_GROUPS,
    MEMBER_SLOTS
};
static const char *const MEMBER_NAMES[] = {"policyDefinitionId", "policyDefinitionReferenceId",
                                           "definitionVersion", "parameters", "groupNames"};
static const char *const MEMBER_KEPT[] = {"latestDefinitionVersion", "effectiveDefinitionVersion",
                                          NULL};

static void read_member(Reader *r, const Data *d, PolicyInitiative *in)
{
    Shape s = {"a member of an initiative", MEMBER_NAMES, MEMBER_SLOTS, MEMBER_KEPT};
    const DataMember *slots[MEMBER_SLOTS];
    InitiativeMember m = {.span = read_span(r, d)};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &m.extra);
    if (read_needs(r, d, &s, slots, MEMBER_ID))
        m.id = read_text(r, slots[MEMBER_ID], &m.extra);
    m.reference_id = read_text(r, slots[MEMBER_REFERENCE], &m.extra);
    m.definition_version = read_text(r, slots[MEMBER_VERSION], &m.extra);
    READ_TEXTS(r, slots[MEMBER_GROUPS], &m.extra, &m.groups);
    read_arguments(r, slots[MEMBER_PARAMETERS], &m.extra, true, &m.arguments);
    vec_push(r->arena, &in->members, m);
}

// --- groups ----------------------------------------------------------------------------------

enum { GROUP_NAME, GROUP_TITLE, GROUP_CATEGORY, GROUP_DESCRIPTION, GROUP_METADATA, GROUP_SLOTS };
static const char *const GROUP_NAMES[] = {"name", "displayName", "category", "description",
                                          "additionalMetadataId"};

static void read_group(Reader *r, const Data *d, PolicyInitiative *in)
{
    Shape s = {"a group of an initiative", GROUP_NAMES, GROUP_SLOTS, NOTHING_KEPT};
    const DataMember *slots[GROUP_SLOTS];
    InitiativeGroup g = {0};
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &g.extra);
    if (read_needs(r, d, &s, slots, GROUP_NAME))
        g.name = read_text(r, slots[GROUP_NAME], &g.extra);
    g.display_name = read_text(r, slots[GROUP_TITLE], &g.extra);
    g.category = read_text(r, slots[GROUP_CATEGORY], &g.extra);
    g.description = read_text(r, slots[GROUP_DESCRIPTION], &g.extra);
    g.additional_metadata_id = read_text(r, slots[GROUP_METADATA], &g.extra);
    vec_push(r->arena, &in->groups, g);
}

// --- initiatives -----------------------------------------------------------------------------

enum {
    INITIATIVE_TITLE,
    INITIATIVE_DESCRIPTION,
    INITIATIVE_TYPE,
    INITIATIVE_VERSION,
    INITIATIVE_METADATA,
    INITIATIVE_PARAMETERS,
    INITIATIVE_MEMBERS,
    INITIATIVE_GROUPS,
    INITIATIVE_SLOTS
};
static const char *const INITIATIVE_NAMES[] = {
    "displayName", "description", "policyType",        "version",
    "metadata",    "parameters",  "policyDefinitions", "policyDefinitionGroups",
};
static const char *const INITIATIVE_KEPT[] = {"versions", NULL};

static void read_contents(Reader *r, const Data *properties, const Shape *s,
                          const DataMember **slots, PolicyInitiative *in)
{
    if (!read_needs(r, properties, s, slots, INITIATIVE_MEMBERS))
        return;
    const DataMember *members = slots[INITIATIVE_MEMBERS];
    if (members->value.kind != DATA_ARRAY)
        read_wrong(r, members, "a list");
    else
        for (uint32_t i = 0; i < members->value.count; i++)
            read_member(r, &members->value.items[i], in);
    const Data *groups = read_list(r, slots[INITIATIVE_GROUPS], &in->extra);
    for (uint32_t i = 0; groups && i < groups->count; i++)
        read_group(r, &groups->items[i], in);
}

void read_initiative(Reader *r, const Envelope *e, PolicyInitiative *in)
{
    Shape s = {"an initiative", INITIATIVE_NAMES, INITIATIVE_SLOTS, INITIATIVE_KEPT};
    const DataMember *slots[INITIATIVE_SLOTS];
    MemberList *extra = &in->extra;
    in->id = e->id;
    in->name = e->name;
    in->envelope = e->members;
    in->span = read_span(r, e->whole);
    read_members(r, e->properties, &s, slots, extra);
    in->display_name = read_text(r, slots[INITIATIVE_TITLE], extra);
    in->description = read_text(r, slots[INITIATIVE_DESCRIPTION], extra);
    in->policy_type = read_text(r, slots[INITIATIVE_TYPE], extra);
    in->version = read_text(r, slots[INITIATIVE_VERSION], extra);
    in->metadata = read_object_literal(r, slots[INITIATIVE_METADATA], extra);
    read_parameters(r, slots[INITIATIVE_PARAMETERS], extra, &in->parameters);
    read_contents(r, e->properties, &s, slots, in);
    if (!r->failed)
        read_check_references(r, &in->parameters, "any member");
}
