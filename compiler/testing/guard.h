// guard.h - conditions that the compiler adds to those of the source.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_GUARD_H
#define MOAT_TESTING_GUARD_H

#include "policy/model.h"

// Every rule has a test of the resource's type.
bool is_type_test(const Condition *c);
// Of a part of a group that asks whether an operand of another part is there: that part, whose
// place in the source has the operand's inside it. NULL: it is a condition of its own.
const Condition *guarded_by(const Condition *group, const Condition *part);

#endif
