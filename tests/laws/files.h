// files.h - the files of the project, for laws that hold for all of them.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_FILES_H
#define MOAT_TESTS_LAWS_FILES_H

#include "base/arena.h"
#include "base/str.h"

// Calls `visit` for each file below a folder of the project ($TOP) whose name ends in `ending`.
typedef void (*FileVisitor)(void *context, const char *path, Str text);
void files_visit(Arena *a, const char *folder, const char *ending, FileVisitor visit,
                 void *context);

#endif
