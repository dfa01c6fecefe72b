// resolve.c - what a name means: symbol tables and look-ups.
//
// A module's own declarations come first, then what `use` names, then what whole
// modules bring in. The order of declarations never matters.
//
// SPDX-License-Identifier: MIT
#include "sema/module.h"

#include "base/limits.h"
#include "sema/check.h"

const char *symbol_text(SymbolKind kind)
{
    static const char *const texts[] = {
        [SYMBOL_MODULE] = "a module",          [SYMBOL_KIND] = "a kind",
        [SYMBOL_KINDS] = "a group of kinds",   [SYMBOL_FRAMEWORK] = "a framework",
        [SYMBOL_PARAM] = "a parameter",        [SYMBOL_LET] = "a `let`",
        [SYMBOL_DEFINE] = "a `define`",        [SYMBOL_REQUIREMENT] = "a requirement",
        [SYMBOL_INITIATIVE] = "an initiative", [SYMBOL_ENVIRONMENT] = "an environment",
        [SYMBOL_ASSIGNMENT] = "an assignment", [SYMBOL_EXEMPTION] = "an exemption",
    };
    return texts[kind];
}

// What a declaration declares; false where it has no name to look up.
static bool symbol_kind_of(DeclKind kind, SymbolKind *ret)
{
    static const SymbolKind kinds[] = {
        [DECL_KIND] = SYMBOL_KIND,
        [DECL_KINDS] = SYMBOL_KINDS,
        [DECL_FRAMEWORK] = SYMBOL_FRAMEWORK,
        [DECL_PARAM] = SYMBOL_PARAM,
        [DECL_LET] = SYMBOL_LET,
        [DECL_DEFINE] = SYMBOL_DEFINE,
        [DECL_REQUIREMENT] = SYMBOL_REQUIREMENT,
        [DECL_INITIATIVE] = SYMBOL_INITIATIVE,
        [DECL_ENVIRONMENT] = SYMBOL_ENVIRONMENT,
        [DECL_ASSIGNMENT] = SYMBOL_ASSIGNMENT,
        [DECL_EXEMPTION] = SYMBOL_EXEMPTION,
        [DECL_TEST] = SYMBOL_MODULE, // and what is left out: none
    };
    *ret = kinds[kind];
    return *ret != SYMBOL_MODULE;
}

void resolve_symbols(Module *m)
{
    Compilation *c = m->program->compilation;
    for (uint32_t i = 0; i < m->file->decls.len; i++) {
        Decl *decl = m->file->decls.items[i];
        SymbolKind kind;
        if (!symbol_kind_of(decl->kind, &kind) || !decl->name.name)
            continue;
        Symbol *first = map_get(&m->symbols, decl->name.name);
        if (first) {
            Diag *d = diag_report(c->diags, DIAG_DUPLICATE_NAME, decl->name.span,
                                  "`%s` is declared twice", decl->name.name);
            diag_label(c->diags, d, first->decl->name.span, "first declared here, as %s",
                       symbol_text(first->kind));
            continue;
        }
        Symbol *s = ARENA_NEW(c->arena, Symbol);
        *s = (Symbol){.kind = kind, .name = decl->name.name, .module = m, .decl = decl};
        map_put(&m->symbols, c->arena, s->name, s);
    }
}

Symbol *module_peek(const Module *m, Name name)
{
    Symbol *own = map_get(&m->symbols, name);
    if (own)
        return own;
    const Import *import = map_get(&m->imported, name);
    return import ? import->symbol : NULL;
}

static void import_use(Import *import)
{
    import->used = import->use->used = true;
}

Symbol *module_lookup(Module *m, Name name)
{
    Symbol *s = map_get(&m->symbols, name);
    if (!s) {
        Import *import = map_get(&m->imported, name);
        if (!import)
            return NULL;
        import_use(import);
        s = import->symbol;
    }
    s->uses++;
    return s;
}

static void report_ambiguous(Module *m, Word word, const Import *first)
{
    Diags *ds = m->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_AMBIGUOUS_NAME, word.span,
                          "`%s` comes from more than one module", word.name);
    for (const Import *i = first; i; i = i->other)
        diag_label(ds, d, i->span, "%s of module `%s`", symbol_text(i->symbol->kind),
                   i->symbol->module->path);
    diag_help(ds, d, "write the module too, as in `%s.%s`, or `use` the one you mean by name",
              first->symbol->module->last, word.name);
}

Symbol *module_lookup_at(Module *m, Word word)
{
    Import *import = map_get(&m->symbols, word.name) ? NULL : map_get(&m->imported, word.name);
    if (import && import->other) {
        for (Import *i = import; i; i = i->other)
            import_use(i);
        report_ambiguous(m, word, import);
    }
    return module_lookup(m, word.name);
}

void module_offer(const Module *m, Suggest *s, uint32_t kinds)
{
    for (uint32_t i = 0; i < m->symbols.len; i++) {
        const Symbol *symbol = m->symbols.values[i];
        if (kinds & SYMBOL_BIT(symbol->kind))
            suggest_offer(s, str_of(symbol->name));
    }
    for (uint32_t i = 0; i < m->imported.len; i++) {
        const Import *import = m->imported.values[i];
        if (kinds & SYMBOL_BIT(import->symbol->kind))
            suggest_offer(s, str_of(m->imported.keys[i]));
    }
}

// --- paths and words ------------------------------------------------------------------------

bool suggestion_is_due(Program *p)
{
    return p->suggestions++ < LIMIT_SUGGESTIONS;
}

bool module_name_unsure(const Module *m, Name name)
{
    if (m->file->broken)
        return true;
    for (uint32_t i = 0; i < m->use_count; i++) {
        const UseDecl *use = m->uses[i].decl->use;
        if (!m->uses[i].broken)
            continue;
        for (uint32_t k = 0; k < use->names.len; k++) {
            if (use->names.items[k].name == name)
                return true;
        }
        if (use->names.len == 0 && (!use->as_name.name || use->as_name.name == name))
            return true;
    }
    return false;
}

static Symbol *report_unknown(Module *m, Span span, const char *text, const char *what,
                              const Module *in, uint32_t kinds)
{
    Program *p = m->program;
    Suggest near;
    const char *dot = strrchr(text, '.'), *last = dot ? dot + 1 : text;
    if (module_name_unsure(in ? in : m, intern_str(p->compilation->names, last)))
        return NULL;
    suggest_start(&near, str_of(in ? last : text));
    Diag *d = diag_report(p->compilation->diags, DIAG_UNKNOWN_NAME, span, "there is no %s `%s`",
                          what, text);
    if (suggestion_is_due(p))
        module_offer(in ? in : m, &near, kinds);
    check_suggest(p, d, span, &near, false);
    return NULL;
}

// A path that is written out needs no `use`, but one of the module is not idle either.
static Module *module_by_path(Module *m, const char *path, Span span)
{
    Module *found = module_load(m->program, path, span);
    for (uint32_t i = 0; found && i < m->use_count; i++)
        m->uses[i].used |= m->uses[i].module == found;
    return found;
}

// The module that the first `count` words name: as imported, or by its whole path.
static Module *path_module(Module *m, const ModulePath *path, uint32_t count)
{
    Program *p = m->program;
    Arena *a = p->compilation->arena;
    const Symbol *first = module_peek(m, path->words.items[0].name);
    if (first && first->kind == SYMBOL_MODULE) {
        const char *full = first->module->path;
        for (uint32_t i = 1; i < count; i++)
            full = arena_printf(a, "%s.%s", full, path->words.items[i].name);
        Module *found = module_load(p, full, path->span);
        if (found) {
            module_lookup_at(m, path->words.items[0]);
            return found;
        }
    }
    return module_by_path(m, module_path_text(a, path, count), path->span);
}

Symbol *module_resolve_path(Module *m, const ModulePath *path, const char *what)
{
    uint32_t n = path->words.len;
    if (n == 0)
        return NULL;
    Word last = path->words.items[n - 1];
    if (n == 1) {
        Symbol *s = module_lookup_at(m, last);
        if (s)
            return s;
    }
    Module *whole = path_module(m, path, n);
    if (whole)
        return whole->self;
    Module *in = n > 1 ? path_module(m, path, n - 1) : NULL;
    if (in) {
        Symbol *s = map_get(&in->symbols, last.name);
        if (s) {
            s->uses++;
            return s;
        }
    }
    const char *text = module_path_text(m->program->compilation->arena, path, n);
    return report_unknown(m, path->span, text, what, in, SYMBOL_BIT_ALL);
}

Symbol *module_resolve_word(Module *m, Word word, SymbolKind wanted, const char *what)
{
    Diags *ds = m->program->compilation->diags;
    Symbol *s = module_lookup_at(m, word);
    if (!s)
        return report_unknown(m, word.span, word.name, what, NULL, SYMBOL_BIT(wanted));
    if (s->kind == wanted)
        return s;
    Diag *d = diag_report(ds, DIAG_WRONG_KIND_OF_NAME, word.span, "`%s` is %s, not %s", word.name,
                          symbol_text(s->kind), symbol_text(wanted));
    if (s->decl)
        diag_label(ds, d, s->decl->name.span, "declared here");
    return NULL;
}

// --- what was never used --------------------------------------------------------------------

static void check_unused_symbol(Program *p, const Symbol *s)
{
    Diags *ds = p->compilation->diags;
    bool is_param = s->kind == SYMBOL_PARAM;
    if (is_param ? s->param && s->param->uses : s->uses)
        return;
    if (!is_param && s->kind != SYMBOL_LET && s->kind != SYMBOL_DEFINE)
        return;
    Diag *d = diag_report(ds, is_param ? DIAG_UNUSED_PARAM : DIAG_UNUSED_DEFINE, s->decl->name.span,
                          "%s `%s` is never used",
                          is_param                ? "parameter"
                          : s->kind == SYMBOL_LET ? "`let`"
                                                  : "`define`",
                          s->name);
    diag_help(ds, d, "use it or remove it");
}

static void check_unused_use(Program *p, const Use *use)
{
    Diags *ds = p->compilation->diags;
    if (use->broken)
        return;
    if (!use->used) {
        diag_report(ds, DIAG_UNUSED_IMPORT, use->decl->use->path.span,
                    "nothing of module `%s` is used",
                    module_path_text(p->compilation->arena, &use->decl->use->path, UINT32_MAX));
        return;
    }
    for (uint32_t i = 0; i < use->imports.len; i++) {
        const Import *import = use->imports.items[i];
        if (!import->used)
            diag_report(ds, DIAG_UNUSED_IMPORT, import->span, "the import `%s` is never used",
                        import->symbol->name);
    }
}

void sema_check_unused(Program *p)
{
    if (diags_has_errors(p->compilation->diags))
        return; // what has mistakes has not been looked through
    for (uint32_t i = 0; i < p->modules.len; i++) {
        const Module *m = p->modules.items[i];
        for (uint32_t j = 0; !m->is_stdlib && j < m->symbols.len; j++)
            check_unused_symbol(p, m->symbols.values[j]);
        for (uint32_t j = 0; !m->is_stdlib && j < m->use_count; j++)
            check_unused_use(p, &m->uses[j]);
    }
}
