// cmd_eval.c - moat eval: policies against resources, as the service would.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"
#include "cli/progress.h"

enum { EXIT_UNKNOWN = 3 }; // something could not be judged: never a success

static ExitCode exit_code(const InventoryCounts *c)
{
    if (c->wrong || c->states[STATE_UNKNOWN] || c->states[STATE_ERROR])
        return (ExitCode)EXIT_UNKNOWN;
    return c->states[STATE_NON_COMPLIANT] ? EXIT_MISTAKES : EXIT_FINE;
}

// --- resources at hand -----------------------------------------------------------------------------

typedef struct Judging {
    EvalWriter *writer;
    InventoryItem item;
    InventoryCounts counts;
    Arena *arena;
    Buf out;
    bool template; // values may be expressions that only a deployment knows
} Judging;

static void take_assessment(void *context, const Assessment *a)
{
    Judging *j = context;
    Assessment copy = *a;
    const char *unknown =
        j->template ? resource_unknown(j->arena, j->item.resource, a->judged, &a->result) : NULL;
    if (unknown) {
        copy.result.state = STATE_UNKNOWN;
        copy.result.error = unknown;
        copy.result.effect = NULL;
    }
    j->counts.states[copy.result.state]++;
    eval_write_item(j->writer, j->arena, &j->out, &j->item, &copy);
}

static void judge_one(EvalRun *r, Judging *j, EvalScratch *scratch, const Data *written,
                      uint32_t number)
{
    const char *error = NULL;
    EvalInput in = r->input;
    in.resource = resource_read(j->arena, written, &error);
    j->item = (InventoryItem){.resource = in.resource, .error = error};
    if (!in.resource) {
        j->item.error = arena_printf(j->arena, "resource %u: %s", number + 1, error);
        j->counts.wrong++;
        eval_write_item(j->writer, j->arena, &j->out, &j->item, NULL);
        return;
    }
    j->counts.resources++;
    j->counts.evaluated += estate_assess(r->estate, &in, scratch, r->all, take_assessment, j);
}

static void judge_all(EvalRun *r, Judging *j, EvalScratch *scratch)
{
    const Data *d = r->resources;
    if (resource_is_template(d)) {
        const Data *const *list;
        uint32_t count =
            resource_of_template(&r->setup.eval, j->arena, d, r->template_parameters, &list);
        j->template = true;
        eval_scratch_trace(scratch, true);
        for (uint32_t i = 0; i < count; i++)
            judge_one(r, j, scratch, list[i], i);
    } else if (d->kind == DATA_ARRAY) {
        for (uint32_t i = 0; i < d->count; i++)
            judge_one(r, j, scratch, &d->items[i], i);
    } else {
        judge_one(r, j, scratch, d, 0);
    }
}

static ExitCode eval_resource(EvalRun *r, EvalWriter *w)
{
    Judging j = {.writer = w, .arena = r->compilation->arena};
    EvalScratch *scratch = eval_scratch_new();
    eval_scratch_trace(scratch, r->explain);
    Buf out = {0};
    eval_write_start(w, &out);
    stream_write(&r->cli->out, &out);
    judge_all(r, &j, scratch);
    eval_write_join(w, &j.out);
    eval_write_end(w, &j.out, &j.counts);
    stream_write(&r->cli->out, &j.out);
    buf_free(&out);
    buf_free(&j.out);
    eval_scratch_free(scratch);
    return exit_code(&j.counts);
}

// --- inventories -----------------------------------------------------------------------------------

typedef struct Streaming {
    EvalRun *run;
    EvalWriter *writer;
    JsonStream *stream;
    Progress progress;
} Streaming;

static bool take_output(void *context, Buf *out, const InventoryCounts *so_far)
{
    Streaming *s = context;
    (void)so_far;
    eval_write_join(s->writer, out);
    progress_show(&s->progress, json_stream_offset(s->stream), json_stream_size(s->stream));
    stream_write(&s->run->cli->out, out);
    return !s->run->cli->out.failed;
}

static JsonStream *open_inventory(EvalRun *r, ExitCode *code)
{
    Status st;
    JsonStream *s = json_stream_open(r->cli->values[OPTION_INVENTORY], &st);
    if (!s)
        *code = cli_world(r->cli, &st);
    return s;
}

// Related resources may stand behind the ones judged: they are collected first.
static bool collect_related(EvalRun *r, ExitCode *code)
{
    const char *const *types;
    Status st;
    if (estate_related_types(r->estate, &types) == 0 || r->cli->values[OPTION_BESIDE] ||
        strcmp(r->cli->values[OPTION_INVENTORY], "-") == 0)
        return true;
    JsonStream *s = open_inventory(r, code);
    if (!s)
        return false;
    bool good = inventory_related(s, r->estate, r->compilation->arena, r->related, &st);
    json_stream_close(s);
    if (!good)
        *code = cli_world(r->cli, &st);
    return good;
}

static bool jobs_of(Cli *cli, uint32_t *ret, ExitCode *code)
{
    const char *text = cli->values[OPTION_JOBS];
    uint32_t n = 0;
    for (const char *p = text; p && *p >= '0' && *p <= '9' && n <= THREADS_MOST; p++) {
        n = n * 10 + (uint32_t)(*p - '0');
        if (!p[1] && n >= 1 && n <= THREADS_MOST) {
            *ret = n;
            return true;
        }
    }
    *ret = machine_threads();
    if (text)
        *code =
            cli_usage(cli, "`--jobs` takes a number from 1 to %d, not `%s`", THREADS_MOST, text);
    return !text;
}

static ExitCode eval_inventory(EvalRun *r, EvalWriter *w)
{
    ExitCode code = EXIT_WORLD;
    if (!collect_related(r, &code))
        return code;
    if (r->explain) // by the threads: where its conditions stand
        sources_find_lines(r->compilation->sources);
    Streaming s = {.run = r, .writer = w, .stream = open_inventory(r, &code)};
    if (!s.stream)
        return code;
    InventoryUse use = {.estate = r->estate,
                        .input = r->input,
                        .all = r->all,
                        .trace = r->explain,
                        .threads = r->jobs,
                        .write = eval_write_item,
                        .write_context = w,
                        .take = take_output,
                        .take_context = &s};
    InventoryCounts counts;
    Status st = {0};
    Buf out = {0};
    progress_start(&s.progress, r->cli, "evaluated");
    eval_write_start(w, &out);
    stream_write(&r->cli->out, &out);
    bool good = inventory_assess(s.stream, &use, &counts, &st);
    progress_end(&s.progress);
    eval_write_end(w, &out, &counts);
    stream_write(&r->cli->out, &out);
    buf_free(&out);
    json_stream_close(s.stream);
    if (good || st.code == STATUS_OK)
        return exit_code(&counts);
    return cli_world(r->cli, &st);
}

// -------------------------------------------------------------------------------------------------

static bool format_of(Cli *cli, EvalFormat *ret, ExitCode *code)
{
    bool json = cli->values[OPTION_JSON], csv = cli->values[OPTION_CSV],
         sarif = cli->values[OPTION_SARIF];
    *ret = json ? FORMAT_JSON : csv ? FORMAT_CSV : sarif ? FORMAT_SARIF : FORMAT_TEXT;
    if (json + csv + sarif <= 1)
        return true;
    *code = cli_usage(cli, "only one of `--json`, `--csv` and `--sarif` can be given");
    return false;
}

static bool arguments_fit(Cli *cli, ExitCode *code)
{
    bool resource = cli->values[OPTION_RESOURCE], inventory = cli->values[OPTION_INVENTORY];
    if (resource && inventory)
        *code = cli_usage(cli, "`--resource` and `--inventory` cannot be given together");
    else if (!resource && !inventory)
        *code =
            cli_usage(cli, "what is to be judged? give `--resource FILE` or `--inventory FILE`");
    return resource != inventory;
}

static void report_failure(EvalRun *r)
{
    EvalWriter w = {.run = r};
    Buf out = {0};
    eval_write_failure(&w, &out);
    stream_write(&r->cli->out, &out);
    buf_free(&out);
}

static bool read_all(EvalRun *r, ExitCode *code)
{
    return eval_read_policies(r, code) && eval_read_given(r, code) &&
           (!r->cli->values[OPTION_RESOURCE] || eval_read_resource(r, code));
}

static ExitCode evaluate(EvalRun *r)
{
    ExitCode code;
    if (!read_all(r, &code)) {
        if (code != EXIT_USAGE)
            report_failure(r);
        return code;
    }
    r->explain = r->cli->values[OPTION_EXPLAIN];
    r->all =
        r->cli->values[OPTION_ALL] || (r->cli->values[OPTION_RESOURCE] && r->format != FORMAT_TEXT);
    r->input.verdict_only = r->format == FORMAT_CSV;
    r->estate = estate_new(&r->setup, &r->set);
    if (!r->build.program)
        diags_finish(r->compilation->diags);
    cli_show_diagnostics(r->cli, &r->cli->err, r->compilation);
    EvalWriter w = {.run = r};
    return r->cli->values[OPTION_RESOURCE] ? eval_resource(r, &w) : eval_inventory(r, &w);
}

ExitCode cmd_eval(Cli *cli)
{
    EvalRun r = {.cli = cli};
    ExitCode code = EXIT_USAGE;
    if (!format_of(cli, &r.format, &code) || !arguments_fit(cli, &code) ||
        !jobs_of(cli, &r.jobs, &code))
        return code;
    r.compilation = compilation_new();
    code = evaluate(&r);
    compilation_free(r.compilation);
    return code;
}
