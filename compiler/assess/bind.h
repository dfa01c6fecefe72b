// bind.h - between the files of assess: policies with the parameters they get.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_ASSESS_BIND_H
#define MOAT_ASSESS_BIND_H

#include "assess/assess.h"

typedef VEC(AssessPolicy) BoundPolicies;

void bind_set(const AssessSetup *setup, const PolicySet *set, BoundPolicies *ret);
#endif
