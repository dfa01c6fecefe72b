// parameter.c - parameters of a definition, from `param` and from `effect`.
//
// spec: types, parameters. Closed values become allowedValues, records and
// tables a JSON schema; strongType gives the portal its picker.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include <string.h>

static const char *azure_type(const Type *t)
{
    switch (t->kind) {
    case TYPE_BOOL:
        return "Boolean";
    case TYPE_INT:
        return "Integer";
    case TYPE_FLOAT:
        return "Float";
    case TYPE_LIST:
        return "Array";
    case TYPE_RECORD:
    case TYPE_TABLE:
    case TYPE_OBJECT:
        return "Object";
    case TYPE_DATETIME:
        return "DateTime";
    case TYPE_ERROR:
    case TYPE_NULL:
    case TYPE_STRING:
    case TYPE_ENUM:
    case TYPE_CIDR:
    case TYPE_GUID:
    case TYPE_LOCATION:
    case TYPE_URI:
    case TYPE_DURATION_ISO8601:
    case TYPE_DURATION_CLOCK:
    case TYPE_RESOURCE_ID:
    case TYPE_DURATION:
    case TYPE_VERSION:
    case TYPE_ANY:
        break;
    }
    return "String";
}

static const char *picker(Lower *l, const Type *t)
{
    if (t->kind == TYPE_LIST)
        t = t->element;
    if (t->kind == TYPE_LOCATION)
        return "location";
    if (t->kind != TYPE_RESOURCE_ID || !t->resource_type)
        return NULL;
    return strcmp(t->resource_type, "Microsoft.OperationalInsights/workspaces") == 0
               ? "omsWorkspace"
               : keep(l, t->resource_type);
}

static Value *allowed_values(Arena *a, const Type *t)
{
    if (t->kind == TYPE_LIST)
        t = t->element;
    Value *list = value_array(a);
    for (uint32_t i = 0; i < t->ranked.len; i++)
        value_push(a, list, value_string(a, t->ranked.items[i].text));
    if (t->ranked.len == 0 && t->kind == TYPE_ENUM && !t->open)
        for (uint32_t i = 0; i < t->values.len; i++)
            value_push(a, list, value_string(a, t->values.items[i]));
    return list->items.len > 0 ? list : NULL;
}

static const char *schema_type(const Type *t)
{
    const char *azure = azure_type(t);
    if (strcmp(azure, "Float") == 0)
        return "number";
    if (strcmp(azure, "DateTime") == 0)
        return "string";
    return strcmp(azure, "Boolean") == 0   ? "boolean"
           : strcmp(azure, "Integer") == 0 ? "integer"
           : strcmp(azure, "Array") == 0   ? "array"
           : strcmp(azure, "Object") == 0  ? "object"
                                           : "string";
}

static Value *schema_of(Arena *a, const Type *t)
{
    Value *schema = value_object(a);
    value_set(a, schema, "type", value_string(a, schema_type(t)));
    if (t->kind == TYPE_LIST)
        value_set(a, schema, "items", schema_of(a, t->element));
    if (t->kind == TYPE_TABLE)
        value_set(a, schema, "additionalProperties", schema_of(a, t->element));
    if (t->kind != TYPE_RECORD)
        return schema;
    Value *properties = value_object(a), *required = value_array(a);
    for (uint32_t i = 0; i < t->fields.len; i++) {
        value_set(a, properties, t->fields.items[i].name, schema_of(a, t->fields.items[i].type));
        value_push(a, required, value_string(a, t->fields.items[i].name));
    }
    value_set(a, schema, "properties", properties);
    value_set(a, schema, "required", required);
    return schema;
}

// allowed_ranges → "Allowed ranges"
static const char *readable(Lower *l, Name name)
{
    char *text = arena_copy(l->arena, name, name_length(name));
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    if (*text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
    return text;
}

PolicyParameter lower_parameter(Lower *l, const ParamInfo *p)
{
    const Type *t = p->type;
    bool object = t->kind == TYPE_RECORD || t->kind == TYPE_TABLE;
    return (PolicyParameter){
        .name = p->name,
        .type = azure_type(t),
        .display_name = readable(l, p->name),
        .description = p->description,
        .strong_type = picker(l, t),
        .assign_permissions = p->assign_permissions,
        .allowed = allowed_values(l->arena, t),
        .initial = p->initial ? lower_constant(l->arena, p->initial) : NULL,
        .schema = object ? schema_of(l->arena, t) : NULL,
        .span = p->decl ? p->decl->name.span : (Span){0, 0},
    };
}

// The inline form of a kind with a remedy knows audit where the requirement says modify.
static bool effect_applies(Effect e, bool audit_only)
{
    return !audit_only || e == EFFECT_AUDIT || e == EFFECT_DENY || e == EFFECT_DISABLED;
}

PolicyParameter effect_parameter(Lower *l, const TRequirement *r, bool audit_only)
{
    Value *allowed = value_array(l->arena);
    bool has_audit = requirement_has_effect(r, EFFECT_AUDIT);
    if (audit_only && !has_audit)
        value_push(l->arena, allowed, value_string(l->arena, effect_text(EFFECT_AUDIT)));
    for (uint32_t i = 0; i < r->effects.len; i++)
        if (effect_applies(r->effects.items[i], audit_only))
            value_push(l->arena, allowed, value_string(l->arena, effect_text(r->effects.items[i])));
    Effect initial =
        effect_applies(r->effects.items[0], audit_only) ? r->effects.items[0] : EFFECT_AUDIT;
    return (PolicyParameter){
        .name = "effect",
        .type = "String",
        .display_name = "Effect",
        .description = "What the policy does where the requirement is violated",
        .allowed = allowed,
        .initial = value_string(l->arena, effect_text(initial)),
    };
}
