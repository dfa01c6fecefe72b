// model.h - Azure Policy as data: the waist of the compiler.
//
// Definitions, initiatives, assignments and exemptions as the service knows
// them, with rule conditions, effect details and ARM template expressions as
// trees. It knows no moat syntax; each node keeps the span it came from, so
// that a complaint about the JSON can be shown at the source line. Nodes live
// in an arena and are not changed once built, except by simplify.
//
// Shapes: Azure Policy definition structure; see spec/backends/azure-policy.md.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_MODEL_H
#define MOAT_POLICY_MODEL_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/source.h"

#include <stdbool.h>
#include <stdint.h>

// --- ARM template expressions: what stands between [ and ] ----------------------------------

typedef enum ArmKind {
    ARM_STRING, // 'text', quotes doubled when printed
    ARM_INT,
    ARM_FLOAT,  // digits as written; ARM itself has none
    ARM_CALL,   // name(args…)
    ARM_MEMBER, // of.name
    ARM_INDEX,  // of[index]
} ArmKind;

typedef struct Arm Arm;
struct Arm {
    ArmKind kind;
    uint32_t count; // CALL
    union {
        int64_t number;
        const char *text; // STRING, FLOAT
        struct {
            const char *name; // CALL, MEMBER
            union {
                Arm **args; // CALL
                Arm *of;    // MEMBER
            };
        };
        struct {
            Arm *indexed, *index; // INDEX
        };
    };
};

// --- JSON values that may hold expressions ---------------------------------------------------

typedef enum ValueKind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_FLOAT,  // digits as written
    VALUE_STRING, // a literal: the writer escapes a text that would read as an expression
    VALUE_ARM,
    VALUE_ARRAY,
    VALUE_OBJECT,
} ValueKind;

typedef struct Value Value;
typedef struct Member {
    const char *name;
    Value *value;
} Member;
// What was read and the model has no place for, as it stood there; also what says nothing, as
// `"parameters": {}` or `"version": null`. Its texts are no expressions. Written behind the rest.
typedef VEC(Member) MemberList;

struct Value {
    ValueKind kind;
    Span span;
    union {
        bool truth;
        int64_t number;
        const char *text; // FLOAT, STRING
        struct {
            Arm *arm;
            const char *written; // as it was read, without the brackets; NULL: print the tree
        };
        VEC(Value *) items;
        MemberList members; // in the order written; names unique
    };
};

// --- conditions ------------------------------------------------------------------------------

typedef enum Operator { // spelled as in Azure by operator_text()
    OPERATOR_EQUALS,
    OPERATOR_NOT_EQUALS,
    OPERATOR_LIKE,
    OPERATOR_NOT_LIKE,
    OPERATOR_MATCH,
    OPERATOR_MATCH_INSENSITIVELY,
    OPERATOR_NOT_MATCH,
    OPERATOR_NOT_MATCH_INSENSITIVELY,
    OPERATOR_CONTAINS,
    OPERATOR_NOT_CONTAINS,
    OPERATOR_IN,
    OPERATOR_NOT_IN,
    OPERATOR_CONTAINS_KEY,
    OPERATOR_NOT_CONTAINS_KEY,
    OPERATOR_LESS,
    OPERATOR_LESS_OR_EQUALS,
    OPERATOR_GREATER,
    OPERATOR_GREATER_OR_EQUALS,
    OPERATOR_EXISTS,
} Operator;

typedef enum ConditionKind {
    CONDITION_ALL_OF, // none: true
    CONDITION_ANY_OF, // none: false
    CONDITION_NOT,
    CONDITION_FIELD,       // "field": left
    CONDITION_VALUE,       // "value": left
    CONDITION_COUNT_FIELD, // "count": {"field": left, "where"}
    CONDITION_COUNT_VALUE, // "count": {"value": left, "name", "where"}
} ConditionKind;

typedef struct Condition Condition;
struct Condition {
    ConditionKind kind;
    Operator op; // of the four leaves
    Span span;
    union {
        VEC(Condition *) children; // ALL_OF, ANY_OF
        Condition *child;          // NOT
        struct {
            Value *left, *right;
            Condition *where; // counts; may be NULL
            const char *name; // COUNT_VALUE; NULL where there is none
        };
    };
};

// --- definitions -----------------------------------------------------------------------------

typedef struct PolicyParameter {
    const char *name;
    const char *type; // String Array Object Boolean Integer Float DateTime, in any case
    const char *display_name, *description, *strong_type; // NULL where there is none
    bool assign_permissions;
    Value *allowed; // array or NULL
    Value *initial; // defaultValue or NULL
    Value *schema;  // Object only, or NULL
    MemberList extra, metadata_extra;
    Span span;
} PolicyParameter;
typedef VEC(PolicyParameter) PolicyParameters;

typedef struct Operation { // of modify
    const char *operation; // addOrReplace, add, remove
    Value *field;          // string or expression
    Value *value;          // NULL for remove
    Value *condition;      // or NULL
    MemberList extra;
    Span span;
} Operation;

typedef struct AppendField {
    Value *field;
    Value *value;
    MemberList extra;
    Span span;
} AppendField;

typedef enum DetailsKind {
    DETAILS_NONE,
    DETAILS_APPEND,
    DETAILS_MODIFY,
    DETAILS_IF_NOT_EXISTS, // auditIfNotExists and deployIfNotExists
    DETAILS_DENY_ACTION,
    DETAILS_MANUAL,
    DETAILS_OTHER, // data-plane modes: an object passed through
} DetailsKind;

typedef struct Details {
    DetailsKind kind;
    VEC(AppendField) append;
    VEC(const char *) role_ids; // /providers/Microsoft.Authorization/roleDefinitions/<guid>
    const char *conflict_effect;
    VEC(Operation) operations;
    const char *type; // of the related resource
    Value *name, *resource_group;
    const char *existence_scope;  // NULL: resource group
    const char *evaluation_delay; // AfterProvisioning… or ISO 8601, or NULL
    Condition *existence;         // or NULL
    const char *deployment_scope; // NULL: resource group
    Value *deployment;            // object or NULL; its template's texts are as ARM reads them
    Value *actions;               // denyAction: actionNames; NULL: delete
    Value *cascade;               // denyAction: cascadeBehaviors.resourceGroup, or NULL
    const char *default_state;    // manual
    Value *other;
    MemberList extra;
} Details;

typedef struct PolicyDefinition {
    const char *name; // of the resource, at most 64 characters; NULL: not said
    const char *id;   // of the resource, where it was read
    const char *display_name, *description;
    const char *policy_type;    // NULL: Custom
    const char *mode, *version; // mode in any case; NULL: Indexed
    Value *metadata;            // object
    PolicyParameters parameters;
    bool bare;            // a rule alone, and written so; its parameters are not declared
    Condition *condition; // `if`
    Value *effect;        // string, or [parameters('effect')]
    Details details;
    Value *external;     // externalEvaluationEnforcementSettings, or NULL
    MemberList envelope; // beside `properties`: id, name, type, systemData …
    MemberList extra;    // in `properties`: versions …
    MemberList rule_extra, then_extra;
    Span span; // the requirement
} PolicyDefinition;

// --- initiatives -----------------------------------------------------------------------------

typedef struct PolicyArgument {
    const char *name;
    Value *value;
    MemberList extra;
    Span span;
} PolicyArgument;
typedef VEC(PolicyArgument) PolicyArguments;

typedef struct InitiativeMember {
    const PolicyDefinition *definition; // own definition; its id follows from the root scope
    const char *builtin;                // or the GUID of a built-in
    const char *id;                     // or a full id, as it was read
    const char *reference_id;
    const char *definition_version; // or NULL
    PolicyArguments arguments;
    VEC(const char *) groups;
    MemberList extra;
    Span span;
} InitiativeMember;

typedef struct InitiativeGroup {
    const char *name, *display_name, *category, *description, *additional_metadata_id;
    MemberList extra;
} InitiativeGroup;

typedef struct PolicyInitiative {
    const char *name, *id, *display_name, *description, *version;
    const char *policy_type; // NULL: Custom
    Value *metadata;
    PolicyParameters parameters;
    VEC(InitiativeMember) members;
    VEC(InitiativeGroup) groups;
    MemberList envelope, extra;
    Span span;
} PolicyInitiative;

// --- assignments and exemptions --------------------------------------------------------------

typedef struct Selector {
    const char
        *kind; // resourceLocation resourceType resourceWithoutLocation policyDefinitionReferenceId
    bool negated; // notIn
    VEC(const char *) values;
    MemberList extra;
} Selector;
typedef VEC(Selector) Selectors;

typedef struct ResourceSelector {
    const char *name;
    Selectors selectors;
    MemberList extra;
    Span span;
} ResourceSelector;
typedef VEC(ResourceSelector) ResourceSelectors;

typedef struct PolicyOverride {
    const char *kind, *value; // policyEffect
    Selectors selectors;
    MemberList extra;
    Span span;
} PolicyOverride;

typedef struct NonComplianceMessage {
    const char *message, *reference_id; // NULL for the default one
    MemberList extra;
} NonComplianceMessage;

typedef struct PolicyAssignment {
    const char *name, *id, *display_name, *description;
    const char *scope;         // full id
    const char *location;      // or NULL
    const char *identity;      // SystemAssigned, UserAssigned or NULL
    const char *user_identity; // its id
    const char *definition_id; // full id of the initiative or definition
    const char *definition_version;
    const char *enforcement; // Default, DoNotEnforce
    Value *metadata;
    VEC(const char *) not_scopes;
    PolicyArguments arguments;
    VEC(NonComplianceMessage) messages;
    ResourceSelectors selectors;
    VEC(PolicyOverride) overrides;
    MemberList envelope, extra, identity_extra;
    Span span;
} PolicyAssignment;

typedef struct PolicyExemption {
    const char *name, *id, *display_name, *description;
    const char *scope;
    const char *assignment_id;
    const char *category;   // Waiver, Mitigated
    const char *expires_on; // or NULL
    VEC(const char *) reference_ids;
    ResourceSelectors selectors;
    Value *metadata;
    MemberList envelope, extra;
    Span span;
} PolicyExemption;

typedef struct PolicySet { // everything one build makes
    VEC(PolicyDefinition *) definitions;
    VEC(PolicyInitiative *) initiatives;
    VEC(PolicyAssignment *) assignments;
    VEC(PolicyExemption *) exemptions;
} PolicySet;

// --- building (build.c) ----------------------------------------------------------------------

Arm *arm_string(Arena *a, const char *text);
Arm *arm_int(Arena *a, int64_t n);
Arm *arm_float(Arena *a, const char *digits);
Arm *arm_call(Arena *a, const char *name, uint32_t count, ...); // count Arm *
Arm *arm_call_list(Arena *a, const char *name, Arm **args, uint32_t count);
Arm *arm_member(Arena *a, Arm *of, const char *name);
Arm *arm_index(Arena *a, Arm *of, Arm *index);

Value *value_null(Arena *a);
Value *value_bool(Arena *a, bool b);
Value *value_int(Arena *a, int64_t n);
Value *value_float(Arena *a, const char *digits);
Value *value_string(Arena *a, const char *text);
Value *value_arm(Arena *a, Arm *arm); // an ARM_STRING or ARM_INT alone becomes a literal
Value *value_expression(Arena *a, Arm *arm, const char *written); // whatever it is
Value *value_array(Arena *a);
Value *value_object(Arena *a);
void value_push(Arena *a, Value *array, Value *item);
void value_set(Arena *a, Value *object, const char *name, Value *value);

Condition *condition_leaf(Arena *a, ConditionKind kind, Value *left, Operator op, Value *right);
Condition *condition_field(Arena *a, const char *field, Operator op, Value *right);
Condition *condition_group(Arena *a, ConditionKind kind); // ALL_OF, ANY_OF, empty
void condition_push(Arena *a, Condition *group, Condition *child);
Condition *condition_not(Arena *a, Condition *child);

const char *operator_text(Operator op);
// The operator that is true exactly where `op` is false, for every value, missing
// and null included; false where there is none (less, greater …).
bool operator_complement(Operator op, Operator *ret);

bool arm_equal(const Arm *a, const Arm *b);
bool value_equal(const Value *a, const Value *b);
bool condition_equal(const Condition *a, const Condition *b);
bool details_equal(const Details *a, const Details *b);

#endif
