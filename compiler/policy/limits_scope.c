// limits_scope.c - what meets at one scope: how many objects, and their names.
//
// SPDX-License-Identifier: MIT
#include "policy/measure.h"

typedef struct Placed {
    const char *scope, *name;
    Span span;
} Placed;

typedef struct PlacedList { // the objects of one type
    VEC(Placed) items;
    const char *what; // definition, initiative …
    Measure measure;
} PlacedList;

static int compare_placed(const void *a, const void *b)
{
    const Placed *x = a, *y = b;
    int order = str_compare_nocase(str_of(x->scope), str_of(y->scope));
    order = order ? order : str_compare_nocase(str_of(x->name), str_of(y->name));
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static bool same_text(const char *a, const char *b)
{
    return str_equal_nocase(str_of(a), str_of(b));
}

static void report_same_name(Compilation *c, const PlacedList *list, const Placed *first,
                             const Placed *second)
{
    Diag *d =
        diag_report(c->diags, DIAG_SAME_NAME, second->span,
                    "another %s is called `%s`, and Azure ignores case", list->what, first->name);
    diag_label(c->diags, d, first->span, "the other one");
    diag_help(c->diags, d, "rename one of them; for a requirement, `id` sets the name alone");
}

// `list` is one scope's part, in order of name.
static void check_scope(Compilation *c, const PlacedList *list, const Placed *part, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (same_text(part[i - 1].name, part[i].name))
            report_same_name(c, list, &part[i - 1], &part[i]);
    }
    if (!*part->scope)
        return; // not known: not counted
    Measures ms = {0};
    for (size_t i = 0; i < count; i++)
        measure_sum(&ms, list->measure, 1, part[i].span);
    measures_report(c, &ms, "scope", part->scope, part->span);
}

static void check_list(Compilation *c, PlacedList *list)
{
    if (!list->items.len)
        return;
    Placed *all = list->items.items;
    qsort(all, list->items.len, sizeof *all, compare_placed);
    uint32_t first = 0;
    for (uint32_t i = 1; i <= list->items.len; i++) {
        if (i < list->items.len && same_text(all[i].scope, all[first].scope))
            continue;
        check_scope(c, list, all + first, i - first);
        first = i;
    }
}

void scopes_check(Compilation *c, const PolicySet *set, const char *root)
{
    const char *home = root ? root : "";
    PlacedList definitions = {.what = "policy definition", .measure = MEASURE_SCOPE_DEFINITIONS};
    PlacedList initiatives = {.what = "initiative", .measure = MEASURE_SCOPE_INITIATIVES};
    PlacedList assignments = {.what = "assignment at this scope",
                              .measure = MEASURE_SCOPE_ASSIGNMENTS};
    PlacedList exemptions = {.what = "exemption at this scope",
                             .measure = MEASURE_SCOPE_EXEMPTIONS};
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        vec_push(c->arena, &definitions.items, ((Placed){home, d->name, d->span}));
    }
    for (uint32_t i = 0; i < set->initiatives.len; i++) {
        const PolicyInitiative *in = set->initiatives.items[i];
        vec_push(c->arena, &initiatives.items, ((Placed){home, in->name, in->span}));
    }
    for (uint32_t i = 0; i < set->assignments.len; i++) {
        const PolicyAssignment *a = set->assignments.items[i];
        vec_push(c->arena, &assignments.items, ((Placed){a->scope, a->name, a->span}));
    }
    for (uint32_t i = 0; i < set->exemptions.len; i++) {
        const PolicyExemption *e = set->exemptions.items[i];
        vec_push(c->arena, &exemptions.items, ((Placed){e->scope, e->name, e->span}));
    }
    check_list(c, &definitions);
    check_list(c, &initiatives);
    check_list(c, &assignments);
    check_list(c, &exemptions);
}
