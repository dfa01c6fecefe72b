// test.c - `test`: what is given fits its kind, what is expected can be.
//
// spec: language, tests. Running them is the evaluator's.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/deploy.h"
#include "sema/effect.h"
#include "sema/module.h"

static const char *const VERDICTS[] = {"satisfied", "violated", "not_applicable", NULL};
static const char *const MANUAL_VERDICTS[] = {"unknown", "not_applicable", NULL};
static const char *const DELETION_VERDICTS[] = {"protected", "satisfied", "not_applicable", NULL};
typedef struct Testing {
    Program *program;
    Module *module;
    Elaborator *elaborator;
    const Decl *decl;
    const KindInfo *given; // the resource judged
    Span given_span;
    bool facts; // something around it is given
    uint32_t expected;
} Testing;

static const KindInfo *kind_of_word(Testing *t, Word word)
{
    Symbol *s = module_resolve_word(t->module, word, SYMBOL_KIND, "kind");
    return s ? kind_of_symbol(t->program, s) : NULL;
}

// --- given -------------------------------------------------------------------------------------

// A kind may have the name of a fact, as `subscription` does: it is the resource judged
// where the test gives no other.
static bool is_judged(const Testing *t, Name word)
{
    const Symbol *s = module_peek(t->module, word);
    if (!s || s->kind != SYMBOL_KIND)
        return false;
    for (uint32_t i = 0; i < t->decl->test->items.len; i++) {
        const TestItem *item = &t->decl->test->items.items[i];
        if ((item->kind == TESTITEM_GIVEN || item->kind == TESTITEM_GIVEN_FROM) &&
            !test_is_fact(item->word.name))
            return false;
    }
    return true;
}

// True for a fact around the resource.
static bool take_fact(Testing *t, const TestItem *item)
{
    if (!test_is_fact(item->word.name) || is_judged(t, item->word.name))
        return false;
    t->facts = true;
    test_check_fact(t->program, t->elaborator, item);
    for (const TestItem *i = t->decl->test->items.items; i < item; i++) {
        Span first = i->span;
        bool given = i->kind == TESTITEM_GIVEN || i->kind == TESTITEM_GIVEN_FROM;
        if (given && i->word.name == item->word.name)
            check_once(t->program, &first, item->span, item->word.name);
    }
    return true;
}

static void check_file(Testing *t, Text file)
{
    const char *s = file.text;
    bool leaves = *s == '/' || strncmp(s, "../", 3) == 0 || strstr(s, "/../") || *s == '\0';
    if (!leaves)
        return;
    Diags *ds = t->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_TEST_PATH, file.span, "`%s` is not a file of the project", s);
    diag_help(ds, d, "write its path from the folder of this file");
}

static void take_given(Testing *t, const TestItem *item)
{
    if (item->file.text)
        check_file(t, item->file);
    if (take_fact(t, item))
        return;
    const KindInfo *kind = kind_of_word(t, item->word);
    if (t->given) {
        Diags *ds = t->program->compilation->diags;
        Diag *d = diag_report(ds, DIAG_TEST_FORM, item->span, "a test judges one resource");
        diag_label(ds, d, t->given_span, "it is given here");
        diag_help(ds, d, "write a test for each, or `related` for what stands beside it");
        return;
    }
    t->given = kind;
    t->given_span = item->span;
    if (kind && item->object)
        elaborate_body(t->elaborator, kind, item->object);
}

// A requirement that a test expects something of looks for such a resource.
static bool is_asked_for(Testing *t, const KindInfo *kind)
{
    const TestDecl *test = t->decl->test;
    bool asked = false, known = true;
    for (uint32_t i = 0; i < test->items.len && known && !asked; i++) {
        const TestItem *item = &test->items.items[i];
        if (item->kind < TESTITEM_EXPECT_VERDICT)
            continue;
        const Symbol *s = module_resolve_path(t->module, &item->path, "requirement");
        known = s && s->kind == SYMBOL_REQUIREMENT;
        asked = known && requirement_asks_for(t->program, s, kind);
    }
    return asked || !known;
}

static void take_related(Testing *t, const TestItem *item)
{
    const KindInfo *kind = kind_of_word(t, item->word);
    if (kind && !is_asked_for(t, kind))
        diag_report(t->program->compilation->diags, DIAG_RELATED_NOT_ASKED, item->word.span,
                    "no requirement of this test looks for a related `%s`", kind->name);
    if (item->name)
        elaborate_constant(t->elaborator, item->name, type_simple(TYPE_STRING));
    if (kind && item->object)
        elaborate_body(t->elaborator, kind, item->object);
}

// --- expect ------------------------------------------------------------------------------------

static Symbol *expected_requirement(Testing *t, const TestItem *item)
{
    t->expected++;
    Symbol *s = check_path(t->module, &item->path, SYMBOL_REQUIREMENT);
    if (s && t->program->for_tests) {
        requirement_want(t->program, s);
        requirement_info(t->program, s)->tested = true;
    }
    return s;
}

// Nothing judges a manual requirement before somebody has attested it; where a deletion is
// refused the resource is protected.
static void check_verdict(Testing *t, Symbol *s, Word word)
{
    const RequirementInfo *info = s ? requirement_info(t->program, s) : NULL;
    uint32_t effects = info ? effects_bits(info->effects.items, info->effects.len) : 0;
    if (effects & EFFECT_BIT(EFFECT_MANUAL))
        check_choice(t->program, word, "a verdict on a manual requirement", MANUAL_VERDICTS);
    else if (effects & EFFECT_BIT(EFFECT_DENY_ACTION))
        check_choice(t->program, word, "a verdict on deletions", DELETION_VERDICTS);
    else if (s)
        check_choice(t->program, word, "a verdict", VERDICTS);
}

static void need_effect(Testing *t, const TestItem *item, Symbol *s, uint32_t any_of,
                        const char *does, const char *effect)
{
    const RequirementInfo *info = requirement_info(t->program, s);
    if (effects_bits(info->effects.items, info->effects.len) & any_of)
        return;
    Diags *ds = t->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_TEST_FORM, item->span, "requirement `%s` never %s anything",
                          s->name, does);
    diag_note(ds, d, "it does not have the effect `%s`", effect);
}

static void take_sets(Testing *t, const TestItem *item)
{
    Symbol *s = expected_requirement(t, item);
    if (s)
        need_effect(t, item, s, EFFECT_BIT(EFFECT_MODIFY) | EFFECT_BIT(EFFECT_APPEND), "sets",
                    "modify");
    if (!t->given)
        return;
    elaborator_set_kind(t->elaborator, t->given, NULL);
    TExpr *place = elaborate_place(t->elaborator, item->place);
    if (place->kind != TX_ERROR && item->value->kind != EXPR_NULL)
        elaborate_constant(t->elaborator, item->value, place->type);
    elaborator_set_kind(t->elaborator, NULL, NULL);
}

// --- tables -------------------------------------------------------------------------------------

// The place a.b["c"] and a value as the object { a = { b = { "c" = value } } }; NULL where a key
// is no text.
Expr *test_row_object(Arena *a, const Expr *place, Expr *value)
{
    for (const Expr *outer;; place = outer) {
        bool indexes = place->kind == EXPR_INDEX;
        if (indexes && place->right->kind != EXPR_STRING)
            return NULL;
        Entry entry = {.value = value};
        entry.key = indexes                      ? (Word){place->right->text, place->right->span}
                    : place->kind == EXPR_MEMBER ? *place->member
                                                 : (Word){place->text, place->span};
        Expr *object = ARENA_NEW(a, Expr);
        *object = (Expr){.kind = EXPR_OBJECT, .depth = value->depth, .span = value->span};
        object->entries = ARENA_NEW(a, Entries);
        vec_push(a, object->entries, entry);
        if (place->kind == EXPR_NAME)
            return object;
        outer = indexes ? place->left : place->object;
        value = object;
    }
}

static void check_row_once(Testing *t, const TestRows *rows, uint32_t index)
{
    Diags *ds = t->program->compilation->diags;
    const Sources *sources = t->program->compilation->sources;
    Span span = rows->items[index].value->span;
    for (uint32_t i = 0; i < index; i++) {
        Span before = rows->items[i].value->span;
        if (!str_equal(sources_text(sources, span), sources_text(sources, before)))
            continue;
        Diag *d = diag_report(ds, DIAG_TEST_FORM, span, "this value has a row already");
        diag_label(ds, d, before, "it is here");
        return;
    }
}

static bool check_table_place(Testing *t, const Expr *place)
{
    Diags *ds = t->program->compilation->diags;
    if (!t->given) {
        if (t->given_span.end == 0)
            diag_report(ds, DIAG_TEST_FORM, place->span,
                        "a table changes the resource that is given, there is none");
        return false;
    }
    elaborator_set_kind(t->elaborator, t->given, NULL);
    const TExpr *typed = elaborate_place(t->elaborator, place);
    elaborator_set_kind(t->elaborator, NULL, NULL);
    if (typed->kind != TX_TAG || typed->operand->kind == TX_STRING)
        return typed->kind != TX_ERROR;
    Diag *d = diag_report(ds, DIAG_TEST_FORM, place->span, "the tag of a table is named by a text");
    diag_help(ds, d, "write `tags[\"…\"]`");
    return false;
}

// Each row is the resource given with the place set to its value: checked as `given` is.
static void take_table(Testing *t, const TestItem *item)
{
    Arena *a = t->program->compilation->arena;
    Symbol *s = expected_requirement(t, item);
    bool placed = check_table_place(t, item->place);
    for (uint32_t i = 0; i < item->rows.len; i++) {
        const TestRow *row = &item->rows.items[i];
        check_row_once(t, &item->rows, i);
        check_verdict(t, s, row->verdict);
        const Expr *object = placed && row->value->kind != EXPR_NULL
                                 ? test_row_object(a, item->place, row->value)
                                 : NULL;
        if (object)
            elaborate_body(t->elaborator, t->given, object);
    }
}

static void take_item(Testing *t, const TestItem *item)
{
    switch (item->kind) {
    case TESTITEM_GIVEN:
    case TESTITEM_GIVEN_FROM: // with the others below: the first pass
    case TESTITEM_WITH:       // test_check_values
        return;
    case TESTITEM_RELATED:
        take_related(t, item);
        return;
    case TESTITEM_EXPECT_VERDICT:
        check_verdict(t, expected_requirement(t, item), item->word);
        return;
    case TESTITEM_EXPECT_TABLE:
        take_table(t, item);
        return;
    case TESTITEM_EXPECT_SETS:
        take_sets(t, item);
        return;
    case TESTITEM_EXPECT_DEPLOYS: {
        Symbol *s = expected_requirement(t, item);
        if (s)
            need_effect(t, item, s, EFFECT_BIT(EFFECT_DEPLOY_IF_NOT_EXISTS), "deploys",
                        "deployIfNotExists");
        kind_of_word(t, item->word);
        return;
    }
    }
}

void test_check(Program *p, Module *m, const Decl *decl)
{
    Arena *scratch = arena_new();
    Testing t = {.program = p, .module = m, .decl = decl};
    t.elaborator = elaborator_new(p, m, scratch);
    const TestDecl *test = decl->test;
    for (uint32_t i = 0; i < test->items.len; i++) {
        const TestItem *item = &test->items.items[i];
        if (item->kind == TESTITEM_GIVEN || item->kind == TESTITEM_GIVEN_FROM)
            take_given(&t, item);
    }
    for (uint32_t i = 0; i < test->items.len; i++)
        take_item(&t, &test->items.items[i]);
    Diags *ds = p->compilation->diags;
    if (!t.given && !t.facts && t.given_span.end == 0) {
        Diag *d = diag_report(ds, DIAG_TEST_FORM, decl->title.span, "this test gives no resource");
        diag_help(ds, d, "write `given kind { … }`");
    }
    if (t.expected == 0) {
        Diag *d = diag_report(ds, DIAG_TEST_FORM, decl->title.span, "this test expects nothing");
        diag_help(ds, d, "write `expect requirement satisfied`");
    }
    arena_free(scratch);
}

// --- with --------------------------------------------------------------------------------------

// The parameter among those of the requirements a test expects something of.
static const ParamUse *param_of_test(Program *p, Module *m, const TestDecl *test, Name name,
                                     bool *ret_all_known)
{
    *ret_all_known = true;
    for (uint32_t i = 0; i < test->items.len; i++) {
        const TestItem *item = &test->items.items[i];
        bool expects = item->kind >= TESTITEM_EXPECT_VERDICT;
        Symbol *s = expects ? check_path(m, &item->path, SYMBOL_REQUIREMENT) : NULL;
        if (!s)
            continue;
        const RequirementInfo *info = requirement_info(p, s);
        *ret_all_known &= info->elaborated;
        for (uint32_t k = 0; k < info->params.len; k++) {
            if (info->params.items[k].param->name == name)
                return &info->params.items[k];
        }
    }
    return NULL;
}

static void check_with(Program *p, Module *m, const TestDecl *test, const TestItem *item)
{
    SetValue v;
    bool all_known;
    if (!place_split(p, m, item->place, item->value, &v))
        return;
    if (v.requirement) {
        Diag *d = diag_report(p->compilation->diags, DIAG_UNKNOWN_PARAMETER, v.span,
                              "`with` gives a parameter, of every requirement of the test");
        diag_help(p->compilation->diags, d, "write `with %s = …`", v.parameter);
        return;
    }
    const ParamUse *use = param_of_test(p, m, test, v.parameter, &all_known);
    if (use) {
        v.value = value_check(p, &v, use->param->type, NULL);
        value_check_list(p, &v, use);
        return;
    }
    if (all_known)
        diag_report(p->compilation->diags, DIAG_UNKNOWN_PARAMETER, v.span,
                    "no requirement of this test uses a parameter `%s`", v.parameter);
}

void test_check_values(Program *p, Module *m, const Decl *decl)
{
    const TestItem *items = decl->test->items.items;
    for (uint32_t i = 0; i < decl->test->items.len; i++) {
        if (items[i].kind != TESTITEM_WITH)
            continue;
        check_with(p, m, decl->test, &items[i]);
        for (uint32_t k = 0; k < i && items[i].place->kind == EXPR_NAME; k++) {
            Span first = items[k].span;
            if (items[k].kind == TESTITEM_WITH && items[k].place->kind == EXPR_NAME &&
                items[k].place->text == items[i].place->text)
                check_once(p, &first, items[i].span, items[i].place->text);
        }
    }
}
