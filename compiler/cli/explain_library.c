// explain_library.c - kinds, groups and frameworks, as the library declares them.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

#include "base/limits.h"
#include "base/vec.h"
#include "source/stdlib.h"
#include "syntax/parse.h"

static void add_file(Explain *e, const char *path, Str text)
{
    size_t n = strlen(path);
    if (n < 5 || strcmp(path + n - 5, ".moat") != 0)
        return;
    if (n > 10 && strcmp(path + n - 10, "_test.moat") == 0)
        return;
    char *module = arena_copy(e->arena, path, n - 5);
    for (char *p = module; *p; p++) {
        if (*p == '/')
            *p = '.';
    }
    Source *source = sources_add(e->compilation->sources, path, text);
    if (source)
        vec_push(e->arena, &e->library,
                 ((LibraryFile){module, parse_file(e->compilation, source)}));
}

static bool add_folder(Explain *e, const char *root, const char *below, unsigned depth, Status *st)
{
    IoEntry *entries;
    size_t count;
    if (depth > LIMIT_DIRECTORY_DEPTH)
        return true;
    if (!io_list_folder(e->arena, arena_printf(e->arena, "%s/%s", root, below), &entries, &count,
                        st))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(e->arena, "%s%s", below, entries[i].name);
        const char *full = arena_printf(e->arena, "%s/%s", root, path);
        Str text;
        if (entries[i].name[0] == '.')
            continue;
        if (entries[i].is_folder) {
            if (!add_folder(e, root, arena_printf(e->arena, "%s/", path), depth + 1, st))
                return false;
        } else if (strstr(path, ".moat")) {
            if (!io_read_file(e->arena, full, LIMIT_SOURCE_BYTES, &text, st))
                return false;
            add_file(e, path, text);
        }
    }
    return true;
}

bool explain_load_library(Explain *e, Status *st)
{
    const char *folder = e->cli->values[OPTION_STDLIB];
    if (folder)
        return add_folder(e, folder, "", 0, st);
    for (uint32_t i = 0; i < stdlib_count(); i++) {
        const char *path;
        Str text;
        stdlib_at(i, &path, &text);
        add_file(e, path, text);
    }
    return true;
}

static bool is_named(const Decl *d, Str name)
{
    return d->name.name && str_equal(str_of(d->name.name), name);
}

const Decl *explain_find_kind(const Explain *e, Str name, const LibraryFile **ret_file)
{
    for (uint32_t i = 0; i < e->library.len; i++) {
        const File *file = e->library.items[i].file;
        for (uint32_t k = 0; k < file->decls.len; k++) {
            if (file->decls.items[k]->kind == DECL_KIND && is_named(file->decls.items[k], name)) {
                *ret_file = &e->library.items[i];
                return file->decls.items[k];
            }
        }
    }
    return NULL;
}

const char *explain_kind_type(const Explain *e, const Decl *kind)
{
    const LibraryFile *ignored;
    for (unsigned i = 0; kind && i < LIMIT_DEFINE_DEPTH; i++) {
        if (kind->kind_decl->resource_type.text)
            return kind->kind_decl->resource_type.text;
        if (!kind->kind_decl->parent.name)
            return NULL;
        kind = explain_find_kind(e, str_of(kind->kind_decl->parent.name), &ignored);
    }
    return NULL;
}

static Str source_text(const Explain *e, Span span)
{
    return sources_text(e->compilation->sources, span);
}

static void show_doc(Explain *e, const Decl *d, const char *word, const char *what)
{
    explain_title(e, word, what);
    if (!d->doc.n)
        return;
    buf_char(&e->out, '\n');
    text_fold(&e->out, e->stream, d->doc, 0, 0);
}

static void show_kind_facts(Explain *e, const char *type)
{
    CatalogType facts;
    if (!type || !catalog_type(e->catalog, e->arena, str_of(type), &facts))
        return;
    explain_row(
        e, "properties",
        arena_printf(e->arena, "%u, `moat catalog show %s` lists them", facts.alias_count, type));
    if (*facts.newest_api)
        explain_row(e, "api-version",
                    *facts.stable_api ? facts.stable_api
                                      : arena_printf(e->arena, "%s (preview)", facts.newest_api));
}

static void show_need(Explain *e, const LibraryFile *file)
{
    explain_row(e, "needs", arena_printf(e->arena, "`use %s`", file->module));
}

static void show_declaration(Explain *e, const LibraryFile *file, const Decl *d)
{
    show_need(e, file);
    buf_char(&e->out, '\n');
    explain_code_block(e, source_text(e, d->span));
}

static void show_kind(Explain *e, const LibraryFile *file, const Decl *d)
{
    const char *type = explain_kind_type(e, d);
    show_doc(e, d, d->name.name, "a kind of resource");
    buf_char(&e->out, '\n');
    if (type)
        explain_row(e, "type", type);
    show_kind_facts(e, type);
    show_declaration(e, file, d);
}

static void show_framework(Explain *e, const LibraryFile *file, const Decl *d)
{
    const FrameworkDecl *f = d->framework;
    show_doc(e, d, d->name.name, arena_printf(e->arena, "a framework: %s", d->title.text));
    buf_char(&e->out, '\n');
    show_need(e, file);
    buf_char(&e->out, '\n');
    for (uint32_t i = 0; i < f->controls.len; i++)
        explain_row(e, f->controls.items[i].id.text, f->controls.items[i].title.text);
}

void explain_library(Explain *e)
{
    for (uint32_t i = 0; i < e->library.len; i++) {
        const LibraryFile *f = &e->library.items[i];
        for (uint32_t k = 0; k < f->file->decls.len; k++) {
            const Decl *d = f->file->decls.items[k];
            if (!is_named(d, e->word))
                continue;
            if (d->kind == DECL_KIND) {
                show_kind(e, f, d);
            } else if (d->kind == DECL_FRAMEWORK) {
                show_framework(e, f, d);
            } else {
                show_doc(e, d, d->name.name, "declared in the library");
                buf_char(&e->out, '\n');
                show_declaration(e, f, d);
            }
        }
    }
}

void explain_offer_library(const Explain *e, Suggest *s)
{
    for (uint32_t i = 0; i < e->library.len; i++) {
        const File *file = e->library.items[i].file;
        for (uint32_t k = 0; k < file->decls.len; k++) {
            if (file->decls.items[k]->name.name)
                suggest_offer(s, str_of(file->decls.items[k]->name.name));
        }
    }
}
