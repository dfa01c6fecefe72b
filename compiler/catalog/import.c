// import.c - turns the service's own listing of providers into an overlay.
//
// The listing is the truth about which types and aliases there are, where their
// values are and whether `modify` may change them. It says nothing of values,
// read-only, required or scopes: those are kept from the binary's catalogue.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

#include "base/limits.h"
#include "base/vec.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Listed { // a type
    Str name;
    const cJSON *json;
    bool has_aliases; // it lists them, though perhaps none
    uint32_t order;
} Listed;

typedef struct Found { // an alias
    Str owner, field;  // its type or namespace, and the rest
    const cJSON *json;
    uint32_t order;
} Found;

typedef struct Import {
    Arena *arena;
    const Catalog *base;
    const char *path; // for messages
    VEC(Listed) types;
    VEC(Found) aliases;
    Status *status;
} Import;

static bool fail(Import *im, const char *what, Str guilty)
{
    im->status->code = STATUS_IO;
    snprintf(im->status->message, sizeof im->status->message, "could not read `%.300s`: %s%s%.*s%s",
             im->path, what, guilty.n ? ": `" : "", guilty.n > 100 ? 100 : (int)guilty.n,
             guilty.n ? guilty.p : "", guilty.n ? "`" : "");
    return false;
}

static const cJSON *member(const cJSON *json, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(json, name);
}

static Str text_of(const cJSON *json)
{
    return cJSON_IsString(json) ? str_of(json->valuestring) : (Str){"", 0};
}

// --- collecting ----------------------------------------------------------------------------------

static bool collect_alias(Import *im, const cJSON *json)
{
    Str name = text_of(member(json, "name"));
    size_t slash = name.n;
    while (slash && name.p[slash - 1] != '/')
        slash--;
    Str owner = {name.p, slash ? slash - 1 : 0}, field = {name.p + slash, name.n - slash};
    if (!(text_type_name(owner) || (text_name(owner) && !str_has(owner, '/'))) || !text_name(field))
        return fail(im, "an alias needs a name like `Microsoft.Storage/storageAccounts/sku.name`",
                    text_name(name) ? name : (Str){0});
    vec_push(im->arena, &im->aliases, ((Found){owner, field, json, im->aliases.len}));
    return true;
}

static bool collect_type(Import *im, Str space, const cJSON *json)
{
    Str type = text_of(member(json, "resourceType"));
    Str name =
        str_of(arena_printf(im->arena, "%.*s/%.*s", (int)space.n, space.p, (int)type.n, type.p));
    if (!text_type_name(name))
        return fail(im, "a type needs a `resourceType`; see those of", space);
    const cJSON *aliases = member(json, "aliases"), *alias;
    vec_push(im->arena, &im->types, ((Listed){name, json, cJSON_IsArray(aliases), im->types.len}));
    cJSON_ArrayForEach(alias, aliases)
    {
        if (!collect_alias(im, alias))
            return false;
    }
    return true;
}

static bool collect_provider(Import *im, const cJSON *json)
{
    Str space = text_of(member(json, "namespace"));
    if (!text_name(space) || str_has(space, '/'))
        return fail(im, "a provider needs a `namespace`", (Str){0});
    const cJSON *type;
    cJSON_ArrayForEach(type, member(json, "resourceTypes"))
    {
        if (!collect_type(im, space, type))
            return false;
    }
    return true;
}

// A page of providers, a bare array of them, or one.
static bool collect(Import *im, const cJSON *root)
{
    const cJSON *list = cJSON_IsArray(root) ? root : member(root, "value"), *provider;
    if (!cJSON_IsArray(list)) {
        if (!cJSON_IsObject(root) || !member(root, "namespace"))
            return fail(im, "it is no listing of providers", (Str){0});
        if (!collect_provider(im, root))
            return false;
    } else {
        cJSON_ArrayForEach(provider, list)
        {
            if (!collect_provider(im, provider))
                return false;
        }
    }
    return im->aliases.len > 0 ||
           fail(im, "no aliases in it; fetch it with `?$expand=resourceTypes/aliases`", (Str){0});
}

// --- types ---------------------------------------------------------------------------------------

// Newer, or of the same day and stable.
static bool newer(Str a, Str b)
{
    Str day_a = {a.p, a.n < 10 ? a.n : 10}, day_b = {b.p, b.n < 10 ? b.n : 10};
    int d = str_compare_nocase(day_a, day_b);
    return d ? d > 0 : a.n < b.n || (a.n == b.n && str_compare_nocase(a, b) > 0);
}

static void read_versions(const cJSON *json, TextType *t)
{
    Str stable = {0}, newest = {0};
    const cJSON *item;
    cJSON_ArrayForEach(item, member(json, "apiVersions"))
    {
        Str s = text_of(item);
        if (!text_name(s))
            continue;
        if (newest.n == 0 || newer(s, newest))
            newest = s;
        if (text_date(s) && (stable.n == 0 || newer(s, stable)))
            stable = s;
    }
    if (newest.n) {
        t->stable = stable;
        t->newest = newest;
    }
}

static bool has_word(Str list, const char *word)
{
    Str part;
    while (text_cut(&list, ',', &part)) {
        while (part.n && part.p[0] == ' ')
            part = (Str){part.p + 1, part.n - 1};
        if (str_equal_nocase(part, str_of(word)))
            return true;
    }
    return false;
}

static void set_support(CatalogPresence *p, bool supported)
{
    if (!supported)
        *p = CATALOG_ABSENT;
    else if (*p == CATALOG_ABSENT || *p == CATALOG_UNKNOWN)
        *p = CATALOG_OPTIONAL;
}

static void base_type(const Import *im, Str name, TextType *t)
{
    CatalogType known;
    *t = (TextType){.name = name,
                    .location = CATALOG_UNKNOWN,
                    .tags = CATALOG_UNKNOWN,
                    .identity = CATALOG_UNKNOWN,
                    .kind = CATALOG_UNKNOWN,
                    .sku = CATALOG_UNKNOWN,
                    .readable = TEXT_ALL_SCOPES,
                    .writable = TEXT_ALL_SCOPES};
    if (!catalog_type(im->base, im->arena, name, &known))
        return;
    t->stable = str_of(known.stable_api);
    t->newest = str_of(known.newest_api);
    t->readable = known.readable;
    t->writable = known.writable;
#define MEMBER_WORD(word, text) t->word = known.word;
#include "catalog/words.def"
}

static void put_listed(Import *im, Buf *out, const Listed *type)
{
    TextType t;
    base_type(im, type->name, &t);
    read_versions(type->json, &t);
    Str capabilities = text_of(member(type->json, "capabilities"));
    if (capabilities.n) {
        set_support(&t.location, has_word(capabilities, "SupportsLocation"));
        set_support(&t.tags, has_word(capabilities, "SupportsTags"));
    }
    text_put_type(out, &t);
}

// --- aliases -------------------------------------------------------------------------------------

// A string, in some exports an object with the path; else that of the first version.
static Str default_path(const cJSON *json)
{
    const cJSON *path = member(json, "defaultPath");
    if (cJSON_IsObject(path))
        path = member(path, "path");
    if (!cJSON_IsString(path))
        path = member(cJSON_GetArrayItem(member(json, "paths"), 0), "path");
    return text_of(path);
}

// What the binary knows about it; of what is listed, nothing is derived any more.
static void base_alias(const Import *im, const Found *f, TextAlias *x)
{
    CatalogAlias known;
    *x = (TextAlias){.field = f->field, .type = CATALOG_ANY, .api = {"-", 1}};
    if (!catalog_alias(im->base, im->arena, f->owner, f->field, &known))
        return;
    x->type = known.type;
    x->path = str_of(known.path);
    x->flags = known.flags & ~(uint32_t)(ALIAS_DERIVED | ALIAS_UNSURE);
    x->enum_open = known.enum_open;
    x->api = *known.api ? str_of(known.api) : x->api;
    Buf joined = {0};
    for (uint32_t i = 0; i < known.enum_count; i++) {
        buf_str(&joined, i ? "|" : "");
        buf_str(&joined, known.enum_values[i]);
    }
    if (joined.n)
        x->enum_values = (Str){arena_copy(im->arena, joined.p, joined.n), joined.n};
    buf_free(&joined);
}

// `=0,1` where the path is the field with `properties` put before its segments 0 and 1 (see
// spec/catalog.md), empty where before 0 alone; else the path itself.
static Str shorten_path(Import *im, Str field, Str path)
{
    Buf b = {0};
    Str segment, wanted, rest = path;
    bool same = true;
    for (unsigned i = 0; same && text_cut(&field, '.', &wanted); i++) {
        while ((same = text_cut(&rest, '.', &segment)) && !str_equal(segment, wanted)) {
            if (!str_equal(segment, str_of("properties")))
                break;
            buf_printf(&b, "%c%u", b.n ? ',' : '=', i);
        }
        same = same && str_equal(segment, wanted);
        same = same && i < 100 && b.n < 100;
    }
    Str shortened = path;
    if (same && !rest.p && b.n)
        shortened =
            strcmp(b.p, "=0") == 0 ? (Str){"", 0} : (Str){arena_copy(im->arena, b.p, b.n), b.n};
    buf_free(&b);
    return shortened;
}

// The listed path; the binary's where none is listed.
static bool set_path(Import *im, const Found *f, TextAlias *x)
{
    Str path = default_path(f->json);
    path = path.n ? path : x->path;
    bool good = path.n == 0 || (text_name(path) && path.p[0] != '=' && !str_has(path, '|'));
    x->path = shorten_path(im, f->field, path);
    if (good)
        return true;
    return fail(im, "the path of an alias is not one; it is of",
                str_of(arena_printf(im->arena, "%.*s/%.*s", (int)f->owner.n, f->owner.p,
                                    (int)f->field.n, f->field.p)));
}

// The service's word on the type, where it gives one, wins.
static void set_type(TextAlias *x, Str word)
{
    for (CatalogValueType t = CATALOG_STRING; t <= CATALOG_ARRAY; t++) {
        if (t == x->type || !str_equal_nocase(word, str_of(catalog_value_word(t))))
            continue;
        x->type = t;
        x->enum_values = (Str){0};
        x->api = (Str){"-", 1};
    }
}

static bool put_found(Import *im, Buf *out, const Found *f)
{
    TextAlias x;
    base_alias(im, f, &x);
    if (!set_path(im, f, &x))
        return false;
    const cJSON *metadata = member(f->json, "defaultMetadata");
    set_type(&x, text_of(member(metadata, "type")));
    Str attributes = text_of(member(metadata, "attributes"));
    if (attributes.n) {
        bool modifiable = has_word(attributes, "Modifiable");
        x.flags &= ~(uint32_t)ALIAS_MODIFIABLE;
        x.flags |= modifiable ? ALIAS_MODIFIABLE : ALIAS_NOT_MODIFIABLE;
    }
    if (str_equal_nocase(text_of(member(f->json, "type")), str_of("Mask")))
        x.flags |= ALIAS_SECRET;
    text_put_alias(out, &x);
    return true;
}

// --- writing -------------------------------------------------------------------------------------

static int compare_types(const void *a, const void *b)
{
    const Listed *x = a, *y = b;
    int d = str_compare_nocase(x->name, y->name);
    return d ? d : (x->order > y->order) - (x->order < y->order);
}

static int compare_aliases(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    int d = str_compare_nocase(x->owner, y->owner);
    d = d ? d : str_compare_nocase(x->field, y->field);
    return d ? d : (x->order > y->order) - (x->order < y->order);
}

// The aliases from `*i` on of the type or namespace whose heading, spelled so, is written.
static bool put_aliases(Import *im, Buf *out, Str heading, uint32_t *i)
{
    Str spelling = heading, last = {0};
    for (; *i < im->aliases.len; ++*i) {
        const Found *f = &im->aliases.items[*i];
        if (!str_equal_nocase(f->owner, heading))
            return true;
        if (last.p && str_equal_nocase(last, f->field))
            continue; // listed twice
        if (!str_equal(spelling, f->owner))
            buf_printf(out, "as\t%.*s\n", (int)f->owner.n, f->owner.p);
        spelling = f->owner;
        last = f->field;
        if (!put_found(im, out, f))
            return false;
    }
    return true;
}

// A heading for aliases whose type is not listed; those of old are named after the namespace.
static void put_unlisted(Import *im, Buf *out, Str owner)
{
    TextType t;
    base_type(im, owner, &t);
    if (str_has(owner, '/'))
        text_put_type(out, &t);
    else
        buf_printf(out, "namespace\t%.*s\n", (int)owner.n, owner.p);
}

// Both lists are sorted by the name of the type.
static bool put_all(Import *im, Buf *out)
{
    uint32_t t = 0, i = 0;
    while (t < im->types.len || i < im->aliases.len) {
        const Listed *type = t < im->types.len ? &im->types.items[t] : NULL;
        const Found *alias = i < im->aliases.len ? &im->aliases.items[i] : NULL;
        int d = !type ? 1 : !alias ? -1 : str_compare_nocase(type->name, alias->owner);
        Str name = d <= 0 ? type->name : alias->owner;
        bool silent = d < 0 && !type->has_aliases && blob_has_type(im->base, name);
        if (d > 0)
            put_unlisted(im, out, name);
        else if (!silent) // else the binary knows more
            put_listed(im, out, type);
        while (t < im->types.len && str_equal_nocase(im->types.items[t].name, name))
            t++;
        if (!put_aliases(im, out, name, &i))
            return false;
    }
    return true;
}

static bool write_overlay(Import *im, const char *overlay_path)
{
    Buf out = {0};
    qsort(im->types.items, im->types.len, sizeof *im->types.items, compare_types);
    qsort(im->aliases.items, im->aliases.len, sizeof *im->aliases.items, compare_aliases);
    buf_str(&out, TEXT_HEADER
            "\n"
            "# Written by `moat catalog update` from a listing of resource providers.\n");
    const char *slash = strrchr(overlay_path, '/');
    size_t folder = slash ? (size_t)(slash - overlay_path) : 0;
    bool ok = put_all(im, &out) &&
              io_make_folders(arena_copy(im->arena, overlay_path, folder), im->status) &&
              io_write_file(overlay_path, (Str){out.p, out.n}, im->status);
    buf_free(&out);
    return ok;
}

// --- reading -------------------------------------------------------------------------------------

// What cJSON would not notice: NULs, which it cuts texts at, and more values than memory is for.
static bool check_text(Import *im, Str data)
{
    size_t values = 1;
    for (size_t i = 0; i < data.n; i++) {
        char c = data.p[i];
        values += c == ',' || c == '[' || c == '{';
        if (c == '\0' || (c == '\\' && data.n - i > 5 && memcmp(data.p + i, "\\u0000", 6) == 0))
            return fail(im, "there is a NUL in it", (Str){0});
    }
    return values <= LIMIT_CATALOG_VALUES ||
           fail(im, "it has more than 8000000 JSON values", (Str){0});
}

static bool fail_json(Import *im, Str data, const char *at)
{
    unsigned line = 1;
    for (const char *p = data.p; p < at && p < data.p + data.n; p++)
        line += *p == '\n';
    return fail(im, arena_printf(im->arena, "line %u is not JSON", line), (Str){0});
}

bool catalog_import(Arena *a, const char *providers_json, const char *overlay_path, Status *st)
{
    Import im = {.arena = a, .base = catalog_open(a), .path = providers_json, .status = st};
    Str data;
    const char *end = NULL;
    if (!io_read_file(a, providers_json, LIMIT_CATALOG_BYTES, &data, st) || !check_text(&im, data))
        return false;
    cJSON *root = cJSON_ParseWithLengthOpts(data.p, data.n + 1, &end, true);
    if (!root)
        return fail_json(&im, data, end);
    bool ok = collect(&im, root) && write_overlay(&im, overlay_path);
    cJSON_Delete(root);
    return ok;
}
