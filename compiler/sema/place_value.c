// place_value.c - a complete place becomes a property, or a message.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"

// The alias with the spelling of the element it is in, so that both read alike.
static const char *alias_in(Elaborator *e, const Binder *binder, const char *alias)
{
    if (!binder || !binder->alias || !str_starts_nocase(str_of(alias), str_of(binder->alias)))
        return alias;
    size_t n = strlen(binder->alias);
    if (memcmp(alias, binder->alias, n) == 0)
        return alias;
    return arena_printf(e->arena, "%s%s", binder->alias, alias + n);
}

static void report_case(Elaborator *e, const Place *place, const FieldInfo *f, Span span)
{
    size_t written = strlen(place->field), known = strlen(f->field);
    if (known < written || memcmp(place->field, f->field + known - written, written) == 0 ||
        !str_equal_nocase(str_of(place->field), (Str){f->field + known - written, written}))
        return;
    const char *spelled = f->field + known - written;
    Diag *d = elab_report(e, DIAG_PROPERTY_CASE, span, "Azure spells `%s` as `%s`", place->field,
                          spelled);
    if (strcmp(place->shown, place->field) == 0)
        diag_fix(e->diags, d, span, spelled);
}

// Then the array has been spoken of.
static bool in_derived_array(Elaborator *e, const Place *place)
{
    size_t n = strlen(place->base);
    if (n < 4)
        return false;
    Name array = intern(e->program->compilation->names, place->base, n - 3);
    return field_find(e->program, place->kind, place->inline_binder, array)->flags & ALIAS_DERIVED;
}

// What is worth saying of a property, once.
static void report_facts(Elaborator *e, const Place *place, FieldInfo *f, Span span)
{
    if (e->at.module->is_stdlib)
        return;
    if (!f->noted && f->flags & ALIAS_UNSURE) {
        Diag *d = elab_report(e, DIAG_UNSURE_ALIAS, span,
                              "the alias of `%s` is a guess: no listing has it", place->shown);
        diag_note(e->diags, d, "it follows from the API of the service by rule, on weak grounds");
    } else if (!f->noted && f->flags & ALIAS_DERIVED && !in_derived_array(e, place)) {
        Diag *d = elab_report(e, DIAG_DERIVED_ALIAS, span,
                              "the alias of `%s` is derived: no listing has it yet", place->shown);
        diag_note(e->diags, d, "it follows from the API of the service by rule");
    }
    f->noted = true;
    if (e->placing || !(f->flags & (ALIAS_SECRET | ALIAS_WRITE_ONLY)))
        return;
    bool hidden = f->flags & ALIAS_WRITE_ONLY;
    Diag *d = elab_report(e, DIAG_WRITE_ONLY_PROPERTY, span, "`%s` is %s", place->shown,
                          hidden ? "write-only" : "a secret");
    diag_note(e->diags, d, "compliance scans never see it, only requests have it");
}

static TExpr *report_unknown(Elaborator *e, const Place *place, Span span)
{
    e->failed = true;
    FieldMiss miss = {.kind = place->kind,
                      .inlined = place->inline_binder != NULL,
                      .field = place->field,
                      .base = place->base,
                      .shown = place->shown,
                      .span = span,
                      .module = place->aliases ? NULL : e->at.module};
    elab_label_uses(e, field_report_unknown(e->program, &miss));
    return elab_error(e, span);
}

static TExpr *report_incomplete(Elaborator *e, const Place *place, Span span)
{
    if (place->plain)
        elab_report(e, DIAG_NOT_A_VALUE, span, "`%s` is no field: policies see `%s.type`",
                    place->shown, place->shown);
    else
        elab_report(e, DIAG_NOT_A_VALUE, span, "`%s` is the whole resource: name a property of it",
                    *place->shown ? place->shown : "properties");
    return elab_error(e, span);
}

static FieldRef *field_ref(Elaborator *e, const Place *place, const FieldInfo *f)
{
    FieldRef *ref = ARENA_NEW(e->arena, FieldRef);
    *ref = (FieldRef){.alias = alias_in(e, place->binder, f->alias),
                      .path = f->path,
                      .shown = place->shown,
                      .is_alias = f->is_alias,
                      .flags = f->flags,
                      .subject = place->subject,
                      .binder = place->binder,
                      .initial = f->initial,
                      .since = f->since};
    return ref;
}

TExpr *place_value(Elaborator *e, const Ref *at)
{
    const Place *place = &at->place;
    if (e->constant) {
        elab_report(e, DIAG_NOT_CONSTANT, at->span, "a constant is needed here");
        return elab_error(e, at->span);
    }
    if (*place->field == '\0' || (place->plain && strcmp(place->field, "identity") == 0))
        return report_incomplete(e, place, at->span);
    FieldInfo *f = place_field(e, place);
    if (!f->exists)
        return report_unknown(e, place, at->span);
    if (f->is_alias && !f->unchecked)
        report_case(e, place, f, at->span);
    report_facts(e, place, f, at->span);
    TExpr *x = elab_node(e, TX_FIELD, at->span, f->type);
    if (x->kind == TX_ERROR)
        return x;
    x->field = field_ref(e, place, f);
    e->related_reads += place->subject == SUBJECT_RELATED;
    return x;
}
