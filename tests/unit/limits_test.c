// limits_test.c - each limit of the service at its number and one past it.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "policy/limits.h"

#define GROUP "/providers/Microsoft.Management/managementGroups/contoso"
#define SUBSCRIPTION "/subscriptions/00000000-0000-0000-0000-000000000001"
#define SET_ID GROUP "/providers/Microsoft.Authorization/policySetDefinitions/base"

// One object of each type, and all that can be wrong with it.
typedef struct Fixture {
    Compilation *c;
    Arena *a;
    PolicySet set;
    PolicyDefinition *d;
    PolicyInitiative *in;
    PolicyAssignment *as;
    PolicyExemption *x;
} Fixture;

static Condition *leaf(Arena *a)
{
    return condition_field(a, "type", OPERATOR_EQUALS, value_string(a, "A/b"));
}

static PolicyDefinition *add_definition(Fixture *f, const char *name)
{
    PolicyDefinition *d = ARENA_NEW(f->a, PolicyDefinition);
    d->name = name;
    d->display_name = "Closed";
    d->mode = "All";
    d->condition = leaf(f->a);
    d->effect = value_string(f->a, "audit");
    d->span = (Span){1, 2};
    vec_push(f->a, &f->set.definitions, d);
    return d;
}

static PolicyInitiative *add_initiative(Fixture *f, const char *name)
{
    PolicyInitiative *in = ARENA_NEW(f->a, PolicyInitiative);
    in->name = name;
    in->span = (Span){3, 4};
    vec_push(f->a, &f->set.initiatives, in);
    return in;
}

static PolicyAssignment *add_assignment(Fixture *f, const char *name)
{
    PolicyAssignment *as = ARENA_NEW(f->a, PolicyAssignment);
    as->name = name;
    as->scope = GROUP;
    as->definition_id = SET_ID;
    as->span = (Span){5, 6};
    vec_push(f->a, &f->set.assignments, as);
    return as;
}

static PolicyExemption *add_exemption(Fixture *f, const char *name)
{
    PolicyExemption *x = ARENA_NEW(f->a, PolicyExemption);
    x->name = name;
    x->scope = SUBSCRIPTION;
    x->assignment_id = "/a";
    x->category = "Waiver";
    x->span = (Span){7, 8};
    vec_push(f->a, &f->set.exemptions, x);
    return x;
}

static void start(Fixture *f)
{
    compilation_free(f->c);
    *f = (Fixture){.c = compilation_new()};
    f->a = f->c->arena;
    static const char TEXT[64] = "one line";
    sources_add(f->c->sources, "main.moat", (Str){TEXT, 8});
    f->d = add_definition(f, "closed");
    f->in = add_initiative(f, "base");
    vec_push(f->a, &f->in->members,
             ((InitiativeMember){.definition = f->d, .reference_id = "closed", .span = {3, 4}}));
    f->as = add_assignment(f, "prod");
    f->x = add_exemption(f, "old");
}

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    start(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    compilation_free(f->c);
    free(f);
    return 0;
}

static void check(Fixture *f)
{
    for (uint32_t i = 0; i < f->set.definitions.len; i++)
        limits_check_definition(f->c, f->set.definitions.items[i]);
    limits_check(f->c, &f->set, GROUP);
    diags_finish(f->c->diags);
}

static void fine(Fixture *f)
{
    check(f);
    const Diag *d = diags_get(f->c->diags, 0);
    assert_string_equal(d ? d->message : "", "");
    start(f);
}

// One report of this code, and what it says.
static void refused(Fixture *f, DiagCode code, const char *message)
{
    check(f);
    const Diag *d = diags_get(f->c->diags, 0);
    assert_non_null(d);
    assert_string_equal(d->message, message);
    assert_string_equal(diag_code_text(d->code), diag_code_text(code));
    assert_int_equal(d->helps.len, 1);
    assert_true(d->span.start < d->span.end);
    assert_null(diags_get(f->c->diags, 1));
    start(f);
}

static char *text_of(Fixture *f, size_t n)
{
    char *text = arena_alloc(f->a, n + 1);
    memset(text, 'x', n);
    return text;
}

static Value *list_of(Fixture *f, size_t n)
{
    Value *v = value_array(f->a);
    for (size_t i = 0; i < n; i++)
        value_push(f->a, v, value_int(f->a, (int64_t)i));
    return v;
}

// --- names and texts -------------------------------------------------------------------------

static void names(void **state)
{
    Fixture *f = *state;
    f->x->name = text_of(f, 64);
    fine(f);
    f->x->name = text_of(f, 65);
    refused(f, DIAG_NAME_TOO_LONG,
            arena_printf(f->a,
                         "exemption `%s` has a name of 65 characters; Azure accepts at most 64",
                         text_of(f, 65)));
    f->as->name = text_of(f, 24);
    fine(f);
    f->as->name = text_of(f, 25);
    refused(f, DIAG_NAME_TOO_LONG,
            "assignment `xxxxxxxxxxxxxxxxxxxxxxxxx` has a name of 25 characters; "
            "Azure accepts at most 24");
    f->as->name = text_of(f, 25);
    f->as->scope = SUBSCRIPTION;
    fine(f);
}

static void texts(void **state)
{
    Fixture *f = *state;
    f->d->display_name = text_of(f, 128);
    f->d->description = text_of(f, 512);
    fine(f);
    f->d->display_name = text_of(f, 129);
    refused(f, DIAG_DISPLAY_NAME_TOO_LONG,
            "policy definition `closed` has a display name of 129 characters; "
            "Azure accepts at most 128");
    f->in->display_name = "Base.";
    refused(
        f, DIAG_DISPLAY_NAME_END,
        "the display name of initiative `base` ends in a full stop, which Azure does not accept");
    f->as->display_name = "Base ";
    refused(f, DIAG_DISPLAY_NAME_END,
            "the display name of assignment `prod` ends in a space, which Azure does not accept");
    f->as->description = text_of(f, 513);
    refused(f, DIAG_DESCRIPTION_TOO_LONG,
            "assignment `prod` has a description of 513 characters; Azure accepts at most 512");
    // Characters are counted as the service does: 1 for é, 2 beyond the basic plane.
    Buf text = {0};
    for (int i = 0; i < 170; i++)
        buf_str(&text, "é😀");
    f->d->description = arena_copy(f->a, text.p, text.n);
    fine(f);
    buf_str(&text, "é😀");
    f->d->description = arena_copy(f->a, text.p, text.n);
    refused(f, DIAG_DESCRIPTION_TOO_LONG,
            "policy definition `closed` has a description of 513 characters; "
            "Azure accepts at most 512");
    buf_free(&text);
}

static void metadata(void **state)
{
    Fixture *f = *state;
    f->d->metadata = value_object(f->a);
    value_set(f->a, f->d->metadata, "why", value_string(f->a, text_of(f, 1024)));
    fine(f);
    f->x->metadata = value_object(f->a);
    value_set(f->a, f->x->metadata, "why", value_string(f->a, text_of(f, 1025)));
    refused(f, DIAG_METADATA_TOO_LONG,
            "exemption `old` has a metadata value of 1025 characters; Azure accepts at most 1024");
    f->in->metadata = value_object(f->a);
    value_set(f->a, f->in->metadata, "list", list_of(f, 400));
    check(f);
    assert_int_equal(diags_get(f->c->diags, 0)->code, DIAG_METADATA_TOO_LONG);
}

// --- rules -----------------------------------------------------------------------------------

static void nested_conditions(void **state)
{
    Fixture *f = *state;
    for (int i = 1; i < 512; i++)
        f->d->condition = condition_not(f->a, f->d->condition);
    fine(f);
    for (int i = 1; i < 513; i++)
        f->d->condition = condition_not(f->a, f->d->condition);
    refused(f, DIAG_RULE_TOO_DEEP,
            "policy definition `closed` has a rule nested 513 conditions deep; "
            "Azure accepts at most 512");
    for (int i = 0; i < 300000; i++)
        f->d->condition = condition_not(f->a, f->d->condition);
    check(f);
    assert_int_equal(diags_get(f->c->diags, 0)->code, DIAG_RULE_TOO_DEEP);
}

static Condition *group_of(Fixture *f, size_t n)
{
    Condition *group = condition_group(f->a, CONDITION_ALL_OF);
    for (size_t i = 0; i < n; i++)
        condition_push(f->a, group, leaf(f->a));
    return group;
}

static void many_conditions(void **state)
{
    Fixture *f = *state;
    f->d->condition = group_of(f, 4096);
    f->d->details.existence = group_of(f, 128);
    fine(f);
    f->d->condition = group_of(f, 4097);
    refused(
        f, DIAG_TOO_MANY_CONDITIONS,
        "policy definition `closed` has a rule with 4097 conditions; Azure accepts at most 4096");
    f->d->details.existence = group_of(f, 129);
    refused(f, DIAG_TOO_MANY_CONDITIONS,
            "policy definition `closed` has an existence condition with 129 conditions; "
            "Azure accepts at most 128");
}

static Condition *value_leaf(Fixture *f, Arm *arm)
{
    return condition_leaf(f->a, CONDITION_VALUE, value_arm(f->a, arm), OPERATOR_EQUALS,
                          value_int(f->a, 1));
}

static Arm *call_of(Fixture *f, uint32_t arguments)
{
    Arm **list = ARENA_ARRAY(f->a, Arm *, arguments);
    for (uint32_t i = 0; i < arguments; i++)
        list[i] = arm_int(f->a, i);
    return arm_call_list(f->a, "max", list, arguments);
}

static void functions(void **state)
{
    Fixture *f = *state;
    f->d->condition = condition_group(f->a, CONDITION_ALL_OF);
    for (int i = 0; i < 2048; i++)
        condition_push(f->a, f->d->condition, value_leaf(f, call_of(f, 1)));
    fine(f);
    f->d->condition = condition_group(f->a, CONDITION_ALL_OF);
    for (int i = 0; i < 2049; i++)
        condition_push(f->a, f->d->condition, value_leaf(f, call_of(f, 1)));
    refused(f, DIAG_TOO_MANY_FUNCTIONS,
            "policy definition `closed` has a rule with 2049 function calls; "
            "Azure accepts at most 2048");
    f->d->condition = value_leaf(f, call_of(f, 128));
    fine(f);
    f->d->condition = value_leaf(f, call_of(f, 129));
    refused(f, DIAG_TOO_MANY_ARGUMENTS,
            "policy definition `closed` has a function with 129 arguments; "
            "Azure accepts at most 128");
}

static Arm *nested_calls(Fixture *f, int n)
{
    Arm *arm = arm_string(f->a, "");
    for (int i = 0; i < n; i++)
        arm = arm_call(f->a, "trim", 1, arm);
    return arm;
}

static void expressions(void **state)
{
    Fixture *f = *state;
    f->d->condition = value_leaf(f, nested_calls(f, 64));
    fine(f);
    f->d->condition = value_leaf(f, nested_calls(f, 65));
    refused(f, DIAG_EXPRESSION_TOO_DEEP,
            "policy definition `closed` has an expression nested 65 functions deep; "
            "Azure accepts at most 64");
    // [trim('…')] is ten characters and the text
    f->d->condition = value_leaf(f, arm_call(f->a, "trim", 1, arm_string(f->a, text_of(f, 81910))));
    fine(f);
    f->d->condition = value_leaf(f, arm_call(f->a, "trim", 1, arm_string(f->a, text_of(f, 81911))));
    refused(f, DIAG_EXPRESSION_TOO_LONG,
            "policy definition `closed` has an expression of 81921 characters; "
            "Azure accepts at most 81920");
}

static Value *nested_lists(Fixture *f, int n)
{
    Value *v = value_null(f->a);
    for (int i = 0; i < n; i++) {
        Value *outer = value_array(f->a);
        value_push(f->a, outer, v);
        v = outer;
    }
    return v;
}

static void values(void **state)
{
    Fixture *f = *state;
    f->d->condition->right = nested_lists(f, 128);
    fine(f);
    f->d->condition->right = nested_lists(f, 129);
    refused(f, DIAG_VALUE_TOO_DEEP,
            "policy definition `closed` has a value nested 129 levels deep; "
            "Azure accepts at most 128");
    f->d->condition->right = list_of(f, 32767);
    fine(f);
    f->d->condition->right = list_of(f, 32768);
    refused(f, DIAG_VALUE_TOO_LARGE,
            "policy definition `closed` has a value with 32769 parts; Azure accepts at most 32768");
}

// --- counts ----------------------------------------------------------------------------------

static Condition *field_counts(Fixture *f, int n, const char *alias, const char *other)
{
    Condition *group = condition_group(f->a, CONDITION_ANY_OF);
    for (int i = 0; i < n; i++)
        condition_push(f->a, group,
                       condition_leaf(f->a, CONDITION_COUNT_FIELD,
                                      value_string(f->a, i % 2 ? alias : other), OPERATOR_GREATER,
                                      value_int(f->a, 0)));
    return group;
}

static void arrays_walked_often(void **state)
{
    Fixture *f = *state;
    f->d->condition = field_counts(f, 10, "A/b/c[*]", "A/b/d[*]");
    fine(f);
    f->d->condition = field_counts(f, 6, "A/b/c[*]", "a/B/C[*]");
    refused(f, DIAG_TOO_MANY_FIELD_COUNTS,
            "policy definition `closed` has a rule that walks one array 6 times; "
            "Azure accepts at most 5");
}

static Condition *walk(Fixture *f, Value *list, Condition *where)
{
    Condition *c =
        condition_leaf(f->a, CONDITION_COUNT_VALUE, list, OPERATOR_GREATER, value_int(f->a, 0));
    c->name = "x";
    c->where = where;
    return c;
}

static void lists_walked(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 10; i++)
        f->d->condition = walk(f, list_of(f, 1), f->d->condition);
    fine(f);
    for (int i = 0; i < 11; i++)
        f->d->condition = walk(f, list_of(f, 1), f->d->condition);
    refused(f, DIAG_TOO_MANY_VALUE_COUNTS,
            "policy definition `closed` has a rule that walks 11 lists; Azure accepts at most 10");
    f->d->condition = walk(f, list_of(f, 10), walk(f, list_of(f, 10), NULL));
    fine(f);
    f->d->condition = walk(f, list_of(f, 10), walk(f, value_arm(f->a, call_of(f, 11)), NULL));
    fine(f); // not a list known here
    f->d->condition = walk(f, list_of(f, 10), walk(f, list_of(f, 11), NULL));
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "policy definition `closed` has a list walked in 110 steps; Azure accepts at most 100");
    Arm *list = call_of(f, 101);
    list->name = "createArray";
    f->d->condition = walk(f, value_arm(f->a, list), NULL);
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "policy definition `closed` has a list walked in 101 steps; Azure accepts at most 100");
}

static Value *parameter(Fixture *f, const char *name)
{
    return value_arm(f->a, arm_call(f->a, "parameters", 1, arm_string(f->a, name)));
}

// A definition walks parameter `l`, which the initiative sets from its own `list`.
static void walk_parameter(Fixture *f, bool entries)
{
    Value *list = parameter(f, "l");
    if (entries)
        list->arm = arm_call(f->a, "items", 1, list->arm);
    f->d->condition = condition_not(f->a, walk(f, list, NULL));
    vec_push(f->a, &f->in->members.items[0].arguments,
             ((PolicyArgument){.name = "l", .value = parameter(f, "list"), .span = {3, 4}}));
}

static void lists_in_parameters(void **state)
{
    Fixture *f = *state;
    walk_parameter(f, false);
    vec_push(f->a, &f->d->parameters,
             ((PolicyParameter){.name = "l", .type = "Array", .initial = list_of(f, 101)}));
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "policy definition `closed` has a list walked in 101 steps; Azure accepts at most 100");
    walk_parameter(f, false);
    f->in->members.items[0].arguments.items[0].value = list_of(f, 102);
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "initiative `base` has a list walked in 102 steps; Azure accepts at most 100");
    walk_parameter(f, false);
    vec_push(f->a, &f->in->parameters,
             ((PolicyParameter){.name = "list", .type = "Array", .initial = list_of(f, 103)}));
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "initiative `base` has a list walked in 103 steps; Azure accepts at most 100");
    walk_parameter(f, true);
    Value *table = value_object(f->a);
    for (int i = 0; i < 104; i++)
        value_set(f->a, table, arena_printf(f->a, "k%d", i), value_int(f->a, i));
    vec_push(f->a, &f->as->arguments,
             ((PolicyArgument){.name = "list", .value = table, .span = {5, 6}}));
    refused(f, DIAG_TOO_MANY_ITERATIONS,
            "assignment `prod` has a list walked in 104 steps; Azure accepts at most 100");
    // What is compared with a list is not walked.
    f->d->condition = condition_field(f->a, "name", OPERATOR_IN, parameter(f, "l"));
    vec_push(f->a, &f->d->parameters,
             ((PolicyParameter){.name = "l", .type = "Array", .initial = list_of(f, 500)}));
    fine(f);
}

// --- what objects hold -----------------------------------------------------------------------

static void parameters(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 20; i++)
        vec_push(f->a, &f->d->parameters, ((PolicyParameter){.name = "p", .type = "String"}));
    for (int i = 0; i < 400; i++)
        vec_push(f->a, &f->in->parameters, ((PolicyParameter){.name = "p", .type = "String"}));
    fine(f);
    for (int i = 0; i < 21; i++)
        vec_push(f->a, &f->d->parameters, ((PolicyParameter){.name = "p", .type = "String"}));
    refused(f, DIAG_TOO_MANY_PARAMETERS,
            "policy definition `closed` has 21 parameters; Azure accepts at most 20");
    for (int i = 0; i < 401; i++)
        vec_push(f->a, &f->in->parameters, ((PolicyParameter){.name = "p", .type = "String"}));
    refused(f, DIAG_TOO_MANY_PARAMETERS,
            "initiative `base` has 401 parameters; Azure accepts at most 400");
}

static void members(void **state)
{
    Fixture *f = *state;
    while (f->in->members.len < 1000)
        vec_push(f->a, &f->in->members, f->in->members.items[0]);
    fine(f);
    while (f->in->members.len < 1001)
        vec_push(f->a, &f->in->members, f->in->members.items[0]);
    refused(f, DIAG_TOO_MANY_MEMBERS,
            "initiative `base` has 1001 members; Azure accepts at most 1000");
}

static void selectors(void **state)
{
    Fixture *f = *state;
    Selector wide = {.kind = "resourceLocation"};
    for (int i = 0; i < 50; i++)
        vec_push(f->a, &wide.values, "westeurope");
    ResourceSelector only = {.name = "only"};
    vec_push(f->a, &only.selectors, wide);
    PolicyOverride over = {.kind = "policyEffect", .value = "audit"};
    vec_push(f->a, &over.selectors, wide);
    for (int i = 0; i < 10; i++) {
        vec_push(f->a, &f->as->selectors, only);
        vec_push(f->a, &f->as->overrides, over);
    }
    fine(f);
    for (int i = 0; i < 11; i++)
        vec_push(f->a, &f->x->selectors, (ResourceSelector){.name = "only"});
    refused(f, DIAG_TOO_MANY_SELECTORS,
            "exemption `old` has 11 resource selectors; Azure accepts at most 10");
    for (int i = 0; i < 11; i++)
        vec_push(f->a, &f->as->overrides, ((PolicyOverride){.kind = "policyEffect"}));
    refused(f, DIAG_TOO_MANY_OVERRIDES,
            "assignment `prod` has 11 overrides; Azure accepts at most 10");
    Selector wider = {.kind = "resourceLocation"};
    for (int i = 0; i < 51; i++)
        vec_push(f->a, &wider.values, "westeurope");
    PolicyOverride too_wide = {.kind = "policyEffect", .value = "audit"};
    vec_push(f->a, &too_wide.selectors, wider);
    vec_push(f->a, &f->as->overrides, too_wide);
    refused(f, DIAG_TOO_MANY_SELECTOR_VALUES,
            "assignment `prod` has a selector with 51 values; Azure accepts at most 50");
}

static void exclusions(void **state)
{
    Fixture *f = *state;
    for (int i = 0; i < 400; i++)
        vec_push(f->a, &f->as->not_scopes, SUBSCRIPTION);
    fine(f);
    for (int i = 0; i < 401; i++)
        vec_push(f->a, &f->as->not_scopes, SUBSCRIPTION);
    refused(f, DIAG_TOO_MANY_EXCLUSIONS,
            "assignment `prod` has 401 excluded scopes; Azure accepts at most 400");
}

static void bodies(void **state)
{
    Fixture *f = *state;
    f->d->condition->right = value_string(f->a, text_of(f, 1048576));
    check(f);
    const Diag *d = diags_get(f->c->diags, 0);
    assert_int_equal(d->code, DIAG_BODY_TOO_LARGE);
    assert_non_null(strstr(d->message, " bytes; Azure accepts at most 1048576"));
    start(f);
    f->d->condition->right = value_string(f->a, text_of(f, 1048000));
    fine(f);
    vec_push(f->a, &f->as->arguments,
             ((PolicyArgument){
                 .name = "p", .value = value_string(f->a, text_of(f, 1048576)), .span = {5, 6}}));
    check(f);
    assert_int_equal(diags_get(f->c->diags, 0)->code, DIAG_BODY_TOO_LARGE);
    start(f);
    vec_push(f->a, &f->in->members.items[0].arguments,
             ((PolicyArgument){
                 .name = "p", .value = value_string(f->a, text_of(f, 1048576)), .span = {5, 6}}));
    check(f);
    assert_int_equal(diags_get(f->c->diags, 0)->code, DIAG_BODY_TOO_LARGE);
}

// --- scopes ----------------------------------------------------------------------------------

static void full_scopes(void **state)
{
    Fixture *f = *state;
    for (int i = 1; i < 500; i++)
        add_definition(f, arena_printf(f->a, "d%d", i));
    for (int i = 1; i < 200; i++) {
        add_initiative(f, arena_printf(f->a, "i%d", i));
        add_assignment(f, arena_printf(f->a, "a%d", i));
    }
    for (int i = 1; i < 1000; i++)
        add_exemption(f, arena_printf(f->a, "x%d", i));
    fine(f);
    for (int i = 1; i < 501; i++)
        add_definition(f, arena_printf(f->a, "d%d", i));
    refused(f, DIAG_SCOPE_FULL,
            "scope `" GROUP "` has 501 policy definitions; Azure accepts at most 500");
    for (int i = 1; i < 201; i++)
        add_initiative(f, arena_printf(f->a, "i%d", i));
    refused(f, DIAG_SCOPE_FULL, "scope `" GROUP "` has 201 initiatives; Azure accepts at most 200");
    for (int i = 1; i < 201; i++)
        add_assignment(f, arena_printf(f->a, "a%d", i));
    refused(f, DIAG_SCOPE_FULL, "scope `" GROUP "` has 201 assignments; Azure accepts at most 200");
    for (int i = 1; i < 1001; i++)
        add_exemption(f, arena_printf(f->a, "x%d", i))->scope = i % 2 ? SUBSCRIPTION : GROUP;
    fine(f);
    for (int i = 1; i < 1001; i++)
        add_exemption(f, arena_printf(f->a, "x%d", i));
    refused(f, DIAG_SCOPE_FULL,
            "scope `" SUBSCRIPTION "` has 1001 exemptions; Azure accepts at most 1000");
    for (int i = 1; i < 501; i++)
        add_definition(f, arena_printf(f->a, "d%d", i));
    limits_check(f->c, &f->set, NULL); // no root: nothing to count at
    assert_false(diags_has_errors(f->c->diags));
}

static void same_names(void **state)
{
    Fixture *f = *state;
    add_definition(f, "Closed")->span = (Span){2, 3};
    refused(f, DIAG_SAME_NAME,
            "another policy definition is called `closed`, and Azure ignores case");
    add_assignment(f, "prod")->scope = SUBSCRIPTION;
    fine(f);
    add_assignment(f, "prod")->span = (Span){6, 7};
    refused(f, DIAG_SAME_NAME,
            "another assignment at this scope is called `prod`, and Azure ignores case");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names),
        TEST(texts),
        TEST(metadata),
        TEST(nested_conditions),
        TEST(many_conditions),
        TEST(functions),
        TEST(expressions),
        TEST(values),
        TEST(arrays_walked_often),
        TEST(lists_walked),
        TEST(lists_in_parameters),
        TEST(parameters),
        TEST(members),
        TEST(selectors),
        TEST(exclusions),
        TEST(bodies),
        TEST(full_scopes),
        TEST(same_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
