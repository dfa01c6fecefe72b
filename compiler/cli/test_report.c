// test_report.c - results of `moat test` for people.
//
// SPDX-License-Identifier: MIT
#include "cli/test_run.h"

#include <stdlib.h>

static const Sources *sources(const TestRun *r)
{
    return r->compilation->sources;
}

static void add_place(const TestRun *r, Buf *out, Span span)
{
    Position p = sources_position(sources(r), span.start);
    text_safe(out, p.source->path);
    buf_printf(out, ":%u:%u", p.line, p.column);
}

// --- failures ------------------------------------------------------------------------------------------

static void show_failure(TestRun *r, Buf *out, const TestFailure *f)
{
    size_t start = out->n;
    buf_str(out, "  ");
    add_place(r, out, f->span);
    buf_str(out, ": ");
    text_fold(out, &r->cli->out, str_of(f->message), (uint32_t)(out->n - start), 4);
    for (uint32_t i = 0; i < f->lines.len; i++) {
        buf_str(out, "    ");
        text_fold(out, &r->cli->out, str_of(f->lines.items[i]), 4, 6);
    }
}

static void show_failures(TestRun *r, Buf *out)
{
    for (uint32_t i = 0; i < r->tests.len; i++) {
        const TestOutcome *o = &r->outcomes[i];
        if (o->failures.len == 0)
            continue;
        text_style(out, &r->cli->out, STYLE_BAD, "failed");
        buf_str(out, "  ");
        text_style(out, &r->cli->out, STYLE_BOLD, o->test->title);
        buf_char(out, '\n');
        for (uint32_t k = 0; k < o->failures.len; k++)
            show_failure(r, out, &o->failures.items[k]);
        buf_char(out, '\n');
    }
}

static void show_summary(TestRun *r, Buf *out)
{
    text_count(out, r->run, "test", "tests");
    buf_str(out, ": ");
    if (r->run > r->failed)
        text_style(out, &r->cli->out, STYLE_GOOD,
                   arena_printf(r->cli->arena, "%u passed", r->run - r->failed));
    if (r->failed) {
        buf_str(out, r->run > r->failed ? ", " : "");
        text_style(out, &r->cli->out, STYLE_BAD,
                   arena_printf(r->cli->arena, "%u failed", r->failed));
    }
    if (r->run < r->tests.len)
        buf_printf(out, ", %u not run", r->tests.len - r->run);
    buf_printf(out, " (%.1f ms)\n", (double)r->nanoseconds / 1e6);
}

void test_show(TestRun *r)
{
    Buf out = {0};
    show_failures(r, &out);
    if (r->cli->values[OPTION_ANNOTATE])
        test_annotate(r, &out);
    if (r->cli->values[OPTION_COVERAGE])
        test_show_coverage(r, &out);
    if (r->cli->values[OPTION_MUTATE])
        test_show_survivors(r, &out);
    show_summary(r, &out);
    stream_write(&r->cli->out, &out);
    buf_free(&out);
}

// --- coverage ------------------------------------------------------------------------------------------

static const char *lacking(uint8_t bits)
{
    if (!(bits & (COVER_TRUE | COVER_FALSE)))
        return "is never evaluated";
    if (!(bits & (COVER_VIOLATES | COVER_SATISFIES)))
        return "never decides";
    return bits & COVER_VIOLATES ? "never alone keeps a resource from violating"
                                 : "never alone makes a resource violate";
}

static uint32_t covered(const CoverRow *row)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < row->points.len; i++)
        n += row->points.items[i].bits == COVER_ALL;
    return n;
}

static void percent(Buf *out, uint32_t n, uint32_t of)
{
    buf_printf(out, "%5.1f %%", of ? 100.0 * n / of : 100.0);
}

enum { NAME_COLUMN = 36 };

static void coverage_line(Buf *out, const char *name, uint32_t n, uint32_t of)
{
    size_t length = strlen(name);
    buf_str(out, name);
    buf_fill(out, ' ', length < NAME_COLUMN ? NAME_COLUMN - length : 1);
    buf_printf(out, "%10u%10u  ", of, n);
    percent(out, n, of);
    buf_char(out, '\n');
}

static void add_point(TestRun *r, Buf *out, const CoverPoint *p)
{
    enum { SHOWN = 60 };
    Str text = sources_text(sources(r), p->span);
    bool cut = text.n > SHOWN || str_has(text, '\n');
    size_t n = 0;
    while (n < text.n && n < SHOWN && text.p[n] != '\n')
        n++;
    buf_char(out, '`');
    text_safe(out, arena_copy(r->cli->arena, text.p, n));
    buf_printf(out, "%s` %s\n", cut ? "…" : "", lacking(p->bits));
}

static void show_point(TestRun *r, Buf *out, const CoverPoint *p)
{
    buf_str(out, "    ");
    add_place(r, out, p->span);
    buf_str(out, ": ");
    add_point(r, out, p);
}

void test_show_coverage(TestRun *r, Buf *out)
{
    uint32_t all = 0, good = 0;
    text_style(out, &r->cli->out, STYLE_BOLD, "requirement");
    buf_fill(out, ' ', NAME_COLUMN - strlen("requirement"));
    text_style(out, &r->cli->out, STYLE_BOLD, "conditions   covered    MC/DC");
    buf_char(out, '\n');
    for (uint32_t i = 0; i < coverage_rows(r->coverage); i++) {
        const CoverRow *row = coverage_row(r->coverage, i);
        uint32_t n = covered(row);
        if (row->points.len == 0)
            continue;
        coverage_line(out, row->requirement->symbol->name, n, row->points.len);
        for (uint32_t k = 0; k < row->points.len; k++) {
            if (row->points.items[k].bits != COVER_ALL)
                show_point(r, out, &row->points.items[k]);
        }
        all += row->points.len;
        good += n;
    }
    coverage_line(out, "together", good, all);
    buf_char(out, '\n');
}

// --- annotated sources -----------------------------------------------------------------------------------

typedef struct Mark { // a condition, where it begins
    uint32_t line, column;
    const CoverPoint *point;
} Mark;
typedef VEC(Mark) Marks;

static int by_position(const void *a, const void *b)
{
    const Mark *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static void marks_of(const TestRun *r, const Source *source, Marks *ret)
{
    for (uint32_t i = 0; i < coverage_rows(r->coverage); i++) {
        const CoverRow *row = coverage_row(r->coverage, i);
        for (uint32_t k = 0; k < row->points.len; k++) {
            Position p = sources_position(sources(r), row->points.items[k].span.start);
            if (p.source == source)
                vec_push(r->compilation->arena, ret,
                         ((Mark){p.line, p.column, &row->points.items[k]}));
        }
    }
    if (ret->len > 0)
        qsort(ret->items, ret->len, sizeof *ret->items, by_position);
}

// A line with its sign, and below it what is lacking.
static void annotate_line(TestRun *r, Buf *out, Str text, uint32_t line, const Mark *marks,
                          uint32_t count)
{
    bool good = true;
    for (uint32_t i = 0; i < count; i++)
        good &= marks[i].point->bits == COVER_ALL;
    const char *sign = count == 0 ? " " : good ? "+" : "-";
    Style style = count == 0 ? STYLE_PLAIN : good ? STYLE_GOOD : STYLE_BAD;
    buf_printf(out, "%5u ", line);
    text_style(out, &r->cli->out, style, sign);
    buf_char(out, ' ');
    text_safe(out, arena_copy(r->cli->arena, text.p, text.n));
    buf_char(out, '\n');
    for (uint32_t i = 0; i < count; i++) {
        if (marks[i].point->bits == COVER_ALL)
            continue;
        buf_str(out, "      - ");
        buf_fill(out, ' ', marks[i].column - 1);
        add_point(r, out, marks[i].point);
    }
}

static void annotate_source(TestRun *r, Buf *out, Source *source)
{
    Marks marks = {0};
    uint32_t next = 0;
    marks_of(r, source, &marks);
    if (marks.len == 0)
        return;
    text_style(out, &r->cli->out, STYLE_BOLD, source->path);
    buf_char(out, '\n');
    for (uint32_t line = 1; line <= source->line_count; line++) {
        uint32_t first = next;
        while (next < marks.len && marks.items[next].line == line)
            next++;
        annotate_line(r, out, sources_line(sources(r), source, line), line, marks.items + first,
                      next - first);
    }
    buf_char(out, '\n');
}

void test_annotate(TestRun *r, Buf *out)
{
    for (uint32_t i = 0; i < sources_count(sources(r)); i++)
        annotate_source(r, out, sources_get(sources(r), i));
}

// --- mutants -----------------------------------------------------------------------------------------------

void test_show_survivors(TestRun *r, Buf *out)
{
    for (uint32_t i = 0; i < r->survivors.items.len; i++) {
        const Mutant *m = &r->survivors.items.items[i];
        text_style(out, &r->cli->out, STYLE_WARNING, "unnoticed");
        buf_str(out, "  ");
        if (sources_at(sources(r), m->span.start)) {
            add_place(r, out, m->span);
            buf_str(out, ": ");
        }
        buf_printf(out, "`%s`: ", m->requirement->symbol->name);
        if (m->where) {
            buf_char(out, '`');
            text_safe(out, m->where);
            buf_str(out, "`: ");
        }
        text_safe(out, m->what);
        buf_char(out, '\n');
    }
    buf_printf(out, "%s", r->survivors.items.len ? "\n" : "");
    text_count(out, r->mutants, "change", "changes");
    buf_printf(out, " tried, %u noticed by a test: ", r->killed);
    percent(out, r->killed, r->mutants);
    buf_str(out, "\n\n");
}
