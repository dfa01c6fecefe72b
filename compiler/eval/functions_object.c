// functions_object.c - objects: making, taking apart, joining; and text that holds them.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"

#include "base/limits.h"
#include "json/read.h"

typedef VEC(DataMember) Pairs;

static DataMember *member_find(Pairs *all, Str name)
{
    for (uint32_t i = 0; i < all->len; i++)
        if (str_equal(all->items[i].name, name))
            return &all->items[i];
    return NULL;
}

static bool arg_object(const Call *c, uint32_t i, const Data **ret)
{
    *ret = &c->args[i];
    if ((*ret)->kind != DATA_OBJECT)
        return call_wrong(c, i, "an object");
    return value_spend(c->x, (*ret)->count);
}

// Adds one, or changes the value of the one there is. Looking for it costs.
static bool member_put(const Call *c, Pairs *all, Str name, const Data *value)
{
    if (!value_spend(c->x, 1 + all->len / 8))
        return false;
    DataMember *there = member_find(all, name);
    if (there)
        there->value = *value;
    else
        vec_push(c->x->arena, all, ((DataMember){name, DATA_NOWHERE, *value}));
    return true;
}

bool function_create_object(const Call *c, Data *ret)
{
    Pairs all = {0};
    if (c->count % 2 != 0)
        return value_fail(
            c->x, "`createObject` takes keys and values in pairs, not %" PRIu32 " arguments",
            c->count);
    for (uint32_t i = 0; i < c->count; i += 2) {
        Str name;
        Data value = c->args[i + 1].kind == DATA_MISSING ? data_null() : c->args[i + 1];
        if (!arg_text(c, i, &name) || !member_put(c, &all, name, &value))
            return false;
    }
    return give_object(c, all.items, all.len, ret);
}

// --- taking apart ------------------------------------------------------------------------------

static int by_name(const void *a, const void *b)
{
    const DataMember *l = a, *r = b;
    int order = text_order(l->name, r->name, false, NULL);
    if (order != 0)
        return order;
    size_t n = l->name.n < r->name.n ? l->name.n : r->name.n;
    return memcmp(l->name.p, r->name.p, n);
}

static DataMember *sorted(const Call *c, const Data *object)
{
    DataMember *members = ARENA_ARRAY(c->x->arena, DataMember, object->count);
    if (object->count == 0)
        return members;
    memcpy(members, object->members, object->count * sizeof(*members));
    qsort(members, object->count, sizeof(*members), by_name);
    return members;
}

bool function_items(const Call *c, Data *ret)
{
    const Data *object;
    if (!arg_object(c, 0, &object) || !value_spend(c->x, 8ull * object->count))
        return false;
    DataMember *members = sorted(c, object);
    Data *items = ARENA_ARRAY(c->x->arena, Data, object->count);
    for (uint32_t i = 0; i < object->count; i++) {
        DataMember *pair = ARENA_ARRAY(c->x->arena, DataMember, 2);
        pair[0] = (DataMember){str_of("key"), DATA_NOWHERE, data_string(members[i].name)};
        pair[1] = (DataMember){str_of("value"), DATA_NOWHERE, members[i].value};
        items[i] = (Data){.kind = DATA_OBJECT, .count = 2, .at = DATA_NOWHERE, .members = pair};
    }
    return give_array(c, items, object->count, ret);
}

bool function_object_keys(const Call *c, Data *ret)
{
    const Data *object;
    if (!arg_object(c, 0, &object) || !value_spend(c->x, 4ull * object->count))
        return false;
    DataMember *members = sorted(c, object);
    Data *items = ARENA_ARRAY(c->x->arena, Data, object->count);
    for (uint32_t i = 0; i < object->count; i++)
        items[i] = data_string(members[i].name);
    return give_array(c, items, object->count, ret);
}

bool function_try_get(const Call *c, Data *ret)
{
    const Data *d = &c->args[0];
    for (uint32_t i = 1; i < c->count && d; i++) {
        const Data *key = &c->args[i];
        if (!value_spend(c->x, 1 + (d->kind == DATA_OBJECT ? d->count / 4 : 0)))
            return false;
        if (key->kind != DATA_STRING && key->kind != DATA_INT)
            return call_wrong(c, i, "the name of a key or an index");
        if (key->kind == DATA_STRING && d->kind == DATA_OBJECT)
            d = data_get_nocase(d, data_str(key));
        else if (key->kind == DATA_INT && d->kind == DATA_ARRAY && key->integer >= 0 &&
                 key->integer < d->count)
            d = &d->items[key->integer];
        else
            d = NULL;
    }
    *ret = d ? *d : data_null();
    return true;
}

// --- joining -----------------------------------------------------------------------------------

static bool has(const Call *c, const Data *items, uint32_t count, const Data *wanted, bool *ret)
{
    *ret = false;
    for (uint32_t i = 0; i < count && !*ret; i++) {
        if (!value_spend_on(c->x, &items[i]))
            return false;
        *ret = data_equal(&items[i], wanted);
    }
    return true;
}

static bool union_arrays(const Call *c, Data *ret)
{
    VEC(Data) all = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        const Data *array;
        if (!arg_array(c, i, &array))
            return false;
        for (uint32_t k = 0; k < array->count; k++) {
            bool there;
            if (!has(c, all.items, all.len, &array->items[k], &there))
                return false;
            if (!there)
                vec_push(c->x->arena, &all, array->items[k]);
        }
    }
    return give_array(c, all.items, all.len, ret);
}

// Objects in objects are joined too; all else is replaced by what comes later.
static bool merge(const Call *c, const Data *a, const Data *b, uint32_t depth, Data *ret)
{
    Pairs all = {0};
    if (depth > LIMIT_VALUE_DEPTH)
        return value_stop(c->x, "`%s` joins objects of more than %u levels", c->name,
                          LIMIT_VALUE_DEPTH);
    if (!value_spend(c->x, 1 + a->count))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        vec_push(c->x->arena, &all, a->members[i]);
    for (uint32_t i = 0; i < b->count; i++) {
        const DataMember *m = &b->members[i];
        Data value = m->value;
        DataMember *there = member_find(&all, m->name);
        if (there && there->value.kind == DATA_OBJECT && value.kind == DATA_OBJECT &&
            !merge(c, &there->value, &m->value, depth + 1, &value))
            return false;
        if (!member_put(c, &all, m->name, &value))
            return false;
    }
    *ret = (Data){.kind = DATA_OBJECT, .count = all.len, .at = DATA_NOWHERE, .members = all.items};
    return true;
}

bool function_union(const Call *c, Data *ret)
{
    const Data *object;
    if (c->args[0].kind == DATA_ARRAY)
        return union_arrays(c, ret);
    if (c->args[0].kind != DATA_OBJECT)
        return call_wrong(c, 0, "an array or an object");
    Data made = c->args[0];
    for (uint32_t i = 1; i < c->count; i++)
        if (!arg_object(c, i, &object) || !merge(c, &made, object, 1, &made))
            return false;
    return give_checked(c, &made, ret);
}

bool function_shallow_merge(const Call *c, Data *ret)
{
    const Data *objects;
    Pairs all = {0};
    if (!arg_array(c, 0, &objects))
        return false;
    for (uint32_t i = 0; i < objects->count; i++) {
        const Data *object = &objects->items[i];
        if (object->kind != DATA_OBJECT)
            return call_wrong(c, 0, "an array of objects");
        for (uint32_t k = 0; k < object->count; k++)
            if (!member_put(c, &all, object->members[k].name, &object->members[k].value))
                return false;
    }
    return give_object(c, all.items, all.len, ret);
}

static bool intersect_arrays(const Call *c, Data *ret)
{
    VEC(Data) all = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        const Data *array;
        if (!arg_array(c, i, &array))
            return false;
    }
    for (uint32_t k = 0; k < c->args[0].count; k++) {
        const Data *wanted = &c->args[0].items[k];
        bool there;
        if (!has(c, all.items, all.len, wanted, &there))
            return false;
        bool everywhere = !there; // each once
        for (uint32_t i = 1; i < c->count && everywhere; i++)
            if (!has(c, c->args[i].items, c->args[i].count, wanted, &everywhere))
                return false;
        if (everywhere)
            vec_push(c->x->arena, &all, *wanted);
    }
    return give_array(c, all.items, all.len, ret);
}

bool function_intersection(const Call *c, Data *ret)
{
    const Data *object;
    if (c->args[0].kind == DATA_ARRAY)
        return intersect_arrays(c, ret);
    if (c->args[0].kind != DATA_OBJECT)
        return call_wrong(c, 0, "an array or an object");
    for (uint32_t i = 1; i < c->count; i++)
        if (!arg_object(c, i, &object))
            return false;
    Pairs all = {0};
    for (uint32_t k = 0; k < c->args[0].count; k++) {
        const DataMember *m = &c->args[0].members[k];
        bool everywhere = true;
        for (uint32_t i = 1; i < c->count && everywhere; i++) {
            if (!value_spend(c->x, 1 + c->args[i].count / 8) || !value_spend_on(c->x, &m->value))
                return false;
            const Data *other = data_get(&c->args[i], m->name);
            everywhere = other && data_equal(other, &m->value);
        }
        if (everywhere)
            vec_push(c->x->arena, &all, *m);
    }
    return give_object(c, all.items, all.len, ret);
}

// --- text that holds a value -------------------------------------------------------------------

bool function_json(const Call *c, Data *ret)
{
    Str s;
    Data made;
    JsonError error;
    if (!arg_text(c, 0, &s) || !value_spend(c->x, s.n / 4))
        return false;
    if (!json_read(c->x->arena, s, JSON_STRICT, &made, &error))
        return value_fail(c->x, "`%s` reads a text that is no JSON: %s", c->name, error.message);
    return give_checked(c, &made, ret);
}
