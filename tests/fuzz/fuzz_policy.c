// fuzz_policy.c - any bytes as policy JSON: a file has mistakes and says where, and what
// is sound is the same after it was written and read again.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "policy/read.h"
#include "policy/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(Buf *out, const PolicySet *set)
{
    WriteOptions o = {0};
    for (uint32_t i = 0; i < set->definitions.len; i++)
        write_definition(out, set->definitions.items[i], o);
    for (uint32_t i = 0; i < set->initiatives.len; i++)
        write_initiative(out, set->initiatives.items[i], o);
    for (uint32_t i = 0; i < set->assignments.len; i++)
        write_assignment(out, set->assignments.items[i], o);
    for (uint32_t i = 0; i < set->exemptions.len; i++)
        write_exemption(out, set->exemptions.items[i], o);
}

static void check_places(Compilation *c, const Source *source, bool sound)
{
    uint32_t base = source->base, end = base + (uint32_t)source->text.n;
    diags_finish(c->diags);
    for (uint32_t i = 0; diags_get(c->diags, i); i++) {
        Span span = diags_get(c->diags, i)->span;
        if (span.start < base || span.start > span.end || span.end > end)
            BUG("a diagnostic is not in the text");
    }
    if (sound == diags_has_errors(c->diags))
        BUG("a file is sound where there is no error, and only there");
}

static void read_again(Str text)
{
    Compilation *c = compilation_new();
    PolicySet set = {0};
    Buf again = {0};
    if (!policy_read(c, sources_add(c->sources, "written.json", text), &set))
        BUG("what was written cannot be read");
    write_all(&again, &set);
    if (!str_equal((Str){again.p, again.n}, text))
        BUG("what was written is read as something else");
    buf_free(&again);
    compilation_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    Str text = {arena_copy(c->arena, (const char *)data, size), size};
    Source *source = sources_add(c->sources, "fuzz.json", text);
    PolicySet set = {0};
    bool sound = policy_read(c, source, &set);
    check_places(c, source, sound);
    Buf out = {0};
    write_all(&out, &set);
    if (out.n)
        read_again((Str){out.p, out.n});
    buf_free(&out);
    compilation_free(c);
    return 0;
}
