// selector.c - what resource selectors can ask: location and type.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

static void report_form(Program *p, const Expr *where)
{
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_SELECTOR_FORM, where->span,
                          "Azure selects resources by location and type only");
    diag_help(ds, d, "write `where location in [\"westeurope\"]`, `not in` or `is missing`");
}

static bool is_location(const Expr *e, Name location)
{
    return e->kind == EXPR_NAME && e->text == location;
}

LocationFilter selector_locations(Program *p, Module *m, const Expr *where)
{
    LocationFilter filter = {0};
    if (!where || where->kind == EXPR_ERROR)
        return filter;
    Arena *a = p->compilation->arena;
    Name location = intern_str(p->compilation->names, "location");
    if (where->kind == EXPR_IS_MISSING && is_location(where->operand, location)) {
        filter.without_location = true;
        return filter;
    }
    bool list = where->kind == EXPR_COMPARE && (where->op == OP_IN || where->op == OP_NOT_IN);
    bool one = where->kind == EXPR_COMPARE && (where->op == OP_EQ || where->op == OP_NE);
    if ((!list && !one) || !is_location(where->left, location)) {
        report_form(p, where);
        return filter;
    }
    const Type *type = type_simple(TYPE_LOCATION);
    Elaborator *e = elaborator_new(p, m, a);
    TExpr *right = elaborate_constant(e, where->right, list ? type_list(a, type) : type);
    filter.negated = where->op == OP_NOT_IN || where->op == OP_NE;
    for (uint32_t i = 0; right->kind == TX_LIST && i < right->operands->len; i++)
        vec_push(a, &filter.locations, right->operands->items[i]->text);
    if (right->kind == TX_STRING)
        vec_push(a, &filter.locations, right->text);
    return filter;
}

void selector_types(Program *p, Module *m, const Words *kinds, RollOut *ret)
{
    Diags *ds = p->compilation->diags;
    Arena *a = p->compilation->arena;
    for (uint32_t i = 0; i < kinds->len; i++) {
        Word word = kinds->items[i];
        KindList opened = {0};
        kinds_open(p, m, word, a, &opened);
        for (uint32_t k = 0; k < opened.len; k++) {
            const KindInfo *kind = opened.items[k];
            if (kind->type && !kind->parent) {
                vec_push(a, &ret->types, kind->type);
                continue;
            }
            Diag *d = diag_report(ds, DIAG_SELECTOR_FORM, word.span,
                                  "kind `%s` is not a resource type of its own", kind->name);
            if (kind->parent)
                diag_help(ds, d, "name kind `%s`, which it refines", kind->parent->name);
        }
    }
}
