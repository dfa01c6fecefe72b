// imports.c - `use`: which names it brings in, and modules that use each other in a circle.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/module.h"

static void add_import(Module *m, Use *use, Name name, Symbol *symbol, Span span, bool is_explicit)
{
    Arena *a = m->program->compilation->arena;
    Import *import = ARENA_NEW(a, Import);
    *import = (Import){.symbol = symbol, .use = use, .span = span, .is_explicit = is_explicit};
    if (is_explicit)
        vec_push(a, &use->imports, import);
    Import *there = map_get(&m->imported, name);
    if (!there || (is_explicit && !there->is_explicit)) {
        map_put(&m->imported, a, name, import);
        return;
    }
    if (there->is_explicit && !is_explicit)
        return;
    while (there->symbol != symbol && there->other)
        there = there->other;
    if (there->symbol != symbol)
        there->other = import;
}

static void add_named(Module *m, Use *use, Word name, Symbol *symbol)
{
    Diags *ds = m->program->compilation->diags;
    const Symbol *own = map_get(&m->symbols, name.name);
    if (own) {
        Diag *d =
            diag_report(ds, DIAG_DUPLICATE_NAME, name.span, "`%s` is declared twice", name.name);
        diag_label(ds, d, own->decl->name.span, "declared here, as %s", symbol_text(own->kind));
        diag_help(ds, d, "import the module under another name: `use … as …`");
        use->broken = true;
        return;
    }
    add_import(m, use, name.name, symbol, name.span, true);
}

static void report_not_in_module(Module *m, Use *use, Word name, const char *path)
{
    Program *p = m->program;
    Diag *d = diag_report(p->compilation->diags, DIAG_NOT_IN_MODULE, name.span,
                          "module `%s` has no `%s`", path, name.name);
    Suggest near;
    suggest_start(&near, str_of(name.name));
    for (uint32_t i = 0; use->module && i < use->module->symbols.len; i++)
        suggest_offer(&near, str_of(use->module->symbols.keys[i]));
    check_suggest(p, d, name.span, &near, false);
    use->broken = true;
}

// `use frameworks (mcsb)`: a declaration of the module, or a module below it, which
// gives the declaration of the same name where it has one.
static void import_name(Module *m, Use *use, Word name, const char *path)
{
    Program *p = m->program;
    Symbol *symbol = use->module ? map_get(&use->module->symbols, name.name) : NULL;
    if (!symbol) {
        const char *below = arena_printf(p->compilation->arena, "%s.%s", path, name.name);
        Module *module = module_load(p, below, name.span);
        if (module)
            symbol = map_get(&module->symbols, name.name);
        if (module && !symbol)
            symbol = module->self;
    }
    if (symbol)
        add_named(m, use, name, symbol);
    else if (module_is_outside(p, arena_printf(p->compilation->arena, "%s.%s", path, name.name)))
        use->broken = true;
    else
        report_not_in_module(m, use, name, path);
}

static void report_unknown_module(Module *m, Use *use, const char *path)
{
    Program *p = m->program;
    Diags *ds = p->compilation->diags;
    const ModulePath *written = &use->decl->use->path;
    use->broken = true;
    if (module_is_outside(p, path))
        return;
    if (module_is_folder(p, path)) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_MODULE, written->span,
                              "`%s` is a folder of modules, not a module", path);
        diag_help(ds, d, "name the modules you need: `use %s (…)`", path);
        return;
    }
    Diag *d = diag_report(ds, DIAG_UNKNOWN_MODULE, written->span, "there is no module `%s`", path);
    Suggest near;
    suggest_start(&near, str_of(path));
    if (suggestion_is_due(p))
        module_offer_paths(p, &near);
    check_suggest(p, d, written->span, &near, false);
}

static void import_whole(Module *m, Use *use)
{
    Module *module = use->module;
    Span span = use->decl->use->path.span;
    add_import(m, use, module->last, module->self, span, false);
    for (uint32_t i = 0; i < module->symbols.len; i++)
        add_import(m, use, module->symbols.keys[i], module->symbols.values[i], span, false);
}

static void import_use(Module *m, Use *use)
{
    Program *p = m->program;
    const UseDecl *decl = use->decl->use;
    const char *path = module_path_text(p->compilation->arena, &decl->path, UINT32_MAX);
    use->module = module_load(p, path, decl->path.span);
    if (!use->module && (decl->names.len == 0 || !module_is_folder(p, path)))
        report_unknown_module(m, use, path);
    else if (decl->as_name.name)
        add_named(m, use, decl->as_name, use->module->self);
    else if (decl->names.len == 0)
        import_whole(m, use);
    for (uint32_t i = 0; i < decl->names.len && !use->broken; i++)
        import_name(m, use, decl->names.items[i], path);
}

void resolve_imports(Module *m)
{
    Arena *a = m->program->compilation->arena;
    const File *file = m->file;
    for (uint32_t i = 0; i < file->decls.len; i++)
        m->use_count += file->decls.items[i]->kind == DECL_USE;
    m->uses = ARENA_ARRAY(a, Use, m->use_count);
    uint32_t at = 0;
    for (uint32_t i = 0; i < file->decls.len; i++) {
        if (file->decls.items[i]->kind != DECL_USE)
            continue;
        m->uses[at].decl = file->decls.items[i];
        import_use(m, &m->uses[at++]);
    }
}

// --- cycles ---------------------------------------------------------------------------------

enum { MARK_NONE, MARK_ON_PATH, MARK_DONE };

typedef struct Step {
    Module *module;
    uint32_t use, target; // the next to follow: of its uses, of what that one reaches
} Step;

typedef VEC(Step) Steps;

// The n-th module that a `use` reaches: the module itself, then those of the names.
static Module *target_of(const Use *use, uint32_t n)
{
    if (use->module)
        return n == 0 ? use->module : NULL;
    return n < use->imports.len ? use->imports.items[n]->symbol->module : NULL;
}

static bool next_target(Step *step, const Use **ret_use, Module **ret_target)
{
    for (; step->use < step->module->use_count; step->use++, step->target = 0) {
        *ret_use = &step->module->uses[step->use];
        *ret_target = target_of(*ret_use, step->target++);
        if (*ret_target)
            return true;
    }
    return false;
}

static void report_cycle(Program *p, const Steps *path, const Use *closing, const Module *again)
{
    Diags *ds = p->compilation->diags;
    uint32_t start = 0;
    while (path->items[start].module != again)
        start++;
    Diag *d = diag_report(ds, DIAG_IMPORT_CYCLE, closing->decl->use->path.span,
                          "module `%s` imports itself", again->path);
    for (uint32_t i = start; i < path->len; i++) {
        const Step *step = &path->items[i];
        const Module *to = i + 1 < path->len ? path->items[i + 1].module : again;
        diag_label(ds, d, step->module->uses[step->use].decl->use->path.span, "`%s` uses `%s`",
                   step->module->path, to->path);
    }
    diag_help(ds, d, "move what both need into a module of its own");
}

// Depth first, with a stack of its own: a chain of imports may be long.
static void search_cycles(Program *p, Module *from)
{
    Arena *a = p->compilation->arena;
    Steps path = {0};
    from->mark = MARK_ON_PATH;
    vec_push(a, &path, ((Step){.module = from}));
    while (path.len) {
        const Use *use;
        Module *target;
        if (!next_target(&path.items[path.len - 1], &use, &target)) {
            path.items[--path.len].module->mark = MARK_DONE;
        } else if (target->mark == MARK_ON_PATH) {
            report_cycle(p, &path, use, target);
        } else if (target->mark == MARK_NONE) {
            target->mark = MARK_ON_PATH;
            vec_push(a, &path, ((Step){.module = target}));
        }
    }
}

void resolve_cycles(Program *p)
{
    for (uint32_t i = 0; i < p->modules.len; i++) {
        if (p->modules.items[i]->mark == MARK_NONE)
            search_cycles(p, p->modules.items[i]);
    }
}
