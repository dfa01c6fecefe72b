// aliases.c - from an alias to its paths, out of the catalogue or a providers listing.
//
// SPDX-License-Identifier: MIT
#include "eval/aliases.h"

#include "base/vec.h"
#include "catalog/text.h"

typedef struct Entry { // an alias as one resource type lists it
    Str name;
    uint64_t hash;
    uint32_t first, count; // its paths
    uint32_t next;         // 1 + another entry with this hash's slot; 0: none
} Entry;

struct Aliases {
    const Catalog *catalog; // NULL: of a listing
    bool bare_paths, all_paths;
    VEC(Entry) entries;
    VEC(AliasPath) paths;
    uint32_t *slots; // 1 + the first entry
    uint32_t slot_mask;
};

// --- the catalogue -----------------------------------------------------------------------------

Aliases *aliases_catalog(Arena *a, const Catalog *catalog)
{
    Aliases *as = ARENA_NEW(a, Aliases);
    as->catalog = catalog;
    return as;
}

Aliases *aliases_catalog_or_paths(Arena *a, const Catalog *catalog, bool all)
{
    Aliases *as = aliases_catalog(a, catalog);
    as->bare_paths = true;
    as->all_paths = all;
    return as;
}

bool aliases_name_paths(const Aliases *as, Str name)
{
    return as->all_paths || (as->bare_paths && !str_has(name, '/'));
}

bool aliases_have_paths(const Aliases *as)
{
    return as->all_paths;
}

static AliasPath catalog_path(const CatalogAlias *alias, const char *type, const char *path)
{
    return (AliasPath){
        .name = alias->name,
        .type = type,
        .path = path,
        .value_type = alias->type,
        .modifiable = (alias->flags & ALIAS_MODIFIABLE) != 0,
        .known_modifiable = (alias->flags & (ALIAS_MODIFIABLE | ALIAS_NOT_MODIFIABLE)) != 0,
    };
}

// What disks have of an image is its id: the old aliases are parts of it.
static const struct {
    const char *field, *phrase;
} PARTS[] = {
    {"imagePublisher", "/publishers/{name}"},
    {"imageOffer", "/offers/{name}"},
    {"imageSku", "/skus/{name}"},
    {"imageVersion", "/versions/{name}"},
};

static void set_part(AliasPath *p, Str field)
{
    Str path = str_of(p->path), id = str_of("imageReference.id");
    if (path.n < id.n || !str_equal((Str){path.p + path.n - id.n, id.n}, id))
        return;
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++)
        if (str_equal_nocase(field, str_of(PARTS[i].field))) {
            p->phrase = PARTS[i].phrase;
            p->variable = "{name}";
        }
}

// An old alias is of no type; each of its paths is good for the types that have it.
static uint32_t old_paths(const Catalog *c, Arena *a, const CatalogAlias *alias, Str space,
                          const AliasPath **ret)
{
    VEC(AliasPath) found = {0};
    CatalogType type;
    for (uint32_t at = 0; catalog_type_next(c, a, space, &at, &type);) {
        Str rest = str_of(alias->more_paths), path = str_of(alias->path);
        if (rest.n == 0)
            rest.p = NULL;
        do {
            CatalogAlias below;
            Str root = str_of("properties.");
            if (!str_starts_nocase(path, root) ||
                !catalog_alias(c, a, str_of(type.name), (Str){path.p + root.n, path.n - root.n},
                               &below))
                continue;
            AliasPath p = catalog_path(alias, type.name, arena_copy(a, path.p, path.n));
            set_part(&p, str_of(alias->field));
            vec_push(a, &found, p);
            break;
        } while (text_cut(&rest, '|', &path));
    }
    *ret = found.items;
    return found.len;
}

static uint32_t catalog_paths(const Catalog *c, Arena *a, Str name, const AliasPath **ret)
{
    CatalogAlias alias;
    if (!catalog_alias_named(c, a, name, &alias))
        return 0;
    Str type = {alias.name, (size_t)(alias.field - alias.name) - 1};
    if (!str_has(type, '/')) {
        Str space = {alias.name, type.n + 1};
        uint32_t count = old_paths(c, a, &alias, space, ret);
        if (count)
            return count;
        type.n = 0;
    }
    AliasPath *p = ARENA_NEW(a, AliasPath);
    *p = catalog_path(&alias, arena_copy(a, type.p, type.n), alias.path);
    *ret = p;
    return 1;
}

// --- a providers listing -----------------------------------------------------------------------

typedef struct Listing {
    Aliases *as;
    Arena *arena;
    const char *error;
} Listing;

static const Data *member(const Data *object, const char *name, DataKind kind)
{
    const Data *d = object->kind == DATA_OBJECT ? data_get_nocase(object, str_of(name)) : NULL;
    return d && d->kind == kind ? d : NULL;
}

static const char *text_of(const Listing *l, const Data *object, const char *name)
{
    const Data *d = member(object, name, DATA_STRING);
    return d ? arena_copy(l->arena, d->text, d->count) : NULL;
}

static CatalogValueType value_type(const char *token)
{
    static const struct {
        const char *name;
        CatalogValueType type;
    } TYPES[] = {
        {"String", CATALOG_STRING},   {"Integer", CATALOG_INTEGER}, {"Number", CATALOG_NUMBER},
        {"Boolean", CATALOG_BOOLEAN}, {"Object", CATALOG_OBJECT},   {"Array", CATALOG_ARRAY},
    };
    for (size_t i = 0; token && i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
        if (str_equal_nocase(str_of(token), str_of(TYPES[i].name)))
            return TYPES[i].type;
    return CATALOG_ANY;
}

static void set_facts(const Listing *l, const Data *metadata, const Data *pattern, AliasPath *p)
{
    if (metadata) {
        p->value_type = value_type(text_of(l, metadata, "type"));
        const char *attributes = text_of(l, metadata, "attributes");
        p->known_modifiable = attributes != NULL;
        p->modifiable = attributes && str_equal_nocase(str_of(attributes), str_of("Modifiable"));
    }
    if (pattern) {
        p->phrase = text_of(l, pattern, "phrase");
        p->variable = text_of(l, pattern, "variable");
        if (!p->phrase || !p->variable || !strstr(p->phrase, p->variable))
            p->phrase = p->variable = NULL;
    }
}

static uint32_t versions_of(const Listing *l, const Data *path, const char *const **ret)
{
    const Data *list = member(path, "apiVersions", DATA_ARRAY);
    if (!list)
        return 0;
    VEC(const char *) texts = {0};
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == DATA_STRING)
            vec_push(l->arena, &texts,
                     arena_copy(l->arena, list->items[i].text, list->items[i].count));
    *ret = texts.items;
    return texts.len;
}

// Aliases of child types are often listed with their parent: it is the name that says whose
// they are, but for old ones that have no type in it.
static const char *type_in_name(const Listing *l, const char *name, const char *listed)
{
    const char *last = strrchr(name, '/');
    bool old = !last || !memchr(name, '/', (size_t)(last - name));
    return old ? listed : arena_copy(l->arena, name, (size_t)(last - name));
}

static void add_alias(Listing *l, const char *type, const Data *alias)
{
    const char *name = text_of(l, alias, "name");
    if (!name)
        return;
    type = type_in_name(l, name, type);
    Aliases *as = l->as;
    Entry e = {.name = str_of(name), .first = as->paths.len};
    AliasPath initial = {.name = name, .type = type, .path = text_of(l, alias, "defaultPath")};
    const Data *object = member(alias, "defaultPath", DATA_OBJECT); // some exports
    if (object)
        initial.path = text_of(l, object, "path");
    set_facts(l, member(alias, "defaultMetadata", DATA_OBJECT),
              member(alias, "defaultPattern", DATA_OBJECT), &initial);
    const Data *paths = member(alias, "paths", DATA_ARRAY);
    for (uint32_t i = 0; paths && i < paths->count; i++) {
        AliasPath p = initial;
        p.path = text_of(l, &paths->items[i], "path");
        p.version_count = versions_of(l, &paths->items[i], &p.versions);
        if (!p.path)
            continue;
        if (!initial.path) // very old listings have no default: the first path is the newest
            initial.path = p.path;
        p.phrase = p.variable = NULL;
        set_facts(l, member(&paths->items[i], "metadata", DATA_OBJECT),
                  member(&paths->items[i], "pattern", DATA_OBJECT), &p);
        if (p.version_count)
            vec_push(l->arena, &as->paths, p);
    }
    if (initial.path)
        vec_push(l->arena, &as->paths, initial);
    e.count = as->paths.len - e.first;
    if (e.count)
        vec_push(l->arena, &as->entries, e);
}

static void add_namespace(Listing *l, const Data *space)
{
    const char *name = text_of(l, space, "namespace");
    const Data *types = member(space, "resourceTypes", DATA_ARRAY);
    if (!name || !types) {
        l->error = "a provider has no `namespace` and `resourceTypes`";
        return;
    }
    for (uint32_t i = 0; i < types->count; i++) {
        const Data *type = &types->items[i];
        const char *below = text_of(l, type, "resourceType");
        const Data *aliases = member(type, "aliases", DATA_ARRAY);
        if (!below || !aliases)
            continue;
        const char *full = arena_printf(l->arena, "%s/%s", name, below);
        for (uint32_t k = 0; k < aliases->count; k++)
            add_alias(l, full, &aliases->items[k]);
    }
}

static uint64_t hash_nocase(Str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)ascii_lower(s.p[i])) * 1099511628211u;
    return h;
}

static void make_table(Listing *l)
{
    Aliases *as = l->as;
    uint32_t slots = 16;
    while (slots < as->entries.len * 2)
        slots *= 2;
    as->slots = ARENA_ARRAY(l->arena, uint32_t, slots);
    as->slot_mask = slots - 1;
    for (uint32_t i = as->entries.len; i-- > 0;) { // so that chains are in the listing's order
        Entry *e = &as->entries.items[i];
        e->hash = hash_nocase(e->name);
        uint32_t *slot = &as->slots[e->hash & as->slot_mask];
        e->next = *slot;
        *slot = i + 1;
    }
}

Aliases *aliases_read(Arena *a, const Data *providers, const char **ret_error)
{
    Aliases *as = ARENA_NEW(a, Aliases);
    Listing l = {.as = as, .arena = a};
    const Data *list = member(providers, "value", DATA_ARRAY);
    if (providers->kind == DATA_ARRAY)
        list = providers;
    if (list)
        for (uint32_t i = 0; i < list->count && !l.error; i++)
            add_namespace(&l, &list->items[i]);
    else
        add_namespace(&l, providers);
    if (l.error) {
        *ret_error = l.error;
        return NULL;
    }
    make_table(&l);
    return as;
}

static uint32_t listed_paths(const Aliases *as, Arena *a, Str name, const AliasPath **ret)
{
    VEC(AliasPath) found = {0};
    uint64_t hash = hash_nocase(name);
    for (uint32_t i = as->slots[hash & as->slot_mask]; i; i = as->entries.items[i - 1].next) {
        const Entry *e = &as->entries.items[i - 1];
        if (e->hash != hash || !str_equal_nocase(e->name, name))
            continue;
        for (uint32_t k = 0; k < e->count; k++)
            vec_push(a, &found, as->paths.items[e->first + k]);
    }
    *ret = found.items;
    return found.len;
}

// --- both --------------------------------------------------------------------------------------

static uint32_t paths_of(const Aliases *as, Arena *a, Str name, const AliasPath **ret)
{
    return as->catalog ? catalog_paths(as->catalog, a, name, ret) : listed_paths(as, a, name, ret);
}

uint32_t aliases_paths(const Aliases *as, Arena *a, Str name, const AliasPath **ret)
{
    static const Str MARK = {"[*]", 3};
    uint32_t count = paths_of(as, a, name, ret);
    if (count || (name.n >= MARK.n && str_equal((Str){name.p + name.n - MARK.n, MARK.n}, MARK)))
        return count;
    const char *twin = arena_printf(a, "%.*s[*]", (int)name.n, name.p);
    const AliasPath *of_twin;
    uint32_t twins = paths_of(as, a, str_of(twin), &of_twin);
    AliasPath *made = ARENA_ARRAY(a, AliasPath, twins);
    for (uint32_t i = 0; i < twins; i++) {
        size_t n = strlen(of_twin[i].path);
        if (n < MARK.n || !str_equal(str_of(of_twin[i].path + n - MARK.n), MARK))
            continue;
        made[count] = of_twin[i];
        made[count].path = arena_copy(a, of_twin[i].path, n - MARK.n);
        made[count].name = arena_copy(a, name.p, name.n);
        made[count].value_type = CATALOG_ARRAY;
        count++;
    }
    *ret = made;
    return count;
}
