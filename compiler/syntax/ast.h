// ast.h - the tree of one source file, as written.
//
// Nothing here is resolved: names are names. Nodes live in the compilation's
// arena and are never changed after parsing. Every node has the span of its
// text; formatter and diagnostics read spellings back from there.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SYNTAX_AST_H
#define MOAT_SYNTAX_AST_H

#include "base/intern.h"
#include "base/str.h"
#include "base/vec.h"
#include "source/source.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Word { // an identifier, or an Azure path such as contentFilters[*].severity
    Name name;        // NULL where it was left out
    Span span;
} Word;

typedef struct Text { // a string literal, escapes decoded, valid UTF-8, no NUL inside
    Name text;        // NULL where it was left out
    Span span;        // with the quotes
} Text;

typedef VEC(Word) Words;
typedef VEC(Text) Texts;

typedef struct ModulePath { // contoso.network
    Words words;            // empty where it was left out
    Span span;
} ModulePath;

// --- expressions ---------------------------------------------------------------------------

typedef enum ExprKind {
    EXPR_ERROR, // something was wrong here and has been reported
    EXPR_STRING,
    EXPR_INT,
    EXPR_FLOAT,    // 1.2: digits are kept, 1.10 is not 1.1
    EXPR_VERSION,  // 1.2.3
    EXPR_DURATION, // 30 days
    EXPR_BOOL,
    EXPR_NULL,
    EXPR_NAME,
    EXPR_ALIAS,  // alias "Microsoft.X/y/z"
    EXPR_MEMBER, // a.b
    EXPR_INDEX,  // a[b]
    EXPR_CALL,   // f(a, b); the callee is an expression
    EXPR_LIST,
    EXPR_OBJECT,
    EXPR_NOT,
    EXPR_NEGATE, // -1
    EXPR_AND,    // two or more operands; an EXPR_AND as its first only where written in parentheses
    EXPR_OR,
    EXPR_IMPLIES,
    EXPR_COMPARE,
    EXPR_IS_SET,
    EXPR_IS_MISSING,
    EXPR_ARITHMETIC,
    EXPR_IF,
    EXPR_QUANTIFIER, // some/every/no x[, y] in A: P
    EXPR_COUNT,      // count(x in A: P), count(A)
} ExprKind;

typedef enum CompareOp {
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_NOT_IN,
    OP_LIKE,
    OP_NOT_LIKE,
    OP_MATCHES,
    OP_MATCHES_ANY_CASE,
    OP_CONTAINS,
    OP_HAS_KEY,
} CompareOp;

typedef enum ArithmeticOp { OP_ADD, OP_SUB, OP_MUL, OP_DIV } ArithmeticOp;
typedef enum Quantifier { QUANT_SOME, QUANT_EVERY, QUANT_NO } Quantifier;
typedef enum DurationUnit {
    UNIT_SECONDS,
    UNIT_MINUTES,
    UNIT_HOURS,
    UNIT_DAYS,
    UNIT_WEEKS
} DurationUnit;

typedef struct Expr Expr;
typedef VEC(Expr *) Exprs;

typedef struct Entry { // key = value of an object
    Word key;          // soft word or quoted; key.span keeps the quotes
    Expr *value;
} Entry;
typedef VEC(Entry) Entries;

typedef struct QuantifierExpr {
    Word first, second; // `every k, v in table`: second.name is NULL where there is one binder
    Expr *collection;
    Expr *body; // NULL for count(A)
} QuantifierExpr;

struct Expr {
    uint8_t kind;   // ExprKind
    uint8_t op;     // CompareOp, ArithmeticOp, Quantifier or DurationUnit
    uint16_t depth; // of the tree below, at most LIMIT_NESTING
    Span span;      // with the parentheses around it, if any
    union {
        Name text;      // STRING, FLOAT, VERSION (digits as written), NAME, ALIAS
        int64_t number; // INT, DURATION (count of `op` units)
        bool truth;     // BOOL
        struct {
            Expr *left, *right; // COMPARE, ARITHMETIC, IMPLIES, INDEX (right is the key)
        };
        struct {
            Expr *object; // MEMBER
            Word *member;
        };
        struct {
            Expr *callee; // CALL
            Exprs *arguments;
        };
        Expr *operand;    // NOT, NEGATE, IS_SET, IS_MISSING
        Exprs *operands;  // AND, OR, LIST
        Entries *entries; // OBJECT
        struct {
            Expr *condition; // IF
            Expr **branches; // then, else
        };
        QuantifierExpr *quantifier; // QUANTIFIER, COUNT
    };
};

// --- types as written ----------------------------------------------------------------------

typedef enum TypeExprKind { TYPEEXPR_NAME, TYPEEXPR_LIST, TYPEEXPR_FIELDS } TypeExprKind;

typedef struct TypeExpr TypeExpr;
typedef struct TypeField {
    Word name; // `string` alone in {string: T} makes a table
    TypeExpr *type;
} TypeField;

struct TypeExpr {
    TypeExprKind kind;
    Span span;
    ModulePath path;       // NAME: string, resource_id, rai_policy.contentFilters.severityThreshold
    Words arguments;       // NAME: resource_id(kind), duration(iso8601)
    TypeExpr *element;     // LIST
    VEC(TypeField) fields; // FIELDS
};

// --- declarations --------------------------------------------------------------------------

typedef enum DeclKind {
    DECL_USE,
    DECL_KIND,
    DECL_KINDS,
    DECL_FRAMEWORK,
    DECL_PARAM,
    DECL_LET,
    DECL_DEFINE,
    DECL_REQUIREMENT,
    DECL_INITIATIVE,
    DECL_PROJECT,
    DECL_ENVIRONMENT,
    DECL_ASSIGNMENT,
    DECL_EXEMPTION,
    DECL_TEST,
} DeclKind;

typedef struct UseDecl {
    ModulePath path;
    Words names;  // use frameworks (mcsb, gdpr): empty for the whole module
    Word as_name; // use a.b as c
} UseDecl;

typedef enum KindItemKind {
    KINDITEM_DEFAULT,
    KINDITEM_TYPE,
    KINDITEM_ORDER,
    KINDITEM_VERSIONS,
    KINDITEM_SINCE,
    KINDITEM_LET,
    KINDITEM_MODE,
    KINDITEM_API,
} KindItemKind;

typedef struct Spelling { // "TLS1_2" = 1.2
    Text text;
    Expr *value; // INT, FLOAT, VERSION or DURATION
} Spelling;
typedef VEC(Spelling) Spellings;

typedef struct KindItem {
    KindItemKind kind;
    Span span;
    Word path;           // DEFAULT, TYPE, ORDER, VERSIONS, SINCE: Azure path; LET: its name
    Expr *value;         // DEFAULT, LET
    TypeExpr *type;      // TYPE
    Texts texts;         // ORDER: weakest first
    Spellings spellings; // VERSIONS
    Text text;           // SINCE, MODE, API
} KindItem;

typedef struct KindDecl {
    Text resource_type; // kind word "Type"; absent for a refinement
    Word parent;        // kind word = parent where condition
    Expr *where;
    Word inline_parent; // inline virtual_network.subnets[*]: the kind …
    Word inline_path;   // … and subnets[*]
    VEC(KindItem) items;
} KindDecl;

typedef struct Control {
    Text id, title;
    Span span;
} Control;

typedef struct FrameworkDecl {
    VEC(Control) controls;
} FrameworkDecl;

typedef struct ParamDecl {
    TypeExpr *type;
    Expr *initial;    // NULL where there is none
    Text description; // may be absent
} ParamDecl;

typedef struct DefineDecl { // also `let`, which has no parameters
    Words parameters;
    Expr *body;
} DefineDecl;

typedef struct Admission { // what a cluster's admission controller runs
    Expr *address;         // at "https://…"; NULL for a file
    Text file;             // from "no-host-network.yaml"
    Expr *settings;        // OBJECT, may be NULL for a mutation
} Admission;

typedef enum RemedyOp {
    REMEDY_SET,
    REMEDY_ADD,
    REMEDY_REMOVE,
    REMEDY_DEPLOY,
    REMEDY_MUTATE,
} RemedyOp;

typedef struct Remedy {
    RemedyOp op;
    Expr *place;  // SET, ADD, REMOVE
    Expr *value;  // SET, ADD
    Expr *when;   // may be NULL
    Word kind;    // DEPLOY
    Expr *name;   // DEPLOY: a STRING or any expression
    Expr *object; // DEPLOY
    Word at;      // DEPLOY … at subscription in "westeurope"
    Text location;
    Admission *mutation; // MUTATE
    Texts roles;
} Remedy;

typedef struct Related {
    Word kind;
    Expr *name; // ["default"], may be NULL
    Word binder;
    Word at;         // at subscription, may be absent
    Expr *group;     // in "rg", may be NULL
    Expr *condition; // may be NULL
} Related;

typedef enum ClauseKind {
    CLAUSE_REQUIRE,
    CLAUSE_RELATED,
    CLAUSE_CONSTRAINT,
    CLAUSE_FORBID,
    CLAUSE_ATTEST,
    CLAUSE_JOIN,
    CLAUSE_MESSAGE,
    CLAUSE_DELAY,
    CLAUSE_CONFLICT,
    CLAUSE_REMEDY,
} ClauseKind;

typedef struct Clause {
    ClauseKind kind;
    Span span;
    union {
        Expr *condition;       // REQUIRE
        Related *related;      // RELATED
        Admission *constraint; // CONSTRAINT
        Expr *group;           // JOIN
        struct {
            Word action, cascade; // FORBID
        } forbid;
        struct {
            Text text, evidence;
            Expr *every; // DURATION or NULL
            Word state;  // before anybody attested, may be absent
        } attest;
        Text message; // MESSAGE
        struct {
            Expr *duration; // DELAY: one of the two
            Word word;
        } delay;
        Word conflict;  // CONFLICT
        Remedy *remedy; // REMEDY
    };
} Clause;

typedef struct ForBlock {
    Words kinds;
    Expr *where; // may be NULL
    VEC(Clause) clauses;
    Span span;
} ForBlock;

typedef struct SatisfiesItem {
    Word framework; // repeats the one before where left out
    Text control;
} SatisfiesItem;
typedef VEC(SatisfiesItem) SatisfiesItems;

typedef enum ReqItemKind {
    REQITEM_SEVERITY,
    REQITEM_SATISFIES,
    REQITEM_WHY,
    REQITEM_EFFECT,
    REQITEM_ID,
    REQITEM_MODE,
    REQITEM_VERSION,
    REQITEM_METADATA,
    REQITEM_FOR,
} ReqItemKind;

typedef struct ReqItem {
    ReqItemKind kind;
    Span span;
    Word word;                // SEVERITY
    SatisfiesItems satisfies; // SATISFIES
    Text text;                // WHY, ID, MODE, VERSION
    Words effects;            // EFFECT
    Expr *object;             // METADATA
    ForBlock *block;          // FOR
} ReqItem;

typedef struct RequirementDecl {
    VEC(ReqItem) items;
} RequirementDecl;

typedef enum InitItemKind {
    INITITEM_VERSION,
    INITITEM_CATEGORY,
    INITITEM_EXTEND,
    INITITEM_EXCLUDE,
    INITITEM_SET,
    INITITEM_INCLUDE,
} InitItemKind;

typedef struct InitItem {
    InitItemKind kind;
    Span span;
    Text text;       // VERSION, CATEGORY
    ModulePath path; // EXTEND, EXCLUDE, INCLUDE of a requirement, module or initiative
    Expr *place;     // SET
    Expr *value;
    Text builtin; // INCLUDE builtin "…"
    Word as_name; // INCLUDE … as name
    Expr *object; // INCLUDE … { … }, EXPR_OBJECT or NULL
} InitItem;

typedef struct InitiativeDecl {
    VEC(InitItem) items;
} InitiativeDecl;

typedef struct LevelItem { // warnings as errors; M3051 as note
    Word what, level;
} LevelItem;

typedef struct ProjectDecl {
    VEC(LevelItem) levels;
} ProjectDecl;

typedef enum EnvItemKind {
    ENVITEM_TENANT,
    ENVITEM_ROOT,
    ENVITEM_STORE,
    ENVITEM_CLOUD,
    ENVITEM_PROTECT,
    ENVITEM_API_VERSION,
} EnvItemKind;

typedef struct EnvItem {
    EnvItemKind kind;
    Span span;
    Word word;       // ROOT: management_group or subscription; CLOUD
    Text text;       // TENANT, ROOT, STORE, API_VERSION
    ModulePath path; // PROTECT initiative path
} EnvItem;

typedef struct EnvironmentDecl {
    VEC(EnvItem) items;
} EnvironmentDecl;

typedef enum AsgItemKind {
    ASGITEM_INITIATIVE,
    ASGITEM_ENVIRONMENT,
    ASGITEM_SCOPE,
    ASGITEM_EXCLUDE,
    ASGITEM_IDENTITY,
    ASGITEM_SET,
    ASGITEM_ENFORCEMENT,
    ASGITEM_MESSAGE,
    ASGITEM_ROLL_OUT_ONLY,
    ASGITEM_ROLL_OUT_OVERRIDE,
} AsgItemKind;

typedef struct AsgItem {
    AsgItemKind kind;
    Span span;
    ModulePath path; // INITIATIVE
    Word word;       // ENVIRONMENT, SCOPE, IDENTITY, ENFORCEMENT; OVERRIDE: `effect`
    Text text;       // SCOPE, EXCLUDE, MESSAGE; IDENTITY user "id"; OVERRIDE: the value
    Text location;   // IDENTITY … in "westeurope"
    Expr *place;     // SET
    Expr *value;
    Words names; // roll_out … for a, b
    Expr *where; // roll_out … where
} AsgItem;

typedef struct AssignmentDecl {
    VEC(AsgItem) items;
} AssignmentDecl;

typedef enum ExItemKind {
    EXITEM_ASSIGNMENT,
    EXITEM_FOR,
    EXITEM_SCOPE,
    EXITEM_CATEGORY,
    EXITEM_UNTIL,
    EXITEM_TICKET,
    EXITEM_REASON,
} ExItemKind;

typedef struct ExItem {
    ExItemKind kind;
    Span span;
    ModulePath path; // ASSIGNMENT
    Words names;     // FOR
    Expr *where;     // FOR … where
    Word word;       // SCOPE (optional), CATEGORY
    Text text;       // SCOPE, UNTIL, TICKET, REASON
} ExItem;

typedef struct ExemptionDecl {
    VEC(ExItem) items;
} ExemptionDecl;

typedef enum TestItemKind {
    TESTITEM_GIVEN,
    TESTITEM_GIVEN_FROM,
    TESTITEM_RELATED,
    TESTITEM_WITH,
    TESTITEM_EXPECT_VERDICT,
    TESTITEM_EXPECT_SETS,
    TESTITEM_EXPECT_DEPLOYS,
    TESTITEM_EXPECT_TABLE,
} TestItemKind;

typedef struct TestRow { // "TLS1_0": violated
    Span span;
    Expr *value; // NULL literal: the place is not there
    Word verdict;
} TestRow;
typedef VEC(TestRow) TestRows;

typedef struct TestItem {
    TestItemKind kind;
    Span span;
    Word word;    // GIVEN, RELATED, EXPECT_DEPLOYS: a kind; EXPECT_VERDICT: satisfied …
    Text file;    // GIVEN_FROM
    Expr *name;   // RELATED kind ["name"]
    Expr *object; // GIVEN, RELATED
    Expr *place;  // WITH, EXPECT_SETS, EXPECT_TABLE
    Expr *value;
    TestRows rows;   // EXPECT_TABLE
    ModulePath path; // EXPECT: a requirement
} TestItem;

typedef struct TestDecl {
    VEC(TestItem) items;
} TestDecl;

typedef struct Decl {
    DeclKind kind;
    Span span;  // the whole declaration
    Word name;  // absent for use, project and test
    Text title; // framework, requirement, initiative, project, assignment, exemption, test
    Str doc;    // the text of its /// comments, newline between lines
    union {
        UseDecl *use;
        KindDecl *kind_decl;
        Words *kinds;
        FrameworkDecl *framework;
        ParamDecl *param;
        DefineDecl *define; // LET, DEFINE
        RequirementDecl *requirement;
        InitiativeDecl *initiative;
        ProjectDecl *project;
        EnvironmentDecl *environment;
        AssignmentDecl *assignment;
        ExemptionDecl *exemption;
        TestDecl *test;
    };
} Decl;

typedef struct Comment {
    Span span;
    bool doc;      // ///
    bool trailing; // code stands before it on its line
} Comment;

typedef struct File {
    Source *source;
    VEC(Decl *) decls;     // in the order written; broken ones are left out
    VEC(Comment) comments; // in order, for the formatter
    bool broken;           // a syntax error was reported
} File;

#endif
