// act.c - what happens where a rule holds.
//
// spec: evaluation, "Effects"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/internal.h"

static void act_deny_action(Run *r)
{
    const EvalPolicy *p = r->policy;
    Object o = {.arena = r->x.arena};
    Data actions = data_texts(o.arena, (const char *const[]){"delete"}, 1),
         cascade = data_missing();
    r->result->state = STATE_PROTECTED;
    if ((p->actions && !compute(r, p->actions, &actions)) ||
        (p->cascade && !compute(r, p->cascade, &cascade)))
        return;
    object_put(&o, "actionNames", actions);
    if (cascade.kind != DATA_MISSING) {
        Object inner = {.arena = o.arena};
        object_put(&inner, "resourceGroup", cascade);
        object_put(&o, "cascadeBehaviors", object_data(&inner));
    }
    r->result->details = object_data(&o);
}

// Nothing is known of attestations: the default state stands.
static void act_manual(Run *r)
{
    const char *state = r->policy->definition->details.default_state;
    Str s = str_of(state ? state : "Unknown");
    Object o = {.arena = r->x.arena};
    object_put(&o, "defaultState", data_string(s));
    r->result->details = object_data(&o);
    if (str_equal_nocase(s, str_of("Compliant"))) {
        r->result->state = STATE_COMPLIANT;
    } else if (str_equal_nocase(s, str_of("NonCompliant")) ||
               str_equal_nocase(s, str_of("Non-compliant"))) {
        r->result->state = STATE_NON_COMPLIANT;
    } else {
        r->result->state = STATE_UNKNOWN;
        r->result->error = "nobody has attested to it";
    }
}

void act(Run *r, Effect effect)
{
    switch (effect) {
    case EFFECT_UNKNOWN:
    case EFFECT_OTHER:
        r->result->state = STATE_UNKNOWN;
        r->result->error = "what this effect does cannot be evaluated here";
        return;
    case EFFECT_DISABLED:
        r->result->state = STATE_COMPLIANT;
        r->result->effect = NULL;
        return;
    case EFFECT_AUDIT:
    case EFFECT_DENY:
        r->result->state = STATE_NON_COMPLIANT;
        if (r->policy->other && !compute(r, r->policy->other, &r->result->details))
            r->result->details = data_missing();
        return;
    case EFFECT_APPEND:
    case EFFECT_MODIFY:
        r->result->state = STATE_NON_COMPLIANT;
        act_change(r, effect);
        return;
    case EFFECT_AUDIT_IF_NOT_EXISTS:
    case EFFECT_DEPLOY_IF_NOT_EXISTS:
        act_related(r, effect);
        return;
    case EFFECT_DENY_ACTION:
        act_deny_action(r);
        return;
    case EFFECT_MANUAL:
        act_manual(r);
        return;
    }
    BUG("an effect");
}
