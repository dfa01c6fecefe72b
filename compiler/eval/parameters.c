// parameters.c - the values a policy is assigned with, checked.
//
// spec: evaluation, "Parameters"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/function.h"
#include "eval/internal.h"

static Span span_of(const Prepare *p, Span span)
{
    return span.start != span.end ? span : p->policy->definition->span;
}

static bool type_holds(const char *type, const Data *v)
{
    Str t = str_of(type);
    int64_t ticks;
    if (str_equal_nocase(t, str_of("String")))
        return v->kind == DATA_STRING;
    if (str_equal_nocase(t, str_of("Array")))
        return v->kind == DATA_ARRAY;
    if (str_equal_nocase(t, str_of("Object")))
        return v->kind == DATA_OBJECT;
    if (str_equal_nocase(t, str_of("Boolean")))
        return v->kind == DATA_BOOL;
    if (str_equal_nocase(t, str_of("Integer")))
        return v->kind == DATA_INT;
    if (str_equal_nocase(t, str_of("Float")))
        return value_is_number(v);
    if (str_equal_nocase(t, str_of("DateTime")))
        return v->kind == DATA_STRING && date_parse(data_str(v), &ticks);
    return true; // the reader has said that there is no such type
}

static bool is_allowed(const Data *allowed, const Data *v)
{
    for (uint32_t i = 0; i < allowed->count; i++)
        if (data_equal(&allowed->items[i], v))
            return true;
    return false;
}

// Exactly, and with case; of a list each element.
static bool check_allowed(Prepare *p, const PolicyParameter *q, const Data *v)
{
    const Term *t = q->allowed ? term_of_value(p, q->allowed, 0) : NULL;
    if (!t || t->kind != TERM_DATA || t->data.kind != DATA_ARRAY || t->data.count == 0 ||
        is_allowed(&t->data, v))
        return true;
    const Data *odd = v;
    for (uint32_t i = 0; v->kind == DATA_ARRAY && odd == v; i++) {
        if (i == v->count)
            return true;
        if (!is_allowed(&t->data, &v->items[i]))
            odd = &v->items[i];
    }
    Buf shown = {0}, all = {0};
    data_print(&shown, odd);
    data_print(&all, &t->data);
    Diag *d = prepare_refuse(p, DIAG_ARGUMENT_NOT_ALLOWED, span_of(p, q->span),
                             "parameter `%s` cannot be `%s`", q->name, shown.p);
    if (all.n <= 400)
        diag_help(p->setup->compilation->diags, d, "allowed, with that case: %s", all.p);
    buf_free(&shown);
    buf_free(&all);
    return false;
}

static void check_value(Prepare *p, const PolicyParameter *q, const Data *v)
{
    if (p->policy->semantics == SEMANTICS_ENGINE) // takes what it is given
        return;
    if (q->type && !type_holds(q->type, v)) {
        prepare_refuse(p, DIAG_ARGUMENT_TYPE, span_of(p, q->span),
                       "parameter `%s` is of type %s, but given %s", q->name, q->type,
                       value_kind_text(v));
        return;
    }
    if (check_allowed(p, q, v) && q->schema)
        schema_check(p, q->schema, v, q->name);
}

static void add_parameter(Prepare *p, const PolicyParameter *q, Object *values)
{
    const Data *given = p->binding->parameters;
    const Data *v = given ? data_get_nocase(given, str_of(q->name)) : NULL;
    if (v) {
        check_value(p, q, v);
        object_put(values, q->name, *v);
        return;
    }
    if (!q->initial) {
        if (p->policy->semantics == SEMANTICS_ENGINE)
            return;
        prepare_break(p, span_of(p, q->span), "parameter `%s` has neither a value nor a default",
                      q->name);
        return;
    }
    const Term *t = term_of_value(p, q->initial, 0);
    if (t->kind == TERM_DATA) {
        check_value(p, q, &t->data);
        object_put(values, q->name, t->data);
    }
}

static bool is_declared(const PolicyDefinition *d, Str name)
{
    for (uint32_t i = 0; i < d->parameters.len; i++)
        if (str_equal_nocase(str_of(d->parameters.items[i].name), name))
            return true;
    return false;
}

void prepare_parameters(Prepare *p)
{
    const PolicyDefinition *d = p->policy->definition;
    const Data *given = p->binding->parameters;
    Object values = {.arena = p->arena};
    for (uint32_t i = 0; i < d->parameters.len; i++)
        add_parameter(p, &d->parameters.items[i], &values);
    for (uint32_t i = 0; given && given->kind == DATA_OBJECT && i < given->count; i++) {
        const DataMember *m = &given->members[i];
        if (is_declared(d, m->name))
            continue;
        if (!d->bare && p->policy->semantics != SEMANTICS_ENGINE)
            prepare_break(p, d->span, "the policy has no parameter `%.*s`", (int)m->name.n,
                          m->name.p);
        vec_push(p->arena, &values.members, *m);
    }
    p->policy->parameters = object_data(&values);
}
