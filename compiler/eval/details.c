// details.c - effect and details made ready.
//
// SPDX-License-Identifier: MIT
#include "eval/internal.h"
#include "policy/depth.h"
#include "policy/write.h"

static const struct {
    const char *name;
    Effect effect;
} EFFECTS[] = {
    {"audit", EFFECT_AUDIT},
    {"deny", EFFECT_DENY},
    {"disabled", EFFECT_DISABLED},
    {"append", EFFECT_APPEND},
    {"modify", EFFECT_MODIFY},
    {"auditIfNotExists", EFFECT_AUDIT_IF_NOT_EXISTS},
    {"deployIfNotExists", EFFECT_DEPLOY_IF_NOT_EXISTS},
    {"denyAction", EFFECT_DENY_ACTION},
    {"manual", EFFECT_MANUAL},
    {"auditAction", EFFECT_OTHER},
    {"mutate", EFFECT_OTHER},
    {"addToNetworkGroup", EFFECT_OTHER},
    {"enforceSetting", EFFECT_OTHER},
    {"EnforceRegoPolicy", EFFECT_OTHER},
    {"EnforceOPAConstraint", EFFECT_OTHER},
};

Effect effect_named(Str name, const char **ret_spelling)
{
    for (size_t i = 0; i < sizeof(EFFECTS) / sizeof(EFFECTS[0]); i++)
        if (str_equal_nocase(name, str_of(EFFECTS[i].name))) {
            *ret_spelling = EFFECTS[i].name;
            return EFFECTS[i].effect;
        }
    return EFFECT_UNKNOWN;
}

// --- append and modify ---------------------------------------------------------------------------

static void set_change(Prepare *p, Change *c, const Value *field, const Value *value, Span span)
{
    p->span = span;
    c->name = term_of_value(p, field, 0);
    if (c->name->kind == TERM_DATA && c->name->data.kind == DATA_STRING) {
        c->field = field_of_name(p->setup->aliases, p->arena, data_str(&c->name->data), NULL);
        prepare_check_field(p, c->field);
    }
    c->value = value ? term_of_value(p, value, 0) : NULL;
}

static void prepare_append(Prepare *p, const Details *d)
{
    Change *changes = ARENA_ARRAY(p->arena, Change, d->append.len + 1);
    for (uint32_t i = 0; i < d->append.len; i++) {
        const AppendField *f = &d->append.items[i];
        changes[i].kind = CHANGE_APPEND;
        set_change(p, &changes[i], f->field, f->value, f->span);
    }
    p->policy->changes = changes;
    p->policy->change_count = d->append.len;
}

// The reader has refused what is none of the three.
static ChangeKind change_kind(const Operation *o)
{
    Str name = str_of(o->operation);
    return str_equal_nocase(name, str_of("add"))      ? CHANGE_ADD
           : str_equal_nocase(name, str_of("remove")) ? CHANGE_REMOVE
                                                      : CHANGE_ADD_OR_REPLACE;
}

static void prepare_modify(Prepare *p, const Details *d)
{
    Change *changes = ARENA_ARRAY(p->arena, Change, d->operations.len + 1);
    for (uint32_t i = 0; i < d->operations.len; i++) {
        const Operation *o = &d->operations.items[i];
        changes[i].kind = change_kind(o);
        changes[i].operation = o->operation;
        set_change(p, &changes[i], o->field, o->value, o->span);
        if (o->condition) {
            changes[i].condition = term_of_value(p, o->condition, 0);
            changes[i].condition_source = o->condition;
        }
    }
    p->policy->changes = changes;
    p->policy->change_count = d->operations.len;
}

// --- the others ----------------------------------------------------------------------------------

// A template as ARM reads it: its expressions are texts here.
static Value *template_texts(Prepare *p, const Value *v, uint32_t depth)
{
    Value *ret = ARENA_NEW(p->arena, Value);
    *ret = *v;
    if (v->kind == VALUE_ARM) {
        Buf b = {0};
        buf_char(&b, '[');
        arm_print(&b, v->arm);
        buf_char(&b, ']');
        ret = value_string(p->arena, arena_copy(p->arena, b.p, b.n));
        buf_free(&b);
    } else if (v->kind == VALUE_ARRAY && depth < DEPTH_VALUE) {
        ret = value_array(p->arena);
        for (uint32_t i = 0; i < v->items.len; i++)
            value_push(p->arena, ret, template_texts(p, v->items.items[i], depth + 1));
    } else if (v->kind == VALUE_OBJECT && depth < DEPTH_VALUE) {
        ret = value_object(p->arena);
        for (uint32_t i = 0; i < v->members.len; i++)
            value_set(p->arena, ret, v->members.items[i].name,
                      template_texts(p, v->members.items[i].value, depth + 1));
    }
    return ret;
}

// Everything in it is the policy's but properties.template.
static Value *with_template_texts(Prepare *p, const Value *v, const char *const *path)
{
    if (!*path)
        return template_texts(p, v, 0);
    if (v->kind != VALUE_OBJECT)
        return (Value *)v;
    Value *ret = value_object(p->arena);
    for (uint32_t i = 0; i < v->members.len; i++) {
        const Member *m = &v->members.items[i];
        bool on_path = str_equal_nocase(str_of(m->name), str_of(*path));
        value_set(p->arena, ret, m->name,
                  on_path ? with_template_texts(p, m->value, path + 1) : m->value);
    }
    return ret;
}

static const Term *term_of_deployment(Prepare *p, const Value *v)
{
    static const char *const TEMPLATE[] = {"properties", "template", NULL};
    return term_of_value(p, with_template_texts(p, v, TEMPLATE), 0);
}

// `field` conditions in it read the related resource, field() the one judged.
static void prepare_existence(Prepare *p, const Details *d)
{
    p->related = true;
    if (d->existence)
        p->policy->existence = node_of_condition(p, d->existence, 0);
    p->policy->related_name = d->name ? term_of_value(p, d->name, 0) : NULL;
    p->policy->related_group = d->resource_group ? term_of_value(p, d->resource_group, 0) : NULL;
    p->policy->deployment = d->deployment ? term_of_deployment(p, d->deployment) : NULL;
    p->related = false;
}

static void prepare_details(Prepare *p, const Details *d)
{
    switch (d->kind) {
    case DETAILS_APPEND:
        prepare_append(p, d);
        return;
    case DETAILS_MODIFY:
        prepare_modify(p, d);
        return;
    case DETAILS_IF_NOT_EXISTS:
        prepare_existence(p, d);
        return;
    case DETAILS_DENY_ACTION:
        p->policy->actions = d->actions ? term_of_value(p, d->actions, 0) : NULL;
        p->policy->cascade = d->cascade ? term_of_value(p, d->cascade, 0) : NULL;
        return;
    case DETAILS_OTHER:
        p->policy->other = d->other ? term_of_value(p, d->other, 0) : NULL;
        return;
    case DETAILS_NONE:
    case DETAILS_MANUAL:
        return;
    }
}

static bool fits_details(Effect effect, DetailsKind kind)
{
    return effect == EFFECT_APPEND   ? kind == DETAILS_APPEND
           : effect == EFFECT_MODIFY ? kind == DETAILS_MODIFY
           : effect == EFFECT_AUDIT_IF_NOT_EXISTS || effect == EFFECT_DEPLOY_IF_NOT_EXISTS
               ? kind == DETAILS_IF_NOT_EXISTS
               : true;
}

void prepare_effect(Prepare *p)
{
    const PolicyDefinition *d = p->policy->definition;
    p->span = d->effect->span;
    p->policy->effect = p->binding->effect
                            ? term_of_data(p->arena, data_string(str_of(p->binding->effect)))
                            : term_of_value(p, d->effect, 0);
    const Term *t = p->policy->effect;
    if (t->kind == TERM_DATA && t->data.kind == DATA_STRING) {
        const char *spelling = NULL;
        Effect effect = effect_named(data_str(&t->data), &spelling);
        if (effect == EFFECT_UNKNOWN)
            prepare_refuse(p, DIAG_UNKNOWN_EFFECT, d->effect->span, "there is no effect `%.*s`",
                           (int)t->data.count, t->data.text);
        else if (!fits_details(effect, d->details.kind))
            prepare_refuse(p, DIAG_EFFECT_WITHOUT_DETAILS, d->effect->span,
                           "effect `%s` has no details that are its own", spelling);
    } else if (t->kind == TERM_DATA) {
        prepare_refuse(p, DIAG_UNKNOWN_EFFECT, d->effect->span, "the effect is no text");
    }
    prepare_details(p, &d->details);
}
