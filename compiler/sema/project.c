// project.c - finds the root of a project and the files below it.
//
// Nothing outside the root is ever read as a module: links are resolved, and
// what they lead to must be inside. Hidden folders and `build` are skipped.
//
// SPDX-License-Identifier: MIT
#include "sema/project.h"

#include "base/limits.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// In the base of POSIX 2008; glibc shows it to X/Open programs only.
char *realpath(const char *restrict path, char *restrict resolved);

static bool real_path(Arena *a, const char *path, const char **ret, Status *st)
{
    char buffer[PATH_MAX];
    if (realpath(path, buffer)) {
        *ret = arena_copy(a, buffer, strlen(buffer));
        return true;
    }
    st->code = errno == ENOENT || errno == ENOTDIR ? STATUS_NOT_FOUND
               : errno == EACCES                   ? STATUS_DENIED
                                                   : STATUS_IO;
    snprintf(st->message, sizeof st->message, "could not read `%s`: %s", path,
             errno == ENOENT ? "no such file or folder" : strerror(errno));
    return false;
}

static bool ends_in_moat(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".moat") == 0;
}

static const char *folder_of(Arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == path ? "/" : arena_copy(a, path, (size_t)(slash - path));
}

static const char *join(Arena *a, const char *folder, const char *name)
{
    return arena_printf(a, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
}

static bool is_below(const char *path, const char *folder)
{
    size_t n = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/';
}

// Does a line of the text begin with `project "`? The parser decides later what it says.
static bool declares_project(Str text)
{
    bool line_start = true;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (line_start && text.n - i > 8 && memcmp(text.p + i, "project", 7) == 0 &&
            (text.p[i + 7] == ' ' || text.p[i + 7] == '\t' || text.p[i + 7] == '"'))
            return true;
        if (c == '\n')
            line_start = true;
        else if (c != ' ' && c != '\t')
            line_start = false;
    }
    return false;
}

static const char *settings_in(Arena *a, const char *folder)
{
    static const char *const names[] = {"project.moat", "main.moat"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *path = join(a, folder, names[i]);
        Status ignored;
        Str text;
        if (io_is_file(path) && io_read_file(a, path, LIMIT_SOURCE_BYTES, &text, &ignored) &&
            declares_project(text))
            return path;
    }
    return NULL;
}

static const char *common_folder(Arena *a, const char *x, const char *y)
{
    while (strcmp(x, y) != 0 && !is_below(y, x))
        x = folder_of(a, x);
    return x;
}

static bool find_root(Arena *a, const char *const *folders, size_t count, Project *p)
{
    const char *folder = folders[0];
    for (;;) {
        p->settings = settings_in(a, folder);
        if (p->settings) {
            p->root = folder;
            return true;
        }
        if (strcmp(folder, "/") == 0)
            break;
        folder = folder_of(a, folder);
    }
    p->root = folders[0];
    for (size_t i = 1; i < count; i++)
        p->root = common_folder(a, p->root, folders[i]);
    return false;
}

static const char *module_of(Arena *a, const Project *p, const char *path)
{
    size_t skip = strcmp(p->root, "/") == 0 ? 1 : strlen(p->root) + 1;
    const char *name = path + skip;
    size_t n = strlen(name);
    char *module = arena_copy(a, name, ends_in_moat(name) ? n - 5 : n);
    for (char *c = module; *c; c++) {
        if (*c == '/')
            *c = '.';
    }
    return module;
}

static void add_file(Arena *a, Project *p, const char *path, const char *shown)
{
    const char *real;
    Status ignored;
    if (!real_path(a, path, &real, &ignored) || !is_below(real, p->root)) {
        vec_push(a, &p->outside, shown);
        return;
    }
    if (p->files.len >= LIMIT_SOURCE_FILES) {
        p->too_many = true;
        return;
    }
    vec_push(a, &p->files, ((ProjectFile){real, module_of(a, p, path)}));
}

static bool add_folder(Arena *a, Project *p, const char *folder, uint32_t depth, Status *st)
{
    if (depth > LIMIT_DIRECTORY_DEPTH) {
        p->too_many = true;
        return true;
    }
    IoEntry *entries;
    size_t count;
    if (!io_list_folder(a, folder, &entries, &count, st))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = entries[i].name;
        const char *path = join(a, folder, name);
        if (name[0] == '.')
            continue;
        if (entries[i].is_folder) {
            if (strcmp(name, "build") != 0 && !add_folder(a, p, path, depth + 1, st))
                return false;
        } else if (ends_in_moat(name) && !io_is_folder(path)) {
            add_file(a, p, path, project_shown(a, p, path));
        }
    }
    return true;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const ProjectFile *)a)->module, ((const ProjectFile *)b)->module);
}

static void sort_files(Project *p)
{
    if (p->files.len == 0)
        return;
    qsort(p->files.items, p->files.len, sizeof *p->files.items, compare_files);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < p->files.len; i++) {
        if (strcmp(p->files.items[i].module, p->files.items[kept - 1].module) != 0)
            p->files.items[kept++] = p->files.items[i];
    }
    p->files.len = kept;
}

bool project_find(Arena *a, const char *const *paths, size_t count, Project *ret, Status *st)
{
    static const char *const here[] = {"."};
    if (count == 0) {
        paths = here;
        count = 1;
    }
    Project p = {0};
    const char **real = ARENA_ARRAY(a, const char *, count);
    const char **folders = ARENA_ARRAY(a, const char *, count);
    if (!real_path(a, ".", &p.current, st))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!real_path(a, paths[i], &real[i], st))
            return false;
        folders[i] = io_is_folder(real[i]) ? real[i] : folder_of(a, real[i]);
    }
    find_root(a, folders, count, &p);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(real[i], p.root) != 0 && !is_below(real[i], p.root))
            vec_push(a, &p.outside, paths[i]);
        else if (!io_is_folder(real[i]))
            add_file(a, &p, real[i], paths[i]);
        else if (!add_folder(a, &p, real[i], 0, st))
            return false;
    }
    sort_files(&p);
    *ret = p;
    return true;
}

bool project_around(Arena *a, Project *ret, Status *st)
{
    Project p = {0};
    if (!real_path(a, ".", &p.current, st))
        return false;
    find_root(a, &p.current, 1, &p);
    *ret = p;
    return true;
}

const char *project_file(Arena *a, const Project *p, const char *name, bool *ret_outside)
{
    const char *path = join(a, p->root, name);
    const char *real;
    Status ignored;
    if (!io_is_file(path) || !real_path(a, path, &real, &ignored))
        return NULL;
    *ret_outside = !is_below(real, p->root);
    return *ret_outside ? NULL : real;
}

const char *project_module_file(Arena *a, const Project *p, const char *module, bool *ret_outside)
{
    char *name = arena_copy(a, module, strlen(module));
    for (char *c = name; *c; c++) {
        if (*c == '.')
            *c = '/';
    }
    return project_file(a, p, arena_printf(a, "%s.moat", name), ret_outside);
}

const char *project_shown(Arena *a, const Project *p, const char *path)
{
    if (!is_below(path, p->current))
        return path;
    size_t skip = strcmp(p->current, "/") == 0 ? 1 : strlen(p->current) + 1;
    return arena_copy(a, path + skip, strlen(path + skip));
}

void project_offer(Arena *a, const Project *p, void (*offer)(void *context, const char *module),
                   void *context)
{
    Project all = *p;
    Status ignored;
    all.files.items = NULL;
    all.files.len = all.files.cap = 0;
    if (!add_folder(a, &all, p->root, 0, &ignored))
        return;
    for (uint32_t i = 0; i < all.files.len; i++)
        offer(context, all.files.items[i].module);
}
