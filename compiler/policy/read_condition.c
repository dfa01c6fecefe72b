// read_condition.c - the conditions of a rule: groups, and leaves with one operator.
//
// spec: backends/azure-policy, conditions
//
// SPDX-License-Identifier: MIT
#include "policy/reader.h"

#include "diag/suggest.h"
#include "json/read.h"

enum { OPERATOR_COUNT = OPERATOR_EXISTS + 1 };

typedef struct Parts { // of a condition's object; NULL where it has none
    const DataMember *group, *left, *op;
    ConditionKind kind; // of group or left
    Operator operator;
    bool failed;
} Parts;

// --- members of a condition ------------------------------------------------------------------

static bool find_operator(Str name, Operator *ret)
{
    for (int i = 0; i < OPERATOR_COUNT; i++)
        if (str_equal_nocase(name, str_of(operator_text((Operator)i)))) {
            *ret = (Operator)i;
            return true;
        }
    return false;
}

static const struct {
    const char *name;
    bool group;
    ConditionKind kind;
} SIDES[] = {
    {"allOf", true, CONDITION_ALL_OF}, {"anyOf", true, CONDITION_ANY_OF},
    {"not", true, CONDITION_NOT},      {"field", false, CONDITION_FIELD},
    {"value", false, CONDITION_VALUE}, {"count", false, CONDITION_COUNT_FIELD},
};

// A condition has one of each at most.
static void take_part(Reader *r, Parts *p, const DataMember **slot, const DataMember *m,
                      const char *what)
{
    if (!*slot) {
        *slot = m;
        return;
    }
    Diag *d = read_report(r, DIAG_CONDITION_FORM, read_name_span(r, m), m->value.at,
                          "a condition has one %s", what);
    diag_label(r->c->diags, d, read_name_span(r, *slot), "here is the first");
    p->failed = true;
}

static void report_unknown(Reader *r, Parts *p, const DataMember *m)
{
    Diag *d =
        read_report(r, DIAG_CONDITION_MEMBER, read_name_span(r, m), m->value.at,
                    "a condition has no member `%.*s`", (int)utf8_fit(m->name, 80), m->name.p);
    Suggest near;
    suggest_start(&near, m->name);
    for (int i = 0; i < OPERATOR_COUNT; i++)
        suggest_offer(&near, str_of(operator_text((Operator)i)));
    for (size_t i = 0; i < sizeof SIDES / sizeof SIDES[0]; i++)
        suggest_offer(&near, str_of(SIDES[i].name));
    if (near.count)
        diag_help(r->c->diags, d, "did you mean `%.*s`?", (int)near.best[0].n, near.best[0].p);
    else
        diag_help(r->c->diags, d,
                  "a condition is `allOf`, `anyOf`, `not`, or one of `field`, "
                  "`value`, `count` with an operator as `equals`");
    p->failed = true;
}

static void take_member(Reader *r, Parts *p, const DataMember *m)
{
    for (size_t i = 0; i < sizeof SIDES / sizeof SIDES[0]; i++) {
        if (!str_equal_nocase(m->name, str_of(SIDES[i].name)))
            continue;
        bool first = SIDES[i].group ? !p->group : !p->left;
        take_part(r, p, SIDES[i].group ? &p->group : &p->left, m,
                  SIDES[i].group ? "of `allOf`, `anyOf` and `not`"
                                 : "of `field`, `value` and `count`");
        if (first && (SIDES[i].group || !p->group))
            p->kind = SIDES[i].kind;
        return;
    }
    Operator op;
    if (!find_operator(m->name, &op)) {
        report_unknown(r, p, m);
        return;
    }
    p->operator= p->op ? p->operator: op;
    take_part(r, p, &p->op, m, "operator");
}

static bool take_parts(Reader *r, const Data *d, Parts *p)
{
    *p = (Parts){0};
    for (uint32_t i = 0; i < d->count; i++)
        take_member(r, p, &d->members[i]);
    if (p->failed)
        return false;
    const DataMember *leaf = p->left ? p->left : p->op;
    if (p->group && leaf) {
        Diag *diag = read_report(r, DIAG_CONDITION_FORM, read_name_span(r, leaf), leaf->value.at,
                                 "a group of conditions cannot be a condition too");
        diag_label(r->c->diags, diag, read_name_span(r, p->group), "this makes it a group");
        diag_help(r->c->diags, diag, "make the condition one of the group's");
        return false;
    }
    if (p->group || (p->left && p->op))
        return true;
    Diag *diag = read_report(r, DIAG_CONDITION_FORM, read_span(r, d), d->at, "%s",
                             p->left ? "this condition has no operator"
                             : p->op ? "this condition has no left side"
                                     : "this condition says nothing");
    diag_help(r->c->diags, diag,
              p->left ? "add one, as `equals`" : "it begins with `field`, `value` or `count`");
    return false;
}

// --- counts ----------------------------------------------------------------------------------

enum { COUNT_FIELD, COUNT_VALUE, COUNT_NAME, COUNT_WHERE, COUNT_SLOTS };
static const char *const COUNT_NAMES[] = {"field", "value", "name", "where"};

static bool count_form(Reader *r, const Data *at, const char *message)
{
    read_report(r, DIAG_COUNT_FORM, read_span(r, at), at->at, "%s", message);
    return false;
}

static bool is_count_member(Str name)
{
    for (uint32_t i = 0; i < COUNT_SLOTS; i++)
        if (str_equal_nocase(name, str_of(COUNT_NAMES[i])))
            return true;
    return false;
}

static bool count_members(Reader *r, const Data *d, const DataMember **slots)
{
    Shape s = {"`count`", COUNT_NAMES, COUNT_SLOTS, NULL};
    MemberList extra = {0};
    for (uint32_t i = 0; i < d->count; i++) {
        const DataMember *m = &d->members[i];
        if (is_count_member(m->name))
            continue;
        read_report(r, DIAG_COUNT_FORM, read_name_span(r, m), m->value.at,
                    "a `count` has no member `%.*s`", (int)utf8_fit(m->name, 80), m->name.p);
        return false;
    }
    read_members(r, d, &s, slots, &extra);
    if (!slots[COUNT_FIELD] == !slots[COUNT_VALUE])
        return count_form(r, d, "a `count` has one of `field` and `value`");
    if (slots[COUNT_FIELD] && slots[COUNT_NAME])
        return count_form(r, &slots[COUNT_NAME]->value,
                          "only a `count` of `value` has a `name`: a field is its own");
    return true;
}

static bool read_count(Reader *r, const Data *d, Condition *c, uint32_t depth)
{
    const DataMember *slots[COUNT_SLOTS];
    if (!read_is_object(r, d, "`count`") || !count_members(r, d, slots))
        return false;
    bool field = slots[COUNT_FIELD];
    const Data *left = field ? &slots[COUNT_FIELD]->value : &slots[COUNT_VALUE]->value;
    if (field && left->kind != DATA_STRING)
        return read_wrong(r, slots[COUNT_FIELD], "a text");
    if (!field && left->kind != DATA_ARRAY && left->kind != DATA_STRING)
        return read_wrong(r, slots[COUNT_VALUE], "a list or an expression that makes one");
    c->kind = field ? CONDITION_COUNT_FIELD : CONDITION_COUNT_VALUE;
    c->left = read_value(r, left);
    if (field && c->left && c->left->kind == VALUE_STRING && !strstr(c->left->text, "[*]"))
        return count_form(r, left, "what is counted is an array: its alias has a `[*]`");
    if (slots[COUNT_NAME] && slots[COUNT_NAME]->value.kind != DATA_STRING)
        return read_wrong(r, slots[COUNT_NAME], "a text");
    if (slots[COUNT_NAME])
        c->name = read_copy(r, &slots[COUNT_NAME]->value);
    if (slots[COUNT_WHERE])
        c->where = read_condition(r, &slots[COUNT_WHERE]->value, depth + 1);
    return c->left && !c->where == !slots[COUNT_WHERE];
}

// --- conditions ------------------------------------------------------------------------------

static bool read_group(Reader *r, const DataMember *m, Condition *c, uint32_t depth)
{
    const Data *list = &m->value;
    if (list->kind != DATA_ARRAY)
        return read_wrong(r, m, "a list of conditions");
    if (!list->count)
        read_report(r, DIAG_EMPTY_GROUP, read_span(r, list), list->at,
                    "an empty `%s` is always %s, and the service may refuse it",
                    c->kind == CONDITION_ALL_OF ? "allOf" : "anyOf",
                    c->kind == CONDITION_ALL_OF ? "true" : "false");
    for (uint32_t i = 0; i < list->count; i++) {
        Condition *child = read_condition(r, &list->items[i], depth + 1);
        if (child)
            condition_push(r->arena, c, child);
    }
    return c->children.len == list->count;
}

static bool read_leaf(Reader *r, const Parts *p, Condition *c, uint32_t depth)
{
    c->op = p->operator;
    if (c->kind == CONDITION_COUNT_FIELD) {
        if (!read_count(r, &p->left->value, c, depth))
            return false;
    } else if (c->kind == CONDITION_FIELD && p->left->value.kind != DATA_STRING) {
        return read_wrong(r, p->left, "a text");
    } else {
        c->left = read_value(r, &p->left->value);
    }
    c->right = read_value(r, &p->op->value);
    return c->left && c->right;
}

static Span condition_span(const Reader *r, const Data *d, const Condition *c)
{
    bool whole =
        (c->kind == CONDITION_FIELD || c->kind == CONDITION_VALUE) && d->at != DATA_NOWHERE;
    if (!whole)
        return read_span(r, d);
    uint32_t base = r->source->base;
    return (Span){base + d->at, base + json_end(r->source->text, d->at)};
}

Condition *read_condition(Reader *r, const Data *d, uint32_t depth)
{
    Parts p;
    if (depth >= DEPTH_CONDITION) {
        read_report(r, DIAG_POLICY_TOO_DEEP, read_span(r, d), d->at,
                    "conditions cannot be nested more than %d deep", DEPTH_CONDITION);
        return NULL;
    }
    if (!read_is_object(r, d, "a condition") || !take_parts(r, d, &p))
        return NULL;
    Condition *c = ARENA_NEW(r->arena, Condition);
    c->kind = p.kind;
    bool ok;
    if (p.group && p.kind == CONDITION_NOT)
        ok = (c->child = read_condition(r, &p.group->value, depth + 1)) != NULL;
    else
        ok = p.group ? read_group(r, p.group, c, depth) : read_leaf(r, &p, c, depth);
    c->span = condition_span(r, d, c);
    return ok ? c : NULL;
}
