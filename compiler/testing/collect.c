// collect.c - the tests of a program as data.
//
// What sema has checked is typed again and turned into the shape of Azure.
//
// SPDX-License-Identifier: MIT
#include "testing/given.h"

#include "base/io.h"
#include "base/limits.h"
#include "json/read.h"

#include <limits.h>
#include <stdlib.h>

typedef struct Collector {
    Program *program;
    const Lowered *lowered;
    Module *module;
    Elaborator *elaborator;
    const KindInfo *kind; // of the resource judged
    const Data *said;     // of it
    const Data *request, *group, *subscription;
    TestCase *test;
    TestCases *cases;
} Collector;

static Arena *memory(const Collector *x)
{
    return x->program->compilation->arena;
}

static const Data *kept(Arena *a, Data d)
{
    Data *copy = ARENA_NEW(a, Data);
    *copy = d;
    return copy;
}

static const Data *constant(Collector *x, const Expr *e, const Type *type)
{
    Arena *a = memory(x);
    const Value *v = lower_constant(a, elaborate_constant(x->elaborator, e, type));
    return kept(a, v ? given_value(a, v) : data_null());
}

// --- files -------------------------------------------------------------------------------------

static bool is_below(const char *path, const char *folder)
{
    char real_path[PATH_MAX], real_folder[PATH_MAX];
    if (!realpath(path, real_path) || !realpath(folder, real_folder))
        return false;
    size_t n = strlen(real_folder);
    return strncmp(real_path, real_folder, n) == 0 && real_path[n] == '/';
}

static void report_json(Collector *x, Text file, Str text, const JsonError *error)
{
    uint32_t line, column;
    json_line_at(text, error->at, &line, &column);
    diag_report(x->program->compilation->diags, DIAG_TEST_FILE, file.span,
                "`%s` is not JSON: line %u, column %u: %s", file.text, line, column,
                error->message);
}

static bool read_file(Collector *x, Text file, Data *ret)
{
    Arena *a = memory(x);
    Diags *ds = x->program->compilation->diags;
    const char *module = sources_at(x->program->compilation->sources, file.span.start)->path;
    const char *slash = strrchr(module, '/');
    const char *path =
        slash ? arena_printf(a, "%.*s/%s", (int)(slash - module), module, file.text) : file.text;
    Status st;
    Str text;
    if (io_exists(path) && x->program->root && !is_below(path, x->program->root)) {
        diag_report(ds, DIAG_TEST_FILE, file.span, "`%s` is outside the project", file.text);
        return false;
    }
    if (!io_read_file(a, path, LIMIT_SOURCE_BYTES, &text, &st)) {
        diag_report(ds, DIAG_TEST_FILE, file.span, "%s",
                    arena_copy(a, st.message, strlen(st.message)));
        return false;
    }
    JsonError error;
    if (!json_read(a, text, JSON_COMMENTS, ret, &error)) {
        report_json(x, file, text, &error);
        return false;
    }
    if (ret->kind != DATA_OBJECT) {
        diag_report(ds, DIAG_TEST_FILE, file.span, "`%s` holds no object, but a resource is one",
                    file.text);
        return false;
    }
    return true;
}

// --- given -------------------------------------------------------------------------------------

static bool take_fact(Collector *x, const TestItem *item, const char *word, const Data **ret)
{
    if (strcmp(item->word.name, word) != 0)
        return false;
    Data said;
    if (item->object)
        *ret = constant(x, item->object, NULL);
    else if (read_file(x, item->file, &said))
        *ret = kept(memory(x), said);
    return true;
}

// The item that gives the resource: the kind named is no fact, or there is no other.
static const TestItem *judged_item(Collector *x, const TestDecl *test)
{
    const TestItem *judged = NULL;
    for (uint32_t i = 0; i < test->items.len; i++) {
        const TestItem *item = &test->items.items[i];
        if (item->kind != TESTITEM_GIVEN && item->kind != TESTITEM_GIVEN_FROM)
            continue;
        if (!test_is_fact(item->word.name))
            return item;
        const Symbol *s = module_lookup(x->module, item->word.name);
        if (s && s->kind == SYMBOL_KIND)
            judged = item;
    }
    return judged;
}

static const Data *typed_resource(Collector *x, const KindInfo *kind, const TestItem *item)
{
    Arena *a = memory(x);
    Data said = data_missing();
    if (item->object) {
        const TExpr *body = elaborate_body(x->elaborator, kind, item->object);
        said = body->kind == TX_OBJECT ? given_value(a, lower_resource(x->program, kind, body))
                                       : given_object(a, NULL, 0);
    } else if (!read_file(x, item->file, &said)) {
        return NULL;
    }
    return kept(a, said);
}

static const KindInfo *kind_named(Collector *x, Word word)
{
    Symbol *s = module_lookup(x->module, word.name);
    return s && s->kind == SYMBOL_KIND ? kind_of_symbol(x->program, s) : NULL;
}

// The resource and what is around it, as far as nothing is said.
static void complete(Collector *x, TestCase *t, const Data *said)
{
    Arena *a = memory(x);
    t->resource = x->kind ? kept(a, given_resource(a, x->kind, said)) : NULL;
    t->request_context = kept(a, given_request(a, x->request, x->kind, &t->now));
    t->resource_group = kept(a, given_group(a, x->group, t->resource));
    t->subscription = kept(a, given_subscription(a, x->subscription));
}

static void take_given(Collector *x, const TestDecl *decl)
{
    const TestItem *judged = judged_item(x, decl);
    x->request = x->group = x->subscription = NULL;
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const TestItem *item = &decl->items.items[i];
        if ((item->kind != TESTITEM_GIVEN && item->kind != TESTITEM_GIVEN_FROM) || item == judged)
            continue;
        (void)(take_fact(x, item, "request", &x->request) ||
               take_fact(x, item, "resource_group", &x->group) ||
               take_fact(x, item, "subscription", &x->subscription));
    }
    x->kind = judged ? kind_named(x, judged->word) : NULL;
    x->said = x->kind ? typed_resource(x, x->kind, judged) : NULL;
    complete(x, x->test, x->said);
}

static void take_related(Collector *x, const TestItem *item)
{
    Arena *a = memory(x);
    const KindInfo *kind = kind_named(x, item->word);
    const Data *said = kind ? typed_resource(x, kind, item) : NULL;
    if (!said)
        return;
    TestRelated related = {0};
    const Data *name = item->name ? constant(x, item->name, NULL) : data_get(said, str_of("name"));
    if (name && name->kind == DATA_STRING)
        related.name = arena_copy(a, name->text, name->count);
    if (item->name && !data_get(said, str_of("name"))) {
        DataMember *members = ARENA_ARRAY(a, DataMember, said->count + 1);
        members[0] = given_member("name", *name);
        if (said->count)
            memcpy(members + 1, said->members, said->count * sizeof *members);
        said = kept(a, given_object(a, members, said->count + 1));
    }
    related.resource = kept(a, given_resource(a, kind, said));
    vec_push(a, &x->test->related, related);
}

// --- with --------------------------------------------------------------------------------------

static const ParamInfo *param_named(const TestCase *t, Name name)
{
    for (uint32_t i = 0; i < t->expects.len; i++) {
        const LoweredRequirement *r = t->expects.items[i].requirement;
        for (uint32_t j = 0; j < r->definitions.len; j++) {
            const LoweredDefinition *d = &r->definitions.items[j];
            for (uint32_t k = 0; k < d->parameters.len; k++) {
                const ParamInfo *p = d->parameters.items[k].param;
                if (p && p->name == name)
                    return p;
            }
        }
    }
    return NULL;
}

static void take_parameters(Collector *x, const TestDecl *decl)
{
    Arena *a = memory(x);
    VEC(DataMember) members = {0};
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const TestItem *item = &decl->items.items[i];
        if (item->kind != TESTITEM_WITH || item->place->kind != EXPR_NAME)
            continue;
        const ParamInfo *p = param_named(x->test, item->place->text);
        const Data *value = constant(x, item->value, p ? p->type : NULL);
        vec_push(a, &members, given_member(item->place->text, *value));
    }
    x->test->parameters = kept(a, given_object(a, members.items, members.len));
}

// --- expect --------------------------------------------------------------------------------------

static const LoweredRequirement *requirement_of(Collector *x, const ModulePath *path)
{
    Symbol *s = module_resolve_path(x->module, path, "requirement");
    return s ? requirement_info(x->program, s)->lowered : NULL;
}

static TestVerdict verdict_of_word(Name word)
{
    for (TestVerdict v = VERDICT_NOT_APPLICABLE; v < VERDICT_ERROR; v++) {
        if (strcmp(word, test_verdict_text(v)) == 0)
            return v;
    }
    return VERDICT_ERROR;
}

static const char *tag_name(Collector *x, const TExpr *key)
{
    Arena *a = memory(x);
    const Data *value = NULL;
    if (key->kind == TX_PARAM) {
        value = data_get(x->test->parameters, str_of(key->param->name));
        key = key->param->initial;
    }
    const Value *v = !value && key ? lower_constant(a, key) : NULL;
    if (v)
        value = kept(a, given_value(a, v));
    return value && value->kind == DATA_STRING ? arena_copy(a, value->text, value->count) : "";
}

// As it is written, in one line.
static const char *written(Collector *x, Span span)
{
    Str text = sources_text(x->program->compilation->sources, span);
    Buf b = {0};
    for (size_t i = 0; i < text.n; i++) {
        bool space =
            text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r';
        if (!space)
            buf_char(&b, text.p[i]);
        else if (b.n > 0 && b.p[b.n - 1] != ' ')
            buf_char(&b, ' ');
    }
    const char *line = arena_copy(memory(x), b.p, b.n);
    buf_free(&b);
    return line;
}

static void take_sets(Collector *x, const TestItem *item, TestExpect *e)
{
    elaborator_set_kind(x->elaborator, x->kind, NULL);
    const TExpr *place = elaborate_place(x->elaborator, item->place);
    e->place = written(x, item->place->span);
    if (place->kind == TX_TAG) {
        e->path = "tags";
        e->tag = tag_name(x, place->operand);
    } else if (place->kind == TX_FIELD) {
        e->path = arena_copy(memory(x), place->field->path, strlen(place->field->path));
    }
    if (item->value->kind != EXPR_NULL)
        e->value = constant(x, item->value, place->type);
    elaborator_set_kind(x->elaborator, NULL, NULL);
}

static bool expect_of(Collector *x, const TestItem *item, TestExpect *ret)
{
    *ret = (TestExpect){.kind = item->kind, .span = item->span};
    ret->requirement = requirement_of(x, &item->path);
    if (!ret->requirement)
        return false;
    if (item->kind == TESTITEM_EXPECT_VERDICT)
        ret->verdict = verdict_of_word(item->word.name);
    if (item->kind == TESTITEM_EXPECT_DEPLOYS) {
        const KindInfo *kind = kind_named(x, item->word);
        ret->deploys = kind ? kind->type : NULL;
    }
    return true;
}

static void take_expects(Collector *x, const TestDecl *decl)
{
    for (uint32_t i = 0; i < decl->items.len; i++) {
        TestExpect e;
        if (decl->items.items[i].kind >= TESTITEM_EXPECT_VERDICT &&
            expect_of(x, &decl->items.items[i], &e))
            vec_push(memory(x), &x->test->expects, e);
    }
}

// Values of `sets` may name parameters, so these come before.
static void take_set_values(Collector *x, const TestDecl *decl)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < decl->items.len && next < x->test->expects.len; i++) {
        const TestItem *item = &decl->items.items[i];
        TestExpect *e = &x->test->expects.items[next];
        if (item->span.start != e->span.start)
            continue;
        next++;
        if (item->kind == TESTITEM_EXPECT_SETS)
            take_sets(x, item, e);
    }
}

// --- tables ----------------------------------------------------------------------------------------

static const Data *row_body(Collector *x, const Expr *place, Expr *value)
{
    const Expr *object = test_row_object(memory(x), place, value);
    const TExpr *body = elaborate_body(x->elaborator, x->kind, object);
    return kept(memory(x), given_value(memory(x), lower_resource(x->program, x->kind, body)));
}

// The row's own case: the resource given with the place set, or without it.
static void take_row(Collector *x, const TestItem *table, const TestRow *row, bool only_table)
{
    Arena *a = memory(x);
    TestExpect e = {.kind = TESTITEM_EXPECT_VERDICT, .span = row->span};
    e.requirement = requirement_of(x, &table->path);
    e.verdict = verdict_of_word(row->verdict.name);
    if (!e.requirement || !x->said)
        return;
    Expr absent = {.kind = EXPR_NULL, .span = row->value->span};
    const Data *where = row_body(x, table->place, &absent);
    const Data *body = row_body(x, table->place, row->value);
    TestCase *t = ARENA_NEW(a, TestCase);
    *t = *x->test;
    t->expects.items = NULL;
    t->expects.len = t->expects.cap = 0;
    vec_push(a, &t->expects, e);
    complete(x, t, kept(a, given_changed(a, x->said, where, body)));
    const char *value = written(x, row->value->span);
    t->span = row->span;
    t->title = only_table
                   ? arena_printf(a, "%s: %s", t->title, value)
                   : arena_printf(a, "%s: %s for %s: %s", t->title, e.requirement->symbol->name,
                                  written(x, table->place->span), value);
    vec_push(a, x->cases, t);
}

static void take_tables(Collector *x, const TestDecl *decl)
{
    uint32_t tables = 0;
    for (uint32_t i = 0; i < decl->items.len; i++)
        tables += decl->items.items[i].kind == TESTITEM_EXPECT_TABLE;
    for (uint32_t i = 0; i < decl->items.len; i++) {
        const TestItem *item = &decl->items.items[i];
        for (uint32_t k = 0; k < item->rows.len; k++)
            take_row(x, item, &item->rows.items[k], tables == 1);
    }
}

// Their rows are cases of their own.
static void leave_out_tables(TestCase *t)
{
    uint32_t kept_count = 0;
    for (uint32_t i = 0; i < t->expects.len; i++) {
        if (t->expects.items[i].kind != TESTITEM_EXPECT_TABLE)
            t->expects.items[kept_count++] = t->expects.items[i];
    }
    t->expects.len = kept_count;
}

// --- tests -----------------------------------------------------------------------------------------

static void collect_test(Collector *x, const Decl *decl)
{
    Arena *a = memory(x), *scratch = arena_new();
    x->test = ARENA_NEW(a, TestCase);
    *x->test = (TestCase){.span = decl->title.span, .title = decl->title.text};
    x->test->module = x->module->path;
    x->elaborator = elaborator_new(x->program, x->module, scratch);
    for (uint32_t i = 0; i < decl->test->items.len; i++) {
        if (decl->test->items.items[i].kind == TESTITEM_RELATED)
            take_related(x, &decl->test->items.items[i]);
    }
    take_expects(x, decl->test);
    take_parameters(x, decl->test);
    take_given(x, decl->test);
    take_set_values(x, decl->test);
    leave_out_tables(x->test);
    if (x->test->expects.len > 0)
        vec_push(a, x->cases, x->test);
    take_tables(x, decl->test);
    arena_free(scratch);
}

void tests_collect(Program *p, const Lowered *l, TestCases *ret)
{
    Collector x = {.program = p, .lowered = l, .cases = ret};
    for (uint32_t i = 0; i < p->modules.len; i++) {
        x.module = p->modules.items[i];
        for (uint32_t k = 0; !x.module->is_stdlib && k < x.module->file->decls.len; k++) {
            if (x.module->file->decls.items[k]->kind == DECL_TEST)
                collect_test(&x, x.module->file->decls.items[k]);
        }
    }
}
