// moat.c - the pipeline: from files to everything one build makes.
//
// SPDX-License-Identifier: MIT
#include "moat.h"

#include "policy/limits.h"

static int compare_definitions(const void *a, const void *b)
{
    const PolicyDefinition *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

// Typed trees are large and used once: one scratch arena holds them in turn.
static void lower_requirements(Program *p, Lowered *l)
{
    Arena *a = p->compilation->arena, *scratch = arena_new();
    for (uint32_t i = 0; i < p->requirements.len; i++) {
        Symbol *symbol = p->requirements.items[i];
        const TRequirement *typed = sema_requirement(p, symbol, scratch);
        LoweredRequirement *made = typed ? lower_requirement(p, typed, symbol) : NULL;
        arena_reset(scratch);
        if (!made)
            continue;
        vec_push(a, &l->requirements, made);
        for (uint32_t k = 0; k < made->definitions.len; k++) {
            PolicyDefinition *d = made->definitions.items[k].definition;
            limits_check_definition(p->compilation, d);
            vec_push(a, &l->set.definitions, d);
        }
    }
    arena_free(scratch);
    if (l->set.definitions.len)
        qsort(l->set.definitions.items, l->set.definitions.len, sizeof *l->set.definitions.items,
              compare_definitions);
}

const char *moat_root(const MoatBuild *b)
{
    const Program *p = b->program;
    for (uint32_t i = 0; i < p->environments.len; i++) {
        if (p->environments.items[i]->root)
            return p->environments.items[i]->root;
    }
    const PolicySet *set = &b->lowered.set;
    const char *id = set->assignments.len ? set->assignments.items[0]->definition_id : NULL;
    const char *end = id ? strstr(id, "/providers/Microsoft.Authorization/") : NULL;
    return end ? arena_copy(p->compilation->arena, id, (size_t)(end - id)) : NULL;
}

static void compile_program(Compilation *c, Program *p, MoatBuild *ret)
{
    *ret = (MoatBuild){.program = p};
    sema_check(p);
    lower_requirements(p, &ret->lowered);
    sema_check_values(p);
    if (!diags_has_errors(c->diags)) { // what is deployed rests on every requirement
        lower_initiatives(p, &ret->lowered);
        lower_assignments(p, &ret->lowered);
        lower_exemptions(p, &ret->lowered);
    }
    limits_check(c, &ret->lowered.set, moat_root(ret));
    sema_check_unused(p);
    if (p->for_tests && !diags_has_errors(c->diags))
        tests_collect(p, &ret->lowered, &ret->tests);
    diags_finish(c->diags);
    ret->ok = !diags_has_errors(c->diags);
}

bool moat_compile(Compilation *c, const LoadOptions *o, MoatBuild *ret, Status *st)
{
    Program *p = sema_load(c, catalog_open(c->arena), o, st);
    if (!p)
        return false;
    compile_program(c, p, ret);
    return true;
}

void moat_compile_text(Compilation *c, const char *path, Str text, bool for_tests, MoatBuild *ret)
{
    Program *p = sema_load_text(c, catalog_open(c->arena), path, text);
    p->for_tests = for_tests;
    compile_program(c, p, ret);
}
