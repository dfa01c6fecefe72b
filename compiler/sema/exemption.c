// exemption.c - `exemption`: resources that an assignment does not bind.
//
// spec: deployment, exemptions.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"

static const char *const CATEGORIES[] = {"waiver", "mitigated", NULL};
static const char *const CATEGORY_TEXTS[] = {"Waiver", "Mitigated"};

typedef struct ItemSpans { // where an item stood first
    Span assignment, what, scope, category, until, ticket, reason;
} ItemSpans;

typedef struct Exempting {
    Program *program;
    Module *module;
    ExemptionInfo *info;
    ItemSpans seen;
    const ExItem *scope_item;
} Exempting;

static void take_until(Exempting *x, Text until)
{
    Program *p = x->program;
    x->info->until = instant_text(p->compilation->arena, until.text);
    if (x->info->until)
        return;
    Diag *d = diag_report(p->compilation->diags, DIAG_BAD_DATE, until.span, "`%s` is not a day",
                          until.text);
    diag_help(p->compilation->diags, d,
              "write \"2027-03-31\", or with a time \"2027-03-31T18:00:00Z\"");
}

// --- items -------------------------------------------------------------------------------------

static void take_assignment(Exempting *x, const ExItem *item)
{
    Symbol *s = check_path(x->module, &item->path, SYMBOL_ASSIGNMENT);
    if (s)
        x->info->assignment = assignment_of_symbol(x->program, s);
}

static void take_item(Exempting *x, const ExItem *item)
{
    Program *p = x->program;
    switch (item->kind) {
    case EXITEM_ASSIGNMENT:
        if (check_once(p, &x->seen.assignment, item->span, "assignment"))
            take_assignment(x, item);
        return;
    case EXITEM_FOR:
        check_once(p, &x->seen.what, item->span, "for"); // its names need the assignment: later
        return;
    case EXITEM_SCOPE:
        if (check_once(p, &x->seen.scope, item->span, "scope"))
            x->info->scope = scope_id(p, item->word, item->text);
        x->scope_item = item;
        return;
    case EXITEM_CATEGORY: {
        if (!check_once(p, &x->seen.category, item->span, "category"))
            return;
        size_t at = check_choice(p, item->word, "a category of exemptions", CATEGORIES);
        x->info->category = at == CHOICE_NONE ? NULL : CATEGORY_TEXTS[at];
        return;
    }
    case EXITEM_UNTIL:
        if (check_once(p, &x->seen.until, item->span, "until"))
            take_until(x, item->text);
        return;
    case EXITEM_TICKET:
        check_once(p, &x->seen.ticket, item->span, "ticket");
        x->info->ticket = item->text.text;
        return;
    case EXITEM_REASON:
        check_once(p, &x->seen.reason, item->span, "reason");
        x->info->reason = item->text.text;
        return;
    }
}

static void take_members(Exempting *x, const ExItem *item)
{
    const AssignmentInfo *a = x->info->assignment;
    Arena *arena = x->program->compilation->arena;
    for (uint32_t i = 0; a && a->initiative && i < item->names.len; i++) {
        Word word = item->names.items[i];
        const IncludeInfo *member = initiative_member_at(x->program, a->initiative, word);
        if (member)
            vec_push(arena, &x->info->references, member->reference);
    }
    LocationFilter filter = selector_locations(x->program, x->module, item->where);
    for (uint32_t i = 0; i < filter.locations.len; i++)
        vec_push(arena, &x->info->locations, filter.locations.items[i]);
    x->info->locations_negated = filter.negated;
    x->info->without_location = filter.without_location;
}

static void need(Exempting *x, Span seen, const char *item, const char *example)
{
    if (seen.end > 0)
        return;
    Program *p = x->program;
    Word name = x->info->decl->name;
    Diag *d = diag_report(p->compilation->diags, DIAG_MISSING_ITEM, name.span,
                          "exemption `%s` has no %s", name.name, item);
    diag_help(p->compilation->diags, d, "write `%s`", example);
}

static void check_scope(Exempting *x)
{
    const AssignmentInfo *a = x->info->assignment;
    if (!a || !a->scope || !x->info->scope || !x->scope_item ||
        str_equal_nocase(str_of(x->info->scope), str_of(a->scope)) ||
        scope_may_be_below(x->info->scope, a->scope))
        return;
    Diags *ds = x->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_SCOPE_OUTSIDE, x->scope_item->text.span,
                          "this is not inside the scope of assignment `%s`", a->name);
    diag_note(ds, d, "it is %s", a->scope);
}

static void need_end(const Exempting *x)
{
    if (x->info->until || x->seen.until.end > 0 || !x->info->category ||
        strcmp(x->info->category, "Waiver") != 0)
        return;
    Diags *ds = x->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_WAIVER_WITHOUT_END, x->seen.category, "this waiver never ends");
    diag_help(ds, d, "say when it does: `until \"2027-03-31\"`");
}

void exemption_check(Program *p, Symbol *s)
{
    Exempting x = {.program = p, .module = s->module};
    x.info = ARENA_NEW(p->compilation->arena, ExemptionInfo);
    x.info->decl = s->decl;
    x.info->name = s->name;
    const ExemptionDecl *decl = s->decl->exemption;
    for (uint32_t i = 0; i < decl->items.len; i++)
        take_item(&x, &decl->items.items[i]);
    for (uint32_t i = 0; i < decl->items.len; i++) {
        if (decl->items.items[i].kind == EXITEM_FOR)
            take_members(&x, &decl->items.items[i]);
    }
    need(&x, x.seen.assignment, "assignment", "assignment name");
    need(&x, x.seen.scope, "scope", "scope \"/subscriptions/…/resourceGroups/…\"");
    need(&x, x.seen.category, "category", "category waiver");
    check_scope(&x);
    need_end(&x);
    vec_push(p->compilation->arena, &p->exemptions, x.info);
}
