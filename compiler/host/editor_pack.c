// editor_pack.c - fills the words of the language into the syntax file of an editor.
//
//     editor_pack TEMPLATE FILE
//
// `SORT` in the template becomes the words of that sort with the template's idea of
// "or" between them: \| in a file that uses \%(, else |.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>

enum { LIMIT_TEMPLATE = 1 << 20 };

typedef enum Sort {
    SORT_DECLARATION, // begins a declaration
    SORT_ITEM,        // begins an item of a block
    SORT_INSIDE,      // continues an item
    SORT_STATEMENT,   // reserved
    SORT_OPERATOR,    // reserved, in expressions
    SORT_CONSTANT,
    SORT_TYPE,
    SORT_UNIT,
    SORT_COUNT,
} Sort;

static const char *const SORTS[SORT_COUNT] = {"DECLARATION", "ITEM",     "INSIDE", "STATEMENT",
                                              "OPERATOR",    "CONSTANT", "TYPE",   "UNIT"};

static const struct {
    const char *text, *places;
    bool reserved;
} WORDS[] = {
#define RESERVED(text, token, places) {text, #places, true},
#define SOFT(text, token, places) {text, #places, false},
#define UNIT(text, unit) {text, "UNIT", true},
#define TYPE(text) {text, "TYPE", false},
#include "keywords.def"
};

enum { WORD_COUNT = sizeof WORDS / sizeof WORDS[0] };

static _Noreturn void stop(const char *message)
{
    fprintf(stderr, "editor_pack: %s\n", message);
    exit(1);
}

static bool has(size_t i, const char *place)
{
    return strstr(WORDS[i].places, place) != NULL;
}

static bool is_of(size_t i, Sort sort)
{
    bool word = !has(i, "UNIT") && !has(i, "TYPE"), reserved = WORDS[i].reserved;
    switch (sort) {
    case SORT_DECLARATION:
        return has(i, "PLACE_FILE");
    case SORT_ITEM: // some words of declarations begin items, too
        return word && !reserved && strcmp(WORDS[i].places, "PLACE_FILE") != 0 &&
               !has(i, "PLACE_INSIDE");
    case SORT_INSIDE: // `remedy set`, `protect initiative`: items may stand behind one another
        return word && !reserved && strcmp(WORDS[i].places, "PLACE_FILE") != 0;
    case SORT_STATEMENT:
        return word && reserved && !has(i, "PLACE_OPERATOR") && !has(i, "PLACE_VALUE");
    case SORT_OPERATOR:
        return has(i, "PLACE_OPERATOR");
    case SORT_CONSTANT:
        return has(i, "PLACE_VALUE");
    case SORT_TYPE:
        return has(i, "TYPE");
    case SORT_UNIT:
        return has(i, "UNIT");
    case SORT_COUNT:
        break;
    }
    return false;
}

static void add_words(Buf *out, Str name, const char *between)
{
    Sort sort = 0;
    while (sort < SORT_COUNT && !str_equal(name, str_of(SORTS[sort])))
        sort++;
    if (sort == SORT_COUNT)
        stop("the template asks for words of an unknown sort");
    bool first = true;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (!is_of(i, sort))
            continue;
        buf_str(out, first ? "" : between);
        buf_str(out, WORDS[i].text);
        first = false;
    }
}

static void fill(Buf *out, Str text)
{
    const char *between = strstr(text.p, "\\%(") ? "\\|" : "|";
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '`') {
            buf_char(out, text.p[i]);
            continue;
        }
        const char *end = memchr(text.p + i + 1, '`', text.n - i - 1);
        if (!end)
            stop("a ` is not closed");
        add_words(out, (Str){text.p + i + 1, (size_t)(end - text.p) - i - 1}, between);
        i = (size_t)(end - text.p);
    }
}

int main(int argc, char **argv)
{
    Status st;
    Str text;
    Buf out = {0};
    if (argc != 3)
        stop("usage: editor_pack TEMPLATE FILE");
    Arena *arena = arena_new();
    if (!io_read_file(arena, argv[1], LIMIT_TEMPLATE, &text, &st))
        stop(st.message);
    fill(&out, text);
    if (!io_write_file(argv[2], (Str){out.p, out.n}, &st))
        stop(st.message);
    buf_free(&out);
    arena_free(arena);
    return 0;
}
