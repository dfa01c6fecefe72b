// report.h - what `moat catalog` says: searching the catalogue and showing a part of it.
//
// Text is for people: aligned, within the width where names allow it. JSON is the
// same facts whole, for other programs.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_REPORT_H
#define MOAT_CATALOG_REPORT_H

#include "catalog/catalog.h"

typedef struct ReportStyle {
    bool json;
    bool all;       // every match; else the best of each sort, and how many more
    uint32_t width; // columns; at least 80 are taken
} ReportStyle;

// Types, aliases, built-ins by title, roles, regions and modes that have all words of `text` in
// their names, the best match first. False (and an empty list in JSON) if there is none.
bool catalog_report_find(const Catalog *c, Str text, ReportStyle style, Buf *out);

// One thing by its name: a type, an alias, the id of a built-in, a role or its id, a region, a
// data-plane mode. False, and nothing written, if there is none.
bool catalog_report_show(const Catalog *c, Str name, ReportStyle style, Buf *out);

#endif
