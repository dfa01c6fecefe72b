// eval_given.c - what `moat eval` is given: policies, resource, parameters and
// what is around.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"

#include "base/limits.h"
#include "cli/compile.h"
#include "json/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

// --- what went wrong -------------------------------------------------------------------------------

// Says it, and keeps it for the document.
static bool __attribute__((format(printf, 3, 4)))
failed(EvalRun *r, ExitCode *code, const char *fmt, ...)
{
    char text[1024];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    r->failure = arena_copy(r->compilation->arena, text, strlen(text));
    cli_say(r->cli, "%s", text);
    *code = EXIT_MISTAKES;
    return false;
}

static bool world_failed(EvalRun *r, const Status *st, ExitCode *code)
{
    r->failure = arena_copy(r->compilation->arena, st->message, strlen(st->message));
    *code = cli_world(r->cli, st);
    return false;
}

static bool mistaken(EvalRun *r, ExitCode *code)
{
    Buf out = {0};
    diags_finish(r->compilation->diags);
    cli_show_diagnostics(r->cli, &r->cli->err, r->compilation);
    buf_str(&out, "nothing was evaluated: ");
    diagnostics_summary(&out, &r->cli->err, r->compilation->diags);
    stream_write(&r->cli->err, &out);
    buf_free(&out);
    *code = EXIT_MISTAKES;
    return false;
}

// --- policies --------------------------------------------------------------------------------------

static bool read_policy_files(EvalRun *r, ExitCode *code)
{
    Status st;
    for (size_t i = 0; i < r->cli->word_count; i++) {
        if (!cli_read_policies(r->compilation, r->cli->words[i], &r->set, &st))
            return world_failed(r, &st, code);
    }
    if (diags_has_errors(r->compilation->diags))
        return mistaken(r, code);
    const PolicySet *s = &r->set;
    return s->assignments.len + s->initiatives.len + s->definitions.len > 0 ||
           failed(r, code, "%s: there is no policy in it", r->cli->words[0]);
}

static bool read_sources(EvalRun *r, ExitCode *code)
{
    Status st;
    if (!cli_compile(r->cli, r->compilation, &r->build, &st))
        return world_failed(r, &st, code);
    if (!r->build.ok)
        return mistaken(r, code);
    if (cli_nothing_found(r->cli, &r->build)) {
        r->failure = "there is no moat file here";
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

enum { POINTER_SHOWN = 300 };

static bool bad_json(EvalRun *r, const char *path, Str text, const JsonError *e, ExitCode *code)
{
    uint32_t line, column;
    Buf pointer = {0};
    json_line_at(text, e->at, &line, &column);
    json_pointer_at(text, e->at, &pointer);
    if (pointer.n > 0 && pointer.n <= POINTER_SHOWN)
        failed(r, code, "%s:%u:%u: %s, at `%s`", path, line, column, e->message, pointer.p);
    else
        failed(r, code, "%s:%u:%u: %s", path, line, column, e->message);
    buf_free(&pointer);
    return false;
}

static bool read_json(EvalRun *r, const char *path, size_t limit, const Data **ret, ExitCode *code)
{
    Arena *a = r->compilation->arena;
    Status st;
    Str text;
    JsonError error;
    if (!io_read_file(a, path, limit, &text, &st))
        return world_failed(r, &st, code);
    Data *d = ARENA_NEW(a, Data);
    if (!json_read(a, text, JSON_COMMENTS, d, &error))
        return bad_json(r, path, text, &error, code);
    *ret = d;
    return true;
}

static bool wrong_shape(EvalRun *r, const char *path, const char *what, ExitCode *code)
{
    return failed(r, code, "%s: %s", path, what);
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
                           "`subscription`, `policy` and `managementGroups`",
                           code);
    const Data *version = data_get_nocase(context, str_of("apiVersion"));
    if (version && version->kind == DATA_STRING)
        r->input.api_version = arena_copy(r->compilation->arena, version->text, version->count);
    r->input.request_context = object_member(context, "requestContext");
    r->setup.policy = object_member(context, "policy");
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
    if (!providers) {
        bool all = r->setup.eval.semantics == SEMANTICS_ENGINE;
        r->setup.eval.aliases = aliases_catalog_or_paths(a, r->setup.eval.catalog, all);
        return true;
    }
    if (providers->kind == DATA_ARRAY && providers->count == 0)
        return true; // there are none: every field is a path of the resource
    r->setup.eval.aliases = aliases_read(a, providers, &error);
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
    r->deployment_parameters = inner != NULL;
    if (inner)
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
    if (!read_json(r, r->resource_path, LIMIT_JSON_BYTES, &r->resources, code))
        return false;
    if (r->deployment_parameters && resource_is_template(r->resources)) {
        r->template_parameters = r->setup.parameters;
        r->setup.parameters = NULL;
    }
    return true;
}
