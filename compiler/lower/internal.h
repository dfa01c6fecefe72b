// internal.h - what the files of lower/ share.
//
// A Lower turns the rules of one requirement into one or more definitions. It
// knows which document `field` conditions read at the moment, which loop
// variables are bound, and which parameters the definition under way uses.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_LOWER_INTERNAL_H
#define MOAT_LOWER_INTERNAL_H

#include "lower/lower.h"

typedef struct Binding { // a loop variable while its body is lowered
    const Binder *binder;
    const char *count_name; // VALUE, ENTRY: the name of the value count; else NULL
    const TExpr *literal;   // or the literal it stands for while a short list is unrolled
    struct Binding *outer;
} Binding;

typedef struct Lower {
    Program *program;
    Compilation *compilation;
    Arena *arena;
    const TRule *rule;
    Subject reads;          // what `field` conditions look at
    bool child_of_resource; // the resource may live outside resource groups
    bool uses_tags_or_location;
    Binding *bindings;
    VEC(const ParamInfo *) params; // used by the definition under way, in order
    uint32_t depth, made;          // against LIMIT_ELABORATION
    bool failed;
} Lower;

// A text of the typed tree, which is about to go, as one of the compilation's names.
static inline const char *keep(Lower *l, const char *text)
{
    return intern_str(l->compilation->names, text);
}

// condition.c
Condition *lower_condition(Lower *l, const TExpr *e, bool negate);
Condition *lower_all(Lower *l, const TExprs *list, bool negate); // all of them; negated: one is not
Condition *constant_condition(Lower *l, bool truth);
bool condition_is_constant(const Condition *c, bool truth);
Condition *pair_condition(Lower *l, ConditionKind kind, Condition *a, Condition *b);
Condition *exists_condition(Lower *l, const TExpr *subject, bool exists); // TX_FIELD, TX_TAG
Condition *presence_condition(Lower *l, const TExpr *subject, bool set);  // of any value

// compare.c: comparisons, in the form of the laws L1 to L6
Condition *lower_compare(Lower *l, const TExpr *e, bool negate);
// One leaf on `left`, by `field` where the language can, else by `value`.
Condition *leaf_condition(Lower *l, const TExpr *left, Operator op, Value *right, Span span);
Value *right_value(Lower *l, CompareOp op, const TExpr *right);
bool reads_by_field(const Lower *l, const TExpr *e);
bool is_variable_tag(const TExpr *e);
// Could what stands in for a missing left side make the comparison true?
bool stand_in_may_hold(Lower *l, CompareOp op, const TExpr *left, const TExpr *right);
// Conditions that hold where everything `e` is computed from is there (guard.c).
void collect_guards(Lower *l, const TExpr *e, bool inside, TExprs *ret);
bool may_be_missing(const Lower *l, const TExpr *e);
bool is_of_nothing(const TExpr *call); // first or last of a list that may be empty
bool may_fail(const TExpr *e);         // so that it has to stay behind its if()

// order.c: <, <=, ranked spellings and versions
bool compare_is_ranked(CompareOp op, const TExpr *left, const TExpr *right);
Condition *lower_ranked(Lower *l, CompareOp op, const TExpr *left, const TExpr *right, bool negate,
                        Span span);
int version_compare(const char *a, const char *b);
// What a comparison of two constants says; false where they are not both constant.
bool compare_constants(CompareOp op, const TExpr *left, const TExpr *right, bool *ret);

// duration.c
Condition *lower_duration(Lower *l, const TExpr *left, CompareOp op, int64_t seconds, Span span);
bool duration_text_seconds(const char *text, bool clock, int64_t *ret);

// quantifier.c
Condition *lower_quantifier(Lower *l, const TExpr *e, bool negate);
// `count(…)` compared with a value.
Condition *lower_count(Lower *l, const TExpr *count, CompareOp op, const TExpr *right, bool negate,
                       Span span);
// Some element of the array of a resource equals `item`.
Condition *lower_array_has(Lower *l, const TExpr *array, const TExpr *item, bool negate, Span span);
// `address in ranges` (E7).
Condition *lower_in_ranges(Lower *l, const TExpr *address, const TExpr *ranges, bool negate,
                           Span span);
const TExpr *bound_literal(const Lower *l, const TExpr *e); // e, or what it stands for
// Inside a loop over an array Azure sees one element of it: reports a second walk.
void check_not_in_its_loop(Lower *l, Subject subject, const char *array, Span span);

// expression.c: values and template expressions
Value *lower_value(Lower *l, const TExpr *e);
Arm *lower_arm(Lower *l, const TExpr *e);       // never fails at run time; missing text is ''
Arm *lower_list_arm(Lower *l, const TExpr *e);  // missing is an empty list
Arm *lower_truth_arm(Lower *l, const TExpr *e); // a boolean (predicate.c)
Arm *absence_arm(Lower *l, const TExpr *e);     // a boolean: is what stands in for missing
Arm *date_arm(Lower *l, const TExpr *e);        // in the form of utcNow(), '' if missing
Arm *field_arm(Lower *l, const TExpr *field);   // field('x') or current('x'), unguarded
const char *function_text(uint16_t function);   // its name in the language
bool function_may_fail(uint16_t function);      // on a value of another form

// effect.c, template.c
Details lower_details(Lower *l, const TRequirement *r, const TRule *rule);
bool requirement_has_effect(const TRequirement *r, Effect e);
Value *lower_deployment(Lower *l, const TRule *rule);

// parameter.c
PolicyParameter lower_parameter(Lower *l, const ParamInfo *p);
PolicyParameter effect_parameter(Lower *l, const TRequirement *r, bool audit_only);

// names.c: module and name, as in contoso-network-no_public_access
const char *declared_name(Arena *a, const Module *m, Name name);

// initiative.c: the members that come of one include, by reference id
typedef VEC(const char *) ReferenceIds;
void reference_ids(Arena *a, const IncludeInfo *include, ReferenceIds *ret);
const char *member_reference_id(Arena *a, const IncludeInfo *include, const LoweredDefinition *d);
// What an initiative calls a parameter it lifted from a member's effect.
const char *lifted_effect(Arena *a, const IncludeInfo *include);
const char *initiative_name(Arena *a, const InitiativeInfo *i);

// contradiction.c: reports members that no resource can satisfy together
void check_contradictions(Program *p, const InitiativeInfo *initiative);

// assignment.c
const char *assignment_id(Arena *a, const AssignmentInfo *info);
Selector location_selector(Arena *a, const char *const *locations, uint32_t count, bool negated);
Selector without_location_selector(Arena *a);

#endif
