// cmd_completion.c - moat completion: scripts for bash, zsh and fish, from the
// table of commands.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

// "a|b" as "a b".
static void add_choices(Buf *out, const char *choices)
{
    Str word;
    bool first = true;
    while (choice_next(&choices, &word)) {
        buf_str(out, first ? "" : " ");
        buf_add(out, word.p, word.n);
        first = false;
    }
}

static void add_commands(Buf *out, char between)
{
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        if (i)
            buf_char(out, between);
        buf_str(out, COMMANDS[i].name);
    }
}

static bool names_folder(const Option *o)
{
    return o->argument && strcmp(o->argument, "DIR") == 0;
}

static bool names_command(const Command *c)
{
    return strcmp(c->name, "help") == 0;
}

// What may follow a command in its first place; empty where it is a path.
static void add_first(Buf *out, const Command *c)
{
    if (names_command(c))
        add_commands(out, ' ');
    else if (c->choices)
        add_choices(out, c->choices);
}

// --- bash ------------------------------------------------------------------------------------

static void bash_values(Buf *out)
{
    buf_str(out, "    case $prev in\n");
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        const Option *o = &OPTIONS[i];
        if (!o->argument)
            continue;
        buf_str(out, "    ");
        if (o->letter)
            buf_printf(out, "-%c | ", o->letter);
        buf_printf(out, "--%s) ", o->name);
        if (o->choices) {
            buf_str(out, "words='");
            add_choices(out, o->choices);
            buf_str(out, "' ;;\n");
        } else {
            buf_printf(out,
                       "compopt -o filenames; mapfile -t COMPREPLY < <(compgen %s -- \"$cur\")\n",
                       names_folder(o) ? "-d" : "-f");
            buf_str(out, "        return ;;\n");
        }
    }
    buf_str(out, "    esac\n");
}

static void bash_options(Buf *out, const Command *c)
{
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (c ? command_takes(c, i) : i == OPTION_COLOR || i == OPTION_HELP || i == OPTION_VERSION)
            buf_printf(out, " --%s", OPTIONS[i].name);
    }
}

static void bash_commands(Buf *out)
{
    buf_str(out, "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                 "        case ${COMP_WORDS[i]} in\n        ");
    add_commands(out, '|');
    buf_str(out, ") command=${COMP_WORDS[i]}; break ;;\n"
                 "        esac\n"
                 "    done\n"
                 "    case $command in\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        buf_printf(out, "    %s) first='", c->name);
        add_first(out, c);
        buf_str(out, "' options='");
        bash_options(out, c);
        buf_str(out, "' ;;\n");
    }
    buf_str(out, "    '') first='");
    add_commands(out, ' ');
    buf_str(out, "' options='");
    bash_options(out, NULL);
    buf_str(out, "' ;;\n"
                 "    esac\n");
}

static void completion_bash(Buf *out)
{
    buf_str(out, "# Completion of moat in bash; made by `moat completion bash`.\n"
                 "_moat() {\n"
                 "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                 "    local command='' first='' options='' words='' i\n"
                 "    # bash parts --color=auto into three words\n"
                 "    [[ $cur == = ]] && cur=''\n"
                 "    [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}\n");
    bash_values(out);
    bash_commands(out);
    buf_str(out, "    if [[ -z $words && $cur == -* ]]; then\n"
                 "        words=$options\n"
                 "    elif [[ -z $words && ( -z $command || $prev == \"$command\" ) ]]; then\n"
                 "        words=$first\n"
                 "    fi\n"
                 "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
                 "}\n"
                 "complete -o default -F _moat moat\n");
}

// --- zsh -------------------------------------------------------------------------------------

// A text inside '…' of an _arguments specification.
static void zsh_text(Buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            buf_str(out, "'\\''");
        else if (*p == '[' || *p == ']' || *p == ':')
            buf_printf(out, "\\%c", *p);
        else if (*p != '`')
            buf_char(out, *p);
    }
}

static void zsh_option(Buf *out, const Option *o)
{
    buf_str(out, " \\\n            ");
    if (o->letter)
        buf_printf(out, "{-%c%s,--%s%s}", o->letter, o->argument ? "+" : "", o->name,
                   o->argument ? "=" : "");
    else
        buf_printf(out, "--%s%s", o->name, o->argument ? "=" : "");
    buf_str(out, "'[");
    zsh_text(out, o->help);
    buf_char(out, ']');
    if (o->argument) {
        buf_printf(out, ":%s:", o->argument);
        if (o->choices) {
            buf_char(out, '(');
            add_choices(out, o->choices);
            buf_char(out, ')');
        } else {
            buf_str(out, names_folder(o) ? "_files -/" : "_files");
        }
    }
    buf_char(out, '\'');
}

static void zsh_command(Buf *out, const Command *c)
{
    buf_printf(out, "        %s)\n            _arguments", c->name);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (command_takes(c, i))
            zsh_option(out, &OPTIONS[i]);
    }
    if (c->choices || names_command(c)) {
        buf_str(out, " \\\n            '1:what:(");
        add_first(out, c);
        buf_str(out, ")'");
    }
    if (strstr(c->arguments, "PATH"))
        buf_str(out, " \\\n            '*:path:_files'");
    else if (strstr(c->arguments, "DIR"))
        buf_str(out, " \\\n            '1:folder:_files -/'");
    buf_str(out, "\n            ;;\n");
}

static void completion_zsh(Buf *out)
{
    buf_str(out, "#compdef moat\n"
                 "# Completion of moat in zsh; made by `moat completion zsh`.\n"
                 "_moat() {\n"
                 "    local -a commands=(\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, "        '%s:", COMMANDS[i].name);
        zsh_text(out, COMMANDS[i].summary);
        buf_str(out, "'\n");
    }
    buf_str(out, "    )\n"
                 "    local curcontext=$curcontext state line\n"
                 "    _arguments -C");
    zsh_option(out, &OPTIONS[OPTION_COLOR]);
    zsh_option(out, &OPTIONS[OPTION_HELP]);
    zsh_option(out, &OPTIONS[OPTION_VERSION]);
    buf_str(out, " \\\n            '1:command:->command' \\\n"
                 "            '*::argument:->argument'\n"
                 "    case $state in\n"
                 "    command) _describe command commands ;;\n"
                 "    argument)\n"
                 "        case $line[1] in\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++)
        zsh_command(out, &COMMANDS[i]);
    buf_str(out,
            "        esac\n"
            "        ;;\n"
            "    esac\n"
            "}\n"
            "if [[ $funcstack[1] == _moat ]]; then _moat \"$@\"; else compdef _moat moat; fi\n");
}

// --- fish ------------------------------------------------------------------------------------

static void fish_text(Buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'' || *p == '\\')
            buf_char(out, '\\');
        if (*p != '`')
            buf_char(out, *p);
    }
}

static void fish_option(Buf *out, const char *where, const Option *o)
{
    buf_printf(out, "complete -c moat -n '%s' -l %s", where, o->name);
    if (o->letter)
        buf_printf(out, " -s %c", o->letter);
    if (o->choices) {
        buf_str(out, " -x -a '");
        add_choices(out, o->choices);
        buf_char(out, '\'');
    } else if (o->argument) {
        buf_str(out, names_folder(o) ? " -x -a '(__fish_complete_directories)'" : " -r -F");
    }
    buf_str(out, " -d '");
    fish_text(out, o->help);
    buf_str(out, "'\n");
}

static void completion_fish(Buf *out)
{
    buf_str(out, "# Completion of moat in fish; made by `moat completion fish`.\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        buf_printf(out, "complete -c moat -n __fish_use_subcommand -f -a %s -d '", c->name);
        fish_text(out, c->summary);
        buf_str(out, "'\n");
    }
    fish_option(out, "__fish_use_subcommand", &OPTIONS[OPTION_COLOR]);
    fish_option(out, "__fish_use_subcommand", &OPTIONS[OPTION_HELP]);
    fish_option(out, "__fish_use_subcommand", &OPTIONS[OPTION_VERSION]);
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        const Command *c = &COMMANDS[i];
        char where[64];
        snprintf(where, sizeof where, "__fish_seen_subcommand_from %s", c->name);
        for (uint32_t k = 0; k < OPTION_COUNT; k++) {
            if (command_takes(c, k))
                fish_option(out, where, &OPTIONS[k]);
        }
        if (!c->choices && !names_command(c))
            continue;
        buf_printf(out, "complete -c moat -n '%s' -f -a '", where);
        add_first(out, c);
        buf_str(out, "'\n");
    }
}

// ---------------------------------------------------------------------------------------------

ExitCode cmd_completion(Cli *cli)
{
    if (!cli->word_count)
        return cli_usage(cli, "for which shell? bash, zsh or fish");
    const char *shell = cli->words[0];
    Buf out = {0};
    if (strcmp(shell, "bash") == 0)
        completion_bash(&out);
    else if (strcmp(shell, "zsh") == 0)
        completion_zsh(&out);
    else if (strcmp(shell, "fish") == 0)
        completion_fish(&out);
    else
        return cli_usage(cli, "`completion` knows bash, zsh and fish, not `%s`", shell);
    stream_write(&cli->out, &out);
    buf_free(&out);
    return EXIT_FINE;
}
