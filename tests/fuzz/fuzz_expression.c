// fuzz_expression.c - any bytes as a template expression: it has a mistake in the text, or
// is a tree whose text is read as the same tree.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "policy/read.h"
#include "policy/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = arena_new();
    Str text = {arena_copy(a, (const char *)data, size), size};
    Arm *arm, *again;
    const char *error;
    uint32_t at;
    if (!arm_parse(a, text, &arm, &error, &at)) {
        if (at > size || !error[0])
            BUG("a mistake is not in the text");
    } else {
        Buf out = {0};
        arm_print(&out, arm);
        if (!arm_parse(a, (Str){out.p, out.n}, &again, &error, &at) || !arm_equal(arm, again))
            BUG("an expression is printed as another");
        buf_free(&out);
    }
    arena_free(a);
    return 0;
}
