// name.c - words, and chains of words, dots and brackets.
//
// A bare word is, in this order: a binder or an argument, a `let` of the kind, a
// fact, a property of the kind or a declaration of the module. A word that is both
// of the last two is a mistake where it is used.
//
// spec: language, names.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "sema/check.h"
#include "sema/elaborate.h"
#include "sema/module.h"

Ref elab_ref_value(TExpr *value)
{
    return (Ref){.kind = value->kind == TX_ERROR ? REF_ERROR : REF_VALUE,
                 .span = value->span,
                 .value = value};
}

Ref elab_ref_error(Span span)
{
    return (Ref){.kind = REF_ERROR, .span = span};
}

static Local *find_local(const Elaborator *e, Name name)
{
    for (Local *l = e->at.locals; l; l = l->outer) {
        if (l->name == name)
            return l;
    }
    return NULL;
}

static bool is_value_symbol(const Symbol *s)
{
    return s && (SYMBOL_BIT(s->kind) & SYMBOL_BIT_VALUES);
}

// --- bodies ----------------------------------------------------------------------------------

static bool report_recursion(Elaborator *e, const void *what, Name name, Span use)
{
    uint32_t depth = 0;
    for (const Frame *f = e->at.frame; f; f = f->outer, depth++) {
        if (f->what != what)
            continue;
        Diag *d = elab_report(e, DIAG_RECURSIVE_DEFINE, use, "`%s` is defined by itself", name);
        for (const Frame *on = e->at.frame; on != f; on = on->outer)
            diag_label(e->diags, d, on->use, "by way of `%s`", on->name);
        return true;
    }
    if (depth < LIMIT_DEFINE_DEPTH)
        return false;
    elab_report(e, DIAG_EXPRESSION_TOO_LARGE, use, "more than %u defines use each other here",
                LIMIT_DEFINE_DEPTH);
    return true;
}

static bool push_frame(Elaborator *e, const void *what, Name name, Span use, Context *ret)
{
    if (report_recursion(e, what, name, use))
        return false;
    Frame *frame = ARENA_NEW(e->arena, Frame);
    *frame = (Frame){e->at.frame, what, name, use};
    ret->frame = frame;
    return true;
}

static Entered enter_kind_let(Elaborator *e, const KindItem *item, const KindInfo *owner, Span use,
                              Context *ret_saved, const Expr **ret_body)
{
    Context inside = e->at;
    inside.module = owner->module;
    inside.locals = NULL;
    if (!push_frame(e, item, item->path.name, use, &inside))
        return ENTERED_FAILED;
    *ret_saved = e->at;
    *ret_body = item->value;
    e->at = inside;
    return ENTERED;
}

static Local *bind_arguments(Elaborator *e, const DefineDecl *define, const Exprs *arguments)
{
    Context *caller = ARENA_NEW(e->arena, Context);
    *caller = e->at;
    Local *locals = NULL;
    for (uint32_t i = 0; i < define->parameters.len; i++) {
        Local *l = ARENA_NEW(e->arena, Local);
        *l = (Local){.outer = locals,
                     .kind = LOCAL_ARGUMENT,
                     .name = define->parameters.items[i].name,
                     .span = define->parameters.items[i].span,
                     .argument = arguments->items[i],
                     .caller = caller};
        locals = l;
    }
    return locals;
}

static Entered enter_define(Elaborator *e, const Symbol *s, const Expr *x, Context *ret_saved,
                            const Expr **ret_body)
{
    const DefineDecl *define = s->decl->define;
    uint32_t given = x->kind == EXPR_CALL ? x->arguments->len : 0;
    if (given != define->parameters.len || (x->kind == EXPR_CALL && given == 0)) {
        Diag *d = elab_report(e, DIAG_WRONG_ARGUMENT_COUNT, x->span,
                              "`%s` takes %u argument%s, %u given", s->name, define->parameters.len,
                              define->parameters.len == 1 ? "" : "s", given);
        diag_label(e->diags, d, s->decl->name.span, "declared here");
        return ENTERED_FAILED;
    }
    Context inside = {.module = s->module, .subject = e->at.subject};
    if (s->kind == SYMBOL_DEFINE) { // its free words are properties of the kind at hand
        inside.kind = e->at.kind;
        inside.inline_binder = e->at.inline_binder;
    }
    if (!define->body || !push_frame(e, s, s->name, x->span, &inside))
        return ENTERED_FAILED;
    if (given > 0)
        inside.locals = bind_arguments(e, define, x->arguments);
    *ret_saved = e->at;
    *ret_body = define->body;
    e->at = inside;
    return ENTERED;
}

static Entered report_both(Elaborator *e, const Symbol *s, Span span)
{
    Diag *d =
        elab_report(e, DIAG_PROPERTY_OR_DECLARATION, span, "`%s` is both a property of `%s` and %s",
                    s->name, e->at.kind->name, symbol_text(s->kind));
    diag_label(e->diags, d, s->decl->name.span, "declared here");
    diag_help(e->diags, d, "write `properties.%s` for the property, or rename the declaration",
              s->name);
    return ENTERED_FAILED;
}

// The module that a word of a path stands for: not a property, not a local.
static Module *module_of_word(Elaborator *e, const Expr *x)
{
    if (x->kind != EXPR_NAME || find_local(e, x->text))
        return NULL;
    const Symbol *s = module_peek(e->at.module, x->text);
    return s && s->kind == SYMBOL_MODULE ? s->module : NULL;
}

// `keys.blocked`: a declaration of an imported module, unless `keys` is a property.
static Symbol *member_symbol(Elaborator *e, const Expr *x)
{
    Module *m = module_of_word(e, x->object);
    Symbol *s = m ? map_get(&m->symbols, x->member->name) : NULL;
    if (!s || (place_has_word(e, x->object->text) && !is_value_symbol(s)))
        return NULL;
    module_lookup(e->at.module, x->object->text);
    s->uses++;
    return s;
}

static Entered enter_word(Elaborator *e, const Expr *word, const Expr *x, Context *ret_saved,
                          const Expr **ret_body)
{
    Local *local = find_local(e, word->text);
    if (local) {
        local->used = true;
        if (local->kind != LOCAL_ARGUMENT || x->kind == EXPR_CALL)
            return ENTERED_NOT;
        *ret_saved = e->at;
        *ret_body = local->argument;
        e->at = *local->caller;
        return ENTERED;
    }
    const KindInfo *owner;
    const KindItem *item = e->at.kind ? kind_let(e->at.kind, word->text, &owner) : NULL;
    ScopeFact fact;
    if (item && x->kind != EXPR_CALL)
        return enter_kind_let(e, item, owner, x->span, ret_saved, ret_body);
    const Symbol *s = module_peek(e->at.module, word->text);
    if (fact_is_word(word->text, &fact) || !is_value_symbol(s))
        return ENTERED_NOT;
    if (x->kind != EXPR_CALL && place_has_word(e, word->text))
        return e->placing ? ENTERED_NOT : report_both(e, s, word->span);
    if (s->kind == SYMBOL_PARAM)
        return ENTERED_NOT;
    s = module_lookup_at(e->at.module, (Word){word->text, word->span});
    return enter_define(e, s, x, ret_saved, ret_body);
}

Entered elab_enter_body(Elaborator *e, const Expr *x, Context *ret_saved, const Expr **ret_body)
{
    const Expr *word = x->kind == EXPR_CALL ? x->callee : x;
    if (word->kind == EXPR_NAME)
        return enter_word(e, word, x, ret_saved, ret_body);
    if (word->kind != EXPR_MEMBER)
        return ENTERED_NOT;
    const Symbol *s = member_symbol(e, word);
    if (!s || (s->kind != SYMBOL_LET && s->kind != SYMBOL_DEFINE))
        return ENTERED_NOT;
    return enter_define(e, s, x, ret_saved, ret_body);
}

// --- words -----------------------------------------------------------------------------------

static Ref local_ref(Elaborator *e, const Local *l, Span span)
{
    if (l->kind == LOCAL_RELATED || (l->kind == LOCAL_ELEMENT && l->binder->kind == BINDER_FIELD))
        return (Ref){.kind = REF_PLACE, .span = span, .place = l->place};
    bool key = l->kind == LOCAL_KEY;
    const Type *type = key ? type_simple(TYPE_STRING) : l->binder->type;
    TExpr *value = elab_node(e, key ? TX_KEY : TX_ELEMENT, span, type);
    value->binder = l->binder;
    return elab_ref_value(value);
}

static Ref symbol_ref(Elaborator *e, Symbol *s, Span span)
{
    if (s->kind == SYMBOL_MODULE)
        return (Ref){.kind = REF_MODULE, .span = span, .module = s->module};
    if (s->kind != SYMBOL_PARAM) {
        Diag *d = elab_report(e, DIAG_NOT_A_VALUE, span, "`%s` is %s, not a value", s->name,
                              symbol_text(s->kind));
        diag_label(e->diags, d, s->decl->name.span, "declared here");
        return elab_ref_error(span);
    }
    ParamInfo *param = param_of_symbol(e->program, s);
    param->uses++;
    if (param->type->kind == TYPE_ERROR) {
        e->failed = true;
        return elab_ref_error(span);
    }
    TExpr *value = elab_node(e, TX_PARAM, span, param->type);
    value->param = param;
    return elab_ref_value(value);
}

static Ref report_unknown_word(Elaborator *e, Name name, Span span)
{
    e->failed = true;
    if (module_name_unsure(e->at.module, name))
        return elab_ref_error(span);
    if (e->at.kind && e->at.kind->type) {
        FieldMiss miss = {.kind = e->at.kind,
                          .inlined = e->at.inline_binder,
                          .field = name,
                          .base = "",
                          .shown = name,
                          .span = span,
                          .module = e->at.module};
        elab_label_uses(e, field_report_unknown(e->program, &miss));
        return elab_ref_error(span);
    }
    Diag *d = elab_report(e, DIAG_UNKNOWN_NAME, span, "there is no value `%s`", name);
    Suggest near;
    suggest_start(&near, str_of(name));
    if (suggestion_is_due(e->program))
        module_offer(e->at.module, &near, SYMBOL_BIT_VALUES);
    for (const Local *l = e->at.locals; l; l = l->outer)
        suggest_offer(&near, str_of(l->name));
    check_suggest(e->program, d, span, &near, false);
    if (near.count == 0 && e->at.frame && !e->at.kind)
        diag_help(e->diags, d,
                  "a `let` has no properties: write `define` for a condition on a kind");
    return elab_ref_error(span);
}

static Ref word_ref(Elaborator *e, const Expr *x)
{
    const Local *local = find_local(e, x->text);
    if (local)
        return local_ref(e, local, x->span);
    ScopeFact fact;
    if (fact_is_word(x->text, &fact))
        return fact_ref(e, x->text, x->span);
    if (e->at.kind && (strcmp(x->text, "properties") == 0 || place_has_word(e, x->text))) {
        Ref root = place_root(e->at.kind, e->at.subject, e->at.inline_binder,
                              intern_str(e->program->compilation->names, ""), "", x->span);
        return place_member(e, &root, (Word){x->text, x->span}, x->span);
    }
    Symbol *s = module_lookup_at(e->at.module, (Word){x->text, x->span});
    return s ? symbol_ref(e, s, x->span) : report_unknown_word(e, x->text, x->span);
}

// --- chains ----------------------------------------------------------------------------------

static Ref module_member(Elaborator *e, const Ref *of, Word member)
{
    Symbol *s = map_get(&of->module->symbols, member.name);
    if (s) {
        s->uses++;
        return symbol_ref(e, s, member.span);
    }
    Diag *d = elab_report(e, DIAG_UNKNOWN_NAME, member.span, "module `%s` has no value `%s`",
                          of->module->path, member.name);
    Suggest near;
    suggest_start(&near, str_of(member.name));
    for (uint32_t i = 0; i < of->module->symbols.len; i++)
        suggest_offer(&near, str_of(of->module->symbols.keys[i]));
    check_suggest(e->program, d, member.span, &near, false);
    return elab_ref_error(member.span);
}

static Ref member_ref(Elaborator *e, const Expr *x)
{
    Symbol *s = member_symbol(e, x);
    if (s)
        return symbol_ref(e, s, x->span);
    Ref of = elab_ref(e, x->object);
    switch (of.kind) {
    case REF_ERROR:
        return of;
    case REF_PLACE:
        return place_member(e, &of, *x->member, x->span);
    case REF_FACT:
        return fact_member(e, &of, *x->member, x->span);
    case REF_MODULE:
        return module_member(e, &of, *x->member);
    case REF_VALUE:
        break;
    }
    return elab_member(e, of.value, *x->member, x->span);
}

static Ref index_ref(Elaborator *e, const Expr *x)
{
    Ref of = elab_ref(e, x->left);
    switch (of.kind) {
    case REF_ERROR:
        return of;
    case REF_PLACE:
        return place_index(e, &of, x->right, x->span);
    case REF_FACT:
        return fact_index(e, &of, x->right, x->span);
    case REF_MODULE:
        return elab_ref_value(elab_finish(e, &of));
    case REF_VALUE:
        break;
    }
    return elab_index(e, of.value, x->right, x->span);
}

Ref elab_ref_here(Elaborator *e, const Expr *x)
{
    if (x->kind == EXPR_NAME)
        return word_ref(e, x);
    if (x->kind == EXPR_MEMBER)
        return member_ref(e, x);
    if (x->kind == EXPR_INDEX)
        return index_ref(e, x);
    if (x->kind == EXPR_ALIAS)
        return place_alias(e, x);
    return elab_ref_value(elab_hinted(e, x, NULL));
}

Ref elab_ref(Elaborator *e, const Expr *x)
{
    if (!elab_enter(e, x->span))
        return elab_ref_error(x->span);
    Context saved;
    const Expr *body;
    Ref ref = elab_ref_error(x->span);
    switch (elab_enter_body(e, x, &saved, &body)) {
    case ENTERED_NOT:
        ref = elab_ref_here(e, x);
        break;
    case ENTERED_FAILED:
        break;
    case ENTERED:
        ref = elab_ref(e, body);
        e->at = saved;
        break;
    }
    elab_leave(e);
    return ref;
}

static TExpr *only_constant(Elaborator *e, TExpr *value)
{
    bool constant = (value->kind >= TX_NULL && value->kind <= TX_OBJECT) || value->kind == TX_ERROR;
    if (!e->constant || constant)
        return value;
    elab_report(e, DIAG_NOT_CONSTANT, value->span, "a constant is needed here");
    return elab_error(e, value->span);
}

TExpr *elab_finish(Elaborator *e, Ref *ref)
{
    switch (ref->kind) {
    case REF_ERROR:
        return elab_error(e, ref->span);
    case REF_VALUE:
        return only_constant(e, ref->value);
    case REF_PLACE:
        return place_value(e, ref);
    case REF_FACT:
        return only_constant(e, fact_value(e, ref));
    case REF_MODULE:
        break;
    }
    elab_report(e, DIAG_NOT_A_VALUE, ref->span, "module `%s` is not a value", ref->module->path);
    return elab_error(e, ref->span);
}
