// catalog_test.c - what is in the binary's catalogue is what stdlib/catalog says.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/hash.h"
#include "base/limits.h"
#include "catalog/internal.h"

#include <stdlib.h>

typedef struct Fixture {
    Arena *arena;
    Catalog *catalog;
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
    arena_free(f->arena);
    free(f);
    return 0;
}

static CatalogAlias alias(Fixture *f, const char *name)
{
    CatalogAlias x = {0};
    if (!catalog_alias_named(f->catalog, f->arena, STR(name), &x))
        fail_msg("no alias %s", name);
    return x;
}

static CatalogType type(Fixture *f, const char *name)
{
    CatalogType t = {0};
    if (!catalog_type(f->catalog, f->arena, STR(name), &t))
        fail_msg("no type %s", name);
    return t;
}

static bool of_data_plane(const char *name)
{
    const char *end = strchr(name, '/');
    return end && end - name > 5 && memcmp(end - 5, ".Data", 5) == 0;
}

static void counts(void **state)
{
    Fixture *f = *state;
    uint32_t types = 0, aliases = 0;
    for (uint32_t i = 0; i < catalog_type_count(f->catalog); i++) {
        CatalogType t;
        assert_true(catalog_type_at(f->catalog, f->arena, i, &t));
        types += !of_data_plane(t.name);
    }
    for (uint32_t i = 0; i < catalog_alias_count(f->catalog); i++) {
        CatalogAlias x;
        assert_true(catalog_alias_at(f->catalog, f->arena, i, &x));
        aliases += !of_data_plane(x.name);
    }
    assert_int_equal(types, 3578);
    assert_int_equal(aliases, 75955);
    assert_int_equal(catalog_type_count(f->catalog), 3578 + 9);
    assert_int_equal(catalog_alias_count(f->catalog), 75955 + 41);
    assert_int_equal(catalog_role_count(f->catalog), 929);
    assert_int_equal(catalog_location_count(f->catalog), 77);
    assert_int_equal(catalog_builtin_count(f->catalog), 3784);
    assert_int_equal(catalog_mode_count(f->catalog), 10);
    assert_true(text_date(str_of(catalog_date(f->catalog))));
}

static void past_the_end_there_is_nothing(void **state)
{
    Fixture *f = *state;
    CatalogType t;
    CatalogAlias x;
    CatalogBuiltin b;
    CatalogMode m;
    assert_false(catalog_type_at(f->catalog, f->arena, catalog_type_count(f->catalog), &t));
    assert_false(catalog_alias_at(f->catalog, f->arena, catalog_alias_count(f->catalog), &x));
    assert_false(catalog_builtin_at(f->catalog, f->arena, UINT32_MAX, &b));
    assert_false(catalog_mode_at(f->catalog, f->arena, catalog_mode_count(f->catalog), &m));
}

// As many as a walk over all types finds, and the same.
static void types_by_their_beginning(void **state)
{
    static const char *const starts[] = {"microsoft.compute/", "Microsoft.Z", "A", "zz", ""};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        Str start = str_of(starts[i]);
        CatalogType t, next;
        uint32_t at = 0;
        for (uint32_t k = 0; catalog_type_at(f->catalog, f->arena, k, &t); k++) {
            if (!str_starts_nocase(str_of(t.name), start))
                continue;
            assert_true(catalog_type_next(f->catalog, f->arena, start, &at, &next));
            assert_string_equal(next.name, t.name);
        }
        assert_false(catalog_type_next(f->catalog, f->arena, start, &at, &next));
    }
}

static void the_blob_is_whole(void **state)
{
    const Catalog *c = ((Fixture *)*state)->catalog;
    size_t summed = BLOB_HEAD + 4 * (BLOB_CHECKSUM + 1);
    uint32_t size = blob_head(c, BLOB_SIZE);
    assert_true(size <= 4u << 20);
    assert_int_equal((uintptr_t)c->blob % 8, 0);
    assert_int_equal(blob_head(c, BLOB_CHECKSUM),
                     (uint32_t)hash_fnv(c->blob + summed, size - summed));
}

static void types_have_azures_spelling_and_facts(void **state)
{
    Fixture *f = *state;
    CatalogType t = type(f, "MICROSOFT.storage/STORAGEaccounts");
    assert_string_equal(t.name, "Microsoft.Storage/storageAccounts");
    assert_string_equal(t.parent, "");
    assert_int_equal(t.location, CATALOG_REQUIRED);
    assert_int_equal(t.tags, CATALOG_OPTIONAL);
    assert_int_equal(t.sku, CATALOG_REQUIRED);
    assert_int_equal(t.readable, SCOPE_RESOURCE_GROUP);
    assert_int_equal(t.writable, SCOPE_RESOURCE_GROUP);
    assert_false(t.gone);
    assert_true(text_date(str_of(t.stable_api)));

    t = type(f, "Microsoft.CognitiveServices/accounts/deployments");
    assert_string_equal(t.parent, "Microsoft.CognitiveServices/accounts");
    assert_int_equal(t.location, CATALOG_ABSENT);

    t = type(f, "Microsoft.Resources/subscriptions/resourceGroups");
    assert_int_equal(t.location, CATALOG_UNKNOWN);
    assert_int_equal(t.writable, TEXT_ALL_SCOPES);

    t = type(f, "Microsoft.AutonomousDevelopmentPlatform/accounts");
    assert_true(t.gone);
    assert_string_equal(t.stable_api, "");

    t = type(f, "Microsoft.KeyVault.Data/vaults/keys");
    assert_string_equal(t.newest_api, "");
}

static void unknown_names_are_not_found(void **state)
{
    Fixture *f = *state;
    const char *names[] = {"",
                           "/",
                           "Microsoft.Storage",
                           "Microsoft.Storage/",
                           "//",
                           "[*]",
                           "Microsoft.Storage/storageAccount",
                           "Microsoft.Compute"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CatalogType t;
        CatalogAlias x;
        CatalogBuiltin b;
        CatalogMode m;
        const char *name, *other;
        assert_false(catalog_type(f->catalog, f->arena, STR(names[i]), &t));
        assert_false(catalog_alias_named(f->catalog, f->arena, STR(names[i]), &x));
        assert_false(catalog_builtin(f->catalog, f->arena, STR(names[i]), &b));
        assert_false(catalog_mode(f->catalog, f->arena, STR(names[i]), &m));
        assert_false(catalog_role(f->catalog, STR(names[i]), &name, &other));
        assert_false(catalog_location(f->catalog, STR(names[i]), &name, &other));
        assert_false(catalog_has_below(f->catalog, STR(names[i]), STR("x")));
    }
    CatalogAlias x;
    Str storage = STR("Microsoft.Storage/storageAccounts");
    assert_false(catalog_alias(f->catalog, f->arena, storage, (Str){"", 0}, &x));
    assert_false(catalog_alias(f->catalog, f->arena, storage, STR("a"), &x));
    assert_false(catalog_alias(f->catalog, f->arena, storage, STR("zzz"), &x));
    assert_false(catalog_alias(f->catalog, f->arena, storage, STR("networkAcls.bypas"), &x));
    assert_false(catalog_alias(f->catalog, f->arena, storage, STR("networkAcls.bypasss"), &x));
    assert_false(catalog_alias(f->catalog, f->arena, storage, (Str){"accessTier\0", 11}, &x));
}

static void huge_names_are_not_found(void **state)
{
    Fixture *f = *state;
    size_t n = 1u << 20;
    char *huge = arena_alloc(f->arena, n);
    memset(huge, 'n', n);
    Str name = {huge, n}, storage = STR("Microsoft.Storage/storageAccounts");
    CatalogType t;
    CatalogAlias x;
    const char *a, *b;
    assert_false(catalog_type(f->catalog, f->arena, name, &t));
    assert_false(catalog_alias(f->catalog, f->arena, storage, name, &x));
    assert_false(catalog_has_below(f->catalog, storage, name));
    assert_false(catalog_location(f->catalog, name, &a, &b));
}

static void aliases_have_path_type_and_facts(void **state)
{
    Fixture *f = *state;
    CatalogAlias x = alias(f, "microsoft.storage/storageaccounts/NETWORKACLS.BYPASS");
    assert_string_equal(x.name, "Microsoft.Storage/storageAccounts/networkAcls.bypass");
    assert_string_equal(x.field, "networkAcls.bypass");
    assert_string_equal(x.path, "properties.networkAcls.bypass");
    assert_int_equal(x.type, CATALOG_STRING);

    x = alias(f, "Microsoft.CognitiveServices/accounts/"
                 "privateEndpointConnections[*].privateLinkServiceConnectionState.status");
    assert_string_equal(x.path, "properties.privateEndpointConnections[*].properties."
                                "privateLinkServiceConnectionState.status"); // =0,1

    x = alias(f, "Microsoft.Storage/storageAccounts/sku.name");
    assert_string_equal(x.path, "sku.name");
    assert_true(x.flags & ALIAS_REQUIRED);

    x = alias(f, "Microsoft.CognitiveServices/accounts/publicNetworkAccess");
    assert_true(x.enum_open);
    assert_int_equal(x.enum_count, 2);
    assert_true(x.flags & ALIAS_MODIFIABLE);
    assert_true(x.flags & ALIAS_BUILTIN);
    assert_false(x.flags & ALIAS_READ_ONLY);
}

static void enums_are_open_or_closed(void **state)
{
    Fixture *f = *state;
    CatalogAlias x = alias(f, "Microsoft.Storage/storageAccounts/accessTier");
    assert_false(x.enum_open);
    assert_int_equal(x.enum_count, 5);
    assert_string_equal(x.enum_values[0], "Hot");
    assert_string_equal(x.enum_values[4], "Smart");
    x = alias(f, "Microsoft.Storage/storageAccounts/allowedCopyScope");
    assert_true(x.enum_open);
    assert_string_equal(x.enum_values[1], "AAD");
    x = alias(f, "Microsoft.Storage/storageAccounts/allowBlobPublicAccess");
    assert_int_equal(x.type, CATALOG_BOOLEAN);
    assert_int_equal(x.enum_count, 0);
}

static void old_aliases_have_no_type_in_their_name(void **state)
{
    Fixture *f = *state;
    CatalogAlias x = alias(f, "microsoft.compute/IMAGEPUBLISHER");
    assert_string_equal(x.name, "Microsoft.Compute/imagePublisher");
    assert_string_equal(x.field, "imagePublisher");
    assert_string_equal(x.path, "properties.storageProfile.imageReference.publisher");
    CatalogType t;
    assert_false(catalog_type(f->catalog, f->arena, STR("Microsoft.Compute"), &t));
    assert_false(catalog_alias(f->catalog, f->arena, STR("Microsoft.Compute/sshPublicKeys"),
                               STR("imagePublisher"), &x));
}

static void an_alias_keeps_its_own_spelling_of_the_type(void **state)
{
    Fixture *f = *state;
    const char *odd = "Microsoft.BotService/botServices/Connections/";
    bool found = false;
    CatalogType t = type(f, "Microsoft.BotService/botServices/connections");
    for (uint32_t i = 0; i < t.alias_count; i++) {
        CatalogAlias x;
        catalog_alias_at(f->catalog, f->arena, t.first_alias + i, &x);
        found |= strncmp(x.name, odd, strlen(odd)) == 0;
    }
    assert_true(found);
}

static void what_is_below(void **state)
{
    Fixture *f = *state;
    Str storage = STR("microsoft.storage/storageaccounts");
    assert_true(catalog_has_below(f->catalog, storage, STR("networkAcls")));
    assert_true(catalog_has_below(f->catalog, storage, STR("NETWORKACLS.ipRules")));
    assert_true(catalog_has_below(f->catalog, storage, STR("networkAcls.ipRules[*]")));
    assert_false(catalog_has_below(f->catalog, storage, STR("networkAcls.bypass")));
    assert_false(catalog_has_below(f->catalog, storage, STR("networkAcl")));
    assert_false(catalog_has_below(f->catalog, storage, (Str){"", 0}));
    assert_true(catalog_has_below(f->catalog, STR("Microsoft.KeyVault.Data/vaults/keys"),
                                  STR("attributes")));
}

// The aliases of a type are its own, in order; those of its child types are theirs.
static void aliases_stand_by_type(void **state)
{
    Fixture *f = *state;
    uint32_t next = 0;
    for (uint32_t i = 0; i < catalog_type_count(f->catalog); i++) {
        CatalogType t;
        catalog_type_at(f->catalog, f->arena, i, &t);
        assert_int_equal(t.first_alias, next);
        next += t.alias_count;
        if (t.alias_count == 0)
            continue;
        CatalogAlias first, last;
        catalog_alias_at(f->catalog, f->arena, t.first_alias, &first);
        catalog_alias_at(f->catalog, f->arena, next - 1, &last);
        size_t n = strlen(t.name);
        assert_true(str_equal_nocase((Str){first.name, n}, str_of(t.name)));
        assert_int_equal(first.field - first.name, n + 1);
        assert_int_equal(last.field - last.name, n + 1);
        assert_null(strchr(last.field, '/'));
    }
}

// --- each line of stdlib/catalog against the blob ------------------------------------------------

static void same_alias(Fixture *f, const TextType *t, Str spelling, const TextLine *l)
{
    TextAlias want;
    TextError e;
    CatalogAlias got;
    assert_true(text_alias(l, &want, &e));
    assert_true(catalog_alias(f->catalog, f->arena, spelling, want.field, &got));
    const char *name = arena_printf(f->arena, "%.*s/%.*s", (int)spelling.n, spelling.p,
                                    (int)want.field.n, want.field.p);
    assert_string_equal(got.name, name);
    assert_int_equal(got.type, want.type);
    assert_int_equal(got.flags, want.flags);
    assert_int_equal(got.enum_open, want.enum_open);
    Str values = want.enum_values, value;
    for (uint32_t i = 0; i < got.enum_count; i++) {
        assert_true(text_cut(&values, '|', &value));
        assert_true(str_equal(value, str_of(got.enum_values[i])));
    }
    assert_true(values.n == 0);
    if (want.path.n && want.path.p[0] != '=')
        assert_memory_equal(got.path, want.path.p, strlen(got.path));
    Str api = want.api.n ? want.api : t->stable.n ? t->stable : t->newest;
    assert_true(str_equal(str_of(got.api), str_equal(api, STR("-")) ? (Str){"", 0} : api));
}

static uint32_t same_file(Fixture *f, Str data)
{
    TextReader r;
    TextLine l;
    TextError e;
    TextType t = {0};
    Str spelling = {0};
    uint32_t count = 0;
    assert_true(text_open(&r, data, &e));
    while (text_next(&r, &l, &e)) {
        if (l.item && spelling.p) {
            same_alias(f, &t, spelling, &l);
            count++;
        } else if (!l.item) {
            bool is_type = str_equal(l.col[0], STR("type"));
            bool heads =
                is_type || str_equal(l.col[0], STR("as")) || str_equal(l.col[0], STR("namespace"));
            spelling = heads ? l.col[1] : (Str){0};
            t = str_equal(l.col[0], STR("namespace")) ? (TextType){0} : t;
            if (is_type)
                assert_true(text_type(&l, &t, &e));
        }
    }
    assert_null(e.what);
    return count;
}

static void every_line_of_the_text_is_in_the_blob(void **state)
{
    Fixture *f = *state;
    IoEntry *entries;
    size_t count;
    Status st;
    uint32_t aliases = 0;
    assert_true(io_list_folder(f->arena, "stdlib/catalog", &entries, &count, &st));
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(entries[i].name);
        Arena *scratch = arena_new();
        Str data;
        const char *path = arena_printf(f->arena, "stdlib/catalog/%s", entries[i].name);
        if (n > 4 && strcmp(entries[i].name + n - 4, ".txt") == 0) {
            assert_true(io_read_file(scratch, path, 1000000, &data, &st));
            Fixture each = {scratch, f->catalog};
            aliases += same_file(&each, data);
        }
        arena_free(scratch);
    }
    assert_int_equal(aliases, catalog_alias_count(f->catalog));
}

// --- built-ins, roles, regions, modes, zones -----------------------------------------------------

static void built_ins_know_their_effects_and_parameters(void **state)
{
    Fixture *f = *state;
    CatalogBuiltin b;
    assert_true(
        catalog_builtin(f->catalog, f->arena, STR("D45520CB-31ca-44ba-8da2-fcf914608544"), &b));
    assert_string_equal(b.id, "d45520cb-31ca-44ba-8da2-fcf914608544");
    assert_string_equal(b.mode, "Indexed");
    assert_string_equal(b.effect_parameter, "effect");
    assert_int_equal(b.effect_count, 2);
    assert_string_equal(b.effects[1], "Disabled");
    assert_int_equal(b.parameter_count, 2);
    assert_string_equal(b.parameters[1].name, "disableLocalAuth");
    assert_string_equal(b.parameters[1].type, "String");
    assert_string_equal(b.parameters[1].initial, "\"True\"");
    assert_int_equal(b.type_count, 1);
    assert_string_equal(b.types[0], "Microsoft.Search/searchServices");
    assert_false(b.is_initiative || b.is_static || b.deprecated || b.preview);

    assert_true(
        catalog_builtin(f->catalog, f->arena, STR("03055927-78bd-4236-86c0-f36125a10dc9"), &b));
    assert_true(b.is_initiative);
    assert_string_equal(b.title, "NIST SP 800-171 Rev. 2");
    assert_null(b.parameters[1].initial);

    assert_true(
        catalog_builtin(f->catalog, f->arena, STR("0004bbf0-5099-4179-869e-e9ffe5fb0945"), &b));
    assert_true(b.is_static);
    assert_string_equal(b.effect_parameter, "");
    assert_string_equal(b.effects[0], "audit");
}

static void roles_by_name_former_name_and_id(void **state)
{
    Fixture *f = *state;
    const char *keys[] = {"foundry user", "Azure AI User", "53CA6127-db72-4b80-b1b0-d745d6d5456d"};
    for (size_t i = 0; i < 3; i++) {
        const char *name, *id;
        assert_true(catalog_role(f->catalog, STR(keys[i]), &name, &id));
        assert_string_equal(name, "Foundry User");
        assert_string_equal(id, "53ca6127-db72-4b80-b1b0-d745d6d5456d");
    }
    for (uint32_t i = 0; i < catalog_role_count(f->catalog); i++) {
        const char *name, *id, *same, *key = catalog_role_name(f->catalog, i);
        assert_true(catalog_role(f->catalog, str_of(key), &name, &id));
        assert_string_equal(name, key);
        assert_true(catalog_role(f->catalog, str_of(id), &same, &id));
        assert_string_equal(same, key);
    }
}

static void regions_by_either_name(void **state)
{
    Fixture *f = *state;
    const char *keys[] = {"westeurope", "West Europe", "WESTEUROPE", " west  europe "};
    const char *name, *cloud;
    for (size_t i = 0; i < 4; i++) {
        assert_true(catalog_location(f->catalog, STR(keys[i]), &name, &cloud));
        assert_string_equal(name, "westeurope");
        assert_string_equal(cloud, "AzureCloud");
    }
    assert_true(catalog_location(f->catalog, STR("US Gov Virginia"), &name, &cloud));
    assert_string_equal(cloud, "AzureUSGovernment");
    for (uint32_t i = 0; i < catalog_location_count(f->catalog); i++) {
        const char *title = catalog_location_title(f->catalog, i);
        assert_true(catalog_location(f->catalog, str_of(title), &name, &cloud));
        assert_string_equal(name, catalog_location_name(f->catalog, i));
    }
}

static void modes_and_zones(void **state)
{
    Fixture *f = *state;
    CatalogMode m;
    assert_true(catalog_mode(f->catalog, f->arena, STR("microsoft.kubernetes.data"), &m));
    assert_string_equal(m.name, "Microsoft.Kubernetes.Data");
    assert_true(m.custom);
    assert_int_equal(m.effect_count, 4);
    assert_string_equal(m.effects[3], "mutate");

    const CatalogZone *zones;
    Str accounts = STR("microsoft.cognitiveservices/accounts");
    uint32_t count = catalog_zones(f->catalog, f->arena, accounts, &zones);
    assert_true(count >= 3);
    assert_string_equal(zones[0].group, "account");
    assert_int_equal(catalog_zones(f->catalog, f->arena, STR("Microsoft.None/none"), &zones), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(past_the_end_there_is_nothing),
        cmocka_unit_test(types_by_their_beginning),
        cmocka_unit_test(the_blob_is_whole),
        cmocka_unit_test(types_have_azures_spelling_and_facts),
        cmocka_unit_test(unknown_names_are_not_found),
        cmocka_unit_test(huge_names_are_not_found),
        cmocka_unit_test(aliases_have_path_type_and_facts),
        cmocka_unit_test(enums_are_open_or_closed),
        cmocka_unit_test(old_aliases_have_no_type_in_their_name),
        cmocka_unit_test(an_alias_keeps_its_own_spelling_of_the_type),
        cmocka_unit_test(what_is_below),
        cmocka_unit_test(aliases_stand_by_type),
        cmocka_unit_test(every_line_of_the_text_is_in_the_blob),
        cmocka_unit_test(built_ins_know_their_effects_and_parameters),
        cmocka_unit_test(roles_by_name_former_name_and_id),
        cmocka_unit_test(regions_by_either_name),
        cmocka_unit_test(modes_and_zones),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
