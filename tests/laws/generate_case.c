// generate_case.c - resources and surroundings at the boundaries of a program.
//
// SPDX-License-Identifier: MIT
#include "laws/generate.h"

#include "laws/derive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Maker {
    Generated *g;
    const Catalog *catalog;
    const char *type; // whose aliases are meant
    bool odd;         // a value has a type its place does not have
} Maker;

static uint32_t below(Maker *m, uint32_t n)
{
    return random_below(&m->g->random, n);
}

static bool one_in(Maker *m, uint32_t n)
{
    return below(m, n) == 0;
}

#define PICK(m, texts) (texts)[below(m, sizeof(texts) / sizeof(texts)[0])]

// --- building -----------------------------------------------------------------------------------

static Data empty_object(void)
{
    return (Data){.kind = DATA_OBJECT, .at = DATA_NOWHERE};
}

static Data *member(Maker *m, Data *object, const char *name, size_t n)
{
    for (uint32_t i = 0; i < object->count; i++)
        if (str_equal(object->members[i].name, (Str){name, n}))
            return (Data *)&object->members[i].value;
    DataMember *members = ARENA_ARRAY(m->g->arena, DataMember, object->count + 1);
    if (object->count)
        memcpy(members, object->members, object->count * sizeof *members);
    members[object->count].name = (Str){arena_copy(m->g->arena, name, n), n};
    members[object->count].value = data_missing();
    object->members = members;
    return &members[object->count++].value;
}

static void set(Maker *m, Data *object, const char *name, Data value)
{
    *member(m, object, name, strlen(name)) = value;
}

// Sets a.b.c of an object, making what is on the way.
static void set_path(Maker *m, Data *object, const char *path, Data value)
{
    while (strchr(path, '.')) {
        size_t n = strcspn(path, ".");
        Data *inner = member(m, object, path, n);
        if (inner->kind != DATA_OBJECT)
            *inner = empty_object();
        object = inner;
        path += n + 1;
    }
    set(m, object, path, value);
}

static Data array(Maker *m, uint32_t count)
{
    Data d = {.kind = DATA_ARRAY, .count = count, .at = DATA_NOWHERE};
    d.items = ARENA_ARRAY(m->g->arena, Data, count + 1);
    return d;
}

// --- values -------------------------------------------------------------------------------------

static const char *choice(Maker *m, const char *values)
{
    uint32_t count = 1, at;
    for (const char *p = values; *p; p++)
        count += *p == '|';
    at = below(m, count);
    while (at--)
        values = strchr(values, '|') + 1;
    return arena_copy(m->g->arena, values, strcspn(values, "|"));
}

// The same text in another case, longer or shorter by one.
static const char *near(Maker *m, const char *text)
{
    char *copy = arena_copy(m->g->arena, text, strlen(text));
    switch (below(m, 8)) {
    case 0:
        for (char *p = copy; *p; p++)
            *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        return copy;
    case 1:
        for (char *p = copy; *p; p++)
            *p = ascii_lower(*p);
        return copy;
    case 2:
        return arena_printf(m->g->arena, "%s%s", copy, one_in(m, 2) ? "a" : " ");
    case 3:
        if (*copy)
            copy[strlen(copy) - 1] = '\0';
        return copy;
    default:
        return copy;
    }
}

static Data some_text(Maker *m, const char *values)
{
    const Generated *g = m->g;
    const char *text;
    if (g->texts.len && one_in(m, 2)) {
        const char *kept = g->texts.items[below(m, g->texts.len)];
        char *star = strchr(kept, '*');
        text = star && one_in(m, 2)
                   ? arena_printf(g->arena, "%.*salpha%s", (int)(star - kept), kept, star + 1)
                   : kept;
    } else {
        text = choice(m, values && *values ? values : "alpha|beta|");
    }
    return data_string(str_of(near(m, text)));
}

static Data some_int(Maker *m, const char *values)
{
    const Generated *g = m->g;
    int64_t n = g->numbers.len && one_in(m, 2) ? g->numbers.items[below(m, g->numbers.len)]
                                               : strtoll(choice(m, values), NULL, 10);
    return data_int(n + (int64_t)below(m, 3) - 1);
}

static Data some_texts(Maker *m, const char *values)
{
    Data d = array(m, one_in(m, 6) ? 0 : 1 + below(m, 3));
    for (uint32_t i = 0; i < d.count; i++)
        ((Data *)d.items)[i] = some_text(m, values);
    return d;
}

static Data some_table(Maker *m, const char *values)
{
    static const char *const names[] = {"env", "Cost Center", "owner", "o'neil", "alpha"};
    Data d = empty_object();
    for (uint32_t i = below(m, 4); i > 0; i--)
        set(m, &d, PICK(m, names), some_text(m, values));
    if (one_in(m, 4))
        set(m, &d, "ENV", some_text(m, values));
    return d;
}

static void fill(Maker *m, Data *object, const char *base, const char *field,
                 const Property *properties);

static const char *path_of(Maker *m, const char *field)
{
    CatalogAlias alias;
    if (catalog_alias(m->catalog, m->g->arena, str_of(m->type), str_of(field), &alias))
        return alias.path;
    fprintf(stderr, "%s/%s is no alias\n", m->type, field);
    exit(2);
}

static Data some_objects(Maker *m, const char *field, const Property *p)
{
    Data d = array(m, one_in(m, 6) ? 0 : 1 + below(m, 3));
    const char *path = arena_printf(m->g->arena, "%s[*]", path_of(m, field));
    for (uint32_t i = 0; i < d.count; i++) {
        Data *element = (Data *)&d.items[i];
        *element = empty_object();
        fill(m, element, path, arena_printf(m->g->arena, "%s[*]", field), p->members);
    }
    return d;
}

static Data value_of(Maker *m, const char *field, const Property *p)
{
    switch (p->sort) {
    case SORT_BOOL:
        return data_bool(one_in(m, 2));
    case SORT_INT:
        return some_int(m, p->values);
    case SORT_TEXTS:
        return some_texts(m, p->values);
    case SORT_OBJECTS:
        return some_objects(m, field, p);
    case SORT_TABLE:
        return some_table(m, p->values);
    case SORT_DATE:
    case SORT_CIDR:
        return data_string(str_of(choice(m, p->values)));
    case SORT_TEXT:
    case SORT_ENUM:
    case SORT_VERSION:
    case SORT_RANKED:
    case SORT_ISO8601:
    case SORT_CLOCK:
    case SORT_LOCATION:
    case SORT_COUNT:
        break;
    }
    return p->sort == SORT_ISO8601 || p->sort == SORT_CLOCK
               ? data_string(str_of(choice(m, p->values)))
               : some_text(m, p->values);
}

// Each property into `object`, which is at `base`; `field` is what its aliases begin with.
static void fill(Maker *m, Data *object, const char *base, const char *field,
                 const Property *properties)
{
    for (const Property *p = properties; p->name; p++) {
        const char *name = strncmp(p->name, "properties.", 11) == 0 ? p->name + 11 : p->name;
        const char *full = *field ? arena_printf(m->g->arena, "%s.%s", field, name) : name;
        const char *path = path_of(m, full);
        if (one_in(m, 6))
            continue;
        size_t n = strlen(base);
        set_path(m, object, n ? path + n + 1 : path,
                 one_in(m, 12) ? data_null() : value_of(m, full, p));
    }
}

// A value of a type its place does not have.
static Data of_another_type(Maker *m)
{
    m->odd = true;
    switch (below(m, 5)) {
    case 0:
        return data_int((int64_t)below(m, 3));
    case 1:
        return data_bool(one_in(m, 2));
    case 2:
        return data_string(str_of(one_in(m, 2) ? "1" : "True"));
    case 3:
        return array(m, 0);
    default:
        return empty_object();
    }
}

// Takes subtrees away, here and there.
static void damage(Maker *m, Data *d, uint32_t depth)
{
    if (d->kind == DATA_ARRAY)
        for (uint32_t i = 0; i < d->count; i++)
            damage(m, (Data *)&d->items[i], depth + 1);
    if (d->kind != DATA_OBJECT)
        return;
    for (uint32_t i = 0; i < d->count; i++) {
        Data *value = (Data *)&d->members[i].value;
        if (value->kind == DATA_OBJECT && one_in(m, 24))
            *value = one_in(m, 2) ? data_null() : empty_object();
        else if (depth > 0 && one_in(m, 60))
            *value = of_another_type(m);
        damage(m, value, depth + 1);
    }
}

// --- the resource -------------------------------------------------------------------------------

static void set_fixed(Maker *m, Data *resource, const char *fixed)
{
    size_t n = strcspn(fixed, "=");
    const char *path = path_of(m, arena_copy(m->g->arena, fixed, n));
    if (!one_in(m, 8))
        set_path(m, resource, path, data_string(str_of(one_in(m, 6) ? "AKS" : fixed + n + 1)));
}

static bool may_be_outside_groups(Maker *m)
{
    CatalogType type;
    return catalog_type(m->catalog, m->g->arena, str_of(m->type), &type) &&
           type.writable & ~(uint32_t)SCOPE_RESOURCE_GROUP;
}

static void set_fields(Maker *m, Data *resource, const char *name)
{
    static const char *const regions[] = {"westeurope", "West Europe", "northeurope", "EastUS"};
    const char *slash = strchr(m->type, '/');
    Buf id = {0};
    buf_printf(&id, "/subscriptions/00000000-0000-0000-0000-000000000001%s/providers/%.*s",
               may_be_outside_groups(m) && one_in(m, 4) ? "" : "/resourceGroups/rg",
               (int)(slash - m->type), m->type);
    for (const char *p = slash; p; p = strchr(p + 1, '/'))
        buf_printf(&id, "/%.*s/%s", (int)strcspn(p + 1, "/"), p + 1,
                   strchr(p + 1, '/') ? "up" : name);
    set(m, resource, "id", data_string(str_of(arena_copy(m->g->arena, id.p, id.n))));
    buf_free(&id);
    set(m, resource, "name", data_string(str_of(name)));
    set(m, resource, "type", data_string(str_of(near(m, m->type))));
    if (!one_in(m, 4))
        set(m, resource, "location", data_string(str_of(PICK(m, regions))));
    if (!one_in(m, 3))
        set(m, resource, "kind", data_string(str_of(one_in(m, 2) ? "StorageV2" : "alpha")));
    if (!one_in(m, 5))
        set(m, resource, "tags", one_in(m, 8) ? data_null() : some_table(m, "prod|alpha|"));
    if (one_in(m, 2))
        set_path(m, resource, "identity.type",
                 data_string(str_of(one_in(m, 2) ? "SystemAssigned" : "UserAssigned")));
}

static Data some_resource(Maker *m)
{
    const Generated *g = m->g;
    const VocabularyKind *k =
        one_in(m, 20) ? &VOCABULARY[below(m, VOCABULARY_COUNT)] : g->kinds[below(m, g->kind_count)];
    Data resource = empty_object();
    bool in_parent = k->parent_type && one_in(m, 2);
    m->type = in_parent ? k->parent_type : k->type;
    set_fields(m, &resource, choice(m, k->names));
    if (in_parent) {
        Property element[] = {{"name", SORT_TEXT, k->names, NULL}, {NULL, SORT_COUNT, NULL, NULL}};
        const char *path = path_of(m, k->parent_path);
        Data list = array(m, below(m, 4));
        for (uint32_t i = 0; i < list.count; i++) {
            Data *one = (Data *)&list.items[i];
            *one = empty_object();
            fill(m, one, path, k->parent_path, element);
            fill(m, one, path, k->parent_path, k->properties);
        }
        set_path(m, &resource, arena_copy(g->arena, path, strlen(path) - 3), list);
    } else {
        fill(m, &resource, "", "", k->properties);
    }
    if (k->fixed && !in_parent)
        set_fixed(m, &resource, k->fixed);
    damage(m, &resource, 0);
    return resource;
}

// --- what surrounds it --------------------------------------------------------------------------

static Data some_list(Maker *m, const char *values, uint32_t most)
{
    Data d = array(m, below(m, most + 1));
    for (uint32_t i = 0; i < d.count; i++)
        ((Data *)d.items)[i] = data_string(str_of(choice(m, values)));
    return d;
}

static Data some_models(Maker *m)
{
    Data d = array(m, below(m, 3));
    for (uint32_t i = 0; i < d.count; i++) {
        Data *one = (Data *)&d.items[i];
        *one = empty_object();
        if (!one_in(m, 8))
            set(m, one, "name", some_text(m, "alpha|beta"));
        if (!one_in(m, 4))
            set(m, one, "version", data_string(str_of(one_in(m, 2) ? "1" : "2")));
    }
    return d;
}

static Data some_owners(Maker *m)
{
    static const char *const names[] = {"alpha", "env", "gamma"};
    Data d = empty_object();
    for (uint32_t i = below(m, 3); i > 0; i--)
        set(m, &d, PICK(m, names), some_list(m, "ann|alpha|beta", 2));
    return d;
}

static void set_parameters(Maker *m, Data *ret)
{
    bool ranked = false;
    *ret = empty_object();
    for (uint32_t i = 0; i < m->g->kind_count; i++)
        ranked = ranked || strcmp(m->g->kinds[i]->name, "rai_policy") == 0;
    if (one_in(m, 2))
        set(m, ret, "word", some_text(m, "alpha|"));
    if (one_in(m, 3))
        set(m, ret, "name_of_tag", data_string(str_of(one_in(m, 2) ? "owner" : "cost center")));
    if (one_in(m, 2)) {
        Data d = array(m, below(m, 3));
        for (uint32_t i = 0; i < d.count; i++)
            ((Data *)d.items)[i] = some_text(m, "alpha|beta|");
        set(m, ret, "texts", d);
    }
    if (one_in(m, 2))
        set(m, ret, "days", some_int(m, "0|3|90"));
    if (one_in(m, 2))
        set(m, ret, "flag", data_bool(one_in(m, 2)));
    if (one_in(m, 2))
        set(m, ret, "ranges", some_list(m, "10.0.0.0/8|0.0.0.0/0|2001:db8::/32|10.0.0.1", 2));
    if (one_in(m, 2))
        set(m, ret, "regions", some_list(m, "westeurope|eastus", 2));
    if (one_in(m, 2))
        set(m, ret, "models", some_models(m));
    if (one_in(m, 2))
        set(m, ret, "owners", some_owners(m));
    if (ranked && one_in(m, 2))
        set(m, ret, "threshold", data_string(str_of(choice(m, "High|Medium|Low"))));
}

void generate_case(Generated *g, const Catalog *catalog, GeneratedCase *ret)
{
    Maker m = {.g = g, .catalog = catalog};
    static const char *const versions[] = {"2018-07-01", "2019-04-01", "2021-06-01-preview",
                                           "2025-01-01"};
    set_parameters(&m, &ret->parameters);
    ret->resource = some_resource(&m);
    ret->odd = m.odd;
    ret->request = empty_object();
    set(&m, &ret->request, "apiVersion", data_string(str_of(PICK(&m, versions))));
    if (one_in(&m, 2))
        set_path(&m, &ret->request, "identity.appid", data_string(str_of("alpha")));
    ret->resource_group = empty_object();
    set(&m, &ret->resource_group, "name", data_string(str_of("rg")));
    set(&m, &ret->resource_group, "location", data_string(str_of("westeurope")));
    if (!one_in(&m, 3))
        set(&m, &ret->resource_group, "tags", some_table(&m, "prod|alpha"));
    if (one_in(&m, 3))
        set(&m, &ret->resource_group, "managedBy", data_string(str_of("alpha")));
    ret->subscription = empty_object();
    set(&m, &ret->subscription, "displayName", data_string(str_of("alpha")));
}
