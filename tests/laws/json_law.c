// json_law.c - what is printed is read again as it was, whatever the data.
//
//     read(print(d)) = d        read(print_pretty(d)) = d
//
// Called with a file of documents, each behind its length on a line, it prints for each what
// was read, or "!" and what is wrong: json_law.py holds that against Python.
//
// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/io.h"
#include "base/vec.h"
#include "json/read.h"

enum { TREES = 20000, DEEPEST = 6, MOST_CHILDREN = 6, LARGEST_FILE = 64 << 20 };

typedef struct Maker {
    Arena *arena;
    uint64_t random;
} Maker;

static uint32_t below(Maker *m, uint32_t n)
{
    m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((m->random >> 33) % n);
}

static uint64_t bits(Maker *m)
{
    return (uint64_t)below(m, 1u << 22) << 42 | (uint64_t)below(m, 1u << 21) << 21 |
           below(m, 1u << 21);
}

// --- trees ---------------------------------------------------------------------------------------

static Str make_text(Maker *m)
{
    static const char *const pieces[] = {"a",
                                         "resource",
                                         "\"",
                                         "\\",
                                         "\n",
                                         "\t",
                                         "/",
                                         "\x7f",
                                         "\x01",
                                         "~",
                                         "\xc3\xa4",
                                         "\xe2\x82\xac",
                                         "\xf0\x9f\x98\x80",
                                         "Microsoft.Storage/storageAccounts"};
    Buf out = {0};
    for (uint32_t n = below(m, 5); n; n--)
        buf_str(&out, pieces[below(m, sizeof pieces / sizeof pieces[0])]);
    if (below(m, 10) == 0)
        buf_char(&out, '\0');
    Str text = {arena_copy(m->arena, out.p ? out.p : "", out.n), out.n};
    buf_free(&out);
    return text;
}

static double make_number(Maker *m)
{
    double d;
    uint64_t any = bits(m);
    memcpy(&d, &any, sizeof d);
    if (below(m, 2) || !isfinite(d)) { // few digits, as people write them
        d = (double)below(m, 20000) - 10000;
        for (uint32_t n = below(m, 25); n; n--)
            d /= 10;
    }
    return d;
}

static Data make_tree(Maker *m, uint32_t depth);

static Data make_array(Maker *m, uint32_t depth)
{
    Data d = {.kind = DATA_ARRAY, .count = below(m, MOST_CHILDREN), .at = DATA_NOWHERE};
    Data *items = ARENA_ARRAY(m->arena, Data, d.count);
    for (uint32_t i = 0; i < d.count; i++)
        items[i] = make_tree(m, depth + 1);
    d.items = items;
    return d;
}

static Data make_object(Maker *m, uint32_t depth)
{
    Data d = {.kind = DATA_OBJECT, .at = DATA_NOWHERE};
    uint32_t most = below(m, 20) ? MOST_CHILDREN : 60;
    DataMember *members = ARENA_ARRAY(m->arena, DataMember, most);
    d.members = members;
    for (uint32_t n = below(m, most); n; n--) {
        Str name = make_text(m);
        if (!data_get(&d, name))
            members[d.count++] = (DataMember){name, DATA_NOWHERE, make_tree(m, depth + 1)};
    }
    return d;
}

static Data make_tree(Maker *m, uint32_t depth)
{
    switch (below(m, depth < DEEPEST ? 9 : 5)) {
    case 0:
        return below(m, 2) ? data_null() : data_bool(below(m, 2));
    case 1:
        return data_int(below(m, 2) ? (int64_t)bits(m) : (int64_t)below(m, 200) - 100);
    case 2:
        return data_float(make_number(m));
    case 3:
    case 4:
        return data_string(make_text(m));
    case 5:
    case 6:
        return make_array(m, depth);
    default:
        return make_object(m, depth);
    }
}

// --- the law -------------------------------------------------------------------------------------

static bool holds(Maker *m, const Data *d, void (*print)(Buf *, const Data *))
{
    Buf out = {0};
    print(&out, d);
    Data again;
    JsonError e;
    bool read = json_read(m->arena, (Str){out.p, out.n}, JSON_STRICT, &again, &e);
    bool good = read && data_equal(d, &again) && data_equal(&again, d);
    if (!good)
        printf("%s: %.*s\n", read ? "reads back as something else" : e.message, (int)out.n, out.p);
    buf_free(&out);
    return good;
}

static int check_trees(Arena *a)
{
    Maker m = {a, 1};
    for (uint32_t i = 0; i < TREES; i++) {
        arena_reset(a);
        Data d = make_tree(&m, 0);
        if (!holds(&m, &d, data_print) || !holds(&m, &d, data_print_pretty))
            return 1;
    }
    return 0;
}

// --- for Python ----------------------------------------------------------------------------------

static void answer(Arena *a, Str text)
{
    Data d;
    JsonError e;
    if (!json_read(a, text, JSON_STRICT, &d, &e)) {
        printf("!%u %s\n", e.at, e.message);
        return;
    }
    Buf out = {0};
    data_print(&out, &d);
    printf("%s\n", out.p);
    buf_free(&out);
}

static int answer_all(Arena *a, const char *path)
{
    Status st;
    Str file;
    if (!io_read_file(a, path, LARGEST_FILE, &file, &st)) {
        fprintf(stderr, "%s\n", st.message);
        return 3;
    }
    for (const char *p = file.p, *end = file.p + file.n; p < end;) {
        char *line;
        size_t n = strtoul(p, &line, 10);
        if (*line != '\n' || n > (size_t)(end - line) - 1)
            BUG("not a file of documents");
        answer(a, (Str){line + 1, n});
        p = line + 1 + n;
    }
    return 0;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    int code = argc == 2 ? answer_all(a, argv[1]) : check_trees(a);
    arena_free(a);
    return code;
}
