// kinds.c - from `kind` declarations to KindInfo.
//
// A kind is made when it is first asked for, its parents before it. Its items are
// kept by the property's spelling in the catalogue, so that it does not matter how
// the author spelled the path.
//
// SPDX-License-Identifier: MIT
#include "sema/kind.h"

#include "base/limits.h"
#include "sema/check.h"
#include "sema/effect.h"
#include "sema/module.h"

enum { NEAR_TYPE = 2 }; // edits between a resource type and what was meant

Name name_lower(Program *p, Str text)
{
    Compilation *c = p->compilation;
    char *lower = arena_copy(c->arena, text.p, text.n);
    for (size_t i = 0; i < text.n; i++) {
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + ('a' - 'A'));
    }
    return intern(c->names, lower, text.n);
}

// --- the resource type ----------------------------------------------------------------------

// Namespace/type, or Namespace/type/child and so on.
static bool is_type_form(const char *s)
{
    size_t parts = 0;
    for (;; s++) {
        size_t n = strcspn(s, "/");
        if (n == 0)
            return false;
        parts++;
        s += n;
        if (*s == '\0')
            return parts > 1;
    }
}

static void report_unknown_type(Program *p, const KindInfo *kind, Text type)
{
    Diags *ds = p->compilation->diags;
    if (!is_type_form(type.text)) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_RESOURCE_TYPE, type.span,
                              "`%s` is not the name of a resource type", type.text);
        diag_help(ds, d, "write it as in \"Microsoft.Storage/storageAccounts\"");
        kind->scope->broken = true;
        return;
    }
    Suggest near;
    suggest_start(&near, str_of(type.text));
    if (near.limit > NEAR_TYPE)
        near.limit = NEAR_TYPE;
    Arena *scratch = arena_new();
    CatalogType t;
    bool due = suggestion_is_due(p);
    for (uint32_t i = 0; due && catalog_type_at(p->catalog, scratch, i, &t); i++)
        suggest_offer(&near, str_of(t.name));
    if (near.count) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_RESOURCE_TYPE, type.span,
                              "there is no resource type `%s`", type.text);
        for (uint32_t i = 0; i < near.count; i++) // they go with the scratch arena
            near.best[i].p = arena_copy(p->compilation->arena, near.best[i].p, near.best[i].n);
        check_suggest(p, d, type.span, &near, true);
        kind->scope->broken = true;
    } else {
        Diag *d = diag_report(ds, DIAG_UNLISTED_RESOURCE_TYPE, type.span,
                              "the catalogue does not have the resource type `%s`", type.text);
        diag_note(ds, d, "its properties are not checked");
    }
    arena_free(scratch);
}

static void set_type(Program *p, KindInfo *kind, Text type)
{
    if (strcmp(type.text, "*") == 0)
        return;
    kind->type = type.text;
    kind->known_type =
        catalog_type(p->catalog, p->compilation->arena, str_of(type.text), &kind->facts);
    if (kind->known_type)
        kind->type = kind->facts.name;
    else
        report_unknown_type(p, kind, type);
}

static bool set_parent(Program *p, KindInfo *kind, const KindDecl *decl)
{
    Symbol *s = module_resolve_word(kind->module, decl->parent, SYMBOL_KIND, "kind");
    const KindInfo *parent = s ? kind_of_symbol(p, s) : NULL;
    if (!parent)
        return false;
    kind->parent = parent;
    kind->type = parent->type;
    kind->known_type = parent->known_type;
    kind->facts = parent->facts;
    kind->mode = parent->mode;
    kind->api = parent->api;
    kind->inline_parent = parent->inline_parent;
    kind->inline_path = parent->inline_path;
    return true;
}

// --- what a refinement fixes ------------------------------------------------------------------

// a.b.c as text; NULL for anything else
static const char *plain_path(Arena *a, const Expr *x)
{
    if (x->kind == EXPR_NAME)
        return x->text;
    if (x->kind != EXPR_MEMBER)
        return NULL;
    const char *object = plain_path(a, x->object);
    return object ? arena_printf(a, "%s.%s", object, x->member->name) : NULL;
}

// Azure writes dots and slashes of a discriminator's value as `-`.
static Name variant_name(Program *p, const char *value)
{
    char *text = arena_copy(p->compilation->arena, value, strlen(value));
    for (char *s = text; *s; s++) {
        if (*s == '.' || *s == '/')
            *s = '-';
    }
    return intern_str(p->compilation->names, text);
}

static void collect_variants(Program *p, struct KindScope *scope, const Expr *x)
{
    Compilation *c = p->compilation;
    if (x->kind == EXPR_AND) {
        for (uint32_t i = 0; i < x->operands->len; i++)
            collect_variants(p, scope, x->operands->items[i]);
        return;
    }
    if (x->kind != EXPR_COMPARE || x->op != OP_EQ || x->right->kind != EXPR_STRING)
        return;
    const char *path = plain_path(c->arena, x->left);
    if (!path)
        return;
    const char *dot = strrchr(path, '.');
    Variant v = {intern(c->names, path, dot ? (size_t)(dot - path) : 0),
                 variant_name(p, x->right->text)};
    vec_push(c->arena, &scope->variants, v);
}

// --- inline kinds -----------------------------------------------------------------------------

static void report_inline(Program *p, KindInfo *kind, Span span, const char *message,
                          const char *help)
{
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_BAD_INLINE, span, "%s", message);
    diag_help(ds, d, "%s", help);
    kind->scope->broken = true;
}

static void set_inline(Program *p, KindInfo *kind, const KindDecl *decl)
{
    Compilation *c = p->compilation;
    Symbol *s = module_resolve_word(kind->module, decl->inline_parent, SYMBOL_KIND, "kind");
    const KindDecl *outer = s ? s->decl->kind_decl : NULL;
    if (outer && (outer->parent.name || outer->inline_parent.name ||
                  strcmp(outer->resource_type.text, "*") == 0)) {
        report_inline(p, kind, decl->inline_parent.span,
                      "a kind can be inline in a plain kind only",
                      "name the kind that is declared with the parent's resource type");
        return;
    }
    const KindInfo *parent = s ? kind_of_symbol(p, s) : NULL;
    kind->scope->broken |= !parent;
    if (!parent)
        return;
    const char *path = decl->inline_path.name;
    size_t n = strlen(path);
    if (n < 4 || strcmp(path + n - 3, "[*]") != 0) {
        report_inline(p, kind, decl->inline_path.span,
                      arena_printf(c->arena, "`%s` does not name the elements of an array", path),
                      "end it with `[*]`, as in `subnets[*]`");
        return;
    }
    const FieldInfo *f = field_find(p, parent, false, intern_str(c->names, path));
    if (!f->exists) {
        report_inline(p, kind, decl->inline_path.span,
                      arena_printf(c->arena, "`%s` has no array `%s`", parent->name, path),
                      "write the array of the parent that holds the child's properties");
        return;
    }
    kind->inline_parent = parent;
    kind->inline_path = f->field;
}

// --- items ------------------------------------------------------------------------------------

static bool is_api_version(const char *s)
{
    static const char form[] = "0000-00-00";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
            return false;
    }
    s += sizeof form - 1;
    return *s == '\0' || (*s == '-' && s[1] >= 'a' && s[1] <= 'z');
}

static bool check_api(Program *p, Text version)
{
    if (is_api_version(version.text))
        return true;
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_BAD_API_VERSION, version.span, "`%s` is not an api-version",
                          version.text);
    diag_help(ds, d, "write a date, as in \"2023-05-01\" or \"2023-05-01-preview\"");
    return false;
}

static const char *check_mode(Program *p, Text mode)
{
    Suggest near;
    suggest_start(&near, str_of(mode.text));
    for (size_t i = 0; POLICY_MODES[i]; i++) {
        if (strcmp(POLICY_MODES[i], mode.text) == 0)
            return POLICY_MODES[i];
        suggest_offer(&near, str_of(POLICY_MODES[i]));
    }
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_MODE, mode.span, "there is no mode `%s`", mode.text);
    check_suggest(p, d, mode.span, &near, true);
    if (near.count == 0)
        diag_help(ds, d,
                  "write \"All\", \"Indexed\" or a data-plane mode such as "
                  "\"Microsoft.KeyVault.Data\"");
    return NULL;
}

static void report_twice(Program *p, const KindItem *first, Span again, const char *what)
{
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_DUPLICATE_KIND_ITEM, again, "%s is given twice", what);
    diag_label(ds, d, first->path.span, "first given here");
}

static const char *item_word(KindItemKind what)
{
    static const char *const words[] = {
        [KINDITEM_DEFAULT] = "default",   [KINDITEM_TYPE] = "type",   [KINDITEM_ORDER] = "order",
        [KINDITEM_VERSIONS] = "versions", [KINDITEM_SINCE] = "since", [KINDITEM_LET] = "let",
        [KINDITEM_MODE] = "mode",         [KINDITEM_API] = "api",
    };
    return words[what];
}

static const KindItem **item_slot(KindItems *items, KindItemKind what)
{
    switch (what) {
    case KINDITEM_DEFAULT:
        return &items->initial;
    case KINDITEM_TYPE:
        return &items->type;
    case KINDITEM_ORDER:
    case KINDITEM_VERSIONS:
        return &items->order;
    case KINDITEM_SINCE:
        return &items->since;
    case KINDITEM_LET:
    case KINDITEM_MODE:
    case KINDITEM_API:
        break;
    }
    return NULL;
}

static void add_property_item(Program *p, KindInfo *kind, const KindItem *item)
{
    Compilation *c = p->compilation;
    Name key = field_key(p, kind, item->path.name);
    if (!key) {
        FieldMiss miss = {.kind = kind,
                          .field = item->path.name,
                          .base = "",
                          .shown = item->path.name,
                          .span = item->path.span};
        field_report_unknown(p, &miss);
        return;
    }
    KindItems *items = map_get(&kind->scope->items, key);
    if (!items) {
        items = ARENA_NEW(c->arena, KindItems);
        map_put(&kind->scope->items, c->arena, key, items);
    }
    const KindItem **slot = item_slot(items, item->kind);
    if (*slot)
        report_twice(
            p, *slot, item->path.span,
            arena_printf(c->arena, "the `%s` of `%s`", item_word(item->kind), item->path.name));
    else if (item->kind != KINDITEM_SINCE || check_api(p, item->text))
        *slot = item;
}

static void add_let(Program *p, KindInfo *kind, const KindItem *item)
{
    Compilation *c = p->compilation;
    const KindItem *first = map_get(&kind->scope->lets, item->path.name);
    if (first)
        report_twice(p, first, item->path.span,
                     arena_printf(c->arena, "the `let` `%s`", item->path.name));
    else
        map_put(&kind->scope->lets, c->arena, item->path.name, (void *)item);
}

static void add_items(Program *p, KindInfo *kind, const KindDecl *decl)
{
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const KindItem *item = &decl->items.items[i];
        switch (item->kind) {
        case KINDITEM_DEFAULT:
        case KINDITEM_TYPE:
        case KINDITEM_ORDER:
        case KINDITEM_VERSIONS:
        case KINDITEM_SINCE:
            add_property_item(p, kind, item);
            break;
        case KINDITEM_LET:
            add_let(p, kind, item);
            break;
        case KINDITEM_MODE:
            kind->mode = check_mode(p, item->text);
            break;
        case KINDITEM_API:
            if (check_api(p, item->text))
                kind->api = item->text.text;
            break;
        }
    }
}

// --- KindInfo ---------------------------------------------------------------------------------

// Follows a refinement to its first parent: false, reported, where that does not end.
static bool refinement_ends(Program *p, const Symbol *s)
{
    const Symbol *at = s;
    for (uint32_t i = 0; i < LIMIT_NESTING; i++) {
        const Word *parent = &at->decl->kind_decl->parent;
        if (!parent->name)
            return true;
        at = module_peek(at->module, parent->name);
        if (!at || at->kind != SYMBOL_KIND)
            return true;
        if (at == s)
            break;
    }
    Diags *ds = p->compilation->diags;
    const Word *parent = &s->decl->kind_decl->parent;
    if (at == s)
        diag_report(ds, DIAG_KIND_CYCLE, parent->span, "kind `%s` is a refinement of itself",
                    s->name);
    else
        diag_report(ds, DIAG_KIND_CYCLE, parent->span,
                    "kind `%s` is a refinement of more than %u kinds", s->name, LIMIT_NESTING);
    return false;
}

static KindInfo *kind_new(Program *p, Symbol *s)
{
    Arena *a = p->compilation->arena;
    KindInfo *kind = ARENA_NEW(a, KindInfo);
    *kind = (KindInfo){.name = s->name, .module = s->module, .decl = s->decl};
    kind->scope = ARENA_NEW(a, struct KindScope);
    return kind;
}

KindInfo *kind_of_symbol(Program *p, Symbol *s)
{
    KindInfo *kind = s->kind_info;
    if (kind)
        return kind->scope->broken ? NULL : kind;
    const KindDecl *decl = s->decl->kind_decl;
    kind = s->kind_info = kind_new(p, s);
    if (decl->parent.name && (!refinement_ends(p, s) || !set_parent(p, kind, decl))) {
        kind->scope->broken = true;
        return NULL;
    }
    if (decl->where)
        collect_variants(p, kind->scope, decl->where);
    if (decl->resource_type.text)
        set_type(p, kind, decl->resource_type);
    if (decl->inline_parent.name)
        set_inline(p, kind, decl);
    add_items(p, kind, decl);
    return kind->scope->broken ? NULL : kind;
}

const KindItem *kind_item(const KindInfo *kind, Name key, KindItemKind what,
                          const KindInfo **ret_owner)
{
    for (const KindInfo *k = kind; k; k = k->parent) {
        KindItems *items = map_get(&k->scope->items, key);
        const KindItem *item = items ? *item_slot(items, what) : NULL;
        if (item) {
            *ret_owner = k;
            return item;
        }
    }
    return NULL;
}

const KindItem *kind_let(const KindInfo *kind, Name name, const KindInfo **ret_owner)
{
    for (const KindInfo *k = kind; k; k = k->parent) {
        const KindItem *item = map_get(&k->scope->lets, name);
        if (item) {
            *ret_owner = k;
            return item;
        }
    }
    return NULL;
}
