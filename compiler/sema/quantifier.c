// quantifier.c - some, every, no, count: what is walked and what stands for an element.
//
// spec: language, quantifiers.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

typedef struct Walk { // a quantifier on its way
    const QuantifierExpr *source;
    TExpr *list;
    Place place; // where `list` is, if it is an array of the resource
    bool in_resource;
    Binder *binder;
} Walk;

// --- what is walked ----------------------------------------------------------------------------

static TExpr *report_not_walkable(Elaborator *e, const Walk *w)
{
    const Type *t = w->list->type;
    Span span = w->source->collection->span;
    Diag *d =
        elab_report(e, DIAG_NOT_A_LIST, span, "%s has no elements to ask", elab_type_text(e, t));
    if (t->kind == TYPE_TABLE || t->kind == TYPE_OBJECT)
        diag_help(e->diags, d, "a table is walked by key and value: `every k, v in …: …`");
    else if (type_is_text(t))
        diag_help(e->diags, d, "a text with separators becomes a list by `split(…, \",\")`");
    else if (t->kind == TYPE_LIST)
        diag_help(e->diags, d, "elements of a list have no key: name one variable");
    return elab_error(e, span);
}

static bool find_collection(Elaborator *e, Walk *w)
{
    Ref ref = elab_ref(e, w->source->collection);
    w->in_resource = ref.kind == REF_PLACE;
    w->place = ref.place;
    w->list = elab_finish(e, &ref);
    if (w->list->kind == TX_ERROR)
        return false;
    TypeKind kind = w->list->type->kind;
    bool entries = w->source->second.name != NULL;
    bool fits = entries ? kind == TYPE_TABLE || kind == TYPE_OBJECT : kind == TYPE_LIST;
    if (fits || kind == TYPE_ANY)
        return true;
    report_not_walkable(e, w);
    return false;
}

static const Type *element_of(const Type *t)
{
    return t->kind == TYPE_LIST || t->kind == TYPE_TABLE ? t->element : type_simple(TYPE_ANY);
}

static Binder *make_binder(Elaborator *e, const Walk *w)
{
    const QuantifierExpr *q = w->source;
    Binder *b = ARENA_NEW(e->arena, Binder);
    *b = (Binder){.name = q->first.name,
                  .second = q->second.name,
                  .list = w->list,
                  .type = element_of(w->list->type),
                  .span = q->first.name ? q->first.span : q->collection->span};
    if (q->second.name) {
        b->kind = BINDER_ENTRY;
    } else if (w->in_resource && w->list->kind == TX_FIELD) {
        b->kind = BINDER_FIELD;
        b->subject = w->place.subject;
        b->alias = arena_printf(e->arena, "%s[*]", w->list->field->alias);
        b->parent = w->place.binder;
        b->list = NULL;
    } else {
        b->kind = BINDER_VALUE;
    }
    return b;
}

// --- its variables ------------------------------------------------------------------------------

static void check_shadow(Elaborator *e, Word name)
{
    for (const Local *l = e->at.locals; l; l = l->outer) {
        if (l->name != name.name)
            continue;
        Diag *d = elab_report(e, DIAG_SHADOWED_NAME, name.span, "`%s` hides the `%s` around it",
                              name.name, name.name);
        if (l->span.end)
            diag_label(e->diags, d, l->span, "this one is hidden");
        return;
    }
}

static Local *push_local(Elaborator *e, const Walk *w, Word name, LocalKind kind)
{
    check_shadow(e, name);
    Local *l = ARENA_NEW(e->arena, Local);
    *l = (Local){.outer = e->at.locals,
                 .kind = kind,
                 .name = name.name,
                 .span = name.span,
                 .binder = w->binder};
    if (w->binder->kind == BINDER_FIELD) {
        l->place = w->place;
        l->place.binder = w->binder;
        l->place.field = intern_str(e->program->compilation->names,
                                    arena_printf(e->arena, "%s[*]", w->place.field));
        l->place.base = l->place.field;
        l->place.shown = name.name;
    }
    e->at.locals = l;
    return l;
}

static TExpr *elaborate_body_of(Elaborator *e, const Walk *w)
{
    const QuantifierExpr *q = w->source;
    Local *saved = e->at.locals, *second = NULL;
    bool entries = w->binder->kind == BINDER_ENTRY;
    Local *first = push_local(e, w, q->first, entries ? LOCAL_KEY : LOCAL_ELEMENT);
    if (entries)
        second = push_local(e, w, q->second, LOCAL_ELEMENT);
    TExpr *body = elab_condition(e, q->body);
    e->at.locals = saved;
    if (body->kind != TX_ERROR && !first->used && !(second && second->used))
        elab_report(e, DIAG_UNUSED_BINDER, q->first.span,
                    "the condition does not ask anything of `%s`", q->first.name);
    return body;
}

TExpr *elab_quantifier(Elaborator *e, const Expr *x)
{
    Walk w = {.source = x->quantifier};
    bool counts = x->kind == EXPR_COUNT;
    if (!find_collection(e, &w))
        return elab_error(e, x->span);
    if (w.list->kind == TX_LIST && w.list->operands->len == 0)
        elab_report(e, DIAG_CONSTANT_CONDITION, w.list->span, "an empty list has no elements");
    w.binder = make_binder(e, &w);
    TExpr *body = NULL;
    if (w.source->body) {
        body = elaborate_body_of(e, &w);
        if (body->kind == TX_ERROR)
            return body;
    }
    TExpr *result = elab_node(e, counts ? TX_COUNT : TX_QUANTIFIER, x->span,
                              type_simple(counts ? TYPE_INT : TYPE_BOOL));
    if (result->kind == TX_ERROR)
        return result;
    result->op = x->op;
    result->bound = w.binder;
    result->body = body;
    return result;
}
