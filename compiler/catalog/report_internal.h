// report_internal.h - what finding and showing share.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_REPORT_INTERNAL_H
#define MOAT_CATALOG_REPORT_INTERNAL_H

#include "catalog/internal.h"
#include "catalog/report.h"
#include "policy/json_out.h"

enum { REPORT_WIDTH = 80 };

typedef struct Report {
    const Catalog *catalog;
    Arena *arena; // of this report
    ReportStyle style;
    uint32_t width;
    Buf *out;
    Json *json; // NULL for text
} Report;

// Text with spaces up to `column`, or alone on its line where it does not leave one before it.
void report_cell(Report *r, size_t indent, size_t column, const char *text);
// What follows `used` columns of a line: at `column`, or two spaces on if it fits there, or on
// the next line at `column`.
void report_tail(Report *r, size_t used, size_t column, const char *text);
// As much of a list as fits in `room` columns, joined by ` | `; `…` stands for the rest.
void report_list(Buf *out, size_t room, const char *const *items, uint32_t count);
size_t report_columns(const char *text);

void report_json_text(Report *r, const char *key, const char *value);
void report_json_text_if(Report *r, const char *key, const char *value); // nothing for ""
void report_json_bool(Report *r, const char *key, bool value);
void report_json_list(Report *r, const char *key, const char *const *items, uint32_t count);
void report_json_words(Report *r, const char *key, const Buf *words); // parted by spaces
void report_json_alias(Report *r, const CatalogAlias *x);             // members of an open object

#endif
