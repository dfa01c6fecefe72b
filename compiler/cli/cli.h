// cli.h - what the commands share: the table of commands, the arguments given,
// and the way to the user.
//
// Only this folder prints. What a command has to say goes to standard output,
// what went wrong to standard error; a command returns its exit code.
//
// spec: cli
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_CLI_H
#define MOAT_CLI_CLI_H

#include "base/arena.h"
#include "base/io.h"
#include "base/str.h"
#include "diag/compilation.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum ExitCode {
    EXIT_FINE = 0,
    EXIT_MISTAKES = 1, // in the input
    EXIT_USAGE = 2,
    EXIT_WORLD = 3, // a file or the machine failed; out of memory is 70, see arena.h
} ExitCode;

// --- the table (commands.def) ------------------------------------------------------------------

typedef enum OptionId {
#define OPTION(id, letter, name, argument, choices, help) OPTION_##id,
#include "cli/commands.def"
    OPTION_COUNT
} OptionId;

typedef struct Option {
    char letter; // 0 where it has none
    const char *name;
    const char *argument; // NULL: takes none
    const char *choices;  // "auto|always|never", or NULL
    const char *help;
} Option;

typedef enum Group {
#define GROUP(id, title) GROUP_##id,
#include "cli/commands.def"
    GROUP_COUNT
} Group;

typedef struct Cli Cli;

typedef struct Command {
    const char *name;
    Group group;
    const char *arguments; // "[PATH...]"
    const char *choices;   // of the first argument: "find|show|update", or NULL
    uint32_t most;         // arguments it takes
    uint64_t options;      // a bit for each OptionId
    const char *summary;   // one line
    const char *text;      // paragraphs, parted by empty lines
    const char *examples;  // lines: command, tab, what it does
    ExitCode (*run)(Cli *cli);
} Command;

enum { ANY_NUMBER = 0xffff };

extern const Option OPTIONS[OPTION_COUNT];
extern const Command COMMANDS[];
extern const uint32_t COMMAND_COUNT;
extern const char *const GROUP_TITLES[GROUP_COUNT];

bool command_takes(const Command *c, OptionId option);
const Command *command_find(Str name); // NULL where there is none
// Walks the words of "a|b|c"; false at the end. Start with *at = choices.
bool choice_next(const char **at, Str *ret);
bool choice_has(const char *choices, Str word);

// --- a run ---------------------------------------------------------------------------------------

typedef struct Stream {
    int fd;
    bool color, terminal;
    uint32_t width; // columns to fold at; 0: no folding
    bool failed;    // a write failed, the rest is dropped
    Status status;  // why
} Stream;

struct Cli {
    Arena *arena;
    const Command *command;           // NULL before it is known
    const char *values[OPTION_COUNT]; // NULL: not given; "" for one that takes no argument
    const char **words;               // the arguments that are no options
    size_t word_count;
    Stream out, err;
};

// Takes the arguments apart; false when the usage is wrong, which has been said.
bool arguments_parse(Cli *cli, int argc, char **argv);
bool cli_names_input(const Cli *cli); // the only path is `-`

// Colour and width of both streams, from --color and the environment.
void streams_open(Cli *cli);
// Writes and empties the buffer. A failure is kept in the stream and told by main.
void stream_write(Stream *s, Buf *b);

// "moat: …" on standard error.
void cli_say(Cli *cli, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// Each says it on standard error and returns the exit code that goes with it.
ExitCode cli_usage(Cli *cli, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
ExitCode cli_world(Cli *cli, const Status *st);

// Shows the diagnostics of a finished compilation to a person on `s`.
void cli_show_diagnostics(Cli *cli, Stream *s, const Compilation *c);
// "2 errors, 1 warning", "no mistakes", and a line end; on a terminal, where to read more.
void diagnostics_summary(Buf *out, const Stream *s, const Diags *ds);

// The .moat files that paths name: files as they are, folders searched, in order and
// each once; no paths: the current folder. Hidden folders and `build` are passed over.
typedef struct Paths {
    const char **items;
    uint32_t len, cap;
} Paths;
bool paths_collect(Cli *cli, Paths *ret, Status *st);

// --- the machine (machine.c) ---------------------------------------------------------------------

enum { THREADS_MOST = 64 };
uint32_t machine_threads(void);     // as many as it has processors
uint64_t machine_nanoseconds(void); // since some time; for differences

// --- text (text.c) -------------------------------------------------------------------------------

typedef enum Style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_CODE,
    STYLE_GOOD,
    STYLE_WARNING,
    STYLE_BAD,
} Style;
// A text that may quote the user's: controls do not reach the terminal.
void text_safe(Buf *out, const char *text);
void text_style(Buf *out, const Stream *s, Style style, const char *text); // safely
// "1 file", "2 files".
void text_count(Buf *out, uint64_t n, const char *one, const char *many);
// Folds a text at blanks into lines of s->width (80 where it is 0, 100 at most); the first
// line goes on at column `column`, the others are indented by `indent`. Between ` ` marks
// code is shown. Ends with a newline. Safe, too.
void text_fold(Buf *out, const Stream *s, Str text, uint32_t column, uint32_t indent);

// --- commands --------------------------------------------------------------------------------------

#define COMMAND(name, group, arguments, choices, most, options, summary, text, examples)           \
    ExitCode cmd_##name(Cli *cli);
#include "cli/commands.def"

void help_general(Buf *out, const Stream *s);
void help_command(Buf *out, const Stream *s, const Command *c);
void help_man(Buf *out, const char *date);

#endif
