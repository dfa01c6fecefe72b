// missing.c - requirements that a missing value would satisfy by accident.
//
// `x != "y"` holds where x is missing. That is right as often as not, so the author
// is asked to say which it is, unless a default or another test already says it.
//
// spec: types, missing values.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"
#include "sema/walk.h"

enum { MOST_SIBLINGS = 200 }; // among more, a test of presence is taken for granted

typedef struct Guards { // conditions around the one looked at, joined to it
    const TExprs *siblings;
    const TExpr *self;
    bool all; // joined by `and`, or by the condition of an implication
    const struct Guards *outer;
} Guards;

static bool same_value(const TExpr *a, const TExpr *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == TX_FIELD)
        return str_equal_nocase(str_of(a->field->alias), str_of(b->field->alias)) &&
               a->field->subject == b->field->subject;
    if (a->kind == TX_TAG)
        return a->op == b->op && same_value(a->operand, b->operand);
    if (a->kind == TX_STRING)
        return str_equal_nocase(str_of(a->text), str_of(b->text));
    if (a->kind == TX_PARAM)
        return a->param == b->param;
    return a == b;
}

// What a function is about is missing where its result is, unless it says how much there is.
static const TExpr *subject_of(const TExpr *value)
{
    while (value->kind == TX_CALL && value->operands->len > 0 &&
           value->function != FUNCTION_EMPTY && value->function != FUNCTION_LENGTH &&
           value->function != FUNCTION_COALESCE)
        value = value->operands->items[0];
    return value;
}

typedef struct Mention {
    const TExpr *value;
    bool all, found;
} Mention;

// `is set` and `is missing` say it anywhere; beside an `and` every positive test does.
static bool visit_mention(const TExpr *x, void *context)
{
    Mention *m = context;
    bool asks = x->kind == TX_IS_SET || x->kind == TX_IS_MISSING;
    if (asks && same_value(x->operand, m->value))
        m->found = true;
    bool positive =
        x->kind == TX_COMPARE && x->op != OP_NE && x->op != OP_NOT_IN && x->op != OP_NOT_LIKE;
    if (m->all && positive && same_value(subject_of(x->left), m->value))
        m->found = true;
    return !m->found;
}

static bool is_guarded(const TExpr *value, const Guards *guards)
{
    for (const Guards *g = guards; g; g = g->outer) {
        Mention m = {value, g->all, g->siblings->len > MOST_SIBLINGS};
        for (uint32_t i = 0; i < g->siblings->len && !m.found; i++) {
            if (g->siblings->items[i] != g->self)
                typed_walk(g->siblings->items[i], visit_mention, &m);
        }
        if (m.found)
            return true;
    }
    return false;
}

// An element itself is there; so is a required member of an element or of the resource.
static bool is_required(const FieldRef *f)
{
    if (!f->is_alias)
        return strcmp(f->alias, "kind") != 0 && strncmp(f->alias, "identity", 8) != 0 &&
               strcmp(f->alias, "tags") != 0;
    size_t n = strlen(f->alias);
    const char *slash = strrchr(f->alias, '/');
    const char *start = slash ? slash + 1 : f->alias;
    if (f->binder) {
        size_t skip = f->binder->alias ? strlen(f->binder->alias) : 0;
        if (skip >= n)
            return true;
        start = f->alias + skip + 1;
    }
    return (f->flags & ALIAS_REQUIRED) && !strchr(start, '.');
}

static const char *shown_value(Elaborator *e, const TExpr *value)
{
    if (value->kind == TX_FIELD && !value->field->initial && !is_required(value->field))
        return value->field->shown;
    if (value->kind != TX_TAG)
        return NULL;
    return value->operand->kind == TX_STRING
               ? arena_printf(e->arena, "tags[\"%s\"]", value->operand->text)
               : "this tag";
}

static void check_leaf(Elaborator *e, const TExpr *x, bool negated, const Guards *guards)
{
    bool negative = x->op == OP_NE || x->op == OP_NOT_IN || x->op == OP_NOT_LIKE;
    if (negative == negated)
        return;
    const TExpr *value = subject_of(x->left);
    const char *shown = shown_value(e, value);
    if (!shown || is_guarded(value, guards))
        return;
    Diag *d =
        elab_report(e, DIAG_MISSING_PASSES, x->span, "where `%s` is missing, this holds", shown);
    diag_help(e->diags, d, "write `%s is set and …` if it has to be there", shown);
    diag_help(e->diags, d, "write `%s is missing or …` if it need not", shown);
}

static void check(Elaborator *e, const TExpr *x, bool negated, const Guards *guards)
{
    if (x->kind == TX_COMPARE) {
        check_leaf(e, x, negated, guards);
    } else if (x->kind == TX_NOT && x->operand->kind == TX_COMPARE) {
        check(e, x->operand, !negated, guards);
    } else if ((x->kind == TX_AND || x->kind == TX_OR) && !negated) {
        for (uint32_t i = 0; i < x->operands->len; i++) {
            Guards g = {x->operands, x->operands->items[i], x->kind == TX_AND, guards};
            check(e, x->operands->items[i], false, &g);
        }
    } else if (x->kind == TX_IMPLIES && !negated) {
        TExpr *condition[] = {x->left};
        TExprs before = {.items = condition, .len = 1, .cap = 1};
        Guards g = {&before, NULL, true, guards};
        check(e, x->right, false, &g);
    } else if (x->kind == TX_QUANTIFIER && x->op != QUANT_NO && !negated) {
        check(e, x->body, false, guards);
    }
}

void elab_check_missing(Elaborator *e, const TExpr *condition)
{
    check(e, condition, false, NULL);
}
