// help.c - help texts from the table of commands.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

enum { LEFT = 2, COLUMN_MOST = 22 };

static void heading(Buf *out, const Stream *s, const char *title)
{
    buf_char(out, '\n');
    text_style(out, s, STYLE_BOLD, title);
    buf_char(out, '\n');
}

static void usage(Buf *out, const Stream *s, const char *form)
{
    text_style(out, s, STYLE_BOLD, "Usage:");
    buf_printf(out, " moat %s\n", form);
}

// Two columns: a term, and what it means, folded.
static void entry(Buf *out, const Stream *s, const char *term, uint32_t column, const char *what)
{
    uint32_t n = (uint32_t)strlen(term);
    buf_fill(out, ' ', LEFT);
    text_style(out, s, STYLE_CODE, term);
    if (LEFT + n + 2 > column) {
        buf_char(out, '\n');
        buf_fill(out, ' ', column);
    } else {
        buf_fill(out, ' ', column - LEFT - n);
    }
    text_fold(out, s, str_of(what), column, column);
}

static void option_term(char *ret, size_t room, const Option *o)
{
    char letter[5] = "    ";
    if (o->letter)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(ret, room, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
             o->argument ? o->argument : "");
}

static void option_entry(Buf *out, const Stream *s, const Option *o)
{
    char term[64];
    option_term(term, sizeof term, o);
    entry(out, s, term, COLUMN_MOST, o->help);
}

static void examples(Buf *out, const Stream *s, const char *lines)
{
    for (const char *line = lines; *line;) {
        size_t command = strcspn(line, "\t");
        const char *what = line + command + 1;
        size_t n = strcspn(what, "\n");
        char text[160];
        snprintf(text, sizeof text, "%.*s", (int)command, line);
        buf_fill(out, ' ', LEFT);
        text_style(out, s, STYLE_CODE, text);
        buf_char(out, '\n');
        buf_fill(out, ' ', LEFT + 4);
        text_fold(out, s, (Str){what, n}, LEFT + 4, LEFT + 4);
        line = what + n + 1;
    }
}

void help_general(Buf *out, const Stream *s)
{
    text_style(out, s, STYLE_BOLD, "moat");
    buf_str(out, " - security requirements in, Azure Policy out\n\n");
    usage(out, s, "COMMAND [OPTION...] [ARGUMENT...]");
    for (uint32_t g = 0; g < GROUP_COUNT; g++) {
        heading(out, s, GROUP_TITLES[g]);
        for (uint32_t i = 0; i < COMMAND_COUNT; i++) {
            if (COMMANDS[i].group == g)
                entry(out, s, COMMANDS[i].name, 14, COMMANDS[i].summary);
        }
    }
    heading(out, s, "Options");
    static const OptionId general[] = {OPTION_COLOR, OPTION_HELP, OPTION_VERSION};
    for (size_t i = 0; i < sizeof general / sizeof general[0]; i++)
        option_entry(out, s, &OPTIONS[general[i]]);
    buf_char(out, '\n');
    text_fold(out, s,
              str_of("New here? `moat init contoso-ai` makes a small project to play with. "
                     "`moat COMMAND --help` says more about each command."),
              0, 0);
}

void help_command(Buf *out, const Stream *s, const Command *c)
{
    char name[32];
    snprintf(name, sizeof name, "moat %s", c->name);
    text_style(out, s, STYLE_BOLD, name);
    buf_str(out, " - ");
    text_fold(out, s, str_of(c->summary), (uint32_t)strlen(name) + 3, 2);
    buf_char(out, '\n');
    char form[128];
    snprintf(form, sizeof form, "%s [OPTION...] %s", c->name, c->arguments);
    usage(out, s, form);
    buf_char(out, '\n');
    text_fold(out, s, str_of(c->text), 0, 0);
    heading(out, s, "Options");
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (command_takes(c, i))
            option_entry(out, s, &OPTIONS[i]);
    }
    heading(out, s, "Examples");
    examples(out, s, c->examples);
}
