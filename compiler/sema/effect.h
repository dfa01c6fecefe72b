// effect.h - the effects of a requirement.
//
// Effects of one definition share one shape of details, so they come from one
// family; `disabled` goes with every family. spec: requirements, effects.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_EFFECT_H
#define MOAT_SEMA_EFFECT_H

#include "sema/sema.h"

typedef enum EffectFamily {
    FAMILY_NONE,      // disabled only, or nothing known
    FAMILY_REQUEST,   // audit deny append modify: judge the request
    FAMILY_EXISTENCE, // auditIfNotExists deployIfNotExists: judge what the service stored
    FAMILY_DELETE,    // denyAction
    FAMILY_MANUAL,    // manual: somebody attests
    FAMILY_ADMISSION, // mutate: changes what enters a cluster
    FAMILY_NETWORK,   // addToNetworkGroup
} EffectFamily;

typedef VEC(Effect) Effects;

#define EFFECT_BIT(e) (1u << (e))

#define MODE_KUBERNETES "Microsoft.Kubernetes.Data"
#define MODE_NETWORK "Microsoft.Network.Data"
extern const char *const POLICY_MODES[];    // NULL ends them
uint32_t effects_of_mode(const char *mode); // EFFECT_BITs; mode NULL: any of Resource Manager

bool effect_find(Str text, Effect *ret); // ignores case
EffectFamily effect_family(Effect e);
// Reads the words of `effect a | b` and reports what cannot be. False where it reported.
bool effects_check(Program *p, const ReqItem *item, Arena *a, Effects *ret);
const char *effects_text(Arena *a, uint32_t bits); // `audit`, `deny` or `disabled`
// The effects a requirement declares, nothing reported.
void effects_of_declaration(const RequirementDecl *decl, Arena *a, Effects *ret);
uint32_t effects_bits(const Effect *effects, uint32_t count);

#endif
