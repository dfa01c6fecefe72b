// eval.c - making a policy ready, and running it.
//
// spec: evaluation
//
// SPDX-License-Identifier: MIT
#include "eval/eval.h"

#include "base/bug.h"
#include "base/limits.h"
#include "eval/internal.h"

// --- making ready --------------------------------------------------------------------------------

void prepare_break(Prepare *p, Span span, const char *fmt, ...)
{
    if (p->policy->broken)
        return;
    va_list args;
    va_start(args, fmt);
    p->policy->broken = arena_vprintf(p->arena, fmt, args);
    va_end(args);
    p->policy->broken_span = span;
}

Diag *prepare_refuse(Prepare *p, DiagCode code, Span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *message = arena_vprintf(p->arena, fmt, args);
    va_end(args);
    prepare_break(p, span, "%s", message);
    return diag_report(p->setup->compilation->diags, code, span, "%s", message);
}

static ModeKind mode_of(Prepare *p, const char *mode)
{
    Str m = str_of(mode ? mode : "Indexed");
    if (str_equal_nocase(m, str_of("Indexed")))
        return MODE_INDEXED;
    if (str_equal_nocase(m, str_of("All")))
        return MODE_ALL;
    if (str_equal_nocase(m, str_of("Microsoft.Kubernetes.Data")))
        return MODE_KUBERNETES;
    if (m.n > 5 && str_equal_nocase((Str){m.p + m.n - 5, 5}, str_of(".Data")))
        return MODE_DATA_PLANE;
    prepare_refuse(p, DIAG_MODE_UNKNOWN, p->policy->definition->span, "there is no mode `%s`",
                   mode);
    return MODE_ALL;
}

// Name and kind alone narrow nothing, and beside a type only where the rule tests more.
static void set_narrowing(Prepare *p)
{
    bool more = p->tests_other || (p->tests_name && p->tests_kind);
    bool type_only = p->policy->mode == MODE_DATA_PLANE;
    p->policy->narrow_type = p->tests_type;
    p->policy->narrow_name = p->tests_type && p->tests_name && more && !type_only;
    p->policy->narrow_kind = p->tests_type && p->tests_kind && more && !type_only;
}

EvalPolicy *eval_prepare(const EvalSetup *setup, const PolicyDefinition *d, const EvalBinding *b)
{
    static const EvalBinding NONE = {0};
    Arena *a = setup->compilation->arena;
    EvalPolicy *policy = ARENA_NEW(a, EvalPolicy);
    *policy = (EvalPolicy){.definition = d,
                           .catalog = setup->catalog,
                           .aliases = setup->aliases,
                           .semantics = setup->semantics};
    Prepare p = {.setup = setup,
                 .binding = b ? b : &NONE,
                 .arena = a,
                 .policy = policy,
                 .span = d->span,
                 .fuel = LIMIT_EVALUATION};
    p.x = (ValueContext){.arena = a, .semantics = setup->semantics, .now = "", .fuel = &p.fuel};
    policy->is_static =
        d->policy_type && str_equal_nocase(str_of(d->policy_type), str_of("Static"));
    policy->mode = mode_of(&p, d->bare ? "All" : d->mode);
    prepare_parameters(&p);
    policy->condition = node_of_condition(&p, d->condition, 0);
    set_narrowing(&p);
    prepare_effect(&p);
    prepare_types(&p);
    policy->relates_to_itself = relates_to_itself(policy);
    return policy;
}

const PolicyDefinition *eval_definition(const EvalPolicy *p)
{
    return p->definition;
}

const char *eval_related_type(const EvalPolicy *p)
{
    const Details *d = &p->definition->details;
    bool asks = d->kind == DETAILS_IF_NOT_EXISTS && !p->relates_to_itself;
    return asks ? d->type : NULL;
}

// --- running -------------------------------------------------------------------------------------

EvalScratch *eval_scratch_new(void)
{
    Arena *a = arena_new();
    EvalScratch *s = malloc(sizeof *s);
    if (!s)
        out_of_memory();
    *s = (EvalScratch){.arena = a};
    return s;
}

void eval_scratch_free(EvalScratch *s)
{
    if (!s)
        return;
    arena_free(s->arena);
    buf_free(&s->path);
    free(s);
}

void eval_scratch_trace(EvalScratch *s, bool on)
{
    s->trace = on;
}

static const char *version_of(const EvalInput *in)
{
    static const Str NAME = {"apiVersion", 10};
    const Data *d = in->request_context && in->request_context->kind == DATA_OBJECT
                        ? data_get_nocase(in->request_context, NAME)
                        : NULL;
    if (!d && in->resource->kind == DATA_OBJECT)
        d = data_get_nocase(in->resource, NAME);
    return d && d->kind == DATA_STRING && d->count ? d->text : NULL;
}

static void run_start(Run *r, const EvalPolicy *p, const EvalInput *in, EvalScratch *s,
                      Semantics semantics, EvalResult *ret)
{
    r->policy = p;
    r->in = in;
    r->result = ret;
    r->scratch = s;
    r->fuel = LIMIT_EVALUATION;
    r->x = (ValueContext){
        .arena = s->arena, .semantics = semantics, .now = in->now ? in->now : "", .fuel = &r->fuel};
    r->judged = document_of(in->resource);
    r->document = &r->judged;
    r->trace = s->trace && semantics == p->semantics;
    r->thorough = semantics == SEMANTICS_DOCUMENTED ||
                  (semantics == SEMANTICS_RECOMMENDED && !in->verdict_only);
    r->failed = (Span){0};
    r->iterations = 1;
    r->counts = 0;
    r->element = r->elements = 0;
    r->api_version = in->api_version;
    if (!r->api_version && version_of(in)) {
        const char *text = version_of(in);
        r->api_version = arena_copy(s->arena, text, strcspn(text, "\""));
    }
    *ret =
        (EvalResult){.state = STATE_ERROR, .details = data_missing(), .resource = data_missing()};
}

// What failed: an error, which the service answers with a denial, or not known.
static void run_failed(Run *r)
{
    EvalResult *ret = r->result;
    ret->state = r->x.failure.unknown ? STATE_UNKNOWN : STATE_ERROR;
    ret->error = r->x.failure.reason ? r->x.failure.reason : "the evaluation failed";
    ret->error_span = r->failed;
    ret->effect = NULL;
    ret->resource = ret->details = data_missing();
    if (r->x.failure.unknown || r->in->scan)
        return;
    Object o = {.arena = r->x.arena};
    object_text(&o, "atRequest", "deny");
    ret->details = object_data(&o);
}

static void not_applicable(EvalResult *ret, const char *why)
{
    ret->state = STATE_NOT_APPLICABLE;
    ret->error = why;
}

// Whether it is to be judged at all; else its state is set.
static bool applies(Run *r)
{
    const EvalPolicy *p = r->policy;
    EvalResult *ret = r->result;
    const char *why = NULL;
    if (p->broken) {
        ret->error = p->broken;
        ret->error_span = p->broken_span;
        return false;
    }
    if (p->is_static)
        not_applicable(ret, "a policy of type Static is never evaluated");
    else if (!may_apply(r, p->condition, false) || !service_evaluates(r, &why))
        not_applicable(ret, why);
    else if (p->unknown_alias)
        not_applicable(ret, arena_printf(r->x.arena, "no alias `%s` is known", p->unknown_alias));
    else
        return true;
    if (p->unknown_alias && ret->error)
        ret->error_span = p->unknown_span;
    return false;
}

static bool effect_of(Run *r, Effect *ret, const char **ret_text)
{
    Data d;
    if (!compute(r, r->policy->effect, &d))
        return false;
    const char *spelling;
    *ret = d.kind == DATA_STRING ? effect_named(data_str(&d), &spelling) : EFFECT_UNKNOWN;
    if (*ret != EFFECT_UNKNOWN) {
        *ret_text = r->policy->effect->kind == TERM_DATA && d.text[d.count] == '\0'
                        ? d.text
                        : arena_copy(r->x.arena, d.text, d.count);
        return true;
    }
    r->x.failure = (EvalFailure){.reason = "the effect is none of Azure Policy's", .final = true};
    return false;
}

static bool is_if_not_exists(Effect e)
{
    return e == EFFECT_AUDIT_IF_NOT_EXISTS || e == EFFECT_DEPLOY_IF_NOT_EXISTS;
}

static void run_rule(Run *r)
{
    EvalResult *ret = r->result;
    Effect effect;
    const char *text;
    if (!applies(r))
        return;
    if (!effect_of(r, &effect, &text)) {
        run_failed(r);
        return;
    }
    if (effect == EFFECT_DISABLED) {
        ret->state = STATE_COMPLIANT;
        return;
    }
    bool data_plane = r->policy->mode == MODE_DATA_PLANE || r->policy->mode == MODE_KUBERNETES;
    Truth t = judge(r, r->policy->condition);
    if (t == TRUTH_ERROR) {
        run_failed(r);
        return;
    }
    ret->matched = t == TRUTH_TRUE;
    if (data_plane && r->x.semantics != SEMANTICS_ENGINE &&
        (ret->matched || r->policy->mode == MODE_DATA_PLANE)) {
        ret->state = STATE_UNKNOWN;
        ret->error = "what a data-plane mode sees cannot be evaluated here";
        return;
    }
    if (!ret->matched) {
        bool whole = is_if_not_exists(effect) || r->policy->mode == MODE_KUBERNETES;
        ret->state = whole ? STATE_NOT_APPLICABLE : STATE_COMPLIANT;
        return;
    }
    ret->effect = text;
    act(r, effect);
    if (r->x.failure.reason)
        run_failed(r);
}

const char *eval_state_text(EvalState s)
{
    switch (s) {
    case STATE_COMPLIANT:
        return "compliant";
    case STATE_NON_COMPLIANT:
        return "nonCompliant";
    case STATE_NOT_APPLICABLE:
        return "notApplicable";
    case STATE_EXEMPT:
        return "exempt";
    case STATE_PROTECTED:
        return "protected";
    case STATE_UNKNOWN:
        return "unknown";
    case STATE_ERROR:
        return "error";
    }
    BUG("a state");
}

static const char *const SEMANTICS_TEXT[] = {"recommended", "documented", "engine"};

Semantics semantics_named(const char *word)
{
    for (Semantics s = SEMANTICS_RECOMMENDED; word && s <= SEMANTICS_ENGINE; s++) {
        if (strcmp(word, SEMANTICS_TEXT[s]) == 0)
            return s;
    }
    return SEMANTICS_RECOMMENDED;
}

// Something depended on the Semantics: does the verdict?
static void compare_semantics(const EvalPolicy *p, const EvalInput *in, EvalScratch *s,
                              EvalResult *ret)
{
    for (Semantics other = SEMANTICS_RECOMMENDED; other <= SEMANTICS_ENGINE; other++) {
        if (other == p->semantics || ret->uncertain)
            continue;
        Run r;
        EvalResult theirs;
        run_start(&r, p, in, s, other, &theirs);
        run_rule(&r);
        if (theirs.state == ret->state && theirs.matched == ret->matched)
            continue;
        ret->uncertain = true;
        ret->uncertain_reason = arena_printf(s->arena, "by semantics `%s` it is %s",
                                             SEMANTICS_TEXT[other], eval_state_text(theirs.state));
    }
}

static void scratch_reset(EvalScratch *s)
{
    if (arena_used(s->arena))
        arena_reset(s->arena);
}

void eval_run(const EvalPolicy *p, const EvalInput *in, EvalScratch *s, EvalResult *ret)
{
    Run r;
    scratch_reset(s);
    run_start(&r, p, in, s, p->semantics, ret);
    run_rule(&r);
    if (r.x.uncertain && !in->verdict_only)
        compare_semantics(p, in, s, ret);
}

Truth eval_condition(const EvalPolicy *p, const EvalInput *in, EvalScratch *s, EvalResult *ret)
{
    Run r;
    scratch_reset(s);
    run_start(&r, p, in, s, p->semantics, ret);
    if (p->broken) {
        ret->error = p->broken;
        ret->error_span = p->broken_span;
        return TRUTH_ERROR;
    }
    Truth t = judge(&r, p->condition);
    ret->matched = t == TRUTH_TRUE;
    ret->uncertain = r.x.uncertain;
    if (t == TRUTH_ERROR)
        run_failed(&r);
    return t;
}
