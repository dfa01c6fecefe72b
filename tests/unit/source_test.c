// source_test.c - offsets become lines and columns as people and machines count.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/limits.h"
#include "source/source.h"
#include "source/stdlib.h"

#define WIDE "\xe4\xb8\x96"       // 世, two columns
#define ASTRAL "\xf0\x9f\x98\x80" // 😀, two columns, two units of UTF-16
#define COMBINING "e\xcc\x81"     // é of two code points

static void assert_place(const Sources *s, uint32_t offset, uint32_t line, uint32_t byte,
                         uint32_t column, uint32_t utf16)
{
    Position p = sources_position(s, offset);
    assert_int_equal(p.line, line);
    assert_int_equal(p.byte, byte);
    assert_int_equal(p.column, column);
    assert_int_equal(p.utf16, utf16);
}

static void lines_end_in_lf_or_crlf(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Sources *s = sources_new(a);
    Source *src = sources_add(s, "x", STR("ab\r\nc\n\nlast"));
    assert_place(s, 0, 1, 0, 1, 0);
    assert_place(s, 3, 1, 3, 4, 3); // the LF of CRLF
    assert_place(s, 4, 2, 0, 1, 0);
    assert_place(s, 6, 3, 0, 1, 0);
    assert_place(s, 7, 4, 0, 1, 0);
    assert_place(s, 11, 4, 4, 5, 4); // the end of the file
    assert_int_equal(src->line_count, 4);
    assert_true(str_equal(sources_line(s, src, 1), STR("ab")));
    assert_true(str_equal(sources_line(s, src, 2), STR("c")));
    assert_true(str_equal(sources_line(s, src, 3), STR("")));
    assert_true(str_equal(sources_line(s, src, 4), STR("last")));
    assert_int_equal(sources_line(s, src, 0).n, 0);
    assert_int_equal(sources_line(s, src, 5).n, 0);
    assert_null(sources_position(s, 12).source);
    assert_null(sources_position(s, UINT32_MAX).source);
    arena_free(a);
}

static void columns_count_characters(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Sources *s = sources_new(a);
    sources_add(s, "x", STR("\t" WIDE ASTRAL "\xff" COMBINING "!"));
    assert_place(s, 1, 1, 1, 2, 1);
    assert_place(s, 4, 1, 4, 3, 2);
    assert_place(s, 6, 1, 6, 3, 2); // inside the astral character
    assert_place(s, 8, 1, 8, 4, 4); // after it
    assert_place(s, 9, 1, 9, 5, 5); // after the ill-formed byte
    assert_place(s, 12, 1, 12, 7, 7);
    arena_free(a);
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Sources *s = sources_new(a);
    Source *src = sources_add(s, "x",
                              STR("\xef\xbb\xbf"
                                  "ab"));
    assert_int_equal(src->text.n, 2);
    assert_place(s, 1, 1, 1, 2, 1);
    arena_free(a);
}

static void spans_say_which_file(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Sources *s = sources_new(a);
    assert_null(sources_at(s, 0));
    Source *one = sources_add(s, "one", STR("abc")), *empty = sources_add(s, "empty", STR("")),
           *two = sources_add(s, "two", STR("defg"));
    assert_int_equal(sources_count(s), 3);
    assert_ptr_equal(sources_get(s, 2), two);
    assert_null(sources_get(s, 3));
    assert_ptr_equal(sources_at(s, 0), one);
    assert_ptr_equal(sources_at(s, 3), one);
    assert_ptr_equal(sources_at(s, 4), empty);
    assert_ptr_equal(sources_at(s, 5), two);
    assert_ptr_equal(sources_at(s, 9), two);
    assert_null(sources_at(s, 10));
    assert_true(str_equal(sources_text(s, (Span){5, 8}), STR("def")));
    assert_int_equal(sources_text(s, (Span){5, 50}).n, 0);
    assert_int_equal(sources_text(s, (Span){8, 5}).n, 0);
    assert_int_equal(sources_text(s, SPAN_NONE).n, 0);
    Span joined = span_join((Span){5, 6}, (Span){1, 2});
    assert_true(joined.start == 1 && joined.end == 6);
    arena_free(a);
}

static void texts_beyond_the_limit_are_refused(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Sources *s = sources_new(a);
    assert_null(sources_add(s, "x", (Str){"abc", LIMIT_SOURCES_TOTAL}));
    assert_non_null(sources_add(s, "x", (Str){"a", 1}));
    assert_null(sources_add(s, "x", (Str){"abc", LIMIT_SOURCES_TOTAL - 2}));
    arena_free(a);
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(text_width(STR("abc"), 0), 3);
    assert_int_equal(text_width(STR("\t"), 0), 4);
    assert_int_equal(text_width(STR("\t"), 3), 1);
    assert_int_equal(text_width(STR("a\tb\t"), 0), 8);
    assert_int_equal(text_width(STR(WIDE), 0), 2);
    assert_int_equal(text_width(STR(WIDE "\t"), 1), 3);
    assert_int_equal(text_width(STR(ASTRAL), 0), 2);
    assert_int_equal(text_width(STR(COMBINING), 0), 1);
    assert_int_equal(text_width(STR("\x1b\xff\x7f"), 0), 3); // each shown as U+FFFD
    assert_int_equal(text_width(STR("\xe2\x80\xae"), 0), 1); // right-to-left override
}

static void the_library_is_in_the_binary(void **state)
{
    (void)state;
    const char *path, *before = "";
    Str text, found;
    for (uint32_t i = 0; i < stdlib_count(); i++) {
        stdlib_at(i, &path, &text);
        assert_true(strcmp(before, path) < 0);
        assert_int_equal(text.p[text.n], '\0');
        assert_true(stdlib_source(path, &found));
        assert_ptr_equal(found.p, text.p);
        assert_null(strstr(path, "_test.moat"));
        before = path;
    }
    assert_false(stdlib_source("", &found));
    assert_false(stdlib_source("azure", &found));
    assert_false(stdlib_source("zzz.moat", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_lf_or_crlf),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(spans_say_which_file),
        cmocka_unit_test(texts_beyond_the_limit_are_refused),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(the_library_is_in_the_binary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
