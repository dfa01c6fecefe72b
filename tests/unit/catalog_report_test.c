// catalog_report_test.c - finding and showing: the right things first, JSON that is JSON.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "catalog/report.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

typedef struct Fixture {
    Arena *arena;
    Catalog *catalog;
    Buf out;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->catalog = catalog_open(f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    buf_free(&f->out);
    arena_free(f->arena);
    free(f);
    return 0;
}

static const char *find(Fixture *f, const char *text)
{
    buf_reset(&f->out);
    assert_true(catalog_report_find(f->catalog, STR(text), (ReportStyle){0}, &f->out));
    return f->out.p;
}

static const char *show(Fixture *f, const char *name)
{
    buf_reset(&f->out);
    if (!catalog_report_show(f->catalog, STR(name), (ReportStyle){0}, &f->out))
        fail_msg("nothing is named %s", name);
    return f->out.p;
}

static cJSON *json(Fixture *f, bool finding, const char *text)
{
    ReportStyle style = {.json = true};
    buf_reset(&f->out);
    if (finding)
        catalog_report_find(f->catalog, STR(text), style, &f->out);
    else
        catalog_report_show(f->catalog, STR(text), style, &f->out);
    cJSON *root = cJSON_ParseWithOpts(f->out.p, NULL, true);
    if (!root)
        fail_msg("no JSON: %s", f->out.p);
    return root;
}

static const char *text_of(const cJSON *object, const char *key)
{
    const char *s = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    assert_non_null(s);
    return s;
}

static void must_have(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no `%s` in:\n%s", part, text);
}

static void must_begin(const char *text, const char *start)
{
    if (strncmp(text, start, strlen(start)) != 0)
        fail_msg("`%s` does not begin:\n%s", start, text);
}

static void the_best_match_is_first(void **state)
{
    Fixture *f = *state;
    must_begin(find(f, "virtual network"),
               "resource types (58)\n  Microsoft.Network/virtualNetworks ");
    must_have(f->out.p, "\nbuilt-in policies (");
    must_have(f->out.p, "\nmodes (1)\n  Microsoft.Network.Data ");
    must_begin(
        find(f, "storageaccounts/allowblobpublic"),
        "properties (1)\n  boolean  Microsoft.Storage/storageAccounts/allowBlobPublicAccess\n");
    must_have(find(f, "openai user"), "  Cognitive Services OpenAI User          5e0bd9bd-");
    must_have(find(f, "West Europe"), "  westeurope            West Europe\n");
}

static void a_long_list_is_cut_unless_all_is_asked_for(void **state)
{
    Fixture *f = *state;
    must_have(find(f, "tlsversion"), "\n  … and ");
    size_t cut = f->out.n;
    buf_reset(&f->out);
    assert_true(
        catalog_report_find(f->catalog, STR("tlsversion"), (ReportStyle){.all = true}, &f->out));
    assert_null(strstr(f->out.p, "more"));
    assert_true(f->out.n > cut);
}

static void what_is_nowhere_is_not_found(void **state)
{
    Fixture *f = *state;
    const char *names[] = {"", "  ", "no such thing", "Microsoft.Storage/", "zzzzzz"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (int as_json = 0; as_json < 2; as_json++) {
            ReportStyle style = {.json = as_json};
            buf_reset(&f->out);
            assert_false(catalog_report_show(f->catalog, STR(names[i]), style, &f->out));
            assert_int_equal(f->out.n, 0);
        }
    }
    assert_false(catalog_report_find(f->catalog, STR("  "), (ReportStyle){0}, &f->out));
    assert_false(catalog_report_find(f->catalog, STR("zzzzzz"), (ReportStyle){0}, &f->out));
    assert_int_equal(f->out.n, 0);
}

static void a_type_is_shown_with_its_properties(void **state)
{
    Fixture *f = *state;
    must_begin(show(f, "microsoft.search/SEARCHservices"),
               "Microsoft.Search/searchServices\n  stable api      20");
    must_have(f->out.p, "\n  members         location (required), tags, identity, sku\n");
    must_have(f->out.p, "\n  can be written  resourceGroup\n");
    must_have(f->out.p, "\n  private DNS     searchService: privatelink.search.windows.net\n");
    must_have(f->out.p, "\n  boolean  disableLocalAuth                         "
                        "modifiable builtin\n");
    must_have(f->out.p, "\n  string   encryptionWithCmk.enforcement            builtin\n"
                        "             Disabled | Enabled | Unspecified\n");
}

static void lines_keep_to_the_width_where_names_do(void **state)
{
    Fixture *f = *state;
    for (const char *line = show(f, "Microsoft.Storage/storageAccounts"); *line;) {
        const char *end = strchr(line, '\n');
        size_t n = 0;
        for (const char *p = line; p < end; p++)
            n += ((unsigned char)*p & 0xc0) != 0x80;
        if (n > 80 && n > strcspn(line + 11, " \n") + 11)
            fail_msg("%zu columns: %.*s", n, (int)(end - line), line);
        line = end + 1;
    }
}

static void other_things_are_shown_by_their_names(void **state)
{
    Fixture *f = *state;
    must_have(show(f, "Microsoft.Storage/storageAccounts/allowedCopyScope"),
              "  values          PrivateLink, AAD, All\n"
              "                  and others: the list is not closed\n"
              "  path            properties.allowedCopyScope\n");
    must_have(show(f, "microsoft.compute/IMAGEID"), "Microsoft.Compute/imageId\n");
    must_have(show(f, "azure ai user"), "Foundry User\n  role            53ca6127-");
    must_have(f->out.p, "  formerly        azure ai user\n");
    must_have(show(f, "West Europe"), "westeurope\n  region          West Europe\n");
    must_have(show(f, "microsoft.keyvault.data"), "built-in ones only");
    must_have(show(f, "d45520cb-31ca-44ba-8da2-fcf914608544"),
              "  effects         DeployIfNotExists, Disabled\n"
              "                  set by the parameter `effect`\n");
    must_have(f->out.p, "parameters (2)\n  string   effect = \"DeployIfNotExists\"\n");
    must_have(show(f, "03055927-78bd-4236-86c0-f36125a10dc9"), "  is              initiative\n");
    must_have(show(f, "Microsoft.Storage/storageAccounts/accountMigrationInProgress"),
              "read-only: it is not in requests");
}

static void json_has_the_same_facts(void **state)
{
    Fixture *f = *state;
    cJSON *root = json(f, false, "Microsoft.Storage/storageAccounts");
    assert_string_equal(text_of(root, "location"), "required");
    const cJSON *aliases = cJSON_GetObjectItemCaseSensitive(root, "aliases");
    CatalogType t;
    assert_true(catalog_type(f->catalog, f->arena, STR("Microsoft.Storage/storageAccounts"), &t));
    assert_int_equal(cJSON_GetArraySize(aliases), t.alias_count);
    assert_string_equal(text_of(cJSON_GetArrayItem(aliases, 0), "path"), "properties.accessTier");
    cJSON_Delete(root);

    root = json(f, true, "openai user");
    const cJSON *role = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(root, "roles"), 0);
    assert_string_equal(text_of(role, "name"), "Cognitive Services OpenAI User");
    cJSON_Delete(root);
    root = json(f, true, "zzzzzz");
    assert_int_equal(cJSON_GetArraySize(root), 6);
    cJSON_Delete(root);

    root = json(f, false, "West Europe");
    assert_string_equal(text_of(root, "cloud"), "AzureCloud");
    cJSON_Delete(root);
    root = json(f, false, "Reader");
    assert_string_equal(text_of(root, "id"), "acdd72a7-3385-48ef-bd42-f606fba81ae7");
    cJSON_Delete(root);
    root = json(f, false, "Microsoft.Kubernetes.Data");
    assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "custom")));
    cJSON_Delete(root);
    root = json(f, false, "Microsoft.Storage/storageAccounts/accessTier");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(root, "values")), 5);
    cJSON_Delete(root);
}

// Defaults of parameters are written as they are: each must be JSON.
static void every_built_in_is_json(void **state)
{
    Fixture *f = *state;
    for (uint32_t i = 0; i < catalog_builtin_count(f->catalog); i += 7) {
        CatalogBuiltin b;
        catalog_builtin_at(f->catalog, f->arena, i, &b);
        cJSON *root = json(f, false, b.id);
        assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(root, "parameters")),
                         b.parameter_count);
        cJSON_Delete(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_match_is_first),
        cmocka_unit_test(a_long_list_is_cut_unless_all_is_asked_for),
        cmocka_unit_test(what_is_nowhere_is_not_found),
        cmocka_unit_test(a_type_is_shown_with_its_properties),
        cmocka_unit_test(lines_keep_to_the_width_where_names_do),
        cmocka_unit_test(other_things_are_shown_by_their_names),
        cmocka_unit_test(json_has_the_same_facts),
        cmocka_unit_test(every_built_in_is_json),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
