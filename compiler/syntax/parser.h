// parser.h - what scanner, grammar and tree builders share; private to syntax/.
//
// One Parse reads one source. Three layers: scan_token (grammar/moat.l) knows
// the text, moat_yylex (parse.c) joins tokens and watches brackets, the grammar
// (grammar/moat.y) calls the builders of ast.c.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SYNTAX_PARSER_H
#define MOAT_SYNTAX_PARSER_H

#include "base/limits.h"
#include "diag/compilation.h"
#include "syntax/ast.h"
#include "syntax/words.h"

typedef struct Amount { // of an INT or DURATION
    int64_t number;
    uint8_t unit; // DurationUnit
} Amount;

typedef struct Token {
    int kind; // TOK_ of moat.tab.h, 0 at the end of the file
    Span span;
    uint32_t indent;   // columns of white space that begin its line
    uint32_t comments; // comments read before it
    bool fresh;        // first on its line
    uint8_t unit;      // of a DURATION; of a word that names a unit, its number plus one
    union {
        Name text;
        int64_t number;
    };
} Token;

typedef struct Bracket { // an open one
    Span span;
    int kind;
    uint32_t indent; // of its line
} Bracket;

enum { WORD_SLOTS = 512, TOKENS_AHEAD = 2, KEYWORDS_MAX = 160 };

typedef struct Parse {
    Compilation *c;
    Arena *arena;
    Source *source;
    File *file;

    // scanner
    void *scanner;
    char *buffer;    // the text again, as flex wants it
    uint32_t offset; // of the next byte to scan, as in spans
    uint32_t indent; // of the line being scanned
    bool after_code; // a token stands before it on that line
    uint8_t slots[WORD_SLOTS];
    Name names[KEYWORDS_MAX]; // of the keywords, once met
    Token ahead[TOKENS_AHEAD];
    uint32_t ahead_count;
    bool after_dot;                       // the token last joined was one
    Buf scratch;                          // for the moment; reading a token may change it
    Buf path;                             // the Azure path being read
    bool quiet;                           // text is being skipped: nothing is reported
    uint32_t reports[SEVERITY_ERROR + 1]; // so far

    // where the grammar is
    Token current, previous;
    Bracket open[LIMIT_NESTING];
    uint32_t depth;        // of `open`
    Bracket crooked;       // one whose `}` stands in another column; kind 0 if none
    Token suspect;         // looked like a declaration while one was open; kind 0 if none
    uint32_t suspect_docs; // comments before its `///`
    uint32_t rewinds;      // to a suspect
    uint32_t docs;         // comments up to here have been looked at for `///`

    // the open declaration
    Decl *decl;
    ForBlock *block;
    uint32_t decl_indent;
    bool too_deep; // said once a declaration
} Parse;

// --- scanner (moat.l, scan.c, trivia.c) --------------------------------------------------------

bool scan_text_ok(Parse *p); // UTF-8 without NUL and hidden characters; reports
void scan_open(Parse *p);
void scan_close(Parse *p);
void scan_seek(Parse *p, uint32_t offset); // continues there
int scan_token(Token *t, void *scanner);   // the raw token; kind is also returned

void scan_words_init(Parse *p);
int token_word(Parse *p, Token *t, const char *s, size_t n);
int token_number(Parse *p, Token *t, const char *s, size_t n);
int token_string(Parse *p, Token *t, const char *s, size_t n); // between the quotes
int scan_open_string(Parse *p, Token *t, const char *s, size_t n);
int scan_stray(Parse *p, Token *t, const char *s, size_t n); // the token meant, or the error token
void scan_space(Parse *p, const char *s, size_t n);          // begins with a newline

void scan_comment(Parse *p, Span span, const char *s, size_t n);
int scan_open_comment(Parse *p, Span span);
Str trivia_docs(Parse *p);    // the `///` comments before the current token
void trivia_finish(Parse *p); // reports stray `///`, registers `// allow`

// --- lexer and recovery (parse.c) ---------------------------------------------------------------

Parse *parse_new(Compilation *c, Source *source);
void parse_next(Parse *p, Token *t); // joined tokens
void parse_recover(Parse *p);        // to the next declaration
void *parse_malloc(size_t n);        // for flex and bison only; never NULL
void *parse_realloc(void *m, size_t n);
void parse_free(void *m);

// --- kinds of tokens (tokens.c) ------------------------------------------------------------------

enum { TOKENSET_BASE = 256, TOKENSET_WORDS = 4 };
typedef struct TokenSet {
    bool end; // of the file
    uint64_t bits[TOKENSET_WORDS];
} TokenSet;
void tokenset_add(TokenSet *set, int token);
void tokenset_remove(TokenSet *set, int token);
bool tokenset_has(const TokenSet *set, int token);

const Keyword *token_keyword(int token); // its word or sign, or NULL
bool token_is_name(int token);           // a word that may be a name
bool token_is_reserved(int token);
bool token_is_declaration(int token);         // a word that begins one
bool names_expected(const TokenSet *set);     // any name could come
uint32_t place_expected(const TokenSet *set); // the block all of whose items could come, or 0

// --- reports (report.c) -------------------------------------------------------------------------

// Each may return NULL: reports are kept to a number a file, and while text is
// skipped there are none.
Diag *parse_report(Parse *p, DiagCode code, Span span, const char *help, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void report_unexpected(Parse *p, const TokenSet *expected);
void report_too_deep(Parse *p, Span span);

// --- tree (ast.c) -------------------------------------------------------------------------------

void decl_open(Parse *p, DeclKind kind, Span span);
void decl_close(Parse *p, Span span);
void word_declared(Parse *p, Word word); // snake_case lint

ModulePath path_first(Parse *p, Word word);
ModulePath path_more(Parse *p, ModulePath path, Word word);
void azure_path_start(Parse *p, Name word);
void azure_path_add(Parse *p, const char *sign, const char *word);
Word azure_path(Parse *p, Span span);

Expr *expr_new(Parse *p, ExprKind kind, Span span);
Expr *expr_text(Parse *p, ExprKind kind, Span span, Name text);
Expr *expr_number(Parse *p, ExprKind kind, Span span, Amount amount);
Expr *expr_bool(Parse *p, Span span, bool truth);
Expr *expr_unary(Parse *p, ExprKind kind, Span span, Expr *operand);
Expr *expr_binary(Parse *p, ExprKind kind, int op, Span span, Expr *left, Expr *right);
Expr *expr_chain(Parse *p, ExprKind kind, Span span, Expr *left, Expr *right); // AND, OR
Expr *expr_member(Parse *p, Span span, Expr *object, Word member);
Expr *expr_call(Parse *p, Span span, Expr *callee, Exprs arguments);
Expr *expr_list(Parse *p, Span span, Exprs items);
Expr *expr_object(Parse *p, Span span, Entries entries);
Expr *expr_if(Parse *p, Span span, Expr *condition, Expr *yes, Expr *no);
Expr *expr_quantifier(Parse *p, Span span, Quantifier q, QuantifierExpr parts);
Expr *expr_count(Parse *p, Span span, QuantifierExpr parts);

TypeExpr *typeexpr_name(Parse *p, Span span, ModulePath path, Words arguments);
TypeExpr *typeexpr_list(Parse *p, Span span, TypeExpr *element);
TypeExpr *typeexpr_fields(Parse *p, Span span);

SatisfiesItems satisfies_first(Parse *p, Word framework, Text control);
SatisfiesItems satisfies_next(Parse *p, SatisfiesItems of, Text control); // same framework
SatisfiesItems satisfies_more(Parse *p, SatisfiesItems of, Word framework, Text control);
Remedy *remedy_new(Parse *p, Remedy remedy);
Admission *admission_new(Parse *p, Admission admission);
Related *related_new(Parse *p, Related related);

// Each adds an item to the open declaration and returns it to be filled.
KindItem *kind_add(Parse *p, KindItemKind kind, Span span, Word path);
void framework_add(Parse *p, Span span, Text id, Text title);
ReqItem *requirement_add(Parse *p, ReqItemKind kind, Span span);
void for_open(Parse *p, Words kinds, Expr *where);
Clause *clause_add(Parse *p, ClauseKind kind, Span span);
InitItem *initiative_add(Parse *p, InitItemKind kind, Span span);
void project_add(Parse *p, Word what, Word level);
EnvItem *environment_add(Parse *p, EnvItemKind kind, Span span);
AsgItem *assignment_add(Parse *p, AsgItemKind kind, Span span);
ExItem *exemption_add(Parse *p, ExItemKind kind, Span span);
TestItem *test_add(Parse *p, TestItemKind kind, Span span);

#endif
