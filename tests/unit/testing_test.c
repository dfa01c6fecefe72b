// testing_test.c - coverage and mutants of small rules, counted by hand; what tests are given.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "moat.h"
#include "testing/coverage.h"
#include "testing/given.h"
#include "testing/mutate.h"

typedef struct World {
    Compilation *c;
    MoatBuild build;
    Coverage *coverage;
} World;

static void start(World *w, const char *text)
{
    *w = (World){.c = compilation_new()};
    moat_compile_text(w->c, "unit", str_of(text), true, &w->build);
    const Diag *d = diags_get(w->c->diags, 0);
    if (!w->build.ok)
        fail_msg("%s: %s", text, d ? d->message : "");
}

// A requirement `r` with one `require`, and its tests: a body and a verdict each.
static const char *program(Arena *a, const char *effect, const char *where, const char *require,
                           const char *const *tests)
{
    const char *text = arena_printf(a,
                                    "use azure.storage\nuse azure.monitor\n"
                                    "requirement r \"R\" { effect %s for storage_account %s { "
                                    "require %s } }\n",
                                    effect, where, require);
    for (; *tests; tests++)
        text = arena_printf(a, "%stest \"t\" { given storage_account { %s\n", text, *tests);
    return text;
}

static void run(World *w)
{
    EvalScratch *scratch = eval_scratch_new();
    w->coverage = coverage_new(w->c->arena, &w->build.lowered);
    TestSetup setup = {.program = w->build.program,
                       .aliases = aliases_catalog(w->c->arena, w->build.program->catalog),
                       .coverage = w->coverage};
    for (uint32_t i = 0; i < w->build.tests.len; i++) {
        TestOutcome o;
        test_run(&setup, w->build.tests.items[i], scratch, w->c->arena, &o);
        if (o.failures.len > 0)
            fail_msg("%s", o.failures.items[0].message);
    }
    eval_scratch_free(scratch);
}

// --- coverage ------------------------------------------------------------------------------------

// "a == 1" VS: alone it made a resource violate (V), alone it kept one from that (S), it was only
// seen (-), or not even that (.).
static const char *coverage_text(World *w)
{
    const char *text = "";
    const CoverRow *row = coverage_row(w->coverage, 0);
    for (uint32_t i = 0; i < row->points.len; i++) {
        const CoverPoint *p = &row->points.items[i];
        Str s = sources_text(w->c->sources, p->span);
        bool decides = p->bits & (COVER_VIOLATES | COVER_SATISFIES);
        text =
            arena_printf(w->c->arena, "%s%s%.*s %s%s%s", text, *text ? " | " : "", (int)s.n, s.p,
                         p->bits & COVER_VIOLATES ? "V" : "", p->bits & COVER_SATISFIES ? "S" : "",
                         decides   ? ""
                         : p->bits ? "-"
                                   : ".");
    }
    return text;
}

typedef struct Covered {
    const char *effect, *where, *require;
    const char *tests[5];
    const char *expected;
} Covered;

#define TLS "minimumTlsVersion == \"TLS1_2\""
#define HNS "isHnsEnabled == true"
#define BOTH TLS " and " HNS
#define EITHER TLS " or " HNS
#define IPS "every i in networkAcls.ipRules: i.value == \"10.0.0.1\""
#define ONE "i.value == \"10.0.0.1\""

static const Covered COVERED[] = {
    // One condition: two tests.
    {"audit", "", TLS, {"} expect r violated }"}, TLS " V"},
    {"audit", "", TLS, {"minimumTlsVersion = \"TLS1_2\" } expect r satisfied }"}, TLS " S"},
    // and: the one that fails alone; all together.
    {"audit",
     "",
     BOTH,
     {"minimumTlsVersion = \"TLS1_2\", isHnsEnabled = false } expect r violated }"},
     TLS " - | " HNS " V"},
    {"audit",
     "",
     BOTH,
     {"minimumTlsVersion = \"TLS1_2\", isHnsEnabled = true } expect r satisfied }"},
     TLS " S | " HNS " S"},
    {"audit",
     "",
     BOTH,
     {"minimumTlsVersion = \"TLS1_0\", isHnsEnabled = false } expect r violated }"},
     TLS " - | " HNS " -"},
    // or: the one that holds alone; all that fail together.
    {"audit",
     "",
     EITHER,
     {"minimumTlsVersion = \"TLS1_0\", isHnsEnabled = false } expect r violated }",
      "minimumTlsVersion = \"TLS1_2\", isHnsEnabled = false } expect r satisfied }"},
     TLS " VS | " HNS " V"},
    // not
    {"audit",
     "",
     "not (" TLS ")",
     {"minimumTlsVersion = \"TLS1_2\" } expect r violated }",
      "minimumTlsVersion = \"TLS1_0\" } expect r satisfied }"},
     "(" TLS ") VS"},
    // Elements: one of two that is wrong decides, two of two do not.
    {"audit",
     "",
     IPS,
     {"networkAcls = { ipRules = [{ value = \"1.1.1.1\" }, { value = \"10.0.0.1\" }] } } expect r "
      "violated }"},
     IPS " V | " ONE " V"},
    {"audit",
     "",
     IPS,
     {"networkAcls = { ipRules = [{ value = \"1.1.1.1\" }, { value = \"1.1.1.2\" }] } } expect r "
      "violated }"},
     IPS " V | " ONE " -"},
    {"audit",
     "",
     IPS,
     {"networkAcls = { ipRules = [{ value = \"10.0.0.1\" }] } } expect r satisfied }"},
     IPS " S | " ONE " S"},
    {"audit", "", IPS, {"} expect r satisfied }"}, IPS " S | " ONE " ."},
    // where: of a resource it leaves out it alone is the reason, if the rest would be violated.
    {"audit",
     "where kind == \"StorageV2\"",
     TLS,
     {"kind = \"BlobStorage\" } expect r not_applicable }",
      "kind = \"StorageV2\" } expect r violated }"},
     "kind == \"StorageV2\" VS | " TLS " V"},
    // A related resource: the last one asked decides.
    {"auditIfNotExists",
     "",
     "related diagnostic_setting d: d.workspaceId == \"/w/a\"",
     {"} related diagnostic_setting { workspaceId = \"/w/b\" } expect r violated }",
      "} related diagnostic_setting { workspaceId = \"/w/a\" } expect r satisfied }"},
     "d.workspaceId == \"/w/a\" VS"},
};

static void conditions_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof COVERED / sizeof COVERED[0]; i++) {
        const Covered *t = &COVERED[i];
        World w;
        Arena *a = arena_new();
        start(&w, program(a, t->effect, t->where, t->require, t->tests));
        run(&w);
        const char *found = coverage_text(&w);
        if (strcmp(found, t->expected) != 0)
            fail_msg("case %zu, %s: %s instead of %s", i, t->require, found, t->expected);
        compilation_free(w.c);
        arena_free(a);
    }
}

// --- mutants ---------------------------------------------------------------------------------------

typedef struct Changed {
    const char *require;
    const char *expected; // lines: condition: change
} Changed;

static const Changed CHANGED[] = {
    // Whether it is there, the contrary, the text; nothing of the type.
    {TLS, "minimumTlsVersion notEquals \"TLS1_2\": the condition is left out\n"
          "minimumTlsVersion notEquals \"TLS1_2\": `notEquals` becomes `equals`\n"
          "minimumTlsVersion notEquals \"TLS1_2\": \"TLS1_2\" becomes another text\n"},
    // `> 7` and `>= 7` differ, and `> 8`; of `< 7` the next one would be `<= 7` again.
    {"count(networkAcls.ipRules) <= 7",
     "count(networkAcls.ipRules[*]) greater 7: the condition is left out\n"
     "count(networkAcls.ipRules[*]) greater 7: `greater` becomes `greaterOrEquals`\n"
     "count(networkAcls.ipRules[*]) greater 7: 7 becomes 8\n"},
    {"count(networkAcls.ipRules) >= 7",
     "count(networkAcls.ipRules[*]) less 7: the condition is left out\n"
     "count(networkAcls.ipRules[*]) less 7: `less` becomes `lessOrEquals`\n"},
    // `exists` has no contrary but its value.
    {"isHnsEnabled is set", "isHnsEnabled exists false: the condition is left out\n"
                            "isHnsEnabled exists false: false becomes true\n"},
    {EITHER, "minimumTlsVersion notEquals \"TLS1_2\": the condition is left out\n"
             "isHnsEnabled notEquals true: the condition is left out\n"
             "minimumTlsVersion notEquals \"TLS1_2\": `notEquals` becomes `equals`\n"
             "minimumTlsVersion notEquals \"TLS1_2\": \"TLS1_2\" becomes another text\n"
             "isHnsEnabled notEquals true: `notEquals` becomes `equals`\n"
             "isHnsEnabled notEquals true: true becomes false\n"},
    // What differs from "x" need not be there: that it may be missing says nothing new.
    {BOTH, "-: `anyOf` becomes `allOf`\n"
           "minimumTlsVersion notEquals \"TLS1_2\": the condition is left out\n"
           "isHnsEnabled notEquals true: the condition is left out\n"
           "minimumTlsVersion notEquals \"TLS1_2\": `notEquals` becomes `equals`\n"
           "minimumTlsVersion notEquals \"TLS1_2\": \"TLS1_2\" becomes another text\n"
           "isHnsEnabled notEquals true: `notEquals` becomes `equals`\n"
           "isHnsEnabled notEquals true: true becomes false\n"},
};

static const char *mutants_text(World *w)
{
    Mutants mutants = {0};
    const char *text = "";
    mutants_of(w->c->arena, w->build.lowered.requirements.items[0], &mutants);
    for (uint32_t i = 0; i < mutants.len; i++) {
        const Mutant *m = &mutants.items[i];
        text = arena_printf(w->c->arena, "%s%s: %s\n", text, m->where ? m->where : "-", m->what);
        assert_true(m->span.end > m->span.start);
        assert_ptr_equal(m->requirement, w->build.lowered.requirements.items[0]);
        assert_ptr_not_equal(m->changed, m->requirement);
    }
    return text;
}

static void changes_are_single_and_tell(void **state)
{
    (void)state;
    static const char *const NO_TESTS[] = {NULL};
    for (size_t i = 0; i < sizeof CHANGED / sizeof CHANGED[0]; i++) {
        World w;
        Arena *a = arena_new();
        start(&w, program(a, "audit", "", CHANGED[i].require, NO_TESTS));
        const char *found = mutants_text(&w);
        if (strcmp(found, CHANGED[i].expected) != 0)
            fail_msg("%s:\n%sinstead of\n%s", CHANGED[i].require, found, CHANGED[i].expected);
        compilation_free(w.c);
        arena_free(a);
    }
}

// --- what is given -----------------------------------------------------------------------------------

static const char *member(const Data *d, const char *name)
{
    const Data *m = data_get(d, str_of(name));
    return m && m->kind == DATA_STRING ? m->text : "";
}

static void ids_follow_type_and_name(void **state)
{
    (void)state;
    static const char *const CASES[][3] = {
        // type, name, id behind the subscription
        {"Microsoft.Storage/storageAccounts", NULL,
         "/resourceGroups/test/providers/Microsoft.Storage/storageAccounts/test"},
        {"Microsoft.Network/virtualNetworks/subnets", "hub/inner",
         "/resourceGroups/test/providers/Microsoft.Network/virtualNetworks/hub/subnets/inner"},
        {"Microsoft.Network/virtualNetworks/subnets", "inner",
         "/resourceGroups/test/providers/Microsoft.Network/virtualNetworks/test/subnets/inner"},
        {"Microsoft.Resources/subscriptions/resourceGroups", "ai", "/resourceGroups/ai"},
        {"Microsoft.Resources/subscriptions", NULL, ""},
    };
    Arena *a = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        KindInfo kind = {.type = CASES[i][0]};
        DataMember name = given_member("name", data_string(str_of(CASES[i][1] ? CASES[i][1] : "")));
        Data said = given_object(a, &name, CASES[i][1] ? 1 : 0);
        Data d = given_resource(a, &kind, &said);
        assert_string_equal(member(&d, "id"),
                            arena_printf(a, "/subscriptions/%s%s", TEST_SUBSCRIPTION, CASES[i][2]));
    }
    arena_free(a);
}

static void facts_are_filled_in(void **state)
{
    (void)state;
    Arena *a = arena_new();
    DataMember place = given_member("location", data_string(STR("northeurope")));
    Data resource = given_object(a, &place, 1);
    Data group = given_group(a, NULL, &resource);
    assert_string_equal(member(&group, "location"), "northeurope");
    assert_string_equal(member(&group, "id"),
                        "/subscriptions/" TEST_SUBSCRIPTION "/resourceGroups/test");
    DataMember none = given_member("tags", data_null());
    Data said = given_object(a, &none, 1);
    group = given_group(a, &said, NULL);
    assert_null(data_get(&group, STR("tags")));
    DataMember id = given_member("subscriptionId", data_string(STR("s")));
    said = given_object(a, &id, 1);
    Data subscription = given_subscription(a, &said);
    assert_string_equal(member(&subscription, "id"), "/subscriptions/s");
    const char *now;
    Data request = given_request(a, NULL, NULL, &now);
    assert_string_equal(now, TEST_NOW);
    assert_string_equal(member(&request, "apiVersion"), "");
    arena_free(a);
}

// A row puts a value where a null leads, whatever the case of the names, or takes it away.
static void rows_change_one_place(void **state)
{
    (void)state;
    Arena *a = arena_new();
    DataMember inner[] = {given_member("B", data_int(1)), given_member("c", data_int(2))};
    DataMember outer = given_member("A", given_object(a, inner, 2));
    Data said = given_object(a, &outer, 1);
    DataMember there = given_member("b", data_null());
    DataMember way = given_member("a", given_object(a, &there, 1));
    Data where = given_object(a, &way, 1);
    there.value = data_int(3);
    way.value = given_object(a, &there, 1);
    Data body = given_object(a, &way, 1);
    Data d = given_changed(a, &said, &where, &body);
    assert_string_equal(data_shown(a, &d), "{\"a\":{\"c\":2,\"b\":3}}");
    d = given_changed(a, &said, &where, &where);
    assert_string_equal(data_shown(a, &d), "{\"a\":{\"c\":2}}");
    Data empty = given_object(a, NULL, 0);
    d = given_changed(a, &empty, &where, &body);
    assert_string_equal(data_shown(a, &d), "{\"a\":{\"b\":3}}");
    arena_free(a);
}

static void differences_name_places(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Lines lines = {0};
    DataMember left[] = {given_member("x", data_int(1)), given_member("y", data_bool(true))};
    DataMember right[] = {given_member("x", data_int(2)), given_member("z", data_bool(true))};
    Data expected = given_object(a, left, 2), actual = given_object(a, right, 2);
    data_differences(a, &expected, &actual, &lines);
    assert_int_equal(lines.len, 3);
    assert_string_equal(lines.items[0], "`x` is 2 instead of 1");
    assert_string_equal(lines.items[1], "`y` is nothing instead of true");
    assert_string_equal(lines.items[2], "`z` is true instead of nothing");
    lines.len = 0;
    data_differences(a, &left[0].value, &right[0].value, &lines);
    assert_int_equal(lines.len, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_counted),   cmocka_unit_test(changes_are_single_and_tell),
        cmocka_unit_test(ids_follow_type_and_name), cmocka_unit_test(facts_are_filled_in),
        cmocka_unit_test(rows_change_one_place),    cmocka_unit_test(differences_name_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
