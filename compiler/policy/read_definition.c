// read_definition.c - definitions and their parameters.
//
// spec: backends/azure-policy, definitions
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

#include "diag/suggest.h"

static const char *const NOTHING_KEPT[] = {NULL};

// --- parameters ------------------------------------------------------------------------------

enum {
    PARAMETER_TYPE,
    PARAMETER_METADATA,
    PARAMETER_ALLOWED,
    PARAMETER_DEFAULT,
    PARAMETER_SCHEMA,
    PARAMETER_SLOTS
};
static const char *const PARAMETER_NAMES[] = {"type", "metadata", "allowedValues", "defaultValue",
                                              "schema"};

enum { META_TITLE, META_DESCRIPTION, META_STRONG, META_ASSIGN, META_SLOTS };
static const char *const META_NAMES[] = {"displayName", "description", "strongType",
                                         "assignPermissions"};

static void read_parameter_metadata(Reader *r, const DataMember *m, PolicyParameter *p)
{
    const Data *table = read_table(r, m, &p->extra);
    if (!table)
        return;
    Shape s = {"the metadata of a parameter", META_NAMES, META_SLOTS, NULL};
    const DataMember *slots[META_SLOTS];
    MemberList *extra = &p->metadata_extra;
    read_members(r, table, &s, slots, extra);
    p->display_name = read_text(r, slots[META_TITLE], extra);
    p->description = read_text(r, slots[META_DESCRIPTION], extra);
    p->strong_type = read_text(r, slots[META_STRONG], extra);
    const DataMember *assign = slots[META_ASSIGN];
    if (assign && assign->value.kind == DATA_BOOL && assign->value.truth)
        p->assign_permissions = true;
    else if (assign)
        read_keep(r, assign, extra);
}

static void check_type(Reader *r, const DataMember *m, const char *type)
{
    static const char *const types[] = {"String",  "Array", "Object",  "Boolean",
                                        "Integer", "Float", "DateTime"};
    Suggest near;
    suggest_start(&near, str_of(type));
    for (size_t i = 0; i < SHAPE_COUNT(types); i++) {
        if (str_equal_nocase(str_of(type), str_of(types[i])))
            return;
        suggest_offer(&near, str_of(types[i]));
    }
    Diag *d = read_report(r, DIAG_PARAMETER_TYPE, read_span(r, &m->value), m->value.at,
                          "`%.80s` is no type of a parameter", type);
    if (near.count)
        diag_help(r->c->diags, d, "did you mean `%.*s`?", (int)near.best[0].n, near.best[0].p);
    else
        diag_help(r->c->diags, d,
                  "the types are String, Array, Object, Boolean, Integer, Float "
                  "and DateTime");
}

static void read_parameter(Reader *r, const DataMember *m, PolicyParameter *p)
{
    Shape s = {"a parameter", PARAMETER_NAMES, PARAMETER_SLOTS, NOTHING_KEPT};
    const DataMember *slots[PARAMETER_SLOTS];
    *p = (PolicyParameter){.name = read_name(r, m), .span = read_name_span(r, m)};
    if (!read_is_object(r, &m->value, s.what))
        return;
    read_members(r, &m->value, &s, slots, &p->extra);
    if (read_needs(r, &m->value, &s, slots, PARAMETER_TYPE))
        p->type = read_text(r, slots[PARAMETER_TYPE], &p->extra);
    if (p->type)
        check_type(r, slots[PARAMETER_TYPE], p->type);
    read_parameter_metadata(r, slots[PARAMETER_METADATA], p);
    const DataMember *allowed = slots[PARAMETER_ALLOWED];
    if (allowed && allowed->value.kind == DATA_ARRAY)
        p->allowed = read_literal(r, &allowed->value);
    else
        read_list(r, allowed, &p->extra);
    const DataMember *initial = read_said(r, slots[PARAMETER_DEFAULT], &p->extra);
    if (initial)
        p->initial = read_literal(r, &initial->value);
    p->schema = read_object_literal(r, slots[PARAMETER_SCHEMA], &p->extra);
}

void read_parameters(Reader *r, const DataMember *m, MemberList *extra, PolicyParameters *ret)
{
    const Data *table = read_table(r, m, extra);
    Map known = {0};
    for (uint32_t i = 0; table && i < table->count; i++) {
        PolicyParameter p;
        read_parameter(r, &table->members[i], &p);
        if (!p.name || !read_is_new(r, &known, &table->members[i]))
            continue;
        vec_push(r->arena, ret, p);
    }
}

// --- references to parameters ----------------------------------------------------------------

static void report_undeclared(Reader *r, const Reference *ref, const PolicyParameters *p)
{
    Diag *d = read_report(r, DIAG_UNDECLARED_PARAMETER, ref->span, ref->at,
                          "there is no parameter `%.80s`", ref->name);
    Suggest near;
    suggest_start(&near, str_of(ref->name));
    for (uint32_t i = 0; i < p->len && i < 1000; i++)
        suggest_offer(&near, str_of(p->items[i].name));
    if (near.count)
        diag_help(r->c->diags, d, "did you mean `%.*s`?", (int)near.best[0].n, near.best[0].p);
    else
        diag_help(r->c->diags, d, "declare it in `parameters`");
}

static void check_reference(Reader *r, const Reference *ref, const PolicyParameters *p,
                            const Map *known, bool *used)
{
    const PolicyParameter *found = map_get(known, read_fold(r, str_of(ref->name)));
    if (!found) {
        report_undeclared(r, ref, p);
        return;
    }
    used[found - p->items] = true;
    if (strcmp(found->name, ref->name) == 0)
        return;
    Diag *d = read_report(r, DIAG_PARAMETER_CASE, ref->span, ref->at,
                          "parameter `%.80s` is declared as `%.80s`", ref->name, found->name);
    diag_note(r->c->diags, d, "whether the service compares these with case is not known");
}

void read_check_references(Reader *r, const PolicyParameters *p, const char *what)
{
    Map known = {0};
    for (uint32_t i = 0; i < p->len; i++)
        map_put(&known, r->arena, read_fold(r, str_of(p->items[i].name)), &p->items[i]);
    bool *used = ARENA_ARRAY(r->arena, bool, p->len);
    for (uint32_t i = 0; i < r->references.len; i++)
        check_reference(r, &r->references.items[i], p, &known, used);
    for (uint32_t i = 0; i < p->len && !r->references_any; i++)
        if (!used[i])
            read_report(r, DIAG_UNUSED_POLICY_PARAMETER, p->items[i].span,
                        p->items[i].span.start - r->source->base,
                        "parameter `%.80s` is not used by %s: the service refuses that",
                        p->items[i].name, what);
}

// --- the rule --------------------------------------------------------------------------------

enum { THEN_EFFECT, THEN_DETAILS, THEN_SLOTS };
static const char *const THEN_NAMES[] = {"effect", "details"};

static void check_effect(Reader *r, const Data *at, const PolicyDefinition *d)
{
    static const char *const effects[] = {"addToNetworkGroup",
                                          "append",
                                          "audit",
                                          "auditIfNotExists",
                                          "deny",
                                          "denyAction",
                                          "disabled",
                                          "deployIfNotExists",
                                          "enforceSetting",
                                          "manual",
                                          "modify",
                                          "mutate",
                                          "EnforceRegoPolicy",
                                          "EnforceOPAConstraint"};
    if (!d->effect || d->effect->kind != VALUE_STRING)
        return;
    Suggest near;
    suggest_start(&near, str_of(d->effect->text));
    for (size_t i = 0; i < SHAPE_COUNT(effects); i++) {
        if (str_equal_nocase(str_of(d->effect->text), str_of(effects[i])))
            return;
        suggest_offer(&near, str_of(effects[i]));
    }
    Diag *diag = read_report(r, DIAG_UNKNOWN_POLICY_EFFECT, read_span(r, at), at->at,
                             "there is no effect `%.80s`", d->effect->text);
    if (near.count)
        diag_help(r->c->diags, diag, "did you mean `%.*s`?", (int)near.best[0].n, near.best[0].p);
    else
        diag_help(r->c->diags, diag, "`audit`, `deny` and `modify` are some that there are");
}

static void read_then(Reader *r, const Data *d, PolicyDefinition *to)
{
    Shape s = {"`then`", THEN_NAMES, THEN_SLOTS, NOTHING_KEPT};
    const DataMember *slots[THEN_SLOTS];
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &to->then_extra);
    if (read_needs(r, d, &s, slots, THEN_EFFECT)) {
        const Data *effect = &slots[THEN_EFFECT]->value;
        if (effect->kind != DATA_STRING)
            read_wrong(r, slots[THEN_EFFECT], "a text");
        else
            to->effect = read_value(r, effect);
        check_effect(r, effect, to);
    }
    read_details(r, slots[THEN_DETAILS], to);
}

enum { RULE_IF, RULE_THEN, RULE_SLOTS };
static const char *const RULE_NAMES[] = {"if", "then"};

static void read_rule(Reader *r, const Data *d, PolicyDefinition *to)
{
    Shape s = {"a policy rule", RULE_NAMES, RULE_SLOTS, NOTHING_KEPT};
    const DataMember *slots[RULE_SLOTS];
    if (!read_is_object(r, d, s.what))
        return;
    read_members(r, d, &s, slots, &to->rule_extra);
    if (read_needs(r, d, &s, slots, RULE_IF))
        to->condition = read_condition(r, &slots[RULE_IF]->value, 0);
    if (read_needs(r, d, &s, slots, RULE_THEN))
        read_then(r, &slots[RULE_THEN]->value, to);
}

void read_bare_rule(Reader *r, const Data *rule, PolicyDefinition *d)
{
    d->bare = true;
    d->span = read_span(r, rule);
    read_rule(r, rule, d);
}

// --- definitions -----------------------------------------------------------------------------

enum {
    DEFINITION_TITLE,
    DEFINITION_DESCRIPTION,
    DEFINITION_TYPE,
    DEFINITION_MODE,
    DEFINITION_VERSION,
    DEFINITION_METADATA,
    DEFINITION_PARAMETERS,
    DEFINITION_RULE,
    DEFINITION_EXTERNAL,
    DEFINITION_SLOTS
};
static const char *const DEFINITION_NAMES[] = {
    "displayName", "description", "policyType",
    "mode",        "version",     "metadata",
    "parameters",  "policyRule",  "externalEvaluationEnforcementSettings",
};
static const char *const DEFINITION_KEPT[] = {"versions", NULL};

void read_definition(Reader *r, const Envelope *e, PolicyDefinition *d)
{
    Shape s = {"a policy definition", DEFINITION_NAMES, DEFINITION_SLOTS, DEFINITION_KEPT};
    const DataMember *slots[DEFINITION_SLOTS];
    MemberList *extra = &d->extra;
    d->id = e->id;
    d->name = e->name;
    d->envelope = e->members;
    d->span = read_span(r, e->whole);
    read_members(r, e->properties, &s, slots, extra);
    d->display_name = read_text(r, slots[DEFINITION_TITLE], extra);
    d->description = read_text(r, slots[DEFINITION_DESCRIPTION], extra);
    d->policy_type = read_text(r, slots[DEFINITION_TYPE], extra);
    d->mode = read_text(r, slots[DEFINITION_MODE], extra);
    d->version = read_text(r, slots[DEFINITION_VERSION], extra);
    d->metadata = read_object_literal(r, slots[DEFINITION_METADATA], extra);
    read_parameters(r, slots[DEFINITION_PARAMETERS], extra, &d->parameters);
    if (read_needs(r, e->properties, &s, slots, DEFINITION_RULE))
        read_rule(r, &slots[DEFINITION_RULE]->value, d);
    d->external = read_said_value(r, slots[DEFINITION_EXTERNAL], extra);
    if (!r->failed) // else what it refers to may not have been read
        read_check_references(r, &d->parameters, "its rule");
}
