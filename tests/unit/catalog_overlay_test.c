// catalog_overlay_test.c - a project's own catalogue, and how it is made.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/limits.h"
#include "catalog/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HEAD TEXT_HEADER "\n"
#define TYPE "type\tA.B/c\t2024-01-01\t2024-06-01-preview\tlocation! tags kind?\tresourceGroup\t-\n"

typedef struct Fixture {
    Arena *arena;
    Catalog *catalog;
    char folder[64];
    const char *file, *listing;
    Status status;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->catalog = catalog_open(f->arena);
    snprintf(f->folder, sizeof f->folder, "/tmp/moat-catalog-XXXXXX");
    *state = f;
    if (!mkdtemp(f->folder))
        return -1;
    f->file = arena_printf(f->arena, "%s/catalog.txt", f->folder);
    f->listing = arena_printf(f->arena, "%s/providers.json", f->folder);
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    unlink(f->file);
    unlink(f->listing);
    rmdir(f->folder);
    arena_free(f->arena);
    free(f);
    return 0;
}

static bool overlay(Fixture *f, Str text)
{
    assert_true(io_write_file(f->file, text, &f->status));
    return catalog_overlay(f->catalog, f->file, &f->status);
}

static void must_overlay(Fixture *f, const char *text)
{
    if (!overlay(f, STR(text)))
        fail_msg("%s", f->status.message);
}

// The text is refused, at a place and with words that say why; the catalogue stays as it is.
static void must_refuse(Fixture *f, Str text, unsigned line, const char *why)
{
    if (overlay(f, text))
        fail_msg("read: %.*s", (int)text.n, text.p);
    const char *place = arena_printf(f->arena, "`%s`, line %u: ", f->file, line);
    if (!strstr(f->status.message, place) || !strstr(f->status.message, why))
        fail_msg("`%s` lacks `%s` or `%s`", f->status.message, place, why);
    CatalogType t;
    assert_true(catalog_type(f->catalog, f->arena, STR("Microsoft.Storage/storageAccounts"), &t));
    assert_true(t.alias_count > 100);
}

static bool alias(Fixture *f, const char *name, CatalogAlias *ret)
{
    return catalog_alias_named(f->catalog, f->arena, STR(name), ret);
}

// --- laying one over -----------------------------------------------------------------------------

static void types_of_the_overlay_are_whole_and_replace(void **state)
{
    Fixture *f = *state;
    uint32_t types = catalog_type_count(f->catalog), aliases = catalog_alias_count(f->catalog);
    must_overlay(f, HEAD "# a comment\n\n" TYPE "\tsize\tinteger\n"
                         "\tlist[*].name\tstring\t=0,1\treadonly unmodifiable\t~x|y z\t2020-01-01\n"
                         "\tlist[*]\tobject\t\t\t\t-\n"
                         "type\tmicrosoft.storage/storageaccounts\t-\t-\t?\t?\t?\n"
                         "\tonlyThis\tboolean\tfirst|second\n"
                         "namespace\tMicrosoft.Compute\n\timageId\tstring\t\n");
    CatalogType t;
    CatalogAlias x;
    assert_true(catalog_type(f->catalog, f->arena, STR("a.b/C"), &t));
    assert_string_equal(t.name, "A.B/c");
    assert_string_equal(t.parent, "");
    assert_string_equal(t.stable_api, "2024-01-01");
    assert_string_equal(t.newest_api, "2024-06-01-preview");
    assert_int_equal(t.location, CATALOG_REQUIRED);
    assert_int_equal(t.tags, CATALOG_OPTIONAL);
    assert_int_equal(t.kind, CATALOG_UNKNOWN);
    assert_int_equal(t.sku, CATALOG_ABSENT);
    assert_int_equal(t.readable, SCOPE_RESOURCE_GROUP);
    assert_int_equal(t.writable, 0);
    assert_int_equal(t.alias_count, 3);

    assert_true(alias(f, "A.b/c/LIST[*].name", &x));
    assert_string_equal(x.name, "A.B/c/list[*].name");
    assert_string_equal(x.path, "properties.list[*].properties.name");
    assert_int_equal(x.flags, ALIAS_READ_ONLY | ALIAS_NOT_MODIFIABLE);
    assert_true(x.enum_open);
    assert_int_equal(x.enum_count, 2);
    assert_string_equal(x.enum_values[1], "y z");
    assert_string_equal(x.api, "2020-01-01");
    assert_true(alias(f, "A.B/c/size", &x));
    assert_string_equal(x.api, "2024-01-01");
    assert_true(catalog_has_below(f->catalog, STR("A.B/c"), STR("list")));
    assert_true(catalog_has_below(f->catalog, STR("A.B/c"), STR("list[*]")));
    assert_false(catalog_has_below(f->catalog, STR("A.B/c"), STR("lis")));
    assert_false(catalog_has_below(f->catalog, STR("A.B/c"), STR("size")));

    assert_true(alias(f, "Microsoft.Storage/storageAccounts/onlyThis", &x));
    assert_string_equal(x.path, "first");
    assert_false(alias(f, "Microsoft.Storage/storageAccounts/accessTier", &x));
    assert_true(alias(f, "Microsoft.Compute/imageId", &x));
    assert_false(alias(f, "Microsoft.Compute/imageOffer", &x));
    assert_false(catalog_type(f->catalog, f->arena, STR("Microsoft.Compute"), &t));

    assert_int_equal(catalog_type_count(f->catalog), types + 1);
    assert_int_equal(catalog_alias_count(f->catalog), aliases + 5);
    assert_true(catalog_type_at(f->catalog, f->arena, types, &t));
    uint32_t at = 0;
    assert_true(catalog_type_next(f->catalog, f->arena, str_of(t.name), &at, &t));
    assert_int_equal(at, types + 1);
    assert_string_equal(t.name, "A.B/c");
    for (uint32_t i = 0; i < t.alias_count; i++) {
        assert_true(catalog_alias_at(f->catalog, f->arena, t.first_alias + i, &x));
        assert_true(str_starts_nocase(str_of(x.name), STR("A.B/c/")));
    }
    bool replaced = false;
    for (uint32_t i = 0; i < types; i++) {
        assert_true(catalog_type_at(f->catalog, f->arena, i, &t));
        replaced |= t.alias_count == 1 && strcmp(t.name, "microsoft.storage/storageaccounts") == 0;
    }
    assert_true(replaced);
}

static void it_may_be_empty_or_have_other_line_ends(void **state)
{
    Fixture *f = *state;
    CatalogAlias x;
    must_overlay(f, TEXT_HEADER);
    must_overlay(f, HEAD "\n\n#\n");
    must_overlay(f, TEXT_HEADER "\r\ntype\tA.B/c\t-\t-\t-\t-\t-\r\n\tb\tany\r\n\ta\tany\r\n");
    assert_true(alias(f, "A.B/c/a", &x));
    assert_true(alias(f, "A.B/c/b", &x));
    must_overlay(f, HEAD "type\tA.B/c\t-\t-\t-\t-\t-\nas\ta.b/C\n\tx\tany");
    assert_true(alias(f, "A.B/c/x", &x));
    assert_string_equal(x.name, "a.b/C/x");
    must_overlay(f, HEAD "type\tA.B/c\t-\t-\t-\t-\t-\n\tsome name\tstring\n");
    assert_true(alias(f, "A.B/c/Some Name", &x));
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
    Fixture *f = *state;
    const struct {
        const char *text;
        unsigned line;
        const char *why;
    } cases[] = {
        {"", 1, "moat-catalog 1"},
        {"moat-catalog 2\n", 1, "moat-catalog 1"},
        {"{\"value\": []}", 1, "moat-catalog 1"},
        {HEAD "role\tReader\tx\n", 2, "type, namespace, as or a tab: `role`"},
        {HEAD "date\t2026-01-01\n", 2, "`date`"},
        {HEAD "\tx\tany\n", 2, "below its `type`"},
        {HEAD "as\tA.B/c\n", 2, "spells the type above"},
        {HEAD TYPE "as\tA.B/d\n", 3, "`A.B/d`"},
        {HEAD "type\n", 2, "joined by `/`"},
        {HEAD "type\tA.B\t-\t-\t-\t-\t-\n", 2, "`A.B`"},
        {HEAD "type\t/c\t-\t-\t-\t-\t-\n", 2, "`/c`"},
        {HEAD "type\tA.B/\t-\t-\t-\t-\t-\n", 2, "`A.B/`"},
        {HEAD "type\tA.B/c\t\t-\t-\t-\t-\n", 2, "stable api-version"},
        {HEAD "type\tA.B/c\t-\n", 2, "newest api-version"},
        {HEAD "type\tA.B/c\t-\t-\tplace!\t-\t-\n", 2, "`place!`"},
        {HEAD "type\tA.B/c\t-\t-\t\t-\t-\n", 2, "members of a type"},
        {HEAD "type\tA.B/c\t-\t-\ttags  kind\t-\t-\n", 2, "members of a type"},
        {HEAD "type\tA.B/c\t-\t-\t-\tgalaxy\t-\n", 2, "`galaxy`"},
        {HEAD "type\tA.B/c\t-\t-\t-\t-\ttenant,\n", 2, "scopes are"},
        {HEAD "type\tA.B/c\t-\t-\t-\t-\t-\tlost\n", 2, "`lost`"},
        {HEAD "type\tA.B/c\t-\t-\t-\t-\t-\tgone\tx\n", 2, "eight columns"},
        {HEAD "namespace\tA.B/c\n", 2, "`A.B/c`"},
        {HEAD "namespace\t\n", 2, "namespace has no"},
        {HEAD TYPE TYPE, 3, "there already: `A.B/c`"},
        {HEAD TYPE "\tx\tany\ntype\ta.b/C\t-\t-\t-\t-\t-\n", 4, "there already: `a.b/C`"},
        {HEAD TYPE "\tx\tany\n\tX\tany\n", 4, "has the property already: `X`"},
        {HEAD TYPE "\tb\tany\n\ta\tany\n\tB\tany\n", 5, "has the property already"},
        {HEAD TYPE "\t\tany\n", 3, "a property path"},
        {HEAD TYPE "\ta/b\tany\n", 3, "`a/b`"},
        {HEAD TYPE "\tx\n", 3, "a value type is any, string"},
        {HEAD TYPE "\tx\tText\n", 3, "`Text`"},
        {HEAD TYPE "\tx\tany\t=\n", 3, "segment numbers"},
        {HEAD TYPE "\tx\tany\t=0,\n", 3, "`=0,`"},
        {HEAD TYPE "\tx\tany\t=,0\n", 3, "`=,0`"},
        {HEAD TYPE "\tx\tany\t=100\n", 3, "`=100`"},
        {HEAD TYPE "\tx\tany\t=a\n", 3, "`=a`"},
        {HEAD TYPE "\tx\tany\t\twrong\n", 3, "no such fact about a property: `wrong`"},
        {HEAD TYPE "\tx\tany\t\tsecret \n", 3, "no such fact"},
        {HEAD TYPE "\tx\tany\t\t\ta||b\n", 3, "joined by `|`"},
        {HEAD TYPE "\tx\tany\t\t\ta|\n", 3, "joined by `|`"},
        {HEAD TYPE "\tx\x01\tany\n", 3, "without control characters"},
        {HEAD TYPE "\tx\x7f\tany\n", 3, "without control characters"},
        {HEAD TYPE "\tx\xff\tany\n", 3, "UTF-8"},
        {HEAD TYPE "\tx\xc3", 3, "UTF-8"},
        {HEAD "type\tA.B/c\t2024-0", 2, "newest api-version"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        must_refuse(f, STR(cases[i].text), cases[i].line, cases[i].why);
    static const char nul[] = HEAD TYPE "\tx\0y\tany\n";
    must_refuse(f, (Str){nul, sizeof nul - 1}, 3, "without control characters");
}

static void huge_lines_are_refused(void **state)
{
    Fixture *f = *state;
    Buf b = {0};
    buf_str(&b, HEAD TYPE "\t");
    buf_fill(&b, 'x', 1u << 22);
    must_refuse(f, (Str){b.p, b.n}, 3, "at most 1000");
    buf_reset(&b);
    buf_str(&b, HEAD "type\tA.B/");
    buf_fill(&b, 'x', LIMIT_CATALOG_NAME);
    buf_str(&b, "\t-\t-\t-\t-\t-\n");
    must_refuse(f, (Str){b.p, b.n}, 2, "a resource type is");
    buf_reset(&b);
    buf_str(&b, HEAD TYPE "\tx\tany\t=0");
    for (size_t i = 0; i < LIMIT_CATALOG_NAME; i++)
        buf_str(&b, ",0");
    must_refuse(f, (Str){b.p, b.n}, 3, "a path is");
    buf_reset(&b);
    buf_str(&b, HEAD TYPE "\tx\tany\t\t\t");
    buf_fill(&b, 'x', LIMIT_CATALOG_ENUM + 1);
    must_refuse(f, (Str){b.p, b.n}, 3, "at most 65536");
    buf_reset(&b);
    buf_str(&b, HEAD);
    buf_fill(&b, '\t', 1u << 20);
    must_refuse(f, (Str){b.p, b.n}, 2, "eight columns");
    buf_free(&b);
}

static void a_file_that_is_not_there_is_said(void **state)
{
    Fixture *f = *state;
    assert_false(catalog_overlay(f->catalog, f->file, &f->status));
    assert_int_equal(f->status.code, STATUS_NOT_FOUND);
}

// --- import --------------------------------------------------------------------------------------

static bool import(Fixture *f, Str json)
{
    assert_true(io_write_file(f->listing, json, &f->status));
    return catalog_import(f->arena, f->listing, f->file, &f->status);
}

static void must_import(Fixture *f, const char *json)
{
    if (!import(f, STR(json)) || !catalog_overlay(f->catalog, f->file, &f->status))
        fail_msg("%s", f->status.message);
}

static const char LISTING[] =
    "{\"value\": [{\"namespace\": \"Contoso.Demo\", \"resourceTypes\": [\n"
    "  {\"resourceType\": \"widgets\", \"capabilities\": \"SupportsTags, SupportsLocation\",\n"
    "   \"apiVersions\": [\"2023-01-01\", \"2025-02-01-preview\", \"2024-01-01\"],\n"
    "   \"aliases\": [\n"
    "    {\"name\": \"Contoso.Demo/widgets/parts[*].colour\", \"type\": \"PlainText\",\n"
    "     \"defaultPath\": \"properties.parts[*].properties.colour\", \"defaultPattern\": null,\n"
    "     \"defaultMetadata\": {\"type\": \"String\", \"attributes\": \"Modifiable\"},\n"
    "     \"paths\": [{\"path\": \"properties.oldParts[*].colour\",\n"
    "                \"apiVersions\": [\"2021-06-01\"], \"pattern\": null,\n"
    "                \"metadata\": {\"type\": \"String\", \"attributes\": \"None\"}}]},\n"
    "    {\"name\": \"contoso.demo/widgets/weight\", \"type\": \"PlainText\",\n"
    "     \"defaultPath\": {\"path\": \"properties.weight\", \"apiVersions\": []},\n"
    "     \"defaultMetadata\": {\"type\": \"Number\", \"attributes\": \"None\"}},\n"
    "    {\"name\": \"Contoso.Demo/widgets/weight\", \"paths\": []},\n"
    "    {\"name\": \"Contoso.Demo/widgets/pin\", \"type\": \"Mask\", \"defaultPath\": null,\n"
    "     \"paths\": [{\"path\": \"properties.secret.pin\", \"apiVersions\": []}]},\n"
    "    {\"name\": \"Contoso.Demo/oldWord\", \"defaultPath\": \"word\"}]},\n"
    "  {\"resourceType\": \"widgets/lids\", \"capabilities\": \"None\"}]},\n"
    " {\"namespace\": \"Microsoft.Storage\", \"resourceTypes\": [\n"
    "  {\"resourceType\": \"storageAccounts\", \"aliases\": [\n"
    "    {\"name\": \"Microsoft.Storage/storageAccounts/accessTier\",\n"
    "     \"defaultPath\": \"properties.accessTier\",\n"
    "     \"defaultMetadata\": {\"type\": \"String\", \"attributes\": \"None\"}},\n"
    "    {\"name\": \"Microsoft.Storage/storageAccounts/accountMigrationInProgress\",\n"
    "     \"defaultMetadata\": {\"type\": \"NotSpecified\"}},\n"
    "    {\"name\": \"Microsoft.Storage/storageAccounts/allowBlobPublicAccess\",\n"
    "     \"defaultMetadata\": {\"type\": \"String\", \"attributes\": \"Modifiable\"}}]},\n"
    "  {\"resourceType\": \"storageAccounts/blobServices\"}]}]}\n";

static void a_listing_becomes_an_overlay(void **state)
{
    Fixture *f = *state;
    CatalogType t;
    CatalogAlias x;
    must_import(f, LISTING);
    assert_true(catalog_type(f->catalog, f->arena, STR("contoso.demo/widgets"), &t));
    assert_string_equal(t.stable_api, "2024-01-01");
    assert_string_equal(t.newest_api, "2025-02-01-preview");
    assert_int_equal(t.location, CATALOG_OPTIONAL);
    assert_int_equal(t.identity, CATALOG_UNKNOWN);
    assert_int_equal(t.writable, TEXT_ALL_SCOPES);
    assert_int_equal(t.alias_count, 3);
    assert_true(catalog_type(f->catalog, f->arena, STR("Contoso.Demo/widgets/lids"), &t));
    assert_string_equal(t.parent, "Contoso.Demo/widgets");
    assert_int_equal(t.tags, CATALOG_ABSENT);

    assert_true(alias(f, "Contoso.Demo/widgets/parts[*].colour", &x));
    assert_string_equal(x.path, "properties.parts[*].properties.colour");
    assert_int_equal(x.type, CATALOG_STRING);
    assert_int_equal(x.flags, ALIAS_MODIFIABLE);
    assert_string_equal(x.api, "");
    assert_true(alias(f, "Contoso.Demo/widgets/weight", &x));
    assert_string_equal(x.name, "contoso.demo/widgets/weight");
    assert_string_equal(x.path, "properties.weight");
    assert_int_equal(x.type, CATALOG_NUMBER);
    assert_int_equal(x.flags, ALIAS_NOT_MODIFIABLE);
    assert_true(alias(f, "Contoso.Demo/widgets/pin", &x));
    assert_string_equal(x.path, "properties.secret.pin");
    assert_int_equal(x.flags, ALIAS_SECRET);
    assert_true(alias(f, "Contoso.Demo/oldWord", &x));
    assert_string_equal(x.path, "word");
}

static void the_binary_says_what_a_listing_cannot(void **state)
{
    Fixture *f = *state;
    CatalogType t;
    CatalogAlias x;
    must_import(f, LISTING);
    assert_true(catalog_type(f->catalog, f->arena, STR("Microsoft.Storage/storageAccounts"), &t));
    assert_int_equal(t.alias_count, 3);
    assert_int_equal(t.location, CATALOG_REQUIRED);
    assert_int_equal(t.writable, SCOPE_RESOURCE_GROUP);
    assert_true(text_date(str_of(t.stable_api)));

    assert_true(alias(f, "Microsoft.Storage/storageAccounts/accessTier", &x));
    assert_int_equal(x.enum_count, 5);
    assert_true(x.flags & ALIAS_NOT_MODIFIABLE);
    assert_string_equal(x.api, t.stable_api);
    assert_true(alias(f, "Microsoft.Storage/storageAccounts/accountMigrationInProgress", &x));
    assert_int_equal(x.type, CATALOG_BOOLEAN);
    assert_int_equal(x.flags, ALIAS_READ_ONLY); // and no longer derived
    assert_true(alias(f, "Microsoft.Storage/storageAccounts/allowBlobPublicAccess", &x));
    assert_int_equal(x.type, CATALOG_STRING); // the service says so
    assert_true(x.flags & ALIAS_MODIFIABLE);

    // a type without a list of aliases is left to the binary
    Str blobs = STR("Microsoft.Storage/storageAccounts/blobServices");
    assert_true(catalog_type(f->catalog, f->arena, blobs, &t));
    assert_true(t.alias_count > 10);
}

static void a_bare_array_and_one_provider_will_do(void **state)
{
    Fixture *f = *state;
    CatalogAlias x;
    must_import(f,
                "[{\"namespace\":\"A.B\",\"resourceTypes\":[{\"resourceType\":\"c\",\"aliases\":["
                "{\"name\":\"A.B/c/x\"}]}]}]");
    assert_true(alias(f, "A.B/c/x", &x));
    must_import(f, "{\"namespace\":\"A.B\",\"resourceTypes\":[{\"resourceType\":\"c\",\"aliases\":["
                   "{\"name\":\"A.B/c/d/y\"}]}]}");
    assert_true(alias(f, "A.B/c/d/y", &x));
}

#define ONE_ALIAS(alias)                                                                           \
    "{\"namespace\":\"A.B\",\"resourceTypes\":[{\"resourceType\":\"c\",\"aliases\":[" alias "]}]}"

static void what_is_no_listing_is_refused(void **state)
{
    Fixture *f = *state;
    const struct {
        const char *text, *why;
    } cases[] = {
        {"", "line 1 is not JSON"},
        {"[\n{\"namespace\": \"A.B\",\n}]", "line 3 is not JSON"},
        {"[] []", "line 1 is not JSON"},
        {"\"text\"", "no listing of providers"},
        {"{}", "no listing of providers"},
        {"[]", "?$expand=resourceTypes/aliases"},
        {"[{\"namespace\": \"A.B\", \"resourceTypes\": []}]", "?$expand=resourceTypes/aliases"},
        {"[1]", "a provider needs a `namespace`"},
        {"[{\"namespace\": \"A/B\"}]", "a provider needs a `namespace`"},
        {"[{\"namespace\": \"A\\tB\"}]", "a provider needs a `namespace`"},
        {"[{\"namespace\": \"A.B\", \"resourceTypes\": [{}]}]",
         "`resourceType`; see those of: `A.B`"},
        {"[{\"namespace\": \"A.B\", \"resourceTypes\": [{\"resourceType\": \"c\\n\"}]}]", "`A.B`"},
        {ONE_ALIAS("{}"), "an alias needs a name"},
        {ONE_ALIAS("{\"name\": \"x\"}"), "an alias needs a name like"},
        {ONE_ALIAS("{\"name\": \"A.B/c/\"}"), "`A.B/c/`"},
        {ONE_ALIAS("{\"name\": \"A.B//x\"}"), "`A.B//x`"},
        {ONE_ALIAS("{\"name\": \"A.B/c/x\\u0000y\"}"), "there is a NUL"},
        {ONE_ALIAS("{\"name\": \"A.B/c/x\", \"defaultPath\": \"a\\tb\"}"), "`A.B/c/x`"},
        {ONE_ALIAS("{\"name\": \"A.B/c/x\", \"defaultPath\": \"=0\"}"), "`A.B/c/x`"},
        {ONE_ALIAS("{\"name\": \"A.B/c/x\", \"defaultPath\": \"a|b\"}"), "`A.B/c/x`"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (import(f, STR(cases[i].text)))
            fail_msg("imported: %s", cases[i].text);
        if (!strstr(f->status.message, cases[i].why) || !strstr(f->status.message, f->listing))
            fail_msg("`%s` lacks `%s`", f->status.message, cases[i].why);
        assert_false(io_is_file(f->file));
    }
    assert_false(import(f, (Str){"[\0]", 3}));
    Buf deep = {0};
    buf_fill(&deep, '[', 100000);
    assert_false(import(f, (Str){deep.p, deep.n}));
    buf_reset(&deep);
    buf_char(&deep, '[');
    buf_fill(&deep, ',', LIMIT_CATALOG_VALUES);
    assert_false(import(f, (Str){deep.p, deep.n}));
    assert_non_null(strstr(f->status.message, "JSON values"));
    buf_free(&deep);
}

// Every alias of the binary, listed as the service would, comes back.
static void a_listing_of_everything_comes_back(void **state)
{
    Fixture *f = *state;
    Buf json = {0};
    CatalogType t;
    CatalogAlias x;
    buf_str(&json, "[");
    uint32_t types = catalog_type_count(f->catalog);
    for (uint32_t i = 0; i < types; i++) {
        catalog_type_at(f->catalog, f->arena, i, &t);
        const char *slash = strchr(t.name, '/');
        buf_printf(&json,
                   "%s{\"namespace\":\"%.*s\",\"resourceTypes\":[{\"resourceType\":\"%s\","
                   "\"aliases\":[",
                   i ? "," : "", (int)(slash - t.name), t.name, slash + 1);
        for (uint32_t k = 0; k < t.alias_count; k++) {
            catalog_alias_at(f->catalog, f->arena, t.first_alias + k, &x);
            buf_printf(&json, "%s{\"name\":\"%s\",\"defaultPath\":\"%s\"}", k ? "," : "", x.name,
                       x.path);
        }
        buf_str(&json, "]}]}");
    }
    buf_str(&json, "]");
    assert_true(import(f, (Str){json.p, json.n}));
    buf_free(&json);

    Catalog *binary = catalog_open(f->arena);
    assert_true(catalog_overlay(f->catalog, f->file, &f->status));
    assert_int_equal(catalog_type_count(f->catalog), types);
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < catalog_alias_count(binary); i++) {
        CatalogAlias y;
        arena_reset(scratch);
        catalog_alias_at(binary, scratch, i, &x);
        assert_true(catalog_alias_named(f->catalog, scratch, str_of(x.name), &y));
        assert_string_equal(y.name, x.name);
        assert_string_equal(y.path, x.path);
        assert_string_equal(y.api, x.api);
        assert_int_equal(y.type, x.type);
        assert_int_equal(y.enum_count, x.enum_count);
        assert_int_equal(y.enum_open, x.enum_open);
        bool listed = strchr(strchr(x.name, '/') + 1, '/'); // the old ones are not
        uint32_t dropped = listed ? ALIAS_DERIVED | ALIAS_UNSURE : 0;
        assert_int_equal(y.flags, x.flags & ~dropped);
    }
    arena_free(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(types_of_the_overlay_are_whole_and_replace, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(it_may_be_empty_or_have_other_line_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(huge_lines_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_listing_becomes_an_overlay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_binary_says_what_a_listing_cannot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bare_array_and_one_provider_will_do, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_listing_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_listing_of_everything_comes_back, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
