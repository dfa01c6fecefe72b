// policy_read_law.c - what the writer wrote, the reader reads as it was.
//
//     write(read(j)) = j          byte for byte, for every j a build emits
//
// Alone it judges the examples. For policy_read_law.py it judges the files given
// after `--same`, or writes the policies of one file as they were read and says
// what could not be read.
//
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "laws/files.h"

#include "base/io.h"
#include "base/limits.h"
#include "diag/render.h"
#include "policy/read.h"
#include "policy/write.h"

static void write_all(Buf *out, const PolicySet *set)
{
    WriteOptions o = {0};
    for (uint32_t i = 0; i < set->definitions.len; i++)
        write_definition(out, set->definitions.items[i], o);
    for (uint32_t i = 0; i < set->initiatives.len; i++)
        write_initiative(out, set->initiatives.items[i], o);
    for (uint32_t i = 0; i < set->assignments.len; i++)
        write_assignment(out, set->assignments.items[i], o);
    for (uint32_t i = 0; i < set->exemptions.len; i++)
        write_exemption(out, set->exemptions.items[i], o);
}

static bool rewrite(Compilation *c, const char *path, Str text, PolicySet *set, Buf *out)
{
    bool ok = policy_read(c, sources_add(c->sources, path, text), set);
    write_all(out, set);
    return ok;
}

// --- what a build emits ----------------------------------------------------------------------

typedef struct Tally {
    uint32_t passed, failed;
} Tally;

static void judge(void *context, const char *path, Str text)
{
    Tally *t = context;
    if (!strstr(path, "/policy"))
        return; // the manifest
    Compilation *c = compilation_new();
    PolicySet set = {0};
    Buf out = {0};
    bool same = rewrite(c, path, text, &set, &out) && str_equal((Str){out.p, out.n}, text);
    diags_finish(c->diags);
    same = same && diags_count(c->diags, SEVERITY_WARNING) == 0;
    t->passed += same;
    t->failed += !same;
    if (!same && t->failed < 4) {
        Buf said = {0};
        render_text(&said, c->sources, c->diags, (RenderOptions){0});
        printf("%s: not written as it was read\n%s", path, said.n ? said.p : "");
        buf_free(&said);
    }
    buf_free(&out);
    compilation_free(c);
}

// --- a file of policies ----------------------------------------------------------------------

// Details of control-plane effects that are a value as it was, not modelled.
static uint32_t opaque_details(const PolicySet *set)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        bool data_plane = d->mode && str_starts_nocase(str_of(d->mode), str_of("Microsoft."));
        n += !data_plane && (d->details.kind == DETAILS_OTHER || d->details.extra.len ||
                             d->rule_extra.len || d->then_extra.len);
    }
    return n;
}

static int rewrite_file(const char *path)
{
    Compilation *c = compilation_new();
    PolicySet set = {0};
    Buf out = {0}, said = {0};
    Str text;
    Status st;
    if (!io_read_file(c->arena, path, LIMIT_JSON_BYTES, &text, &st)) {
        fprintf(stderr, "%s\n", st.message);
        return EXIT_FAILURE;
    }
    bool ok = rewrite(c, path, text, &set, &out);
    diags_finish(c->diags);
    if (!ok)
        render_text(&said, c->sources, c->diags, (RenderOptions){.max_errors = 20});
    fprintf(stderr,
            "%s%u definitions, %u initiatives, %u assignments, %u exemptions; "
            "%u control-plane rules with details not modelled\n",
            said.n ? said.p : "", set.definitions.len, set.initiatives.len, set.assignments.len,
            set.exemptions.len, opaque_details(&set));
    fwrite(out.p ? out.p : "", 1, out.n, stdout);
    buf_free(&out);
    buf_free(&said);
    compilation_free(c);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void judge_files(Tally *t, char **paths, int count)
{
    Arena *a = arena_new();
    for (int i = 0; i < count; i++) {
        Str text;
        Status st;
        if (io_read_file(a, paths[i], LIMIT_JSON_BYTES, &text, &st)) {
            judge(t, paths[i], text);
        } else {
            printf("%s\n", st.message);
            t->failed++;
        }
    }
    arena_free(a);
}

int main(int argc, char **argv)
{
    if (argc == 2)
        return rewrite_file(argv[1]);
    Tally t = {0};
    if (argc > 2) {
        judge_files(&t, argv + 2, argc - 2);
    } else {
        Arena *a = arena_new();
        files_visit(a, "examples", ".json", judge, &t);
        arena_free(a);
    }
    printf("%u passed, %u failed, 0 skipped\n", t.passed, t.failed);
    return t.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
