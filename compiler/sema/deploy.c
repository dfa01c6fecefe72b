// deploy.c - every initiative, environment, assignment, exemption and test of the project.
//
// SPDX-License-Identifier: MIT
#include "sema/deploy.h"

static void check_symbol(Program *p, Symbol *s)
{
    Arena *a = p->compilation->arena;
    switch (s->kind) {
    case SYMBOL_INITIATIVE:
        vec_push(a, &p->initiatives, initiative_of_symbol(p, s));
        return;
    case SYMBOL_ENVIRONMENT:
        environment_check_unique(p, environment_of_symbol(p, s));
        vec_push(a, &p->environments, s->environment);
        return;
    case SYMBOL_ASSIGNMENT:
        vec_push(a, &p->assignments, assignment_of_symbol(p, s));
        return;
    case SYMBOL_EXEMPTION:
        exemption_check(p, s);
        return;
    case SYMBOL_MODULE:
    case SYMBOL_KIND:
    case SYMBOL_KINDS:
    case SYMBOL_FRAMEWORK:
    case SYMBOL_PARAM:
    case SYMBOL_LET:
    case SYMBOL_DEFINE:
    case SYMBOL_REQUIREMENT:
        return;
    }
}

void deploy_check(Program *p)
{
    for (uint32_t i = 0; i < p->modules.len; i++) {
        Module *m = p->modules.items[i];
        if (m->is_stdlib)
            continue;
        for (uint32_t k = 0; k < m->symbols.len; k++)
            check_symbol(p, m->symbols.values[k]);
        for (uint32_t k = 0; k < m->file->decls.len; k++) {
            if (m->file->decls.items[k]->kind == DECL_TEST)
                test_check(p, m, m->file->decls.items[k]);
        }
    }
}
