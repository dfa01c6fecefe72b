// schema.c - the part of JSON Schema that parameters of type Object use.
//
// Types, fixed values, members, elements, lengths and bounds are checked; what
// else a schema says is reported as not checked.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"
#include "eval/internal.h"
#include "eval/text.h"
#include "policy/depth.h"

typedef struct Check {
    Prepare *p;
    const char *parameter;
    Span span;
} Check;

static bool check(Check *c, const Data *schema, const Data *v, uint32_t depth);

static const Data *keyword(const Data *schema, const char *name)
{
    return data_get(schema, str_of(name));
}

static bool wrong(Check *c, const char *what)
{
    prepare_refuse(c->p, DIAG_ARGUMENT_SCHEMA, c->span,
                   "parameter `%s` does not fit its schema: %s", c->parameter, what);
    return false;
}

static bool is_type(Str type, const Data *v)
{
    if (str_equal(type, str_of("integer")))
        return v->kind == DATA_INT ||
               (v->kind == DATA_FLOAT && v->number >= -9e15 && v->number <= 9e15 &&
                (double)(int64_t)v->number == v->number);
    return (str_equal(type, str_of("null")) && v->kind == DATA_NULL) ||
           (str_equal(type, str_of("boolean")) && v->kind == DATA_BOOL) ||
           (str_equal(type, str_of("number")) && value_is_number(v)) ||
           (str_equal(type, str_of("string")) && v->kind == DATA_STRING) ||
           (str_equal(type, str_of("array")) && v->kind == DATA_ARRAY) ||
           (str_equal(type, str_of("object")) && v->kind == DATA_OBJECT);
}

static bool check_type(Check *c, const Data *type, const Data *v)
{
    if (type->kind == DATA_STRING && !is_type(data_str(type), v))
        return wrong(c, arena_printf(c->p->arena, "%s where a %.*s is wanted", value_kind_text(v),
                                     (int)type->count, type->text));
    if (type->kind != DATA_ARRAY)
        return true;
    for (uint32_t i = 0; i < type->count; i++)
        if (type->items[i].kind == DATA_STRING && is_type(data_str(&type->items[i]), v))
            return true;
    return wrong(c,
                 arena_printf(c->p->arena, "%s is none of the types wanted", value_kind_text(v)));
}

static bool check_fixed(Check *c, const Data *schema, const Data *v)
{
    const Data *values = keyword(schema, "enum"), *value = keyword(schema, "const");
    if (value && !data_equal(value, v))
        return wrong(c, "it is not the one value there may be");
    if (!values || values->kind != DATA_ARRAY)
        return true;
    for (uint32_t i = 0; i < values->count; i++)
        if (data_equal(&values->items[i], v))
            return true;
    return wrong(c, "a value is none of those listed");
}

// least <= n <= most, of the keywords named.
static bool check_bounds(Check *c, const Data *schema, const char *least, const char *most,
                         const Data *n)
{
    const Data *low = keyword(schema, least), *high = keyword(schema, most);
    if (low && value_is_number(low) && value_number_order(n, low) < 0)
        return wrong(c, arena_printf(c->p->arena, "less than its %s", least));
    if (high && value_is_number(high) && value_number_order(n, high) > 0)
        return wrong(c, arena_printf(c->p->arena, "more than its %s", most));
    return true;
}

static bool check_sizes(Check *c, const Data *schema, const Data *v)
{
    Data n = data_int(v->count);
    if (value_is_number(v))
        return check_bounds(c, schema, "minimum", "maximum", v);
    if (v->kind == DATA_STRING) {
        n = data_int((int64_t)text_units(data_str(v)));
        return check_bounds(c, schema, "minLength", "maxLength", &n);
    }
    if (v->kind == DATA_ARRAY)
        return check_bounds(c, schema, "minItems", "maxItems", &n);
    return v->kind != DATA_OBJECT || check_bounds(c, schema, "minProperties", "maxProperties", &n);
}

static bool check_member(Check *c, const Data *schema, const DataMember *m, uint32_t depth)
{
    const Data *members = keyword(schema, "properties");
    const Data *others = keyword(schema, "additionalProperties");
    const Data *known = members && members->kind == DATA_OBJECT ? data_get(members, m->name) : NULL;
    if (known)
        return check(c, known, &m->value, depth + 1);
    if (others && others->kind == DATA_BOOL && !others->truth)
        return wrong(
            c, arena_printf(c->p->arena, "`%.*s` is no member of it", (int)m->name.n, m->name.p));
    return !others || check(c, others, &m->value, depth + 1);
}

static bool check_members(Check *c, const Data *schema, const Data *v, uint32_t depth)
{
    const Data *required = keyword(schema, "required"), *items = keyword(schema, "items");
    for (uint32_t i = 0; v->kind == DATA_ARRAY && items && i < v->count; i++)
        if (!check(c, items, &v->items[i], depth + 1))
            return false;
    if (v->kind != DATA_OBJECT)
        return true;
    for (uint32_t i = 0; required && required->kind == DATA_ARRAY && i < required->count; i++) {
        const Data *name = &required->items[i];
        if (name->kind == DATA_STRING && !data_get(v, data_str(name)))
            return wrong(
                c, arena_printf(c->p->arena, "`%.*s` is missing", (int)name->count, name->text));
    }
    for (uint32_t i = 0; i < v->count; i++)
        if (!check_member(c, schema, &v->members[i], depth))
            return false;
    return true;
}

static void report_unknown(Check *c, const Data *schema)
{
    static const char *const KNOWN[] = {"type",       "enum",          "const",
                                        "properties", "required",      "additionalProperties",
                                        "items",      "minimum",       "maximum",
                                        "minLength",  "maxLength",     "minItems",
                                        "maxItems",   "minProperties", "maxProperties",
                                        "$schema",    "$id",           "$comment",
                                        "title",      "description",   "default",
                                        "examples"};
    for (uint32_t i = 0; i < schema->count; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof(KNOWN) / sizeof(KNOWN[0]); k++)
            known = known || str_equal(schema->members[i].name, str_of(KNOWN[k]));
        if (!known)
            diag_report(c->p->setup->compilation->diags, DIAG_SCHEMA_NOT_CHECKED, c->span,
                        "`%.*s` in the schema of parameter `%s` is not checked",
                        (int)schema->members[i].name.n, schema->members[i].name.p, c->parameter);
    }
}

static bool check(Check *c, const Data *schema, const Data *v, uint32_t depth)
{
    if (schema->kind != DATA_OBJECT || depth > DEPTH_VALUE)
        return true;
    const Data *type = keyword(schema, "type");
    report_unknown(c, schema);
    return (!type || check_type(c, type, v)) && check_fixed(c, schema, v) &&
           check_sizes(c, schema, v) && check_members(c, schema, v, depth);
}

bool schema_check(Prepare *p, const Value *schema, const Data *value, const char *name)
{
    const Term *t = term_of_value(p, schema, 0);
    Check c = {.p = p, .parameter = name, .span = schema->span};
    if (c.span.start == c.span.end)
        c.span = p->policy->definition->span;
    return t->kind != TERM_DATA || check(&c, &t->data, value, 0);
}
