// interpret.h - what a requirement says of a resource, by the language's own words.
//
// A walker over the checked program, slow and plain, that knows nothing of Azure
// Policy: no rule, no operator, no template expression. What it says is what
// spec/ says; where it and a lowered rule differ, one of the three is wrong.
//
// spec: types, requirements
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_INTERPRET_H
#define MOAT_TESTS_LAWS_INTERPRET_H

#include "catalog/catalog.h"
#include "sema/sema.h"
#include "json/data.h"

typedef enum Verdict {
    VERDICT_NOT_APPLICABLE,
    VERDICT_SATISFIED,
    VERDICT_VIOLATED,
    VERDICT_UNKNOWN, // a function got a value of another type than it takes
} Verdict;

typedef struct World { // a resource and what surrounds it
    const Data *resource;
    const Data *parameters;                              // object, or NULL: all have defaults
    const Data *request, *resource_group, *subscription; // objects or NULL
    const Data *related;                                 // array or NULL
    const char *now;                                     // 2026-01-15T00:00:00Z
} World;

// Which clause is not met goes to *ret_clause, NULL where there is none. What the
// interpreter does not know ends the program.
Verdict interpret(Arena *a, const Catalog *catalog, const TRequirement *r, const World *w,
                  const TExpr **ret_clause);

#endif
