// body.c - places to write to, and objects that are resources.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

typedef struct Body { // an object of a resource: where in it we are
    const KindInfo *kind;
    const char *prefix; // "" or "logs[*]."
} Body;

TExpr *elaborate_place(Elaborator *e, const Expr *x)
{
    bool saved = e->placing;
    e->placing = true;
    Ref ref = elab_ref(e, x);
    TExpr *place = elab_finish(e, &ref);
    e->placing = saved;
    if (place->kind == TX_FIELD || place->kind == TX_TAG || place->kind == TX_ERROR)
        return place;
    Diag *d =
        elab_report(e, DIAG_NOT_A_PLACE, x->span, "only a property or a tag can be written to");
    diag_help(e->diags, d, "name a property of the kind, or `tags[\"…\"]`");
    return elab_error(e, x->span);
}

static TExpr *body_object(Elaborator *e, Body body, const Expr *x);

static TExpr *body_list(Elaborator *e, Body element, const Expr *x, const Type *type)
{
    TExprs *items = ARENA_NEW(e->arena, TExprs);
    bool wrong = false;
    for (uint32_t i = 0; i < x->operands->len; i++) {
        const Expr *source = x->operands->items[i];
        TExpr *item = source->kind == EXPR_OBJECT ? body_object(e, element, source)
                                                  : elaborate(e, source, type->element);
        wrong |= item->kind == TX_ERROR;
        vec_push(e->arena, items, item);
    }
    if (wrong)
        return elab_error(e, x->span);
    TExpr *list = elab_node(e, TX_LIST, x->span, type);
    list->operands = items;
    return list;
}

static TExpr *body_value(Elaborator *e, Body body, const FieldInfo *f, const char *field,
                         const Expr *x)
{
    Arena *a = e->arena;
    bool opened = f->is_alias && f->below && !f->unchecked;
    if (x->kind == EXPR_OBJECT && opened && (!f->exists || f->type->kind == TYPE_OBJECT))
        return body_object(e, (Body){body.kind, arena_printf(a, "%s.", field)}, x);
    if (x->kind == EXPR_LIST && opened && f->exists && f->type->kind == TYPE_LIST &&
        f->type->element->kind == TYPE_OBJECT)
        return body_list(e, (Body){body.kind, arena_printf(a, "%s[*].", field)}, x, f->type);
    return elaborate(e, x, f->exists ? f->type : type_simple(TYPE_OBJECT));
}

static TExpr *body_entry(Elaborator *e, Body body, const Entry *entry)
{
    Program *p = e->program;
    const FieldInfo *f = *body.prefix ? NULL : field_plain(p, body.kind, entry->key.name);
    const char *field = arena_printf(e->arena, "%s%s", body.prefix, entry->key.name);
    if (!f)
        f = field_find(p, body.kind, false, intern_str(p->compilation->names, field));
    if (f->exists || f->below)
        return body_value(e, body, f, field, entry->value);
    size_t base = strlen(body.prefix);
    FieldMiss miss = {.kind = body.kind,
                      .field = intern_str(p->compilation->names, field),
                      .base = arena_copy(e->arena, field, base ? base - 1 : 0),
                      .shown = entry->key.name,
                      .span = entry->key.span};
    elab_label_uses(e, field_report_unknown(p, &miss));
    return elab_error(e, entry->key.span);
}

static TExpr *body_object(Elaborator *e, Body body, const Expr *x)
{
    if (!elab_enter(e, x->span))
        return elab_error(e, x->span);
    bool good = object_check_keys(e, x->entries);
    TExpr *object = object_node(e, x, type_simple(TYPE_OBJECT));
    for (uint32_t i = 0; object->kind != TX_ERROR && i < x->entries->len; i++) {
        TExpr *value = body_entry(e, body, &x->entries->items[i]);
        good = good && value->kind != TX_ERROR;
        object_push(e, object, x->entries->items[i].key, value);
    }
    elab_leave(e);
    return good ? object : elab_error(e, x->span);
}

TExpr *elaborate_body(Elaborator *e, const KindInfo *kind, const Expr *object)
{
    if (object->kind != EXPR_OBJECT) {
        if (object->kind != EXPR_ERROR)
            elab_report(e, DIAG_TYPE_MISMATCH, object->span, "an object is needed here");
        return elab_error(e, object->span);
    }
    if (!kind->type)
        return elab_object(e, object, NULL);
    return body_object(e, (Body){kind, ""}, object);
}
