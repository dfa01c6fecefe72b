// initiative.c - initiatives: members, the parameters lifted from them, controls.
//
// spec: deployment, what an initiative becomes. A value fixed in the sources is passed to the
// member as it is; what is left open becomes a parameter of the initiative.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "policy/fingerprint.h"

enum { LONGEST_NAME = 64 };

typedef struct Building {
    Lower lower; // for lower_parameter
    Program *program;
    Arena *arena;
    const InitiativeInfo *info;
    PolicyInitiative *made;
    Name effect; // "effect"
    Map ids;     // reference ids without case → IncludeInfo *
    Map groups;  // names of control groups
    Map params;  // names of parameters
} Building;

// --- names -------------------------------------------------------------------------------------

const char *initiative_name(Arena *a, const InitiativeInfo *i)
{
    return policy_name(a, declared_name(a, i->module, i->name), LONGEST_NAME);
}

const char *lifted_effect(Arena *a, const IncludeInfo *include)
{
    return arena_printf(a, "%s_effect", include->reference);
}

const char *member_reference_id(Arena *a, const IncludeInfo *include, const LoweredDefinition *d)
{
    return d->suffix ? arena_printf(a, "%s_%s", include->reference, d->suffix) : include->reference;
}

void reference_ids(Arena *a, const IncludeInfo *include, ReferenceIds *ret)
{
    if (include->builtin) {
        vec_push(a, ret, include->reference);
        return;
    }
    const LoweredRequirement *r = include->requirement->requirement->lowered;
    for (uint32_t i = 0; i < r->definitions.len; i++)
        vec_push(a, ret, member_reference_id(a, include, &r->definitions.items[i]));
}

// --- parameters of the initiative --------------------------------------------------------------

static Value *texts(Arena *a, const char *const *items, uint32_t count)
{
    Value *list = value_array(a);
    for (uint32_t i = 0; i < count; i++)
        value_push(a, list, value_string(a, items[i]));
    return list->items.len > 0 ? list : NULL;
}

static Value *builtin_initial(Arena *a, const CatalogBuiltin *b)
{
    for (uint32_t i = 0; i < b->parameter_count; i++) {
        const char *json = b->parameters[i].initial;
        size_t n = json ? strlen(json) : 0;
        if (strcmp(b->parameters[i].name, b->effect_parameter) == 0 && n >= 2 && *json == '"')
            return value_string(a, arena_copy(a, json + 1, n - 2));
    }
    return NULL;
}

static void lift_effect(Building *x, const IncludeInfo *include)
{
    Arena *a = x->arena;
    const LoweredRequirement *r =
        include->requirement ? include->requirement->requirement->lowered : NULL;
    const char *title = r ? r->symbol->decl->title.text : include->builtin->title;
    PolicyParameter p = {
        .name = lifted_effect(a, include),
        .type = "String",
        .display_name = arena_printf(a, "Effect of %s", include->reference),
        .description = *title ? title : NULL,
        .span = include->span,
    };
    if (r) {
        p.allowed = value_array(a);
        for (uint32_t i = 0; i < r->effects.len; i++)
            value_push(a, p.allowed, value_string(a, effect_text(r->effects.items[i])));
        p.initial = p.allowed->items.items[0];
    } else {
        p.allowed = texts(a, include->builtin->effects, include->builtin->effect_count);
        p.initial = builtin_initial(a, include->builtin);
    }
    vec_push(a, &x->made->parameters, p);
}

static void lift_param(Building *x, const ParamInfo *param)
{
    if (map_get(&x->params, param->name))
        return;
    map_put(&x->params, x->arena, param->name, (void *)param);
    vec_push(x->arena, &x->made->parameters, lower_parameter(&x->lower, param));
}

// --- arguments of a member ---------------------------------------------------------------------

static Arm *parameter_arm(Arena *a, const char *name)
{
    return arm_call(a, "parameters", 1, arm_string(a, name));
}

static void pass(Building *x, InitiativeMember *m, const char *name, Value *value, Span span)
{
    PolicyArgument argument = {.name = name, .value = value, .span = span};
    vec_push(x->arena, &m->arguments, argument);
}

// A constant of the sources, or the initiative's parameter that takes its place.
static Value *value_of(Building *x, const SetValue *v)
{
    if (v->value->kind != TX_PARAM)
        return lower_constant(x->arena, v->value);
    lift_param(x, v->value->param);
    return value_arm(x->arena, parameter_arm(x->arena, v->value->param->name));
}

static bool allows(const PolicyParameter *p, const char *effect)
{
    for (uint32_t i = 0; i < p->allowed->items.len; i++) {
        if (strcmp(p->allowed->items.items[i]->text, effect) == 0)
            return true;
    }
    return false;
}

// The inline form of a kind with a remedy has no `modify`: it audits instead.
// `[if(equals(parameters('x_effect'), 'modify'), 'audit', parameters('x_effect'))]`
static Value *open_effect(Building *x, const IncludeInfo *include, const LoweredRequirement *r,
                          const PolicyParameter *p)
{
    Arena *a = x->arena;
    Arm *effect = parameter_arm(a, lifted_effect(a, include)), *test = NULL;
    for (uint32_t i = 0; i < r->effects.len; i++) {
        const char *text = effect_text(r->effects.items[i]);
        if (allows(p, text))
            continue;
        Arm *equal = arm_call(a, "equals", 2, effect, arm_string(a, text));
        test = test ? arm_call(a, "or", 2, test, equal) : equal;
    }
    if (test)
        effect = arm_call(a, "if", 3, test, arm_string(a, effect_text(EFFECT_AUDIT)), effect);
    return value_arm(a, effect);
}

static void pass_effect(Building *x, const IncludeInfo *include, const LoweredRequirement *r,
                        const PolicyParameter *p, InitiativeMember *m)
{
    const SetValue *v = value_find(include->values.items, include->values.len, x->effect);
    if (!v) {
        pass(x, m, p->name, open_effect(x, include, r, p), include->span);
        return;
    }
    const char *text = allows(p, v->value->text) ? v->value->text : effect_text(EFFECT_AUDIT);
    pass(x, m, p->name, value_string(x->arena, text), v->span);
}

static void pass_param(Building *x, const IncludeInfo *include, const ParamInfo *param,
                       const char *name, InitiativeMember *m)
{
    const SetValue *v = value_find(include->values.items, include->values.len, param->name);
    if (!v)
        v = value_find(x->info->values.items, x->info->values.len, param->name);
    if (v) {
        pass(x, m, name, value_of(x, v), v->span);
        return;
    }
    lift_param(x, param);
    pass(x, m, name, value_arm(x->arena, parameter_arm(x->arena, param->name)), include->span);
}

// --- members -----------------------------------------------------------------------------------

static bool same_id(Building *x, const char *id, const IncludeInfo *include)
{
    char *key = arena_copy(x->arena, id, strlen(id));
    for (char *s = key; *s; s++) {
        if (*s >= 'A' && *s <= 'Z')
            *s = (char)(*s - 'A' + 'a');
    }
    Name name = intern_str(x->program->compilation->names, key);
    const IncludeInfo *there = map_get(&x->ids, name);
    map_put(&x->ids, x->arena, name, (void *)include);
    if (!there)
        return false;
    Diags *ds = x->program->compilation->diags;
    Diag *d =
        diag_report(ds, DIAG_DUPLICATE_REFERENCE, include->span,
                    "two policies of initiative `%s` would be called `%s`", x->info->name, id);
    diag_label(ds, d, there->span, "the other comes from here");
    diag_help(ds, d, "give one of them a name: `include … as name`");
    return true;
}

static void add_member(Building *x, const IncludeInfo *include, const LoweredRequirement *r,
                       const LoweredDefinition *d)
{
    InitiativeMember m = {.definition = d->definition,
                          .reference_id = member_reference_id(x->arena, include, d),
                          .span = include->span};
    for (uint32_t i = 0; i < r->controls.len; i++)
        vec_push(x->arena, &m.groups, r->controls.items[i]);
    for (uint32_t i = 0; i < d->parameters.len; i++) {
        const LoweredParameter *lp = &d->parameters.items[i];
        const PolicyParameter *p = &d->definition->parameters.items[lp->index];
        if (lp->param)
            pass_param(x, include, lp->param, p->name, &m);
        else
            pass_effect(x, include, r, p, &m);
    }
    if (!same_id(x, m.reference_id, include))
        vec_push(x->arena, &x->made->members, m);
}

static int compare_groups(const void *a, const void *b)
{
    const InitiativeGroup *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static void add_groups(Building *x, const LoweredRequirement *r)
{
    const RequirementInfo *info = r->symbol->requirement;
    for (uint32_t i = 0; i < r->controls.len; i++) {
        const TControl *c = &info->controls.items[i];
        Name name = intern_str(x->program->compilation->names, r->controls.items[i]);
        if (map_get(&x->groups, name))
            continue;
        map_put(&x->groups, x->arena, name, (void *)c);
        InitiativeGroup g = {.name = name,
                             .display_name = c->control->title.text,
                             .category = c->framework->title.text};
        vec_push(x->arena, &x->made->groups, g);
    }
}

static void add_requirement(Building *x, const IncludeInfo *include)
{
    const LoweredRequirement *r = include->requirement->requirement->lowered;
    if (r->effects.len > 1 && !value_find(include->values.items, include->values.len, x->effect))
        lift_effect(x, include);
    for (uint32_t i = 0; i < r->definitions.len; i++)
        add_member(x, include, r, &r->definitions.items[i]);
    add_groups(x, r);
}

// The catalogue's parameters are those of this major version.
static const char *major_version(Arena *a, const char *version)
{
    size_t digits = strspn(version, "0123456789");
    const char *preview = strstr(version, "-preview") ? "-preview" : "";
    return digits ? arena_printf(a, "%.*s.*.*%s", (int)digits, version, preview) : NULL;
}

static void add_builtin(Building *x, const IncludeInfo *include)
{
    const CatalogBuiltin *b = include->builtin;
    InitiativeMember m = {.builtin = b->id,
                          .reference_id = include->reference,
                          .definition_version = major_version(x->arena, b->version),
                          .span = include->span};
    for (uint32_t i = 0; i < include->values.len; i++) {
        const SetValue *v = &include->values.items[i];
        if (value_find(include->values.items, include->values.len, v->parameter) != v)
            continue; // said again later
        const char *name =
            v->parameter == x->effect && *b->effect_parameter ? b->effect_parameter : v->parameter;
        pass(x, &m, name, value_of(x, v), v->span);
    }
    bool open =
        *b->effect_parameter && !value_find(include->values.items, include->values.len, x->effect);
    if (open) {
        Arm *effect = parameter_arm(x->arena, lifted_effect(x->arena, include));
        lift_effect(x, include);
        pass(x, &m, b->effect_parameter, value_arm(x->arena, effect), include->span);
    }
    if (!same_id(x, m.reference_id, include))
        vec_push(x->arena, &x->made->members, m);
}

// --- the initiative ----------------------------------------------------------------------------

static void set_text(Arena *a, Value *object, const char *name, const char *text)
{
    if (text)
        value_set(a, object, name, value_string(a, text));
}

static Value *metadata_of(const Building *x)
{
    Value *m = value_object(x->arena);
    set_text(x->arena, m, "version", x->made->version);
    set_text(x->arena, m, "category", x->info->category);
    set_text(x->arena, m, "project", x->program->project);
    set_text(x->arena, m, "module", x->info->module->path);
    set_text(x->arena, m, "initiative", x->info->name);
    return m;
}

static PolicyInitiative *build(Program *p, const InitiativeInfo *info)
{
    Arena *a = p->compilation->arena;
    Building x = {.program = p,
                  .arena = a,
                  .info = info,
                  .made = ARENA_NEW(a, PolicyInitiative),
                  .effect = intern_str(p->compilation->names, "effect")};
    x.lower = (Lower){.program = p, .compilation = p->compilation, .arena = a};
    PolicyInitiative *made = x.made;
    made->name = initiative_name(a, info);
    made->display_name = info->title;
    made->description =
        info->decl->doc.n > 0 ? arena_copy(a, info->decl->doc.p, info->decl->doc.n) : NULL;
    made->version = info->version ? info->version : "1.0.0";
    made->span = info->decl->name.span;
    for (uint32_t i = 0; i < info->includes.len; i++) {
        if (info->includes.items[i]->builtin)
            add_builtin(&x, info->includes.items[i]);
        else
            add_requirement(&x, info->includes.items[i]);
    }
    if (made->groups.len)
        qsort(made->groups.items, made->groups.len, sizeof *made->groups.items, compare_groups);
    made->metadata = metadata_of(&x);
    set_text(a, made->metadata, "fingerprint", policy_fingerprint_initiative(a, made));
    return made;
}

static int compare_initiatives(const void *a, const void *b)
{
    const PolicyInitiative *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

void lower_initiatives(Program *p, Lowered *l)
{
    for (uint32_t i = 0; i < p->initiatives.len; i++) {
        vec_push(p->compilation->arena, &l->set.initiatives, build(p, p->initiatives.items[i]));
        check_contradictions(p, p->initiatives.items[i]);
    }
    if (l->set.initiatives.len)
        qsort(l->set.initiatives.items, l->set.initiatives.len, sizeof *l->set.initiatives.items,
              compare_initiatives);
}
