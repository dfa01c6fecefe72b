// contradiction.c - requirements of one initiative that no resource can satisfy together.
//
// spec: deployment, contradictions. Only what is certain is reported: what two
// members ask of one property of one type, whatever else holds, has nothing in
// common.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

typedef struct Demand { // what a member asks of a property
    const IncludeInfo *include;
    const char *type, *field;
    VEC(const Value *) values;
    bool listed;  // one of these values; else none of them
    bool missing; // or that it is missing
} Demand;
typedef VEC(Demand) Demands;

typedef struct Search {
    Program *program;
    Arena *arena;
    const IncludeInfo *include;
    Map places; // "type field" without case → Demands *
} Search;

// --- what a rule asks for ----------------------------------------------------------------------

static bool is_literal(const Value *v)
{
    return v->kind == VALUE_STRING || v->kind == VALUE_BOOL || v->kind == VALUE_INT;
}

static bool take_values(Search *s, const Value *right, Demand *ret)
{
    if (right->kind != VALUE_ARRAY) {
        vec_push(s->arena, &ret->values, right);
        return is_literal(right);
    }
    for (uint32_t i = 0; i < right->items.len; i++) {
        if (!is_literal(right->items.items[i]))
            return false;
        vec_push(s->arena, &ret->values, right->items.items[i]);
    }
    return true;
}

// The opposite of a violation; false where it is not about the values of one property.
static bool demand_of_leaf(Search *s, const Condition *c, Demand *ret)
{
    if (c->kind != CONDITION_FIELD || c->left->kind != VALUE_STRING)
        return false;
    *ret = (Demand){.include = s->include, .field = c->left->text};
    bool absent = c->op == OPERATOR_EXISTS && c->right->kind == VALUE_BOOL && !c->right->truth;
    if (c->op == OPERATOR_EXISTS) {
        ret->listed = ret->missing = !absent;
        return c->right->kind == VALUE_BOOL;
    }
    bool unlike = c->op == OPERATOR_NOT_EQUALS || c->op == OPERATOR_NOT_IN;
    ret->listed = unlike; // a missing value is unlike every other
    ret->missing = !unlike;
    return (unlike || c->op == OPERATOR_EQUALS || c->op == OPERATOR_IN) &&
           take_values(s, c->right, ret);
}

// exists true, and the value is wrong: a missing one is not
static bool demand_of_pair(Search *s, const Condition *exists, const Condition *c, Demand *ret)
{
    Demand there;
    if (!demand_of_leaf(s, exists, &there) || exists->op != OPERATOR_EXISTS || !there.missing ||
        !demand_of_leaf(s, c, ret) || strcmp(there.field, ret->field) != 0)
        return false;
    ret->missing = true;
    return true;
}

// --- two of them -------------------------------------------------------------------------------

static bool may_equal(const Value *a, const Value *b)
{
    if (a->kind != b->kind)
        return true; // Azure compares a text and a number as it sees fit
    if (a->kind == VALUE_STRING)
        return str_equal_nocase(str_of(a->text), str_of(b->text));
    return value_equal(a, b);
}

static bool has_value(const Demand *d, const Value *v)
{
    for (uint32_t i = 0; i < d->values.len; i++) {
        if (may_equal(d->values.items[i], v))
            return true;
    }
    return false;
}

static bool agree(const Demand *a, const Demand *b)
{
    if ((a->missing && b->missing) || (!a->listed && !b->listed))
        return true;
    const Demand *list = a->listed ? a : b, *other = a->listed ? b : a;
    for (uint32_t i = 0; i < list->values.len; i++) {
        if (has_value(other, list->values.items[i]) == other->listed)
            return true;
    }
    return false;
}

static void report(Search *s, const Demand *first, const Demand *second)
{
    Diags *ds = s->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_CONTRADICTION, second->include->span,
                          "no resource can satisfy both `%s` and `%s`", first->include->reference,
                          second->include->reference);
    if (first->include->span.start != second->include->span.start)
        diag_label(ds, d, first->include->span, "`%s` is included here", first->include->reference);
    const char *property = strrchr(first->field, '/');
    diag_note(ds, d, "on `%s` they want different things of `%s`", first->type,
              property ? property + 1 : first->field);
    diag_help(ds, d, "exclude one of them, or set its effect to `disabled`");
}

static bool same(const Demand *a, const Demand *b)
{
    bool alike =
        a->listed == b->listed && a->missing == b->missing && a->values.len == b->values.len;
    for (uint32_t i = 0; alike && i < a->values.len; i++)
        alike = value_equal(a->values.items[i], b->values.items[i]);
    return alike;
}

static void add_demand(Search *s, const char *type, Demand *d)
{
    d->type = type;
    char *key = arena_printf(s->arena, "%s %s", type, d->field);
    for (char *c = key; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    }
    Name name = intern_str(s->program->compilation->names, key);
    Demands *list = map_get(&s->places, name);
    if (!list) {
        list = ARENA_NEW(s->arena, Demands);
        map_put(&s->places, s->arena, name, list);
    }
    for (uint32_t i = 0; i < list->len; i++) {
        if (same(&list->items[i], d))
            return; // what it contradicts has been said
    }
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->items[i].include != d->include && !agree(&list->items[i], d)) {
            report(s, &list->items[i], d);
            break;
        }
    }
    vec_push(s->arena, list, *d);
}

// --- the rules ---------------------------------------------------------------------------------

// One way to violate the requirement.
static void take_way(Search *s, const char *type, const Condition *c)
{
    Demand d;
    bool pair = c->kind == CONDITION_ALL_OF && c->children.len == 2;
    if (pair ? demand_of_pair(s, c->children.items[0], c->children.items[1], &d)
             : demand_of_leaf(s, c, &d))
        add_demand(s, type, &d);
}

// type, and one way to violate it, or any of several; with more it depends on more.
static void take_type(Search *s, const char *type, const Condition *c)
{
    const Condition *rest = c->children.items[1];
    Demand d;
    if (c->children.len == 2 && rest->kind == CONDITION_ANY_OF) {
        for (uint32_t i = 0; i < rest->children.len; i++)
            take_way(s, type, rest->children.items[i]);
    } else if (c->children.len == 2) {
        take_way(s, type, rest);
    } else if (c->children.len == 3 && demand_of_pair(s, rest, c->children.items[2], &d)) {
        add_demand(s, type, &d);
    }
}

static void take_branch(Search *s, const Condition *c)
{
    Demand types;
    if (c->kind != CONDITION_ALL_OF || c->children.len < 2 ||
        !demand_of_leaf(s, c->children.items[0], &types) || strcmp(types.field, "type") != 0)
        return;
    for (uint32_t i = 0; i < types.values.len; i++) // a rule is about these: equals, or in
        take_type(s, types.values.items[i]->text, c);
}

static void take_definition(Search *s, const PolicyDefinition *d)
{
    if (d->details.kind != DETAILS_NONE && d->details.kind != DETAILS_APPEND &&
        d->details.kind != DETAILS_MODIFY)
        return; // its rule does not say what must hold
    const Condition *c = d->condition;
    if (c->kind != CONDITION_ANY_OF) {
        take_branch(s, c);
        return;
    }
    for (uint32_t i = 0; i < c->children.len; i++)
        take_branch(s, c->children.items[i]);
}

static bool is_disabled(Search *s, const IncludeInfo *include)
{
    Name effect = intern_str(s->program->compilation->names, "effect");
    const SetValue *v = value_find(include->values.items, include->values.len, effect);
    return v && v->value && strcmp(v->value->text, effect_text(EFFECT_DISABLED)) == 0;
}

void check_contradictions(Program *p, const InitiativeInfo *initiative)
{
    Arena *scratch = arena_new();
    Search s = {.program = p, .arena = scratch};
    for (uint32_t i = 0; i < initiative->includes.len; i++) {
        s.include = initiative->includes.items[i];
        const LoweredRequirement *r =
            s.include->requirement ? s.include->requirement->requirement->lowered : NULL;
        for (uint32_t k = 0; r && !is_disabled(&s, s.include) && k < r->definitions.len; k++)
            take_definition(&s, r->definitions.items[k].definition);
    }
    arena_free(scratch);
}
