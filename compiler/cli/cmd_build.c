// cmd_build.c - moat build: compiles, writes, and says in short what came out.
//
// SPDX-License-Identifier: MIT
#include "cli/compile.h"
#include "cli/dump.h"

#include <time.h>

typedef struct Phase {
    const char *name;
    struct timespec start;
    double milliseconds;
} Phase;

typedef struct Build {
    Cli *cli;
    const char *folder;
    MoatBuild result;
    MoatChanges changes;
    uint32_t phase_count;
    Phase phases[4];
} Build;

// --- timings -------------------------------------------------------------------------------------

static double milliseconds_since(struct timespec start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) * 1e3 + (double)(now.tv_nsec - start.tv_nsec) / 1e6;
}

static void phase_end(Build *b)
{
    if (b->phase_count) {
        Phase *p = &b->phases[b->phase_count - 1];
        p->milliseconds = milliseconds_since(p->start);
    }
}

static void phase_begin(Build *b, const char *name)
{
    phase_end(b);
    Phase *p = &b->phases[b->phase_count++];
    p->name = name;
    clock_gettime(CLOCK_MONOTONIC, &p->start);
}

static void show_timings(Build *b)
{
    Buf out = {0};
    double total = 0;
    phase_end(b);
    for (uint32_t i = 0; i < b->phase_count; i++) {
        buf_printf(&out, "%10.1f ms  %s\n", b->phases[i].milliseconds, b->phases[i].name);
        total += b->phases[i].milliseconds;
    }
    buf_printf(&out, "%10.1f ms  together\n", total);
    stream_write(&b->cli->err, &out);
    buf_free(&out);
}

// --- summary -------------------------------------------------------------------------------------

static void count_row(Build *b, Buf *out, uint32_t n, const char *one, const char *many,
                      const char *meaning)
{
    enum { COLUMN = 13 };
    const char *what = n == 1 ? one : many;
    if (!n)
        return;
    buf_printf(out, "%8u ", n);
    text_style(out, &b->cli->out, STYLE_BOLD, what);
    buf_fill(out, ' ', COLUMN - strlen(what));
    buf_str(out, meaning);
    buf_char(out, '\n');
}

static void change(Build *b, Buf *out, Style style, uint32_t n, const char *what, bool *first)
{
    if (!n)
        return;
    buf_str(out, *first ? "" : ", ");
    text_style(out, &b->cli->out, style, arena_printf(b->cli->arena, "%u %s", n, what));
    *first = false;
}

static void show_changes(Build *b, Buf *out)
{
    const MoatChanges *c = &b->changes;
    bool first = true;
    if (!c->added && !c->changed && !c->removed) {
        buf_str(out, "Nothing has changed since the last build.\n");
        return;
    }
    buf_str(out, "Files: ");
    change(b, out, STYLE_GOOD, c->added, "new", &first);
    change(b, out, STYLE_WARNING, c->changed, "changed", &first);
    change(b, out, STYLE_BAD, c->removed, "removed", &first);
    change(b, out, STYLE_PLAIN, c->unchanged, "as before", &first);
    buf_str(out, ".\n");
}

static void show_summary(Build *b)
{
    const PolicySet *set = &b->result.lowered.set;
    const char *project = b->result.program->project;
    bool written = !b->cli->values[OPTION_NO_OUTPUT];
    Buf out = {0};
    buf_str(&out, "Built ");
    text_style(&out, &b->cli->out, STYLE_BOLD, project ? project : "the policies");
    if (written) {
        buf_str(&out, " into ");
        text_safe(&out, b->folder);
    } else {
        buf_str(&out, "; no file was written");
    }
    buf_str(&out, ":\n\n");
    count_row(b, &out, set->definitions.len, "definition", "definitions",
              "what Azure checks, one rule each");
    count_row(b, &out, set->initiatives.len, "initiative", "initiatives", "sets of definitions");
    count_row(b, &out, set->assignments.len, "assignment", "assignments",
              "where an initiative is in force");
    count_row(b, &out, set->exemptions.len, "exemption", "exemptions", "what is excused");
    buf_char(&out, '\n');
    if (written)
        show_changes(b, &out);
    stream_write(&b->cli->out, &out);
    buf_free(&out);
}

// -------------------------------------------------------------------------------------------------

static ExitCode not_built(Build *b, const Compilation *c)
{
    Buf out = {0};
    buf_str(&out, "nothing was built: ");
    diagnostics_summary(&out, &b->cli->err, c->diags);
    stream_write(&b->cli->err, &out);
    buf_free(&out);
    return EXIT_MISTAKES;
}

static bool drop_file(void *context, const char *path, Str body)
{
    (void)context, (void)path, (void)body;
    return true;
}

static ExitCode run_build(Build *b, Compilation *c)
{
    Status st;
    phase_begin(b, "read, check and lower");
    if (!cli_compile(b->cli, c, &b->result, &st))
        return cli_world(b->cli, &st);
    cli_show_diagnostics(b->cli, &b->cli->err, c);
    if (cli_nothing_found(b->cli, &b->result))
        return EXIT_MISTAKES;
    if (!b->result.ok)
        return not_built(b, c);
    if (b->cli->values[OPTION_NO_OUTPUT]) {
        phase_begin(b, "make the JSON");
        moat_emit(c, &b->result, drop_file, NULL);
        return EXIT_FINE;
    }
    phase_begin(b, "make the JSON and write the files");
    if (!moat_write(c, &b->result, b->folder, &b->changes, &st))
        return cli_world(b->cli, &st);
    return EXIT_FINE;
}

ExitCode cmd_build(Cli *cli)
{
    const char *folder = cli->values[OPTION_OUTPUT];
    Build b = {.cli = cli, .folder = folder ? folder : "build"};
    if (cli->values[OPTION_DUMP])
        return dump_stage(cli);
    Compilation *c = compilation_new();
    ExitCode code = run_build(&b, c);
    if (code == EXIT_FINE)
        show_summary(&b);
    if (cli->values[OPTION_TIMINGS])
        show_timings(&b);
    compilation_free(c);
    return code;
}
