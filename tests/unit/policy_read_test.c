// policy_read_test.c - every shape policies come in, and where each member ends up.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "policy/read.h"
#include "policy/write.h"

#define RULE "{\"if\":{\"field\":\"type\",\"equals\":\"A/b\"},\"then\":{\"effect\":\"audit\"}}"
#define ID "/providers/Microsoft.Authorization/"

static int set_up(void **state)
{
    *state = compilation_new();
    return 0;
}

static int tear_down(void **state)
{
    compilation_free(*state);
    return 0;
}

static const Source *source_of(Compilation *c, const char *text)
{
    return sources_add(c->sources, "test.json", str_of(text));
}

// Read without a finding.
static PolicySet read_set(Compilation *c, const char *text)
{
    PolicySet set = {0};
    bool ok = policy_read(c, source_of(c, text), &set);
    diags_finish(c->diags);
    if (!ok || diags_get(c->diags, 0))
        fail_msg("%s: %s", text,
                 diags_get(c->diags, 0) ? diags_get(c->diags, 0)->message : "not read");
    return set;
}

static const PolicyDefinition *read_one(Compilation *c, const char *text)
{
    PolicySet set = read_set(c, text);
    assert_int_equal(set.definitions.len, 1);
    return set.definitions.items[0];
}

// --- shapes ----------------------------------------------------------------------------------

static const struct {
    const char *text;
    uint32_t definitions;
} SHAPES[] = {
    {RULE, 1},
    {"{\"policyRule\":" RULE "}", 1},
    {"{\"properties\":{\"policyRule\":" RULE "}}", 1},
    {"{\"Properties\":{\"PolicyRule\":" RULE "}}", 1},
    {"{\"id\":\"/x\",\"name\":\"x\",\"systemData\":{},\"policyRule\":" RULE "}", 1},
    {"[" RULE "," RULE "]", 2},
    {"[]", 0},
    {"{\"value\":[" RULE ",{\"policyRule\":" RULE "}],\"nextLink\":null}", 2},
    {RULE "\n" RULE "\r\n\n{\"policyRule\":" RULE "}\n", 3},
    {"// all of it\n[ " RULE ", /* and */ " RULE ", ]\n", 2},
    {"[" RULE "]\n[" RULE "]", 2},
};

static void every_shape_is_read(void **state)
{
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        Compilation *c = compilation_new();
        assert_int_equal(read_set(c, SHAPES[i].text).definitions.len, SHAPES[i].definitions);
        compilation_free(c);
    }
    (void)state;
}

static void what_has_a_mistake_is_left_out(void **state)
{
    Compilation *c = *state;
    PolicySet set = {0};
    assert_false(policy_read(c, source_of(c, "[" RULE ",{\"if\":{}}," RULE "]"), &set));
    assert_int_equal(set.definitions.len, 2);
    assert_false(policy_read(c, source_of(c, "{\"a\":1}{"), &set));
    assert_false(policy_read(c, source_of(c, ""), &set));
    assert_int_equal(set.definitions.len, 2);
}

// --- definitions -----------------------------------------------------------------------------

static void a_definition_has_its_members(void **state)
{
    const PolicyDefinition *d = read_one(
        *state,
        "{\"id\":\"/subscriptions/s" ID "policyDefinitions/tls\",\"etag\":\"e\",\"properties\":{"
        "\"DisplayName\":\"TLS\",\"policyType\":\"Static\",\"mode\":\"indexed\","
        "\"version\":\"1.0.0\",\"versions\":[\"1.0.0\"],\"description\":null,"
        "\"parameters\":{\"effect\":{\"type\":\"string\",\"defaultValue\":\"[x\",\"metadata\":"
        "{\"displayName\":\"Effect\",\"assignPermissions\":true,\"portalReview\":true}}},"
        "\"policyRule\":{\"if\":{\"allof\":[{\"not\":{\"Value\":\"[field('name')]\","
        "\"NotLike\":\"[[x]\"}},{\"count\":{\"value\":[1,2.50],\"name\":\"n\"},\"Greater\":1}]},"
        "\"then\":{\"effect\":\"[parameters('effect')]\"}}}}");
    assert_string_equal(d->name, "tls");
    assert_string_equal(d->id, "/subscriptions/s" ID "policyDefinitions/tls");
    assert_string_equal(d->display_name, "TLS");
    assert_string_equal(d->policy_type, "Static");
    assert_string_equal(d->mode, "indexed");
    assert_null(d->description);
    assert_false(d->bare);
    assert_int_equal(d->envelope.len, 2);
    assert_int_equal(d->extra.len, 2); // versions, and the description that says nothing
    const PolicyParameter *p = &d->parameters.items[0];
    assert_string_equal(p->type, "string");
    assert_string_equal(p->initial->text, "[x");
    assert_true(p->assign_permissions);
    assert_string_equal(p->metadata_extra.items[0].name, "portalReview");
    assert_int_equal(d->condition->kind, CONDITION_ALL_OF);
    const Condition *value = d->condition->children.items[0]->child;
    assert_int_equal(value->op, OPERATOR_NOT_LIKE);
    assert_int_equal(value->left->kind, VALUE_ARM);
    assert_string_equal(value->left->written, "field('name')");
    assert_string_equal(value->right->text, "[x]");
    const Condition *count = d->condition->children.items[1];
    assert_int_equal(count->kind, CONDITION_COUNT_VALUE);
    assert_string_equal(count->name, "n");
    assert_string_equal(count->left->items.items[1]->text, "2.50");
    assert_int_equal(d->effect->kind, VALUE_ARM);
}

// As the command line of Azure exports it: flat, and null for what is not there.
static void what_is_null_is_not_there(void **state)
{
    const PolicyDefinition *d = read_one(
        *state, "{\"id\":\"/x/y\",\"displayName\":null,\"externalEvaluationEnforcementSettings\":"
                "null,\"metadata\":null,\"parameters\":{\"p\":{\"type\":\"String\","
                "\"defaultValue\":null,\"allowedValues\":null,\"metadata\":null}},\"policyRule\":"
                "{\"if\":{\"field\":\"name\",\"equals\":null},\"then\":{\"effect\":"
                "\"[parameters('p')]\",\"details\":{\"type\":\"A/b\",\"name\":null,"
                "\"existenceCondition\":null,\"deployment\":null}}}}");
    assert_null(d->parameters.items[0].initial);
    assert_null(d->parameters.items[0].allowed);
    assert_null(d->metadata);
    assert_null(d->external);
    assert_null(d->details.name);
    assert_null(d->details.existence);
    assert_null(d->details.deployment);
    assert_int_equal(d->condition->right->kind, VALUE_NULL);
    assert_int_equal(d->extra.len, 3);
    assert_int_equal(d->details.extra.len, 3);
}

static DetailsKind details_of(const char *mode, const char *effect, const char *details)
{
    Compilation *c = compilation_new();
    Buf b = {0};
    buf_printf(&b,
               "{\"mode\":\"%s\",\"policyRule\":{\"if\":{\"field\":\"type\",\"equals\":1},"
               "\"then\":{\"effect\":\"%s\",\"details\":%s}}}",
               mode, effect, details);
    PolicySet set = {0};
    assert_true(policy_read(c, source_of(c, b.p), &set));
    DetailsKind kind = set.definitions.items[0]->details.kind;
    compilation_free(c);
    buf_free(&b);
    return kind;
}

static void details_follow_from_their_members(void **state)
{
    static const struct {
        const char *mode, *effect, *details;
        DetailsKind kind;
    } cases[] = {
        {"All", "append", "[{\"field\":\"kind\",\"value\":null}]", DETAILS_APPEND},
        {"All", "append", "{\"field\":\"kind\",\"value\":1}", DETAILS_APPEND},
        {"All", "deny", "{\"operations\":[]}", DETAILS_MODIFY},
        {"All", "audit", "{\"Type\":\"A/b\"}", DETAILS_IF_NOT_EXISTS},
        {"All", "denyAction", "{\"actionNames\":[\"Delete\"]}", DETAILS_DENY_ACTION},
        {"All", "manual", "{}", DETAILS_MANUAL},
        {"All", "deny", "{\"message\":\"no\"}", DETAILS_OTHER},
        {"All", "deny", "null", DETAILS_NONE},
        {"Microsoft.Kubernetes.Data", "deny", "{\"values\":{\"a\":\"[concat('x')]\"}}",
         DETAILS_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(details_of(cases[i].mode, cases[i].effect, cases[i].details),
                         cases[i].kind);
}

// A template is ARM's: what the policy would take for an expression, even a broken one, is text.
static void templates_are_left_alone(void **state)
{
    const PolicyDefinition *d = read_one(
        *state,
        "{\"if\":{\"field\":\"type\",\"equals\":1},\"then\":{\"effect\":\"deployIfNotExists\","
        "\"details\":{\"type\":\"A/b\",\"deployment\":{\"properties\":{\"parameters\":"
        "{\"n\":{\"value\":\"[field('name')]\"}},\"template\":{\"n\":\"[parameters('n')]\","
        "\"m\":\"[broken(\",\"o\":\"[[x]\",\"p\":\"[}]\"}}}}}}");
    const Value *properties = d->details.deployment->members.items[0].value;
    const Value *passed = properties->members.items[0].value->members.items[0].value;
    assert_int_equal(passed->members.items[0].value->kind, VALUE_ARM);
    const Value *template = properties->members.items[1].value;
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(template->members.items[i].value->kind, VALUE_STRING);
    Buf b = {0};
    write_definition(&b, d, (WriteOptions){0});
    assert_non_null(strstr(b.p, "\"n\": \"[parameters('n')]\""));
    assert_non_null(strstr(b.p, "\"o\": \"[[x]\""));
    assert_non_null(strstr(b.p, "\"p\": \"[}]\""));
    buf_free(&b);
}

// --- places ----------------------------------------------------------------------------------

static void nodes_know_their_places(void **state)
{
    Compilation *c = *state;
    const PolicyDefinition *d = read_one(c, " \n" RULE);
    Str leaf = sources_text(c->sources, d->condition->span);
    assert_true(str_equal(leaf, STR("{\"field\":\"type\",\"equals\":\"A/b\"}")));
    assert_true(str_equal(sources_text(c->sources, d->condition->right->span), STR("\"A/b\"")));
    assert_true(str_equal(sources_text(c->sources, d->effect->span), STR("\"audit\"")));
    assert_int_equal(sources_position(c->sources, d->span.start).line, 2);
}

static void mistakes_in_expressions_are_shown_through_escapes(void **state)
{
    Compilation *c = *state;
    PolicySet set = {0};
    const char *text = "{\"if\":{\"value\":\"[f('\\u00e4\\ud83d\\ude00\\n\xc3\xa4', ;)]\","
                       "\"equals\":1},\"then\":{\"effect\":\"audit\"}}";
    assert_false(policy_read(c, source_of(c, text), &set));
    diags_finish(c->diags);
    const Diag *d = diags_get(c->diags, 0);
    assert_int_equal(d->code, DIAG_EXPRESSION_SYNTAX);
    assert_true(str_equal(sources_text(c->sources, d->span), STR(";")));
    assert_string_equal(d->notes.items[0], "at `/if/value`");
}

// Of values one after the other, each has its own pointers.
static void pointers_begin_at_the_value(void **state)
{
    Compilation *c = *state;
    PolicySet set = {0};
    assert_false(
        policy_read(c, source_of(c, RULE "\n{\"if\":{},\"then\":{\"effect\":\"x/y\"}}"), &set));
    diags_finish(c->diags);
    assert_string_equal(diags_get(c->diags, 0)->notes.items[0], "at `/if`");
    assert_string_equal(diags_get(c->diags, 1)->notes.items[0], "at `/then/effect`");
}

// --- what is assigned ------------------------------------------------------------------------

static void an_initiative_has_its_members(void **state)
{
    PolicySet set = read_set(
        *state,
        "{\"properties\":{\"parameters\":{\"e\":{\"type\":\"String\"}},\"policyDefinitions\":["
        "{\"policyDefinitionId\":\"" ID "policyDefinitions/g\",\"groupNames\":[\"a\"],"
        "\"definitionVersion\":\"1.*.*\",\"policyDefinitionReferenceId\":\"r\",\"parameters\":{"
        "\"effect\":{\"value\":\"[parameters('e')]\"}},\"latestDefinitionVersion\":\"1.0.0\"}],"
        "\"policyDefinitionGroups\":[{\"name\":\"a\",\"additionalMetadataId\":\"/m\"}]}}");
    const PolicyInitiative *in = set.initiatives.items[0];
    const InitiativeMember *m = &in->members.items[0];
    assert_string_equal(m->id, ID "policyDefinitions/g");
    assert_string_equal(m->reference_id, "r");
    assert_string_equal(m->groups.items[0], "a");
    assert_int_equal(m->arguments.items[0].value->kind, VALUE_ARM);
    assert_int_equal(m->extra.len, 1);
    assert_string_equal(in->groups.items[0].additional_metadata_id, "/m");
}

static const char ASSIGNMENT[] =
    "{\"id\":\"/subscriptions/s/resourceGroups/g" ID "policyAssignments/a\",\"location\":\"west\","
    "\"identity\":{\"type\":\"UserAssigned\",\"principalId\":\"p\",\"userAssignedIdentities\":"
    "{\"/u\":{}}},\"properties\":{\"policyDefinitionId\":\"/d\",\"enforcementMode\":\"Default\","
    "\"notScopes\":[\"/n\"],\"parameters\":{\"p\":{\"value\":\"[x]\"}},\"nonComplianceMessages\":"
    "[{\"message\":\"m\"}],\"resourceSelectors\":[{\"name\":\"r\",\"selectors\":[{\"kind\":"
    "\"resourceType\",\"notIn\":[\"A/b\"]}]}],\"overrides\":[{\"kind\":\"policyEffect\","
    "\"value\":\"Audit\"}],\"assignmentType\":\"Custom\"}}";

static void an_assignment_has_its_members(void **state)
{
    PolicySet set = read_set(*state, ASSIGNMENT);
    const PolicyAssignment *a = set.assignments.items[0];
    assert_string_equal(a->scope, "/subscriptions/s/resourceGroups/g");
    assert_string_equal(a->name, "a");
    assert_string_equal(a->location, "west");
    assert_string_equal(a->identity, "UserAssigned");
    assert_string_equal(a->user_identity, "/u");
    assert_int_equal(a->identity_extra.len, 1);
    assert_string_equal(a->arguments.items[0].value->text, "[x]");
    assert_string_equal(a->not_scopes.items[0], "/n");
    assert_true(a->selectors.items[0].selectors.items[0].negated);
    assert_string_equal(a->overrides.items[0].value, "Audit");
    assert_int_equal(a->extra.len, 1);
}

static void an_exemption_has_its_members(void **state)
{
    PolicySet set =
        read_set(*state, "{\"id\":\"/subscriptions/s" ID "policyExemptions/e\",\"properties\":{"
                         "\"policyAssignmentId\":\"/a\",\"exemptionCategory\":\"Waiver\","
                         "\"expiresOn\":\"2027-01-01\",\"policyDefinitionReferenceIds\":[\"r\"]}}");
    const PolicyExemption *e = set.exemptions.items[0];
    assert_string_equal(e->scope, "/subscriptions/s");
    assert_string_equal(e->assignment_id, "/a");
    assert_string_equal(e->category, "Waiver");
    assert_string_equal(e->expires_on, "2027-01-01");
    assert_string_equal(e->reference_ids.items[0], "r");
}

static void nothing_of_an_assignment_is_lost(void **state)
{
    Compilation *c = *state;
    PolicySet set = read_set(c, ASSIGNMENT);
    Buf once = {0}, twice = {0};
    write_assignment(&once, set.assignments.items[0], (WriteOptions){0});
    set = read_set(c, once.p);
    write_assignment(&twice, set.assignments.items[0], (WriteOptions){0});
    assert_string_equal(once.p, twice.p);
    static const char *const kept[] = {"principalId",     "/u", "[x]", "notIn", "Custom", "Audit",
                                       "/subscriptions/s"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        assert_non_null(strstr(once.p, kept[i]));
    buf_free(&once);
    buf_free(&twice);
}

// --- values alone ----------------------------------------------------------------------------

static void values_are_read_with_and_without_expressions(void **state)
{
    Compilation *c = *state;
    Data d = data_string(STR("[utcNow()]")), broken = data_string(STR("[utcNow(]"));
    Value *v;
    assert_true(policy_value(c, source_of(c, ""), &d, &v));
    assert_int_equal(v->kind, VALUE_ARM);
    assert_true(policy_literal(c, source_of(c, ""), &d, &v));
    assert_string_equal(v->text, "[utcNow()]");
    assert_false(policy_value(c, source_of(c, ""), &broken, &v));
    Data half = data_float(0.5);
    assert_true(policy_literal(c, source_of(c, ""), &half, &v));
    assert_string_equal(v->text, "0.5");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_shape_is_read),
        CASE(what_has_a_mistake_is_left_out),
        CASE(a_definition_has_its_members),
        CASE(what_is_null_is_not_there),
        CASE(details_follow_from_their_members),
        CASE(templates_are_left_alone),
        CASE(nodes_know_their_places),
        CASE(mistakes_in_expressions_are_shown_through_escapes),
        CASE(pointers_begin_at_the_value),
        CASE(an_initiative_has_its_members),
        CASE(an_assignment_has_its_members),
        CASE(an_exemption_has_its_members),
        CASE(nothing_of_an_assignment_is_lost),
        CASE(values_are_read_with_and_without_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
