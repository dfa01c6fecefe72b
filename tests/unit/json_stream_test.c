// json_stream_test.c - files of values: the shapes they have, packed, broken, cut short.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/limits.h"
#include "json/stream.h"

#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#define FILE_NAME "json_stream_test.tmp"
#define BYTES(s) ((Str){(s), sizeof(s) - 1})

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    char folder[] = "/tmp/moat-unit-XXXXXX";
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char folder[4096];
    unlink(FILE_NAME);
    assert_non_null(getcwd(folder, sizeof folder));
    rmdir(folder);
    arena_free(arena);
    return 0;
}

static void write_file(Str text)
{
    Status st;
    assert_true(io_write_file(FILE_NAME, text, &st));
}

static Str packed(Str text)
{
    z_stream z = {0};
    size_t room = text.n + text.n / 100 + 100;
    char *to = arena_alloc(arena, room);
    assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)text.p;
    z.avail_in = (unsigned)text.n;
    z.next_out = (unsigned char *)to;
    z.avail_out = (unsigned)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (Str){to, room - z.avail_out};
}

// Each step of the file on a line: the line it is on and the value, or what went wrong.
static const char *steps(void)
{
    Status st;
    JsonStream *s = json_stream_open(FILE_NAME, &st);
    if (!s)
        return arena_printf(arena, "%s", st.message);
    Buf out = {0};
    for (JsonStep step = JSON_STEP_VALUE; step == JSON_STEP_VALUE;) {
        Str text;
        Data d;
        JsonError e;
        step = json_stream_next(s, arena, &text, &e);
        if (step == JSON_STEP_END)
            break;
        buf_printf(&out, "%llu ", (unsigned long long)json_stream_line(s));
        if (step == JSON_STEP_WORLD)
            buf_str(&out, json_stream_status(s)->message);
        else if (step == JSON_STEP_ERROR || !json_read(arena, text, JSON_STRICT, &d, &e))
            buf_str(&out, e.message);
        else
            data_print(&out, &d);
        buf_char(&out, '\n');
    }
    json_stream_close(s);
    char *copy = arena_copy(arena, out.p ? out.p : "", out.n);
    buf_free(&out);
    return copy;
}

static void files_of_every_shape(void **state)
{
    (void)state;
    static const struct {
        const char *text, *steps;
    } cases[] = {
        {"", ""},
        {" \r\n\n", ""},
        {"{\"a\": 1}", "1 {\"a\":1}\n"},
        {"\xef\xbb\xbf\n{\n\"a\": [\n{}, {}]\n}\n", "2 {\"a\":[{},{}]}\n"},
        {"{\"a\":1}\n{\"a\":2}\n", "1 {\"a\":1}\n2 {\"a\":2}\n"},
        {"{\"a\":1}\r\n\r\n{\"a\":2} \r\n{\"a\":3}", "1 {\"a\":1}\n3 {\"a\":2}\n4 {\"a\":3}\n"},
        {"{\"a\":1}{\"a\":2} {\"a\":3}\n", "1 {\"a\":1}\n1 {\"a\":2}\n1 {\"a\":3}\n"},
        {"1 \"a\" true\nnull", "1 1\n1 \"a\"\n1 true\n2 null\n"},
        {"{}\n{\n  \"a\": {}\n}\n{}\n", "1 {}\n2 {\"a\":{}}\n5 {}\n"},
        {"{}\n{\"a\":{}\n}\n{}\n", "1 {}\n2 {\"a\":{}}\n4 {}\n"},
        {"[]", ""},
        {"[ ]\n[1,\n2]", "2 1\n3 2\n"},
        {"[{\"a\":[1,2]},\n{\"b\":\"]}\\\"\"}\n, \"x\",[3] ]\n",
         "1 {\"a\":[1,2]}\n2 {\"b\":\"]}\\\"\"}\n3 \"x\"\n3 [3]\n"},
        {"{\"value\":[{\"a\":1},\n{\"a\":2}],\"nextLink\":\"x\"}", "1 {\"a\":1}\n2 {\"a\":2}\n"},
        {"{\"count\": 2, \"total\":null, \"q\":\"\\\"\" , \"data\" : [1,2], "
         "\"facets\":[{\"}\":[]}] }\n"
         "{\"data\":[3]}",
         "1 1\n1 2\n2 3\n"},
        {"{\"id\":\"x\",\"value\":[1]}", "1 {\"id\":\"x\",\"value\":[1]}\n"},
        {"{\"a\":{},\"value\":[1]}", "1 {\"a\":{},\"value\":[1]}\n"},
        {"{\"value\":{\"a\":[1]}}", "1 {\"value\":{\"a\":[1]}}\n"},
        {"{}\n{\"value\":[1]}\n", "1 {}\n2 {\"value\":[1]}\n"}, // lines are values
        {"{\"value\":1}", "1 {\"value\":1}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file(str_of(cases[i].text));
        assert_string_equal(steps(), cases[i].steps);
        write_file(packed(str_of(cases[i].text)));
        assert_string_equal(steps(), cases[i].steps);
    }
}

static void a_wrong_line_is_said_and_passed_over(void **state)
{
    (void)state;
    static const struct {
        const char *text, *steps;
    } cases[] = {
        {"{\"a\":1}\n{\"a\":\n{\"a\":3}\n",
         "1 {\"a\":1}\n2 `{` is not closed before the text ends\n3 {\"a\":3}\n"},
        {"{\"a\":1\n{\"a\":2}\n", "1 `{` is not closed before the text ends\n2 {\"a\":2}\n"},
        {"{\"a\":\"x\n{\"a\":2}\n", "1 a string is not closed\n2 {\"a\":2}\n"},
        {"{\"a\":\"x\\\n{\"a\":2}\n", "1 a string is not closed\n2 {\"a\":2}\n"},
        {"\"x\n{\"a\":2}\n", "1 a string is not closed\n2 {\"a\":2}\n"},
        {"{\"a\":1}}\n{\"a\":2}\n", "1 {\"a\":1}\n1 expected a value, found `}`\n2 {\"a\":2}\n"},
        {"{\"a\":1},\n{\"a\":2}\n", "1 {\"a\":1}\n1 expected a value, found `,`\n2 {\"a\":2}\n"},
        {"{}\n{\"a\":1}}\n{\"a\":2}\n",
         "1 {}\n2 expected the end of the text, found `}`\n3 {\"a\":2}\n"},
        {"hello, world\n{}\n", "1 expected a value, found `hello`\n2 {}\n"},
        {"{\"a\":1,\"a\":2}\n{}\n", "1 the name `a` occurs twice\n2 {}\n"},
        {"[1 2]", "1 1\n1 expected `,` or `]`, found `2`\n"},
        {"[1,\n]", "1 1\n2 a comma before `]`\n"},
        {"[1,\n", "1 1\n2 expected a value, found the end of the text\n"},
        {"[1\n", "1 1\n2 expected `,` or `]`, found the end of the text\n"},
        {"[", "1 expected a value, found the end of the text\n"},
        {"[,1]", "1 expected a value, found `,`\n"},
        {"[1,,2]", "1 1\n1 expected a value, found `,`\n"},
        {"[{\"a\":1]",
         "1 expected `,` or `}`, found `]`\n1 expected `,` or `]`, found the end of the text\n"},
        {"{\"value\":[1]", "1 1\n1 expected `,` or `}`, found the end of the text\n"},
        {"{\"value\":[1],2}", "1 1\n1 expected a name in double quotes, found `2`\n"},
        {"{\"value\":[1],\"a\" 2}", "1 1\n1 expected `:` after a name, found `2`\n"},
        {"\xff\xfe{", "1 the text is UTF-16; JSON is UTF-8\n"},
        {"\xff", "1 expected a value, found the byte 0xff\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file(str_of(cases[i].text));
        assert_string_equal(steps(), cases[i].steps);
    }
}

// Values at every place relative to the end of the window, which begins with 256 KiB.
static void values_may_be_cut_by_the_window(void **state)
{
    (void)state;
    static const char *const before[] = {"", "[", "{\"n\":1,\"value\":["};
    static const char *const between[] = {"\n", ",\n", ","}, *const after[] = {"", "]", "]}"};
    for (int shape = 0; shape < 3; shape++) {
        Buf text = {0};
        size_t values = 0, bytes = 0;
        buf_str(&text, before[shape]);
        for (; text.n < 1 << 20; values++) {
            size_t n = values % 977;
            buf_printf(&text, "%s{\"\\\"%zu\":[\"", values ? between[shape] : "", values);
            buf_fill(&text, "x{]\\\\"[values % 4], n - n % 2);
            buf_str(&text, "\",{}]}");
        }
        buf_str(&text, after[shape]);
        write_file((Str){text.p, text.n});
        Status st;
        JsonStream *s = json_stream_open(FILE_NAME, &st);
        assert_non_null(s);
        Str value;
        JsonError e;
        size_t count = 0;
        while (json_stream_next(s, arena, &value, &e) == JSON_STEP_VALUE) {
            Data d;
            assert_true(json_read(arena, value, JSON_STRICT, &d, &e));
            assert_string_equal(arena_copy(arena, d.members->name.p, d.members->name.n),
                                arena_printf(arena, "\"%zu", count));
            assert_int_equal(json_stream_line(s), shape < 2 ? count + 1 : 1);
            bytes += value.n;
            count++;
        }
        assert_int_equal(count, values);
        assert_true(bytes < text.n);
        assert_int_equal(json_stream_size(s), text.n);
        assert_int_equal(json_stream_offset(s), text.n);
        json_stream_close(s);
        buf_free(&text);
    }
}

static void large_values_grow_the_window(void **state)
{
    (void)state;
    Buf text = {0};
    buf_str(&text, "{\"a\":1}\n{\"text\":\"");
    buf_fill(&text, 'x', 3 << 20);
    buf_str(&text, "\"}\n[{\"text\":\"");
    buf_fill(&text, '\'', 2 << 20);
    buf_str(&text, "\"}]");
    write_file((Str){text.p, text.n});
    assert_int_equal(strlen(steps()), text.n - 3 + 3 * 2 + 2); // numbers and line feeds, no [ ]
    buf_free(&text);
}

static void gzip_of_several_members_or_damaged(void **state)
{
    (void)state;
    Str one = packed(str_of("{\"a\":1}\n")), two = packed(str_of("{\"a\":2}\n{\"a\":3}\n"));
    Buf file = {0};
    buf_add(&file, one.p, one.n);
    buf_add(&file, two.p, two.n);
    write_file((Str){file.p, file.n});
    assert_string_equal(steps(), "1 {\"a\":1}\n2 {\"a\":2}\n3 {\"a\":3}\n");
    buf_fill(&file, '\0', 512);
    write_file((Str){file.p, file.n});
    assert_string_equal(steps(), "1 {\"a\":1}\n2 {\"a\":2}\n3 {\"a\":3}\n");
    buf_str(&file, "x");
    write_file((Str){file.p, file.n});
    assert_non_null(strstr(steps(), "something else stands behind the gzip data"));
    write_file((Str){file.p, one.n + two.n - 9});
    assert_non_null(
        strstr(steps(), "could not read `" FILE_NAME "`: the gzip data ends too early"));
    write_file((Str){one.p, 5});
    assert_non_null(strstr(steps(), "the gzip data ends too early"));
    file.p[one.n - 6] ^= 1; // of the checksum
    write_file((Str){file.p, one.n});
    assert_non_null(strstr(steps(), "the gzip data is damaged"));
    buf_free(&file);
}

static void a_bomb_is_stopped(void **state)
{
    (void)state;
    Buf bomb = {0};
    buf_str(&bomb, "{\"a\":\"");
    buf_fill(&bomb, ' ', LIMIT_STREAM_VALUE + 1);
    write_file(packed((Str){bomb.p, bomb.n}));
    buf_free(&bomb);
    assert_string_equal(steps(), "1 a value has at most 64 MiB\n");
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    Status st;
    assert_null(json_stream_open("nowhere.json", &st));
    assert_int_equal(st.code, STATUS_NOT_FOUND);
    assert_null(json_stream_open(".", &st));
    assert_int_equal(st.code, STATUS_NOT_A_FILE);
    assert_string_equal(st.message, "could not read `.`: it is a folder");
    json_stream_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_every_shape),
        cmocka_unit_test(a_wrong_line_is_said_and_passed_over),
        cmocka_unit_test(values_may_be_cut_by_the_window),
        cmocka_unit_test(large_values_grow_the_window),
        cmocka_unit_test(gzip_of_several_members_or_damaged),
        cmocka_unit_test(a_bomb_is_stopped),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
