// interpret_compare.c - comparisons: no comparison holds of what is missing.
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool sign_is(CompareOp op, int sign, Span span)
{
    switch (op) {
    case OP_EQ:
        return sign == 0;
    case OP_LT:
        return sign < 0;
    case OP_LE:
        return sign <= 0;
    case OP_GT:
        return sign > 0;
    case OP_GE:
        return sign >= 0;
    case OP_NE:
    case OP_IN:
    case OP_NOT_IN:
    case OP_LIKE:
    case OP_NOT_LIKE:
    case OP_MATCHES:
    case OP_MATCHES_ANY_CASE:
    case OP_CONTAINS:
    case OP_HAS_KEY:
        break;
    }
    not_known("an order of this kind", span);
}

// --- equality -----------------------------------------------------------------------------------

static bool is_number(const Data *d)
{
    return d->kind == DATA_INT || d->kind == DATA_FLOAT;
}

static double number_of(const Data *d)
{
    return d->kind == DATA_INT ? (double)d->integer : d->number;
}

// Letters of every script, one for one.
static Str without_case(Run *r, Str s)
{
    Buf b = {0};
    buf_str(&b, "");
    for (size_t i = 0, n; i < s.n; i += n) {
        utf8proc_int32_t letter;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i,
                                                 (utf8proc_ssize_t)(s.n - i), &letter);
        n = read > 0 ? (size_t)read : 1;
        if (read > 0)
            buf_add(&b, (char *)bytes,
                    (size_t)utf8proc_encode_char(utf8proc_tolower(letter), bytes));
        else
            buf_char(&b, s.p[i]);
    }
    Str ret = {arena_copy(r->arena, b.p, b.n), b.n};
    buf_free(&b);
    return ret;
}

// A text that spells a truth or a number equals it.
static bool spells(Run *r, const Data *text, const Data *other)
{
    const char *s = text_of(r, text);
    if (other->kind == DATA_BOOL)
        return str_equal_nocase(str_of(s), str_of(other->truth ? "true" : "false"));
    char *end;
    double n = strtod(s, &end);
    return is_number(other) && end != s && *end == '\0' && n == number_of(other);
}

static bool equal(Run *r, const Data *a, const Data *b)
{
    if (a->kind == DATA_STRING && b->kind == DATA_STRING)
        return str_equal(without_case(r, data_str(a)), without_case(r, data_str(b)));
    if (is_number(a) && is_number(b))
        return number_of(a) == number_of(b);
    if (a->kind == DATA_BOOL && b->kind == DATA_BOOL)
        return a->truth == b->truth;
    if (a->kind == DATA_STRING)
        return spells(r, a, b);
    return b->kind == DATA_STRING ? spells(r, b, a) : data_equal(a, b);
}

static Data without_blanks(Run *r, Data d)
{
    if (d.kind != DATA_STRING)
        return d;
    char *text = arena_copy(r->arena, d.text, d.count);
    uint32_t n = 0;
    for (uint32_t i = 0; i < d.count; i++)
        if (text[i] != ' ')
            text[n++] = text[i];
    return data_string((Str){text, n});
}

// The field `location` is read in its normal form, whatever it is compared with.
static bool is_location_field(const TExpr *e)
{
    return e->kind == TX_FIELD && !e->field->is_alias && strcmp(e->field->alias, "location") == 0;
}

static bool are_equal(Run *r, const TExpr *left, Data a, Data b)
{
    if (is_location_field(left))
        return a = without_blanks(r, a), b = without_blanks(r, b), equal(r, &a, &b);
    return equal(r, &a, &b);
}

// --- order --------------------------------------------------------------------------------------

static int version_sign(const char *a, const char *b)
{
    for (;;) {
        char *after_a, *after_b;
        unsigned long x = strtoul(a, &after_a, 10), y = strtoul(b, &after_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (!*after_a && !*after_b)
            return 0;
        a = *after_a ? after_a + 1 : after_a;
        b = *after_b ? after_b + 1 : after_b;
    }
}

static const VersionSpelling *spelling(const Type *t, const Data *text, int *ret_rank)
{
    for (uint32_t i = 0; text->kind == DATA_STRING && i < t->ranked.len; i++) {
        *ret_rank = (int)i;
        if (str_equal_nocase(str_of(t->ranked.items[i].text), data_str(text)))
            return &t->ranked.items[i];
    }
    return NULL;
}

// A spelling nobody declared has no place in the order.
static bool ranked_compares(const TExpr *e, CompareOp op, const Data *a, const Data *b)
{
    const Type *t = e->left->type->ranked.len ? e->left->type : e->right->type;
    int x, y;
    const VersionSpelling *left = spelling(t, a, &x), *right;
    if (!left)
        return false;
    if (e->right->kind == TX_VERSION)
        return sign_is(op, version_sign(left->version, e->right->text), e->span);
    right = spelling(t, b, &y);
    if (!right)
        return false;
    return sign_is(op, t->has_versions ? version_sign(left->version, right->version) : x - y,
                   e->span);
}

// A text of two units stands for all texts with as many digits in the smaller one.
static bool duration_compares(const TExpr *e, CompareOp op, const Data *text, int64_t seconds)
{
    int64_t least, most;
    bool clock = e->left->type->kind == TYPE_DURATION_CLOCK;
    if (text->kind != DATA_STRING || !duration_read(data_str(text), clock, &least, &most))
        return false;
    return sign_is(op, (least > seconds) - (least < seconds), e->span) &&
           sign_is(op, (most > seconds) - (most < seconds), e->span);
}

static bool as_number(Run *r, const Data *d, double *ret)
{
    char *end = NULL;
    const char *text = d->kind == DATA_STRING ? text_of(r, d) : "";
    *ret = is_number(d) ? number_of(d) : strtod(text, &end);
    return is_number(d) || (end != text && *end == '\0');
}

static bool ordered(Run *r, const TExpr *e, CompareOp op, const Data *a, const Data *b)
{
    int64_t x, y;
    if (a->kind == DATA_STRING && b->kind == DATA_STRING) {
        if (e->left->type->kind != TYPE_DATETIME && e->right->type->kind != TYPE_DATETIME)
            return sign_is(op, str_compare_nocase(data_str(a), data_str(b)), e->span);
        bool dates = moment_read(data_str(a), &x) && moment_read(data_str(b), &y);
        int sign = dates ? (x > y) - (x < y) : str_compare_nocase(data_str(a), data_str(b));
        return sign_is(op, sign, e->span);
    }
    double m, n;
    r->misled = r->misled || !as_number(r, a, &m) || !as_number(r, b, &n);
    return as_number(r, a, &m) && as_number(r, b, &n) && sign_is(op, (m > n) - (m < n), e->span);
}

// --- texts and lists ----------------------------------------------------------------------------

static bool is_like(Str text, Str pattern)
{
    const char *star = memchr(pattern.p, '*', pattern.n);
    if (!star)
        return str_equal_nocase(text, pattern);
    Str before = {pattern.p, (size_t)(star - pattern.p)};
    Str after = {star + 1, pattern.n - before.n - 1};
    return text.n >= before.n + after.n && str_starts_nocase(text, before) &&
           str_equal_nocase((Str){text.p + text.n - after.n, after.n}, after);
}

static bool letter_matches(char c, char pattern, bool any_case)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return pattern == '#'   ? c >= '0' && c <= '9'
           : pattern == '?' ? letter
           : pattern == '.' ? true
           : any_case       ? ascii_lower(c) == ascii_lower(pattern)
                            : c == pattern;
}

static bool matches(Str text, Str pattern, bool any_case)
{
    bool all = text.n == pattern.n;
    for (size_t i = 0; all && i < text.n; i++)
        all = letter_matches(text.p[i], pattern.p[i], any_case);
    return all;
}

static bool has_part(Str text, Str part)
{
    for (size_t i = 0; i + part.n <= text.n; i++)
        if (str_equal_nocase((Str){text.p + i, part.n}, part))
            return true;
    return false;
}

static bool is_in(Run *r, const TExpr *e, const Data *a, const Data *list)
{
    bool ranges = e->left->type->kind == TYPE_CIDR && e->right->type->kind == TYPE_LIST &&
                  e->right->type->element->kind == TYPE_CIDR && e->right->kind != TX_FIELD;
    for (uint32_t i = 0; list->kind == DATA_ARRAY && i < list->count; i++) {
        const Data *b = &list->items[i];
        if (b->kind == DATA_NULL)
            continue;
        if (ranges ? a->kind == DATA_STRING && b->kind == DATA_STRING &&
                         address_in(data_str(a), data_str(b))
                   : are_equal(r, e->left, *a, *b))
            return true;
    }
    return false;
}

static bool both_texts(const Data *a, const Data *b)
{
    return a->kind == DATA_STRING && b->kind == DATA_STRING;
}

// A truth or a number is searched as its text.
static Data as_text(Run *r, Data d)
{
    if (d.kind != DATA_BOOL && !is_number(&d))
        return d;
    Buf b = {0};
    data_print(&b, &d);
    d = data_string((Str){arena_copy(r->arena, b.p, b.n), b.n});
    buf_free(&b);
    return d;
}

// --- one comparison -----------------------------------------------------------------------------

static bool is_ranked(const TExpr *e, CompareOp op)
{
    bool order = op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
    return (order && (e->left->type->ranked.len || e->right->type->ranked.len)) ||
           e->right->kind == TX_VERSION;
}

static bool holds_of(Run *r, const TExpr *e, CompareOp op, const Data *a, const Data *b)
{
    Data text = as_text(r, *a), part = as_text(r, *b);
    if (is_ranked(e, op))
        return ranked_compares(e, op, a, b);
    if (e->right->kind == TX_DURATION)
        return duration_compares(e, op, a, b->integer);
    switch (op) {
    case OP_EQ:
        return are_equal(r, is_location_field(e->right) ? e->right : e->left, *a, *b);
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        return ordered(r, e, op, a, b);
    case OP_IN:
        return is_in(r, e, a, b);
    case OP_LIKE:
        return both_texts(&text, &part) &&
               is_like(without_case(r, data_str(&text)), without_case(r, data_str(&part)));
    case OP_MATCHES:
    case OP_MATCHES_ANY_CASE:
        return both_texts(&text, &part) &&
               matches(data_str(&text), data_str(&part), op == OP_MATCHES_ANY_CASE);
    case OP_CONTAINS:
        return both_texts(&text, &part) &&
               has_part(without_case(r, data_str(&text)), without_case(r, data_str(&part)));
    case OP_HAS_KEY:
        return b->kind == DATA_STRING && member_of(a, data_str(b));
    case OP_NE:
    case OP_NOT_IN:
    case OP_NOT_LIKE:
        break;
    }
    not_known("this comparison", e->span);
}

// A choice that is compared is one of two comparisons.
static Answer side(Run *r, const TExpr *e)
{
    while (e->kind == TX_IF && !r->inside)
        e = e->operands->items[holds(r, e->operands->items[0]) ? 1 : 2];
    return answer(r, e);
}

bool compares(Run *r, const TExpr *e)
{
    CompareOp op = (CompareOp)e->op;
    bool negative = op == OP_NE || op == OP_NOT_IN || op == OP_NOT_LIKE;
    op = op == OP_NE ? OP_EQ : op == OP_NOT_IN ? OP_IN : op == OP_NOT_LIKE ? OP_LIKE : op;
    Answer left = side(r, e->left), right = side(r, e->right);
    bool known = !left.missing && !right.missing;
    if (op == OP_EQ && is_property(e->left) && e->right->kind == TX_MEMBER && !r->inside)
        known = !left.missing; // the member a record lacks equals a property that is ""
    return (known && holds_of(r, e, op, &left.value, &right.value)) != negative;
}
