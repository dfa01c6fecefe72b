// cmd_test.c - moat test: runs the tests of a project, on several threads.
//
// SPDX-License-Identifier: MIT
#include "cli/compile.h"
#include "cli/test_run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

// --- running -----------------------------------------------------------------------------------------

typedef struct Question { // a test expects something of a requirement
    const LoweredRequirement *requirement;
    uint32_t test;
} Question;
typedef VEC(Question) Questions; // in order of requirement

typedef struct Shared {
    TestRun *run;
    atomic_uint next; // test, or mutant, to take
    atomic_bool stop;
    const Mutants *mutants; // NULL: the tests themselves
    const Questions *questions;
    bool *killed; // by mutant
} Shared;

typedef struct Worker {
    Shared *shared;
    Arena *arena; // outcomes
    Coverage *coverage;
    pthread_t thread;
} Worker;

static void run_tests(Worker *w, EvalScratch *scratch)
{
    TestRun *r = w->shared->run;
    TestSetup setup = r->setup;
    setup.coverage = w->coverage;
    for (;;) {
        uint32_t i = atomic_fetch_add(&w->shared->next, 1);
        if (i >= r->tests.len || atomic_load(&w->shared->stop))
            return;
        test_run(&setup, r->tests.items[i], scratch, w->arena, &r->outcomes[i]);
        if (r->outcomes[i].failures.len > 0 && r->cli->values[OPTION_FAIL_FAST])
            atomic_store(&w->shared->stop, true);
    }
}

static int by_requirement(const void *a, const void *b)
{
    const Question *x = a, *y = b;
    uintptr_t p = (uintptr_t)x->requirement, q = (uintptr_t)y->requirement;
    if (p != q)
        return p < q ? -1 : 1;
    return x->test < y->test ? -1 : x->test > y->test;
}

// What passing tests ask, so that a mutant meets only those that could notice it.
static void take_questions(Arena *a, const TestRun *r, Questions *ret)
{
    for (uint32_t i = 0; i < r->tests.len; i++) {
        const TestCase *t = r->tests.items[i];
        for (uint32_t k = 0; k < t->expects.len && r->outcomes[i].failures.len == 0; k++)
            vec_push(a, ret, ((Question){t->expects.items[k].requirement, i}));
    }
    if (ret->len > 0)
        qsort(ret->items, ret->len, sizeof *ret->items, by_requirement);
}

static uint32_t first_question(const Questions *all, const LoweredRequirement *r)
{
    uint32_t low = 0, high = all->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((uintptr_t)all->items[middle].requirement < (uintptr_t)r)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Some test that passes does not pass any more.
static bool is_killed(const Shared *shared, const Mutant *m, EvalScratch *scratch, Arena *a)
{
    const TestRun *r = shared->run;
    const Questions *all = shared->questions;
    TestSetup setup = r->setup;
    setup.instead_of = m->requirement;
    setup.instead = m->changed;
    for (uint32_t i = first_question(all, m->requirement);
         i < all->len && all->items[i].requirement == m->requirement; i++) {
        TestOutcome outcome;
        test_run(&setup, r->tests.items[all->items[i].test], scratch, a, &outcome);
        bool killed = outcome.failures.len > 0;
        arena_reset(a);
        if (killed)
            return true;
    }
    return false;
}

static void run_mutants(Worker *w, EvalScratch *scratch)
{
    const Mutants *all = w->shared->mutants;
    Arena *a = arena_new();
    for (;;) {
        uint32_t i = atomic_fetch_add(&w->shared->next, 1);
        if (i >= all->len)
            break;
        w->shared->killed[i] = is_killed(w->shared, &all->items[i], scratch, a);
    }
    arena_free(a);
}

static void *work(void *context)
{
    Worker *w = context;
    EvalScratch *scratch = eval_scratch_new();
    if (w->shared->mutants)
        run_mutants(w, scratch);
    else
        run_tests(w, scratch);
    eval_scratch_free(scratch);
    return NULL;
}

// The caller's thread is one of the workers.
static void work_together(Shared *shared, Worker *workers, uint32_t count)
{
    uint32_t started = 1;
    for (uint32_t i = 0; i < count; i++)
        workers[i].shared = shared;
    while (started < count &&
           pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    work(&workers[0]);
    for (uint32_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

static void run_all(TestRun *r, Worker *workers, uint32_t count)
{
    Arena *a = r->compilation->arena;
    uint64_t start = machine_nanoseconds();
    Shared shared = {.run = r};
    r->outcomes = ARENA_ARRAY(a, TestOutcome, r->tests.len);
    work_together(&shared, workers, count);
    for (uint32_t i = 0; r->coverage && i < count; i++)
        coverage_merge(r->coverage, workers[i].coverage);
    for (uint32_t i = 0; i < r->tests.len; i++) {
        r->run += r->outcomes[i].test != NULL;
        r->failed += r->outcomes[i].failures.len > 0;
    }
    r->nanoseconds = machine_nanoseconds() - start;
}

static void mutate_all(TestRun *r, Worker *workers, uint32_t count)
{
    Arena *a = r->compilation->arena;
    Mutants mutants = {0};
    Questions questions = {0};
    take_questions(a, r, &questions);
    for (uint32_t i = 0; i < r->build.lowered.requirements.len; i++)
        mutants_of(a, r->build.lowered.requirements.items[i], &mutants);
    Shared shared = {.run = r,
                     .mutants = &mutants,
                     .questions = &questions,
                     .killed = ARENA_ARRAY(a, bool, mutants.len)};
    work_together(&shared, workers, count);
    r->mutants = mutants.len;
    for (uint32_t i = 0; i < mutants.len; i++) {
        if (shared.killed[i])
            r->killed++;
        else
            vec_push(a, &r->survivors.items, mutants.items[i]);
    }
}

// --- the command -------------------------------------------------------------------------------------

static bool has_text(const char *s, const char *part)
{
    for (; *s; s++) {
        if (str_starts_nocase(str_of(s), str_of(part)))
            return true;
    }
    return false;
}

static void choose_tests(TestRun *r)
{
    const char *filter = r->cli->values[OPTION_FILTER];
    const TestCases *all = &r->build.tests;
    for (uint32_t i = 0; i < all->len; i++) {
        TestCase *t = all->items[i];
        if (!filter || has_text(t->title, filter) || has_text(t->module, filter))
            vec_push(r->compilation->arena, &r->tests, t);
    }
}

static bool write_file(TestRun *r, OptionId option, void (*write)(const TestRun *, Buf *),
                       ExitCode *code)
{
    const char *path = r->cli->values[option];
    Buf out = {0};
    Status st;
    if (!path)
        return true;
    write(r, &out);
    bool good = io_write_file(path, (Str){out.p, out.n}, &st);
    buf_free(&out);
    if (!good)
        *code = cli_world(r->cli, &st);
    return good;
}

static void show(TestRun *r)
{
    if (!r->cli->values[OPTION_JSON]) {
        test_show(r);
        return;
    }
    Buf out = {0};
    test_json(r, &out);
    stream_write(&r->cli->out, &out);
    buf_free(&out);
}

static ExitCode run_and_tell(TestRun *r)
{
    const Cli *cli = r->cli;
    Arena *a = r->compilation->arena;
    uint32_t count = machine_threads();
    bool covers =
        cli->values[OPTION_COVERAGE] || cli->values[OPTION_LCOV] || cli->values[OPTION_ANNOTATE];
    Worker *workers = ARENA_ARRAY(a, Worker, count);
    r->coverage = covers ? coverage_new(a, &r->build.lowered) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        workers[i].arena = arena_new();
        workers[i].coverage = covers ? coverage_new(workers[i].arena, &r->build.lowered) : NULL;
    }
    run_all(r, workers, count);
    if (cli->values[OPTION_MUTATE])
        mutate_all(r, workers, count);
    show(r);
    ExitCode code = r->failed ? EXIT_MISTAKES : EXIT_FINE;
    (void)(write_file(r, OPTION_JUNIT, test_junit, &code) &&
           write_file(r, OPTION_LCOV, test_lcov, &code));
    for (uint32_t i = 0; i < count; i++)
        arena_free(workers[i].arena);
    return code;
}

static ExitCode nothing_run(TestRun *r)
{
    Buf out = {0};
    cli_show_diagnostics(r->cli, &r->cli->err, r->compilation);
    buf_str(&out, "no test was run: ");
    diagnostics_summary(&out, &r->cli->err, r->compilation->diags);
    stream_write(&r->cli->err, &out);
    buf_free(&out);
    return EXIT_MISTAKES;
}

static ExitCode test_project(TestRun *r)
{
    Status st;
    if (!cli_compile_tests(r->cli, r->compilation, &r->build, &st))
        return cli_world(r->cli, &st);
    if (!r->build.ok)
        return nothing_run(r);
    if (cli_nothing_found(r->cli, &r->build))
        return EXIT_MISTAKES;
    choose_tests(r);
    if (r->tests.len == 0) {
        cli_say(r->cli, r->build.tests.len ? "no test has that text in its title or module"
                                           : "there is no test here; write `test \"…\" { given … "
                                             "expect … }`");
        return EXIT_MISTAKES; // nothing was shown
    }
    const char *semantics = r->cli->values[OPTION_SEMANTICS];
    r->setup.program = r->build.program;
    r->setup.aliases = aliases_catalog(r->compilation->arena, r->build.program->catalog);
    r->setup.semantics = semantics_named(semantics);
    return run_and_tell(r);
}

ExitCode cmd_test(Cli *cli)
{
    TestRun r = {.cli = cli, .compilation = compilation_new()};
    ExitCode code = test_project(&r);
    compilation_free(r.compilation);
    return code;
}
