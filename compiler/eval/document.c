// document.c - reading fields of a resource.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/internal.h"

static const Data *text_member(const Data *object, const char *name)
{
    const Data *d = object->kind == DATA_OBJECT ? data_get_nocase(object, str_of(name)) : NULL;
    return d && d->kind == DATA_STRING ? d : NULL;
}

Document document_of(const Data *resource)
{
    const Data *type = text_member(resource, "type");
    return (Document){.root = resource, .type = type ? data_str(type) : (Str){0}};
}

// --- paths -------------------------------------------------------------------------------------

static bool has_type(Document *d, Str type)
{
    if (type.n == 0 || type.p == d->same)
        return true;
    if (!str_equal_nocase(type, d->type))
        return false;
    d->same = type.p;
    return true;
}

const Data *path_walk(const Data *at, const Segment *s, uint32_t count)
{
    for (uint32_t i = 0; at && i < count; i++)
        at = at->kind == DATA_OBJECT ? data_get_nocase(at, s[i].name) : NULL;
    return at;
}

const FieldPath *document_path(Document *d, const Field *f, const char *api_version)
{
    const FieldPath *initial = NULL;
    for (uint32_t i = 0; i < f->count; i++) {
        const FieldPath *p = &f->paths[i];
        if (p->own) {
            if (path_walk(d->root, p->segments, 1))
                return p;
            continue;
        }
        if (!has_type(d, p->type))
            continue;
        if (p->version_count == 0 && !initial)
            initial = p;
        for (uint32_t k = 0; api_version && k < p->version_count; k++)
            if (str_equal_nocase(str_of(p->versions[k]), str_of(api_version)))
                return p;
    }
    return initial;
}

// --- names -------------------------------------------------------------------------------------

// The names in an id: those of …/providers/Microsoft.Sql/servers/s/databases/d are s/d.
static bool full_name_of_id(Arena *a, Str id, Str *ret)
{
    static const Str PROVIDERS = {"/providers/", 11};
    size_t start = id.n;
    for (size_t i = 0; i + PROVIDERS.n <= id.n; i++)
        if (str_equal_nocase((Str){id.p + i, PROVIDERS.n}, PROVIDERS))
            start = i + PROVIDERS.n;
    if (start >= id.n)
        return false;
    char *text = arena_alloc(a, id.n - start + 1);
    size_t n = 0;
    uint32_t part = 0;
    for (size_t i = start; i < id.n; i++) { // namespace, type, name, type, name …
        bool of_name = part >= 2 && part % 2 == 0;
        if (id.p[i] == '/') {
            part++;
            if (part > 2 && part % 2 == 0)
                text[n++] = '/';
        } else if (of_name) {
            text[n++] = id.p[i];
        }
    }
    *ret = (Str){text, n};
    return n > 0;
}

static Data name_of(const Run *r, const Document *d, bool full)
{
    const Data *given = full ? text_member(d->root, "fullName") : NULL;
    if (given)
        return *given;
    const Data *name = text_member(d->root, "name"), *id = text_member(d->root, "id");
    if (name && !full) { // in a template a child is named parent/child
        Str s = data_str(name);
        size_t start = s.n;
        while (start > 0 && s.p[start - 1] != '/')
            start--;
        return start == 0 ? *name : data_string((Str){s.p + start, s.n - start});
    }
    Str made;
    if (id && full && full_name_of_id(r->x.arena, data_str(id), &made))
        return data_string(made);
    return name ? *name : data_missing();
}

// --- values ------------------------------------------------------------------------------------

// What stands at "{name}" of a phrase like "/publishers/{name}".
static Data part_of(const FieldPath *p, const Data *whole)
{
    if (whole->kind != DATA_STRING)
        return data_missing();
    const char *at = strstr(p->phrase, p->variable);
    Str before = {p->phrase, (size_t)(at - p->phrase)}, text = data_str(whole);
    Str after = str_of(at + strlen(p->variable));
    if (after.n == 0)
        after = str_of("/");
    for (size_t i = 0; i + before.n <= text.n; i++) {
        if (!str_starts_nocase((Str){text.p + i, text.n - i}, before))
            continue;
        size_t start = i + before.n, end = start;
        while (end < text.n && !str_starts_nocase((Str){text.p + end, text.n - end}, after))
            end++;
        return data_string((Str){text.p + start, end - start});
    }
    return data_missing();
}

static const Data *start_of(const Run *r, const Document *d, const FieldPath *p)
{
    return p->slot ? r->slots[p->slot - 1] : d->root;
}

static Data value_at(const Run *r, const Document *d, const Field *f, const FieldPath *p)
{
    const Data *at = start_of(r, d, p);
    if (p->wraps)
        return data_array(at, 1);
    const Data *found = path_walk(at, p->segments + p->from, p->count - p->from);
    if (!found && f->root && r->x.semantics == SEMANTICS_ENGINE && r->policy->aliases) {
        at = at->kind == DATA_OBJECT ? data_get_nocase(at, str_of("properties")) : NULL;
        found = path_walk(at, p->segments, p->count);
    }
    if (!found)
        return data_missing();
    return p->phrase ? part_of(p, found) : *found;
}

bool plain_value(Run *r, Document *d, const Field *f, Data *ret)
{
    switch (f->kind) {
    case FIELD_UNKNOWN:
        *ret = data_missing();
        return true;
    case FIELD_PATH: {
        const FieldPath *p = document_path(d, f, r->api_version);
        *ret = p ? value_at(r, d, f, p) : data_missing();
        return true;
    }
    case FIELD_TYPE:
        *ret = d->type.n ? data_string(d->type) : data_missing();
        return true;
    case FIELD_NAME:
    case FIELD_FULL_NAME:
        *ret = name_of(r, d, f->kind == FIELD_FULL_NAME);
        return true;
    }
    BUG("a kind of field");
}

// --- arrays, as field() has them -----------------------------------------------------------------

typedef VEC(Data) Values;

static bool collect(Run *r, const Data *at, const Segment *s, uint32_t count, Values *ret)
{
    for (uint32_t i = 0; at && i < count; i++) {
        at = at->kind == DATA_OBJECT ? data_get_nocase(at, s[i].name) : NULL;
        if (!at || !s[i].each)
            continue;
        for (uint32_t k = 0; at->kind == DATA_ARRAY && k < at->count; k++) {
            if (r->fuel == 0 || !collect(r, &at->items[k], s + i + 1, count - i - 1, ret))
                return false;
            r->fuel--;
        }
        return true;
    }
    if (at)
        vec_push(r->x.arena, ret, *at);
    return true;
}

bool field_value(Run *r, Document *d, const Field *f, Data *ret)
{
    if (!f->each)
        return plain_value(r, d, f, ret);
    Values values = {0};
    const FieldPath *p = document_path(d, f, r->api_version);
    if (p && !collect(r, start_of(r, d, p), p->segments + p->from, p->count - p->from, &values)) {
        r->x.failure =
            (EvalFailure){.reason = "the evaluation takes too many steps", .final = true};
        return false;
    }
    *ret = data_array(values.items, values.len);
    return true;
}
