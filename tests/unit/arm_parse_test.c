// arm_parse_test.c - template expressions from text: what they mean, what is wrong and where.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/limits.h"
#include "policy/depth.h"
#include "policy/read.h"
#include "policy/write.h"

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

// --- what is taken ---------------------------------------------------------------------------

static const struct {
    const char *text, *printed;
} TAKEN[] = {
    {"parameters('x')", "parameters('x')"},
    {"  concat ( 'a' ,'b' )\n", "concat('a', 'b')"},
    {"concat()", "concat()"},
    {"'it''s'", "'it''s'"},
    {"''", "''"},
    {"''''", "''''"},
    {"'[not(an expression)]'", "'[not(an expression)]'"},
    {"'\xc3\xa4'", "'\xc3\xa4'"},
    {"0", "0"},
    {"-1", "-1"},
    {"- 7", "-7"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"add(-2.5, 3.50)", "add(-2.5, 3.50)"},
    {"-parameters('n')", "sub(0, parameters('n'))"},
    {"resourceGroup().location", "resourceGroup().location"},
    {"resourceGroup() . tags ['cost center']", "resourceGroup().tags['cost center']"},
    {"a()['b'].c[0][d()]", "a().b.c[0][d()]"},
    {"split(field('id'), '/')[8]", "split(field('id'), '/')[8]"},
    {"if(true, null, FALSE)", "if(true(), null(), FALSE())"},
    {"true()", "true()"},
    {"_x1()", "_x1()"},
};

static void expressions_are_trees(void **state)
{
    for (size_t i = 0; i < sizeof TAKEN / sizeof TAKEN[0]; i++) {
        Arm *arm;
        const char *error = "";
        uint32_t at;
        if (!arm_parse(*state, str_of(TAKEN[i].text), &arm, &error, &at))
            fail_msg("%s: %s", TAKEN[i].text, error);
        Buf b = {0};
        arm_print(&b, arm);
        assert_string_equal(b.p, TAKEN[i].printed);
        Arm *again;
        assert_true(arm_parse(*state, (Str){b.p, b.n}, &again, &error, &at));
        assert_true(arm_equal(arm, again));
        buf_free(&b);
    }
}

static void kinds_are_told_apart(void **state)
{
    Arm *arm;
    const char *error;
    uint32_t at;
    assert_true(arm_parse(*state, STR("f(-3, 1.0, 'x', y().z, y()[0])"), &arm, &error, &at));
    static const ArmKind kinds[] = {ARM_INT, ARM_FLOAT, ARM_STRING, ARM_MEMBER, ARM_INDEX};
    assert_int_equal(arm->kind, ARM_CALL);
    assert_int_equal(arm->count, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(arm->args[i]->kind, kinds[i]);
    assert_int_equal(arm->args[0]->number, -3);
    assert_string_equal(arm->args[1]->text, "1.0");
}

// --- what is refused -------------------------------------------------------------------------

static const struct {
    const char *text;
    uint32_t at;
    const char *error;
} REFUSED[] = {
    {"", 0, "there is no expression between `[` and `]`"},
    {" \t", 0, "there is no expression between `[` and `]`"},
    {"x", 0, "`x` is neither called nor quoted: write `x()` or `'x'`"},
    {"f(x)", 2, "`x` is neither called nor quoted: write `x()` or `'x'`"},
    {"f('a'", 5, "expected `,` or `)` before the expression ends"},
    {"f('a' 'b')", 6, "expected `,` or `)`, not `'`"},
    {"f(,)", 2, "expected a function, a text in single quotes or a number, not `,`"},
    {"f(1,)", 4, "expected a function, a text in single quotes or a number, not `)`"},
    {"f(", 2,
     "expected a function, a text in single quotes or a number before the expression ends"},
    {"f())", 3, "expected the end of the expression, not `)`"},
    {"f() + g()", 4, "expected the end of the expression, not `+`"},
    {"f('a)", 2, "this text is not closed: a `'` is missing"},
    {"'a''", 0, "this text is not closed: a `'` is missing"},
    {"f(\"a\")", 2, "a text in an expression stands between single quotes"},
    {"f().", 4, "expected the name of a member before the expression ends"},
    {"f().1", 4, "expected the name of a member, not `1`"},
    {"f()[", 4,
     "expected a function, a text in single quotes or a number before the expression ends"},
    {"f()[0", 5, "expected `]` before the expression ends"},
    {"f()()", 3, "only a function can be called"},
    {"a.b()", 0, "`a` is neither called nor quoted: write `a()` or `'a'`"},
    {"f().b()", 5, "only a function can be called"},
    {"'x'('y')", 3, "only a function can be called"},
    {"9223372036854775808", 0, "this number is too large: integers have 64 bits"},
    {"-9223372036854775809", 1, "this number is too large: integers have 64 bits"},
    {"12ab", 2, "expected the end of the number, not `a`"},
    {"-", 1, "expected a function, a text in single quotes or a number before the expression ends"},
    {"1e5", 1, "expected the end of the number, not `e`"},
    {"f(\xc3\xa4)", 2, "expected a function, a text in single quotes or a number, not `\xc3\xa4`"},
    {"f(\x01)", 2,
     "expected a function, a text in single quotes or a number, not a control character"},
};

static void mistakes_are_told_with_their_place(void **state)
{
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        Arm *arm = NULL;
        const char *error = NULL;
        uint32_t at = 0;
        if (arm_parse(*state, str_of(REFUSED[i].text), &arm, &error, &at))
            fail_msg("%s was taken", REFUSED[i].text);
        assert_null(arm);
        assert_string_equal(error, REFUSED[i].error);
        assert_int_equal(at, REFUSED[i].at);
    }
}

static void a_nul_ends_nothing(void **state)
{
    Arm *arm;
    const char *error;
    uint32_t at;
    assert_false(arm_parse(*state, (Str){"f('a\0')", 7}, &arm, &error, &at));
    assert_string_equal(error, "a text cannot hold a NUL");
    assert_int_equal(at, 4);
    assert_false(arm_parse(*state, (Str){"f()\0", 4}, &arm, &error, &at));
    assert_string_equal(error, "expected the end of the expression, not a control character");
    assert_false(arm_parse(*state, (Str){"\0", 1}, &arm, &error, &at));
}

static bool parses(Arena *a, const Buf *b, const char **error)
{
    Arm *arm;
    uint32_t at;
    return arm_parse(a, (Str){b->p, b->n}, &arm, error, &at);
}

// Whatever can be parsed, everybody who walks trees walks to its end.
static void depth_and_size_are_limited(void **state)
{
    static const struct {
        const char *open, *inner, *close;
    } nests[] = {{"f(", "", ")"}, {"", "f()", ".m"}, {"", "f()", "[0]"}, {"f()[", "0", "]"}};
    const char *error;
    for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i++) {
        for (int deep = 0; deep < 2; deep++) {
            Buf b = {0};
            uint32_t n = deep ? DEPTH_ARM + 1 : DEPTH_ARM - 1;
            for (uint32_t k = 0; k < n; k++)
                buf_str(&b, nests[i].open);
            buf_str(&b, nests[i].inner);
            for (uint32_t k = 0; k < n; k++)
                buf_str(&b, nests[i].close);
            assert_int_equal(parses(*state, &b, &error), !deep);
            if (deep)
                assert_string_equal(error, "the expression is nested more than 400 deep");
            buf_free(&b);
        }
    }
    Buf large = {0};
    buf_char(&large, '\'');
    buf_fill(&large, 'x', LIMIT_EXPRESSION_BYTES);
    assert_false(parses(*state, &large, &error));
    assert_string_equal(error, "the expression has more than 1048576 bytes");
    buf_free(&large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(expressions_are_trees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kinds_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mistakes_are_told_with_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_nul_ends_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(depth_and_size_are_limited, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
