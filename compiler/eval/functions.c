// functions.c - finding and calling functions, their arguments and results.
//
// spec: evaluation
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/function.h"

struct PureFunction {
    const char *name;
    uint32_t least, most;
    bool (*call)(const Call *c, Data *ret);
    bool forbidden; // in rules
};

#define MANY UINT32_MAX

static const PureFunction FUNCTIONS[] = {
#define FUNCTION(NAME, LEAST, MOST, FUNCTION_C) {NAME, LEAST, MOST, FUNCTION_C, false},
#define TEMPLATE_FUNCTION(NAME, LEAST, MOST, FUNCTION_C) {NAME, LEAST, MOST, FUNCTION_C, true},
#include "eval/functions.def"
#undef FUNCTION
};

const PureFunction *function_find(Str name)
{
    size_t low = 0, high = sizeof(FUNCTIONS) / sizeof(FUNCTIONS[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare_nocase(name, str_of(FUNCTIONS[middle].name));
        if (order == 0)
            return &FUNCTIONS[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool function_arity(const PureFunction *f, uint32_t *least, uint32_t *most)
{
    *least = f->least;
    *most = f->most;
    return f->least == f->most;
}

const char *function_spelling(const PureFunction *f)
{
    return f->name;
}

// What deployment templates have and rules do not.
static const char *const FORBIDDEN[] = {
    "copyIndex",
    "dateTimeAdd",
    "dateTimeFromEpoch",
    "dateTimeToEpoch",
    "deployer",
    "deployment",
    "environment",
    "extensionResourceId",
    "filter",
    "groupBy",
    "lambda",
    "lambdaVariables",
    "managementGroup",
    "managementGroupResourceId",
    "map",
    "mapValues",
    "newGuid",
    "pickZones",
    "providers",
    "reduce",
    "reference",
    "references",
    "resourceId",
    "sort",
    "subscriptionResourceId",
    "tenant",
    "tenantResourceId",
    "toObject",
    "variables",
};

bool function_forbidden(Str name)
{
    if (str_starts_nocase(name, str_of("list")))
        return true; // listKeys, listSecrets, and what else providers offer
    for (size_t i = 0; i < sizeof(FORBIDDEN) / sizeof(FORBIDDEN[0]); i++)
        if (str_equal_nocase(name, str_of(FORBIDDEN[i])))
            return true;
    return false;
}

static bool wrong_count(ValueContext *x, const PureFunction *f, uint32_t count)
{
    const char *s = f->most == 1 ? "" : "s";
    if (f->least == f->most)
        return value_fail(x, "`%s` takes %" PRIu32 " argument%s, not %" PRIu32, f->name, f->least,
                          s, count);
    if (f->most == MANY)
        return value_fail(x, "`%s` takes %" PRIu32 " arguments or more, not %" PRIu32, f->name,
                          f->least, count);
    return value_fail(x, "`%s` takes %" PRIu32 " to %" PRIu32 " arguments, not %" PRIu32, f->name,
                      f->least, f->most, count);
}

static bool has_missing(const Data *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (args[i].kind == DATA_MISSING)
            return true;
    return false;
}

static bool call(ValueContext *x, const PureFunction *f, const Data *args, uint32_t count,
                 Data *ret)
{
    if (count < f->least || count > f->most)
        return wrong_count(x, f, count);
    if (x->semantics != SEMANTICS_ENGINE && f->forbidden)
        return value_fail(x, "`%s` is not allowed in a policy rule", f->name);
    if (x->semantics == SEMANTICS_ENGINE && f->call != function_coalesce &&
        has_missing(args, count))
        return value_spend(x, 1 + count); // nothing comes of nothing
    Call c = {x, f->name, args, count};
    return value_spend(x, 1 + count) && f->call(&c, ret);
}

bool function_call(ValueContext *x, const PureFunction *f, const Data *args, uint32_t count,
                   Data *ret)
{
    Data made = data_missing();
    bool done = call(x, f, args, count, &made) && !x->failure.reason;
    if (!done && (x->semantics != SEMANTICS_ENGINE || x->failure.final))
        return false;
    x->uncertain = x->uncertain || !done;
    x->failure = (EvalFailure){0}; // the engine goes on without a value
    *ret = done ? made : data_missing();
    return true;
}

// --- members -----------------------------------------------------------------------------------

bool data_member(ValueContext *x, const Data *of, Str name, Data *ret)
{
    const Data *found = NULL;
    if (of->kind == DATA_OBJECT) {
        if (!value_spend(x, 1 + of->count / 4))
            return false;
        found = data_get_nocase(of, name);
    }
    if (!found && x->semantics != SEMANTICS_ENGINE)
        return of->kind == DATA_OBJECT
                   ? value_fail(x, "the object has no `%.*s`", value_shown(name), name.p)
                   : value_fail(x, "%s has no `%.*s`", value_kind_text(of), value_shown(name),
                                name.p);
    x->uncertain = x->uncertain || !found;
    *ret = found ? *found : data_missing();
    return true;
}

bool data_index(ValueContext *x, const Data *of, const Data *index, Data *ret)
{
    if (index->kind == DATA_STRING && (of->kind == DATA_OBJECT || of->kind == DATA_MISSING))
        return data_member(x, of, data_str(index), ret);
    bool fits = of->kind == DATA_ARRAY && index->kind == DATA_INT;
    bool found = fits && index->integer >= 0 && index->integer < of->count;
    if (!found && x->semantics != SEMANTICS_ENGINE)
        return fits ? value_fail(x, "an array of %" PRIu32 " has no element %" PRId64, of->count,
                                 index->integer)
                    : value_fail(x, "%s has no element at %s", value_kind_text(of),
                                 value_kind_text(index));
    x->uncertain = x->uncertain || !found;
    *ret = found ? of->items[index->integer] : data_missing();
    return true;
}

// --- arguments ---------------------------------------------------------------------------------

static const char *const ORDINALS[] = {"first", "second", "third", "fourth", "fifth"};

bool call_wrong(const Call *c, uint32_t i, const char *what)
{
    if (c->count == 1)
        return value_fail(c->x, "`%s` takes %s, not %s", c->name, what,
                          value_kind_text(&c->args[i]));
    return value_fail(c->x, "the %s argument of `%s` must be %s, not %s",
                      i < 5 ? ORDINALS[i] : "next", c->name, what, value_kind_text(&c->args[i]));
}

bool call_not_of_engine(const Call *c)
{
    return c->x->semantics != SEMANTICS_ENGINE ||
           value_fail(c->x, "the engine has no `%s`", c->name);
}

bool arg_text(const Call *c, uint32_t i, Str *ret)
{
    const Data *d = &c->args[i];
    if (d->kind == DATA_MISSING && c->x->semantics != SEMANTICS_ENGINE) {
        c->x->uncertain = true;
        *ret = str_of("");
        return true;
    }
    if (d->kind != DATA_STRING)
        return call_wrong(c, i, "text");
    *ret = data_str(d);
    return value_spend(c->x, ret->n / 16);
}

bool arg_int(const Call *c, uint32_t i, int64_t *ret)
{
    if (c->args[i].kind != DATA_INT)
        return call_wrong(c, i, "an integer");
    *ret = c->args[i].integer;
    return true;
}

bool arg_bool(const Call *c, uint32_t i, bool *ret)
{
    if (c->args[i].kind != DATA_BOOL)
        return call_wrong(c, i, "a boolean");
    *ret = c->args[i].truth;
    return true;
}

bool arg_array(const Call *c, uint32_t i, const Data **ret)
{
    if (c->args[i].kind != DATA_ARRAY)
        return call_wrong(c, i, "an array");
    *ret = &c->args[i];
    return value_spend(c->x, (*ret)->count);
}

// --- results -----------------------------------------------------------------------------------

bool give_text(const Call *c, Str s, Data *ret)
{
    if (s.n > LIMIT_VALUE_TEXT && text_units(s) > LIMIT_VALUE_TEXT)
        return value_stop(c->x, "`%s` makes a text of more than %u characters", c->name,
                          LIMIT_VALUE_TEXT);
    if (!value_spend(c->x, s.n / 16))
        return false;
    *ret = data_string(s);
    return true;
}

bool give_buf(const Call *c, Buf *b, Data *ret)
{
    Str s = {arena_copy(c->x->arena, b->n ? b->p : "", b->n), b->n};
    buf_free(b);
    return give_text(c, s, ret);
}

bool give_bool(bool b, Data *ret)
{
    *ret = data_bool(b);
    return true;
}

bool give_int(int64_t n, Data *ret)
{
    *ret = data_int(n);
    return true;
}

// Counts values as far as the limit; false where they are more, or too deep.
static bool count_values(const Data *d, uint32_t depth, uint32_t *count)
{
    if (++*count > LIMIT_VALUE_NODES || depth > LIMIT_VALUE_DEPTH)
        return false;
    if (d->kind == DATA_ARRAY)
        for (uint32_t i = 0; i < d->count; i++)
            if (!count_values(&d->items[i], depth + 1, count))
                return false;
    if (d->kind == DATA_OBJECT)
        for (uint32_t i = 0; i < d->count; i++)
            if (!count_values(&d->members[i].value, depth + 1, count))
                return false;
    return true;
}

bool give_checked(const Call *c, const Data *made, Data *ret)
{
    uint32_t count = 0;
    bool fits = count_values(made, 0, &count);
    if (!value_spend(c->x, count))
        return false;
    if (!fits)
        return count > LIMIT_VALUE_NODES
                   ? value_stop(c->x, "`%s` makes more than %u values", c->name, LIMIT_VALUE_NODES)
                   : value_stop(c->x, "`%s` makes a value of more than %u levels", c->name,
                                LIMIT_VALUE_DEPTH);
    *ret = *made;
    return true;
}

bool give_array(const Call *c, const Data *items, uint32_t count, Data *ret)
{
    Data made = {.kind = DATA_ARRAY, .count = count, .at = DATA_NOWHERE, .items = items};
    return give_checked(c, &made, ret);
}

bool give_object(const Call *c, const DataMember *members, uint32_t count, Data *ret)
{
    Data made = {.kind = DATA_OBJECT, .count = count, .at = DATA_NOWHERE, .members = members};
    return give_checked(c, &made, ret);
}
