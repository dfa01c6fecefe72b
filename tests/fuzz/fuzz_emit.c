// fuzz_emit.c - any text through the whole pipeline, to the bytes of the files.
//
// What compiles must come out as JSON.
//
// SPDX-License-Identifier: MIT
#include "moat.h"

#include "base/bug.h"

#include <cjson/cJSON.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_file(const MoatFile *file)
{
    cJSON *json = cJSON_ParseWithLength(file->body.p, file->body.n);
    if (!json)
        BUG("what was emitted is no JSON");
    cJSON_Delete(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    MoatBuild build;
    MoatFiles files = {0};
    Str text = {arena_copy(c->arena, (const char *)data, size), size};
    moat_compile_text(c, "fuzz.moat", text, false, &build);
    if (build.ok)
        moat_emit_files(c, &build, &files);
    for (uint32_t i = 0; i < files.len; i++)
        check_file(&files.items[i]);
    compilation_free(c);
    return 0;
}
