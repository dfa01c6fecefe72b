// fuzz_scan.c - any bytes through the scanner: it ends, and its tokens are in order.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "syntax/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    Str text = {arena_copy(c->arena, (const char *)data, size), size};
    Source *source = sources_add(c->sources, "fuzz.moat", text);
    Lexemes all = {0};
    lex_source(c, source, &all);
    uint32_t end = source->base;
    for (uint32_t i = 0; i < all.len; i++) {
        Span span = all.items[i].span;
        if (span.start < end || span.end <= span.start ||
            span.end > source->base + (uint32_t)source->text.n)
            BUG("tokens overlap or leave the text");
        end = span.end;
    }
    if (diags_has_errors(c->diags))
        BUG("the list of tokens reports nothing");
    compilation_free(c);
    return 0;
}
