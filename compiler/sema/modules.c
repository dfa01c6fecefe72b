// modules.c - loads a project: its own files, then whatever they `use`.
//
// A module path is looked up in the project first, then in the standard library,
// whose files are parsed only when reached. The first failure of the world (a file
// that cannot be read) ends the load.
//
// SPDX-License-Identifier: MIT
#include "sema/module.h"
#include "sema/project.h"

#include "base/limits.h"
#include "source/stdlib.h"
#include "syntax/parse.h"

#include <stdlib.h>

typedef struct Loader {
    Program *program;
    Project project; // root is NULL where there is only a text
    const char *stdlib_folder;
    Map by_path;      // Name → Module *
    Map outside;      // Names of modules whose files lead out of the root → these files, as shown
    Module *settings; // declares the project; not of the program unless asked for
    Status *status;
    bool closed; // every file has been read
    bool failed;
} Loader;

static Module *module_new(Loader *l, Name path, bool is_stdlib)
{
    Program *p = l->program;
    Arena *a = p->compilation->arena;
    Module *m = ARENA_NEW(a, Module);
    const char *dot = strrchr(path, '.');
    *m = (Module){.path = path, .is_stdlib = is_stdlib, .program = p};
    m->last = dot ? intern_str(p->compilation->names, dot + 1) : path;
    m->self = ARENA_NEW(a, Symbol);
    *m->self = (Symbol){.kind = SYMBOL_MODULE, .name = m->last, .module = m};
    map_put(&l->by_path, a, path, m);
    return m;
}

static bool module_parse(Loader *l, Module *m, const char *shown, Str text)
{
    Compilation *c = l->program->compilation;
    Source *source = sources_add(c->sources, shown, text);
    if (!source) {
        l->status->code = STATUS_TOO_LARGE;
        snprintf(l->status->message, sizeof l->status->message,
                 "could not read `%s`: the sources together exceed %u bytes", shown,
                 LIMIT_SOURCES_TOTAL);
        l->failed = true;
        return false;
    }
    source->library = m->is_stdlib && !l->stdlib_folder;
    m->file = parse_file(c, source);
    return true;
}

static Module *module_read(Loader *l, Name path, const char *file, bool is_stdlib)
{
    Str text;
    if (!io_read_file(l->program->compilation->arena, file, LIMIT_SOURCE_BYTES, &text, l->status)) {
        l->failed = true;
        return NULL;
    }
    Module *m = module_new(l, path, is_stdlib);
    return module_parse(l, m, file, text) ? m : NULL;
}

static const char *stdlib_path(Arena *a, const char *module)
{
    char *path = arena_printf(a, "%s.moat", module);
    for (size_t i = 0; module[i]; i++) {
        if (module[i] == '.')
            path[i] = '/';
    }
    return path;
}

static Module *library_module(Loader *l, Name path)
{
    Arena *a = l->program->compilation->arena;
    const char *file = stdlib_path(a, path);
    if (l->stdlib_folder) {
        const char *full = arena_printf(a, "%s/%s", l->stdlib_folder, file);
        return io_is_file(full) ? module_read(l, path, full, true) : NULL;
    }
    Str text;
    if (!stdlib_source(file, &text))
        return NULL;
    Module *m = module_new(l, path, true);
    return module_parse(l, m, arena_printf(a, "<stdlib>/%s", file), text) ? m : NULL;
}

static Module *own_module(Loader *l, Name path, Span asked)
{
    Compilation *c = l->program->compilation;
    if (!l->project.root)
        return NULL;
    bool outside = false;
    const char *file = project_module_file(c->arena, &l->project, path, &outside);
    if (outside) {
        const char *link =
            arena_printf(c->arena, "%s/%s", l->project.root, stdlib_path(c->arena, path));
        map_put(&l->outside, c->arena, path, (void *)project_shown(c->arena, &l->project, link));
        diag_report(c->diags, DIAG_OUTSIDE_PROJECT, asked,
                    "the file of module `%s` is a link that leads out of the project", path);
    }
    return file ? module_read(l, path, project_shown(c->arena, &l->project, file), false) : NULL;
}

Module *module_load(Program *p, const char *path, Span asked)
{
    Loader *l = p->loader;
    Name name = intern_str(p->compilation->names, path);
    Module *m = map_get(&l->by_path, name);
    if (m && m != l->settings)
        return m;
    if (l->failed || l->closed)
        return NULL;
    if (m)
        l->settings = NULL; // asked for now: a module like others
    else
        m = own_module(l, name, asked);
    if (!m && !l->failed)
        m = library_module(l, name);
    if (m)
        vec_push(p->compilation->arena, &p->modules, m);
    return m;
}

bool module_is_outside(const Program *p, const char *path)
{
    return map_get(&p->loader->outside, intern_str(p->compilation->names, path)) != NULL;
}

bool module_read_text(const Module *m, Text file, size_t limit, Str *ret)
{
    const Project *project = &m->program->loader->project;
    Compilation *c = m->program->compilation;
    Status st = {.message = "there is no project around it"};
    bool outside = false;
    const char *path = NULL;
    if (project->root && !m->is_stdlib) {
        path = project_file(c->arena, project, file.text, &outside);
        snprintf(st.message, sizeof st.message, "the project has no file `%s`", file.text);
    }
    if (path && io_read_file(c->arena, project_shown(c->arena, project, path), limit, ret, &st))
        return true;
    if (outside)
        diag_report(c->diags, DIAG_OUTSIDE_PROJECT, file.span, "`%s` is not inside the project",
                    file.text);
    else
        diag_report(c->diags, DIAG_FILE_UNREADABLE, file.span, "%s", st.message);
    return false;
}

static bool library_has_below(Loader *l, const char *folder)
{
    Arena *a = l->program->compilation->arena;
    if (l->stdlib_folder)
        return io_is_folder(arena_printf(a, "%s/%s", l->stdlib_folder, folder));
    size_t n = strlen(folder);
    for (uint32_t i = 0; i < stdlib_count(); i++) {
        const char *path;
        Str text;
        stdlib_at(i, &path, &text);
        if (strncmp(path, folder, n) == 0 && path[n] == '/')
            return true;
    }
    return false;
}

bool module_is_folder(Program *p, const char *path)
{
    Loader *l = p->loader;
    Arena *a = p->compilation->arena;
    char *folder = arena_copy(a, path, strlen(path));
    for (char *s = folder; *s; s++) {
        if (*s == '.')
            *s = '/';
    }
    if (l->project.root && io_is_folder(arena_printf(a, "%s/%s", l->project.root, folder)))
        return true;
    return library_has_below(l, folder);
}

static void offer_module(void *suggest, const char *module)
{
    suggest_offer(suggest, str_of(module));
}

void module_offer_paths(Program *p, Suggest *s)
{
    Loader *l = p->loader;
    Arena *a = p->compilation->arena;
    if (l->project.root)
        project_offer(a, &l->project, offer_module, s);
    for (uint32_t i = 0; !l->stdlib_folder && i < stdlib_count(); i++) {
        const char *path;
        Str text;
        stdlib_at(i, &path, &text);
        char *module = arena_copy(a, path, strlen(path) - strlen(".moat"));
        for (char *c = module; *c; c++) {
            if (*c == '/')
                *c = '.';
        }
        suggest_offer(s, str_of(module));
    }
}

const char *module_path_text(Arena *a, const ModulePath *path, uint32_t words)
{
    const char *text = "";
    for (uint32_t i = 0; i < words && i < path->words.len; i++)
        text = arena_printf(a, "%s%s%s", text, i ? "." : "", path->words.items[i].name);
    return text;
}

// --- what a file needs ---------------------------------------------------------------------

// A path such as contoso.keys.customer_managed_keys: the longest part that is a module.
static void load_path(Program *p, const ModulePath *path)
{
    Arena *a = p->compilation->arena;
    for (uint32_t n = path->words.len; n > 0; n--) {
        if (module_load(p, module_path_text(a, path, n), path->span))
            return;
    }
}

static void load_use(Program *p, const UseDecl *use)
{
    Arena *a = p->compilation->arena;
    const char *path = module_path_text(a, &use->path, use->path.words.len);
    module_load(p, path, use->path.span);
    for (uint32_t i = 0; i < use->names.len; i++) {
        const Word *w = &use->names.items[i];
        module_load(p, arena_printf(a, "%s.%s", path, w->name), w->span);
    }
}

static void load_needs_of_decl(Program *p, const Decl *d)
{
    switch (d->kind) {
    case DECL_USE:
        load_use(p, d->use);
        return;
    case DECL_INITIATIVE:
        for (uint32_t i = 0; i < d->initiative->items.len; i++)
            load_path(p, &d->initiative->items.items[i].path);
        return;
    case DECL_ENVIRONMENT:
        for (uint32_t i = 0; i < d->environment->items.len; i++)
            load_path(p, &d->environment->items.items[i].path);
        return;
    case DECL_ASSIGNMENT:
        for (uint32_t i = 0; i < d->assignment->items.len; i++)
            load_path(p, &d->assignment->items.items[i].path);
        return;
    case DECL_EXEMPTION:
        for (uint32_t i = 0; i < d->exemption->items.len; i++)
            load_path(p, &d->exemption->items.items[i].path);
        return;
    case DECL_TEST:
        for (uint32_t i = 0; i < d->test->items.len; i++)
            load_path(p, &d->test->items.items[i].path);
        return;
    case DECL_KIND:
    case DECL_KINDS:
    case DECL_FRAMEWORK:
    case DECL_PARAM:
    case DECL_LET:
    case DECL_DEFINE:
    case DECL_REQUIREMENT:
    case DECL_PROJECT:
        return;
    }
}

// --- the project's own words ----------------------------------------------------------------

static bool level_of(const char *word, Severity *ret)
{
    static const struct {
        const char *word;
        Severity severity;
    } levels[] = {{"error", SEVERITY_ERROR},     {"errors", SEVERITY_ERROR},
                  {"warning", SEVERITY_WARNING}, {"warnings", SEVERITY_WARNING},
                  {"note", SEVERITY_NOTE},       {"notes", SEVERITY_NOTE},
                  {"off", SEVERITY_OFF}};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(word, levels[i].word) == 0) {
            *ret = levels[i].severity;
            return true;
        }
    }
    return false;
}

static void apply_level(Diags *ds, const LevelItem *item)
{
    DiagCode code;
    Severity severity = SEVERITY_OFF;
    bool all = strcmp(item->what.name, "warnings") == 0;
    if (!all && !diag_code_parse(item->what.name, name_length(item->what.name), &code)) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_LEVEL, item->what.span,
                              "there is no diagnostic `%s`", item->what.name);
        diag_help(ds, d, "write `warnings` or a code such as `M1012`");
    } else if (!level_of(item->level.name, &severity) || (all && severity != SEVERITY_ERROR)) {
        Diag *d = diag_report(ds, DIAG_UNKNOWN_LEVEL, item->level.span, "there is no level `%s`",
                              item->level.name);
        diag_help(ds, d,
                  all ? "write `warnings as errors`" : "write `error`, `warning`, `note` or `off`");
    } else if (all) {
        diags_warnings_as_errors(ds);
    } else if (diag_code_severity(code) == SEVERITY_ERROR && severity != SEVERITY_ERROR) {
        diag_report(ds, DIAG_UNKNOWN_LEVEL, item->what.span, "`%s` is an error and stays one",
                    item->what.name);
    } else {
        diags_set_level(ds, code, severity);
    }
}

static void read_settings(Program *p, const File *file, const Decl **first)
{
    Diags *ds = p->compilation->diags;
    for (uint32_t i = 0; i < file->decls.len; i++) {
        const Decl *decl = file->decls.items[i];
        if (decl->kind != DECL_PROJECT)
            continue;
        if (*first) {
            Diag *d = diag_report(ds, DIAG_SECOND_PROJECT, decl->title.span,
                                  "there is a project already");
            diag_label(ds, d, (*first)->title.span, "it is `%s`", (*first)->title.text);
            diag_help(ds, d, "keep one `project` in the tree: its folder is the root");
            continue;
        }
        *first = decl;
        p->project = decl->title.text;
        for (uint32_t j = 0; j < decl->project->levels.len; j++)
            apply_level(ds, &decl->project->levels.items[j]);
    }
}

// --- loading --------------------------------------------------------------------------------

static int compare_modules(const void *a, const void *b)
{
    const Module *x = *(Module *const *)a, *y = *(Module *const *)b;
    return x->is_stdlib != y->is_stdlib ? x->is_stdlib - y->is_stdlib : strcmp(x->path, y->path);
}

static bool load_reached(Program *p)
{
    for (uint32_t i = 0; i < p->modules.len; i++) { // grows while we go
        const File *file = p->modules.items[i]->file;
        for (uint32_t j = 0; j < file->decls.len && !p->loader->failed; j++)
            load_needs_of_decl(p, file->decls.items[j]);
    }
    return !p->loader->failed;
}

static void collect_requirements(Program *p, const Module *m)
{
    for (uint32_t i = 0; i < m->symbols.len; i++) {
        Symbol *s = m->symbols.values[i];
        if (s->kind == SYMBOL_REQUIREMENT)
            vec_push(p->compilation->arena, &p->requirements, s);
    }
}

static Program *finish_load(Program *p)
{
    if (!load_reached(p))
        return NULL;
    p->loader->closed = true;
    if (p->modules.len)
        qsort(p->modules.items, p->modules.len, sizeof *p->modules.items, compare_modules);
    const Decl *project = NULL;
    if (p->loader->settings)
        read_settings(p, p->loader->settings->file, &project);
    for (uint32_t i = 0; i < p->modules.len; i++) {
        resolve_symbols(p->modules.items[i]);
        if (!p->modules.items[i]->is_stdlib)
            read_settings(p, p->modules.items[i]->file, &project);
    }
    for (uint32_t i = 0; i < p->modules.len; i++)
        resolve_imports(p->modules.items[i]);
    resolve_cycles(p);
    for (uint32_t i = 0; i < p->modules.len; i++) {
        if (!p->modules.items[i]->is_stdlib)
            collect_requirements(p, p->modules.items[i]);
    }
    return p;
}

static Program *program_new(Compilation *c, const Catalog *catalog, Status *st)
{
    Program *p = ARENA_NEW(c->arena, Program);
    Loader *l = ARENA_NEW(c->arena, Loader);
    *p = (Program){.compilation = c, .catalog = catalog, .loader = l};
    *l = (Loader){.program = p, .status = st};
    return p;
}

// The project's own file, where only some files of the project were asked for.
static void load_settings(Loader *l)
{
    Compilation *c = l->program->compilation;
    if (!l->project.settings)
        return;
    const char *base = strrchr(l->project.settings, '/') + 1;
    Name path = intern(c->names, base, strlen(base) - strlen(".moat"));
    if (map_get(&l->by_path, path))
        return;
    l->settings =
        module_read(l, path, project_shown(c->arena, &l->project, l->project.settings), false);
}

// A link that some `use` has met was reported there.
static bool is_reported(const Loader *l, const char *shown)
{
    for (uint32_t i = 0; i < l->outside.len; i++) {
        if (strcmp(l->outside.values[i], shown) == 0)
            return true;
    }
    return false;
}

static void report_paths(Loader *l)
{
    Diags *ds = l->program->compilation->diags;
    for (uint32_t i = 0; i < l->project.outside.len; i++) {
        if (!is_reported(l, l->project.outside.items[i]))
            diag_report(ds, DIAG_OUTSIDE_PROJECT, SPAN_NONE, "`%s` is not inside the project",
                        l->project.outside.items[i]);
    }
    if (l->project.too_many)
        diag_report(ds, DIAG_PROJECT_TOO_LARGE, SPAN_NONE,
                    "the project has more than %u files or %u levels of folders",
                    LIMIT_SOURCE_FILES, LIMIT_DIRECTORY_DEPTH);
}

static bool load_catalog(Loader *l, Catalog *catalog)
{
    Arena *a = l->program->compilation->arena;
    const char *path = arena_printf(a, "%s/" CATALOG_OVERLAY, l->project.root);
    return !io_is_file(path) ||
           catalog_overlay(catalog, project_shown(a, &l->project, path), l->status);
}

Program *sema_load(Compilation *c, Catalog *catalog, const LoadOptions *o, Status *st)
{
    Program *p = program_new(c, catalog, st);
    Loader *l = p->loader;
    l->stdlib_folder = o->stdlib_folder;
    p->for_tests = o->for_tests;
    if (!project_find(c->arena, o->paths, o->path_count, &l->project, st))
        return NULL;
    p->root = l->project.root;
    if (!load_catalog(l, catalog))
        return NULL;
    for (uint32_t i = 0; i < l->project.files.len; i++) {
        const ProjectFile *f = &l->project.files.items[i];
        Module *m = module_read(l, intern_str(c->names, f->module),
                                project_shown(c->arena, &l->project, f->path), false);
        if (!m)
            return NULL;
        vec_push(c->arena, &p->modules, m);
    }
    load_settings(l);
    if (l->failed || !finish_load(p))
        return NULL;
    report_paths(l);
    return p;
}

Program *sema_load_text(Compilation *c, const Catalog *catalog, const char *path, Str text)
{
    Status ignored = {0};
    Program *p = program_new(c, catalog, &ignored);
    Loader *l = p->loader;
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t n = strlen(base);
    if (n > 5 && strcmp(base + n - 5, ".moat") == 0)
        n -= 5;
    Module *m = module_new(l, intern(c->names, base, n), false);
    if (!module_parse(l, m, path, text))
        return NULL;
    vec_push(c->arena, &p->modules, m);
    p = finish_load(p);
    l->status = NULL;
    return p;
}
