// index.c - which policies to ask about a resource: by the types their rules test.
//
// SPDX-License-Identifier: MIT
#include "base/hash.h"
#include "eval/internal.h"

// --- the types a rule can hold for ---------------------------------------------------------------

typedef struct Types { // a set of types, or all there are
    bool any;
    VEC(const char *) names;
} Types;

static bool has(const Types *t, const char *name)
{
    for (uint32_t i = 0; i < t->names.len; i++)
        if (str_equal_nocase(str_of(t->names.items[i]), str_of(name)))
            return true;
    return false;
}

static Types of_data(Arena *a, const Data *d)
{
    Types t = {0};
    uint32_t count = d->kind == DATA_ARRAY ? d->count : 1;
    for (uint32_t i = 0; i < count; i++) {
        const Data *item = d->kind == DATA_ARRAY ? &d->items[i] : d;
        if (item->kind != DATA_STRING || item->count == 0)
            return (Types){.any = true};
        const char *name = arena_copy(a, item->text, item->count);
        if (!has(&t, name))
            vec_push(a, &t.names, name);
    }
    return t;
}

static Types of_leaf(Arena *a, const Node *n, bool negated)
{
    bool tests = n->kind == CONDITION_FIELD && n->narrows && n->field->kind == FIELD_TYPE &&
                 n->right->kind == TERM_DATA;
    bool equal = n->op == OPERATOR_EQUALS || n->op == OPERATOR_IN;
    bool different = n->op == OPERATOR_NOT_EQUALS || n->op == OPERATOR_NOT_IN;
    bool list = n->op == OPERATOR_IN || n->op == OPERATOR_NOT_IN;
    if (!tests || !(negated ? different : equal) || (!list && n->right->data.kind == DATA_ARRAY))
        return (Types){.any = true};
    return of_data(a, &n->right->data);
}

static Types both(Arena *a, const Types *x, const Types *y)
{
    if (x->any || y->any)
        return x->any ? *y : *x;
    Types t = {0};
    for (uint32_t i = 0; i < x->names.len; i++)
        if (has(y, x->names.items[i]))
            vec_push(a, &t.names, x->names.items[i]);
    return t;
}

static Types either(Arena *a, const Types *x, const Types *y)
{
    if (x->any || y->any)
        return (Types){.any = true};
    Types t = {0};
    for (uint32_t i = 0; i < x->names.len; i++)
        vec_push(a, &t.names, x->names.items[i]);
    for (uint32_t i = 0; i < y->names.len; i++)
        if (!has(x, y->names.items[i]))
            vec_push(a, &t.names, y->names.items[i]);
    return t;
}

// What is not a group asks of no type: the leaves below a `not` are the same with it turned round.
static Types types_of(Arena *a, const Node *n, bool negated)
{
    if (n->kind == CONDITION_NOT)
        return types_of(a, n->children[0], !negated);
    if (n->kind != CONDITION_ALL_OF && n->kind != CONDITION_ANY_OF)
        return of_leaf(a, n, negated);
    bool all = (n->kind == CONDITION_ALL_OF) != negated;
    Types t = {.any = all || n->count == 0};
    for (uint32_t i = 0; i < n->count; i++) {
        Types child = types_of(a, n->children[i], negated);
        t = all ? both(a, &t, &child) : either(a, &t, &child);
    }
    return t;
}

void prepare_types(Prepare *p)
{
    Types t = types_of(p->arena, p->policy->condition, false);
    if (t.any)
        return;
    bool *lack = ARENA_ARRAY(p->arena, bool, t.names.len + 1);
    for (uint32_t i = 0; i < t.names.len; i++)
        lack[i] = type_lacks(p->policy->catalog, p->arena, str_of(t.names.items[i]));
    p->policy->types_lack = lack;
    p->policy->types = t.names.items;
    p->policy->type_count = t.names.len;
}

uint32_t eval_types(const EvalPolicy *p, const char *const **ret_types)
{
    *ret_types = p->types;
    return p->type_count;
}

// --- the index -----------------------------------------------------------------------------------

typedef struct Bucket {
    Str type;
    VEC(uint32_t) numbers;
} Bucket;

struct EvalIndex {
    Bucket *slots; // open addressing
    uint32_t mask;
    Bucket others; // for types no rule names
};

static Bucket *slot_of(const EvalIndex *x, Str type)
{
    uint64_t h = hash_nocase(type);
    for (;; h++) {
        Bucket *b = &x->slots[h & x->mask];
        if (!b->type.p || str_equal_nocase(b->type, type))
            return b;
    }
}

static void fill(EvalIndex *x, Arena *a, EvalPolicy *const *policies, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const EvalPolicy *p = policies[i];
        for (uint32_t k = 0; k < p->type_count; k++) {
            Bucket *b = slot_of(x, str_of(p->types[k]));
            if (b->numbers.len == 0 || b->numbers.items[b->numbers.len - 1] != i)
                vec_push(a, &b->numbers, i);
        }
        if (p->type_count)
            continue;
        vec_push(a, &x->others.numbers, i);
        for (uint32_t s = 0; s <= x->mask; s++)
            if (x->slots[s].type.p)
                vec_push(a, &x->slots[s].numbers, i);
    }
}

EvalIndex *eval_index(Arena *a, EvalPolicy *const *policies, uint32_t count)
{
    EvalIndex *x = ARENA_NEW(a, EvalIndex);
    uint32_t types = 0, slots = 16;
    for (uint32_t i = 0; i < count; i++)
        types += policies[i]->type_count;
    while (slots < types * 2)
        slots *= 2;
    x->slots = ARENA_ARRAY(a, Bucket, slots);
    x->mask = slots - 1;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < policies[i]->type_count; k++) {
            Str type = str_of(policies[i]->types[k]);
            slot_of(x, type)->type = type;
        }
    fill(x, a, policies, count);
    return x;
}

uint32_t eval_candidates(const EvalIndex *i, Str type, const uint32_t **ret_numbers)
{
    const Bucket *b = type.n ? slot_of(i, type) : &i->others;
    if (!b->type.p)
        b = &i->others;
    *ret_numbers = b->numbers.items;
    return b->numbers.len;
}
