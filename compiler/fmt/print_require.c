// print_require.c - how requirements and their clauses look.
//
// SPDX-License-Identifier: MIT
#include "fmt/printer.h"

static void print_roles(Printer *p, const Remedy *r)
{
    if (r->roles.len == 0)
        return;
    sep(p, r->place ? SEP_LINE : SEP_SPACE); // after the brace of an object
    print_part(p, SEP_NONE, 2);
    sep(p, SEP_SPACE);
    print_words(p, r->roles.len);
}

static void print_deploy(Printer *p, const Remedy *r)
{
    token_sep(p, SEP_SPACE);
    print_expr(p, r->name);
    sep(p, SEP_SPACE);
    print_expr(p, r->object);
    if (r->at.name)
        print_part(p, SEP_SPACE, 4);
}

static void print_admission(Printer *p, const Admission *a) // constraint at "…" { … }
{
    token_sep(p, SEP_SPACE);
    token_sep(p, SEP_SPACE);
    if (a->address)
        print_expr(p, a->address);
    else
        token(p);
    if (a->settings) {
        sep(p, SEP_SPACE);
        print_expr(p, a->settings);
    }
}

static void print_remedy(Printer *p, const Remedy *r)
{
    group_open(p);
    if (r->op == REMEDY_MUTATE)
        print_admission(p, r->mutation);
    else
        token_sep(p, SEP_SPACE);
    if (r->op == REMEDY_DEPLOY)
        print_deploy(p, r);
    else if (r->place)
        print_expr(p, r->place);
    if (r->value)
        print_value(p, r->value);
    indent(p, 1);
    if (r->when) {
        sep(p, SEP_LINE);
        token_sep(p, SEP_SPACE);
        print_expr(p, r->when);
    }
    print_roles(p, r);
    indent(p, -1);
    group_close(p);
}

static void print_related(Printer *p, const Related *r)
{
    group_open(p);
    token_sep(p, SEP_SPACE);
    token(p);
    print_name_index(p, r->name);
    print_part(p, SEP_SPACE, 1);
    if (r->at.name)
        print_part(p, SEP_SPACE, 2);
    if (r->group) {
        print_part(p, SEP_SPACE, 1);
        sep(p, SEP_SPACE);
        print_expr(p, r->group);
    }
    if (r->condition)
        print_body(p, r->condition);
    group_close(p);
}

static void print_attest(Printer *p, const Clause *c)
{
    group_open(p);
    token(p);
    indent(p, 1);
    if (c->attest.evidence.text)
        print_part(p, SEP_LINE, 2);
    if (c->attest.every)
        print_part(p, SEP_LINE, 2);
    if (c->attest.state.name)
        print_part(p, SEP_LINE, 2);
    indent(p, -1);
    group_close(p);
}

static void print_clause(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const Clause *c = node;
    switch (c->kind) {
    case CLAUSE_REQUIRE:
        print_expr(p, c->condition);
        return;
    case CLAUSE_RELATED:
        print_related(p, c->related);
        return;
    case CLAUSE_CONSTRAINT:
        print_admission(p, c->constraint);
        return;
    case CLAUSE_FORBID:
        print_part(p, SEP_NONE, c->forbid.cascade.name ? 3 : 1);
        return;
    case CLAUSE_ATTEST:
        print_attest(p, c);
        return;
    case CLAUSE_JOIN:
        print_expr(p, c->group);
        return;
    case CLAUSE_MESSAGE:
    case CLAUSE_DELAY:
    case CLAUSE_CONFLICT:
        token(p);
        return;
    case CLAUSE_REMEDY:
        print_remedy(p, c->remedy);
        return;
    }
}

// With a comma after each control, as most people write lists.
static void print_satisfies(Printer *p, const ReqItem *item)
{
    indent(p, 1);
    for (uint32_t i = 0; i < item->satisfies.len; i++) {
        if (token_is_kind(p, LEXEME_NAME))
            token_sep(p, SEP_SPACE);
        token(p);
        if (i + 1 == item->satisfies.len)
            break;
        text(p, DOC_TEXT, ",");
        sep(p, SEP_FILL);
        if (token_is(p, ","))
            token_skip(p);
    }
    indent(p, -1);
}

static void print_for(Printer *p, const ForBlock *block)
{
    print_kinds_where(p, block->kinds.len, block->where);
    PRINT_ITEMS(p, block->clauses, print_clause);
}

static void print_requirement_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const ReqItem *item = node;
    switch (item->kind) {
    case REQITEM_SEVERITY:
    case REQITEM_WHY:
    case REQITEM_ID:
    case REQITEM_MODE:
    case REQITEM_VERSION:
        token(p);
        return;
    case REQITEM_METADATA:
        print_expr(p, item->object);
        return;
    case REQITEM_SATISFIES:
        print_satisfies(p, item);
        return;
    case REQITEM_EFFECT:
        print_list_of(p, item->effects.len, SEP_FILL, token);
        return;
    case REQITEM_FOR:
        print_for(p, item->block);
        return;
    }
}

void print_requirement(Printer *p, const RequirementDecl *d)
{
    Items items = {0};
    for (uint32_t i = 0; i < d->items.len; i++) {
        const ReqItem *item = &d->items.items[i];
        vec_push(p->c->arena, &items, ((Item){item->span, item, item->kind == REQITEM_FOR, 0}));
    }
    print_block(p, &items, print_requirement_item);
}
