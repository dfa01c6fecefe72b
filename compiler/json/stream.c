// stream.c - cuts a file of any size into the texts of its values.
//
// The window holds the value at hand and what was read behind it. Where a value ends is found by
// its brackets and quotes alone: whether it is right is for the reader to say. In NDJSON that is
// not even needed once a line was seen to hold one value: the line is the value.
//
// SPDX-License-Identifier: MIT
#include "json/stream.h"

#include "base/limits.h"
#include "json/input.h"
#include "json/plain.h"
#include "json/scan.h"

#include <stdlib.h>

enum {
    FIRST_WINDOW = 256 << 10,
    LOOK_AHEAD = 64 << 10, // for the array in an object
};

typedef enum Place {
    BETWEEN_VALUES,
    FIRST_ELEMENT, // behind the `[`
    BETWEEN_ELEMENTS,
    ENDED,
} Place;

struct JsonStream {
    Input *input;
    Status status;
    Buf window;
    size_t begin;   // of the value at hand, in the window
    size_t next;    // behind it
    size_t counted; // lines up to here are in `line`
    uint64_t line;
    bool drained; // the input has no more
    bool started; // the first bytes were looked at
    bool wrapped; // the array is a member of an object
    bool lines;   // the value before ended with its line
    Place place;
};

JsonStream *json_stream_open(const char *path, Status *st)
{
    Input *input = input_open(path, st);
    if (!input)
        return NULL;
    JsonStream *s = calloc(1, sizeof *s);
    if (!s)
        out_of_memory();
    s->input = input;
    s->line = 1;
    return s;
}

void json_stream_close(JsonStream *s)
{
    if (!s)
        return;
    input_close(s->input);
    buf_free(&s->window);
    free(s);
}

uint64_t json_stream_line(const JsonStream *s)
{
    return s->line;
}

uint64_t json_stream_offset(const JsonStream *s)
{
    return input_offset(s->input);
}

uint64_t json_stream_size(const JsonStream *s)
{
    return input_size(s->input);
}

const Status *json_stream_status(const JsonStream *s)
{
    return &s->status;
}

// --- the window ----------------------------------------------------------------------------------

static void count_lines(JsonStream *s, size_t to)
{
    const char *p = s->window.p;
    while (s->counted < to) {
        const char *lf = memchr(p + s->counted, '\n', to - s->counted);
        s->line += lf != NULL;
        s->counted = lf ? (size_t)(lf - p) + 1 : to;
    }
}

// Reads more behind what there is, which begins at `begin` from then on. False where there is no
// more, or where the value at hand is too large.
static bool fill(JsonStream *s)
{
    if (s->drained || s->window.n - s->begin > LIMIT_STREAM_VALUE)
        return false;
    Buf *w = &s->window;
    if (s->begin) {
        count_lines(s, s->begin);
        memmove(w->p, w->p + s->begin, w->n - s->begin);
        w->n -= s->begin;
        s->next -= s->begin;
        s->counted = s->begin = 0;
    }
    if (w->n >= w->cap / 2)
        buf_reserve(w, w->n < FIRST_WINDOW ? FIRST_WINDOW : w->n);
    size_t room = w->cap - w->n - 1, n = input_read(s->input, w->p + w->n, room, &s->status);
    w->n += n;
    s->drained = n < room;
    return n;
}

// The byte at an offset of the window; -1 behind the end of the file.
static inline int byte_at(JsonStream *s, size_t *p)
{
    if (*p < s->window.n)
        return (unsigned char)s->window.p[*p];
    size_t ahead = *p - s->begin;
    if (!fill(s))
        return -1;
    *p = s->begin + ahead;
    return (unsigned char)s->window.p[*p];
}

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Passes over white space: what is before it is given up. The byte behind it, -1 at the end.
static int skip_space(JsonStream *s)
{
    for (;;) {
        int c = byte_at(s, &s->next);
        if (!is_space(c))
            return c;
        s->begin = ++s->next;
    }
}

// --- where a value ends --------------------------------------------------------------------------

// Behind the quote that closes the string whose text begins at p, or at the line feed before it
// where it is not closed; NULL where the window ends first.
static const char *string_end(const char *p, const char *end, bool *ret_closed)
{
    for (;;) {
        p = plain_end(p, end);
        if (p == end)
            return NULL;
        *ret_closed = *p == '"';
        if (*p == '\n' || *p == '"')
            return p + *ret_closed;
        if (*p == '\\' && end - p < 2)
            return NULL;
        p += *p == '\\' && p[1] != '\n' ? 2 : 1;
    }
}

// Does the line behind the line feed begin another value, though brackets are open? It does where
// no value can stand, and where every value so far was a line.
static bool begins_anew(JsonStream *s, size_t ahead)
{
    if (s->place != BETWEEN_VALUES)
        return false;
    size_t p = s->begin + ahead + 1;
    if (byte_at(s, &p) != '{')
        return false;
    const char *before = s->window.p + s->begin + ahead;
    while (is_space(*before))
        before--; // to the bracket at `begin` at most
    return s->lines || !strchr("{[,:", *before);
}

// Behind the bracket that closes the one at `begin`; at the end of the line or file where the
// value is broken.
static void take_brackets(JsonStream *s)
{
    size_t ahead = 0, depth = 0; // from begin, which moves
    for (;;) {
        size_t p = s->begin + ahead;
        const char *w = s->window.p, *q = w + p + 1;
        bool closed = true;
        if (p < s->window.n && w[p] == '"')
            q = string_end(q, w + s->window.n, &closed);
        if (p == s->window.n || !q) { // once more from this token, with more to see
            if (fill(s))
                continue;
            s->next = s->window.n;
            return;
        }
        char c = w[p];
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        ahead = (size_t)(q - w) - s->begin;
        if (depth == 0 || !closed) {
            s->next = s->begin + ahead;
            return;
        }
        if (c == '\n' && begins_anew(s, ahead - 1)) {
            s->next = s->begin + ahead - 1;
            return;
        }
    }
}

// The line at `begin` where it is one value. False where that cannot be seen: the last byte and
// the first of the next line do not belong to two values.
static bool take_line(JsonStream *s)
{
    const char *lf;
    while (!(lf = memchr(s->window.p + s->begin, '\n', s->window.n - s->begin))) {
        if (!fill(s))
            break;
    }
    size_t ahead = (lf ? (size_t)(lf - s->window.p) : s->window.n) - s->begin;
    size_t behind = s->begin + ahead + (lf != NULL);
    int c = byte_at(s, &behind);
    if (c != '{' && c != -1)
        return false;
    const char *value = s->window.p + s->begin;
    while (is_space(value[ahead - 1]))
        ahead--;
    if (value[ahead - 1] != '}')
        return false;
    s->next = s->begin + ahead;
    return true;
}

// A number, a word or what stands there instead.
static void take_word(JsonStream *s, bool whole_line)
{
    int c;
    s->next = s->begin;
    while ((c = byte_at(s, &s->next)) >= 0 && c != '\n') {
        if (!whole_line && (is_space(c) || (c && strchr(",[]{}:\"", c))))
            return;
        s->next++;
    }
}

static void take_string(JsonStream *s)
{
    const char *end;
    bool closed;
    while (!(end = string_end(s->window.p + s->begin + 1, s->window.p + s->window.n, &closed))) {
        if (!fill(s)) {
            s->next = s->window.n;
            return;
        }
    }
    s->next = (size_t)(end - s->window.p);
}

static void take_value(JsonStream *s)
{
    char c = s->window.p[s->begin];
    if (c == '{' || c == '[')
        take_brackets(s);
    else if (c == '"')
        take_string(s);
    else
        take_word(s, s->place == BETWEEN_VALUES && (!c || !strchr("-0123456789tfn", c)));
}

// A value that is not in an array.
static void take_separate(JsonStream *s)
{
    if (s->lines && s->window.p[s->begin] == '{' && take_line(s))
        return;
    take_value(s);
    size_t behind = s->next;
    int c = byte_at(s, &behind);
    while (c == ' ' || c == '\t' || c == '\r') {
        behind++;
        c = byte_at(s, &behind);
    }
    s->lines = (c == '\n' || c == -1) && !memchr(s->window.p + s->begin, '\n', s->next - s->begin);
}

// --- arrays --------------------------------------------------------------------------------------

static JsonStep fail(JsonStream *s, JsonError *error, const char *message)
{
    *error = (JsonError){message, 0, DATA_NOWHERE};
    s->place = ENDED;
    return JSON_STEP_ERROR;
}

static JsonStep expected(JsonStream *s, Arena *a, JsonError *error, const char *what)
{
    const char *p = s->window.p + s->next;
    Scan scan = {p, s->window.p + s->window.n, p, a, JSON_STRICT, error};
    return fail(s, error,
                arena_printf(a, "expected %s, found %s", what, json_scan_found(&scan, p)));
}

// Behind the string at *p; false where there is none.
static bool pass_string(JsonStream *s, size_t *p)
{
    if (byte_at(s, p) != '"')
        return false;
    int c;
    for (++*p; (c = byte_at(s, p)) >= 0 && c != '"' && c != '\n'; ++*p) {
        if (c == '\\')
            ++*p;
    }
    ++*p;
    return c == '"';
}

static int pass_space(JsonStream *s, size_t *p)
{
    int c;
    while (is_space(c = byte_at(s, p)))
        ++*p;
    return c;
}

static bool is_one_of(Str name, const char *const *list)
{
    for (; *list; list++) {
        if (str_equal(name, str_of(*list)))
            return true;
    }
    return false;
}

// Is the object at `begin` an answer of a service, whose `value` or `data` is an array? Only
// scalars stand before that, and none of what a resource begins with. Then goes behind its `[`.
static bool find_array(JsonStream *s)
{
    static const char *const arrays[] = {"\"value\"", "\"data\"", NULL};
    static const char *const others[] = {"\"id\"", "\"name\"", "\"type\"", "\"kind\"", NULL};
    size_t p = s->begin + 1;
    while (p - s->begin < LOOK_AHEAD) {
        pass_space(s, &p);
        size_t name = p - s->begin;
        if (!pass_string(s, &p))
            return false;
        Str text = {s->window.p + s->begin + name, p - s->begin - name};
        bool is_array = is_one_of(text, arrays);
        if (is_one_of(text, others) || pass_space(s, &p) != ':')
            return false;
        p++;
        int c = pass_space(s, &p);
        if (is_array && c == '[') {
            s->begin = s->next = p + 1;
            return true;
        }
        if (c == '{' || c == '[' || (c == '"' && !pass_string(s, &p)))
            return false;
        while (c != '"' && (c = byte_at(s, &p)) >= 0 && !is_space(c) && !strchr(",}", c))
            p++;
        if (pass_space(s, &p) != ',')
            return false;
        p++;
    }
    return false;
}

static int skip_byte(JsonStream *s)
{
    s->begin = ++s->next;
    return skip_space(s);
}

static bool too_large(const JsonStream *s)
{
    return s->next - s->begin > LIMIT_STREAM_VALUE;
}

// Passes over what stands behind the array of an object, up to its `}`.
static JsonStep leave_object(JsonStream *s, Arena *a, JsonError *error)
{
    int c;
    while ((c = skip_space(s)) == ',') {
        if (skip_byte(s) != '"')
            return expected(s, a, error, "a name in double quotes");
        take_string(s);
        if (skip_space(s) != ':')
            return expected(s, a, error, "`:` after a name");
        skip_byte(s);
        if (s->next == s->window.n)
            break;
        s->begin = s->next;
        take_value(s);
        if (too_large(s))
            break;
    }
    if (c != '}')
        return expected(s, a, error, "`,` or `}`");
    s->begin = ++s->next;
    return JSON_STEP_END;
}

// The element that comes next; at the end of the array, END.
static JsonStep next_element(JsonStream *s, Arena *a, JsonError *error)
{
    int c = skip_space(s);
    if (c == ',' && s->place == BETWEEN_ELEMENTS) {
        if (skip_byte(s) == ']')
            return fail(s, error, "a comma before `]`");
    } else if (c == ']') {
        s->begin = ++s->next;
        JsonStep step = s->wrapped ? leave_object(s, a, error) : JSON_STEP_END;
        if (step == JSON_STEP_END)
            s->place = BETWEEN_VALUES;
        return step;
    } else if (s->place == BETWEEN_ELEMENTS) {
        return expected(s, a, error, "`,` or `]`");
    }
    if (s->next < s->window.n)
        take_value(s);
    if (s->next == s->begin)
        return expected(s, a, error, "a value");
    s->place = BETWEEN_ELEMENTS;
    return JSON_STEP_VALUE;
}

// --- values --------------------------------------------------------------------------------------

// What the file begins with: a mark of the byte order is passed over.
static bool start(JsonStream *s)
{
    s->started = true;
    fill(s);
    const char *p = s->window.p;
    if (s->window.n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
        s->next = 3;
    return s->window.n < 2 || (memcmp(p, "\xff\xfe", 2) != 0 && memcmp(p, "\xfe\xff", 2) != 0);
}

static JsonStep next_value(JsonStream *s, Arena *a, JsonError *error)
{
    if (!s->started && !start(s))
        return fail(s, error, "the text is UTF-16; JSON is UTF-8");
    while (s->place != ENDED) {
        s->begin = s->next;
        if (s->place == BETWEEN_VALUES) {
            int c = skip_space(s);
            if (c == -1)
                break;
            s->wrapped = c == '{' && !s->lines && find_array(s);
            if (c != '[' && !s->wrapped) {
                take_separate(s);
                return JSON_STEP_VALUE;
            }
            s->next += c == '[';
            s->begin = s->next;
            s->place = FIRST_ELEMENT;
            s->lines = false;
        }
        JsonStep step = next_element(s, a, error);
        if (step != JSON_STEP_END)
            return step;
    }
    return JSON_STEP_END;
}

JsonStep json_stream_next(JsonStream *s, Arena *a, Str *ret, JsonError *error)
{
    JsonStep step = next_value(s, a, error);
    if (step == JSON_STEP_VALUE && too_large(s)) {
        step =
            fail(s, error, arena_printf(a, "a value has at most %u MiB", LIMIT_STREAM_VALUE >> 20));
    } else if (s->status.code != STATUS_OK && s->next == s->window.n) {
        step = JSON_STEP_WORLD;
        s->place = ENDED;
    }
    if (s->window.n)
        count_lines(s, s->begin);
    *ret = (Str){s->window.p + s->begin, s->next - s->begin};
    return step;
}
