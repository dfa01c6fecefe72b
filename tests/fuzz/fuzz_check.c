// fuzz_check.c - any text through parser, names, kinds and types.
//
// SPDX-License-Identifier: MIT
#include "sema/sema.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    Str text = {arena_copy(c->arena, (const char *)data, size), size};
    Program *p = sema_load_text(c, catalog_open(c->arena), "fuzz.moat", text);
    Arena *scratch = arena_new();
    sema_check(p);
    for (uint32_t i = 0; i < p->requirements.len; i++) {
        (void)sema_requirement(p, p->requirements.items[i], scratch);
        arena_reset(scratch);
    }
    sema_check_unused(p);
    diags_finish(c->diags);
    arena_free(scratch);
    compilation_free(c);
    return 0;
}
