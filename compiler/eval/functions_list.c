// functions_list.c - arrays, and what treats texts and objects like them.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/function.h"

// --- making ------------------------------------------------------------------------------------

bool function_array(const Call *c, Data *ret)
{
    return c->args[0].kind == DATA_ARRAY ? give_checked(c, &c->args[0], ret)
                                         : function_create_array(c, ret);
}

bool function_create_array(const Call *c, Data *ret)
{
    Data *items = ARENA_ARRAY(c->x->arena, Data, c->count);
    for (uint32_t i = 0; i < c->count; i++)
        items[i] = c->args[i].kind == DATA_MISSING ? data_null() : c->args[i];
    return give_array(c, items, c->count, ret);
}

static bool concat_arrays(const Call *c, Data *ret)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        const Data *array;
        if (!arg_array(c, i, &array))
            return false;
        count += array->count;
    }
    c->x->uncertain = true; // the engine joins texts only
    if (c->x->semantics == SEMANTICS_ENGINE)
        return call_wrong(c, 0, "text");
    Data *items = ARENA_ARRAY(c->x->arena, Data, (size_t)count);
    size_t n = 0;
    for (uint32_t i = 0; i < c->count; i++)
        for (uint32_t k = 0; k < c->args[i].count; k++)
            items[n++] = c->args[i].items[k];
    return give_array(c, items, (uint32_t)count, ret);
}

bool function_concat(const Call *c, Data *ret)
{
    if (c->count && c->args[0].kind == DATA_ARRAY)
        return concat_arrays(c, ret);
    Buf out = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        char buffer[NUMBER_TEXT];
        Str s;
        bool digits = c->args[i].kind == DATA_INT;
        value_differs(c->x, digits);
        if (digits && c->x->semantics != SEMANTICS_ENGINE) {
            value_scalar_text(&c->args[i], buffer, &s);
        } else if (!arg_text(c, i, &s)) {
            buf_free(&out);
            return false;
        }
        buf_add(&out, s.p, s.n);
    }
    return give_buf(c, &out, ret);
}

bool function_flatten(const Call *c, Data *ret)
{
    const Data *outer;
    uint64_t count = 0;
    if (!arg_array(c, 0, &outer))
        return false;
    for (uint32_t i = 0; i < outer->count; i++)
        count += outer->items[i].kind == DATA_ARRAY ? outer->items[i].count : 1;
    if (!value_spend(c->x, count))
        return false;
    Data *items = ARENA_ARRAY(c->x->arena, Data, (size_t)count);
    uint32_t n = 0;
    for (uint32_t i = 0; i < outer->count; i++) {
        const Data *d = &outer->items[i];
        if (d->kind != DATA_ARRAY)
            items[n++] = *d;
        else
            for (uint32_t k = 0; k < d->count; k++)
                items[n++] = d->items[k];
    }
    return give_array(c, items, n, ret);
}

// --- size --------------------------------------------------------------------------------------

bool function_length(const Call *c, Data *ret)
{
    const Data *d = &c->args[0];
    if (d->kind == DATA_ARRAY || d->kind == DATA_OBJECT)
        return give_int(d->count, ret);
    if (d->kind != DATA_STRING && d->kind != DATA_MISSING)
        return call_wrong(c, 0, "text, an array or an object");
    Str s;
    return arg_text(c, 0, &s) && give_int((int64_t)text_units(s), ret);
}

bool function_empty(const Call *c, Data *ret)
{
    const Data *d = &c->args[0];
    switch (d->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        return give_bool(true, ret);
    case DATA_STRING:
    case DATA_ARRAY:
    case DATA_OBJECT:
        return give_bool(d->count == 0, ret);
    case DATA_BOOL:
    case DATA_INT:
    case DATA_FLOAT:
        return call_wrong(c, 0, "text, an array or an object");
    }
    BUG("a kind of data");
}

// --- one of them -------------------------------------------------------------------------------

static bool end_of(const Call *c, bool last, Data *ret)
{
    const Data *d = &c->args[0];
    Str s;
    if (d->kind == DATA_ARRAY) {
        value_differs(c->x, d->count == 0);
        if (d->count == 0 && c->x->semantics == SEMANTICS_DOCUMENTED)
            return value_fail(c->x, "`%s` of an empty array is nothing", c->name);
        *ret = d->count == 0 ? data_null() : d->items[last ? d->count - 1 : 0];
        return true;
    }
    if (d->kind != DATA_STRING && d->kind != DATA_MISSING)
        return call_wrong(c, 0, "text or an array");
    if (!arg_text(c, 0, &s) || s.n == 0)
        return !c->x->failure.reason && give_text(c, str_of(""), ret);
    size_t start = last ? s.n - 1 : 0, end = 0;
    while (last && start > 0 && ((unsigned char)s.p[start] & 0xc0) == 0x80)
        start--;
    end = start;
    bool pair = text_point(s, &end) > 0xffff; // .NET would take half of it
    value_differs(c->x, pair);
    if (pair && c->x->semantics != SEMANTICS_ENGINE)
        return value_fail(c->x, "`%s` cuts a character in two", c->name);
    return give_text(c, (Str){s.p + start, end - start}, ret);
}

bool function_first(const Call *c, Data *ret)
{
    return end_of(c, false, ret);
}

bool function_last(const Call *c, Data *ret)
{
    return end_of(c, true, ret);
}

bool function_index_from_end(const Call *c, Data *ret)
{
    const Data *all;
    int64_t index;
    if (!arg_array(c, 0, &all) || !arg_int(c, 1, &index))
        return false;
    if (index < 1 || index > all->count)
        return value_stop(c->x, "an array of %" PRIu32 " has no element %" PRId64 " from its end",
                          all->count, index);
    *ret = all->items[all->count - index];
    return true;
}

bool function_try_index_from_end(const Call *c, Data *ret)
{
    const Data *all = &c->args[0];
    int64_t index;
    if (!arg_int(c, 1, &index))
        return false;
    bool found = all->kind == DATA_ARRAY && index >= 1 && index <= all->count;
    *ret = found ? all->items[all->count - index] : data_null();
    return true;
}

// --- searching ---------------------------------------------------------------------------------

static bool has_element(const Call *c, const Data *all, const Data *wanted, Data *ret)
{
    bool engine = c->x->semantics == SEMANTICS_ENGINE, exact = false, loose = false;
    for (uint32_t i = 0; i < all->count && !(exact && loose); i++) {
        if (!value_spend_on(c->x, &all->items[i]))
            return false;
        exact = exact || data_equal(&all->items[i], wanted);
        loose = loose || exact || data_equals(c->x, &all->items[i], wanted);
    }
    value_differs(c->x, exact != loose);
    return give_bool(engine ? loose : exact, ret);
}

static bool has_text(const Call *c, Str wanted, Data *ret)
{
    Str s;
    if (!arg_text(c, 0, &s))
        return false;
    bool exact = text_find(c->x->arena, s, wanted, false, false) != SIZE_MAX;
    Truth loose =
        exact ? TRUTH_TRUE : data_compare(c->x, OPERATOR_CONTAINS, &c->args[0], &c->args[1], false);
    value_differs(c->x, exact != (loose == TRUTH_TRUE));
    return give_bool(c->x->semantics == SEMANTICS_ENGINE ? loose == TRUTH_TRUE : exact, ret);
}

bool function_contains(const Call *c, Data *ret)
{
    const Data *d = &c->args[0], *wanted = &c->args[1];
    char buffer[NUMBER_TEXT];
    Str s = str_of("");
    if (d->kind == DATA_ARRAY)
        return has_element(c, d, wanted, ret);
    if (d->kind != DATA_STRING && d->kind != DATA_OBJECT && d->kind != DATA_MISSING)
        return call_wrong(c, 0, "text, an array or an object");
    if (wanted->kind == DATA_INT)
        value_scalar_text(wanted, buffer, &s);
    else if (!arg_text(c, 1, &s))
        return false;
    if (d->kind == DATA_OBJECT) {
        Data key = data_string(s);
        Truth t = data_compare(c->x, OPERATOR_CONTAINS_KEY, d, &key, false);
        return t != TRUTH_ERROR && give_bool(t == TRUTH_TRUE, ret);
    }
    return has_text(c, s, ret);
}

// Units before the character that begins where the folded text is cut: folding here keeps the
// number of characters.
static int64_t place(Str s, Str folded, size_t at)
{
    size_t in_folded = 0, in_s = 0;
    int64_t units = 0;
    while (in_folded < at) {
        text_point(folded, &in_folded);
        units += text_point(s, &in_s) > 0xffff ? 2 : 1;
    }
    return units;
}

static bool index_of(const Call *c, bool last, Data *ret)
{
    Str s, part;
    if (c->args[0].kind == DATA_ARRAY) {
        const Data *all = &c->args[0];
        int64_t found = -1;
        for (uint32_t i = 0; i < all->count && (last || found < 0); i++) {
            if (!value_spend_on(c->x, &all->items[i]))
                return false;
            if (data_equal(&all->items[i], &c->args[1]))
                found = i;
        }
        return give_int(found, ret);
    }
    if (c->args[0].kind != DATA_STRING && c->args[0].kind != DATA_MISSING)
        return call_wrong(c, 0, "text or an array");
    if (!arg_text(c, 0, &s) || !arg_text(c, 1, &part))
        return false;
    Str folded = text_folded(c->x->arena, s, false, NULL);
    size_t at =
        text_find(c->x->arena, folded, text_folded(c->x->arena, part, false, NULL), true, last);
    return give_int(at == SIZE_MAX ? -1 : place(s, folded, at), ret);
}

bool function_index_of(const Call *c, Data *ret)
{
    return index_of(c, false, ret);
}

bool function_last_index_of(const Call *c, Data *ret)
{
    return index_of(c, true, ret);
}
