// requirement.h - what the files that check one requirement share.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_REQUIREMENT_H
#define MOAT_SEMA_REQUIREMENT_H

#include "sema/effect.h"

typedef struct KindUse { // a kind of a `for`, groups opened
    const KindInfo *kind;
    Span span;
} KindUse;
typedef VEC(KindUse) KindUses;

typedef struct RequirementCheck {
    Program *program;
    Module *module;
    Diags *diags;
    Arena *arena; // the typed tree's
    Elaborator *elaborator;
    TRequirement *result;
    KindUses kinds; // of the blocks before
    EffectFamily family;
    uint32_t effects; // EFFECT_BIT of each
    Span effect_span;
    bool effects_known; // without mistakes: clauses can be held against them
    bool failed;
} RequirementCheck;

// An error: the requirement cannot be lowered.
#define requirement_error(rc, ...) ((rc)->failed = true, diag_report((rc)->diags, __VA_ARGS__))

static inline bool has_effect(const RequirementCheck *rc, Effect e)
{
    return rc->effects & EFFECT_BIT(e);
}

typedef VEC(const Clause *) Clauses;

typedef struct BlockClauses { // a `for` by what is in it
    const ForBlock *block;
    Span head;                                                  // its kinds
    Clauses conditions, related, repairs, deployments;          // repairs: remedy set, add, remove
    const Clause *forbid, *attest, *message, *delay, *conflict; // or NULL
    const Clause *constraint, *mutation, *join;
} BlockClauses;

// clause.c: what is there, and whether the effects can do it.
void clauses_sort(RequirementCheck *rc, const ForBlock *block, BlockClauses *ret);
void clauses_check_effects(RequirementCheck *rc, const BlockClauses *c);
Name clause_delay(RequirementCheck *rc, const Clause *delay); // as in evaluationDelay

// block.c
TBlock *block_check(RequirementCheck *rc, const ForBlock *block);
const KindInfo *requirement_kind(RequirementCheck *rc, Word word); // NULL where unknown

// related.c
TRelated *related_check(RequirementCheck *rc, const KindInfo *kind, const Clause *clause);

// remedy.c, deployment.c
bool roles_check(RequirementCheck *rc, const Texts *roles, TRemedy *ret);
TRemedy *repair_check(RequirementCheck *rc, const TRule *rule, const Remedy *remedy, Span span);
void repairs_check_guards(RequirementCheck *rc, const TRule *rule);
TRemedy *deployment_check(RequirementCheck *rc, const TRule *rule, const Remedy *remedy, Span span);

// admission.c: NULL where it was wrong
TAdmission *admission_check(RequirementCheck *rc, const Admission *admission, bool mutation);

// lint.c: what would be accepted and never do what was meant
void rule_lint(RequirementCheck *rc, const TRule *rule);

// Facts about kinds.
bool kind_is_indexed(const KindInfo *kind); // has tags and a location: mode Indexed sees it
bool kind_is_type(const KindInfo *kind, const char *type);

#endif
