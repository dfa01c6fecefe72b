// scope_test.c - ids of scopes, GUIDs and what lies below what.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "sema/check.h"
#include "sema/deploy.h"

#define GUID "00000000-aaaa-BBBB-0000-000000000001"
#define GROUP "/providers/Microsoft.Management/managementGroups/"

static void every_id_has_a_level(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        ScopeLevel level;
    } cases[] = {
        {GROUP "contoso", LEVEL_MANAGEMENT_GROUP},
        {"/PROVIDERS/microsoft.management/managementgroups/a-b_c(1).d", LEVEL_MANAGEMENT_GROUP},
        {GROUP, LEVEL_NONE},
        {GROUP "contoso/providers/x", LEVEL_NONE},
        {GROUP "ends.", LEVEL_NONE},
        {"/subscriptions/" GUID, LEVEL_SUBSCRIPTION},
        {"/subscriptions/" GUID "/", LEVEL_NONE},
        {"/subscriptions/" GUID "x", LEVEL_NONE},
        {"/subscriptions/production", LEVEL_NONE},
        {"subscriptions/" GUID, LEVEL_NONE},
        {"/subscriptions/" GUID "/resourceGroups/lab", LEVEL_RESOURCE_GROUP},
        {"/subscriptions/" GUID "/resourcegroups/lab", LEVEL_RESOURCE_GROUP},
        {"/subscriptions/" GUID "/resourceGroups/", LEVEL_NONE},
        {"/subscriptions/" GUID "/resourceGroups/lab/vms/x", LEVEL_NONE},
        {"/subscriptions/" GUID "/resourceGroups/lab/providers/M.S/s/x", LEVEL_RESOURCE},
        {"/subscriptions/" GUID "/providers/M.S/s/x", LEVEL_RESOURCE},
        {"/subscriptions/" GUID "/resourceGroups//providers/M.S/s/x", LEVEL_NONE},
        {"", LEVEL_NONE},
        {"/", LEVEL_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(scope_level(cases[i].id), cases[i].level);
}

static void nothing_is_below_itself(void **state)
{
    (void)state;
    const char *subscription = "/subscriptions/" GUID;
    const char *lab = "/subscriptions/" GUID "/resourceGroups/lab";
    const char *laboratory = "/subscriptions/" GUID "/resourceGroups/laboratory";
    assert_true(scope_may_be_below(lab, subscription));
    assert_false(scope_may_be_below(subscription, lab));
    assert_false(scope_may_be_below(lab, lab));
    assert_false(scope_may_be_below(laboratory, lab));
    assert_true(
        scope_may_be_below("/Subscriptions/00000000-AAAA-bbbb-0000-000000000001/x", subscription));
    assert_false(scope_may_be_below(GROUP "a", GROUP "A")); // of a group Azure knows more
    assert_true(scope_may_be_below(GROUP "b", GROUP "a"));
    assert_true(scope_may_be_below(lab, GROUP "a"));
}

static void a_guid_is_36_characters(void **state)
{
    (void)state;
    assert_true(text_is_guid(GUID));
    assert_false(text_is_guid(GUID "0"));
    assert_false(text_is_guid(""));
    assert_false(text_is_guid("00000000-0000-0000-0000-00000000000"));
    assert_false(text_is_guid("00000000-0000-0000-0000-00000000000g"));
    assert_false(text_is_guid("{0000000-0000-0000-0000-000000000000"));
}

static void durations_have_one_spelling(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        DurationUnit unit;
        const char *text;
    } cases[] = {
        {0, UNIT_MINUTES, "PT0M"},   {30, UNIT_MINUTES, "PT30M"}, {90, UNIT_SECONDS, "PT90S"},
        {120, UNIT_SECONDS, "PT2M"}, {6, UNIT_HOURS, "PT360M"},   {24, UNIT_HOURS, "P1D"},
        {90, UNIT_DAYS, "P90D"},     {2, UNIT_WEEKS, "P14D"},
    };
    Compilation *c = compilation_new();
    Program p = {.compilation = c};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Expr x = {.kind = EXPR_DURATION, .op = (uint8_t)cases[i].unit, .number = cases[i].count};
        int64_t seconds;
        assert_true(duration_seconds(&x, &seconds));
        assert_string_equal(duration_iso8601(&p, seconds), cases[i].text);
    }
    Expr huge = {.kind = EXPR_DURATION, .op = UNIT_WEEKS, .number = INT64_MAX / 2};
    int64_t untouched = 1;
    assert_false(duration_seconds(&huge, &untouched));
    assert_int_equal(untouched, 1);
    compilation_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_id_has_a_level),
        cmocka_unit_test(nothing_is_below_itself),
        cmocka_unit_test(a_guid_is_36_characters),
        cmocka_unit_test(durations_have_one_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
