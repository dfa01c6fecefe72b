// elaborate.c - from expressions as written to typed ones.
//
// Every node is counted and every level too: a define that uses defines can make
// a small source large. What a mistake touches becomes an error node, about
// which nothing more is said.
//
// spec: types.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

#include "base/bug.h"
#include "base/limits.h"
#include "sema/check.h"

#include <stdio.h>

// --- reporting -------------------------------------------------------------------------------

// A mistake in a body that was put in place shows where that happened.
void elab_label_uses(Elaborator *e, Diag *d)
{
    const Frame *frame = e->at.frame;
    while (frame && frame->outer)
        frame = frame->outer;
    if (!frame || frame->use.start == UINT32_MAX)
        return;
    if (e->at.kind)
        diag_label(e->diags, d, frame->use, "`%s` is used here, on kind `%s`", frame->name,
                   e->at.kind->name);
    else
        diag_label(e->diags, d, frame->use, "`%s` is used here", frame->name);
}

Diag *elab_report(Elaborator *e, DiagCode code, Span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *message = arena_vprintf(e->program->compilation->arena, fmt, args);
    va_end(args);
    e->failed |= diag_code_severity(code) == SEVERITY_ERROR;
    Diag *d = diag_report(e->diags, code, span, "%s", message);
    elab_label_uses(e, d);
    return d;
}

static void report_exhausted(Elaborator *e, Span span, const char *what, uint32_t limit)
{
    if (e->exhausted)
        return;
    e->exhausted = true;
    for (const Frame *f = e->at.frame; f; f = f->outer)
        span = f->use;
    Diag *d = elab_report(e, DIAG_EXPRESSION_TOO_LARGE, span,
                          "with every `define` put in place this has more than %u %s", limit, what);
    diag_help(e->diags, d, "use fewer defines in defines");
}

// --- nodes -----------------------------------------------------------------------------------

TExpr *elab_node(Elaborator *e, TExprKind kind, Span span, const Type *type)
{
    if (++e->nodes > LIMIT_ELABORATION) {
        report_exhausted(e, span, "parts", LIMIT_ELABORATION);
        kind = TX_ERROR;
        type = type_simple(TYPE_ERROR);
    }
    TExpr *x = ARENA_NEW(e->arena, TExpr);
    x->kind = (uint8_t)kind;
    x->span = span;
    x->type = type;
    return x;
}

TExpr *elab_error(Elaborator *e, Span span)
{
    TExpr *x = ARENA_NEW(e->arena, TExpr);
    x->kind = TX_ERROR;
    x->span = span;
    x->type = type_simple(TYPE_ERROR);
    e->failed = true;
    return x;
}

bool elab_enter(Elaborator *e, Span span)
{
    if (e->depth >= LIMIT_TYPED_DEPTH)
        report_exhausted(e, span, "levels", LIMIT_TYPED_DEPTH);
    if (e->exhausted)
        return false;
    e->depth++;
    return true;
}

void elab_leave(Elaborator *e)
{
    e->depth--;
}

bool elab_is_condition(const TExpr *x)
{
    if (x->kind == TX_IF)
        return elab_is_condition(x->operands->items[1]);
    return x->kind == TX_NOT || x->kind == TX_AND || x->kind == TX_OR || x->kind == TX_IMPLIES ||
           x->kind == TX_COMPARE || x->kind == TX_IS_SET || x->kind == TX_IS_MISSING ||
           x->kind == TX_QUANTIFIER;
}

const char *elab_type_text(Elaborator *e, const Type *t)
{
    return type_text(e->program->compilation->arena, t);
}

// --- conditions ------------------------------------------------------------------------------

static TExpr *is_true(Elaborator *e, TExpr *value)
{
    TExpr *truth = elab_node(e, TX_BOOL, value->span, type_simple(TYPE_BOOL));
    truth->truth = true;
    TExpr *compare = elab_node(e, TX_COMPARE, value->span, type_simple(TYPE_BOOL));
    compare->op = OP_EQ;
    compare->left = value;
    compare->right = truth;
    return compare;
}

static TExpr *report_not_condition(Elaborator *e, const TExpr *x, Span span)
{
    Diag *d = elab_report(e, DIAG_NOT_A_CONDITION, span, "a condition is needed here, this is %s",
                          elab_type_text(e, x->type));
    if (x->type->kind == TYPE_ENUM && x->type->values.len)
        diag_help(e->diags, d, "compare it with one of its values, as in `== \"%s\"`",
                  x->type->values.items[0]);
    else if (x->type->kind == TYPE_LIST)
        diag_help(e->diags, d, "ask `some`, `every` or `no` element, or `count(…)`");
    else
        diag_help(e->diags, d, "compare it, or ask `is set`");
    return elab_error(e, span);
}

static TExpr *as_condition(Elaborator *e, TExpr *x, Span span)
{
    if (x->kind == TX_ERROR || elab_is_condition(x) || x->kind == TX_BOOL)
        return x;
    if (x->type->kind == TYPE_BOOL || x->type->kind == TYPE_ANY)
        return is_true(e, x);
    return report_not_condition(e, x, span);
}

TExpr *elab_condition(Elaborator *e, const Expr *x)
{
    return as_condition(e, elab_hinted(e, x, type_simple(TYPE_BOOL)), x->span);
}

static TExpr *negation(Elaborator *e, const Expr *x)
{
    TExpr *operand = elab_condition(e, x->operand);
    if (operand->kind == TX_ERROR)
        return operand;
    TExpr *result = elab_node(e, TX_NOT, x->span, type_simple(TYPE_BOOL));
    result->operand = operand;
    return result;
}

static TExpr *junction(Elaborator *e, const Expr *x, TExprKind kind)
{
    TExpr *result = elab_node(e, kind, x->span, type_simple(TYPE_BOOL));
    TExprs *operands = ARENA_NEW(e->arena, TExprs);
    bool wrong = false;
    for (uint32_t i = 0; i < x->operands->len; i++) {
        TExpr *operand = elab_condition(e, x->operands->items[i]);
        wrong |= operand->kind == TX_ERROR;
        vec_push(e->arena, operands, operand);
    }
    if (wrong)
        return elab_error(e, x->span);
    result->operands = operands;
    return result;
}

static TExpr *implication(Elaborator *e, const Expr *x)
{
    TExpr *left = elab_condition(e, x->left), *right = elab_condition(e, x->right);
    if (left->kind == TX_ERROR || right->kind == TX_ERROR)
        return elab_error(e, x->span);
    TExpr *result = elab_node(e, TX_IMPLIES, x->span, type_simple(TYPE_BOOL));
    result->left = left;
    result->right = right;
    return result;
}

// Literals, counts and names are always there.
static bool is_always_set(const TExpr *x)
{
    if (x->kind == TX_FIELD)
        return !x->field->is_alias &&
               (strcmp(x->field->alias, "name") == 0 || strcmp(x->field->alias, "id") == 0 ||
                strcmp(x->field->alias, "fullName") == 0);
    return (x->kind >= TX_BOOL && x->kind <= TX_OBJECT) || x->kind == TX_COUNT || x->kind == TX_KEY;
}

bool elab_check_value(Elaborator *e, const TExpr *x, Span span)
{
    TypeKind kind = x->type->kind;
    if (kind != TYPE_DURATION && kind != TYPE_VERSION && kind != TYPE_NULL)
        return true;
    Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, span, "a value is needed here, this is %s",
                          elab_type_text(e, x->type));
    if (kind == TYPE_NULL)
        diag_note(e->diags, d, "`null` can only be set");
    else
        diag_note(e->diags, d, "a %s can only be compared", elab_type_text(e, x->type));
    return false;
}

static TExpr *presence(Elaborator *e, const Expr *x, TExprKind kind)
{
    TExpr *operand = elab_hinted(e, x->operand, NULL);
    if (operand->kind == TX_ERROR)
        return operand;
    if (elab_is_condition(operand)) {
        elab_report(e, DIAG_TYPE_MISMATCH, x->operand->span,
                    "a condition is neither set nor missing");
        return elab_error(e, x->span);
    }
    if (!elab_check_value(e, operand, x->operand->span))
        return elab_error(e, x->span);
    if (is_always_set(operand))
        elab_report(e, DIAG_CONSTANT_CONDITION, x->span, "this is always %s: it is never missing",
                    kind == TX_IS_SET ? "true" : "false");
    TExpr *result = elab_node(e, kind, x->span, type_simple(TYPE_BOOL));
    result->operand = operand;
    return result;
}

// --- if --------------------------------------------------------------------------------------

static TExpr *choice(Elaborator *e, const Expr *x, const Type *hint)
{
    TExpr *condition = elab_condition(e, x->condition);
    uint32_t reads = e->related_reads;
    e->guarded++;
    TExpr *then = elab_hinted(e, x->branches[0], hint);
    if (!hint && then->type->kind != TYPE_ERROR)
        hint = then->type;
    TExpr *other = elab_hinted(e, x->branches[1], hint);
    e->guarded--;
    if (elab_is_condition(then) || elab_is_condition(other)) {
        then = as_condition(e, then, x->branches[0]->span);
        other = as_condition(e, other, x->branches[1]->span);
    } else if (e->related_reads > reads) {
        elab_report(e, DIAG_RELATED_IN_FUNCTION, x->span,
                    "a property of the related resource cannot be a choice of `if`");
        return elab_error(e, x->span);
    } else if (!elab_check_value(e, then, x->branches[0]->span) ||
               !elab_check_value(e, other, x->branches[1]->span) ||
               !elab_assignable(e, other, then->type, x->branches[1]->span)) {
        return elab_error(e, x->span);
    }
    if (condition->kind == TX_ERROR || then->kind == TX_ERROR || other->kind == TX_ERROR)
        return elab_error(e, x->span);
    TExpr *result = elab_node(e, TX_IF, x->span, then->type);
    result->operands = ARENA_NEW(e->arena, TExprs);
    vec_push(e->arena, result->operands, condition);
    vec_push(e->arena, result->operands, then);
    vec_push(e->arena, result->operands, other);
    return result;
}

// --- every expression ------------------------------------------------------------------------

static TExpr *by_kind(Elaborator *e, const Expr *x, const Type *hint)
{
    switch ((ExprKind)x->kind) {
    case EXPR_ERROR:
        return elab_error(e, x->span);
    case EXPR_STRING:
    case EXPR_INT:
    case EXPR_FLOAT:
    case EXPR_VERSION:
    case EXPR_DURATION:
    case EXPR_BOOL:
    case EXPR_NULL:
    case EXPR_NEGATE:
        return elab_literal(e, x, hint);
    case EXPR_NAME:
    case EXPR_ALIAS:
    case EXPR_MEMBER:
    case EXPR_INDEX: {
        Ref ref = elab_ref_here(e, x);
        return elab_finish(e, &ref);
    }
    case EXPR_CALL:
        return elab_call(e, x);
    case EXPR_LIST:
        return elab_list(e, x, hint);
    case EXPR_OBJECT:
        return elab_object(e, x, hint);
    case EXPR_NOT:
        return negation(e, x);
    case EXPR_AND:
        return junction(e, x, TX_AND);
    case EXPR_OR:
        return junction(e, x, TX_OR);
    case EXPR_IMPLIES:
        return implication(e, x);
    case EXPR_COMPARE:
        return elab_compare(e, x);
    case EXPR_IS_SET:
        return presence(e, x, TX_IS_SET);
    case EXPR_IS_MISSING:
        return presence(e, x, TX_IS_MISSING);
    case EXPR_ARITHMETIC:
        return elab_arithmetic(e, x);
    case EXPR_IF:
        return choice(e, x, hint);
    case EXPR_QUANTIFIER:
    case EXPR_COUNT:
        return elab_quantifier(e, x);
    }
    BUG("no such expression");
}

TExpr *elab_hinted(Elaborator *e, const Expr *x, const Type *hint)
{
    if (!elab_enter(e, x->span))
        return elab_error(e, x->span);
    Context saved;
    const Expr *body;
    TExpr *result = NULL;
    switch (elab_enter_body(e, x, &saved, &body)) {
    case ENTERED_NOT:
        result = by_kind(e, x, hint);
        break;
    case ENTERED_FAILED:
        result = elab_error(e, x->span);
        break;
    case ENTERED:
        result = elab_hinted(e, body, hint);
        e->at = saved;
        break;
    }
    elab_leave(e);
    return result;
}

// --- types that fit --------------------------------------------------------------------------

static bool text_fits(const Type *value, const Type *expected)
{
    if (expected->kind == TYPE_STRING || value->kind == expected->kind)
        return true;
    bool plain = value->kind == TYPE_STRING || value->kind == TYPE_ENUM || value->kind == TYPE_URI;
    bool open = expected->kind == TYPE_ENUM || expected->kind == TYPE_URI ||
                expected->kind == TYPE_GUID || expected->kind == TYPE_RESOURCE_ID;
    return plain && open;
}

static bool fits(const Type *value, const Type *expected)
{
    if (value->kind == TYPE_DURATION || value->kind == TYPE_VERSION)
        return false;
    if (value->kind == TYPE_ERROR || expected->kind == TYPE_ERROR || value->kind == TYPE_ANY ||
        expected->kind == TYPE_ANY || value->kind == TYPE_NULL)
        return true;
    if (type_is_text(value) && type_is_text(expected))
        return text_fits(value, expected);
    if (expected->kind == TYPE_LIST)
        return value->kind == TYPE_LIST && fits(value->element, expected->element);
    if (expected->kind == TYPE_OBJECT)
        return value->kind == TYPE_OBJECT || value->kind == TYPE_RECORD ||
               value->kind == TYPE_TABLE;
    if (expected->kind == TYPE_TABLE && value->kind == TYPE_TABLE)
        return fits(value->element, expected->element);
    if (expected->kind == TYPE_RECORD && value->kind == TYPE_RECORD)
        return type_equal(value, expected);
    return value->kind == expected->kind ||
           (expected->kind == TYPE_FLOAT && value->kind == TYPE_INT);
}

bool elab_assignable(Elaborator *e, const TExpr *value, const Type *expected, Span span)
{
    if (value->kind == TX_ERROR || fits(value->type, expected))
        return true;
    Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, span, "%s is needed here, this is %s",
                          elab_type_text(e, expected), elab_type_text(e, value->type));
    if (expected->kind == TYPE_ENUM && expected->values.len)
        diag_help(e->diags, d, "write one of its values, such as \"%s\"",
                  expected->values.items[0]);
    return false;
}

// --- the functions of sema.h -----------------------------------------------------------------

Elaborator *elaborator_new(Program *p, Module *m, Arena *arena)
{
    Elaborator *e = ARENA_NEW(arena, Elaborator);
    *e = (Elaborator){.program = p, .diags = p->compilation->diags, .arena = arena};
    e->at.module = m;
    return e;
}

void elaborator_set_kind(Elaborator *e, const KindInfo *kind, Binder *inline_binder)
{
    e->at = (Context){.module = e->at.module, .kind = kind, .inline_binder = inline_binder};
}

void elaborator_set_related(Elaborator *e, const KindInfo *kind, Name binder)
{
    e->at.locals = NULL;
    if (!kind)
        return;
    Local *local = ARENA_NEW(e->arena, Local);
    *local = (Local){.kind = LOCAL_RELATED, .name = binder, .used = true};
    Name empty = intern_str(e->program->compilation->names, "");
    local->place = place_root(kind, SUBJECT_RELATED, NULL, empty, binder, SPAN_NONE).place;
    e->at.locals = local;
}

TExpr *elaborate(Elaborator *e, const Expr *x, const Type *expected)
{
    TExpr *value = elab_hinted(e, x, expected);
    bool good = expected ? elab_assignable(e, value, expected, x->span)
                         : elab_check_value(e, value, x->span);
    return good ? value : elab_error(e, x->span);
}

TExpr *elaborate_condition(Elaborator *e, const Expr *x)
{
    TExpr *condition = elab_condition(e, x);
    if (condition->kind == TX_BOOL)
        elab_report(e, DIAG_CONSTANT_CONDITION, x->span, "this condition is always %s",
                    condition->truth ? "true" : "false");
    return condition;
}

TExpr *elaborate_require(Elaborator *e, const Expr *x)
{
    TExpr *condition = elaborate_condition(e, x);
    if (condition->kind != TX_ERROR)
        elab_check_missing(e, condition);
    return condition;
}

TExpr *elaborate_constant(Elaborator *e, const Expr *x, const Type *expected)
{
    bool saved = e->constant;
    const KindInfo *kind = e->at.kind;
    e->constant = true;
    e->at.kind = NULL;
    TExpr *value = elaborate(e, x, expected);
    e->constant = saved;
    e->at.kind = kind;
    return value;
}

void elaborate_refinements(Elaborator *e, TExprs *ret_where)
{
    const KindInfo *chain[LIMIT_NESTING];
    uint32_t count = 0;
    for (const KindInfo *k = e->at.kind; k && count < LIMIT_NESTING; k = k->parent)
        chain[count++] = k;
    Context saved = e->at;
    while (count > 0) {
        const KindInfo *k = chain[--count];
        const Expr *where = k->decl->kind_decl->where;
        if (!k->parent || !where)
            continue;
        e->at.module = k->module;
        e->at.locals = NULL;
        vec_push(e->arena, ret_where, elaborate_condition(e, where));
    }
    e->at = saved;
}

bool elaborator_failed(const Elaborator *e)
{
    return e->failed;
}
