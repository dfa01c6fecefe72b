// change.c - append and modify: their operations, and the resource they make.
//
// The resource given is not touched: what lies on the path of a change is made
// anew, the rest is shared.
//
// spec: evaluation, "Effects". Source: Azure Policy effects append and modify.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "base/limits.h"
#include "eval/internal.h"
#include "policy/write.h"

typedef struct Edit {
    Run *run;
    ChangeKind kind;
    const Data *value;
    bool makes; // objects on the way that are not there: tags
    bool changed;
    const char *skipped; // why nothing is changed
    const char *denied;  // append only: the request is refused
} Edit;

static bool edit(Edit *e, const Data *at, const Segment *s, uint32_t count, Data *ret);

// --- one place -----------------------------------------------------------------------------------

// What becomes of a value; false: it goes, or stays away.
static bool edit_value(Edit *e, const Data *old, Data *ret)
{
    bool there = old && old->kind != DATA_NULL;
    bool same = there && e->value && data_equals(&e->run->x, old, e->value);
    if (old)
        *ret = *old;
    switch (e->kind) {
    case CHANGE_REMOVE:
        e->changed = e->changed || old != NULL;
        if (!old)
            e->skipped = "it is not there";
        return false;
    case CHANGE_ADD:
        if (there) {
            e->skipped = "it is there already";
            return true;
        }
        break;
    case CHANGE_APPEND:
        if (there && !same)
            e->denied = "the request has another value";
        if (there)
            return true;
        break;
    case CHANGE_ADD_OR_REPLACE:
        break;
    }
    e->changed = true;
    *ret = *e->value;
    return true;
}

// A[*]: `add` and `append` put one more member, `addOrReplace` leaves only it.
static bool edit_members(Edit *e, const Data *array, Data *ret)
{
    Arena *a = e->run->x.arena;
    bool there = array && array->kind == DATA_ARRAY;
    uint32_t kept = there && e->kind != CHANGE_ADD_OR_REPLACE ? array->count : 0;
    Data *items = ARENA_ARRAY(a, Data, kept + 1);
    for (uint32_t i = 0; i < kept; i++)
        items[i] = array->items[i];
    items[kept] = *e->value;
    e->changed = true;
    *ret = data_array(items, kept + 1);
    return true;
}

// --- below ---------------------------------------------------------------------------------------

static bool edit_elements(Edit *e, const Data *array, const Segment *s, uint32_t count, Data *ret)
{
    if (!array || array->kind != DATA_ARRAY || array->count == 0) {
        e->skipped = "the array has no members";
        if (array)
            *ret = *array;
        return array != NULL;
    }
    Data *items = ARENA_ARRAY(e->run->x.arena, Data, array->count);
    for (uint32_t i = 0; i < array->count; i++)
        if (!edit(e, &array->items[i], s, count, &items[i]))
            items[i] = array->items[i];
    *ret = data_array(items, array->count);
    return true;
}

// The object with its member `name` replaced, added or left out.
static Data with_member(Arena *a, const Data *object, Str name, const Data *value)
{
    uint32_t n = 0;
    bool found = false;
    const Data *old = data_get_nocase(object, name);
    DataMember *members = ARENA_ARRAY(a, DataMember, object->count + 1);
    for (uint32_t i = 0; i < object->count; i++) {
        if (&object->members[i].value == old) {
            found = true;
            if (!value)
                continue;
            members[n] = object->members[i];
            members[n++].value = *value;
        } else {
            members[n++] = object->members[i];
        }
    }
    if (!found && value)
        members[n++] = (DataMember){name, DATA_NOWHERE, *value};
    return data_object(members, n);
}

// False: nothing stands here.
static bool edit(Edit *e, const Data *at, const Segment *s, uint32_t count, Data *ret)
{
    if (count == 0)
        return edit_value(e, at, ret);
    Data empty = data_object(NULL, 0);
    if (!at || at->kind != DATA_OBJECT) {
        if (!e->makes || (at && at->kind != DATA_NULL)) {
            e->skipped = "what it is part of is not there";
            if (at)
                *ret = *at;
            return at != NULL;
        }
        at = &empty;
    }
    Arena *a = e->run->x.arena;
    const Data *old = data_get_nocase(at, s->name);
    Data made;
    bool stands = !s->each     ? edit(e, old, s + 1, count - 1, &made)
                  : count == 1 ? edit_members(e, old, &made)
                               : edit_elements(e, old, s + 1, count - 1, &made);
    *ret = stands || old ? with_member(a, at, s->name, stands ? &made : NULL) : *at;
    return true;
}

// --- one operation -------------------------------------------------------------------------------

static bool is_tag(const Field *f)
{
    return f->root && f->count == 1 && str_equal(f->paths[0].segments[0].name, str_of("tags"));
}

static bool field_of_change(Run *r, const Change *c, const Field **ret)
{
    Data name;
    if (c->field) {
        *ret = c->field;
        return true;
    }
    if (!compute(r, c->name, &name))
        return false;
    Str text = name.kind == DATA_STRING ? data_str(&name) : str_of("");
    *ret = field_of_name(r->policy->aliases, r->x.arena, text, NULL);
    return true;
}

static bool condition_holds(Run *r, const Change *c, Edit *e)
{
    Data d;
    if (!c->condition)
        return true;
    if (!compute(r, c->condition, &d)) {
        e->skipped = r->x.failure.reason;
        r->x.failure = (EvalFailure){0};
        return false;
    }
    bool holds = (d.kind == DATA_BOOL && d.truth) ||
                 (d.kind == DATA_STRING && str_equal_nocase(data_str(&d), str_of("true")));
    if (!holds)
        e->skipped = "its condition is false";
    return holds;
}

// Changes *resource; false where the operation cannot apply, which is a conflict.
static bool apply(Run *r, const Field *f, Edit *e, Data *resource)
{
    const FieldPath *p = document_path(&r->judged, f, r->api_version);
    if (f->kind != FIELD_PATH || !p) {
        e->skipped = "resources of this type have no such property";
        return false;
    }
    if (e->kind != CHANGE_APPEND && p->known_modifiable && !p->modifiable) {
        e->skipped = "the property cannot be modified";
        return false;
    }
    if (e->kind == CHANGE_REMOVE && !is_tag(f)) {
        e->skipped = "only tags can be removed";
        return false;
    }
    Data made;
    e->makes = f->root; // tags and identity
    if (edit(e, resource, p->segments, p->count, &made) && e->changed)
        *resource = made;
    return true;
}

static Data condition_text(Arena *a, const Value *v)
{
    if (v->kind == VALUE_ARM) {
        Buf b = {0};
        buf_char(&b, '[');
        if (v->written)
            buf_str(&b, v->written);
        else
            arm_print(&b, v->arm);
        buf_char(&b, ']');
        Data d = data_string((Str){arena_copy(a, b.p, b.n), b.n});
        buf_free(&b);
        return d;
    }
    return v->kind == VALUE_STRING ? data_string(str_of(v->text)) : data_bool(v->truth);
}

static Data describe(Run *r, const Change *c, const Field *f, const Edit *e)
{
    Object o = {.arena = r->x.arena};
    if (c->condition_source)
        object_put(&o, "condition", condition_text(o.arena, c->condition_source));
    object_text(&o, "operation", c->operation);
    object_text(&o, "field", f->name);
    if (e->value)
        object_put(&o, "value", *e->value);
    object_text(&o, "denied", e->denied);
    object_text(&o, "skipped", e->changed ? NULL : e->skipped);
    return object_data(&o);
}

// --- all of them ---------------------------------------------------------------------------------

static const char *conflict_effect(const Run *r)
{
    const char *text = r->policy->definition->details.conflict_effect;
    return text ? text : "deny";
}

typedef struct Changes {
    Data resource;
    VEC(Data) described;
    bool changed, denied, conflict;
} Changes;

static bool change_one(Run *r, const Change *c, Changes *all)
{
    const Field *f;
    Data value = data_missing();
    Edit e = {.run = r, .kind = c->kind};
    if (!field_of_change(r, c, &f))
        return false;
    bool holds = condition_holds(r, c, &e);
    if (c->value) {
        if (!compute(r, c->value, &value))
            return false;
        value = data_part(value);
        e.value = &value;
    }
    if (holds && !apply(r, f, &e, &all->resource))
        all->conflict = true;
    all->changed = all->changed || e.changed;
    all->denied = all->denied || e.denied;
    vec_push(r->x.arena, &all->described, describe(r, c, f, &e));
    return true;
}

static void finish(Run *r, Effect effect, const Changes *all)
{
    Arena *a = r->x.arena;
    const Details *d = &r->policy->definition->details;
    Data described = data_array(all->described.items, all->described.len);
    bool refused = all->denied ||
                   (all->conflict && str_equal_nocase(str_of(conflict_effect(r)), str_of("deny")));
    if (effect == EFFECT_APPEND) {
        r->result->details = described;
    } else {
        Object o = {.arena = a};
        object_put(&o, "roleDefinitionIds", data_texts(a, d->role_ids.items, d->role_ids.len));
        object_put(&o, "operations", described);
        if (all->conflict)
            object_text(&o, "conflict", conflict_effect(r));
        r->result->details = object_data(&o);
    }
    if (all->changed && !refused)
        r->result->resource = all->resource;
}

void act_change(Run *r, Effect effect)
{
    const EvalPolicy *p = r->policy;
    Changes *all = ARENA_NEW(r->x.arena, Changes);
    all->resource = *r->judged.root; // operations see what earlier ones did, field() does not
    bool good = true;
    for (uint32_t i = 0; i < p->change_count && good; i++)
        good = change_one(r, &p->changes[i], all);
    if (good)
        finish(r, effect, all);
}
