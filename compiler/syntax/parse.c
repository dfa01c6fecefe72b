// parse.c - from text to tree: the lexer between scanner and grammar, and what
// happens after a mistake.
//
// One report a broken declaration: after it the text is skipped to the next
// thing that looks like a declaration. A keyword at the indentation of the
// broken declaration looks like one even inside brackets, for a bracket may be
// what is missing; where such a keyword was read as a name, reading starts
// again there.
//
// SPDX-License-Identifier: MIT
#include "syntax/parse.h"

#include "syntax/parser.h"

#include "moat.tab.h"

#include <stdlib.h>

enum { REWINDS_MAX = 50 }; // a rewind reads text twice

void *parse_malloc(size_t n)
{
    return parse_realloc(NULL, n);
}

void *parse_realloc(void *m, size_t n)
{
    m = realloc(m, n ? n : 1);
    if (!m)
        out_of_memory();
    return m;
}

void parse_free(void *m)
{
    free(m);
}

// --- raw tokens, with look-ahead ------------------------------------------------------------------

static void token_scan(Parse *p, Token *t)
{
    *t = (Token){0};
    t->kind = scan_token(t, p->scanner);
    t->fresh = !p->after_code;
    t->indent = p->indent;
    t->comments = p->file->comments.len;
    p->after_code = true;
    if (t->kind == TOK_YYEOF)
        t->span = (Span){p->offset, p->offset};
}

static void token_take(Parse *p, Token *t)
{
    if (p->ahead_count == 0) {
        token_scan(p, t);
        return;
    }
    *t = p->ahead[0];
    p->ahead[0] = p->ahead[1];
    p->ahead_count--;
}

static const Token *token_peek(Parse *p)
{
    if (p->ahead_count == 0)
        token_scan(p, &p->ahead[p->ahead_count++]);
    return &p->ahead[0];
}

static void token_push_back(Parse *p, const Token *t)
{
    if (p->ahead_count)
        p->ahead[1] = p->ahead[0];
    p->ahead[0] = *t;
    p->ahead_count++;
}

// --- joined tokens --------------------------------------------------------------------------------

static void token_join(Parse *p, Token *t, int kind)
{
    Token second;
    token_take(p, &second);
    t->kind = kind;
    t->span.end = second.span.end;
    t->comments = second.comments;
}

void parse_next(Parse *p, Token *t)
{
    bool after_dot = p->after_dot; // a.not like b: there `not` is a name
    token_take(p, t);
    p->after_dot = t->kind == TOK_DOT;
    if (t->kind == TOK_NOT && !after_dot) {
        int next = token_peek(p)->kind;
        if (next == TOK_IN)
            token_join(p, t, TOK_NOT_IN);
        else if (next == TOK_LIKE)
            token_join(p, t, TOK_NOT_LIKE);
    } else if (t->kind == TOK_INT) {
        const Token *next = token_peek(p);
        if (next->unit && !next->fresh && next->kind == TOK_WORD) {
            t->unit = (uint8_t)(next->unit - 1);
            token_join(p, t, TOK_DURATION);
        }
    }
}

// --- brackets -------------------------------------------------------------------------------------

static bool is_opening(int kind)
{
    return kind == TOK_LBRACE || kind == TOK_LBRACKET || kind == TOK_LPAREN;
}

static bool is_closing(int kind)
{
    return kind == TOK_RBRACE || kind == TOK_RBRACKET || kind == TOK_RPAREN;
}

static int bracket_opening(int closing)
{
    return closing == TOK_RBRACE ? TOK_LBRACE : closing == TOK_RBRACKET ? TOK_LBRACKET : TOK_LPAREN;
}

static void bracket_close(Parse *p, const Token *t)
{
    if (p->depth == 0 || p->open[p->depth - 1].kind != bracket_opening(t->kind))
        return;
    const Bracket *b = &p->open[--p->depth];
    if (t->kind == TOK_RBRACE && t->fresh && t->indent != b->indent && !p->crooked.kind)
        p->crooked = *b;
}

// False where they nest too deep: that is said and the token becomes an error.
static bool bracket_open(Parse *p, const Token *t)
{
    if (p->depth == LIMIT_NESTING) {
        report_too_deep(p, t->span);
        return false;
    }
    p->open[p->depth++] = (Bracket){t->span, t->kind, t->indent};
    return true;
}

static bool brackets_watch(Parse *p, const Token *t)
{
    if (is_opening(t->kind))
        return bracket_open(p, t);
    if (is_closing(t->kind))
        bracket_close(p, t);
    return true;
}

// --- declarations, by their looks ------------------------------------------------------------------

// As far left as the open declaration, or further.
static bool at_margin(const Parse *p, const Token *t)
{
    return t->fresh && t->indent <= p->decl_indent;
}

// A keyword of a declaration and, after it, what a declaration goes on with. A
// reserved word is no name, but at the margin it was probably meant as one.
static bool begins_declaration(Parse *p, const Token *t)
{
    if (!token_is_declaration(t->kind))
        return false;
    int next = token_peek(p)->kind;
    return token_is_name(next) || next == TOK_STRING ||
           (at_margin(p, t) && token_is_reserved(next));
}

static void token_value(MOAT_YYSTYPE *value, const Token *t)
{
    if (t->kind == TOK_INT)
        value->TOK_INT = t->number;
    else if (t->kind == TOK_DURATION)
        value->TOK_DURATION = (Amount){t->number, t->unit};
    else
        value->TOK_WORD = t->text;
}

int moat_yylex(MOAT_YYSTYPE *value, Span *span, Parse *p)
{
    p->previous = p->current;
    Token *t = &p->current;
    parse_next(p, t);
    if (!brackets_watch(p, t))
        t->kind = TOK_ERROR;
    if (p->decl && !p->suspect.kind && at_margin(p, t) && begins_declaration(p, t)) {
        p->suspect = *t;
        p->suspect_docs = p->previous.comments;
    }
    token_value(value, t);
    *span = t->span;
    return t->kind;
}

// --- recovery -------------------------------------------------------------------------------------

static bool rewind_to_suspect(Parse *p)
{
    if (!p->suspect.kind || p->rewinds == REWINDS_MAX)
        return false;
    p->rewinds++;
    scan_seek(p, p->suspect.span.start);
    p->ahead_count = 0;
    p->indent = p->suspect.indent;
    p->after_code = false;
    p->file->comments.len = p->suspect.comments;
    p->previous.comments = p->suspect_docs;
    token_take(p, &p->current);
    return true;
}

static bool has_block(const Decl *d)
{
    switch (d->kind) {
    case DECL_USE:
    case DECL_KINDS:
    case DECL_PARAM:
    case DECL_LET:
    case DECL_DEFINE:
        return false;
    case DECL_KIND:
    case DECL_FRAMEWORK:
    case DECL_REQUIREMENT:
    case DECL_INITIATIVE:
    case DECL_PROJECT:
    case DECL_ENVIRONMENT:
    case DECL_ASSIGNMENT:
    case DECL_EXEMPTION:
    case DECL_TEST:
        return true;
    }
    return false;
}

static void skip_token(Parse *p)
{
    p->previous = p->current;
    parse_next(p, &p->current);
}

// To the end of the declaration's block, if that was where the mistake is and no
// brace was lost in a token that is none; or to what begins another declaration.
static void skip_declaration(Parse *p)
{
    const Token *t = &p->current;
    bool inside = p->depth > 0 || t->kind == TOK_RBRACE;
    bool block = p->decl && has_block(p->decl) && inside && t->kind != TOK_ERROR;
    p->quiet = true;
    while (t->kind != TOK_YYEOF &&
           !((p->depth == 0 || at_margin(p, t)) && begins_declaration(p, t))) {
        bool closed = t->kind == TOK_RBRACE && p->depth == 0;
        skip_token(p);
        if (block && closed)
            break;
        if (is_opening(t->kind))
            p->depth++;
        else if (is_closing(t->kind) && p->depth > 0)
            p->depth--;
    }
    p->quiet = false;
}

void parse_recover(Parse *p)
{
    p->file->broken = true;
    if (!rewind_to_suspect(p))
        skip_declaration(p);
    token_push_back(p, &p->current);
    p->current = p->previous;
    p->docs = p->current.comments;
    p->decl = NULL;
    p->suspect.kind = 0;
    p->depth = 0;
}

// --- a file ---------------------------------------------------------------------------------------

Parse *parse_new(Compilation *c, Source *source)
{
    Parse *p = ARENA_NEW(c->arena, Parse);
    p->c = c;
    p->arena = c->arena;
    p->source = source;
    p->file = ARENA_NEW(c->arena, File);
    p->file->source = source;
    scan_words_init(p);
    return p;
}

File *parse_file(Compilation *c, Source *source)
{
    Parse *p = parse_new(c, source);
    if (scan_text_ok(p)) {
        scan_open(p);
        if (moat_yyparse(p) != 0)
            p->file->broken = true;
        scan_close(p);
        trivia_finish(p);
    }
    buf_free(&p->scratch);
    buf_free(&p->path);
    return p->file;
}
