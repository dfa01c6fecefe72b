// project.h - where a project is and which files it has.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_PROJECT_H
#define MOAT_SEMA_PROJECT_H

#include "base/io.h"
#include "base/vec.h"

typedef struct ProjectFile {
    const char *path;   // absolute, links resolved
    const char *module; // contoso.network
} ProjectFile;

typedef struct Project {
    const char *root;          // absolute, links resolved
    const char *current;       // the current folder: paths below it are shown without it
    const char *settings;      // file that declares the project, or NULL
    VEC(ProjectFile) files;    // of the paths asked for, in byte order of their modules
    VEC(const char *) outside; // files and links that lead out of the root
    bool too_many;             // LIMIT_SOURCE_FILES or LIMIT_DIRECTORY_DEPTH was met
} Project;

// The root is the nearest folder, upwards from the first path, whose project.moat or
// main.moat declares a project; without one, the folder that all paths share. False
// when the world failed (status set).
bool project_find(Arena *a, const char *const *paths, size_t count, Project *ret, Status *st);
// Only the root and settings of the project around the current folder: no files.
bool project_around(Arena *a, Project *ret, Status *st);
// The file of a module, or NULL; `ret_outside` tells of one that is a link out of the root.
const char *project_module_file(Arena *a, const Project *p, const char *module, bool *ret_outside);
// A file by its path from the root, in the same way.
const char *project_file(Arena *a, const Project *p, const char *name, bool *ret_outside);
const char *project_shown(Arena *a, const Project *p, const char *path);
// Every module below the root, for near names.
void project_offer(Arena *a, const Project *p, void (*offer)(void *context, const char *module),
                   void *context);

#endif
