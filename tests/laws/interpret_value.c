// interpret_value.c - what an expression is: properties, tags, facts, parameters, members.
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16 }; // arrays in arrays

// --- data ---------------------------------------------------------------------------------------

const Data *member_of(const Data *object, Str name)
{
    for (uint32_t i = 0; object && object->kind == DATA_OBJECT && i < object->count; i++)
        if (str_equal_nocase(object->members[i].name, name))
            return &object->members[i].value;
    return NULL;
}

const char *text_of(Run *r, const Data *d)
{
    return arena_copy(r->arena, d->text, d->count);
}

static Data stand_in(const Type *t)
{
    switch (t->kind) {
    case TYPE_LIST:
        return (Data){.kind = DATA_ARRAY, .at = DATA_NOWHERE};
    case TYPE_RECORD:
    case TYPE_TABLE:
    case TYPE_OBJECT:
        return (Data){.kind = DATA_OBJECT, .at = DATA_NOWHERE};
    case TYPE_BOOL:
        return data_bool(false);
    case TYPE_INT:
    case TYPE_FLOAT:
        return data_int(0);
    case TYPE_ERROR:
    case TYPE_NULL:
    case TYPE_STRING:
    case TYPE_ENUM:
    case TYPE_DATETIME:
    case TYPE_CIDR:
    case TYPE_GUID:
    case TYPE_LOCATION:
    case TYPE_URI:
    case TYPE_DURATION_ISO8601:
    case TYPE_DURATION_CLOCK:
    case TYPE_RESOURCE_ID:
    case TYPE_DURATION:
    case TYPE_VERSION:
    case TYPE_ANY:
        break;
    }
    return data_string(str_of(""));
}

static Answer found(const Data *d, const Type *t)
{
    if (!d || d->kind == DATA_MISSING || d->kind == DATA_NULL)
        return (Answer){stand_in(t), true};
    return (Answer){*d, false};
}

static bool is_empty(const Data *d)
{
    return (d->kind == DATA_STRING || d->kind == DATA_ARRAY || d->kind == DATA_OBJECT) &&
           d->count == 0;
}

// --- properties ---------------------------------------------------------------------------------

static uint32_t index_in(const Run *r, const Binder *binder)
{
    for (const Loop *l = r->loops; l; l = l->outer)
        if (l->binder == binder)
            return l->index;
    not_known("a variable outside its loop", binder->span);
}

static const Data *element(const Data *list, uint32_t index)
{
    return list && list->kind == DATA_ARRAY && index < list->count ? &list->items[index] : NULL;
}

// The value at properties.a.b[*].c, where `binder` is the innermost of the loops its
// [*] belong to.
static const Data *value_at(const Run *r, const Data *at, const char *path, const Binder *binder)
{
    const Binder *binders[DEEPEST];
    uint32_t depth = 0, star = 0;
    for (const Binder *b = binder; b && depth < DEEPEST; b = b->parent)
        binders[depth++] = b;
    while (at && *path) {
        size_t n = strcspn(path, ".[");
        at = member_of(at, (Str){path, n});
        path += n;
        for (; strncmp(path, "[*]", 3) == 0; path += 3) {
            if (star == depth)
                not_known("an array without its loop", binder ? binder->span : (Span){0});
            at = element(at, index_in(r, binders[depth - ++star]));
        }
        path += *path == '.';
    }
    return at;
}

static const Data *document_of(const Run *r, Subject subject)
{
    return subject == SUBJECT_RELATED ? r->related : r->world->resource;
}

// The names in an id: parent/child.
static Data full_name(Run *r, const Data *resource)
{
    const Data *id = member_of(resource, str_of("id"));
    Buf names = {0};
    buf_str(&names, "");
    const char *text = text_of(r, id), *rest = text;
    for (const char *p = strstr(text, "/providers/"); p; p = strstr(p + 1, "/providers/"))
        rest = p + strlen("/providers/");
    uint32_t segment = 0;
    for (const char *p = rest; *p; segment++) {
        size_t n = strcspn(p, "/");
        if (segment >= 2 && segment % 2 == 0)
            buf_printf(&names, "%s%.*s", names.n ? "/" : "", (int)n, p);
        p += n + (p[n] == '/');
    }
    Data name = data_string((Str){arena_copy(r->arena, names.p, names.n), names.n});
    buf_free(&names);
    return name;
}

// A property as it stands in the resource, without its default.
static Answer written(Run *r, const TExpr *e)
{
    const FieldRef *f = e->field;
    const Data *document = document_of(r, f->subject);
    if (f->is_alias || strcmp(f->alias, "fullName") != 0)
        return found(value_at(r, document, f->path, f->binder), e->type);
    Data name = full_name(r, document);
    return found(&name, e->type);
}

// `inside` an expression an empty text is an absent one: then the default stands for it.
static Answer field(Run *r, const TExpr *e, bool inside)
{
    const FieldRef *f = e->field;
    Answer a = written(r, e);
    bool blank = inside && is_empty(&a.value);
    return (a.missing || blank) && f->initial ? answer(r, f->initial) : a;
}

static Answer tag(Run *r, const TExpr *e)
{
    const Data *tags = member_of(document_of(r, (Subject)e->op), str_of("tags"));
    Answer key = answer_inside(r, e->operand);
    return found(member_of(tags, data_str(&key.value)), e->type);
}

// --- loops --------------------------------------------------------------------------------------

// Where the array a FIELD binder walks is in a resource.
static const char *array_path(Run *r, const Binder *b)
{
    CatalogAlias alias;
    Str name = str_of(b->alias), without = {name.p, name.n - 3};
    if (catalog_alias_named(r->catalog, r->arena, name, &alias))
        return arena_copy(r->arena, alias.path, strlen(alias.path) - 3);
    if (catalog_alias_named(r->catalog, r->arena, without, &alias))
        return alias.path;
    not_known(b->alias, b->span);
}

static Data walked(Run *r, const Binder *b)
{
    if (b->kind != BINDER_FIELD)
        return answer_inside(r, b->list).value;
    const Data *array = value_at(r, document_of(r, b->subject), array_path(r, b), b->parent);
    return array ? *array : data_missing();
}

uint32_t loop_length(Run *r, const Binder *b)
{
    Data list = walked(r, b);
    return list.kind == (b->kind == BINDER_ENTRY ? DATA_OBJECT : DATA_ARRAY) ? list.count : 0;
}

void loop_enter(Run *r, const Binder *b, uint32_t index, Loop *ret)
{
    Data list = walked(r, b);
    *ret = (Loop){.binder = b, .index = index, .outer = r->loops};
    if (b->kind == BINDER_ENTRY) {
        ret->key = data_string(list.members[index].name);
        ret->value = list.members[index].value;
    } else {
        ret->value = list.items[index];
    }
    r->loops = ret;
}

static Answer loop_value(const Run *r, const TExpr *e)
{
    for (const Loop *l = r->loops; l; l = l->outer)
        if (l->binder == e->binder)
            return found(e->kind == TX_KEY ? &l->key : &l->value, e->type);
    not_known("a variable outside its loop", e->span);
}

// --- facts and parameters -----------------------------------------------------------------------

static bool in_resource_group(Run *r)
{
    const Data *id = member_of(r->world->resource, str_of("id"));
    for (uint32_t i = 0; id && i < id->count; i++)
        if (str_starts_nocase((Str){id->text + i, id->count - i}, str_of("/resourceGroups/")))
            return true;
    return false;
}

static const Data *fact_root(Run *r, const TExpr *e)
{
    switch ((ScopeFact)e->op) {
    case FACT_RESOURCE_GROUP:
        return in_resource_group(r) ? r->world->resource_group : NULL;
    case FACT_SUBSCRIPTION:
        return r->world->subscription;
    case FACT_REQUEST:
        return r->world->request;
    case FACT_POLICY:
    case FACT_NOW:
        break;
    }
    not_known("this fact", e->span);
}

static Answer fact(Run *r, const TExpr *e)
{
    if (e->op == FACT_NOW)
        return (Answer){data_string(str_of(r->world->now)), false};
    const Data *at = fact_root(r, e);
    for (uint32_t i = 0; at && i < e->operands->len; i++) {
        Answer key = answer_inside(r, e->operands->items[i]);
        at = member_of(at, data_str(&key.value));
    }
    return found(at, e->type);
}

static Answer parameter(Run *r, const TExpr *e)
{
    const Data *given = member_of(r->world->parameters, str_of(e->param->name));
    if (given)
        return (Answer){*given, false};
    if (!e->param->initial)
        not_known("a value for this parameter", e->span);
    return answer(r, e->param->initial);
}

// --- constants ----------------------------------------------------------------------------------

static Answer list(Run *r, const TExpr *e)
{
    Data *items = ARENA_ARRAY(r->arena, Data, e->operands->len + 1);
    for (uint32_t i = 0; i < e->operands->len; i++)
        items[i] = answer_inside(r, e->operands->items[i]).value;
    Data d = {.kind = DATA_ARRAY, .count = e->operands->len, .at = DATA_NOWHERE};
    d.items = items;
    return (Answer){d, false};
}

static Answer object(Run *r, const TExpr *e)
{
    uint32_t n = e->entry_values ? e->entry_values->len : 0;
    DataMember *members = ARENA_ARRAY(r->arena, DataMember, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        members[i].name = str_of(e->entry_keys[i].name);
        members[i].value = answer_inside(r, e->entry_values->items[i]).value;
    }
    Data d = {.kind = DATA_OBJECT, .count = n, .at = DATA_NOWHERE};
    d.members = members;
    return (Answer){d, false};
}

// --- expressions --------------------------------------------------------------------------------

static Answer lookup(Run *r, const TExpr *e)
{
    Answer table = answer_inside(r, e->left), key = answer_inside(r, e->right);
    return found(member_of(&table.value, data_str(&key.value)), e->type);
}

static Answer indexed(Run *r, const TExpr *e)
{
    Answer of = answer_inside(r, e->left), at = answer_inside(r, e->right);
    bool inside = at.value.integer >= 0 && at.value.integer < of.value.count;
    return found(inside ? element(&of.value, (uint32_t)at.value.integer) : NULL, e->type);
}

static bool any_missing(const Answer *args, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (args[i].missing)
            return true;
    return false;
}

static Answer seen(const TExpr *e, Answer a);

static Answer argument(Run *r, const TExpr *e)
{
    Answer a = answer_inside(r, e);
    DataKind kind = a.value.kind;
    bool number = type_is_number(e->type), text = type_is_text(e->type);
    r->misled = r->misled || (text && kind != DATA_STRING) ||
                (number && kind != DATA_INT && kind != DATA_FLOAT) ||
                (e->type->kind == TYPE_LIST && kind != DATA_ARRAY);
    return a;
}

static Answer called(Run *r, const TExpr *e)
{
    uint32_t count = e->operands->len;
    Answer *args = ARENA_ARRAY(r->arena, Answer, count + 1);
    bool before = r->misled;
    r->misled = false;
    for (uint32_t i = 0; i < count; i++)
        args[i] = argument(r, e->operands->items[i]);
    bool misled = r->misled; // by one of its arguments
    r->misled = before || misled;
    if (misled)
        return found(NULL, e->type);
    if (e->function == FUNCTION_COALESCE) {
        for (uint32_t i = 0; i + 1 < count; i++)
            if (!seen(e->operands->items[i], args[i]).missing)
                return args[i];
        return args[count - 1];
    }
    Answer a = found(NULL, e->type);
    Data made = call(r, e, args, count);
    bool measures = e->function == FUNCTION_EMPTY || e->function == FUNCTION_LENGTH;
    if (made.kind != DATA_MISSING)
        a = (Answer){made, !measures && any_missing(args, count)};
    return a;
}

static Answer calculated(Run *r, const TExpr *e)
{
    Answer left = argument(r, e->left), right = argument(r, e->right);
    int64_t a = left.value.integer, b = right.value.integer, n = 0;
    if (left.missing || right.missing)
        return (Answer){data_int(0), true};
    switch ((ArithmeticOp)e->op) {
    case OP_ADD:
        n = a + b;
        break;
    case OP_SUB:
        n = a - b;
        break;
    case OP_MUL:
        n = a * b;
        break;
    case OP_DIV:
        n = b ? a / b : 0;
        break;
    }
    return (Answer){data_int(n), false};
}

static Answer counted(Run *r, const TExpr *e)
{
    uint32_t length = loop_length(r, e->bound), n = 0;
    for (uint32_t i = 0; i < length; i++) {
        Loop loop;
        loop_enter(r, e->bound, i, &loop);
        n += !e->body || holds(r, e->body);
        r->loops = loop.outer;
    }
    return (Answer){data_int(n), false};
}

static Answer plain_answer(Run *r, const TExpr *e, bool inside);

static Answer chosen(Run *r, const TExpr *e, bool inside)
{
    bool saved = r->inside;
    r->inside = saved || inside;
    bool first = holds(r, e->operands->items[0]);
    r->inside = saved;
    return plain_answer(r, e->operands->items[first ? 1 : 2], inside);
}

static Answer plain_answer(Run *r, const TExpr *e, bool inside)
{
    switch ((TExprKind)e->kind) {
    case TX_BOOL:
        return (Answer){data_bool(e->truth), false};
    case TX_INT:
    case TX_DURATION:
        return (Answer){data_int(e->number), false};
    case TX_FLOAT:
        return (Answer){data_float(strtod(e->text, NULL)), false};
    case TX_STRING:
    case TX_VERSION:
        return (Answer){data_string(str_of(e->text)), false};
    case TX_LIST:
        return list(r, e);
    case TX_OBJECT:
        return object(r, e);
    case TX_FIELD:
        return field(r, e, inside);
    case TX_TAG:
        return tag(r, e);
    case TX_PARAM:
        return parameter(r, e);
    case TX_ELEMENT:
    case TX_KEY:
        return loop_value(r, e);
    case TX_MEMBER: {
        Answer of = answer_inside(r, e->object);
        return found(member_of(&of.value, str_of(e->member)), e->type);
    }
    case TX_LOOKUP:
        return lookup(r, e);
    case TX_INDEX:
        return indexed(r, e);
    case TX_FACT:
        return fact(r, e);
    case TX_CALL:
        return called(r, e);
    case TX_IF:
        return chosen(r, e, inside);
    case TX_ARITHMETIC:
        return calculated(r, e);
    case TX_COUNT:
        return counted(r, e);
    case TX_NOT:
    case TX_AND:
    case TX_OR:
    case TX_IMPLIES:
    case TX_COMPARE:
    case TX_IS_SET:
    case TX_IS_MISSING:
    case TX_QUANTIFIER:
        return (Answer){data_bool(holds(r, e)), false};
    case TX_ERROR:
    case TX_NULL:
        break;
    }
    not_known("such a value", e->span);
}

// An expression that may be absent and is empty is absent: they look alike.
static Answer seen(const TExpr *e, Answer a)
{
    if (is_empty(&a.value) && may_be_absent(e))
        a.missing = true;
    return a;
}

Answer answer(Run *r, const TExpr *e)
{
    bool property = is_property(e) && !r->inside;
    Answer a = plain_answer(r, e, !property);
    return property ? a : seen(e, a);
}

Answer answer_inside(Run *r, const TExpr *e)
{
    Answer a = plain_answer(r, e, true);
    bool computed = e->kind == TX_CALL && e->function != FUNCTION_COALESCE && !may_give_nothing(e);
    return is_property(e) || computed ? a : seen(e, a);
}

// Of what is no property, a text is set where it is not empty.
bool is_set(Run *r, const TExpr *e)
{
    Answer a = e->kind == TX_FIELD ? written(r, e) : answer(r, e);
    bool property = is_property(e) && !r->inside;
    bool blank = r->inside ? is_empty(&a.value) : a.value.kind == DATA_STRING && !a.value.count;
    if (r->inside && e->type->kind == TYPE_LIST && a.value.kind != DATA_ARRAY)
        blank = true; // it has no elements
    return !a.missing && (property || !blank);
}
