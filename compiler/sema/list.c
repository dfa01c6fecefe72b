// list.c - literal lists, records, tables and objects.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/elaborate.h"

// --- lists --------------------------------------------------------------------------------------

static bool check_item(Elaborator *e, TExpr *item, Span span)
{
    if (elab_is_condition(item)) {
        elab_report(e, DIAG_TYPE_MISMATCH, span, "a list cannot hold a condition");
        return false;
    }
    return item->kind != TX_ERROR && elab_check_value(e, item, span);
}

// The type of the elements: as expected; else that of the first, or any text for texts.
static const Type *common_type(const Type *a, const Type *b)
{
    if (!a || type_equal(a, b))
        return b;
    if (type_is_text(a) && type_is_text(b))
        return type_simple(TYPE_STRING);
    if (type_is_number(a) && type_is_number(b))
        return type_simple(TYPE_FLOAT);
    return a;
}

TExpr *elab_list(Elaborator *e, const Expr *x, const Type *hint)
{
    const Type *wanted = hint && hint->kind == TYPE_LIST ? hint->element : NULL;
    const Type *common = NULL;
    TExprs *items = ARENA_NEW(e->arena, TExprs);
    bool wrong = false;
    for (uint32_t i = 0; i < x->operands->len; i++) {
        const Expr *source = x->operands->items[i];
        TExpr *item = elab_hinted(e, source, wanted ? wanted : common);
        if (check_item(e, item, source->span) && !wrong) {
            const Type *joined = common_type(common, item->type);
            wrong = !elab_assignable(e, item, joined, source->span);
            common = joined;
        } else {
            wrong = true;
        }
        vec_push(e->arena, items, item);
    }
    if (wrong)
        return elab_error(e, x->span);
    if (!common)
        common = wanted ? wanted : type_simple(TYPE_ANY);
    TExpr *list = elab_node(e, TX_LIST, x->span, type_list(e->arena, common));
    list->operands = items;
    return list;
}

// --- objects ------------------------------------------------------------------------------------

bool object_check_keys(Elaborator *e, const Entries *entries)
{
    Map seen = {0};
    bool good = true;
    for (uint32_t i = 0; i < entries->len; i++) {
        Word *key = &entries->items[i].key;
        Name name = name_lower(e->program, str_of(key->name));
        const Word *first = map_get(&seen, name);
        if (!first) {
            map_put(&seen, e->arena, name, key);
            continue;
        }
        Diag *d = elab_report(e, DIAG_DUPLICATE_ENTRY, key->span, "the key `%s` is given twice",
                              key->name);
        diag_label(e->diags, d, first->span, "first given here");
        good = false;
    }
    return good;
}

TExpr *object_node(Elaborator *e, const Expr *x, const Type *type)
{
    TExpr *object = elab_node(e, TX_OBJECT, x->span, type);
    object->entry_values = ARENA_NEW(e->arena, TExprs);
    object->entry_keys = ARENA_ARRAY(e->arena, Word, x->entries->len);
    return object;
}

void object_push(Elaborator *e, TExpr *object, Word key, TExpr *value)
{
    object->entry_keys[object->entry_values->len] = key;
    vec_push(e->arena, object->entry_values, value);
}

static const Type *field_type(Elaborator *e, const Type *record, Word key)
{
    Suggest near;
    suggest_start(&near, str_of(key.name));
    for (uint32_t i = 0; i < record->fields.len; i++) {
        if (record->fields.items[i].name == key.name)
            return record->fields.items[i].type;
        suggest_offer(&near, str_of(record->fields.items[i].name));
    }
    Diag *d = elab_report(e, DIAG_NO_SUCH_MEMBER, key.span, "%s has no member `%s`",
                          elab_type_text(e, record), key.name);
    check_suggest(e->program, d, key.span, &near, false);
    return NULL;
}

static bool check_complete(Elaborator *e, const Type *record, const Expr *x)
{
    bool good = true;
    for (uint32_t i = 0; i < record->fields.len; i++) {
        bool there = false;
        for (uint32_t k = 0; k < x->entries->len && !there; k++)
            there = x->entries->items[k].key.name == record->fields.items[i].name;
        if (!there)
            elab_report(e, DIAG_MISSING_ENTRY, x->span, "the member `%s` is missing",
                        record->fields.items[i].name);
        good = good && there;
    }
    return good;
}

// An object whose values are of one type is a table.
static const Type *type_of_entries(Elaborator *e, const TExprs *values)
{
    const Type *common = NULL;
    for (uint32_t i = 0; i < values->len; i++) {
        const Type *t = values->items[i]->type;
        const Type *joined = common_type(common, t);
        if (!type_equal(joined, t) && !(type_is_text(joined) && type_is_text(t)))
            return type_simple(TYPE_OBJECT);
        common = joined;
    }
    if (!common)
        return type_simple(TYPE_OBJECT);
    Type *table = ARENA_NEW(e->arena, Type);
    *table = (Type){.kind = TYPE_TABLE, .element = common};
    return table;
}

TExpr *elab_object(Elaborator *e, const Expr *x, const Type *hint)
{
    bool record = hint && hint->kind == TYPE_RECORD, table = hint && hint->kind == TYPE_TABLE;
    bool good = object_check_keys(e, x->entries) && (!record || check_complete(e, hint, x));
    const Type *type = record || table ? hint : type_simple(TYPE_OBJECT);
    TExpr *object = object_node(e, x, type);
    if (object->kind == TX_ERROR)
        return object;
    for (uint32_t i = 0; i < x->entries->len; i++) {
        const Entry *entry = &x->entries->items[i];
        const Type *wanted = record  ? field_type(e, hint, entry->key)
                             : table ? hint->element
                                     : NULL;
        TExpr *value = elab_hinted(e, entry->value, wanted);
        good =
            good && !(record && !wanted) && value->kind != TX_ERROR &&
            (wanted || value->kind == TX_NULL || elab_check_value(e, value, entry->value->span)) &&
            (!wanted || elab_assignable(e, value, wanted, entry->value->span));
        object_push(e, object, entry->key, value);
    }
    if (!hint)
        object->type = type_of_entries(e, object->entry_values);
    return good ? object : elab_error(e, x->span);
}
