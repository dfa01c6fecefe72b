// printer.h - the tokens of a file, printed one after another with their comments.
//
// A form (print_expr.c, print_decl.c) knows from the tree which token comes next
// and says how it is set off from the one before; the text is that of the
// source. Comments come along by themselves: a separator is kept back until the
// comments before the next token are out.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_FMT_PRINTER_H
#define MOAT_FMT_PRINTER_H

#include "fmt/doc.h"
#include "syntax/parse.h"

typedef enum Separator { // the stronger one holds
    SEP_NONE,
    SEP_SOFT,
    SEP_SPACE,
    SEP_FILL,
    SEP_LINE,
    SEP_HARD, // a new line
    SEP_ITEM, // a new line, and the empty line of the source if there is one
} Separator;

typedef struct Printer {
    Compilation *c;
    const File *file;
    Lexemes lexemes;
    uint32_t at;        // the next lexeme
    uint32_t comment;   // the next comment
    uint32_t run_end;   // comments before this one share a line …
    bool run_ends_line; // … that ends after the last of them
    uint32_t last;      // end of what was printed last, in the source
    bool line_must_end; // a comment with `//` was printed last
    Separator pending;
    Doc doc;
    bool lost; // the tree wanted other tokens than there are
} Printer;

void sep(Printer *p, Separator s);
void token(Printer *p);                            // prints the next one
void token_sep(Printer *p, Separator s);           // and a separator
void token_skip(Printer *p);                       // leaves the next one out, not its comments
bool token_is(const Printer *p, const char *text); // the next one
bool token_is_kind(const Printer *p, LexemeKind kind);
uint32_t token_start(const Printer *p); // offset of the next one
bool after_number(const Printer *p);
bool token_fresh(const Printer *p); // a new line begins before the next one

void group_open(Printer *p);               // at the next token
void group_begin(Printer *p, Separator s); // at the separator before it, the first of the group
void group_close(Printer *p);
void indent(Printer *p, int levels);
void outdent_closing(Printer *p, Separator s); // before a closing bracket, with what stands inside
void pad(Printer *p, DocKind kind, uint32_t columns);  // with spaces
void text(Printer *p, DocKind kind, const char *text); // that is not in the source
void printer_rest(Printer *p);                         // comments after the last token
uint32_t span_width(const Printer *p, Span span);      // of its text, in columns
bool on_one_line(const Printer *p, uint32_t end); // from the next token to there, in the source
bool empty_line_between(const Printer *p, uint32_t from, uint32_t to);

// --- forms ----------------------------------------------------------------------------------------

void print_expr(Printer *p, const Expr *e);
void print_body(Printer *p, const Expr *e); // the colon and what follows it
void print_type(Printer *p, const TypeExpr *t);
void print_path(Printer *p); // a.b[*].c
void print_decl(Printer *p, const Decl *d);
void print_requirement(Printer *p, const RequirementDecl *d);

typedef struct Item {
    Span span;
    const void *node;
    bool alone;      // holds a block: not in a column with others
    uint32_t second; // width of its second word, where that is padded as well
} Item;
typedef VEC(Item) Items;
// Prints all but the first word; `padding` are the spaces after its second one.
typedef void (*ItemPrinter)(Printer *p, const void *node, uint32_t padding);
void print_block(Printer *p, const Items *items, ItemPrinter print);

#define PRINT_ITEMS(p, list, print)                                                                \
    do {                                                                                           \
        Items items_ = {0};                                                                        \
        for (uint32_t i_ = 0; i_ < (list).len; i_++) {                                             \
            Item item_ = {(list).items[i_].span, &(list).items[i_], false, 0};                     \
            vec_push((p)->c->arena, &items_, item_);                                               \
        }                                                                                          \
        print_block((p), &items_, (print));                                                        \
    } while (0)

void print_part(Printer *p, Separator s, uint32_t tokens); // with a space between them
void print_words(Printer *p, uint32_t count);              // a, b, c
void print_value(Printer *p, const Expr *value);           // = value
void print_where(Printer *p, Separator s, const Expr *where);
void print_kinds_where(Printer *p, uint32_t kinds, const Expr *where);
void print_name_index(Printer *p, const Expr *name); // ["default"]
// Elements with the token that stands between them, before which the line may end;
// with SEP_NONE the line may end after it.
void print_list_of(Printer *p, uint32_t count, Separator before, void (*element)(Printer *));

#endif
