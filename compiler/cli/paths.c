// paths.c - from the paths of a command line to the moat files they name.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include "base/limits.h"
#include "base/vec.h"

#include <stdlib.h>

static bool is_source_name(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".moat") == 0;
}

static bool collect_folder(Cli *cli, const char *folder, unsigned depth, Paths *files, Status *st)
{
    IoEntry *entries;
    size_t count;
    if (depth > LIMIT_DIRECTORY_DEPTH)
        return true;
    if (!io_list_folder(cli->arena, folder, &entries, &count, st))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = entries[i].name;
        if (name[0] == '.' || (entries[i].is_folder && strcmp(name, "build") == 0))
            continue;
        const char *path =
            strcmp(folder, ".") == 0 ? name : arena_printf(cli->arena, "%s/%s", folder, name);
        if (entries[i].is_folder) {
            if (!collect_folder(cli, path, depth + 1, files, st))
                return false;
        } else if (is_source_name(name)) {
            vec_push(cli->arena, files, path);
        }
    }
    return true;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// `a//`, `./a` and `a` are one path.
static const char *tidy(Cli *cli, const char *path)
{
    while (path[0] == '.' && path[1] == '/' && path[2]) {
        path += 2;
        path += strspn(path, "/");
    }
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n ? arena_copy(cli->arena, path, n) : ".";
}

bool paths_collect(Cli *cli, Paths *ret, Status *st)
{
    Paths files = {0};
    if (!cli->word_count && !collect_folder(cli, ".", 0, &files, st))
        return false;
    for (size_t i = 0; i < cli->word_count; i++) {
        const char *path = tidy(cli, cli->words[i]);
        if (!io_is_folder(path))
            vec_push(cli->arena, &files, path);
        else if (!collect_folder(cli, path, 0, &files, st))
            return false;
    }
    if (files.len)
        qsort(files.items, files.len, sizeof *files.items, compare_paths);
    for (uint32_t i = 0; i < files.len; i++) {
        if (i == 0 || strcmp(files.items[i], files.items[i - 1]) != 0)
            vec_push(cli->arena, ret, files.items[i]);
    }
    return true;
}
