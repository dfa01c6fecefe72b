// main.c - moat: from the command line to a command and its exit code.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "base/version.h"
#include "catalog/catalog.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// A standard stream that is closed would be given to the next file opened, and the
// output written into it: fill the gap with something that cannot be used so.
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _Exit(EXIT_WORLD);
    }
}

// Days since 1 March 0000 in the Gregorian calendar.
static int64_t civil_days(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    month = (month + 9) % 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
}

static bool older_than_a_year(const char *date)
{
    enum { UNIX_EPOCH = 719468, DAYS = 365, SECONDS = 86400 };
    int year, month, day;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return false;
    int64_t today = (int64_t)time(NULL) / SECONDS + UNIX_EPOCH;
    return today - civil_days(year, month, day) > DAYS;
}

static ExitCode show_version(Cli *cli)
{
    const char *date = catalog_date(catalog_open(cli->arena));
    Buf b = {0};
    buf_printf(&b, "moat %s\ncatalogue of %s\n", MOAT_VERSION, date);
    stream_write(&cli->out, &b);
    if (older_than_a_year(date))
        cli_say(cli, "the catalogue is more than a year old, so newer properties are unknown; a "
                     "newer version of moat or `moat catalog update` helps");
    buf_free(&b);
    return EXIT_FINE;
}

static ExitCode show_help(Cli *cli)
{
    Buf b = {0};
    if (cli->command)
        help_command(&b, &cli->out, cli->command);
    else
        help_general(&b, &cli->out);
    stream_write(&cli->out, &b);
    buf_free(&b);
    return EXIT_FINE;
}

static ExitCode run(Cli *cli)
{
    if (cli->values[OPTION_HELP])
        return show_help(cli);
    if (cli->values[OPTION_VERSION])
        return show_version(cli);
    if (cli->command)
        return cli->command->run(cli);
    Buf b = {0};
    help_general(&b, &cli->err);
    stream_write(&cli->err, &b);
    buf_free(&b);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    hold_streams();
    signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write, and told as one
    Cli cli = {.arena = arena_new()};
    streams_open(&cli);
    ExitCode code = EXIT_USAGE;
    if (arguments_parse(&cli, argc, argv)) {
        streams_open(&cli); // again: --color is known now
        code = run(&cli);
    }
    if (cli.out.failed)
        code = cli_world(&cli, &cli.out.status);
    arena_free(cli.arena);
    return (int)code;
}
