// ast.c - the builders the grammar calls; each makes one node.
//
// SPDX-License-Identifier: MIT
#include "syntax/parser.h"

// --- declarations ---------------------------------------------------------------------------------

static void decl_body(Parse *p, Decl *d)
{
    Arena *a = p->arena;
    switch (d->kind) {
    case DECL_USE:
        d->use = ARENA_NEW(a, UseDecl);
        return;
    case DECL_KIND:
        d->kind_decl = ARENA_NEW(a, KindDecl);
        return;
    case DECL_KINDS:
        d->kinds = ARENA_NEW(a, Words);
        return;
    case DECL_FRAMEWORK:
        d->framework = ARENA_NEW(a, FrameworkDecl);
        return;
    case DECL_PARAM:
        d->param = ARENA_NEW(a, ParamDecl);
        return;
    case DECL_LET:
    case DECL_DEFINE:
        d->define = ARENA_NEW(a, DefineDecl);
        return;
    case DECL_REQUIREMENT:
        d->requirement = ARENA_NEW(a, RequirementDecl);
        return;
    case DECL_INITIATIVE:
        d->initiative = ARENA_NEW(a, InitiativeDecl);
        return;
    case DECL_PROJECT:
        d->project = ARENA_NEW(a, ProjectDecl);
        return;
    case DECL_ENVIRONMENT:
        d->environment = ARENA_NEW(a, EnvironmentDecl);
        return;
    case DECL_ASSIGNMENT:
        d->assignment = ARENA_NEW(a, AssignmentDecl);
        return;
    case DECL_EXEMPTION:
        d->exemption = ARENA_NEW(a, ExemptionDecl);
        return;
    case DECL_TEST:
        d->test = ARENA_NEW(a, TestDecl);
        return;
    }
}

// Called when the keyword has been read and nothing after it.
void decl_open(Parse *p, DeclKind kind, Span span)
{
    Decl *d = ARENA_NEW(p->arena, Decl);
    d->kind = kind;
    d->span = span;
    d->doc = trivia_docs(p);
    decl_body(p, d);
    p->decl = d;
    p->decl_indent = p->current.indent;
    p->suspect.kind = 0;
    p->crooked.kind = 0;
    p->too_deep = false;
}

void decl_close(Parse *p, Span span)
{
    p->decl->span = span;
    vec_push(p->arena, &p->file->decls, p->decl);
    p->suspect.kind = 0; // it was a name, or begins what comes now
    p->decl = NULL;
}

void word_declared(Parse *p, Word word)
{
    bool capital = false;
    for (const char *s = word.name; *s; s++)
        capital |= *s >= 'A' && *s <= 'Z';
    if (!capital)
        return;
    buf_reset(&p->scratch);
    for (const char *s = word.name; *s; s++) {
        bool upper = *s >= 'A' && *s <= 'Z';
        bool after_small = s > word.name && s[-1] >= 'a' && s[-1] <= 'z';
        if (upper && after_small)
            buf_char(&p->scratch, '_');
        buf_char(&p->scratch, upper ? (char)(*s - 'A' + 'a') : *s);
    }
    parse_report(p, DIAG_NOT_SNAKE_CASE, word.span,
                 arena_printf(p->arena, "names are written in snake_case: `%s`", p->scratch.p),
                 "the name `%s` has capital letters", word.name);
}

// --- paths ----------------------------------------------------------------------------------------

ModulePath path_first(Parse *p, Word word)
{
    ModulePath path = {.span = word.span};
    vec_push(p->arena, &path.words, word);
    return path;
}

ModulePath path_more(Parse *p, ModulePath path, Word word)
{
    vec_push(p->arena, &path.words, word);
    path.span = span_join(path.span, word.span);
    return path;
}

void azure_path_start(Parse *p, Name word)
{
    buf_reset(&p->path);
    buf_str(&p->path, word);
}

void azure_path_add(Parse *p, const char *sign, const char *word)
{
    buf_str(&p->path, sign);
    buf_str(&p->path, word);
}

Word azure_path(Parse *p, Span span)
{
    return (Word){intern(p->c->names, p->path.p, p->path.n), span};
}

// --- expressions ----------------------------------------------------------------------------------

Expr *expr_new(Parse *p, ExprKind kind, Span span)
{
    Expr *e = ARENA_NEW(p->arena, Expr);
    e->kind = (uint8_t)kind;
    e->span = span;
    return e;
}

// Depth of what stands below; at the limit the expression becomes an error node.
static void expr_over(Parse *p, Expr *e, const Expr *below)
{
    if (!below || below->depth < e->depth)
        return;
    e->depth = (uint16_t)(below->depth + 1);
    if (e->depth <= LIMIT_NESTING)
        return;
    report_too_deep(p, e->span);
    e->kind = EXPR_ERROR;
    e->depth = 0;
}

Expr *expr_text(Parse *p, ExprKind kind, Span span, Name text)
{
    Expr *e = expr_new(p, kind, span);
    e->text = text;
    return e;
}

Expr *expr_number(Parse *p, ExprKind kind, Span span, Amount amount)
{
    Expr *e = expr_new(p, kind, span);
    e->number = amount.number;
    e->op = amount.unit;
    return e;
}

Expr *expr_bool(Parse *p, Span span, bool truth)
{
    Expr *e = expr_new(p, EXPR_BOOL, span);
    e->truth = truth;
    return e;
}

Expr *expr_unary(Parse *p, ExprKind kind, Span span, Expr *operand)
{
    Expr *e = expr_new(p, kind, span);
    e->operand = operand;
    expr_over(p, e, operand);
    return e;
}

Expr *expr_binary(Parse *p, ExprKind kind, int op, Span span, Expr *left, Expr *right)
{
    Expr *e = expr_new(p, kind, span);
    e->op = (uint8_t)op;
    e->left = left;
    e->right = right;
    expr_over(p, e, left);
    expr_over(p, e, right);
    return e;
}

static bool is_open_chain(const Expr *e, ExprKind kind)
{
    return e->kind == kind && e->span.start == e->operands->items[0]->span.start;
}

// a and b and c is one node; (a and b) and c is two, as written.
Expr *expr_chain(Parse *p, ExprKind kind, Span span, Expr *left, Expr *right)
{
    Expr *e = left;
    if (!is_open_chain(left, kind)) {
        e = expr_new(p, kind, span);
        e->operands = ARENA_NEW(p->arena, Exprs);
        vec_push(p->arena, e->operands, left);
        expr_over(p, e, left);
    }
    e->span = span;
    if (e->kind == EXPR_ERROR)
        return e;
    vec_push(p->arena, e->operands, right);
    expr_over(p, e, right);
    return e;
}

Expr *expr_member(Parse *p, Span span, Expr *object, Word member)
{
    Expr *e = expr_new(p, EXPR_MEMBER, span);
    e->object = object;
    e->member = ARENA_NEW(p->arena, Word);
    *e->member = member;
    expr_over(p, e, object);
    return e;
}

static Exprs *exprs_over(Parse *p, Expr *e, Exprs items)
{
    Exprs *copy = ARENA_NEW(p->arena, Exprs);
    *copy = items;
    for (uint32_t i = 0; i < items.len; i++)
        expr_over(p, e, items.items[i]);
    return copy;
}

Expr *expr_call(Parse *p, Span span, Expr *callee, Exprs arguments)
{
    Expr *e = expr_new(p, EXPR_CALL, span);
    e->callee = callee;
    expr_over(p, e, callee);
    e->arguments = exprs_over(p, e, arguments);
    return e;
}

Expr *expr_list(Parse *p, Span span, Exprs items)
{
    Expr *e = expr_new(p, EXPR_LIST, span);
    e->operands = exprs_over(p, e, items);
    return e;
}

Expr *expr_object(Parse *p, Span span, Entries entries)
{
    Expr *e = expr_new(p, EXPR_OBJECT, span);
    e->entries = ARENA_NEW(p->arena, Entries);
    *e->entries = entries;
    for (uint32_t i = 0; i < entries.len; i++)
        expr_over(p, e, entries.items[i].value);
    return e;
}

Expr *expr_if(Parse *p, Span span, Expr *condition, Expr *yes, Expr *no)
{
    Expr *e = expr_new(p, EXPR_IF, span);
    e->condition = condition;
    e->branches = ARENA_ARRAY(p->arena, Expr *, 2);
    e->branches[0] = yes;
    e->branches[1] = no;
    expr_over(p, e, condition);
    expr_over(p, e, yes);
    expr_over(p, e, no);
    return e;
}

Expr *expr_count(Parse *p, Span span, QuantifierExpr parts)
{
    Expr *e = expr_new(p, EXPR_COUNT, span);
    e->quantifier = ARENA_NEW(p->arena, QuantifierExpr);
    *e->quantifier = parts;
    expr_over(p, e, parts.collection);
    expr_over(p, e, parts.body);
    return e;
}

Expr *expr_quantifier(Parse *p, Span span, Quantifier q, QuantifierExpr parts)
{
    Expr *e = expr_count(p, span, parts);
    if (e->kind != EXPR_ERROR)
        e->kind = EXPR_QUANTIFIER;
    e->op = (uint8_t)q;
    return e;
}

// --- types ----------------------------------------------------------------------------------------

static TypeExpr *typeexpr_new(Parse *p, TypeExprKind kind, Span span)
{
    TypeExpr *t = ARENA_NEW(p->arena, TypeExpr);
    t->kind = kind;
    t->span = span;
    return t;
}

TypeExpr *typeexpr_name(Parse *p, Span span, ModulePath path, Words arguments)
{
    TypeExpr *t = typeexpr_new(p, TYPEEXPR_NAME, span);
    t->path = path;
    t->arguments = arguments;
    return t;
}

TypeExpr *typeexpr_list(Parse *p, Span span, TypeExpr *element)
{
    TypeExpr *t = typeexpr_new(p, TYPEEXPR_LIST, span);
    t->element = element;
    return t;
}

TypeExpr *typeexpr_fields(Parse *p, Span span)
{
    return typeexpr_new(p, TYPEEXPR_FIELDS, span);
}

// --- items ----------------------------------------------------------------------------------------

SatisfiesItems satisfies_first(Parse *p, Word framework, Text control)
{
    return satisfies_more(p, (SatisfiesItems){0}, framework, control);
}

SatisfiesItems satisfies_next(Parse *p, SatisfiesItems of, Text control)
{
    return satisfies_more(p, of, of.items[of.len - 1].framework, control);
}

SatisfiesItems satisfies_more(Parse *p, SatisfiesItems of, Word framework, Text control)
{
    vec_push(p->arena, &of, ((SatisfiesItem){framework, control}));
    return of;
}

Remedy *remedy_new(Parse *p, Remedy remedy)
{
    Remedy *r = ARENA_NEW(p->arena, Remedy);
    *r = remedy;
    return r;
}

Admission *admission_new(Parse *p, Admission admission)
{
    Admission *a = ARENA_NEW(p->arena, Admission);
    *a = admission;
    return a;
}

Related *related_new(Parse *p, Related related)
{
    Related *r = ARENA_NEW(p->arena, Related);
    *r = related;
    return r;
}

KindItem *kind_add(Parse *p, KindItemKind kind, Span span, Word path)
{
    KindDecl *d = p->decl->kind_decl;
    vec_push(p->arena, &d->items, ((KindItem){.kind = kind, .span = span, .path = path}));
    return &d->items.items[d->items.len - 1];
}

void framework_add(Parse *p, Span span, Text id, Text title)
{
    vec_push(p->arena, &p->decl->framework->controls, ((Control){id, title, span}));
}

ReqItem *requirement_add(Parse *p, ReqItemKind kind, Span span)
{
    RequirementDecl *d = p->decl->requirement;
    vec_push(p->arena, &d->items, ((ReqItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}

void for_open(Parse *p, Words kinds, Expr *where)
{
    p->block = ARENA_NEW(p->arena, ForBlock);
    p->block->kinds = kinds;
    p->block->where = where;
}

Clause *clause_add(Parse *p, ClauseKind kind, Span span)
{
    vec_push(p->arena, &p->block->clauses, ((Clause){.kind = kind, .span = span}));
    return &p->block->clauses.items[p->block->clauses.len - 1];
}

InitItem *initiative_add(Parse *p, InitItemKind kind, Span span)
{
    InitiativeDecl *d = p->decl->initiative;
    vec_push(p->arena, &d->items, ((InitItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}

void project_add(Parse *p, Word what, Word level)
{
    vec_push(p->arena, &p->decl->project->levels, ((LevelItem){what, level}));
}

EnvItem *environment_add(Parse *p, EnvItemKind kind, Span span)
{
    EnvironmentDecl *d = p->decl->environment;
    vec_push(p->arena, &d->items, ((EnvItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}

AsgItem *assignment_add(Parse *p, AsgItemKind kind, Span span)
{
    AssignmentDecl *d = p->decl->assignment;
    vec_push(p->arena, &d->items, ((AsgItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}

ExItem *exemption_add(Parse *p, ExItemKind kind, Span span)
{
    ExemptionDecl *d = p->decl->exemption;
    vec_push(p->arena, &d->items, ((ExItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}

TestItem *test_add(Parse *p, TestItemKind kind, Span span)
{
    TestDecl *d = p->decl->test;
    vec_push(p->arena, &d->items, ((TestItem){.kind = kind, .span = span}));
    return &d->items.items[d->items.len - 1];
}
