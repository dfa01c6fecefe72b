// moat.h - the library's face: the pipeline as one call.
//
//     parse → resolve → check → lower → simplify → emit
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_MOAT_H
#define MOAT_MOAT_H

#include "base/version.h"
#include "lower/lower.h"
#include "output.h"
#include "testing/testing.h"

typedef struct MoatBuild {
    Program *program;
    Lowered lowered;
    TestCases tests; // with LoadOptions.for_tests
    bool ok;         // no errors: the set may be emitted
} MoatBuild;

// Loads, checks and lowers; diagnostics are in c->diags and finished. False when the
// world failed (status set); mistakes of the author are no failure.
bool moat_compile(Compilation *c, const LoadOptions *o, MoatBuild *ret, Status *st);
// The same for one text that is no file: tests, fuzzers, editors.
void moat_compile_text(Compilation *c, const char *path, Str text, bool for_tests, MoatBuild *ret);

// The scope definitions and initiatives are built for: the root of the first environment
// that has one, else where the first assignment looks for its initiative; or NULL.
const char *moat_root(const MoatBuild *b);

// The REST bodies and sourcemap.json, one after the other in order of path; false as
// soon as `take` says so. A body lives until `take` returns, a path with the compilation.
typedef bool (*MoatTake)(void *context, const char *path, Str body);
bool moat_emit(Compilation *c, const MoatBuild *b, MoatTake take, void *context);

typedef struct MoatFile { // a file of the output folder
    const char *path;     // policyDefinitions/contoso-network-x.json
    Str body;
} MoatFile;
typedef VEC(MoatFile) MoatFiles;
void moat_emit_files(Compilation *c, const MoatBuild *b, MoatFiles *ret); // all in memory

// Writes them to a folder, all or none (output.h).
bool moat_write(Compilation *c, const MoatBuild *b, const char *folder, MoatChanges *ret,
                Status *st);

#endif
