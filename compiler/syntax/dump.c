// dump.c - trees as text: for `--dump`, for goldens, and to compare two trees
// without their spans (equal trees, equal text).
//
// A declaration begins a line, each item and clause a line below it; expressions
// are written as (operator operand …).
//
// SPDX-License-Identifier: MIT
#include "syntax/parse.h"

// --- pieces ---------------------------------------------------------------------------------------

static void add_word(Buf *b, Word w)
{
    if (w.name) {
        buf_char(b, ' ');
        buf_str(b, w.name);
    }
}

static void add_string(Buf *b, Name text)
{
    buf_char(b, ' ');
    buf_json_string(b, (Str){text, name_length(text)});
}

static void add_text(Buf *b, Text t)
{
    if (t.text)
        add_string(b, t.text);
}

static void add_words(Buf *b, const char *before, const Words *words)
{
    if (words->len)
        buf_str(b, before);
    for (uint32_t i = 0; i < words->len; i++)
        add_word(b, words->items[i]);
}

static void add_path(Buf *b, const ModulePath *path)
{
    for (uint32_t i = 0; i < path->words.len; i++) {
        buf_char(b, i ? '.' : ' ');
        buf_str(b, path->words.items[i].name);
    }
}

static void add_named(Buf *b, const char *before, Word w)
{
    if (!w.name)
        return;
    buf_str(b, before);
    add_word(b, w);
}

static void add_titled(Buf *b, const char *before, Text t)
{
    if (!t.text)
        return;
    buf_str(b, before);
    add_text(b, t);
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
    [OP_CONTAINS] = "contains",
    [OP_HAS_KEY] = "has_key",
};
static const char *const ARITHMETIC_TEXTS[] = {"+", "-", "*", "/"};
static const char *const QUANTIFIER_TEXTS[] = {"some", "every", "no"};
static const char *const UNIT_TEXTS[] = {"seconds", "minutes", "hours", "days", "weeks"};

static void add_expr(Buf *b, const Expr *e);

static void add_exprs(Buf *b, const Exprs *list)
{
    for (uint32_t i = 0; i < list->len; i++)
        add_expr(b, list->items[i]);
}

static void write_nothing(Buf *b, const Expr *e)
{
    (void)b;
    (void)e;
}

static void write_text(Buf *b, const Expr *e)
{
    add_string(b, e->text);
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
    add_expr(b, e->object);
    add_word(b, *e->member);
}

static void write_call(Buf *b, const Expr *e)
{
    add_expr(b, e->callee);
    add_exprs(b, e->arguments);
}

static void write_operands(Buf *b, const Expr *e)
{
    add_exprs(b, e->operands);
}

static void write_operand(Buf *b, const Expr *e)
{
    add_expr(b, e->operand);
}

static void write_sides(Buf *b, const Expr *e)
{
    if (e->kind == EXPR_COMPARE)
        buf_printf(b, " %s", COMPARE_TEXTS[e->op]);
    else if (e->kind == EXPR_ARITHMETIC)
        buf_printf(b, " %s", ARITHMETIC_TEXTS[e->op]);
    add_expr(b, e->left);
    add_expr(b, e->right);
}

static void write_object(Buf *b, const Expr *e)
{
    for (uint32_t i = 0; i < e->entries->len; i++) {
        add_string(b, e->entries->items[i].key.name);
        add_expr(b, e->entries->items[i].value);
    }
}

static void write_if(Buf *b, const Expr *e)
{
    add_expr(b, e->condition);
    add_expr(b, e->branches[0]);
    add_expr(b, e->branches[1]);
}

static void write_quantifier(Buf *b, const Expr *e)
{
    const QuantifierExpr *q = e->quantifier;
    if (e->kind == EXPR_QUANTIFIER)
        buf_printf(b, " %s", QUANTIFIER_TEXTS[e->op]);
    add_word(b, q->first);
    add_word(b, q->second);
    add_expr(b, q->collection);
    if (q->body)
        add_expr(b, q->body);
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
static void add_expr(Buf *b, const Expr *e)
{
    buf_str(b, " (");
    buf_str(b, EXPR_TEXTS[e->kind].head);
    EXPR_TEXTS[e->kind].write(b, e);
    buf_char(b, ')');
}

static void add_optional(Buf *b, const char *before, const Expr *e)
{
    if (!e)
        return;
    buf_str(b, before);
    add_expr(b, e);
}

static void add_type(Buf *b, const TypeExpr *t) // recursive within LIMIT_NESTING brackets
{
    switch (t->kind) {
    case TYPEEXPR_NAME:
        add_path(b, &t->path);
        add_words(b, " of", &t->arguments);
        return;
    case TYPEEXPR_LIST:
        buf_str(b, " [");
        add_type(b, t->element);
        buf_str(b, " ]");
        return;
    case TYPEEXPR_FIELDS:
        buf_str(b, " {");
        for (uint32_t i = 0; i < t->fields.len; i++) {
            add_word(b, t->fields.items[i].name);
            buf_char(b, ':');
            add_type(b, t->fields.items[i].type);
        }
        buf_str(b, " }");
        return;
    }
}

// --- kinds ----------------------------------------------------------------------------------------

static const char *const KINDITEM_TEXTS[] = {"default", "type", "order", "versions",
                                             "since",   "let",  "mode",  "api"};

static void add_kind(Buf *b, const KindDecl *k)
{
    add_text(b, k->resource_type);
    add_named(b, " of", k->parent);
    add_optional(b, " where", k->where);
    add_named(b, " inline", k->inline_parent);
    add_word(b, k->inline_path);
    for (uint32_t i = 0; i < k->items.len; i++) {
        const KindItem *item = &k->items.items[i];
        buf_printf(b, "\n  %s", KINDITEM_TEXTS[item->kind]);
        add_word(b, item->path);
        add_optional(b, "", item->value);
        if (item->type)
            add_type(b, item->type);
        for (uint32_t n = 0; n < item->texts.len; n++)
            add_text(b, item->texts.items[n]);
        for (uint32_t n = 0; n < item->spellings.len; n++) {
            add_text(b, item->spellings.items[n].text);
            add_expr(b, item->spellings.items[n].value);
        }
        add_text(b, item->text);
    }
}

static void add_framework(Buf *b, const FrameworkDecl *f)
{
    for (uint32_t i = 0; i < f->controls.len; i++) {
        buf_str(b, "\n  control");
        add_text(b, f->controls.items[i].id);
        add_text(b, f->controls.items[i].title);
    }
}

// --- requirements ---------------------------------------------------------------------------------

static const char *const REMEDY_TEXTS[] = {"set", "add", "remove", "deploy"};
static const char *const CLAUSE_TEXTS[] = {"require", "related", "forbid",   "attest",
                                           "message", "delay",   "conflict", "remedy"};
static const char *const REQITEM_TEXTS[] = {"severity", "satisfies", "why",     "effect",
                                            "id",       "mode",      "version", "for"};

static void add_remedy(Buf *b, const Remedy *r)
{
    buf_printf(b, " %s", REMEDY_TEXTS[r->op]);
    add_word(b, r->kind);
    add_optional(b, "", r->place);
    add_optional(b, "", r->value);
    add_optional(b, " when", r->when);
    add_optional(b, "", r->name);
    add_optional(b, "", r->object);
    add_named(b, " at", r->at);
    add_titled(b, " in", r->location);
    for (uint32_t i = 0; i < r->roles.len; i++)
        add_titled(b, " role", r->roles.items[i]);
}

static void add_related(Buf *b, const Related *r)
{
    add_word(b, r->kind);
    add_optional(b, " named", r->name);
    add_word(b, r->binder);
    add_named(b, " at", r->at);
    add_optional(b, " in", r->group);
    add_optional(b, " having", r->condition);
}

static void add_clause(Buf *b, const Clause *c)
{
    buf_printf(b, "\n    %s", CLAUSE_TEXTS[c->kind]);
    switch (c->kind) {
    case CLAUSE_REQUIRE:
        add_expr(b, c->condition);
        return;
    case CLAUSE_RELATED:
        add_related(b, c->related);
        return;
    case CLAUSE_FORBID:
        add_word(b, c->forbid.action);
        add_named(b, " cascade", c->forbid.cascade);
        return;
    case CLAUSE_ATTEST:
        add_text(b, c->attest.text);
        add_titled(b, " evidence", c->attest.evidence);
        add_optional(b, " every", c->attest.every);
        return;
    case CLAUSE_MESSAGE:
        add_text(b, c->message);
        return;
    case CLAUSE_DELAY:
        add_optional(b, "", c->delay.duration);
        add_word(b, c->delay.word);
        return;
    case CLAUSE_CONFLICT:
        add_word(b, c->conflict);
        return;
    case CLAUSE_REMEDY:
        add_remedy(b, c->remedy);
        return;
    }
}

static void add_requirement(Buf *b, const RequirementDecl *r)
{
    for (uint32_t i = 0; i < r->items.len; i++) {
        const ReqItem *item = &r->items.items[i];
        buf_printf(b, "\n  %s", REQITEM_TEXTS[item->kind]);
        add_word(b, item->word);
        add_text(b, item->text);
        add_words(b, "", &item->effects);
        for (uint32_t n = 0; n < item->satisfies.len; n++) {
            add_word(b, item->satisfies.items[n].framework);
            add_text(b, item->satisfies.items[n].control);
        }
        if (!item->block)
            continue;
        add_words(b, "", &item->block->kinds);
        add_optional(b, " where", item->block->where);
        for (uint32_t n = 0; n < item->block->clauses.len; n++)
            add_clause(b, &item->block->clauses.items[n]);
    }
}

// --- initiatives and what is deployed -------------------------------------------------------------

static const char *const INITITEM_TEXTS[] = {"version", "category", "extend",
                                             "exclude", "set",      "include"};
static const char *const ENVITEM_TEXTS[] = {"tenant", "root",    "store",
                                            "cloud",  "protect", "api_version"};
static const char *const ASGITEM_TEXTS[] = {
    "initiative", "environment", "scope",   "exclude",       "identity",
    "set",        "enforcement", "message", "roll_out only", "roll_out override"};
static const char *const EXITEM_TEXTS[] = {"assignment", "for",    "scope", "category",
                                           "until",      "ticket", "reason"};
static const char *const TESTITEM_TEXTS[] = {"given",  "given from",  "related",       "with",
                                             "expect", "expect sets", "expect deploys"};

static void add_initiative(Buf *b, const InitiativeDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const InitItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", INITITEM_TEXTS[item->kind]);
        add_text(b, item->text);
        add_path(b, &item->path);
        add_titled(b, " builtin", item->builtin);
        add_named(b, " as", item->as_name);
        add_optional(b, "", item->place);
        add_optional(b, "", item->value);
        add_optional(b, "", item->object);
    }
}

static void add_project(Buf *b, const ProjectDecl *d)
{
    for (uint32_t i = 0; i < d->levels.len; i++) {
        buf_str(b, "\n ");
        add_word(b, d->levels.items[i].what);
        add_named(b, " as", d->levels.items[i].level);
    }
}

static void add_environment(Buf *b, const EnvironmentDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const EnvItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", ENVITEM_TEXTS[item->kind]);
        add_word(b, item->word);
        add_text(b, item->text);
        add_path(b, &item->path);
    }
}

static void add_assignment(Buf *b, const AssignmentDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const AsgItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", ASGITEM_TEXTS[item->kind]);
        add_path(b, &item->path);
        add_word(b, item->word);
        add_text(b, item->text);
        add_titled(b, " in", item->location);
        add_optional(b, "", item->place);
        add_optional(b, "", item->value);
        add_words(b, " for", &item->names);
        add_optional(b, " where", item->where);
    }
}

static void add_exemption(Buf *b, const ExemptionDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const ExItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", EXITEM_TEXTS[item->kind]);
        add_path(b, &item->path);
        add_words(b, "", &item->names);
        add_optional(b, " where", item->where);
        add_word(b, item->word);
        add_text(b, item->text);
    }
}

static void add_test(Buf *b, const TestDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const TestItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", TESTITEM_TEXTS[item->kind]);
        add_path(b, &item->path);
        add_word(b, item->word);
        add_text(b, item->file);
        add_optional(b, " named", item->name);
        add_optional(b, "", item->object);
        add_optional(b, "", item->place);
        add_optional(b, "", item->value);
    }
}

// --- declarations ---------------------------------------------------------------------------------

static const char *const DECL_TEXTS[] = {
    "use",         "kind",       "kinds",   "framework",   "param",      "let",       "define",
    "requirement", "initiative", "project", "environment", "assignment", "exemption", "test",
};

static void add_parts(Buf *b, const Decl *d)
{
    switch (d->kind) {
    case DECL_USE:
        add_path(b, &d->use->path);
        add_words(b, " names", &d->use->names);
        add_named(b, " as", d->use->as_name);
        return;
    case DECL_KIND:
        add_kind(b, d->kind_decl);
        return;
    case DECL_KINDS:
        add_words(b, "", d->kinds);
        return;
    case DECL_FRAMEWORK:
        add_framework(b, d->framework);
        return;
    case DECL_PARAM:
        add_type(b, d->param->type);
        add_optional(b, " =", d->param->initial);
        add_text(b, d->param->description);
        return;
    case DECL_LET:
    case DECL_DEFINE:
        add_words(b, " of", &d->define->parameters);
        add_expr(b, d->define->body);
        return;
    case DECL_REQUIREMENT:
        add_requirement(b, d->requirement);
        return;
    case DECL_INITIATIVE:
        add_initiative(b, d->initiative);
        return;
    case DECL_PROJECT:
        add_project(b, d->project);
        return;
    case DECL_ENVIRONMENT:
        add_environment(b, d->environment);
        return;
    case DECL_ASSIGNMENT:
        add_assignment(b, d->assignment);
        return;
    case DECL_EXEMPTION:
        add_exemption(b, d->exemption);
        return;
    case DECL_TEST:
        add_test(b, d->test);
        return;
    }
}

void dump_ast(Buf *out, const File *file)
{
    for (uint32_t i = 0; i < file->decls.len; i++) {
        const Decl *d = file->decls.items[i];
        buf_str(out, DECL_TEXTS[d->kind]);
        add_word(out, d->name);
        add_text(out, d->title);
        if (d->doc.n) {
            buf_str(out, " doc ");
            buf_json_string(out, d->doc);
        }
        add_parts(out, d);
        buf_char(out, '\n');
    }
}
