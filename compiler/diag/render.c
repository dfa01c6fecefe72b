// render.c - diagnostics as text: the guilty line, and what points at it.
//
//     error[M1001]: `storage_account` has no property `minimumTlsVerson`
//       --> storage.moat:4:17
//        |
//      4 |         require minimumTlsVerson == "TLS1_2"
//        |                 ^^^^^^^^^^^^^^^^
//        = help: did you mean `minimumTlsVersion`?
//
// A span becomes marks, one for each line that is shown of it; the marks of a
// diagnostic are sorted by file and line. A long line is shown through a window.
//
// SPDX-License-Identifier: MIT
#include "diag/render.h"

#include <stdlib.h>

enum { LINE_MOST = 240, WINDOW_LEAST = 40, CONTEXT = 16, LABELS_MOST = 16 };

typedef struct Mark {
    Source *source;
    uint32_t line, start, end; // bytes within the line
    bool primary;
    const char *text; // may be NULL
    uint32_t order;
} Mark;

typedef struct Window {
    uint32_t left, right; // display columns of the line that are shown
} Window;

typedef struct Painter {
    Buf *out;
    const Sources *sources;
    RenderOptions o;
    const Diag *diag;
    uint32_t gutter; // digits of the largest line number
    uint32_t mark_count;
    Mark marks[2 * (1 + LABELS_MOST)];
} Painter;

static const char *severity_color(Severity s)
{
    switch (s) {
    case SEVERITY_ERROR:
        return "1;31";
    case SEVERITY_WARNING:
        return "1;33";
    case SEVERITY_OFF:
    case SEVERITY_NOTE:
        break;
    }
    return "1;36";
}

static void add_colored(Painter *p, const char *color, const char *s)
{
    if (p->o.color)
        buf_printf(p->out, "\x1b[%sm%s\x1b[0m", color, s);
    else
        buf_str(p->out, s);
}

// A text that may quote the user's: controls shall not reach the terminal.
static void add_safe(Buf *out, const char *s)
{
    Str text = str_of(s);
    TextCell cell;
    for (size_t i = 0; i < text.n; i += cell.bytes) {
        text_cell(text, i, 0, &cell);
        buf_add(out, cell.shown.p, cell.shown.n);
    }
}

static void add_safe_bold(Painter *p, const char *s)
{
    if (p->o.color)
        buf_str(p->out, "\x1b[1m");
    add_safe(p->out, s);
    if (p->o.color)
        buf_str(p->out, "\x1b[0m");
}

// --- marks ---------------------------------------------------------------------------------

static uint32_t at_most(uint32_t a, size_t b)
{
    return a < b ? a : (uint32_t)b;
}

static void add_mark(Painter *p, Position at, uint32_t end_byte, bool primary, const char *text)
{
    Str line = sources_line(p->sources, at.source, at.line);
    Mark *m = &p->marks[p->mark_count];
    *m = (Mark){.source = at.source, .line = at.line, .primary = primary, .text = text};
    m->start = at_most(at.byte, line.n); // a place past the text is its end
    m->end = at_most(end_byte, line.n);
    m->order = p->mark_count++;
}

static uint32_t indentation(Str line)
{
    uint32_t i = 0;
    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    return i;
}

// A span over several lines is marked on its first and on its last.
static void add_span(Painter *p, Span span, bool primary, const char *text)
{
    Position first = sources_position(p->sources, span.start);
    if (!first.source)
        return;
    Position last = sources_position(p->sources, span.end > span.start ? span.end - 1 : span.start);
    if (last.source != first.source || last.line == first.line) {
        add_mark(p, first, first.byte + (span.end - span.start), primary, text);
        return;
    }
    add_mark(p, first, UINT32_MAX, primary, NULL);
    uint32_t end = last.byte + 1;
    last.byte = at_most(indentation(sources_line(p->sources, last.source, last.line)), last.byte);
    add_mark(p, last, end, primary, text);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_marks(const void *x, const void *y)
{
    const Mark *a = x, *b = y;
    int c = compare_numbers(a->source->base, b->source->base);
    if (!c)
        c = compare_numbers(a->line, b->line);
    return c ? c : compare_numbers(a->order, b->order);
}

// The marks of the diagnostic's own file come first.
static void collect_marks(Painter *p)
{
    const Diag *d = p->diag;
    const Source *own = sources_at(p->sources, d->span.start);
    p->mark_count = 0;
    add_span(p, d->span, true, NULL);
    uint32_t labels = at_most(LABELS_MOST, d->labels.len);
    for (uint32_t i = 0; i < labels; i++) {
        if (sources_at(p->sources, d->labels.items[i].span.start) == own)
            add_span(p, d->labels.items[i].span, false, d->labels.items[i].text);
    }
    uint32_t here = p->mark_count;
    for (uint32_t i = 0; i < labels; i++) {
        if (sources_at(p->sources, d->labels.items[i].span.start) != own)
            add_span(p, d->labels.items[i].span, false, d->labels.items[i].text);
    }
    qsort(p->marks, here, sizeof(Mark), compare_marks);
    qsort(p->marks + here, p->mark_count - here, sizeof(Mark), compare_marks);

    uint32_t largest = 1;
    for (uint32_t i = 0; i < p->mark_count; i++) {
        if (p->marks[i].line > largest)
            largest = p->marks[i].line;
    }
    p->gutter = 0;
    for (; largest; largest /= 10)
        p->gutter++;
}

// --- lines ---------------------------------------------------------------------------------

static void add_gutter(Painter *p, uint32_t line, const char *bar)
{
    Buf text = {0};
    if (line)
        buf_printf(&text, " %*u %s", (int)p->gutter, line, bar);
    else
        buf_printf(&text, " %*s %s", (int)p->gutter, "", bar);
    add_colored(p, "1;34", text.p);
    buf_free(&text);
}

static Str prefix(Str line, uint32_t n)
{
    return (Str){line.p, n};
}

static Window window_for(const Painter *p, Str line, const Mark *m)
{
    uint32_t room = LINE_MOST;
    if (p->o.width)
        room =
            p->o.width > p->gutter + 4 + WINDOW_LEAST ? p->o.width - p->gutter - 4 : WINDOW_LEAST;
    if (text_width(line, 0) <= room)
        return (Window){0, room};
    uint32_t start = text_width(prefix(line, m->start), 0);
    uint32_t end = text_width(prefix(line, m->end), 0);
    uint32_t left = end + 1 < room ? 0 : start > CONTEXT ? start - CONTEXT : 0;
    return (Window){left, left + room};
}

static void add_line(Painter *p, Str line, Window w)
{
    uint32_t column = 0, width;
    TextCell cell;
    bool cut_left = w.left > 0, cut_right = text_width(line, 0) > w.right;
    uint32_t from = w.left + cut_left, to = w.right - cut_right;
    if (cut_left)
        buf_str(p->out, "…");
    for (size_t i = 0; i < line.n && column < to; i += cell.bytes, column += width) {
        width = text_cell(line, i, column, &cell);
        if (column >= from && column + width <= to)
            buf_add(p->out, cell.shown.p, cell.shown.n);
        else if (column + width > from) // half a wide character
            buf_fill(p->out, ' ',
                     (column + width < to ? column + width : to) - (column > from ? column : from));
    }
    if (cut_right)
        buf_str(p->out, "…");
}

static void add_source_row(Painter *p, const Mark *m, Str line, Window w)
{
    add_gutter(p, m->line, "|");
    if (line.n) {
        buf_char(p->out, ' ');
        add_line(p, line, w);
    }
    buf_char(p->out, '\n');
}

static uint32_t clamp(uint32_t x, uint32_t low, uint32_t high)
{
    return x < low ? low : x > high ? high : x;
}

static void add_mark_row(Painter *p, const Mark *m, Str line, Window w)
{
    uint32_t start = text_width(prefix(line, m->start), 0);
    uint32_t end = m->end > m->start ? text_width(prefix(line, m->end), 0) : start;
    if (end == start)
        end++;
    start = clamp(start, w.left, w.right - 1);
    end = clamp(end, start + 1, w.right);
    add_gutter(p, 0, "| ");
    buf_fill(p->out, ' ', start - w.left);
    Buf row = {0};
    buf_fill(&row, m->primary ? '^' : '-', end - start);
    if (m->text && *m->text) {
        buf_char(&row, ' ');
        add_safe(&row, m->text);
    }
    add_colored(p, m->primary ? severity_color(p->diag->severity) : "1;34", row.p);
    buf_free(&row);
    buf_char(p->out, '\n');
}

static void add_place(Painter *p, const char *arrow, Position at)
{
    buf_fill(p->out, ' ', p->gutter + 1);
    add_colored(p, "1;34", arrow);
    buf_char(p->out, ' ');
    add_safe(p->out, at.source->path);
    buf_printf(p->out, ":%u:%u\n", at.line, at.column);
    add_gutter(p, 0, "|");
    buf_char(p->out, '\n');
}

static void add_snippets(Painter *p)
{
    const Mark *before = NULL;
    Window w = {0, 0};
    for (uint32_t i = 0; i < p->mark_count; i++) {
        const Mark *m = &p->marks[i];
        Str line = sources_line(p->sources, m->source, m->line);
        uint32_t offset = m->source->base + (uint32_t)(line.p - m->source->text.p) + m->start;
        if (!before || before->source != m->source) {
            Position own = sources_position(p->sources, p->diag->span.start);
            bool first = !before && own.source;
            add_place(p, first ? "-->" : ":::", first ? own : sources_position(p->sources, offset));
        } else if (m->line > before->line + 1) {
            add_gutter(p, 0, "...\n");
        }
        if (!before || before->source != m->source || before->line != m->line) {
            w = window_for(p, line, m);
            add_source_row(p, m, line, w);
        }
        add_mark_row(p, m, line, w);
        before = m;
    }
}

// --- diagnostics ---------------------------------------------------------------------------

static void add_remark(Painter *p, const char *kind, const char *text)
{
    add_gutter(p, 0, "= ");
    add_colored(p, "1", kind);
    buf_str(p->out, ": ");
    add_safe(p->out, text);
    buf_char(p->out, '\n');
}

static void add_diag(Painter *p)
{
    const Diag *d = p->diag;
    Buf head = {0};
    buf_printf(&head, "%s[%s]", severity_text(d->severity), diag_code_text(d->code));
    add_colored(p, severity_color(d->severity), head.p);
    buf_free(&head);
    buf_str(p->out, ": ");
    add_safe_bold(p, d->message);
    buf_char(p->out, '\n');
    collect_marks(p);
    add_snippets(p);
    for (uint32_t i = 0; i < d->notes.len; i++)
        add_remark(p, "note", d->notes.items[i]);
    for (uint32_t i = 0; i < d->helps.len; i++)
        add_remark(p, "help", d->helps.items[i]);
    buf_char(p->out, '\n');
}

void render_text(Buf *out, const Sources *sources, const Diags *ds, RenderOptions o)
{
    Painter p = {.out = out, .sources = sources, .o = o};
    uint32_t errors = 0, total = diags_count(ds, SEVERITY_ERROR);
    for (uint32_t i = 0; (p.diag = diags_get(ds, i)); i++) {
        add_diag(&p);
        errors += p.diag->severity == SEVERITY_ERROR;
        if (o.max_errors && errors == o.max_errors && total > errors) {
            buf_printf(out, "%u more error%s not shown\n\n", total - errors,
                       total - errors == 1 ? "" : "s");
            return;
        }
    }
}
