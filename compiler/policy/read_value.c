// read_value.c - JSON values as the model has them: expressions are trees, escapes undone.
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

// --- places in texts -------------------------------------------------------------------------

// Bytes of the text that the escape or character at `s` stands for, and its own in the file.
static uint32_t escape_bytes(const char *s, uint32_t *ret_raw)
{
    if (s[0] != '\\' || s[1] != 'u') {
        *ret_raw = s[0] == '\\' ? 2 : 1;
        return 1;
    }
    uint32_t code = 0;
    for (int i = 2; i < 6; i++)
        code = code * 16 + (uint32_t)(s[i] <= '9' ? s[i] - '0' : (s[i] | 32) - 'a' + 10);
    bool pair = code >= 0xd800 && code < 0xdc00;
    *ret_raw = pair ? 12 : 6;
    return pair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
}

// Where byte `n` of a text is in the file.
static uint32_t text_offset(const Reader *r, const Data *d, uint32_t n)
{
    const char *s = r->source->text.p;
    uint32_t at = d->at + 1, done = 0;
    for (uint32_t raw; at < r->source->text.n && s[at] != '"' && done < n; at += raw) {
        done += escape_bytes(s + at, &raw);
        if (done > n)
            break;
    }
    return at;
}

// --- texts -----------------------------------------------------------------------------------

static const char *refuse_nul(Reader *r, Span span, uint32_t at)
{
    read_report(r, DIAG_POLICY_NUL, span, at, "a text of a policy cannot hold a NUL");
    return NULL;
}

const char *read_copy(Reader *r, const Data *d)
{
    if (str_has(data_str(d), '\0'))
        return refuse_nul(r, read_span(r, d), d->at);
    return arena_copy(r->arena, d->text, d->count);
}

const char *read_name(Reader *r, const DataMember *m)
{
    if (str_has(m->name, '\0'))
        return refuse_nul(r, read_name_span(r, m), m->value.at);
    return arena_copy(r->arena, m->name.p, m->name.n);
}

// --- expressions -----------------------------------------------------------------------------

bool read_is_expression(Str s)
{
    return s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']' && s.p[1] != '[';
}

static void remember_references(Reader *r, const Arm *arm, const Reference *place)
{
    switch (arm->kind) {
    case ARM_STRING:
    case ARM_INT:
    case ARM_FLOAT:
        return;
    case ARM_CALL:
        if (str_equal_nocase(str_of(arm->name), str_of("parameters")) && arm->count == 1) {
            bool named = arm->args[0]->kind == ARM_STRING;
            r->references_any = r->references_any || !named;
            if (named)
                vec_push(r->arena, &r->references,
                         ((Reference){arm->args[0]->text, place->span, place->at}));
        }
        for (uint32_t i = 0; i < arm->count; i++)
            remember_references(r, arm->args[i], place);
        return;
    case ARM_MEMBER:
        remember_references(r, arm->of, place);
        return;
    case ARM_INDEX:
        remember_references(r, arm->indexed, place);
        remember_references(r, arm->index, place);
        return;
    }
}

static Arm *parse_expression(Reader *r, const Data *d)
{
    Str s = {d->text + 1, d->count - 2};
    const char *error;
    uint32_t at;
    Arm *arm;
    Span span = read_span(r, d);
    if (arm_parse(r->arena, s, &arm, &error, &at)) {
        remember_references(r, arm, &(Reference){.span = span, .at = d->at});
        return arm;
    }
    if (d->at != DATA_NOWHERE) {
        uint32_t from = text_offset(r, d, at + 1), to = text_offset(r, d, at + 2);
        span = (Span){r->source->base + from, r->source->base + (to > from ? to : from + 1)};
    }
    Diag *diag = read_report(r, DIAG_EXPRESSION_SYNTAX, span, d->at, "%s", error);
    diag_help(r->c->diags, diag, "a text that is no expression is written with `[[`");
    return NULL;
}

// --- values ----------------------------------------------------------------------------------

typedef enum Texts { TEXTS_LITERAL, TEXTS_EXPRESSIONS } Texts;

static Value *convert(Reader *r, const Data *d, Texts texts, uint32_t depth);

static Value *convert_expression(Reader *r, const Data *d)
{
    Arm *arm = parse_expression(r, d);
    if (!arm)
        return NULL;
    return value_expression(r->arena, arm, arena_copy(r->arena, d->text + 1, d->count - 2));
}

static Value *convert_text(Reader *r, const Data *d, Texts texts)
{
    Str s = data_str(d);
    if (texts == TEXTS_LITERAL || s.n < 2 || s.p[0] != '[') {
        const char *text = read_copy(r, d);
        return text ? value_string(r->arena, text) : NULL;
    }
    if (read_is_expression(s))
        return convert_expression(r, d);
    const char *text = read_copy(r, d);
    if (text && s.p[1] == '[' && s.p[s.n - 1] == ']')
        return value_string(r->arena, text + 1);
    if (text && s.p[1] == '[')
        read_report(r, DIAG_ESCAPE_NOT_CLOSED, read_span(r, d), d->at,
                    "a text that does not end in `]` is taken as it is, with both `[`");
    return text ? value_string(r->arena, text) : NULL;
}

static Value *convert_array(Reader *r, const Data *d, Texts texts, uint32_t depth)
{
    Value *v = value_array(r->arena);
    for (uint32_t i = 0; i < d->count; i++) {
        Value *item = convert(r, &d->items[i], texts, depth + 1);
        if (item)
            value_push(r->arena, v, item);
    }
    return v;
}

static Value *convert_object(Reader *r, const Data *d, Texts texts, uint32_t depth)
{
    Value *v = value_object(r->arena);
    Map known = {0};
    for (uint32_t i = 0; i < d->count; i++) {
        if (texts == TEXTS_EXPRESSIONS && !read_is_new(r, &known, &d->members[i]))
            continue;
        const char *name = read_name(r, &d->members[i]);
        Value *value = convert(r, &d->members[i].value, texts, depth + 1);
        if (name && value)
            value_set(r->arena, v, name, value);
    }
    return v;
}

static Value *convert_float(Reader *r, const Data *d)
{
    if (d->count)
        return value_float(r->arena, arena_copy(r->arena, r->source->text.p + d->at, d->count));
    Buf digits = {0};
    data_print(&digits, d);
    Value *v = value_float(r->arena, arena_copy(r->arena, digits.p, digits.n));
    buf_free(&digits);
    return v;
}

static Value *convert_kind(Reader *r, const Data *d, Texts texts, uint32_t depth)
{
    switch (d->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        return value_null(r->arena);
    case DATA_BOOL:
        return value_bool(r->arena, d->truth);
    case DATA_INT:
        return value_int(r->arena, d->integer);
    case DATA_FLOAT:
        return convert_float(r, d);
    case DATA_STRING:
        return convert_text(r, d, texts);
    case DATA_ARRAY:
        return convert_array(r, d, texts, depth);
    case DATA_OBJECT:
        return convert_object(r, d, texts, depth);
    }
    return NULL;
}

static Value *convert(Reader *r, const Data *d, Texts texts, uint32_t depth)
{
    if (depth >= DEPTH_VALUE) {
        read_report(r, DIAG_POLICY_TOO_DEEP, read_span(r, d), d->at,
                    "values cannot be nested more than %d deep", DEPTH_VALUE);
        return NULL;
    }
    Value *v = convert_kind(r, d, texts, depth);
    if (v)
        v->span = read_span(r, d);
    return v;
}

Value *read_value(Reader *r, const Data *d)
{
    return convert(r, d, TEXTS_EXPRESSIONS, 0);
}

Value *read_literal(Reader *r, const Data *d)
{
    return convert(r, d, TEXTS_LITERAL, 0);
}

const char *read_rule_text(Reader *r, const DataMember *m, MemberList *extra)
{
    if (m && m->value.kind == DATA_STRING && read_is_expression(data_str(&m->value)) &&
        !parse_expression(r, &m->value))
        return NULL;
    return read_text(r, m, extra);
}

// --- for others ------------------------------------------------------------------------------

bool policy_value(Compilation *c, const Source *source, const Data *d, Value **ret)
{
    Reader r = {.c = c, .source = source, .arena = c->arena};
    Value *v = read_value(&r, d);
    if (r.failed)
        return false;
    *ret = v;
    return true;
}

bool policy_literal(Compilation *c, const Source *source, const Data *d, Value **ret)
{
    Reader r = {.c = c, .source = source, .arena = c->arena};
    Value *v = read_literal(&r, d);
    if (r.failed)
        return false;
    *ret = v;
    return true;
}
