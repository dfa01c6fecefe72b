// field.c - properties of a kind: from the author's path to Azure's alias.
//
// The name of an alias is not the path of the value: `properties` levels are left
// out, and the value of a discriminator is put in. So nothing is computed from
// dots and slashes; every path is looked up in the catalogue, once for each kind.
//
// spec: language, names; Azure Policy aliases.
//
// SPDX-License-Identifier: MIT
#include "sema/kind.h"

enum { MOST_VARIANTS = 4 }; // discriminators that one kind fixes

// --- the catalogue ---------------------------------------------------------------------------

static const KindInfo *catalogue_kind(const KindInfo *kind, bool inlined)
{
    return inlined ? kind->inline_parent : kind;
}

static const char *catalogue_field(Arena *a, const KindInfo *kind, bool inlined, const char *field)
{
    if (!inlined)
        return field;
    return *field ? arena_printf(a, "%s.%s", kind->inline_path, field) : kind->inline_path;
}

// An array that only its elements tell of is an array all the same.
static bool find_alias(Program *p, const char *type, const char *field, CatalogAlias *ret)
{
    Arena *a = p->compilation->arena;
    if (catalog_alias(p->catalog, a, str_of(type), str_of(field), ret))
        return true;
    size_t n = strlen(field);
    CatalogAlias element;
    if (n == 0 || field[n - 1] == ']' ||
        !catalog_alias(p->catalog, a, str_of(type), str_of(arena_printf(a, "%s[*]", field)),
                       &element))
        return false;
    *ret = (CatalogAlias){.type = CATALOG_ARRAY, .flags = element.flags, .api = element.api};
    ret->name = arena_copy(a, element.name, strlen(element.name) - 3);
    ret->field = arena_copy(a, element.field, strlen(element.field) - 3);
    size_t path = strlen(element.path);
    ret->path = path > 3 && element.path[path - 1] == ']' ? arena_copy(a, element.path, path - 3)
                                                          : element.path;
    return true;
}

// The field with the discriminator's value put in; NULL where it does not apply.
static const char *with_variant(Arena *a, const char *field, const Variant *v)
{
    size_t n = strlen(v->prefix);
    if (n == 0)
        return arena_printf(a, "%s.%s", v->value, field);
    if (strncmp(field, v->prefix, n) != 0 || field[n] != '.')
        return NULL;
    return arena_printf(a, "%s.%s%s", v->prefix, v->value, field + n);
}

typedef struct Search { // an alias, first without, then with fixed discriminators
    Program *program;
    const char *type;
    CatalogAlias alias;
    bool exists, below;
} Search;

static bool search(Search *s, const char *field)
{
    s->exists = find_alias(s->program, s->type, field, &s->alias);
    s->below = s->below || catalog_has_below(s->program->catalog, str_of(s->type), str_of(field));
    return s->exists;
}

static bool search_variants(Search *s, const KindInfo *kind, const char *field)
{
    const Variant *fixed[MOST_VARIANTS];
    uint32_t count = 0;
    for (const KindInfo *k = kind; k; k = k->parent) {
        for (uint32_t i = 0; i < k->scope->variants.len && count < MOST_VARIANTS; i++)
            fixed[count++] = &k->scope->variants.items[i];
    }
    for (uint32_t mask = 1; mask < 1u << count; mask++) {
        const char *with = field;
        for (uint32_t i = 0; i < count && with; i++) {
            if (mask & 1u << i)
                with = with_variant(s->program->compilation->arena, with, fixed[i]);
        }
        if (with && search(s, with))
            return true;
    }
    return false;
}

// --- its type --------------------------------------------------------------------------------

static const Type *enum_type(Program *p, const CatalogAlias *alias)
{
    Compilation *c = p->compilation;
    Type *t = ARENA_NEW(c->arena, Type);
    *t = (Type){.kind = TYPE_ENUM, .open = alias->enum_open};
    for (uint32_t i = 0; i < alias->enum_count; i++)
        vec_push(c->arena, &t->values, intern_str(c->names, alias->enum_values[i]));
    return t;
}

static const Type *element_type(Program *p, const KindInfo *kind, bool inlined, const char *field)
{
    Compilation *c = p->compilation;
    Name element = intern_str(c->names, arena_printf(c->arena, "%s[*]", field));
    const FieldInfo *f = field_find(p, kind, inlined, element);
    return f->exists ? f->type : type_simple(TYPE_ANY);
}

static const Type *catalogue_type(Program *p, const KindInfo *kind, bool inlined,
                                  const CatalogAlias *alias, const char *field)
{
    switch (alias->type) {
    case CATALOG_ANY:
        return type_simple(TYPE_ANY);
    case CATALOG_STRING:
        return alias->enum_count ? enum_type(p, alias) : type_simple(TYPE_STRING);
    case CATALOG_INTEGER:
        return type_simple(TYPE_INT);
    case CATALOG_NUMBER:
        return type_simple(TYPE_FLOAT);
    case CATALOG_BOOLEAN:
        return type_simple(TYPE_BOOL);
    case CATALOG_OBJECT:
        return type_simple(TYPE_OBJECT);
    case CATALOG_ARRAY:
        return type_list(p->compilation->arena, element_type(p, kind, inlined, field));
    }
    return type_simple(TYPE_ANY);
}

// --- looking up ------------------------------------------------------------------------------

// `since` of an object holds for what is in it.
static const char *find_since(Program *p, const KindInfo *kind, const char *key)
{
    Compilation *c = p->compilation;
    for (size_t n = strlen(key); n > 0; n--) {
        if (key[n] != '\0' && key[n] != '.' && key[n] != '[')
            continue;
        const KindInfo *owner;
        const KindItem *item = kind_item(kind, intern(c->names, key, n), KINDITEM_SINCE, &owner);
        if (item)
            return item->text.text;
    }
    return NULL;
}

// What the kind's items add; `key` is the property in the kind, not in the parent of an inline one.
static void add_items(Program *p, const KindInfo *kind, Name key, FieldInfo *f)
{
    const KindInfo *owner;
    f->type = kind_narrow(p, kind, key, f->type, f->field);
    f->since = find_since(p, kind, key);
    const KindItem *item = kind_item(kind, key, KINDITEM_DEFAULT, &owner);
    if (item)
        f->initial = kind_default(p, owner, item, f->type);
}

static Search search_start(Program *p, const KindInfo *kind, bool inlined)
{
    return (Search){.program = p, .type = catalogue_kind(kind, inlined)->type};
}

static void fill_unchecked(Program *p, const KindInfo *kind, bool inlined, const char *field,
                           FieldInfo *f)
{
    Arena *a = p->compilation->arena;
    const char *type = catalogue_kind(kind, inlined)->type;
    f->exists = f->below = f->is_alias = f->unchecked = true;
    f->field = field;
    f->alias = arena_printf(a, "%s/%s", type, field);
    f->path = arena_printf(a, "properties.%s", field);
    f->type = type_simple(TYPE_ANY);
}

static void fill(Program *p, const KindInfo *kind, bool inlined, Name field, FieldInfo *f)
{
    Arena *a = p->compilation->arena;
    const char *full = catalogue_field(a, kind, inlined, field);
    if (!catalogue_kind(kind, inlined)->known_type) {
        fill_unchecked(p, kind, inlined, full, f);
        return;
    }
    Search s = search_start(p, kind, inlined);
    if (!search(&s, full))
        search_variants(&s, kind, full);
    f->below = s.below;
    f->exists = s.exists;
    if (!s.exists)
        return;
    f->is_alias = true;
    f->field = s.alias.field;
    f->alias = arena_printf(a, "%s/%s", s.type, s.alias.field);
    f->path = s.alias.path;
    f->flags = s.alias.flags;
    f->type = catalogue_type(p, kind, inlined, &s.alias, field);
    size_t skip = inlined ? strlen(kind->inline_path) + 1 : 0;
    if (strlen(f->field) >= skip)
        add_items(p, kind, name_lower(p, str_of(f->field + skip)), f);
}

FieldInfo *field_find(Program *p, const KindInfo *kind, bool inlined, Name field)
{
    Map *cache = inlined ? &kind->scope->inline_fields : &kind->scope->fields;
    FieldInfo *f = map_get(cache, field);
    if (f)
        return f;
    f = ARENA_NEW(p->compilation->arena, FieldInfo);
    map_put(cache, p->compilation->arena, field, f);
    if (catalogue_kind(kind, inlined)->type)
        fill(p, kind, inlined, field, f);
    return f;
}

// --- Azure's field names ----------------------------------------------------------------------

static const Type *identity_type(Program *p)
{
    static const char *const values[] = {"None", "SystemAssigned", "UserAssigned",
                                         "SystemAssigned, UserAssigned"};
    Compilation *c = p->compilation;
    Type *t = ARENA_NEW(c->arena, Type);
    *t = (Type){.kind = TYPE_ENUM, .open = true};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        vec_push(c->arena, &t->values, intern_str(c->names, values[i]));
    return t;
}

static const Type *plain_type(Program *p, const KindInfo *kind, const char *field)
{
    Type *t = ARENA_NEW(p->compilation->arena, Type);
    if (strcmp(field, "location") == 0)
        return type_simple(TYPE_LOCATION);
    if (strcmp(field, "identity.type") == 0)
        return identity_type(p);
    if (strncmp(field, "identity", 8) == 0)
        return type_simple(TYPE_OBJECT);
    if (strcmp(field, "tags") == 0)
        *t = (Type){.kind = TYPE_TABLE, .element = type_simple(TYPE_STRING)};
    else if (strcmp(field, "id") == 0)
        *t = (Type){.kind = TYPE_RESOURCE_ID,
                    .resource_type =
                        kind->type ? intern_str(p->compilation->names, kind->type) : NULL};
    else
        return type_simple(TYPE_STRING);
    return t;
}

// With a colon before it, which no path of an alias has.
static const char *plain_key(const KindInfo *kind, const char *word)
{
    static const char *const keys[] = {
        ":name", ":id",       ":location",      ":kind",
        ":tags", ":identity", ":identity.type", ":identity.userAssignedIdentities"};
    if (strcmp(word, "full_name") == 0)
        return ":fullName";
    if (!kind->type && strcmp(word, "type") == 0) // of a kind of any type, which says none
        return ":type";
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strcmp(word, keys[i] + 1) == 0)
            return keys[i];
    }
    return NULL;
}

FieldInfo *field_plain(Program *p, const KindInfo *kind, const char *word)
{
    Compilation *c = p->compilation;
    const char *plain = plain_key(kind, word);
    if (!plain)
        return NULL;
    Name key = intern_str(c->names, plain);
    const char *field = key + 1;
    FieldInfo *f = map_get(&kind->scope->fields, key);
    if (f)
        return f;
    f = ARENA_NEW(c->arena, FieldInfo);
    map_put(&kind->scope->fields, c->arena, key, f);
    *f = (FieldInfo){.exists = strcmp(field, "identity") != 0,
                     .below = true,
                     .alias = field,
                     .path = field,
                     .field = field,
                     .type = plain_type(p, kind, field)};
    if (f->exists)
        add_items(p, kind, key, f);
    return f;
}

Name field_key(Program *p, const KindInfo *kind, Name field)
{
    Compilation *c = p->compilation;
    if (!kind->type)
        return NULL;
    Search s = search_start(p, kind, false);
    if (!kind->known_type)
        return name_lower(p, str_of(field));
    if (search(&s, field) || search_variants(&s, kind, field))
        return name_lower(p, str_of(s.alias.field));
    const char *plain = plain_key(kind, field);
    return plain ? intern_str(c->names, plain) : NULL;
}
