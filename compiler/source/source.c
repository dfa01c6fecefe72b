// source.c - which file, line and column an offset is.
//
// SPDX-License-Identifier: MIT
#include "source/source.h"

#include "base/limits.h"
#include "base/vec.h"

#include <utf8proc.h>

enum { TAB_WIDTH = 4 };

struct Sources {
    Arena *arena;
    VEC(Source *) files;
    uint32_t next; // offset of the next file's first byte
};

Sources *sources_new(Arena *a)
{
    Sources *s = ARENA_NEW(a, Sources);
    s->arena = a;
    return s;
}

Source *sources_add(Sources *s, const char *path, Str text)
{
    if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
        text = (Str){text.p + 3, text.n - 3};
    if (text.n >= LIMIT_SOURCES_TOTAL - s->next)
        return NULL;
    Source *src = ARENA_NEW(s->arena, Source);
    src->path = path;
    src->text = text;
    src->base = s->next;
    s->next += (uint32_t)text.n + 1;
    vec_push(s->arena, &s->files, src);
    return src;
}

Source *sources_at(const Sources *s, uint32_t offset)
{
    if (offset >= s->next)
        return NULL;
    uint32_t low = 0, high = s->files.len; // the last file that begins at or before offset
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->files.items[middle]->base <= offset)
            low = middle;
        else
            high = middle;
    }
    return s->files.items[low];
}

Source *sources_get(const Sources *s, uint32_t index)
{
    return index < s->files.len ? s->files.items[index] : NULL;
}

uint32_t sources_count(const Sources *s)
{
    return s->files.len;
}

static void lines_find(const Sources *s, Source *src)
{
    if (src->lines)
        return;
    VEC(uint32_t) lines = {0};
    vec_push(s->arena, &lines, 0);
    for (uint32_t i = 0; i < src->text.n; i++) {
        if (src->text.p[i] == '\n')
            vec_push(s->arena, &lines, i + 1);
    }
    src->lines = lines.items;
    src->line_count = lines.len;
}

void sources_find_lines(const Sources *s)
{
    for (uint32_t i = 0; i < s->files.len; i++)
        lines_find(s, s->files.items[i]);
}

// One character of a text: its bytes, its code point (U+FFFD where ill-formed).
static size_t character(Str text, size_t at, utf8proc_int32_t *ret_point)
{
    size_t n = utf8_sequence(text.p + at, text.n - at);
    *ret_point = 0xfffd;
    if (n)
        utf8proc_iterate((const utf8proc_uint8_t *)text.p + at, (utf8proc_ssize_t)n, ret_point);
    return n ? n : 1;
}

Position sources_position(const Sources *s, uint32_t offset)
{
    Source *src = sources_at(s, offset);
    if (!src)
        return (Position){0};
    lines_find(s, src);
    uint32_t at = offset - src->base, low = 0, high = src->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (src->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    Position p = {src, low + 1, at - src->lines[low], 1, 0};
    Str line = {src->text.p + src->lines[low], src->text.n - src->lines[low]};
    size_t plain = 0; // ASCII, as most of every line
    while (plain < p.byte && (unsigned char)line.p[plain] < 0x80)
        plain++;
    p.column += (uint32_t)plain;
    p.utf16 += (uint32_t)plain;
    for (size_t i = plain; i < p.byte;) {
        utf8proc_int32_t point;
        i += character(line, i, &point);
        if (i > p.byte)
            break; // inside a character counts as its start
        p.column++;
        p.utf16 += point > 0xffff ? 2 : 1;
    }
    return p;
}

Str sources_line(const Sources *s, Source *src, uint32_t line)
{
    lines_find(s, src);
    if (line == 0 || line > src->line_count)
        return (Str){"", 0};
    uint32_t start = src->lines[line - 1];
    size_t end = line < src->line_count ? src->lines[line] - 1 : src->text.n;
    if (line < src->line_count && end > start && src->text.p[end - 1] == '\r')
        end--;
    return (Str){src->text.p + start, end - start};
}

Str sources_text(const Sources *s, Span span)
{
    const Source *src = sources_at(s, span.start);
    if (!src || span.end < span.start || span.end - src->base > src->text.n)
        return (Str){"", 0};
    return (Str){src->text.p + (span.start - src->base), span.end - span.start};
}

static bool is_control(utf8proc_int32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || // C0, C1
           (point >= 0x202a && point <= 0x202e) ||            // they reorder the text around them
           (point >= 0x2066 && point <= 0x2069);
}

uint32_t text_cell(Str text, size_t at, uint32_t column, TextCell *ret)
{
    utf8proc_int32_t point;
    ret->bytes = (uint32_t)character(text, at, &point);
    ret->shown = (Str){text.p + at, ret->bytes};
    if (point == '\t') {
        ret->shown = (Str){"    ", TAB_WIDTH - column % TAB_WIDTH};
        return (uint32_t)ret->shown.n;
    }
    if (point == 0xfffd || is_control(point)) {
        ret->shown = str_of("\xef\xbf\xbd");
        return 1;
    }
    return (uint32_t)utf8proc_charwidth(point);
}

uint32_t text_width(Str text, uint32_t column)
{
    uint32_t width = 0;
    TextCell cell;
    for (size_t i = 0; i < text.n; i += cell.bytes)
        width += text_cell(text, i, column + width, &cell);
    return width;
}
