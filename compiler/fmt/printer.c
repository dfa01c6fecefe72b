// printer.c - tokens, separators and comments.
//
// SPDX-License-Identifier: MIT
#include "fmt/printer.h"

static Str text_at(const Printer *p, Span span)
{
    const Source *s = p->file->source;
    return (Str){s->text.p + (span.start - s->base), span.end - span.start};
}

static uint32_t lines_between(const Printer *p, uint32_t from, uint32_t to)
{
    Str gap = text_at(p, (Span){from, to > from ? to : from});
    uint32_t n = 0;
    for (size_t i = 0; i < gap.n; i++)
        n += gap.p[i] == '\n';
    return n;
}

void sep(Printer *p, Separator s)
{
    if (s > p->pending)
        p->pending = s;
}

// Puts the separator down; `next` is where in the source the text after it began.
static void settle(Printer *p, uint32_t next)
{
    static const DocKind kinds[] = {DOC_TEXT, DOC_SOFT, DOC_TEXT, DOC_FILL,
                                    DOC_LINE, DOC_HARD, DOC_HARD};
    Separator s = p->pending;
    p->pending = SEP_NONE;
    if (p->doc.ops.len == 0 || s == SEP_NONE)
        return;
    if (s == SEP_SPACE)
        doc_text(&p->doc, DOC_TEXT, str_of(" "));
    else if (s == SEP_ITEM && lines_between(p, p->last, next) > 1)
        doc_add(&p->doc, DOC_BLANK);
    else
        doc_add(&p->doc, kinds[s]);
}

// With line ends of one kind.
static void comment_text(Printer *p, const Comment *c, DocKind kind)
{
    Str text = text_at(p, c->span);
    if (!memchr(text.p, '\r', text.n)) {
        doc_text(&p->doc, kind, text);
        return;
    }
    char *copy = arena_alloc(p->c->arena, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
            copy[n++] = text.p[i];
    }
    doc_text(&p->doc, kind, (Str){copy, n});
}

uint32_t token_start(const Printer *p)
{
    return p->at < p->lexemes.len ? p->lexemes.items[p->at].span.start : UINT32_MAX;
}

// Whether the line ends after comment `i`, with nothing but comments before.
static bool ends_line(Printer *p, uint32_t i)
{
    uint32_t end = p->file->source->base + (uint32_t)p->file->source->text.n;
    uint32_t token = token_start(p) < end ? token_start(p) : end;
    if (i < p->run_end)
        return p->run_ends_line;
    for (;; i++) { // once for all comments of the line
        const Comment *c = &p->file->comments.items[i];
        bool more = i + 1 < p->file->comments.len && c[1].span.start < token;
        p->run_end = i + 1;
        p->run_ends_line = text_at(p, c->span).p[1] == '/' ||
                           lines_between(p, c->span.end, more ? c[1].span.start : token) > 0;
        if (p->run_ends_line || !more)
            return p->run_ends_line;
    }
}

// A comment at the end of a line stays with what stands before it, one of several
// lines or with a line of its own has lines of its own, any other is like a token.
static void comment_print(Printer *p, uint32_t i)
{
    const Comment *c = &p->file->comments.items[i];
    bool line = text_at(p, c->span).p[1] == '/';
    bool fresh = lines_between(p, p->last, c->span.start) > 0 || p->doc.ops.len == 0;
    bool opens = p->pending == SEP_SOFT && !line; // what the bracket before it holds
    bool lines = !line && lines_between(p, c->span.start, c->span.end) > 0;
    bool trails = !fresh && !opens && !lines && !p->line_must_end && ends_line(p, i);
    bool alone = !trails && (line || lines || (fresh && ends_line(p, i)));
    if (alone)
        sep(p, p->pending == SEP_HARD ? SEP_HARD : SEP_ITEM);
    else if (!trails)
        sep(p, p->pending == SEP_SOFT ? SEP_SOFT : SEP_SPACE);
    if (trails) // what was to come is still to come
        doc_text(&p->doc, line ? DOC_COMMENT : DOC_TEXT, str_of(" "));
    else
        settle(p, c->span.start);
    comment_text(p, c, trails && line ? DOC_COMMENT : DOC_TEXT);
    p->last = c->span.end;
    p->line_must_end = line;
    sep(p, !alone && !line ? SEP_SPACE : p->pending == SEP_HARD ? SEP_HARD : SEP_ITEM);
}

static void comments_before(Printer *p, uint32_t offset)
{
    while (p->comment < p->file->comments.len &&
           p->file->comments.items[p->comment].span.start < offset)
        comment_print(p, p->comment++);
}

static void lead(Printer *p) // everything that comes before the next token
{
    comments_before(p, token_start(p));
    settle(p, token_start(p));
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

// `not in` and `30 days` are one token each, whatever stands between their words.
static Str token_text(Printer *p, const Lexeme *l)
{
    Str text = text_at(p, l->span);
    if (l->kind != LEXEME_RESERVED && l->kind != LEXEME_NUMBER)
        return text;
    size_t first = 0, last = text.n;
    while (first < text.n && is_word_byte(text.p[first]))
        first++;
    if (first == text.n)
        return text;
    while (is_word_byte(text.p[last - 1]))
        last--;
    return str_of(arena_printf(p->c->arena, "%.*s %.*s", (int)first, text.p, (int)(text.n - last),
                               text.p + last));
}

void token(Printer *p)
{
    if (p->at == p->lexemes.len) {
        p->lost = true;
        return;
    }
    lead(p);
    const Lexeme *l = &p->lexemes.items[p->at++];
    p->line_must_end = false;
    doc_text(&p->doc, DOC_TEXT, token_text(p, l));
    p->last = l->span.end;
}

void token_sep(Printer *p, Separator s)
{
    token(p);
    sep(p, s);
}

void token_skip(Printer *p)
{
    if (p->at == p->lexemes.len) {
        p->lost = true;
        return;
    }
    comments_before(p, token_start(p));
    p->last = p->lexemes.items[p->at++].span.end;
}

bool token_is(const Printer *p, const char *text)
{
    return p->at < p->lexemes.len &&
           str_equal(text_at(p, p->lexemes.items[p->at].span), str_of(text));
}

bool token_is_kind(const Printer *p, LexemeKind kind)
{
    return p->at < p->lexemes.len && p->lexemes.items[p->at].kind == kind;
}

bool after_number(const Printer *p)
{
    return p->at > 0 && p->lexemes.items[p->at - 1].kind == LEXEME_NUMBER;
}

bool token_fresh(const Printer *p)
{
    return p->at > 0 && p->at < p->lexemes.len &&
           lines_between(p, p->lexemes.items[p->at - 1].span.end, token_start(p)) > 0;
}

void group_open(Printer *p)
{
    lead(p);
    doc_add(&p->doc, DOC_OPEN);
}

void group_begin(Printer *p, Separator s)
{
    doc_add(&p->doc, DOC_OPEN);
    sep(p, s);
}

void group_close(Printer *p)
{
    doc_add(&p->doc, DOC_CLOSE);
}

void indent(Printer *p, int levels)
{
    doc_indent(&p->doc, levels);
}

void outdent_closing(Printer *p, Separator s)
{
    comments_before(p, token_start(p));
    doc_indent(&p->doc, -1);
    if (p->pending == SEP_ITEM) // after a comment: no empty line before the bracket
        p->pending = SEP_HARD;
    sep(p, s);
}

void pad(Printer *p, DocKind kind, uint32_t columns)
{
    char *spaces = arena_alloc(p->c->arena, columns + 1);
    memset(spaces, ' ', columns);
    if (columns)
        doc_text(&p->doc, kind, (Str){spaces, columns});
}

void text(Printer *p, DocKind kind, const char *text)
{
    doc_text(&p->doc, kind, str_of(text));
}

uint32_t span_width(const Printer *p, Span span)
{
    return text_width(text_at(p, span), 0);
}

bool on_one_line(const Printer *p, uint32_t end)
{
    return p->at < p->lexemes.len && lines_between(p, token_start(p), end) == 0;
}

bool empty_line_between(const Printer *p, uint32_t from, uint32_t to)
{
    Str gap = text_at(p, (Span){from, to > from ? to : from});
    bool empty = false;
    for (size_t i = 0; i < gap.n; i++) {
        if (gap.p[i] == '\n' && empty)
            return true;
        if (gap.p[i] != ' ' && gap.p[i] != '\t' && gap.p[i] != '\r')
            empty = gap.p[i] == '\n';
    }
    return false;
}

void printer_rest(Printer *p)
{
    comments_before(p, UINT32_MAX);
}
