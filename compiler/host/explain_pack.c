// explain_pack.c - joins the sections about diagnostics into one text, in order of code.
//
//     explain_pack FOLDER FILE
//
// FOLDER holds Markdown files; each "## M1234 name" with all up to the next is a
// section, what stands before the first is about the file. `moat explain` finds a
// section in the result.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

enum { LIMIT_PAGE = 16 << 20 };

typedef struct Section {
    Str text; // with its heading
    const char *file;
} Section;

typedef struct Page {
    Arena *arena;
    VEC(Section) sections;
} Page;

static _Noreturn void stop(const char *file, const char *message)
{
    fprintf(stderr, "explain_pack: %s: %s\n", file, message);
    exit(1);
}

static bool is_heading(Str text, size_t at)
{
    return (at == 0 || text.p[at - 1] == '\n') && text.n - at > 3 &&
           memcmp(text.p + at, "## ", 3) == 0;
}

static size_t next_heading(Str text, size_t from)
{
    while (from < text.n && !is_heading(text, from))
        from++;
    return from;
}

// Without empty lines at its end.
static Str trimmed(const char *p, size_t n)
{
    while (n && (p[n - 1] == '\n' || p[n - 1] == ' '))
        n--;
    return (Str){p, n};
}

static void take_file(Page *page, const char *name, Str text)
{
    size_t at = next_heading(text, 0);
    while (at < text.n) {
        size_t end = next_heading(text, at + 3);
        Section s = {trimmed(text.p + at, end - at), name};
        if (s.text.n < 10 || s.text.p[3] != 'M' || s.text.p[8] != ' ')
            stop(name, "a heading is not of the form `## M1234 name`");
        vec_push(page->arena, &page->sections, s);
        at = end;
    }
}

static int compare_sections(const void *a, const void *b)
{
    return memcmp(((const Section *)a)->text.p, ((const Section *)b)->text.p, 8);
}

static void read_folder(Page *page, const char *folder)
{
    Status st;
    IoEntry *entries;
    size_t count;
    if (!io_list_folder(page->arena, folder, &entries, &count, &st))
        stop(folder, st.message);
    for (size_t i = 0; i < count; i++) {
        const char *name = entries[i].name;
        size_t n = strlen(name);
        Str text;
        if (n < 4 || strcmp(name + n - 3, ".md") != 0)
            continue;
        const char *path = arena_printf(page->arena, "%s/%s", folder, name);
        if (!io_read_file(page->arena, path, LIMIT_PAGE, &text, &st))
            stop(path, st.message);
        take_file(page, name, text);
    }
    if (page->sections.len)
        qsort(page->sections.items, page->sections.len, sizeof *page->sections.items,
              compare_sections);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        stop("usage", "explain_pack FOLDER FILE");
    Page page = {.arena = arena_new()};
    read_folder(&page, argv[1]);
    Buf out = {0};
    for (uint32_t i = 0; i < page.sections.len; i++) {
        const Section *s = &page.sections.items[i];
        if (i && compare_sections(s, s - 1) == 0)
            stop(s->file, arena_printf(page.arena, "`%.*s` has another section", 8, s->text.p));
        buf_add(&out, s->text.p, s->text.n);
        buf_str(&out, "\n\n");
    }
    Status st;
    if (!io_write_file(argv[2], (Str){out.p, out.n}, &st))
        stop(argv[2], st.message);
    buf_free(&out);
    arena_free(page.arena);
    return 0;
}
