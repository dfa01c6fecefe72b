// diag_test.c - diagnostics are sorted, said once, levelled, allowed, and drawn.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "diag/compilation.h"
#include "diag/render.h"

#include <cjson/cJSON.h>

// The n-th code that is by nature of this severity; codes come and go, severities do not.
static DiagCode nth_code(Severity severity, uint32_t n)
{
    for (uint32_t i = 0; i < DIAG_COUNT; i++) {
        if (i != DIAG_UNUSED_ALLOW && diag_code_severity((DiagCode)i) == severity && n-- == 0)
            return (DiagCode)i;
    }
    fail_msg("codes.def has too few codes of this severity");
    return DIAG_COUNT;
}

#define ERROR_CODE nth_code(SEVERITY_ERROR, 0)
#define WARNING_CODE nth_code(SEVERITY_WARNING, 0)

static int set_up(void **state)
{
    *state = compilation_new();
    return 0;
}

static int tear_down(void **state)
{
    compilation_free(*state);
    compilation_free(NULL);
    return 0;
}

static uint32_t add(Compilation *c, const char *path, const char *text)
{
    Source *src = sources_add(c->sources, path, STR(text));
    assert_non_null(src);
    return src->base;
}

static void codes_have_texts_and_names(void **state)
{
    (void)state;
    DiagCode code;
    assert_string_equal(diag_code_text(DIAG_UNUSED_ALLOW), "M0090");
    assert_string_equal(diag_code_name(DIAG_UNUSED_ALLOW), "unused-allow");
    assert_true(diag_code_parse("M0090 ", 5, &code));
    assert_int_equal(code, DIAG_UNUSED_ALLOW);
    assert_false(diag_code_parse("M009", 4, &code));
    assert_false(diag_code_parse("", 0, &code));
    for (uint32_t i = 0; i < DIAG_COUNT; i++) { // none is given twice
        const char *text = diag_code_text((DiagCode)i);
        assert_true(diag_code_parse(text, strlen(text), &code));
        assert_int_equal(code, i);
    }
}

static void they_are_sorted_and_said_once(void **state)
{
    Compilation *c = *state;
    add(c, "x", "0123456789");
    diag_report(c->diags, WARNING_CODE, (Span){5, 6}, "late");
    diag_report(c->diags, ERROR_CODE, (Span){1, 3}, "long");
    diag_report(c->diags, ERROR_CODE, (Span){1, 2}, "first %d", 1);
    diag_report(c->diags, ERROR_CODE, (Span){1, 2}, "again");
    diag_report(c->diags, WARNING_CODE, SPAN_NONE, "nowhere");
    assert_null(diags_get(c->diags, 0));
    assert_true(diags_has_errors(c->diags));
    diags_finish(c->diags);
    static const char *const expected[] = {"first 1", "long", "late", "nowhere"};
    for (uint32_t i = 0; i < 4; i++)
        assert_string_equal(diags_get(c->diags, i)->message, expected[i]);
    assert_null(diags_get(c->diags, 4));
    assert_int_equal(diags_count(c->diags, SEVERITY_ERROR), 2);
    assert_int_equal(diags_count(c->diags, SEVERITY_WARNING), 2);
    assert_int_equal(diags_count(c->diags, SEVERITY_NOTE), 0);
}

static void levels_lower_and_raise_warnings(void **state)
{
    Compilation *c = *state;
    add(c, "x", "0123456789");
    DiagCode other = nth_code(SEVERITY_WARNING, 1), third = nth_code(SEVERITY_WARNING, 2);
    diags_set_level(c->diags, other, SEVERITY_OFF);
    diags_set_level(c->diags, third, SEVERITY_NOTE);
    diags_set_level(c->diags, ERROR_CODE, SEVERITY_OFF);
    diags_warnings_as_errors(c->diags);
    diag_report(c->diags, WARNING_CODE, (Span){0, 1}, "raised");
    diag_report(c->diags, other, (Span){1, 2}, "off");
    diag_report(c->diags, third, (Span){2, 3}, "lowered");
    assert_false(diags_has_errors(c->diags));
    diag_report(c->diags, ERROR_CODE, (Span){3, 4}, "stays");
    diags_finish(c->diags);
    assert_int_equal(diags_get(c->diags, 0)->severity, SEVERITY_ERROR);
    assert_int_equal(diags_get(c->diags, 1)->severity, SEVERITY_NOTE);
    assert_int_equal(diags_get(c->diags, 2)->severity, SEVERITY_ERROR);
    assert_null(diags_get(c->diags, 3));
    assert_int_equal(diags_count(c->diags, SEVERITY_ERROR), 2);
}

static void an_allow_silences_its_line(void **state)
{
    Compilation *c = *state;
    add(c, "x", "0123\n5678\n");
    diags_warnings_as_errors(c->diags);
    diags_allow(c->diags, WARNING_CODE, (Span){5, 9}, (Span){7, 9});
    diag_report(c->diags, WARNING_CODE, (Span){4, 5}, "before");
    diag_report(c->diags, WARNING_CODE, (Span){5, 6}, "allowed");
    diag_report(c->diags, WARNING_CODE, (Span){9, 9}, "allowed at the line's end");
    diag_report(c->diags, nth_code(SEVERITY_WARNING, 1), (Span){6, 7}, "of another code");
    diags_finish(c->diags);
    assert_string_equal(diags_get(c->diags, 0)->message, "before");
    assert_string_equal(diags_get(c->diags, 1)->message, "of another code");
    assert_null(diags_get(c->diags, 2));
}

static void an_unused_allow_is_reported(void **state)
{
    Compilation *c = *state;
    add(c, "x", "0123\n5678\n");
    diags_allow(c->diags, WARNING_CODE, (Span){5, 9}, (Span){7, 9});
    diags_allow(c->diags, ERROR_CODE, (Span){0, 4}, (Span){2, 4});
    diags_finish(c->diags);
    assert_int_equal(diags_get(c->diags, 0)->code, DIAG_UNUSED_ALLOW);
    assert_int_equal(diags_get(c->diags, 0)->span.start, 2);
    assert_string_equal(diags_get(c->diags, 0)->notes.items[0],
                        arena_printf(c->arena, "%s is an error, and errors cannot be allowed",
                                     diag_code_text(ERROR_CODE)));
    assert_int_equal(diags_get(c->diags, 1)->span.start, 7);
    assert_null(diags_get(c->diags, 2));
}

static void an_error_cannot_be_allowed(void **state)
{
    Compilation *c = *state;
    add(c, "x", "0123\n5678\n");
    diags_allow(c->diags, ERROR_CODE, (Span){0, 4}, (Span){2, 4});
    diags_allow(c->diags, WARNING_CODE, (Span){0, 4}, (Span){2, 4});
    diag_report(c->diags, ERROR_CODE, (Span){0, 1}, "stays");
    diags_finish(c->diags);
    assert_string_equal(diags_get(c->diags, 0)->message, "stays");
    assert_null(diags_get(c->diags, 1)); // with errors, no allow is called unused
}

static void only_errors_are_told_about_the_library(void **state)
{
    Compilation *c = *state;
    Source *src = sources_add(c->sources, "<stdlib>/x.moat", STR("0123"));
    src->library = true;
    diags_warnings_as_errors(c->diags);
    diags_allow(c->diags, WARNING_CODE, (Span){0, 4}, (Span){2, 4});
    diag_report(c->diags, nth_code(SEVERITY_WARNING, 1), (Span){0, 1}, "for its authors");
    diags_finish(c->diags);
    assert_null(diags_get(c->diags, 0));
    assert_int_equal(diags_count(c->diags, SEVERITY_ERROR), 0);
}

// --- rendering -----------------------------------------------------------------------------------

// Compares with `expected`, in which ERR and WRN stand for the codes used here.
static void assert_text(Compilation *c, RenderOptions o, const char *expected)
{
    diags_finish(c->diags);
    Buf found = {0}, want = {0};
    render_text(&found, c->sources, c->diags, o);
    for (const char *s = expected; *s;) {
        bool error = strncmp(s, "ERR", 3) == 0, warning = strncmp(s, "WRN", 3) == 0;
        if (error || warning) {
            buf_str(&want, diag_code_text(error ? ERROR_CODE : WARNING_CODE));
            s += 3;
        } else {
            buf_char(&want, *s++);
        }
    }
    assert_string_equal(found.p, want.p);
    buf_free(&found);
    buf_free(&want);
}

static void the_example_of_the_manual(void **state)
{
    Compilation *c = *state;
    add(c, "storage.moat", "a\nb\nc\n        require minimumTlsVerson == \"TLS1_2\"\n");
    Span span = {22, 38};
    Diag *d = diag_report(c->diags, ERROR_CODE, span,
                          "`storage_account` has no property `minimumTlsVerson`");
    diag_help(c->diags, d, "did you mean `minimumTlsVersion`?");
    diag_note(c->diags, d, "a note");
    diag_fix(c->diags, d, span, "minimumTlsVersion");
    assert_text(c, (RenderOptions){0},
                "error[ERR]: `storage_account` has no property `minimumTlsVerson`\n"
                "  --> storage.moat:4:17\n"
                "   |\n"
                " 4 |         require minimumTlsVerson == \"TLS1_2\"\n"
                "   |                 ^^^^^^^^^^^^^^^^\n"
                "   = note: a note\n"
                "   = help: did you mean `minimumTlsVersion`?\n"
                "\n");
}

static void labels_stand_in_the_order_of_lines(void **state)
{
    Compilation *c = *state;
    uint32_t other = add(c, "a.moat", "one two\n");
    uint32_t base = add(c, "b.moat", "first\nsecond\nthird\nfourth\n");
    Diag *d = diag_report(c->diags, ERROR_CODE, (Span){base + 6, base + 9}, "message");
    diag_label(c->diags, d, (Span){base + 19, base + 25}, "below");
    diag_label(c->diags, d, (Span){other + 4, other + 7}, "elsewhere");
    diag_label(c->diags, d, (Span){base + 9, base + 12}, "beside");
    diag_label(c->diags, d, (Span){base, base + 5}, "above");
    assert_text(c, (RenderOptions){0},
                "error[ERR]: message\n"
                "  --> b.moat:2:1\n"
                "   |\n"
                " 1 | first\n"
                "   | ----- above\n"
                " 2 | second\n"
                "   | ^^^\n"
                "   |    --- beside\n"
                "   ...\n"
                " 4 | fourth\n"
                "   | ------ below\n"
                "  ::: a.moat:1:5\n"
                "   |\n"
                " 1 | one two\n"
                "   |     --- elsewhere\n"
                "\n");
}

static void spans_over_lines_show_both_ends(void **state)
{
    Compilation *c = *state;
    add(c, "x", "a {\r\n  b\r\n  c\r\n    }\r\n");
    diag_report(c->diags, WARNING_CODE, (Span){2, 20}, "message");
    assert_text(c, (RenderOptions){0},
                "warning[WRN]: message\n"
                "  --> x:1:3\n"
                "   |\n"
                " 1 | a {\n"
                "   |   ^\n"
                "   ...\n"
                " 4 |     }\n"
                "   |     ^\n"
                "\n");
}

static void carets_hold_under_tabs_and_wide_characters(void **state)
{
    Compilation *c = *state;
    add(c, "x",
        "\t\xe4\xb8\x96\xf0\x9f\x98\x80"
        "e\xcc\x81\x1b"
        "ab");
    diag_report(c->diags, ERROR_CODE, (Span){1, 4}, "wide");
    diag_report(c->diags, ERROR_CODE, (Span){12, 14}, "after");
    diag_report(c->diags, ERROR_CODE, (Span){14, 14}, "end");
    assert_text(c, (RenderOptions){0},
                "error[ERR]: wide\n"
                "  --> x:1:2\n"
                "   |\n"
                " 1 |     \xe4\xb8\x96\xf0\x9f\x98\x80"
                "e\xcc\x81\xef\xbf\xbd"
                "ab\n"
                "   |     ^^\n"
                "\n"
                "error[ERR]: after\n"
                "  --> x:1:7\n"
                "   |\n"
                " 1 |     \xe4\xb8\x96\xf0\x9f\x98\x80"
                "e\xcc\x81\xef\xbf\xbd"
                "ab\n"
                "   |           ^^\n"
                "\n"
                "error[ERR]: end\n"
                "  --> x:1:9\n"
                "   |\n"
                " 1 |     \xe4\xb8\x96\xf0\x9f\x98\x80"
                "e\xcc\x81\xef\xbf\xbd"
                "ab\n"
                "   |             ^\n"
                "\n");
}

static void places_at_the_end_and_nowhere(void **state)
{
    Compilation *c = *state;
    add(c, "x", "a\n");
    add(c, "empty", "");
    diag_report(c->diags, ERROR_CODE, (Span){2, 2}, "end");
    diag_report(c->diags, ERROR_CODE, (Span){3, 3}, "empty");
    diag_report(c->diags, ERROR_CODE, SPAN_NONE, "a\x1b[0m");
    assert_text(c, (RenderOptions){0},
                "error[ERR]: end\n"
                "  --> x:2:1\n"
                "   |\n"
                " 2 |\n"
                "   | ^\n"
                "\n"
                "error[ERR]: empty\n"
                "  --> empty:1:1\n"
                "   |\n"
                " 1 |\n"
                "   | ^\n"
                "\n"
                "error[ERR]: a\xef\xbf\xbd[0m\n"
                "\n");
}

static void long_lines_are_shown_through_a_window(void **state)
{
    Compilation *c = *state;
    char line[301] = {0};
    for (int i = 0; i < 300; i++)
        line[i] = (char)('0' + i % 10);
    add(c, "x", line);
    diag_report(c->diags, ERROR_CODE, (Span){3, 5}, "start");
    diag_report(c->diags, ERROR_CODE, (Span){100, 102}, "middle");
    diag_report(c->diags, ERROR_CODE, (Span){290, 300}, "end");
    assert_text(c, (RenderOptions){.width = 48},
                "error[ERR]: start\n"
                "  --> x:1:4\n"
                "   |\n"
                " 1 | 012345678901234567890123456789012345678901…\n"
                "   |    ^^\n"
                "\n"
                "error[ERR]: middle\n"
                "  --> x:1:101\n"
                "   |\n"
                " 1 | …56789012345678901234567890123456789012345…\n"
                "   |                 ^^\n"
                "\n"
                "error[ERR]: end\n"
                "  --> x:1:291\n"
                "   |\n"
                " 1 | …5678901234567890123456789\n"
                "   |                 ^^^^^^^^^^\n"
                "\n");
}

static void colour_wraps_what_it_should(void **state)
{
    Compilation *c = *state;
    add(c, "x", "ab\n");
    Diag *d = diag_report(c->diags, ERROR_CODE, (Span){0, 1}, "m");
    diag_label(c->diags, d, (Span){1, 2}, "l");
    diag_help(c->diags, d, "h");
    assert_text(c, (RenderOptions){.color = true},
                "\x1b[1;31merror[ERR]\x1b[0m: \x1b[1mm\x1b[0m\n"
                "  \x1b[1;34m-->\x1b[0m x:1:1\n"
                "\x1b[1;34m   |\x1b[0m\n"
                "\x1b[1;34m 1 |\x1b[0m ab\n"
                "\x1b[1;34m   | \x1b[0m\x1b[1;31m^\x1b[0m\n"
                "\x1b[1;34m   | \x1b[0m \x1b[1;34m- l\x1b[0m\n"
                "\x1b[1;34m   = \x1b[0m\x1b[1mhelp\x1b[0m: h\n"
                "\n");
}

static void only_so_many_errors_are_shown(void **state)
{
    Compilation *c = *state;
    add(c, "x", "abcd");
    for (uint32_t i = 0; i < 4; i++)
        diag_report(c->diags, ERROR_CODE, SPAN_NONE, "m")->span = (Span){UINT32_MAX, i};
    assert_text(c, (RenderOptions){.max_errors = 2},
                "error[ERR]: m\n\nerror[ERR]: m\n\n2 more errors not shown\n\n");
}

static void many_labels_and_odd_spans_do_no_harm(void **state)
{
    Compilation *c = *state;
    add(c, "x", "ab\ncd\n");
    Diag *d = diag_report(c->diags, ERROR_CODE, (Span){1, 400}, "past the end");
    for (uint32_t i = 0; i < 40; i++)
        diag_label(c->diags, d, (Span){i % 7, i % 3}, "%u", i);
    diag_label(c->diags, d, SPAN_NONE, "nowhere");
    diag_report(c->diags, ERROR_CODE, (Span){4, 2}, "backwards");
    diags_finish(c->diags);
    Buf out = {0};
    render_text(&out, c->sources, c->diags, (RenderOptions){.width = 1});
    render_json(&out, c->sources, c->diags);
    render_sarif(&out, c->sources, c->diags);
    assert_non_null(strstr(out.p, "backwards"));
    buf_free(&out);
}

static cJSON *parsed(void (*render)(Buf *, const Sources *, const Diags *), Compilation *c)
{
    Buf out = {0};
    render(&out, c->sources, c->diags);
    assert_int_equal(out.p[out.n - 1], '\n');
    cJSON *json = cJSON_ParseWithOpts(out.p, NULL, true);
    assert_non_null(json);
    buf_free(&out);
    return json;
}

// Follows a path such as "/runs/0/results"; the value must be there.
static const cJSON *at(const cJSON *json, const char *path)
{
    char part[64];
    while (json && *path == '/') {
        size_t n = strcspn(++path, "/");
        assert_true(n < sizeof part);
        memcpy(part, path, n);
        part[n] = '\0';
        json = cJSON_IsArray(json) ? cJSON_GetArrayItem(json, part[0] - '0')
                                   : cJSON_GetObjectItemCaseSensitive(json, part);
        path += n;
    }
    assert_non_null(json);
    return json;
}

static void assert_string(const cJSON *json, const char *path, const char *expected)
{
    assert_string_equal(at(json, path)->valuestring, expected);
}

static void assert_number(const cJSON *json, const char *path, int expected)
{
    assert_int_equal(at(json, path)->valueint, expected);
}

static void report_one_of_each(Compilation *c)
{
    uint32_t base = add(c, "a b\xc3\xbc.moat", "one\ntwo \xf0\x9f\x98\x80 three\n");
    Span span = {base + 13, base + 18};
    Diag *d = diag_report(c->diags, ERROR_CODE, span, "say \"%s\"", "x");
    diag_label(c->diags, d, (Span){base, base + 3}, "label");
    diag_note(c->diags, d, "note");
    diag_help(c->diags, d, "help");
    diag_fix(c->diags, d, span, "four");
    diag_report(c->diags, WARNING_CODE, SPAN_NONE, "nowhere");
    diags_finish(c->diags);
}

static void json_says_the_same(void **state)
{
    Compilation *c = *state;
    report_one_of_each(c);
    cJSON *json = parsed(render_json, c);
    assert_string(json, "/diagnostics/0/code", diag_code_text(ERROR_CODE));
    assert_string(json, "/diagnostics/0/name", diag_code_name(ERROR_CODE));
    assert_string(json, "/diagnostics/0/severity", "error");
    assert_string(json, "/diagnostics/0/message", "say \"x\"");
    assert_string(json, "/diagnostics/0/file", "a b\xc3\xbc.moat");
    assert_number(json, "/diagnostics/0/line", 2);
    assert_number(json, "/diagnostics/0/column", 7);
    assert_number(json, "/diagnostics/0/endLine", 2);
    assert_number(json, "/diagnostics/0/endColumn", 12);
    assert_string(json, "/diagnostics/0/labels/0/message", "label");
    assert_number(json, "/diagnostics/0/labels/0/line", 1);
    assert_string(json, "/diagnostics/0/fixes/0/replacement", "four");
    assert_string(json, "/diagnostics/0/notes/0", "note");
    assert_string(json, "/diagnostics/0/helps/0", "help");
    assert_true(cJSON_IsNull(at(json, "/diagnostics/1/file")));
    assert_number(json, "/errors", 1);
    assert_number(json, "/warnings", 1);
    cJSON_Delete(json);
}

static void sarif_says_the_same(void **state)
{
    Compilation *c = *state;
    report_one_of_each(c);
    cJSON *json = parsed(render_sarif, c);
    assert_string(json, "/version", "2.1.0");
    assert_string(json, "/runs/0/tool/driver/name", "moat");
    assert_int_equal(cJSON_GetArraySize(at(json, "/runs/0/tool/driver/rules")), 2);
    const cJSON *result = at(json, "/runs/0/results/0");
    assert_string(result, "/ruleId", diag_code_text(ERROR_CODE));
    assert_string(result, "/level", "error");
    assert_string(result, "/message/text", "say \"x\"\nnote: note\nhelp: help");
    const cJSON *place = at(result, "/locations/0/physicalLocation");
    assert_string(place, "/artifactLocation/uri", "a%20b%C3%BC.moat");
    assert_number(place, "/region/startColumn", 7);
    assert_number(place, "/region/endColumn", 12);
    assert_string(result, "/relatedLocations/0/message/text", "label");
    assert_string(result, "/fixes/0/artifactChanges/0/replacements/0/insertedContent/text", "four");
    assert_null(cJSON_GetObjectItem(at(json, "/runs/0/results/1"), "locations"));
    cJSON_Delete(json);
}

static void nothing_wrong_is_a_document_too(void **state)
{
    Compilation *c = *state;
    diags_finish(c->diags);
    cJSON *json = parsed(render_json, c);
    assert_int_equal(cJSON_GetArraySize(at(json, "/diagnostics")), 0);
    cJSON_Delete(json);
    cJSON_Delete(parsed(render_sarif, c));
    Buf out = {0};
    render_text(&out, c->sources, c->diags, (RenderOptions){0});
    assert_int_equal(out.n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_have_texts_and_names),
        TEST(they_are_sorted_and_said_once),
        TEST(levels_lower_and_raise_warnings),
        TEST(an_allow_silences_its_line),
        TEST(an_unused_allow_is_reported),
        TEST(an_error_cannot_be_allowed),
        TEST(only_errors_are_told_about_the_library),
        TEST(the_example_of_the_manual),
        TEST(labels_stand_in_the_order_of_lines),
        TEST(spans_over_lines_show_both_ends),
        TEST(carets_hold_under_tabs_and_wide_characters),
        TEST(places_at_the_end_and_nowhere),
        TEST(long_lines_are_shown_through_a_window),
        TEST(colour_wraps_what_it_should),
        TEST(only_so_many_errors_are_shown),
        TEST(many_labels_and_odd_spans_do_no_harm),
        TEST(json_says_the_same),
        TEST(sarif_says_the_same),
        TEST(nothing_wrong_is_a_document_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
