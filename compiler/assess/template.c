// template.c - the resources of an ARM template, before it is deployed.
//
// Expressions over parameters and variables that the template gives values for
// are put in place; what only a deployment knows stays the expression it is, so
// that whoever judges can see it is not known.
//
// spec: evaluation, resources
//
// SPDX-License-Identifier: MIT
#include "assess/assess.h"

#include "base/limits.h"
#include "policy/read.h"

typedef struct Template {
    Arena *arena;
    const EvalSetup *setup;
    Data parameters; // name → value: given, else its default
    const Data *variables;
    VEC(const Data *) resources;
    uint32_t depth;
} Template;

bool resource_is_template(const Data *d)
{
    const Data *schema = d->kind == DATA_OBJECT ? data_get_nocase(d, str_of("$schema")) : NULL;
    const Data *list = schema ? data_get_nocase(d, str_of("resources")) : NULL;
    if (!list || schema->kind != DATA_STRING)
        return false;
    Str s = data_str(schema);
    for (size_t i = 0; i < s.n; i++) {
        if (str_starts_nocase((Str){s.p + i, s.n - i}, str_of("deploymentTemplate.json")))
            return true;
    }
    return false;
}

static bool is_expression(Str s)
{
    return s.n > 2 && s.p[0] == '[' && s.p[1] != '[' && s.p[s.n - 1] == ']';
}

static Data known(Template *t, const Data *d);

static const Data *variable(Template *t, const Arm *arm)
{
    bool is_variable = arm->kind == ARM_CALL && arm->count == 1 && t->variables &&
                       str_equal_nocase(str_of(arm->name), str_of("variables")) &&
                       arm->args[0]->kind == ARM_STRING;
    return is_variable ? data_get_nocase(t->variables, str_of(arm->args[0]->text)) : NULL;
}

static Data known_text(Template *t, const Data *d)
{
    Str s = data_str(d);
    if (s.n >= 2 && s.p[0] == '[' && s.p[1] == '[')
        return data_string((Str){s.p + 1, s.n - 1});
    Arm *arm;
    const char *error;
    uint32_t at;
    if (!is_expression(s) || !arm_parse(t->arena, (Str){s.p + 1, s.n - 2}, &arm, &error, &at))
        return *d;
    const Data *of_variable = variable(t, arm);
    if (of_variable)
        return known(t, of_variable);
    Data value;
    return eval_constant(t->setup, t->arena, arm, &t->parameters, &value) ? value : *d;
}

// Variables may name variables: the depth counts both.
static Data known(Template *t, const Data *d)
{
    if (t->depth >= LIMIT_NESTING)
        return *d;
    t->depth++;
    Data ret = *d;
    if (d->kind == DATA_STRING) {
        ret = known_text(t, d);
    } else if (d->kind == DATA_ARRAY) {
        Data *items = ARENA_ARRAY(t->arena, Data, d->count);
        for (uint32_t i = 0; i < d->count; i++)
            items[i] = known(t, &d->items[i]);
        ret.items = items;
    } else if (d->kind == DATA_OBJECT) {
        DataMember *members = ARENA_ARRAY(t->arena, DataMember, d->count);
        for (uint32_t i = 0; i < d->count; i++) {
            members[i] = d->members[i];
            members[i].value = known(t, &d->members[i].value);
        }
        ret.members = members;
    }
    t->depth--;
    return ret;
}

// --- resources -------------------------------------------------------------------------------------

static const char *joined(Template *t, const char *parent, const Data *own)
{
    if (!own || own->kind != DATA_STRING)
        return parent;
    return parent ? arena_printf(t->arena, "%s/%.*s", parent, (int)own->count, own->text)
                  : arena_copy(t->arena, own->text, own->count);
}

static void add_resources(Template *t, const Data *list, const char *type, const char *name);

static void add_resource(Template *t, const Data *written, const char *type, const char *name)
{
    if (written->kind != DATA_OBJECT)
        return;
    const Data *existing = data_get_nocase(written, str_of("existing"));
    if (existing && existing->kind == DATA_BOOL && existing->truth)
        return;
    Data *r = ARENA_NEW(t->arena, Data);
    *r = known(t, written);
    type = joined(t, type, data_get_nocase(r, str_of("type")));
    name = joined(t, name, data_get_nocase(r, str_of("name")));
    const Data *children = NULL;
    DataMember *members = (DataMember *)r->members; // made by known()
    for (uint32_t i = 0; i < r->count; i++) {
        if (type && str_equal_nocase(members[i].name, str_of("type")))
            members[i].value = data_string(str_of(type));
        else if (name && str_equal_nocase(members[i].name, str_of("name")))
            members[i].value = data_string(str_of(name));
        else if (str_equal_nocase(members[i].name, str_of("resources")))
            children = &members[i].value;
    }
    vec_push(t->arena, &t->resources, r);
    if (children)
        add_resources(t, children, type, name);
}

// A list, or (with symbolic names) an object.
static void add_resources(Template *t, const Data *list, const char *type, const char *name)
{
    if (t->depth >= LIMIT_NESTING)
        return;
    t->depth++;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->kind == DATA_ARRAY)
            add_resource(t, &list->items[i], type, name);
        else if (list->kind == DATA_OBJECT)
            add_resource(t, &list->members[i].value, type, name);
    }
    t->depth--;
}

static Data parameter_values(Template *t, const Data *declared, const Data *given)
{
    VEC(DataMember) values = {0};
    for (uint32_t i = 0; declared && declared->kind == DATA_OBJECT && i < declared->count; i++) {
        const DataMember *m = &declared->members[i];
        const Data *value = given ? data_get_nocase(given, m->name) : NULL;
        if (value && value->kind == DATA_OBJECT && data_get_nocase(value, str_of("value")))
            value = data_get_nocase(value, str_of("value"));
        if (!value && m->value.kind == DATA_OBJECT)
            value = data_get_nocase(&m->value, str_of("defaultValue"));
        if (value)
            vec_push(t->arena, &values, ((DataMember){m->name, DATA_NOWHERE, *value}));
    }
    return (Data){
        .kind = DATA_OBJECT, .count = values.len, .at = DATA_NOWHERE, .members = values.items};
}

uint32_t resource_of_template(const EvalSetup *setup, Arena *a, const Data *template,
                              const Data *given, const Data *const **ret)
{
    Template t = {.arena = a, .setup = setup};
    t.variables = data_get_nocase(template, str_of("variables"));
    if (t.variables && t.variables->kind != DATA_OBJECT)
        t.variables = NULL;
    t.parameters = parameter_values(&t, data_get_nocase(template, str_of("parameters")), given);
    add_resources(&t, data_get_nocase(template, str_of("resources")), NULL, NULL);
    *ret = t.resources.items;
    return t.resources.len;
}

const char *resource_unknown_text(const Data *d)
{
    return d->kind == DATA_STRING && is_expression(data_str(d)) ? d->text : NULL;
}
