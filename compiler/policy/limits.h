// limits.h - what the service would refuse, found before it does.
//
// Every limit has its number in limits.def; a breach is a diagnostic at the
// node's span that says the number found, the number allowed and what to do.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_LIMITS_H
#define MOAT_POLICY_LIMITS_H

#include "diag/compilation.h"
#include "policy/model.h"

void limits_check_definition(Compilation *c, const PolicyDefinition *d);
// Everything else: initiatives, assignments, exemptions, and what meets at one scope.
// `root` is where definitions and initiatives live; NULL: not known, and not counted.
void limits_check(Compilation *c, const PolicySet *set, const char *root);

#endif
