// make.c - data made of data.
//
// SPDX-License-Identifier: MIT
#include "eval/internal.h"

Data data_array(const Data *items, uint32_t count)
{
    return (Data){.kind = DATA_ARRAY, .count = count, .at = DATA_NOWHERE, .items = items};
}

Data data_object(const DataMember *members, uint32_t count)
{
    return (Data){.kind = DATA_OBJECT, .count = count, .at = DATA_NOWHERE, .members = members};
}

Data data_part(Data d)
{
    return d.kind == DATA_MISSING ? data_null() : d;
}

void object_put(Object *o, const char *name, Data value)
{
    DataMember m = {.name = str_of(name), .at = DATA_NOWHERE, .value = data_part(value)};
    vec_push(o->arena, &o->members, m);
}

void object_text(Object *o, const char *name, const char *text)
{
    if (text)
        object_put(o, name, data_string(str_of(text)));
}

Data object_data(const Object *o)
{
    return data_object(o->members.items, o->members.len);
}

Data data_texts(Arena *a, const char *const *texts, uint32_t count)
{
    Data *items = ARENA_ARRAY(a, Data, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = data_string(str_of(texts[i]));
    return data_array(items, count);
}
