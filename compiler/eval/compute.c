// compute.c - what a term is for the resource at hand.
//
// spec: evaluation, "Expressions"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/function.h"
#include "eval/internal.h"

#define ARGS_AT_HAND 8u // more are in the arena

bool run_not_known(Run *r, const char *fmt, ...)
{
    if (r->x.failure.reason)
        return false;
    va_list args;
    va_start(args, fmt);
    r->x.failure = (EvalFailure){arena_vprintf(r->x.arena, fmt, args), true, true};
    va_end(args);
    return false;
}

// What failed has no value for the engine; the others stop.
static bool fall(Run *r, Data *ret)
{
    r->x.uncertain = r->x.uncertain || !r->x.failure.final;
    if (r->x.semantics != SEMANTICS_ENGINE || r->x.failure.final)
        return false;
    r->x.failure = (EvalFailure){0};
    *ret = data_missing();
    return true;
}

// --- surroundings --------------------------------------------------------------------------------

// The text between `before` and the next slash of an id; empty where it is not there.
static Str id_part(const Document *d, Str before)
{
    const Data *id = d->root->kind == DATA_OBJECT ? data_get_nocase(d->root, str_of("id")) : NULL;
    if (!id || id->kind != DATA_STRING)
        return (Str){0};
    Str s = data_str(id);
    for (size_t i = 0; i + before.n <= s.n; i++) {
        if (!str_starts_nocase((Str){s.p + i, s.n - i}, before))
            continue;
        size_t start = i + before.n, end = start;
        while (end < s.n && s.p[end] != '/')
            end++;
        return (Str){s.p + start, end - start};
    }
    return (Str){0};
}

static bool has_id(const Document *d)
{
    return d->root->kind == DATA_OBJECT && data_get_nocase(d->root, str_of("id"));
}

static bool resource_group(Run *r, Data *ret)
{
    static const Str BEFORE = {"/resourceGroups/", 16};
    bool engine = r->x.semantics == SEMANTICS_ENGINE;
    Str name = id_part(&r->judged, BEFORE);
    if (!engine && has_id(&r->judged) && name.n == 0)
        return value_fail(&r->x, "resourceGroup() of a resource that is in none");
    if (r->in->resource_group) {
        *ret = *r->in->resource_group;
        return true;
    }
    *ret = data_missing();
    if (engine)
        return true;
    if (name.n == 0)
        return run_not_known(r, "the resource group is not known");
    Object o = {.arena = r->x.arena};
    const Data *id = data_get_nocase(r->judged.root, str_of("id"));
    object_put(&o, "id", data_string((Str){id->text, (size_t)(name.p + name.n - id->text)}));
    object_put(&o, "name", data_string(name));
    *ret = object_data(&o);
    return true;
}

static bool subscription(Run *r, Data *ret)
{
    if (r->in->subscription) {
        *ret = *r->in->subscription;
        return true;
    }
    *ret = data_missing();
    if (r->x.semantics == SEMANTICS_ENGINE)
        return true;
    Str guid = id_part(&r->judged, str_of("/subscriptions/"));
    if (guid.n == 0)
        return run_not_known(r, "the subscription is not known");
    Object o = {.arena = r->x.arena};
    object_text(&o, "id", arena_printf(r->x.arena, "/subscriptions/%.*s", (int)guid.n, guid.p));
    object_put(&o, "subscriptionId", data_string(guid));
    *ret = object_data(&o);
    return true;
}

// In a scan the api-version is the latest; without a request it is taken for that, too.
static bool request_context(Run *r, Data *ret)
{
    Object o = {.arena = r->x.arena};
    const Data *given = r->in->request_context;
    for (uint32_t i = 0; given && given->kind == DATA_OBJECT && i < given->count; i++)
        vec_push(o.arena, &o.members, given->members[i]);
    Data so_far = object_data(&o);
    if (!data_get_nocase(&so_far, str_of("apiVersion"))) {
        CatalogType type;
        const char *version = r->api_version;
        if (!version && r->policy->catalog && r->judged.type.n &&
            catalog_type(r->policy->catalog, r->x.arena, r->judged.type, &type) && *type.newest_api)
            version = type.newest_api;
        object_text(&o, "apiVersion", version);
    }
    *ret = object_data(&o);
    return true;
}

static bool compute_member(Run *r, const Term *t, Data *ret)
{
    Data of;
    if (!compute(r, t->args[0], &of))
        return false;
    TermKind around = t->args[0]->kind;
    bool partial = (around == TERM_RESOURCE_GROUP && !r->in->resource_group) ||
                   (around == TERM_SUBSCRIPTION && !r->in->subscription) ||
                   around == TERM_REQUEST_CONTEXT;
    if (partial && r->x.semantics != SEMANTICS_ENGINE && of.kind == DATA_OBJECT &&
        !data_get_nocase(&of, str_of(t->name)))
        return run_not_known(r, "%s().%s is not known",
                             around == TERM_RESOURCE_GROUP ? "resourceGroup"
                             : around == TERM_SUBSCRIPTION ? "subscription"
                                                           : "requestContext",
                             t->name);
    return data_member(&r->x, &of, str_of(t->name), ret) || fall(r, ret);
}

// --- fields ----------------------------------------------------------------------------------------

// A field that is not there: nothing, the text "" of the documentation, null of the engine.
static void absent(Run *r, Data *d)
{
    if (d->kind != DATA_MISSING)
        return;
    r->x.uncertain = true;
    if (r->x.semantics == SEMANTICS_DOCUMENTED)
        *d = data_string(str_of(""));
    if (r->x.semantics == SEMANTICS_ENGINE)
        *d = data_null();
}

static bool compute_field(Run *r, Document *d, const Field *f, Data *ret)
{
    if (!field_value(r, d, f, ret))
        return false;
    absent(r, ret);
    return true;
}

static bool compute_name(Run *r, const Term *t, Str *ret)
{
    Data name;
    if (!compute(r, t->args[0], &name))
        return false;
    if (name.kind != DATA_STRING)
        return value_fail(&r->x, "the name of a field is %s", value_kind_text(&name));
    *ret = data_str(&name);
    return true;
}

static bool compute_field_named(Run *r, const Term *t, Data *ret)
{
    Str name;
    if (!compute_name(r, t, &name))
        return fall(r, ret);
    const Field *f = field_of_name(r->policy->aliases, r->x.arena, name, t->scope);
    if (f->kind == FIELD_UNKNOWN)
        return value_fail(&r->x, "there is no field `%.*s`", value_shown(name), name.p) ||
               fall(r, ret);
    return compute_field(r, &r->judged, f, ret);
}

// current('rules[*].port'): of the element, so one value where field() gives an array.
static bool compute_current_field(Run *r, const Field *f, Data *ret)
{
    const FieldPath *p = document_path(r->document, f, r->api_version);
    if (!p || !p->slot || field_stars(p, p->count) > field_stars(p, p->from))
        return compute_field(r, r->document, f, ret);
    const Data *found = path_walk(r->slots[p->slot - 1], p->segments + p->from, p->count - p->from);
    *ret = found ? *found : data_missing();
    absent(r, ret);
    return true;
}

static bool compute_current_named(Run *r, const Term *t, Data *ret)
{
    Str name;
    if (!compute_name(r, t, &name))
        return fall(r, ret);
    for (const Scope *s = t->scope; s; s = s->outer)
        if (!s->field && str_equal_nocase(str_of(s->name), name)) {
            *ret = *r->slots[s->slot];
            return true;
        }
    const Field *f = field_of_name(r->policy->aliases, r->x.arena, name, t->scope);
    if (f->count == 0 || !f->paths[0].slot)
        return value_fail(&r->x, "no count around is over `%.*s`", value_shown(name), name.p) ||
               fall(r, ret);
    return compute_current_field(r, f, ret);
}

static bool compute_parameter(Run *r, const Term *t, Data *ret)
{
    Str name;
    if (!compute_name(r, t, &name))
        return fall(r, ret);
    const Data *value = data_get_nocase(&r->policy->parameters, name);
    if (!value)
        return value_fail(&r->x, "parameter `%.*s` has no value", value_shown(name), name.p) ||
               fall(r, ret);
    *ret = *value;
    return true;
}

// --- calls -----------------------------------------------------------------------------------------

static bool compute_args(Run *r, const Term *t, Data *args)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (!compute(r, t->args[i], &args[i]))
            return false;
    return true;
}

static bool compute_call(Run *r, const Term *t, Data *ret)
{
    Data at_hand[ARGS_AT_HAND];
    Data *args = t->count > ARGS_AT_HAND ? ARENA_ARRAY(r->x.arena, Data, t->count) : at_hand;
    return compute_args(r, t, args) &&
           (function_call(&r->x, t->function, args, t->count, ret) || fall(r, ret));
}

static bool compute_if(Run *r, const Term *t, Data *ret)
{
    Data condition;
    if (!compute(r, t->args[0], &condition))
        return false;
    if (condition.kind != DATA_BOOL) {
        value_fail(&r->x, "the first argument of `if` must be a boolean, not %s",
                   value_kind_text(&condition));
        return fall(r, ret);
    }
    return compute(r, t->args[condition.truth ? 1 : 2], ret);
}

static bool compute_array(Run *r, const Term *t, Data *ret)
{
    Data *items = ARENA_ARRAY(r->x.arena, Data, t->count + 1);
    if (!compute_args(r, t, items))
        return false;
    for (uint32_t i = 0; i < t->count; i++)
        items[i] = data_part(items[i]);
    *ret = data_array(items, t->count);
    return true;
}

static bool compute_object(Run *r, const Term *t, Data *ret)
{
    DataMember *members = ARENA_ARRAY(r->x.arena, DataMember, t->count + 1);
    for (uint32_t i = 0; i < t->count; i++) {
        Data value;
        if (!compute(r, t->args[i], &value))
            return false;
        members[i] = (DataMember){t->names[i], DATA_NOWHERE, data_part(value)};
    }
    *ret = data_object(members, t->count);
    return true;
}

bool compute(Run *r, const Term *t, Data *ret)
{
    switch (t->kind) {
    case TERM_DATA:
        *ret = t->data;
        return true;
    case TERM_CALL:
        return compute_call(r, t, ret);
    case TERM_IF:
        return compute_if(r, t, ret);
    case TERM_FIELD:
        return compute_field(r, &r->judged, t->field, ret);
    case TERM_FIELD_NAMED:
        return compute_field_named(r, t, ret);
    case TERM_CURRENT:
        *ret = *r->slots[t->slot];
        return true;
    case TERM_CURRENT_FIELD:
        return compute_current_field(r, t->field, ret);
    case TERM_CURRENT_NAMED:
        return compute_current_named(r, t, ret);
    case TERM_PARAMETER:
        return compute_parameter(r, t, ret);
    case TERM_REQUEST_CONTEXT:
        return request_context(r, ret);
    case TERM_RESOURCE_GROUP:
        return resource_group(r, ret) || fall(r, ret);
    case TERM_SUBSCRIPTION:
        return subscription(r, ret) || fall(r, ret);
    case TERM_MEMBER:
        return compute_member(r, t, ret);
    case TERM_INDEX: {
        Data args[2];
        return compute_args(r, t, args) &&
               (data_index(&r->x, &args[0], &args[1], ret) || fall(r, ret));
    }
    case TERM_ARRAY:
        return compute_array(r, t, ret);
    case TERM_OBJECT:
        return compute_object(r, t, ret);
    }
    BUG("a kind of term");
}
