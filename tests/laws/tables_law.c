// tables_law.c - the verdicts written beside the golden programs are what the programs mean.
//
//     interpret(program, resource) = verdict
//
// for each row of each `x.verdicts.json` (tests/golden/walk/README.md). A resource that
// Azure leaves out and one outside `where` are told apart by the interpreter only, so `s`
// and `n` are one here.
//
// SPDX-License-Identifier: MIT
#include "laws/compiled.h"
#include "laws/files.h"
#include "laws/interpret.h"

#include "json/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PROGRAM = 1 << 20 };

typedef struct Tables {
    const Catalog *catalog;
    uint32_t passed, failed;
} Tables;

static _Noreturn void stop(const char *path, const char *message)
{
    fprintf(stderr, "%s: %s\n", path, message);
    exit(1);
}

// --- rows ---------------------------------------------------------------------------------------

static Data with_member(Arena *a, const Data *object, Str name, Data value)
{
    uint32_t n = object->count;
    DataMember *members = ARENA_ARRAY(a, DataMember, n + 1);
    if (n)
        memcpy(members, object->members, n * sizeof *members);
    for (uint32_t i = 0; i < n; i++)
        if (str_equal(members[i].name, name)) {
            members[i].value = value;
            return (Data){.kind = DATA_OBJECT, .count = n, .members = members};
        }
    members[n] = (DataMember){.name = name, .value = value};
    return (Data){.kind = DATA_OBJECT, .count = n + 1, .members = members};
}

// What is given and the row adds to.
static Data added(Arena *a, const Data *given, const Data *row)
{
    if (!given || given->kind != DATA_OBJECT || row->kind != DATA_OBJECT)
        return *row;
    Data ret = *given;
    for (uint32_t i = 0; i < row->count; i++) {
        Str name = row->members[i].name;
        ret = with_member(a, &ret, name, added(a, data_get(given, name), &row->members[i].value));
    }
    return ret;
}

// With the id and the name that nobody asked for.
static Data completed(Arena *a, const Data *resource)
{
    if (resource->kind != DATA_OBJECT)
        return *resource;
    const Data *type = data_get(resource, str_of("type")),
               *name = data_get(resource, str_of("name"));
    const char *own = name ? arena_copy(a, name->text, name->count) : "res";
    const char *text = arena_copy(a, type->text, type->count), *slash = strchr(text, '/');
    Buf id = {0};
    uint32_t above = 0;
    buf_printf(&id,
               "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
               "/providers/%.*s",
               (int)(slash - text), text);
    for (const char *p = slash; p; p = strchr(p + 1, '/')) {
        buf_printf(&id, "/%.*s/", (int)strcspn(p + 1, "/"), p + 1);
        if (strchr(p + 1, '/'))
            buf_printf(&id, "res%u", above++);
        else
            buf_str(&id, own);
    }
    Data ret = *resource;
    if (!data_get(resource, str_of("id")))
        ret = with_member(a, &ret, str_of("id"), data_string(str_of(arena_copy(a, id.p, id.n))));
    buf_free(&id);
    return name ? ret : with_member(a, &ret, str_of("name"), data_string(str_of(own)));
}

static Data completed_all(Arena *a, const Data *list)
{
    Data ret = *list;
    Data *items = ARENA_ARRAY(a, Data, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++)
        items[i] = completed(a, &list->items[i]);
    ret.items = items;
    return ret;
}

static const Data *fact(const Data *context, const char *name)
{
    return context ? data_get(context, str_of(name)) : NULL;
}

static const char *text_member(Arena *a, const Data *row, const char *name)
{
    const Data *d = data_get(row, str_of(name));
    return d && d->kind == DATA_STRING ? arena_copy(a, d->text, d->count) : NULL;
}

// --- judging ------------------------------------------------------------------------------------

static Verdict verdict_of(Arena *a, const Tables *t, const TRequirement *r, const Data *row)
{
    static const Data no_related = {.kind = DATA_ARRAY};
    const Data *context = data_get(row, str_of("context"));
    const Data *given = data_get(row, str_of("related"));
    Data related = completed_all(a, given ? given : &no_related);
    Data resource = completed(a, data_get(row, str_of("resource")));
    const char *now = text_member(a, row, "now");
    const Data *said = fact(context, "requestContext");
    Data none = {.kind = DATA_OBJECT};
    Data request = with_member(a, &none, str_of("apiVersion"), data_string(str_of("2099-01-01")));
    if (said)
        request = added(a, &request, said);
    World w = {.resource = &resource,
               .parameters = data_get(row, str_of("parameters")),
               .request = &request,
               .resource_group = fact(context, "resourceGroup"),
               .subscription = fact(context, "subscription"),
               .related = &related,
               .now = now ? now : "2026-01-15T00:00:00Z"};
    const TExpr *clause;
    return interpret(a, t->catalog, r, &w, &clause);
}

static void judge_row(Tables *t, const char *path, Str program, const Data *row)
{
    Arena *a = arena_new();
    Compiled c;
    const char *rule = text_member(a, row, "rule"), *wanted = text_member(a, row, "verdict");
    if (rule) { // else an assignment's values are judged
        compile_requirement(t->catalog, path, program, rule, &c);
        if (!c.typed)
            stop(path, rule);
        Verdict v = verdict_of(a, t, c.typed, row);
        bool same = (v == VERDICT_VIOLATED) == (*wanted == 'v');
        t->passed += same;
        t->failed += !same;
        if (!same)
            printf("%s: %s: %s is %s\n", path, rule, text_member(a, row, "note"),
                   v == VERDICT_VIOLATED ? "violated" : "not violated");
        compiled_free(&c);
    }
    arena_free(a);
}

static void visit(void *context, const char *path, Str text)
{
    Tables *t = context;
    Arena *a = arena_new();
    Data read;
    JsonError error;
    Status st;
    Str program;
    const char *source =
        arena_printf(a, "%.*s.moat", (int)(strlen(path) - strlen(".verdicts.json")), path);
    if (!json_read(a, text, JSON_STRICT, &read, &error))
        stop(path, error.message);
    if (io_read_file(a, source, LARGEST_PROGRAM, &program, &st)) { // else a project of files
        bool plain = read.kind == DATA_ARRAY;
        const Data *given = plain ? NULL : data_get(&read, str_of("given"));
        const Data *rows = plain ? &read : data_get(&read, str_of("cases"));
        for (uint32_t i = 0; i < rows->count; i++) {
            Data row = added(a, given, &rows->items[i]);
            judge_row(t, source, program, &row);
        }
    }
    arena_free(a);
}

int main(void)
{
    Arena *a = arena_new();
    Tables t = {.catalog = catalog_open(a)};
    files_visit(a, "tests/golden", ".verdicts.json", visit, &t);
    arena_free(a);
    printf("%u passed, %u failed\n", t.passed, t.failed);
    return t.failed != 0;
}
