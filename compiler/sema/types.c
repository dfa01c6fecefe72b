// types.c - the constants among the types, equality, and how a type is written.
//
// SPDX-License-Identifier: MIT
#include "sema/types.h"

#include "base/bug.h"
#include "base/limits.h"

#define SIMPLE(k) [k] = {.kind = k}

static const Type simple_types[] = {
    SIMPLE(TYPE_ERROR),       SIMPLE(TYPE_NULL),
    SIMPLE(TYPE_BOOL),        SIMPLE(TYPE_INT),
    SIMPLE(TYPE_FLOAT),       SIMPLE(TYPE_STRING),
    SIMPLE(TYPE_ENUM),        SIMPLE(TYPE_DATETIME),
    SIMPLE(TYPE_CIDR),        SIMPLE(TYPE_GUID),
    SIMPLE(TYPE_LOCATION),    SIMPLE(TYPE_URI),
    SIMPLE(TYPE_RESOURCE_ID), SIMPLE(TYPE_DURATION_ISO8601),
    SIMPLE(TYPE_DURATION),    SIMPLE(TYPE_DURATION_CLOCK),
    SIMPLE(TYPE_VERSION),     SIMPLE(TYPE_OBJECT),
    SIMPLE(TYPE_ANY),
};

const Type *type_simple(TypeKind kind)
{
    if (kind == TYPE_LIST || kind == TYPE_RECORD || kind == TYPE_TABLE)
        BUG("this type has parts");
    return &simple_types[kind];
}

const Type *type_list(Arena *a, const Type *element)
{
    Type *t = ARENA_NEW(a, Type);
    *t = (Type){.kind = TYPE_LIST, .element = element};
    return t;
}

bool type_has_error(const Type *t)
{
    for (uint32_t i = 0; i < t->fields.len; i++) {
        if (type_has_error(t->fields.items[i].type))
            return true;
    }
    return t->kind == TYPE_ERROR || (t->element && type_has_error(t->element));
}

bool type_is_text(const Type *t)
{
    return t->kind >= TYPE_STRING && t->kind <= TYPE_RESOURCE_ID;
}

bool type_is_number(const Type *t)
{
    return t->kind == TYPE_INT || t->kind == TYPE_FLOAT;
}

static bool fields_equal(const Type *a, const Type *b)
{
    if (a->fields.len != b->fields.len)
        return false;
    for (uint32_t i = 0; i < a->fields.len; i++) {
        if (a->fields.items[i].name != b->fields.items[i].name ||
            !type_equal(a->fields.items[i].type, b->fields.items[i].type))
            return false;
    }
    return true;
}

static bool values_equal(const Type *a, const Type *b)
{
    if (a->values.len != b->values.len || a->ranked.len != b->ranked.len)
        return false;
    for (uint32_t i = 0; i < a->values.len; i++) {
        if (a->values.items[i] != b->values.items[i])
            return false;
    }
    for (uint32_t i = 0; i < a->ranked.len; i++) {
        if (a->ranked.items[i].text != b->ranked.items[i].text ||
            a->ranked.items[i].version != b->ranked.items[i].version)
            return false;
    }
    return true;
}

// Types are as deep as LIMIT_NESTING lets an author write them.
bool type_equal(const Type *a, const Type *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->resource_type != b->resource_type)
        return false;
    if ((a->element == NULL) != (b->element == NULL) ||
        (a->element && !type_equal(a->element, b->element)))
        return false;
    return fields_equal(a, b) && values_equal(a, b);
}

static void add_type(Buf *b, const Type *t, uint32_t depth);

static void add_record(Buf *b, const Type *t, uint32_t depth)
{
    for (uint32_t i = 0; i < t->fields.len; i++) {
        buf_printf(b, "%s%s: ", i ? ", " : "", t->fields.items[i].name);
        add_type(b, t->fields.items[i].type, depth);
    }
}

static const char *const SIMPLE_TEXTS[] = {
    [TYPE_ERROR] = "a mistake",
    [TYPE_NULL] = "null",
    [TYPE_BOOL] = "bool",
    [TYPE_INT] = "int",
    [TYPE_FLOAT] = "float",
    [TYPE_STRING] = "string",
    [TYPE_ENUM] = "string",
    [TYPE_DATETIME] = "datetime",
    [TYPE_CIDR] = "cidr",
    [TYPE_GUID] = "guid",
    [TYPE_LOCATION] = "location",
    [TYPE_URI] = "uri",
    [TYPE_DURATION_ISO8601] = "duration(iso8601)",
    [TYPE_DURATION_CLOCK] = "duration(clock)",
    [TYPE_RESOURCE_ID] = "resource_id",
    [TYPE_DURATION] = "duration",
    [TYPE_VERSION] = "version",
    [TYPE_OBJECT] = "object",
    [TYPE_ANY] = "any",
};

static void add_type(Buf *b, const Type *t, uint32_t depth)
{
    if (depth > LIMIT_NESTING) {
        buf_str(b, "…");
        return;
    }
    if (t->kind == TYPE_LIST) {
        buf_char(b, '[');
        add_type(b, t->element, depth + 1);
        buf_char(b, ']');
    } else if (t->kind == TYPE_TABLE) {
        buf_str(b, "{string: ");
        add_type(b, t->element, depth + 1);
        buf_char(b, '}');
    } else if (t->kind == TYPE_RECORD) {
        buf_char(b, '{');
        add_record(b, t, depth + 1);
        buf_char(b, '}');
    } else {
        buf_str(b, SIMPLE_TEXTS[t->kind]);
    }
}

const char *type_text(Arena *a, const Type *t)
{
    Buf b = {0};
    add_type(&b, t, 0);
    const char *text = arena_copy(a, b.p, b.n);
    buf_free(&b);
    return text;
}
