// text.c - prose for a terminal: folded to its width, marked where it has colour.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "source/source.h"

enum { FOLD_DEFAULT = 80, FOLD_MOST = 100, FOLD_LEAST = 40 };

static const char *style_start(Style style)
{
    switch (style) {
    case STYLE_PLAIN:
        return "";
    case STYLE_BOLD:
        return "\033[1m";
    case STYLE_CODE:
        return "\033[36m";
    case STYLE_GOOD:
        return "\033[32m";
    case STYLE_WARNING:
        return "\033[33m";
    case STYLE_BAD:
        return "\033[31m";
    }
    return "";
}

void text_safe(Buf *out, const char *s)
{
    Str text = str_of(s);
    TextCell cell;
    for (size_t i = 0; i < text.n; i += cell.bytes) {
        text_cell(text, i, 0, &cell);
        buf_add(out, cell.shown.p, cell.shown.n);
    }
}

void text_style(Buf *out, const Stream *s, Style style, const char *text)
{
    bool marked = s->color && style != STYLE_PLAIN;
    if (marked)
        buf_str(out, style_start(style));
    text_safe(out, text);
    if (marked)
        buf_str(out, "\033[0m");
}

void text_count(Buf *out, uint64_t n, const char *one, const char *many)
{
    buf_printf(out, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

typedef struct Fold {
    Buf *out;
    const Stream *stream;
    uint32_t width, column, indent;
    bool in_code;
    bool line_begins; // nothing but the indent stands on the line
} Fold;

static void fold_break(Fold *f)
{
    buf_char(f->out, '\n');
    buf_fill(f->out, ' ', f->indent);
    f->column = f->indent;
    f->line_begins = true;
}

// Prints one word; a ` begins or ends code: colour where there is any, else the mark itself.
static void fold_word(Fold *f, Str word)
{
    uint32_t width = text_width(word, 0);
    if (f->stream->color) {
        for (size_t i = 0; i < word.n; i++)
            width -= word.p[i] == '`';
    }
    if (!f->line_begins && f->column + 1 + width > f->width)
        fold_break(f);
    if (!f->line_begins) {
        buf_char(f->out, ' ');
        f->column++;
    }
    TextCell cell;
    for (size_t i = 0; i < word.n; i += cell.bytes) {
        text_cell(word, i, 0, &cell);
        if (word.p[i] != '`' || !f->stream->color) {
            buf_add(f->out, cell.shown.p, cell.shown.n);
            continue;
        }
        f->in_code = !f->in_code;
        buf_str(f->out, f->in_code ? style_start(STYLE_CODE) : "\033[0m");
    }
    f->column += width;
    f->line_begins = false;
}

void text_fold(Buf *out, const Stream *s, Str text, uint32_t column, uint32_t indent)
{
    uint32_t width = s->width ? s->width : FOLD_DEFAULT;
    Fold f = {.out = out, .stream = s, .column = column, .indent = indent, .line_begins = true};
    f.width = width > FOLD_MOST ? FOLD_MOST : width < FOLD_LEAST ? FOLD_LEAST : width;
    for (size_t i = 0; i < text.n;) {
        size_t blanks = 0, lines = 0;
        while (i + blanks < text.n && (text.p[i + blanks] == ' ' || text.p[i + blanks] == '\n'))
            lines += text.p[i + blanks++] == '\n';
        i += blanks;
        size_t n = 0;
        while (i + n < text.n && text.p[i + n] != ' ' && text.p[i + n] != '\n')
            n++;
        if (lines > 1 && n) {
            buf_char(out, '\n');
            fold_break(&f);
        }
        if (n)
            fold_word(&f, (Str){text.p + i, n});
        i += n;
    }
    buf_str(out, f.in_code ? "\033[0m\n" : "\n");
}
