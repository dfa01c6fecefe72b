// json_read_test.c - documents that are JSON, documents that are not, and what is said of them.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/limits.h"
#include "json/read.h"

#define BYTES(s)                                                                                   \
    {                                                                                              \
        (s), sizeof(s) - 1                                                                         \
    }

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// A copy without anything behind it, so that reading past the end is seen.
static Str exact(Str text)
{
    char *p = malloc(text.n ? text.n : 1);
    assert_non_null(p);
    memcpy(p, text.p, text.n);
    return (Str){p, text.n};
}

static void good_documents_are_read_and_printed(void **state)
{
    (void)state;
    static const struct {
        Str text;
        const char *printed;
    } cases[] = {
        {BYTES("null"), "null"},
        {BYTES(" true "), "true"},
        {BYTES("\xef\xbb\xbf false\r\n"), "false"},
        {BYTES("0"), "0"},
        {BYTES("-0"), "0"},
        {BYTES("-0.0"), "-0.0"},
        {BYTES("9223372036854775807"), "9223372036854775807"},
        {BYTES("-9223372036854775808"), "-9223372036854775808"},
        {BYTES("9223372036854775808"), "9.223372036854776e+18"},
        {BYTES("-9223372036854775809"), "-9.223372036854776e+18"},
        {BYTES("1.0"), "1.0"},
        {BYTES("1e2"), "100.0"},
        {BYTES("0.1"), "0.1"},
        {BYTES("1e15"), "1000000000000000.0"},
        {BYTES("1e16"), "1e+16"},
        {BYTES("12e-5"), "0.00012"},
        {BYTES("1.5E-7"), "1.5e-7"},
        {BYTES("1e308"), "1e+308"},
        {BYTES("5e-324"), "5e-324"},
        {BYTES("1e-999"), "0.0"},
        {BYTES("0.30000000000000004"), "0.30000000000000004"},
        {BYTES("123456789012345678901234567890"), "1.2345678901234568e+29"},
        {BYTES("\"\""), "\"\""},
        {BYTES("\"a\\u0000b\""), "\"a\\u0000b\""},
        {BYTES("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\""},
        {BYTES("\"\\u00e4\\u20AC\\ud83d\\ude00\""), "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\""},
        {BYTES("\"long enough for sixteen bytes \xc3\xa4 and more of it \x7f\""),
         "\"long enough for sixteen bytes \xc3\xa4 and more of it \x7f\""},
        {BYTES("[]"), "[]"},
        {BYTES("[ ]"), "[]"},
        {BYTES("{ }"), "{}"},
        {BYTES("[1,[2,[]],{}]"), "[1,[2,[]],{}]"},
        {BYTES("{\"a\" : 1 , \"A\":2,\"\":{\"a\":[null]}}"),
         "{\"a\":1,\"A\":2,\"\":{\"a\":[null]}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str text = exact(cases[i].text);
        Data d;
        JsonError e;
        if (!json_read(arena, text, JSON_STRICT, &d, &e))
            fail_msg("%s: %s", cases[i].printed, e.message);
        Buf out = {0};
        data_print(&out, &d);
        assert_string_equal(out.p, cases[i].printed);
        buf_free(&out);
        free((void *)text.p);
    }
}

static void mistakes_are_said_and_where(void **state)
{
    (void)state;
    static const struct {
        Str text;
        uint32_t at;
        const char *message;
    } cases[] = {
        {BYTES(""), 0, "expected a value; the text is empty"},
        {BYTES(" \n"), 2, "expected a value; the text is empty"},
        {BYTES("\x00\xff"), 0, "expected a value, found the byte 0x00"},
        {BYTES("\xff\xfe{\0}\0"), 0, "the text is UTF-16; JSON is UTF-8"},
        {BYTES("{\0}\0"), 0, "the text is UTF-16; JSON is UTF-8"},
        {BYTES("1\0"), 1, "expected the end of the text, found the byte 0x00"},
        {BYTES("1 2"), 2, "expected the end of the text, found `2`"},
        {BYTES("[1"), 0, "`[` is not closed before the text ends"},
        {BYTES("[{\"a\":"), 1, "`{` is not closed before the text ends"},
        {BYTES("{\"a\""), 4, "expected `:` after a name, found the end of the text"},
        {BYTES("{\"a\":1 \"b\":2}"), 7, "expected `,` or `}`, found `\"`"},
        {BYTES("[1 2]"), 3, "expected `,` or `]`, found `2`"},
        {BYTES("[1}"), 2, "expected `,` or `]`, found `}`"},
        {BYTES("[1,]"), 2, "a comma before `]`"},
        {BYTES("{\"a\":1,}"), 6, "a comma before `}`"},
        {BYTES("[,1]"), 1, "expected a value, found `,`"},
        {BYTES("{\"a\":}"), 5, "expected a value, found `}`"},
        {BYTES("{a:1}"), 1, "expected a name in double quotes, found `a`"},
        {BYTES("{'a':1}"), 1, "a name stands in double quotes, not in single ones"},
        {BYTES("['a']"), 1, "text stands in double quotes, not in single ones"},
        {BYTES("{\"a\"=1}"), 4, "expected `:` after a name, found `=`"},
        {BYTES("{1:2}"), 1, "expected a name in double quotes, found `1`"},
        {BYTES("// x\n1"), 0, "comments are not allowed here"},
        {BYTES("True"), 0, "`True` is written `true` in JSON"},
        {BYTES("None"), 0, "`None` is written `null` in JSON"},
        {BYTES("NaN"), 0, "JSON has no number `NaN`"},
        {BYTES("-Infinity"), 0, "JSON has no number `-Infinity`"},
        {BYTES("truex"), 0, "expected a value, found `truex`"},
        {BYTES("tru"), 0, "expected a value, found `tru`"},
        {BYTES("-"), 0, "expected a value, found `-`"},
        {BYTES("+1"), 0, "a number does not begin with `+`"},
        {BYTES(".5"), 0, "a number begins with a digit, not with `.`"},
        {BYTES("01"), 0, "a number does not begin with `0`"},
        {BYTES("-01"), 0, "a number does not begin with `0`"},
        {BYTES("1."), 2, "expected a digit after `.`, found the end of the text"},
        {BYTES("1e+"), 3, "expected the digits of an exponent, found the end of the text"},
        {BYTES("0x10"), 1, "expected the end of a number, found `x10`"},
        {BYTES("1.2.3"), 3, "expected the end of a number, found `.3`"},
        {BYTES("[1e999]"), 1, "number out of range"},
        {BYTES("\"abc"), 0, "a string is not closed"},
        {BYTES("\"abc\\"), 0, "a string is not closed"},
        {BYTES("[\"a\nb\"]"), 1,
         "a string is not closed on its line; a line break in it is written `\\n`"},
        {BYTES("\"a\tb\""), 2, "a tab in a string is written `\\t`"},
        {BYTES("\"a\0b\""), 2,
         "a string holds the control character 0x00; it is written `\\u0000`"},
        {BYTES("\"\\x\""), 1,
         "a backslash is followed by one of `\"\\/bfnrtu`, not by `x`; one that means itself is "
         "written `\\\\`"},
        {BYTES("\"\\u12g4\""), 1, "`\\u` is followed by four hexadecimal digits"},
        {BYTES("\"\\ud800\""), 1, "`\\ud800` is the first half of a pair; the second is missing"},
        {BYTES("\"\\ud800\\u0041\""), 1,
         "`\\ud800` is the first half of a pair; the second is missing"},
        {BYTES("\"\\uDC00\""), 1, "`\\uDC00` is the second half of a pair; the first is missing"},
        {BYTES("\"a\xff\""), 2, "the text is not UTF-8 here: the byte 0xff"},
        {BYTES("\"\xed\xa0\x80\""), 1, "the text is not UTF-8 here: the byte 0xed"},
        {BYTES("\xc3\xa4"), 0, "expected a value, found `\xc3\xa4`"},
        {BYTES("`"), 0, "expected a value, found a backtick"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Str text = exact(cases[i].text);
        Data d;
        JsonError e;
        if (json_read(arena, text, JSON_STRICT, &d, &e))
            fail_msg("not refused: %s", cases[i].message);
        assert_string_equal(e.message, cases[i].message);
        assert_int_equal(e.at, cases[i].at);
        assert_int_equal(e.other, DATA_NOWHERE);
        free((void *)text.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_documents_are_read_and_printed),
        cmocka_unit_test(mistakes_are_said_and_where),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
