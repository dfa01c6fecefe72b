// literal.c - literals, read as what is expected of them.
//
// A text compared with a property of known values gets Azure's spelling; regions
// get their normal form; dates, addresses and ids are checked.
//
// SPDX-License-Identifier: MIT
#include "sema/literal.h"

#include "base/bug.h"
#include "sema/check.h"
#include "sema/elaborate.h"

static TExpr *text_node(Elaborator *e, const char *text, Span span, const Type *type)
{
    TExpr *x = elab_node(e, TX_STRING, span, type);
    x->text = text;
    return x;
}

static TExpr *report_bad(Elaborator *e, const char *text, Span span, const char *what,
                         const char *form)
{
    Diag *d = elab_report(e, DIAG_BAD_LITERAL, span, "`%s` is not %s", text, what);
    diag_help(e->diags, d, "write %s", form);
    return elab_error(e, span);
}

// --- known values -----------------------------------------------------------------------------

static void help_values(Elaborator *e, Diag *d, const Type *t)
{
    enum { SHOWN = 8 };
    Buf b = {0};
    for (uint32_t i = 0; i < t->values.len && i < SHOWN; i++)
        buf_printf(&b, "%s\"%s\"", i ? ", " : "", t->values.items[i]);
    if (t->values.len > SHOWN)
        buf_printf(&b, " and %u more", t->values.len - SHOWN);
    diag_help(e->diags, d, "its values are %s", b.p);
    buf_free(&b);
}

static Name known_value(const Type *t, const char *text)
{
    for (uint32_t i = 0; i < t->values.len; i++) {
        if (str_equal_nocase(str_of(t->values.items[i]), str_of(text)))
            return t->values.items[i];
    }
    for (uint32_t i = 0; i < t->ranked.len; i++) {
        if (str_equal_nocase(str_of(t->ranked.items[i].text), str_of(text)))
            return t->ranked.items[i].text;
    }
    return NULL;
}

// False where the value is surely wrong.
static bool check_value(Elaborator *e, const char *text, Span span, const Type *t)
{
    Suggest near;
    suggest_start(&near, str_of(text));
    for (uint32_t i = 0; i < t->values.len; i++)
        suggest_offer(&near, str_of(t->values.items[i]));
    if (t->open && near.count == 0) {
        Diag *d =
            elab_report(e, DIAG_UNLISTED_VALUE, span, "`%s` is not among the known values", text);
        help_values(e, d, t);
        return true;
    }
    Diag *d = elab_report(e, DIAG_UNKNOWN_VALUE, span, "there is no value `%s`", text);
    if (near.count)
        check_suggest(e->program, d, span, &near, true);
    else
        help_values(e, d, t);
    return false;
}

void elab_check_enum(Elaborator *e, const TExpr *text, const Type *type)
{
    if (text->kind == TX_STRING && type->kind == TYPE_ENUM && *text->text &&
        !known_value(type, text->text))
        check_value(e, text->text, text->span, type);
}

static TExpr *enum_text(Elaborator *e, const char *text, Span span, const Type *t)
{
    Name known = known_value(t, text);
    if (known)
        return text_node(e, known, span, t);
    if (*text && !check_value(e, text, span, t))
        return elab_error(e, span);
    return text_node(e, text, span, t);
}

static TExpr *ranked_text(Elaborator *e, const char *text, Span span, const Type *t)
{
    Name known = known_value(t, text);
    return text_node(e, known ? known : text, span, t);
}

// --- forms ------------------------------------------------------------------------------------

static TExpr *location_text(Elaborator *e, const char *text, Span span)
{
    const char *name, *cloud;
    if (catalog_location(e->program->catalog, str_of(text), &name, &cloud))
        return text_node(e, name, span, type_simple(TYPE_LOCATION));
    Suggest near;
    suggest_start(&near, str_of(text));
    for (uint32_t i = 0; i < catalog_location_count(e->program->catalog); i++)
        suggest_offer(&near, str_of(catalog_location_name(e->program->catalog, i)));
    Diag *d = elab_report(e, DIAG_UNKNOWN_LOCATION, span, "the catalogue has no region `%s`", text);
    check_suggest(e->program, d, span, &near, true);
    char *normal = arena_alloc(e->program->compilation->arena, strlen(text) + 1);
    size_t n = 0;
    for (const char *s = text; *s; s++) {
        if (*s != ' ')
            normal[n++] = *s >= 'A' && *s <= 'Z' ? (char)(*s + ('a' - 'A')) : *s;
    }
    return text_node(e, normal, span, type_simple(TYPE_LOCATION));
}

static TExpr *datetime_text(Elaborator *e, const char *text, Span span)
{
    if (literal_is_date(text))
        text = arena_printf(e->program->compilation->arena, "%sT00:00:00Z", text);
    else if (!literal_is_datetime(text))
        return report_bad(e, text, span, "a date", "\"2026-12-31\" or \"2026-12-31T18:00:00Z\"");
    return text_node(e, text, span, type_simple(TYPE_DATETIME));
}

static TExpr *resource_id_text(Elaborator *e, const char *text, Span span, const Type *t)
{
    if (*text && *text != '/')
        return report_bad(
            e, text, span, "a resource id",
            "the whole id, which begins with \"/subscriptions/…\" or \"/providers/…\"");
    const char *type = literal_id_type(e->arena, text);
    if (type && t->resource_type && !str_equal_nocase(str_of(type), str_of(t->resource_type))) {
        Diag *d = elab_report(e, DIAG_BAD_LITERAL, span, "this is the id of a `%s`", type);
        diag_note(e->diags, d, "one of a `%s` is needed", t->resource_type);
        return elab_error(e, span);
    }
    return text_node(e, text, span, t);
}

static TExpr *duration_text(Elaborator *e, const char *text, Span span, const Type *t)
{
    bool clock = t->kind == TYPE_DURATION_CLOCK;
    if (*text && !(clock ? literal_is_clock(text) : literal_is_iso8601(text)))
        return report_bad(e, text, span, clock ? "a duration of this form" : "an ISO 8601 duration",
                          clock ? "a duration such as `7 days`, or \"7.00:00:00\""
                                : "a duration such as `15 minutes`, or \"PT15M\"");
    return text_node(e, text, span, t);
}

TExpr *elab_text(Elaborator *e, const char *text, Span span, const Type *hint)
{
    TypeKind kind = hint ? hint->kind : TYPE_STRING;
    if (kind == TYPE_ENUM)
        return enum_text(e, text, span, hint);
    if (hint && hint->ranked.len)
        return ranked_text(e, text, span, hint);
    if (kind == TYPE_LOCATION)
        return location_text(e, text, span);
    if (kind == TYPE_DATETIME)
        return datetime_text(e, text, span);
    if (kind == TYPE_RESOURCE_ID)
        return resource_id_text(e, text, span, hint);
    if (kind == TYPE_DURATION_ISO8601 || kind == TYPE_DURATION_CLOCK)
        return duration_text(e, text, span, hint);
    if (kind == TYPE_GUID && *text && !text_is_guid(text))
        return report_bad(e, text, span, "a guid",
                          "it as in \"3fa85f64-5717-4562-b3fc-2c963f66afa6\"");
    if (kind == TYPE_CIDR && !literal_is_cidr(text))
        return report_bad(e, text, span, "an address range",
                          "an address or a range such as \"10.0.0.0/8\" or \"2001:db8::/32\"");
    if (kind == TYPE_GUID || kind == TYPE_CIDR || kind == TYPE_URI)
        return text_node(e, text, span, hint);
    return text_node(e, text, span, type_simple(TYPE_STRING));
}

// --- other literals -----------------------------------------------------------------------------

static bool hints_version(const Type *hint)
{
    return hint && hint->has_versions;
}

static TExpr *version_node(Elaborator *e, const char *text, Span span)
{
    TExpr *x = elab_node(e, TX_VERSION, span, type_simple(TYPE_VERSION));
    x->text = text;
    return x;
}

static TExpr *int_node(Elaborator *e, int64_t number, Span span, const Type *hint)
{
    if (hints_version(hint))
        return version_node(e, arena_printf(e->program->compilation->arena, "%" PRId64, number),
                            span);
    TExpr *x = elab_node(e, TX_INT, span, type_simple(TYPE_INT));
    x->number = number;
    return x;
}

static TExpr *negative(Elaborator *e, const Expr *x)
{
    TExpr *operand = elab_hinted(e, x->operand, NULL);
    if (operand->kind == TX_INT)
        return int_node(e, -operand->number, x->span, NULL);
    if (operand->kind == TX_FLOAT) {
        TExpr *result = elab_node(e, TX_FLOAT, x->span, type_simple(TYPE_FLOAT));
        result->text = arena_printf(e->program->compilation->arena, "-%s", operand->text);
        return result;
    }
    if (operand->kind != TX_ERROR)
        elab_report(e, DIAG_TYPE_MISMATCH, x->span, "only a number can be negative");
    return elab_error(e, x->span);
}

static TExpr *duration_node(Elaborator *e, const Expr *x, const Type *hint)
{
    int64_t seconds;
    if (!duration_seconds(x, &seconds)) {
        elab_report(e, DIAG_BAD_LITERAL, x->span, "this duration is too long");
        return elab_error(e, x->span);
    }
    if (hints_version(hint))
        return int_node(e, seconds, x->span, hint);
    TExpr *result = elab_node(e, TX_DURATION, x->span, type_simple(TYPE_DURATION));
    result->number = seconds;
    return result;
}

TExpr *elab_literal(Elaborator *e, const Expr *x, const Type *hint)
{
    TExpr *result;
    if (x->kind == EXPR_STRING)
        return elab_text(e, x->text, x->span, hint);
    if (x->kind == EXPR_INT)
        return int_node(e, x->number, x->span, hint);
    if (x->kind == EXPR_NEGATE)
        return negative(e, x);
    if (x->kind == EXPR_DURATION)
        return duration_node(e, x, hint);
    if (x->kind == EXPR_VERSION || (x->kind == EXPR_FLOAT && hints_version(hint)))
        return version_node(e, x->text, x->span);
    if (x->kind == EXPR_FLOAT) {
        result = elab_node(e, TX_FLOAT, x->span, type_simple(TYPE_FLOAT));
        result->text = x->text;
        return result;
    }
    if (x->kind == EXPR_BOOL) {
        result = elab_node(e, TX_BOOL, x->span, type_simple(TYPE_BOOL));
        result->truth = x->truth;
        return result;
    }
    return elab_node(e, TX_NULL, x->span, type_simple(TYPE_NULL));
}

bool elab_is_literal(const Expr *x)
{
    return x->kind == EXPR_STRING || x->kind == EXPR_INT || x->kind == EXPR_FLOAT ||
           x->kind == EXPR_VERSION || x->kind == EXPR_DURATION || x->kind == EXPR_BOOL ||
           x->kind == EXPR_NULL || x->kind == EXPR_NEGATE;
}
