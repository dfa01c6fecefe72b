// cmd_check.c - moat check: the findings, for people, for CI and for code scanning.
//
// They are what the command is for, so they go to standard output.
//
// SPDX-License-Identifier: MIT
#include "cli/compile.h"

#include "diag/render.h"

static void show_text(Cli *cli, const Compilation *c, const MoatBuild *b)
{
    Buf out = {0};
    cli_show_diagnostics(cli, &cli->out, c);
    buf_str(&out, "checked ");
    text_count(&out, cli_file_count(b), "file", "files");
    buf_str(&out, ": ");
    diagnostics_summary(&out, &cli->out, c->diags);
    stream_write(&cli->out, &out);
    buf_free(&out);
}

static void show_document(Cli *cli, const Compilation *c)
{
    Buf out = {0};
    if (cli->values[OPTION_JSON])
        render_json(&out, c->sources, c->diags);
    else
        render_sarif(&out, c->sources, c->diags);
    stream_write(&cli->out, &out);
    buf_free(&out);
}

ExitCode cmd_check(Cli *cli)
{
    bool json = cli->values[OPTION_JSON], sarif = cli->values[OPTION_SARIF];
    if (json && sarif)
        return cli_usage(cli, "`--json` and `--sarif` cannot be given together");
    Compilation *c = compilation_new();
    MoatBuild build = {0};
    Status st;
    ExitCode code;
    if (!cli_compile(cli, c, &build, &st)) {
        code = cli_world(cli, &st);
    } else {
        json || sarif ? show_document(cli, c) : show_text(cli, c, &build);
        bool found = !cli_nothing_found(cli, &build);
        code = build.ok && found ? EXIT_FINE : EXIT_MISTAKES;
    }
    compilation_free(c);
    return code;
}
