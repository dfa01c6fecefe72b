// related.h - the resources beside the one judged, for `…IfNotExists`.
//
// They come from a list that says for each type what there is (`--related`), or
// from an inventory. Of a type that neither has, nothing is known.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_ASSESS_RELATED_H
#define MOAT_ASSESS_RELATED_H

#include "eval/eval.h"

typedef struct Related Related;

Related *related_list_new(Arena *a);
// `[{"type": T, "resource": {…} | null}]`: null says that there is none of that type; they
// stand beside whatever is judged. Without `type` (also in the resource) it is any type that is
// asked for; an item without `resource` is the resource itself. False, and *error: another shape.
bool related_read(Related *r, const Data *list, const char **ret_error);
// A resource of the inventory, found by its id: below the one judged, in its group, or in its
// subscription.
void related_add(Related *r, const Data *resource);
bool related_next(void *related, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                  bool *unknown); // an EvalRelated

#endif
