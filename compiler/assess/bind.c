// bind.c - definitions with the parameters that initiatives and assignments give.
//
// spec: evaluation, assignments
//
// SPDX-License-Identifier: MIT
#include "assess/bind.h"

#include "assess/scope.h"

typedef struct Binding {
    const AssessSetup *setup;
    const PolicySet *set;
    Arena *arena;
    BoundPolicies *policies;
    const PolicyAssignment *assignment;
    const PolicyInitiative *initiative;
    Data parameters; // resolved, of the initiative; of no initiative: given to the definition
} Binding;

static Str last_segment(const char *id)
{
    const char *slash = strrchr(id, '/');
    return str_of(slash ? slash + 1 : id);
}

static bool has_id(const char *id, const char *name, const char *asked)
{
    if (id && str_equal_nocase(str_of(id), str_of(asked)))
        return true;
    return name && str_equal_nocase(str_of(name), last_segment(asked));
}

static const PolicyDefinition *definition_find(const PolicySet *set, const char *id)
{
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        if (has_id(d->id, d->name, id))
            return d;
    }
    return NULL;
}

static const PolicyInitiative *initiative_find(const PolicySet *set, const char *id)
{
    for (uint32_t i = 0; i < set->initiatives.len; i++) {
        const PolicyInitiative *d = set->initiatives.items[i];
        if (has_id(d->id, d->name, id))
            return d;
    }
    return NULL;
}

// --- parameters ------------------------------------------------------------------------------------

static Data object_of(const DataMember *members, uint32_t count)
{
    return (Data){.kind = DATA_OBJECT, .count = count, .at = DATA_NOWHERE, .members = members};
}

// Arguments as data; expressions are over the parameters given. False: reported.
static bool arguments(Binding *b, const PolicyArgument *list, uint32_t count, Data *ret)
{
    DataMember *members = ARENA_ARRAY(b->arena, DataMember, count);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        members[i].name = str_of(list[i].name);
        members[i].at = DATA_NOWHERE;
        good =
            eval_value(&b->setup->eval, list[i].value, &b->parameters, &members[i].value) && good;
    }
    *ret = object_of(members, count);
    return good;
}

// `{"name": {"value": x}}`, the shape of assignments and parameter files, or `{"name": x}`.
static Data plain_parameters(Arena *a, const Data *given)
{
    if (!given || given->kind != DATA_OBJECT)
        return object_of(NULL, 0);
    DataMember *members = ARENA_ARRAY(a, DataMember, given->count);
    for (uint32_t i = 0; i < given->count; i++) {
        const Data *v = &given->members[i].value;
        const Data *inner =
            v->kind == DATA_OBJECT && v->count == 1 ? data_get_nocase(v, str_of("value")) : NULL;
        members[i] = given->members[i];
        members[i].value = inner ? *inner : *v;
    }
    return object_of(members, given->count);
}

static bool declares(const PolicyParameter *list, uint32_t count, Str name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal_nocase(str_of(list[i].name), name))
            return true;
    }
    return false;
}

static bool somebody_declares(const PolicySet *set, Str name)
{
    bool found = false;
    for (uint32_t i = 0; i < set->definitions.len && !found; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        found = declares(d->parameters.items, d->parameters.len, name);
    }
    for (uint32_t i = 0; i < set->initiatives.len && !found; i++) {
        const PolicyInitiative *p = set->initiatives.items[i];
        found = declares(p->parameters.items, p->parameters.len, name);
    }
    return found;
}

// Values given to several policies: each takes those it declares. What none declares is wrong
// for all of them.
static Data share_of(Binding *b, const PolicyParameters *declared, const Data *given)
{
    VEC(DataMember) members = {0};
    for (uint32_t i = 0; i < given->count; i++) {
        Str name = given->members[i].name;
        if (declares(declared->items, declared->len, name) || !somebody_declares(b->set, name))
            vec_push(b->arena, &members, given->members[i]);
    }
    return object_of(members.items, members.len);
}

// --- one policy --------------------------------------------------------------------------------------

static const char *id_or_said(Binding *b, const char *id, const char *name)
{
    const Data *d =
        !id && b->setup->policy ? data_get_nocase(b->setup->policy, str_of(name)) : NULL;
    return d && d->kind == DATA_STRING ? arena_copy(b->arena, d->text, d->count) : id;
}

static EvalPolicy *prepare(Binding *b, const AssessPolicy *p, const Data *parameters,
                           const char *effect)
{
    EvalBinding binding = {
        .parameters = parameters,
        .assignment_id = id_or_said(b, b->assignment ? b->assignment->id : NULL, "assignmentId"),
        .definition_id = id_or_said(b, p->definition->id, "definitionId"),
        .set_id = id_or_said(b, b->initiative ? b->initiative->id : NULL, "setDefinitionId"),
        .reference_id = id_or_said(b, p->reference_id, "definitionReferenceId"),
        .effect = effect,
    };
    return eval_prepare(&b->setup->eval, p->definition, &binding);
}

static void add_policy(Binding *b, AssessPolicy p, const Data *parameters)
{
    p.initiative = b->initiative;
    p.assignment = b->assignment;
    if (p.definition) {
        p.name = p.definition->name ? p.definition->name : "policyRule";
        p.title = p.definition->display_name;
        p.policy = p.broken ? NULL : prepare(b, &p, parameters, NULL);
    }
    for (uint32_t i = 0; b->assignment && p.policy && i < b->assignment->overrides.len; i++) {
        const PolicyOverride *o = &b->assignment->overrides.items[i];
        if (override_names(o, p.reference_id))
            vec_push(b->arena, &p.overrides,
                     ((AssessOverride){o, prepare(b, &p, parameters, o->value)}));
    }
    vec_push(b->arena, b->policies, p);
}

static void add_definition(Binding *b, const PolicyDefinition *d)
{
    add_policy(b, (AssessPolicy){.definition = d}, &b->parameters);
}

// What is known of a policy that is not at hand.
static AssessPolicy absent(Binding *b, const char *id)
{
    Str last = last_segment(id);
    AssessPolicy p = {.name = arena_copy(b->arena, last.p, last.n)};
    CatalogBuiltin builtin;
    if (b->setup->eval.catalog &&
        catalog_builtin(b->setup->eval.catalog, b->arena, last, &builtin)) {
        p.title = builtin.title;
        p.type_count = builtin.type_count;
        p.types = builtin.types;
    }
    return p;
}

static void add_member(Binding *b, const InitiativeMember *m)
{
    const char *id = m->id ? m->id : m->builtin;
    const PolicyDefinition *d = m->definition ? m->definition : definition_find(b->set, id);
    AssessPolicy p = d ? (AssessPolicy){.definition = d} : absent(b, id);
    p.member = m;
    p.reference_id = m->reference_id;
    Data parameters;
    if (!arguments(b, m->arguments.items, m->arguments.len, &parameters))
        p.broken = "the parameters of the member could not be evaluated";
    add_policy(b, p, &parameters);
}

static void add_initiative(Binding *b, const PolicyInitiative *i, const Data *given)
{
    b->initiative = i;
    if (!eval_parameters(&b->setup->eval, i->parameters.items, i->parameters.len, given, i->span,
                         &b->parameters)) {
        add_policy(b,
                   (AssessPolicy){.name = i->name ? i->name : "initiative",
                                  .title = i->display_name,
                                  .broken = "the parameters of the initiative do not fit"},
                   &b->parameters);
        return;
    }
    for (uint32_t k = 0; k < i->members.len; k++)
        add_member(b, &i->members.items[k]);
}

static void add_assignment(Binding *b, const PolicyAssignment *a)
{
    b->assignment = a;
    Data given;
    if (!arguments(b, a->arguments.items, a->arguments.len, &given)) {
        add_policy(
            b,
            (AssessPolicy){.name = a->name,
                           .title = a->display_name,
                           .broken = "the parameters of the assignment could not be evaluated"},
            &given);
        return;
    }
    const PolicyInitiative *i = initiative_find(b->set, a->definition_id);
    if (i) {
        add_initiative(b, i, &given);
        return;
    }
    b->parameters = given;
    const PolicyDefinition *d = definition_find(b->set, a->definition_id);
    add_policy(b, d ? (AssessPolicy){.definition = d} : absent(b, a->definition_id), &given);
}

void bind_set(const AssessSetup *setup, const PolicySet *set, BoundPolicies *ret)
{
    Arena *a = setup->eval.compilation->arena;
    Data given = plain_parameters(a, setup->parameters);
    Binding fresh = {
        .setup = setup, .set = set, .arena = a, .policies = ret, .parameters = object_of(NULL, 0)};
    Binding b = fresh;
    for (uint32_t i = 0; i < set->assignments.len; i++, b = fresh)
        add_assignment(&b, set->assignments.items[i]);
    if (set->assignments.len > 0)
        return;
    for (uint32_t i = 0; i < set->initiatives.len; i++, b = fresh) {
        Data share = share_of(&b, &set->initiatives.items[i]->parameters, &given);
        add_initiative(&b, set->initiatives.items[i], &share);
    }
    if (set->initiatives.len > 0)
        return;
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        b.parameters = d->bare ? given : share_of(&b, &d->parameters, &given);
        add_definition(&b, d);
    }
}
