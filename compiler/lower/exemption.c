// exemption.c - exemptions from assignments.
//
// spec: deployment, exemptions.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

static Value *metadata_of(const Program *p, const ExemptionInfo *info)
{
    Arena *a = p->compilation->arena;
    Value *m = value_object(a);
    if (p->project)
        value_set(a, m, "project", value_string(a, p->project));
    value_set(a, m, "exemption", value_string(a, info->name));
    if (info->ticket)
        value_set(a, m, "ticket", value_string(a, info->ticket));
    return m;
}

// What it says of its own: the reason, else the documentation of the declaration.
static const char *description_of(Arena *a, const ExemptionInfo *info)
{
    if (info->reason)
        return info->reason;
    return info->decl->doc.n > 0 ? arena_copy(a, info->decl->doc.p, info->decl->doc.n) : NULL;
}

static void add_selectors(Arena *a, const ExemptionInfo *info, PolicyExemption *made)
{
    ResourceSelector rs = {.name = "where_1", .span = info->decl->name.span};
    if (info->locations.len > 0)
        vec_push(a, &rs.selectors,
                 location_selector(a, info->locations.items, info->locations.len,
                                   info->locations_negated));
    if (info->without_location)
        vec_push(a, &rs.selectors, without_location_selector(a));
    if (rs.selectors.len > 0)
        vec_push(a, &made->selectors, rs);
}

static PolicyExemption *build(Program *p, const ExemptionInfo *info)
{
    Arena *a = p->compilation->arena;
    PolicyExemption *made = ARENA_NEW(a, PolicyExemption);
    made->name = info->name;
    made->display_name = info->decl->title.text;
    made->description = description_of(a, info);
    made->scope = info->scope;
    made->assignment_id = assignment_id(a, info->assignment);
    made->category = info->category;
    made->expires_on = info->until;
    made->metadata = metadata_of(p, info);
    made->span = info->decl->name.span;
    for (uint32_t i = 0; i < info->references.len; i++) {
        ReferenceIds ids = {0};
        reference_ids(
            a, initiative_member(p, info->assignment->initiative, info->references.items[i]), &ids);
        for (uint32_t k = 0; k < ids.len; k++)
            vec_push(a, &made->reference_ids, ids.items[k]);
    }
    add_selectors(a, info, made);
    return made;
}

static int compare_exemptions(const void *a, const void *b)
{
    const PolicyExemption *const *x = a, *const *y = b;
    int order = strcmp((*x)->name, (*y)->name);
    return order ? order : strcmp((*x)->scope, (*y)->scope);
}

void lower_exemptions(Program *p, Lowered *l)
{
    for (uint32_t i = 0; i < p->exemptions.len; i++)
        vec_push(p->compilation->arena, &l->set.exemptions, build(p, p->exemptions.items[i]));
    if (l->set.exemptions.len)
        qsort(l->set.exemptions.items, l->set.exemptions.len, sizeof *l->set.exemptions.items,
              compare_exemptions);
}
