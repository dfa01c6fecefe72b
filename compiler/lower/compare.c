// compare.c - comparisons, so that missing, null and "" fall where the language says.
//
// A comparison with a missing value is false, and its negation true. Azure's
// operators agree where the law says so; everywhere else what must be there is
// asked for beside the leaf (spec: lowering L1 to L6).
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"

#include <string.h>

typedef struct Operators { // of a comparison and of its negation
    Operator yes, no;
} Operators;

static Operators operators_of(CompareOp op)
{
    switch (op) {
    case OP_EQ:
        return (Operators){OPERATOR_EQUALS, OPERATOR_NOT_EQUALS};
    case OP_IN:
        return (Operators){OPERATOR_IN, OPERATOR_NOT_IN};
    case OP_LIKE:
        return (Operators){OPERATOR_LIKE, OPERATOR_NOT_LIKE};
    case OP_MATCHES:
        return (Operators){OPERATOR_MATCH, OPERATOR_NOT_MATCH};
    case OP_MATCHES_ANY_CASE:
        return (Operators){OPERATOR_MATCH_INSENSITIVELY, OPERATOR_NOT_MATCH_INSENSITIVELY};
    case OP_CONTAINS:
        return (Operators){OPERATOR_CONTAINS, OPERATOR_NOT_CONTAINS};
    case OP_HAS_KEY:
        return (Operators){OPERATOR_CONTAINS_KEY, OPERATOR_NOT_CONTAINS_KEY};
    case OP_LT:
        return (Operators){OPERATOR_LESS, OPERATOR_GREATER_OR_EQUALS};
    case OP_LE:
        return (Operators){OPERATOR_LESS_OR_EQUALS, OPERATOR_GREATER};
    case OP_GT:
        return (Operators){OPERATOR_GREATER, OPERATOR_LESS_OR_EQUALS};
    case OP_GE:
        return (Operators){OPERATOR_GREATER_OR_EQUALS, OPERATOR_LESS};
    case OP_NE:
    case OP_NOT_IN:
    case OP_NOT_LIKE:
        break; // the caller has turned them into their positive form
    }
    BUG("a negative comparison");
}

static bool op_is_ordering(CompareOp op)
{
    return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
}

static CompareOp op_mirrored(CompareOp op) // a op b is b mirrored(op) a
{
    switch (op) {
    case OP_LT:
        return OP_GT;
    case OP_LE:
        return OP_GE;
    case OP_GT:
        return OP_LT;
    case OP_GE:
        return OP_LE;
    case OP_EQ:
    case OP_NE:
    case OP_IN:
    case OP_NOT_IN:
    case OP_LIKE:
    case OP_NOT_LIKE:
    case OP_MATCHES:
    case OP_MATCHES_ANY_CASE:
    case OP_CONTAINS:
    case OP_HAS_KEY:
        return op;
    }
    BUG("no such comparison");
}

// --- leaves ----------------------------------------------------------------------------------

bool reads_by_field(const Lower *l, const TExpr *e)
{
    if (e->kind == TX_FIELD)
        return e->field->subject == l->reads;
    if (e->kind != TX_TAG || (Subject)e->op != l->reads)
        return false;
    const TExpr *key = bound_literal(l, e->operand);
    return key->kind == TX_STRING || key->kind == TX_PARAM;
}

// A tag whose name a variable gives is an expression, even where the loop is written out.
bool is_variable_tag(const TExpr *e)
{
    return e->kind == TX_TAG && e->operand->kind != TX_STRING && e->operand->kind != TX_PARAM;
}

// tags['cost center'], or built from a parameter: [concat('tags[', parameters('p'), ']')]
static Value *tag_field(Lower *l, const TExpr *tag)
{
    Arena *a = l->arena;
    const TExpr *key = bound_literal(l, tag->operand);
    l->uses_tags_or_location = true;
    if (key->kind != TX_STRING)
        return value_arm(a, arm_call(a, "concat", 3, arm_string(a, "tags["), lower_arm(l, key),
                                     arm_string(a, "]")));
    Buf name = {0};
    buf_str(&name, "tags['");
    for (const char *p = key->text; *p; p++) {
        if (*p == '\'')
            buf_char(&name, '\'');
        buf_char(&name, *p);
    }
    buf_str(&name, "']");
    Value *v = value_string(a, arena_copy(a, name.p, name.n));
    buf_free(&name);
    return v;
}

static Value *field_name(Lower *l, const TExpr *e)
{
    if (e->kind == TX_TAG)
        return tag_field(l, e);
    const char *alias = e->field->alias;
    if (!e->field->is_alias && (strcmp(alias, "tags") == 0 || strcmp(alias, "location") == 0))
        l->uses_tags_or_location = true;
    return value_string(l->arena, keep(l, alias));
}

Condition *leaf_condition(Lower *l, const TExpr *left, Operator op, Value *right, Span span)
{
    left = bound_literal(l, left);
    bool by_field = reads_by_field(l, left);
    Condition *c = condition_leaf(l->arena, by_field ? CONDITION_FIELD : CONDITION_VALUE,
                                  by_field ? field_name(l, left) : lower_value(l, left), op, right);
    c->span = span;
    return c;
}

// --- what must be there ----------------------------------------------------------------------

static bool is_literal(const TExpr *e)
{
    return e->kind == TX_BOOL || e->kind == TX_INT || e->kind == TX_FLOAT ||
           (e->kind == TX_STRING && e->text[0] != '\0');
}

static bool list_may_hold_empty(Lower *l, const TExpr *list)
{
    if (list->kind != TX_LIST)
        return list->type->kind != TYPE_LIST || list->type->element->kind == TYPE_STRING;
    for (uint32_t i = 0; i < list->operands->len; i++)
        if (!is_literal(bound_literal(l, list->operands->items[i])))
            return true;
    return false;
}

// Could '' in place of a missing left side make the comparison true?
static bool empty_may_hold(Lower *l, CompareOp op, const TExpr *right)
{
    if (op_is_ordering(op))
        return true;
    if (op == OP_IN)
        return list_may_hold_empty(l, right);
    if (op == OP_LIKE && right->kind == TX_STRING)
        return strspn(right->text, "*") == strlen(right->text);
    return right->kind != TX_INT && right->kind != TX_FLOAT && right->kind != TX_BOOL &&
           !is_literal(right);
}

static void push_once(Lower *l, TExprs *list, const TExpr *e)
{
    for (uint32_t i = 0; i < list->len; i++)
        if (list->items[i] == e)
            return;
    vec_push(l->arena, list, (TExpr *)e);
}

bool stand_in_may_hold(Lower *l, CompareOp op, const TExpr *left, const TExpr *right)
{
    if (left->type->kind == TYPE_BOOL)
        return false;
    if (type_is_number(left->type))
        return op != OP_EQ || right->kind != TX_INT || right->number == 0;
    return empty_may_hold(l, op, right);
}

static bool is_never_empty(const TExpr *e)
{
    for (uint32_t i = 0; e->kind == TX_CALL && i < e->operands->len; i++)
        if (e->function == FUNCTION_CONCAT && e->operands->items[i]->kind == TX_STRING &&
            e->operands->items[i]->text[0] != '\0')
            return true;
    return false;
}

// spec: lowering L3 to L6
static void guards_of(Lower *l, CompareOp op, const TExpr *left, const TExpr *right, bool negate,
                      TExprs *ret)
{
    if (reads_by_field(l, left) && !is_variable_tag(left)) {
        if ((op == OP_EQ && !is_literal(right)) || (op_is_ordering(op) && negate))
            push_once(l, ret, left);
    } else {
        collect_guards(l, left, false, ret);
        bool text = type_is_text(left->type) || left->type->kind == TYPE_ANY;
        if (may_be_missing(l, left) && text && empty_may_hold(l, op, right))
            push_once(l, ret, left);
    }
    bool made_list = op == OP_IN && right->kind == TX_CALL && !is_literal(left);
    collect_guards(l, right, made_list, ret);
    bool member_of_record = op == OP_EQ && right->kind == TX_MEMBER && reads_by_field(l, left);
    if (op != OP_IN && !member_of_record && may_be_missing(l, right) && !is_never_empty(right))
        push_once(l, ret, right);
}

static Condition *guarded(Lower *l, const TExprs *guards, Condition *leaf, bool negate)
{
    Condition *group = condition_group(l->arena, negate ? CONDITION_ANY_OF : CONDITION_ALL_OF);
    for (uint32_t i = 0; i < guards->len; i++)
        condition_push(l->arena, group, presence_condition(l, guards->items[i], !negate));
    condition_push(l->arena, group, leaf);
    return simplify(l->arena, group);
}

// --- one comparison, defaults aside ----------------------------------------------------------

// Null equals nothing that is there; the other operators fail on it.
Value *right_value(Lower *l, CompareOp op, const TExpr *right)
{
    bool may_be_null = right->kind == TX_FIELD || right->kind == TX_MEMBER;
    if (op == OP_EQ || op == OP_IN || !may_be_null || right->type->kind == TYPE_LIST)
        return lower_value(l, right);
    return value_arm(l->arena, lower_arm(l, right));
}

static Condition *plain_leaf(Lower *l, CompareOp op, const TExpr *left, const TExpr *right,
                             bool negate, Span span)
{
    TExprs guards = {0};
    Operators ops = operators_of(op);
    guards_of(l, op, left, right, negate, &guards);
    Condition *leaf =
        leaf_condition(l, left, negate ? ops.no : ops.yes, right_value(l, op, right), span);
    return guarded(l, &guards, leaf, negate);
}

static bool is_date_field(const TExpr *e)
{
    return e->kind == TX_FIELD && e->type->kind == TYPE_DATETIME;
}

Arm *date_arm(Lower *l, const TExpr *e)
{
    Arena *a = l->arena;
    Arm *date = lower_arm(l, e);
    return arm_call(a, "if", 3, arm_call(a, "empty", 1, date), arm_string(a, ""),
                    arm_call(a, "addDays", 2, date, arm_int(a, 0)));
}

// Two dates of resources: both brought to one form, since texts of other forms order wrongly.
static Condition *compare_dates(Lower *l, CompareOp op, const TExpr *left, const TExpr *right,
                                bool negate, Span span)
{
    Arena *a = l->arena;
    TExprs guards = {0};
    push_once(l, &guards, left);
    push_once(l, &guards, right);
    Operators ops = operators_of(op);
    Condition *leaf = condition_leaf(a, CONDITION_VALUE, value_arm(a, date_arm(l, left)),
                                     negate ? ops.no : ops.yes, value_arm(a, date_arm(l, right)));
    leaf->span = span;
    return guarded(l, &guards, leaf, negate);
}

static Condition *lower_in(Lower *l, const TExpr *left, const TExpr *right, bool negate, Span span)
{
    if (right->kind == TX_FIELD && right->type->kind == TYPE_LIST)
        return lower_array_has(l, right, left, negate, span);
    if (right->kind == TX_LIST && right->operands->len == 0)
        return constant_condition(l, negate);
    if (left->type->kind == TYPE_CIDR && right->type->kind == TYPE_LIST &&
        right->type->element->kind == TYPE_CIDR)
        return lower_in_ranges(l, left, right, negate, span);
    if (right->kind == TX_LIST && right->operands->len == 1)
        return plain_leaf(l, OP_EQ, left, bound_literal(l, right->operands->items[0]), negate,
                          span);
    return plain_leaf(l, OP_IN, left, right, negate, span);
}

static bool is_duration(const TExpr *e)
{
    return e->type->kind == TYPE_DURATION_ISO8601 || e->type->kind == TYPE_DURATION_CLOCK;
}

static Condition *plain_compare(Lower *l, const TExpr *e, CompareOp op, const TExpr *left,
                                const TExpr *right, bool negate)
{
    if (compare_is_ranked(op, left, right))
        return lower_ranked(l, op, left, right, negate, e->span);
    if (is_duration(left) && right->kind == TX_DURATION) {
        Condition *c = lower_duration(l, left, op, right->number, e->span);
        return negate ? condition_not(l->arena, c) : c;
    }
    if (op == OP_IN)
        return lower_in(l, left, right, negate, e->span);
    if (op == OP_CONTAINS && left->kind == TX_FIELD && left->type->kind == TYPE_LIST)
        return lower_array_has(l, left, right, negate, e->span);
    if (is_date_field(left) && is_date_field(right))
        return compare_dates(l, op, left, right, negate, e->span);
    return plain_leaf(l, op, left, right, negate, e->span);
}

// --- defaults, constants, turning around -----------------------------------------------------

static Condition *compare_parts(Lower *l, const TExpr *e, CompareOp op, const TExpr *left,
                                const TExpr *right, bool negate);

// spec: lowering L2. What the comparison says of the default decides the form.
static Condition *compare_with_default(Lower *l, const TExpr *e, CompareOp op, const TExpr *left,
                                       const TExpr *right, bool negate)
{
    Condition *there = plain_compare(l, e, op, left, right, negate);
    Condition *absent = compare_parts(l, e, op, left->field->initial, right, negate);
    if (condition_is_constant(absent, negate)) // as a missing value is judged anyway
        return there;
    if (negate)
        there = pair_condition(l, CONDITION_ALL_OF, exists_condition(l, left, true), there);
    if (condition_is_constant(absent, false))
        return there;
    absent = pair_condition(l, CONDITION_ALL_OF, exists_condition(l, left, false), absent);
    return pair_condition(l, CONDITION_ANY_OF, absent, there);
}

// A choice that can be made by conditions, which shield nothing (spec: lowering L12).
static bool is_choice(const TExpr *e)
{
    return e->kind == TX_IF && !may_fail(e);
}

// The same for a right side: its default, or what is there.
static Condition *compare_with_right_default(Lower *l, const TExpr *e, CompareOp op,
                                             const TExpr *left, const TExpr *right, bool negate)
{
    FieldRef there = *right->field;
    TExpr plain = *right;
    there.initial = NULL;
    plain.field = &there;
    Condition *with = compare_parts(l, e, op, left, &plain, negate);
    Condition *without = compare_parts(l, e, op, left, right->field->initial, negate);
    with = pair_condition(l, CONDITION_ALL_OF, exists_condition(l, right, true), with);
    without = pair_condition(l, CONDITION_ALL_OF, exists_condition(l, right, false), without);
    return pair_condition(l, CONDITION_ANY_OF, without, with);
}

// (if c then a else b) op r: (c and a op r) or (not c and b op r)
static Condition *compare_choice(Lower *l, const TExpr *e, CompareOp op, const TExpr *left,
                                 const TExpr *right, bool negate)
{
    const TExpr *choice = is_choice(left) ? left : right;
    Condition *branches[2];
    for (uint32_t i = 0; i < 2; i++) {
        const TExpr *side = choice->operands->items[i + 1];
        Condition *test = lower_condition(l, choice->operands->items[0], i == 1);
        Condition *compared = choice == left ? compare_parts(l, e, op, side, right, negate)
                                             : compare_parts(l, e, op, left, side, negate);
        branches[i] = pair_condition(l, CONDITION_ALL_OF, test, compared);
    }
    return pair_condition(l, CONDITION_ANY_OF, branches[0], branches[1]);
}

static Condition *compare_count(Lower *l, const TExpr *e, CompareOp op, const TExpr *count,
                                const TExpr *right, bool negate)
{
    TExprs guards = {0};
    collect_guards(l, right, false, &guards);
    if (may_be_missing(l, right))
        push_once(l, &guards, right);
    return guarded(l, &guards, lower_count(l, count, op, right, negate, e->span), negate);
}

static Condition *compare_parts(Lower *l, const TExpr *e, CompareOp op, const TExpr *left,
                                const TExpr *right, bool negate)
{
    left = bound_literal(l, left);
    right = bound_literal(l, right);
    bool truth;
    if (compare_constants(op, left, right, &truth))
        return constant_condition(l, truth != negate);
    if (is_choice(left) || is_choice(right))
        return compare_choice(l, e, op, left, right, negate);
    if (left->kind == TX_COUNT)
        return compare_count(l, e, op, left, right, negate);
    if (right->kind == TX_COUNT)
        return compare_count(l, e, op_mirrored(op), right, left, negate);
    bool turns = op == OP_EQ || op_is_ordering(op);
    if (turns && !reads_by_field(l, left) && reads_by_field(l, right))
        return compare_parts(l, e, op_mirrored(op), right, left, negate);
    if (reads_by_field(l, right) && right->kind == TX_FIELD && right->field->initial)
        return compare_with_right_default(l, e, op, left, right, negate);
    if (reads_by_field(l, left) && left->kind == TX_FIELD && left->field->initial)
        return compare_with_default(l, e, op, left, right, negate);
    return plain_compare(l, e, op, left, right, negate);
}

Condition *lower_compare(Lower *l, const TExpr *e, bool negate)
{
    CompareOp op = (CompareOp)e->op;
    if (op == OP_NE || op == OP_NOT_IN || op == OP_NOT_LIKE) {
        op = op == OP_NE ? OP_EQ : op == OP_NOT_IN ? OP_IN : OP_LIKE;
        negate = !negate;
    }
    return compare_parts(l, e, op, e->left, e->right, negate);
}
