// suggest_test.c - laws of the edit distance, and who is near enough.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "diag/suggest.h"

enum { FAR = 100, ROUNDS = 20000 };

static void known_distances(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        uint32_t distance;
    } cases[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"kitten", "sitting", 3},
        {"minimumTlsVerson", "minimumTlsVersion", 1},
        {"Disbled", "disabled", 1},
        {"ab", "ba", 1}, // a swap
        {"abcd", "badc", 2},
        {"PUBLIC", "public", 0},
        {"ca", "abc", 3}, // no edit inside a swap
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(edit_distance(STR(cases[i].a), STR(cases[i].b), FAR), cases[i].distance);
        for (uint32_t limit = 0; limit < cases[i].distance; limit++)
            assert_int_equal(edit_distance(STR(cases[i].a), STR(cases[i].b), limit), limit + 1);
    }
}

// A word of at most 9 letters of a small alphabet in both cases.
static Str random_word(uint64_t *seed, char word[16])
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t bits = *seed >> 20;
    size_t n = bits % 10;
    for (size_t i = 0; i < n; i++) {
        bits = bits / 7 + (*seed >> 9) * i;
        word[i] = "abcABC."[bits % 7];
    }
    return (Str){word, n};
}

static void the_distance_obeys_its_laws(void **state)
{
    (void)state;
    uint64_t seed = 42;
    char x[16], y[16];
    for (int round = 0; round < ROUNDS; round++) {
        Str a = random_word(&seed, x), b = random_word(&seed, y);
        uint32_t there = edit_distance(a, b, FAR), longer = (uint32_t)(a.n > b.n ? a.n : b.n);
        assert_int_equal(there, edit_distance(b, a, FAR));
        assert_int_equal(there == 0, str_equal_nocase(a, b));
        assert_true(there <= longer);
        assert_true(there >= longer - (uint32_t)(a.n < b.n ? a.n : b.n));
        for (uint32_t limit = 0; limit <= longer; limit++)
            assert_int_equal(edit_distance(a, b, limit), there <= limit ? there : limit + 1);
    }
}

static void long_names_are_not_compared(void **state)
{
    (void)state;
    char word[300];
    memset(word, 'x', sizeof word);
    assert_int_equal(edit_distance((Str){word, 300}, (Str){word, 300}, 3), 0);
    assert_int_equal(edit_distance((Str){word, 300}, (Str){word, 299}, 3), 4);
}

static void the_nearest_few_are_kept(void **state)
{
    (void)state;
    Suggest s;
    suggest_start(&s, STR("storage"));
    suggest_offer(&s, STR("network"));
    assert_int_equal(s.count, 0);
    suggest_offer(&s, STR("storgae"));
    suggest_offer(&s, STR("strage"));
    suggest_offer(&s, STR("stog"));
    suggest_offer(&s, STR("Storage"));
    suggest_offer(&s, STR("Storage"));
    suggest_offer(&s, STR("stor"));
    assert_int_equal(s.count, 3);
    assert_true(str_equal(s.best[0], STR("Storage")));
    assert_true(str_equal(s.best[1], STR("storgae")));
    assert_true(str_equal(s.best[2], STR("strage")));
    assert_int_equal(s.distance[0], 0);
    assert_int_equal(s.distance[2], 1);
}

static void short_names_forgive_one_letter(void **state)
{
    (void)state;
    Suggest s;
    suggest_start(&s, STR("id"));
    suggest_offer(&s, STR("xy"));
    suggest_offer(&s, STR("ip"));
    assert_int_equal(s.count, 1);
    suggest_start(&s, STR(""));
    suggest_offer(&s, STR("abc"));
    assert_int_equal(s.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_distances),
        cmocka_unit_test(the_distance_obeys_its_laws),
        cmocka_unit_test(long_names_are_not_compared),
        cmocka_unit_test(the_nearest_few_are_kept),
        cmocka_unit_test(short_names_forgive_one_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
