// compile.c - what check and build have in common: from the arguments to a
// finished compilation.
//
// SPDX-License-Identifier: MIT
#include "cli/compile.h"

#include "base/limits.h"
#include "policy/read.h"

#include <stdio.h>

static bool compile_input(Compilation *c, bool for_tests, MoatBuild *ret, Status *st)
{
    Str text;
    if (!io_read_file(c->arena, "-", LIMIT_SOURCE_BYTES, &text, st))
        return false;
    moat_compile_text(c, "stdin", text, for_tests, ret);
    return true;
}

static bool compile(Cli *cli, Compilation *c, bool for_tests, MoatBuild *ret, Status *st)
{
    LoadOptions o = {
        .for_tests = for_tests,
        .paths = cli->words,
        .path_count = cli->word_count,
        .stdlib_folder = cli->values[OPTION_STDLIB],
    };
    return cli_names_input(cli) ? compile_input(c, for_tests, ret, st)
                                : moat_compile(c, &o, ret, st);
}

bool cli_compile(Cli *cli, Compilation *c, MoatBuild *ret, Status *st)
{
    return compile(cli, c, false, ret, st);
}

bool cli_compile_tests(Cli *cli, Compilation *c, MoatBuild *ret, Status *st)
{
    return compile(cli, c, true, ret, st);
}

static bool is_policy_file(const char *path)
{
    static const char *const ENDS[] = {".json", ".jsonc", ".ndjson"};
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        size_t m = strlen(ENDS[i]);
        if (n > m && strcmp(path + n - m, ENDS[i]) == 0)
            return true;
    }
    return false;
}

size_t cli_policy_files(const Cli *cli)
{
    size_t n = 0;
    for (size_t i = 0; i < cli->word_count; i++)
        n += is_policy_file(cli->words[i]);
    return n;
}

// The body of a PUT says no name: the file that `moat build` writes is called by it, after the
// environment it is for.
static const char *name_of_file(Arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *end = strrchr(base, '.'), *start = base;
    for (const char *p = base; p < end; p++) {
        if (*p == '.')
            start = p + 1;
    }
    return arena_copy(a, start, (size_t)(end - start));
}

static void name_policies(Arena *a, const char *path, const PolicySet *before, PolicySet *set)
{
    const char *name = name_of_file(a, path);
    for (uint32_t i = before->definitions.len; i < set->definitions.len; i++) {
        PolicyDefinition *d = set->definitions.items[i];
        d->name = d->name ? d->name : name;
    }
    for (uint32_t i = before->initiatives.len; i < set->initiatives.len; i++) {
        PolicyInitiative *n = set->initiatives.items[i];
        n->name = n->name ? n->name : name;
    }
    for (uint32_t i = before->assignments.len; i < set->assignments.len; i++) {
        PolicyAssignment *n = set->assignments.items[i];
        n->name = n->name ? n->name : name;
    }
    for (uint32_t i = before->exemptions.len; i < set->exemptions.len; i++) {
        PolicyExemption *n = set->exemptions.items[i];
        n->name = n->name ? n->name : name;
    }
}

bool cli_read_policies(Compilation *c, const char *path, PolicySet *ret, Status *st)
{
    Str text;
    if (!io_read_file(c->arena, path, LIMIT_JSON_BYTES, &text, st))
        return false;
    Source *source = sources_add(c->sources, path, text);
    if (!source) {
        st->code = STATUS_TOO_LARGE;
        snprintf(st->message, sizeof st->message,
                 "could not read `%.300s`: the files together exceed %u bytes", path,
                 LIMIT_SOURCES_TOTAL);
        return false;
    }
    PolicySet before = *ret;
    policy_read(c, source, ret);
    name_policies(c->arena, path, &before, ret);
    return true;
}

uint32_t cli_file_count(const MoatBuild *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; b->program && i < b->program->modules.len; i++)
        n += !b->program->modules.items[i]->is_stdlib;
    return n;
}

bool cli_nothing_found(Cli *cli, const MoatBuild *b)
{
    if (cli_file_count(b) || !b->ok)
        return false;
    cli_say(cli, "there is no moat file here; `moat init` makes a starter project");
    return true;
}
