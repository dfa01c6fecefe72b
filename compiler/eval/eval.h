// eval.h - Azure Policy on the author's machine.
//
//     EvalPolicy *p = eval_prepare(&setup, definition, &binding);
//     eval_run(p, &input, scratch, &result);
//
// A policy is made ready once for its parameters; from then on it is not
// changed and threads may share it. A run uses memory of its scratch only and
// ends after a bounded number of steps. What cannot be evaluated is an error
// or unknown with its reason, never compliant.
//
// spec: evaluation
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_EVAL_H
#define MOAT_EVAL_EVAL_H

#include "diag/compilation.h"
#include "eval/aliases.h"
#include "eval/value.h"

// --- making ready ------------------------------------------------------------------------------

typedef struct EvalSetup {    // shared by many policies
    Compilation *compilation; // arena and diagnostics: M60xx at the spans of the policy
    const Catalog *catalog;   // types: which are `Indexed`; may be NULL
    const Aliases *aliases;   // NULL: fields are paths of the resource itself
    Semantics semantics;
} EvalSetup;

typedef struct EvalBinding { // how it is assigned; {0} is not at all
    const Data *parameters;  // object: name → value; NULL: defaults only
    const char *assignment_id, *definition_id, *set_id, *reference_id; // policy(); NULL: ""
    const char *effect;                                                // of an override, or NULL
} EvalBinding;

typedef struct EvalPolicy EvalPolicy;

// Never NULL. What is wrong with the policy (unknown fields and functions, a parameter's value
// that its declaration does not allow) is reported and makes every result an error, or
// notApplicable, as the service has it for unknown aliases. A parameter without a value, or
// one that is given but not declared, is the caller's: every result is an error that says so.
EvalPolicy *eval_prepare(const EvalSetup *setup, const PolicyDefinition *d, const EvalBinding *b);

// The parameters an initiative passes on: those given, checked, and the defaults of the others.
// False where something is wrong: reported.
bool eval_parameters(const EvalSetup *setup, const PolicyParameter *declared, uint32_t count,
                     const Data *given, Span span, Data *ret);
// A value whose expressions are over parameters alone; false: reported.
bool eval_value(const EvalSetup *setup, const Value *v, const Data *parameters, Data *ret);
// The same for one expression, in silence: false where it cannot be known.
bool eval_constant(const EvalSetup *setup, Arena *a, Arm *arm, const Data *parameters, Data *ret);

const PolicyDefinition *eval_definition(const EvalPolicy *p);
// The resource types its rule can hold for, where it says so by equality; 0: any.
uint32_t eval_types(const EvalPolicy *p, const char *const **ret_types);

// The type of related resources it asks for; NULL: none but the resource judged.
const char *eval_related_type(const EvalPolicy *p);

// --- the index: which policies to ask about a resource -------------------------------------------

typedef struct EvalIndex EvalIndex;
EvalIndex *eval_index(Arena *a, EvalPolicy *const *policies, uint32_t count);
// Numbers of the policies that may apply to a resource of that type, rising.
uint32_t eval_candidates(const EvalIndex *i, Str type, const uint32_t **ret_numbers);

// --- running -----------------------------------------------------------------------------------

typedef struct EvalRelatedQuery {
    const char *type;           // of the related resource
    const char *name;           // resolved `name`, or NULL
    const char *resource_group; // resolved, or NULL: the group of the resource judged
    bool subscription;          // existenceScope
    const Data *resource;       // the one judged
} EvalRelatedQuery;

// Gives the next related resource into *ret (NULL Data pointer is never given); false at the
// end. *at is the caller's cursor, 0 at the start. `unknown` is set where it cannot be known
// which there are: the state is unknown then.
typedef bool (*EvalRelated)(void *context, const EvalRelatedQuery *q, uint32_t *at,
                            const Data **ret, bool *unknown);

typedef struct EvalInput {
    const Data *resource;
    const char *api_version; // NULL: of requestContext, of the resource, else the newest
    const Data *request_context, *resource_group, *subscription; // objects or NULL
    bool scan;           // a compliance scan: requestContext().identity is not there
    bool verdict_only;   // nobody asks whether it is `uncertain`: faster
    const char *now;     // ISO 8601
    EvalRelated related; // NULL: none are known
    void *related_context;
} EvalInput;

typedef enum EvalState {
    STATE_COMPLIANT,
    STATE_NON_COMPLIANT,
    STATE_NOT_APPLICABLE,
    STATE_EXEMPT,
    STATE_PROTECTED, // denyAction covers it
    STATE_UNKNOWN,
    STATE_ERROR,
} EvalState;
const char *eval_state_text(EvalState s);    // "nonCompliant"
Semantics semantics_named(const char *word); // NULL or "recommended", "documented", "engine"

// One leaf that was looked at, in the order of evaluation.
typedef struct EvalStep {
    const Condition *condition;
    Truth truth;
    bool every;       // one of several values of a [*]
    uint32_t depth;   // counts around it
    uint32_t element; // number of the innermost element around it, 0: none; each its own
    Data actual;      // DATA_MISSING where there is none; of a count, the number
    Data expected;
    const char *path; // concrete: properties.rules[2].port; NULL for values
} EvalStep;

typedef struct EvalResult {
    EvalState state;
    bool matched;       // `if` is true
    const char *effect; // that acts, as the policy spells it; NULL: none does
    const char *error;  // reason of ERROR and UNKNOWN, or NULL
    Span error_span;
    Data details;   // by effect: see spec/evaluation.md; DATA_MISSING where there are none
    Data resource;  // after modify and append; DATA_MISSING where it is as before
    bool uncertain; // another Semantics would say something else
    const char *uncertain_reason;
    VEC(EvalStep) steps; // only with trace
} EvalResult;

typedef struct EvalScratch EvalScratch; // of one thread
EvalScratch *eval_scratch_new(void);
void eval_scratch_free(EvalScratch *s);
// Every leaf is evaluated and recorded, also where the result is clear without it.
void eval_scratch_trace(EvalScratch *s, bool on);

// The result lives until the next run with the same scratch.
void eval_run(const EvalPolicy *p, const EvalInput *in, EvalScratch *s, EvalResult *ret);
// The rule's `if` alone, for laws and coverage.
Truth eval_condition(const EvalPolicy *p, const EvalInput *in, EvalScratch *s, EvalResult *ret);

#endif
