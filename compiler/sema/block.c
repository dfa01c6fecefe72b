// block.c - one `for` of a requirement: a rule for each of its kinds.
//
// A kind that Azure also accepts inside its parent gives a second rule, on the
// parent; several `require related` give one rule each. spec: requirements.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "sema/check.h"
#include "sema/walk.h"

static const char *const CONFLICT_WORDS[] = {"audit", "deny", "disabled", NULL};
static const char *const FORBID_WORDS[] = {"delete", NULL};
static const char *const CASCADE_WORDS[] = {"allow", "deny", NULL};
static const char *const STATE_WORDS[] = {"unknown", "compliant", "noncompliant", NULL};
static const char *const STATE_TEXTS[] = {"Unknown", "Compliant", "NonCompliant"};

// Azure deletes these whatever a policy says.
static const char *const NEVER_GUARDED[] = {
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Authorization/denyAssignments",
    "Microsoft.Authorization/locks",
    "Microsoft.Blueprint/blueprintAssignments",
    "Microsoft.Resources/deploymentStacks",
    "Microsoft.Resources/subscriptions",
};

bool kind_is_type(const KindInfo *kind, const char *type)
{
    return kind->type && str_equal_nocase(str_of(kind->type), str_of(type));
}

bool kind_is_indexed(const KindInfo *kind)
{
    const CatalogType *t = &kind->facts;
    bool location = t->location == CATALOG_REQUIRED || t->location == CATALOG_OPTIONAL;
    bool tags = t->tags == CATALOG_REQUIRED || t->tags == CATALOG_OPTIONAL;
    if (kind->mode)
        return strcmp(kind->mode, "Indexed") == 0;
    return kind->known_type && location && tags && !(t->writable & SCOPE_EXTENSION);
}

// --- the kinds of a block ----------------------------------------------------------------------

static void add_kind(RequirementCheck *rc, const KindInfo *kind, Span place, KindUses *ret)
{
    for (uint32_t i = 0; i < ret->len; i++) {
        if (ret->items[i].kind != kind)
            continue;
        Diag *d =
            diag_report(rc->diags, DIAG_KIND_TWICE, place, "kind `%s` is listed twice", kind->name);
        diag_label(rc->diags, d, ret->items[i].span, "first listed here");
        return;
    }
    for (uint32_t i = 0; i < rc->kinds.len; i++) {
        if (rc->kinds.items[i].kind != kind)
            continue;
        Diag *d =
            requirement_error(rc, DIAG_KIND_IN_TWO_BLOCKS, place,
                              "kind `%s` has a `for` in this requirement already", kind->name);
        diag_label(rc->diags, d, rc->kinds.items[i].span, "here");
        diag_help(rc->diags, d, "put both in one `for`, or write two requirements");
        return;
    }
    KindUse use = {kind, place};
    vec_push(rc->arena, ret, use);
}

const KindInfo *requirement_kind(RequirementCheck *rc, Word word)
{
    Symbol *s = module_resolve_word(rc->module, word, SYMBOL_KIND, "kind");
    const KindInfo *kind = s ? kind_of_symbol(rc->program, s) : NULL;
    if (!kind)
        rc->failed = true;
    return kind;
}

// --- rules -------------------------------------------------------------------------------------

// Azure looks for one resource, and deploys beside one: both have a type.
static void check_type(RequirementCheck *rc, const BlockClauses *c, KindUse use)
{
    if (use.kind->type || rc->family != FAMILY_EXISTENCE)
        return;
    if (c->conditions.len > 0)
        requirement_error(rc, DIAG_TYPE_NEEDED, use.span,
                          "kind `%s` stands for every type, `auditIfNotExists` looks for one",
                          use.kind->name);
    else if (c->deployments.len > 0)
        requirement_error(rc, DIAG_TYPE_NEEDED, use.span,
                          "kind `%s` stands for every type, a deployment is made beside one",
                          use.kind->name);
}

static void check_mode(RequirementCheck *rc, KindUse use)
{
    if (rc->result->mode && strcmp(rc->result->mode, "Indexed") == 0 && use.kind->known_type &&
        !kind_is_indexed(use.kind)) {
        Diag *d = requirement_error(rc, DIAG_NEVER_EVALUATED, use.span,
                                    "the mode `Indexed` never looks at kind `%s`", use.kind->name);
        diag_note(rc->diags, d, "it looks only at types with tags and a location");
        diag_help(rc->diags, d, "leave `mode` out: the right one follows from the kinds");
    }
}

static const char *mode_of(const RequirementCheck *rc, const KindInfo *kind)
{
    return rc->result->mode ? rc->result->mode : kind->mode;
}

// The first of the effects that the mode lacks; false where it has them all.
static bool effect_lacking(const RequirementCheck *rc, const char *mode, Effect *ret)
{
    for (uint32_t i = 0; i < rc->result->effects.len; i++) {
        *ret = rc->result->effects.items[i];
        if (!(effects_of_mode(mode) & EFFECT_BIT(*ret)))
            return true;
    }
    return false;
}

static void check_mode_effects(RequirementCheck *rc, KindUse use)
{
    const char *mode = mode_of(rc, use.kind);
    Effect lacking;
    if (!effect_lacking(rc, mode, &lacking))
        return;
    Diag *d = requirement_error(rc, DIAG_EFFECT_OF_MODE, use.span,
                                "kind `%s` is of the mode `%s`, which has no effect `%s`",
                                use.kind->name, mode ? mode : "All", effect_text(lacking));
    diag_label(rc->diags, d, rc->effect_span, "the effects are these");
    if (lacking == EFFECT_MUTATE || lacking == EFFECT_ADD_TO_NETWORK_GROUP)
        diag_help(rc->diags, d, "take a kind of the mode `%s`",
                  lacking == EFFECT_MUTATE ? MODE_KUBERNETES : MODE_NETWORK);
    else
        diag_help(rc->diags, d, "write %s", effects_text(rc->arena, effects_of_mode(mode)));
}

// What enters a cluster is judged by a constraint, and a constraint judges nothing else.
static void check_constraint(RequirementCheck *rc, const BlockClauses *c, KindUse use)
{
    const char *mode = mode_of(rc, use.kind);
    bool cluster = mode && strcmp(mode, MODE_KUBERNETES) == 0;
    if (c->constraint && !cluster) {
        Diag *d = requirement_error(rc, DIAG_CONSTRAINT_OF_KUBERNETES, use.span,
                                    "kind `%s` has no constraints", use.kind->name);
        diag_label(rc->diags, d, c->constraint->span, "it judges what enters a cluster");
        diag_help(rc->diags, d, "take a kind of the mode `" MODE_KUBERNETES "`");
    } else if (cluster && c->conditions.len > 0 && !c->constraint) {
        Diag *d = requirement_error(rc, DIAG_CONSTRAINT_OF_KUBERNETES, c->conditions.items[0]->span,
                                    "what enters a cluster is judged by a constraint");
        diag_label(rc->diags, d, use.span, "kind `%s` is of the mode `%s`", use.kind->name, mode);
        diag_help(rc->diags, d, "write `require constraint at \"https://…/template.yaml\" { … }`");
    }
}

static void check_forbid(RequirementCheck *rc, const Clause *c, TRule *rule)
{
    Word action = c->forbid.action, cascade = c->forbid.cascade;
    if (check_choice(rc->program, action, "an action that can be refused", FORBID_WORDS) ==
        CHOICE_NONE) {
        rc->failed = true;
        return;
    }
    rule->forbid_delete = true;
    for (size_t i = 0; i < sizeof NEVER_GUARDED / sizeof NEVER_GUARDED[0]; i++) {
        if (kind_is_type(rule->kind, NEVER_GUARDED[i]))
            requirement_error(rc, DIAG_DELETE_NOT_GUARDED, action.span,
                              "Azure never refuses to delete a `%s`", NEVER_GUARDED[i]);
    }
    if (!cascade.name)
        return;
    size_t word = check_choice(rc->program, cascade, "what becomes of the group", CASCADE_WORDS);
    if (word == CHOICE_NONE) {
        rc->failed = true;
        return;
    }
    rule->cascade_set = true;
    rule->cascade_deny = strcmp(CASCADE_WORDS[word], "deny") == 0;
    if (!kind_is_indexed(rule->kind)) {
        Diag *d = diag_report(rc->diags, DIAG_CASCADE_IGNORED, cascade.span,
                              "`cascade` has no effect on kind `%s`", rule->kind->name);
        diag_note(rc->diags, d, "Azure honours it only for types with tags and a location");
    }
}

static void fill_attest(RequirementCheck *rc, const Clause *c, TRule *rule)
{
    const Expr *every = c->attest.every;
    int64_t seconds;
    rule->attest = c->attest.text.text;
    rule->evidence = c->attest.evidence.text;
    rule->state = STATE_TEXTS[0];
    if (every && every->kind == EXPR_DURATION && duration_seconds(every, &seconds))
        rule->every = duration_iso8601(rc->program, seconds);
    if (!c->attest.state.name)
        return;
    size_t word =
        check_choice(rc->program, c->attest.state, "a state before anybody attested", STATE_WORDS);
    if (word == CHOICE_NONE)
        rc->failed = true;
    else
        rule->state = STATE_TEXTS[word];
}

static void fill_clauses(RequirementCheck *rc, const BlockClauses *c, TRule *rule)
{
    if (c->message)
        rule->message = c->message->message.text;
    if (c->delay)
        rule->delay = clause_delay(rc, c->delay);
    if (c->conflict) {
        Word word = c->conflict->conflict;
        if (check_choice(rc->program, word, "an effect of a conflict", CONFLICT_WORDS) ==
            CHOICE_NONE)
            rc->failed = true;
        rule->conflict = word.name;
    }
    if (c->forbid)
        check_forbid(rc, c->forbid, rule);
    if (c->attest)
        fill_attest(rc, c->attest, rule);
}

static const Type *network_group_id(RequirementCheck *rc)
{
    Type *id = ARENA_NEW(rc->arena, Type);
    *id = (Type){.kind = TYPE_RESOURCE_ID};
    id->resource_type = intern_str(rc->program->compilation->names,
                                   "Microsoft.Network/networkManagers/networkGroups");
    return id;
}

// What the data plane's effects do, once the elaborator knows the kind.
static void fill_data_plane(RequirementCheck *rc, const BlockClauses *c, TRule *rule)
{
    if (c->constraint)
        rule->admission = admission_check(rc, c->constraint->constraint, false);
    else if (c->mutation)
        rule->admission = admission_check(rc, c->mutation->remedy->mutation, true);
    if (c->join)
        rule->group = elaborate(rc->elaborator, c->join->group, network_group_id(rc));
}

// What must hold, for the kind itself or (with a binder) for the form inside its parent.
static void fill_conditions(RequirementCheck *rc, const BlockClauses *c, TRule *rule)
{
    elaborator_set_kind(rc->elaborator, rule->kind, rule->inline_binder);
    elaborate_refinements(rc->elaborator, &rule->where);
    if (c->block->where)
        vec_push(rc->arena, &rule->where, elaborate_condition(rc->elaborator, c->block->where));
    for (uint32_t i = 0; i < c->conditions.len; i++) {
        const Expr *x = c->conditions.items[i]->condition;
        vec_push(rc->arena, &rule->requires,
                 rule->inline_binder ? elaborate_condition(rc->elaborator, x)
                                     : elaborate_require(rc->elaborator, x));
    }
}

static TRule *rule_copy(RequirementCheck *rc, const TRule *base)
{
    TRule *r = ARENA_NEW(rc->arena, TRule);
    *r = *base;
    return r;
}

// Each deployment goes to the related resource it makes; with one of them there is no choice.
static void share_deployments(RequirementCheck *rc, const BlockClauses *c, TRule **rules,
                              uint32_t count)
{
    for (uint32_t i = 0; i < c->deployments.len; i++) {
        const Clause *clause = c->deployments.items[i];
        TRemedy *made = deployment_check(rc, rules[0], clause->remedy, clause->span);
        uint32_t at = 0;
        while (made && count > 1 && at < count &&
               (!rules[at]->related || rules[at]->related->kind != made->kind))
            at++;
        if (made && at < count) {
            vec_push(rc->arena, &rules[at]->remedies, made);
        } else if (made) {
            Diag *d = requirement_error(rc, DIAG_DEPLOYS_ANOTHER_KIND, clause->remedy->kind.span,
                                        "no `require related` of this `for` asks for kind `%s`",
                                        made->kind->name);
            diag_help(rc->diags, d, "write one requirement for each related kind");
        }
    }
    for (uint32_t i = 0; count > 1 && has_effect(rc, EFFECT_DEPLOY_IF_NOT_EXISTS) && i < count;
         i++) {
        const TRelated *related = rules[i]->related;
        if (rules[i]->remedies.len == 0 && related)
            requirement_error(rc, DIAG_EFFECT_NEEDS_CLAUSE, related->span,
                              "nothing deploys the related kind `%s`", related->kind->name);
    }
}

// One rule for each related resource; a kind may be asked for once.
static void related_rules(RequirementCheck *rc, const BlockClauses *c, const TRule *base,
                          TBlock *block)
{
    VEC(TRule *) rules = {0};
    for (uint32_t i = 0; i < c->related.len; i++) {
        TRelated *related = related_check(rc, base->kind, c->related.items[i]);
        if (!related)
            continue;
        for (uint32_t k = 0; k < rules.len; k++) {
            if (rules.items[k]->related->kind != related->kind)
                continue;
            Diag *d =
                requirement_error(rc, DIAG_RELATED_TWICE, related->span,
                                  "the related kind `%s` is asked for twice", related->kind->name);
            diag_label(rc->diags, d, rules.items[k]->related->span, "first asked for here");
            diag_help(rc->diags, d, "join the conditions, or write two requirements");
        }
        TRule *rule = rule_copy(rc, base);
        rule->related = related;
        vec_push(rc->arena, &rules, rule);
    }
    if (rules.len == 0)
        return;
    share_deployments(rc, c, rules.items, rules.len);
    for (uint32_t i = 0; i < rules.len; i++) {
        rule_lint(rc, rules.items[i]);
        vec_push(rc->arena, &block->rules, rules.items[i]);
    }
}

static void plain_rule(RequirementCheck *rc, const BlockClauses *c, TRule *rule, TBlock *block)
{
    for (uint32_t i = 0; i < c->repairs.len; i++) {
        const Clause *clause = c->repairs.items[i];
        TRemedy *repair = repair_check(rc, rule, clause->remedy, clause->span);
        if (repair)
            vec_push(rc->arena, &rule->remedies, repair);
    }
    repairs_check_guards(rc, rule);
    share_deployments(rc, c, &rule, 1);
    rule_lint(rc, rule);
    vec_push(rc->arena, &block->rules, rule);
}

static const KindInfo *inline_form(const KindInfo *kind)
{
    while (kind && !kind->inline_parent)
        kind = kind->parent;
    return kind;
}

// The twin: the same conditions on the items inside the parent. Effects that judge what
// the service stored need none: there every item is a resource of its own.
static void inline_rule(RequirementCheck *rc, const BlockClauses *c, const TRule *child,
                        TBlock *block)
{
    const KindInfo *form = inline_form(child->kind);
    if (!form || c->conditions.len == 0 || rc->family != FAMILY_REQUEST)
        return;
    TRule *rule = rule_copy(rc, child);
    rule->type = form->inline_parent->type;
    rule->where.len = rule->where.cap = 0;
    rule->where.items = NULL;
    rule->requires = rule->where;
    rule->remedies.len = rule->remedies.cap = 0;
    rule->remedies.items = NULL;
    rule->conflict = NULL;
    Binder *b = ARENA_NEW(rc->arena, Binder);
    *b = (Binder){.kind = BINDER_FIELD,
                  .subject = SUBJECT_RESOURCE,
                  .name = child->kind->name,
                  .is_inline = true,
                  .span = child->span};
    const char *full = arena_printf(rc->arena, "%s/%s", rule->type, form->inline_path);
    CatalogAlias alias;
    b->alias = catalog_alias_named(rc->program->catalog, rc->arena, str_of(full), &alias)
                   ? alias.name
                   : full;
    rule->inline_binder = b;
    fill_conditions(rc, c, rule);
    rule_lint(rc, rule);
    vec_push(rc->arena, &block->rules, rule);
}

static void kind_rules(RequirementCheck *rc, const BlockClauses *c, KindUse use, TBlock *block)
{
    check_mode(rc, use);
    check_mode_effects(rc, use);
    check_constraint(rc, c, use);
    check_type(rc, c, use);
    TRule *rule = ARENA_NEW(rc->arena, TRule);
    rule->kind = use.kind;
    rule->type = use.kind->type;
    rule->span = c->block->span;
    fill_clauses(rc, c, rule);
    fill_conditions(rc, c, rule);
    fill_data_plane(rc, c, rule);
    if (c->related.len > 0)
        related_rules(rc, c, rule, block);
    else
        plain_rule(rc, c, rule, block);
    inline_rule(rc, c, rule, block);
}

TBlock *block_check(RequirementCheck *rc, const ForBlock *source)
{
    BlockClauses clauses;
    clauses_sort(rc, source, &clauses);
    clauses_check_effects(rc, &clauses);
    KindUses kinds = {0};
    for (uint32_t i = 0; i < source->kinds.len; i++) {
        Word word = source->kinds.items[i];
        KindList opened = {0};
        if (!kinds_open(rc->program, rc->module, word, rc->arena, &opened))
            rc->failed = true;
        for (uint32_t k = 0; k < opened.len; k++)
            add_kind(rc, opened.items[k], word.span, &kinds);
    }
    TBlock *block = ARENA_NEW(rc->arena, TBlock);
    block->span = source->span;
    for (uint32_t i = 0; i < kinds.len; i++) {
        kind_rules(rc, &clauses, kinds.items[i], block);
        vec_push(rc->arena, &rc->kinds, kinds.items[i]);
    }
    return block;
}
