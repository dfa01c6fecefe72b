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

typedef struct MoatFile { // a file of the output folder
    const char *path;     // policyDefinitions/contoso-network-x.json
    Str body;
} MoatFile;
typedef VEC(MoatFile) MoatFiles;

// The REST bodies and sourcemap.json, in order of path, in memory.
void moat_emit(Compilation *c, const MoatBuild *b, MoatFiles *ret);
// Writes them: each by temporary file and rename, .moat-manifest.json (names and
// hashes) last; removes what an earlier manifest names and this build does not.
bool moat_write(const char *folder, const MoatFiles *files, Status *st);

#endif
