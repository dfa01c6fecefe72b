// tokens.c - kinds of tokens, sets of them, and the list of a source's.
//
// SPDX-License-Identifier: MIT
#include "syntax/parse.h"

#include "syntax/parser.h"

#include "moat.tab.h"

static uint64_t token_bit(int token)
{
    return UINT64_C(1) << ((token - TOKENSET_BASE) % 64);
}

void tokenset_add(TokenSet *set, int token)
{
    if (token == TOK_YYEOF)
        set->end = true;
    else
        set->bits[(token - TOKENSET_BASE) / 64] |= token_bit(token);
}

void tokenset_remove(TokenSet *set, int token)
{
    set->bits[(token - TOKENSET_BASE) / 64] &= ~token_bit(token);
}

bool tokenset_has(const TokenSet *set, int token)
{
    return (set->bits[(token - TOKENSET_BASE) / 64] & token_bit(token)) != 0;
}

const Keyword *token_keyword(int token)
{
    for (uint32_t i = 0; token && i < keyword_count; i++) {
        if (keywords[i].token == token)
            return &keywords[i];
    }
    return NULL;
}

bool token_is_name(int token)
{
    return token == TOK_WORD || (token >= TOK_ADD && token <= TOK_WHY);
}

bool token_is_reserved(int token)
{
    return token >= TOK_ALIAS && token <= TOK_WITH;
}

bool token_is_declaration(int token)
{
    switch (token) {
#define SOFT(text, token, places)                                                                  \
    case TOK_##token:                                                                              \
        return ((places)&PLACE_FILE) != 0;
#include "keywords.def"
    default:
        return false;
    }
}

bool names_expected(const TokenSet *set)
{
    return tokenset_has(set, TOK_WORD) && tokenset_has(set, TOK_ADD) && tokenset_has(set, TOK_WHY);
}

uint32_t place_expected(const TokenSet *set)
{
    for (uint32_t place = PLACE_FILE; place < PLACE_INSIDE && !names_expected(set); place *= 2) {
        bool all = true;
        for (uint32_t i = 0; i < keyword_count; i++)
            all &= !(keywords[i].places & place) || tokenset_has(set, keywords[i].token);
        if (all)
            return place;
    }
    return 0;
}

static LexemeKind lexeme_kind(int token)
{
    if (token_is_name(token))
        return LEXEME_NAME;
    if (token == TOK_STRING)
        return LEXEME_STRING;
    if (token == TOK_INT || token == TOK_FLOAT || token == TOK_VERSION_NUMBER ||
        token == TOK_DURATION)
        return LEXEME_NUMBER;
    if (token >= TOK_EQ && token <= TOK_BAR)
        return LEXEME_SIGN;
    return token == TOK_ERROR ? LEXEME_ERROR : LEXEME_RESERVED;
}

void lex_source(Compilation *c, Source *source, Lexemes *ret_lexemes)
{
    Parse *p = parse_new(c, source);
    Token t;
    p->quiet = true;
    if (scan_text_ok(p)) {
        scan_open(p);
        for (parse_next(p, &t); t.kind != TOK_YYEOF; parse_next(p, &t))
            vec_push(c->arena, ret_lexemes, ((Lexeme){lexeme_kind(t.kind), t.span}));
        scan_close(p);
    }
    buf_free(&p->scratch);
}

static const char *const LEXEME_TEXTS[] = {"name", "reserved", "string", "number", "sign", "error"};

void dump_tokens(Buf *out, Compilation *c, Source *source)
{
    Lexemes all = {0};
    lex_source(c, source, &all);
    for (uint32_t i = 0; i < all.len; i++) {
        const Lexeme *l = &all.items[i];
        Position at = sources_position(c->sources, l->span.start);
        Str text = sources_text(c->sources, l->span);
        buf_printf(out, "%u:%u %s ", at.line, at.column, LEXEME_TEXTS[l->kind]);
        buf_add(out, text.p, text.n);
        buf_char(out, '\n');
    }
}
