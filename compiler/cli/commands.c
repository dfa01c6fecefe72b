// commands.c - the table of commands.def as data, and finding things in it.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

const Option OPTIONS[OPTION_COUNT] = {
#define OPTION(id, letter, name, argument, choices, help) {letter, name, argument, choices, help},
#include "cli/commands.def"
};

const char *const GROUP_TITLES[GROUP_COUNT] = {
#define GROUP(id, title) title,
#include "cli/commands.def"
};

const Command COMMANDS[] = {
#define COMMAND(name, group, arguments, choices, most, options, summary, text, examples)           \
    {#name, GROUP_##group, arguments, choices, most, options, summary, text, examples, cmd_##name},
#include "cli/commands.def"
};

const uint32_t COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0];

bool command_takes(const Command *c, OptionId option)
{
    return c->options >> option & 1;
}

const Command *command_find(Str name)
{
    for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_equal(name, str_of(COMMANDS[i].name)))
            return &COMMANDS[i];
    }
    return NULL;
}

bool choice_next(const char **at, Str *ret)
{
    if (!*at || !**at)
        return false;
    size_t n = strcspn(*at, "|");
    *ret = (Str){*at, n};
    *at += n + ((*at)[n] == '|');
    return true;
}

bool choice_has(const char *choices, Str word)
{
    Str choice;
    while (choice_next(&choices, &choice)) {
        if (str_equal(choice, word))
            return true;
    }
    return false;
}
