// dump_expr.c - words, expressions and types as text.
//
// SPDX-License-Identifier: MIT
#include "syntax/dump.h"

#include <inttypes.h>

// --- pieces ---------------------------------------------------------------------------------------

void dump_word(Buf *b, Word w)
{
    if (w.name) {
        buf_char(b, ' ');
        buf_str(b, w.name);
    }
}

static void dump_string(Buf *b, Name text)
{
    buf_char(b, ' ');
    buf_json_string(b, (Str){text, name_length(text)});
}

void dump_text(Buf *b, Text t)
{
    if (t.text)
        dump_string(b, t.text);
}

void dump_words(Buf *b, const char *before, const Words *words)
{
    if (words->len)
        buf_str(b, before);
    for (uint32_t i = 0; i < words->len; i++)
        dump_word(b, words->items[i]);
}

void dump_path(Buf *b, const ModulePath *path)
{
    for (uint32_t i = 0; i < path->words.len; i++) {
        buf_char(b, i ? '.' : ' ');
        buf_str(b, path->words.items[i].name);
    }
}

void dump_named(Buf *b, const char *before, Word w)
{
    if (!w.name)
        return;
    buf_str(b, before);
    dump_word(b, w);
}

void dump_titled(Buf *b, const char *before, Text t)
{
    if (!t.text)
        return;
    buf_str(b, before);
    dump_text(b, t);
}

// --- expressions ----------------------------------------------------------------------------------

static const char *const COMPARE_TEXTS[] = {
    [OP_EQ] = "==",
    [OP_NE] = "!=",
    [OP_LT] = "<",
    [OP_LE] = "<=",
    [OP_GT] = ">",
    [OP_GE] = ">=",
    [OP_IN] = "in",
    [OP_NOT_IN] = "not-in",
    [OP_LIKE] = "like",
    [OP_NOT_LIKE] = "not-like",
    [OP_MATCHES] = "matches",
    [OP_MATCHES_ANY_CASE] = "matches_any_case",
    [OP_CONTAINS] = "contains",
    [OP_HAS_KEY] = "has_key",
};
static const char *const ARITHMETIC_TEXTS[] = {"+", "-", "*", "/"};
static const char *const QUANTIFIER_TEXTS[] = {"some", "every", "no"};
static const char *const UNIT_TEXTS[] = {"seconds", "minutes", "hours", "days", "weeks"};

static void dump_exprs(Buf *b, const Exprs *list)
{
    for (uint32_t i = 0; i < list->len; i++)
        dump_expr(b, list->items[i]);
}

static void write_nothing(Buf *b, const Expr *e)
{
    (void)b;
    (void)e;
}

static void write_text(Buf *b, const Expr *e)
{
    dump_string(b, e->text);
}

static void write_word(Buf *b, const Expr *e)
{
    buf_char(b, ' ');
    buf_str(b, e->text);
}

static void write_number(Buf *b, const Expr *e)
{
    buf_char(b, ' ');
    buf_int(b, e->number);
    if (e->kind == EXPR_DURATION)
        buf_printf(b, " %s", UNIT_TEXTS[e->op]);
}

static void write_bool(Buf *b, const Expr *e)
{
    buf_str(b, e->truth ? " true" : " false");
}

static void write_member(Buf *b, const Expr *e)
{
    dump_expr(b, e->object);
    dump_word(b, *e->member);
}

static void write_call(Buf *b, const Expr *e)
{
    dump_expr(b, e->callee);
    dump_exprs(b, e->arguments);
}

static void write_operands(Buf *b, const Expr *e)
{
    dump_exprs(b, e->operands);
}

static void write_operand(Buf *b, const Expr *e)
{
    dump_expr(b, e->operand);
}

static void write_sides(Buf *b, const Expr *e)
{
    if (e->kind == EXPR_COMPARE)
        buf_printf(b, " %s", COMPARE_TEXTS[e->op]);
    else if (e->kind == EXPR_ARITHMETIC)
        buf_printf(b, " %s", ARITHMETIC_TEXTS[e->op]);
    dump_expr(b, e->left);
    dump_expr(b, e->right);
}

static void write_object(Buf *b, const Expr *e)
{
    for (uint32_t i = 0; i < e->entries->len; i++) {
        dump_string(b, e->entries->items[i].key.name);
        dump_expr(b, e->entries->items[i].value);
    }
}

static void write_if(Buf *b, const Expr *e)
{
    dump_expr(b, e->condition);
    dump_expr(b, e->branches[0]);
    dump_expr(b, e->branches[1]);
}

static void write_quantifier(Buf *b, const Expr *e)
{
    const QuantifierExpr *q = e->quantifier;
    if (e->kind == EXPR_QUANTIFIER)
        buf_printf(b, " %s", QUANTIFIER_TEXTS[e->op]);
    dump_word(b, q->first);
    dump_word(b, q->second);
    dump_expr(b, q->collection);
    if (q->body)
        dump_expr(b, q->body);
}

static const struct ExprText {
    const char *head;
    void (*write)(Buf *b, const Expr *e);
} EXPR_TEXTS[] = {
    [EXPR_ERROR] = {"error", write_nothing},
    [EXPR_STRING] = {"string", write_text},
    [EXPR_INT] = {"int", write_number},
    [EXPR_FLOAT] = {"float", write_word},
    [EXPR_VERSION] = {"version", write_word},
    [EXPR_DURATION] = {"duration", write_number},
    [EXPR_BOOL] = {"bool", write_bool},
    [EXPR_NULL] = {"null", write_nothing},
    [EXPR_NAME] = {"name", write_word},
    [EXPR_ALIAS] = {"alias", write_text},
    [EXPR_MEMBER] = {"member", write_member},
    [EXPR_INDEX] = {"index", write_sides},
    [EXPR_CALL] = {"call", write_call},
    [EXPR_LIST] = {"list", write_operands},
    [EXPR_OBJECT] = {"object", write_object},
    [EXPR_NOT] = {"not", write_operand},
    [EXPR_NEGATE] = {"negate", write_operand},
    [EXPR_AND] = {"and", write_operands},
    [EXPR_OR] = {"or", write_operands},
    [EXPR_IMPLIES] = {"implies", write_sides},
    [EXPR_COMPARE] = {"compare", write_sides},
    [EXPR_IS_SET] = {"is-set", write_operand},
    [EXPR_IS_MISSING] = {"is-missing", write_operand},
    [EXPR_ARITHMETIC] = {"arithmetic", write_sides},
    [EXPR_IF] = {"if", write_if},
    [EXPR_QUANTIFIER] = {"quantifier", write_quantifier},
    [EXPR_COUNT] = {"count", write_quantifier},
};

// Recursive as deep as the parser lets trees become, LIMIT_NESTING.
void dump_expr(Buf *b, const Expr *e)
{
    buf_str(b, " (");
    buf_str(b, EXPR_TEXTS[e->kind].head);
    EXPR_TEXTS[e->kind].write(b, e);
    buf_char(b, ')');
}

void dump_optional(Buf *b, const char *before, const Expr *e)
{
    if (!e)
        return;
    buf_str(b, before);
    dump_expr(b, e);
}

void dump_type(Buf *b, const TypeExpr *t) // recursive within LIMIT_NESTING brackets
{
    switch (t->kind) {
    case TYPEEXPR_NAME:
        dump_path(b, &t->path);
        dump_words(b, " of", &t->arguments);
        return;
    case TYPEEXPR_LIST:
        buf_str(b, " [");
        dump_type(b, t->element);
        buf_str(b, " ]");
        return;
    case TYPEEXPR_FIELDS:
        buf_str(b, " {");
        for (uint32_t i = 0; i < t->fields.len; i++) {
            dump_word(b, t->fields.items[i].name);
            buf_char(b, ':');
            dump_type(b, t->fields.items[i].type);
        }
        buf_str(b, " }");
        return;
    }
}
