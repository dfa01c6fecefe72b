// test_given.c - what a test gives around a resource: the request, its group, its
// subscription, and what stands beside it.
//
// spec: tests, what is given.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"
#include "sema/module.h"
#include "sema/requirement.h"

static const char *const REQUEST_KEYS[] = {"apiVersion", "claims", "time", NULL};
static const char *const GROUP_KEYS[] = {"id", "name", "location", "tags", "managedBy", NULL};
static const char *const SUBSCRIPTION_KEYS[] = {"id", "subscriptionId", "displayName", "tags",
                                                NULL};

static const struct {
    const char *word;
    const char *const *keys;
} FACTS[] = {
    {"request", REQUEST_KEYS},
    {"resource_group", GROUP_KEYS},
    {"subscription", SUBSCRIPTION_KEYS},
};

static const char *const *fact_keys(Name word)
{
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        if (strcmp(word, FACTS[i].word) == 0)
            return FACTS[i].keys;
    }
    return NULL;
}

bool test_is_fact(Name word)
{
    return fact_keys(word) != NULL;
}

// Claims are any object, tags a table of texts, all others texts.
static const Type *type_of_key(Arena *a, const char *key)
{
    bool tags = strcmp(key, "tags") == 0;
    if (!tags && strcmp(key, "claims") != 0)
        return type_simple(TYPE_STRING);
    Type *table = ARENA_NEW(a, Type);
    *table = (Type){.kind = TYPE_TABLE, .element = type_simple(tags ? TYPE_STRING : TYPE_ANY)};
    return table;
}

// null: there is none.
static void check_entry(Program *p, Elaborator *e, const Entry *entry)
{
    if (entry->value->kind == EXPR_NULL)
        return;
    Arena *a = p->compilation->arena;
    const TExpr *value = elaborate_constant(e, entry->value, type_of_key(a, entry->key.name));
    bool time = strcmp(entry->key.name, "time") == 0 && value->kind == TX_STRING;
    if (!time || instant_text(a, value->text))
        return;
    Diag *d = diag_report(p->compilation->diags, DIAG_BAD_DATE, entry->value->span,
                          "`%s` is not an instant", value->text);
    diag_help(p->compilation->diags, d, "write \"2027-03-31T18:00:00Z\"");
}

void test_check_fact(Program *p, Elaborator *e, const TestItem *item)
{
    const Expr *object = item->object;
    const char *const *keys = fact_keys(item->word.name);
    for (uint32_t i = 0; object && object->kind == EXPR_OBJECT && i < object->entries->len; i++) {
        const Entry *entry = &object->entries->items[i];
        if (check_choice(p, entry->key, "a fact that can be given", keys) != CHOICE_NONE)
            check_entry(p, e, entry);
    }
}

static bool block_asks_for(Program *p, Module *m, const ForBlock *block, const KindInfo *kind)
{
    for (uint32_t i = 0; i < block->clauses.len; i++) {
        const Clause *c = &block->clauses.items[i];
        if (c->kind != CLAUSE_RELATED)
            continue;
        Symbol *s = module_lookup(m, c->related->kind.name);
        const KindInfo *asked = s && s->kind == SYMBOL_KIND ? kind_of_symbol(p, s) : NULL;
        if (!asked || !asked->type || !kind->type || kind_is_type(asked, kind->type))
            return true;
    }
    return false;
}

bool requirement_asks_for(Program *p, const Symbol *requirement, const KindInfo *kind)
{
    const RequirementDecl *d = requirement->decl->requirement;
    for (uint32_t i = 0; i < d->items.len; i++) {
        if (d->items.items[i].kind == REQITEM_FOR &&
            block_asks_for(p, requirement->module, d->items.items[i].block, kind))
            return true;
    }
    return false;
}
