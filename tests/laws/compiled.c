// compiled.c - see compiled.h
//
// SPDX-License-Identifier: MIT
#include "laws/compiled.h"

#include "policy/limits.h"

#include <string.h>

void compile_requirement(const Catalog *catalog, const char *path, Str text, const char *name,
                         Compiled *ret)
{
    Compilation *c = compilation_new();
    *ret = (Compiled){.compilation = c, .scratch = arena_new()};
    Program *p = ret->program = sema_load_text(c, catalog, path, text);
    sema_check(p);
    for (uint32_t i = 0; i < p->requirements.len; i++) {
        Symbol *symbol = p->requirements.items[i];
        if (name && strcmp(symbol->name, name) != 0)
            continue;
        requirement_info(p, symbol)->tested = true;
        ret->typed = sema_requirement(p, symbol, ret->scratch);
        ret->lowered = ret->typed ? lower_requirement(p, ret->typed, symbol) : NULL;
        break;
    }
    for (uint32_t i = 0; ret->lowered && i < ret->lowered->definitions.len; i++)
        limits_check_definition(c, ret->lowered->definitions.items[i].definition);
    diags_finish(c->diags);
    if (diags_has_errors(c->diags))
        ret->lowered = NULL;
}

void compiled_free(Compiled *c)
{
    arena_free(c->scratch);
    compilation_free(c->compilation);
}

const Diag *compiled_error(const Compiled *c)
{
    const Diag *d;
    for (uint32_t i = 0; (d = diags_get(c->compilation->diags, i)); i++)
        if (d->severity == SEVERITY_ERROR)
            return d;
    return NULL;
}
