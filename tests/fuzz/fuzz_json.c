// fuzz_json.c - any bytes as JSON, strictly and as leniently as there is.
//
// What is read is the same after it was printed and read again; the pointer to each of its places
// is the one that leads there, and each value ends where it does. A mistake is somewhere in the
// text.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Walk {
    Arena *arena;
    Str text;
    JsonFlags flags;
    Buf path; // the pointer to the value at hand
} Walk;

static void add_name(Buf *path, Str name)
{
    buf_char(path, '/');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '~' || name.p[i] == '/')
            buf_str(path, name.p[i] == '~' ? "~0" : "~1");
        else
            buf_char(path, name.p[i]);
    }
}

static void check_pointer(const Walk *w, uint32_t at)
{
    Buf found = {0};
    json_pointer_at(w->text, at, &found);
    if (!str_equal((Str){found.p, found.n}, (Str){w->path.p, w->path.n}))
        BUG("a pointer leads elsewhere");
    buf_free(&found);
}

// As deep as the reader allows.
static void check_places(Walk *w, const Data *d)
{
    check_pointer(w, d->at);
    uint32_t end = json_end(w->text, d->at);
    Data again;
    JsonError e;
    if (!json_read(w->arena, (Str){w->text.p + d->at, end - d->at}, w->flags, &again, &e) ||
        !data_equal(d, &again))
        BUG("a value ends elsewhere");
    size_t n = w->path.n;
    for (uint32_t i = 0; (d->kind == DATA_ARRAY || d->kind == DATA_OBJECT) && i < d->count; i++) {
        w->path.n = n;
        if (d->kind == DATA_OBJECT) {
            add_name(&w->path, d->members[i].name);
            check_pointer(w, d->members[i].at);
            check_places(w, &d->members[i].value);
        } else {
            buf_printf(&w->path, "/%u", i);
            check_places(w, &d->items[i]);
        }
    }
    w->path.n = n;
}

static void check_print(Arena *a, const Data *d, void (*print)(Buf *, const Data *))
{
    Buf out = {0};
    print(&out, d);
    Data again;
    JsonError e;
    if (!json_read(a, (Str){out.p, out.n}, JSON_STRICT, &again, &e) || !data_equal(d, &again))
        BUG("what is printed is not what was read");
    buf_free(&out);
}

static void check_error(Str text, const JsonError *e)
{
    if (!*e->message || e->at > text.n || (e->other != DATA_NOWHERE && e->other >= e->at))
        BUG("a mistake is nowhere");
    Buf pointer = {0};
    json_pointer_at(text, e->at, &pointer);
    uint32_t line, column;
    json_line_at(text, e->at, &line, &column);
    if (line > text.n + 1 || column > text.n + 1)
        BUG("a line is not in the text");
    buf_free(&pointer);
}

static void check(Str text, JsonFlags flags)
{
    Walk w = {arena_new(), text, flags, {0}};
    buf_char(&w.path, '\0');
    buf_reset(&w.path);
    Data d;
    JsonError e;
    if (!json_read(w.arena, text, flags, &d, &e)) {
        check_error(text, &e);
    } else {
        check_print(w.arena, &d, data_print);
        check_print(w.arena, &d, data_print_pretty);
        check_places(&w, &d);
    }
    buf_free(&w.path);
    arena_free(w.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LARGEST = 64 << 10 }; // places are looked for one by one
    if (size > LARGEST)
        return 0;
    check((Str){(const char *)data, size}, JSON_STRICT);
    check((Str){(const char *)data, size}, JSON_COMMENTS | JSON_NOCASE_KEYS);
    return 0;
}
