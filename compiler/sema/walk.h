// walk.h - every node of a typed tree, from the outside in.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_WALK_H
#define MOAT_SEMA_WALK_H

#include "sema/typed.h"

// False: what is below the node is left out.
typedef bool TypedVisit(const TExpr *e, void *context);
void typed_walk(const TExpr *e, TypedVisit *visit, void *context);          // takes NULL
void typed_walk_list(const TExprs *list, TypedVisit *visit, void *context); // takes NULL
// All of a rule: conditions, related resource, remedies. `where` and `require` come first.
void typed_walk_rule(const TRule *rule, TypedVisit *visit, void *context);

#endif
