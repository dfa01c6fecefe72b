// files.c - walking the project's files.
//
// SPDX-License-Identifier: MIT
#include "laws/files.h"

#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>

enum { LARGEST_FILE = 16 << 20 };

static _Noreturn void stop(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(1);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

static void walk(Arena *a, const char *path, const char *ending, FileVisitor visit, void *context)
{
    Status st;
    IoEntry *entries;
    size_t count;
    if (!io_list_folder(a, path, &entries, &count, &st))
        stop(st.message);
    for (size_t i = 0; i < count; i++) {
        const char *child = arena_printf(a, "%s/%s", path, entries[i].name);
        Str text;
        if (entries[i].is_folder) {
            walk(a, child, ending, visit, context);
        } else if (ends_in(child, ending)) {
            if (!io_read_file(a, child, LARGEST_FILE, &text, &st))
                stop(st.message);
            visit(context, child, text);
        }
    }
}

void files_visit(Arena *a, const char *folder, const char *ending, FileVisitor visit, void *context)
{
    const char *top = getenv("TOP");
    walk(a, arena_printf(a, "%s/%s", top ? top : ".", folder), ending, visit, context);
}
