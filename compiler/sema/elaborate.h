// elaborate.h - between the files that elaborate expressions.
//
// A free word means something in a Context. The body of a `let`, a `define` or an
// argument is elaborated where it is used, in the context it was written in, so
// nothing of the place of use is captured by accident.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_ELABORATE_H
#define MOAT_SEMA_ELABORATE_H

#include "diag/suggest.h"
#include "sema/kind.h"
#include "sema/sema.h"

typedef struct Place { // somewhere in a resource, not looked up yet
    const KindInfo *kind;
    Subject subject;
    Binder *inline_binder;
    Binder *binder;    // the array element it is in, or NULL
    Name field;        // in the kind: "networkAcls.ipRules[*].value"; "" for the resource
    Name base;         // the part of it that `binder` stands for, or ""
    const char *shown; // as written: r.value
    bool plain;        // one of Azure's field names: tags, identity
    bool aliases;      // after `properties.`
    bool unchecked;    // below an alias that the catalogue lacks
} Place;

typedef enum LocalKind {
    LOCAL_ELEMENT,  // of a quantifier; the value of a table's entry
    LOCAL_KEY,      // of a table's entry
    LOCAL_ARGUMENT, // of a define
    LOCAL_RELATED,  // the related resource
} LocalKind;

struct Context;

typedef struct Local {
    struct Local *outer;
    LocalKind kind;
    Name name;
    Span span;
    Binder *binder;               // ELEMENT, KEY
    Place place;                  // RELATED; ELEMENT of an array of the resource
    const Expr *argument;         // ARGUMENT …
    const struct Context *caller; // … and where it was written
    bool used;
} Local;

typedef struct Frame { // a body being put in place
    const struct Frame *outer;
    const void *what; // its declaration, to notice a circle
    Name name;
    Span use; // where it is used
} Frame;

typedef struct Context { // what free words mean
    Module *module;
    const KindInfo *kind; // NULL: there are no properties
    Subject subject;
    Binder *inline_binder;
    Local *locals;
    const Frame *frame;
} Context;

struct Elaborator {
    Program *program;
    Diags *diags;
    Arena *arena;
    Context at;
    uint32_t depth, nodes;
    uint32_t related_reads; // fields of the related resource made so far
    uint32_t guarded;       // inside a branch of `if`: a function that fails was thought of
    bool constant;          // literals only
    bool placing;           // a place to write to, or a body: nothing is read
    bool exhausted, failed;
};

typedef enum RefKind {
    REF_ERROR, // said already
    REF_VALUE,
    REF_PLACE,
    REF_FACT,
    REF_MODULE,
} RefKind;

typedef struct Ref { // what a chain of words, dots and brackets stands for so far
    RefKind kind;
    Span span;
    TExpr *value;
    Place place;
    ScopeFact fact;
    TExprs *keys; // FACT
    const char *shown;
    Module *module;
} Ref;

// elaborate.c: the frame, and expressions by kind
Diag *elab_report(Elaborator *e, DiagCode code, Span span, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void elab_label_uses(Elaborator *e, Diag *d); // of a report made otherwise
TExpr *elab_node(Elaborator *e, TExprKind kind, Span span, const Type *type);
TExpr *elab_error(Elaborator *e, Span span);
bool elab_enter(Elaborator *e, Span span); // false (reported) too deep; else elab_leave follows
void elab_leave(Elaborator *e);
TExpr *elab_condition(Elaborator *e, const Expr *x);
// `hint` says what a literal should be read as; another type is no mistake here.
TExpr *elab_hinted(Elaborator *e, const Expr *x, const Type *hint);
bool elab_assignable(Elaborator *e, const TExpr *value, const Type *expected, Span span);
// Durations and versions are only compared, null is only set: anything else is reported.
bool elab_check_value(Elaborator *e, const TExpr *x, Span span);
bool elab_is_condition(const TExpr *x); // and, or, comparisons …: a truth, but no value

bool elab_is_literal(const Expr *x);
const char *elab_type_text(Elaborator *e, const Type *t); // for messages

// name.c: words
typedef enum Entered { ENTERED_NOT, ENTERED_FAILED, ENTERED } Entered;
// Where `x` is a word or call that stands for a body (let, define, argument, kind let):
// goes into its context and returns the body. The caller restores `*ret_saved`.
Entered elab_enter_body(Elaborator *e, const Expr *x, Context *ret_saved, const Expr **ret_body);
Ref elab_ref(Elaborator *e, const Expr *x);
Ref elab_ref_here(Elaborator *e, const Expr *x); // of what is no body
TExpr *elab_finish(Elaborator *e, Ref *ref);     // the value a Ref stands for
// member.c: of a value
Ref elab_member(Elaborator *e, TExpr *object, Word member, Span span);
Ref elab_index(Elaborator *e, TExpr *object, const Expr *index, Span span);
Ref elab_ref_value(TExpr *value);
Ref elab_ref_error(Span span);

// place.c: properties
Ref place_root(const KindInfo *kind, Subject subject, Binder *inline_binder, Name empty,
               const char *shown, Span span);
bool place_has_word(Elaborator *e, Name word); // is it a property of the kind?
Ref place_member(Elaborator *e, const Ref *of, Word member, Span span);
Ref place_index(Elaborator *e, const Ref *of, const Expr *index, Span span);
Ref place_alias(Elaborator *e, const Expr *x); // alias "…"
TExpr *place_value(Elaborator *e, const Ref *ref);
FieldInfo *place_field(Elaborator *e, const Place *place);

// fact.c
bool fact_is_word(const char *word, ScopeFact *ret);
Ref fact_ref(Elaborator *e, Name word, Span span);
Ref fact_member(Elaborator *e, const Ref *of, Word member, Span span);
Ref fact_index(Elaborator *e, const Ref *of, const Expr *index, Span span);
TExpr *fact_value(Elaborator *e, const Ref *ref);

// literal.c, list.c
TExpr *elab_literal(Elaborator *e, const Expr *x, const Type *hint);
TExpr *elab_list(Elaborator *e, const Expr *x, const Type *hint);
TExpr *elab_object(Elaborator *e, const Expr *x, const Type *hint);
// A text read as `hint` (enum, location, guid …): right spelling and type; reports.
TExpr *elab_text(Elaborator *e, const char *text, Span span, const Type *hint);
void elab_check_enum(Elaborator *e, const TExpr *text, const Type *type); // says what is unknown

bool object_check_keys(Elaborator *e, const Entries *entries);      // none given twice
TExpr *object_node(Elaborator *e, const Expr *x, const Type *type); // no entries yet
void object_push(Elaborator *e, TExpr *object, Word key, TExpr *value);

// compare.c, quantifier.c, call.c, arithmetic.c
TExpr *elab_compare(Elaborator *e, const Expr *x);
TExpr *elab_quantifier(Elaborator *e, const Expr *x); // and count
TExpr *elab_call(Elaborator *e, const Expr *x);
bool function_exists(const char *name);
const char *function_name(Function f);
TExpr *elab_arithmetic(Elaborator *e, const Expr *x);

// missing.c
void elab_check_missing(Elaborator *e, const TExpr *condition);

// kind_items.c
Name property_name(Program *p, const KindInfo *kind, const char *field); // kind.a.b
int version_order(const char *a, const char *b);                         // "1.2" < "1.10"

#endif
