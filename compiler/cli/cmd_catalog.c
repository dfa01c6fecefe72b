// cmd_catalog.c - moat catalog: searches the catalogue, shows a part of it, lays
// a newer one over it.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "catalog/report.h"
#include "cli/explain.h"
#include "diag/suggest.h"
#include "sema/project.h"

// Where the project around the current folder keeps its catalogue.
static bool overlay_path(Cli *cli, const char **ret, Status *st)
{
    Project p;
    if (!project_around(cli->arena, &p, st))
        return false;
    const char *path = arena_printf(cli->arena, "%s/" CATALOG_OVERLAY, p.root);
    *ret = project_shown(cli->arena, &p, path);
    return true;
}

static const char *joined_words(Cli *cli)
{
    Buf b = {0};
    for (size_t i = 1; i < cli->word_count; i++) {
        buf_str(&b, i > 1 ? " " : "");
        buf_str(&b, cli->words[i]);
    }
    const char *ret = arena_copy(cli->arena, b.p, b.n);
    buf_free(&b);
    return ret;
}

// The resource type of a kind of the library; NULL where there is none.
static const char *type_of_kind(Cli *cli, const char *name)
{
    Status ignored;
    const LibraryFile *file;
    Explain e = {.cli = cli, .arena = cli->arena, .compilation = compilation_new()};
    const Decl *kind =
        explain_load_library(&e, &ignored) ? explain_find_kind(&e, str_of(name), &file) : NULL;
    const char *type = kind ? explain_kind_type(&e, kind) : NULL;
    const char *ret = type ? arena_copy(cli->arena, type, strlen(type)) : NULL;
    compilation_free(e.compilation);
    return ret;
}

static ExitCode look_up(Cli *cli, bool find)
{
    Status st;
    const char *overlay;
    Catalog *c = catalog_open(cli->arena);
    if (!overlay_path(cli, &overlay, &st) ||
        (io_is_file(overlay) && !catalog_overlay(c, overlay, &st)))
        return cli_world(cli, &st);
    ReportStyle style = {
        .json = cli->values[OPTION_JSON],
        .all = cli->values[OPTION_ALL],
        .width = cli->out.width,
    };
    const char *text = joined_words(cli), *type = find ? NULL : type_of_kind(cli, text);
    Buf out = {0};
    bool found = find ? catalog_report_find(c, str_of(text), style, &out)
                      : catalog_report_show(c, str_of(type ? type : text), style, &out);
    stream_write(&cli->out, &out);
    buf_free(&out);
    if (found)
        return EXIT_FINE;
    cli_say(cli,
            find ? "nothing has `%s` in its name"
                 : "there is no `%s`; `moat catalog find` searches by parts of names",
            text);
    return EXIT_MISTAKES;
}

static ExitCode update(Cli *cli)
{
    Status st;
    const char *path;
    if (!overlay_path(cli, &path, &st) ||
        !catalog_import(cli->arena, cli->values[OPTION_FROM], path, &st))
        return cli_world(cli, &st);
    Buf out = {0};
    buf_str(&out, "wrote ");
    text_safe(&out, path);
    buf_str(&out, "; it is used from now on, and belongs to the project's files\n");
    stream_write(&cli->out, &out);
    buf_free(&out);
    return EXIT_FINE;
}

static ExitCode unknown_action(Cli *cli)
{
    Suggest near;
    Str word;
    suggest_start(&near, str_of(cli->words[0]));
    for (const char *at = cli->command->choices; choice_next(&at, &word);)
        suggest_offer(&near, word);
    if (near.count)
        return cli_usage(cli, "`moat catalog` cannot `%s`; did you mean `%.*s`?", cli->words[0],
                         (int)near.best[0].n, near.best[0].p);
    return cli_usage(cli, "`moat catalog` cannot `%s`; it can find, show and update",
                     cli->words[0]);
}

ExitCode cmd_catalog(Cli *cli)
{
    const char *action = cli->word_count ? cli->words[0] : "";
    bool find = strcmp(action, "find") == 0, show = strcmp(action, "show") == 0;
    if (!*action)
        return cli_usage(cli, "find, show or update?");
    if ((find || show) && cli->values[OPTION_FROM])
        return cli_usage(cli, "`--from` goes with `moat catalog update`");
    if ((find || show) && cli->word_count < 2)
        return cli_usage(cli, "what to %s?", action);
    if (find || show)
        return look_up(cli, find);
    if (strcmp(action, "update") != 0)
        return unknown_action(cli);
    if (cli->word_count > 1)
        return cli_usage(cli, "`moat catalog update` does not know what to do with `%s`",
                         cli->words[1]);
    if (!cli->values[OPTION_FROM])
        return cli_usage(cli, "`moat catalog update` needs `--from FILE`");
    return update(cli);
}
