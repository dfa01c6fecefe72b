// report_show.c - `moat catalog show`: everything known about one thing.
//
// SPDX-License-Identifier: MIT
#include "catalog/report_internal.h"

#include "base/vec.h"

enum { LABEL = 18, NAME_COLUMN = 11, VALUES_COLUMN = 13, FACTS_COLUMN = 52 };

static void put_label(Report *r, const char *label)
{
    report_cell(r, 2, LABEL, label);
}

static void put_line(Report *r, const char *label, const char *text)
{
    if (!*text)
        return;
    put_label(r, label);
    buf_str(r->out, text);
    buf_char(r->out, '\n');
}

// A list over as many lines as it needs, joined by `, `.
static void put_list(Report *r, const char *label, const char *const *items, uint32_t count)
{
    size_t column = r->width; // so that the first one begins a line
    for (uint32_t i = 0; i < count; i++) {
        size_t n = strlen(items[i]) + 2;
        if (i == 0)
            put_label(r, label);
        else
            buf_str(r->out, column + n > r->width ? ",\n" : ", ");
        if (i && column + n > r->width)
            buf_fill(r->out, ' ', LABEL);
        column = i == 0 || column + n > r->width ? LABEL + n : column + n;
        buf_str(r->out, items[i]);
    }
    if (count)
        buf_char(r->out, '\n');
}

// --- resource types ------------------------------------------------------------------------------

static const char *presence_word(CatalogPresence p)
{
    switch (p) {
    case CATALOG_ABSENT:
        return "absent";
    case CATALOG_OPTIONAL:
        return "optional";
    case CATALOG_REQUIRED:
        return "required";
    case CATALOG_READ_ONLY:
        return "readonly";
    case CATALOG_UNKNOWN:
        break;
    }
    return "unknown";
}

typedef VEC(const char *) Names;

static void add_member(Report *r, Names *names, const char *member, CatalogPresence p)
{
    if (p == CATALOG_ABSENT || p == CATALOG_UNKNOWN)
        return;
    const char *name = p == CATALOG_OPTIONAL
                           ? member
                           : arena_printf(r->arena, "%s (%s)", member, presence_word(p));
    vec_push(r->arena, names, name);
}

// The last segments of the types below this one.
static Names child_types(Report *r, const CatalogType *parent)
{
    Names names = {0};
    for (uint32_t i = 0; i < catalog_type_count(r->catalog); i++) {
        CatalogType t;
        catalog_type_at(r->catalog, r->arena, i, &t);
        if (str_equal_nocase(str_of(t.parent), str_of(parent->name)))
            vec_push(r->arena, &names, t.name + strlen(t.parent) + 1);
    }
    return names;
}

static const char *scopes(Report *r, uint32_t bits)
{
    if (bits == TEXT_ALL_SCOPES)
        return "every scope, as far as is known";
    Buf b = {0};
    catalog_scope_words(&b, bits, ", ");
    const char *text = arena_printf(r->arena, "%s", b.n ? b.p : "nowhere");
    buf_free(&b);
    return text;
}

static void put_zones(Report *r, const CatalogType *t)
{
    const CatalogZone *zones;
    uint32_t count = catalog_zones(r->catalog, r->arena, str_of(t->name), &zones);
    const char *label = "private DNS";
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(zones[i].cloud, "AzureCloud") != 0)
            continue; // those of other clouds are in the JSON
        put_line(r, label, arena_printf(r->arena, "%s: %s", zones[i].group, zones[i].zone));
        label = "";
    }
}

// Type, property and facts; values beside them where all fit, else below.
static void put_alias_row(Report *r, const CatalogAlias *x)
{
    Buf facts = {0}, values = {0};
    catalog_flag_words(&facts, x->flags);
    report_list(&values, r->width - VALUES_COLUMN, x->enum_values, x->enum_count);
    size_t room = r->width - FACTS_COLUMN;
    bool beside = facts.n + values.n + 2 <= room && !strstr(values.n ? values.p : "", "…");
    if (beside && values.n)
        buf_printf(&facts, "%s%s", facts.n ? "  " : "", values.p);
    report_cell(r, 2, NAME_COLUMN, catalog_value_word(x->type));
    buf_str(r->out, x->field);
    if (facts.n)
        report_tail(r, NAME_COLUMN + report_columns(x->field), FACTS_COLUMN, facts.p);
    buf_char(r->out, '\n');
    if (values.n && !beside) {
        buf_fill(r->out, ' ', VALUES_COLUMN);
        buf_printf(r->out, "%s\n", values.p);
    }
    buf_free(&facts);
    buf_free(&values);
}

static void put_aliases(Report *r, const CatalogType *t)
{
    if (t->alias_count == 0) {
        buf_str(r->out, "\nno properties a policy can ask about are known\n");
        return;
    }
    buf_printf(r->out, "\nproperties (%u)\n", t->alias_count);
    for (uint32_t i = 0; i < t->alias_count; i++) {
        CatalogAlias x;
        catalog_alias_at(r->catalog, r->arena, t->first_alias + i, &x);
        put_alias_row(r, &x);
    }
}

static void put_type(Report *r, const CatalogType *t)
{
    Names members = {0}, children = child_types(r, t);
#define MEMBER_WORD(word, text) add_member(r, &members, text, t->word);
#include "catalog/words.def"
    buf_printf(r->out, "%s\n", t->name);
    put_line(r, "stable api", t->stable_api);
    put_line(r, "newest api", t->newest_api);
    put_list(r, "members", members.items, members.len);
    if (t->location == CATALOG_UNKNOWN)
        put_line(r, "members", "not known");
    if (t->location != CATALOG_UNKNOWN) {
        put_line(r, "can be read", scopes(r, t->readable));
        put_line(r, "can be written", scopes(r, t->writable));
    }
    if (t->gone)
        put_line(r, "gone", "Azure's types had it until 2024");
    put_list(r, "child types", children.items, children.len);
    put_zones(r, t);
    put_aliases(r, t);
}

static void json_scopes(Report *r, const char *key, uint32_t bits)
{
    Buf words = {0};
    catalog_scope_words(&words, bits, " ");
    report_json_words(r, key, &words);
    buf_free(&words);
}

static void json_zones(Report *r, const CatalogType *t)
{
    const CatalogZone *zones;
    uint32_t count = catalog_zones(r->catalog, r->arena, str_of(t->name), &zones);
    json_key(r->json, "privateDnsZones");
    json_open_array(r->json);
    for (uint32_t i = 0; i < count; i++) {
        json_open_row(r->json);
        report_json_text(r, "group", zones[i].group);
        report_json_text(r, "zone", zones[i].zone);
        report_json_text(r, "cloud", zones[i].cloud);
        json_close(r->json);
    }
    json_close(r->json);
}

static void json_type(Report *r, const CatalogType *t)
{
    Names children = child_types(r, t);
    report_json_text(r, "name", t->name);
    report_json_text_if(r, "parent", t->parent);
    report_json_text_if(r, "stableApi", t->stable_api);
    report_json_text_if(r, "newestApi", t->newest_api);
#define MEMBER_WORD(word, text) report_json_text(r, text, presence_word(t->word));
#include "catalog/words.def"
    json_scopes(r, "readable", t->readable);
    json_scopes(r, "writable", t->writable);
    report_json_bool(r, "gone", t->gone);
    report_json_list(r, "childTypes", children.items, children.len);
    json_zones(r, t);
    json_key(r->json, "aliases");
    json_open_array(r->json);
    for (uint32_t i = 0; i < t->alias_count; i++) {
        CatalogAlias x;
        catalog_alias_at(r->catalog, r->arena, t->first_alias + i, &x);
        json_open_row(r->json);
        report_json_alias(r, &x);
        json_close(r->json);
    }
    json_close(r->json);
}

static bool show_type(Report *r, Str name)
{
    CatalogType t;
    if (!catalog_type(r->catalog, r->arena, name, &t))
        return false;
    if (r->json)
        json_type(r, &t);
    else
        put_type(r, &t);
    return true;
}

// --- aliases -------------------------------------------------------------------------------------

static const struct {
    uint32_t flag;
    const char *text;
} FACTS[] = {
    {ALIAS_READ_ONLY, "read-only: it is not in requests, so a deny on it never fires"},
    {ALIAS_REQUIRED, "required inside its parent when a resource is written"},
    {ALIAS_SECRET, "secret"},
    {ALIAS_WRITE_ONLY, "write-only: never read back, so an audit sees it missing"},
    {ALIAS_MODIFIABLE, "a modify effect may change it"},
    {ALIAS_NOT_MODIFIABLE, "a modify effect may not change it"},
    {ALIAS_BUILTIN, "built-in policies use it"},
    {ALIAS_DERIVED, "in no listing of Azure: named by rule from the resource's schema"},
    {ALIAS_UNSURE, "on weak grounds: it may well not exist"},
};

static void put_alias(Report *r, const CatalogAlias *x)
{
    buf_printf(r->out, "%s\n", x->name);
    put_line(r, "type", catalog_value_word(x->type));
    put_list(r, "values", x->enum_values, x->enum_count);
    if (x->enum_open)
        put_line(r, "", "and others: the list is not closed");
    put_line(r, "path", x->path);
    put_line(r, "from api", x->api);
    const char *label = "facts";
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        if (!(x->flags & FACTS[i].flag))
            continue;
        put_line(r, label, FACTS[i].text);
        label = "";
    }
    if (!(x->flags & (ALIAS_READ_ONLY | ALIAS_MODIFIABLE | ALIAS_NOT_MODIFIABLE)))
        put_line(r, label, "whether a modify effect may change it is not known");
}

static bool show_alias(Report *r, Str name)
{
    CatalogAlias x;
    if (!catalog_alias_named(r->catalog, r->arena, name, &x))
        return false;
    if (r->json)
        report_json_alias(r, &x);
    else
        put_alias(r, &x);
    return true;
}

// --- built-in policies ---------------------------------------------------------------------------

static const char *builtin_sort(const CatalogBuiltin *b)
{
    return b->is_initiative ? "initiative"
           : b->is_static   ? "definition, a regulatory placeholder that is never evaluated"
                            : "definition";
}

static void put_builtin(Report *r, const CatalogBuiltin *b)
{
    bool fixed = !*b->effect_parameter;
    buf_printf(r->out, "%s\n", *b->title ? b->title : b->id);
    put_line(r, "id", b->id);
    put_line(r, "is", builtin_sort(b));
    put_line(r, "", b->deprecated ? "deprecated" : b->preview ? "preview" : "");
    put_line(r, "version", b->version);
    put_line(r, "category", b->category);
    put_line(r, "mode", b->mode);
    put_list(r, fixed ? "effect" : "effects", b->effects, b->effect_count);
    put_line(r, "",
             fixed ? "" : arena_printf(r->arena, "set by the parameter `%s`", b->effect_parameter));
    put_list(r, "on", b->types, b->type_count);
    if (b->parameter_count)
        buf_printf(r->out, "\nparameters (%u)\n", b->parameter_count);
    for (uint32_t i = 0; i < b->parameter_count; i++) {
        const CatalogParameter *p = &b->parameters[i];
        report_cell(r, 2, NAME_COLUMN, p->type);
        buf_printf(r->out, p->initial ? "%s = %s\n" : "%s\n", p->name, p->initial);
    }
}

static void json_builtin(Report *r, const CatalogBuiltin *b)
{
    report_json_text(r, "id", b->id);
    report_json_text_if(r, "title", b->title);
    report_json_text(r, "kind", b->is_initiative ? "initiative" : "definition");
    report_json_bool(r, "static", b->is_static);
    report_json_bool(r, "deprecated", b->deprecated);
    report_json_bool(r, "preview", b->preview);
    report_json_text(r, "version", b->version);
    report_json_text(r, "category", b->category);
    report_json_text_if(r, "mode", b->mode);
    report_json_text_if(r, "effectParameter", b->effect_parameter);
    report_json_list(r, "effects", b->effects, b->effect_count);
    report_json_list(r, "types", b->types, b->type_count);
    json_key(r->json, "parameters");
    json_open_array(r->json);
    for (uint32_t i = 0; i < b->parameter_count; i++) {
        const CatalogParameter *p = &b->parameters[i];
        json_open_row(r->json);
        report_json_text(r, "name", p->name);
        report_json_text(r, "type", p->type);
        if (p->initial && strcmp(p->initial, "…") != 0) {
            json_key(r->json, "default");
            json_literal(r->json, p->initial);
        }
        report_json_bool(r, "required", !p->initial);
        json_close(r->json);
    }
    json_close(r->json);
}

static bool show_builtin(Report *r, Str name)
{
    CatalogBuiltin b;
    if (!catalog_builtin(r->catalog, r->arena, name, &b))
        return false;
    if (r->json)
        json_builtin(r, &b);
    else
        put_builtin(r, &b);
    return true;
}

// --- roles, regions, modes -----------------------------------------------------------------------

static bool show_role(Report *r, Str key)
{
    const char *name, *id;
    if (!catalog_role(r->catalog, key, &name, &id))
        return false;
    if (r->json) {
        report_json_text(r, "role", name);
        report_json_text(r, "id", id);
        return true;
    }
    buf_printf(r->out, "%s\n", name);
    put_line(r, "role", id);
    if (!str_equal_nocase(key, str_of(name)) && !str_equal_nocase(key, str_of(id)))
        put_line(r, "formerly", arena_printf(r->arena, "%.*s", (int)key.n, key.p));
    return true;
}

static bool show_location(Report *r, Str key)
{
    const char *name, *cloud, *title = "";
    if (!catalog_location(r->catalog, key, &name, &cloud))
        return false;
    for (uint32_t i = 0; i < catalog_location_count(r->catalog); i++) {
        if (strcmp(catalog_location_name(r->catalog, i), name) == 0)
            title = catalog_location_title(r->catalog, i);
    }
    if (r->json) {
        report_json_text(r, "location", name);
        report_json_text(r, "title", title);
        report_json_text(r, "cloud", cloud);
        return true;
    }
    buf_printf(r->out, "%s\n", name);
    put_line(r, "region", title);
    put_line(r, "cloud", cloud);
    return true;
}

static bool show_mode(Report *r, Str key)
{
    CatalogMode m;
    if (!catalog_mode(r->catalog, r->arena, key, &m))
        return false;
    if (r->json) {
        report_json_text(r, "mode", m.name);
        report_json_text(r, "about", m.about);
        report_json_bool(r, "custom", m.custom);
        report_json_bool(r, "preview", m.preview);
        report_json_bool(r, "deprecated", m.deprecated);
        report_json_list(r, "effects", m.effects, m.effect_count);
        return true;
    }
    buf_printf(r->out, "%s\n", m.name);
    put_line(r, "mode for", m.about);
    put_line(r, "", m.deprecated ? "deprecated" : m.preview ? "preview" : "");
    put_list(r, "effects", m.effects, m.effect_count);
    put_line(r, "definitions",
             m.custom ? "built-in ones and your own"
                      : "built-in ones only: include them by their id");
    return true;
}

bool catalog_report_show(const Catalog *c, Str name, ReportStyle style, Buf *out)
{
    Report r = {.catalog = c,
                .arena = arena_new(),
                .style = style,
                .width = style.width > REPORT_WIDTH ? style.width : REPORT_WIDTH,
                .out = out};
    Buf json = {0};
    if (style.json) {
        r.json = ARENA_NEW(r.arena, Json);
        json_start(r.json, &json, JSON_PRETTY);
        json_open_object(r.json);
    }
    bool found = show_type(&r, name) || show_alias(&r, name) || show_builtin(&r, name) ||
                 show_role(&r, name) || show_location(&r, name) || show_mode(&r, name);
    if (style.json) {
        json_close(r.json);
        json_finish(r.json);
        if (found)
            buf_add(out, json.p, json.n);
    }
    buf_free(&json);
    arena_free(r.arena);
    return found;
}
