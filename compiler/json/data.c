// data.c - making, finding and comparing values.
//
// SPDX-License-Identifier: MIT
#include "json/data.h"

#include "base/bug.h"
#include "base/limits.h"
#include "json/names.h"

// --- making --------------------------------------------------------------------------------------

static Data computed(DataKind kind)
{
    return (Data){.kind = kind, .at = DATA_NOWHERE};
}

Data data_null(void)
{
    return computed(DATA_NULL);
}

Data data_missing(void)
{
    return computed(DATA_MISSING);
}

Data data_bool(bool b)
{
    Data d = computed(DATA_BOOL);
    d.truth = b;
    return d;
}

Data data_int(int64_t n)
{
    Data d = computed(DATA_INT);
    d.integer = n;
    return d;
}

Data data_float(double n)
{
    Data d = computed(DATA_FLOAT);
    d.number = n;
    return d;
}

Data data_string(Str s)
{
    if (s.n > UINT32_MAX)
        out_of_memory();
    Data d = computed(DATA_STRING);
    d.count = (uint32_t)s.n;
    d.text = s.p;
    return d;
}

// --- finding -------------------------------------------------------------------------------------

const Data *data_get(const Data *object, Str name)
{
    for (uint32_t i = 0; i < object->count; i++) {
        if (str_equal(object->members[i].name, name))
            return &object->members[i].value;
    }
    return NULL;
}

// Without case, as far as length and first byte say.
static bool looks_same(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || ((a.p[0] ^ b.p[0]) & ~('a' - 'A')) == 0);
}

const Data *data_get_nocase(const Data *object, Str name)
{
    const Data *folded = NULL;
    for (uint32_t i = 0; i < object->count; i++) {
        const DataMember *m = &object->members[i];
        if (!looks_same(m->name, name))
            continue;
        if (str_equal(m->name, name))
            return &m->value;
        if (!folded && str_equal_nocase(m->name, name))
            folded = &m->value;
    }
    return folded;
}

// --- comparing -----------------------------------------------------------------------------------

static bool equal_below(const Data *a, const Data *b, uint32_t depth);

// 2^63 is the first double past every int64; below it the conversion to an integer is exact
// for a whole number.
static bool equal_int_float(int64_t i, double f)
{
    return f >= -0x1p63 && f < 0x1p63 && (double)(int64_t)f == f && (int64_t)f == i;
}

static bool equal_items(const Data *a, const Data *b, uint32_t depth)
{
    for (uint32_t i = 0; i < a->count; i++) {
        if (!equal_below(&a->items[i], &b->items[i], depth))
            return false;
    }
    return true;
}

// Members of the same names and values, in whatever order each has them.
static bool equal_sorted(const Data *a, const Data *b, uint32_t depth)
{
    Buf memory = {0};
    buf_reserve(&memory, (size_t)a->count * 2 * sizeof(const DataMember *));
    const DataMember **x = (const DataMember **)(void *)memory.p, **y = x + a->count;
    names_sort(a, x);
    names_sort(b, y);
    bool equal = true;
    for (uint32_t i = 0; equal && i < a->count; i++)
        equal = str_equal(x[i]->name, y[i]->name) && equal_below(&x[i]->value, &y[i]->value, depth);
    buf_free(&memory);
    return equal;
}

static bool equal_members(const Data *a, const Data *b, uint32_t depth)
{
    for (uint32_t i = 0; i < a->count; i++) {
        if (!str_equal(a->members[i].name, b->members[i].name))
            return equal_sorted(a, b, depth);
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (!equal_below(&a->members[i].value, &b->members[i].value, depth))
            return false;
    }
    return true;
}

static bool equal_below(const Data *a, const Data *b, uint32_t depth)
{
    if (a->kind == DATA_INT && b->kind == DATA_FLOAT)
        return equal_int_float(a->integer, b->number);
    if (a->kind == DATA_FLOAT && b->kind == DATA_INT)
        return equal_int_float(b->integer, a->number);
    if (a->kind != b->kind)
        return false;
    if (depth == LIMIT_DATA_NESTING)
        BUG("data is too deep");
    switch (a->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        return true;
    case DATA_BOOL:
        return a->truth == b->truth;
    case DATA_INT:
        return a->integer == b->integer;
    case DATA_FLOAT:
        return a->number == b->number;
    case DATA_STRING:
        return str_equal(data_str(a), data_str(b));
    case DATA_ARRAY:
        return a->count == b->count && equal_items(a, b, depth + 1);
    case DATA_OBJECT:
        return a->count == b->count && equal_members(a, b, depth + 1);
    }
    BUG("no such kind of data");
}

bool data_equal(const Data *a, const Data *b)
{
    return equal_below(a, b, 0);
}

static Data copy_below(Arena *a, const Data *d, uint32_t depth)
{
    Data ret = *d;
    ret.at = DATA_NOWHERE;
    if (depth > LIMIT_DATA_NESTING)
        BUG("data is too deep");
    if (d->kind == DATA_STRING) {
        ret.text = arena_copy(a, d->text, d->count);
    } else if (d->kind == DATA_FLOAT) {
        ret.count = 0; // its digits are in the text it was read from
    } else if (d->kind == DATA_ARRAY) {
        Data *items = ARENA_ARRAY(a, Data, d->count);
        for (uint32_t i = 0; i < d->count; i++)
            items[i] = copy_below(a, &d->items[i], depth + 1);
        ret.items = items;
    } else if (d->kind == DATA_OBJECT) {
        DataMember *members = ARENA_ARRAY(a, DataMember, d->count);
        for (uint32_t i = 0; i < d->count; i++) {
            Str name = d->members[i].name;
            members[i] = (DataMember){.name = {arena_copy(a, name.p, name.n), name.n},
                                      .at = DATA_NOWHERE,
                                      .value = copy_below(a, &d->members[i].value, depth + 1)};
        }
        ret.members = members;
    }
    return ret;
}

Data data_copy(Arena *a, const Data *d)
{
    return copy_below(a, d, 0);
}
