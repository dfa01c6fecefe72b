// files.h - the moat files of the project, for laws that hold for all of them.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_FILES_H
#define MOAT_TESTS_LAWS_FILES_H

#include "base/arena.h"
#include "base/str.h"

// Calls `visit` for each *.moat below a folder of the project ($TOP).
typedef void (*FileVisitor)(void *context, const char *path, Str text);
void files_visit(Arena *a, const char *folder, FileVisitor visit, void *context);

#endif
