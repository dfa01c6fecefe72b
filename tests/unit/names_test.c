// names_test.c - the interner and the map over its names.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/intern.h"
#include "base/map.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 20000 };

static Name numbered(Interner *in, int i)
{
    char text[32];
    int n = snprintf(text, sizeof text, "name-%d", i);
    return intern(in, text, (size_t)n);
}

static void equal_texts_are_one_name(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Interner *in = interner_new(a);
    Name first = numbered(in, 0);
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(numbered(in, i), numbered(in, i));
    assert_ptr_equal(first, numbered(in, 0));
    assert_ptr_not_equal(intern_str(in, "Name"), intern_str(in, "name"));
    arena_free(a);
}

static void names_may_be_empty_or_hold_nul(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Interner *in = interner_new(a);
    Name empty = intern(in, "", 0), zero = intern(in, "a\0b", 3), longer = intern(in, "a\0bc", 4);
    assert_string_equal(empty, "");
    assert_int_equal(name_length(empty), 0);
    assert_int_equal(name_length(zero), 3);
    assert_memory_equal(zero, "a\0b", 4);
    assert_ptr_not_equal(zero, longer);
    assert_ptr_not_equal(zero, intern_str(in, "a"));
    assert_ptr_equal(zero, intern(in, "a\0b", 3));
    arena_free(a);
}

static void hashes_follow_the_text(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Interner *one = interner_new(a), *two = interner_new(a);
    intern_str(two, "in the way");
    assert_int_equal(name_hash(intern_str(one, "x")), name_hash(intern_str(two, "x")));
    arena_free(a);
}

static void maps_find_replace_and_keep_order(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Interner *in = interner_new(a);
    Map m = {0};
    int values[2];
    assert_null(map_get(&m, numbered(in, 0)));
    for (int i = 0; i < MANY; i++) {
        map_put(&m, a, numbered(in, i), &values[0]);
        assert_null(map_get(&m, numbered(in, i + 1)));
    }
    for (int i = 0; i < MANY; i += 2)
        map_put(&m, a, numbered(in, i), &values[1]);
    assert_int_equal(m.len, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(m.keys[i], numbered(in, i));
        assert_ptr_equal(map_get(&m, m.keys[i]), &values[i % 2 == 0]);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_are_one_name),
        cmocka_unit_test(names_may_be_empty_or_hold_nul),
        cmocka_unit_test(hashes_follow_the_text),
        cmocka_unit_test(maps_find_replace_and_keep_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
