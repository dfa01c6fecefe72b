// text.h - the text form of the catalogue: stdlib/catalog/*.txt and a project's own.
//
// A line is a record of tab-separated columns. One that starts with a word opens
// a block (`type`, `role` …); one that starts with a tab is an item of it. The
// form is in spec/catalog.md. What is read is checked: a line is UTF-8 without
// control characters, a name at most LIMIT_CATALOG_NAME bytes long. All texts
// returned are slices of the input.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_TEXT_H
#define MOAT_CATALOG_TEXT_H

#include "catalog/catalog.h"

#define TEXT_HEADER "moat-catalog 1"

enum { TEXT_COLUMNS = 8, TEXT_ALL_SCOPES = 31 };

typedef struct TextError { // `guilty` is what the message is about, or empty
    uint32_t line;
    const char *what;
    Str guilty;
} TextError;

typedef struct TextLine {
    Str whole;
    bool item;             // it starts with a tab
    Str col[TEXT_COLUMNS]; // of an item: from the first tab on; those not there are empty
    uint32_t number;
} TextLine;

typedef struct TextReader {
    const char *at, *end;
    uint32_t line;
} TextReader;

// Both are false on an error; text_next also at the end, with error->what NULL.
bool text_open(TextReader *r, Str data, TextError *ret_error);
bool text_next(TextReader *r, TextLine *ret_line, TextError *ret_error);

typedef struct TextType {
    Str name, stable, newest;
    CatalogPresence location, tags, identity, kind, sku;
    uint32_t readable, writable;
    bool gone;
} TextType;

typedef struct TextAlias {
    Str field;
    CatalogValueType type;
    Str path; // short form; empty for `=`
    uint32_t flags;
    bool enum_open;
    Str enum_values; // joined by `|`
    Str api;         // "" for the type's own, "-" where untyped
} TextAlias;

bool text_type(const TextLine *l, TextType *ret, TextError *ret_error);
bool text_alias(const TextLine *l, TextAlias *ret, TextError *ret_error);
// An alias line once text_alias has passed it: to be read again when it is looked up.
void text_alias_again(Str line, TextAlias *ret);
bool text_name(Str s);      // may it be a name, a field or a path?
bool text_type_name(Str s); // … with a `/`, but not at its ends?
bool text_date(Str s);      // 2026-08-22
Str text_parent(Str type);  // the type it is a child of; empty for a top-level one
// Takes the text up to the next `separator` off `rest`; false when nothing is left.
bool text_cut(Str *rest, char separator, Str *ret_part);

void text_put_type(Buf *b, const TextType *t);
void text_put_alias(Buf *b, const TextAlias *x);

const char *catalog_value_word(CatalogValueType type);
void catalog_flag_words(Buf *b, uint32_t flags); // separated by spaces
void catalog_scope_words(Buf *b, uint32_t scopes, const char *separator);

#endif
