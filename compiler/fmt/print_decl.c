// print_decl.c - how declarations and their items look.
//
// SPDX-License-Identifier: MIT
#include "fmt/printer.h"

// --- kinds ----------------------------------------------------------------------------------------

static void print_spelling(Printer *p)
{
    print_part(p, SEP_NONE, 3);
}

static void print_kind_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const KindItem *item = node;
    switch (item->kind) {
    case KINDITEM_DEFAULT:
    case KINDITEM_LET:
        print_path(p);
        print_value(p, item->value);
        return;
    case KINDITEM_TYPE:
        print_path(p);
        token_sep(p, SEP_SPACE);
        print_type(p, item->type);
        return;
    case KINDITEM_ORDER:
        print_path(p);
        token_sep(p, SEP_SPACE);
        print_list_of(p, item->texts.len, SEP_FILL, token);
        return;
    case KINDITEM_VERSIONS:
        print_path(p);
        token_sep(p, SEP_SPACE);
        print_list_of(p, item->spellings.len, SEP_NONE, print_spelling);
        return;
    case KINDITEM_SINCE:
        print_path(p);
        print_part(p, SEP_SPACE, 1);
        return;
    case KINDITEM_MODE:
    case KINDITEM_API:
        token(p);
        return;
    }
}

static void print_kind(Printer *p, const KindDecl *k)
{
    indent(p, 2);
    print_part(p, SEP_SPACE, k->where ? 2 : 1);
    print_where(p, SEP_LINE, k->where);
    if (k->inline_parent.name) {
        print_part(p, SEP_LINE, 2);
        token(p);
        print_path(p);
    }
    indent(p, -2);
}

static void print_control(Printer *p, const void *node, uint32_t padding)
{
    (void)node;
    token(p);
    pad(p, DOC_TEXT, padding);
    print_part(p, SEP_SPACE, 1);
}

static void print_framework(Printer *p, const FrameworkDecl *d)
{
    Items items = {0};
    for (uint32_t i = 0; i < d->controls.len; i++) {
        const Control *c = &d->controls.items[i];
        Item item = {c->span, c, false, span_width(p, c->id.span)};
        vec_push(p->c->arena, &items, item);
    }
    print_block(p, &items, print_control);
}

// --- initiatives and what is deployed -------------------------------------------------------------

static void print_option(Printer *p, const Expr *object) // { effect = "deny" }
{
    if (!object)
        return;
    sep(p, SEP_SPACE);
    print_expr(p, object);
}

static void print_initiative_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const InitItem *item = node;
    switch (item->kind) {
    case INITITEM_VERSION:
    case INITITEM_CATEGORY:
        token(p);
        return;
    case INITITEM_EXTEND:
    case INITITEM_EXCLUDE:
        print_path(p);
        return;
    case INITITEM_SET:
        print_expr(p, item->place);
        print_value(p, item->value);
        return;
    case INITITEM_INCLUDE:
        if (item->builtin.text)
            print_part(p, SEP_NONE, 2);
        else
            print_path(p);
        if (item->as_name.name)
            print_part(p, SEP_SPACE, 2);
        print_option(p, item->object);
        return;
    }
}

static void print_level(Printer *p, const void *node, uint32_t padding) // warnings as errors
{
    (void)padding;
    (void)node;
    print_part(p, SEP_NONE, 2);
}

static void print_project(Printer *p, const ProjectDecl *d)
{
    Items items = {0};
    for (uint32_t i = 0; i < d->levels.len; i++) {
        const LevelItem *level = &d->levels.items[i];
        Item item = {span_join(level->what.span, level->level.span), level, false, 0};
        vec_push(p->c->arena, &items, item);
    }
    print_block(p, &items, print_level);
}

static void print_environment_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const EnvItem *item = node;
    switch (item->kind) {
    case ENVITEM_TENANT:
    case ENVITEM_STORE:
    case ENVITEM_CLOUD:
    case ENVITEM_API_VERSION:
        token(p);
        return;
    case ENVITEM_ROOT:
        print_part(p, SEP_NONE, 2);
        return;
    case ENVITEM_PROTECT:
        token_sep(p, SEP_SPACE);
        print_path(p);
        return;
    }
}

static void print_identity(Printer *p, const AsgItem *item)
{
    token(p);
    if (item->text.text)
        print_part(p, SEP_SPACE, 1);
    if (item->location.text)
        print_part(p, SEP_SPACE, 2);
}

static void print_roll_out(Printer *p, const AsgItem *item)
{
    group_open(p);
    print_part(p, SEP_NONE, item->kind == ASGITEM_ROLL_OUT_ONLY ? 1 : 3);
    indent(p, 1);
    if (item->names.len) {
        sep(p, SEP_LINE);
        token_sep(p, SEP_SPACE);
        print_words(p, item->names.len);
    }
    print_where(p, SEP_LINE, item->where);
    indent(p, -1);
    group_close(p);
}

static void print_assignment_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const AsgItem *item = node;
    switch (item->kind) {
    case ASGITEM_INITIATIVE:
        print_path(p);
        return;
    case ASGITEM_SCOPE:
        print_part(p, SEP_NONE, 2);
        return;
    case ASGITEM_ENVIRONMENT:
    case ASGITEM_EXCLUDE:
    case ASGITEM_ENFORCEMENT:
    case ASGITEM_MESSAGE:
        token(p);
        return;
    case ASGITEM_IDENTITY:
        print_identity(p, item);
        return;
    case ASGITEM_SET:
        print_expr(p, item->place);
        print_value(p, item->value);
        return;
    case ASGITEM_ROLL_OUT_ONLY:
    case ASGITEM_ROLL_OUT_OVERRIDE:
        print_roll_out(p, item);
        return;
    }
}

static void print_exemption_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const ExItem *item = node;
    switch (item->kind) {
    case EXITEM_ASSIGNMENT:
        print_path(p);
        return;
    case EXITEM_FOR:
        print_kinds_where(p, item->names.len, item->where);
        return;
    case EXITEM_SCOPE:
        print_part(p, SEP_NONE, item->word.name ? 2 : 1);
        return;
    case EXITEM_CATEGORY:
    case EXITEM_UNTIL:
    case EXITEM_TICKET:
    case EXITEM_REASON:
        token(p);
        return;
    }
}

// Of a value that looks the same afterwards, since it is one token; 0 for others.
static uint32_t row_width(const Printer *p, const TestRow *row)
{
    static const ExprKind ONE_TOKEN[] = {EXPR_STRING, EXPR_INT,  EXPR_FLOAT, EXPR_VERSION,
                                         EXPR_BOOL,   EXPR_NULL, EXPR_NAME};
    const Expr *value = row->value;
    if (p->file->source->text.p[value->span.start - p->file->source->base] == '(')
        return 0;
    if (value->kind == EXPR_NEGATE)
        return 1 + span_width(p, value->operand->span);
    for (size_t i = 0; i < sizeof ONE_TOKEN / sizeof *ONE_TOKEN; i++) {
        if (value->kind == ONE_TOKEN[i])
            return span_width(p, value->span);
    }
    return 0;
}

// A row a line, the verdicts in a column.
static void print_rows(Printer *p, const TestRows *rows)
{
    uint32_t column = 0;
    for (uint32_t i = 0; i < rows->len; i++) {
        uint32_t width = row_width(p, &rows->items[i]);
        column = width > column ? width : column;
    }
    token(p);
    indent(p, 1);
    for (uint32_t i = 0; i < rows->len; i++) {
        uint32_t width = row_width(p, &rows->items[i]);
        sep(p, i == 0 ? SEP_HARD : SEP_ITEM);
        print_expr(p, rows->items[i].value);
        token(p);
        pad(p, DOC_TEXT, width ? column - width : 0);
        print_part(p, SEP_SPACE, 1);
    }
    outdent_closing(p, SEP_HARD);
    token(p);
}

static void print_test_item(Printer *p, const void *node, uint32_t padding)
{
    (void)padding;
    const TestItem *item = node;
    switch (item->kind) {
    case TESTITEM_GIVEN:
        token_sep(p, SEP_SPACE);
        print_expr(p, item->object);
        return;
    case TESTITEM_GIVEN_FROM:
        print_part(p, SEP_NONE, 3);
        return;
    case TESTITEM_RELATED:
        token(p);
        print_name_index(p, item->name);
        sep(p, SEP_SPACE);
        print_expr(p, item->object);
        return;
    case TESTITEM_WITH:
        print_expr(p, item->place);
        print_value(p, item->value);
        return;
    case TESTITEM_EXPECT_VERDICT:
        print_path(p);
        print_part(p, SEP_SPACE, 1);
        return;
    case TESTITEM_EXPECT_SETS:
        print_path(p);
        print_part(p, SEP_SPACE, 1);
        sep(p, SEP_SPACE);
        print_expr(p, item->place);
        print_value(p, item->value);
        return;
    case TESTITEM_EXPECT_DEPLOYS:
        print_path(p);
        print_part(p, SEP_SPACE, 2);
        return;
    case TESTITEM_EXPECT_TABLE:
        print_path(p);
        print_part(p, SEP_SPACE, 1);
        sep(p, SEP_SPACE);
        print_expr(p, item->place);
        sep(p, SEP_SPACE);
        print_rows(p, &item->rows);
        return;
    }
}

// --- declarations ---------------------------------------------------------------------------------

static void print_use(Printer *p, const UseDecl *u)
{
    sep(p, SEP_SPACE);
    print_path(p);
    if (u->as_name.name)
        print_part(p, SEP_SPACE, 2);
    if (u->names.len == 0)
        return;
    sep(p, SEP_SPACE);
    token(p);
    print_words(p, u->names.len);
    token(p);
}

// The description goes to a line of its own where all does not fit on one, but
// stays at the bracket that ends a value.
static void print_param(Printer *p, const ParamDecl *d)
{
    token_sep(p, SEP_SPACE);
    print_type(p, d->type);
    if (d->initial)
        print_value(p, d->initial);
    if (!d->description.text)
        return;
    bool bracket = d->initial && (d->initial->kind == EXPR_LIST || d->initial->kind == EXPR_OBJECT);
    indent(p, 1);
    print_part(p, bracket ? SEP_SPACE : SEP_LINE, 1);
    indent(p, -1);
}

static void print_define(Printer *p, const DefineDecl *d)
{
    if (d->parameters.len) {
        token(p);
        print_words(p, d->parameters.len);
        token(p);
    }
    print_value(p, d->body);
}

// The head, all of a declaration that has no block.
static void print_head(Printer *p, const Decl *d)
{
    switch (d->kind) {
    case DECL_USE:
        print_use(p, d->use);
        return;
    case DECL_KIND:
        print_kind(p, d->kind_decl);
        return;
    case DECL_KINDS:
        print_part(p, SEP_SPACE, 1);
        sep(p, SEP_SPACE);
        print_words(p, d->kinds->len);
        return;
    case DECL_PARAM:
        print_param(p, d->param);
        return;
    case DECL_LET:
    case DECL_DEFINE:
        print_define(p, d->define);
        return;
    case DECL_FRAMEWORK:
    case DECL_REQUIREMENT:
    case DECL_INITIATIVE:
    case DECL_PROJECT:
    case DECL_ENVIRONMENT:
    case DECL_ASSIGNMENT:
    case DECL_EXEMPTION:
    case DECL_TEST:
        return;
    }
}

static void print_items(Printer *p, const Decl *d)
{
    switch (d->kind) {
    case DECL_KIND:
        if (token_is(p, "{"))
            PRINT_ITEMS(p, d->kind_decl->items, print_kind_item);
        return;
    case DECL_FRAMEWORK:
        print_framework(p, d->framework);
        return;
    case DECL_REQUIREMENT:
        print_requirement(p, d->requirement);
        return;
    case DECL_INITIATIVE:
        PRINT_ITEMS(p, d->initiative->items, print_initiative_item);
        return;
    case DECL_PROJECT:
        print_project(p, d->project);
        return;
    case DECL_ENVIRONMENT:
        PRINT_ITEMS(p, d->environment->items, print_environment_item);
        return;
    case DECL_ASSIGNMENT:
        PRINT_ITEMS(p, d->assignment->items, print_assignment_item);
        return;
    case DECL_EXEMPTION:
        PRINT_ITEMS(p, d->exemption->items, print_exemption_item);
        return;
    case DECL_TEST:
        PRINT_ITEMS(p, d->test->items, print_test_item);
        return;
    case DECL_USE:
    case DECL_KINDS:
    case DECL_PARAM:
    case DECL_LET:
    case DECL_DEFINE:
        return;
    }
}

void print_decl(Printer *p, const Decl *d)
{
    group_open(p);
    token(p);
    if (d->name.name)
        print_part(p, SEP_SPACE, 1);
    if (d->title.text)
        print_part(p, SEP_SPACE, 1);
    print_head(p, d);
    group_close(p);
    print_items(p, d);
}
