// place.c - from an offset to a pointer, a line, or the end of a value.
//
// The text is read once more from its beginning, and only as far as needed: places are asked
// for when something is to be shown. It may be text that could not be read; then what stands
// before the mistake counts.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "json/scan.h"

typedef struct Step { // a bracket that is open at the place
    uint32_t name;    // offset of the name of the member at hand, or DATA_NOWHERE
    uint32_t index;   // of the element at hand
    bool is_object;
    bool expects_name;
} Step;

typedef struct Walk {
    Str text;
    size_t p;
    uint32_t depth;
    Step steps[LIMIT_JSON_NESTING];
} Walk;

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Behind the closing quote of the string whose opening quote is at p.
static size_t string_end(Str text, size_t p)
{
    for (p++; p < text.n && text.p[p] != '"'; p++)
        p += text.p[p] == '\\';
    return p < text.n ? p + 1 : text.n;
}

static size_t comment_end(Str text, size_t p)
{
    bool line = p + 1 < text.n && text.p[p + 1] == '/';
    for (p += line ? 2 : 3; p < text.n; p++) {
        if (line ? text.p[p] == '\n' : text.p[p] == '/' && text.p[p - 1] == '*')
            return p + 1;
    }
    return text.n;
}

// Behind the token at p: a string, a comment, a bracket or comma or colon, a word or number.
static size_t token_end(Str text, size_t p)
{
    char c = text.p[p];
    if (c == '"')
        return string_end(text, p);
    if (c == '/')
        return comment_end(text, p);
    if (strchr("{}[],:", c) || !c)
        return p + 1;
    while (p < text.n && text.p[p] && !is_space(text.p[p]) && !strchr("{}[],:\"/", text.p[p]))
        p++;
    return p;
}

uint32_t json_end(Str text, uint32_t at)
{
    size_t depth = 0;
    for (size_t p = at; p < text.n;) {
        if (is_space(text.p[p])) {
            p++;
            continue;
        }
        char c = text.p[p];
        p = token_end(text, p);
        depth += c == '{' || c == '[';
        if (depth && (c == '}' || c == ']'))
            depth--;
        if (depth == 0 && c != '/')
            return (uint32_t)p;
    }
    return (uint32_t)text.n;
}

void json_line_at(Str text, uint32_t at, uint32_t *line, uint32_t *column)
{
    size_t end = at < text.n ? at : text.n, begin = 0;
    *line = 1;
    while (begin < end) {
        const char *lf = memchr(text.p + begin, '\n', end - begin);
        if (!lf)
            break;
        begin = (size_t)(lf - text.p) + 1;
        ++*line;
    }
    *column = (uint32_t)(end - begin) + 1;
}

// --- pointers ------------------------------------------------------------------------------------

static void add_name(Buf *out, Str text, uint32_t at)
{
    size_t end = string_end(text, at), n = end - at - 1;
    const char *name = text.p + at + 1;
    n -= n && name[n - 1] == '"';
    Buf decoded = {0};
    buf_reserve(&decoded, n);
    if (memchr(name, '\\', n)) {
        decoded.n = json_scan_unescape(name, name + n, decoded.p);
    } else {
        buf_add(&decoded, name, n);
    }
    for (size_t i = 0; i < decoded.n; i++) {
        char c = decoded.p[i];
        if (c == '~' || c == '/')
            buf_str(out, c == '~' ? "~0" : "~1");
        else
            buf_char(out, c);
    }
    buf_free(&decoded);
}

static void add_steps(const Walk *w, Buf *out)
{
    for (uint32_t i = 0; i < w->depth; i++) {
        const Step *step = &w->steps[i];
        if (step->is_object && step->name == DATA_NOWHERE)
            return; // before its first name: the object itself
        buf_char(out, '/');
        if (step->is_object)
            add_name(out, w->text, step->name);
        else
            buf_int(out, step->index);
    }
}

// Takes notice of the token at p. False where a bracket is too deep.
static bool notice(Walk *w, size_t p)
{
    Step *step = w->depth ? &w->steps[w->depth - 1] : NULL;
    char c = w->text.p[p];
    if (c == '{' || c == '[') {
        if (w->depth == LIMIT_JSON_NESTING)
            return false;
        w->steps[w->depth++] = (Step){DATA_NOWHERE, 0, c == '{', c == '{'};
    } else if (c == ',' && step) {
        step->index++;
        step->expects_name = step->is_object;
    } else if (c == '"' && step && step->expects_name) {
        step->name = (uint32_t)p;
        step->expects_name = false;
    }
    return true;
}

void json_pointer_at(Str text, uint32_t at, Buf *out)
{
    Walk w; // large, and most of it is never touched
    w.text = text;
    w.depth = 0;
    for (w.p = 0; w.p < text.n && w.p <= at;) {
        char c = text.p[w.p];
        if (is_space(c)) {
            w.p++;
            continue;
        }
        size_t end = token_end(text, w.p);
        bool closes = (c == '}' || c == ']') && w.depth;
        w.depth -= closes;
        if (end > at && (c == '{' || c == '[' || closes))
            break; // the bracket is of the value it opens or closes
        if (!notice(&w, w.p))
            break;
        w.p = end;
    }
    add_steps(&w, out);
}
