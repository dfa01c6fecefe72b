// compare.c - the 19 operators of conditions.
//
// Each is computed as its positive form and turned round. Where the sources differ the
// Semantics decides, and `uncertain` says that it did.
//
// spec: evaluation, "Where sources disagree"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/function.h"
#include "eval/pattern.h"

// An operand of a kind the operator cannot take: the engine says false, the others do not know.
static Truth wrong(ValueContext *x, Operator op, const Data *operand, const char *takes)
{
    x->uncertain = true;
    if (x->semantics != SEMANTICS_ENGINE)
        value_fail(x, "`%s` takes %s, not %s", operator_text(op), takes, value_kind_text(operand));
    return TRUTH_FALSE;
}

static Truth truth(bool b)
{
    return b ? TRUTH_TRUE : TRUTH_FALSE;
}

// --- equality ----------------------------------------------------------------------------------

static bool equal_texts(ValueContext *x, Str a, Str b)
{
    if (str_equal_nocase(a, b))
        return true;
    bool several = false, full = x->semantics == SEMANTICS_ENGINE;
    bool equal = text_order(a, b, full, &several) == 0;
    if (several)
        value_differs(x, (text_order(a, b, !full, NULL) == 0) != equal);
    return equal;
}

// The documentation turns numbers into text, the engine text into numbers.
static bool equal_text_with_number(ValueContext *x, Str s, const Data *number)
{
    Data parsed;
    if (!value_parse_number(s, &parsed) || value_number_order(&parsed, number) != 0)
        return false;
    char buffer[NUMBER_TEXT];
    bool as_text = str_equal_nocase(s, value_number_text(number, buffer));
    value_differs(x, !as_text);
    return as_text || x->semantics != SEMANTICS_DOCUMENTED;
}

static bool equal_text_with(ValueContext *x, Str s, const Data *other)
{
    switch (other->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        return s.n == 0;
    case DATA_BOOL:
        return str_equal_nocase(s, str_of(other->truth ? "true" : "false"));
    case DATA_INT:
    case DATA_FLOAT:
        return equal_text_with_number(x, s, other);
    case DATA_STRING:
        return equal_texts(x, s, data_str(other));
    case DATA_ARRAY:
    case DATA_OBJECT:
        return false;
    }
    BUG("a kind of data");
}

bool data_equals(ValueContext *x, const Data *a, const Data *b)
{
    if (a->kind == DATA_STRING)
        return value_spend(x, 1 + a->count / 16) && equal_text_with(x, data_str(a), b);
    if (b->kind == DATA_STRING)
        return value_spend(x, 1 + b->count / 16) && equal_text_with(x, data_str(b), a);
    if (!value_spend(x, 1))
        return false;
    if (value_is_number(a) && value_is_number(b))
        return value_number_order(a, b) == 0;
    if (value_absent(a) || value_absent(b))
        return value_absent(a) && value_absent(b);
    if (a->kind == DATA_BOOL && b->kind == DATA_BOOL)
        return a->truth == b->truth;
    return a->kind == b->kind && a->count == b->count && value_spend_on(x, a) && data_equal(a, b);
}

// --- order -------------------------------------------------------------------------------------

static bool order_holds(Operator op, int order)
{
    return op == OPERATOR_LESS                ? order < 0
           : op == OPERATOR_LESS_OR_EQUALS    ? order <= 0
           : op == OPERATOR_GREATER           ? order > 0
           : op == OPERATOR_GREATER_OR_EQUALS ? order >= 0
                                              : false;
}

// Cultures put punctuation before digits, and digits before letters.
static int culture_rank(uint32_t c)
{
    return c >= 'a' && c <= 'z' ? 3 : c >= '0' && c <= '9' ? 2 : c < 0x80 ? 1 : 0;
}

int value_text_order(ValueContext *x, Str a, Str b)
{
    bool engine = x->semantics == SEMANTICS_ENGINE, several = false;
    int order = text_order(a, b, engine, &several);
    uint32_t p, q;
    text_difference(a, b, &p, &q);
    if (p == 0 || q == 0) { // one begins with the other
        value_differs(x, several);
        return order;
    }
    int rank_p = culture_rank(p), rank_q = culture_rank(q);
    if (rank_p == 0 || rank_q == 0 || (rank_p == 1 && rank_q == 1)) {
        x->uncertain = true; // not known without the tables of a culture
        return order;
    }
    int by_culture = rank_p != rank_q ? rank_p - rank_q : order;
    value_differs(x, (by_culture < 0) != (order < 0));
    return x->semantics == SEMANTICS_DOCUMENTED ? by_culture : order;
}

static Truth order_texts(ValueContext *x, Operator op, Str a, Str b)
{
    int64_t left, right;
    if (!value_spend(x, (a.n + b.n) / 16))
        return TRUTH_FALSE;
    if (date_parse(a, &left) && date_parse(b, &right)) {
        bool by_date = order_holds(op, (left > right) - (left < right));
        bool by_text = order_holds(op, text_order(a, b, false, NULL));
        value_differs(x, by_date != by_text);
        return truth(x->semantics == SEMANTICS_ENGINE ? by_text : by_date);
    }
    return truth(order_holds(op, value_text_order(x, a, b)));
}

static Truth order_mixed(ValueContext *x, Operator op, const Data *l, const Data *r)
{
    Data parsed;
    const Data *text = l->kind == DATA_STRING ? l : r;
    bool known = value_parse_number(data_str(text), &parsed);
    if (x->semantics == SEMANTICS_DOCUMENTED || (!known && x->semantics != SEMANTICS_ENGINE)) {
        x->uncertain = true;
        value_fail(x, "`%s` cannot compare the text `%.*s` with a number", operator_text(op),
                   value_shown(data_str(text)), text->text);
        return TRUTH_FALSE;
    }
    x->uncertain = true; // the documentation has an error
    if (!known)
        return TRUTH_FALSE;
    return truth(order_holds(op, text == l ? value_number_order(&parsed, r)
                                           : value_number_order(l, &parsed)));
}

static Truth order(ValueContext *x, Operator op, const Data *l, const Data *r)
{
    if (value_is_number(l) && value_is_number(r))
        return truth(order_holds(op, value_number_order(l, r)));
    if (l->kind == DATA_STRING && r->kind == DATA_STRING)
        return order_texts(x, op, data_str(l), data_str(r));
    if (l->kind == DATA_BOOL && r->kind == DATA_BOOL)
        return truth(order_holds(op, l->truth - r->truth));
    if (value_absent(l) && x->semantics != SEMANTICS_DOCUMENTED) {
        x->uncertain = true;
        return TRUTH_FALSE;
    }
    if ((l->kind == DATA_STRING && value_is_number(r)) ||
        (r->kind == DATA_STRING && value_is_number(l)))
        return order_mixed(x, op, l, r);
    bool left = l->kind != DATA_STRING && !value_is_number(l);
    return wrong(x, op, left ? l : r, "numbers, text or dates");
}

// --- membership --------------------------------------------------------------------------------

// Null is never in a list, and a null in one is passed over.
static Truth in(ValueContext *x, const Data *l, const Data *r)
{
    if (value_absent(l) || value_absent(r))
        return TRUTH_FALSE;
    if (r->kind != DATA_ARRAY)
        return truth(data_equals(x, l, r));
    for (uint32_t i = 0; i < r->count && !x->failure.reason; i++)
        if (!value_absent(&r->items[i]) && data_equals(x, l, &r->items[i]))
            return TRUTH_TRUE;
    return TRUTH_FALSE;
}

static bool holds_text(ValueContext *x, Str s, Str part)
{
    if (!value_spend(x, (s.n + part.n) / 16))
        return false;
    if (text_is_ascii(s) && text_is_ascii(part))
        return text_find(x->arena, s, part, true, false) != SIZE_MAX;
    bool found[2], several = false;
    for (int full = 0; full < 2; full++)
        found[full] =
            text_find(x->arena, text_folded(x->arena, s, full, &several),
                      text_folded(x->arena, part, full, &several), true, false) != SIZE_MAX;
    value_differs(x, found[0] != found[1]);
    return found[x->semantics == SEMANTICS_ENGINE];
}

static bool has_key(ValueContext *x, const Data *object, Str name)
{
    bool ascii = text_is_ascii(name);
    for (uint32_t i = 0; i < object->count; i++)
        if (ascii ? str_equal_nocase(object->members[i].name, name)
                  : equal_texts(x, object->members[i].name, name))
            return true;
    return false;
}

static Truth contains_text(ValueContext *x, const Data *l, const Data *r)
{
    char buffer_l[NUMBER_TEXT], buffer_r[NUMBER_TEXT];
    Str s, part;
    if (!value_scalar_text(r, buffer_r, &part))
        return wrong(x, OPERATOR_CONTAINS, r, "text on its right");
    value_scalar_text(l, buffer_l, &s);
    bool found = holds_text(x, s, part);
    if (l->kind == DATA_STRING || r->kind == DATA_STRING)
        return truth(found);
    value_differs(x, found); // neither is text: the engine finds nothing
    return truth(found && x->semantics != SEMANTICS_ENGINE);
}

static Truth contains(ValueContext *x, const Data *l, const Data *r)
{
    if (value_absent(l))
        return TRUTH_FALSE;
    if (l->kind == DATA_OBJECT) {
        char buffer[NUMBER_TEXT];
        Str name;
        if (!value_scalar_text(r, buffer, &name))
            return wrong(x, OPERATOR_CONTAINS, r, "the name of a key on its right");
        return truth(value_spend(x, l->count / 4) && has_key(x, l, name));
    }
    if (l->kind != DATA_ARRAY)
        return contains_text(x, l, r);
    for (uint32_t i = 0; i < l->count && !x->failure.reason; i++)
        if (data_equals(x, &l->items[i], r))
            return TRUTH_TRUE;
    return TRUTH_FALSE;
}

static Truth contains_key(ValueContext *x, const Data *l, const Data *r)
{
    char buffer[NUMBER_TEXT];
    Str name;
    if (!value_scalar_text(r, buffer, &name))
        return wrong(x, OPERATOR_CONTAINS_KEY, r, "the name of a key on its right");
    return truth(l->kind == DATA_OBJECT && value_spend(x, l->count / 4) && has_key(x, l, name));
}

// --- patterns and presence ---------------------------------------------------------------------

static Truth fits(ValueContext *x, Operator op, const Data *l, const Data *r)
{
    char buffer_l[NUMBER_TEXT], buffer_r[NUMBER_TEXT];
    Str subject, pattern;
    if (!value_scalar_text(r, buffer_r, &pattern))
        return wrong(x, op, r, "a pattern on its right");
    if (!value_scalar_text(l, buffer_l, &subject))
        return TRUTH_FALSE;
    return truth(op == OPERATOR_LIKE
                     ? pattern_like(x, subject, pattern)
                     : pattern_match(x, subject, pattern, op == OPERATOR_MATCH_INSENSITIVELY));
}

static Truth exists(ValueContext *x, const Data *l, const Data *r)
{
    bool wanted = r->kind == DATA_BOOL && r->truth;
    if (r->kind == DATA_STRING) {
        wanted = str_equal_nocase(data_str(r), str_of("true"));
        if (!wanted && !str_equal_nocase(data_str(r), str_of("false")))
            wrong(x, OPERATOR_EXISTS, r, "true or false");
    } else if (r->kind != DATA_BOOL) {
        wrong(x, OPERATOR_EXISTS, r, "true or false");
    }
    return truth(!value_absent(l) == wanted);
}

// --- all of them -------------------------------------------------------------------------------

static Truth positive(ValueContext *x, Operator op, const Data *l, const Data *r)
{
    bool nothing = x->semantics == SEMANTICS_ENGINE && r->kind == DATA_MISSING; // equals nothing
    switch (op) {
    case OPERATOR_EQUALS:
    case OPERATOR_NOT_EQUALS:
        return truth(!nothing && data_equals(x, l, r));
    case OPERATOR_LIKE:
    case OPERATOR_NOT_LIKE:
        return fits(x, OPERATOR_LIKE, l, r);
    case OPERATOR_MATCH:
    case OPERATOR_NOT_MATCH:
        return fits(x, OPERATOR_MATCH, l, r);
    case OPERATOR_MATCH_INSENSITIVELY:
    case OPERATOR_NOT_MATCH_INSENSITIVELY:
        return fits(x, OPERATOR_MATCH_INSENSITIVELY, l, r);
    case OPERATOR_CONTAINS:
    case OPERATOR_NOT_CONTAINS:
        return nothing ? TRUTH_FALSE : contains(x, l, r);
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        return in(x, l, r);
    case OPERATOR_CONTAINS_KEY:
    case OPERATOR_NOT_CONTAINS_KEY:
        return contains_key(x, l, r);
    case OPERATOR_LESS:
    case OPERATOR_LESS_OR_EQUALS:
    case OPERATOR_GREATER:
    case OPERATOR_GREATER_OR_EQUALS:
        return order(x, op, l, r);
    case OPERATOR_EXISTS:
        return exists(x, l, r);
    }
    BUG("an operator");
}

static bool is_negative(Operator op)
{
    return op == OPERATOR_NOT_EQUALS || op == OPERATOR_NOT_LIKE || op == OPERATOR_NOT_MATCH ||
           op == OPERATOR_NOT_MATCH_INSENSITIVELY || op == OPERATOR_NOT_CONTAINS ||
           op == OPERATOR_NOT_IN || op == OPERATOR_NOT_CONTAINS_KEY;
}

// Conditions the engine finds false though they are negative: a `value` that came to nothing,
// and two operators whose right side did.
static bool guarded(Operator op, const Data *l, const Data *r, bool is_value)
{
    return (is_value && l->kind == DATA_MISSING) ||
           (r->kind == DATA_MISSING &&
            (op == OPERATOR_NOT_CONTAINS || op == OPERATOR_NOT_CONTAINS_KEY));
}

Truth data_compare(ValueContext *x, Operator op, const Data *left, const Data *right, bool is_value)
{
    Truth t = positive(x, op, left, right);
    if (x->failure.reason)
        return TRUTH_ERROR;
    if (is_negative(op))
        t = truth(t == TRUTH_FALSE);
    if (t == TRUTH_TRUE && guarded(op, left, right, is_value)) {
        x->uncertain = true;
        t = truth(x->semantics != SEMANTICS_ENGINE);
    }
    return t;
}
