// stdlib_pack.c - packs the sources of the standard library into one file.
//
//     stdlib_pack FOLDER FILE
//
// Takes every *.moat below FOLDER but the tests (*_test.moat), in byte order of
// their paths; source/stdlib.c describes the result and reads it.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Module {
    const char *path; // below the folder
    Str text;
} Module;

typedef struct Pack {
    Arena *arena;
    const char *folder;
    VEC(Module) modules;
} Pack;

static _Noreturn void stop(const char *message)
{
    fprintf(stderr, "stdlib_pack: %s\n", message);
    exit(1);
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static void collect(Pack *p, const char *below, unsigned depth)
{
    Status st;
    IoEntry *entries;
    size_t count;
    const char *folder = arena_printf(p->arena, "%s/%s", p->folder, below);
    if (depth > LIMIT_DIRECTORY_DEPTH)
        stop("folders are nested too deeply");
    if (!io_list_folder(p->arena, folder, &entries, &count, &st))
        stop(st.message);
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(p->arena, "%s%s", below, entries[i].name);
        if (entries[i].is_folder) {
            collect(p, arena_printf(p->arena, "%s/", path), depth + 1);
        } else if (ends_with(path, ".moat") && !ends_with(path, "_test.moat")) {
            Module m = {.path = path};
            const char *full = arena_printf(p->arena, "%s/%s", p->folder, path);
            if (!io_read_file(p->arena, full, LIMIT_SOURCE_BYTES, &m.text, &st))
                stop(st.message);
            vec_push(p->arena, &p->modules, m);
        }
    }
}

static int compare_modules(const void *a, const void *b)
{
    return strcmp(((const Module *)a)->path, ((const Module *)b)->path);
}

static void add_number(Buf *b, size_t n)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        buf_char(b, (char)(n >> shift & 0xff));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        stop("usage: stdlib_pack FOLDER FILE");
    Pack p = {.arena = arena_new(), .folder = argv[1]};
    collect(&p, "", 0);
    if (p.modules.len)
        qsort(p.modules.items, p.modules.len, sizeof *p.modules.items, compare_modules);

    Buf head = {0}, body = {0};
    size_t start = 4 + (size_t)p.modules.len * 12;
    add_number(&head, p.modules.len);
    for (uint32_t i = 0; i < p.modules.len; i++) {
        const Module *m = &p.modules.items[i];
        add_number(&head, start + body.n);
        buf_add(&body, m->path, strlen(m->path) + 1);
        add_number(&head, start + body.n);
        add_number(&head, m->text.n);
        buf_add(&body, m->text.p, m->text.n);
        buf_char(&body, '\0');
    }
    buf_add(&head, body.p ? body.p : "", body.n);
    Status st;
    if (!io_write_file(argv[2], (Str){head.p, head.n}, &st))
        stop(st.message);
    buf_free(&head);
    buf_free(&body);
    arena_free(p.arena);
    return 0;
}
