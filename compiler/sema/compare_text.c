// compare_text.c - membership, patterns, parts and keys: in, like, matches, contains, has_key …
//
// SPDX-License-Identifier: MIT
#include "sema/compare.h"

// --- in -----------------------------------------------------------------------------------------

static TExpr *report_not_list(Elaborator *e, const Pair *p)
{
    const Type *r = p->right->type;
    Diag *d = elab_report(e, DIAG_NOT_A_LIST, p->right_source->span,
                          "`%s` needs a list on its right, this is %s", compare_op_text(p->op),
                          elab_type_text(e, r));
    if (type_is_text(r))
        diag_help(e->diags, d, "a part of a text is asked by `contains`");
    else if (r->kind == TYPE_TABLE || r->kind == TYPE_OBJECT)
        diag_help(e->diags, d, "a key is asked by `has_key`");
    return elab_error(e, p->source->span);
}

static TExpr *report_not_address(Elaborator *e, const Pair *p)
{
    const char *shown = p->left->kind == TX_FIELD ? p->left->field->alias : NULL;
    const char *slash = shown ? strrchr(shown, '/') : NULL;
    Diag *d = elab_report(e, DIAG_NOT_AN_ADDRESS, p->left_source->span,
                          "only a cidr can be in address ranges, this is %s",
                          elab_type_text(e, p->left->type));
    diag_note(e->diags, d, "a text that is no address makes the evaluation fail, and that denies");
    if (slash)
        diag_help(e->diags, d, "if it is always one, say so in the kind: `type %s: cidr`",
                  slash + 1);
    return elab_error(e, p->source->span);
}

static bool are_constant(const TExprs *items)
{
    for (uint32_t i = 0; i < items->len; i++) {
        if (!compare_is_constant(items->items[i]))
            return false;
    }
    return true;
}

static void check_list(Elaborator *e, const TExpr *left, const TExpr *list)
{
    if (list->kind != TX_LIST)
        return;
    if (list->operands->len == 0)
        elab_report(e, DIAG_CONSTANT_CONDITION, list->span, "nothing is in an empty list");
    else if (compare_is_constant(left) && are_constant(list->operands))
        elab_report(e, DIAG_CONSTANT_CONDITION, left->span,
                    "a constant is looked for in a constant list: this is always the same");
    Map seen = {0};
    for (uint32_t i = 0; i < list->operands->len; i++) {
        TExpr *item = list->operands->items[i];
        if (item->kind != TX_STRING)
            continue;
        Name text = name_lower(e->program, str_of(item->text));
        const TExpr *first = map_get(&seen, text);
        if (!first) {
            map_put(&seen, e->arena, text, item);
            continue;
        }
        Diag *d = elab_report(e, DIAG_DUPLICATE_VALUE, item->span, "`%s` is in the list already",
                              item->text);
        diag_label(e->diags, d, first->span, "here; Azure compares without case");
    }
}

TExpr *compare_in(Elaborator *e, Pair *p)
{
    const Type *l = p->left->type, *r = p->right->type;
    if (r->kind != TYPE_LIST && r->kind != TYPE_ANY)
        return report_not_list(e, p);
    if (elab_is_condition(p->left) || compare_is_whole(l))
        return compare_report_whole(e, p, l);
    check_list(e, p->left, p->right);
    if (r->kind == TYPE_LIST && elab_is_literal(p->left_source))
        p->left = elab_hinted(e, p->left_source, r->element);
    if (p->left->kind == TX_ERROR)
        return p->left;
    l = p->left->type;
    if (r->kind == TYPE_ANY)
        return compare_finish(e, p, p->op);
    if (r->element->kind == TYPE_CIDR && l->kind != TYPE_CIDR && l->kind != TYPE_ERROR)
        return report_not_address(e, p);
    if (!compare_sides_meet(p->left, r->element) || compare_is_whole(r->element))
        return compare_report_mismatch(e, p, l, r);
    return compare_finish(e, p, p->op);
}

// --- like, matches, contains, has_key --------------------------------------------------------------

static TExpr *report_pattern(Elaborator *e, const Pair *p, const char *what, const char *help)
{
    Diag *d = elab_report(e, DIAG_BAD_PATTERN, p->right_source->span, "%s", what);
    diag_help(e->diags, d, "%s", help);
    return elab_error(e, p->source->span);
}

static TExpr *check_like(Elaborator *e, const Pair *p)
{
    const char *star = strchr(p->right->text, '*');
    if (star && strchr(star + 1, '*'))
        return report_pattern(e, p, "a `like` pattern has one `*` at most",
                              "split it: `contains` asks for a part, or join two `like` by `and`");
    if (strchr(p->right->text, '?'))
        return report_pattern(e, p, "`?` is no wildcard of `like`",
                              "`matches` knows `#` for a digit, `?` for a letter, `.` for any");
    if (!star) {
        Diag *d = elab_report(e, DIAG_PATTERN_WITHOUT_WILDCARD, p->right_source->span,
                              "this pattern has no `*`");
        diag_help(e->diags, d, "write `%s`", p->op == OP_LIKE ? "==" : "!=");
    }
    return compare_finish(e, p, p->op);
}

static TExpr *check_matches(Elaborator *e, const Pair *p)
{
    if (strchr(p->right->text, '*'))
        return report_pattern(
            e, p, arena_printf(e->arena, "`*` is no wildcard of `%s`", compare_op_text(p->op)),
            "a pattern has a fixed length: `#` digit, `?` letter, `.` any; or use `like`");
    if (!strpbrk(p->right->text, "#?.")) {
        Diag *d = elab_report(e, DIAG_PATTERN_WITHOUT_WILDCARD, p->right_source->span,
                              "this pattern has no `#`, `?` or `.`");
        diag_help(e->diags, d, "write `==`");
    }
    return compare_finish(e, p, p->op);
}

TExpr *compare_text(Elaborator *e, Pair *p)
{
    const Type *l = p->left->type, *r = p->right->type;
    if (p->op == OP_CONTAINS && l->kind == TYPE_LIST) { // the other way round
        Pair in = *p;
        in.op = OP_IN;
        in.left = p->right;
        in.right = p->left;
        in.left_source = p->right_source;
        in.right_source = p->left_source;
        return compare_in(e, &in);
    }
    if (elab_is_condition(p->left) || (!type_is_text(l) && l->kind != TYPE_ANY)) {
        Diag *d = elab_report(e, DIAG_TYPE_MISMATCH, p->left_source->span,
                              "`%s` asks a string, this is %s", compare_op_text(p->op),
                              elab_type_text(e, l));
        if (l->kind == TYPE_TABLE || l->kind == TYPE_OBJECT)
            diag_help(e->diags, d, "a key is asked by `has_key`");
        return elab_error(e, p->source->span);
    }
    if (!type_is_text(r) && r->kind != TYPE_ANY)
        return compare_report_mismatch(e, p, l, r);
    if (p->right->kind == TX_STRING && (p->op == OP_LIKE || p->op == OP_NOT_LIKE))
        return check_like(e, p);
    if (p->right->kind == TX_STRING && (p->op == OP_MATCHES || p->op == OP_MATCHES_ANY_CASE))
        return check_matches(e, p);
    return compare_finish(e, p, p->op);
}

TExpr *compare_key(Elaborator *e, Pair *p)
{
    const Type *l = p->left->type, *r = p->right->type;
    bool object = l->kind == TYPE_TABLE || l->kind == TYPE_OBJECT || l->kind == TYPE_RECORD ||
                  l->kind == TYPE_ANY;
    if (object && (type_is_text(r) || r->kind == TYPE_ANY))
        return compare_finish(e, p, p->op);
    Diag *d = object ? elab_report(e, DIAG_TYPE_MISMATCH, p->right_source->span,
                                   "a key is a string, this is %s", elab_type_text(e, r))
                     : elab_report(e, DIAG_TYPE_MISMATCH, p->left_source->span,
                                   "`has_key` asks an object, this is %s", elab_type_text(e, l));
    if (l->kind == TYPE_LIST)
        diag_help(e->diags, d, "an element of a list is asked by `in`");
    return elab_error(e, p->source->span);
}
