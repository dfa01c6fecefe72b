// replay.c - runs a fuzz target over files and folders, without a fuzzer.
//
//     fuzz_parse tests/fuzz/corpus/parse tests/fuzz/crashes
//
// In MODE=fuzz the fuzzer's own driver takes its place.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT = 16 << 20 };

static _Noreturn void stop(const Status *st)
{
    fprintf(stderr, "%s\n", st->message);
    exit(1);
}

static size_t replay(const char *path)
{
    Arena *a = arena_new();
    Status st;
    size_t inputs = 0;
    if (io_is_folder(path)) {
        IoEntry *entries;
        size_t count;
        if (!io_list_folder(a, path, &entries, &count, &st))
            stop(&st);
        for (size_t i = 0; i < count; i++)
            inputs += replay(arena_printf(a, "%s/%s", path, entries[i].name));
    } else {
        Str data;
        if (!io_read_file(a, path, LARGEST_INPUT, &data, &st))
            stop(&st);
        uint8_t *exact = malloc(data.n ? data.n : 1); // so that reading past the end is seen
        if (!exact)
            out_of_memory();
        if (data.n)
            memcpy(exact, data.p, data.n);
        LLVMFuzzerTestOneInput(exact, data.n);
        free(exact);
        inputs = 1;
    }
    arena_free(a);
    return inputs;
}

int main(int argc, char **argv)
{
    size_t inputs = 0;
    for (int i = 1; i < argc; i++)
        inputs += replay(argv[i]);
    printf("%zu inputs\n", inputs);
    return 0;
}
