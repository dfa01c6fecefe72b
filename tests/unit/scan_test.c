// scan_test.c - texts become tokens, and what is none is said where it stands.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "syntax/parse.h"
#include "syntax/words.h"

static int set_up(void **state)
{
    *state = compilation_new();
    return 0;
}

static int tear_down(void **state)
{
    compilation_free(*state);
    return 0;
}

// The tokens as "kind text kind text", dots for spaces inside them.
static void assert_tokens(Compilation *c, Str text, const char *expected)
{
    static const char kinds[] = "nrs#.!";
    Source *source = sources_add(c->sources, "scan.moat", text);
    Lexemes all = {0};
    Buf out = {0};
    lex_source(c, source, &all);
    buf_str(&out, "");
    for (uint32_t i = 0; i < all.len; i++) {
        Str token = sources_text(c->sources, all.items[i].span);
        buf_printf(&out, "%s%c%.*s", i ? " " : "", kinds[all.items[i].kind], (int)token.n, token.p);
    }
    assert_string_equal(out.p, expected);
    buf_free(&out);
}

static File *parse(Compilation *c, Str text)
{
    return parse_file(c, sources_add(c->sources, "scan.moat", text));
}

static const Expr *value_of(const File *file, uint32_t decl)
{
    assert_false(file->broken);
    return file->decls.items[decl]->define->body;
}

// The first diagnostic, as "code start-end" within its file.
static void assert_first(Compilation *c, Str text, const char *expected)
{
    Source *source = sources_add(c->sources, "scan.moat", text);
    parse_file(c, source);
    diags_finish(c->diags);
    const Diag *d = diags_get(c->diags, 0);
    char found[64];
    assert_non_null(d);
    snprintf(found, sizeof found, "%s %u-%u", diag_code_text(d->code), d->span.start - source->base,
             d->span.end - source->base);
    assert_string_equal(found, expected);
}

static void words_are_names_or_reserved(void **state)
{
    assert_tokens(*state, STR("a _b C9 whereof where kind not_in"),
                  "na n_b nC9 nwhereof rwhere nkind nnot_in");
}

static void signs_are_as_long_as_they_can(void **state)
{
    assert_tokens(*state, STR("a<=b==c!=d>=e<f>g=h[*].i|j"),
                  "na .<= nb .== nc .!= nd .>= ne .< nf .> ng .= nh .[*] .. ni .| nj");
}

static void not_joins_in_and_like(void **state)
{
    assert_tokens(*state, STR("a not in b not  like c"), "na rnot in nb rnot  like nc");
    assert_tokens(*state, STR("not internal not (in)"), "rnot ninternal rnot .( rin .)");
    assert_tokens(*state, STR("a.not in b"), "na .. rnot rin nb");
    assert_tokens(*state, STR("not"), "rnot");
}

static void an_integer_joins_its_unit_on_the_line(void **state)
{
    assert_tokens(*state, STR("30 days 1\tweek 2 dayss"), "#30 days #1\tweek #2 ndayss");
    assert_tokens(*state, STR("30\ndays 30 /* c */ days"), "#30 ndays #30 /* c */ days");
    assert_tokens(*state, STR("1.5 days"), "#1.5 ndays");
    assert_tokens(*state, STR("30"), "#30");
}

static void numbers_keep_their_digits(void **state)
{
    Compilation *c = *state;
    File *f =
        parse(c, STR("let a = 1.10 let b = 1.2.3 let c = 9223372036854775807 let d = 2 weeks"));
    assert_int_equal(value_of(f, 0)->kind, EXPR_FLOAT);
    assert_string_equal(value_of(f, 0)->text, "1.10");
    assert_int_equal(value_of(f, 1)->kind, EXPR_VERSION);
    assert_string_equal(value_of(f, 1)->text, "1.2.3");
    assert_true(value_of(f, 2)->number == INT64_MAX);
    assert_int_equal(value_of(f, 3)->kind, EXPR_DURATION);
    assert_int_equal(value_of(f, 3)->op, UNIT_WEEKS);
    assert_true(value_of(f, 3)->number == 2);
}

static void strings_are_decoded(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, STR("let a = \"\\\"\\\\\\n\\t\\r\\u{41}\\u{e4}\\u{6F22}\\u{1F600}\""));
    assert_string_equal(value_of(f, 0)->text, "\"\\\n\t\rA\xC3\xA4\xE6\xBC\xA2\xF0\x9F\x98\x80");
    f = parse(c, STR("let a = \"\" let b = \"// no comment\" let c = \"tab\there\""));
    assert_string_equal(value_of(f, 0)->text, "");
    assert_string_equal(value_of(f, 1)->text, "// no comment");
    assert_string_equal(value_of(f, 2)->text, "tab\there");
    assert_ptr_equal(value_of(f, 0)->text, intern_str(c->names, ""));
}

static void comments_are_kept_in_order(void **state)
{
    File *f = parse(*state, STR("/// d\nlet a = 1 // t\r\n/* b\n */ let b = 2 /**/ //// e"));
    assert_int_equal(f->comments.len, 5);
    static const bool doc[] = {true, false, false, false, false};
    static const bool trailing[] = {false, true, false, true, true};
    static const uint32_t lengths[] = {5, 4, 8, 4, 6};
    for (uint32_t i = 0; i < 5; i++) {
        const Comment *comment = &f->comments.items[i];
        assert_int_equal(comment->doc, doc[i]);
        assert_int_equal(comment->trailing, trailing[i]);
        assert_int_equal(comment->span.end - comment->span.start, lengths[i]);
    }
}

static void line_ends_and_marks_of_others_are_fine(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, STR("\xEF\xBB\xBFlet a = 1\r\nlet b = 2\r\n"));
    assert_false(f->broken);
    assert_int_equal(f->decls.len, 2);
    diags_finish(c->diags);
    assert_null(diags_get(c->diags, 0));
}

static void texts_that_are_none_are_not_read(void **state)
{
    assert_first(*state, (Str){"let a = \0", 9}, "M0005 8-9");
}

static void a_byte_that_is_no_character(void **state)
{
    assert_first(*state, STR("let a = 1 // \xE4\n"), "M0004 13-14");
}

static void a_character_cut_off_by_the_end(void **state)
{
    assert_first(*state, STR("let a = \"\xE2\x82"), "M0004 9-10");
}

static void characters_that_turn_the_text_round(void **state)
{
    assert_first(*state, STR("let a = 1 // \xE2\x80\xAE"), "M0017 13-16");
}

static void an_open_string_ends_with_its_line(void **state)
{
    assert_first(*state, STR("let a = \"b\\\r\nlet c = 1"), "M0002 8-11");
}

static void an_open_comment_is_told_at_its_start(void **state)
{
    assert_first(*state, STR("let a = 1 /* ***"), "M0009 10-12");
}

static void escapes_are_told_where_they_are(void **state)
{
    assert_first(*state, STR("let a = \"bc\\qd\""), "M0003 11-13");
}

static void an_unfinished_escape_stays_in_its_string(void **state)
{
    assert_first(*state, STR("let a = \"\\u{12\""), "M0003 9-14");
}

static void a_long_escape_does_not_wrap(void **state)
{
    assert_first(*state, STR("let a = \"\\u{100000041}\""), "M0003 9-22");
}

static void a_character_beyond_ascii_is_shown_whole(void **state)
{
    assert_first(*state, STR("let \xC3\xA4\xC3\xB6 = 1"), "M0006 4-6");
}

static void keywords_are_found_by_kind(void **state)
{
    (void)state;
    assert_non_null(keyword_find(WORD_RESERVED, STR("where")));
    assert_null(keyword_find(WORD_SOFT, STR("where")));
    assert_int_equal(keyword_find(WORD_SOFT, STR("severity"))->places, PLACE_REQUIREMENT);
    assert_int_equal(keyword_find(WORD_UNIT, STR("hour"))->unit, UNIT_HOURS);
    assert_null(keyword_find(WORD_TYPE, STR("text")));
    for (uint32_t i = 0; i < keyword_count; i++) // none twice
        assert_ptr_equal(keyword_find((WordKind)keywords[i].kind, STR(keywords[i].text)),
                         &keywords[i]);
}

// Each kind of mistake at most a hundred times, however many there are.
static void reports_have_an_end(void **state)
{
    Compilation *c = *state;
    Buf text = {0};
    for (int i = 0; i < 5000; i++)
        buf_str(&text, "let a = \"\\q\" /// d\n");
    File *f = parse(c, (Str){arena_copy(c->arena, text.p, text.n), text.n});
    buf_free(&text);
    diags_finish(c->diags);
    assert_true(f->broken);
    assert_int_equal(diags_count(c->diags, SEVERITY_ERROR), 100);
    assert_int_equal(diags_count(c->diags, SEVERITY_WARNING), 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_are_names_or_reserved),
        TEST(signs_are_as_long_as_they_can),
        TEST(not_joins_in_and_like),
        TEST(an_integer_joins_its_unit_on_the_line),
        TEST(numbers_keep_their_digits),
        TEST(strings_are_decoded),
        TEST(comments_are_kept_in_order),
        TEST(line_ends_and_marks_of_others_are_fine),
        TEST(texts_that_are_none_are_not_read),
        TEST(a_byte_that_is_no_character),
        TEST(a_character_cut_off_by_the_end),
        TEST(characters_that_turn_the_text_round),
        TEST(an_open_string_ends_with_its_line),
        TEST(an_open_comment_is_told_at_its_start),
        TEST(escapes_are_told_where_they_are),
        TEST(an_unfinished_escape_stays_in_its_string),
        TEST(a_long_escape_does_not_wrap),
        TEST(a_character_beyond_ascii_is_shown_whole),
        TEST(keywords_are_found_by_kind),
        TEST(reports_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
