// fuzz_parse.c - any bytes through parser and formatter: a text is broken and
// says where, or it can be laid out and then means the same.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "fmt/fmt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_places(Compilation *c, const File *file)
{
    uint32_t base = file->source->base, end = base + (uint32_t)file->source->text.n;
    diags_finish(c->diags);
    for (uint32_t i = 0; diags_get(c->diags, i); i++) {
        Span span = diags_get(c->diags, i)->span;
        if (span.start < base || span.start > span.end || span.end > end)
            BUG("a diagnostic is not in the text");
    }
    if (file->broken != diags_has_errors(c->diags))
        BUG("a file is broken where there is an error, and only there");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    Str text = {arena_copy(c->arena, (const char *)data, size), size};
    File *file = parse_file(c, sources_add(c->sources, "fuzz.moat", text));
    Buf out = {0}, tree = {0};
    dump_ast(&tree, file);
    if (fmt_file(c, file, &out) == file->broken)
        BUG("the formatter refuses a sound file, or lays out a broken one");
    check_places(c, file);
    buf_free(&out);
    buf_free(&tree);
    compilation_free(c);
    return 0;
}
