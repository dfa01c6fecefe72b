// eval_given.c - what `moat eval` is given: policies, resource, parameters and
// what is around.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"

#include "base/limits.h"
#include "cli/compile.h"
#include "json/read.h"

#include <time.h>

// --- policies --------------------------------------------------------------------------------------

static void show_mistakes(EvalRun *r)
{
    Buf out = {0};
    cli_show_diagnostics(r->cli, &r->cli->err, r->compilation);
    buf_str(&out, "nothing was evaluated: ");
    diagnostics_summary(&out, &r->cli->err, r->compilation->diags);
    stream_write(&r->cli->err, &out);
    buf_free(&out);
}

static bool read_policy_files(EvalRun *r, ExitCode *code)
{
    Status st;
    for (size_t i = 0; i < r->cli->word_count; i++) {
        if (!cli_read_policies(r->compilation, r->cli->words[i], &r->set, &st)) {
            *code = cli_world(r->cli, &st);
            return false;
        }
    }
    if (diags_has_errors(r->compilation->diags)) {
        diags_finish(r->compilation->diags);
        show_mistakes(r);
        *code = EXIT_MISTAKES;
        return false;
    }
    return true;
}

static bool read_sources(EvalRun *r, ExitCode *code)
{
    Status st;
    if (!cli_compile(r->cli, r->compilation, &r->build, &st)) {
        *code = cli_world(r->cli, &st);
        return false;
    }
    if (!r->build.ok) {
        show_mistakes(r);
        *code = EXIT_MISTAKES;
        return false;
    }
    if (cli_nothing_found(r->cli, &r->build)) {
        *code = EXIT_MISTAKES;
        return false;
    }
    r->set = r->build.lowered.set;
    return true;
}

bool eval_read_policies(EvalRun *r, ExitCode *code)
{
    size_t json = cli_policy_files(r->cli);
    if (json > 0 && json < r->cli->word_count) {
        *code = cli_usage(r->cli, "policy JSON and moat sources are evaluated apart: `moat build` "
                                  "makes policy JSON of sources");
        return false;
    }
    return json > 0 ? read_policy_files(r, code) : read_sources(r, code);
}

// --- JSON files ------------------------------------------------------------------------------------

static bool say_json(EvalRun *r, const char *path, Str text, const JsonError *e, ExitCode *code)
{
    uint32_t line, column;
    Buf pointer = {0};
    json_line_at(text, e->at, &line, &column);
    json_pointer_at(text, e->at, &pointer);
    if (pointer.n > 0)
        cli_say(r->cli, "%s:%u:%u: %s, at `%s`", path, line, column, e->message, pointer.p);
    else
        cli_say(r->cli, "%s:%u:%u: %s", path, line, column, e->message);
    buf_free(&pointer);
    *code = EXIT_MISTAKES;
    return false;
}

static bool read_json(EvalRun *r, const char *path, size_t limit, const Data **ret, ExitCode *code)
{
    Arena *a = r->compilation->arena;
    Status st;
    Str text;
    JsonError error;
    if (!io_read_file(a, path, limit, &text, &st)) {
        *code = cli_world(r->cli, &st);
        return false;
    }
    Data *d = ARENA_NEW(a, Data);
    if (!json_read(a, text, JSON_COMMENTS, d, &error))
        return say_json(r, path, text, &error, code);
    *ret = d;
    return true;
}

static bool wrong_shape(EvalRun *r, const char *path, const char *what, ExitCode *code)
{
    cli_say(r->cli, "%s: %s", path, what);
    *code = EXIT_MISTAKES;
    return false;
}

// --- around the resource -----------------------------------------------------------------------------

// NULL: not given.
static bool read_option(EvalRun *r, OptionId option, size_t limit, const Data **ret, ExitCode *code)
{
    const char *path = r->cli->values[option];
    *ret = NULL;
    return !path || read_json(r, path, limit, ret, code);
}

static const Data *object_member(const Data *d, const char *name)
{
    const Data *m = data_get_nocase(d, str_of(name));
    return m && m->kind == DATA_OBJECT ? m : NULL;
}

static bool read_context(EvalRun *r, ExitCode *code)
{
    const Data *context;
    if (!read_option(r, OPTION_CONTEXT, LIMIT_SOURCE_BYTES, &context, code))
        return false;
    if (!context)
        return true;
    if (context->kind != DATA_OBJECT)
        return wrong_shape(r, r->cli->values[OPTION_CONTEXT],
                           "a context is an object of `requestContext`, `resourceGroup`, "
                           "`subscription` and `managementGroups`",
                           code);
    r->input.request_context = object_member(context, "requestContext");
    r->input.resource_group = object_member(context, "resourceGroup");
    r->input.subscription = object_member(context, "subscription");
    r->setup.management_groups = data_get_nocase(context, str_of("managementGroups"));
    return true;
}

static bool read_aliases(EvalRun *r, ExitCode *code)
{
    Arena *a = r->compilation->arena;
    const Data *providers;
    const char *error;
    r->setup.eval.catalog = r->build.program ? r->build.program->catalog : catalog_open(a);
    if (!read_option(r, OPTION_ALIASES, LIMIT_CATALOG_BYTES, &providers, code))
        return false;
    r->setup.eval.aliases =
        providers ? aliases_read(a, providers, &error) : aliases_catalog(a, r->setup.eval.catalog);
    return r->setup.eval.aliases || wrong_shape(r, r->cli->values[OPTION_ALIASES], error, code);
}

static bool read_related(EvalRun *r, ExitCode *code)
{
    const Data *list;
    const char *error;
    if (!read_option(r, OPTION_BESIDE, LIMIT_JSON_BYTES, &list, code))
        return false;
    if (list || r->cli->values[OPTION_INVENTORY])
        r->related = related_list_new(r->compilation->arena);
    return !list || related_read(r->related, list, &error) ||
           wrong_shape(r, r->cli->values[OPTION_BESIDE], error, code);
}

static bool read_parameters(EvalRun *r, ExitCode *code)
{
    if (!read_option(r, OPTION_PARAMS, LIMIT_SOURCE_BYTES, &r->setup.parameters, code))
        return false;
    const Data *p = r->setup.parameters;
    const Data *inner = p && p->kind == DATA_OBJECT && data_get(p, str_of("$schema"))
                            ? object_member(p, "parameters")
                            : NULL;
    if (inner) // a parameter file of a deployment
        r->setup.parameters = inner;
    return !p || p->kind == DATA_OBJECT ||
           wrong_shape(r, r->cli->values[OPTION_PARAMS], "parameters are an object", code);
}

static int64_t ticks_now(void)
{
    static const int64_t PER_SECOND = 10000000, UNIX = INT64_C(621355968000000000);
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return UNIX + (int64_t)t.tv_sec * PER_SECOND + t.tv_nsec / 100;
}

static bool read_clock(EvalRun *r, ExitCode *code)
{
    const char *now = r->cli->values[OPTION_NOW];
    int64_t ticks;
    if (now && !date_parse(str_of(now), &ticks)) {
        *code = cli_usage(r->cli, "`--now` takes a time like 2026-01-31T12:00:00Z, not `%s`", now);
        return false;
    }
    if (!now) {
        Buf b = {0};
        date_print(ticks_now(), &b);
        now = arena_copy(r->compilation->arena, b.p, b.n);
        buf_free(&b);
    }
    r->setup.now = r->input.now = now;
    return true;
}

bool eval_read_given(EvalRun *r, ExitCode *code)
{
    r->setup.eval.compilation = r->compilation;
    r->setup.eval.semantics = semantics_named(r->cli->values[OPTION_SEMANTICS]);
    if (!read_clock(r, code) || !read_aliases(r, code) || !read_parameters(r, code) ||
        !read_context(r, code) || !read_related(r, code))
        return false;
    if (r->related) {
        r->input.related = related_next;
        r->input.related_context = r->related;
    }
    return true;
}

bool eval_read_resource(EvalRun *r, ExitCode *code)
{
    r->resource_path = r->cli->values[OPTION_RESOURCE];
    return read_json(r, r->resource_path, LIMIT_JSON_BYTES, &r->resources, code);
}
