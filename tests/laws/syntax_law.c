// syntax_law.c - what holds for parser and formatter, whatever the program.
//
//     parse(fmt(x)) = parse(x)        fmt(fmt(x)) = fmt(x)
//
// for programs derived from the grammar, and for texts near them; those may be
// broken, and then it is said where, in the text.
//
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "laws/derive.h"
#include "laws/files.h"

#include "base/io.h"
#include "fmt/fmt.h"

enum { PROGRAMS = 3000, NEIGHBOURS = 4, LONGEST_MUTATION = 12 };

static uint32_t passed, failed;

static void judge(bool holds, const char *law, const char *name, Str text)
{
    passed += holds;
    failed += !holds;
    if (!holds && failed < 4)
        printf("%s: %s\n--------\n%.*s\n--------\n", name, law, (int)text.n, text.p);
}

static File *parse(Compilation *c, Str text)
{
    Source *source = sources_add(c->sources, "law.moat", text);
    return parse_file(c, source);
}

static bool diags_are_in(Compilation *c, const File *file)
{
    uint32_t base = file->source->base, end = base + (uint32_t)file->source->text.n;
    bool error = false, inside = true;
    diags_finish(c->diags);
    for (uint32_t i = 0; diags_get(c->diags, i); i++) {
        const Diag *d = diags_get(c->diags, i);
        error |= d->severity == SEVERITY_ERROR;
        inside &= d->span.start >= base && d->span.start <= d->span.end && d->span.end <= end;
    }
    return inside && error == file->broken;
}

static bool same_tree(const File *a, const File *b)
{
    Buf x = {0}, y = {0};
    dump_ast(&x, a);
    dump_ast(&y, b);
    bool same = str_equal((Str){x.p, x.n}, (Str){y.p, y.n});
    buf_free(&x);
    buf_free(&y);
    return same;
}

// Whether the text is a program.
static bool hold(const char *name, Str given)
{
    Compilation *c = compilation_new();
    Str text = {arena_copy(c->arena, given.p, given.n), given.n};
    Buf once = {0}, twice = {0};
    File *file = parse(c, text);
    bool sound = !file->broken;
    if (sound) {
        bool formats = fmt_file(c, file, &once);
        judge(formats, "the formatter refuses", name, text);
        buf_str(&once, "");
        File *again = parse(c, (Str){once.p, once.n});
        judge(!again->broken && same_tree(file, again), "parse(fmt(x)) = parse(x)", name, text);
        fmt_file(c, again, &twice);
        judge(str_equal((Str){once.p, once.n}, (Str){twice.p, twice.n}), "fmt(fmt(x)) = fmt(x)",
              name, text);
    } else {
        judge(diags_are_in(c, file), "a broken text has an error, in the text", name, text);
        judge(!fmt_file(c, file, &once) && once.n == 0, "a broken text is not formatted", name,
              text);
    }
    buf_free(&once);
    buf_free(&twice);
    compilation_free(c);
    return sound;
}

static void visit(void *context, const char *path, Str text)
{
    (void)context;
    hold(path, text);
}

// Cuts a piece out, doubles it, or puts a few bytes in its place.
static void mutate(uint64_t *random, const Buf *from, Buf *to)
{
    static const char bytes[] = "{}[]()\"\"\\,:.|=<>!*/-+ \n\n\n;'#\xC3\xA4zin0";
    size_t at = random_below(random, (uint32_t)from->n + 1);
    size_t n = random_below(random, LONGEST_MUTATION);
    n = at + n > from->n ? from->n - at : n;
    uint32_t how = random_below(random, 3);
    buf_reset(to);
    buf_add(to, from->p, at);
    if (how == 1)
        buf_add(to, from->p + at, n);
    for (size_t i = 0; how == 2 && i < n; i++)
        buf_char(to, bytes[random_below(random, sizeof bytes - 1)]);
    buf_add(to, from->p + at + (how == 1 ? 0 : n), from->n - at - (how == 1 ? 0 : n));
}

static void derived(const Grammar *g, uint64_t seed)
{
    char name[32];
    uint64_t random = seed;
    Buf program = {0}, near = {0};
    snprintf(name, sizeof name, "program %u", (unsigned)seed);
    buf_str(&program, "");
    grammar_derive(g, seed, &program);
    judge(hold(name, (Str){program.p, program.n}), "what the grammar derives does not parse", name,
          (Str){program.p, program.n});
    for (int i = 0; i < NEIGHBOURS; i++) {
        mutate(&random, &program, &near);
        hold(name, (Str){near.p, near.n});
    }
    buf_free(&program);
    buf_free(&near);
}

int main(void)
{
    Arena *a = arena_new();
    Status st;
    Str text;
    const char *top = getenv("TOP");
    if (!io_read_file(a, arena_printf(a, "%s/grammar/moat.y", top ? top : "."), 1 << 20, &text,
                      &st)) {
        printf("%s\n", st.message);
        return 1;
    }
    Grammar *g = grammar_read(a, text);
    for (uint64_t seed = 0; seed < PROGRAMS; seed++)
        derived(g, seed);
    static const char *const folders[] = {"stdlib", "examples", "tests/golden", "tests/reject"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        files_visit(a, folders[i], ".moat", visit, NULL);
    arena_free(a);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}
