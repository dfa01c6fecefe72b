// deploy.h - between the files that check what is published: initiatives,
// environments, assignments, exemptions, and tests.
//
// deploy_check looks at their shape; values for parameters wait until the
// requirements have been elaborated (sema_check_values).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_DEPLOY_H
#define MOAT_SEMA_DEPLOY_H

#include "sema/sema.h"

void deploy_check(Program *p); // part of sema_check

// Made on first use; never NULL. An initiative that is not `checked` is inside itself.
InitiativeInfo *initiative_of_symbol(Program *p, Symbol *s);
EnvironmentInfo *environment_of_symbol(Program *p, Symbol *s);
AssignmentInfo *assignment_of_symbol(Program *p, Symbol *s);
// The project's only environment; NULL where it has none or several.
Symbol *environment_only(const Program *p, bool *ret_several);
void environment_check_unique(Program *p, const EnvironmentInfo *env); // among those before
Symbol *environment_find(Program *p, Module *m, Word word);            // NULL, and reported
void exemption_check(Program *p, Symbol *s);
void test_check(Program *p, Module *m, const Decl *decl);
// test_given.c: `given request { … }`, and whether a requirement looks for a related resource.
void test_check_fact(Program *p, Elaborator *e, const TestItem *item);
bool requirement_asks_for(Program *p, const Symbol *requirement, const KindInfo *kind);

// The member of that name; another one is reported at the word.
IncludeInfo *initiative_member_at(Program *p, const InitiativeInfo *i, Word word);

// builtin.c: the built-in of `include builtin "…"`; NULL, and reported, where it cannot be one.
CatalogBuiltin *builtin_check(Program *p, Text id);

// scope.c
typedef enum ScopeLevel {
    LEVEL_NONE, // not an id
    LEVEL_MANAGEMENT_GROUP,
    LEVEL_SUBSCRIPTION,
    LEVEL_RESOURCE_GROUP,
    LEVEL_RESOURCE,
} ScopeLevel;
ScopeLevel scope_level(const char *id);
// The full id of what `scope word "text"` names (the word may be absent); NULL, and reported.
const char *scope_id(Program *p, Word word, Text text);
// Could it be below? What hangs below a management group is not known here.
bool scope_may_be_below(const char *inner, const char *outer);

// selector.c
typedef struct LocationFilter { // where location in [...]
    VEC(const char *) locations;
    bool negated, without_location;
} LocationFilter;
LocationFilter selector_locations(Program *p, Module *m, const Expr *where); // takes NULL
// The resource types of kinds; one that is more than a type is reported.
void selector_types(Program *p, Module *m, const Words *kinds, RollOut *ret);

// values.c, initiative_values.c, assignment_values.c
bool place_split(Program *p, Module *m, const Expr *place, const Expr *value, SetValue *ret);
// A constant of that type, or (where `lifted` is given) a parameter that takes its place.
TExpr *value_check(Program *p, const SetValue *v, const Type *type, ParamInfo **lifted);
void value_check_list(Program *p, const SetValue *v, const ParamUse *use);
TExpr *value_check_effect(Program *p, const SetValue *v, const IncludeInfo *member);
const char *member_effects(Arena *a, const IncludeInfo *member); // `audit`, `deny` or …
// What a member does in an assignment.
const char *member_effect(Program *p, const AssignmentInfo *a, const IncludeInfo *member);
void initiative_check_values(Program *p, InitiativeInfo *i);
void assignment_check_values(Program *p, AssignmentInfo *a);
void test_check_values(Program *p, Module *m, const Decl *decl);

#endif
