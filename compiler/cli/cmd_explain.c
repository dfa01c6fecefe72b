// cmd_explain.c - moat explain: looks a word up wherever something is known about it.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

void explain_title(Explain *e, const char *word, const char *what)
{
    if (e->out.n)
        buf_char(&e->out, '\n');
    text_style(&e->out, e->stream, STYLE_BOLD, word);
    buf_str(&e->out, " - ");
    text_fold(&e->out, e->stream, str_of(what), (uint32_t)strlen(word) + 3, 0);
    e->found++;
}

void explain_row(Explain *e, const char *label, const char *value)
{
    enum { COLUMN = 14 };
    uint32_t n = (uint32_t)strlen(label);
    buf_str(&e->out, "  ");
    buf_str(&e->out, label);
    buf_fill(&e->out, ' ', n + 2 < COLUMN ? COLUMN - n - 2 : 1);
    text_fold(&e->out, e->stream, str_of(value), COLUMN, COLUMN);
}

void explain_code_block(Explain *e, Str text)
{
    for (size_t i = 0; i < text.n;) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        size_t n = end ? (size_t)(end - text.p) - i : text.n - i;
        if (n)
            buf_str(&e->out, "    ");
        text_style(&e->out, e->stream, STYLE_CODE, arena_copy(e->arena, text.p + i, n));
        buf_char(&e->out, '\n');
        i += n + 1;
    }
}

static void explain_word(Explain *e, const char *word)
{
    static void (*const places[])(Explain * e) = {
        explain_code,    explain_glossary, explain_function,
        explain_library, explain_property, explain_type,
    };
    e->word = str_of(word);
    e->found = 0;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        places[i](e);
}

static void say_unknown(Explain *e, const char *word)
{
    Suggest near;
    Buf b = {0};
    suggest_start(&near, str_of(word));
    explain_offer_glossary(&near);
    explain_offer_functions(&near);
    explain_offer_library(e, &near);
    explain_offer_properties(e, &near);
    for (uint32_t i = 0; i < near.count; i++)
        buf_printf(&b, "%s`%.*s`",
                   i == 0                ? "did you mean "
                   : i + 1 == near.count ? " or "
                                         : ", ",
                   (int)near.best[i].n, near.best[i].p);
    buf_str(&b, near.count ? "?" : "`moat catalog find` searches the catalogue");
    cli_say(e->cli, "nothing is known about `%s`; %s", word, b.p);
    buf_free(&b);
}

ExitCode cmd_explain(Cli *cli)
{
    if (!cli->word_count)
        return cli_usage(cli, "what shall be explained? a code, property, kind, function or word");
    Explain e = {
        .cli = cli,
        .stream = &cli->out,
        .arena = cli->arena,
        .catalog = catalog_open(cli->arena),
        .compilation = compilation_new(),
    };
    Status st;
    ExitCode code = EXIT_FINE;
    if (!explain_load_library(&e, &st))
        code = cli_world(cli, &st);
    for (size_t i = 0; i < cli->word_count && code != EXIT_WORLD; i++) {
        explain_word(&e, cli->words[i]);
        if (e.found)
            continue;
        say_unknown(&e, cli->words[i]);
        code = EXIT_MISTAKES;
    }
    stream_write(&cli->out, &e.out);
    buf_free(&e.out);
    compilation_free(e.compilation);
    return code;
}
