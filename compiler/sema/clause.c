// clause.c - the clauses of a `for`, and whether the effects can do them.
//
// spec: requirements, clauses and effects. Each clause belongs to effects of one
// family, and some effects cannot be without a clause; both are said here, once
// for a block, before anything is elaborated for its kinds.
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "base/bug.h"
#include "sema/check.h"

static const char *const DELAY_WORDS[] = {"provisioning", "success", "failure", NULL};
static const char *const DELAY_TEXTS[] = {"AfterProvisioning", "AfterProvisioningSuccess",
                                          "AfterProvisioningFailure"};
enum { LONGEST_DELAY = 360 * 60 }; // seconds, the service's

static void take_once(RequirementCheck *rc, const Clause **slot, const Clause *c, const char *name)
{
    Span first = *slot ? (*slot)->span : (Span){0, 0};
    if (check_once(rc->program, &first, c->span, name))
        *slot = c;
    else
        rc->failed = true;
}

void clauses_sort(RequirementCheck *rc, const ForBlock *block, BlockClauses *ret)
{
    const Words *kinds = &block->kinds;
    *ret = (BlockClauses){.block = block, .head = block->span};
    if (kinds->len)
        ret->head = span_join(kinds->items[0].span, kinds->items[kinds->len - 1].span);
    for (uint32_t i = 0; i < block->clauses.len; i++) {
        const Clause *c = &block->clauses.items[i];
        switch (c->kind) {
        case CLAUSE_REQUIRE:
            vec_push(rc->arena, &ret->conditions, c);
            break;
        case CLAUSE_RELATED:
            vec_push(rc->arena, &ret->related, c);
            break;
        case CLAUSE_CONSTRAINT:
            take_once(rc, &ret->constraint, c, "require constraint");
            break;
        case CLAUSE_JOIN:
            take_once(rc, &ret->join, c, "join");
            break;
        case CLAUSE_FORBID:
            take_once(rc, &ret->forbid, c, "forbid");
            break;
        case CLAUSE_ATTEST:
            take_once(rc, &ret->attest, c, "attest");
            break;
        case CLAUSE_MESSAGE:
            take_once(rc, &ret->message, c, "message");
            break;
        case CLAUSE_DELAY:
            take_once(rc, &ret->delay, c, "delay");
            break;
        case CLAUSE_CONFLICT:
            take_once(rc, &ret->conflict, c, "conflict");
            break;
        case CLAUSE_REMEDY:
            if (c->remedy->op == REMEDY_MUTATE)
                take_once(rc, &ret->mutation, c, "remedy mutate");
            else if (c->remedy->op == REMEDY_DEPLOY)
                vec_push(rc->arena, &ret->deployments, c);
            else
                vec_push(rc->arena, &ret->repairs, c);
            break;
        }
    }
}

// A clause that none of the effects can do.
static void belongs_to(RequirementCheck *rc, const Clause *c, const char *clause,
                       const char *effects)
{
    Diag *d = requirement_error(rc, DIAG_CLAUSE_NEEDS_EFFECT, c->span, "`%s` needs the effect %s",
                                clause, effects);
    diag_label(rc->diags, d, rc->effect_span, "the effects are these");
}

static void all_belong_to(RequirementCheck *rc, const Clauses *list, const char *clause,
                          const char *effects)
{
    for (uint32_t i = 0; i < list->len; i++)
        belongs_to(rc, list->items[i], clause, effects);
}

// An effect that needs a clause which is not there.
static void lacks(RequirementCheck *rc, const BlockClauses *c, const char *effect,
                  const char *clause, const char *example)
{
    Diag *d = requirement_error(rc, DIAG_EFFECT_NEEDS_CLAUSE, c->head,
                                "the effect `%s` needs %s in this `for`", effect, clause);
    diag_label(rc->diags, d, rc->effect_span, "the effect is named here");
    diag_help(rc->diags, d, "write `%s`", example);
}

static void lacks_condition(RequirementCheck *rc, const BlockClauses *c)
{
    Diag *d = requirement_error(rc, DIAG_NOTHING_REQUIRED, c->head,
                                "this `for` requires nothing of its kinds");
    diag_help(rc->diags, d, "say what must hold: `require …`");
}

static void unused_remedies(RequirementCheck *rc, const Clauses *list, const char *effect)
{
    for (uint32_t i = 0; i < list->len; i++) {
        Diag *d = diag_report(rc->diags, DIAG_REMEDY_UNUSED, list->items[i]->span,
                              "the remedy is never used: no effect is `%s`", effect);
        diag_label(rc->diags, d, rc->effect_span, "the effects are these");
        diag_help(rc->diags, d, "add `%s` to the effects, or remove the remedy", effect);
    }
}

static bool any_roles(const Clauses *list)
{
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->items[i]->remedy->roles.len > 0)
            return true;
    }
    return false;
}

static void roles_required(RequirementCheck *rc, const Clauses *list, const char *effect)
{
    if (list->len == 0 || any_roles(list))
        return;
    Diag *d = requirement_error(rc, DIAG_ROLE_MISSING, list->items[0]->span,
                                "the effect `%s` needs a role for what it changes", effect);
    diag_help(rc->diags, d, "name the least role that may do it: `with role \"…\"`");
}

// `append` only ever sets, with the caller's own rights.
static void append_can_do(RequirementCheck *rc, const BlockClauses *c)
{
    for (uint32_t i = 0; i < c->repairs.len; i++) {
        const Clause *clause = c->repairs.items[i];
        const Remedy *r = clause->remedy;
        if (r->op != REMEDY_SET)
            belongs_to(rc, clause, r->op == REMEDY_ADD ? "remedy add" : "remedy remove",
                       "`modify`");
        else if (r->when)
            belongs_to(rc, clause, "when", "`modify`");
        else if (r->roles.len > 0)
            belongs_to(rc, clause, "with role", "`modify`");
    }
}

static bool family_judges_nothing(EffectFamily f)
{
    return f == FAMILY_MANUAL || f == FAMILY_ADMISSION || f == FAMILY_NETWORK;
}

// Clauses of another family than the effects'.
static void misplaced_clauses(RequirementCheck *rc, const BlockClauses *c)
{
    const char *const existence = "`auditIfNotExists` or `deployIfNotExists`";
    if (rc->family != FAMILY_EXISTENCE) {
        all_belong_to(rc, &c->related, "require related", existence);
        all_belong_to(rc, &c->deployments, "remedy deploy", "`deployIfNotExists`");
        if (c->delay)
            belongs_to(rc, c->delay, "delay", existence);
    }
    if (rc->family != FAMILY_REQUEST)
        all_belong_to(rc, &c->repairs, "remedy set", "`modify`");
    if (c->conflict && !has_effect(rc, EFFECT_MODIFY))
        belongs_to(rc, c->conflict, "conflict", "`modify`");
    if (c->forbid && rc->family != FAMILY_DELETE)
        belongs_to(rc, c->forbid, "forbid", "`denyAction`");
    if (c->attest && rc->family != FAMILY_MANUAL)
        belongs_to(rc, c->attest, "attest", "`manual`");
    if (c->constraint && rc->family != FAMILY_REQUEST)
        belongs_to(rc, c->constraint, "require constraint", "`audit` or `deny`");
    if (c->mutation && rc->family != FAMILY_ADMISSION)
        belongs_to(rc, c->mutation, "remedy mutate", "`mutate`");
    else if (c->mutation && c->mutation->remedy->roles.len > 0)
        belongs_to(rc, c->mutation, "with role", "`modify` or `deployIfNotExists`");
    if (c->join && rc->family != FAMILY_NETWORK)
        belongs_to(rc, c->join, "join", "`addToNetworkGroup`");
    if (family_judges_nothing(rc->family))
        all_belong_to(rc, &c->conditions, "require", "`audit` or another that judges resources");
}

static void request_clauses(RequirementCheck *rc, const BlockClauses *c)
{
    if (c->constraint && c->conditions.len > 0) {
        Diag *d = requirement_error(rc, DIAG_MIXED_REQUIRE, c->conditions.items[0]->span,
                                    "a plain `require` cannot stand beside `require constraint`");
        diag_label(rc->diags, d, c->constraint->span, "the template alone judges what is created");
        diag_help(rc->diags, d, "write it as `where` of the `for`: it then picks clusters");
    }
    if (has_effect(rc, EFFECT_MODIFY)) {
        if (c->repairs.len == 0)
            lacks(rc, c, "modify", "a remedy", "remedy set property = value with role \"…\"");
        roles_required(rc, &c->repairs, "modify");
    } else if (has_effect(rc, EFFECT_APPEND)) {
        if (c->repairs.len == 0)
            lacks(rc, c, "append", "a remedy", "remedy set property = value");
        append_can_do(rc, c);
    } else {
        unused_remedies(rc, &c->repairs, "modify");
    }
}

static void existence_clauses(RequirementCheck *rc, const BlockClauses *c)
{
    if (c->conditions.len > 0 && c->related.len > 0) {
        Diag *d = requirement_error(rc, DIAG_MIXED_REQUIRE, c->conditions.items[0]->span,
                                    "a plain `require` cannot stand beside `require related`");
        diag_label(rc->diags, d, c->related.items[0]->span, "Azure asks for this resource only");
        diag_help(rc->diags, d, "write it in a requirement of its own, or as `where` of the `for`");
    }
    if (has_effect(rc, EFFECT_DEPLOY_IF_NOT_EXISTS)) {
        if (c->deployments.len == 0)
            lacks(rc, c, "deployIfNotExists", "a deployment",
                  "remedy deploy kind \"name\" { … } with role \"…\"");
        roles_required(rc, &c->deployments, "deployIfNotExists");
    } else {
        unused_remedies(rc, &c->deployments, "deployIfNotExists");
    }
}

void clauses_check_effects(RequirementCheck *rc, const BlockClauses *c)
{
    bool judges = rc->family != FAMILY_DELETE && !family_judges_nothing(rc->family);
    if (!rc->effects_known)
        return;
    if (judges && c->conditions.len == 0 && c->related.len == 0 && !c->constraint)
        lacks_condition(rc, c);
    if (rc->family != FAMILY_NONE)
        misplaced_clauses(rc, c);
    switch (rc->family) {
    case FAMILY_NONE:
        return;
    case FAMILY_REQUEST:
        request_clauses(rc, c);
        return;
    case FAMILY_EXISTENCE:
        existence_clauses(rc, c);
        return;
    case FAMILY_DELETE:
        if (!c->forbid)
            lacks(rc, c, "denyAction", "the action to refuse", "forbid delete");
        return;
    case FAMILY_MANUAL:
        if (!c->attest)
            lacks(rc, c, "manual", "what is attested", "attest \"Releases need two reviewers\"");
        return;
    case FAMILY_ADMISSION:
        if (!c->mutation)
            lacks(rc, c, "mutate", "a mutation", "remedy mutate at \"https://…/mutation.yaml\"");
        return;
    case FAMILY_NETWORK:
        if (!c->join)
            lacks(rc, c, "addToNetworkGroup", "the group to join", "join network_group");
        return;
    }
    BUG("no such family");
}

Name clause_delay(RequirementCheck *rc, const Clause *delay)
{
    Word word = delay->delay.word;
    if (word.name) {
        size_t at = check_choice(rc->program, word, "a moment to wait for", DELAY_WORDS);
        if (at == CHOICE_NONE)
            rc->failed = true;
        return at == CHOICE_NONE ? NULL
                                 : intern_str(rc->program->compilation->names, DELAY_TEXTS[at]);
    }
    const Expr *duration = delay->delay.duration;
    int64_t seconds = 0;
    if (duration->kind != EXPR_DURATION)
        return NULL; // reported by the parser
    if (duration_seconds(duration, &seconds) && seconds <= LONGEST_DELAY)
        return duration_iso8601(rc->program, seconds);
    Diag *d = requirement_error(rc, DIAG_DELAY_TOO_LONG, duration->span,
                                "a delay is at most 360 minutes");
    diag_help(rc->diags, d, "write `delay success` to wait for the resource to be made");
    return NULL;
}
