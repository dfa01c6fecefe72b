// json_out.c - JSON for people: lays out while it writes.
//
// Every container is first written over several lines. When it is closed its
// width on one line is known, and if that is wanted and fits, the line breaks
// are taken out again; a container that fits is short, so this costs little.
//
// SPDX-License-Identifier: MIT
#include "policy/json_out.h"

#include "base/bug.h"

enum { WIDTH = 100, INDENT = 2, SPARE_LEVELS = 16 };

void json_start(Json *j, Buf *out, JsonStyle style)
{
    j->out = out;
    j->style = style;
    j->depth = 0;
    j->line_start = out->n;
}

void json_finish(Json *j)
{
    if (j->depth)
        BUG("JSON ends inside a bracket");
    if (j->style == JSON_PRETTY)
        buf_char(j->out, '\n');
}

static void new_line(Json *j)
{
    if (j->style != JSON_PRETTY)
        return;
    buf_char(j->out, '\n');
    j->line_start = j->out->n;
    buf_fill(j->out, ' ', (size_t)j->depth * INDENT);
}

// What comes before the next member or element.
static void begin_child(Json *j, JsonLevel *level)
{
    if (level->count++)
        buf_add(j->out, ", ", j->style == JSON_ONE_LINE ? 2 : 1);
    else if (j->style == JSON_ONE_LINE && level->is_object)
        buf_char(j->out, ' ');
    new_line(j);
}

static void begin_value(Json *j)
{
    if (j->depth && !j->levels[j->depth - 1].is_object)
        begin_child(j, &j->levels[j->depth - 1]);
}

static void open_bracket(Json *j, char bracket, bool row)
{
    begin_value(j);
    if (j->depth == DEPTH_JSON)
        BUG("JSON is too deep");
    bool is_object = bracket == '{';
    if (j->depth && is_object)
        j->levels[j->depth - 1].has_object = true;
    j->levels[j->depth++] = (JsonLevel){
        .start = j->out->n,
        .column = j->out->n - j->line_start,
        .is_object = is_object,
        .row = row,
        .one_line = true,
    };
    buf_char(j->out, bracket);
}

void json_open_object(Json *j)
{
    open_bracket(j, '{', false);
}

void json_open_row(Json *j)
{
    open_bracket(j, '{', true);
}

void json_open_array(Json *j)
{
    open_bracket(j, '[', false);
}

static void begin_member(Json *j, const char *key)
{
    JsonLevel *level = &j->levels[j->depth - 1];
    begin_child(j, level);
    level->key = key;
}

void json_key(Json *j, const char *key)
{
    begin_member(j, key);
    buf_char(j->out, '"');
    buf_str(j->out, key);
    buf_add(j->out, "\": ", j->style == JSON_COMPACT ? 2 : 3);
}

void json_text_key(Json *j, const char *key)
{
    begin_member(j, key);
    buf_json_string(j->out, str_of(key));
    buf_add(j->out, ": ", j->style == JSON_COMPACT ? 1 : 2);
}

// --- one line or several ---------------------------------------------------------------------

static bool wants_one_line(const JsonLevel *level)
{
    return level->one_line &&
           (level->row || (!level->has_object && (level->count == 1 || !level->is_object)));
}

// Room for a comma after it is kept.
static bool fits_one_line(const Json *j, const JsonLevel *level)
{
    size_t breaks = level->count * (1 + (size_t)j->depth * INDENT);
    size_t spaces = level->count - 1 + (level->is_object ? 2 : 0);
    return level->column + (j->out->n - level->start) - breaks + spaces + 2 <= WIDTH;
}

// A raw line feed is always layout: those in texts are escaped.
static void join_lines(Json *j, const JsonLevel *level)
{
    char *p = j->out->p, *to = p + level->start + 1;
    const char *from = to, *end = p + j->out->n;
    while (from < end) {
        const char *line = memchr(from, '\n', (size_t)(end - from));
        size_t n = (size_t)((line ? line : end) - from);
        memmove(to, from, n);
        to += n;
        from = line ? line + 1 + (size_t)j->depth * INDENT : end;
        if (line && (level->is_object || to[-1] == ','))
            *to++ = ' ';
    }
    j->out->n = (size_t)(to - p);
    j->line_start = level->start - level->column;
    if (level->is_object)
        buf_char(j->out, ' ');
}

static void close_pretty(Json *j, JsonLevel *level)
{
    if (level->count == 0)
        return;
    if (wants_one_line(level) && fits_one_line(j, level)) {
        join_lines(j, level);
        return;
    }
    level->one_line = false;
    j->depth--;
    new_line(j);
    j->depth++;
}

void json_close(Json *j)
{
    JsonLevel *level = &j->levels[j->depth - 1];
    if (j->style == JSON_PRETTY)
        close_pretty(j, level);
    else if (j->style == JSON_ONE_LINE && level->is_object && level->count)
        buf_char(j->out, ' ');
    buf_char(j->out, level->is_object ? '}' : ']');
    j->depth--;
    if (j->depth && !level->one_line)
        j->levels[j->depth - 1].one_line = false;
}

// --- scalars ---------------------------------------------------------------------------------

void json_string(Json *j, Str s)
{
    begin_value(j);
    buf_json_string(j->out, s);
}

void json_bracketed(Json *j, unsigned brackets, Str s)
{
    begin_value(j);
    size_t at = j->out->n;
    buf_fill(j->out, '[', brackets);
    buf_json_string(j->out, s);
    j->out->p[at + brackets] = '[';
    j->out->p[at] = '"'; // the opening quote belongs before them
}

void json_int(Json *j, int64_t n)
{
    begin_value(j);
    buf_int(j->out, n);
}

void json_literal(Json *j, const char *text)
{
    begin_value(j);
    buf_str(j->out, text);
}

// --- where we are ----------------------------------------------------------------------------

bool json_is_deep(const Json *j)
{
    return j->depth > DEPTH_JSON - SPARE_LEVELS;
}

static void pointer_add_key(Buf *b, const char *key)
{
    for (const char *s = key; *s; s++) {
        if (*s == '~')
            buf_add(b, "~0", 2);
        else if (*s == '/')
            buf_add(b, "~1", 2);
        else
            buf_char(b, *s);
    }
}

void json_pointer(const Json *j, Buf *out)
{
    for (uint32_t i = 0; i < j->depth; i++) {
        const JsonLevel *level = &j->levels[i];
        buf_char(out, '/');
        if (level->is_object)
            pointer_add_key(out, level->key);
        else
            buf_int(out, level->count - (i + 1 < j->depth)); // the last one is yet to begin
    }
}
