// report.c - what a syntax error says: what was found, what could have come,
// and what the author probably meant.
//
// SPDX-License-Identifier: MIT
#include "diag/suggest.h"
#include "syntax/parser.h"

#include "moat.tab.h"

#include <stdarg.h>

enum {
    REPORTS_MAX = 100, // of one severity in one file: hostile text makes millions
    FOUND_MAX = 40,    // bytes of a token shown
    ITEM_PLACES = PLACE_INSIDE - 1,
};

Diag *parse_report(Parse *p, DiagCode code, Span span, const char *help, const char *fmt, ...)
{
    Severity severity = diag_code_severity(code);
    if (severity == SEVERITY_ERROR)
        p->file->broken = true;
    if (p->quiet || p->reports[severity] == REPORTS_MAX)
        return NULL;
    p->reports[severity]++;
    va_list args;
    va_start(args, fmt);
    Diag *d = diag_report(p->c->diags, code, span, "%s", arena_vprintf(p->arena, fmt, args));
    va_end(args);
    if (help)
        diag_help(p->c->diags, d, "%s", help);
    return d;
}

void report_too_deep(Parse *p, Span span)
{
    if (p->too_deep)
        return;
    p->too_deep = true;
    parse_report(p, DIAG_NESTING_TOO_DEEP, span, "give parts of it names with `let` or `define`",
                 "this nests more than %u levels deep", LIMIT_NESTING);
}

static void label(Parse *p, Diag *d, Span span, const char *text)
{
    if (d)
        diag_label(p->c->diags, d, span, "%s", text);
}

static void help(Parse *p, Diag *d, const char *text)
{
    if (d)
        diag_help(p->c->diags, d, "%s", text);
}

static void fix(Parse *p, Diag *d, Span span, const char *replacement)
{
    if (d)
        diag_fix(p->c->diags, d, span, replacement);
}

// The text of a token as an author would recognise it.
static const char *token_text(Parse *p, const Token *t)
{
    const char *s = p->source->text.p + (t->span.start - p->source->base);
    size_t all = t->span.end - t->span.start, n = 0, length;
    while (n < all && (length = utf8_sequence(s + n, all - n)) != 0 && n + length <= FOUND_MAX)
        n += length;
    return arena_printf(p->arena, "%.*s%s", (int)n, s, n < all ? "…" : "");
}

static const char *token_found(Parse *p, const Token *t)
{
    if (t->kind == TOK_YYEOF)
        return "the end of the file";
    return arena_printf(p->arena, "`%s`", token_text(p, t));
}

// --- what could have come -------------------------------------------------------------------------

// A list of tokens that is one thing to an author; `key` is among those
// expected only where this thing is.
typedef struct Group {
    const char *text;
    int key;
    int tokens[26]; // a zero ends them
} Group;

#define VALUE_TOKENS                                                                               \
    TOK_STRING, TOK_INT, TOK_FLOAT, TOK_VERSION_NUMBER, TOK_DURATION, TOK_TRUE, TOK_FALSE,         \
        TOK_NULL, TOK_ALIAS, TOK_MINUS, TOK_LPAREN, TOK_LBRACKET, TOK_LBRACE, TOK_COUNT, TOK_WORD

static const Group groups[] = {
    {"an expression", TOK_NOT, {VALUE_TOKENS, TOK_IF, TOK_SOME, TOK_EVERY, TOK_NO, TOK_NOT}},
    {"a value", TOK_COUNT, {VALUE_TOKENS}},
    {"an operator",
     TOK_AND,
     {TOK_EQ,       TOK_NE,      TOK_LE,   TOK_GE,       TOK_LT,      TOK_GT,
      TOK_IN,       TOK_NOT_IN,  TOK_LIKE, TOK_NOT_LIKE, TOK_MATCHES, TOK_MATCHES_ANY_CASE,
      TOK_CONTAINS, TOK_HAS_KEY, TOK_IS,   TOK_AND,      TOK_OR,      TOK_IMPLIES,
      TOK_PLUS,     TOK_MINUS,   TOK_STAR, TOK_SLASH,    TOK_DOT,     TOK_LBRACKET,
      TOK_LPAREN}},
    {"a name", TOK_WORD, {TOK_WORD}},
    {"a string", TOK_STRING, {TOK_STRING}},
    {"a number", TOK_INT, {TOK_INT, TOK_FLOAT, TOK_VERSION_NUMBER, TOK_DURATION}},
    {"a duration such as `30 days`", TOK_DURATION, {TOK_DURATION}},
};

enum { GROUP_COUNT = sizeof groups / sizeof groups[0], CHOICES_MAX = 6 };

typedef struct Choices {
    const char *texts[CHOICES_MAX];
    uint32_t len;
} Choices;

static void choice_add(Choices *c, const char *text)
{
    if (c->len < CHOICES_MAX)
        c->texts[c->len++] = text;
}

static void remove_words(TokenSet *set, uint32_t places, bool soft, bool reserved)
{
    for (uint32_t i = 0; i < keyword_count; i++) {
        const Keyword *k = &keywords[i];
        if ((soft && k->kind == WORD_SOFT) || (reserved && k->kind == WORD_RESERVED) ||
            (k->places & places))
            tokenset_remove(set, k->token);
    }
}

// Soft words are names, and after a dot the reserved ones are.
static void remove_names(TokenSet *set)
{
    bool any_word = tokenset_has(set, TOK_ELSE) && tokenset_has(set, TOK_WITH);
    if (names_expected(set))
        remove_words(set, 0, true, any_word);
}

static void choose_items(Parse *p, TokenSet *set, Choices *c)
{
    uint32_t place = place_expected(set);
    if (!place || place == PLACE_FRAMEWORK) // which has one item: named itself
        return;
    remove_words(set, place, false, false);
    const char *text = place_text((Place)place);
    choice_add(c, place == PLACE_FILE ? "a declaration"
                                      : arena_printf(p->arena, "an item of %s", text));
}

static void choose_groups(TokenSet *set, Choices *c)
{
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        if (!tokenset_has(set, groups[i].key))
            continue;
        choice_add(c, groups[i].text);
        for (const int *t = groups[i].tokens; *t; t++)
            tokenset_remove(set, *t);
    }
    if (tokenset_has(set, TOK_DOT)) { // a path may always go on: not worth a word
        static const int path_tokens[] = {TOK_DOT, TOK_LBRACKET, TOK_LPAREN};
        for (size_t i = 0; i < sizeof path_tokens / sizeof path_tokens[0]; i++)
            tokenset_remove(set, path_tokens[i]);
    }
}

static const char *choices_text(Parse *p, const TokenSet *expected)
{
    TokenSet set = *expected;
    Choices c = {0};
    const char *text = "";
    remove_names(&set);
    choose_groups(&set, &c);
    for (uint32_t i = 0; i < keyword_count; i++) {
        if (keywords[i].kind == WORD_SIGN && tokenset_has(&set, keywords[i].token))
            choice_add(&c, arena_printf(p->arena, "`%s`", keywords[i].text));
    }
    choose_items(p, &set, &c);
    for (uint32_t i = 0; i < keyword_count; i++) {
        if (keywords[i].token && keywords[i].kind != WORD_SIGN &&
            tokenset_has(&set, keywords[i].token))
            choice_add(&c, arena_printf(p->arena, "`%s`", keywords[i].text));
    }
    if (set.end)
        choice_add(&c, "the end of the file");
    for (uint32_t i = 0; i < c.len; i++) {
        const char *comma = i == 0 ? "" : i + 1 == c.len ? " or " : ", ";
        text = arena_printf(p->arena, "%s%s%s", text, comma, c.texts[i]);
    }
    return text;
}

// --- what the author probably meant ---------------------------------------------------------------

static const char *items_of(Parse *p, uint32_t place)
{
    const char *text = "";
    for (uint32_t i = 0; i < keyword_count; i++) {
        if (keywords[i].places & place)
            text = arena_printf(p->arena, "%s%s`%s`", text, *text ? " " : "", keywords[i].text);
    }
    return arena_printf(p->arena, "%s holds %s", place_text((Place)place), text);
}

static const char *places_of(Parse *p, const Keyword *k)
{
    const char *text = "";
    for (uint32_t place = PLACE_FILE; place <= ITEM_PLACES; place *= 2) {
        if (k->places & place)
            text = arena_printf(p->arena, "%s%s%s", text, *text ? " or " : "",
                                place_text((Place)place));
    }
    return text;
}

static const char *nearest_word(const Parse *p, const TokenSet *expected)
{
    Suggest s;
    suggest_start(&s, str_of(p->current.text));
    for (uint32_t i = 0; i < keyword_count; i++) {
        const Keyword *k = &keywords[i];
        if (k->token && k->kind != WORD_SIGN && tokenset_has(expected, k->token))
            suggest_offer(&s, (Str){k->text, k->length});
    }
    return s.count ? s.best[0].p : NULL;
}

static void did_you_mean(Parse *p, Diag *d, const char *word)
{
    help(p, d, arena_printf(p->arena, "did you mean `%s`?", word));
    fix(p, d, p->current.span, word);
}

static const Bracket *bracket_unclosed(const Parse *p, uint32_t before)
{
    for (uint32_t i = p->depth; i > 0; i--) {
        if (p->open[i - 1].span.start < before)
            return p->crooked.kind && p->crooked.span.start < before ? &p->crooked
                                                                     : &p->open[i - 1];
    }
    return NULL;
}

// Text ended, or a declaration seems to begin, inside brackets.
static bool report_unclosed(Parse *p)
{
    const Token *at = p->suspect.kind ? &p->suspect : &p->current;
    if (!p->suspect.kind && at->kind != TOK_YYEOF)
        return false;
    const Bracket *b = bracket_unclosed(p, at->span.start);
    if (!b)
        return false;
    const char *text = token_keyword(b->kind)->text;
    Diag *d = parse_report(p, DIAG_UNCLOSED_BRACKET, b->span, NULL, "`%s` is not closed", text);
    label(p, d, at->span,
          at->kind == TOK_YYEOF ? "the file ends here" : "this declaration begins inside it");
    return true;
}

static bool report_incomplete(Parse *p)
{
    if (!p->suspect.kind || p->suspect.span.start == p->current.span.start)
        return false;
    Diag *d = parse_report(p, DIAG_UNEXPECTED_TOKEN, p->suspect.span, NULL,
                           "unexpected `%s`: the declaration before it is not complete",
                           token_text(p, &p->suspect));
    label(p, d, p->decl->span, "it begins here");
    return true;
}

// A word that begins an item, but not of this block; or no item at all.
static bool report_item(Parse *p, const TokenSet *expected)
{
    const Token *t = &p->current;
    const Keyword *k = token_keyword(t->kind);
    uint32_t place = place_expected(expected);
    if (!place)
        return false;
    const char *where = place_text((Place)place);
    if (k && (k->places & ITEM_PLACES)) {
        const char *belongs = arena_printf(p->arena, "it belongs in %s", places_of(p, k));
        Diag *d = parse_report(p, DIAG_MISPLACED_ITEM, t->span, belongs, "`%s` cannot stand in %s",
                               k->text, where);
        help(p, d, items_of(p, place));
        return true;
    }
    const char *near = token_is_name(t->kind) ? nearest_word(p, expected) : NULL;
    if (!token_is_name(t->kind) || (!near && !t->fresh))
        return false;
    Diag *d = parse_report(p, DIAG_UNKNOWN_ITEM, t->span, NULL,
                           place == PLACE_FILE ? "no declaration begins with %s%s"
                                               : "%s begins no item of %s",
                           token_found(p, t), place == PLACE_FILE ? "" : where);
    if (near)
        did_you_mean(p, d, near);
    else
        help(p, d, items_of(p, place));
    return true;
}

// `require every related x y`: an existence condition asks for one resource.
static bool report_related(Parse *p)
{
    int quantifier = p->previous.kind;
    size_t end = p->current.span.end - p->source->base;
    Str rest = {p->source->text.p + end, p->source->text.n - end};
    if (p->current.kind != TOK_RELATED ||
        (quantifier != TOK_EVERY && quantifier != TOK_NO && quantifier != TOK_SOME) ||
        str_starts_nocase(rest, str_of(" in ")))
        return false;
    const char *word = token_keyword(quantifier)->text;
    Diag *d =
        parse_report(p, DIAG_UNEXPECTED_TOKEN, span_join(p->previous.span, p->current.span), NULL,
                     "`%s related` cannot be required: Azure looks for one resource", word);
    help(p, d,
         quantifier == TOK_SOME
             ? "write `require related …`"
             : "write the requirement for the kind of the related resources, with `not (…)` "
               "where none may be so");
    return true;
}

static bool report_reserved(Parse *p, const TokenSet *expected)
{
    const Keyword *k = token_keyword(p->current.kind);
    if (!k || k->kind != WORD_RESERVED || !names_expected(expected) ||
        tokenset_has(expected, TOK_COUNT))
        return false;
    Diag *d = parse_report(p, DIAG_RESERVED_WORD, p->current.span, NULL,
                           "`%s` is a reserved word and cannot be a name", k->text);
    if (tokenset_has(expected, TOK_STRING) && tokenset_has(expected, TOK_RBRACE)) {
        help(p, d, arena_printf(p->arena, "write the key in quotes: `\"%s\"`", k->text));
        fix(p, d, p->current.span, arena_printf(p->arena, "\"%s\"", k->text));
    }
    return true;
}

static bool is_comparison(int kind)
{
    return kind >= TOK_EQ && kind <= TOK_GT;
}

static void explain(Parse *p, Diag *d, const TokenSet *expected)
{
    const Token *t = &p->current;
    const char *near = NULL;
    if (token_is_name(t->kind) && !names_expected(expected))
        near = nearest_word(p, expected);
    if (near) {
        did_you_mean(p, d, near);
    } else if (t->kind == TOK_ASSIGN && tokenset_has(expected, TOK_EQ)) {
        help(p, d, "write `==` to compare");
        fix(p, d, t->span, "==");
    } else if (t->kind == TOK_EQ && tokenset_has(expected, TOK_ASSIGN)) {
        help(p, d, "write `=` to give a value");
        fix(p, d, t->span, "=");
    } else if (is_comparison(t->kind) && tokenset_has(expected, TOK_AND)) {
        help(p, d, "comparisons do not chain: join two of them with `and`");
    } else if (token_is_name(t->kind) && tokenset_has(expected, TOK_STRING)) {
        help(p, d, arena_printf(p->arena, "write a string in quotes: `\"%s\"`", t->text));
    } else if (t->kind == TOK_STRING && names_expected(expected)) {
        help(p, d, "names are written without quotes");
    } else if (p->depth &&
               (t->kind == TOK_RPAREN || t->kind == TOK_RBRACKET || t->kind == TOK_RBRACE)) {
        label(p, d, p->open[p->depth - 1].span, "opened here");
    }
}

void report_unexpected(Parse *p, const TokenSet *expected)
{
    if (report_unclosed(p) || report_incomplete(p) || report_item(p, expected) ||
        report_related(p) || report_reserved(p, expected))
        return;
    Diag *d = parse_report(p, DIAG_UNEXPECTED_TOKEN, p->current.span, NULL, "expected %s, found %s",
                           choices_text(p, expected), token_found(p, &p->current));
    explain(p, d, expected);
}
