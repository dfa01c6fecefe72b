// writer.c - texts, expressions, values, conditions and parameters as JSON.
//
// A text between `[` and `]` is an expression to whoever evaluates the place it
// stands in; a literal that only looks like one gets a `[` more. A template
// that carries the body reads everything once before, and takes one `[` away.
//
// SPDX-License-Identifier: MIT
#include "policy/writer.h"

void writer_start(Writer *w, Buf *out, WriteOptions o, JsonStyle style)
{
    w->options = o;
    w->scratch = (Buf){0};
    w->marked = SPAN_NONE;
    w->canonical = false;
    json_start(&w->json, out, style);
}

void writer_finish(Writer *w)
{
    json_finish(&w->json);
    buf_free(&w->scratch);
}

// A node that begins where the one around it does says nothing new.
Span writer_enter(Writer *w, Span span)
{
    Span before = w->marked;
    if (!w->options.map || span.start >= span.end || span.start == before.start)
        return before;
    w->marked = span;
    buf_reset(&w->scratch);
    json_pointer(&w->json, &w->scratch);
    const char *text = w->scratch.n ? w->scratch.p : "";
    const char *pointer = arena_copy(w->options.arena, text, w->scratch.n);
    vec_push(w->options.arena, w->options.map, ((PointerSpan){pointer, span}));
    return before;
}

void writer_leave(Writer *w, Span before)
{
    w->marked = before;
}

// --- texts and expressions -------------------------------------------------------------------

void write_text(Writer *w, const char *text, Reader reader)
{
    Str s = str_of(text);
    unsigned brackets = 0;
    if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
        brackets = (reader == READER_EXPRESSIONS ? 1u : 0u) + (w->options.for_template ? 1u : 0u);
    if (brackets)
        json_bracketed(&w->json, brackets, s);
    else
        json_string(&w->json, s);
}

static void write_arm(Writer *w, const Arm *arm, const char *written)
{
    buf_reset(&w->scratch);
    buf_add(&w->scratch, "[[", w->options.for_template ? 2 : 1);
    if (written)
        buf_str(&w->scratch, written);
    else
        arm_print(&w->scratch, arm);
    buf_char(&w->scratch, ']');
    json_string(&w->json, (Str){w->scratch.p, w->scratch.n});
}

// --- values ----------------------------------------------------------------------------------

static void write_array(Writer *w, const Value *v, Reader reader)
{
    json_open_array(&w->json);
    for (uint32_t i = 0; i < v->items.len; i++)
        write_value(w, v->items.items[i], reader);
    json_close(&w->json);
}

static bool in_array(const Json *j)
{
    return j->depth && !j->levels[j->depth - 1].is_object;
}

// The records of a list stand on a line each.
static void write_object(Writer *w, const Value *v, Reader reader)
{
    if (in_array(&w->json))
        json_open_row(&w->json);
    else
        json_open_object(&w->json);
    for (uint32_t i = 0; i < v->members.len; i++) {
        json_text_key(&w->json, v->members.items[i].name);
        write_value(w, v->members.items[i].value, reader);
    }
    json_close(&w->json);
}

static void write_content(Writer *w, const Value *v, Reader reader)
{
    switch (v->kind) {
    case VALUE_NULL:
        json_literal(&w->json, "null");
        return;
    case VALUE_BOOL:
        json_literal(&w->json, v->truth ? "true" : "false");
        return;
    case VALUE_INT:
        json_int(&w->json, v->number);
        return;
    case VALUE_FLOAT:
        json_literal(&w->json, v->text);
        return;
    case VALUE_STRING:
        write_text(w, v->text, reader);
        return;
    case VALUE_ARM:
        write_arm(w, v->arm, v->written);
        return;
    case VALUE_ARRAY:
        write_array(w, v, reader);
        return;
    case VALUE_OBJECT:
        write_object(w, v, reader);
        return;
    }
}

void write_value(Writer *w, const Value *v, Reader reader)
{
    if (json_is_deep(&w->json)) {
        json_literal(&w->json, "null"); // limits.c has said so
        return;
    }
    if (v->kind != VALUE_ARRAY && v->kind != VALUE_OBJECT) {
        write_content(w, v, reader); // what holds it tells its place
        return;
    }
    Span before = writer_enter(w, v->span);
    write_content(w, v, reader);
    writer_leave(w, before);
}

// --- conditions ------------------------------------------------------------------------------

// The service takes no empty group: what is always true or false is said with a value.
static void write_constant(Writer *w, bool truth)
{
    json_open_row(&w->json);
    json_key(&w->json, "value");
    json_literal(&w->json, "true");
    json_key(&w->json, "equals");
    json_literal(&w->json, truth ? "true" : "false");
    json_close(&w->json);
}

static void write_group(Writer *w, const char *key, const Condition *c)
{
    if (c->children.len == 0) {
        write_constant(w, c->kind == CONDITION_ALL_OF);
        return;
    }
    json_open_object(&w->json);
    json_key(&w->json, key);
    json_open_array(&w->json);
    for (uint32_t i = 0; i < c->children.len; i++)
        write_condition(w, c->children.items[i]);
    json_close(&w->json);
    json_close(&w->json);
}

static void write_count(Writer *w, const char *key, const Condition *c)
{
    json_key(&w->json, "count");
    json_open_object(&w->json);
    member_value(w, key, c->left, READER_EXPRESSIONS);
    member_text(w, "name", c->name);
    if (c->where) {
        json_key(&w->json, "where");
        write_condition(w, c->where);
    }
    json_close(&w->json);
}

static void write_leaf(Writer *w, const Condition *c)
{
    if (c->kind == CONDITION_COUNT_FIELD || c->kind == CONDITION_COUNT_VALUE) {
        if (c->where)
            json_open_object(&w->json);
        else
            json_open_row(&w->json);
        write_count(w, c->kind == CONDITION_COUNT_FIELD ? "field" : "value", c);
    } else {
        json_open_row(&w->json);
        member_value(w, c->kind == CONDITION_FIELD ? "field" : "value", c->left,
                     READER_EXPRESSIONS);
    }
    member_value(w, operator_text(c->op), c->right, READER_EXPRESSIONS);
    json_close(&w->json);
}

static void write_node(Writer *w, const Condition *c)
{
    switch (c->kind) {
    case CONDITION_ALL_OF:
        write_group(w, "allOf", c);
        return;
    case CONDITION_ANY_OF:
        write_group(w, "anyOf", c);
        return;
    case CONDITION_NOT:
        json_open_row(&w->json);
        json_key(&w->json, "not");
        write_condition(w, c->child);
        json_close(&w->json);
        return;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        write_leaf(w, c);
        return;
    }
}

void write_condition(Writer *w, const Condition *c)
{
    if (json_is_deep(&w->json)) {
        json_literal(&w->json, "null"); // limits.c has said so
        return;
    }
    Span before = writer_enter(w, c->span);
    write_node(w, c);
    writer_leave(w, before);
}

// --- members ---------------------------------------------------------------------------------

void member_text(Writer *w, const char *key, const char *text)
{
    if (!text)
        return;
    json_key(&w->json, key);
    write_text(w, text, READER_DATA);
}

void member_texts(Writer *w, const char *key, const char *const *texts, uint32_t count)
{
    if (!count)
        return;
    json_key(&w->json, key);
    json_open_array(&w->json);
    for (uint32_t i = 0; i < count; i++)
        write_text(w, texts[i], READER_DATA);
    json_close(&w->json);
}

void member_value(Writer *w, const char *key, const Value *v, Reader reader)
{
    if (!v)
        return;
    json_key(&w->json, key);
    write_value(w, v, reader);
}

void member_extra(Writer *w, const MemberList *extra)
{
    for (uint32_t i = 0; i < extra->len; i++) {
        json_text_key(&w->json, extra->items[i].name);
        write_value(w, extra->items[i].value, READER_DATA);
    }
}

void member_id(Writer *w, const char *key, const char *scope, const char *type, const char *name)
{
    json_key(&w->json, key);
    buf_reset(&w->scratch);
    policy_id_print(&w->scratch, scope, type, name);
    json_string(&w->json, (Str){w->scratch.p, w->scratch.n});
}

static bool has_metadata(const PolicyParameter *p)
{
    return p->display_name || p->description || p->strong_type || p->assign_permissions ||
           p->metadata_extra.len;
}

static void write_parameter(Writer *w, const PolicyParameter *p)
{
    json_open_object(&w->json);
    member_text(w, "type", p->type);
    if (has_metadata(p)) {
        json_key(&w->json, "metadata");
        json_open_object(&w->json);
        member_text(w, "displayName", p->display_name);
        member_text(w, "description", p->description);
        member_text(w, "strongType", p->strong_type);
        if (p->assign_permissions) {
            json_key(&w->json, "assignPermissions");
            json_literal(&w->json, "true");
        }
        member_extra(w, &p->metadata_extra);
        json_close(&w->json);
    }
    member_value(w, "allowedValues", p->allowed, READER_DATA);
    member_value(w, "defaultValue", p->initial, READER_DATA);
    member_value(w, "schema", p->schema, READER_DATA);
    member_extra(w, &p->extra);
    json_close(&w->json);
}

void member_parameters(Writer *w, const PolicyParameter *p, uint32_t count)
{
    if (!count)
        return;
    json_key(&w->json, "parameters");
    json_open_object(&w->json);
    for (uint32_t i = 0; i < count; i++) {
        json_text_key(&w->json, p[i].name);
        Span before = writer_enter(w, p[i].span);
        write_parameter(w, &p[i]);
        writer_leave(w, before);
    }
    json_close(&w->json);
}

void member_arguments(Writer *w, const PolicyArgument *args, uint32_t count, Reader reader)
{
    if (!count)
        return;
    json_key(&w->json, "parameters");
    json_open_object(&w->json);
    for (uint32_t i = 0; i < count; i++) {
        json_text_key(&w->json, args[i].name);
        Span before = writer_enter(w, args[i].span);
        json_open_object(&w->json);
        member_value(w, "value", args[i].value, reader);
        member_extra(w, &args[i].extra);
        json_close(&w->json);
        writer_leave(w, before);
    }
    json_close(&w->json);
}

// --- printing for dumps and tests ------------------------------------------------------------

void condition_print(Buf *out, const Condition *c)
{
    Writer w;
    writer_start(&w, out, (WriteOptions){0}, JSON_PRETTY);
    write_condition(&w, c);
    writer_finish(&w);
}

void value_print(Buf *out, const Value *v)
{
    Writer w;
    writer_start(&w, out, (WriteOptions){0}, JSON_ONE_LINE);
    write_value(&w, v, READER_EXPRESSIONS);
    writer_finish(&w);
}
