// trivia.c - comments: kept for the formatter, read for `///` and `// allow`.
//
// SPDX-License-Identifier: MIT
#include "syntax/parser.h"

#include "moat.tab.h"

void scan_comment(Parse *p, Span span, const char *s, size_t n)
{
    bool line = s[1] == '/';
    while (line && (s[n - 1] == '\r' || s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    span.end = span.start + (uint32_t)n;
    bool doc = line && n >= 3 && s[2] == '/' && (n == 3 || s[3] != '/');
    vec_push(p->arena, &p->file->comments,
             ((Comment){.span = span, .doc = doc, .trailing = p->after_code}));
    for (size_t i = n; !line && i > 0; i--) {
        if (s[i - 1] == '\n') { // what follows stands on a new line
            p->after_code = false;
            break;
        }
    }
}

int scan_open_comment(Parse *p, Span span)
{
    parse_report(p, DIAG_UNCLOSED_COMMENT, (Span){span.start, span.start + 2},
                 "end it with `*/`; comments do not nest", "comment is not closed");
    return TOK_ERROR;
}

static Str span_text(const Parse *p, Span span)
{
    return (Str){p->source->text.p + (span.start - p->source->base), span.end - span.start};
}

// --- documentation --------------------------------------------------------------------------------

static void report_stray_docs(Parse *p, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const Comment *c = &p->file->comments.items[i];
        if (c->doc)
            parse_report(p, DIAG_STRAY_DOC, c->span,
                         "it belongs on the lines before a declaration; elsewhere write `//`",
                         "this `///` comment documents nothing");
    }
}

Str trivia_docs(Parse *p)
{
    uint32_t from = p->previous.comments, to = p->current.comments;
    while (from < to && p->file->comments.items[from].trailing)
        from++;
    report_stray_docs(p, p->docs, from);
    p->docs = to;
    buf_reset(&p->scratch);
    for (uint32_t i = from; i < to; i++) {
        const Comment *c = &p->file->comments.items[i];
        if (!c->doc)
            continue;
        Str text = span_text(p, c->span);
        size_t start = text.n > 3 && text.p[3] == ' ' ? 4 : 3;
        if (p->scratch.n)
            buf_char(&p->scratch, '\n');
        buf_add(&p->scratch, text.p + start, text.n - start);
    }
    if (p->scratch.n == 0)
        return (Str){0};
    return (Str){arena_copy(p->arena, p->scratch.p, p->scratch.n), p->scratch.n};
}

// --- allow ----------------------------------------------------------------------------------------

static Str skip_blanks(Str s)
{
    while (s.n && (*s.p == ' ' || *s.p == '\t')) {
        s.p++;
        s.n--;
    }
    return s;
}

static bool skip_text(Str *s, const char *prefix)
{
    size_t n = strlen(prefix);
    if (s->n < n || memcmp(s->p, prefix, n) != 0)
        return false;
    *s = (Str){s->p + n, s->n - n};
    return true;
}

// `// allow M` and a digit; other sentences may begin with `allow`.
static bool is_allow(Str text, Str *ret_rest)
{
    if (!skip_text(&text, "//"))
        return false;
    text = skip_blanks(text);
    if (!skip_text(&text, "allow") || text.n == 0 || (*text.p != ' ' && *text.p != '\t'))
        return false;
    text = skip_blanks(text);
    *ret_rest = text;
    return text.n >= 2 && text.p[0] == 'M' && text.p[1] >= '0' && text.p[1] <= '9';
}

static bool is_reason(Str s) // "why", and nothing after it
{
    return s.n > 2 && s.p[0] == '"' && memchr(s.p + 1, '"', s.n - 1) == s.p + s.n - 1;
}

static void allow(Parse *p, const Comment *c, Str rest, Span line)
{
    DiagCode code;
    size_t n = 0;
    while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != '\t' && rest.p[n] != '"')
        n++;
    uint32_t start = p->source->base + (uint32_t)(rest.p - p->source->text.p);
    Span code_span = {start, start + (uint32_t)n};
    if (!diag_code_parse(rest.p, n, &code))
        parse_report(p, DIAG_BAD_ALLOW, code_span,
                     "write the code that the message shows, such as `M0018`",
                     "no diagnostic has this code");
    else if (diag_code_severity(code) == SEVERITY_ERROR)
        parse_report(p, DIAG_BAD_ALLOW, code_span,
                     "only warnings and notes can; change the program instead",
                     "an error cannot be allowed");
    else if (!is_reason(skip_blanks((Str){rest.p + n, rest.n - n})))
        parse_report(p, DIAG_BAD_ALLOW, c->span,
                     "write it in quotes: `// allow M0018 \"the name is Azure's\"`",
                     "`allow` needs a reason, and nothing after it");
    else
        diags_allow(p->c->diags, code, line, c->span);
}

static Span line_around(const Parse *p, uint32_t offset)
{
    Str text = p->source->text;
    size_t start = offset - p->source->base, end = start;
    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    while (end < text.n && text.p[end] != '\n')
        end++;
    return (Span){p->source->base + (uint32_t)start, p->source->base + (uint32_t)end};
}

// Where the text goes on after `offset`: the next thing that is not white space.
static uint32_t next_thing(const Parse *p, uint32_t offset)
{
    Str text = p->source->text;
    size_t at = offset - p->source->base;
    while (at < text.n && strchr(" \t\r\n", text.p[at]))
        at++;
    return p->source->base + (uint32_t)at;
}

// After code an allow is about its own line, else about the next line with code.
// Backwards, so that a run of comments is walked once.
void trivia_finish(Parse *p)
{
    report_stray_docs(p, p->docs, p->file->comments.len);
    uint32_t code = UINT32_MAX; // what follows the comments after this one
    for (uint32_t i = p->file->comments.len; i-- > 0;) {
        const Comment *c = &p->file->comments.items[i];
        const Comment *after = i + 1 < p->file->comments.len ? c + 1 : NULL;
        uint32_t next = next_thing(p, c->span.end);
        if (!after || after->span.start != next)
            code = next;
        Str rest;
        if (is_allow(span_text(p, c->span), &rest))
            allow(p, c, rest, line_around(p, c->trailing ? c->span.start : code));
    }
}
