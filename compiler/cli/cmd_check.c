// cmd_check.c - moat check: the findings, for people, for CI and for code scanning.
//
// They are what the command is for, so they go to standard output.
//
// SPDX-License-Identifier: MIT
#include "cli/compile.h"

#include "diag/render.h"
#include "eval/eval.h"

static void show_text(Cli *cli, const Compilation *c, uint32_t files)
{
    Buf out = {0};
    cli_show_diagnostics(cli, &cli->out, c);
    buf_str(&out, "checked ");
    text_count(&out, files, "file", "files");
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

static void show(Cli *cli, const Compilation *c, uint32_t files)
{
    if (cli->values[OPTION_JSON] || cli->values[OPTION_SARIF])
        show_document(cli, c);
    else
        show_text(cli, c, files);
}

// --- moat sources ----------------------------------------------------------------------------

static ExitCode check_sources(Cli *cli, Compilation *c)
{
    MoatBuild build = {0};
    Status st;
    if (!cli_compile_tests(cli, c, &build, &st))
        return cli_world(cli, &st);
    show(cli, c, cli_file_count(&build));
    bool found = !cli_nothing_found(cli, &build);
    return build.ok && found ? EXIT_FINE : EXIT_MISTAKES;
}

// --- policy JSON -----------------------------------------------------------------------------

// What the reader takes may still not be a rule that can be evaluated.
static void check_rules(Compilation *c, const PolicySet *set)
{
    EvalSetup setup = {.compilation = c, .catalog = catalog_open(c->arena)};
    setup.aliases = aliases_catalog(c->arena, setup.catalog);
    for (uint32_t i = 0; i < set->definitions.len; i++)
        eval_prepare(&setup, set->definitions.items[i], NULL);
}

static ExitCode check_policies(Cli *cli, Compilation *c)
{
    PolicySet set = {0};
    Status st;
    for (size_t i = 0; i < cli->word_count; i++)
        if (!cli_read_policies(c, cli->words[i], &set, &st))
            return cli_world(cli, &st);
    check_rules(c, &set);
    diags_finish(c->diags);
    show(cli, c, (uint32_t)cli->word_count);
    return diags_has_errors(c->diags) ? EXIT_MISTAKES : EXIT_FINE;
}

ExitCode cmd_check(Cli *cli)
{
    size_t policies = cli_policy_files(cli);
    if (cli->values[OPTION_JSON] && cli->values[OPTION_SARIF])
        return cli_usage(cli, "`--json` and `--sarif` cannot be given together");
    if (policies && policies < cli->word_count)
        return cli_usage(cli, "policy JSON and moat sources are checked apart");
    Compilation *c = compilation_new();
    ExitCode code = policies ? check_policies(cli, c) : check_sources(cli, c);
    compilation_free(c);
    return code;
}
