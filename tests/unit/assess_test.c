// assess_test.c - scopes, related resources, resources as people have them, templates.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "assess/assess.h"
#include "assess/related.h"
#include "assess/scope.h"
#include "policy/read.h"
#include "json/read.h"

#define SUB "/subscriptions/00000000-0000-0000-0000-000000000001"
#define GROUP SUB "/resourceGroups/ai"
#define STORE GROUP "/providers/Microsoft.Storage/storageAccounts/s"
#define ABOVE "/providers/Microsoft.Management/managementGroups/"

static Data read_data(Arena *a, const char *text)
{
    Data d;
    JsonError error;
    if (!json_read(a, str_of(arena_printf(a, "%s", text)), JSON_STRICT, &d, &error))
        fail_msg("%s: %s", text, error.message);
    return d;
}

static Facts facts_of(const char *id, const char *type, const char *location)
{
    return (Facts){.id = str_of(id), .type = str_of(type), .location = str_of(location)};
}

static PolicySet read_set(Compilation *c, const char *text)
{
    PolicySet set = {0};
    if (!policy_read(c, sources_add(c->sources, "policy.json", str_of(text)), &set))
        fail_msg("%s: %s", text, diags_get(c->diags, 0)->message);
    return set;
}

// --- scopes ------------------------------------------------------------------------------------

static void a_scope_holds_for_what_is_below(void **state)
{
    (void)state;
    static const struct {
        const char *scope, *id;
        bool holds;
    } cases[] = {
        {SUB, STORE, true},
        {SUB "/", STORE, true},
        {GROUP, STORE, true},
        {SUB "/RESOURCEGROUPS/AI", STORE, true},
        {SUB "/resourceGroups/a", STORE, false},
        {STORE, STORE, true},
        {STORE, GROUP, false},
        {SUB, NULL, true}, // nothing says that it does not
        {ABOVE "top", STORE, true},
        {ABOVE "top", ABOVE "top", true},
        {ABOVE "top", ABOVE "other", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Facts f = {.id = cases[i].id ? str_of(cases[i].id) : (Str){0}};
        if (scope_holds(cases[i].scope, &f) != cases[i].holds)
            fail_msg("%s, %s", cases[i].scope, cases[i].id ? cases[i].id : "no id");
    }
}

static void management_groups_are_known_or_not(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Data above = read_data(a, "[\"Top\", \"landing\"]");
    Facts f = facts_of(STORE, "t", "l");
    f.management_groups = &above;
    assert_true(scope_holds(ABOVE "top", &f));
    assert_false(scope_holds(ABOVE "sandbox", &f));
    arena_free(a);
}

static const char *why_not(const char *properties, const Facts *f)
{
    Compilation *c = compilation_new();
    PolicySet set = read_set(
        c, arena_printf(c->arena,
                        "{\"name\": \"a\", \"type\": \"Microsoft.Authorization/policyAssignments\","
                        " \"properties\": {\"scope\": \"" SUB "\", %s \"policyDefinitionId\": "
                        "\"/providers/Microsoft.Authorization/policyDefinitions/d\"}}",
                        properties));
    const char *why;
    bool counts = assignment_counts(set.assignments.items[0], f, &why);
    compilation_free(c);
    return counts                    ? "counts"
           : strstr(why, "scope of") ? "scope"
           : strstr(why, "notScope") ? "not"
                                     : "selector";
}

#define SELECT(...) "\"resourceSelectors\": [" __VA_ARGS__ "],"
#define SELECTOR(kind, in, values) "{\"kind\": \"" kind "\", \"" in "\": [" values "]}"
#define SELECTORS(...) "{\"name\": \"s\", \"selectors\": [" __VA_ARGS__ "]}"

static void an_assignment_counts_where_it_says(void **state)
{
    (void)state;
    Facts store = facts_of(STORE, "Microsoft.Storage/storageAccounts", "westeurope");
    Facts unknown = {.type = str_of("Microsoft.Storage/storageAccounts")};
    static const struct {
        const char *properties, *expected;
        const char *expected_unknown; // without id and location
    } cases[] = {
        {"", "counts", "counts"},
        {"\"notScopes\": [\"" GROUP "\"],", "not", "counts"},
        {"\"notScopes\": [\"" SUB "/resourceGroups/a\"],", "counts", "counts"},
        {"\"notScopes\": [\"" ABOVE "x\"],", "counts", "counts"},
        {SELECT(SELECTORS(SELECTOR("resourceLocation", "in", "\"West Europe\""))), "counts",
         "selector"},
        {SELECT(SELECTORS(SELECTOR("resourceLocation", "notIn", "\"westeurope\""))), "selector",
         "counts"},
        {SELECT(SELECTORS(SELECTOR("resourceLocation", "in", "\"westeurope2\""))), "selector",
         "selector"},
        {SELECT(SELECTORS(SELECTOR("resourceType", "in", "\"microsoft.storage/storageaccounts\""))),
         "counts", "counts"},
        {SELECT(SELECTORS(
             SELECTOR("resourceWithoutLocation", "in", "\"subscriptionLevelResources\""))),
         "selector", "counts"},
        // Of one selector all parts, of several one.
        {SELECT(SELECTORS(SELECTOR("resourceLocation", "in", "\"westeurope\"") "," SELECTOR(
             "resourceType", "in", "\"a/b\""))),
         "selector", "selector"},
        {SELECT(SELECTORS(SELECTOR("resourceLocation", "in", "\"x\"")) "," SELECTORS(
             SELECTOR("resourceType", "notIn", "\"a/b\""))),
         "counts", "counts"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *is = why_not(cases[i].properties, &store);
        const char *for_unknown = why_not(cases[i].properties, &unknown);
        if (strcmp(is, cases[i].expected) != 0 ||
            strcmp(for_unknown, cases[i].expected_unknown) != 0)
            fail_msg("%s: %s, %s", cases[i].properties, is, for_unknown);
    }
    Facts far = facts_of("/subscriptions/2/resourceGroups/ai", "t", "l");
    assert_string_equal(why_not("", &far), "scope");
}

static void an_exemption_counts_until_it_ends(void **state)
{
    (void)state;
    static const char ASSIGNED[] = SUB "/providers/Microsoft.Authorization/policyAssignments/a";
    char id[] = "id", scope[] = SUB, name[] = "a";
    PolicyAssignment a = {.name = name, .scope = scope};
    PolicyExemption e = {.name = id, .scope = GROUP, .assignment_id = ASSIGNED};
    Facts store = facts_of(STORE, "t", "l"), nowhere = facts_of("", "t", "l");
    const char *now = "2026-06-01T00:00:00Z";
    assert_true(exemption_counts(&e, &a, &store, NULL, now));
    assert_true(exemption_counts(&e, &a, &store, "member", now));
    nowhere.id = (Str){0};
    assert_false(exemption_counts(&e, &a, &nowhere, NULL, now)); // nothing says that it is below
    a.id = SUB "/providers/microsoft.authorization/policyassignments/A";
    assert_true(exemption_counts(&e, &a, &store, NULL, now));
    a.id = SUB "/providers/Microsoft.Authorization/policyAssignments/b";
    assert_false(exemption_counts(&e, &a, &store, NULL, now));
    a.id = NULL;
    e.expires_on = "2026-06-01T00:00:00Z";
    assert_false(exemption_counts(&e, &a, &store, NULL, now));
    e.expires_on = "2026-06-01T02:00:01+02:00";
    assert_true(exemption_counts(&e, &a, &store, NULL, now));
    const char *members[] = {"One"};
    e.reference_ids.items = members;
    e.reference_ids.len = 1;
    assert_true(exemption_counts(&e, &a, &store, "one", now));
    assert_false(exemption_counts(&e, &a, &store, "two", now));
    assert_false(exemption_counts(&e, &a, &store, NULL, now));
}

// --- related resources -------------------------------------------------------------------------

#define DIAGNOSTICS "Microsoft.Insights/diagnosticSettings"
#define ENDPOINT "Microsoft.Network/privateEndpoints"

static void found(Arena *a, Related *r, const char *judged, EvalRelatedQuery q,
                  const char *expected)
{
    Data resource = read_data(a, judged);
    const Data *kin;
    Buf names = {0};
    uint32_t at = 0;
    bool unknown = false;
    q.resource = &resource;
    while (related_next(r, &q, &at, &kin, &unknown)) {
        const Data *name = data_get(kin, str_of("name"));
        buf_printf(&names, "%s%.*s", names.n ? " " : "", name ? (int)name->count : 1,
                   name ? name->text : "?");
    }
    if (unknown)
        buf_str(&names, "unknown");
    assert_string_equal(names.p ? names.p : "", expected);
    buf_free(&names);
}

static void listed_ones_stand_beside_everything(void **state)
{
    (void)state;
    Arena *a = arena_new();
    const char *error;
    Related *r = related_list_new(a);
    Data list = read_data(a, "[{\"type\": \"a/b\", \"resource\": {\"name\": \"x\"}},"
                             " {\"type\": \"a/none\", \"resource\": null},"
                             " {\"type\": \"a/c\", \"name\": \"y\"},"
                             " {\"resource\": {\"type\": \"A/B\", \"name\": \"z\"}}]");
    assert_true(related_read(r, &list, &error));
    found(a, r, "{}", (EvalRelatedQuery){.type = "a/b"}, "x z");
    found(a, r, "{}", (EvalRelatedQuery){.type = "A/C"}, "y");
    found(a, r, "{}", (EvalRelatedQuery){.type = "a/none"}, "");
    found(a, r, "{}", (EvalRelatedQuery){.type = "a/d"}, "unknown");
    Data any = read_data(a, "[{\"resource\": null}]");
    assert_true(related_read(r, &any, &error));
    found(a, r, "{}", (EvalRelatedQuery){.type = "a/d"}, "");
    static const char *const WRONG[] = {"{}", "[1]", "[{}]", "[{\"resource\": 1}]",
                                        "[{\"type\": \"a/b\", \"resource\": []}]"};
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        Data wrong = read_data(a, WRONG[i]);
        assert_false(related_read(r, &wrong, &error));
    }
    arena_free(a);
}

static void those_of_an_inventory_stand_where_their_ids_say(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Related *r = related_list_new(a);
    static const char *const ALL[][3] = {
        {STORE "/providers/" DIAGNOSTICS "/own", DIAGNOSTICS, "own"},
        {GROUP "/providers/Microsoft.Storage/storageAccounts/s2/providers/" DIAGNOSTICS "/next",
         DIAGNOSTICS, "next"},
        {STORE "/blobServices/default", "Microsoft.Storage/storageAccounts/blobServices",
         "default"},
        {STORE "2/blobServices/default", "Microsoft.Storage/storageAccounts/blobServices", "far"},
        {GROUP "/providers/" ENDPOINT "/near", ENDPOINT, "near"},
        {SUB "/resourceGroups/net/providers/" ENDPOINT "/net", ENDPOINT, "net"},
        {"/subscriptions/2/resourceGroups/ai/providers/" ENDPOINT "/far", ENDPOINT, "far"},
        {SUB "/providers/" DIAGNOSTICS "/whole", DIAGNOSTICS, "whole"},
    };
    for (size_t i = 0; i < sizeof ALL / sizeof ALL[0]; i++) {
        Data *d = ARENA_NEW(a, Data);
        *d = read_data(a, arena_printf(a, "{\"id\": \"%s\", \"type\": \"%s\", \"name\": \"%s\"}",
                                       ALL[i][0], ALL[i][1], ALL[i][2]));
        related_add(r, d);
    }
    const char *store = "{\"id\": \"" STORE "\", \"type\": \"Microsoft.Storage/storageAccounts\"}";
    const char *whole = "{\"id\": \"" SUB "\", \"type\": \"Microsoft.Resources/subscriptions\"}";
    found(a, r, store, (EvalRelatedQuery){.type = DIAGNOSTICS}, "own");
    found(a, r, store, (EvalRelatedQuery){.type = "Microsoft.Storage/storageAccounts/blobServices"},
          "default");
    found(a, r, store, (EvalRelatedQuery){.type = ENDPOINT}, "near");
    found(a, r, store, (EvalRelatedQuery){.type = ENDPOINT, .name = "NEAR"}, "near");
    found(a, r, store, (EvalRelatedQuery){.type = ENDPOINT, .name = "x"}, "");
    found(a, r, store, (EvalRelatedQuery){.type = ENDPOINT, .resource_group = "NET"}, "net");
    found(a, r, store, (EvalRelatedQuery){.type = ENDPOINT, .subscription = true}, "near net");
    found(a, r, whole, (EvalRelatedQuery){.type = DIAGNOSTICS}, "whole");
    arena_free(a);
}

// --- resources -----------------------------------------------------------------------------------

static void a_resource_has_type_and_name(void **state)
{
    (void)state;
    Arena *a = arena_new();
    static const struct {
        const char *text, *type, *name;
    } cases[] = {
        {"{\"id\": \"" STORE "\"}", "Microsoft.Storage/storageAccounts", "s"},
        {"{\"id\": \"" STORE "/blobServices/default\"}",
         "Microsoft.Storage/storageAccounts/blobServices", "default"},
        {"{\"id\": \"" STORE "/providers/A.B/c/d\"}", "A.B/c", "d"},
        {"{\"id\": \"" GROUP "\"}", "Microsoft.Resources/subscriptions/resourceGroups", "ai"},
        {"{\"id\": \"" SUB "\"}", "Microsoft.Resources/subscriptions",
         "00000000-0000-0000-0000-000000000001"},
        {"{\"id\": \"" GROUP "\", \"type\": \"microsoft.resources/resourceGroups\"}",
         "Microsoft.Resources/subscriptions/resourceGroups", "ai"},
        {"{\"id\": \"" STORE "\", \"type\": \"x/y\", \"name\": \"z\"}", "x/y", "z"},
        {"{\"id\": \"" STORE "\", \"TYPE\": null, \"name\": \"z\"}",
         "Microsoft.Storage/storageAccounts", "z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *error;
        Data d = read_data(a, cases[i].text);
        const Data *r = resource_read(a, &d, &error);
        assert_non_null(r);
        const Data *type = data_get_nocase(r, STR("type")), *name = data_get_nocase(r, STR("name"));
        assert_true(str_equal(data_str(type), str_of(cases[i].type)));
        assert_true(str_equal(data_str(name), str_of(cases[i].name)));
    }
    static const char *const WRONG[] = {
        "1", "[]", "null", "{\"type\": 1}", "{\"id\": {}}", "{\"type\": \"a/b\", \"name\": false}"};
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        const char *error = NULL;
        Data d = read_data(a, WRONG[i]);
        assert_null(resource_read(a, &d, &error));
        assert_non_null(error);
    }
    arena_free(a);
}

// --- templates -----------------------------------------------------------------------------------

#define SCHEMA "\"$schema\": \"https://x/2019-04-01/deploymentTemplate.json#\", "

static void a_template_gives_its_resources(void **state)
{
    (void)state;
    Compilation *c = compilation_new();
    EvalSetup setup = {.compilation = c};
    Data t = read_data(
        c->arena,
        "{" SCHEMA "\"parameters\": {\"p\": {\"defaultValue\": \"one\"}, \"q\": {}, \"r\": {}},"
        "\"variables\": {\"v\": \"[concat(parameters('p'), '-x')]\", \"w\": \"[variables('v')]\","
        "               \"loop\": \"[variables('loop')]\"},"
        "\"resources\": {\"first\": {\"type\": \"a/b\", \"name\": \"[variables('w')]\","
        "  \"properties\": {\"q\": \"[parameters('q')]\", \"r\": \"[parameters('r')]\","
        "                  \"text\": \"[[not]\", \"loop\": \"[variables('loop')]\"},"
        "  \"resources\": [{\"type\": \"c\", \"name\": \"d\"}]},"
        " \"there\": {\"existing\": true, \"type\": \"a/e\", \"name\": \"e\"}}}");
    Data given = read_data(c->arena, "{\"q\": {\"value\": 7}}");
    const Data *const *list;
    assert_true(resource_is_template(&t));
    assert_int_equal(resource_of_template(&setup, c->arena, &t, &given, &list), 2);
    Buf b = {0};
    data_print(&b, list[0]);
    buf_str(&b, "\n");
    data_print(&b, list[1]);
    assert_string_equal(
        b.p, "{\"type\":\"a/b\",\"name\":\"one-x\",\"properties\":{\"q\":7,"
             "\"r\":\"[parameters('r')]\",\"text\":\"[not]\",\"loop\":\"[variables('loop')]\"},"
             "\"resources\":[{\"type\":\"c\",\"name\":\"d\"}]}\n"
             "{\"type\":\"a/b/c\",\"name\":\"one-x/d\"}");
    buf_free(&b);
    Data none = read_data(c->arena, "{\"$schema\": \"x\", \"resources\": []}");
    assert_false(resource_is_template(&none));
    compilation_free(c);
}

static bool rests_on_unknown(const char *condition, const char *members)
{
    Compilation *c = compilation_new();
    PolicySet set = read_set(c, arena_printf(c->arena,
                                             "{\"if\": {\"allOf\": [{\"field\": \"type\", "
                                             "\"equals\": \"a/b\"}, %s]}, "
                                             "\"then\": {\"effect\": \"audit\"}}",
                                             condition));
    EvalSetup setup = {.compilation = c};
    EvalPolicy *p = eval_prepare(&setup, set.definitions.items[0], NULL);
    Data resource = read_data(c->arena, arena_printf(c->arena, "{\"type\": \"a/b\", %s}", members));
    EvalScratch *s = eval_scratch_new();
    eval_scratch_trace(s, true);
    EvalResult r;
    EvalInput in = {.resource = &resource, .now = "2026-01-01T00:00:00Z"};
    eval_run(p, &in, s, &r);
    bool unknown = resource_unknown(c->arena, &resource, p, &r) != NULL;
    eval_scratch_free(s);
    compilation_free(c);
    return unknown;
}

#define FIELD(name, test) "{\"field\": \"" name "\", " test "}"
#define VALUE(expression, test) "{\"value\": \"" expression "\", " test "}"
#define SECRET "\"name\": \"n\", \"properties\": {\"a\": \"[reference('x').y]\", \"b\": 1}"

static void a_verdict_does_not_rest_on_what_is_not_known(void **state)
{
    (void)state;
    assert_true(rests_on_unknown(FIELD("properties.a", "\"equals\": 1"), SECRET));
    assert_true(rests_on_unknown(FIELD("properties.a.c", "\"equals\": 1"), SECRET));
    assert_true(rests_on_unknown(FIELD("properties.c", "\"exists\": true"), SECRET));
    assert_true(rests_on_unknown(FIELD("properties", "\"containsKey\": \"c\""), SECRET));
    assert_true(
        rests_on_unknown(VALUE("[length(field('properties.a'))]", "\"greater\": 3"), SECRET));
    assert_true(rests_on_unknown(
        FIELD("properties.b", "\"equals\": \"[length(field('properties.a'))]\""), SECRET));
    assert_false(rests_on_unknown(FIELD("properties.b", "\"equals\": 1"), SECRET));
    assert_false(rests_on_unknown(VALUE("[add(1, 1)]", "\"equals\": 2"), SECRET));
    assert_false(rests_on_unknown(FIELD("properties.c", "\"exists\": true"),
                                  "\"name\": \"n\", \"properties\": {\"a\": \"[\"}"));
    assert_true(rests_on_unknown(FIELD("properties.rules[*]", "\"equals\": 1"),
                                 "\"name\": \"n\", \"properties\": {\"copy\": "
                                 "[{\"name\": \"rules\", \"count\": 2, \"input\": 1}]}"));
    assert_true(rests_on_unknown(FIELD("name", "\"equals\": \"x\""), "\"name\": \"[newGuid()]\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scope_holds_for_what_is_below),
        cmocka_unit_test(management_groups_are_known_or_not),
        cmocka_unit_test(an_assignment_counts_where_it_says),
        cmocka_unit_test(an_exemption_counts_until_it_ends),
        cmocka_unit_test(listed_ones_stand_beside_everything),
        cmocka_unit_test(those_of_an_inventory_stand_where_their_ids_say),
        cmocka_unit_test(a_resource_has_type_and_name),
        cmocka_unit_test(a_template_gives_its_resources),
        cmocka_unit_test(a_verdict_does_not_rest_on_what_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
