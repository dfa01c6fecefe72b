// scope.h - between the files of assess: what an assignment counts for.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_ASSESS_SCOPE_H
#define MOAT_ASSESS_SCOPE_H

#include "policy/model.h"
#include "json/data.h"

// Of the resource at hand; texts that are not there have p NULL.
typedef struct Facts {
    Str id, type, location;
    const Data *management_groups; // names of those above it, or NULL where not known
} Facts;

// Is a resource below (or at) a scope? Where it cannot be known, it is.
bool scope_holds(const char *scope, const Facts *f);
// Does an assignment count for it: scope, notScopes, resource selectors?
bool assignment_counts(const PolicyAssignment *a, const Facts *f, const char **ret_why_not);
bool override_counts(const PolicyOverride *o, const Facts *f, const char *reference_id);
// Could it hold for a member, whatever the resource?
bool override_names(const PolicyOverride *o, const char *reference_id);
bool exemption_counts(const PolicyExemption *e, const PolicyAssignment *a, const Facts *f,
                      const char *reference_id, const char *now);

#endif
