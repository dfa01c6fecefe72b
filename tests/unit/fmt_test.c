// fmt_test.c - the layout of single forms; tests/golden/syntax has whole files.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "fmt/fmt.h"

static void assert_layout(const char *text, const char *expected)
{
    Compilation *c = compilation_new();
    Buf out = {0};
    File *f = parse_file(c, sources_add(c->sources, "fmt.moat", str_of(text)));
    assert_true(fmt_file(c, f, &out));
    assert_string_equal(out.n ? out.p : "", expected);
    buf_free(&out);
    compilation_free(c);
}

static void nothing_stays_nothing(void **state)
{
    (void)state;
    assert_layout("", "");
    assert_layout(" \n\n\t", "");
    assert_layout("\n\n// c", "// c\n");
}

static void a_broken_file_is_refused(void **state)
{
    (void)state;
    Compilation *c = compilation_new();
    Buf out = {0};
    buf_str(&out, "before");
    File *f = parse_file(c, sources_add(c->sources, "fmt.moat", str_of("let a = ")));
    assert_false(fmt_file(c, f, &out));
    assert_string_equal(out.p, "before");
    buf_free(&out);
    compilation_free(c);
}

static void line_ends_become_one_kind(void **state)
{
    (void)state;
    assert_layout("let a = 1 // b  \r\n\r\n\r\n/* c\r\n d */\r\nlet e = 2\r\n",
                  "let a = 1 // b\n\n/* c\n d */\nlet e = 2\n");
}

static void empty_lines_are_kept_one_at_a_time(void **state)
{
    (void)state;
    assert_layout("\n\nlet a = 1\nlet b = 2\n\n\n\nlet c = 3\n\n",
                  "let a = 1\nlet b = 2\n\nlet c = 3\n");
    assert_layout("kind k \"T\" {\n\n\n    api \"1\"\n\n\n    mode \"All\"\n\n}",
                  "kind k \"T\" {\n    api \"1\"\n\n    mode \"All\"\n}\n");
}

static void items_stand_in_columns_until_an_empty_line(void **state)
{
    (void)state;
    assert_layout("requirement r \"t\" { severity high effect audit\n\nid \"x\" why \"y\" }",
                  "requirement r \"t\" {\n    severity high\n    effect   audit\n\n"
                  "    id  \"x\"\n    why \"y\"\n}\n");
    assert_layout(
        "framework f \"t\" { control \"A-1\" \"x\" control \"A-10\" \"y\" }",
        "framework f \"t\" {\n    control \"A-1\"  \"x\"\n    control \"A-10\" \"y\"\n}\n");
}

static void a_block_on_one_line_may_stay(void **state)
{
    (void)state;
    assert_layout("kind k \"T\" {api   \"1\"}", "kind k \"T\" { api \"1\" }\n");
    assert_layout("kind k \"T\" {\napi \"1\"}", "kind k \"T\" {\n    api \"1\"\n}\n");
    assert_layout("kind k \"T\" {api \"1\" // c\n}", "kind k \"T\" {\n    api \"1\" // c\n}\n");
    assert_layout("kind k \"T\" {}", "kind k \"T\" { }\n");
}

static void parentheses_stay_but_pairs_do_not(void **state)
{
    (void)state;
    assert_layout("define a = (((b) or ((c))))and(d)", "define a = ((b) or (c)) and (d)\n");
    assert_layout("define a = (f)(((x)).y)[(0)]", "define a = (f)((x).y)[(0)]\n");
}

static void joined_words_are_spaced_once(void **state)
{
    (void)state;
    assert_layout("define a = b not\n\n in c and d not /* e */ like f",
                  "define a = b not in c and d not like /* e */ f\n");
    assert_layout("let a = 30 \t days", "let a = 30 days\n");
}

static void objects_have_commas_on_one_line_only(void **state)
{
    (void)state;
    assert_layout("let a = {b=1 c=2,d=3,}", "let a = { b = 1, c = 2, d = 3 }\n");
    assert_layout("let a = {\nb=1,longer=2}", "let a = {\n    b      = 1\n    longer = 2\n}\n");
}

static void lists_break_where_they_must(void **state)
{
    (void)state;
    assert_layout("let a = [1,2,]", "let a = [1, 2]\n");
    assert_layout("let a = [\n1,2]", "let a = [\n    1, 2,\n]\n");
    assert_layout("let a = [\n{b=1},{b=2}]", "let a = [\n    { b = 1 },\n    { b = 2 },\n]\n");
    assert_layout("let a = [{\nb=1}]", "let a = [{\n    b = 1\n}]\n");
}

static void comments_stay_where_they_were(void **state)
{
    (void)state;
    assert_layout("define a = b // one\n // two\n and /* three */ c /* four */ // five\n",
                  "define a = b // one\n    // two\n    and /* three */ c /* four */ // five\n");
    assert_layout("let a = 1\n/// of b\nlet b = 2\n    // end",
                  "let a = 1\n/// of b\nlet b = 2\n// end\n");
}

static void long_comments_break_nothing(void **state)
{
    (void)state;
    const char *text =
        "requirement r \"t\" {\n"
        "    effect audit | deny // a comment that goes on and on, and on, and on, past the width "
        "of the page, and more\n"
        "}\n";
    assert_layout(text, text);
}

// A comparison of texts of that many characters, each two columns wide.
static const char *wide(Arena *a, int left, const char *between, int right)
{
    Buf text = {0};
    buf_str(&text, "define a = \"");
    for (int i = 0; i < left; i++)
        buf_str(&text, "\xE6\xBC\xA2");
    buf_printf(&text, "\"%s== \"", between);
    for (int i = 0; i < right; i++)
        buf_str(&text, "\xE6\xBC\xA2");
    buf_str(&text, "\"\n");
    const char *copy = arena_copy(a, text.p, text.n);
    buf_free(&text);
    return copy;
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    Arena *a = arena_new();
    assert_layout(wide(a, 20, "  ", 20), wide(a, 20, " ", 20)); // 99 columns
    assert_layout(wide(a, 21, "  ", 20), wide(a, 21, "\n    ", 20));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_stays_nothing),
        cmocka_unit_test(a_broken_file_is_refused),
        cmocka_unit_test(line_ends_become_one_kind),
        cmocka_unit_test(empty_lines_are_kept_one_at_a_time),
        cmocka_unit_test(items_stand_in_columns_until_an_empty_line),
        cmocka_unit_test(a_block_on_one_line_may_stay),
        cmocka_unit_test(parentheses_stay_but_pairs_do_not),
        cmocka_unit_test(joined_words_are_spaced_once),
        cmocka_unit_test(objects_have_commas_on_one_line_only),
        cmocka_unit_test(lists_break_where_they_must),
        cmocka_unit_test(comments_stay_where_they_were),
        cmocka_unit_test(long_comments_break_nothing),
        cmocka_unit_test(widths_are_those_of_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
