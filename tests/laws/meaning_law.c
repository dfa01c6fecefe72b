// meaning_law.c - the rule says what the program says.
//
//     interpret(program, resource) = eval(lower(program), resource)
//                                  = eval(read(write(lower(program))), resource)
//                                  = eval(simplify(as much), resource)
//
//     meaning_law [--count PAIRS] [--seed FIRST] [--census]
//
// for programs that are well typed by construction and resources at their
// boundaries. A disagreement is shown as small as it gets. What was generated is
// counted, so that nothing is left out in silence.
//
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/census.h"
#include "laws/generate.h"
#include "laws/judged.h"
#include "laws/shrink.h"

enum { PAIRS = 20000, CASES = 25, SHOWN = 3 };

typedef struct Law {
    Bench bench;
    Generated g;
    Census census;
    uint64_t pairs, failed, shown, programs, refused;
} Law;

static void show(Law *law, uint64_t seed, const GeneratedCase *c)
{
    Buf text = {0};
    shrink(&law->bench, (Str){law->g.text.p, law->g.text.n}, c, &text);
    printf("--- seed %llu: %s\n", (unsigned long long)seed, text.p);
    buf_free(&text);
}

static void hold_cases(Law *law, uint64_t seed, const Rules *rules)
{
    bool told = false;
    for (uint32_t i = 0; i < CASES; i++) {
        GeneratedCase c;
        Verdict v;
        generate_case(&law->g, law->bench.catalog, &c);
        const char *problem = disagreement(&law->bench, rules, &c, &v);
        census_verdict(&law->census, v);
        law->pairs++;
        law->failed += problem != NULL;
        if (problem && !told && law->shown++ < SHOWN)
            show(law, seed, &c);
        told = told || problem;
    }
}

static void hold_program(Law *law, uint64_t seed)
{
    Compiled compiled;
    Rules rules;
    arena_reset(law->g.arena);
    generate_program(&law->g, seed);
    Str text = {law->g.text.p, law->g.text.n};
    compile_requirement(law->bench.catalog, "law.moat", text, NULL, &compiled);
    law->programs++;
    if (!compiled.lowered) {
        law->refused++;
        census_refused(&law->census, &compiled);
    } else if (!rules_make(&compiled, law->bench.aliases, seed, &rules)) {
        law->failed++;
        printf("seed %llu: the JSON cannot be read\n", (unsigned long long)seed);
    } else {
        census_program(&law->census, compiled.typed);
        hold_cases(law, seed, &rules);
    }
    compiled_free(&compiled);
}

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return strtoull(argv[i + 1], NULL, 10);
    return otherwise;
}

// Whether enough was generated, of everything.
static bool is_whole(const Law *law, bool all)
{
    const char *left_out = all ? census_left_out(&law->census) : NULL;
    bool too_few = law->refused * 10 > law->programs;
    if (left_out)
        printf("never generated: %s\n", left_out);
    if (too_few)
        printf("%llu of %llu programs are refused\n", (unsigned long long)law->refused,
               (unsigned long long)law->programs);
    return !left_out && !too_few;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    uint64_t count = option(argc, argv, "--count", PAIRS), seed = option(argc, argv, "--seed", 0);
    Law law = {.bench = {.catalog = catalog_open(a), .scratch = eval_scratch_new()}};
    law.bench.aliases = aliases_catalog(a, law.bench.catalog);
    law.g.arena = arena_new();
    while (law.pairs < count)
        hold_program(&law, seed++);
    if (argc > 1 && strcmp(argv[argc - 1], "--census") == 0)
        census_print(&law.census);
    law.failed += !is_whole(&law, count >= PAIRS);
    eval_scratch_free(law.bench.scratch);
    arena_free(law.g.arena);
    buf_free(&law.g.text);
    arena_free(a);
    printf("%llu passed, %llu failed\n", (unsigned long long)(law.pairs - law.failed),
           (unsigned long long)law.failed);
    return law.failed != 0;
}
