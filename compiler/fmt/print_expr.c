// print_expr.c - how expressions and types look.
//
// A chain of operators breaks before each of them, what follows a colon goes to
// its own line; brackets are broken where the author broke after the opening
// one, or where their content does not fit.
//
// SPDX-License-Identifier: MIT
#include "fmt/printer.h"

void print_words(Printer *p, uint32_t count)
{
    indent(p, 1);
    for (uint32_t i = 0; i < count; i++) {
        token(p);
        if (i + 1 < count)
            token_sep(p, SEP_FILL);
    }
    indent(p, -1);
}

void print_path(Printer *p)
{
    token(p);
    while (token_is(p, ".") || token_is(p, "[*]")) {
        bool dot = token_is(p, ".");
        token(p);
        if (dot)
            token(p);
    }
}

// --- parentheses ----------------------------------------------------------------------------------

typedef enum Left { // what an expression begins with
    LEFT_TOKEN,
    LEFT_OPERAND, // of the union's first member
    LEFT_CHAIN,   // the first of its operands
} Left;

typedef struct Form {
    void (*print)(Printer *p, const Expr *e);
    Left left;
    bool atom;
} Form;

static const Form *form_of(const Expr *e);

// Whether the next token is a parenthesis around the whole of `e`.
static bool in_parentheses(const Printer *p, const Expr *e)
{
    const Form *form = form_of(e);
    if (!token_is(p, "("))
        return false;
    if (form->left == LEFT_TOKEN)
        return true;
    const Expr *left = form->left == LEFT_CHAIN ? e->operands->items[0] : e->left;
    return token_start(p) < left->span.start;
}

// Kept as written, except that one pair is enough. Recursive within LIMIT_NESTING.
void print_expr(Printer *p, const Expr *e)
{
    uint32_t pairs = 0;
    for (; in_parentheses(p, e); pairs++) {
        if (pairs == 0)
            token(p);
        else
            token_skip(p);
    }
    form_of(e)->print(p, e);
    for (; pairs > 1; pairs--)
        token_skip(p);
    if (pairs)
        token(p);
}

// --- brackets -------------------------------------------------------------------------------------

static void bracket_begin(Printer *p, Separator s)
{
    group_open(p);
    uint32_t group = p->doc.ops.len - 1;
    token(p);
    if (token_fresh(p) && (s == SEP_SOFT || s == SEP_LINE))
        p->doc.ops.items[group].n = 1;
    indent(p, 1);
    sep(p, s);
}

static void bracket_end(Printer *p, Separator s)
{
    outdent_closing(p, s);
    token(p);
    group_close(p);
}

static bool is_bracket(const Expr *e)
{
    return e->kind == EXPR_LIST || e->kind == EXPR_OBJECT;
}

// [{ … }]: a bracket alone in another one shares its lines.
static void print_only_bracket(Printer *p, const Expr *e)
{
    token(p);
    print_expr(p, e);
    if (token_is(p, ","))
        token_skip(p);
    token(p);
}

// Simple elements fill their lines, others stand one to a line.
static void print_elements(Printer *p, const Exprs *items, const char *last_comma)
{
    bool atoms = true;
    if (items->len == 1 && is_bracket(items->items[0])) {
        print_only_bracket(p, items->items[0]);
        return;
    }
    for (uint32_t i = 0; i < items->len; i++)
        atoms &= form_of(items->items[i])->atom;
    bracket_begin(p, items->len ? SEP_SOFT : SEP_NONE);
    for (uint32_t i = 0; i < items->len; i++) {
        print_expr(p, items->items[i]);
        if (i + 1 < items->len) {
            token_sep(p, atoms ? SEP_FILL : SEP_LINE);
            continue;
        }
        text(p, DOC_BROKEN_TEXT, last_comma);
        if (token_is(p, ","))
            token_skip(p);
    }
    bracket_end(p, items->len ? SEP_SOFT : SEP_NONE);
}

// Where a list has several lines the last one ends in a comma, too.
static void print_list(Printer *p, const Expr *e)
{
    print_elements(p, e->operands, ",");
}

static void print_call(Printer *p, const Expr *e)
{
    print_expr(p, e->callee);
    print_elements(p, e->arguments, "");
}

static void print_entry(Printer *p, const Entry *entry, uint32_t column)
{
    token(p);
    pad(p, DOC_BROKEN_TEXT, column - span_width(p, entry->key.span));
    sep(p, SEP_SPACE);
    token_sep(p, SEP_SPACE);
    print_expr(p, entry->value);
}

// Commas between entries on one line; values in a column where each has its own.
static void print_object(Printer *p, const Expr *e)
{
    uint32_t column = 0;
    for (uint32_t i = 0; i < e->entries->len; i++) {
        uint32_t width = span_width(p, e->entries->items[i].key.span);
        column = width > column ? width : column;
    }
    bracket_begin(p, e->entries->len ? SEP_LINE : SEP_SPACE);
    for (uint32_t i = 0; i < e->entries->len; i++) {
        print_entry(p, &e->entries->items[i], column);
        if (i + 1 < e->entries->len)
            text(p, DOC_FLAT_TEXT, ",");
        if (token_is(p, ","))
            token_skip(p);
        if (i + 1 < e->entries->len)
            sep(p, SEP_LINE);
    }
    bracket_end(p, e->entries->len ? SEP_LINE : SEP_SPACE);
}

// --- operators ------------------------------------------------------------------------------------

static void print_operands(Printer *p, const Expr *e, int levels)
{
    group_open(p);
    indent(p, levels);
    for (uint32_t i = 0; i < e->operands->len; i++) {
        if (i > 0) {
            sep(p, SEP_LINE);
            token_sep(p, SEP_SPACE);
        }
        print_expr(p, e->operands->items[i]);
    }
    indent(p, -levels);
    group_close(p);
}

static void print_implications(Printer *p, const Expr *e, int levels)
{
    group_open(p);
    indent(p, levels);
    for (;;) {
        print_expr(p, e->left);
        sep(p, SEP_LINE);
        token_sep(p, SEP_SPACE);
        if (e->right->kind != EXPR_IMPLIES || in_parentheses(p, e->right))
            break;
        e = e->right;
    }
    print_expr(p, e->right);
    indent(p, -levels);
    group_close(p);
}

static void print_chain(Printer *p, const Expr *e)
{
    print_operands(p, e, 1);
}

static void print_implies(Printer *p, const Expr *e)
{
    print_implications(p, e, 1);
}

// The line ends before the operator where what follows does not fit; a bracket
// opens on the line of its operator.
static void print_binary(Printer *p, const Expr *e)
{
    print_expr(p, e->left);
    group_begin(p, is_bracket(e->right) ? SEP_SPACE : SEP_LINE);
    indent(p, 1);
    token_sep(p, SEP_SPACE);
    indent(p, -1);
    print_expr(p, e->right);
    group_close(p);
}

static void print_not(Printer *p, const Expr *e)
{
    token_sep(p, SEP_SPACE);
    print_expr(p, e->operand);
}

static void print_is(Printer *p, const Expr *e)
{
    print_expr(p, e->operand);
    sep(p, SEP_SPACE);
    token_sep(p, SEP_SPACE);
    token(p);
}

// What follows a colon stands on its own line where the whole does not fit on
// one; a chain of operators then needs no indentation of its own.
void print_body(Printer *p, const Expr *e)
{
    token(p);
    indent(p, 1);
    sep(p, SEP_LINE);
    if ((e->kind == EXPR_AND || e->kind == EXPR_OR) && !in_parentheses(p, e))
        print_operands(p, e, 0);
    else if (e->kind == EXPR_IMPLIES && !in_parentheses(p, e))
        print_implications(p, e, 0);
    else
        print_expr(p, e);
    indent(p, -1);
}

static void print_binders(Printer *p, const QuantifierExpr *q) // x in A, k, v in A
{
    token(p);
    if (q->second.name) {
        token_sep(p, SEP_SPACE);
        token(p);
    }
    sep(p, SEP_SPACE);
    token_sep(p, SEP_SPACE);
    print_expr(p, q->collection);
}

static void print_quantifier(Printer *p, const Expr *e)
{
    group_open(p);
    token_sep(p, SEP_SPACE);
    print_binders(p, e->quantifier);
    print_body(p, e->quantifier->body);
    group_close(p);
}

static void print_count(Printer *p, const Expr *e)
{
    token(p);
    group_open(p);
    token(p);
    if (e->quantifier->body) {
        print_binders(p, e->quantifier);
        print_body(p, e->quantifier->body);
    } else {
        print_expr(p, e->quantifier->collection);
    }
    token(p);
    group_close(p);
}

static void print_if(Printer *p, const Expr *e)
{
    group_open(p);
    token_sep(p, SEP_SPACE);
    print_expr(p, e->condition);
    indent(p, 1);
    for (int i = 0; i < 2; i++) {
        sep(p, SEP_LINE);
        token_sep(p, SEP_SPACE);
        print_expr(p, e->branches[i]);
    }
    indent(p, -1);
    group_close(p);
}

// --- operands -------------------------------------------------------------------------------------

static void print_error(Printer *p, const Expr *e)
{
    (void)e;
    p->lost = true;
}

static void print_token(Printer *p, const Expr *e)
{
    (void)e;
    token(p);
}

static void print_alias(Printer *p, const Expr *e)
{
    (void)e;
    token_sep(p, SEP_SPACE);
    token(p);
}

static void print_negate(Printer *p, const Expr *e)
{
    token(p);
    print_expr(p, e->operand);
}

static void print_member(Printer *p, const Expr *e)
{
    print_expr(p, e->object);
    if (after_number(p))
        sep(p, SEP_SPACE); // 1 .a, where 1.a would be a wrong number
    token(p);
    token(p);
}

static void print_index(Printer *p, const Expr *e)
{
    print_expr(p, e->left);
    token(p);
    print_expr(p, e->right);
    token(p);
}

static const Form FORMS[] = {
    [EXPR_ERROR] = {print_error, LEFT_TOKEN, false},
    [EXPR_STRING] = {print_token, LEFT_TOKEN, true},
    [EXPR_INT] = {print_token, LEFT_TOKEN, true},
    [EXPR_FLOAT] = {print_token, LEFT_TOKEN, true},
    [EXPR_VERSION] = {print_token, LEFT_TOKEN, true},
    [EXPR_DURATION] = {print_token, LEFT_TOKEN, true},
    [EXPR_BOOL] = {print_token, LEFT_TOKEN, true},
    [EXPR_NULL] = {print_token, LEFT_TOKEN, true},
    [EXPR_NAME] = {print_token, LEFT_TOKEN, true},
    [EXPR_ALIAS] = {print_alias, LEFT_TOKEN, false},
    [EXPR_MEMBER] = {print_member, LEFT_OPERAND, false},
    [EXPR_INDEX] = {print_index, LEFT_OPERAND, false},
    [EXPR_CALL] = {print_call, LEFT_OPERAND, false},
    [EXPR_LIST] = {print_list, LEFT_TOKEN, false},
    [EXPR_OBJECT] = {print_object, LEFT_TOKEN, false},
    [EXPR_NOT] = {print_not, LEFT_TOKEN, false},
    [EXPR_NEGATE] = {print_negate, LEFT_TOKEN, true},
    [EXPR_AND] = {print_chain, LEFT_CHAIN, false},
    [EXPR_OR] = {print_chain, LEFT_CHAIN, false},
    [EXPR_IMPLIES] = {print_implies, LEFT_OPERAND, false},
    [EXPR_COMPARE] = {print_binary, LEFT_OPERAND, false},
    [EXPR_IS_SET] = {print_is, LEFT_OPERAND, false},
    [EXPR_IS_MISSING] = {print_is, LEFT_OPERAND, false},
    [EXPR_ARITHMETIC] = {print_binary, LEFT_OPERAND, false},
    [EXPR_IF] = {print_if, LEFT_TOKEN, false},
    [EXPR_QUANTIFIER] = {print_quantifier, LEFT_TOKEN, false},
    [EXPR_COUNT] = {print_count, LEFT_TOKEN, false},
};

static const Form *form_of(const Expr *e)
{
    return &FORMS[e->kind];
}

// --- types ----------------------------------------------------------------------------------------

static void print_fields(Printer *p, const TypeExpr *t)
{
    bracket_begin(p, SEP_SOFT);
    for (uint32_t i = 0; i < t->fields.len; i++) {
        token(p);
        token_sep(p, SEP_SPACE);
        print_type(p, t->fields.items[i].type);
        if (i + 1 < t->fields.len)
            token_sep(p, SEP_LINE);
    }
    bracket_end(p, SEP_SOFT);
}

void print_type(Printer *p, const TypeExpr *t) // recursive within LIMIT_NESTING
{
    switch (t->kind) {
    case TYPEEXPR_NAME:
        print_path(p);
        if (t->arguments.len == 0)
            return;
        token(p);
        print_words(p, t->arguments.len);
        token(p);
        return;
    case TYPEEXPR_LIST:
        token(p);
        print_type(p, t->element);
        token(p);
        return;
    case TYPEEXPR_FIELDS:
        print_fields(p, t);
        return;
    }
}
