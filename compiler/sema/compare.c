// compare.c - comparisons: which types meet, and what their literals are read as.
//
// There is no conversion the author cannot see, although Azure's evaluator has
// several. A literal on the left goes to the right; what cannot be asked in Azure
// (two lists, null) is refused with the form that can.
//
// spec: types, comparisons.
//
// SPDX-License-Identifier: MIT
#include "sema/compare.h"

const char *compare_op_text(CompareOp op)
{
    static const char *const texts[] = {"==",       "!=",       "<",       "<=",
                                        ">",        ">=",       "in",      "not in",
                                        "like",     "not like", "matches", "matches_any_case",
                                        "contains", "has_key"};
    return texts[op];
}

static bool is_equality(CompareOp op)
{
    return op == OP_EQ || op == OP_NE;
}

static bool is_ordering(CompareOp op)
{
    return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
}

static bool is_membership(CompareOp op)
{
    return op == OP_IN || op == OP_NOT_IN;
}

static CompareOp mirrored(CompareOp op)
{
    if (op == OP_LT)
        return OP_GT;
    if (op == OP_LE)
        return OP_GE;
    if (op == OP_GT)
        return OP_LT;
    return op == OP_GE ? OP_LE : op;
}

// --- which types meet -------------------------------------------------------------------------

static bool plain_text(const Type *t)
{
    return t->kind == TYPE_STRING || t->kind == TYPE_ENUM || t->kind == TYPE_URI;
}

static bool texts_meet(const Type *a, const Type *b)
{
    if (a->kind == b->kind)
        return true;
    if (!plain_text(a) && !plain_text(b))
        return false;
    const Type *other = plain_text(a) ? b : a; // one is any text, what is the other?
    return plain_text(other) || other->kind == TYPE_GUID || other->kind == TYPE_RESOURCE_ID ||
           other->kind == TYPE_DURATION_ISO8601 || other->kind == TYPE_DURATION_CLOCK ||
           other->kind == TYPE_CIDR;
}

static bool is_duration_text(const Type *t)
{
    return t->kind == TYPE_DURATION_ISO8601 || t->kind == TYPE_DURATION_CLOCK;
}

static bool types_meet(const Type *a, const Type *b)
{
    if (b->kind == TYPE_DURATION)
        return is_duration_text(a);
    if (b->kind == TYPE_VERSION)
        return a->has_versions;
    if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR || a->kind == TYPE_ANY ||
        b->kind == TYPE_ANY)
        return true;
    if (type_is_text(a) && type_is_text(b))
        return texts_meet(a, b);
    if (type_is_number(a) && type_is_number(b))
        return true;
    return a->kind == b->kind;
}

// The field `location` is the one place where Azure brings both sides to the normal form.
bool compare_sides_meet(const TExpr *left, const Type *right)
{
    bool field =
        left->kind == TX_FIELD && left->type->kind == TYPE_LOCATION && !left->field->is_alias;
    return (field && plain_text(right)) || types_meet(left->type, right);
}

// --- what is wrong ------------------------------------------------------------------------------

static void help_location(Elaborator *e, Diag *d, const TExpr *text)
{
    if (text->kind == TX_FIELD)
        diag_help(e->diags, d, "Azure normalises only the field `location`: write `normalise(%s)`",
                  text->field->shown);
    else if (text->kind == TX_PARAM)
        diag_help(e->diags, d, "declare the parameter as `%s`",
                  text->type->kind == TYPE_LIST ? "[location]" : "location");
    else
        diag_help(e->diags, d, "write `normalise(…)` around the text");
}

static void help_mismatch(Elaborator *e, Diag *d, const Type *l, const Type *r, const TExpr *left,
                          const TExpr *right)
{
    if (l->kind == TYPE_ENUM && r->kind == TYPE_BOOL && l->values.len)
        diag_help(e->diags, d, "its values are texts: write `== \"%s\"`%s%s%s", l->values.items[0],
                  l->values.len == 2 ? " or `== \"" : "",
                  l->values.len == 2 ? l->values.items[1] : "", l->values.len == 2 ? "\"`" : "");
    else if (l->kind == TYPE_BOOL && right->kind == TX_STRING)
        diag_help(e->diags, d, "write `true` or `false`, without quotes");
    else if (l->kind == TYPE_LOCATION && plain_text(r))
        help_location(e, d, right);
    else if (r->kind == TYPE_LOCATION && plain_text(l))
        help_location(e, d, left);
    else if (type_is_number(l) && right->kind == TX_STRING)
        diag_help(e->diags, d, "write the number without quotes");
    else if (r->kind == TYPE_VERSION && (type_is_text(l) || l->kind == TYPE_ANY))
        diag_help(e->diags, d, "say in the kind which value is which version: `versions %s: …`",
                  left->kind == TX_FIELD ? left->field->shown : "…");
    else if (r->kind == TYPE_DURATION && (type_is_text(l) || l->kind == TYPE_ANY))
        diag_help(e->diags, d, "say in the kind how it is written: `type %s: duration(iso8601)`",
                  left->kind == TX_FIELD ? left->field->shown : "…");
    else if (l->kind == TYPE_LIST)
        diag_help(e->diags, d, "ask `some`, `every` or `no` element, or `in`");
}

TExpr *compare_report_mismatch(Elaborator *e, const Pair *p, const Type *l, const Type *r)
{
    const Type *plain = type_simple(TYPE_STRING);
    const char *left = elab_type_text(e, l->kind == TYPE_ENUM ? plain : l);
    const char *right = elab_type_text(e, r->kind == TYPE_ENUM ? plain : r);
    Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, p->right_source->span, "cannot compare %s with %s",
                          left, right);
    diag_label(e->diags, d, p->left_source->span, "this is %s", left);
    help_mismatch(e, d, l, r->kind == TYPE_LIST ? r->element : r, p->left, p->right);
    return elab_error(e, p->source->span);
}

static TExpr *report_null(Elaborator *e, const Pair *p)
{
    const Expr *null = p->right_source->kind == EXPR_NULL ? p->right_source : p->left_source;
    Diag *d = elab_report(e, DIAG_COMPARED_WITH_NULL, null->span,
                          "`null` cannot be compared: Azure has no such value in a condition");
    diag_help(e->diags, d, p->op == OP_NE ? "write `is set`" : "write `is missing`");
    return elab_error(e, p->source->span);
}

TExpr *compare_report_whole(Elaborator *e, const Pair *p, const Type *t)
{
    Diag *d = elab_report(e, DIAG_WHOLE_VALUE, p->source->span,
                          "Azure cannot compare %s as a whole", elab_type_text(e, t));
    if (t->kind == TYPE_LIST)
        diag_help(e->diags, d, "ask `some`, `every` or `no` element");
    else
        diag_help(e->diags, d, "compare its members one by one");
    return elab_error(e, p->source->span);
}

// --- operands -------------------------------------------------------------------------------------

bool compare_is_whole(const Type *t)
{
    return t->kind == TYPE_LIST || t->kind == TYPE_RECORD || t->kind == TYPE_TABLE ||
           t->kind == TYPE_OBJECT;
}

static TExpr *elaborate_right(Elaborator *e, Pair *p, const Type *hint, uint32_t left_reads)
{
    uint32_t reads = e->related_reads;
    p->right = elab_hinted(e, p->right_source, hint);
    if (e->related_reads > reads && (left_reads > 0 || !is_membership(p->op))) {
        Diag *d =
            elab_report(e, DIAG_RELATED_COMPARED, p->right_source->span,
                        "a property of the related resource can only be compared with a value");
        diag_note(e->diags, d, "on this side Azure reads the resource that is assessed");
        if (left_reads == 0)
            diag_help(e->diags, d, "put it on the left side");
        return NULL;
    }
    return p->right->kind == TX_ERROR ? NULL : p->right;
}

TExpr *compare_finish(Elaborator *e, const Pair *p, CompareOp op)
{
    TExpr *x = elab_node(e, TX_COMPARE, p->source->span, type_simple(TYPE_BOOL));
    if (x->kind == TX_ERROR)
        return x;
    x->op = (uint8_t)op;
    x->left = p->left;
    x->right = p->right;
    return x;
}

bool compare_is_constant(const TExpr *x)
{
    return x->kind >= TX_BOOL && x->kind <= TX_VERSION;
}

static bool version_known(const Type *t, const char *version)
{
    for (uint32_t i = 0; i < t->ranked.len; i++) {
        if (version_order(t->ranked.items[i].version, version) == 0)
            return true;
    }
    return false;
}

static TExpr *report_unranked_value(Elaborator *e, const Pair *p, const char *what)
{
    const Type *t = p->left->type;
    Buf b = {0};
    for (uint32_t i = 0; i < t->ranked.len; i++)
        buf_printf(&b, "%s%s", i ? ", " : "",
                   t->has_versions ? t->ranked.items[i].version : t->ranked.items[i].text);
    Diag *d = elab_report(e, DIAG_UNKNOWN_VERSION, p->right_source->span, "`%s` has no %s `%s`",
                          t->property, what, p->right->text);
    diag_help(e->diags, d, "the kind knows %s", b.p);
    buf_free(&b);
    return elab_error(e, p->source->span);
}

// --- == != --------------------------------------------------------------------------------------

// A truth compared with true or false is itself or its negation.
static TExpr *condition_equals(Elaborator *e, const Pair *p)
{
    if (p->right->kind != TX_BOOL) {
        Diag *d =
            elab_report(e, DIAG_TYPE_MISMATCH, p->source->span, "a condition cannot be compared");
        diag_help(e->diags, d, "join conditions with `and`, `or`, `not` and `implies`");
        return elab_error(e, p->source->span);
    }
    if (p->right->truth == (p->op == OP_EQ))
        return p->left;
    TExpr *x = elab_node(e, TX_NOT, p->source->span, type_simple(TYPE_BOOL));
    x->operand = p->left;
    return x;
}

// Every value a loop over a literal list compares is held against the known ones.
static void check_loop_values(Elaborator *e, const TExpr *value, const Type *type)
{
    if (value->kind != TX_ELEMENT || value->binder->kind != BINDER_VALUE ||
        value->binder->list->kind != TX_LIST)
        return;
    const TExprs *items = value->binder->list->operands;
    for (uint32_t i = 0; i < items->len; i++)
        elab_check_enum(e, items->items[i], type);
}

static TExpr *compare_equality(Elaborator *e, Pair *p)
{
    if (elab_is_condition(p->left))
        return condition_equals(e, p);
    const Type *l = p->left->type, *r = p->right->type;
    if (compare_is_whole(l) || compare_is_whole(r))
        return compare_report_whole(e, p, compare_is_whole(l) ? l : r);
    if (elab_is_condition(p->right) || !compare_sides_meet(p->left, r))
        return compare_report_mismatch(e, p, l, r);
    if (p->right->kind == TX_VERSION && !version_known(l, p->right->text))
        return report_unranked_value(e, p, "version");
    check_loop_values(e, p->right, l);
    if (compare_is_constant(p->left) && compare_is_constant(p->right))
        elab_report(e, DIAG_CONSTANT_CONDITION, p->source->span,
                    "two constants are compared: this is always the same");
    return compare_finish(e, p, p->op);
}

// --- < <= > >= ----------------------------------------------------------------------------------

static bool is_api_version(const TExpr *x)
{
    return x->kind == TX_FACT && x->op == FACT_REQUEST && x->operands->len == 1;
}

static bool has_order(const TExpr *x)
{
    const Type *t = x->type;
    return type_is_number(t) || t->kind == TYPE_DATETIME || is_duration_text(t) || t->ranked.len ||
           t->kind == TYPE_ANY || t->kind == TYPE_DURATION || is_api_version(x);
}

static TExpr *report_no_order(Elaborator *e, const Pair *p, const Type *t)
{
    const char *shown = p->left->kind == TX_FIELD ? p->left->field->shown : "…";
    Diag *d = elab_report(e, DIAG_NO_ORDER, p->left_source->span, "%s has no order for `%s`",
                          elab_type_text(e, t), compare_op_text(p->op));
    if (t->kind == TYPE_ENUM)
        diag_help(e->diags, d,
                  "give it one in the kind: `order %s: \"…\" < \"…\"` or `versions %s: …`", shown,
                  shown);
    else if (type_is_text(t))
        diag_help(
            e->diags, d,
            "if it is a date, a duration or a version, say so in the kind: `type %s: datetime`",
            shown);
    return elab_error(e, p->source->span);
}

static TExpr *report_unranked(Elaborator *e, const Pair *p)
{
    const Type *l = p->left->type;
    Diag *d = elab_report(e, DIAG_NO_ORDER, p->right_source->span,
                          "only a value of the same order can be compared here, this is %s",
                          elab_type_text(e, p->right->type));
    if (p->right->kind == TX_PARAM)
        diag_help(e->diags, d,
                  "declare the parameter with the property as its type: `param %s: %s`",
                  p->right->param->name, l->property);
    return elab_error(e, p->source->span);
}

static bool rank_known(const Type *t, const char *text)
{
    for (uint32_t i = 0; i < t->ranked.len; i++) {
        if (str_equal_nocase(str_of(t->ranked.items[i].text), str_of(text)))
            return true;
    }
    return false;
}

static TExpr *compare_ranked(Elaborator *e, Pair *p)
{
    const Type *l = p->left->type, *r = p->right->type;
    if (p->right->kind == TX_VERSION) {
        if (!l->has_versions)
            return compare_report_mismatch(e, p, l, r);
        return version_known(l, p->right->text) ? compare_finish(e, p, p->op)
                                                : report_unranked_value(e, p, "version");
    }
    if (p->right->kind == TX_STRING)
        return rank_known(l, p->right->text)
                   ? compare_finish(e, p, p->op)
                   : report_unranked_value(e, p, "place in its order for");
    if (r->ranked.len == 0 || r->property != l->property)
        return report_unranked(e, p);
    return compare_finish(e, p, p->op);
}

static TExpr *compare_order(Elaborator *e, Pair *p)
{
    const Type *l = p->left->type, *r = p->right->type;
    if (elab_is_condition(p->left) || !has_order(p->left))
        return report_no_order(e, p, l);
    if (l->ranked.len)
        return compare_ranked(e, p);
    if (is_duration_text(l) && p->right->kind != TX_DURATION) {
        Diag *d = elab_report(e, DIAG_DURATION_NOT_CONSTANT, p->right_source->span,
                              "a duration can be compared with a constant only");
        diag_note(e->diags, d, "Azure has no function that reads durations");
        diag_help(e->diags, d,
                  "write it as in `15 minutes`, or choose among constants by a parameter");
        return elab_error(e, p->source->span);
    }
    if (elab_is_condition(p->right) || !compare_sides_meet(p->left, r) || compare_is_whole(r))
        return compare_report_mismatch(e, p, l, r);
    return compare_finish(e, p, p->op);
}

// --- the comparison -------------------------------------------------------------------------------

static const Type *hint_for_right(Elaborator *e, const Pair *p)
{
    const Type *l = p->left->type;
    if (is_equality(p->op) || is_ordering(p->op))
        return l->kind == TYPE_ERROR ? NULL : l;
    if (is_membership(p->op))
        return type_list(e->arena, l);
    if (p->op == OP_CONTAINS && l->kind == TYPE_LIST)
        return l->element;
    return type_simple(TYPE_STRING);
}

static bool has_sides(CompareOp op) // a == b is b == a, a < b is b > a
{
    return is_equality(op) || is_ordering(op);
}

static void change_sides(Pair *p)
{
    const Expr *left = p->left_source;
    p->left_source = p->right_source;
    p->right_source = left;
    p->op = mirrored(p->op);
}

// A constant goes to the right, where it is read as what the left side asks for.
static void elaborate_left(Elaborator *e, Pair *p)
{
    if (has_sides(p->op) && elab_is_literal(p->left_source) && !elab_is_literal(p->right_source))
        change_sides(p);
    p->left = elab_hinted(e, p->left_source, NULL);
    if (!has_sides(p->op) || !compare_is_constant(p->left) || elab_is_literal(p->right_source))
        return;
    change_sides(p); // a `let` that stands for a literal
    p->left = elab_hinted(e, p->left_source, NULL);
}

// tls in [1.2, 1.3] is tls == 1.2 or tls == 1.3: such values are compared, not listed.
static bool lists_compared(const Pair *p)
{
    const Type *l = p->left->type;
    if (!is_membership(p->op) || p->right_source->kind != EXPR_LIST ||
        (!l->has_versions && !is_duration_text(l)))
        return false;
    const Exprs *items = p->right_source->operands;
    for (uint32_t i = 0; i < items->len; i++) {
        if (items->items[i]->kind != EXPR_STRING && elab_is_literal(items->items[i]))
            return true;
    }
    return false;
}

static TExpr *compare_each(Elaborator *e, const Pair *p)
{
    TExpr *any = elab_node(e, TX_OR, p->source->span, type_simple(TYPE_BOOL));
    TExprs *operands = ARENA_NEW(e->arena, TExprs);
    bool wrong = any->kind == TX_ERROR;
    for (uint32_t i = 0; i < p->right_source->operands->len; i++) {
        Expr *item = p->right_source->operands->items[i];
        Expr equal = {.kind = EXPR_COMPARE, .op = OP_EQ, .span = item->span};
        equal.left = (Expr *)p->left_source;
        equal.right = item;
        TExpr *one = elab_compare(e, &equal);
        wrong |= one->kind == TX_ERROR;
        vec_push(e->arena, operands, one);
    }
    if (wrong)
        return elab_error(e, p->source->span);
    any->operands = operands;
    if (p->op == OP_IN)
        return any;
    TExpr *none = elab_node(e, TX_NOT, p->source->span, type_simple(TYPE_BOOL));
    none->operand = any;
    return none;
}

TExpr *elab_compare(Elaborator *e, const Expr *x)
{
    Pair p = {
        .source = x, .op = (CompareOp)x->op, .left_source = x->left, .right_source = x->right};
    if (x->left->kind == EXPR_NULL || x->right->kind == EXPR_NULL)
        return report_null(e, &p);
    uint32_t reads = e->related_reads;
    elaborate_left(e, &p);
    if (lists_compared(&p))
        return compare_each(e, &p);
    if (!elaborate_right(e, &p, hint_for_right(e, &p), e->related_reads - reads) ||
        p.left->kind == TX_ERROR)
        return elab_error(e, x->span);
    if (is_equality(p.op))
        return compare_equality(e, &p);
    if (is_ordering(p.op))
        return compare_order(e, &p);
    if (is_membership(p.op))
        return compare_in(e, &p);
    return p.op == OP_HAS_KEY ? compare_key(e, &p) : compare_text(e, &p);
}
