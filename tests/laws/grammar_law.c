// grammar_law.c - the golden programs together reduce every rule of the grammar.
//
// The parser is compiled a second time, tracing; its traces are counted.
//
// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>

#include "laws/files.h"

#include "syntax/parse.h"

static void trace(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define MOAT_YYDEBUG 1
#define YYFPRINTF trace
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wswitch-enum"
#include "moat.tab.c"
#pragma GCC diagnostic pop

static uint32_t reduced[YYNRULES + 1]; // how often, by rule

static void trace(FILE *f, const char *fmt, ...)
{
    (void)f;
    if (strncmp(fmt, "Reducing stack by rule", 22) != 0)
        return;
    va_list args;
    va_start(args, fmt);
    int rule = va_arg(args, int);
    va_end(args);
    if (rule >= 0 && rule < YYNRULES)
        reduced[rule + 1]++;
}

static void parse(void *context, const char *path, Str text)
{
    (void)context;
    Compilation *c = compilation_new();
    parse_file(c, sources_add(c->sources, path, text));
    compilation_free(c);
}

int main(void)
{
    Arena *a = arena_new();
    uint32_t never = 0;
    moat_yydebug = 1;
    files_visit(a, "tests/golden", ".moat", parse, NULL);
    parse(NULL, "broken.moat", str_of("let")); // the one rule for what is no program
    for (int rule = 2; rule <= YYNRULES; rule++) {
        if (reduced[rule])
            continue;
        never++;
        printf("grammar/moat.y:%d: no golden program reduces this rule of `%s`\n", yyrline[rule],
               yysymbol_name((yysymbol_kind_t)yyr1[rule]));
    }
    arena_free(a);
    printf("%d passed, %u failed\n", YYNRULES - 1 - (int)never, never);
    return never != 0;
}
