// term.c - values and expressions made ready; what is constant is computed now.
//
// spec: evaluation, "Expressions"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "diag/suggest.h"
#include "eval/internal.h"
#include "policy/depth.h"

// --- making ------------------------------------------------------------------------------------

static Term *term_new(Arena *a, TermKind kind)
{
    Term *t = ARENA_NEW(a, Term);
    t->kind = kind;
    return t;
}

const Term *term_of_data(Arena *a, Data d)
{
    Term *t = term_new(a, TERM_DATA);
    t->data = d;
    return t;
}

static Term *term_of_args(Arena *a, TermKind kind, const Term *const *args, uint32_t count)
{
    Term *t = term_new(a, kind);
    t->args = args;
    t->count = count;
    return t;
}

static const Term *term_too_deep(Prepare *p)
{
    prepare_break(p, p->span, "a value is nested too deeply to evaluate");
    return term_of_data(p->arena, data_missing());
}

static bool all_data(const Term *const *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (args[i]->kind != TERM_DATA)
            return false;
    return true;
}

static bool any_fails(const Term *const *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (args[i]->fails)
            return true;
    return false;
}

// The term, or the constant it is under every Semantics.
static const Term *fold(Prepare *p, const Term *t)
{
    if (!all_data(t->args, t->count))
        return t;
    Data args[2] = {0}, made = data_missing();
    for (uint32_t i = 0; i < t->count && i < 2; i++)
        args[i] = t->args[i]->data;
    p->x.uncertain = false;
    p->x.failure = (EvalFailure){0};
    bool done = false;
    if (t->kind == TERM_MEMBER)
        done = data_member(&p->x, &args[0], str_of(t->name), &made);
    else if (t->kind == TERM_INDEX)
        done = data_index(&p->x, &args[0], &args[1], &made);
    else if (t->kind == TERM_CALL &&
             !str_equal(str_of(function_spelling(t->function)), str_of("utcNow"))) {
        Data *all = ARENA_ARRAY(p->arena, Data, t->count + 1);
        for (uint32_t i = 0; i < t->count; i++)
            all[i] = t->args[i]->data;
        done = function_call(&p->x, t->function, all, t->count, &made);
    }
    bool sure = done && !p->x.uncertain && made.kind != DATA_MISSING;
    p->x.failure = (EvalFailure){0};
    return sure ? term_of_data(p->arena, made) : t;
}

// --- functions that need a rule ------------------------------------------------------------------

static bool is_text(const Term *t)
{
    return t->kind == TERM_DATA && t->data.kind == DATA_STRING;
}

static const Term *call_parameters(Prepare *p, const Term *const *args)
{
    if (is_text(args[0])) {
        const Data *value = data_get_nocase(&p->policy->parameters, data_str(&args[0]->data));
        if (value)
            return term_of_data(p->arena, *value);
        if (p->policy->semantics != SEMANTICS_ENGINE)
            prepare_break(p, p->span, "parameter `%.*s` has no value", (int)args[0]->data.count,
                          args[0]->data.text);
    }
    Term *t = term_of_args(p->arena, TERM_PARAMETER, args, 1);
    t->fails = true;
    return t;
}

// An alias nobody knows makes the policy inapplicable, but for the engine; other names the service
// refuses.
void prepare_check_field(Prepare *p, const Field *f)
{
    if (f->no_alias && p->policy->semantics != SEMANTICS_ENGINE)
        diag_report(p->setup->compilation->diags, DIAG_UNKNOWN_ALIAS, p->span,
                    "no alias `%s` is known; Azure refuses it, here it is a path of the resource",
                    f->name);
    if (f->kind != FIELD_UNKNOWN)
        return;
    if (!strchr(f->name, '/')) {
        Diag *d = prepare_refuse(p, DIAG_UNKNOWN_FIELD, p->span, "there is no field `%s`", f->name);
        diag_help(p->setup->compilation->diags, d,
                  "a field is name, fullName, type, kind, location, id, tags, identity.…, or an "
                  "alias like Microsoft.Storage/storageAccounts/minimumTlsVersion");
        return;
    }
    if (p->policy->semantics == SEMANTICS_ENGINE) {
        prepare_refuse(p, DIAG_UNKNOWN_FIELD, p->span,
                       "no alias `%s` is known: the engine refuses it", f->name);
        return;
    }
    if (!p->policy->unknown_alias) {
        p->policy->unknown_alias = f->name;
        p->policy->unknown_span = p->span;
    }
    diag_report(p->setup->compilation->diags, DIAG_UNKNOWN_ALIAS, p->span,
                "no alias `%s` is known; the policy applies to nothing", f->name);
}

static const Field *named_field(Prepare *p, Str name, const Scope *scope)
{
    const Field *f = field_of_name(p->setup->aliases, p->arena, name, scope);
    prepare_check_field(p, f);
    return f;
}

// field() reads the resource judged: counts over a related one are not around it.
static const Term *call_field(Prepare *p, const Term *const *args)
{
    const Scope *scope = p->related ? NULL : p->scope;
    if (is_text(args[0])) {
        Term *t = term_new(p->arena, TERM_FIELD);
        t->field = named_field(p, data_str(&args[0]->data), scope);
        if (t->field->location)
            p->policy->location = true;
        return t;
    }
    Term *t = term_of_args(p->arena, TERM_FIELD_NAMED, args, 1);
    t->scope = scope;
    t->fails = true;
    return t;
}

static const Term *current_of(Prepare *p, Str name)
{
    for (const Scope *s = p->scope; s; s = s->outer) {
        if (s->field || !str_equal_nocase(str_of(s->name), name))
            continue;
        Term *t = term_new(p->arena, TERM_CURRENT);
        t->slot = s->slot;
        return t;
    }
    const Field *f = field_of_name(p->setup->aliases, p->arena, name, p->scope);
    bool bound = false;
    for (uint32_t i = 0; i < f->count; i++)
        bound = bound || (f->paths[i].slot && !f->paths[i].wraps);
    if (!bound) {
        prepare_refuse(p, DIAG_CURRENT_UNKNOWN, p->span, "no count around is over `%.*s`",
                       (int)name.n, name.p);
        return term_of_data(p->arena, data_missing());
    }
    Term *t = term_new(p->arena, TERM_CURRENT_FIELD);
    t->field = f;
    return t;
}

static const Term *call_current(Prepare *p, const Term *const *args, uint32_t count)
{
    if (!p->scope) {
        prepare_refuse(p, DIAG_CURRENT_OUTSIDE, p->span, "current() stands in no count");
        return term_of_data(p->arena, data_missing());
    }
    if (count == 0) {
        if (p->scope->field)
            return current_of(p, str_of(p->scope->field->name));
        Term *t = term_new(p->arena, TERM_CURRENT);
        t->slot = p->scope->slot;
        return t;
    }
    if (is_text(args[0]))
        return current_of(p, data_str(&args[0]->data));
    Term *t = term_of_args(p->arena, TERM_CURRENT_NAMED, args, 1);
    t->scope = p->scope;
    t->fails = true;
    return t;
}

static const Term *call_policy(Prepare *p)
{
    const EvalBinding *b = p->binding;
    Object o = {.arena = p->arena};
    object_text(&o, "assignmentId", b->assignment_id ? b->assignment_id : "");
    object_text(&o, "definitionId", b->definition_id ? b->definition_id : "");
    object_text(&o, "setDefinitionId", b->set_id ? b->set_id : "");
    object_text(&o, "definitionReferenceId", b->reference_id ? b->reference_id : "");
    return term_of_data(p->arena, object_data(&o));
}

// Only the branch that is taken has to be good.
static const Term *call_if(Prepare *p, const Term *const *args)
{
    if (args[0]->kind == TERM_DATA && args[0]->data.kind == DATA_BOOL)
        return args[0]->data.truth ? args[1] : args[2];
    Term *t = term_of_args(p->arena, TERM_IF, args, 3);
    t->fails = any_fails(args, 3) || args[0]->kind != TERM_CALL;
    return t;
}

static const struct {
    const char *name;
    uint32_t least, most;
    TermKind kind;
} SPECIAL[] = {
    {"parameters", 1, 1, TERM_PARAMETER},
    {"field", 1, 1, TERM_FIELD},
    {"current", 0, 1, TERM_CURRENT},
    {"if", 3, 3, TERM_IF},
    {"policy", 0, 0, TERM_DATA},
    {"requestContext", 0, 0, TERM_REQUEST_CONTEXT},
    {"resourceGroup", 0, 0, TERM_RESOURCE_GROUP},
    {"subscription", 0, 0, TERM_SUBSCRIPTION},
};
#define SPECIAL_COUNT (sizeof(SPECIAL) / sizeof(SPECIAL[0]))

static const Term *call_special(Prepare *p, size_t which, const Term *const *args, uint32_t count)
{
    TermKind kind = SPECIAL[which].kind;
    if (kind == TERM_PARAMETER)
        return call_parameters(p, args);
    if (kind == TERM_FIELD)
        return call_field(p, args);
    if (kind == TERM_CURRENT)
        return call_current(p, args, count);
    if (kind == TERM_IF)
        return call_if(p, args);
    if (kind == TERM_DATA)
        return call_policy(p);
    Term *t = term_new(p->arena, kind);
    t->fails = true;
    return t;
}

// --- calls ---------------------------------------------------------------------------------------

static const Term *bad_count(Prepare *p, const char *name, uint32_t least, uint32_t most,
                             uint32_t count)
{
    char wanted[64];
    if (least == most)
        snprintf(wanted, sizeof wanted, "%" PRIu32, least);
    else if (most == UINT32_MAX)
        snprintf(wanted, sizeof wanted, "%" PRIu32 " or more", least);
    else
        snprintf(wanted, sizeof wanted, "%" PRIu32 " to %" PRIu32, least, most);
    prepare_refuse(p, DIAG_FUNCTION_ARGUMENTS, p->span,
                   "function `%s` takes %s argument%s, not %" PRIu32, name, wanted,
                   least == most && most == 1 ? "" : "s", count);
    return term_of_data(p->arena, data_missing());
}

static const Term *unknown_function(Prepare *p, const char *name)
{
    if (function_forbidden(str_of(name)))
        prepare_refuse(p, DIAG_FUNCTION_FORBIDDEN, p->span,
                       "function `%s` is not allowed in a policy rule", name);
    else
        prepare_refuse(p, DIAG_FUNCTION_UNKNOWN, p->span, "there is no function `%s`", name);
    return term_of_data(p->arena, data_missing());
}

static bool is_key(const Term *t)
{
    return t->kind == TERM_DATA && (t->data.kind == DATA_STRING || t->data.kind == DATA_INT);
}

// Pure functions that cannot fail, whatever they are given; of `tryGet`, as long as its keys are.
static bool never_fails(const PureFunction *f, const Term *const *args, uint32_t count)
{
    static const char *const SAFE[] = {"equals", "coalesce", "createArray", "tryGet",
                                       "true",   "false",    "null",        "array"};
    bool safe = false, get = str_equal(str_of(function_spelling(f)), str_of("tryGet"));
    for (size_t i = 0; i < sizeof(SAFE) / sizeof(SAFE[0]); i++)
        safe = safe || str_equal(str_of(function_spelling(f)), str_of(SAFE[i]));
    for (uint32_t i = 1; get && i < count; i++)
        safe = safe && is_key(args[i]);
    return safe;
}

static void remember_identity(Prepare *p, const Term *of, Str name)
{
    if (of->kind == TERM_REQUEST_CONTEXT && str_equal_nocase(name, str_of("identity")))
        p->policy->identity = true;
}

static const Term *call_pure(Prepare *p, const char *name, const Term *const *args, uint32_t count)
{
    const PureFunction *f = function_find(str_of(name));
    bool engine = p->policy->semantics == SEMANTICS_ENGINE;
    bool refused = f && engine ? str_equal_nocase(str_of(name), str_of("guid")) ||
                                     str_equal_nocase(str_of(name), str_of("uniqueString"))
                               : f && function_forbidden(str_of(name));
    if (refused)
        prepare_refuse(p, DIAG_FUNCTION_FORBIDDEN, p->span,
                       "function `%s` is not allowed in a policy rule", name);
    if (!f)
        return unknown_function(p, name);
    uint32_t least, most;
    function_arity(f, &least, &most);
    if (!engine && (count < least || count > most))
        return bad_count(p, function_spelling(f), least, most, count);
    if (count >= 2 && is_text(args[1]))
        remember_identity(p, args[0], data_str(&args[1]->data));
    Term *t = term_of_args(p->arena, TERM_CALL, args, count);
    t->function = f;
    t->fails = !never_fails(f, args, count) || any_fails(args, count);
    return fold(p, t);
}

static const Term *term_of_arm(Prepare *p, const Arm *arm, uint32_t depth);

static const Term *term_of_call(Prepare *p, const Arm *call, uint32_t depth)
{
    const Term **args = ARENA_ARRAY(p->arena, const Term *, call->count + 1);
    for (uint32_t i = 0; i < call->count; i++)
        args[i] = term_of_arm(p, call->args[i], depth);
    for (size_t i = 0; i < SPECIAL_COUNT; i++) {
        if (!str_equal_nocase(str_of(call->name), str_of(SPECIAL[i].name)))
            continue;
        if (call->count < SPECIAL[i].least || call->count > SPECIAL[i].most)
            return bad_count(p, SPECIAL[i].name, SPECIAL[i].least, SPECIAL[i].most, call->count);
        return call_special(p, i, args, call->count);
    }
    return call_pure(p, call->name, args, call->count);
}

static const Term *term_of_member(Prepare *p, const Arm *arm, uint32_t depth)
{
    const Term **args = ARENA_ARRAY(p->arena, const Term *, 1);
    args[0] = term_of_arm(p, arm->of, depth);
    remember_identity(p, args[0], str_of(arm->name));
    Term *t = term_of_args(p->arena, TERM_MEMBER, args, 1);
    t->name = arm->name;
    t->fails = true;
    return fold(p, t);
}

static const Term *term_of_arm(Prepare *p, const Arm *arm, uint32_t depth)
{
    if (depth > DEPTH_ARM)
        return term_too_deep(p);
    switch (arm->kind) {
    case ARM_STRING:
        return term_of_data(p->arena, data_string(str_of(arm->text)));
    case ARM_INT:
        return term_of_data(p->arena, data_int(arm->number));
    case ARM_FLOAT:
        return term_of_data(p->arena, data_float(strtod(arm->text, NULL)));
    case ARM_CALL:
        return term_of_call(p, arm, depth + 1);
    case ARM_MEMBER:
        return term_of_member(p, arm, depth + 1);
    case ARM_INDEX: {
        const Term **args = ARENA_ARRAY(p->arena, const Term *, 2);
        args[0] = term_of_arm(p, arm->indexed, depth + 1);
        args[1] = term_of_arm(p, arm->index, depth + 1);
        if (is_text(args[1]))
            remember_identity(p, args[0], data_str(&args[1]->data));
        Term *t = term_of_args(p->arena, TERM_INDEX, args, 2);
        t->fails = true;
        return fold(p, t);
    }
    }
    BUG("a kind of expression");
}

// --- values --------------------------------------------------------------------------------------

static const Term *term_of_array(Prepare *p, const Value *v, uint32_t depth)
{
    uint32_t count = v->items.len;
    const Term **args = ARENA_ARRAY(p->arena, const Term *, count + 1);
    for (uint32_t i = 0; i < count; i++)
        args[i] = term_of_value(p, v->items.items[i], depth + 1);
    if (!all_data(args, count)) {
        Term *t = term_of_args(p->arena, TERM_ARRAY, args, count);
        t->fails = any_fails(args, count);
        return t;
    }
    Data *items = ARENA_ARRAY(p->arena, Data, count + 1);
    for (uint32_t i = 0; i < count; i++)
        items[i] = data_part(args[i]->data);
    return term_of_data(p->arena, data_array(items, count));
}

static const Term *term_of_object(Prepare *p, const Value *v, uint32_t depth)
{
    uint32_t count = v->members.len;
    const Term **args = ARENA_ARRAY(p->arena, const Term *, count + 1);
    Str *names = ARENA_ARRAY(p->arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = str_of(v->members.items[i].name);
        args[i] = term_of_value(p, v->members.items[i].value, depth + 1);
    }
    if (!all_data(args, count)) {
        Term *t = term_of_args(p->arena, TERM_OBJECT, args, count);
        t->names = names;
        t->fails = any_fails(args, count);
        return t;
    }
    DataMember *members = ARENA_ARRAY(p->arena, DataMember, count + 1);
    for (uint32_t i = 0; i < count; i++)
        members[i] = (DataMember){names[i], DATA_NOWHERE, data_part(args[i]->data)};
    return term_of_data(p->arena, data_object(members, count));
}

// The engine takes one `[` of two away, also where no `]` ends the text.
static Str literal_text(const Prepare *p, Str s)
{
    bool open = s.n >= 2 && s.p[0] == '[' && s.p[1] == '[' && s.p[s.n - 1] != ']';
    return open && p->policy->semantics == SEMANTICS_ENGINE ? (Str){s.p + 1, s.n - 1} : s;
}

const Term *term_of_value(Prepare *p, const Value *v, uint32_t depth)
{
    if (depth > DEPTH_VALUE)
        return term_too_deep(p);
    switch (v->kind) {
    case VALUE_NULL:
        return term_of_data(p->arena, data_null());
    case VALUE_BOOL:
        return term_of_data(p->arena, data_bool(v->truth));
    case VALUE_INT:
        return term_of_data(p->arena, data_int(v->number));
    case VALUE_FLOAT:
        return term_of_data(p->arena, data_float(strtod(v->text, NULL)));
    case VALUE_STRING:
        return term_of_data(p->arena, data_string(literal_text(p, str_of(v->text))));
    case VALUE_ARM: {
        Span span = p->span;
        if (v->span.start != v->span.end)
            p->span = v->span;
        const Term *t = term_of_arm(p, v->arm, 0);
        p->span = span;
        return t;
    }
    case VALUE_ARRAY:
        return term_of_array(p, v, depth);
    case VALUE_OBJECT:
        return term_of_object(p, v, depth);
    }
    BUG("a kind of value");
}
