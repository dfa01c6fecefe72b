// source.h - source texts and places in them.
//
// All texts of a compilation share one 32-bit line of offsets: each file begins
// where the one before ended (plus one), so a Span says which file it is in.
// Offsets are bytes, half open. Lines and columns count from 1; columns are
// computed for people in characters' display width, for machines in bytes,
// code points or UTF-16 units.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SOURCE_SOURCE_H
#define MOAT_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Span {
    uint32_t start, end;
} Span;

#define SPAN_NONE ((Span){UINT32_MAX, UINT32_MAX}) // a diagnostic about no place in a file

typedef struct Source {
    const char *path; // as shown to people; "<stdlib>/azure/ai.moat" for what is built in
    Str text;         // with a NUL after its end; a leading byte order mark is left out
    uint32_t base;    // offset of its first byte
    uint32_t *lines;  // offsets in text of the line starts; made when first asked for
    uint32_t line_count;
    bool library; // built in: warnings and notes about it are not for its users
} Source;

typedef struct Sources Sources;

Sources *sources_new(Arena *a);
// The text must live as long as the arena and have a NUL after its end.
// NULL when the texts together exceed LIMIT_SOURCES_TOTAL.
Source *sources_add(Sources *s, const char *path, Str text);
Source *sources_at(const Sources *s, uint32_t offset); // NULL for offsets in no file
Source *sources_get(const Sources *s, uint32_t index); // 0 .. sources_count - 1
uint32_t sources_count(const Sources *s);

typedef struct Position {
    Source *source;
    uint32_t line;   // from 1
    uint32_t byte;   // from 0, within the line
    uint32_t column; // from 1, in code points
    uint32_t utf16;  // from 0
} Position;
Position sources_position(const Sources *s, uint32_t offset);
void sources_find_lines(const Sources *s); // of all: then several threads may ask for positions
Str sources_line(const Sources *s, Source *src, uint32_t line); // without its line end
Str sources_text(const Sources *s, Span span);

// One character of a text as a terminal may show it: a tab is spaces up to the
// next multiple of 4, what is ill-formed, a control or reorders text is U+FFFD.
typedef struct TextCell {
    uint32_t bytes; // it takes in the text, at least 1
    Str shown;
} TextCell;
uint32_t text_cell(Str text, size_t at, uint32_t column, TextCell *ret); // its display width
uint32_t text_width(Str text, uint32_t column); // of a text that begins at display column 0, 1 …

static inline Span span_join(Span a, Span b)
{
    return (Span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}

#endif
