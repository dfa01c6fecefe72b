// arm_test.c - template expressions as text, and the operators' complements.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

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

static void expect(const Arm *arm, const char *text)
{
    Buf b = {0};
    arm_print(&b, arm);
    assert_string_equal(b.p, text);
    buf_free(&b);
}

static void expressions_print_as_azure_reads_them(void **state)
{
    Arena *a = *state;
    expect(arm_string(a, ""), "''");
    expect(arm_string(a, "it's 'here'"), "'it''s ''here'''");
    expect(arm_int(a, INT64_MIN), "-9223372036854775808");
    expect(arm_call(a, "utcNow", 0), "utcNow()");
    Arm *tags = arm_call(a, "tryGet", 2, arm_call(a, "resourceGroup", 0), arm_string(a, "tags"));
    expect(arm_call(a, "coalesce", 2, tags, arm_string(a, "")),
           "coalesce(tryGet(resourceGroup(), 'tags'), '')");
    expect(arm_index(a, arm_call(a, "split", 2, arm_string(a, "a/b"), arm_string(a, "/")),
                     arm_int(a, 1)),
           "split('a/b', '/')[1]");
    Arm *entry = arm_call(a, "current", 1, arm_string(a, "t"));
    expect(arm_member(a, entry, "key"), "current('t').key");
    expect(arm_member(a, entry, "cost center's"), "current('t')['cost center''s']");
    expect(arm_member(a, entry, "1st"), "current('t')['1st']");
}

static void a_constant_expression_is_a_literal(void **state)
{
    Arena *a = *state;
    assert_int_equal(value_arm(a, arm_string(a, "x"))->kind, VALUE_STRING);
    assert_int_equal(value_arm(a, arm_int(a, 3))->kind, VALUE_INT);
    assert_int_equal(value_arm(a, arm_call(a, "utcNow", 0))->kind, VALUE_ARM);
}

static void complements_are_mutual_and_never_of_an_order(void **state)
{
    (void)state;
    for (Operator op = OPERATOR_EQUALS; op <= OPERATOR_EXISTS; op++) {
        Operator other, back;
        bool has = operator_complement(op, &other);
        assert_int_equal(has, op < OPERATOR_LESS);
        if (!has)
            continue;
        assert_int_not_equal(op, other);
        assert_true(operator_complement(other, &back));
        assert_int_equal(back, op);
    }
    assert_string_equal(operator_text(OPERATOR_NOT_MATCH_INSENSITIVELY), "notMatchInsensitively");
    assert_string_equal(operator_text(OPERATOR_GREATER_OR_EQUALS), "greaterOrEquals");
}

static Condition *sample(Arena *a, const char *value, uint32_t place)
{
    Condition *count =
        condition_leaf(a, CONDITION_COUNT_VALUE, value_array(a), OPERATOR_GREATER, value_int(a, 0));
    value_push(a, count->left, value_string(a, value));
    count->name = "x";
    Arm *current = arm_call(a, "current", 1, arm_string(a, "x"));
    count->where =
        condition_not(a, condition_field(a, "name", OPERATOR_EQUALS, value_arm(a, current)));
    count->span = (Span){place, place + 1};
    return count;
}

static void equality_looks_at_everything_but_places(void **state)
{
    Arena *a = *state;
    assert_true(condition_equal(sample(a, "v", 1), sample(a, "v", 9)));
    assert_false(condition_equal(sample(a, "v", 1), sample(a, "V", 1)));
    Condition *c = sample(a, "v", 1);
    c->name = "y";
    assert_false(condition_equal(c, sample(a, "v", 1)));
    c = sample(a, "v", 1);
    c->where = NULL;
    assert_false(condition_equal(c, sample(a, "v", 1)));
    Details d = {.kind = DETAILS_MODIFY}, e = d;
    vec_push(a, &d.operations,
             ((Operation){.operation = "add",
                          .field = value_string(a, "tags.x"),
                          .value = value_null(a),
                          .span = {0, 1}}));
    vec_push(a, &e.operations,
             ((Operation){.operation = "add",
                          .field = value_string(a, "tags.x"),
                          .value = value_null(a),
                          .span = {5, 6}}));
    assert_true(details_equal(&d, &e));
    e.operations.items[0].condition = value_arm(a, arm_call(a, "true", 0));
    assert_false(details_equal(&d, &e));
    assert_true(value_equal(NULL, NULL));
    assert_false(value_equal(NULL, value_null(a)));
}

// Too deep to be emitted: printing and comparing end all the same.
static void walkers_end_on_deep_trees(void **state)
{
    Arena *a = *state;
    enum { DEEP = 200000 };
    Arm *arm = arm_call(a, "utcNow", 0), *same = arm_call(a, "utcNow", 0);
    Value *v = value_null(a), *w = value_null(a);
    Condition *c = condition_group(a, CONDITION_ANY_OF), *d = condition_group(a, CONDITION_ANY_OF);
    for (int i = 0; i < DEEP; i++) {
        arm = arm_call(a, "toLower", 1, arm);
        same = arm_call(a, "toLower", 1, same);
        Value *outer = value_array(a), *other = value_array(a);
        value_push(a, outer, v);
        value_push(a, other, w);
        v = outer;
        w = other;
        c = condition_not(a, c);
        d = condition_not(a, d);
    }
    assert_false(arm_equal(arm, same));
    assert_false(value_equal(v, w));
    assert_false(condition_equal(c, d));
    Buf b = {0};
    arm_print(&b, arm);
    value_print(&b, v);
    condition_print(&b, c);
    buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(expressions_print_as_azure_reads_them),
        TEST(a_constant_expression_is_a_literal),
        TEST(complements_are_mutual_and_never_of_an_order),
        TEST(equality_looks_at_everything_but_places),
        TEST(walkers_end_on_deep_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
