// cmd_help.c - moat help: for people, and the manual page.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "catalog/catalog.h"
#include "diag/suggest.h"

static ExitCode help_about(Cli *cli, Buf *out, const char *name)
{
    const Command *c = command_find(str_of(name));
    if (c) {
        help_command(out, &cli->out, c);
        return EXIT_FINE;
    }
    Suggest near;
    suggest_start(&near, str_of(name));
    for (uint32_t i = 0; i < COMMAND_COUNT; i++)
        suggest_offer(&near, str_of(COMMANDS[i].name));
    if (near.count)
        return cli_usage(cli, "there is no command `%s`; did you mean `%.*s`?", name,
                         (int)near.best[0].n, near.best[0].p);
    return cli_usage(cli, "there is no command `%s`; `moat explain %s` looks in the language", name,
                     name);
}

ExitCode cmd_help(Cli *cli)
{
    Buf out = {0};
    ExitCode code = EXIT_FINE;
    if (cli->values[OPTION_MAN])
        help_man(&out, catalog_date(catalog_open(cli->arena)));
    else if (cli->word_count)
        code = help_about(cli, &out, cli->words[0]);
    else
        help_general(&out, &cli->out);
    stream_write(&cli->out, &out);
    buf_free(&out);
    return code;
}
