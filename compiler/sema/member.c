// member.c - members and elements of values: records, tables, lists, literal objects.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

static TExpr *member_node(Elaborator *e, TExpr *object, Name member, const Type *type, Span span)
{
    TExpr *x = elab_node(e, TX_MEMBER, span, type);
    x->object = object;
    x->member = member;
    return x;
}

static Ref report_no_member(Elaborator *e, const Type *t, Word member)
{
    Diag *d = elab_report(e, DIAG_NO_SUCH_MEMBER, member.span, "%s has no member `%s`",
                          elab_type_text(e, t), member.name);
    Suggest near;
    suggest_start(&near, str_of(member.name));
    for (uint32_t i = 0; i < t->fields.len; i++)
        suggest_offer(&near, str_of(t->fields.items[i].name));
    check_suggest(e->program, d, member.span, &near, false);
    return elab_ref_error(member.span);
}

// The entry of a literal object; NULL where it has none of that key.
static TExpr *literal_entry(const TExpr *object, const char *key)
{
    for (uint32_t i = 0; i < object->entry_values->len; i++) {
        if (str_equal_nocase(str_of(object->entry_keys[i].name), str_of(key)))
            return object->entry_values->items[i];
    }
    return NULL;
}

static Ref literal_member(Elaborator *e, const TExpr *object, Word member)
{
    TExpr *entry = literal_entry(object, member.name);
    if (entry)
        return elab_ref_value(entry);
    Diag *d = elab_report(e, DIAG_NO_SUCH_MEMBER, member.span, "the object has no member `%s`",
                          member.name);
    Suggest near;
    suggest_start(&near, str_of(member.name));
    for (uint32_t i = 0; i < object->entry_values->len; i++)
        suggest_offer(&near, str_of(object->entry_keys[i].name));
    check_suggest(e->program, d, member.span, &near, false);
    return elab_ref_error(member.span);
}

Ref elab_member(Elaborator *e, TExpr *object, Word member, Span span)
{
    const Type *t = object->type;
    if (object->kind == TX_OBJECT)
        return literal_member(e, object, member);
    for (uint32_t i = 0; t->kind == TYPE_RECORD && i < t->fields.len; i++) {
        if (t->fields.items[i].name == member.name)
            return elab_ref_value(
                member_node(e, object, member.name, t->fields.items[i].type, span));
    }
    if (t->kind == TYPE_TABLE || t->kind == TYPE_OBJECT || t->kind == TYPE_ANY) {
        const Type *type = t->kind == TYPE_TABLE ? t->element : type_simple(TYPE_ANY);
        return elab_ref_value(member_node(e, object, member.name, type, span));
    }
    return report_no_member(e, t, member);
}

static Ref report_index(Elaborator *e, const Type *t, const Type *key, Span span)
{
    Diag *d = elab_report(e, DIAG_BAD_INDEX, span, "%s cannot be indexed by %s",
                          elab_type_text(e, t), elab_type_text(e, key));
    if (t->kind == TYPE_LIST)
        diag_help(e->diags, d, "the index of a list is an int, from 0");
    else if (t->kind == TYPE_TABLE)
        diag_help(e->diags, d, "the key of a table is a string");
    return elab_ref_error(span);
}

Ref elab_index(Elaborator *e, TExpr *object, const Expr *index, Span span)
{
    const Type *t = object->type;
    uint32_t reads = e->related_reads;
    TExpr *key = elab_hinted(e, index, NULL);
    if (key->kind == TX_ERROR)
        return elab_ref_error(span);
    if (e->related_reads > reads) {
        elab_report(e, DIAG_RELATED_IN_FUNCTION, index->span,
                    "a property of the related resource cannot be a key");
        return elab_ref_error(span);
    }
    TExpr *entry = object->kind == TX_OBJECT && key->kind == TX_STRING
                       ? literal_entry(object, key->text)
                       : NULL;
    if (entry)
        return elab_ref_value(entry);
    bool any = t->kind == TYPE_OBJECT || t->kind == TYPE_ANY;
    bool text = type_is_text(key->type) || key->type->kind == TYPE_ANY;
    if (t->kind == TYPE_RECORD && key->kind == TX_STRING) {
        Name name = intern_str(e->program->compilation->names, key->text);
        return elab_member(e, object, (Word){name, index->span}, span);
    }
    TExprKind kind = TX_ERROR;
    if (text && (t->kind == TYPE_TABLE || any))
        kind = TX_LOOKUP;
    else if (key->type->kind == TYPE_INT && (t->kind == TYPE_LIST || any))
        kind = TX_INDEX;
    else
        return report_index(e, t, key->type, index->span);
    TExpr *x = elab_node(e, kind, span, any ? type_simple(TYPE_ANY) : t->element);
    x->left = object;
    x->right = key;
    return elab_ref_value(x);
}
