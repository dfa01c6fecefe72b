// given.c - what a test leaves out: the rest of the resource and its surroundings.
//
// spec: tests, what is given
//
// SPDX-License-Identifier: MIT
#include "testing/given.h"

#include "base/bug.h"

#include <stdlib.h>

DataMember given_member(const char *name, Data value)
{
    return (DataMember){.name = str_of(name), .at = DATA_NOWHERE, .value = value};
}

static Data text(const char *s)
{
    return data_string(str_of(s));
}

Data given_object(Arena *a, const DataMember *members, uint32_t count)
{
    DataMember *copy = ARENA_ARRAY(a, DataMember, count);
    if (count)
        memcpy(copy, members, count * sizeof *members);
    return (Data){.kind = DATA_OBJECT, .count = count, .at = DATA_NOWHERE, .members = copy};
}

// Depth: that of the source it was written in, LIMIT_NESTING.
Data given_value(Arena *a, const Value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
    case VALUE_ARM:
        return data_null();
    case VALUE_BOOL:
        return data_bool(v->truth);
    case VALUE_INT:
        return data_int(v->number);
    case VALUE_FLOAT:
        return data_float(strtod(v->text, NULL));
    case VALUE_STRING:
        return text(v->text);
    case VALUE_ARRAY: {
        Data *items = ARENA_ARRAY(a, Data, v->items.len);
        for (uint32_t i = 0; i < v->items.len; i++)
            items[i] = given_value(a, v->items.items[i]);
        return (Data){
            .kind = DATA_ARRAY, .count = v->items.len, .at = DATA_NOWHERE, .items = items};
    }
    case VALUE_OBJECT: {
        DataMember *members = ARENA_ARRAY(a, DataMember, v->members.len);
        for (uint32_t i = 0; i < v->members.len; i++)
            members[i] =
                given_member(v->members.items[i].name, given_value(a, v->members.items[i].value));
        return (Data){
            .kind = DATA_OBJECT, .count = v->members.len, .at = DATA_NOWHERE, .members = members};
    }
    }
    BUG("no such value");
}

typedef VEC(DataMember) Members;

static bool says(const Data *said, const char *name)
{
    return said && data_get(said, str_of(name)) != NULL;
}

static void add_unless_said(Arena *a, Members *m, const Data *said, const char *name, Data value)
{
    if (!says(said, name))
        vec_push(a, m, given_member(name, value));
}

// `null_is_absent`: facts have no nulls, a resource may.
static void add_said(Arena *a, Members *m, const Data *said, bool null_is_absent)
{
    for (uint32_t i = 0; said && i < said->count; i++) {
        if (!null_is_absent || said->members[i].value.kind != DATA_NULL)
            vec_push(a, m, said->members[i]);
    }
}

static Data object_of(const Members *m)
{
    return (Data){.kind = DATA_OBJECT, .count = m->len, .at = DATA_NOWHERE, .members = m->items};
}

// --- the resource ------------------------------------------------------------------------------

static const char *said_text(Arena *a, const Data *said, const char *name, const char *otherwise)
{
    const Data *d = said ? data_get(said, str_of(name)) : NULL;
    return d && d->kind == DATA_STRING ? arena_copy(a, d->text, d->count) : otherwise;
}

static uint32_t slashes(const char *s)
{
    uint32_t n = 0;
    for (; *s; s++)
        n += *s == '/';
    return n;
}

// /…/providers/Microsoft.X/a/name1/b/name2: type segments and names in turn; of a name with
// too few parts the first ones are "test".
static void print_provider_path(Buf *b, const char *type, const char *name)
{
    const char *segment = strchr(type, '/');
    buf_str(b, "/providers/");
    buf_add(b, type, segment ? (size_t)(segment - type) : strlen(type));
    uint32_t given = slashes(name) + 1;
    for (uint32_t left = slashes(type); segment && left > 0; left--) {
        const char *end = strchr(segment + 1, '/');
        buf_add(b, segment, end ? (size_t)(end - segment) : strlen(segment));
        buf_char(b, '/');
        if (given < left) {
            buf_str(b, "test");
        } else {
            const char *stop = left > 1 ? strchr(name, '/') : NULL;
            buf_add(b, name, stop ? (size_t)(stop - name) : strlen(name));
            name = stop ? stop + 1 : name;
            given--;
        }
        segment = end;
    }
}

static const char *resource_id(Arena *a, const char *type, const char *name)
{
    Buf b = {0};
    buf_str(&b, "/subscriptions/" TEST_SUBSCRIPTION);
    if (str_equal_nocase(str_of(type),
                         str_of("Microsoft.Resources/subscriptions/resourceGroups"))) {
        buf_printf(&b, "/resourceGroups/%s", name);
    } else if (!str_equal_nocase(str_of(type), str_of("Microsoft.Resources/subscriptions"))) {
        buf_str(&b, "/resourceGroups/test");
        print_provider_path(&b, type, name);
    }
    const char *id = arena_copy(a, b.p, b.n);
    buf_free(&b);
    return id;
}

Data given_resource(Arena *a, const KindInfo *kind, const Data *said)
{
    Members m = {0};
    const char *type = kind->type ? kind->type : "Microsoft.Resources/test";
    type = said_text(a, said, "type", type);
    const char *name = said_text(a, said, "name", "test");
    add_unless_said(a, &m, said, "id", text(resource_id(a, type, name)));
    add_unless_said(a, &m, said, "name", text(name));
    add_unless_said(a, &m, said, "type", text(type));
    if (kind->known_type && kind->facts.location != CATALOG_ABSENT)
        add_unless_said(a, &m, said, "location", text("westeurope"));
    add_unless_said(a, &m, said, "properties", given_object(a, NULL, 0));
    add_said(a, &m, said, false);
    return object_of(&m);
}

// --- rows of tables ------------------------------------------------------------------------------

static Data changed_member(Arena *a, const Data *said, const Data *where, const Data *body)
{
    if (where->kind != DATA_OBJECT)
        return *body;
    static const DataMember NONE = {0};
    Data empty = {.kind = DATA_OBJECT, .at = DATA_NOWHERE, .members = &NONE};
    return given_changed(a, said->kind == DATA_OBJECT ? said : &empty, where, body);
}

// Names in Azure differ in case at will. Depth: that of the place in the source.
Data given_changed(Arena *a, const Data *said, const Data *where, const Data *body)
{
    const DataMember *way = &where->members[0];
    const Data *below = data_get(body, way->name);
    const Data *there = data_get_nocase(said, way->name);
    Data missing = data_missing();
    Data value = changed_member(a, there ? there : &missing, &way->value, below);
    Members m = {0};
    for (uint32_t i = 0; i < said->count; i++) {
        if (&said->members[i].value != there)
            vec_push(a, &m, said->members[i]);
    }
    if (value.kind != DATA_NULL)
        vec_push(a, &m, ((DataMember){.name = way->name, .at = DATA_NOWHERE, .value = value}));
    return object_of(&m);
}

// --- around it -----------------------------------------------------------------------------------

Data given_group(Arena *a, const Data *said, const Data *resource)
{
    Members m = {0};
    const char *name = said_text(a, said, "name", "test");
    const char *location =
        resource ? said_text(a, resource, "location", "westeurope") : "westeurope";
    const char *id =
        arena_printf(a, "/subscriptions/" TEST_SUBSCRIPTION "/resourceGroups/%s", name);
    add_unless_said(a, &m, said, "id", text(id));
    add_unless_said(a, &m, said, "name", text(name));
    add_unless_said(a, &m, said, "type", text("Microsoft.Resources/resourceGroups"));
    add_unless_said(a, &m, said, "location", text(location));
    add_unless_said(a, &m, said, "tags", given_object(a, NULL, 0));
    add_said(a, &m, said, true);
    return object_of(&m);
}

Data given_subscription(Arena *a, const Data *said)
{
    Members m = {0};
    const char *id = said_text(a, said, "subscriptionId", TEST_SUBSCRIPTION);
    add_unless_said(a, &m, said, "id", text(arena_printf(a, "/subscriptions/%s", id)));
    add_unless_said(a, &m, said, "subscriptionId", text(id));
    add_unless_said(a, &m, said, "displayName", text("test"));
    add_unless_said(a, &m, said, "tags", given_object(a, NULL, 0));
    add_said(a, &m, said, true);
    return object_of(&m);
}

static const char *newest_api(const KindInfo *kind)
{
    if (kind && kind->api)
        return kind->api;
    if (!kind || !kind->known_type)
        return "";
    return kind->facts.stable_api[0] ? kind->facts.stable_api : kind->facts.newest_api;
}

Data given_request(Arena *a, const Data *said, const KindInfo *kind, const char **ret_time)
{
    Members m = {0};
    *ret_time = said_text(a, said, "time", TEST_NOW);
    add_unless_said(a, &m, said, "apiVersion", text(newest_api(kind)));
    for (uint32_t i = 0; said && i < said->count; i++) {
        const DataMember *member = &said->members[i];
        if (str_equal(member->name, str_of("claims")))
            vec_push(a, &m, given_member("identity", member->value));
        else if (!str_equal(member->name, str_of("time")))
            vec_push(a, &m, *member);
    }
    return object_of(&m);
}
