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
    uint32_t depth, values; // values made so far: variables may double what they name
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
    bool follows = t->depth < LIMIT_NESTING && t->values < LIMIT_EVALUATION;
    if (of_variable)
        return follows ? known(t, of_variable) : *d;
    Data value;
    return eval_constant(t->setup, t->arena, arm, &t->parameters, &value) ? value : *d;
}

// Depth: that of what was read, once for it and once for the variables it ends in.
static Data known(Template *t, const Data *d)
{
    t->depth++;
    t->values++;
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
    DataMember *members = ARENA_ARRAY(t->arena, DataMember, written->count);
    *r = *written;
    r->members = members;
    type = joined(t, type, data_get_nocase(written, str_of("type")));
    name = joined(t, name, data_get_nocase(written, str_of("name")));
    const Data *children = NULL;
    for (uint32_t i = 0; i < r->count; i++) {
        members[i] = written->members[i];
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
    Data resources = known(&t, data_get_nocase(template, str_of("resources")));
    add_resources(&t, &resources, NULL, NULL);
    *ret = t.resources.items;
    return t.resources.len;
}

// --- verdicts ----------------------------------------------------------------------------------------

static bool is_unknown(const Data *d)
{
    return d->kind == DATA_STRING && is_expression(data_str(d));
}

// `copy` makes members that are not there yet.
static bool is_copy(const DataMember *m)
{
    return m->value.kind == DATA_ARRAY && str_equal_nocase(m->name, str_of("copy"));
}

static bool has_unknown(const Data *d, uint32_t depth)
{
    if (is_unknown(d) || depth > LIMIT_JSON_NESTING)
        return true;
    for (uint32_t i = 0; d->kind == DATA_ARRAY && i < d->count; i++) {
        if (has_unknown(&d->items[i], depth + 1))
            return true;
    }
    for (uint32_t i = 0; d->kind == DATA_OBJECT && i < d->count; i++) {
        if (is_copy(&d->members[i]) || has_unknown(&d->members[i].value, depth + 1))
            return true;
    }
    return false;
}

static bool arm_asks(const Arm *arm)
{
    switch (arm->kind) {
    case ARM_STRING:
    case ARM_INT:
    case ARM_FLOAT:
        return false;
    case ARM_MEMBER:
        return arm_asks(arm->of);
    case ARM_INDEX:
        return arm_asks(arm->indexed) || arm_asks(arm->index);
    case ARM_CALL:
        break;
    }
    bool asks = str_equal_nocase(str_of(arm->name), str_of("field")) ||
                str_equal_nocase(str_of(arm->name), str_of("current"));
    for (uint32_t i = 0; i < arm->count && !asks; i++)
        asks = arm_asks(arm->args[i]);
    return asks;
}

// Does an expression look at the resource? What it makes of an unknown text looks like a value.
static bool value_asks(const Value *v)
{
    if (v->kind == VALUE_ARM)
        return arm_asks(v->arm);
    for (uint32_t i = 0; v->kind == VALUE_ARRAY && i < v->items.len; i++) {
        if (v->items.items[i]->kind == VALUE_ARM && arm_asks(v->items.items[i]->arm))
            return true;
    }
    return false;
}

static bool rests_on_unknown(const EvalStep *s, bool resource_has_unknown)
{
    const Condition *c = s->condition;
    if (has_unknown(&s->actual, 0) || has_unknown(&s->expected, 0))
        return true;
    bool by_name = c->kind == CONDITION_FIELD && c->left->kind == VALUE_STRING;
    bool asks = (!by_name && value_asks(c->left)) || value_asks(c->right);
    return resource_has_unknown &&
           (asks || s->actual.kind == DATA_MISSING || c->kind == CONDITION_COUNT_FIELD);
}

static bool is_of_type(const EvalPolicy *p, const Data *type)
{
    const char *const *types;
    uint32_t count = eval_types(p, &types);
    for (uint32_t i = 0; i < count; i++) {
        if (type && type->kind == DATA_STRING && str_equal_nocase(str_of(types[i]), data_str(type)))
            return true;
    }
    return count == 0;
}

static const char *unknown_name(Arena *a, const Data *resource)
{
    static const char *const NAMES[] = {"type", "name", "kind"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const Data *d = data_get_nocase(resource, str_of(NAMES[i]));
        if (d && is_unknown(d))
            return arena_printf(a, "only the deployment knows its %s", NAMES[i]);
    }
    return NULL;
}

const char *resource_unknown(Arena *a, const Data *resource, const EvalPolicy *judged,
                             const EvalResult *result)
{
    bool some = has_unknown(resource, 0);
    if (!some || !judged)
        return NULL;
    if (result->state == STATE_NOT_APPLICABLE && result->steps.len == 0)
        return is_of_type(judged, data_get_nocase(resource, str_of("type")))
                   ? unknown_name(a, resource)
                   : NULL;
    for (uint32_t i = 0; i < result->steps.len; i++) {
        const EvalStep *s = &result->steps.items[i];
        if (!rests_on_unknown(s, some))
            continue;
        return is_unknown(&s->actual) ? arena_printf(a, "only the deployment knows `%s`: %.*s",
                                                     s->path ? s->path : "a value",
                                                     (int)s->actual.count, s->actual.text)
                                      : "it may rest on values that only the deployment knows";
    }
    return NULL;
}
