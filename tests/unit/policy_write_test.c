// policy_write_test.c - the JSON of the policy model, byte by byte.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/hash.h"
#include "policy/fingerprint.h"
#include "policy/write.h"

#define GROUP "/providers/Microsoft.Management/managementGroups/contoso"
#define LONG "Microsoft.CognitiveServices/accounts/encryption.keyVaultProperties.keyVaultUri"

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

static void text_is(Buf *b, const char *text)
{
    assert_string_equal(b->p, text);
    buf_free(b);
}

static void condition_is(const Condition *c, const char *text)
{
    Buf b = {0};
    condition_print(&b, c);
    text_is(&b, text);
}

static void value_is(const Value *v, const char *text)
{
    Buf b = {0};
    value_print(&b, v);
    text_is(&b, text);
}

static Value *texts(Arena *a, size_t count, const char *text)
{
    Value *v = value_array(a);
    for (size_t i = 0; i < count; i++)
        value_push(a, v, value_string(a, text));
    return v;
}

static void leaves_stand_on_one_line_where_they_fit(void **state)
{
    Arena *a = *state;
    condition_is(condition_field(a, "type", OPERATOR_EQUALS, value_string(a, "A/b")),
                 "{ \"field\": \"type\", \"equals\": \"A/b\" }\n");
    condition_is(condition_field(a, LONG, OPERATOR_NOT_EQUALS, value_string(a, "Disabled")),
                 "{\n"
                 "  \"field\": \"" LONG "\",\n"
                 "  \"notEquals\": \"Disabled\"\n"
                 "}\n");
    condition_is(condition_field(a, "kind", OPERATOR_IN, texts(a, 2, "Hub")),
                 "{ \"field\": \"kind\", \"in\": [\"Hub\", \"Hub\"] }\n");
    condition_is(condition_field(a, "kind", OPERATOR_IN, texts(a, 12, "Hub")),
                 "{\n"
                 "  \"field\": \"kind\",\n"
                 "  \"in\": [\"Hub\", \"Hub\", \"Hub\", \"Hub\", \"Hub\", \"Hub\", \"Hub\", "
                 "\"Hub\", \"Hub\", \"Hub\", \"Hub\", \"Hub\"]\n"
                 "}\n");
}

// { "field": "x", "equals": "…" } takes 30 characters besides the text; a comma may follow.
static void the_hundredth_column_is_the_last(void **state)
{
    Arena *a = *state;
    char text[74] = {0};
    memset(text, 'v', 69);
    Buf b = {0};
    condition_print(&b, condition_field(a, "x", OPERATOR_EQUALS, value_string(a, text)));
    assert_int_equal(b.n, 100); // with its line feed
    buf_reset(&b);
    text[69] = 'v';
    condition_print(&b, condition_field(a, "x", OPERATOR_EQUALS, value_string(a, text)));
    assert_ptr_equal(strstr(b.p, "{\n"), b.p);
    buf_free(&b);
}

static void groups_and_counts_stand_on_lines(void **state)
{
    Arena *a = *state;
    Condition *count = condition_leaf(a, CONDITION_COUNT_FIELD, value_string(a, "A/b/c[*]"),
                                      OPERATOR_GREATER, value_int(a, 0));
    Condition *any = condition_group(a, CONDITION_ANY_OF);
    condition_push(a, any, count);
    condition_push(
        a, any, condition_not(a, condition_field(a, "name", OPERATOR_EXISTS, value_bool(a, true))));
    Condition *walk = condition_leaf(a, CONDITION_COUNT_VALUE,
                                     value_arm(a, arm_call(a, "parameters", 1, arm_string(a, "l"))),
                                     OPERATOR_EQUALS, value_int(a, 0));
    walk->name = "x";
    walk->where = condition_leaf(a, CONDITION_VALUE,
                                 value_arm(a, arm_call(a, "current", 1, arm_string(a, "x"))),
                                 OPERATOR_LIKE, value_string(a, "*\"quoted\"\n"));
    condition_push(a, any, walk);
    condition_is(any, "{\n"
                      "  \"anyOf\": [\n"
                      "    { \"count\": { \"field\": \"A/b/c[*]\" }, \"greater\": 0 },\n"
                      "    { \"not\": { \"field\": \"name\", \"exists\": true } },\n"
                      "    {\n"
                      "      \"count\": {\n"
                      "        \"value\": \"[parameters('l')]\",\n"
                      "        \"name\": \"x\",\n"
                      "        \"where\": { \"value\": \"[current('x')]\", \"like\": "
                      "\"*\\\"quoted\\\"\\n\" }\n"
                      "      },\n"
                      "      \"equals\": 0\n"
                      "    }\n"
                      "  ]\n"
                      "}\n");
}

static void empty_groups_are_said_with_a_value(void **state)
{
    Arena *a = *state;
    condition_is(condition_group(a, CONDITION_ALL_OF), "{ \"value\": true, \"equals\": true }\n");
    condition_is(condition_group(a, CONDITION_ANY_OF), "{ \"value\": true, \"equals\": false }\n");
}

static void values_print_on_one_line(void **state)
{
    Arena *a = *state;
    Value *o = value_object(a);
    value_is(o, "{}");
    value_is(value_array(a), "[]");
    value_set(a, o, "none", value_null(a));
    value_set(a, o, "low", value_int(a, INT64_MIN));
    value_set(a, o, "ratio", value_float(a, "1.50"));
    value_set(a, o, "list", texts(a, 2, "é\x01"));
    value_set(a, o, "empty", value_object(a));
    value_is(o, "{ \"none\": null, \"low\": -9223372036854775808, \"ratio\": 1.50, "
                "\"list\": [\"é\\u0001\", \"é\\u0001\"], \"empty\": {} }");
}

static void literals_that_look_like_expressions_are_escaped(void **state)
{
    Arena *a = *state;
    value_is(value_string(a, "[x]"), "\"[[x]\"");
    value_is(value_string(a, "[[x]"), "\"[[[x]\"");
    value_is(value_string(a, "[]"), "\"[[]\"");
    value_is(value_string(a, "["), "\"[\"");
    value_is(value_string(a, "[x"), "\"[x\"");
    value_is(value_string(a, " [x]"), "\" [x]\"");
    value_is(value_arm(a, arm_call(a, "utcNow", 0)), "\"[utcNow()]\"");
}

// --- definitions -----------------------------------------------------------------------------

static PolicyDefinition *definition(Arena *a)
{
    PolicyDefinition *d = ARENA_NEW(a, PolicyDefinition);
    d->name = "contoso-closed";
    d->display_name = "Accounts are closed";
    d->description = "[why]";
    d->mode = "Indexed";
    d->version = "1.0.0";
    d->metadata = value_object(a);
    value_set(a, d->metadata, "category", value_string(a, "[AI]"));
    PolicyParameter effect = {.name = "effect",
                              .type = "String",
                              .display_name = "Effect",
                              .allowed = value_array(a),
                              .initial = value_string(a, "deny"),
                              .span = {20, 30}};
    value_push(a, effect.allowed, value_string(a, "deny"));
    value_push(a, effect.allowed, value_string(a, "disabled"));
    vec_push(a, &d->parameters, effect);
    Condition *all = condition_group(a, CONDITION_ALL_OF);
    condition_push(a, all,
                   condition_field(a, "type", OPERATOR_EQUALS, value_string(a, "A/accounts")));
    condition_push(
        a, all,
        condition_field(a, "A/accounts/access", OPERATOR_NOT_EQUALS, value_string(a, "[Off]")));
    all->span = (Span){40, 60};
    all->children.items[0]->span = (Span){40, 60}; // the same place as the group
    all->children.items[1]->span = (Span){50, 60};
    d->condition = all;
    d->effect = value_arm(a, arm_call(a, "parameters", 1, arm_string(a, "effect")));
    d->span = (Span){10, 90};
    return d;
}

static void a_definition_is_a_rest_body(void **state)
{
    Buf b = {0};
    write_definition(&b, definition(*state), (WriteOptions){0});
    text_is(&b, "{\n"
                "  \"properties\": {\n"
                "    \"displayName\": \"Accounts are closed\",\n"
                "    \"policyType\": \"Custom\",\n"
                "    \"mode\": \"Indexed\",\n"
                "    \"description\": \"[why]\",\n"
                "    \"version\": \"1.0.0\",\n"
                "    \"metadata\": { \"category\": \"[AI]\" },\n"
                "    \"parameters\": {\n"
                "      \"effect\": {\n"
                "        \"type\": \"String\",\n"
                "        \"metadata\": { \"displayName\": \"Effect\" },\n"
                "        \"allowedValues\": [\"deny\", \"disabled\"],\n"
                "        \"defaultValue\": \"deny\"\n"
                "      }\n"
                "    },\n"
                "    \"policyRule\": {\n"
                "      \"if\": {\n"
                "        \"allOf\": [\n"
                "          { \"field\": \"type\", \"equals\": \"A/accounts\" },\n"
                "          { \"field\": \"A/accounts/access\", \"notEquals\": \"[[Off]\" }\n"
                "        ]\n"
                "      },\n"
                "      \"then\": { \"effect\": \"[parameters('effect')]\" }\n"
                "    }\n"
                "  }\n"
                "}\n");
}

static void a_template_takes_one_bracket_more(void **state)
{
    Buf b = {0};
    write_definition(&b, definition(*state), (WriteOptions){.for_template = true});
    assert_non_null(strstr(b.p, "\"description\": \"[[why]\""));
    assert_non_null(strstr(b.p, "{ \"category\": \"[[AI]\" }"));
    assert_non_null(strstr(b.p, "\"notEquals\": \"[[[Off]\""));
    assert_non_null(strstr(b.p, "\"effect\": \"[[parameters('effect')]\""));
    buf_free(&b);
}

static void the_map_names_each_place_once(void **state)
{
    Arena *a = *state;
    SourceMap map = {0};
    Buf b = {0};
    write_definition(&b, definition(a), (WriteOptions){.arena = a, .map = &map});
    buf_free(&b);
    static const PointerSpan EXPECTED[] = {
        {"", {10, 90}},
        {"/properties/parameters/effect", {20, 30}},
        {"/properties/policyRule/if", {40, 60}},
        {"/properties/policyRule/if/allOf/1", {50, 60}},
    };
    assert_int_equal(map.len, sizeof EXPECTED / sizeof EXPECTED[0]);
    for (uint32_t i = 0; i < map.len; i++) {
        assert_string_equal(map.items[i].pointer, EXPECTED[i].pointer);
        assert_int_equal(map.items[i].span.start, EXPECTED[i].span.start);
        assert_int_equal(map.items[i].span.end, EXPECTED[i].span.end);
    }
}

static void pointers_escape_their_keys(void **state)
{
    Arena *a = *state;
    PolicyDefinition *d = definition(a);
    d->details.kind = DETAILS_OTHER;
    d->details.other = value_object(a);
    Value *v = value_object(a);
    v->span = (Span){70, 71};
    value_set(a, d->details.other, "a/b~c", v);
    SourceMap map = {0};
    Buf b = {0};
    write_definition(&b, d, (WriteOptions){.arena = a, .map = &map});
    buf_free(&b);
    assert_string_equal(map.items[map.len - 1].pointer,
                        "/properties/policyRule/then/details/a~1b~0c");
}

static void the_fingerprint_is_of_the_body_without_it(void **state)
{
    Arena *a = *state;
    PolicyDefinition *d = definition(a);
    static const char BODY[] =
        "{\"properties\":{\"displayName\":\"Accounts are closed\",\"policyType\":\"Custom\","
        "\"mode\":\"Indexed\",\"description\":\"[why]\",\"version\":\"1.0.0\",\"metadata\":{"
        "\"category\":\"[AI]\"},\"parameters\":{\"effect\":{\"type\":\"String\",\"metadata\":{"
        "\"displayName\":\"Effect\"},\"allowedValues\":[\"deny\",\"disabled\"],\"defaultValue\":"
        "\"deny\"}},\"policyRule\":{\"if\":{\"allOf\":[{\"field\":\"type\",\"equals\":\"A/"
        "accounts\"}"
        ",{\"field\":\"A/accounts/access\",\"notEquals\":\"[[Off]\"}]},\"then\":{\"effect\":"
        "\"[parameters('effect')]\"}}}}";
    char hash[65];
    sha256_hex(str_of(BODY), hash);
    hash[FINGERPRINT_DIGITS] = '\0';
    const char *first = policy_fingerprint_definition(a, d);
    assert_string_equal(first, hash);
    value_set(a, d->metadata, "fingerprint", value_string(a, first));
    assert_string_equal(policy_fingerprint_definition(a, d), first);
    d->condition->span = (Span){1, 2};
    assert_string_equal(policy_fingerprint_definition(a, d), first);
    d->version = "1.0.1";
    assert_string_not_equal(policy_fingerprint_definition(a, d), first);
}

// --- details ---------------------------------------------------------------------------------

static void details_are(Arena *a, const Details *details, const char *text)
{
    PolicyDefinition *d = definition(a);
    d->details = *details;
    Buf b = {0};
    write_definition(&b, d, (WriteOptions){0});
    const char *at = strstr(b.p, "\"details\": ");
    assert_non_null(at);
    assert_memory_equal(at, text, strlen(text));
    buf_free(&b);
}

static void modify_lists_operations(void **state)
{
    Arena *a = *state;
    Details d = {.kind = DETAILS_MODIFY, .conflict_effect = "audit"};
    vec_push(a, &d.role_ids, "/providers/Microsoft.Authorization/roleDefinitions/r");
    Arm *request = arm_member(a, arm_call(a, "requestContext", 0), "apiVersion");
    Arm *newer = arm_call(a, "greater", 2, request, arm_string(a, "2021-04-01"));
    Operation set = {.operation = "addOrReplace",
                     .field = value_string(a, "A/b/c"),
                     .value = value_null(a),
                     .condition = value_arm(a, newer)};
    Operation removal = {.operation = "remove", .field = value_string(a, "tags['x']")};
    vec_push(a, &d.operations, set);
    vec_push(a, &d.operations, removal);
    details_are(
        a, &d,
        "\"details\": {\n"
        "          \"roleDefinitionIds\": "
        "[\"/providers/Microsoft.Authorization/roleDefinitions/r\"],"
        "\n"
        "          \"conflictEffect\": \"audit\",\n"
        "          \"operations\": [\n"
        "            {\n"
        "              \"operation\": \"addOrReplace\",\n"
        "              \"field\": \"A/b/c\",\n"
        "              \"value\": null,\n"
        "              \"condition\": \"[greater(requestContext().apiVersion, '2021-04-01')]\"\n"
        "            },\n"
        "            {\n"
        "              \"operation\": \"remove\",\n"
        "              \"field\": \"tags['x']\"\n"
        "            }\n"
        "          ]\n"
        "        }\n");
}

static void deployments_keep_their_template(void **state)
{
    Arena *a = *state;
    Details d = {.kind = DETAILS_IF_NOT_EXISTS,
                 .type = "A/b",
                 .name = value_arm(a, arm_call(a, "field", 1, arm_string(a, "name"))),
                 .existence_scope = "subscription",
                 .evaluation_delay = "PT30M",
                 .deployment_scope = "subscription"};
    d.existence = condition_field(a, "A/b/on", OPERATOR_EQUALS, value_bool(a, true));
    Value *resource = value_object(a), *resources = value_array(a);
    value_set(a, resource, "name", value_string(a, "[odd]"));
    value_set(a, resource, "n", value_int(a, 1));
    value_push(a, resources, resource);
    d.deployment = value_object(a);
    value_set(a, d.deployment, "location", value_string(a, "westeurope"));
    value_set(a, d.deployment, "resources", resources);
    details_are(a, &d,
                "\"details\": {\n"
                "          \"type\": \"A/b\",\n"
                "          \"name\": \"[field('name')]\",\n"
                "          \"existenceScope\": \"subscription\",\n"
                "          \"evaluationDelay\": \"PT30M\",\n"
                "          \"existenceCondition\": { \"field\": \"A/b/on\", \"equals\": true },\n"
                "          \"deploymentScope\": \"subscription\",\n"
                "          \"deployment\": {\n"
                "            \"location\": \"westeurope\",\n"
                "            \"resources\": [\n"
                "              { \"name\": \"[[odd]\", \"n\": 1 }\n"
                "            ]\n"
                "          }\n"
                "        }\n");
}

static void the_other_details(void **state)
{
    Arena *a = *state;
    Details append = {.kind = DETAILS_APPEND};
    vec_push(a, &append.append,
             ((AppendField){.field = value_string(a, "A/b"), .value = value_bool(a, true)}));
    details_are(a, &append,
                "\"details\": [\n          { \"field\": \"A/b\", \"value\": true }\n        ]\n");
    Details deny = {.kind = DETAILS_DENY_ACTION, .cascade = value_string(a, "deny")};
    details_are(a, &deny,
                "\"details\": {\n          \"actionNames\": [\"delete\"],\n"
                "          \"cascadeBehaviors\": { \"resourceGroup\": \"deny\" }\n        }\n");
    Details plain = {.kind = DETAILS_DENY_ACTION};
    details_are(a, &plain, "\"details\": { \"actionNames\": [\"delete\"] }\n");
    Details manual = {.kind = DETAILS_MANUAL, .default_state = "Unknown"};
    details_are(a, &manual, "\"details\": { \"defaultState\": \"Unknown\" }\n");
}

// --- initiatives, assignments, exemptions ----------------------------------------------------

static void an_initiative_names_its_members(void **state)
{
    Arena *a = *state;
    PolicyInitiative in = {.name = "base", .display_name = "Base"};
    InitiativeMember own = {.definition = definition(a), .reference_id = "closed"};
    vec_push(a, &own.groups, "mcsb_NS-2");
    vec_push(a, &own.arguments,
             ((PolicyArgument){.name = "effect", .value = value_string(a, "[deny]")}));
    InitiativeMember builtin = {
        .builtin = "95edb821", .reference_id = "pods", .definition_version = "1.*.*"};
    vec_push(a, &in.members, own);
    vec_push(a, &in.members, builtin);
    vec_push(a, &in.groups, ((InitiativeGroup){.name = "mcsb_NS-2", .category = "mcsb"}));
    Buf b = {0};
    write_initiative(&b, &in, (WriteOptions){.root = GROUP});
    text_is(&b, "{\n"
                "  \"properties\": {\n"
                "    \"displayName\": \"Base\",\n"
                "    \"policyType\": \"Custom\",\n"
                "    \"policyDefinitions\": [\n"
                "      {\n"
                "        \"policyDefinitionId\": \"" GROUP
                "/providers/Microsoft.Authorization/policyDefinitions/contoso-closed\",\n"
                "        \"policyDefinitionReferenceId\": \"closed\",\n"
                "        \"groupNames\": [\"mcsb_NS-2\"],\n"
                "        \"parameters\": {\n"
                "          \"effect\": { \"value\": \"[[deny]\" }\n"
                "        }\n"
                "      },\n"
                "      {\n"
                "        \"policyDefinitionId\": "
                "\"/providers/Microsoft.Authorization/policyDefinitions/95edb821\",\n"
                "        \"policyDefinitionReferenceId\": \"pods\",\n"
                "        \"definitionVersion\": \"1.*.*\"\n"
                "      }\n"
                "    ],\n"
                "    \"policyDefinitionGroups\": [\n"
                "      {\n"
                "        \"name\": \"mcsb_NS-2\",\n"
                "        \"category\": \"mcsb\"\n"
                "      }\n"
                "    ]\n"
                "  }\n"
                "}\n");
    write_initiative(&b, &in, (WriteOptions){0});
    assert_non_null(strstr(b.p, POLICY_ROOT_UNKNOWN "/providers/"));
    buf_free(&b);
}

static void an_assignment_sends_data(void **state)
{
    Arena *a = *state;
    PolicyAssignment as = {.name = "prod",
                           .display_name = "Base, production",
                           .scope = GROUP,
                           .location = "westeurope",
                           .identity = "UserAssigned",
                           .user_identity = "/subscriptions/s/i",
                           .definition_id = "/d",
                           .enforcement = "Default"};
    vec_push(a, &as.not_scopes, "/subscriptions/s/resourceGroups/lab");
    vec_push(a, &as.arguments, ((PolicyArgument){.name = "list", .value = texts(a, 1, "[x]")}));
    vec_push(a, &as.messages, ((NonComplianceMessage){.message = "Close it."}));
    Selector where = {.kind = "resourceLocation", .negated = true};
    vec_push(a, &where.values, "westeurope");
    ResourceSelector only = {.name = "only_1"};
    vec_push(a, &only.selectors, where);
    vec_push(a, &as.selectors, only);
    PolicyOverride o = {.kind = "policyEffect", .value = "audit"};
    vec_push(a, &o.selectors, where);
    vec_push(a, &as.overrides, o);
    Buf b = {0};
    write_assignment(&b, &as, (WriteOptions){0});
    text_is(&b, "{\n"
                "  \"location\": \"westeurope\",\n"
                "  \"identity\": {\n"
                "    \"type\": \"UserAssigned\",\n"
                "    \"userAssignedIdentities\": {\n"
                "      \"/subscriptions/s/i\": {}\n"
                "    }\n"
                "  },\n"
                "  \"properties\": {\n"
                "    \"displayName\": \"Base, production\",\n"
                "    \"policyDefinitionId\": \"/d\",\n"
                "    \"enforcementMode\": \"Default\",\n"
                "    \"notScopes\": [\"/subscriptions/s/resourceGroups/lab\"],\n"
                "    \"parameters\": {\n"
                "      \"list\": { \"value\": [\"[x]\"] }\n"
                "    },\n"
                "    \"nonComplianceMessages\": [\n"
                "      { \"message\": \"Close it.\" }\n"
                "    ],\n"
                "    \"resourceSelectors\": [\n"
                "      {\n"
                "        \"name\": \"only_1\",\n"
                "        \"selectors\": [\n"
                "          { \"kind\": \"resourceLocation\", \"notIn\": [\"westeurope\"] }\n"
                "        ]\n"
                "      }\n"
                "    ],\n"
                "    \"overrides\": [\n"
                "      {\n"
                "        \"kind\": \"policyEffect\",\n"
                "        \"value\": \"audit\",\n"
                "        \"selectors\": [\n"
                "          { \"kind\": \"resourceLocation\", \"notIn\": [\"westeurope\"] }\n"
                "        ]\n"
                "      }\n"
                "    ]\n"
                "  }\n"
                "}\n");
}

static void an_exemption_names_what_it_exempts(void **state)
{
    Arena *a = *state;
    PolicyExemption x = {.name = "old",
                         .display_name = "Old index",
                         .scope = "/subscriptions/s",
                         .assignment_id = "/a",
                         .category = "Waiver",
                         .expires_on = "2027-03-31T00:00:00Z",
                         .metadata = value_object(a)};
    value_set(a, x.metadata, "ticket", value_string(a, "SEC-1182"));
    vec_push(a, &x.reference_ids, "closed");
    Buf b = {0};
    write_exemption(&b, &x, (WriteOptions){0});
    text_is(&b, "{\n"
                "  \"properties\": {\n"
                "    \"displayName\": \"Old index\",\n"
                "    \"metadata\": { \"ticket\": \"SEC-1182\" },\n"
                "    \"policyAssignmentId\": \"/a\",\n"
                "    \"exemptionCategory\": \"Waiver\",\n"
                "    \"expiresOn\": \"2027-03-31T00:00:00Z\",\n"
                "    \"policyDefinitionReferenceIds\": [\"closed\"]\n"
                "  }\n"
                "}\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaves_stand_on_one_line_where_they_fit),
        TEST(the_hundredth_column_is_the_last),
        TEST(groups_and_counts_stand_on_lines),
        TEST(empty_groups_are_said_with_a_value),
        TEST(values_print_on_one_line),
        TEST(literals_that_look_like_expressions_are_escaped),
        TEST(a_definition_is_a_rest_body),
        TEST(a_template_takes_one_bracket_more),
        TEST(the_map_names_each_place_once),
        TEST(pointers_escape_their_keys),
        TEST(the_fingerprint_is_of_the_body_without_it),
        TEST(modify_lists_operations),
        TEST(deployments_keep_their_template),
        TEST(the_other_details),
        TEST(an_initiative_names_its_members),
        TEST(an_assignment_sends_data),
        TEST(an_exemption_names_what_it_exempts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
