// read_members.c - objects of policy JSON: which member is which, and what kind it has.
//
// Azure compares names without case, so `anyof` is `anyOf`, and `Version` beside
// `version` is the same member twice.
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

#include "diag/suggest.h"

bool read_is_object(Reader *r, const Data *d, const char *what)
{
    if (d->kind == DATA_OBJECT)
        return true;
    read_report(r, DIAG_POLICY_MEMBER_TYPE, read_span(r, d), d->at, "%s is an object, not %s", what,
                data_kind_text(d));
    return false;
}

void read_keep(Reader *r, const DataMember *m, MemberList *extra)
{
    const char *name = read_name(r, m);
    Value *value = read_literal(r, &m->value);
    if (name && value)
        vec_push(r->arena, extra, ((Member){name, value}));
}

const DataMember *read_said(Reader *r, const DataMember *m, MemberList *extra)
{
    if (!m || m->value.kind != DATA_NULL)
        return m;
    read_keep(r, m, extra);
    return NULL;
}

Value *read_said_value(Reader *r, const DataMember *m, MemberList *extra)
{
    m = read_said(r, m, extra);
    return m ? read_value(r, &m->value) : NULL;
}

static bool is_kept(const Shape *s, Str name)
{
    if (!s->kept)
        return true;
    for (const char *const *k = s->kept; *k; k++)
        if (str_equal_nocase(name, str_of(*k)))
            return true;
    return false;
}

static void report_unknown(Reader *r, const DataMember *m, const Shape *s)
{
    int n = (int)utf8_fit(m->name, 80);
    Diag *d = read_report(r, DIAG_POLICY_MEMBER_UNKNOWN, read_name_span(r, m), m->value.at,
                          "`%.*s` is no member of %s: it is kept and has no effect", n, m->name.p,
                          s->what);
    Suggest near;
    suggest_start(&near, m->name);
    for (uint32_t i = 0; i < s->count; i++)
        suggest_offer(&near, str_of(s->names[i]));
    if (near.count)
        diag_help(r->c->diags, d, "did you mean `%.*s`?", (int)near.best[0].n, near.best[0].p);
}

static void report_twice(Reader *r, const DataMember *first, const DataMember *again)
{
    Diag *d = read_report(r, DIAG_POLICY_MEMBER_TWICE, read_name_span(r, again), again->value.at,
                          "`%.*s` is here twice: names are compared without case",
                          (int)utf8_fit(again->name, 80), again->name.p);
    diag_label(r->c->diags, d, read_name_span(r, first), "here is the first");
}

Name read_fold(Reader *r, Str name)
{
    char *lower = arena_copy(r->arena, name.p, name.n);
    for (size_t i = 0; i < name.n; i++)
        lower[i] = ascii_lower(lower[i]);
    return intern(r->c->names, lower, name.n);
}

bool read_is_new(Reader *r, Map *known, const DataMember *m)
{
    Name name = read_fold(r, m->name);
    const DataMember *first = map_get(known, name);
    if (first)
        report_twice(r, first, m);
    else
        map_put(known, r->arena, name, (void *)(uintptr_t)m);
    return !first;
}

void read_members(Reader *r, const Data *object, const Shape *s, const DataMember **slots,
                  MemberList *extra)
{
    memset(slots, 0, s->count * sizeof *slots);
    for (uint32_t i = 0; i < object->count; i++) {
        const DataMember *m = &object->members[i];
        uint32_t slot = 0;
        while (slot < s->count && !str_equal_nocase(m->name, str_of(s->names[slot])))
            slot++;
        if (slot < s->count && slots[slot]) {
            report_twice(r, slots[slot], m);
        } else if (slot < s->count) {
            slots[slot] = m;
        } else {
            if (!is_kept(s, m->name))
                report_unknown(r, m, s);
            read_keep(r, m, extra);
        }
    }
}

bool read_needs(Reader *r, const Data *object, const Shape *s, const DataMember *const *slots,
                uint32_t slot)
{
    if (slots[slot] && slots[slot]->value.kind != DATA_NULL)
        return true;
    const Data *at = slots[slot] ? &slots[slot]->value : object;
    read_report(r, DIAG_POLICY_MEMBER_MISSING, read_span(r, at), at->at, "%s must have `%s`",
                s->what, s->names[slot]);
    return false;
}

// --- members of one kind ---------------------------------------------------------------------

static bool says_nothing(const Data *d)
{
    return d->kind == DATA_NULL || ((d->kind == DATA_ARRAY || d->kind == DATA_OBJECT) && !d->count);
}

const char *read_text(Reader *r, const DataMember *m, MemberList *extra)
{
    m = read_said(r, m, extra);
    if (!m)
        return NULL;
    if (m->value.kind == DATA_STRING)
        return read_copy(r, &m->value);
    read_wrong(r, m, "a text");
    return NULL;
}

static const Data *container(Reader *r, const DataMember *m, MemberList *extra, DataKind kind,
                             const char *wanted)
{
    if (!m)
        return NULL;
    if (m->value.kind != kind && m->value.kind != DATA_NULL) {
        read_wrong(r, m, wanted);
        return NULL;
    }
    if (!says_nothing(&m->value))
        return &m->value;
    read_keep(r, m, extra);
    return NULL;
}

const Data *read_list(Reader *r, const DataMember *m, MemberList *extra)
{
    return container(r, m, extra, DATA_ARRAY, "a list");
}

const Data *read_table(Reader *r, const DataMember *m, MemberList *extra)
{
    return container(r, m, extra, DATA_OBJECT, "an object");
}

Value *read_object_literal(Reader *r, const DataMember *m, MemberList *extra)
{
    if (m && m->value.kind == DATA_OBJECT)
        return read_literal(r, &m->value);
    read_table(r, m, extra);
    return NULL;
}

uint32_t read_texts(Reader *r, const DataMember *m, MemberList *extra, const char ***ret)
{
    const Data *list = read_list(r, m, extra);
    if (!list)
        return 0;
    const char **texts = ARENA_ARRAY(r->arena, const char *, list->count);
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const Data *item = &list->items[i];
        if (item->kind != DATA_STRING)
            read_report(r, DIAG_POLICY_MEMBER_TYPE, read_span(r, item), item->at,
                        "`%.*s` is a list of texts, not of %s", (int)m->name.n, m->name.p,
                        data_kind_text(item));
        else if ((texts[n] = read_copy(r, item)))
            n++;
    }
    *ret = texts;
    return n;
}
