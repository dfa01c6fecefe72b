// initiative.c - the members of an initiative: include, extend, exclude, set.
//
// spec: deployment, initiatives. The order of the items does not matter: what is
// extended comes first, then what is excluded leaves, then what is included joins
// (a whole module adds the requirements that are not members yet), then values
// are set.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"
#include "sema/kind.h"

// A mistake that leaves its members unsure.
#define initiative_error(p, i, ...)                                                                \
    ((i)->broken = true, diag_report((p)->compilation->diags, __VA_ARGS__))

enum { BUILTIN_DIGITS = 8 }; // of a GUID, in the name of a member that has none

static Name member_key(Program *p, Name reference)
{
    return name_lower(p, str_of(reference)); // Azure compares reference ids without case
}

// --- members by name ---------------------------------------------------------------------------

IncludeInfo *initiative_member(Program *p, const InitiativeInfo *i, Name reference)
{
    return map_get(&i->members, member_key(p, reference));
}

IncludeInfo *initiative_member_at(Program *p, const InitiativeInfo *i, Word word)
{
    IncludeInfo *member = initiative_member(p, i, word.name);
    if (member || i->broken)
        return member;
    Suggest near;
    suggest_start(&near, str_of(word.name));
    for (uint32_t k = 0; k < i->includes.len; k++)
        suggest_offer(&near, str_of(i->includes.items[k]->reference));
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_MEMBER, word.span, "initiative `%s` has no member `%s`",
                          i->name, word.name);
    check_suggest(p, d, word.span, &near, false);
    if (near.count == 0)
        diag_label(ds, d, i->decl->name.span, "its members are included here");
    return NULL;
}

static void add_member(Program *p, InitiativeInfo *i, IncludeInfo *member)
{
    Name key = member_key(p, member->reference);
    const IncludeInfo *there = map_get(&i->members, key);
    if (!there) {
        map_put(&i->members, p->compilation->arena, key, member);
        vec_push(p->compilation->arena, &i->includes, member);
        return;
    }
    Diag *d =
        initiative_error(p, i, DIAG_DUPLICATE_REFERENCE, member->span,
                         "initiative `%s` has a member `%s` already", i->name, member->reference);
    diag_label(p->compilation->diags, d, there->span, "this one");
    diag_help(p->compilation->diags, d, "give one of them a name: `include … as name`");
}

static void remove_member(Program *p, InitiativeInfo *i, const IncludeInfo *member)
{
    map_put(&i->members, p->compilation->arena, member_key(p, member->reference), NULL);
    uint32_t kept = 0;
    for (uint32_t k = 0; k < i->includes.len; k++) {
        if (i->includes.items[k] != member)
            i->includes.items[kept++] = i->includes.items[k];
    }
    i->includes.len = kept;
}

// --- extend and exclude ------------------------------------------------------------------------

static void extend(Program *p, InitiativeInfo *i, const InitItem *item)
{
    Arena *a = p->compilation->arena;
    Symbol *s = check_path(i->module, &item->path, SYMBOL_INITIATIVE);
    if (!s) {
        i->broken = true;
        return;
    }
    const InitiativeInfo *base = initiative_of_symbol(p, s);
    if (!base->checked) {
        initiative_error(p, i, DIAG_EXTEND_CYCLE, item->path.span, "initiative `%s` extends itself",
                         s->name);
        return;
    }
    i->broken |= base->broken;
    for (uint32_t k = 0; k < base->includes.len; k++) {
        const IncludeInfo *from = base->includes.items[k];
        IncludeInfo *member = ARENA_NEW(a, IncludeInfo);
        *member = *from;
        member->values.items = NULL; // its own, so that `set` here does not reach the base
        member->values.len = member->values.cap = 0;
        for (uint32_t v = 0; v < from->values.len; v++)
            vec_push(a, &member->values, from->values.items[v]);
        member->span = item->path.span;
        add_member(p, i, member);
    }
    for (uint32_t v = 0; v < base->values.len; v++)
        vec_push(a, &i->values, base->values.items[v]);
}

static void exclude(Program *p, InitiativeInfo *i, const InitItem *item)
{
    const ModulePath *path = &item->path;
    if (path->words.len == 1) {
        const IncludeInfo *member = initiative_member_at(p, i, path->words.items[0]);
        if (member)
            remove_member(p, i, member);
        else
            i->broken = true;
        return;
    }
    Symbol *s = check_path(i->module, path, SYMBOL_REQUIREMENT);
    bool found = false;
    for (uint32_t k = i->includes.len; s && k > 0; k--) {
        if (i->includes.items[k - 1]->requirement == s) {
            remove_member(p, i, i->includes.items[k - 1]);
            found = true;
        }
    }
    if (s && !found)
        initiative_error(p, i, DIAG_UNKNOWN_MEMBER, path->span,
                         "initiative `%s` does not include `%s`", i->name, s->name);
    i->broken |= !s;
}

// --- include -----------------------------------------------------------------------------------

static void include_values(Program *p, InitiativeInfo *i, const Expr *object, IncludeInfo *member)
{
    Diags *ds = p->compilation->diags;
    for (uint32_t k = 0; object && object->kind == EXPR_OBJECT && k < object->entries->len; k++) {
        const Entry *entry = &object->entries->items[k];
        const SetValue *before =
            value_find(member->values.items, member->values.len, entry->key.name);
        if (before) {
            Diag *d = initiative_error(p, i, DIAG_DUPLICATE_ITEM, entry->key.span,
                                       "`%s` is given twice", entry->key.name);
            diag_label(ds, d, before->span, "first given here");
            continue;
        }
        SetValue v = {.parameter = entry->key.name,
                      .written = entry->value,
                      .module = i->module,
                      .span = entry->key.span};
        vec_push(p->compilation->arena, &member->values, v);
    }
}

void requirement_want(Program *p, Symbol *s)
{
    RequirementInfo *info = requirement_info(p, s);
    if (!info->wanted && s->module->is_stdlib)
        vec_push(p->compilation->arena, &p->requirements, s);
    info->wanted = true;
    s->uses++;
}

static void include_requirement(Program *p, InitiativeInfo *i, const InitItem *item, Symbol *s)
{
    IncludeInfo *member = ARENA_NEW(p->compilation->arena, IncludeInfo);
    member->reference = item->as_name.name ? item->as_name.name : s->name;
    member->requirement = s;
    member->span = item->as_name.name ? item->as_name.span : item->path.span;
    include_values(p, i, item->object, member);
    requirement_want(p, s);
    add_member(p, i, member);
}

// The requirements of a module that are not members yet.
static void include_module(Program *p, InitiativeInfo *i, const InitItem *item, const Module *m)
{
    Diags *ds = p->compilation->diags;
    if (item->as_name.name || item->object) {
        Span span = item->as_name.name ? item->as_name.span : item->object->span;
        Diag *d = initiative_error(p, i, DIAG_NOT_INCLUDABLE, span,
                                   "a whole module takes neither a name nor values");
        diag_help(ds, d, "write `set requirement.parameter = …` beside it");
    }
    bool any = false;
    for (uint32_t k = 0; k < m->symbols.len; k++) {
        Symbol *s = m->symbols.values[k];
        if (s->kind != SYMBOL_REQUIREMENT)
            continue;
        any = true;
        const IncludeInfo *there = initiative_member(p, i, s->name);
        InitItem one = {.kind = INITITEM_INCLUDE, .span = item->span, .path = item->path};
        if (!there || there->requirement != s)
            include_requirement(p, i, &one, s);
    }
    if (!any)
        initiative_error(p, i, DIAG_NOT_INCLUDABLE, item->path.span,
                         "module `%s` has no requirements", m->path);
}

static void include_builtin(Program *p, InitiativeInfo *i, const InitItem *item)
{
    CatalogBuiltin *b = builtin_check(p, item->builtin);
    if (!b) {
        i->broken = true;
        return;
    }
    IncludeInfo *member = ARENA_NEW(p->compilation->arena, IncludeInfo);
    const char *made = arena_printf(p->compilation->arena, "builtin_%.*s", BUILTIN_DIGITS, b->id);
    member->reference =
        item->as_name.name ? item->as_name.name : intern_str(p->compilation->names, made);
    member->builtin = b;
    member->span = item->as_name.name ? item->as_name.span : item->builtin.span;
    include_values(p, i, item->object, member);
    add_member(p, i, member);
}

static void include(Program *p, InitiativeInfo *i, const InitItem *item, bool modules)
{
    if (item->builtin.text) {
        if (!modules)
            include_builtin(p, i, item);
        return;
    }
    Symbol *s = module_resolve_path(i->module, &item->path, "requirement or module");
    if (!s) {
        i->broken = true;
    } else if (s->kind == SYMBOL_MODULE) {
        if (modules)
            include_module(p, i, item, s->module);
    } else if (s->kind == SYMBOL_REQUIREMENT) {
        if (!modules)
            include_requirement(p, i, item, s);
    } else {
        Diag *d = initiative_error(p, i, DIAG_NOT_INCLUDABLE, item->path.span,
                                   "`%s` is not a requirement or a module", s->name);
        if (s->kind == SYMBOL_INITIATIVE)
            diag_help(p->compilation->diags, d, "initiatives do not nest; write `extend %s`",
                      s->name);
    }
}

// --- the declaration ---------------------------------------------------------------------------

static void set(Program *p, InitiativeInfo *i, const InitItem *item)
{
    SetValue v;
    if (!place_split(p, i->module, item->place, item->value, &v)) {
        i->broken = true;
        return;
    }
    if (!v.requirement) {
        vec_push(p->compilation->arena, &i->values, v);
        return;
    }
    Word word = {v.requirement, item->place->object->span};
    IncludeInfo *member = initiative_member_at(p, i, word);
    if (member)
        vec_push(p->compilation->arena, &member->values, v);
    else
        i->broken = true;
}

static void take_texts(Program *p, InitiativeInfo *i, const InitItem *item, Span *version,
                       Span *category)
{
    if (item->kind == INITITEM_VERSION) {
        if (!check_once(p, version, item->span, "version") || !check_version(p, item->text))
            i->broken = true;
        i->version = item->text.text;
    } else if (item->kind == INITITEM_CATEGORY) {
        i->broken |= !check_once(p, category, item->span, "category");
        i->category = item->text.text;
    }
}

static void take_items(Program *p, InitiativeInfo *i, InitItemKind kind, bool modules)
{
    const InitiativeDecl *decl = i->decl->initiative;
    Span version = {0, 0}, category = {0, 0};
    for (uint32_t k = 0; k < decl->items.len; k++) {
        const InitItem *item = &decl->items.items[k];
        if (item->kind != kind)
            continue;
        switch (kind) {
        case INITITEM_VERSION:
        case INITITEM_CATEGORY:
            take_texts(p, i, item, &version, &category);
            break;
        case INITITEM_EXTEND:
            extend(p, i, item);
            break;
        case INITITEM_EXCLUDE:
            exclude(p, i, item);
            break;
        case INITITEM_SET:
            set(p, i, item);
            break;
        case INITITEM_INCLUDE:
            include(p, i, item, modules);
            break;
        }
    }
}

InitiativeInfo *initiative_of_symbol(Program *p, Symbol *s)
{
    if (s->initiative)
        return s->initiative;
    InitiativeInfo *i = ARENA_NEW(p->compilation->arena, InitiativeInfo);
    s->initiative = i;
    i->decl = s->decl;
    i->module = s->module;
    i->name = s->name;
    i->title = s->decl->title.text;
    take_items(p, i, INITITEM_VERSION, false);
    take_items(p, i, INITITEM_CATEGORY, false);
    take_items(p, i, INITITEM_EXTEND, false);
    take_items(p, i, INITITEM_EXCLUDE, false);
    take_items(p, i, INITITEM_INCLUDE, false);
    take_items(p, i, INITITEM_INCLUDE, true);
    take_items(p, i, INITITEM_SET, false);
    if (i->includes.len == 0 && !i->broken) {
        Diag *d = initiative_error(p, i, DIAG_NO_MEMBERS, s->decl->name.span,
                                   "initiative `%s` has no members", s->name);
        diag_help(p->compilation->diags, d, "write `include requirement`");
    }
    i->checked = true;
    return i;
}
