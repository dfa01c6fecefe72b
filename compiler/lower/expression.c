// expression.c - values: literals as JSON, everything else as template expressions.
//
// No expression that comes out of here can fail at run time, since a failure
// denies the request whatever the effect says (spec: lowering L5, L12): text is
// coalesced, keys are tried, an index is padded or guarded by if().
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"

#include <string.h>

static const char *const FUNCTION_TEXTS[] = {
    "",
#define FUNCTION(id, text, arm, params, result) text,
#include "sema/functions.def"
#undef FUNCTION
};

static const char *const FUNCTION_ARMS[] = {
    "",
#define FUNCTION(id, text, arm, params, result) arm,
#include "sema/functions.def"
#undef FUNCTION
};

static const char *const FUNCTION_PARAMS[] = {
    "",
#define FUNCTION(id, text, arm, params, result) params,
#include "sema/functions.def"
#undef FUNCTION
};

const char *function_text(uint16_t function)
{
    return FUNCTION_TEXTS[function];
}

bool function_may_fail(uint16_t function)
{
    return strchr(FUNCTION_PARAMS[function], '!') != NULL;
}

// --- the resource ------------------------------------------------------------------------------

Arm *field_arm(Lower *l, const TExpr *field)
{
    const FieldRef *ref = field->field;
    if (ref->subject == SUBJECT_RELATED) {
        Diag *d =
            diag_report(l->compilation->diags, DIAG_RELATED_IN_EXPRESSION, field->span,
                        "`%s` of a related resource cannot be part of an expression", ref->shown);
        diag_note(l->compilation->diags, d, "there field() reads the resource being assessed");
        diag_help(l->compilation->diags, d, "compare the property itself with a value");
        l->failed = true;
    }
    if (!ref->is_alias && (strcmp(ref->alias, "tags") == 0 || strcmp(ref->alias, "location") == 0))
        l->uses_tags_or_location = true;
    return arm_call(l->arena, ref->binder ? "current" : "field", 1,
                    arm_string(l->arena, keep(l, ref->alias)));
}

static Arm *coalesced(Lower *l, Arm *value, Arm *otherwise)
{
    return arm_call(l->arena, "coalesce", 2, value, otherwise);
}

static Arm *empty_text(Lower *l)
{
    return arm_string(l->arena, "");
}

static Arm *empty_list(Lower *l)
{
    return arm_call(l->arena, "createArray", 0);
}

static bool has_parts(const Type *t)
{
    return t->kind == TYPE_LIST || t->kind == TYPE_RECORD || t->kind == TYPE_TABLE ||
           t->kind == TYPE_OBJECT;
}

// Whether a value of that type is what stands in for a missing one.
static Arm *absent_arm(Lower *l, const Type *t, Arm *value)
{
    if (type_is_text(t) || has_parts(t))
        return arm_call(l->arena, "empty", 1, value);
    return arm_call(l->arena, "equals", 2, arm_call(l->arena, "string", 1, value), empty_text(l));
}

// The property, or what the service does where it is absent.
static Arm *text_field(Lower *l, const TExpr *e)
{
    Arm *value = field_arm(l, e), *text = coalesced(l, value, empty_text(l));
    const TExpr *initial = e->field->initial;
    if (!initial && !type_is_number(e->type))
        return text;
    Arm *instead = initial ? lower_arm(l, initial) : arm_int(l->arena, 0);
    return arm_call(l->arena, "if", 3, absent_arm(l, e->type, text), instead, value);
}

// `x[*]` reads as an empty list where x is missing.
static Arm *list_field(Lower *l, const TExpr *e)
{
    check_not_in_its_loop(l, e->field->subject, e->field->alias, e->span);
    if (e->field->binder)
        return coalesced(l, field_arm(l, e), empty_list(l));
    size_t n = strlen(e->field->alias);
    if (n > 3 && strcmp(e->field->alias + n - 3, "[*]") == 0)
        return field_arm(l, e);
    Arm *all = field_arm(l, e);
    all->args[0] = arm_string(l->arena, arena_printf(l->arena, "%s[*]", e->field->alias));
    return all;
}

// An object is never missing in an expression: then it is empty.
static Arm *object_or_empty(Lower *l, Arm *object)
{
    return arm_call(l->arena, "if", 3, arm_call(l->arena, "empty", 1, object),
                    arm_call(l->arena, "json", 1, arm_string(l->arena, "{}")), object);
}

static Arm *tags_arm(Lower *l)
{
    l->uses_tags_or_location = true;
    return object_or_empty(l, arm_call(l->arena, "field", 1, arm_string(l->arena, "tags")));
}

static Arm *field_value_arm(Lower *l, const TExpr *e)
{
    if (e->type->kind == TYPE_LIST)
        return list_field(l, e);
    if (e->type->kind == TYPE_OBJECT || e->type->kind == TYPE_TABLE || e->type->kind == TYPE_RECORD)
        return object_or_empty(l, field_arm(l, e));
    return text_field(l, e);
}

// --- things around the resource ----------------------------------------------------------------

static Arm *tried(Lower *l, Arm *of, const TExprs *keys)
{
    Arm **args = ARENA_ARRAY(l->arena, Arm *, keys->len + 1);
    args[0] = of;
    for (uint32_t i = 0; i < keys->len; i++)
        args[i + 1] = lower_arm(l, keys->items[i]);
    return arm_call_list(l->arena, "tryGet", args, keys->len + 1);
}

// Above resource groups resourceGroup() fails, which would deny everything there.
static Arm *resource_group_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    Arm *value =
        coalesced(l, tried(l, arm_call(a, "resourceGroup", 0), e->operands), empty_text(l));
    if (!l->child_of_resource)
        return value;
    Arm *position = arm_call(a, "indexOf", 2, arm_call(a, "field", 1, arm_string(a, "id")),
                             arm_string(a, "/resourceGroups/"));
    return arm_call(a, "if", 3, arm_call(a, "greaterOrEquals", 2, position, arm_int(a, 0)), value,
                    empty_text(l));
}

static Arm *fact_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    const TExprs *keys = e->operands;
    switch ((ScopeFact)e->op) {
    case FACT_RESOURCE_GROUP:
        return resource_group_arm(l, e);
    case FACT_SUBSCRIPTION:
        return arm_member(a, arm_call(a, "subscription", 0), keep(l, keys->items[0]->text));
    case FACT_POLICY:
        return arm_member(a, arm_call(a, "policy", 0), keep(l, keys->items[0]->text));
    case FACT_NOW:
        return arm_call(a, "utcNow", 0);
    case FACT_REQUEST:
        break;
    }
    if (keys->len == 1)
        return arm_member(a, arm_call(a, "requestContext", 0), keep(l, keys->items[0]->text));
    return coalesced(l, tried(l, arm_call(a, "requestContext", 0), keys), empty_text(l));
}

// --- parameters, elements and what is inside them ------------------------------------------------

static Arm *param_arm(Lower *l, const ParamInfo *p)
{
    bool known = false;
    for (uint32_t i = 0; i < l->params.len && !known; i++)
        known = l->params.items[i] == p;
    if (!known)
        vec_push(l->arena, &l->params, p);
    return arm_call(l->arena, "parameters", 1, arm_string(l->arena, p->name));
}

static Arm *element_arm(Lower *l, const TExpr *e)
{
    const Binding *b = l->bindings;
    while (b && b->binder != e->binder)
        b = b->outer;
    if (!b)
        BUG("a loop variable outside its loop");
    Arm *current = arm_call(l->arena, "current", 1, arm_string(l->arena, b->count_name));
    if (e->binder->kind != BINDER_ENTRY)
        return current;
    return arm_member(l->arena, current, e->kind == TX_KEY ? "key" : "value");
}

// a.b.c and a.b[k] are one tryGet, without what stands in for missing.
static Arm *inner_arm(Lower *l, const TExpr *e)
{
    Arm *keys[64];
    uint32_t count = 0;
    while ((e->kind == TX_MEMBER || e->kind == TX_LOOKUP) && count < 63) {
        keys[count++] = e->kind == TX_MEMBER ? arm_string(l->arena, keep(l, e->member))
                                             : lower_arm(l, e->right);
        e = e->kind == TX_MEMBER ? e->object : e->left;
    }
    Arm **args = ARENA_ARRAY(l->arena, Arm *, count + 1);
    args[0] = e->kind == TX_FIELD ? object_or_empty(l, field_arm(l, e)) : lower_arm(l, e);
    for (uint32_t i = 0; i < count; i++)
        args[i + 1] = keys[count - 1 - i];
    return arm_call_list(l->arena, "tryGet", args, count + 1);
}

static Arm *stands_in(Lower *l, const Type *t)
{
    if (t->kind == TYPE_LIST)
        return empty_list(l);
    if (t->kind == TYPE_RECORD || t->kind == TYPE_TABLE || t->kind == TYPE_OBJECT)
        return arm_call(l->arena, "createObject", 0);
    return empty_text(l);
}

// list[n]: guarded, since an index past the end fails
static Arm *index_arm(Lower *l, const TExpr *e)
{
    Arm *list = lower_list_arm(l, e->left), *index = lower_arm(l, e->right);
    Arm *inside = arm_call(l->arena, "greater", 2, arm_call(l->arena, "length", 1, list), index);
    return arm_call(l->arena, "if", 3, inside, arm_index(l->arena, list, index),
                    stands_in(l, e->type));
}

// --- functions -----------------------------------------------------------------------------------

static Arm *padded_split(Lower *l, Arm *text, int64_t index)
{
    Arena *a = l->arena;
    char *slashes = arena_alloc(a, (size_t)index + 2);
    memset(slashes, '/', (size_t)index + 1);
    Arm *split = arm_call(a, "split", 2, arm_call(a, "concat", 2, text, arm_string(a, slashes)),
                          arm_string(a, "/"));
    return arm_index(a, split, arm_int(a, index));
}

static Arm *host_arm(Lower *l, Arm *uri)
{
    Arena *a = l->arena;
    Arm *authority = padded_split(l, uri, 2);
    return arm_call(a, "first", 1, arm_call(a, "split", 2, authority, arm_string(a, ":")));
}

static Arm *without_space_arm(Lower *l, Arm *text)
{
    static const char *const blanks[] = {" ", "\t", "\n", "\r"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        text =
            arm_call(l->arena, "replace", 3, text, arm_string(l->arena, blanks[i]), empty_text(l));
    return text;
}

static Arm *normalised_arm(Lower *l, Arm *text)
{
    Arm *joined = arm_call(l->arena, "replace", 3, text, arm_string(l->arena, " "), empty_text(l));
    return arm_call(l->arena, "toLower", 1, joined);
}

// substring past the end fails
static Arm *substring_arm(Lower *l, Arm **args, uint32_t count)
{
    Arena *a = l->arena;
    Arm *need = count == 3 ? arm_call(a, "add", 2, args[1], args[2]) : args[1];
    Arm *fits = arm_call(a, "greaterOrEquals", 2, arm_call(a, "length", 1, args[0]), need);
    return arm_call(a, "if", 3, fits, arm_call_list(a, "substring", args, count), empty_text(l));
}

static bool named(const TExpr *call, const char *text)
{
    return strcmp(function_text(call->function), text) == 0;
}

static Arm *argument_arm(Lower *l, const TExpr *e)
{
    e = bound_literal(l, e);
    return e->type->kind == TYPE_LIST ? lower_list_arm(l, e) : lower_arm(l, e);
}

Arm *absence_arm(Lower *l, const TExpr *e)
{
    e = bound_literal(l, e);
    if (e->kind == TX_IF)
        return arm_call(l->arena, "if", 3, lower_truth_arm(l, e->operands->items[0]),
                        absence_arm(l, e->operands->items[1]),
                        absence_arm(l, e->operands->items[2]));
    if (e->kind == TX_FIELD && e->field->initial)
        return arm_call(l->arena, "false", 0);
    if (e->kind == TX_FIELD && !has_parts(e->type))
        return absent_arm(l, e->type, coalesced(l, field_arm(l, e), empty_text(l)));
    if (!may_be_missing(l, e) && !type_is_text(e->type))
        return arm_call(l->arena, "false", 0);
    TExprs parts = {0};
    collect_guards(l, e, false, &parts);
    Arm *absent = absent_arm(l, e->type, argument_arm(l, e));
    for (uint32_t i = 0; i < parts.len; i++)
        if (parts.items[i] != e)
            absent = arm_call(l->arena, "or", 2, absence_arm(l, parts.items[i]), absent);
    return absent;
}

// field() of what is missing is '' or null, as one reads Azure's manual: both are passed over.
static Arm *first_present_arm(Lower *l, const TExprs *values)
{
    Arm *ret = argument_arm(l, values->items[values->len - 1]);
    for (uint32_t i = values->len - 1; i-- > 0;) {
        const TExpr *e = values->items[i];
        Arm *value = argument_arm(l, e);
        ret = may_be_missing(l, e)
                  ? arm_call(l->arena, "if", 3, absent_arm(l, e->type, value), ret, value)
                  : value;
    }
    return ret;
}

static Arm *call_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    uint32_t count = e->operands->len;
    if (named(e, "coalesce"))
        return first_present_arm(l, e->operands);
    Arm **args = ARENA_ARRAY(a, Arm *, count ? count : 1);
    for (uint32_t i = 0; i < count; i++)
        args[i] = argument_arm(l, e->operands->items[i]);
    if (named(e, "segment"))
        return padded_split(l, args[0], e->operands->items[1]->number);
    if (named(e, "host"))
        return host_arm(l, args[0]);
    if (named(e, "normalise"))
        return normalised_arm(l, args[0]);
    if (named(e, "without_space"))
        return without_space_arm(l, args[0]);
    if (named(e, "substring"))
        return substring_arm(l, args, count);
    Arm *call = arm_call_list(a, FUNCTION_ARMS[e->function], args, count);
    return is_of_nothing(e) ? coalesced(l, call, stands_in(l, e->type)) : call;
}

static Arm *arithmetic_arm(Lower *l, const TExpr *e)
{
    static const char *const names[] = {"add", "sub", "mul", "div"};
    return arm_call(l->arena, names[e->op], 2, lower_arm(l, e->left), lower_arm(l, e->right));
}

static Arm *list_arm(Lower *l, const TExpr *e)
{
    Arm **args = ARENA_ARRAY(l->arena, Arm *, e->operands->len + 1);
    for (uint32_t i = 0; i < e->operands->len; i++)
        args[i] = lower_arm(l, e->operands->items[i]);
    return arm_call_list(l->arena, "createArray", args, e->operands->len);
}

static Arm *object_arm(Lower *l, const TExpr *e)
{
    uint32_t n = e->entry_values->len;
    Arm **args = ARENA_ARRAY(l->arena, Arm *, 2 * n + 1);
    for (uint32_t i = 0; i < n; i++) {
        args[2 * i] = arm_string(l->arena, e->entry_keys[i].name);
        args[2 * i + 1] = lower_arm(l, e->entry_values->items[i]);
    }
    return arm_call_list(l->arena, "createObject", args, 2 * n);
}

static Arm *not_a_value(Lower *l, const TExpr *e)
{
    Diag *d = diag_report(l->compilation->diags, DIAG_COUNT_IN_EXPRESSION, e->span,
                          "a count cannot be part of an expression");
    diag_help(l->compilation->diags, d, "compare it: count(…) <= 3");
    l->failed = true;
    return arm_int(l->arena, 0);
}

Arm *lower_list_arm(Lower *l, const TExpr *e)
{
    e = bound_literal(l, e);
    if (e->kind == TX_FIELD)
        return list_field(l, e);
    if (e->kind == TX_MEMBER || e->kind == TX_LOOKUP)
        return coalesced(l, inner_arm(l, e), empty_list(l));
    return lower_arm(l, e);
}

Arm *lower_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    e = bound_literal(l, e);
    switch ((TExprKind)e->kind) {
    case TX_NULL:
        return arm_call(a, "null", 0);
    case TX_INT:
        return arm_int(a, e->number);
    case TX_FLOAT:
        return arm_call(a, "json", 1, arm_string(a, keep(l, e->text)));
    case TX_STRING:
        return arm_string(a, keep(l, e->text));
    case TX_LIST:
        return list_arm(l, e);
    case TX_OBJECT:
        return object_arm(l, e);
    case TX_FIELD:
        return field_value_arm(l, e);
    case TX_TAG:
        return coalesced(l, arm_call(a, "tryGet", 2, tags_arm(l), lower_arm(l, e->operand)),
                         empty_text(l));
    case TX_PARAM:
        return param_arm(l, e->param);
    case TX_ELEMENT:
    case TX_KEY:
        return element_arm(l, e);
    case TX_MEMBER:
    case TX_LOOKUP:
        return coalesced(l, inner_arm(l, e), stands_in(l, e->type));
    case TX_INDEX:
        return index_arm(l, e);
    case TX_FACT:
        return fact_arm(l, e);
    case TX_CALL:
        return call_arm(l, e);
    case TX_IF:
        if (e->type->kind != TYPE_BOOL)
            return arm_call(a, "if", 3, lower_truth_arm(l, e->operands->items[0]),
                            lower_arm(l, e->operands->items[1]),
                            lower_arm(l, e->operands->items[2]));
        return lower_truth_arm(l, e);
    case TX_ARITHMETIC:
        return arithmetic_arm(l, e);
    case TX_BOOL:
    case TX_NOT:
    case TX_AND:
    case TX_OR:
    case TX_IMPLIES:
    case TX_COMPARE:
    case TX_IS_SET:
    case TX_IS_MISSING:
    case TX_QUANTIFIER:
        return lower_truth_arm(l, e);
    case TX_COUNT:
        return not_a_value(l, e);
    case TX_DURATION:
    case TX_VERSION:
    case TX_ERROR:
        break;
    }
    BUG("not a value");
}

// --- JSON values -----------------------------------------------------------------------------------

static bool is_plain(const Lower *l, const TExpr *e)
{
    TExprKind kind = (TExprKind)bound_literal(l, e)->kind;
    return kind == TX_NULL || kind == TX_BOOL || kind == TX_INT || kind == TX_FLOAT ||
           kind == TX_STRING;
}

static Value *list_value(Lower *l, const TExpr *e)
{
    Value *array = value_array(l->arena);
    for (uint32_t i = 0; i < e->operands->len; i++) {
        if (!is_plain(l, e->operands->items[i]))
            return value_arm(l->arena, lower_arm(l, e));
        value_push(l->arena, array, lower_value(l, e->operands->items[i]));
    }
    return array;
}

static Value *object_value(Lower *l, const TExpr *e)
{
    Value *object = value_object(l->arena);
    for (uint32_t i = 0; i < e->entry_values->len; i++)
        value_set(l->arena, object, e->entry_keys[i].name,
                  lower_value(l, e->entry_values->items[i]));
    return object;
}

Value *lower_value(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    Value *v = NULL;
    e = bound_literal(l, e);
    if (e->kind == TX_NULL)
        v = value_null(a);
    else if (e->kind == TX_BOOL)
        v = value_bool(a, e->truth);
    else if (e->kind == TX_INT)
        v = value_int(a, e->number);
    else if (e->kind == TX_FLOAT)
        v = value_float(a, keep(l, e->text));
    else if (e->kind == TX_STRING)
        v = value_string(a, keep(l, e->text));
    else if (e->kind == TX_LIST)
        v = list_value(l, e);
    else if (e->kind == TX_OBJECT)
        v = object_value(l, e);
    else if (e->kind == TX_FIELD && e->type->kind != TYPE_LIST && !e->field->initial)
        v = value_arm(a, field_arm(l, e)); // the other side asks for its presence
    else if (e->kind == TX_MEMBER && e->type->kind != TYPE_LIST)
        v = value_arm(a, inner_arm(l, e));
    else
        v = value_arm(a, e->type->kind == TYPE_LIST ? lower_list_arm(l, e) : lower_arm(l, e));
    v->span = e->span;
    return v;
}
