// parse_test.c - the tree: what binds, where things stand, and what is left of
// a file with mistakes.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "syntax/parse.h"

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

static File *parse(Compilation *c, const char *text)
{
    return parse_file(c, sources_add(c->sources, "parse.moat", str_of(text)));
}

static const Expr *expr_of(Compilation *c, const char *text)
{
    File *f = parse(c, arena_printf(c->arena, "define x = %s", text));
    assert_false(f->broken);
    return f->decls.items[0]->define->body;
}

// The tree of an expression, in parentheses.
static void assert_expr(Compilation *c, const char *text, const char *expected)
{
    File *f = parse(c, arena_printf(c->arena, "define x = %s", text));
    Buf out = {0};
    assert_false(f->broken);
    dump_ast(&out, f);
    assert_string_equal(out.p, arena_printf(c->arena, "define x %s\n", expected));
    buf_free(&out);
}

static void assert_text(Compilation *c, Span span, const char *expected)
{
    Str text = sources_text(c->sources, span);
    assert_int_equal(text.n, strlen(expected));
    assert_memory_equal(text.p, expected, text.n);
}

static uint32_t errors(Compilation *c)
{
    diags_finish(c->diags);
    return diags_count(c->diags, SEVERITY_ERROR);
}

// --- what binds -----------------------------------------------------------------------------------

static void operators_bind_as_they_should(void **state)
{
    assert_expr(*state, "a implies b implies c", "(implies (name a) (implies (name b) (name c)))");
    assert_expr(*state, "a or b and c", "(or (name a) (and (name b) (name c)))");
    assert_expr(*state, "not a and b", "(and (not (name a)) (name b))");
    assert_expr(*state, "not a == b", "(not (compare == (name a) (name b)))");
    assert_expr(*state, "a == b + c * d - e",
                "(compare == (name a) (arithmetic - (arithmetic + (name b) (arithmetic * (name c) "
                "(name d))) (name e)))");
    assert_expr(*state, "a == not b", "(compare == (name a) (not (name b)))");
    assert_expr(*state, "a - -1", "(arithmetic - (name a) (negate (int 1)))");
    assert_expr(*state, "f(x).y[z]", "(index (member (call (name f) (name x)) y) (name z))");
}

static void quantifiers_and_if_reach_far(void **state)
{
    assert_expr(*state, "some x in a: b or c implies d",
                "(quantifier some x (name a) (implies (or (name b) (name c)) (name d)))");
    assert_expr(*state, "a and if b then c else d or e",
                "(and (name a) (if (name b) (name c) (or (name d) (name e))))");
}

static void chains_are_one_node(void **state)
{
    assert_expr(*state, "a and b and c and d", "(and (name a) (name b) (name c) (name d))");
    assert_expr(*state, "(a and b) and c", "(and (and (name a) (name b)) (name c))");
    assert_expr(*state, "a and (b and c)", "(and (name a) (and (name b) (name c)))");
    assert_int_equal(expr_of(*state, "a or b or c")->depth, 1);
}

static void spans_hold_their_parentheses(void **state)
{
    Compilation *c = *state;
    const Expr *e = expr_of(c, "(a.b or c) == f ( 1 )");
    assert_text(c, e->span, "(a.b or c) == f ( 1 )");
    assert_text(c, e->left->span, "(a.b or c)");
    assert_text(c, e->left->operands->items[0]->span, "a.b");
    assert_text(c, e->left->operands->items[0]->member->span, "b");
    assert_text(c, e->right->span, "f ( 1 )");
}

static void paths_are_spelled_as_in_azure(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, "kind k \"T\" inline p . a[*] . where { since b . in[*] [*].c \"1\" }");
    assert_false(f->broken);
    const KindDecl *k = f->decls.items[0]->kind_decl;
    assert_string_equal(k->inline_parent.name, "p");
    assert_string_equal(k->inline_path.name, "a[*].where");
    assert_string_equal(k->items.items[0].path.name, "b.in[*][*].c");
    assert_text(c, k->items.items[0].path.span, "b . in[*] [*].c");
}

static void a_framework_holds_for_what_follows(void **state)
{
    File *f =
        parse(*state, "requirement r \"t\" { satisfies a \"1\" \"2\" b \"3\", \"4\" why \"x\" }");
    assert_false(f->broken);
    SatisfiesItems items = f->decls.items[0]->requirement->items.items[0].satisfies;
    assert_int_equal(items.len, 4);
    assert_string_equal(items.items[1].framework.name, "a");
    assert_string_equal(items.items[2].framework.name, "b");
    assert_string_equal(items.items[3].framework.name, "b");
    assert_string_equal(items.items[3].control.text, "4");
}

static void docs_belong_to_what_follows(void **state)
{
    File *f = parse(*state, "/// one\n///   two \n// not this\n///three\nlet a = 1\n"
                            "let b = 2\n///\nlet c = 3");
    assert_string_equal(f->decls.items[0]->doc.p, "one\n  two\nthree");
    assert_int_equal(f->decls.items[1]->doc.n, 0);
    assert_int_equal(f->decls.items[2]->doc.n, 0);
    assert_int_equal(errors(*state), 0);
}

// --- mistakes -------------------------------------------------------------------------------------

static void each_broken_declaration_is_told_once(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, "let a = 1 1 1\n"
                       "let b = 2\n"
                       "requirement c \"t\" { effect | for x { y } }\n"
                       "let d = 3\n"
                       "define e(f = 4\n"
                       "let g = 5\n");
    assert_true(f->broken);
    assert_int_equal(errors(c), 3);
    assert_int_equal(f->decls.len, 3);
    assert_string_equal(f->decls.items[2]->name.name, "g");
}

static void what_is_on_one_line_recovers_as_well(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, "let a = ) let b = 2 test \"t\" { x } let c = 3 kind d let e = 4");
    assert_int_equal(errors(c), 3);
    assert_int_equal(f->decls.len, 3);
}

static void a_name_that_was_a_keyword_is_read_again(void **state)
{
    Compilation *c = *state;
    File *f = parse(c, "/// of a\nlet a =\n/// of b\nlet b = 2\n");
    assert_int_equal(errors(c), 1);
    assert_int_equal(f->decls.len, 1);
    assert_string_equal(f->decls.items[0]->name.name, "b");
    assert_string_equal(f->decls.items[0]->doc.p, "of b");
    assert_int_equal(f->comments.len, 2);
}

static void an_unclosed_brace_is_told_where_it_opens(void **state)
{
    Compilation *c = *state;
    File *f =
        parse(c, "requirement a \"t\" {\n    effect audit\n    for x {\n        require y\n}\n"
                 "let b = 1\n");
    assert_int_equal(errors(c), 1);
    assert_int_equal(f->decls.len, 1);
    const Diag *d = diags_get(c->diags, 0);
    assert_int_equal(d->code, DIAG_UNCLOSED_BRACKET);
    assert_int_equal(sources_position(c->sources, d->span.start).line, 3);
}

static void rewinding_has_an_end(void **state)
{
    Compilation *c = *state;
    Buf text = {0};
    for (int i = 0; i < 2000; i++) // each opens a block that the next one seems to be in
        buf_printf(&text, "assignment a%d \"t\" {\ninitiative b%d\n", i, i);
    File *f = parse(c, text.p);
    assert_true(f->broken);
    assert_true(errors(c) > 0);
    buf_free(&text);
}

static void assert_too_deep(Compilation *c, const char *head, const char *piece, int n)
{
    Buf text = {0};
    buf_str(&text, head);
    for (int i = 0; i < n; i++)
        buf_str(&text, piece);
    buf_str(&text, "1\nlet after = 1\n");
    File *f = parse(c, text.p);
    assert_true(f->broken);
    bool said = false;
    diags_finish(c->diags);
    for (uint32_t i = 0; diags_get(c->diags, i); i++)
        said |= diags_get(c->diags, i)->code == DIAG_NESTING_TOO_DEEP;
    assert_true(said);
    buf_free(&text);
}

static void what_nests_too_deep_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *head, *piece;
    } cases[] = {
        {"let a = ", "("},
        {"let a = ", "["},
        {"let a = ", "{ b = "},
        {"let a = ", "not "},
        {"let a = ", "1 + "},
        {"let a = ", "b implies "},
        {"let a = b", ".c"},
        {"let a = b", "[c]"},
        {"let a = b", "()"},
        {"let a = ", "some x in y: "},
        {"let a = ", "if b then c else "},
        {"param a: ", "["},
        {"param a: ", "{b: "},
        {"let a = ", "count("},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static const int counts[] = {201, 300, 5000};
        for (size_t n = 0; n < 3; n++) {
            Compilation *c = compilation_new();
            assert_too_deep(c, cases[i].head, cases[i].piece, counts[n]);
            compilation_free(c);
        }
    }
}

static void what_is_long_but_flat_is_fine(void **state)
{
    Compilation *c = *state;
    Buf text = {0};
    buf_str(&text, "let a = [1");
    for (int i = 0; i < 50000; i++)
        buf_str(&text, ", 1");
    buf_str(&text, "] define b = c");
    for (int i = 0; i < 50000; i++)
        buf_str(&text, i % 2 ? " and c" : " and d");
    File *f = parse(c, text.p);
    assert_int_equal(errors(c), 0);
    assert_int_equal(f->decls.items[1]->define->body->operands->len, 50001);
    buf_free(&text);
}

static void nothing_is_a_program(void **state)
{
    Compilation *c = *state;
    assert_int_equal(parse(c, "")->decls.len, 0);
    assert_int_equal(parse(c, " \n// only a comment")->comments.len, 1);
    assert_int_equal(errors(c), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(operators_bind_as_they_should),
        TEST(quantifiers_and_if_reach_far),
        TEST(chains_are_one_node),
        TEST(spans_hold_their_parentheses),
        TEST(paths_are_spelled_as_in_azure),
        TEST(a_framework_holds_for_what_follows),
        TEST(docs_belong_to_what_follows),
        TEST(each_broken_declaration_is_told_once),
        TEST(what_is_on_one_line_recovers_as_well),
        TEST(a_name_that_was_a_keyword_is_read_again),
        TEST(an_unclosed_brace_is_told_where_it_opens),
        TEST(rewinding_has_an_end),
        TEST(what_nests_too_deep_is_told),
        TEST(what_is_long_but_flat_is_fine),
        TEST(nothing_is_a_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
