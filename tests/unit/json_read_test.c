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
        {BYTES("92233720368547758080"), "9.223372036854776e+19"}, // 5 times 2^64
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

static Data read_good(const char *text, JsonFlags flags)
{
    Data d;
    JsonError e;
    if (!json_read(arena, str_of(text), flags, &d, &e))
        fail_msg("%s: %s", text, e.message);
    return d;
}

static JsonError read_bad(Str text, JsonFlags flags)
{
    Data d;
    JsonError e;
    if (json_read(arena, text, flags, &d, &e))
        fail_msg("not refused: %.*s", (int)text.n, text.p);
    return e;
}

static void names_that_occur_twice_are_refused(void **state)
{
    (void)state;
    JsonError e = read_bad(STR("{\"a\":1,\"b\":{\"a\":2},\"a\":3}"), JSON_STRICT);
    assert_string_equal(e.message, "the name `a` occurs twice");
    assert_int_equal(e.other, 1);
    assert_int_equal(e.at, 19);
    e = read_bad(STR("{\"ab\":1,\"\\u0061b\":2}"), JSON_STRICT); // the same, written otherwise
    assert_string_equal(e.message, "the name `ab` occurs twice");
    read_good("{\"owner\":1,\"Owner\":2}", JSON_STRICT);
    e = read_bad(STR("{\"owner\":1,\"Owner\":2}"), JSON_NOCASE_KEYS);
    assert_string_equal(e.message, "the names `owner` and `Owner` differ only in case");
    assert_int_equal(e.other, 1);
    assert_int_equal(e.at, 11);
    read_good("{\"\xc3\xa4\":1,\"\xc3\x84\":2}", JSON_NOCASE_KEYS); // ASCII only
}

// More names than are compared one by one, and all alike at both ends.
static void names_are_found_twice_among_many(void **state)
{
    (void)state;
    for (uint32_t count = 1; count <= 4096; count *= 2) {
        Buf text = {0};
        for (uint32_t i = 0; i < count; i++)
            buf_printf(&text, "%s\"resource-%05u-resource\":%u", i ? "," : "{", i, i);
        buf_str(&text, "}");
        Data d = read_good(text.p, JSON_NOCASE_KEYS);
        assert_int_equal(d.count, count);
        const Data *last =
            data_get(&d, str_of(arena_printf(arena, "resource-%05u-resource", count - 1)));
        assert_non_null(last);
        assert_int_equal(last->integer, count - 1);
        text.n--;
        uint32_t second = (uint32_t)text.n + 1;
        buf_printf(&text, ",\"Resource-%05u-resource\":0,\"z\":1,\"z\":2}", count / 2);
        JsonError e = read_bad((Str){text.p, text.n}, JSON_NOCASE_KEYS);
        if (count < 4096)
            assert_int_equal(e.at, second); // the first of two that are wrong
        buf_free(&text);
    }
}

static void comments_where_they_are_asked_for(void **state)
{
    (void)state;
    Data d =
        read_good("// a\n{ /* b * / */ \"a\" /**/ : /***/ [1, // c\n2,\n], } // d", JSON_COMMENTS);
    Buf out = {0};
    data_print(&out, &d);
    assert_string_equal(out.p, "{\"a\":[1,2]}");
    buf_free(&out);
    assert_string_equal(read_bad(STR("/* a"), JSON_COMMENTS).message, "a comment is not closed");
    assert_string_equal(read_bad(STR("/a"), JSON_COMMENTS).message, "expected a value, found `/`");
    assert_string_equal(read_bad(STR("[1,,]"), JSON_COMMENTS).message,
                        "expected a value, found `,`");
    assert_string_equal(read_bad(STR("[,]"), JSON_COMMENTS).message, "expected a value, found `,`");
    assert_string_equal(read_bad(STR("// a"), JSON_COMMENTS).message,
                        "expected a value; the text is empty");
}

static void limits_are_said(void **state)
{
    (void)state;
    Buf text = {0};
    buf_fill(&text, '[', LIMIT_JSON_NESTING);
    buf_fill(&text, ']', LIMIT_JSON_NESTING);
    Data d = read_good(text.p, JSON_STRICT), other = read_good(text.p, JSON_STRICT);
    assert_true(data_equal(&d, &other));
    buf_reset(&text);
    buf_fill(&text, '[', 1 << 20);
    JsonError e = read_bad((Str){text.p, text.n}, JSON_STRICT);
    assert_string_equal(e.message, "values are nested more than 2000 deep");
    assert_int_equal(e.at, LIMIT_JSON_NESTING);
    buf_reset(&text);
    buf_str(&text, "[0");
    for (uint32_t i = 0; i < LIMIT_JSON_VALUES; i++)
        buf_add(&text, ",0", 2);
    e = read_bad((Str){text.p, text.n}, JSON_STRICT);
    assert_string_equal(e.message, "a document has at most 8000000 values");
    buf_free(&text);
    e = read_bad((Str){"[]", (size_t)LIMIT_JSON_BYTES + 1}, JSON_STRICT); // its length alone
    assert_string_equal(e.message, "a document has at most 256 MiB");
}

static void values_one_after_the_other(void **state)
{
    (void)state;
    Str text = STR(" {\"a\":1} [2]3\n\"x\" null \n");
    static const uint32_t behind[] = {9, 12, 14, 18, 24};
    uint32_t at = 0;
    bool more;
    Data d;
    JsonError e;
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        assert_true(json_read_next(arena, text, &at, JSON_STRICT, &d, &more, &e));
        assert_true(more);
        assert_int_equal(at, behind[i]);
    }
    assert_true(json_read_next(arena, text, &at, JSON_STRICT, &d, &more, &e));
    assert_false(more);
    assert_int_equal(at, text.n);
}

static void places_are_found_from_offsets(void **state)
{
    (void)state;
    Str text = STR("{ \"a~/\\u00e4\": [ 10, {\"b\": \"]}\"} ],\n  \"c\": {} } ");
    static const struct {
        const char *at; // the text from there on begins so
        const char *pointer;
        uint32_t line, column;
        const char *end; // the text behind the value begins so
    } cases[] = {
        {"{ \"a", "", 1, 1, " "},
        {"\"a~", "/a~0~1\xc3\xa4", 1, 3, ": [ 10"},
        {"[ 10", "/a~0~1\xc3\xa4", 1, 16, ",\n"},
        {"10", "/a~0~1\xc3\xa4/0", 1, 18, ", {"},
        {"{\"b", "/a~0~1\xc3\xa4/1", 1, 22, " ],"},
        {"\"b\"", "/a~0~1\xc3\xa4/1/b", 1, 23, ": \"]"},
        {"\"]}", "/a~0~1\xc3\xa4/1/b", 1, 28, "} ]"},
        {"} ],", "/a~0~1\xc3\xa4/1", 1, 32, NULL},
        {"],\n", "/a~0~1\xc3\xa4", 1, 34, NULL},
        {"\"c\"", "/c", 2, 3, ": {}"},
        {"{} }", "/c", 2, 8, " } "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t at = (uint32_t)(strstr(text.p, cases[i].at) - text.p), line, column;
        Buf pointer = {0};
        buf_reserve(&pointer, 0);
        pointer.p[0] = '\0';
        json_pointer_at(text, at, &pointer);
        assert_string_equal(pointer.p, cases[i].pointer);
        buf_free(&pointer);
        json_line_at(text, at, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
        if (cases[i].end)
            assert_int_equal(
                strncmp(text.p + json_end(text, at), cases[i].end, strlen(cases[i].end)), 0);
    }
    Buf pointer = {0}; // of a mistake, in what can be read before it
    json_pointer_at(STR("{\"a\": [1, {\"b\\q\": tru"), 19, &pointer);
    assert_string_equal(pointer.p, "/a/1/b\\q");
    buf_free(&pointer);
}

static void values_compare_as_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool equal;
    } cases[] = {
        {"1", "1.0", true},
        {"-0.0", "0", true},
        {"9007199254740993", "9007199254740992.0", false}, // one double, two integers
        {"9223372036854775807", "9223372036854775808", false},
        {"-9223372036854775808", "-9223372036854775808.0", true},
        {"0.5", "0", false},
        {"1", "true", false},
        {"null", "false", false},
        {"\"a\"", "\"\\u0061\"", true},
        {"\"a\"", "\"A\"", false},
        {"[1,2]", "[1.0,2]", true},
        {"[1,2]", "[2,1]", false},
        {"[1]", "[1,1]", false},
        {"{\"a\":1,\"b\":{\"c\":2,\"d\":3}}", "{\"b\":{\"d\":3,\"c\":2},\"a\":1}", true},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false},
        {"{\"a\":1}", "{\"A\":1}", false},
        {"{}", "[]", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Data a = read_good(cases[i].a, JSON_STRICT), b = read_good(cases[i].b, JSON_STRICT);
        if (data_equal(&a, &b) != cases[i].equal)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
        assert_int_equal(data_equal(&b, &a), cases[i].equal);
    }
    Data missing = data_missing(), null = data_null();
    assert_false(data_equal(&missing, &null));
}

static void members_are_found_by_name(void **state)
{
    (void)state;
    Data d = read_good("{\"Owner\":1,\"owner\":2,\"\":3}", JSON_STRICT);
    assert_int_equal(data_get(&d, STR("owner"))->integer, 2);
    assert_int_equal(data_get(&d, (Str){NULL, 0})->integer, 3);
    assert_null(data_get(&d, STR("OWNER")));
    assert_int_equal(data_get_nocase(&d, STR("OWNER"))->integer, 1);
    assert_int_equal(data_get_nocase(&d, STR("owner"))->integer, 2); // as written, before others
    assert_null(data_get_nocase(&d, STR("own")));
}

static void data_is_printed_for_people(void **state)
{
    (void)state;
    Data d = read_good("{\"a\":[1,\"x\",[true,null]],\"b\":{\"c\":[]},\"d\":[{\"e\":1.5}],\"f\":{},"
                       "\"long\":[\"/subscriptions/00000000-0000-0000-0000-000000000000\","
                       "\"/subscriptions/11111111-1111-1111-1111-111111111111\"]}",
                       JSON_STRICT);
    Buf out = {0};
    data_print_pretty(&out, &d);
    assert_string_equal(out.p, "{\n"
                               "  \"a\": [1, \"x\", [true, null]],\n"
                               "  \"b\": { \"c\": [] },\n"
                               "  \"d\": [\n"
                               "    { \"e\": 1.5 }\n"
                               "  ],\n"
                               "  \"f\": {},\n"
                               "  \"long\": [\n"
                               "    \"/subscriptions/00000000-0000-0000-0000-000000000000\",\n"
                               "    \"/subscriptions/11111111-1111-1111-1111-111111111111\"\n"
                               "  ]\n"
                               "}\n");
    buf_reset(&out);
    Data computed[] = {data_float(0.1 + 0.2), data_float(1e300 * 1e300), data_string(STR("\xff")),
                       data_bool(true), data_int(INT64_MIN)};
    Data all = {.kind = DATA_ARRAY, .count = 5, .at = DATA_NOWHERE, .items = computed};
    data_print(&out, &all);
    assert_string_equal(out.p,
                        "[0.30000000000000004,null,\"\xef\xbf\xbd\",true,-9223372036854775808]");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_documents_are_read_and_printed),
        cmocka_unit_test(mistakes_are_said_and_where),
        cmocka_unit_test(names_that_occur_twice_are_refused),
        cmocka_unit_test(names_are_found_twice_among_many),
        cmocka_unit_test(comments_where_they_are_asked_for),
        cmocka_unit_test(limits_are_said),
        cmocka_unit_test(values_one_after_the_other),
        cmocka_unit_test(places_are_found_from_offsets),
        cmocka_unit_test(values_compare_as_they_are),
        cmocka_unit_test(members_are_found_by_name),
        cmocka_unit_test(data_is_printed_for_people),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
