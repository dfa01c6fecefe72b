// policy_name_test.c - names Azure accepts, and constants as JSON.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "lower/lower.h"
#include "policy/write.h"

enum { LIMIT = 24, ROUNDS = 300 };

static void short_names_stay(void **state)
{
    (void)state;
    Arena *a = arena_new();
    assert_string_equal(policy_name(a, "contoso.network-closed", 64), "contoso-network-closed");
    assert_string_equal(policy_name(a, "a<b>c*d%e&f:g\\h?i.j+k/l\nm", 64),
                        "a-b-c-d-e-f-g-h-i-j-k-l-m");
    arena_free(a);
}

static void long_names_end_in_the_hash_of_all(void **state)
{
    (void)state;
    Arena *a = arena_new();
    const char *one = policy_name(a, "a-name-that-is-too-long-for-it", LIMIT);
    const char *two = policy_name(a, "a-name-that-is-too-long-for-us", LIMIT);
    assert_int_equal(strlen(one), LIMIT);
    assert_string_not_equal(one, two);
    assert_memory_equal(one, "a-name-that-is-", 15);
    assert_string_equal(one, policy_name(a, "a-name-that-is-too-long-for-it", LIMIT));
    arena_free(a);
}

static void a_cut_does_not_split_a_character(void **state)
{
    (void)state;
    Arena *a = arena_new();
    char text[ROUNDS * 2 + 2];
    for (size_t n = 1; n < ROUNDS; n++) {
        text[0] = 'x';
        for (size_t i = 0; i < n; i++)
            memcpy(text + n % 2 + 2 * i, "\xc3\xa9", 2); // é
        text[n % 2 + 2 * n] = '\0';
        const char *name = policy_name(a, text, LIMIT);
        assert_true(strlen(name) <= LIMIT);
        for (size_t i = 0; name[i]; i += utf8_sequence(name + i, strlen(name + i)))
            assert_true(utf8_sequence(name + i, strlen(name + i)) > 0);
    }
    arena_free(a);
}

static void check_constant(Arena *a, const TExpr *e, const char *json)
{
    Buf text = {0};
    value_print(&text, lower_constant(a, e));
    assert_string_equal(text.p, json);
    buf_free(&text);
}

static void constants_are_json(void **state)
{
    (void)state;
    Arena *a = arena_new();
    const Type iso = {.kind = TYPE_DURATION}, clock = {.kind = TYPE_DURATION_CLOCK};
    check_constant(a, &(TExpr){.kind = TX_NULL}, "null");
    check_constant(a, &(TExpr){.kind = TX_BOOL, .truth = true}, "true");
    check_constant(a, &(TExpr){.kind = TX_INT, .number = -7}, "-7");
    check_constant(a, &(TExpr){.kind = TX_FLOAT, .text = "1.10"}, "1.10");
    check_constant(a, &(TExpr){.kind = TX_STRING, .text = "a\"b"}, "\"a\\\"b\"");
    check_constant(a, &(TExpr){.kind = TX_DURATION, .number = 86400, .type = &iso}, "\"P1D\"");
    check_constant(a, &(TExpr){.kind = TX_DURATION, .number = 90061, .type = &clock},
                   "\"1.01:01:01\"");
    TExpr item = {.kind = TX_INT, .number = 1}, field = {.kind = TX_FIELD};
    TExprs good = {0}, bad = {0};
    vec_push(a, &good, &item);
    vec_push(a, &bad, &field);
    check_constant(a, &(TExpr){.kind = TX_LIST, .operands = &good}, "[1]");
    assert_null(lower_constant(a, &(TExpr){.kind = TX_LIST, .operands = &bad}));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_names_stay),
        cmocka_unit_test(long_names_end_in_the_hash_of_all),
        cmocka_unit_test(a_cut_does_not_split_a_character),
        cmocka_unit_test(constants_are_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
