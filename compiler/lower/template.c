// template.c - the deployment of a deployIfNotExists effect.
//
// Literals stay in the template; everything else is computed by the policy and
// travels through deployment.properties.parameters, since a template knows
// neither the resource nor the policy's parameters.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/limits.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef struct Template {
    Lower *lower;
    const TRule *rule;
    Value *passed;   // deployment.properties.parameters; NULL: every value is a constant
    Value *declared; // the template's parameters
} Template;

static const char *template_type(const Type *t)
{
    switch (t->kind) {
    case TYPE_BOOL:
        return "bool";
    case TYPE_INT:
        return "int";
    case TYPE_LIST:
        return "array";
    case TYPE_RECORD:
    case TYPE_TABLE:
    case TYPE_OBJECT:
        return "object";
    case TYPE_ERROR:
    case TYPE_NULL:
    case TYPE_FLOAT:
    case TYPE_STRING:
    case TYPE_ENUM:
    case TYPE_DATETIME:
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
    return "string";
}

static Value *member_of(const Value *object, const char *name)
{
    for (uint32_t i = 0; i < object->members.len; i++)
        if (strcmp(object->members.items[i].name, name) == 0)
            return object->members.items[i].value;
    return NULL;
}

// parameters('name') of the template, which receives `value`; one name for equal values.
static Arm *passed_in(Template *t, const char *name, Value *value, const char *type)
{
    Arena *a = t->lower->arena;
    const char *unique = name;
    for (uint32_t n = 2;; n++) {
        Value *entry = member_of(t->passed, unique);
        if (!entry) {
            Value *passed = value_object(a), *declared = value_object(a);
            value_set(a, passed, "value", value);
            value_set(a, declared, "type", value_string(a, type));
            value_set(a, t->passed, unique, passed);
            value_set(a, t->declared, unique, declared);
            break;
        }
        if (value_equal(member_of(entry, "value"), value))
            break;
        unique = arena_printf(a, "%s%u", name, n);
    }
    return arm_call(a, "parameters", 1, arm_string(a, unique));
}

static Arm *passed_field(Template *t, const char *name, const char *field)
{
    Arena *a = t->lower->arena;
    Value *value = value_arm(a, arm_call(a, "field", 1, arm_string(a, field)));
    return passed_in(t, name, value, "string");
}

// A readable name for what is passed in: the parameter's, or the last word of the property.
static const char *passed_name(Template *t, const TExpr *e)
{
    if (e->kind == TX_PARAM)
        return e->param->name;
    const char *text = e->kind == TX_FIELD                          ? e->field->alias
                       : e->kind == TX_FACT && e->operands->len > 0 ? e->operands->items[0]->text
                                                                    : "value";
    const char *word = text;
    for (const char *p = text; *p; p++)
        if ((*p == '/' || *p == '.') && isalpha((unsigned char)p[1]))
            word = p + 1;
    size_t n = 0;
    while (isalnum((unsigned char)word[n]) || word[n] == '_')
        n++;
    return n > 0 ? arena_copy(t->lower->arena, word, n) : "value";
}

static Value *place_entries(Template *t, const KindInfo *kind, Value *target, const char *prefix,
                            const char *prefix_path, const TExpr *object, uint32_t depth);

static bool is_literal(const TExpr *e)
{
    return e->kind == TX_STRING || e->kind == TX_INT || e->kind == TX_BOOL || e->kind == TX_FLOAT ||
           e->kind == TX_NULL;
}

static Value *template_value(Template *t, const KindInfo *kind, const char *alias, const char *path,
                             const TExpr *e, uint32_t depth)
{
    Arena *a = t->lower->arena;
    if (is_literal(e))
        return lower_value(t->lower, e);
    if (e->kind == TX_OBJECT)
        return place_entries(t, kind, value_object(a), alias, path, e, depth);
    if (e->kind == TX_LIST) {
        Value *array = value_array(a);
        const char *item = arena_printf(a, "%s[*]", alias), *at = arena_printf(a, "%s[*]", path);
        for (uint32_t i = 0; i < e->operands->len; i++)
            value_push(a, array,
                       template_value(t, kind, item, at, e->operands->items[i], depth + 1));
        return array;
    }
    if (!t->passed) {
        Value *constant = lower_constant(a, e);
        return constant ? constant : value_null(a);
    }
    Arm *arm = e->type->kind == TYPE_LIST ? lower_list_arm(t->lower, e) : lower_arm(t->lower, e);
    return value_arm(a, passed_in(t, passed_name(t, e), value_arm(a, arm), template_type(e->type)));
}

// Puts a value at a dotted path below `target`, making the objects on the way.
static void put_at(Arena *a, Value *target, const char *path, Value *value)
{
    for (;;) {
        const char *dot = strchr(path, '.');
        if (!dot) {
            value_set(a, target, path, value);
            return;
        }
        const char *name = arena_copy(a, path, (size_t)(dot - path));
        Value *inner = member_of(target, name);
        if (!inner || inner->kind != VALUE_OBJECT) {
            inner = value_object(a);
            value_set(a, target, name, inner);
        }
        target = inner;
        path = dot + 1;
    }
}

static bool is_resource_member(const char *name)
{
    static const char *const names[] = {"name", "location", "kind",      "tags",
                                        "sku",  "plan",     "identity",  "zones",
                                        "type", "scope",    "dependsOn", "managedBy"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

// Where the catalogue says a property is in the body; a property it does not know
// stands under its parent, at the top under `properties`.
static const char *path_of(Template *t, const KindInfo *kind, const char *field, const char *prefix,
                           const char *prefix_path, const char *key)
{
    CatalogAlias alias;
    Arena *a = t->lower->arena;
    if (kind->known_type &&
        catalog_alias(t->lower->program->catalog, a, str_of(kind->type), str_of(field), &alias))
        return alias.path;
    if (!prefix && is_resource_member(key))
        return key;
    return prefix ? arena_printf(a, "%s.%s", prefix_path, key)
                  : arena_printf(a, "properties.%s", key);
}

static Value *place_entries(Template *t, const KindInfo *kind, Value *target, const char *prefix,
                            const char *prefix_path, const TExpr *object, uint32_t depth)
{
    Arena *a = t->lower->arena;
    if (depth > LIMIT_NESTING)
        return target;
    for (uint32_t i = 0; i < object->entry_values->len; i++) {
        const char *key = object->entry_keys[i].name;
        const char *field = prefix ? arena_printf(a, "%s.%s", prefix, key) : key;
        const char *path = path_of(t, kind, field, prefix, prefix_path, key);
        Value *v = template_value(t, kind, field, path, object->entry_values->items[i], depth + 1);
        size_t n = prefix ? strlen(prefix_path) : 0;
        bool below = prefix && strncmp(path, prefix_path, n) == 0 && path[n] == '.';
        put_at(a, target, below ? path + n + 1 : prefix ? key : path, v);
    }
    return target;
}

Value *lower_resource(Program *p, const KindInfo *kind, const TExpr *object)
{
    Arena *a = p->compilation->arena;
    Lower l = {.program = p, .compilation = p->compilation, .arena = a};
    Template t = {.lower = &l};
    return place_entries(&t, kind, value_object(a), NULL, "", object, 0);
}

static bool starts_with_type(const char *type, const char *parent)
{
    size_t n = strlen(parent);
    return str_starts_nocase(str_of(type), str_of(parent)) && type[n] == '/';
}

// An extension resource is deployed onto the resource; a child by its full name.
static void name_resource(Template *t, const TRemedy *remedy, Value *resource)
{
    Arena *a = t->lower->arena;
    const char *type = t->rule->type;
    const KindInfo *kind = remedy->kind;
    Value *name = template_value(t, kind, "name", "name", remedy->name, 0);
    bool top_level = strchr(strchr(type, '/') + 1, '/') == NULL;
    if (remedy->at_subscription) {
        value_set(a, resource, "name", name);
    } else if (starts_with_type(kind->type, type)) {
        Arm *parent = passed_field(t, "name", top_level ? "name" : "fullName");
        Arm *full = name->kind == VALUE_STRING
                        ? arm_call(a, "concat", 2, parent,
                                   arm_string(a, arena_printf(a, "/%s", name->text)))
                        : arm_call(a, "concat", 3, parent, arm_string(a, "/"), name->arm);
        value_set(a, resource, "name", value_arm(a, full));
    } else if (kind->known_type && (kind->facts.writable & SCOPE_EXTENSION)) {
        Arm *scope = top_level
                         ? arm_call(a, "concat", 2, arm_string(a, arena_printf(a, "%s/", type)),
                                    passed_field(t, "name", "name"))
                         : passed_field(t, "id", "id");
        value_set(a, resource, "name", name);
        value_set(a, resource, "scope", value_arm(a, scope));
    } else {
        value_set(a, resource, "name", name);
    }
}

static const char *api_of(const KindInfo *kind)
{
    if (kind->api)
        return kind->api;
    if (!kind->known_type)
        return "";
    return kind->facts.stable_api[0] ? kind->facts.stable_api : kind->facts.newest_api;
}

static bool has_entry(const TExpr *object, const char *key)
{
    for (uint32_t i = 0; i < object->entry_values->len; i++)
        if (strcmp(object->entry_keys[i].name, key) == 0)
            return true;
    return false;
}

static Value *template_resource(Template *t, const TRemedy *remedy)
{
    Arena *a = t->lower->arena;
    const KindInfo *kind = remedy->kind;
    Value *resource = value_object(a);
    resource->span = remedy->span;
    value_set(a, resource, "type", value_string(a, kind->type));
    value_set(a, resource, "apiVersion", value_string(a, keep(t->lower, api_of(kind))));
    name_resource(t, remedy, resource);
    bool located = kind->known_type && kind->facts.location == CATALOG_REQUIRED &&
                   !(kind->facts.writable & SCOPE_EXTENSION);
    if (located && !remedy->at_subscription && !has_entry(remedy->object, "location"))
        value_set(a, resource, "location", value_arm(a, passed_field(t, "location", "location")));
    return place_entries(t, kind, resource, NULL, "", remedy->object, 0);
}

// What ARM would take for an expression is a literal here: it gets one more `[`.
static Value *template_text(Arena *a, Value *v, uint32_t depth)
{
    if (depth > LIMIT_LOWER_DEPTH)
        return v;
    if (v->kind == VALUE_STRING) {
        size_t n = strlen(v->text);
        bool alike = n >= 2 && v->text[0] == '[' && v->text[n - 1] == ']';
        return alike ? value_string(a, arena_printf(a, "[%s", v->text)) : v;
    }
    for (uint32_t i = 0; v->kind == VALUE_ARRAY && i < v->items.len; i++)
        v->items.items[i] = template_text(a, v->items.items[i], depth + 1);
    for (uint32_t i = 0; v->kind == VALUE_OBJECT && i < v->members.len; i++)
        v->members.items[i].value = template_text(a, v->members.items[i].value, depth + 1);
    return v;
}

Value *lower_deployment(Lower *l, const TRule *rule)
{
    Arena *a = l->arena;
    Template t = {l, rule, value_object(a), value_object(a)};
    Value *deployment = value_object(a), *properties = value_object(a), *template = value_object(a);
    Value *resources = value_array(a);
    const char *location = NULL;
    bool subscription = false;
    for (uint32_t i = 0; i < rule->remedies.len; i++) {
        const TRemedy *remedy = rule->remedies.items[i];
        if (remedy->op != REMEDY_DEPLOY)
            continue;
        subscription = subscription || remedy->at_subscription;
        location = remedy->location ? remedy->location : location;
        value_push(a, resources, template_resource(&t, remedy));
    }
    value_set(a, template, "$schema",
              value_string(a, subscription ? "https://schema.management.azure.com/schemas/"
                                             "2018-05-01/subscriptionDeploymentTemplate.json#"
                                           : "https://schema.management.azure.com/schemas/"
                                             "2019-04-01/deploymentTemplate.json#"));
    value_set(a, template, "contentVersion", value_string(a, "1.0.0.0"));
    if (t.declared->members.len > 0)
        value_set(a, template, "parameters", t.declared);
    value_set(a, template, "resources", template_text(a, resources, 0));
    if (location)
        value_set(a, deployment, "location", value_string(a, keep(l, location)));
    value_set(a, properties, "mode", value_string(a, "incremental"));
    if (t.passed->members.len > 0)
        value_set(a, properties, "parameters", t.passed);
    value_set(a, properties, "template", template);
    value_set(a, deployment, "properties", properties);
    return deployment;
}
