// report.c - how commands say what went wrong, and what they found.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "base/limits.h"
#include "diag/render.h"

#include <stdarg.h>

static void say(Cli *cli, const char *message)
{
    Buf b = {0};
    text_style(&b, &cli->err, STYLE_BOLD, "moat:");
    buf_char(&b, ' ');
    text_safe(&b, message);
    buf_char(&b, '\n');
    stream_write(&cli->err, &b);
    buf_free(&b);
}

void cli_say(Cli *cli, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(cli, arena_vprintf(cli->arena, fmt, args));
    va_end(args);
}

ExitCode cli_usage(Cli *cli, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(cli, arena_vprintf(cli->arena, fmt, args));
    va_end(args);
    Buf b = {0};
    if (cli->command)
        buf_printf(&b, "`moat %s --help` shows how it is used.\n", cli->command->name);
    else
        buf_str(&b, "`moat help` lists the commands.\n");
    stream_write(&cli->err, &b);
    buf_free(&b);
    return EXIT_USAGE;
}

ExitCode cli_world(Cli *cli, const Status *st)
{
    say(cli, st->message);
    return EXIT_WORLD;
}

void cli_show_diagnostics(Cli *cli, Stream *s, const Compilation *c)
{
    Buf b = {0};
    RenderOptions o = {.color = s->color, .width = s->width, .max_errors = LIMIT_ERRORS};
    if (cli->values[OPTION_ALL_ERRORS])
        o.max_errors = 0;
    render_text(&b, c->sources, c->diags, o);
    stream_write(s, &b);
    buf_free(&b);
}

static void add_pointer(Buf *out, const Stream *s, const Diags *ds)
{
    Buf text = {0};
    uint32_t i = 0;
    while (diags_get(ds, i)->severity != SEVERITY_ERROR)
        i++;
    buf_printf(&text, "`moat explain %s` says more about the first error.",
               diag_code_text(diags_get(ds, i)->code));
    text_fold(out, s, (Str){text.p, text.n}, 0, 0);
    buf_free(&text);
}

void diagnostics_summary(Buf *out, const Stream *s, const Diags *ds)
{
    static const struct {
        Severity severity;
        Style style;
        const char *one, *many;
    } counted[] = {
        {SEVERITY_ERROR, STYLE_BAD, "error", "errors"},
        {SEVERITY_WARNING, STYLE_WARNING, "warning", "warnings"},
        {SEVERITY_NOTE, STYLE_PLAIN, "note", "notes"},
    };
    bool first = true;
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
        uint32_t n = diags_count(ds, counted[i].severity);
        if (!n)
            continue;
        Buf text = {0};
        text_count(&text, n, counted[i].one, counted[i].many);
        buf_str(out, first ? "" : ", ");
        text_style(out, s, counted[i].style, text.p);
        buf_free(&text);
        first = false;
    }
    if (first)
        text_style(out, s, STYLE_GOOD, "no mistakes");
    buf_char(out, '\n');
    if (s->terminal && diags_has_errors(ds))
        add_pointer(out, s, ds);
}
