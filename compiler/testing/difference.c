// difference.c - where two values differ.
//
// SPDX-License-Identifier: MIT
#include "testing/difference.h"

#include "base/limits.h"

enum { DIFFERENCES_SHOWN = 8 };

const char *data_shown(Arena *a, const Data *d)
{
    if (!d || d->kind == DATA_MISSING)
        return "nothing";
    Buf b = {0};
    data_print(&b, d);
    const char *text = arena_copy(a, b.p, b.n);
    buf_free(&b);
    return text;
}

static void compare(Arena *a, const char *path, const Data *expected, const Data *actual,
                    uint32_t depth, Lines *ret);

static void compare_objects(Arena *a, const char *path, const Data *expected, const Data *actual,
                            uint32_t depth, Lines *ret)
{
    for (uint32_t i = 0; i < expected->count; i++) {
        Str name = expected->members[i].name;
        compare(a, arena_printf(a, "%s%s%.*s", path, *path ? "." : "", (int)name.n, name.p),
                &expected->members[i].value, data_get(actual, name), depth, ret);
    }
    for (uint32_t i = 0; i < actual->count; i++) {
        Str name = actual->members[i].name;
        if (!data_get(expected, name))
            compare(a, arena_printf(a, "%s%s%.*s", path, *path ? "." : "", (int)name.n, name.p),
                    NULL, &actual->members[i].value, depth, ret);
    }
}

static void compare_arrays(Arena *a, const char *path, const Data *expected, const Data *actual,
                           uint32_t depth, Lines *ret)
{
    uint32_t most = expected->count > actual->count ? expected->count : actual->count;
    for (uint32_t i = 0; i < most; i++)
        compare(a, arena_printf(a, "%s[%u]", path, i),
                i < expected->count ? &expected->items[i] : NULL,
                i < actual->count ? &actual->items[i] : NULL, depth, ret);
}

static void compare(Arena *a, const char *path, const Data *expected, const Data *actual,
                    uint32_t depth, Lines *ret)
{
    if (expected && actual && data_equal(expected, actual))
        return;
    bool parts = expected && actual && expected->kind == actual->kind && depth < LIMIT_DATA_NESTING;
    if (parts && expected->kind == DATA_OBJECT)
        compare_objects(a, path, expected, actual, depth + 1, ret);
    else if (parts && expected->kind == DATA_ARRAY)
        compare_arrays(a, path, expected, actual, depth + 1, ret);
    else if (*path && ret->len < DIFFERENCES_SHOWN)
        vec_push(a, ret,
                 arena_printf(a, "`%s` is %s instead of %s", path, data_shown(a, actual),
                              data_shown(a, expected)));
}

void data_differences(Arena *a, const Data *expected, const Data *actual, Lines *ret)
{
    compare(a, "", expected, actual, 0, ret);
}
