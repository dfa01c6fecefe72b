// sema.h - names, kinds, types: from trees to a checked program.
//
// sema_load finds the project, parses every module reached and resolves names;
// sema_check looks at every declaration but the bodies of requirements, which
// are elaborated one at a time into an arena of the caller's, so that a big
// project does not hold all typed trees at once. Mistakes are reported, never
// printed; what a reported mistake touches is skipped in silence.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_SEMA_H
#define MOAT_SEMA_SEMA_H

#include "base/io.h"
#include "base/map.h"
#include "catalog/catalog.h"
#include "diag/compilation.h"
#include "sema/typed.h"

typedef struct Module {
    Name path; // contoso.network
    Name last; // network
    File *file;
    bool is_stdlib;
    Map symbols;      // Name → Symbol *: declared here
    Map imported;     // Name → Import * (module.h): brought in by `use`
    struct Use *uses; // one for each `use`, in order (module.h)
    uint32_t use_count;
    struct Symbol *self; // SYMBOL_MODULE
    uint32_t mark;       // while cycles are searched
    struct Program *program;
} Module;

typedef enum SymbolKind {
    SYMBOL_MODULE, // `use a.b` makes b stand for the module
    SYMBOL_KIND,
    SYMBOL_KINDS,
    SYMBOL_FRAMEWORK,
    SYMBOL_PARAM,
    SYMBOL_LET,
    SYMBOL_DEFINE,
    SYMBOL_REQUIREMENT,
    SYMBOL_INITIATIVE,
    SYMBOL_ENVIRONMENT,
    SYMBOL_ASSIGNMENT,
    SYMBOL_EXEMPTION,
} SymbolKind;

typedef struct Symbol {
    SymbolKind kind;
    Name name;
    Module *module; // that declares it; for SYMBOL_MODULE the module itself
    Decl *decl;
    uint32_t uses;
    union { // made on first use
        KindInfo *kind_info;
        ParamInfo *param;
        struct RequirementInfo *requirement;
        struct InitiativeInfo *initiative;
        struct EnvironmentInfo *environment;
        struct AssignmentInfo *assignment;
        void *info;
    };
} Symbol;

struct KindInfo {
    Name name;
    Module *module;
    const Decl *decl;
    const KindInfo *parent;        // of a refinement; items of the parent hold too
    const char *type;              // Azure's spelling; NULL for "*"
    bool known_type;               // the catalogue has it
    CatalogType facts;             // if known_type
    const char *mode;              // fixed by the kind (data-plane modes, Indexed), or NULL
    const char *api;               // api-version for deployments, or NULL
    const KindInfo *inline_parent; // or NULL
    const char *inline_path;       // subnets[*]
    struct KindScope *scope;       // private to sema: items by path
};

// --- requirements, as others see them --------------------------------------------------------

typedef struct ParamUse {
    ParamInfo *param;
    bool walked; // a quantifier goes over its entries
} ParamUse;

typedef struct RequirementInfo {
    VEC(Effect) effects;                // as declared; the first is the default
    VEC(ParamUse) params;               // in order of use, once elaborated
    VEC(TControl) controls;             // the same
    bool elaborated;                    // without mistakes
    bool wanted;                        // by an initiative, or by a test where tests are run
    bool tested;                        // a test expects something of it, and tests are wanted
    struct LoweredRequirement *lowered; // what lower/ made of it, or NULL
} RequirementInfo;
RequirementInfo *requirement_info(struct Program *p, Symbol *requirement);
// Requirements of the library are elaborated only where something asks for them.
void requirement_want(struct Program *p, Symbol *requirement);

// --- deployment side, after checking ---------------------------------------------------------

typedef struct SetValue { // set place = value, and { name = value } of an include
    Name requirement;     // first word of the place; NULL for a bare parameter
    Name parameter;       // `effect`, or a parameter's name (a built-in's in Azure's spelling)
    const Expr *written;
    TExpr *value; // constant, or a parameter of the initiative; set by sema_check_values,
                  // NULL where it has mistakes
    Module *module;
    Span span; // of the place
} SetValue;

typedef struct IncludeInfo { // one member of an initiative, modules opened, extend followed
    Name reference;          // the `as` name or the requirement's
    Symbol *requirement;     // NULL for a built-in
    CatalogBuiltin *builtin; // NULL for a requirement
    VEC(SetValue) values;    // the last one of a name holds
    Span span;
} IncludeInfo;

typedef struct InitiativeInfo {
    const Decl *decl;
    Module *module;
    Name name;
    const char *title, *version, *category; // NULL where not said
    VEC(IncludeInfo *) includes;
    Map members;                 // the same by reference
    VEC(SetValue) values;        // bare `set`: of every member; the last one of a name holds
    VEC(ParamInfo *) parameters; // lifted: what members use and nobody sets, in order of use
    bool checked, broken;        // broken: has mistakes; not checked yet: being looked at
} InitiativeInfo;

IncludeInfo *initiative_member(struct Program *p, const InitiativeInfo *i,
                               Name reference); // or NULL
// The last value of that name, NULL where there is none.
const SetValue *value_find(const SetValue *values, uint32_t count, Name parameter);
// The effect in the spelling of the member, NULL where it does not have it.
const char *effect_of_member(const IncludeInfo *member, const char *text);

typedef struct EnvironmentInfo {
    const Decl *decl;
    Name name;
    const char *tenant, *store, *cloud, *api_version; // NULL where not said
    const char *root; // full id of the management group or subscription, or NULL
    VEC(InitiativeInfo *) protects;
} EnvironmentInfo;

typedef struct RollOut {
    bool without_location;   // `where location is missing`
    const char *effect;      // override: the value; NULL for `only`
    VEC(Name) references;    // `for` a, b: reference names (override); kinds' types for `only`
    VEC(const char *) types; // resource types, `only for`
    bool locations_negated;
    VEC(const char *) locations; // normal form, from `where location in [...]`
    Span span;
} RollOut;

typedef struct AssignmentInfo {
    const Decl *decl;
    Module *module;
    Name name;
    InitiativeInfo *initiative;
    EnvironmentInfo *environment; // or NULL
    const char *scope;            // full id
    VEC(const char *) excludes;
    const char *identity, *user_identity, *location;
    const char *enforcement; // Default or DoNotEnforce
    const char *message;
    VEC(SetValue) values;
    VEC(RollOut) roll_outs;
} AssignmentInfo;

typedef struct ExemptionInfo {
    const Decl *decl;
    Name name;
    AssignmentInfo *assignment;
    VEC(Name) references; // empty: all
    VEC(const char *) locations;
    bool locations_negated, without_location;
    const char *scope, *category, *until, *ticket, *reason;
} ExemptionInfo;

typedef struct Program {
    Compilation *compilation;
    const Catalog *catalog;
    const char *root;                  // folder
    Name project;                      // owner mark, NULL where there is no project declaration
    VEC(Module *) modules;             // in order of path, the project's own before the library's
    VEC(Symbol *) requirements;        // of the project's own modules, and those includes reach
    VEC(InitiativeInfo *) initiatives; // of the project's own modules
    VEC(EnvironmentInfo *) environments;
    VEC(AssignmentInfo *) assignments;
    VEC(ExemptionInfo *) exemptions;
    bool for_tests;        // what tests expect something of is elaborated too
    struct Loader *loader; // private to modules.c
    uint32_t suggestions;  // looked up so far (suggestion_is_due)
} Program;

typedef struct LoadOptions {
    const char *const *paths; // files and folders; none: the current folder
    size_t path_count;
    const char *stdlib_folder; // NULL: the library in the binary
    bool for_tests;            // see Program
} LoadOptions;

// NULL only when the world failed (status set). Texts of files not on disk can be
// given by `sema_load_text` (language server, tests): one module, no folder.
// The catalogue that a project brings (CATALOG_OVERLAY) is laid over `catalog`.
Program *sema_load(Compilation *c, Catalog *catalog, const LoadOptions *o, Status *st);
Program *sema_load_text(Compilation *c, const Catalog *catalog, const char *path, Str text);
void sema_check(Program *p); // everything but requirements' bodies

// Elaborates one requirement into `scratch`; NULL when it has mistakes.
TRequirement *sema_requirement(Program *p, Symbol *requirement, Arena *scratch);
// After all requirements: the values that initiatives, assignments and tests give to parameters.
void sema_check_values(Program *p);
// After all requirements: what was never used (imports, parameters, defines).
void sema_check_unused(Program *p);

// --dump=types: one requirement.
void typed_dump(Buf *out, const TRequirement *r);

// --- between the files of sema ---------------------------------------------------------------

KindInfo *kind_of_symbol(Program *p, Symbol *s);
ParamInfo *param_of_symbol(Program *p, Symbol *s);
// Finds what a word means in a module: own declarations, then imports. Reports nothing.
Symbol *module_lookup(Module *m, Name name);
// A dotted path: kind, module.member, stdlib module path. Reports an unknown one.
Symbol *module_resolve_path(Module *m, const ModulePath *path, const char *what);
Symbol *module_resolve_word(Module *m, Word word, SymbolKind wanted, const char *what);

// Elaborating expressions (expr.c): against one kind, in one arena.
typedef struct Elaborator Elaborator;
Elaborator *elaborator_new(Program *p, Module *m, Arena *arena);
// The kind whose properties bare words are; inline_binder as in TRule. NULL kind: constants only.
void elaborator_set_kind(Elaborator *e, const KindInfo *kind, Binder *inline_binder);
// The related resource's binder word, while its condition is elaborated; kind NULL ends it.
void elaborator_set_related(Elaborator *e, const KindInfo *kind, Name binder);
TExpr *elaborate(Elaborator *e, const Expr *x, const Type *expected); // expected: NULL for any
TExpr *elaborate_condition(Elaborator *e, const Expr *x);             // a bool
// A condition that must hold (`require`, `related … : P`): warns too where a missing
// value would satisfy it by accident.
TExpr *elaborate_require(Elaborator *e, const Expr *x);
TExpr *elaborate_constant(Elaborator *e, const Expr *x, const Type *expected);
// A property place of the current kind: remedy set/add/remove, expect sets.
TExpr *elaborate_place(Elaborator *e, const Expr *x);
// An object literal typed against a kind's properties (remedy deploy, tests).
TExpr *elaborate_body(Elaborator *e, const KindInfo *kind, const Expr *object);
// Conditions of the kind itself (refinements), outermost first.
void elaborate_refinements(Elaborator *e, TExprs *ret_where);
// The body that a row of a test's table adds to the resource given; NULL: its place is bad.
Expr *test_row_object(Arena *a, const Expr *place, Expr *value);
bool test_is_fact(Name word);                // of `given`: request, resource_group, subscription
bool elaborator_failed(const Elaborator *e); // something was reported since it was made
const Type *type_from_expr(Program *p, Module *m, const TypeExpr *t);

#endif
