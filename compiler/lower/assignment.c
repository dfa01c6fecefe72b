// assignment.c - assignments: an initiative at a scope, with its values.
//
// spec: deployment, what an assignment becomes.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "policy/write.h"

// --- where definitions live --------------------------------------------------------------------

// The environment's root, else the management group or subscription of the scope.
static const char *root_of(Arena *a, const AssignmentInfo *info)
{
    if (info->environment && info->environment->root)
        return info->environment->root;
    const char *prefix = "/subscriptions/";
    if (!str_starts_nocase(str_of(info->scope), str_of(prefix)))
        return info->scope;
    size_t n = strlen(prefix);
    return arena_copy(a, info->scope, n + strcspn(info->scope + n, "/"));
}

static const char *id_of(Arena *a, const char *scope, const char *type, const char *name)
{
    Buf text = {0};
    policy_id_print(&text, scope, type, name);
    const char *id = arena_copy(a, text.p, text.n);
    buf_free(&text);
    return id;
}

const char *assignment_id(Arena *a, const AssignmentInfo *info)
{
    return id_of(a, info->scope, "policyAssignments", info->name);
}

// --- values ------------------------------------------------------------------------------------

static bool said_later(const AssignmentInfo *info, uint32_t at)
{
    const SetValue *v = &info->values.items[at];
    for (uint32_t i = at + 1; i < info->values.len; i++) {
        const SetValue *w = &info->values.items[i];
        if (w->value && w->parameter == v->parameter && w->requirement == v->requirement)
            return true;
    }
    return false;
}

static void add_arguments(Program *p, const AssignmentInfo *info, PolicyAssignment *made)
{
    Arena *a = p->compilation->arena;
    for (uint32_t i = 0; i < info->values.len; i++) {
        const SetValue *v = &info->values.items[i];
        if (!v->value || said_later(info, i))
            continue; // fixed by the initiative, or set again
        PolicyArgument argument = {
            .name = v->parameter, .value = lower_constant(a, v->value), .span = v->span};
        if (v->requirement)
            argument.name =
                lifted_effect(a, initiative_member(p, info->initiative, v->requirement));
        vec_push(a, &made->arguments, argument);
    }
}

// --- messages ----------------------------------------------------------------------------------

// The service takes messages for Resource Manager modes only.
static bool takes_message(const PolicyDefinition *d)
{
    return strcmp(d->mode, "All") == 0 || strcmp(d->mode, "Indexed") == 0;
}

static void add_messages(Arena *a, const AssignmentInfo *info, PolicyAssignment *made)
{
    if (info->message)
        vec_push(a, &made->messages, ((NonComplianceMessage){.message = info->message}));
    for (uint32_t i = 0; i < info->initiative->includes.len; i++) {
        const IncludeInfo *include = info->initiative->includes.items[i];
        const LoweredRequirement *r =
            include->requirement ? include->requirement->requirement->lowered : NULL;
        for (uint32_t k = 0; r && k < r->definitions.len; k++) {
            const LoweredDefinition *d = &r->definitions.items[k];
            if (!d->message || !takes_message(d->definition))
                continue;
            NonComplianceMessage m = {.message = d->message,
                                      .reference_id = member_reference_id(a, include, d)};
            vec_push(a, &made->messages, m);
        }
    }
}

// --- roll-outs ---------------------------------------------------------------------------------

Selector location_selector(Arena *a, const char *const *locations, uint32_t count, bool negated)
{
    Selector s = {.kind = "resourceLocation", .negated = negated};
    for (uint32_t i = 0; i < count; i++)
        vec_push(a, &s.values, locations[i]);
    return s;
}

Selector without_location_selector(Arena *a)
{
    Selector s = {.kind = "resourceWithoutLocation"};
    vec_push(a, &s.values, "subscriptionLevelResources");
    return s;
}

static void add_only(Arena *a, const RollOut *r, PolicyAssignment *made)
{
    ResourceSelector rs = {.name = arena_printf(a, "only_%u", made->selectors.len + 1),
                           .span = r->span};
    if (r->types.len > 0) {
        Selector types = {.kind = "resourceType"};
        for (uint32_t i = 0; i < r->types.len; i++)
            vec_push(a, &types.values, r->types.items[i]);
        vec_push(a, &rs.selectors, types);
    }
    if (r->locations.len > 0)
        vec_push(a, &rs.selectors,
                 location_selector(a, r->locations.items, r->locations.len, r->locations_negated));
    if (r->without_location)
        vec_push(a, &rs.selectors, without_location_selector(a));
    vec_push(a, &made->selectors, rs);
}

// The policies of a member that have the effect: an inline form may not.
static void add_overridden(Arena *a, const IncludeInfo *include, const char *effect, Selector *ret)
{
    const LoweredRequirement *r =
        include->requirement ? include->requirement->requirement->lowered : NULL;
    if (!r)
        vec_push(a, &ret->values, include->reference);
    for (uint32_t i = 0; r && i < r->definitions.len; i++) {
        const LoweredDefinition *d = &r->definitions.items[i];
        bool changes = strcmp(effect, effect_text(EFFECT_MODIFY)) == 0 ||
                       strcmp(effect, effect_text(EFFECT_APPEND)) == 0;
        if (!d->audit_only || !changes)
            vec_push(a, &ret->values, member_reference_id(a, include, d));
    }
}

static void add_override(Program *p, const AssignmentInfo *info, const RollOut *r,
                         PolicyAssignment *made)
{
    Arena *a = p->compilation->arena;
    PolicyOverride o = {.kind = "policyEffect", .value = r->effect, .span = r->span};
    Selector ids = {.kind = "policyDefinitionReferenceId"};
    for (uint32_t i = 0; i < r->references.len; i++) {
        const IncludeInfo *include = initiative_member(p, info->initiative, r->references.items[i]);
        o.value = effect_of_member(include, r->effect);
        add_overridden(a, include, r->effect, &ids);
    }
    vec_push(a, &o.selectors, ids);
    if (r->locations.len > 0)
        vec_push(a, &o.selectors,
                 location_selector(a, r->locations.items, r->locations.len, r->locations_negated));
    vec_push(a, &made->overrides, o);
}

// --- the assignment ----------------------------------------------------------------------------

static Value *metadata_of(const Program *p, const AssignmentInfo *info)
{
    Arena *a = p->compilation->arena;
    Value *m = value_object(a);
    if (p->project)
        value_set(a, m, "project", value_string(a, p->project));
    value_set(a, m, "module", value_string(a, info->module->path));
    value_set(a, m, "assignment", value_string(a, info->name));
    return m;
}

static PolicyAssignment *build(Program *p, const AssignmentInfo *info)
{
    Arena *a = p->compilation->arena;
    PolicyAssignment *made = ARENA_NEW(a, PolicyAssignment);
    made->name = info->name;
    made->display_name = info->decl->title.text;
    made->description =
        info->decl->doc.n > 0 ? arena_copy(a, info->decl->doc.p, info->decl->doc.n) : NULL;
    made->scope = info->scope;
    made->location = info->location;
    made->identity = info->identity;
    made->user_identity = info->user_identity;
    made->definition_id =
        id_of(a, root_of(a, info), "policySetDefinitions", initiative_name(a, info->initiative));
    made->enforcement = info->enforcement;
    made->metadata = metadata_of(p, info);
    made->span = info->decl->name.span;
    for (uint32_t i = 0; i < info->excludes.len; i++)
        vec_push(a, &made->not_scopes, info->excludes.items[i]);
    add_arguments(p, info, made);
    add_messages(a, info, made);
    for (uint32_t i = 0; i < info->roll_outs.len; i++) {
        if (info->roll_outs.items[i].effect)
            add_override(p, info, &info->roll_outs.items[i], made);
        else
            add_only(a, &info->roll_outs.items[i], made);
    }
    return made;
}

static int compare_assignments(const void *a, const void *b)
{
    const PolicyAssignment *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : strcmp((*x)->scope, (*y)->scope);
}

void lower_assignments(Program *p, Lowered *l)
{
    for (uint32_t i = 0; i < p->assignments.len; i++)
        vec_push(p->compilation->arena, &l->set.assignments, build(p, p->assignments.items[i]));
    if (l->set.assignments.len)
        qsort(l->set.assignments.items, l->set.assignments.len, sizeof *l->set.assignments.items,
              compare_assignments);
}
