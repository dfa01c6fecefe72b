// related.c - auditIfNotExists and deployIfNotExists: is there a related
// resource that is as it should be, and if not, what would be deployed.
//
// spec: evaluation, "Related resources". Source: Azure Policy effects
// auditIfNotExists and deployIfNotExists.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"
#include "eval/internal.h"

// --- which resources are related -----------------------------------------------------------------

static Str text_of(const Data *resource, const char *name)
{
    const Data *d = resource->kind == DATA_OBJECT ? data_get_nocase(resource, str_of(name)) : NULL;
    return d && d->kind == DATA_STRING ? data_str(d) : (Str){0};
}

static bool is_child_type(Str type, Str of)
{
    return type.n > of.n + 1 && type.p[of.n] == '/' && str_starts_nocase(type, of);
}

// The part of an id that names its resource group, or all of it.
static Str group_of(Str id)
{
    static const Str BEFORE = {"/resourceGroups/", 16};
    for (size_t i = 0; i + BEFORE.n <= id.n; i++) {
        if (!str_starts_nocase((Str){id.p + i, id.n - i}, BEFORE))
            continue;
        size_t end = i + BEFORE.n;
        while (end < id.n && id.p[end] != '/')
            end++;
        return (Str){id.p, end};
    }
    return (Str){0};
}

// The resource's group, subscription, or the resource itself for children of it.
static bool in_scope(const Run *r, const EvalRelatedQuery *q, Str id)
{
    Str own = text_of(r->judged.root, "id");
    if (own.n == 0 || id.n == 0)
        return true; // nothing says that it is not
    if (is_child_type(str_of(q->type), r->judged.type))
        return is_child_type(id, own);
    Str group = group_of(id), home = group_of(own);
    if (q->subscription || home.n == 0)
        return true;
    if (!q->resource_group)
        return str_equal_nocase(group, home);
    Str name = str_of(q->resource_group);
    return group.n > name.n && str_equal_nocase((Str){group.p + group.n - name.n, name.n}, name) &&
           group.p[group.n - name.n - 1] == '/';
}

// `x`, `parent/x` or `parent/?`, against the end of the full name.
static bool has_name(Run *r, Document *d, const char *wanted)
{
    static const Field FULL = {.kind = FIELD_FULL_NAME, .name = "fullName"};
    Data full;
    if (!wanted || !plain_value(r, d, &FULL, &full) || full.kind != DATA_STRING)
        return true;
    Str name = data_str(&full), w = str_of(wanted);
    if (w.n >= 2 && w.p[w.n - 1] == '?' && w.p[w.n - 2] == '/') {
        while (name.n && name.p[name.n - 1] != '/')
            name.n--;
        w.n--;
    }
    if (w.n > name.n)
        return name.n > 0 && !str_has(name, '/') && // of the related one only the last is given
               str_equal_nocase((Str){w.p + w.n - name.n, name.n}, name) &&
               w.p[w.n - name.n - 1] == '/';
    return str_equal_nocase((Str){name.p + name.n - w.n, w.n}, w) &&
           (w.n == name.n || name.p[name.n - w.n - 1] == '/');
}

// --- what they are like --------------------------------------------------------------------------

typedef struct Search {
    EvalRelatedQuery query;
    int64_t found; // related resources looked at
    bool failed;
} Search;

static bool is_good(Run *r, Search *s, const Data *resource)
{
    Document d = document_of(resource);
    if (d.type.n == 0)
        d.type = str_of(s->query.type);
    if (!str_equal_nocase(d.type, str_of(s->query.type)) ||
        !in_scope(r, &s->query, text_of(resource, "id")) || !has_name(r, &d, s->query.name))
        return false;
    s->found++;
    if (!r->policy->existence)
        return true;
    Document *before = r->document;
    r->document = &d;
    Truth t = judge(r, r->policy->existence);
    r->document = before;
    s->failed = t == TRUTH_ERROR;
    return t == TRUTH_TRUE;
}

static bool text_of_term(Run *r, const Term *t, const char **ret)
{
    Data d;
    if (!t)
        return true;
    if (!compute(r, t, &d))
        return false;
    if (d.kind == DATA_STRING)
        *ret = arena_copy(r->x.arena, d.text, d.count);
    return true;
}

// The rule's own type by the resource's own name: it is the only candidate.
bool relates_to_itself(const EvalPolicy *p)
{
    const Details *d = &p->definition->details;
    const Term *name = p->related_name;
    if (d->kind != DETAILS_IF_NOT_EXISTS || !d->type || p->related_group || d->existence_scope ||
        p->type_count != 1 || !str_equal_nocase(str_of(p->types[0]), str_of(d->type)) || !name ||
        name->kind != TERM_FIELD)
        return false;
    bool is_top = strchr(d->type, '/') == strrchr(d->type, '/');
    return name->field->kind == FIELD_FULL_NAME || (is_top && name->field->kind == FIELD_NAME);
}

// Compliant, not, or unknown where somebody knows of more.
static EvalState search(Run *r, Search *s)
{
    EvalRelatedQuery *q = &s->query;
    bool unknown = !r->in->related;
    if (str_equal_nocase(str_of(q->type), r->judged.type) && is_good(r, s, r->judged.root))
        return STATE_COMPLIANT;
    if (r->policy->relates_to_itself && r->x.semantics != SEMANTICS_ENGINE)
        return STATE_NON_COMPLIANT;
    const Data *next;
    uint32_t at = 0;
    while (!s->failed && r->in->related && value_spend(&r->x, 1) &&
           r->in->related(r->in->related_context, q, &at, &next, &unknown))
        if (is_good(r, s, next))
            return STATE_COMPLIANT;
    return unknown ? STATE_UNKNOWN : STATE_NON_COMPLIANT;
}

// --- what follows --------------------------------------------------------------------------------

static void describe(Run *r, const Search *s, Effect effect)
{
    const Details *d = &r->policy->definition->details;
    Object o = {.arena = r->x.arena};
    object_text(&o, "type", s->query.type);
    object_text(&o, "name", s->query.name);
    object_text(&o, "resourceGroupName", s->query.resource_group);
    object_text(&o, "existenceScope", d->existence_scope);
    object_put(&o, "related", data_int(s->found));
    if (effect == EFFECT_DEPLOY_IF_NOT_EXISTS && r->policy->deployment) {
        Data deployment;
        object_put(&o, "roleDefinitionIds",
                   data_texts(o.arena, d->role_ids.items, d->role_ids.len));
        object_text(&o, "deploymentScope", d->deployment_scope);
        if (compute(r, r->policy->deployment, &deployment)) {
            object_put(&o, "deployment", deployment);
        } else {
            object_text(&o, "deploymentError", r->x.failure.reason);
            r->x.failure = (EvalFailure){0};
        }
    }
    r->result->details = object_data(&o);
}

void act_related(Run *r, Effect effect)
{
    const Details *d = &r->policy->definition->details;
    if (d->kind != DETAILS_IF_NOT_EXISTS || !d->type) {
        r->x.failure = (EvalFailure){.reason = "the details do not say which type there has to be",
                                     .final = true};
        return;
    }
    Search *s = ARENA_NEW(r->x.arena, Search);
    s->query.type = d->type;
    s->query.resource = r->judged.root;
    s->query.subscription =
        d->existence_scope && str_equal_nocase(str_of(d->existence_scope), str_of("Subscription"));
    if (!text_of_term(r, r->policy->related_name, &s->query.name) ||
        !text_of_term(r, r->policy->related_group, &s->query.resource_group))
        return;
    r->result->state = search(r, s);
    if (s->failed)
        return;
    if (r->result->state == STATE_UNKNOWN)
        r->result->error =
            arena_printf(r->x.arena, "its related resources of type %s are not known", d->type);
    if (r->result->state == STATE_NON_COMPLIANT)
        describe(r, s, effect);
    else
        r->result->effect = NULL;
}
