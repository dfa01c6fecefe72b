// arena_test.c - memory is zeroed, aligned, apart, and its end is an exit.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/arena.h"
#include "base/vec.h"

#include <string.h>

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i])
            return false;
    }
    return true;
}

static void objects_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    Arena *a = arena_new();
    char *before = NULL;
    size_t size = 0;
    for (size_t i = 0; i < 3000; i++) {
        size_t n = i * 37 % 911 + (i % 500 == 0 ? 200000 : 0);
        char *p = arena_alloc(a, n);
        assert_int_equal((uintptr_t)p % 8, 0);
        assert_true(all_zero(p, n));
        if (before)
            assert_true(size == 0 || before[size - 1] == 'x');
        memset(p, 'x', n);
        before = p;
        size = n;
    }
    arena_free(a);
}

static void growing_keeps_the_old_and_zeroes_the_new(void **state)
{
    (void)state;
    Arena *a = arena_new();
    size_t n = 8;
    char *p = arena_alloc(a, n);
    memset(p, 'x', n);
    for (int round = 0; round < 18; round++) {
        if (round % 3 == 0)
            memset(arena_alloc(a, 5), 'y', 5); // no longer the last object
        p = arena_grow(a, p, n, n * 2 + 1);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 'x');
        assert_true(all_zero(p + n, n + 1));
        n = n * 2 + 1;
        memset(p, 'x', n);
    }
    assert_ptr_equal(arena_grow(a, p, n, n), p);
    assert_non_null(arena_grow(a, NULL, 0, 16));
    arena_free(a);
}

static void reset_empties(void **state)
{
    (void)state;
    Arena *a = arena_new();
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 700; i++) // in the end from a huge page
            memset(arena_alloc(a, 5000), 'x', 5000);
        assert_int_equal(arena_used(a), 3500000);
        arena_reset(a);
        assert_int_equal(arena_used(a), 0);
        assert_true(all_zero(arena_alloc(a, 5000), 5000));
        arena_reset(a);
    }
    arena_reset(a);
    arena_free(a);
    arena_free(NULL);
}

static void texts_are_copied_and_printed(void **state)
{
    (void)state;
    Arena *a = arena_new();
    char from[] = {'a', '\0', 'b'};
    char *copy = arena_copy(a, from, 3);
    assert_memory_equal(copy, "a\0b", 4);
    assert_string_equal(arena_copy(a, NULL, 0), "");
    assert_string_equal(arena_printf(a, "%s-%d", "x", 42), "x-42");
    const int widths[] = {254, 255, 256, 257, 300000};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        char *wide = arena_printf(a, "%*d", widths[i], 7);
        assert_int_equal(strlen(wide), widths[i]);
        assert_int_equal(wide[widths[i] - 1], '7');
    }
    arena_free(a);
}

static void vectors_double(void **state)
{
    (void)state;
    Arena *a = arena_new();
    VEC(uint32_t) v = {0};
    for (uint32_t i = 0; i < 100000; i++)
        vec_push(a, &v, i);
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(v.items[i], i);
    assert_int_equal(v.cap, 131072);
    arena_free(a);
}

static void overflow_array(void)
{
    arena_array(arena_new(), SIZE_MAX / 2, 3);
}

static void overflow_rounding(void)
{
    arena_alloc(arena_new(), SIZE_MAX - 3);
}

static void overflow_chunk(void)
{
    arena_alloc(arena_new(), PTRDIFF_MAX);
}

static void overflow_grow(void)
{
    Arena *a = arena_new();
    void *p = arena_alloc(a, 100000);
    arena_grow(a, p, 100000, SIZE_MAX - 1);
}

static void overflow_copy(void)
{
    arena_copy(arena_new(), "", SIZE_MAX);
}

static void overflow_vector(void)
{
    uint32_t cap = (1u << 30) + 1;
    vec_reserve(arena_new(), NULL, &cap, cap, 1);
}

static void sizes_beyond_memory_end_the_program(void **state)
{
    (void)state;
    assert_int_equal(exit_code_of(overflow_array), 70);
    assert_int_equal(exit_code_of(overflow_rounding), 70);
    assert_int_equal(exit_code_of(overflow_chunk), 70);
    assert_int_equal(exit_code_of(overflow_grow), 70);
    assert_int_equal(exit_code_of(overflow_copy), 70);
    assert_int_equal(exit_code_of(overflow_vector), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
        cmocka_unit_test(growing_keeps_the_old_and_zeroes_the_new),
        cmocka_unit_test(reset_empties),
        cmocka_unit_test(texts_are_copied_and_printed),
        cmocka_unit_test(vectors_double),
        cmocka_unit_test(sizes_beyond_memory_end_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
