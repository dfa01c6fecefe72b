// node.c - conditions made ready.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/internal.h"
#include "policy/depth.h"

static Node *node_new(Prepare *p, const Condition *c)
{
    Node *n = ARENA_NEW(p->arena, Node);
    n->kind = c->kind;
    n->op = c->op;
    n->source = c;
    return n;
}

// True, so that what was refused does not also hold.
static const Node *node_refused(Prepare *p, const Condition *c)
{
    Node *n = node_new(p, c);
    n->kind = CONDITION_ANY_OF;
    return n;
}

static bool is_kind(const Field *f)
{
    return f->root && f->count == 1 && f->paths[0].count == 1 &&
           str_equal(f->paths[0].segments[0].name, str_of("kind"));
}

// Which fields the rule tests: only those of `if` decide whether it applies.
static void remember_field(Prepare *p, Node *n)
{
    const Field *f = n->field;
    if (p->related || p->scope || !f) {
        p->tests_other = true;
        return;
    }
    p->policy->location = p->policy->location || f->location;
    bool type = f->kind == FIELD_TYPE, name = f->kind == FIELD_NAME, kind = is_kind(f);
    p->tests_type = p->tests_type || type;
    p->tests_name = p->tests_name || name;
    p->tests_kind = p->tests_kind || kind;
    p->tests_other = p->tests_other || !(type || name || kind);
    n->narrows = type || name || kind;
}

static bool is_scalar(const Data *d)
{
    return d->kind == DATA_BOOL || d->kind == DATA_INT || d->kind == DATA_FLOAT ||
           d->kind == DATA_STRING;
}

static bool is_truth(const Data *d)
{
    return d->kind == DATA_BOOL ||
           (d->kind == DATA_STRING && (str_equal_nocase(data_str(d), str_of("true")) ||
                                       str_equal_nocase(data_str(d), str_of("false"))));
}

static bool has_two_stars(const Data *d)
{
    const char *star = d->kind == DATA_STRING ? memchr(d->text, '*', d->count) : NULL;
    return star && memchr(star + 1, '*', (size_t)(d->text + d->count - star - 1));
}

// Whether there are left sides with which the operator fails.
static bool operator_fails(Operator op, const Term *right)
{
    const Data *d = right->kind == TERM_DATA ? &right->data : NULL;
    switch (op) {
    case OPERATOR_EQUALS:
    case OPERATOR_NOT_EQUALS:
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        return false;
    case OPERATOR_LIKE:
    case OPERATOR_NOT_LIKE:
        return !d || !is_scalar(d) || has_two_stars(d);
    case OPERATOR_MATCH:
    case OPERATOR_MATCH_INSENSITIVELY:
    case OPERATOR_NOT_MATCH:
    case OPERATOR_NOT_MATCH_INSENSITIVELY:
    case OPERATOR_CONTAINS:
    case OPERATOR_NOT_CONTAINS:
    case OPERATOR_CONTAINS_KEY:
    case OPERATOR_NOT_CONTAINS_KEY:
        return !d || !is_scalar(d);
    case OPERATOR_EXISTS:
        return !d || !is_truth(d);
    case OPERATOR_LESS:
    case OPERATOR_LESS_OR_EQUALS:
    case OPERATOR_GREATER:
    case OPERATOR_GREATER_OR_EQUALS:
        return true;
    }
    BUG("an operator");
}

static void set_right(Prepare *p, Node *n, const Condition *c)
{
    n->right = term_of_value(p, c->right, 0);
    if (n->field && n->field->location && n->right->kind == TERM_DATA) {
        Data *normal = ARENA_NEW(p->arena, Data);
        *normal = location_normal(p->arena, &n->right->data);
        n->normal = normal;
    }
    n->fails = n->fails || n->right->fails || operator_fails(c->op, n->right);
}

// The name of a field: constant, or a term that gives it.
static void set_field(Prepare *p, Node *n, const Condition *c)
{
    n->left = term_of_value(p, c->left, 0);
    if (n->left->kind == TERM_DATA && n->left->data.kind == DATA_STRING) {
        n->field = field_of_name(p->setup->aliases, p->arena, data_str(&n->left->data), p->scope);
        prepare_check_field(p, n->field);
    } else if (n->left->kind == TERM_DATA) {
        prepare_refuse(p, DIAG_UNKNOWN_FIELD, p->span, "the name of a field is no text");
    }
    n->fails = n->left->kind != TERM_DATA;
}

static const Node *node_of_field(Prepare *p, const Condition *c)
{
    Node *n = node_new(p, c);
    n->scope = p->scope;
    set_field(p, n, c);
    remember_field(p, n);
    set_right(p, n, c);
    return n;
}

static const Node *node_of_value(Prepare *p, const Condition *c)
{
    Node *n = node_new(p, c);
    p->tests_other = true;
    n->left = term_of_value(p, c->left, 0);
    n->fails = n->left->fails;
    set_right(p, n, c);
    return n;
}

// --- counts --------------------------------------------------------------------------------------

static uint32_t stars_of(const Field *f)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t stars = field_stars(&f->paths[i], f->paths[i].count);
        most = stars > most ? stars : most;
    }
    return most;
}

static void set_where(Prepare *p, Node *n, const Condition *c, Scope *scope, uint32_t slots,
                      uint32_t depth)
{
    scope->outer = p->scope;
    scope->slot = p->slots;
    n->scope = scope;
    p->tests_other = true;
    if (p->slots + slots > EVAL_SLOTS) {
        prepare_refuse(p, DIAG_COUNTS_TOO_DEEP, c->span,
                       "counts are nested too deeply to evaluate");
        return;
    }
    p->scope = scope;
    p->slots += slots;
    if (c->where)
        n->where = node_of_condition(p, c->where, depth + 1);
    p->scope = scope->outer;
    p->slots -= slots;
    n->fails = n->fails || (n->where && n->where->fails);
}

static const Node *node_of_field_count(Prepare *p, const Condition *c, uint32_t depth)
{
    Node *n = node_new(p, c);
    set_field(p, n, c);
    if (n->field && n->field->kind != FIELD_UNKNOWN && !n->field->each) {
        prepare_break(p, p->span, "count of `%s`, which has no [*]", n->field->name);
        return node_refused(p, c);
    }
    if (!n->field) {
        prepare_break(p, p->span, "the field of a count is not known before a resource is");
        return node_refused(p, c);
    }
    Scope *scope = ARENA_NEW(p->arena, Scope);
    scope->field = n->field;
    set_where(p, n, c, scope, stars_of(n->field), depth);
    set_right(p, n, c);
    return n;
}

static const Node *node_of_value_count(Prepare *p, const Condition *c, uint32_t depth)
{
    Node *n = node_new(p, c);
    if (!c->name && p->scope && p->policy->semantics != SEMANTICS_ENGINE)
        prepare_refuse(p, DIAG_COUNT_WITHOUT_NAME, p->span,
                       "a count of values inside another count has no name");
    n->left = term_of_value(p, c->left, 0);
    n->fails = true; // where it is not given a list
    Scope *scope = ARENA_NEW(p->arena, Scope);
    scope->name = c->name ? c->name : "default";
    set_where(p, n, c, scope, 1, depth);
    set_right(p, n, c);
    return n;
}

// --- all of them ---------------------------------------------------------------------------------

static const Node *node_of_group(Prepare *p, const Condition *c, uint32_t depth)
{
    Node *n = node_new(p, c);
    bool one = c->kind == CONDITION_NOT;
    uint32_t count = one ? 1 : c->children.len;
    const Node **children = ARENA_ARRAY(p->arena, const Node *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        children[i] = node_of_condition(p, one ? c->child : c->children.items[i], depth + 1);
        n->fails = n->fails || children[i]->fails;
        n->narrows = n->narrows || children[i]->narrows;
    }
    n->children = children;
    n->count = count;
    return n;
}

const Node *node_of_condition(Prepare *p, const Condition *c, uint32_t depth)
{
    if (depth > DEPTH_CONDITION) {
        prepare_break(p, c->span, "conditions are nested too deeply to evaluate");
        return node_refused(p, c);
    }
    p->span = c->span;
    switch (c->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
    case CONDITION_NOT:
        return node_of_group(p, c, depth);
    case CONDITION_FIELD:
        return node_of_field(p, c);
    case CONDITION_VALUE:
        return node_of_value(p, c);
    case CONDITION_COUNT_FIELD:
        return node_of_field_count(p, c, depth);
    case CONDITION_COUNT_VALUE:
        return node_of_value_count(p, c, depth);
    }
    BUG("a kind of condition");
}
