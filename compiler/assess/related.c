// related.c - finding the resources beside one.
//
// spec: evaluation, related resources
//
// SPDX-License-Identifier: MIT
#include "assess/related.h"

#include "base/hash.h"

typedef struct Kin {
    const Data *resource; // NULL: there is none
    bool anywhere;        // listed: its id does not matter
} Kin;

typedef struct KinList { // of one type, below one place
    Str type, place;     // the id of a group or a subscription; empty: wherever it is
    uint64_t hash;
    VEC(Kin) items;
} KinList;

struct Related {
    Arena *arena;
    KinList **slots; // open addressing, at most half of them used
    uint32_t mask, used;
    KinList of_any_type;
};

enum { SLOTS_AT_FIRST = 16 };
static const Str EVERYWHERE = {"", 0};

Related *related_list_new(Arena *a)
{
    Related *r = ARENA_NEW(a, Related);
    r->arena = a;
    r->slots = ARENA_ARRAY(a, KinList *, SLOTS_AT_FIRST);
    r->mask = SLOTS_AT_FIRST - 1;
    return r;
}

static KinList **slot_of(const Related *r, Str type, Str place, uint64_t hash)
{
    for (uint64_t at = hash;; at++) {
        KinList **slot = &r->slots[at & r->mask], *l = *slot;
        if (!l || (l->hash == hash && str_equal_nocase(l->type, type) &&
                   str_equal_nocase(l->place, place)))
            return slot;
    }
}

static uint64_t hash_of(Str type, Str place)
{
    return hash_nocase(type) * 31 + hash_nocase(place);
}

static const KinList *list_find(const Related *r, Str type, Str place)
{
    return *slot_of(r, type, place, hash_of(type, place));
}

static void make_room(Related *r)
{
    KinList **old = r->slots;
    uint32_t count = r->mask + 1;
    if (r->used * 2 < count)
        return;
    r->slots = ARENA_ARRAY(r->arena, KinList *, (size_t)count * 2);
    r->mask = count * 2 - 1;
    for (uint32_t i = 0; i < count; i++)
        if (old[i])
            *slot_of(r, old[i]->type, old[i]->place, old[i]->hash) = old[i];
}

static KinList *list_of(Related *r, Str type, Str place)
{
    uint64_t hash = hash_of(type, place);
    KinList **slot = slot_of(r, type, place, hash);
    if (*slot)
        return *slot;
    make_room(r);
    slot = slot_of(r, type, place, hash);
    *slot = ARENA_NEW(r->arena, KinList);
    **slot = (KinList){.type = type, .place = place, .hash = hash};
    r->used++;
    return *slot;
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
        if (item->kind != DATA_OBJECT)
            return false;
        const Data *resource = data_get_nocase(item, str_of("resource"));
        if (!resource)
            resource = item;
        if (resource->kind != DATA_OBJECT && resource->kind != DATA_NULL)
            return false;
        Str type = text_member(item, "type");
        if (!type.p && resource->kind == DATA_OBJECT)
            type = text_member(resource, "type");
        if (!type.p && resource == item)
            return false; // nothing says that it is a resource
        KinList *kin = type.p ? list_of(r, type, EVERYWHERE) : &r->of_any_type;
        vec_push(r->arena, &kin->items,
                 ((Kin){resource->kind == DATA_OBJECT ? resource : NULL, true}));
    }
    return true;
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

void related_add(Related *r, const Data *resource)
{
    Str id = text_member(resource, "id"), type = text_member(resource, "type");
    Str places[] = {EVERYWHERE, head(id, SUBSCRIPTION_SEGMENTS), head(id, GROUP_SEGMENTS)};
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if (i > 0 && places[i].n == 0)
            continue;
        KinList *kin = list_of(r, type, places[i]);
        vec_push(r->arena, &kin->items, ((Kin){resource, false}));
    }
}

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

// An id with two providers: it belongs to what stands before the second. Else empty.
static Str extended(Str id)
{
    static const Str PROVIDERS = {"/providers/", 11};
    uint32_t count = 0;
    size_t last = 0;
    for (size_t i = 0; i + PROVIDERS.n <= id.n; i++) {
        if (str_starts_nocase((Str){id.p + i, id.n - i}, PROVIDERS)) {
            count++;
            last = i;
        }
    }
    return count > 1 ? (Str){id.p, last} : (Str){0};
}

static bool is_beside(const Kin *k, const EvalRelatedQuery *q)
{
    Str id = text_member(k->resource, "id"), judged = text_member(q->resource, "id");
    Str judged_type = text_member(q->resource, "type");
    bool same = str_equal_nocase(str_of(q->type), judged_type);
    if (!same && extended(id).n > 0)
        return str_equal_nocase(extended(id), judged);
    if (is_child_type(q->type, judged_type))
        return is_below(id, judged);
    if (q->subscription)
        return str_equal_nocase(head(id, SUBSCRIPTION_SEGMENTS),
                                head(judged, SUBSCRIPTION_SEGMENTS));
    if (q->resource_group)
        return in_group_named(id, judged, q->resource_group);
    Str group = head(judged, GROUP_SEGMENTS);
    return group.n > 0 ? str_equal_nocase(head(id, GROUP_SEGMENTS), group) : is_below(id, judged);
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

// All that can be beside the one judged, and others.
static const KinList *list_beside(const Related *r, const EvalRelatedQuery *q)
{
    Str id = text_member(q->resource, "id"), type = str_of(q->type);
    Str place = head(id, GROUP_SEGMENTS);
    if (place.n == 0 || q->subscription || q->resource_group)
        place = head(id, SUBSCRIPTION_SEGMENTS);
    return list_find(r, type, place);
}

bool related_next(void *related, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                  bool *unknown)
{
    const Related *r = related;
    const KinList *any = &r->of_any_type, *all = list_find(r, str_of(q->type), EVERYWHERE);
    bool listed = all && all->items.items[0].anywhere;
    const KinList *list = !all || listed ? all : list_beside(r, q);
    uint32_t count = list ? list->items.len : 0;
    *unknown = !all && !any->items.len;
    while (*at < count + any->items.len) {
        uint32_t i = (*at)++;
        const Kin *k = i < count ? &list->items.items[i] : &any->items.items[i - count];
        if (k->resource && (k->anywhere || (is_beside(k, q) && has_name(k, q)))) {
            *ret = k->resource;
            return true;
        }
    }
    return false;
}
