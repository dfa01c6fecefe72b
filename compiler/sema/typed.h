// typed.h - the program after checking: what lower/ reads.
//
// A requirement is elaborated for each kind it is used on: names are resolved
// to Azure's aliases and parameters, `let`s and `define`s are put in place, a
// bare boolean property has become `== true`. One TRule is one requirement on
// one kind (or on the parent that holds the kind inline). Trees live in the
// arena they were elaborated in.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_TYPED_H
#define MOAT_SEMA_TYPED_H

#include "sema/types.h"
#include "syntax/ast.h"

typedef struct TExpr TExpr;
typedef VEC(TExpr *) TExprs;

// What a resource field is read from.
typedef enum Subject {
    SUBJECT_RESOURCE, // the resource the requirement is for
    SUBJECT_RELATED,  // the related resource of `require related`
} Subject;

// An element of an array or list that a quantifier, a count or an inline kind walks.
typedef enum BinderKind {
    BINDER_FIELD, // of an array of the resource
    BINDER_VALUE, // of a list: literal, parameter, function result
    BINDER_ENTRY, // of a table: a key and a value
} BinderKind;

typedef struct Binder Binder;
struct Binder {
    BinderKind kind;
    Subject subject;   // FIELD
    Name name;         // as written; for an inline kind its name
    Name second;       // ENTRY: name of the value
    const char *alias; // FIELD: "Microsoft.X/y/items[*]"
    Binder *parent;    // FIELD: the element whose array this is, or NULL
    TExpr *list;       // VALUE, ENTRY: what is walked
    const Type *type;  // of the element; ENTRY: of the value
    bool is_inline;    // stands for the kind itself, inside its parent
    Span span;
};

typedef struct FieldRef {
    const char *alias; // "Microsoft.X/y/a.b[*].c", or a resource field: name, kind, identity.type …
    const char *path;  // JSON path in the resource, e.g. properties.a.b[*].properties.c
    const char *shown; // as the author wrote it, for messages
    bool is_alias;     // false: one of Azure's field names
    uint32_t flags;    // ALIAS_… of catalog.h
    Subject subject;
    Binder *binder;    // innermost FIELD binder whose element it is in, or NULL
    TExpr *initial;    // what the service does where it is absent: a literal, or an IF of
                       // request.apiVersion over literals; NULL where nothing is declared
    const char *since; // first api-version that knows it, or NULL
} FieldRef;

typedef struct ParamInfo {
    Name name; // of the definition parameter
    const Type *type;
    TExpr *initial; // constant or NULL
    const char *description;
    const Decl *decl;
    struct Module *module;
    bool assign_permissions; // it names a resource that `remedy deploy` works on elsewhere
    uint32_t uses;
} ParamInfo;

typedef enum ScopeFact {
    FACT_RESOURCE_GROUP, // resourceGroup(): keys say what of it
    FACT_SUBSCRIPTION,   // subscription()
    FACT_REQUEST,        // requestContext(): apiVersion, identity claims
    FACT_POLICY,         // policy()
    FACT_NOW,            // utcNow()
} ScopeFact;

typedef enum Function { // functions.def: language name, ARM name, signature
    FUNCTION_NONE,
#define FUNCTION(id, text, arm, params, result) FUNCTION_##id,
#include "sema/functions.def"
#undef FUNCTION
} Function;

typedef enum TExprKind {
    TX_ERROR,
    TX_NULL,
    TX_BOOL,
    TX_INT,
    TX_FLOAT,    // text: digits as written
    TX_STRING,   // text; also datetime, cidr, location (normal form) … by its type
    TX_DURATION, // number: seconds
    TX_VERSION,  // text: digits as written, from FLOAT, INT or VERSION literals
    TX_LIST,
    TX_OBJECT,
    TX_FIELD,
    TX_TAG, // tags[key]; key is any text; op: Subject
    TX_PARAM,
    TX_ELEMENT, // the element of a VALUE binder; the value of an ENTRY binder
    TX_KEY,     // the key of an ENTRY binder
    TX_MEMBER,  // member of a record or object value: object.text
    TX_LOOKUP,  // table[key]: no entry is missing (an empty list on the right of `in`); the
                // table may be an object property of the resource: properties.tags["x"]
    TX_INDEX,   // list[number], from a function result or parameter
    TX_FACT,    // resource_group.tags["x"]: fact and keys as in Azure ("identity" for claims)
    TX_CALL,
    TX_NOT,
    TX_AND,
    TX_OR,
    TX_IMPLIES,
    TX_IF,
    TX_COMPARE, // op: CompareOp; a literal is never at the left, but of `in`, where the right
                // may be an array of the resource; `list contains x` has become `x in list`
    TX_IS_SET,
    TX_IS_MISSING,
    TX_ARITHMETIC, // op: ArithmeticOp, of ints
    TX_QUANTIFIER, // op: Quantifier
    TX_COUNT,      // how many elements hold
} TExprKind;

struct TExpr {
    uint8_t kind; // TExprKind
    uint8_t op;   // CompareOp, ArithmeticOp, Quantifier, ScopeFact
    uint16_t function;
    Span span;
    const Type *type;
    union {
        bool truth;
        int64_t number;   // INT, DURATION
        const char *text; // FLOAT, STRING, VERSION
        FieldRef *field;
        ParamInfo *param;
        Binder *binder; // ELEMENT, KEY
        TExpr *operand; // NOT, IS_SET, IS_MISSING, TAG (its key)
        struct {
            TExpr *left, *right; // COMPARE, ARITHMETIC, IMPLIES, LOOKUP and INDEX (key at right)
        };
        struct {
            TExpr *object; // MEMBER
            const char *member;
        };
        TExprs
            *operands; // AND, OR, LIST, CALL (arguments), FACT (keys), IF (condition, then, else)
        struct {
            TExprs *entry_values; // OBJECT
            Word *entry_keys;
        };
        struct {
            Binder *bound; // QUANTIFIER, COUNT
            TExpr *body;   // COUNT without condition: NULL
        };
    };
};

// --- requirements ----------------------------------------------------------------------------

typedef struct KindInfo KindInfo;

typedef enum RelatedScope { RELATED_DEFAULT, RELATED_SUBSCRIPTION, RELATED_GROUP } RelatedScope;

typedef struct TRelated {
    const KindInfo *kind;
    TExpr *name; // or NULL
    RelatedScope scope;
    TExpr *group;     // RELATED_GROUP
    TExpr *condition; // fields have SUBJECT_RELATED; NULL: existence is enough
    Span span;
} TRelated;

typedef struct TRemedy {
    RemedyOp op;
    TExpr *place;         // SET ADD REMOVE: TX_FIELD or TX_TAG
    TExpr *value;         // SET ADD
    TExpr *when;          // or NULL; uses request.apiVersion and parameters only
    const KindInfo *kind; // DEPLOY
    TExpr *name;
    TExpr *object; // TX_OBJECT in the language's property names
    bool at_subscription;
    const char *location;       // normal form, or NULL
    VEC(const char *) role_ids; // GUIDs
    Span span;
} TRemedy;

typedef struct TAdmission { // what a cluster's admission controller runs
    TExpr *address;         // of the template, a text; NULL for a file
    Str content;            // of the file
    TExpr *settings;        // TX_OBJECT in Azure's names
    Span span;
} TAdmission;

typedef struct TRule {
    const KindInfo *kind;  // as written in `for` (after `kinds` groups are opened)
    const char *type;      // resource type to test, Azure's spelling; NULL for "*"
    Binder *inline_binder; // set: this is the form inside the parent; `type` is the parent's
    TExprs where;          // refinements of the kind, then the block's `where`
    TExprs requires;       // each must hold
    TRelated *related;     // or NULL
    VEC(TRemedy *) remedies;
    TAdmission *admission; // of `require constraint` or `remedy mutate`, or NULL
    TExpr *group;          // that the resource joins, or NULL
    const char *conflict;  // audit, deny, disabled or NULL
    const char *delay;     // as in evaluationDelay, or NULL
    bool forbid_delete, cascade_set, cascade_deny;
    const char *attest, *evidence, *every; // manual; every: ISO 8601
    const char *state;                     // before anybody attested: Unknown, Compliant …
    const char *message;                   // or NULL
    Span span;                             // the block
} TRule;

typedef struct TBlock { // one `for`
    VEC(TRule *) rules;
    Span span;
} TBlock;

typedef enum Effect {
    EFFECT_AUDIT,
    EFFECT_DENY,
    EFFECT_DISABLED,
    EFFECT_APPEND,
    EFFECT_MODIFY,
    EFFECT_AUDIT_IF_NOT_EXISTS,
    EFFECT_DEPLOY_IF_NOT_EXISTS,
    EFFECT_DENY_ACTION,
    EFFECT_MANUAL,
    EFFECT_MUTATE,
    EFFECT_ADD_TO_NETWORK_GROUP,
    EFFECT_COUNT,
} Effect;
const char *effect_text(Effect e); // deployIfNotExists

typedef struct TControl {
    const Decl *framework;
    Name framework_name; // mcsb
    const Control *control;
} TControl;

typedef struct TRequirement {
    const Decl *decl;
    struct Module *module;
    Name severity;                         // informational low medium high critical, or NULL
    const char *why, *id, *mode, *version; // NULL where not said
    TExpr *metadata;                       // TX_OBJECT of constants, or NULL
    VEC(TControl) controls;
    VEC(Effect) effects; // the first is the default; one alone is fixed
    VEC(TBlock *) blocks;
} TRequirement;

#endif
