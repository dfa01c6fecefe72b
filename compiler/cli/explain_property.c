// explain_property.c - properties and resource types, from the catalogue.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

#include "base/vec.h"

static const char *value_type_text(const CatalogAlias *a)
{
    switch (a->type) {
    case CATALOG_ANY:
        return "not known";
    case CATALOG_STRING:
        return "string";
    case CATALOG_INTEGER:
        return "int";
    case CATALOG_NUMBER:
        return "float";
    case CATALOG_BOOLEAN:
        return "bool";
    case CATALOG_OBJECT:
        return "object";
    case CATALOG_ARRAY:
        return "array";
    }
    return "";
}

static const char *values_text(Explain *e, const CatalogAlias *a)
{
    Buf b = {0};
    for (uint32_t i = 0; i < a->enum_count; i++)
        buf_printf(&b, "%s\"%s\"", i ? ", " : "", a->enum_values[i]);
    if (a->enum_open)
        buf_str(&b, "; new ones may appear");
    const char *ret = arena_copy(e->arena, b.p, b.n);
    buf_free(&b);
    return ret;
}

static const char *modifiable_text(uint32_t flags)
{
    if (flags & ALIAS_READ_ONLY)
        return "read-only: Azure sets it, so a deny never fires";
    if (flags & ALIAS_MODIFIABLE)
        return "yes, by `remedy set`";
    return flags & ALIAS_NOT_MODIFIABLE ? "no" : "not known";
}

// "networkAcls.ipRules[*].value" as its first array and what follows.
static const char *array_example(Explain *e, const char *field, const char *array_end,
                                 const char *condition)
{
    const char *rest = array_end + 3;
    return arena_printf(e->arena, "require every x in %.*s: x%s%s", (int)(array_end - field), field,
                        rest, condition);
}

// What the kind says of the property in items of one sort; NULL where nothing.
static const KindItem *kind_item(const Decl *kind, KindItemKind sort, const char *field)
{
    for (uint32_t i = 0; kind && i < kind->kind_decl->items.len; i++) {
        const KindItem *item = &kind->kind_decl->items.items[i];
        if (item->kind == sort && item->path.name && strcmp(item->path.name, field) == 0)
            return item;
    }
    return NULL;
}

static Str source_text(const Explain *e, Span span)
{
    return sources_text(e->compilation->sources, span);
}

// "Disabled" is what most people want to see required; else the last value is the strongest.
static const char *enum_example(const CatalogAlias *a)
{
    for (uint32_t i = 0; i < a->enum_count; i++) {
        if (strcmp(a->enum_values[i], "Disabled") == 0)
            return a->enum_values[i];
    }
    return a->enum_values[a->enum_count - 1];
}

static const char *example_condition(Explain *e, const CatalogAlias *a, const Decl *kind)
{
    const KindItem *versions = kind_item(kind, KINDITEM_VERSIONS, a->field);
    const KindItem *order = kind_item(kind, KINDITEM_ORDER, a->field);
    if (versions && versions->spellings.len) {
        const Spelling *last = &versions->spellings.items[versions->spellings.len - 1];
        Str version = source_text(e, last->value->span);
        return arena_printf(e->arena, " >= %.*s", (int)version.n, version.p);
    }
    if (order && order->texts.len)
        return arena_printf(e->arena, " >= \"%s\"", order->texts.items[order->texts.len / 2].text);
    if (a->enum_count)
        return arena_printf(e->arena, " == \"%s\"", enum_example(a));
    switch (a->type) {
    case CATALOG_STRING:
        return " == \"…\"";
    case CATALOG_INTEGER:
    case CATALOG_NUMBER:
        return " <= 10";
    case CATALOG_BOOLEAN:
        return " == true";
    case CATALOG_ANY:
    case CATALOG_OBJECT:
    case CATALOG_ARRAY:
        break;
    }
    return " is set";
}

static const char *example_text(Explain *e, const CatalogAlias *a, const Decl *kind)
{
    const char *array = strstr(a->field, "[*]");
    if (array && array[3])
        return array_example(e, a->field, array, example_condition(e, a, kind));
    if (array)
        return arena_printf(e->arena, "require count(%.*s) <= 10", (int)(array - a->field),
                            a->field);
    return arena_printf(e->arena, "require %s%s", a->field, example_condition(e, a, kind));
}

static const char *default_text(Explain *e, const Decl *kind, const char *field)
{
    const KindItem *item = kind_item(kind, KINDITEM_DEFAULT, field);
    if (!item || !item->value)
        return NULL;
    Str text = source_text(e, item->value->span);
    return arena_printf(e->arena, "%.*s, where it is absent", (int)text.n, text.p);
}

static void show_property(Explain *e, const CatalogAlias *a, const Decl *kind)
{
    size_t type = strlen(a->name) - strlen(a->field) - 1;
    const char *of = kind ? arena_printf(e->arena, "a property of %s (%.*s)", kind->name.name,
                                         (int)type, a->name)
                          : arena_printf(e->arena, "a property of %.*s", (int)type, a->name);
    const char *absent = default_text(e, kind, a->field);
    explain_title(e, a->field, of);
    buf_char(&e->out, '\n');
    explain_row(e, "type", value_type_text(a));
    if (a->enum_count)
        explain_row(e, "values", values_text(e, a));
    if (absent)
        explain_row(e, "default", absent);
    explain_row(e, "modifiable", modifiable_text(a->flags));
    if (a->flags & ALIAS_SECRET)
        explain_row(e, "secret", "yes: a policy cannot see its value");
    explain_row(e, "alias", a->name);
    explain_row(e, "in the body", a->path);
    if (a->flags & (ALIAS_DERIVED | ALIAS_UNSURE))
        explain_row(e, "source",
                    a->flags & ALIAS_UNSURE
                        ? "guessed from the shape of the resource; try it before you rely on it"
                        : "named by Azure's rule for aliases; in no published list");
    buf_char(&e->out, '\n');
    explain_code_block(e, str_of(example_text(e, a, kind)));
}

// kind.property
static bool show_of_kind(Explain *e)
{
    const char *dot = memchr(e->word.p, '.', e->word.n);
    const LibraryFile *file;
    CatalogAlias alias;
    if (!dot)
        return false;
    Str name = {e->word.p, (size_t)(dot - e->word.p)};
    Str field = {dot + 1, e->word.n - name.n - 1};
    const Decl *kind = explain_find_kind(e, name, &file);
    const char *type = kind ? explain_kind_type(e, kind) : NULL;
    if (!type || !catalog_alias(e->catalog, e->arena, str_of(type), field, &alias))
        return false;
    show_property(e, &alias, kind);
    return true;
}

typedef struct Owner { // a kind whose type has the property
    const Decl *kind;
    CatalogAlias alias;
} Owner;
typedef VEC(Owner) Owners;

static void find_owners(Explain *e, Owners *ret)
{
    for (uint32_t i = 0; i < e->library.len; i++) {
        const File *file = e->library.items[i].file;
        for (uint32_t k = 0; k < file->decls.len; k++) {
            const Decl *d = file->decls.items[k];
            Owner o = {.kind = d};
            if (d->kind != DECL_KIND || !d->kind_decl->resource_type.text)
                continue;
            if (catalog_alias(e->catalog, e->arena, str_of(d->kind_decl->resource_type.text),
                              e->word, &o.alias))
                vec_push(e->arena, ret, o);
        }
    }
}

static uint32_t count_types_with(Explain *e, CatalogAlias *ret_last)
{
    uint32_t found = 0, count = catalog_type_count(e->catalog);
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < count; i++, arena_reset(scratch)) {
        CatalogType type;
        CatalogAlias alias;
        if (!catalog_type_at(e->catalog, scratch, i, &type) ||
            !catalog_alias(e->catalog, scratch, str_of(type.name), e->word, &alias))
            continue;
        catalog_alias(e->catalog, e->arena, str_of(type.name), e->word, ret_last);
        found++;
    }
    arena_free(scratch);
    return found;
}

static void show_owners(Explain *e, const Owners *owners, uint32_t types)
{
    const char *word = arena_copy(e->arena, e->word.p, e->word.n);
    explain_title(e, word, arena_printf(e->arena, "a property of %u resource types", types));
    buf_char(&e->out, '\n');
    for (uint32_t i = 0; i < owners->len; i++) {
        const Owner *o = &owners->items[i];
        explain_row(e, arena_printf(e->arena, "%-26s", o->kind->name.name),
                    o->alias.enum_count ? values_text(e, &o->alias) : value_type_text(&o->alias));
    }
    buf_char(&e->out, '\n');
    if (owners->len)
        text_fold(&e->out, e->stream,
                  str_of(arena_printf(e->arena,
                                      "These are the kinds of the library. `moat explain %s.%s` "
                                      "says more about one, `moat catalog find %s` lists all.",
                                      owners->items[0].kind->name.name, word, word)),
                  0, 0);
    else
        text_fold(&e->out, e->stream,
                  str_of(arena_printf(e->arena, "`moat catalog find %s` lists them.", word)), 0, 0);
}

void explain_property(Explain *e)
{
    CatalogAlias alias = {0};
    Owners owners = {0};
    if (!e->word.n || show_of_kind(e))
        return;
    if (catalog_alias_named(e->catalog, e->arena, e->word, &alias)) {
        show_property(e, &alias, NULL);
        return;
    }
    if (e->found) // a word of the language, too: ask with a kind before it
        return;
    find_owners(e, &owners);
    uint32_t types = count_types_with(e, &alias);
    if (types == 1)
        show_property(e, owners.len ? &owners.items[0].alias : &alias,
                      owners.len ? owners.items[0].kind : NULL);
    else if (types)
        show_owners(e, &owners, types);
}

void explain_type(Explain *e)
{
    CatalogType type;
    if (!str_has(e->word, '/') || !catalog_type(e->catalog, e->arena, e->word, &type))
        return;
    explain_title(e, type.name, "a resource type of Azure");
    buf_char(&e->out, '\n');
    for (uint32_t i = 0; i < e->library.len; i++) {
        const File *file = e->library.items[i].file;
        for (uint32_t k = 0; k < file->decls.len; k++) {
            const Decl *d = file->decls.items[k];
            if (d->kind == DECL_KIND && d->kind_decl->resource_type.text &&
                str_equal_nocase(str_of(type.name), str_of(d->kind_decl->resource_type.text)))
                explain_row(
                    e, "kind",
                    arena_printf(e->arena, "%s, of %s", d->name.name, e->library.items[i].module));
        }
    }
    explain_row(e, "properties",
                arena_printf(e->arena, "%u, `moat catalog show %s` lists them", type.alias_count,
                             type.name));
}

static void offer_of_kind(Explain *e, Suggest *s, const Decl *kind, bool with_kind)
{
    const char *type = explain_kind_type(e, kind);
    CatalogType facts;
    if (!type || !catalog_type(e->catalog, e->arena, str_of(type), &facts))
        return;
    for (uint32_t n = 0; n < facts.alias_count; n++) {
        CatalogAlias a;
        if (!catalog_alias_at(e->catalog, e->arena, facts.first_alias + n, &a))
            continue;
        const char *name =
            with_kind ? arena_printf(e->arena, "%s.%s", kind->name.name, a.field) : a.field;
        suggest_offer(s, str_of(name));
    }
}

// The kind before the dot, or the nearest to it.
static const Decl *near_kind(const Explain *e, Str name)
{
    const LibraryFile *ignored;
    const Decl *kind = explain_find_kind(e, name, &ignored);
    Suggest near;
    suggest_start(&near, name);
    if (!kind)
        explain_offer_library(e, &near);
    return kind || !near.count ? kind : explain_find_kind(e, near.best[0], &ignored);
}

void explain_offer_properties(Explain *e, Suggest *s)
{
    const char *dot = memchr(s->wanted.p, '.', s->wanted.n);
    if (dot) {
        const Decl *kind = near_kind(e, (Str){s->wanted.p, (size_t)(dot - s->wanted.p)});
        if (kind)
            offer_of_kind(e, s, kind, true);
        return;
    }
    for (uint32_t i = 0; i < e->library.len; i++) {
        const File *file = e->library.items[i].file;
        for (uint32_t k = 0; k < file->decls.len; k++) {
            if (file->decls.items[k]->kind == DECL_KIND)
                offer_of_kind(e, s, file->decls.items[k], false);
        }
    }
}
