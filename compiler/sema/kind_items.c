// kind_items.c - what the items of a kind say: defaults, narrower types, orders; and groups.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "sema/check.h"
#include "sema/elaborate.h"
#include "sema/kind.h"
#include "sema/module.h"

#include <inttypes.h>

// --- defaults --------------------------------------------------------------------------------

static bool asks_api_version(const TExpr *e)
{
    return e->kind == TX_COMPARE && e->left->kind == TX_FACT && e->left->op == FACT_REQUEST &&
           strcmp(e->left->operands->items[0]->text, "apiVersion") == 0 &&
           e->right->kind == TX_STRING;
}

static TExpr *elaborate_default(Elaborator *e, const Expr *x, const Type *type)
{
    if (x->kind != EXPR_IF)
        return elaborate_constant(e, x, type);
    TExpr *condition = elaborate_condition(e, x->condition);
    TExpr *then = elaborate_default(e, x->branches[0], type);
    TExpr *other = elaborate_default(e, x->branches[1], type);
    if (elaborator_failed(e))
        return NULL;
    if (!asks_api_version(condition)) {
        Diag *d = elab_report(e, DIAG_NOT_CONSTANT, x->condition->span,
                              "a default can depend on the api-version only");
        diag_help(e->diags, d, "write `if request.apiVersion >= \"2023-05-01\" then … else …`");
        return NULL;
    }
    TExpr *result = elab_node(e, TX_IF, x->span, type);
    result->operands = ARENA_NEW(e->arena, TExprs);
    vec_push(e->arena, result->operands, condition);
    vec_push(e->arena, result->operands, then);
    vec_push(e->arena, result->operands, other);
    return result;
}

TExpr *kind_default(Program *p, const KindInfo *owner, const KindItem *item, const Type *type)
{
    Elaborator *e = elaborator_new(p, owner->module, p->compilation->arena);
    TExpr *value = elaborate_default(e, item->value, type);
    return elaborator_failed(e) ? NULL : value;
}

// --- narrower types --------------------------------------------------------------------------

static bool can_narrow(const Type *from, const Type *to)
{
    if (from->kind == TYPE_ANY || from->kind == TYPE_ERROR || to->kind == TYPE_ERROR)
        return true;
    if (from->kind == TYPE_LIST)
        return to->kind == TYPE_LIST && can_narrow(from->element, to->element);
    if (from->kind == TYPE_OBJECT)
        return to->kind == TYPE_RECORD || to->kind == TYPE_TABLE;
    return (type_is_text(from) && type_is_text(to)) || from->kind == to->kind ||
           (from->kind == TYPE_FLOAT && to->kind == TYPE_INT);
}

static const Type *narrow_type(Program *p, const KindInfo *owner, const KindItem *item,
                               const Type *type)
{
    Compilation *c = p->compilation;
    const Type *narrow = type_from_expr(p, owner->module, item->type);
    if (can_narrow(type, narrow))
        return type_has_error(narrow) ? type : narrow;
    Diag *d = diag_report(c->diags, DIAG_BAD_NARROWING, item->type->span, "`%s` cannot be %s",
                          item->path.name, type_text(c->arena, narrow));
    diag_note(c->diags, d, "in Azure it is %s", type_text(c->arena, type));
    return type;
}

// --- order and versions -----------------------------------------------------------------------

static const char *version_text(Program *p, const Expr *value)
{
    Arena *a = p->compilation->arena;
    int64_t number = value->number;
    if (value->kind == EXPR_DURATION)
        duration_seconds(value, &number);
    return value->kind == EXPR_INT || value->kind == EXPR_DURATION
               ? arena_printf(a, "%" PRId64, number)
               : value->text;
}

// The catalogue's spelling of a value; the author's own where it is not listed.
static Name spelled_value(Program *p, const Type *type, const Text *text, const char *property)
{
    Diags *ds = p->compilation->diags;
    if (type->kind != TYPE_ENUM)
        return text->text;
    Suggest near;
    suggest_start(&near, str_of(text->text));
    for (uint32_t i = 0; i < type->values.len; i++) {
        if (str_equal_nocase(str_of(type->values.items[i]), str_of(text->text)))
            return type->values.items[i];
        suggest_offer(&near, str_of(type->values.items[i]));
    }
    if (type->open && near.count == 0) {
        diag_report(ds, DIAG_UNLISTED_VALUE, text->span,
                    "`%s` is not among the known values of `%s`", text->text, property);
        return text->text;
    }
    Diag *d = diag_report(ds, DIAG_UNKNOWN_VALUE, text->span, "`%s` has no value `%s`", property,
                          text->text);
    check_suggest(p, d, text->span, &near, true);
    return text->text;
}

static void add_spelling(Program *p, Type *ranked, const Type *type, const Text *text,
                         const char *version, const char *property)
{
    Compilation *c = p->compilation;
    Name spelled = spelled_value(p, type, text, property);
    for (uint32_t i = 0; i < ranked->ranked.len; i++) {
        if (str_equal_nocase(str_of(ranked->ranked.items[i].text), str_of(spelled))) {
            diag_report(c->diags, DIAG_DUPLICATE_KIND_ITEM, text->span,
                        "the value `%s` is listed twice", text->text);
            return;
        }
    }
    VersionSpelling v = {spelled, version ? intern_str(c->names, version) : NULL};
    vec_push(c->arena, &ranked->ranked, v);
    uint32_t at = ranked->ranked.len - 1; // `versions` may be written in any order
    while (version && at > 0 && version_order(ranked->ranked.items[at - 1].version, version) > 0) {
        ranked->ranked.items[at] = ranked->ranked.items[at - 1];
        at--;
    }
    ranked->ranked.items[at] = v;
}

static const Type *rank_values(Program *p, const KindInfo *kind, const KindItem *item,
                               const Type *type, const char *field)
{
    Compilation *c = p->compilation;
    if (type->kind != TYPE_ENUM && type->kind != TYPE_STRING && type->kind != TYPE_ANY) {
        diag_report(c->diags, DIAG_BAD_NARROWING, item->path.span,
                    "values of `%s` cannot be put in an order: it is %s", item->path.name,
                    type_text(c->arena, type));
        return type;
    }
    Type *ranked = ARENA_NEW(c->arena, Type);
    *ranked = *type;
    ranked->kind = type->kind == TYPE_ENUM ? TYPE_ENUM : TYPE_STRING;
    ranked->has_versions = item->kind == KINDITEM_VERSIONS;
    ranked->property = property_name(p, kind, field);
    for (uint32_t i = 0; i < item->texts.len; i++)
        add_spelling(p, ranked, type, &item->texts.items[i], NULL, item->path.name);
    for (uint32_t i = 0; i < item->spellings.len; i++)
        add_spelling(p, ranked, type, &item->spellings.items[i].text,
                     version_text(p, item->spellings.items[i].value), item->path.name);
    return ranked;
}

// `type list: [cidr]` says what `list[*]` is.
static const Type *element_of_narrowed(Program *p, const KindInfo *kind, Name key)
{
    size_t n = strlen(key);
    if (n < 4 || strcmp(key + n - 3, "[*]") != 0)
        return NULL;
    const KindInfo *owner;
    Name list = intern(p->compilation->names, key, n - 3);
    const KindItem *item = kind_item(kind, list, KINDITEM_TYPE, &owner);
    if (!item || item->type->kind != TYPEEXPR_LIST)
        return NULL;
    return type_from_expr(p, owner->module, item->type->element);
}

const Type *kind_narrow(Program *p, const KindInfo *kind, Name key, const Type *type,
                        const char *field)
{
    const KindInfo *owner;
    const Type *element = element_of_narrowed(p, kind, key);
    if (element && can_narrow(type, element))
        type = element;
    const KindItem *item = kind_item(kind, key, KINDITEM_TYPE, &owner);
    if (item)
        type = narrow_type(p, owner, item, type);
    item = kind_item(kind, key, KINDITEM_ORDER, &owner);
    return item ? rank_values(p, owner, item, type, field) : type;
}

Name property_name(Program *p, const KindInfo *kind, const char *field)
{
    Compilation *c = p->compilation;
    Buf b = {0};
    buf_printf(&b, "%s.", kind->name);
    for (const char *s = field; *s; s++) {
        if (strncmp(s, "[*]", 3) == 0)
            s += 2;
        else
            buf_char(&b, *s);
    }
    Name name = intern(c->names, b.p, b.n);
    buf_free(&b);
    return name;
}

int version_order(const char *a, const char *b)
{
    while (*a || *b) {
        unsigned long long x = 0, y = 0;
        for (; *a >= '0' && *a <= '9'; a++)
            x = x * 10 + (unsigned long long)(*a - '0');
        for (; *b >= '0' && *b <= '9'; b++)
            y = y * 10 + (unsigned long long)(*b - '0');
        if (x != y)
            return x < y ? -1 : 1;
        a += *a != '\0';
        b += *b != '\0';
    }
    return 0;
}

// --- checking declarations --------------------------------------------------------------------

void kind_check(Program *p, Symbol *symbol, Arena *scratch)
{
    const KindInfo *kind = kind_of_symbol(p, symbol);
    if (!kind)
        return;
    Elaborator *e = elaborator_new(p, symbol->module, scratch);
    elaborator_set_kind(e, kind, NULL);
    const KindDecl *decl = symbol->decl->kind_decl;
    if (decl->where) {
        TExprs ignored = {0};
        elaborate_refinements(e, &ignored);
    }
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const KindItem *item = &decl->items.items[i];
        if (item->kind == KINDITEM_LET)
            elab_hinted(e, item->value, NULL);
        else if (item->path.name && field_key(p, kind, item->path.name) && kind->type)
            field_find(p, kind, false, item->path.name);
    }
}

// --- groups -------------------------------------------------------------------------------------

typedef struct Group { // a `kinds` as it is opened, once
    KindList members;
    Map names; // of the members: module.kind
    bool open, broken;
} Group;

static void add_member(Program *p, Group *group, const KindInfo *kind, Word word)
{
    Compilation *c = p->compilation;
    Name name =
        intern_str(c->names, arena_printf(c->arena, "%s.%s", kind->module->path, kind->name));
    if (map_get(&group->names, name)) {
        diag_report(c->diags, DIAG_KIND_LISTED_TWICE, word.span,
                    "kind `%s` is in this group already", kind->name);
        return;
    }
    map_put(&group->names, c->arena, name, (void *)kind);
    vec_push(c->arena, &group->members, kind);
}

static Group *open_group(Program *p, Symbol *s, uint32_t depth);

static void open_member(Program *p, Group *group, Module *m, Word word, uint32_t depth)
{
    Symbol *s = module_lookup_at(m, word);
    if (!s || s->kind != SYMBOL_KINDS) {
        s = module_resolve_word(m, word, SYMBOL_KIND, "kind");
        const KindInfo *kind = s ? kind_of_symbol(p, s) : NULL;
        group->broken |= !kind;
        if (kind)
            add_member(p, group, kind, word);
        return;
    }
    const Group *inner = open_group(p, s, depth + 1);
    group->broken |= inner->broken;
    if (inner->open)
        diag_report(p->compilation->diags, DIAG_KIND_CYCLE, word.span, "group `%s` holds itself",
                    word.name);
    for (uint32_t i = 0; !inner->broken && i < inner->members.len; i++)
        add_member(p, group, inner->members.items[i], word);
}

static Group *open_group(Program *p, Symbol *s, uint32_t depth)
{
    Group *group = s->info;
    if (group) {
        group->broken |= group->open;
        return group;
    }
    group = s->info = ARENA_NEW(p->compilation->arena, Group);
    if (depth > LIMIT_NESTING) {
        diag_report(p->compilation->diags, DIAG_KIND_CYCLE, s->decl->name.span,
                    "group `%s` is inside more than %u groups", s->name, LIMIT_NESTING);
        group->broken = true;
        return group;
    }
    group->open = true;
    for (uint32_t i = 0; i < s->decl->kinds->len; i++)
        open_member(p, group, s->module, s->decl->kinds->items[i], depth);
    group->open = false;
    return group;
}

const KindList *kinds_members(Program *p, Symbol *s)
{
    const Group *group = open_group(p, s, 0);
    return group->broken ? NULL : &group->members;
}
