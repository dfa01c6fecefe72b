// module.h - between the files that find modules and names.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_MODULE_H
#define MOAT_SEMA_MODULE_H

#include "diag/suggest.h"
#include "sema/sema.h"

typedef struct Import { // what a name brought in by `use` stands for
    Symbol *symbol;
    struct Use *use;
    Span span;            // the name in the `use`, or its path
    struct Import *other; // the same name from elsewhere: a mistake where it is used
    bool is_explicit;     // named in ( ) or by `as`: wins over names of whole modules
    bool used;
} Import;

typedef struct Use { // one `use` declaration
    const Decl *decl;
    Module *module;        // NULL: not found, or a folder
    VEC(Import *) imports; // those named in ( ) or by `as`
    bool used, broken;
} Use;

// modules.c: a module by its full path, loaded when first asked for; NULL where there is none.
Module *module_load(Program *p, const char *path, Span asked);
// Is there a folder of modules of that path, in the project or in the library?
bool module_is_folder(Program *p, const char *path);
bool module_is_outside(const Program *p, const char *path); // reported already
// A file of the project that is no module; false, and reported, where it cannot be read.
bool module_read_text(const Module *m, Text file, size_t limit, Str *ret);
// Offers every module that could be loaded as a near name.
void module_offer_paths(Program *p, Suggest *s);
const char *module_path_text(Arena *a, const ModulePath *path, uint32_t words);

// resolve.c
void resolve_symbols(Module *m); // own declarations
// Like module_lookup, but counts no use.
Symbol *module_peek(const Module *m, Name name);
// Like module_lookup; reports a name that two imports bring in.
Symbol *module_lookup_at(Module *m, Word word);
// Looking near names up is slow: false once it was done for many mistakes.
bool suggestion_is_due(Program *p);
// Could the name be one that a reported mistake (of syntax, of a `use`) left out?
bool module_name_unsure(const Module *m, Name name);
void module_offer(const Module *m, Suggest *s, uint32_t kinds); // SYMBOL_BIT of each wanted
const char *symbol_text(SymbolKind kind);                       // "a kind", "a parameter"

#define SYMBOL_BIT(kind) (1u << (kind))
#define SYMBOL_BIT_ALL UINT32_MAX
#define SYMBOL_BIT_VALUES                                                                          \
    (SYMBOL_BIT(SYMBOL_PARAM) | SYMBOL_BIT(SYMBOL_LET) | SYMBOL_BIT(SYMBOL_DEFINE))

// imports.c
void resolve_imports(Module *m); // once the symbols of all modules are there
void resolve_cycles(Program *p);

// kind_items.c: a kind and all it says.
void kind_check(Program *p, Symbol *kind, Arena *scratch);

#endif
