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

// Checks everything in the set. `root` is the scope its definitions and
// initiatives are for; NULL: not known, and not counted.
void limits_check(Compilation *c, const PolicySet *set, const char *root);

#endif
