// limits.h - what the service would refuse, found before it does.
//
// Every limit has its number in limits.def; a breach is a diagnostic at the
// node's span that says the number and what to do.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_LIMITS_H
#define MOAT_POLICY_LIMITS_H

#include "diag/compilation.h"
#include "policy/model.h"

void limits_check_definition(Compilation *c, const PolicyDefinition *d, size_t body_bytes);
void limits_check_initiative(Compilation *c, const PolicyInitiative *i, size_t body_bytes);
void limits_check_assignment(Compilation *c, const PolicyAssignment *a, size_t body_bytes);
void limits_check_exemption(Compilation *c, const PolicyExemption *e);
// Counts per scope: definitions and initiatives at `root`, assignments and
// exemptions at each of their scopes.
void limits_check_scopes(Compilation *c, const PolicySet *set, const char *root);

#endif
