// arithmetic.c - + - * / of ints, and dates moved by durations.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

enum { DAY = 24 * 60 * 60 };

static bool fold(ArithmeticOp op, int64_t a, int64_t b, int64_t *ret)
{
    switch (op) {
    case OP_ADD:
        return !__builtin_add_overflow(a, b, ret);
    case OP_SUB:
        return !__builtin_sub_overflow(a, b, ret);
    case OP_MUL:
        return !__builtin_mul_overflow(a, b, ret);
    case OP_DIV:
        if (b == 0 || (a == INT64_MIN && b == -1))
            return false;
        *ret = a / b;
        return true;
    }
    return false;
}

static TExpr *constant(Elaborator *e, const Expr *x, const TExpr *left, const TExpr *right)
{
    int64_t number;
    if (!fold((ArithmeticOp)x->op, left->number, right->number, &number)) {
        bool zero = x->op == OP_DIV && right->number == 0;
        elab_report(e, DIAG_BAD_LITERAL, x->span, "%s",
                    zero ? "this divides by zero" : "this number is too large");
        return elab_error(e, x->span);
    }
    TExpr *result = elab_node(e, TX_INT, x->span, type_simple(TYPE_INT));
    result->number = number;
    return result;
}

// now + 90 days is addDays(now, 90)
static TExpr *moved_date(Elaborator *e, const Expr *x, TExpr *date, const TExpr *duration)
{
    if (duration->number % DAY != 0 || (x->op != OP_ADD && x->op != OP_SUB)) {
        Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, x->right->span,
                              "a date can be moved by whole days only");
        diag_note(e->diags, d, "Azure Policy allows `addDays` and no finer function");
        return elab_error(e, x->span);
    }
    TExpr *days = elab_node(e, TX_INT, x->right->span, type_simple(TYPE_INT));
    days->number = (x->op == OP_ADD ? 1 : -1) * (duration->number / DAY);
    TExpr *call = elab_node(e, TX_CALL, x->span, type_simple(TYPE_DATETIME));
    call->function = FUNCTION_ADD_DAYS;
    call->operands = ARENA_NEW(e->arena, TExprs);
    vec_push(e->arena, call->operands, date);
    vec_push(e->arena, call->operands, days);
    return call;
}

static bool check_int(Elaborator *e, const TExpr *x, Span span)
{
    if (x->type->kind == TYPE_INT || x->type->kind == TYPE_ANY)
        return true;
    Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, span, "arithmetic needs an int, this is %s",
                          elab_type_text(e, x->type));
    if (type_is_text(x->type))
        diag_help(e->diags, d, "texts are joined by `concat(…)`");
    else if (x->type->kind == TYPE_DATETIME)
        diag_help(e->diags, d, "a date is moved by days: `addDays(…, n)` or `… + 30 days`");
    else if (x->type->kind == TYPE_FLOAT)
        diag_note(e->diags, d, "Azure computes with whole numbers only");
    return false;
}

TExpr *elab_arithmetic(Elaborator *e, const Expr *x)
{
    uint32_t reads = e->related_reads;
    TExpr *left = elab_hinted(e, x->left, NULL), *right = elab_hinted(e, x->right, NULL);
    if (left->kind == TX_ERROR || right->kind == TX_ERROR)
        return elab_error(e, x->span);
    if (e->related_reads > reads) {
        Diag *d = elab_report(e, DIAG_RELATED_IN_FUNCTION, x->span,
                              "a property of the related resource cannot be computed with");
        diag_note(e->diags, d, "there Azure's functions read the resource that is assessed");
        return elab_error(e, x->span);
    }
    if (left->type->kind == TYPE_DATETIME && right->kind == TX_DURATION)
        return moved_date(e, x, left, right);
    if (!check_int(e, left, x->left->span) || !check_int(e, right, x->right->span))
        return elab_error(e, x->span);
    if (left->kind == TX_INT && right->kind == TX_INT)
        return constant(e, x, left, right);
    if (x->op == OP_DIV && right->kind == TX_INT && right->number == 0) {
        elab_report(e, DIAG_BAD_LITERAL, x->right->span, "this divides by zero");
        return elab_error(e, x->span);
    }
    TExpr *result = elab_node(e, TX_ARITHMETIC, x->span, type_simple(TYPE_INT));
    if (result->kind == TX_ERROR)
        return result;
    result->op = x->op;
    result->left = left;
    result->right = right;
    return result;
}
