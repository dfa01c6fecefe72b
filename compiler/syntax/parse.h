// parse.h - from text to tree.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SYNTAX_PARSE_H
#define MOAT_SYNTAX_PARSE_H

#include "diag/compilation.h"
#include "syntax/ast.h"

// Parses one source; mistakes are reported, broken declarations left out, so
// that the rest can be checked. Never NULL. Registers `// allow M1234 "why"`
// comments with the diagnostics. Who reads the text keeps to LIMIT_SOURCE_BYTES.
File *parse_file(Compilation *c, Source *source);

typedef enum LexemeKind {
    LEXEME_NAME, // soft words too: which they are, only the grammar knows
    LEXEME_RESERVED,
    LEXEME_STRING,
    LEXEME_NUMBER, // durations and versions too
    LEXEME_SIGN,
    LEXEME_ERROR,
} LexemeKind;

typedef struct Lexeme {
    LexemeKind kind;
    Span span;
} Lexeme;
typedef VEC(Lexeme) Lexemes;

// The tokens of a source, comments left out; reports nothing. `not in` and
// `30 days` are one each.
void lex_source(Compilation *c, Source *source, Lexemes *ret_lexemes);

// The stages of --dump, one line an item.
void dump_tokens(Buf *out, Compilation *c, Source *source);
void dump_ast(Buf *out, const File *file);

#endif
