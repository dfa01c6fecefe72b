// compare.h - between the files that check comparisons.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_COMPARE_H
#define MOAT_SEMA_COMPARE_H

#include "sema/elaborate.h"

typedef struct Pair { // a comparison on its way
    const Expr *source;
    CompareOp op;
    const Expr *left_source, *right_source;
    TExpr *left, *right;
} Pair;

const char *compare_op_text(CompareOp op);
bool compare_is_whole(const Type *t); // a list, record, table or object
bool compare_sides_meet(const TExpr *left, const Type *right);
bool compare_is_constant(const TExpr *x); // one literal
TExpr *compare_finish(Elaborator *e, const Pair *p, CompareOp op);
TExpr *compare_report_mismatch(Elaborator *e, const Pair *p, const Type *l, const Type *r);
TExpr *compare_report_whole(Elaborator *e, const Pair *p, const Type *t);

// compare_text.c
TExpr *compare_in(Elaborator *e, Pair *p);
TExpr *compare_text(Elaborator *e, Pair *p); // like, matches, contains
TExpr *compare_key(Elaborator *e, Pair *p);

#endif
