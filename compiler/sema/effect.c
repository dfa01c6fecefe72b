// effect.c - see effect.h.
//
// SPDX-License-Identifier: MIT
#include "sema/effect.h"

#include "base/bug.h"
#include "sema/check.h"

static const char *const EFFECT_TEXTS[EFFECT_COUNT] = {
    [EFFECT_AUDIT] = "audit",
    [EFFECT_DENY] = "deny",
    [EFFECT_DISABLED] = "disabled",
    [EFFECT_APPEND] = "append",
    [EFFECT_MODIFY] = "modify",
    [EFFECT_AUDIT_IF_NOT_EXISTS] = "auditIfNotExists",
    [EFFECT_DEPLOY_IF_NOT_EXISTS] = "deployIfNotExists",
    [EFFECT_DENY_ACTION] = "denyAction",
    [EFFECT_MANUAL] = "manual",
    [EFFECT_MUTATE] = "mutate",
    [EFFECT_ADD_TO_NETWORK_GROUP] = "addToNetworkGroup",
};

const char *const POLICY_MODES[] = {
    "All",
    "Indexed",
    "Microsoft.CognitiveServices.Data",
    "Microsoft.ContainerService.Data",
    "Microsoft.DataFactory.Data",
    "Microsoft.KeyVault.Data",
    MODE_KUBERNETES,
    "Microsoft.LoadTestService.Data",
    "Microsoft.MachineLearningServices.Data",
    "Microsoft.MachineLearningServices.v2.Data",
    "Microsoft.ManagedHSM.Data",
    MODE_NETWORK,
    NULL,
};

uint32_t effects_of_mode(const char *mode)
{
    const uint32_t data_plane = EFFECT_BIT(EFFECT_MUTATE) | EFFECT_BIT(EFFECT_ADD_TO_NETWORK_GROUP);
    const uint32_t judging =
        EFFECT_BIT(EFFECT_AUDIT) | EFFECT_BIT(EFFECT_DENY) | EFFECT_BIT(EFFECT_DISABLED);
    if (!mode || strcmp(mode, "All") == 0 || strcmp(mode, "Indexed") == 0)
        return (EFFECT_BIT(EFFECT_COUNT) - 1) & ~data_plane;
    if (strcmp(mode, MODE_KUBERNETES) == 0)
        return judging | EFFECT_BIT(EFFECT_MUTATE);
    if (strcmp(mode, MODE_NETWORK) == 0)
        return EFFECT_BIT(EFFECT_ADD_TO_NETWORK_GROUP) | EFFECT_BIT(EFFECT_DISABLED);
    return judging;
}

const char *effect_text(Effect e)
{
    return EFFECT_TEXTS[e];
}

bool effect_find(Str text, Effect *ret)
{
    for (int e = 0; e < EFFECT_COUNT; e++) {
        if (str_equal_nocase(text, str_of(EFFECT_TEXTS[e]))) {
            *ret = (Effect)e;
            return true;
        }
    }
    return false;
}

EffectFamily effect_family(Effect e)
{
    switch (e) {
    case EFFECT_AUDIT:
    case EFFECT_DENY:
    case EFFECT_APPEND:
    case EFFECT_MODIFY:
        return FAMILY_REQUEST;
    case EFFECT_AUDIT_IF_NOT_EXISTS:
    case EFFECT_DEPLOY_IF_NOT_EXISTS:
        return FAMILY_EXISTENCE;
    case EFFECT_DENY_ACTION:
        return FAMILY_DELETE;
    case EFFECT_MANUAL:
        return FAMILY_MANUAL;
    case EFFECT_MUTATE:
        return FAMILY_ADMISSION;
    case EFFECT_ADD_TO_NETWORK_GROUP:
        return FAMILY_NETWORK;
    case EFFECT_DISABLED:
    case EFFECT_COUNT:
        return FAMILY_NONE;
    }
    BUG("no such effect");
}

static const char *family_text(EffectFamily f)
{
    switch (f) {
    case FAMILY_NONE:
        return "does nothing";
    case FAMILY_REQUEST:
        return "judges the request";
    case FAMILY_EXISTENCE:
        return "judges what the service stored";
    case FAMILY_DELETE:
        return "judges deletions";
    case FAMILY_MANUAL:
        return "waits for an attestation";
    case FAMILY_ADMISSION:
        return "changes what enters a cluster";
    case FAMILY_NETWORK:
        return "puts networks into a group";
    }
    BUG("no such family");
}

const char *effects_text(Arena *a, uint32_t bits)
{
    const char *texts[EFFECT_COUNT + 1] = {NULL};
    size_t count = 0;
    for (int e = 0; e < EFFECT_COUNT; e++) {
        if (bits & EFFECT_BIT(e))
            texts[count++] = EFFECT_TEXTS[e];
    }
    return choices_text(a, texts);
}

uint32_t effects_bits(const Effect *effects, uint32_t count)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < count; i++)
        bits |= EFFECT_BIT(effects[i]);
    return bits;
}

// Two effects that one definition cannot have.
static bool effects_mix(Effect a, Effect b)
{
    EffectFamily x = effect_family(a), y = effect_family(b);
    bool both_write =
        EFFECT_BIT(a) + EFFECT_BIT(b) == EFFECT_BIT(EFFECT_APPEND) + EFFECT_BIT(EFFECT_MODIFY);
    return x == FAMILY_NONE || y == FAMILY_NONE || (x == y && !both_write);
}

static bool effect_check_mix(Program *p, const ReqItem *item, const Effects *known,
                             const Words *words, Effect e, Word word)
{
    Diags *ds = p->compilation->diags;
    for (uint32_t i = 0; i < known->len; i++) {
        Effect before = known->items[i];
        Word first = words->items[i];
        if (before == e) {
            Diag *d = diag_report(ds, DIAG_EFFECT_TWICE, word.span, "effect `%s` is listed twice",
                                  effect_text(e));
            diag_label(ds, d, first.span, "first listed here");
            return false;
        }
        if (effects_mix(before, e))
            continue;
        Diag *d = diag_report(ds, DIAG_EFFECTS_DO_NOT_MIX, item->span,
                              "`%s` and `%s` cannot be effects of one requirement",
                              effect_text(before), effect_text(e));
        EffectFamily x = effect_family(before), y = effect_family(e);
        if (x == y) {
            diag_note(ds, d, "both add to the request, each in its own way");
            diag_help(ds, d, "write `%s` alone: it also repairs what is there", "modify");
        } else {
            diag_label(ds, d, first.span, "%s", family_text(x));
            diag_label(ds, d, word.span, "%s", family_text(y));
            diag_help(ds, d, "write one requirement for each of them");
        }
        return false;
    }
    return true;
}

// Effects of retired modes: only built-in policies still have them.
static const char *const RETIRED[] = {"enforceSetting", "EnforceRegoPolicy",
                                      "EnforceOPAConstraint"};

static bool effect_check_word(Program *p, Word word, Effect *ret)
{
    const char *choices[EFFECT_COUNT + 1] = {NULL};
    memcpy(choices, EFFECT_TEXTS, sizeof EFFECT_TEXTS);
    for (size_t i = 0; i < sizeof RETIRED / sizeof RETIRED[0]; i++) {
        if (!str_equal_nocase(str_of(word.name), str_of(RETIRED[i])))
            continue;
        Diags *ds = p->compilation->diags;
        Diag *d = diag_report(ds, DIAG_EFFECT_OF_BUILTINS, word.span,
                              "`%s` is an effect of built-in policies only", word.name);
        diag_help(ds, d, "include the built-in in an initiative: `include builtin \"…\" as name`");
        return false;
    }
    size_t at = check_choice(p, word, "an effect", choices);
    *ret = (Effect)at;
    return at != CHOICE_NONE;
}

bool effects_check(Program *p, const ReqItem *item, Arena *a, Effects *ret)
{
    Effects effects = {0};
    Words words = {0}; // of the effects
    bool good = true;
    for (uint32_t i = 0; i < item->effects.len; i++) {
        Word word = item->effects.items[i];
        Effect e;
        if (!effect_check_word(p, word, &e) ||
            !effect_check_mix(p, item, &effects, &words, e, word)) {
            good = false;
            continue;
        }
        vec_push(a, &effects, e);
        vec_push(a, &words, word);
    }
    if (good && effects.len == 1 && effects.items[0] == EFFECT_DISABLED) {
        Diags *ds = p->compilation->diags;
        Diag *d = diag_report(ds, DIAG_ONLY_DISABLED, item->span,
                              "a requirement that is always `disabled` does nothing");
        diag_help(ds, d, "add the effect it has when it is on: `effect audit | disabled`");
    }
    *ret = effects;
    return good;
}

void effects_of_declaration(const RequirementDecl *decl, Arena *a, Effects *ret)
{
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const ReqItem *item = &decl->items.items[i];
        for (uint32_t k = 0; item->kind == REQITEM_EFFECT && k < item->effects.len; k++) {
            Effect e;
            if (effect_find(str_of(item->effects.items[k].name), &e))
                vec_push(a, ret, e);
        }
    }
}
