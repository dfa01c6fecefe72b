// assess.h - policies as they are assigned, against resources.
//
// What is assessed is the outermost layer a set holds: assignments, else
// initiatives, else definitions. An assignment counts for the resources in its
// scope that no notScope, selector or exemption takes out; overrides change the
// effect of its members.
//
// spec: evaluation, assignments
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_ASSESS_ASSESS_H
#define MOAT_ASSESS_ASSESS_H

#include "eval/eval.h"

typedef struct AssessSetup {
    EvalSetup eval;
    const Data *parameters; // object: name → value, or name → {"value": …}; NULL: defaults
    const Data *policy;     // what policy() says where no assignment does: object or NULL
    const Data *management_groups; // names of those above the resources; NULL: not known
    const char *now;               // ISO 8601: exemptions end
} AssessSetup;

typedef struct AssessOverride { // of an assignment: another effect for some resources
    const PolicyOverride *written;
    EvalPolicy *policy;
} AssessOverride;

typedef struct AssessPolicy { // one policy, bound: what a line of the result is about
    const char *name;         // of the definition, the built-in's id where it is not at hand
    const char *title;        // or NULL
    const PolicyDefinition *definition; // NULL: a built-in policy that is not at hand
    const PolicyInitiative *initiative; // or NULL
    const InitiativeMember *member;     // of the initiative
    const PolicyAssignment *assignment; // or NULL
    const char *reference_id;           // NULL outside initiatives
    EvalPolicy *policy;                 // NULL where there is no definition, or it is broken
    const char *broken;                 // why it cannot be judged by; reported; or NULL
    uint32_t type_count;                // then: resource types it asks about, 0: not known
    const char *const *types;
    VEC(AssessOverride) overrides; // the first whose selectors match holds
} AssessPolicy;

typedef struct Estate Estate;

// Parameters that do not fit, members that are not at hand: reported.
Estate *estate_new(const AssessSetup *setup, const PolicySet *set);
uint32_t estate_count(const Estate *e);
const AssessPolicy *estate_policy(const Estate *e, uint32_t number);
bool assessed_is_enforced(const AssessPolicy *p); // enforcementMode is not DoNotEnforce
// Types of related resources its policies ask for, without case each once.
uint32_t estate_related_types(const Estate *e, const char *const **ret_types);

typedef struct Assessment {
    uint32_t number;                  // of the policy
    const EvalPolicy *judged;         // with the override that held; NULL: not at hand
    const PolicyExemption *exemption; // why it is EXEMPT
    EvalResult result;
} Assessment;

typedef void (*AssessTake)(void *context, const Assessment *a);
// Every policy that may concern the resource, in order; an Assessment lives until `take`
// returns. With `all` also those whose type tests or assignments rule it out, as not applicable.
// Returns how many were evaluated.
uint32_t estate_assess(const Estate *e, const EvalInput *in, EvalScratch *s, bool all,
                       AssessTake take, void *context);

// --- resources -------------------------------------------------------------------------------------

// A resource in any shape found in practice becomes one as Azure answers: `type` from its id,
// Resource Graph rows (`resourceGroup`, `subscriptionId`, lower-case types) as they are. NULL and
// *error where it is none.
const Data *resource_read(Arena *a, const Data *d, const char **ret_error);

// The resources of an ARM template, children too, with what its parameters (given, else their
// defaults) and variables say put in place. What only a deployment knows stays the text of its
// expression: a verdict that may rest on one is no verdict.
bool resource_is_template(const Data *d);
uint32_t resource_of_template(const EvalSetup *setup, Arena *a, const Data *template,
                              const Data *given, const Data *const **ret);
// What a verdict (of a run with trace) may rest on that only a deployment knows; NULL: nothing.
const char *resource_unknown(Arena *a, const Data *resource, const EvalPolicy *judged,
                             const EvalResult *result);

#endif
