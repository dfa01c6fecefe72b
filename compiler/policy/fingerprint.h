// fingerprint.h - has a definition or initiative changed?
//
// Sixteen hex digits of the SHA-256 of the body without white space and without
// `metadata.fingerprint`: two definitions with the same fingerprint are the same
// to Azure, whatever the layout of their files. An initiative's does not depend
// on where it lives, nor on what its definitions say.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_FINGERPRINT_H
#define MOAT_POLICY_FINGERPRINT_H

#include "policy/model.h"

enum { FINGERPRINT_DIGITS = 16 };

const char *policy_fingerprint_definition(Arena *a, const PolicyDefinition *d);
const char *policy_fingerprint_initiative(Arena *a, const PolicyInitiative *in);

#endif
