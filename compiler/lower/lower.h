// lower.h - from the checked program to Azure Policy.
//
// Each law of emission (spec/lowering.md, L1 to L12) has its place in the code,
// marked with its number.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_LOWER_LOWER_H
#define MOAT_LOWER_LOWER_H

#include "policy/model.h"
#include "sema/sema.h"

// A requirement's definitions and how its parameters reach them.
typedef struct LoweredParameter {
    const ParamInfo *param; // NULL for the effect
    uint32_t index;         // in the definition's parameters
} LoweredParameter;

typedef struct LoweredDefinition {
    PolicyDefinition *definition;
    Name suffix;         // kind that tells it from the requirement's others; NULL for the only one
    bool audit_only;     // inline form of a kind with a remedy: audit or deny where the
                         // requirement's effect says modify
    const char *message; // or NULL
    Condition *applies;  // kinds and `where` alone; NULL but in programs made for tests
    VEC(const char *) types; // resource types it tests
    VEC(LoweredParameter) parameters;
} LoweredDefinition;

typedef struct LoweredRequirement {
    Symbol *symbol;
    VEC(Effect) effects;        // first is the default
    VEC(const char *) controls; // group names: "mcsb_NS-2"
    VEC(LoweredDefinition) definitions;
} LoweredRequirement;

// Lowers what sema_requirement made; the result lives in the compilation's arena,
// nothing of it in the scratch arena. NULL when it cannot be expressed (reported).
LoweredRequirement *lower_requirement(Program *p, const TRequirement *r, Symbol *symbol);

// Initiatives, assignments and exemptions from what was lowered (initiative.c,
// assignment.c, exemption.c), once there is no mistake left in the sources.
typedef struct Lowered {
    VEC(LoweredRequirement *) requirements;
    PolicySet set; // definitions in order of name
} Lowered;
void lower_initiatives(Program *p, Lowered *l);
void lower_assignments(Program *p, Lowered *l);
void lower_exemptions(Program *p, Lowered *l);

// A constant (literal, list, record) as a JSON value; NULL where it is not constant.
Value *lower_constant(Arena *a, const TExpr *e);
// A resource in the shape of Azure from constants in the language's property names; what is
// not constant is null.
Value *lower_resource(Program *p, const KindInfo *kind, const TExpr *object);

// Readable conditions with the same meaning: flattened groups, no double negation,
// exact complements, `in` for several `equals` of one field (simplify.c).
Condition *simplify(Arena *a, Condition *c);

// A name of at most `limit` characters Azure accepts: shortened names end in `-` and
// eight hex digits of the whole (names.c).
const char *policy_name(Arena *a, const char *full, size_t limit);

#endif
