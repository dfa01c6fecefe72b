// sema_test.c - what names, properties and expressions become; forms of literals.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "sema/elaborate.h"
#include "sema/literal.h"

#include <stdlib.h>

#define AI "kind ai_account \"Microsoft.CognitiveServices/accounts\"\n"
#define CS "Microsoft.CognitiveServices/accounts"

typedef struct Checked { // a program, its typed trees and its findings as text
    char *types, *codes;
} Checked;

static char *taken(Buf *b)
{
    buf_char(b, '\0');
    return b->p;
}

static Checked check_text(const char *text)
{
    Compilation *c = compilation_new();
    Program *p = sema_load_text(c, catalog_open(c->arena), "main.moat", str_of(text));
    Arena *scratch = arena_new();
    Buf types = {0}, codes = {0};
    sema_check(p);
    for (uint32_t i = 0; i < p->requirements.len; i++) {
        const TRequirement *r = sema_requirement(p, p->requirements.items[i], scratch);
        if (r)
            typed_dump(&types, r);
        arena_reset(scratch);
    }
    sema_check_unused(p);
    diags_finish(c->diags);
    for (uint32_t i = 0; diags_get(c->diags, i); i++) {
        const Diag *d = diags_get(c->diags, i);
        if (d->severity != SEVERITY_NOTE)
            buf_printf(&codes, "%s%s", codes.n ? " " : "", diag_code_text(d->code));
    }
    arena_free(scratch);
    compilation_free(c);
    return (Checked){taken(&types), taken(&codes)};
}

// The first `require` of the only requirement, as --dump=types shows it.
static void expect_require(const char *declarations, const char *condition, const char *expected)
{
    Buf text = {0};
    buf_printf(&text,
               "%srequirement r \"Requirement\" { effect deny for ai_account { require %s } }",
               declarations, condition);
    Checked c = check_text(text.p);
    assert_string_equal(c.codes, "");
    const char *start = strstr(c.types, "        require ");
    assert_non_null(start);
    start += strlen("        require ");
    size_t n = strcspn(start, "\n");
    assert_int_equal(n, strlen(expected));
    assert_memory_equal(start, expected, n);
    free(c.types);
    free(c.codes);
    buf_free(&text);
}

static void expect_codes(const char *text, const char *codes)
{
    Checked c = check_text(text);
    assert_string_equal(c.codes, codes);
    free(c.types);
    free(c.codes);
}

// --- names ---------------------------------------------------------------------------------------

static void properties_become_aliases(void **state)
{
    (void)state;
    expect_require(AI, "networkAcls.bypass == \"None\"",
                   "(<" CS "/networkAcls.bypass: string> == \"None\")");
    expect_require(AI, "properties.networkAcls.bypass == \"None\"",
                   "(<" CS "/networkAcls.bypass: string> == \"None\")");
    expect_require(AI, "alias \"" CS "/networkAcls.bypass\" == \"None\"",
                   "(<" CS "/networkAcls.bypass: string> == \"None\")");
    expect_require(AI, "NETWORKACLS.bypass == \"none\"",
                   "(<" CS "/networkAcls.bypass: string> == \"None\")");
}

static void fields_win_over_aliases(void **state)
{
    (void)state;
    expect_require(AI, "location == \"West Europe\"", "(<location: location> == \"westeurope\")");
    expect_require(AI, "full_name like \"a*\"", "(<fullName: string> like \"a*\")");
    expect_require(AI, "identity.type contains \"System\"",
                   "(<identity.type: string> contains \"System\")");
    expect_require(AI, "tags.owner is set", "set(tags[\"owner\"])");
    expect_require(AI "param tag: string = \"owner\" \"Tag\"\n", "tags[tag] is set",
                   "set(tags[$tag])");
}

static void variables_stand_for_elements(void **state)
{
    (void)state;
    expect_require(AI, "some r in networkAcls.ipRules: r.value == \"10.0.0.1\"",
                   "some(r in <" CS "/networkAcls.ipRules[*]>: "
                   "(<" CS "/networkAcls.ipRules[*].value: string> == \"10.0.0.1\"))");
    expect_require(AI, "count(networkAcls.ipRules) <= 3",
                   "(count(<" CS "/networkAcls.ipRules[*]>) <= 3)");
    expect_require(AI "param t: {string: [string]} = { a = [\"b\"] } \"T\"\n",
                   "every k, v in t: tags[k] is missing or tags[k] in v",
                   "every(k, v in $t: (missing(tags[k]) or (tags[k] in v)))");
    expect_require(AI, "no a in [\"x\", \"y\"]: name == a",
                   "no(a in [\"x\", \"y\"]: (<name: string> == a))");
}

static void defines_capture_nothing(void **state)
{
    (void)state;
    // `r` of the define is its own, the argument's is the caller's
    expect_require(AI "define any_is(list, value) = some r in list: r == value\n",
                   "every r in [\"a\"]: any_is([\"b\", \"c\"], r)",
                   "every(r in [\"a\"]: some(r in [\"b\", \"c\"]: (r == r)))");
    expect_require(AI "define off(p) = p == \"disabled\"\n", "off(publicNetworkAccess)",
                   "(<" CS "/publicNetworkAccess: string> == \"Disabled\")");
    expect_require(AI "define acls = networkAcls\n", "acls.bypass is set",
                   "set(<" CS "/networkAcls.bypass: string>)");
    expect_codes(AI "define uses_r(x) = r == x\n"
                    "requirement q \"Q\" { effect audit for ai_account {"
                    " require some r in networkAcls.ipRules: uses_r(r.value) } }",
                 "M1101");
}

static void kinds_name_what_they_spell_differently(void **state)
{
    (void)state;
    expect_require("kind ai_account \"" CS
                   "\" { let uri = encryption.keyVaultProperties.keyVaultUri }\n",
                   "uri is set", "set(<" CS "/encryption.keyVaultProperties.keyVaultUri: string>)");
    expect_require("kind base \"" CS "\" { default publicNetworkAccess = \"Enabled\" }\n"
                   "kind ai_account = base where kind == \"OpenAI\"\n",
                   "publicNetworkAccess == \"Disabled\"",
                   "(<" CS "/publicNetworkAccess: string>?{\"Enabled\"} == \"Disabled\")");
}

static void modules_bring_names_in(void **state)
{
    (void)state;
    expect_require("use azure.ai\n", "publicNetworkAccess == \"Disabled\"",
                   "(<" CS "/publicNetworkAccess: string>?{\"Enabled\"} == \"Disabled\")");
}

// --- expressions ---------------------------------------------------------------------------------

static void literals_take_the_form_asked_for(void **state)
{
    (void)state;
    expect_require(AI, "\"Disabled\" == publicNetworkAccess",
                   "(<" CS "/publicNetworkAccess: string> == \"Disabled\")");
    expect_require(AI, "3 > count(networkAcls.ipRules)",
                   "(count(<" CS "/networkAcls.ipRules[*]>) < 3)");
    expect_require(AI, "disableLocalAuth", "(<" CS "/disableLocalAuth: bool> == true)");
    expect_require(AI, "(disableLocalAuth == false) == true",
                   "(<" CS "/disableLocalAuth: bool> == false)");
    expect_require("kind ai_account \"" CS "\" { type customSubDomainName: datetime }\n",
                   "customSubDomainName <= now + 90 days",
                   "(<" CS "/customSubDomainName: datetime> <= addDays(now, 90))");
    expect_require("kind ai_account \"" CS "\" { type customSubDomainName: datetime }\n",
                   "customSubDomainName > \"2026-01-02\"",
                   "(<" CS "/customSubDomainName: datetime> > \"2026-01-02T00:00:00Z\")");
    expect_require(AI, "count(networkAcls.ipRules) <= 2 * 3 + 1",
                   "(count(<" CS "/networkAcls.ipRules[*]>) <= 7)");
    expect_require(AI "param l: [string] = [\"North Europe\"] \"L\"\n", "location in l",
                   "(<location: location> in $l)");
    expect_require(AI "param l: [location] = [\"North Europe\"] \"L\"\n", "location in l",
                   "(<location: location> in $l)");
}

static void facts_have_azures_keys(void **state)
{
    (void)state;
    expect_require(AI, "request.claims[\"idtyp\"] == \"user\"",
                   "(request[\"identity\"][\"idtyp\"] == \"user\")");
    expect_require(AI, "resource_group.tags.env == \"x\"",
                   "(resource_group[\"tags\"][\"env\"] == \"x\")");
    expect_require(AI, "request.apiVersion >= \"2023-05-01\"",
                   "(request[\"apiVersion\"] >= \"2023-05-01\")");
}

static void missing_values_are_asked_about(void **state)
{
    (void)state;
#define REQUIRE(c) AI "requirement r \"R\" { effect audit for ai_account { require " c " } }"
    expect_codes(REQUIRE("customSubDomainName != \"x\""), "M2013");
    expect_codes(REQUIRE("not (customSubDomainName == \"x\")"), "M2013");
    expect_codes(REQUIRE("customSubDomainName is missing or customSubDomainName != \"x\""), "");
    expect_codes(REQUIRE("customSubDomainName is set implies customSubDomainName != \"x\""), "");
    expect_codes(REQUIRE("customSubDomainName like \"a*\" and customSubDomainName != \"x\""), "");
    expect_codes(REQUIRE("customSubDomainName not in [\"x\"] implies disableLocalAuth"), "");
    expect_codes(REQUIRE("name not like \"a*\""), "");
    expect_codes(REQUIRE("no r in networkAcls.ipRules: r.value != \"10.0.0.1\""), "");
    expect_codes(REQUIRE("not (disableLocalAuth and customSubDomainName == \"x\")"), "");
}

static void one_mistake_is_said_once(void **state)
{
    (void)state;
    expect_codes(
        REQUIRE("publicNetworkAcess == \"Disabled\" and toLower(publicNetworkAcess) == \"x\""),
        "M1101 M1101");
    expect_codes("kind ai_account \"Microsoft.CognitiveService/accounts\"\n"
                 "requirement r \"R\" { effect audit for ai_account { require x == 1 } }",
                 "M1120");
    expect_codes("use azure.aii\n"
                 "requirement r \"R\" { effect audit for ai_account { require x == 1 } }",
                 "M1010");
    expect_codes(AI "let limit = ][\n"
                    "requirement r \"R\" { effect audit for ai_account { require name == limit } }",
                 "M0001");
}

// --- forms ---------------------------------------------------------------------------------------

static void addresses(void **state)
{
    (void)state;
    static const char *const good[] = {"10.0.0.0/8",
                                       "0.0.0.0/0",
                                       "255.255.255.255",
                                       "::/0",
                                       "::1",
                                       "2001:db8::/32",
                                       "1:2:3:4:5:6:7:8",
                                       "fe80::1/64",
                                       "10.0.0.1-10.0.0.9",
                                       "2001:DB8::/128"};
    static const char *const bad[] = {
        "",      "10.0.0.0/33", "10.0.0", "10.0.0.256", "1::2::3", "10.0.0.01",    "a",
        "1:2:3", ":1",          "::/129", "10.0.0.1/",  "12345::", "10.0.0.1-::1", "10.0.0.0/8 "};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(literal_is_cidr(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(literal_is_cidr(bad[i]));
}

static void dates_and_durations(void **state)
{
    (void)state;
    assert_true(literal_is_date("2024-02-29"));
    assert_false(literal_is_date("2024-02-30"));
    assert_false(literal_is_date("2024-13-01"));
    assert_false(literal_is_date("2024-1-1"));
    assert_false(literal_is_date("2024-00-01"));
    assert_true(literal_is_datetime("2024-02-29T23:59:59Z"));
    assert_true(literal_is_datetime("2024-02-29T23:59:59.1234567+01:00"));
    assert_false(literal_is_datetime("2024-02-29T24:00:00Z"));
    assert_false(literal_is_datetime("2024-02-29T23:59:59"));
    assert_true(literal_is_iso8601("P1DT2H"));
    assert_true(literal_is_iso8601("PT15M"));
    assert_false(literal_is_iso8601("P"));
    assert_false(literal_is_iso8601("PT"));
    assert_false(literal_is_iso8601("P1H"));
    assert_false(literal_is_iso8601("PT1S2M"));
    assert_true(literal_is_clock("7.00:00:00"));
    assert_true(literal_is_clock("12:00:00"));
    assert_true(literal_is_clock("12:00:00.5"));
    assert_false(literal_is_clock("7:00"));
    assert_false(literal_is_clock("x.00:00:00"));
}

static void ids_tell_their_type(void **state)
{
    (void)state;
    Arena *a = arena_new();
    assert_string_equal(literal_id_type(a, "/subscriptions/s/resourceGroups/g/providers/A.B/c/n"),
                        "A.B/c");
    assert_string_equal(literal_id_type(a, "/subscriptions/s/providers/A.B/c/n/d/m"), "A.B/c/d");
    assert_string_equal(literal_id_type(a, "/x/PROVIDERS/A.B/c/n/providers/E.F/g/m"), "E.F/g");
    assert_null(literal_id_type(a, "/subscriptions/s"));
    assert_null(literal_id_type(a, "/providers/A"));
    arena_free(a);
}

static void versions_are_ordered_by_number(void **state)
{
    (void)state;
    static const char *const rising[] = {"0", "0.9", "1", "1.2", "1.10", "1.10.1", "2", "10"};
    size_t count = sizeof rising / sizeof rising[0];
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++)
            assert_int_equal(version_order(rising[i], rising[k]), (i > k) - (i < k));
    }
    assert_int_equal(version_order("1.0", "1"), 0);
}

static void types_are_written_as_by_hand(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Type table = {.kind = TYPE_TABLE, .element = type_list(a, type_simple(TYPE_GUID))};
    assert_string_equal(type_text(a, &table), "{string: [guid]}");
    assert_true(type_equal(&table, &(Type){.kind = TYPE_TABLE, .element = table.element}));
    assert_false(type_equal(&table, type_simple(TYPE_OBJECT)));
    assert_string_equal(type_text(a, type_simple(TYPE_DURATION_CLOCK)), "duration(clock)");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_become_aliases),
        cmocka_unit_test(fields_win_over_aliases),
        cmocka_unit_test(variables_stand_for_elements),
        cmocka_unit_test(defines_capture_nothing),
        cmocka_unit_test(kinds_name_what_they_spell_differently),
        cmocka_unit_test(modules_bring_names_in),
        cmocka_unit_test(literals_take_the_form_asked_for),
        cmocka_unit_test(facts_have_azures_keys),
        cmocka_unit_test(missing_values_are_asked_about),
        cmocka_unit_test(one_mistake_is_said_once),
        cmocka_unit_test(addresses),
        cmocka_unit_test(dates_and_durations),
        cmocka_unit_test(ids_tell_their_type),
        cmocka_unit_test(versions_are_ordered_by_number),
        cmocka_unit_test(types_are_written_as_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
