// dump.c - what each stage of the compiler made, to look at: nothing is written.
//
// SPDX-License-Identifier: MIT
#include "cli/dump.h"

#include "base/limits.h"
#include "cli/compile.h"
#include "policy/write.h"
#include "syntax/parse.h"

// The name of what follows, where there are several.
static void add_heading(Buf *out, const char *name, bool several)
{
    if (!several)
        return;
    buf_str(out, out->n ? "\n// " : "// ");
    text_safe(out, name);
    buf_char(out, '\n');
}

static ExitCode show_findings(Cli *cli, const Compilation *c)
{
    cli_show_diagnostics(cli, &cli->err, c);
    return diags_has_errors(c->diags) ? EXIT_MISTAKES : EXIT_FINE;
}

// tokens and ast: each file for itself.
static ExitCode dump_files(Cli *cli, Compilation *c, Buf *out, bool tokens)
{
    Paths paths = {0};
    Status st;
    if (!paths_collect(cli, &paths, &st))
        return cli_world(cli, &st);
    for (uint32_t i = 0; i < paths.len; i++) {
        Str text;
        if (!io_read_file(c->arena, paths.items[i], LIMIT_SOURCE_BYTES, &text, &st))
            return cli_world(cli, &st);
        Source *source = sources_add(c->sources, paths.items[i], text);
        if (!source)
            break;
        add_heading(out, paths.items[i], paths.len > 1);
        if (tokens)
            dump_tokens(out, c, source);
        else
            dump_ast(out, parse_file(c, source));
    }
    diags_finish(c->diags);
    return show_findings(cli, c);
}

static ExitCode dump_types(Cli *cli, Compilation *c, Buf *out)
{
    Status st;
    MoatBuild b = {0};
    if (!cli_compile(cli, c, &b, &st))
        return cli_world(cli, &st);
    ExitCode code = show_findings(cli, c);
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < b.lowered.requirements.len; i++, arena_reset(scratch)) {
        Symbol *symbol = b.lowered.requirements.items[i]->symbol;
        const TRequirement *r = sema_requirement(b.program, symbol, scratch);
        if (r)
            typed_dump(out, r);
    }
    arena_free(scratch);
    return code;
}

static void dump_policy(Buf *out, const PolicySet *set)
{
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        add_heading(out, set->definitions.items[i]->name, set->definitions.len > 1);
        condition_print(out, set->definitions.items[i]->condition);
        buf_char(out, '\n');
    }
}

// One object: from each file's path to its body.
static void dump_json(Buf *out, const MoatFiles *files)
{
    buf_str(out, "{");
    for (uint32_t i = 0; i < files->len; i++) {
        const MoatFile *f = &files->items[i];
        buf_str(out, i ? ",\n  " : "\n  ");
        buf_json_string(out, str_of(f->path));
        buf_str(out, ": ");
        size_t n = f->body.n;
        while (n && f->body.p[n - 1] == '\n')
            n--;
        for (size_t k = 0; k < n; k++) {
            buf_char(out, f->body.p[k]);
            if (f->body.p[k] == '\n')
                buf_str(out, "  ");
        }
    }
    buf_str(out, "\n}\n");
}

static ExitCode dump_result(Cli *cli, Compilation *c, Buf *out, bool json)
{
    Status st;
    MoatBuild b = {0};
    if (!cli_compile(cli, c, &b, &st))
        return cli_world(cli, &st);
    if (b.ok && json) {
        MoatFiles files = {0};
        moat_emit_files(c, &b, &files);
        dump_json(out, &files);
    } else if (b.ok) {
        dump_policy(out, &b.lowered.set);
    }
    return show_findings(cli, c);
}

ExitCode dump_stage(Cli *cli)
{
    const char *stage = cli->values[OPTION_DUMP];
    Compilation *c = compilation_new();
    Buf out = {0};
    ExitCode code;
    if (strcmp(stage, "tokens") == 0 || strcmp(stage, "ast") == 0)
        code = dump_files(cli, c, &out, strcmp(stage, "tokens") == 0);
    else if (strcmp(stage, "types") == 0)
        code = dump_types(cli, c, &out);
    else
        code = dump_result(cli, c, &out, strcmp(stage, "json") == 0);
    stream_write(&cli->out, &out);
    buf_free(&out);
    compilation_free(c);
    return code;
}
