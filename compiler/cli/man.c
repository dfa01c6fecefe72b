// man.c - the manual page moat(1), in the roff of man(7), from the table of commands.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "base/version.h"

enum { LINE = 62 }; // where the next blank becomes a line end

static void roff_char(Buf *out, char c, bool line_begins)
{
    if (c == '\\')
        buf_str(out, "\\e");
    else if (c == '-')
        buf_str(out, "\\-");
    else if (c == '\'')
        buf_str(out, "\\(aq");
    else if (c == '~')
        buf_str(out, "\\(ti");
    else if (c == '.' && line_begins)
        buf_str(out, "\\&.");
    else
        buf_char(out, c);
}

// Text in roff: ` ` becomes bold, what roff would read as its own is escaped, a sentence
// begins a line.
static void roff_text(Buf *out, Str text)
{
    bool in_code = false;
    size_t line = out->n;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '`') {
            buf_str(out, in_code ? "\\fR" : "\\fB");
            in_code = !in_code;
        } else if (c == '\n' && i + 1 < text.n && text.p[i + 1] == '\n') {
            buf_str(out, "\n.PP\n");
            line = out->n;
            i++;
        } else if (c == ' ' && (out->n - line > LINE || (i && strchr(".?", text.p[i - 1])))) {
            buf_char(out, '\n');
            line = out->n;
        } else {
            roff_char(out, c, out->n == line);
        }
    }
    buf_char(out, '\n');
}

static void roff(Buf *out, const char *text)
{
    roff_text(out, str_of(text));
}

static void roff_option(Buf *out, const Option *o)
{
    buf_str(out, ".TP\n");
    if (o->letter)
        buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
    buf_str(out, "\\fB\\-\\-");
    for (const char *p = o->name; *p; p++)
        *p == '-' ? buf_str(out, "\\-") : buf_char(out, *p);
    buf_str(out, "\\fR");
    if (o->argument)
        buf_printf(out, " \\fI%s\\fR", o->argument);
    buf_char(out, '\n');
    roff(out, o->help);
}

static void roff_command(Buf *out, const Command *c)
{
    buf_printf(out, ".SS moat %s ", c->name);
    roff(out, c->arguments);
    roff(out, c->text);
    for (uint32_t i = 0; i < OPTION_COUNT; i++) {
        if (command_takes(c, i) && i != OPTION_HELP && i != OPTION_COLOR)
            roff_option(out, &OPTIONS[i]);
    }
}

static void roff_examples(Buf *out, const Command *c)
{
    for (const char *line = c->examples; *line;) {
        size_t command = strcspn(line, "\t");
        const char *what = line + command + 1;
        size_t n = strcspn(what, "\n");
        buf_str(out, ".TP\n.B ");
        roff_text(out, (Str){line, command});
        roff_text(out, (Str){what, n});
        line = what + n + 1;
    }
}

static const struct {
    const char *term, *what;
} EXITS[] = {
    {"0", "all is well; warnings do not count"},
    {"1", "there are mistakes in the input, or `fmt --check` found something to change"},
    {"2", "the command line is wrong"},
    {"3", "a file could not be read or written"},
    {"70", "out of memory"},
};

static const struct {
    const char *term, *what;
} SURROUNDINGS[] = {
    {"NO_COLOR", "if set and not empty: no colour, unless `--color=always` asks for it"},
    {"COLUMNS", "how wide texts may be, instead of the width of the terminal"},
    {"TERM", "`dumb` means no colour"},
};

void help_man(Buf *out, const char *date)
{
    buf_printf(out, ".TH MOAT 1 %s \"moat %s\" \"User Commands\"\n", date, MOAT_VERSION);
    buf_str(out, ".SH NAME\nmoat \\- compile security requirements to Azure Policy\n");
    buf_str(out, ".SH SYNOPSIS\n.B moat\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n");
    buf_str(out, ".SH DESCRIPTION\n");
    roff(out,
         "`moat` reads requirements, written in a small language with Azure's own names, and "
         "compiles them to Azure Policy definitions, initiatives, assignments and exemptions: "
         "what must hold is said once, and the rules that find what breaks it follow from it.");
    buf_str(out, ".SH COMMANDS\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++)
        roff_command(out, &COMMANDS[i]);
    buf_str(out, ".SH OPTIONS\n");
    roff_option(out, &OPTIONS[OPTION_COLOR]);
    roff_option(out, &OPTIONS[OPTION_HELP]);
    roff_option(out, &OPTIONS[OPTION_VERSION]);
    buf_str(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof EXITS / sizeof EXITS[0]; i++) {
        buf_printf(out, ".TP\n.B %s\n", EXITS[i].term);
        roff(out, EXITS[i].what);
    }
    buf_str(out, ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof SURROUNDINGS / sizeof SURROUNDINGS[0]; i++) {
        buf_printf(out, ".TP\n.B %s\n", SURROUNDINGS[i].term);
        roff(out, SURROUNDINGS[i].what);
    }
    buf_str(out, ".SH FILES\n");
    buf_str(out, ".TP\n.I build\n");
    roff(out, "what `moat build` writes: a folder for each sort of object, `sourcemap.json`, and "
              "`.moat-manifest.json` with the names and hashes of the files");
    buf_str(out, ".SH EXAMPLES\n");
    for (uint32_t i = 0; i < COMMAND_COUNT; i++)
        roff_examples(out, &COMMANDS[i]);
}
