// related.c - finding the resources beside one.
//
// spec: evaluation, related resources
//
// SPDX-License-Identifier: MIT
#include "assess/related.h"

typedef struct Kin {
    const Data *resource; // NULL: there is none
    bool anywhere;        // listed: its id does not matter
} Kin;
typedef VEC(Kin) KinList;

typedef struct KinType {
    Str type;
    KinList list;
} KinType;

struct Related {
    Arena *arena;
    VEC(KinType) types; // few: those that policies ask for
};

Related *related_list_new(Arena *a)
{
    Related *r = ARENA_NEW(a, Related);
    r->arena = a;
    return r;
}

static KinList *list_of(Related *r, Str type)
{
    for (uint32_t i = 0; i < r->types.len; i++) {
        if (str_equal_nocase(r->types.items[i].type, type))
            return &r->types.items[i].list;
    }
    vec_push(r->arena, &r->types, ((KinType){.type = type}));
    return &r->types.items[r->types.len - 1].list;
}

static Str text_member(const Data *d, const char *name)
{
    const Data *v = data_get_nocase(d, str_of(name));
    return v && v->kind == DATA_STRING ? data_str(v) : (Str){0};
}

bool related_read(Related *r, const Data *list, const char **ret_error)
{
    *ret_error = "related resources are a list of `{\"type\": …, \"resource\": …}`";
    if (list->kind != DATA_ARRAY)
        return false;
    for (uint32_t i = 0; i < list->count; i++) {
        const Data *item = &list->items[i];
        const Data *resource =
            item->kind == DATA_OBJECT ? data_get_nocase(item, str_of("resource")) : NULL;
        if (!resource || (resource->kind != DATA_OBJECT && resource->kind != DATA_NULL))
            return false;
        Str type = text_member(item, "type");
        if (!type.p && resource->kind == DATA_OBJECT)
            type = text_member(resource, "type");
        if (!type.p)
            return false;
        KinList *kin = list_of(r, type);
        vec_push(r->arena, kin, ((Kin){resource->kind == DATA_OBJECT ? resource : NULL, true}));
    }
    return true;
}

void related_add(Related *r, const Data *resource)
{
    KinList *kin = list_of(r, text_member(resource, "type"));
    vec_push(r->arena, kin, ((Kin){resource, false}));
}

// --- is it beside? ---------------------------------------------------------------------------------

static bool is_below(Str id, Str above)
{
    return above.n > 0 && str_starts_nocase(id, above) && id.n > above.n && id.p[above.n] == '/';
}

// "/subscriptions/x", or with `groups` "/subscriptions/x/resourceGroups/y"; empty where the id
// is not so deep.
static Str head(Str id, uint32_t segments)
{
    size_t n = 0;
    for (uint32_t i = 0; i < segments; i++) {
        if (n >= id.n)
            return (Str){0};
        n++;
        while (n < id.n && id.p[n] != '/')
            n++;
    }
    return (Str){id.p, n};
}

enum { SUBSCRIPTION_SEGMENTS = 2, GROUP_SEGMENTS = 4 };

static bool in_group_named(Str id, Str judged, const char *group)
{
    Str own = head(id, GROUP_SEGMENTS), subscription = head(judged, SUBSCRIPTION_SEGMENTS);
    size_t n = strlen(group);
    return own.n > n && own.p[own.n - n - 1] == '/' &&
           str_equal_nocase((Str){own.p + own.n - n, n}, str_of(group)) &&
           str_equal_nocase(head(id, SUBSCRIPTION_SEGMENTS), subscription);
}

static bool is_child_type(const char *type, Str judged)
{
    return is_below(str_of(type), judged);
}

static bool is_beside(const Kin *k, const EvalRelatedQuery *q)
{
    Str id = text_member(k->resource, "id"), judged = text_member(q->resource, "id");
    Str judged_type = text_member(q->resource, "type");
    if (is_child_type(q->type, judged_type) ||
        (!str_equal_nocase(str_of(q->type), judged_type) && is_below(id, judged)))
        return is_below(id, judged);
    if (q->subscription)
        return str_equal_nocase(head(id, SUBSCRIPTION_SEGMENTS),
                                head(judged, SUBSCRIPTION_SEGMENTS));
    if (q->resource_group)
        return in_group_named(id, judged, q->resource_group);
    Str group = head(judged, GROUP_SEGMENTS);
    return group.n > 0 && str_equal_nocase(head(id, GROUP_SEGMENTS), group);
}

static Str last_segment(Str s)
{
    for (size_t i = s.n; i > 0; i--) {
        if (s.p[i - 1] == '/')
            return (Str){s.p + i, s.n - i};
    }
    return s;
}

// `parent/child` names a nested one, `parent/?` every child.
static bool has_name(const Kin *k, const EvalRelatedQuery *q)
{
    if (!q->name)
        return true;
    Str asked = str_of(q->name), name = text_member(k->resource, "name");
    if (str_equal(last_segment(asked), str_of("?")))
        return true;
    return str_equal_nocase(name, asked) ||
           str_equal_nocase(last_segment(name), last_segment(asked));
}

bool related_next(void *related, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                  bool *unknown)
{
    const Related *r = related;
    const KinList *list = NULL;
    for (uint32_t i = 0; i < r->types.len && !list; i++) {
        if (str_equal_nocase(r->types.items[i].type, str_of(q->type)))
            list = &r->types.items[i].list;
    }
    *unknown = !list;
    while (list && *at < list->len) {
        const Kin *k = &list->items[(*at)++];
        if (k->resource && (k->anywhere || (is_beside(k, q) && has_name(k, q)))) {
            *ret = k->resource;
            return true;
        }
    }
    return false;
}
