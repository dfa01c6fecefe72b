// moat.h - the library's face: the pipeline as one call.
//
//     parse → resolve → check → lower → simplify → emit
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_MOAT_H
#define MOAT_MOAT_H

#include "base/version.h"
#include "lower/lower.h"

typedef struct MoatBuild {
    Program *program;
    Lowered lowered;
    bool ok; // no errors: the set may be emitted
} MoatBuild;

// Loads, checks and lowers; diagnostics are in c->diags and finished. False when the
// world failed (status set); mistakes of the author are no failure.
bool moat_compile(Compilation *c, const LoadOptions *o, MoatBuild *ret, Status *st);
// The same for one text that is no file: tests, fuzzers, editors.
void moat_compile_text(Compilation *c, const char *path, Str text, MoatBuild *ret);

// The scope definitions and initiatives are built for: the root of the first environment
// that has one, else where the first assignment looks for its initiative; or NULL.
const char *moat_root(const MoatBuild *b);

typedef struct MoatFile { // a file of the output folder
    const char *path;     // policyDefinitions/contoso-network-x.json
    Str body;
} MoatFile;
typedef VEC(MoatFile) MoatFiles;

// The REST bodies and sourcemap.json, in order of path, in memory.
void moat_emit(Compilation *c, const MoatBuild *b, MoatFiles *ret);

typedef struct MoatChanges { // of a folder that was written, against what was there
    uint32_t added, changed, unchanged, removed;
} MoatChanges;

// Writes them: all of them first by temporary names, then by renaming, and
// .moat-manifest.json (names and hashes) last. Removes what an earlier manifest
// names and this build does not; completes what a killed build began. When it
// fails before the first renaming (no space, no permission) nothing has changed.
bool moat_write(const char *folder, const MoatFiles *files, MoatChanges *ret, Status *st);

#endif
