// dump.h - pieces of a dumped tree, each with a space before it; what was left
// out of the source is left out here. Private to syntax/.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SYNTAX_DUMP_H
#define MOAT_SYNTAX_DUMP_H

#include "syntax/ast.h"

void dump_word(Buf *b, Word w);
void dump_text(Buf *b, Text t);
void dump_path(Buf *b, const ModulePath *path);
void dump_expr(Buf *b, const Expr *e); // (kind operand …)
void dump_type(Buf *b, const TypeExpr *t);

// The same after a word that says what it is.
void dump_words(Buf *b, const char *before, const Words *words);
void dump_named(Buf *b, const char *before, Word w);
void dump_titled(Buf *b, const char *before, Text t);
void dump_optional(Buf *b, const char *before, const Expr *e);

#endif
