// output.h - the output folder: all of a build, or what was there before.
//
//     Output *o = output_open("build", &st);
//     ok = o && output_add(o, path, body) && … && output_commit(o, &changes);
//     output_close(o);
//
// What was added is written beside its place; only the commit renames it, writes
// .moat-manifest.json last, and removes what an earlier manifest names and this
// build does not. Closing without a commit leaves the folder as it was. A commit
// that fails or is killed half way is completed by the next.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_OUTPUT_H
#define MOAT_OUTPUT_H

#include "base/io.h"

#include <stdint.h>

typedef struct MoatChanges { // of a folder that was written, against what was there
    uint32_t added, changed, unchanged, removed;
} MoatChanges;

typedef struct Output Output;

Output *output_open(const char *folder, Status *st); // NULL: status set, as below
// A path is sourcemap.json or in one of the four folders, each once.
bool output_add(Output *o, const char *path, Str body);
bool output_commit(Output *o, MoatChanges *ret);
void output_close(Output *o); // takes NULL

#endif
