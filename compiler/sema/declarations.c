// declarations.c - sema_check: every declaration but the bodies of requirements.
//
// SPDX-License-Identifier: MIT
#include "sema/deploy.h"
#include "sema/elaborate.h"
#include "sema/module.h"

// A `let` is a value of its own, so it is looked at even where nothing uses it.
static void let_check(Program *p, const Symbol *s, Arena *scratch)
{
    Elaborator *e = elaborator_new(p, s->module, scratch);
    if (s->decl->define->body)
        elab_hinted(e, s->decl->define->body, NULL);
}

static void name_check(Program *p, const Symbol *s)
{
    if (!function_exists(s->name))
        return;
    Diag *d = diag_report(p->compilation->diags, DIAG_SHADOWED_NAME, s->decl->name.span,
                          "`%s` hides the function of that name", s->name);
    diag_help(p->compilation->diags, d, "give it another name");
}

static void symbol_check(Program *p, Symbol *s, Arena *scratch)
{
    switch (s->kind) {
    case SYMBOL_KIND:
        kind_check(p, s, scratch);
        return;
    case SYMBOL_KINDS:
        kinds_members(p, s);
        return;
    case SYMBOL_PARAM:
        param_of_symbol(p, s);
        return;
    case SYMBOL_LET:
        let_check(p, s, scratch);
        return;
    case SYMBOL_DEFINE:
        name_check(p, s);
        return;
    case SYMBOL_MODULE:
    case SYMBOL_FRAMEWORK:
    case SYMBOL_REQUIREMENT:
    case SYMBOL_INITIATIVE:
    case SYMBOL_ENVIRONMENT:
    case SYMBOL_ASSIGNMENT:
    case SYMBOL_EXEMPTION:
        return;
    }
}

void sema_check(Program *p)
{
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < p->modules.len; i++) {
        const Module *m = p->modules.items[i];
        for (uint32_t k = 0; !m->is_stdlib && k < m->symbols.len; k++) {
            symbol_check(p, m->symbols.values[k], scratch);
            arena_reset(scratch);
        }
    }
    arena_free(scratch);
    deploy_check(p);
}
