// test_files.c - results of `moat test` for programs: JSON, JUnit, lcov.
//
// SPDX-License-Identifier: MIT
#include "cli/test_run.h"

#include "policy/json_out.h"

#include <stdlib.h>

static Position place(const TestRun *r, Span span)
{
    return sources_position(r->compilation->sources, span.start);
}

static const char *result_text(const TestOutcome *o)
{
    return !o->test ? "notRun" : o->failures.len ? "failed" : "passed";
}

// --- JSON ----------------------------------------------------------------------------------------------

static void json_text(Json *j, const char *key, const char *text)
{
    json_key(j, key);
    json_string(j, str_of(text));
}

static void json_number(Json *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_int(j, (int64_t)n);
}

static void json_flag(Json *j, const char *key, bool flag)
{
    json_key(j, key);
    json_literal(j, flag ? "true" : "false");
}

static void json_place(const TestRun *r, Json *j, Span span)
{
    if (!sources_at(r->compilation->sources, span.start))
        return;
    Position p = place(r, span);
    json_text(j, "file", p.source->path);
    json_number(j, "line", p.line);
    json_number(j, "column", p.column);
}

static void json_failure(const TestRun *r, Json *j, const TestFailure *f)
{
    json_open_object(j);
    json_text(j, "message", f->message);
    json_place(r, j, f->span);
    json_key(j, "reasons");
    json_open_array(j);
    for (uint32_t i = 0; i < f->lines.len; i++)
        json_string(j, str_of(f->lines.items[i]));
    json_close(j);
    json_close(j);
}

static void json_test(const TestRun *r, Json *j, uint32_t i)
{
    const TestCase *t = r->tests.items[i];
    const TestOutcome *o = &r->outcomes[i];
    json_open_object(j);
    json_text(j, "title", t->title);
    json_text(j, "module", t->module);
    json_place(r, j, t->span);
    json_text(j, "result", result_text(o));
    json_number(j, "microseconds", o->nanoseconds / 1000);
    json_key(j, "failures");
    json_open_array(j);
    for (uint32_t k = 0; k < o->failures.len; k++)
        json_failure(r, j, &o->failures.items[k]);
    json_close(j);
    json_close(j);
}

static void json_coverage(const TestRun *r, Json *j)
{
    json_key(j, "coverage");
    json_open_array(j);
    for (uint32_t i = 0; i < coverage_rows(r->coverage); i++) {
        const CoverRow *row = coverage_row(r->coverage, i);
        for (uint32_t k = 0; k < row->points.len; k++) {
            const CoverPoint *p = &row->points.items[k];
            json_open_object(j);
            json_text(j, "requirement", row->requirement->symbol->name);
            json_place(r, j, p->span);
            json_flag(j, "evaluated", p->bits & (COVER_TRUE | COVER_FALSE));
            json_flag(j, "violates", p->bits & COVER_VIOLATES);
            json_flag(j, "satisfies", p->bits & COVER_SATISFIES);
            json_close(j);
        }
    }
    json_close(j);
}

static void json_mutants(const TestRun *r, Json *j)
{
    json_key(j, "mutants");
    json_open_object(j);
    json_number(j, "tried", r->mutants);
    json_number(j, "noticed", r->killed);
    json_key(j, "unnoticed");
    json_open_array(j);
    for (uint32_t i = 0; i < r->survivors.items.len; i++) {
        const Mutant *m = &r->survivors.items.items[i];
        json_open_object(j);
        json_text(j, "requirement", m->requirement->symbol->name);
        if (m->where)
            json_text(j, "condition", m->where);
        json_text(j, "change", m->what);
        json_place(r, j, m->span);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

void test_json(const TestRun *r, Buf *out)
{
    Json j;
    json_start(&j, out, JSON_PRETTY);
    json_open_object(&j);
    json_key(&j, "tests");
    json_open_array(&j);
    for (uint32_t i = 0; i < r->tests.len; i++)
        json_test(r, &j, i);
    json_close(&j);
    if (r->coverage)
        json_coverage(r, &j);
    if (r->cli->values[OPTION_MUTATE])
        json_mutants(r, &j);
    json_key(&j, "summary");
    json_open_object(&j);
    json_number(&j, "passed", r->run - r->failed);
    json_number(&j, "failed", r->failed);
    json_number(&j, "notRun", r->tests.len - r->run);
    json_close(&j);
    json_close(&j);
    json_finish(&j);
}

// --- JUnit ---------------------------------------------------------------------------------------------

static void xml_text(Buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '<')
            buf_str(out, "&lt;");
        else if (*s == '>')
            buf_str(out, "&gt;");
        else if (*s == '&')
            buf_str(out, "&amp;");
        else if (*s == '"')
            buf_str(out, "&quot;");
        else if ((unsigned char)*s >= ' ' || *s == '\n' || *s == '\t')
            buf_char(out, *s);
    }
}

static void junit_failure(const TestRun *r, Buf *out, const TestFailure *f)
{
    Position p = place(r, f->span);
    buf_str(out, "      <failure message=\"");
    xml_text(out, f->message);
    buf_str(out, "\" type=\"expect\">");
    xml_text(out, p.source->path);
    buf_printf(out, ":%u:%u", p.line, p.column);
    for (uint32_t i = 0; i < f->lines.len; i++) {
        buf_char(out, '\n');
        xml_text(out, f->lines.items[i]);
    }
    buf_str(out, "</failure>\n");
}

static void junit_test(const TestRun *r, Buf *out, uint32_t i)
{
    const TestCase *t = r->tests.items[i];
    const TestOutcome *o = &r->outcomes[i];
    buf_str(out, "    <testcase classname=\"");
    xml_text(out, t->module);
    buf_str(out, "\" name=\"");
    xml_text(out, t->title);
    buf_str(out, "\" file=\"");
    xml_text(out, place(r, t->span).source->path);
    buf_printf(out, "\" time=\"%.6f\"", (double)o->nanoseconds / 1e9);
    if (o->test && o->failures.len == 0) {
        buf_str(out, "/>\n");
        return;
    }
    buf_str(out, ">\n");
    for (uint32_t k = 0; k < o->failures.len; k++)
        junit_failure(r, out, &o->failures.items[k]);
    buf_str(out, o->test ? "" : "      <skipped/>\n");
    buf_str(out, "    </testcase>\n");
}

void test_junit(const TestRun *r, Buf *out)
{
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    buf_printf(
        out,
        "  <testsuite name=\"moat\" tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\" "
        "time=\"%.6f\">\n",
        r->tests.len, r->failed, r->tests.len - r->run, (double)r->nanoseconds / 1e9);
    for (uint32_t i = 0; i < r->tests.len; i++)
        junit_test(r, out, i);
    buf_str(out, "  </testsuite>\n</testsuites>\n");
}

// --- lcov ----------------------------------------------------------------------------------------------

typedef struct LcovPoint {
    uint32_t line;
    uint8_t bits;
} LcovPoint;
typedef VEC(LcovPoint) LcovPoints;

static int by_line(const void *a, const void *b)
{
    const LcovPoint *x = a, *y = b;
    return x->line < y->line ? -1 : x->line > y->line;
}

static void points_of(const TestRun *r, const Source *source, Arena *a, LcovPoints *ret)
{
    for (uint32_t i = 0; i < coverage_rows(r->coverage); i++) {
        const CoverRow *row = coverage_row(r->coverage, i);
        for (uint32_t k = 0; k < row->points.len; k++) {
            Position p = place(r, row->points.items[k].span);
            if (p.source == source)
                vec_push(a, ret, ((LcovPoint){p.line, row->points.items[k].bits}));
        }
    }
    if (ret->len > 0)
        qsort(ret->items, ret->len, sizeof *ret->items, by_line);
}

// Each condition is two branches of its line: taken where it alone made a resource violate, and
// where it alone kept one from that.
static uint32_t lcov_branches(Buf *out, const LcovPoints *points)
{
    uint32_t taken = 0, block = 0;
    for (uint32_t i = 0; i < points->len; i++) {
        const LcovPoint *p = &points->items[i];
        bool seen = p->bits & (COVER_TRUE | COVER_FALSE);
        bool violates = p->bits & COVER_VIOLATES, satisfies = p->bits & COVER_SATISFIES;
        block = i > 0 && p->line == points->items[i - 1].line ? block + 1 : 0;
        buf_printf(out, "BRDA:%u,%u,0,%s\n", p->line, block, !seen ? "-" : violates ? "1" : "0");
        buf_printf(out, "BRDA:%u,%u,1,%s\n", p->line, block, !seen ? "-" : satisfies ? "1" : "0");
        taken += (uint32_t)violates + (uint32_t)satisfies;
    }
    return taken;
}

static void lcov_source(const TestRun *r, Buf *out, const Source *source, Arena *a)
{
    LcovPoints points = {0};
    uint32_t lines = 0, hit = 0;
    points_of(r, source, a, &points);
    if (points.len == 0)
        return;
    buf_printf(out, "TN:moat\nSF:%s\n", source->path);
    uint32_t taken = lcov_branches(out, &points);
    buf_printf(out, "BRF:%u\nBRH:%u\n", 2 * points.len, taken);
    for (uint32_t i = 0; i < points.len; lines++) {
        uint32_t line = points.items[i].line;
        bool seen = false;
        for (; i < points.len && points.items[i].line == line; i++)
            seen |= (points.items[i].bits & (COVER_TRUE | COVER_FALSE)) != 0;
        buf_printf(out, "DA:%u,%d\n", line, seen);
        hit += seen;
    }
    buf_printf(out, "LF:%u\nLH:%u\nend_of_record\n", lines, hit);
}

void test_lcov(const TestRun *r, Buf *out)
{
    for (uint32_t i = 0; i < sources_count(r->compilation->sources); i++)
        lcov_source(r, out, sources_get(r->compilation->sources, i), r->compilation->arena);
}
