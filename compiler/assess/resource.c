// resource.c - resources as people have them, in the shape policies look at.
//
// spec: evaluation, resources
//
// SPDX-License-Identifier: MIT
#include "assess/assess.h"

typedef VEC(DataMember) Members;

static Data text(Str s)
{
    return data_string(s);
}

static Str text_member(const Data *d, const char *name)
{
    const Data *v = data_get_nocase(d, str_of(name));
    return v && v->kind == DATA_STRING && v->count > 0 ? data_str(v) : (Str){0};
}

static void push(Arena *a, Members *m, const char *name, Data value)
{
    vec_push(a, m, ((DataMember){str_of(name), DATA_NOWHERE, value}));
}

// --- the type that an id says ------------------------------------------------------------------------

static bool next_segment(Str *rest, Str *ret)
{
    while (rest->n > 0 && rest->p[0] == '/') {
        rest->p++;
        rest->n--;
    }
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '/')
        n++;
    *ret = (Str){rest->p, n};
    rest->p += n;
    rest->n -= n;
    return n > 0;
}

// Behind the last `providers`: namespace, then types and names in turn. No provider: the
// subscription or the group.
static Str type_of_id(Arena *a, Str id)
{
    Buf b = {0};
    Str rest = id, segment;
    uint32_t at = 0; // 0: no provider yet; 1: namespace; even: a type; odd: a name
    const char *plain = NULL;
    while (next_segment(&rest, &segment)) {
        if (str_equal_nocase(segment, str_of("providers"))) {
            buf_reset(&b);
            at = 1;
        } else if (at == 1) {
            buf_add(&b, segment.p, segment.n);
            at = 2;
        } else if (at >= 2) {
            if (at % 2 == 0) {
                buf_char(&b, '/');
                buf_add(&b, segment.p, segment.n);
            }
            at++;
        } else if (str_equal_nocase(segment, str_of("resourceGroups"))) {
            plain = "Microsoft.Resources/subscriptions/resourceGroups";
        } else if (str_equal_nocase(segment, str_of("subscriptions"))) {
            plain = "Microsoft.Resources/subscriptions";
        }
    }
    Str type = at > 0 ? (Str){arena_copy(a, b.p ? b.p : "", b.n), b.n} : str_of(plain);
    buf_free(&b);
    return type;
}

static Str last_segment(Str id)
{
    Str rest = id, segment, last = {0};
    while (next_segment(&rest, &segment))
        last = segment;
    return last;
}

// Resource Graph and the portal have another word for the type of groups.
static Str usual_type(Str type)
{
    static const char GROUPS[] = "Microsoft.Resources/subscriptions/resourceGroups";
    bool is_group = str_equal_nocase(type, str_of("Microsoft.Resources/resourceGroups"));
    return is_group ? str_of(GROUPS) : type;
}

const Data *resource_read(Arena *a, const Data *d, const char **ret_error)
{
    if (d->kind != DATA_OBJECT) {
        *ret_error = "a resource is an object";
        return NULL;
    }
    static const char *const TEXTS[] = {"id", "type", "name"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        const Data *m = data_get_nocase(d, str_of(TEXTS[i]));
        if (m && m->kind != DATA_STRING && m->kind != DATA_NULL) {
            *ret_error = arena_printf(a, "`%s` of a resource is a text", TEXTS[i]);
            return NULL;
        }
    }
    Str id = text_member(d, "id"), type = text_member(d, "type"), name = text_member(d, "name");
    Str usual = usual_type(type);
    if ((type.p && name.p && usual.p == type.p) || !id.p)
        return d; // a resource without a type is judged by rules that ask for none
    Members m = {0};
    if (!type.p)
        usual = type_of_id(a, id);
    if (usual.p)
        push(a, &m, "type", text(usual));
    if (!name.p)
        push(a, &m, "name", text(last_segment(id)));
    for (uint32_t i = 0; i < d->count; i++) {
        bool replaced = str_equal_nocase(d->members[i].name, str_of("type")) ||
                        (!name.p && str_equal_nocase(d->members[i].name, str_of("name")));
        if (!replaced)
            vec_push(a, &m, d->members[i]);
    }
    Data *ret = ARENA_NEW(a, Data);
    *ret = (Data){.kind = DATA_OBJECT, .count = m.len, .at = d->at, .members = m.items};
    return ret;
}
