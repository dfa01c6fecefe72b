// run.c - one test: each requirement it expects something of, judged.
//
// spec: tests, verdicts
//
// SPDX-License-Identifier: MIT
#include "testing/judge.h"

#include "base/bug.h"
#include "testing/difference.h"

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

// "it is violated": as a person says it.
static const char *verdict_said(TestVerdict v)
{
    switch (v) {
    case VERDICT_NOT_APPLICABLE:
        return "is not applicable";
    case VERDICT_SATISFIED:
        return "is satisfied";
    case VERDICT_VIOLATED:
        return "is violated";
    case VERDICT_PROTECTED:
        return "is protected";
    case VERDICT_UNKNOWN:
        return "is unknown";
    case VERDICT_ERROR:
        return "cannot be judged";
    }
    BUG("no such verdict");
}

static const char *verdict_wanted(TestVerdict v)
{
    return verdict_said(v) + strlen("is ");
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

static void add_reasons(Run *x, TestFailure *f, const Judgement *j)
{
    if (j->reason)
        add_line(x, f, j->reason);
    for (uint32_t i = 0; i < j->why.len; i++)
        add_line(x, f, j->why.items[i]);
}

// --- expect … satisfied ----------------------------------------------------------------------------

static void expect_verdict(Run *x, const TestExpect *e, const Judgement *j)
{
    if (j->verdict == e->verdict)
        return;
    add_reasons(
        x,
        fail(x, e,
             arena_printf(x->arena, "expected `%s` to be %s, it %s", e->requirement->symbol->name,
                          verdict_wanted(e->verdict), verdict_said(j->verdict))),
        j);
}

// --- expect … sets ---------------------------------------------------------------------------------

typedef VEC(const Data *) Found;

// The values at a path whose arrays are all walked. Depth: the `[*]` of an alias.
static void search(Arena *a, const Data *d, const char *path, Found *ret)
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
                search(a, &d->items[i], path, ret);
            return;
        }
    }
    if (d && d->kind != DATA_NULL)
        vec_push(a, ret, d);
}

static void search_place(Arena *a, const TestExpect *e, const Data *resource, Found *ret)
{
    const Data *tags = data_get_nocase(resource, str_of("tags"));
    if (!e->tag)
        search(a, resource, e->path, ret);
    else if (tags && tags->kind == DATA_OBJECT)
        search(a, data_get_nocase(tags, str_of(e->tag)), "", ret);
}

static const char *shown(Run *x, const Found *found)
{
    if (found->len == 0)
        return "nothing";
    const char *text = data_shown(x->arena, found->items[0]);
    for (uint32_t i = 1; i < found->len; i++)
        text = arena_printf(x->arena, "%s, %s", text, data_shown(x->arena, found->items[i]));
    return text;
}

static bool all_equal(const Found *found, const Data *value)
{
    for (uint32_t i = 0; i < found->len; i++) {
        if (!value || !data_equal(found->items[i], value))
            return false;
    }
    return found->len > 0 || !value;
}

static void expect_sets(Run *x, const TestExpect *e, const Judgement *j)
{
    Found before = {0}, after = {0};
    search_place(x->arena, e, x->test->resource, &before);
    search_place(x->arena, e, &j->resource, &after);
    if (j->changed && all_equal(&after, e->value))
        return;
    const char *wanted = e->value ? arena_printf(x->arena, "set `%s` to %s", e->place,
                                                 data_shown(x->arena, e->value))
                                  : arena_printf(x->arena, "remove `%s`", e->place);
    const char *name = e->requirement->symbol->name;
    if (!j->changed) {
        add_reasons(x,
                    fail(x, e,
                         arena_printf(x->arena, "expected `%s` to %s, it %s and changes nothing",
                                      name, wanted, verdict_said(j->verdict))),
                    j);
        return;
    }
    TestFailure *f =
        fail(x, e, arena_printf(x->arena, "expected `%s` to %s, it does not", name, wanted));
    add_line(x, f, arena_printf(x->arena, "before: %s", shown(x, &before)));
    add_line(x, f, arena_printf(x->arena, "after:  %s", shown(x, &after)));
    if (e->value && after.len == 1)
        data_differences(x->arena, e->value, after.items[0], &f->lines);
}

// --- expect … deploys ------------------------------------------------------------------------------

// The types of the resources of its template, of which `wanted` should be one.
static const char *deployed(Run *x, const Data *deployment, const char *wanted, bool *ret_has)
{
    static const char *const PATH[] = {"properties", "template", "resources"};
    const Data *d = deployment;
    const char *all = NULL;
    *ret_has = false;
    for (size_t i = 0; d && i < sizeof PATH / sizeof PATH[0]; i++)
        d = d->kind == DATA_OBJECT ? data_get_nocase(d, str_of(PATH[i])) : NULL;
    for (uint32_t i = 0; d && d->kind == DATA_ARRAY && i < d->count; i++) {
        const Data *t =
            d->items[i].kind == DATA_OBJECT ? data_get_nocase(&d->items[i], str_of("type")) : NULL;
        if (!t || t->kind != DATA_STRING)
            continue;
        *ret_has |= str_equal_nocase(data_str(t), str_of(wanted));
        all = arena_printf(x->arena, "%s%s`%.*s`", all ? all : "", all ? ", " : "", (int)t->count,
                           t->text);
    }
    return all ? all : "nothing";
}

static void expect_deploys(Run *x, const TestExpect *e, const Judgement *j)
{
    bool has;
    const char *wanted = e->deploys ? e->deploys : "";
    const char *types = deployed(x, &j->deployment, wanted, &has);
    if (j->verdict == VERDICT_VIOLATED && has)
        return;
    const char *does =
        j->verdict == VERDICT_VIOLATED
            ? arena_printf(x->arena, "deploys %s", types)
            : arena_printf(x->arena, "%s and deploys nothing", verdict_said(j->verdict));
    add_reasons(x,
                fail(x, e,
                     arena_printf(x->arena, "expected `%s` to deploy a `%s`, it %s",
                                  e->requirement->symbol->name, wanted, does)),
                j);
}

// --- the test --------------------------------------------------------------------------------------

static JudgeFor purpose(const TestExpect *e)
{
    if (e->kind == TESTITEM_EXPECT_SETS)
        return JUDGE_CHANGE;
    return e->kind == TESTITEM_EXPECT_DEPLOYS ? JUDGE_DEPLOYMENT : JUDGE_VERDICT;
}

static void compare(Run *x, EvalScratch *scratch, const TestExpect *e, bool explained)
{
    Judgement j = {0};
    judge_requirement(x->setup, x->test, e->requirement, purpose(e), explained, scratch, x->arena,
                      &j);
    if (e->kind == TESTITEM_EXPECT_SETS)
        expect_sets(x, e, &j);
    else if (e->kind == TESTITEM_EXPECT_DEPLOYS)
        expect_deploys(x, e, &j);
    else
        expect_verdict(x, e, &j);
}

// Why is asked only where the answer is needed.
static void check_expect(Run *x, EvalScratch *scratch, const TestExpect *e)
{
    uint32_t failed = x->outcome->failures.len;
    compare(x, scratch, e, false);
    if (x->outcome->failures.len == failed || x->setup->instead)
        return;
    x->outcome->failures.len = failed;
    compare(x, scratch, e, true);
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
