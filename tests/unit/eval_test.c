// eval_test.c - rules on resources: one table of rule, resource and what comes of it.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "eval/eval.h"
#include "policy/read.h"
#include "json/read.h"

typedef struct Case {
    const char *rule;     // the `if`, or a whole rule where it has `then`
    const char *resource; // members of the resource
    const char *expected; // state, and "?" behind it where it is uncertain
} Case;

static Data read_data(Arena *a, const char *text)
{
    Data d;
    JsonError error;
    Str s = str_of(arena_printf(a, "%s", text));
    if (!json_read(a, s, JSON_STRICT, &d, &error))
        fail_msg("%s: %s", text, error.message);
    return d;
}

static bool next_related(void *context, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                         bool *unknown)
{
    (void)q;
    const Data *list = context;
    *unknown = list->kind != DATA_ARRAY;
    if (*unknown || *at == list->count)
        return false;
    *ret = &list->items[(*at)++];
    return true;
}

typedef struct World { // what a test runs in
    Compilation *c;
    EvalScratch *scratch;
    Aliases *aliases;
    Catalog *catalog;
    const char *parameters, *related;
    Semantics semantics;
    EvalInput in;
} World;

static void world_start(World *w)
{
    *w = (World){.c = compilation_new(), .scratch = eval_scratch_new()};
    w->catalog = catalog_open(w->c->arena);
    w->aliases = aliases_catalog(w->c->arena, w->catalog);
    w->in.now = "2026-01-15T00:00:00Z";
}

static void world_end(World *w)
{
    eval_scratch_free(w->scratch);
    compilation_free(w->c);
}

static EvalPolicy *prepare(World *w, const char *rule)
{
    Arena *a = w->c->arena;
    bool whole = strstr(rule, "\"then\"") != NULL;
    const char *text =
        whole ? rule : arena_printf(a, "{\"if\": %s, \"then\": {\"effect\": \"audit\"}}", rule);
    PolicySet set = {0};
    Source *source = sources_add(w->c->sources, "rule.json", str_of(text));
    if (!policy_read(w->c, source, &set) || set.definitions.len != 1)
        fail_msg("cannot be read: %s", text);
    Data *parameters = ARENA_NEW(a, Data);
    if (w->parameters)
        *parameters = read_data(a, w->parameters);
    EvalSetup setup = {w->c, w->catalog, w->aliases, w->semantics};
    EvalBinding binding = {.parameters = w->parameters ? parameters : NULL,
                           .assignment_id = "/assignments/a"};
    return eval_prepare(&setup, set.definitions.items[0], &binding);
}

static void run(World *w, const char *rule, const char *resource, EvalResult *ret)
{
    Data *d = ARENA_NEW(w->c->arena, Data), *related = ARENA_NEW(w->c->arena, Data);
    *d = read_data(w->c->arena, arena_printf(w->c->arena, "{%s}", resource));
    if (w->related) {
        *related = read_data(w->c->arena, w->related);
        w->in.related = next_related;
        w->in.related_context = related;
    }
    w->in.resource = d;
    eval_run(prepare(w, rule), &w->in, w->scratch, ret);
}

static void expect(World *w, const Case *c)
{
    EvalResult r;
    run(w, c->rule, c->resource, &r);
    char found[32];
    snprintf(found, sizeof found, "%s%s", eval_state_text(r.state), r.uncertain ? "?" : "");
    if (!str_equal(str_of(found), str_of(c->expected)))
        fail_msg("%s\non {%s}\nis %s, not %s: %s %s", c->rule, c->resource, found, c->expected,
                 r.error ? r.error : "", r.uncertain_reason ? r.uncertain_reason : "");
}

#define EXPECT_ALL(w, cases)                                                                       \
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases)[0]; i++)                                  \
    expect((w), &(cases)[i])

#define YES "nonCompliant"
#define NO "compliant"
#define A "\"field\": \"tags.a\", "
#define VNET                                                                                       \
    "\"type\": \"Microsoft.KeyVault/vaults\", \"properties\": {\"networkAcls\": {\"ipRules\": "
#define RULES "\"Microsoft.KeyVault/vaults/networkAcls.ipRules[*]\""
#define VALUES "\"Microsoft.KeyVault/vaults/networkAcls.ipRules[*].value\""

// --- operators on a plain field ------------------------------------------------------------------

static void test_plain_fields(void **state)
{
    (void)state;
    static const Case CASES[] = {
        {"{" A "\"equals\": \"x\"}", "", NO},
        {"{" A "\"notEquals\": \"x\"}", "", YES},
        {"{" A "\"equals\": \"\"}", "", YES},
        {"{" A "\"exists\": false}", "", YES},
        {"{" A "\"exists\": true}", "\"tags\": {\"a\": null}", NO},
        {"{" A "\"equals\": null}", "\"tags\": {\"a\": null}", YES},
        {"{" A "\"exists\": \"true\"}", "\"tags\": {\"a\": \"\"}", YES},
        {"{" A "\"equals\": \"PROD\"}", "\"tags\": {\"a\": \"Prod\"}", YES},
        {"{" A "\"match\": \"prod\"}", "\"tags\": {\"a\": \"Prod\"}", NO},
        {"{" A "\"equals\": 443}", "\"tags\": {\"a\": \"443\"}", YES},
        {"{" A "\"like\": \"44*\"}", "\"tags\": {\"a\": 443}", YES},
        {"{" A "\"contains\": \"4\"}", "\"tags\": {\"a\": 443}", YES},
        {"{" A "\"equals\": \"True\"}", "\"tags\": {\"a\": true}", YES},
        {"{" A "\"equals\": 1}", "\"tags\": {\"a\": true}", NO},
        {"{" A "\"greater\": 5}", "\"tags\": {\"a\": \"abc\"}", "error?"},
        {"{" A "\"match\": \"vm-##\"}", "\"tags\": {\"a\": \"vm-01\"}", YES},
        {"{" A "\"like\": \"vm\"}", "\"tags\": {\"a\": \"vm-01\"}", NO},
        {"{" A "\"notIn\": [\"x\"]}", "", YES},
        {"{" A "\"in\": [\"\"]}", "", NO},
        {"{" A "\"in\": [null]}", "", NO},
        {"{" A "\"contains\": \"b\"}", "\"tags\": {\"a\": [\"a\", \"B\"]}", YES},
        {"{" A "\"notEquals\": \"a\"}", "\"tags\": {\"a\": [\"a\", \"B\"]}", YES},
        {"{\"field\": \"tags\", \"containsKey\": \"k\"}", "\"tags\": {\"K\": 1}", YES},
        {"{\"field\": \"tags['env']\", \"equals\": \"P\"}", "\"tags\": {\"Env\": \"p\"}", YES},
        {"{\"field\": \"tags['''x y''']\", \"equals\": \"P\"}", "\"tags\": {\"'x y'\": \"p\"}",
         YES},
        {"{\"field\": \"tags[x.y]\", \"equals\": \"P\"}", "\"tags\": {\"x.y\": \"p\"}", YES},
        {"{\"allOf\": []}", "", YES},
        {"{\"anyOf\": []}", "", "notApplicable"},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    world_end(&w);
}

static void test_names(void **state)
{
    (void)state;
    static const char DATABASE[] = "\"id\": \"/subscriptions/s/resourceGroups/g/providers/"
                                   "Microsoft.Sql/servers/s1/databases/d1\", \"name\": \"s1/d1\", "
                                   "\"identity\": {\"type\": \"SystemAssigned, UserAssigned\"}";
    static const Case CASES[] = {
        {"{\"field\": \"fullName\", \"equals\": \"s1/d1\"}", DATABASE, YES},
        {"{\"field\": \"NAME\", \"equals\": \"d1\"}", DATABASE, YES},
        {"{\"field\": \"identity.type\", \"contains\": \"userassigned\"}", DATABASE, YES},
        {"{\"value\": \"[resourceGroup().name]\", \"equals\": \"g\"}", DATABASE, YES},
        {"{\"value\": \"[resourceGroup().tags.x]\", \"equals\": \"g\"}", DATABASE, "unknown"},
        {"{\"value\": \"[resourceGroup().name]\", \"equals\": \"g\"}",
         "\"id\": \"/subscriptions/s\"", "error?"},
        {"{\"value\": \"[subscription().subscriptionId]\", \"equals\": \"s\"}", DATABASE, YES},
        {"{\"value\": \"[policy().assignmentId]\", \"equals\": \"/assignments/a\"}", "", YES},
        {"{\"value\": \"[policy().setDefinitionId]\", \"equals\": \"\"}", "", YES},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    expect(&w, &(Case){"{\"field\": \"location\", \"equals\": \"West Europe\"}",
                       "\"location\": \"westeurope\"", "nonCompliant"});
    expect(&w, &(Case){"{\"field\": \"location\", \"in\": [\"westeurope\"]}",
                       "\"location\": \"West Europe\"", "nonCompliant?"});
    world_end(&w);
}

// --- arrays --------------------------------------------------------------------------------------

static void test_every(void **state)
{
    (void)state;
    static const Case CASES[] = {
        {"{\"field\": " VALUES ", \"equals\": \"x\"}", VNET "[]}}", YES},
        {"{\"field\": " VALUES ", \"equals\": \"x\"}", VNET "null}}", "compliant?"},
        {"{\"field\": " VALUES ", \"notEquals\": \"x\"}", VNET "null}}", YES},
        {"{\"field\": " VALUES ", \"exists\": false}", "\"type\": \"Microsoft.KeyVault/vaults\"",
         YES},
        {"{\"field\": " VALUES ", \"equals\": \"x\"}",
         VNET "[{\"value\": \"x\"}, {\"value\": \"y\"}]}}", NO},
        {"{\"field\": " VALUES ", \"in\": [\"x\", \"y\"]}",
         VNET "[{\"value\": \"x\"}, {\"value\": \"y\"}]}}", YES},
        {"{\"not\": {\"field\": " VALUES ", \"notEquals\": \"x\"}}",
         VNET "[{\"value\": \"x\"}, {\"value\": \"y\"}]}}", YES},
        {"{\"field\": " VALUES ", \"exists\": true}", VNET "[{\"value\": 1}, {}]}}", NO},
        {"{\"field\": " VALUES ", \"notEquals\": 2}", VNET "[{\"value\": 1}, {}]}}", YES},
        {"{\"field\": " VALUES ", \"equals\": \"\"}", VNET "[{}]}}", "nonCompliant?"},
        {"{\"field\": " VALUES ", \"equals\": \"x\"}", "\"type\": \"A.B/c\"", "compliant?"},
        {"{\"field\": " VALUES ", \"less\": 5}", VNET "[{\"value\": \"x\"}, {\"value\": 9}]}}",
         "compliant?"},
        {"{\"field\": " VALUES ", \"less\": 5}", VNET "[{\"value\": 9}, {\"value\": \"x\"}]}}",
         "compliant?"},
        {"{\"field\": " VALUES ", \"less\": 5}", VNET "[{\"value\": \"x\"}, {\"value\": 1}]}}",
         "error?"},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    world_end(&w);
}

static void test_counts(void **state)
{
    (void)state;
#define COUNT(inner, op) "{\"count\": {" inner "}, " op "}"
#define OVER "\"field\": " RULES
#define CURRENT "current('Microsoft.KeyVault/vaults/networkAcls.ipRules[*].value')"
#define FIRST "first(field('Microsoft.KeyVault/vaults/networkAcls.ipRules[*].value'))"
#define XY VNET "[{\"value\": \"x\"}, {\"value\": \"y\"}]}}"
    static const Case CASES[] = {
        {COUNT(OVER, "\"equals\": 2"), XY, YES},
        {COUNT(OVER, "\"equals\": 0"), VNET "null}}", YES},
        {COUNT(OVER, "\"greater\": 0"), "\"type\": \"A.B/c\"", NO},
        {COUNT(OVER ", \"where\": {\"field\": " VALUES ", \"equals\": \"y\"}", "\"equals\": 1"), XY,
         YES},
        {COUNT(OVER ", \"where\": {\"value\": \"[" CURRENT "]\", \"equals\": \"y\"}",
               "\"equals\": 1"),
         XY, YES},
        {COUNT(OVER ", \"where\": {\"value\": \"[current().value]\", \"equals\": \"y\"}",
               "\"equals\": 1"),
         XY, YES},
        {COUNT(OVER ", \"where\": {\"value\": \"[" FIRST "]\", \"equals\": \"y\"}",
               "\"equals\": 1"),
         XY, YES},
        {COUNT(OVER ", \"where\": {\"value\": \"[length(field("
                    "'Microsoft.KeyVault/vaults/"
                    "networkAcls.ipRules'))]\", \"equals\": 1}",
               "\"equals\": 2"),
         XY, YES},
        {COUNT("\"value\": [1, 2, 3], \"name\": \"n\", \"where\": {\"value\": \"[current('n')]\", "
               "\"greater\": 1}",
               "\"equals\": 2"),
         "", YES},
        {COUNT("\"value\": [\"x\", \"z\"], \"name\": \"n\", \"where\": " COUNT(
                   OVER ", \"where\": {\"field\": " VALUES ", \"equals\": \"[current('n')]\"}",
                   "\"greater\": 0"),
               "\"equals\": 1"),
         XY, YES},
        {COUNT("\"value\": \"[field('tags.a')]\"", "\"equals\": 0"), "", "nonCompliant?"},
        {COUNT("\"value\": \"[field('tags.a')]\"", "\"equals\": 0"), "\"tags\": {\"a\": \"b\"}",
         "error?"},
        {COUNT("\"value\": \"[range(0, 101)]\"", "\"greater\": 0"), "", "error"},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    world_end(&w);
}

// --- three results -------------------------------------------------------------------------------

static void test_errors(void **state)
{
    (void)state;
    static const char FAILS[] =
        "{\"value\": \"[substring(field('name'), 0, 5)]\", \"equals\": \"x\"}";
    static const char NAME[] = "\"name\": \"abc\"";
    World w;
    world_start(&w);
    const char *shielded = arena_printf(
        w.c->arena, "{\"allOf\": [{\"field\": \"kind\", \"equals\": \"k\"}, %s]}", FAILS);
    const char *decided = arena_printf(
        w.c->arena, "{\"anyOf\": [%s, {\"field\": \"name\", \"exists\": true}]}", FAILS);
    const char *negated = arena_printf(w.c->arena, "{\"not\": %s}", FAILS);
    expect(&w, &(Case){FAILS, NAME, "error?"});
    expect(&w, &(Case){negated, NAME, "error?"});
    expect(&w, &(Case){shielded, NAME, "compliant?"});
    expect(&w, &(Case){decided, NAME, "nonCompliant?"});
    expect(&w,
           &(Case){"{\"value\": \"[if(true(), 'a', substring('x', 5, 1))]\", \"equals\": \"a\"}",
                   NAME, YES});
    EvalResult r;
    run(&w, FAILS, NAME, &r);
    assert_string_equal(data_get(&r.details, STR("atRequest"))->text, "deny");
    w.in.scan = true;
    run(&w, FAILS, NAME, &r);
    assert_int_equal(r.details.kind, DATA_MISSING);
    w.in.scan = false;
    w.semantics = SEMANTICS_DOCUMENTED;
    expect(&w, &(Case){shielded, NAME, "error?"});
    static const char *const WRONG[] = {"\"like\": null",      "\"like\": \"*a*\"",
                                        "\"match\": []",       "\"notContains\": null",
                                        "\"containsKey\": {}", "\"exists\": \"maybe\""};
    for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++) {
        const char *behind = arena_printf(w.c->arena,
                                          "{\"anyOf\": [{\"field\": \"name\", \"exists\": true}, "
                                          "{\"field\": \"name\", %s}]}",
                                          WRONG[i]);
        expect(&w, &(Case){behind, NAME, "error?"});
    }
    const char *unnamed = "{\"anyOf\": [{\"field\": \"name\", \"exists\": true}, "
                          "{\"value\": \"[empty(equals(field('name'), ''))]\", \"equals\": true}]}";
    expect(&w, &(Case){unnamed, NAME, "error?"});
    w.semantics = SEMANTICS_ENGINE;
    expect(&w, &(Case){FAILS, NAME, "compliant?"});
    expect(&w, &(Case){"{\"field\": \"kind\", \"equals\": \"[int('x')]\"}", NAME, "compliant?"});
    expect(&w,
           &(Case){"{\"field\": \"kind\", \"notEquals\": \"[int('x')]\"}", NAME, "nonCompliant?"});
    expect(&w, &(Case){"{\"field\": \"A.B/c/d\", \"exists\": false}", NAME, "error"});
    world_end(&w);
}

static void test_time(void **state)
{
    (void)state;
    World w;
    world_start(&w);
    w.in.now = "2026-08-22T10:00:00+02:00";
    expect(&w, &(Case){"{\"value\": \"[utcNow()]\", \"equals\": \"2026-08-22T08:00:00.0000000Z\"}",
                       "", YES});
    world_end(&w);
}

// --- applicability -------------------------------------------------------------------------------

static void test_applicability(void **state)
{
    (void)state;
#define DEFINITION(mode, effect, condition)                                                        \
    "{\"mode\": \"" mode "\", \"policyRule\": {\"if\": " condition                                 \
    ", \"then\": {\"effect\": \"" effect "\"}}}"
#define TYPE(t) "{\"field\": \"type\", \"equals\": \"" t "\"}"
#define AND(x, y) "{\"allOf\": [" x ", " y "]}"
#define KIND "{\"field\": \"kind\", \"equals\": \"k\"}"
#define TAGGED "{\"field\": \"tags.x\", \"exists\": true}"
    static const Case CASES[] = {
        {DEFINITION("All", "audit", AND(TYPE("A.B/c"), TAGGED)), "\"type\": \"A.B/d\"",
         "notApplicable"},
        {DEFINITION("All", "audit", AND(TYPE("A.B/c"), TAGGED)), "\"type\": \"a.b/C\"", NO},
        {DEFINITION("All", "audit", "{\"not\": " AND(TYPE("A.B/c"), TAGGED) "}"),
         "\"type\": \"A.B/c\"", YES},
        {DEFINITION("All", "audit", "{\"not\": " TYPE("A.B/c") "}"), "\"type\": \"A.B/c\"",
         "notApplicable"},
        {DEFINITION("All", "audit", KIND), "\"type\": \"A.B/c\"", NO},
        {DEFINITION("All", "audit", AND(TYPE("A.B/c"), KIND)), "\"type\": \"A.B/c\"", NO},
        {DEFINITION("All", "audit", AND(AND(TYPE("A.B/c"), KIND), TAGGED)), "\"type\": \"A.B/c\"",
         "notApplicable"},
        {DEFINITION("All", "disabled", TYPE("A.B/c")), "\"type\": \"A.B/c\"", NO},
        {DEFINITION("All", "audit", TAGGED), "\"type\": \"Microsoft.Resources/deployments\"",
         "notApplicable"},
        {DEFINITION("All", "audit", TAGGED), "\"type\": \"Microsoft.Resources/subscriptions\"", NO},
        {DEFINITION("All", "audit", "{\"field\": \"location\", \"equals\": \"x\"}"),
         "\"type\": \"Microsoft.Resources/subscriptions\"", "notApplicable"},
        {DEFINITION("Indexed", "audit", TAGGED),
         "\"type\": \"Microsoft.Resources/subscriptions/resourceGroups\"", "notApplicable"},
        {DEFINITION("Indexed", "audit", TAGGED),
         "\"type\": \"Microsoft.Network/virtualNetworks/subnets\"", "notApplicable"},
        {DEFINITION("Indexed", "audit", TAGGED), "\"type\": \"Microsoft.Network/virtualNetworks\"",
         NO},
        {DEFINITION("Microsoft.KeyVault.Data", "audit", TAGGED), "\"type\": \"A.B/c\"", "unknown"},
        {"{\"policyType\": \"Static\", \"policyRule\": {\"if\": " TAGGED
         ", \"then\": {\"effect\": \"audit\"}}}",
         "", "notApplicable"},
        {"{\"field\": \"Microsoft.KeyVault/vaults/nothing.such\", \"exists\": false}",
         "\"type\": \"Microsoft.KeyVault/vaults\"", "notApplicable"},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    w.in.scan = true;
    expect(&w,
           &(Case){
               "{\"value\": \"[tryGet(requestContext().identity, 'idtyp')]\", \"equals\": \"app\"}",
               "", "notApplicable"});
    expect(
        &w,
        &(Case){"{\"value\": \"[tryGet(requestContext(), 'identity', 'idtyp')]\", \"equals\": 1}",
                "", "notApplicable"});
    expect(&w, &(Case){"{\"value\": \"[requestContext()['identity']]\", \"exists\": true}", "",
                       "notApplicable"});
    world_end(&w);
}

static void test_index(void **state)
{
    (void)state;
    World w;
    world_start(&w);
    EvalPolicy *policies[] = {
        prepare(&w, TYPE("A.B/c")),
        prepare(&w, TAGGED),
        prepare(&w, "{\"not\": {\"field\": \"type\", \"notIn\": [\"A.B/c\", \"A.B/d\"]}}"),
        prepare(&w, "{\"anyOf\": [" TYPE("A.B/e") ", " AND(TYPE("A.B/c"), TAGGED) "]}"),
    };
    EvalIndex *index = eval_index(w.c->arena, policies, 4);
    const uint32_t *n;
    assert_int_equal(eval_candidates(index, STR("a.B/C"), &n), 4);
    assert_int_equal(eval_candidates(index, STR("A.B/d"), &n), 2);
    assert_int_equal(n[0], 1);
    assert_int_equal(n[1], 2);
    assert_int_equal(eval_candidates(index, STR("X.Y/z"), &n), 1);
    assert_int_equal(eval_candidates(index, STR(""), &n), 1);
    world_end(&w);
}

// --- effects -------------------------------------------------------------------------------------

static void expect_details(World *w, const char *rule, const char *resource, const char *effect,
                           const char *details, const char *after)
{
    EvalResult r;
    Buf text = {0};
    run(w, rule, resource, &r);
    assert_string_equal(r.effect ? r.effect : "", effect);
    if (r.details.kind != DATA_MISSING)
        data_print(&text, &r.details);
    assert_string_equal(text.n ? text.p : "", details);
    buf_reset(&text);
    if (r.resource.kind != DATA_MISSING)
        data_print(&text, &r.resource);
    assert_string_equal(text.n ? text.p : "", after);
    buf_free(&text);
}

#define MODIFY(conflict, operations)                                                               \
    "{\"if\": {\"allOf\": []}, \"then\": {\"effect\": \"modify\", \"details\": {"                  \
    "\"roleDefinitionIds\": [\"r\"], " conflict "\"operations\": [" operations "]}}}"
#define OPERATION(op, field, value)                                                                \
    "{\"operation\": \"" op "\", \"field\": \"" field "\", \"value\": " value "}"

static void test_modify(void **state)
{
    (void)state;
    World w;
    world_start(&w);
    expect_details(&w, MODIFY("", OPERATION("addOrReplace", "tags.a", "\"x\"")), "\"name\": \"n\"",
                   "modify",
                   "{\"roleDefinitionIds\":[\"r\"],\"operations\":[{\"operation\":\"addOrReplace\","
                   "\"field\":\"tags.a\",\"value\":\"x\"}]}",
                   "{\"name\":\"n\",\"tags\":{\"a\":\"x\"}}");
    expect_details(
        &w,
        MODIFY("", OPERATION("add", "tags.a", "\"x\"") ", {\"operation\": \"remove\", "
                                                       "\"field\": \"tags.b\"}"),
        "\"tags\": {\"A\": \"y\", \"b\": \"z\"}", "modify",
        "{\"roleDefinitionIds\":[\"r\"],\"operations\":[{\"operation\":\"add\",\"field\":"
        "\"tags.a\",\"value\":\"x\",\"skipped\":\"it is there already\"},{\"operation\":"
        "\"remove\",\"field\":\"tags.b\"}]}",
        "{\"tags\":{\"A\":\"y\"}}");
    expect_details(
        &w,
        MODIFY("",
               OPERATION("addOrReplace", "Microsoft.KeyVault/vaults/networkAcls.bypass", "\"x\"")),
        "\"type\": \"Microsoft.KeyVault/vaults\", \"properties\": {}", "modify",
        "{\"roleDefinitionIds\":[\"r\"],\"operations\":[{\"operation\":\"addOrReplace\",\"field\":"
        "\"Microsoft.KeyVault/vaults/networkAcls.bypass\",\"value\":\"x\",\"skipped\":\"what it is "
        "part of is not there\"}]}",
        "");
    expect_details(
        &w,
        MODIFY("\"conflictEffect\": \"audit\", ",
               OPERATION("addOrReplace", "Microsoft.KeyVault/vaults/networkAcls.bypass", "\"x\"")),
        "\"type\": \"A.B/c\"", "modify",
        "{\"roleDefinitionIds\":[\"r\"],\"operations\":[{\"operation\":\"addOrReplace\","
        "\"field\":\"Microsoft.KeyVault/vaults/networkAcls.bypass\",\"value\":\"x\","
        "\"skipped\":\"resources of this type have no such property\"}],\"conflict\":"
        "\"audit\"}",
        "");
    expect_details(&w, MODIFY("", OPERATION("addOrReplace", "identity.type", "\"SystemAssigned\"")),
                   "", "modify",
                   "{\"roleDefinitionIds\":[\"r\"],\"operations\":[{\"operation\":\"addOrReplace\","
                   "\"field\":\"identity.type\",\"value\":\"SystemAssigned\"}]}",
                   "{\"identity\":{\"type\":\"SystemAssigned\"}}");
    world_end(&w);
}

#define APPEND(field, value)                                                                       \
    "{\"if\": {\"allOf\": []}, \"then\": {\"effect\": \"append\", \"details\": "                   \
    "[{\"field\": " field ", \"value\": " value "}]}}"

static void test_append(void **state)
{
    (void)state;
    World w;
    world_start(&w);
    expect_details(&w, APPEND("\"tags.a\"", "\"x\""), "\"tags\": {}", "append",
                   "[{\"field\":\"tags.a\",\"value\":\"x\"}]", "{\"tags\":{\"a\":\"x\"}}");
    expect_details(&w, APPEND("\"tags.a\"", "\"x\""), "\"tags\": {\"a\": \"y\"}", "append",
                   "[{\"field\":\"tags.a\",\"value\":\"x\",\"denied\":\"the request has another "
                   "value\"}]",
                   "");
    expect_details(&w, APPEND(RULES, "{\"value\": \"z\"}"), VNET "[{\"value\": \"x\"}]}}", "append",
                   "[{\"field\":" RULES ",\"value\":{\"value\":\"z\"}}]",
                   "{\"type\":\"Microsoft.KeyVault/vaults\",\"properties\":{\"networkAcls\":{"
                   "\"ipRules\":[{\"value\":\"x\"},{\"value\":\"z\"}]}}}");
    world_end(&w);
}

#define IF_NOT_EXISTS(effect, more)                                                                \
    "{\"if\": {\"field\": \"type\", \"equals\": \"Microsoft.Sql/servers\"}, \"then\": "            \
    "{\"effect\": \"" effect                                                                       \
    "\", \"details\": {\"type\": \"Microsoft.Sql/servers/auditingSettings\"" more "}}}"
#define SERVER "\"type\": \"Microsoft.Sql/servers\", \"name\": \"s\""

static void test_related(void **state)
{
    (void)state;
    static const char AUDITED[] =
        IF_NOT_EXISTS("auditIfNotExists",
                      ", \"name\": \"default\", \"existenceCondition\": {\"allOf\": [{\"field\": "
                      "\"Microsoft.Sql/servers/auditingSettings/state\", \"equals\": \"Enabled\"}, "
                      "{\"value\": \"[field('name')]\", \"equals\": \"s\"}]}");
    static const char DEPLOYED[] = IF_NOT_EXISTS(
        "deployIfNotExists",
        ", \"roleDefinitionIds\": [\"r\"], \"deployment\": {\"properties\": {\"mode\": "
        "\"incremental\", \"template\": {\"resources\": \"[variables('x')]\"}, \"parameters\": "
        "{\"name\": {\"value\": \"[field('name')]\"}}}}");
    World w;
    world_start(&w);
    expect(&w, &(Case){AUDITED, SERVER, "unknown"});
    w.related = "[]";
    expect(&w, &(Case){AUDITED, SERVER, YES});
    expect(&w, &(Case){AUDITED, "\"type\": \"A.B/c\"", "notApplicable"});
    w.related = "null";
    expect(&w, &(Case){AUDITED, SERVER, "unknown"});
    w.related =
        "[{\"name\": \"x\", \"properties\": {\"state\": \"Enabled\"}}, {\"name\": \"default\", "
        "\"properties\": {\"state\": \"Off\"}}]";
    expect(&w, &(Case){AUDITED, SERVER, YES});
    w.related =
        "[{\"name\": \"x\"}, {\"name\": \"default\", \"properties\": {\"state\": \"enabled\"}}]";
    expect(&w, &(Case){AUDITED, SERVER, NO});
    w.related = "[]";
    expect_details(&w, DEPLOYED, SERVER, "deployIfNotExists",
                   "{\"type\":\"Microsoft.Sql/servers/auditingSettings\",\"related\":0,"
                   "\"roleDefinitionIds\":[\"r\"],\"deployment\":{\"properties\":{\"mode\":"
                   "\"incremental\",\"template\":{\"resources\":\"[variables('x')]\"},"
                   "\"parameters\":{\"name\":{\"value\":\"s\"}}}}}",
                   "");
    world_end(&w);
}

#define SERVER_ITSELF(name)                                                                        \
    "{\"if\": {\"field\": \"type\", \"equals\": \"Microsoft.Sql/servers\"}, \"then\": "            \
    "{\"effect\": "                                                                                \
    "\"auditIfNotExists\", \"details\": {\"type\": \"Microsoft.Sql/servers\"" name                 \
    ", \"existenceCondition\": {\"field\": \"Microsoft.Sql/servers/minimalTlsVersion\", "          \
    "\"equals\": "                                                                                 \
    "\"1.2\"}}}}"

// A server of that name is the one judged: nobody has to say which others there are.
static void test_related_to_itself(void **state)
{
    (void)state;
    static const char NAMED[] = SERVER_ITSELF(", \"name\": \"[field('name')]\"");
    static const char ANY[] = SERVER_ITSELF("");
    World w;
    world_start(&w);
    expect(&w, &(Case){NAMED, SERVER, YES});
    expect(&w, &(Case){NAMED, SERVER ", \"properties\": {\"minimalTlsVersion\": \"1.2\"}", NO});
    expect(&w, &(Case){ANY, SERVER, "unknown"});
    world_end(&w);
}

static void test_other_effects(void **state)
{
    (void)state;
#define EFFECT(effect, details)                                                                    \
    "{\"if\": {\"allOf\": []}, \"then\": {\"effect\": \"" effect "\", \"details\": {" details "}}" \
    "}"
    static const Case CASES[] = {
        {EFFECT("denyAction", "\"actionNames\": [\"delete\"]"), "", "protected"},
        {EFFECT("manual", "\"defaultState\": \"Unknown\""), "", "unknown"},
        {EFFECT("manual", "\"defaultState\": \"NonCompliant\""), "", YES},
        {EFFECT("manual", "\"defaultState\": \"Compliant\""), "", NO},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    world_end(&w);
}

// --- parameters ----------------------------------------------------------------------------------

static void test_parameters(void **state)
{
    (void)state;
#define WITH(parameters)                                                                           \
    "{\"mode\": \"All\", \"parameters\": {" parameters                                             \
    "}, \"policyRule\": {\"if\": {\"field\": \"kind\", \"equals\": \"[parameters('p')]\"}, "       \
    "\"then\": {\"effect\": \"audit\"}}}"
    static const struct {
        const char *rule, *parameters, *expected;
    } CASES[] = {
        {WITH("\"p\": {\"type\": \"String\"}"), "{\"p\": \"k\"}", YES},
        {WITH("\"p\": {\"type\": \"String\"}"), "{\"P\": \"k\"}", YES},
        {WITH("\"p\": {\"type\": \"String\"}"), "{}", "error"},
        {WITH("\"p\": {\"type\": \"String\"}"), "{\"p\": 1}", "error"},
        {WITH("\"p\": {\"type\": \"String\"}"), "{\"p\": \"k\", \"q\": 1}", "error"},
        {WITH("\"p\": {\"type\": \"String\", \"defaultValue\": \"k\"}"), "{}", YES},
        {WITH("\"p\": {\"type\": \"String\", \"defaultValue\": \"[concat('k')]\"}"), "{}", NO},
        {WITH("\"p\": {\"type\": \"String\", \"allowedValues\": [\"K\"]}"), "{\"p\": \"k\"}",
         "error"},
        {WITH("\"p\": {\"type\": \"String\", \"allowedValues\": [\"K\"]}"), "{\"p\": \"K\"}", YES},
    };
    World w;
    world_start(&w);
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES)[0]; i++) {
        w.parameters = CASES[i].parameters;
        expect(&w, &(Case){CASES[i].rule, "\"kind\": \"k\"", CASES[i].expected});
    }
    w.semantics = SEMANTICS_ENGINE; // checks nothing; what has no value is nothing
    w.parameters = "{\"p\": \"k\", \"q\": 1}";
    expect(&w, &(Case){WITH("\"p\": {\"type\": \"Integer\", \"allowedValues\": [1]}"),
                       "\"kind\": \"k\"", YES});
    w.parameters = "{}";
    expect(&w, &(Case){WITH("\"p\": {\"type\": \"String\"}"), "\"kind\": \"k\"", "compliant?"});
    world_end(&w);
}

// --- aliases and the trace -----------------------------------------------------------------------

static void test_listing(void **state)
{
    (void)state;
    static const char LISTING[] =
        "[{\"namespace\": \"Contoso.Demo\", \"resourceTypes\": [{\"resourceType\": \"widgets\", "
        "\"aliases\": [{\"name\": \"Contoso.Demo/widgets/parts[*].colour\", \"defaultPath\": "
        "\"properties.parts[*].properties.colour\", \"paths\": [{\"path\": "
        "\"properties.oldParts[*].colour\", \"apiVersions\": [\"2021-06-01\"]}]}, {\"name\": "
        "\"Contoso.Demo/widgets/parts[*]\", \"defaultPath\": \"properties.parts[*]\"}, "
        "{\"name\": \"Contoso.Demo/widgets/maker\", \"defaultPath\": \"properties.partId\", "
        "\"defaultPattern\": {\"phrase\": \"/makers/{maker}\", \"variable\": \"{maker}\"}}]}]}]";
    static const char WIDGET[] =
        "\"type\": \"contoso.demo/Widgets\", \"properties\": {\"partId\": \"/x/Makers/acme/y\", "
        "\"parts\": [{\"properties\": {\"colour\": \"red\"}}], \"oldParts\": [{\"colour\": "
        "\"blue\"}]}";
    static const char COLOUR[] =
        "{\"field\": \"Contoso.Demo/widgets/parts[*].colour\", \"equals\": \"red\"}";
    World w;
    world_start(&w);
    Data d = read_data(w.c->arena, LISTING);
    const char *error = NULL;
    w.aliases = aliases_read(w.c->arena, &d, &error);
    assert_non_null(w.aliases);
    expect(&w, &(Case){COLOUR, WIDGET, YES});
    w.in.api_version = "2021-06-01";
    expect(&w, &(Case){COLOUR, WIDGET, NO});
    w.in.api_version = NULL;
    expect(&w,
           &(Case){"{\"field\": \"Contoso.Demo/widgets/parts\", \"exists\": true}", WIDGET, YES});
    expect(&w, &(Case){"{\"field\": \"Contoso.Demo/widgets/maker\", \"equals\": \"acme\"}", WIDGET,
                       YES});
    d = read_data(w.c->arena, "[{\"resourceTypes\": 1}]");
    assert_null(aliases_read(w.c->arena, &d, &error));
    assert_non_null(error);
    world_end(&w);
}

static void test_old_aliases(void **state)
{
    (void)state;
    static const char PUBLISHER[] =
        "{\"field\": \"Microsoft.Compute/imagePublisher\", \"equals\": \"Canonical\"}";
    static const Case CASES[] = {
        {"{\"value\": 1, \"equals\": 1}", "", YES},
        {PUBLISHER,
         "\"type\": \"Microsoft.Compute/virtualMachines\", \"properties\": {\"storageProfile\": "
         "{\"imageReference\": {\"publisher\": \"canonical\"}}}",
         YES},
        {PUBLISHER,
         "\"type\": \"Microsoft.Compute/disks\", \"properties\": {\"creationData\": "
         "{\"imageReference\": "
         "{\"id\": \"/Locations/x/Publishers/Canonical/Offers/y\"}}}",
         YES},
        {PUBLISHER, "\"type\": \"Microsoft.Compute/images\"", NO},
    };
    World w;
    world_start(&w);
    EXPECT_ALL(&w, CASES);
    world_end(&w);
}

static void test_trace(void **state)
{
    (void)state;
    World w;
    world_start(&w);
    eval_scratch_trace(w.scratch, true);
    EvalResult r;
    run(&w,
        "{\"allOf\": [{\"field\": \"kind\", \"equals\": \"k\"}, {\"field\": " VALUES
        ", \"equals\": \"x\"}, {\"count\": {\"field\": " RULES ", \"where\": {\"field\": " VALUES
        ", \"equals\": \"y\"}}, \"equals\": 1}]}",
        XY, &r);
    static const struct {
        const char *path;
        Truth truth;
        uint32_t depth;
    } STEPS[] = {
        {"kind", TRUTH_FALSE, 0},
        {"properties.networkAcls.ipRules[0].value", TRUTH_TRUE, 0},
        {"properties.networkAcls.ipRules[1].value", TRUTH_FALSE, 0},
        {"properties.networkAcls.ipRules[0].value", TRUTH_FALSE, 1},
        {"properties.networkAcls.ipRules[1].value", TRUTH_TRUE, 1},
        {"", TRUTH_TRUE, 0},
    };
    assert_int_equal(r.steps.len, sizeof(STEPS) / sizeof(STEPS)[0]);
    for (uint32_t i = 0; i < r.steps.len; i++) {
        const EvalStep *s = &r.steps.items[i];
        assert_string_equal(s->path ? s->path : "", STEPS[i].path);
        assert_int_equal(s->truth, STEPS[i].truth);
        assert_int_equal(s->depth, STEPS[i].depth);
    }
    assert_int_equal(r.steps.items[5].actual.integer, 1);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_fields),  cmocka_unit_test(test_names),
        cmocka_unit_test(test_every),         cmocka_unit_test(test_time),
        cmocka_unit_test(test_counts),        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_applicability), cmocka_unit_test(test_index),
        cmocka_unit_test(test_modify),        cmocka_unit_test(test_append),
        cmocka_unit_test(test_related),       cmocka_unit_test(test_related_to_itself),
        cmocka_unit_test(test_other_effects), cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_listing),       cmocka_unit_test(test_old_aliases),
        cmocka_unit_test(test_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
