// definition.c - a requirement's rules become definitions.
//
// One definition for each `for`, its kinds as branches; kinds that need another
// mode or other details get one of their own. The type test comes first,
// positive and outside every `not` (spec: lowering L9).
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "policy/fingerprint.h"

#include <string.h>

typedef struct Part { // one rule, lowered
    const TRule *rule;
    Condition *rest;  // everything but the type test
    Condition *where; // of it what must hold before anything is required; NULL: not asked for
    Details details;
    const char *mode;
    VEC(const ParamInfo *) params;
} Part;

typedef struct Group { // the parts of one definition
    VEC(Part *) parts;
    const TBlock *block;
} Group;
typedef VEC(Group) Groups;

// --- one rule ----------------------------------------------------------------------------------

static bool judged_by_existence(const TRequirement *r)
{
    return requirement_has_effect(r, EFFECT_AUDIT_IF_NOT_EXISTS) ||
           requirement_has_effect(r, EFFECT_DEPLOY_IF_NOT_EXISTS);
}

// For an inline kind: some element of the parent is so.
static Condition *some_element(Lower *l, const TRule *rule, Condition *rest)
{
    if (!rule->inline_binder || condition_is_constant(rest, false))
        return rest;
    Condition *count = condition_leaf(l->arena, CONDITION_COUNT_FIELD,
                                      value_string(l->arena, keep(l, rule->inline_binder->alias)),
                                      OPERATOR_GREATER, value_int(l->arena, 0));
    count->where = condition_is_constant(rest, true) ? NULL : rest;
    count->span = rule->span;
    return count;
}

// where and not every require
static Condition *lower_rest(Lower *l, const TRequirement *r, const TRule *rule)
{
    Condition *rest = lower_all(l, &rule->where, false);
    if (rule->requires.len > 0 && !judged_by_existence(r))
        rest = pair_condition(l, CONDITION_ALL_OF, rest, lower_all(l, &rule->requires, true));
    return some_element(l, rule, rest);
}

static bool taggable(const TRule *rule)
{
    const KindInfo *kind = rule->kind;
    if (rule->inline_binder || !kind->known_type ||
        strncmp(rule->type, "Microsoft.Resources/", 20) == 0)
        return false;
    return (kind->facts.tags == CATALOG_OPTIONAL || kind->facts.tags == CATALOG_REQUIRED) &&
           (kind->facts.location == CATALOG_OPTIONAL || kind->facts.location == CATALOG_REQUIRED);
}

static bool edits_tags(const TRule *rule)
{
    for (uint32_t i = 0; i < rule->remedies.len; i++)
        if (rule->remedies.items[i]->place && rule->remedies.items[i]->place->kind == TX_TAG)
            return true;
    return false;
}

// All, unless the rule is about tags or location, or cascades; never Indexed for
// types without them, where it would silently not run.
static const char *mode_of(const Lower *l, const TRequirement *r, const TRule *rule)
{
    if (r->mode)
        return r->mode;
    if (rule->kind->mode)
        return rule->kind->mode;
    bool wants = l->uses_tags_or_location || edits_tags(rule) || rule->forbid_delete;
    return wants && rule->type && taggable(rule) ? "Indexed" : "All";
}

// A branch for another kind shields nothing, so one such kind is enough.
static bool lives_outside_groups(const TBlock *block)
{
    for (uint32_t i = 0; i < block->rules.len; i++) {
        const KindInfo *kind = block->rules.items[i]->kind;
        if (!block->rules.items[i]->type || !kind->known_type ||
            (kind->facts.writable & ~(uint32_t)SCOPE_RESOURCE_GROUP) != 0)
            return true;
    }
    return false;
}

static Part *lower_part(Program *p, const TRequirement *r, const TBlock *block, const TRule *rule,
                        bool tested, bool *ret_failed)
{
    Lower l = {.program = p,
               .compilation = p->compilation,
               .arena = p->compilation->arena,
               .rule = rule,
               .reads = SUBJECT_RESOURCE};
    l.child_of_resource = lives_outside_groups(block);
    Part *part = ARENA_NEW(l.arena, Part);
    part->rule = rule;
    part->rest = lower_rest(&l, r, rule);
    if (tested)
        part->where = some_element(&l, rule, lower_all(&l, &rule->where, false));
    part->details = lower_details(&l, r, rule);
    part->mode = mode_of(&l, r, rule);
    if (part->details.kind == DETAILS_DENY_ACTION && strcmp(part->mode, "Indexed") != 0)
        part->details.cascade = NULL;
    for (uint32_t i = 0; i < l.params.len; i++)
        vec_push(l.arena, &part->params, l.params.items[i]);
    if (condition_is_constant(part->rest, false))
        diag_report(p->compilation->diags, DIAG_NEVER_VIOLATED, rule->span,
                    "no `%s` can violate this requirement", rule->kind->name);
    *ret_failed = *ret_failed || l.failed;
    return part;
}

// --- the condition of a definition ---------------------------------------------------------------

static Condition *type_test(Arena *a, const Value *types, Span span)
{
    bool one = types->items.len == 1;
    Condition *c = condition_field(a, "type", one ? OPERATOR_EQUALS : OPERATOR_IN,
                                   one ? types->items.items[0] : (Value *)types);
    c->span = span;
    return c;
}

static Condition *branch(Arena *a, const Value *types, const Condition *rest, Span span)
{
    Condition *all = condition_group(a, CONDITION_ALL_OF);
    all->span = span;
    if (types->items.len > 0)
        condition_push(a, all, type_test(a, types, span));
    condition_push(a, all, (Condition *)rest);
    return simplify(a, all);
}

static const Condition *rest_of(const Part *part, bool where_only)
{
    return where_only ? part->where : part->rest;
}

// `type in […]` where the rest is the same for several kinds, else a branch for each.
static Condition *group_condition(Arena *a, const Group *g, bool where_only)
{
    Condition *any = condition_group(a, CONDITION_ANY_OF);
    any->span = g->block->span;
    for (uint32_t i = 0; i < g->parts.len; i++) {
        const Part *part = g->parts.items[i];
        const Condition *rest = rest_of(part, where_only);
        bool seen = false;
        for (uint32_t j = 0; j < i && !seen; j++)
            seen = condition_equal(rest_of(g->parts.items[j], where_only), rest);
        if (seen)
            continue;
        Value *types = value_array(a);
        for (uint32_t j = i; j < g->parts.len; j++)
            if (g->parts.items[j]->rule->type &&
                condition_equal(rest_of(g->parts.items[j], where_only), rest))
                value_push(a, types, value_string(a, g->parts.items[j]->rule->type));
        condition_push(a, any, branch(a, types, rest, part->rule->span));
    }
    return any->children.len == 1 ? any->children.items[0] : any;
}

// --- the definition ------------------------------------------------------------------------------

static bool is_audit_only(const TRequirement *r, const Part *part)
{
    return part->rule->inline_binder &&
           (requirement_has_effect(r, EFFECT_MODIFY) || requirement_has_effect(r, EFFECT_APPEND));
}

static bool same_group(const TRequirement *r, const Part *a, const Part *b)
{
    return strcmp(a->mode, b->mode) == 0 && is_audit_only(r, a) == is_audit_only(r, b) &&
           details_equal(&a->details, &b->details);
}

static void add_part(Arena *a, Groups *groups, uint32_t from, const TRequirement *r,
                     const TBlock *block, Part *part)
{
    for (uint32_t i = from; i < groups->len; i++)
        if (same_group(r, groups->items[i].parts.items[0], part)) {
            vec_push(a, &groups->items[i].parts, part);
            return;
        }
    Group g = {.block = block};
    vec_push(a, &g.parts, part);
    vec_push(a, groups, g);
}

// "network" → "Network"
static const char *category_of(Arena *a, const Module *m)
{
    if (strcmp(m->last, "main") == 0 || strcmp(m->last, "project") == 0)
        return "AI Security";
    char *text = arena_copy(a, m->last, name_length(m->last));
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    if (*text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
    return text;
}

static void set_text(Arena *a, Value *object, const char *name, const char *text)
{
    if (text)
        value_set(a, object, name, value_string(a, text));
}

// What the requirement says of itself comes last, but a category of its own is the category.
static void add_own_metadata(Arena *a, const TExpr *own, Value *m)
{
    for (uint32_t i = 0; own && i < own->entry_values->len; i++) {
        Value *value = lower_constant(a, own->entry_values->items[i]);
        bool there = false;
        for (uint32_t k = 0; k < m->members.len && !there; k++) {
            there = strcmp(m->members.items[k].name, own->entry_keys[i].name) == 0;
            if (there)
                m->members.items[k].value = value;
        }
        if (!there)
            value_set(a, m, own->entry_keys[i].name, value);
    }
}

static Value *metadata_of(Arena *a, const TRequirement *r, const TRule *rule, const char *version)
{
    Value *m = value_object(a);
    set_text(a, m, "version", version);
    set_text(a, m, "category", category_of(a, r->module));
    set_text(a, m, "severity", r->severity);
    set_text(a, m, "module", r->module->path);
    set_text(a, m, "requirement", r->decl->name.name);
    set_text(a, m, "attest", rule->attest);
    set_text(a, m, "evidence", rule->evidence);
    set_text(a, m, "every", rule->every);
    add_own_metadata(a, r->metadata, m);
    return m;
}

static const char *full_name(Arena *a, const TRequirement *r, Name suffix)
{
    const char *name = r->id ? r->id : declared_name(a, r->module, r->decl->name.name);
    return suffix ? arena_printf(a, "%s-%s", name, suffix) : name;
}

static void add_parameters(Lower *l, const TRequirement *r, const Group *g, bool audit_only,
                           LoweredDefinition *ret)
{
    PolicyDefinition *d = ret->definition;
    if (r->effects.len > 1) {
        vec_push(l->arena, &ret->parameters, ((LoweredParameter){NULL, d->parameters.len}));
        vec_push(l->arena, &d->parameters, effect_parameter(l, r, audit_only));
        Arm *effect = arm_call(l->arena, "parameters", 1, arm_string(l->arena, "effect"));
        d->effect = value_arm(l->arena, effect);
    } else {
        Effect fixed = audit_only ? EFFECT_AUDIT : r->effects.items[0];
        d->effect = value_string(l->arena, effect_text(fixed));
    }
    for (uint32_t i = 0; i < g->parts.len; i++)
        for (uint32_t j = 0; j < g->parts.items[i]->params.len; j++) {
            const ParamInfo *p = g->parts.items[i]->params.items[j];
            bool known = false;
            for (uint32_t k = 0; k < ret->parameters.len && !known; k++)
                known = ret->parameters.items[k].param == p;
            if (known)
                continue;
            vec_push(l->arena, &ret->parameters, ((LoweredParameter){p, d->parameters.len}));
            vec_push(l->arena, &d->parameters, lower_parameter(l, p));
        }
}

static LoweredDefinition make_definition(Program *p, const TRequirement *r, const Group *g,
                                         Name suffix)
{
    Arena *a = p->compilation->arena;
    Lower l = {.program = p, .compilation = p->compilation, .arena = a};
    const Part *first = g->parts.items[0];
    PolicyDefinition *d = ARENA_NEW(a, PolicyDefinition);
    LoweredDefinition ret = {.definition = d, .suffix = suffix, .message = first->rule->message};
    ret.audit_only = is_audit_only(r, first);
    d->version = r->version ? r->version : "1.0.0";
    d->name = policy_name(a, full_name(a, r, suffix), 64);
    d->display_name =
        suffix ? arena_printf(a, "%s (%s)", r->decl->title.text, suffix) : r->decl->title.text;
    d->description = r->why               ? r->why
                     : r->decl->doc.n > 0 ? arena_copy(a, r->decl->doc.p, r->decl->doc.n)
                                          : NULL;
    d->mode = first->mode;
    d->metadata = metadata_of(a, r, first->rule, d->version);
    d->condition = group_condition(a, g, false);
    ret.applies = first->where ? group_condition(a, g, true) : NULL;
    d->details = first->details;
    d->span = r->decl->name.span;
    add_parameters(&l, r, g, ret.audit_only, &ret);
    for (uint32_t i = 0; i < g->parts.len; i++)
        if (g->parts.items[i]->rule->type)
            vec_push(a, &ret.types, g->parts.items[i]->rule->type);
    value_set(a, d->metadata, "fingerprint", value_string(a, policy_fingerprint_definition(a, d)));
    return ret;
}

// What tells the definitions of one requirement apart: the kind, then what it asks for.
static Name suffix_of(Program *p, const LoweredRequirement *lowered, const Group *g,
                      bool audit_only)
{
    Compilation *c = p->compilation;
    const TRule *rule = g->parts.items[0]->rule;
    const char *text =
        audit_only ? arena_printf(c->arena, "%s_inline", rule->kind->name) : rule->kind->name;
    for (uint32_t n = 1;; n++) {
        bool taken = false;
        for (uint32_t i = 0; i < lowered->definitions.len && !taken; i++)
            taken = strcmp(lowered->definitions.items[i].suffix, text) == 0;
        if (!taken)
            return intern_str(c->names, text);
        text = n == 1 && rule->related
                   ? arena_printf(c->arena, "%s_%s", rule->kind->name, rule->related->kind->name)
                   : arena_printf(c->arena, "%s_%u", rule->kind->name, n + 1);
    }
}

static const char *group_name(Arena *a, const TControl *control)
{
    char *name = arena_printf(a, "%s_%s", control->framework_name, control->control->id.text);
    for (char *p = name; *p; p++)
        if (strchr("<>*%&:\\?.+/()[] ", *p))
            *p = '-';
    return name;
}

LoweredRequirement *lower_requirement(Program *p, const TRequirement *r, Symbol *symbol)
{
    Arena *a = p->compilation->arena;
    Groups groups = {0};
    bool failed = false, tested = requirement_info(p, symbol)->tested;
    for (uint32_t i = 0; i < r->blocks.len; i++) {
        const TBlock *block = r->blocks.items[i];
        uint32_t from = groups.len;
        for (uint32_t j = 0; j < block->rules.len; j++)
            add_part(a, &groups, from, r, block,
                     lower_part(p, r, block, block->rules.items[j], tested, &failed));
    }
    if (failed)
        return NULL;
    LoweredRequirement *lowered = ARENA_NEW(a, LoweredRequirement);
    lowered->symbol = symbol;
    for (uint32_t i = 0; i < r->effects.len; i++)
        vec_push(a, &lowered->effects, r->effects.items[i]);
    for (uint32_t i = 0; i < r->controls.len; i++)
        vec_push(a, &lowered->controls, group_name(a, &r->controls.items[i]));
    for (uint32_t i = 0; i < groups.len; i++) {
        const Group *g = &groups.items[i];
        Name suffix =
            groups.len == 1 ? NULL : suffix_of(p, lowered, g, is_audit_only(r, g->parts.items[0]));
        vec_push(a, &lowered->definitions, make_definition(p, r, g, suffix));
    }
    requirement_info(p, symbol)->lowered = lowered;
    return lowered;
}
