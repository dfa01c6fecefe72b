// run.c - one test: each requirement it expects something of, judged.
//
// spec: tests, verdicts
//
// SPDX-License-Identifier: MIT
#include "testing/judge.h"

#include "base/bug.h"

#include <time.h>

const char *test_verdict_text(TestVerdict v)
{
    switch (v) {
    case VERDICT_NOT_APPLICABLE:
        return "not_applicable";
    case VERDICT_SATISFIED:
        return "satisfied";
    case VERDICT_VIOLATED:
        return "violated";
    case VERDICT_PROTECTED:
        return "protected";
    case VERDICT_UNKNOWN:
        return "unknown";
    case VERDICT_ERROR:
        return "an error";
    }
    BUG("no such verdict");
}

// "not applicable": as a person says it.
static const char *verdict_said(TestVerdict v)
{
    return v == VERDICT_NOT_APPLICABLE ? "not applicable" : test_verdict_text(v);
}

typedef struct Run {
    const TestSetup *setup;
    const TestCase *test;
    Arena *arena;
    TestOutcome *outcome;
} Run;

static TestFailure *fail(Run *x, const TestExpect *e, const char *message)
{
    vec_push(x->arena, &x->outcome->failures, ((TestFailure){.span = e->span, .message = message}));
    return &x->outcome->failures.items[x->outcome->failures.len - 1];
}

static void add_line(Run *x, TestFailure *f, const char *line)
{
    vec_push(x->arena, &f->lines, line);
}

static const char *shown(Run *x, const Data *d)
{
    if (!d || d->kind == DATA_MISSING)
        return "nothing";
    Buf b = {0};
    data_print(&b, d);
    const char *text = arena_copy(x->arena, b.p, b.n);
    buf_free(&b);
    return text;
}

// --- expect … satisfied ----------------------------------------------------------------------------

static void expect_verdict(Run *x, const TestExpect *e, const Judgement *j)
{
    if (j->verdict == e->verdict)
        return;
    const char *name = e->requirement->symbol->name;
    TestFailure *f = fail(x, e,
                          arena_printf(x->arena, "expected `%s` to be %s, it is %s", name,
                                       verdict_said(e->verdict), verdict_said(j->verdict)));
    if (j->reason)
        add_line(x, f, j->reason);
    for (uint32_t i = 0; i < j->why.len; i++)
        add_line(x, f, j->why.items[i]);
}

// --- expect … sets ---------------------------------------------------------------------------------

// The values at a path whose arrays are all walked; `found` takes each.
typedef struct Search {
    const Data *expected; // NULL: nothing may be there
    const Data *wrong;    // first value that differs
    uint32_t count;
} Search;

static void search(Search *s, const Data *d, const char *path)
{
    while (*path && d) {
        if (*path == '.')
            path++;
        size_t n = strcspn(path, ".[");
        if (n > 0) {
            d = d->kind == DATA_OBJECT ? data_get_nocase(d, (Str){path, n}) : NULL;
            path += n;
        } else { // [*]
            path += strlen("[*]");
            for (uint32_t i = 0; d->kind == DATA_ARRAY && i < d->count; i++)
                search(s, &d->items[i], path);
            return;
        }
    }
    if (!d || (!s->expected && d->kind == DATA_NULL))
        return;
    s->count++;
    if (!s->wrong && (!s->expected || !data_equal(d, s->expected)))
        s->wrong = d;
}

static void expect_sets(Run *x, const TestExpect *e, const Judgement *j)
{
    Search s = {.expected = e->value};
    const Data *tags = data_get_nocase(&j->resource, str_of("tags"));
    if (!e->tag)
        search(&s, &j->resource, e->path);
    else if (tags)
        search(&s, data_get_nocase(tags, str_of(e->tag)), "");
    bool good = e->value ? s.count > 0 && !s.wrong : s.count == 0;
    if (good && j->changed)
        return;
    const char *name = e->requirement->symbol->name;
    TestFailure *f;
    if (!j->changed)
        f = fail(x, e,
                 arena_printf(x->arena, "expected `%s` to set `%s`, it changes nothing", name,
                              e->place));
    else if (e->value)
        f = fail(x, e,
                 arena_printf(x->arena, "expected `%s` to set `%s` to %s, it is %s", name, e->place,
                              shown(x, e->value), shown(x, s.wrong)));
    else
        f = fail(x, e,
                 arena_printf(x->arena, "expected `%s` to remove `%s`, it is %s", name, e->place,
                              shown(x, s.wrong)));
    if (j->verdict != VERDICT_VIOLATED)
        add_line(x, f, arena_printf(x->arena, "the resource is %s", verdict_said(j->verdict)));
    for (uint32_t i = 0; i < j->why.len; i++)
        add_line(x, f, j->why.items[i]);
}

// --- expect … deploys ------------------------------------------------------------------------------

static bool deploys_type(const Data *deployment, const char *type)
{
    const Data *d = deployment->kind == DATA_OBJECT ? deployment : NULL;
    static const char *const PATH[] = {"properties", "template", "resources"};
    for (size_t i = 0; d && i < sizeof PATH / sizeof PATH[0]; i++)
        d = d->kind == DATA_OBJECT ? data_get_nocase(d, str_of(PATH[i])) : NULL;
    for (uint32_t i = 0; d && d->kind == DATA_ARRAY && i < d->count; i++) {
        const Data *t =
            d->items[i].kind == DATA_OBJECT ? data_get_nocase(&d->items[i], str_of("type")) : NULL;
        if (t && t->kind == DATA_STRING && str_equal_nocase(data_str(t), str_of(type)))
            return true;
    }
    return false;
}

static void expect_deploys(Run *x, const TestExpect *e, const Judgement *j)
{
    if (j->verdict == VERDICT_VIOLATED && e->deploys && deploys_type(&j->deployment, e->deploys))
        return;
    TestFailure *f =
        fail(x, e,
             arena_printf(x->arena, "expected `%s` to deploy a `%s`, it %s",
                          e->requirement->symbol->name, e->deploys ? e->deploys : "resource",
                          j->verdict == VERDICT_VIOLATED ? "deploys others" : "deploys nothing"));
    add_line(x, f, arena_printf(x->arena, "the resource is %s", verdict_said(j->verdict)));
    for (uint32_t i = 0; i < j->why.len; i++)
        add_line(x, f, j->why.items[i]);
}

// --- the test --------------------------------------------------------------------------------------

static JudgeFor purpose(const TestExpect *e)
{
    if (e->kind == TESTITEM_EXPECT_SETS)
        return JUDGE_CHANGE;
    return e->kind == TESTITEM_EXPECT_DEPLOYS ? JUDGE_DEPLOYMENT : JUDGE_VERDICT;
}

static void check_expect(Run *x, EvalScratch *scratch, const TestExpect *e)
{
    Judgement j = {0};
    judge_requirement(x->setup, x->test, e->requirement, purpose(e), scratch, x->arena, &j);
    if (e->kind == TESTITEM_EXPECT_SETS)
        expect_sets(x, e, &j);
    else if (e->kind == TESTITEM_EXPECT_DEPLOYS)
        expect_deploys(x, e, &j);
    else
        expect_verdict(x, e, &j);
}

static uint64_t nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void test_run(const TestSetup *setup, const TestCase *test, EvalScratch *scratch, Arena *arena,
              TestOutcome *ret)
{
    uint64_t start = nanoseconds();
    *ret = (TestOutcome){.test = test};
    Run x = {setup, test, arena, ret};
    for (uint32_t i = 0; i < test->expects.len; i++)
        check_expect(&x, scratch, &test->expects.items[i]);
    ret->nanoseconds = nanoseconds() - start;
}
