// explain.h - between the files of `moat explain`.
//
// Each looks a word up in one place; what several places know is shown one
// after the other.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_EXPLAIN_H
#define MOAT_CLI_EXPLAIN_H

#include "catalog/catalog.h"
#include "cli/cli.h"
#include "diag/suggest.h"
#include "syntax/ast.h"

typedef struct LibraryFile {
    const char *module; // azure.ai
    const File *file;
} LibraryFile;

typedef struct Explain {
    Cli *cli;
    const Stream *stream;
    Arena *arena;
    Buf out;
    const Catalog *catalog;
    Compilation *compilation;
    VEC(LibraryFile) library;
    Str word;       // that is asked for
    uint32_t found; // places that knew it
} Explain;

// Each prints what it knows and counts it in `found`.
void explain_code(Explain *e);
void explain_glossary(Explain *e);
void explain_function(Explain *e);
void explain_library(Explain *e);  // kinds, groups, frameworks
void explain_property(Explain *e); // kind.property, alias, or a property of some kinds
void explain_type(Explain *e);     // a resource type

// Each offers the names it knows to "did you mean".
void explain_offer_glossary(Suggest *s);
void explain_offer_functions(Suggest *s);
void explain_offer_library(const Explain *e, Suggest *s);
void explain_offer_properties(Explain *e, Suggest *s); // of the kind before a dot, or of all

// Begins an answer: an empty line after the one before, then "word - what it is".
void explain_title(Explain *e, const char *word, const char *what);
// A row "  label      value", the value folded.
void explain_row(Explain *e, const char *label, const char *value);
void explain_code_block(Explain *e, Str text); // indented
// Loads the library's sources; false when the world failed.
bool explain_load_library(Explain *e, Status *st);
// The resource type of a kind of the library, through its parents; NULL where it has none.
const char *explain_kind_type(const Explain *e, const Decl *kind);
const Decl *explain_find_kind(const Explain *e, Str name, const LibraryFile **ret_file);

#endif
