// internal.h - a policy made ready, and what a run of it carries.
//
// Conditions become nodes, values and expressions terms, names fields. What
// does not depend on the resource is computed once; what a Semantics decides is
// left to the run, so that the same program can be run with each of them.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_INTERNAL_H
#define MOAT_EVAL_INTERNAL_H

#include "eval/eval.h"

// --- fields ------------------------------------------------------------------------------------

typedef struct Segment { // of a path
    Str name;            // in Azure's spelling
    bool each;           // followed by [*]
} Segment;

typedef struct FieldPath { // where a field is in resources of one type
    Str type;              // names compare by pointer where they can; empty: of every type
    const char *const *versions;
    uint32_t version_count; // as in AliasPath
    uint32_t count;
    const Segment *segments;
    uint32_t slot;                 // 1 + the slot of the element it starts at; 0: the resource
    uint32_t from;                 // the first segment below that
    bool wraps;                    // the array being counted: of it, the element at hand
    const char *phrase, *variable; // as in AliasPath
    bool modifiable, known_modifiable;
    bool own; // the name itself: counts where the resource has its first part
} FieldPath;

typedef enum FieldKind {
    FIELD_UNKNOWN, // no such alias: the policy is not applicable
    FIELD_PATH,
    FIELD_TYPE,
    FIELD_NAME,
    FIELD_FULL_NAME,
} FieldKind;

typedef struct Field {
    FieldKind kind;
    const char *name;
    bool location; // compared without regard to its spelling
    bool each;     // [*] in its name: several values
    bool no_alias; // a path of the resource, where there should be an alias
    bool root;     // a member of every resource, which the engine finds below `properties` too
    uint32_t count;
    const FieldPath *paths;
} Field;

typedef struct Scope Scope;
struct Scope { // a count around a condition
    const Scope *outer;
    const char *name;   // of a count of values
    const Field *field; // of a count of fields, else NULL
    uint32_t slot;      // of its element; of a field, of the element of its first [*]
};

// --- terms -------------------------------------------------------------------------------------

typedef enum TermKind {
    TERM_DATA,
    TERM_CALL,          // a pure function of args
    TERM_IF,            // args: condition, then, else
    TERM_FIELD,         // of the resource judged
    TERM_FIELD_NAMED,   // its name is args[0]
    TERM_CURRENT,       // the element in a slot
    TERM_CURRENT_FIELD, // a field below an element
    TERM_CURRENT_NAMED, // its name is args[0]
    TERM_PARAMETER,     // its name is args[0]
    TERM_REQUEST_CONTEXT,
    TERM_RESOURCE_GROUP,
    TERM_SUBSCRIPTION,
    TERM_MEMBER, // args[0].name
    TERM_INDEX,  // args[0][args[1]]
    TERM_ARRAY,  // of args
    TERM_OBJECT, // names and args
} TermKind;

typedef struct Term Term;
struct Term {
    TermKind kind;
    uint32_t count;
    bool fails; // can
    union {
        Data data;
        struct {
            const Term *const *args;
            union {
                const PureFunction *function;
                const char *name;
                const Str *names; // OBJECT
                const Scope *scope;
            };
        };
        const Field *field;
        uint32_t slot;
    };
};

// --- conditions --------------------------------------------------------------------------------

typedef struct Node Node;
struct Node {
    ConditionKind kind;
    Operator op;
    uint32_t count;
    bool fails;   // can, so that it is asked although a sibling has decided
    bool narrows; // has a test of type, name or kind that decides whether the policy applies
    const Condition *source;
    union {
        const Node *const *children; // ALL_OF, ANY_OF; NOT: the one
        struct {
            const Field *field; // FIELD, COUNT_FIELD; NULL: `left` gives its name
            const Term *left, *right;
            const Data *normal; // `right` of a location, in its normal spelling; NULL: not constant
            const Node *where;
            const Scope *scope; // FIELD: around it; counts: their own
        };
    };
};

// --- policies ----------------------------------------------------------------------------------

typedef enum Effect {
    EFFECT_UNKNOWN, // none of Azure Policy's
    EFFECT_AUDIT,
    EFFECT_DENY,
    EFFECT_DISABLED,
    EFFECT_APPEND,
    EFFECT_MODIFY,
    EFFECT_AUDIT_IF_NOT_EXISTS,
    EFFECT_DEPLOY_IF_NOT_EXISTS,
    EFFECT_DENY_ACTION,
    EFFECT_MANUAL,
    EFFECT_OTHER, // of data-plane modes
} Effect;
Effect effect_named(Str name, const char **ret_spelling);

typedef enum ModeKind { MODE_ALL, MODE_INDEXED, MODE_KUBERNETES, MODE_DATA_PLANE } ModeKind;

typedef enum ChangeKind {
    CHANGE_ADD,
    CHANGE_ADD_OR_REPLACE,
    CHANGE_REMOVE,
    CHANGE_APPEND
} ChangeKind;

typedef struct Change { // an operation of modify, or a field of append
    ChangeKind kind;
    const char *operation;
    const Field *field; // NULL: `name` gives it
    const Term *name, *value, *condition;
    const Value *condition_source;
} Change;

struct EvalPolicy {
    const PolicyDefinition *definition;
    const Catalog *catalog;
    const Aliases *aliases;
    Semantics semantics;
    ModeKind mode;
    bool is_static, identity, location;         // which parts of the world its rule asks for
    bool narrow_type, narrow_name, narrow_kind; // tests that decide whether it applies
    const char *broken;                         // every result is an error, with this reason
    const char *unknown_alias;                  // what makes it inapplicable
    Span broken_span, unknown_span;
    Data parameters; // all that have a value
    const Node *condition, *existence;
    const Term *effect;
    uint32_t change_count;
    const Change *changes;
    bool relates_to_itself;
    const Term *related_name, *related_group, *deployment, *other, *actions, *cascade;
    uint32_t type_count;
    const char *const *types;
    const bool *types_lack; // tags or a location, by types
};

#define EVAL_SLOTS 64u // elements of counts around a condition

// --- making ready ------------------------------------------------------------------------------

typedef struct Prepare {
    const EvalSetup *setup;
    const EvalBinding *binding;
    Arena *arena;
    EvalPolicy *policy;
    const Scope *scope; // counts around
    uint32_t slots;     // taken by them
    bool related;       // in an existence condition: fields are those of another resource
    Span span;          // of the condition or value at hand
    ValueContext x;
    uint64_t fuel;
    bool tests_other; // a leaf other than type, name and kind
    bool tests_type, tests_name, tests_kind;
} Prepare;

// Makes every result of the policy an error, as its caller has it; prepare_refuse also reports.
void prepare_break(Prepare *p, Span span, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
Diag *prepare_refuse(Prepare *p, DiagCode code, Span span, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

void prepare_parameters(Prepare *p); // parameters.c
bool schema_check(Prepare *p, const Value *schema, const Data *value, const char *name); // schema.c
const Term *term_of_value(Prepare *p, const Value *v, uint32_t depth);                   // term.c
const Term *term_of_data(Arena *a, Data d);
void prepare_check_field(Prepare *p, const Field *f); // reports one that nobody knows
const Node *node_of_condition(Prepare *p, const Condition *c, uint32_t depth); // node.c
void prepare_effect(Prepare *p);                                               // details.c
void prepare_types(Prepare *p);                                                // index.c

// --- fields (field.c, document.c) --------------------------------------------------------------

// `related`: the counts of `scope` are not over the resource the field is of.
const Field *field_of_name(const Aliases *aliases, Arena *a, Str name, const Scope *scope);
uint32_t field_stars(const FieldPath *p, uint32_t before);
// "East US 2" is "eastus2"; of a list, its elements.
Data location_normal(Arena *a, const Data *d);

typedef struct Document { // a resource that is read
    const Data *root;
    Str type;
    const char *same; // a type of a path that was compared with it, and is it
} Document;

Document document_of(const Data *resource);
const FieldPath *document_path(Document *d, const Field *f, const char *api_version);
const Data *path_walk(const Data *at, const Segment *s, uint32_t count); // NULL: not there

// --- running -----------------------------------------------------------------------------------

struct EvalScratch {
    Arena *arena;
    Buf path; // of the value at hand, with trace
    bool trace;
};

typedef struct Run {
    const EvalPolicy *policy;
    const EvalInput *in;
    EvalResult *result;
    EvalScratch *scratch;
    ValueContext x;
    uint64_t fuel;
    Document judged;    // the resource of `if` and of field()
    Document *document; // what field conditions read: it, or a related one
    const char *api_version;
    bool trace;
    bool thorough; // what may fail is asked although a sibling has decided
    Span failed;
    uint32_t iterations;        // of the counts of values around, multiplied
    uint32_t counts;            // around
    uint32_t element, elements; // the one at hand, 0: none; so far
    const Data *slots[EVAL_SLOTS];
    const char *slot_paths[EVAL_SLOTS]; // with trace
} Run;

bool run_not_known(Run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool compute(Run *r, const Term *t, Data *ret);                   // compute.c
bool field_value(Run *r, Document *d, const Field *f, Data *ret); // its value as field() has it
bool plain_value(Run *r, Document *d, const Field *f, Data *ret); // of a field without [*]
Truth judge(Run *r, const Node *n);                               // judge.c
bool may_apply(Run *r, const Node *n, bool negated);              // applies.c
bool service_evaluates(Run *r, const char **ret_why_not);
bool type_lacks(const Catalog *catalog, Arena *a, Str type); // tags or a location
void act(Run *r, Effect effect);                             // act.c: the rule holds
void act_change(Run *r, Effect effect);                      // change.c: append, modify
void act_related(Run *r, Effect effect);
bool relates_to_itself(const EvalPolicy *p); // related.c

// --- data made (make.c) ------------------------------------------------------------------------

typedef struct Object {
    Arena *arena;
    VEC(DataMember) members;
} Object;
void object_put(Object *o, const char *name, Data value);        // as a part
void object_text(Object *o, const char *name, const char *text); // nothing where it is NULL
Data object_data(const Object *o);
Data data_texts(Arena *a, const char *const *texts, uint32_t count);
Data data_part(Data d); // of an array or object, where nothing is null
Data data_array(const Data *items, uint32_t count);
Data data_object(const DataMember *members, uint32_t count);

#endif
