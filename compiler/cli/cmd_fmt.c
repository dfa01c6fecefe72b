// cmd_fmt.c - moat fmt: sources in the standard layout, each rewritten in one step.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "base/limits.h"
#include "fmt/fmt.h"
#include "syntax/parse.h"

typedef struct Tally {
    uint32_t files, changed, broken, failed;
} Tally;

// Lays one text out; false, with the reason said, where it is left alone.
static bool layout(Cli *cli, Compilation *c, const char *path, Str text, Buf *ret)
{
    Source *source = sources_add(c->sources, path, text);
    File *file = source ? parse_file(c, source) : NULL;
    bool ok = file && !file->broken && fmt_file(c, file, ret);
    diags_finish(c->diags);
    if (ok)
        return true;
    cli_show_diagnostics(cli, &cli->err, c);
    if (!diags_has_errors(c->diags))
        cli_say(cli,
                "`%s` is left as it is: laid out, it would not read the same, which is a "
                "mistake of moat",
                path);
    return false;
}

static void tell(Cli *cli, const char *path)
{
    Buf b = {0};
    text_safe(&b, path);
    buf_char(&b, '\n');
    stream_write(&cli->out, &b);
    buf_free(&b);
}

static void fmt_path(Cli *cli, const char *path, Tally *tally)
{
    Compilation *c = compilation_new();
    Status st;
    Str text;
    Buf laid_out = {0};
    bool from_input = strcmp(path, "-") == 0;
    tally->files++;
    if (!io_read_file(c->arena, path, LIMIT_SOURCE_BYTES, &text, &st)) {
        tally->failed++;
        cli_world(cli, &st);
    } else if (!layout(cli, c, from_input ? "stdin" : path, text, &laid_out)) {
        tally->broken++;
    } else if (from_input && !cli->values[OPTION_CHECK]) {
        stream_write(&cli->out, &laid_out);
    } else if (!str_equal(text, (Str){laid_out.p, laid_out.n})) {
        if (!cli->values[OPTION_CHECK] &&
            !io_write_file(path, (Str){laid_out.p, laid_out.n}, &st)) {
            tally->failed++;
            cli_world(cli, &st);
        } else {
            tally->changed++;
            tell(cli, from_input ? "stdin" : path);
        }
    }
    buf_free(&laid_out);
    compilation_free(c);
}

static void summary(Cli *cli, const Tally *tally)
{
    Buf b = {0};
    uint32_t as_is = tally->files - tally->changed - tally->broken - tally->failed;
    if (!tally->files)
        buf_str(&b, "no moat files here");
    else if (tally->changed)
        text_count(&b, tally->changed, "file", "files");
    if (tally->changed)
        buf_str(&b, cli->values[OPTION_CHECK] ? " would change" : " changed");
    if (tally->files && as_is) {
        buf_str(&b, b.n ? ", " : "");
        text_count(&b, as_is, "file", "files");
        buf_str(&b, tally->changed ? " already laid out" : " laid out already");
    }
    if (tally->broken) {
        buf_str(&b, b.n ? ", " : "");
        text_count(&b, tally->broken, "file", "files");
        buf_str(&b, " left alone because of mistakes");
    }
    buf_char(&b, '\n');
    stream_write(&cli->err, &b);
    buf_free(&b);
}

ExitCode cmd_fmt(Cli *cli)
{
    Paths paths = {0};
    Status st;
    Tally tally = {0};
    if (!paths_collect(cli, &paths, &st))
        return cli_world(cli, &st);
    for (uint32_t i = 0; i < paths.len; i++)
        fmt_path(cli, paths.items[i], &tally);
    if (!cli_names_input(cli))
        summary(cli, &tally);
    if (tally.failed)
        return EXIT_WORLD;
    return tally.broken || (tally.changed && cli->values[OPTION_CHECK]) ? EXIT_MISTAKES : EXIT_FINE;
}
