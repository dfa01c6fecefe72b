// arguments.c - takes a command line apart by the table of commands.
//
// Options may stand anywhere after the command, `--name value`, `--name=value`,
// `-oDIR`; `--` ends them. What is nearly right is answered with a suggestion.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "diag/suggest.h"

typedef struct Arguments {
    Cli *cli;
    char **rest; // what has not been read, ended by NULL
} Arguments;

static bool option_taken(const Command *c, OptionId id)
{
    if (!c)
        return id == OPTION_COLOR || id == OPTION_HELP || id == OPTION_VERSION;
    return command_takes(c, id);
}

static const char *command_shown(const Cli *cli)
{
    return cli->command ? arena_printf(cli->arena, "moat %s", cli->command->name) : "moat";
}

// "did you mean `--json`?", or who else takes the option; "" where nothing is near.
static const char *option_hint(Cli *cli, Str name)
{
    Suggest near;
    suggest_start(&near, name);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (option_taken(cli->command, i))
            suggest_offer(&near, str_of(OPTIONS[i].name));
    }
    if (near.count)
        return arena_printf(cli->arena, "; did you mean `--%.*s`?", (int)near.best[0].n,
                            near.best[0].p);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        for (uint32_t k = 0; k < COMMAND_COUNT && str_equal(name, str_of(OPTIONS[i].name)); k++) {
            if (command_takes(&COMMANDS[k], i))
                return arena_printf(cli->arena, "; `moat %s` has", COMMANDS[k].name);
        }
    }
    return "";
}

static bool unknown_option(Cli *cli, const char *shown, Str name)
{
    cli_usage(cli, "`%s` has no option `%s`%s", command_shown(cli), shown, option_hint(cli, name));
    return false;
}

static const char *choices_shown(Cli *cli, const char *choices)
{
    Buf b = {0};
    Str word;
    while (choice_next(&choices, &word))
        buf_printf(&b, "%s%.*s", b.n == 0 ? "" : *choices ? ", " : " or ", (int)word.n, word.p);
    const char *shown = arena_copy(cli->arena, b.p, b.n);
    buf_free(&b);
    return shown;
}

static bool option_value(Arguments *a, OptionId id, const char *shown, const char *value)
{
    const Option *o = &OPTIONS[id];
    if (!o->argument) {
        if (value) {
            cli_usage(a->cli, "`%s` takes no value", shown);
            return false;
        }
        a->cli->values[id] = "";
        return true;
    }
    if (!value && *a->rest && (**a->rest != '-' || !(*a->rest)[1]))
        value = *a->rest++;
    if (!value || !*value) {
        cli_usage(a->cli, "`%s` needs a value: `%s %s`", shown, shown, o->argument);
        return false;
    }
    if (o->choices && !choice_has(o->choices, str_of(value))) {
        cli_usage(a->cli, "`%s` takes %s, not `%s`", shown, choices_shown(a->cli, o->choices),
                  value);
        return false;
    }
    a->cli->values[id] = value;
    return true;
}

static bool long_option(Arguments *a, const char *word)
{
    const char *equals = strchr(word, '=');
    Str name = {word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word + 2)};
    const char *shown = arena_copy(a->cli->arena, word, name.n + 2);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (option_taken(a->cli->command, i) && str_equal(name, str_of(OPTIONS[i].name)))
            return option_value(a, i, shown, equals ? equals + 1 : NULL);
    }
    return unknown_option(a->cli, shown, name);
}

static bool short_option(Arguments *a, const char *word)
{
    const char *shown = arena_copy(a->cli->arena, word, 2);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (option_taken(a->cli->command, i) && OPTIONS[i].letter == word[1])
            return option_value(a, i, shown, word[2] ? word + 2 : NULL);
    }
    return unknown_option(a->cli, word, str_of(word + 1));
}

static bool take_command(Cli *cli, const char *word)
{
    cli->command = command_find(str_of(word));
    if (cli->command)
        return true;
    Suggest near;
    suggest_start(&near, str_of(word));
    for (uint32_t i = 0; i < COMMAND_COUNT; i++)
        suggest_offer(&near, str_of(COMMANDS[i].name));
    if (near.count)
        cli_usage(cli, "there is no command `%s`; did you mean `%.*s`?", word, (int)near.best[0].n,
                  near.best[0].p);
    else
        cli_usage(cli, "there is no command `%s`", word);
    return false;
}

bool cli_names_input(const Cli *cli)
{
    return cli->word_count == 1 && strcmp(cli->words[0], "-") == 0;
}

// Standard input is a module by itself.
static bool check_input(Cli *cli)
{
    bool named = false;
    for (size_t i = 0; i < cli->word_count && strstr(cli->command->arguments, "PATH"); i++)
        named |= strcmp(cli->words[i], "-") == 0;
    if (named && cli->word_count > 1)
        cli_usage(cli, "`-`, standard input, cannot be given together with other paths");
    else if (named && cli->values[OPTION_STDLIB])
        cli_usage(cli, "`-`, standard input, cannot be given together with `--stdlib`");
    else
        return true;
    return false;
}

static bool check_words(Cli *cli)
{
    if (!cli->command)
        return true;
    if (cli->word_count > cli->command->most) {
        cli_usage(cli, "`moat %s` does not know what to do with `%s`", cli->command->name,
                  cli->words[cli->command->most]);
        return false;
    }
    return check_input(cli);
}

bool arguments_parse(Cli *cli, int argc, char **argv)
{
    Arguments a = {cli, argc ? argv + 1 : argv};
    bool options_end = false;
    cli->words = ARENA_ARRAY(cli->arena, const char *, (size_t)argc + 1);
    while (*a.rest) {
        const char *word = *a.rest++;
        bool ok = true;
        if (!options_end && strcmp(word, "--") == 0)
            options_end = true;
        else if (!options_end && strncmp(word, "--", 2) == 0)
            ok = long_option(&a, word);
        else if (!options_end && word[0] == '-' && word[1])
            ok = short_option(&a, word);
        else if (!cli->command)
            ok = take_command(cli, word);
        else
            cli->words[cli->word_count++] = word;
        if (!ok)
            return false;
    }
    return check_words(cli);
}
