// eval_law.c - evaluation, as the Python laws ask for it.
//
// Alone it holds two laws on the policies of the examples, each on a resource
// of its types and of another one: with and without trace the verdict is the
// same, and a policy the index leaves out does not apply.
//
//     eval_law --serve    a request on each line of the input, an answer on each of the output
//
// A request has `policy` (its text), and may have `parameters`, `resource`,
// `aliases` (path of a listing, or "catalogue"), `apiVersion`, `requestContext`,
// `resourceGroup`, `subscription`, `policyContext`, `related` (a list; null: there
// is none), `now`, `scan`, `semantics`, `repeat`. The answer has `parsed`,
// `prepared` and what the evaluation gave.
//
// SPDX-License-Identifier: MIT
#include "laws/files.h"

#include "base/io.h"
#include "base/limits.h"
#include "eval/eval.h"
#include "policy/read.h"
#include "json/read.h"

#include <time.h>

typedef struct Listing { // aliases read before
    const char *path;
    Aliases *aliases;
} Listing;

typedef struct Server {
    Arena *arena; // of the listings
    const Catalog *catalog;
    VEC(Listing) listings;
    EvalScratch *scratch;
} Server;

static const Data *member(const Data *d, const char *name)
{
    const Data *m = d->kind == DATA_OBJECT ? data_get(d, str_of(name)) : NULL;
    return m && m->kind != DATA_NULL ? m : NULL;
}

static const char *text_of(Arena *a, const Data *d, const char *name)
{
    const Data *m = d ? member(d, name) : NULL;
    return m && m->kind == DATA_STRING ? arena_copy(a, m->text, m->count) : NULL;
}

// --- aliases -------------------------------------------------------------------------------------

static const Aliases *listing(Server *s, const char *path)
{
    if (!path)
        return NULL;
    for (uint32_t i = 0; i < s->listings.len; i++)
        if (str_equal(str_of(s->listings.items[i].path), str_of(path)))
            return s->listings.items[i].aliases;
    Listing l = {.path = arena_copy(s->arena, path, strlen(path))};
    Str text;
    Status st;
    Data providers;
    JsonError error;
    const char *wrong = "";
    if (str_equal(str_of(path), str_of("catalogue")))
        l.aliases = aliases_catalog(s->arena, s->catalog);
    else if (io_read_file(s->arena, path, LIMIT_JSON_BYTES, &text, &st) &&
             json_read(s->arena, text, JSON_STRICT, &providers, &error))
        l.aliases = aliases_read(s->arena, &providers, &wrong);
    vec_push(s->arena, &s->listings, l);
    return l.aliases;
}

// --- one evaluation ------------------------------------------------------------------------------

typedef struct Related {
    const Data *list;
} Related;

static bool next_related(void *context, const EvalRelatedQuery *q, uint32_t *at, const Data **ret,
                         bool *unknown)
{
    (void)q;
    (void)unknown;
    const Data *list = ((const Related *)context)->list;
    while (*at < list->count) {
        *ret = &list->items[(*at)++];
        if ((*ret)->kind == DATA_OBJECT)
            return true;
    }
    return false;
}

static void answer_text(Buf *out, const char *name, const char *text)
{
    buf_printf(out, ", \"%s\": ", name);
    if (text)
        buf_json_string(out, str_of(text));
    else
        buf_str(out, "null");
}

static void answer_data(Buf *out, const char *name, const Data *d)
{
    buf_printf(out, ", \"%s\": ", name);
    if (d->kind == DATA_MISSING)
        buf_str(out, "null");
    else
        data_print(out, d);
}

static void answer(Buf *out, const EvalResult *r)
{
    answer_text(out, "state", eval_state_text(r->state));
    answer_text(out, "effect", r->effect);
    answer_text(out, "error", r->error);
    answer_text(out, "uncertain", r->uncertain ? r->uncertain_reason : NULL);
    answer_data(out, "details", &r->details);
    answer_data(out, "after", &r->resource);
    buf_printf(out, ", \"matched\": %s", r->matched ? "true" : "false");
}

static Semantics semantics_of(const char *text)
{
    return !text                                           ? SEMANTICS_RECOMMENDED
           : str_equal(str_of(text), str_of("engine"))     ? SEMANTICS_ENGINE
           : str_equal(str_of(text), str_of("documented")) ? SEMANTICS_DOCUMENTED
                                                           : SEMANTICS_RECOMMENDED;
}

static void measure(Server *s, const EvalPolicy *p, const EvalInput *in, uint32_t times, Buf *out)
{
    EvalResult r;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (uint32_t i = 0; i < times; i++)
        eval_run(p, in, s->scratch, &r);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double ns = (double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec);
    buf_printf(out, ", \"ns\": %.0f", ns / times);
}

static void evaluate(Server *s, Compilation *c, const Data *q, const PolicyDefinition *d, Buf *out)
{
    Arena *a = c->arena;
    const Data *policy = member(q, "policyContext"), *resource = member(q, "resource");
    const Data *scan = member(q, "scan"), *repeat = member(q, "repeat");
    Data nothing = {.kind = DATA_OBJECT, .at = DATA_NOWHERE};
    EvalSetup setup = {.compilation = c,
                       .catalog = member(q, "aliases") ? s->catalog : NULL,
                       .aliases = listing(s, text_of(a, q, "aliases")),
                       .semantics = semantics_of(text_of(a, q, "semantics"))};
    EvalBinding binding = {.parameters = member(q, "parameters"),
                           .assignment_id = text_of(a, policy, "assignmentId"),
                           .definition_id = text_of(a, policy, "definitionId"),
                           .set_id = text_of(a, policy, "setDefinitionId"),
                           .reference_id = text_of(a, policy, "definitionReferenceId"),
                           .effect = text_of(a, q, "effect")};
    const EvalPolicy *p = eval_prepare(&setup, d, &binding);
    buf_printf(out, ", \"prepared\": %s", diags_has_errors(c->diags) ? "false" : "true");
    Related related = {member(q, "related")};
    EvalInput in = {.resource = resource ? resource : &nothing,
                    .api_version = text_of(a, q, "apiVersion"),
                    .request_context = member(q, "requestContext"),
                    .resource_group = member(q, "resourceGroup"),
                    .subscription = member(q, "subscription"),
                    .scan = scan && scan->kind == DATA_BOOL && scan->truth,
                    .now = text_of(a, q, "now"),
                    .related = related.list ? next_related : NULL,
                    .related_context = &related};
    EvalResult r;
    eval_run(p, &in, s->scratch, &r);
    answer(out, &r);
    if (repeat && repeat->kind == DATA_INT)
        measure(s, p, &in, (uint32_t)repeat->integer, out);
}

static void diagnostics(const Compilation *c, Buf *out)
{
    diags_finish(c->diags);
    buf_str(out, ", \"diagnostics\": [");
    for (uint32_t i = 0; diags_get(c->diags, i); i++) {
        const Diag *d = diags_get(c->diags, i);
        buf_str(out, i ? ", " : "");
        buf_json_string(
            out, str_of(arena_printf(c->arena, "%s %s", diag_code_text(d->code), d->message)));
    }
    buf_char(out, ']');
}

static void serve_one(Server *s, const Data *q, Buf *out)
{
    Compilation *c = compilation_new();
    const char *text = text_of(c->arena, q, "policy");
    PolicySet set = {0};
    bool parsed = text && policy_read(c, sources_add(c->sources, "policy", str_of(text)), &set) &&
                  set.definitions.len > 0;
    buf_printf(out, "{\"parsed\": %s", parsed ? "true" : "false");
    if (parsed)
        evaluate(s, c, q, set.definitions.items[0], out);
    diagnostics(c, out);
    buf_str(out, "}\n");
    compilation_free(c);
}

static int serve(void)
{
    Server s = {.arena = arena_new(), .scratch = eval_scratch_new()};
    s.catalog = catalog_open(s.arena);
    Arena *a = arena_new();
    char *line = NULL;
    size_t size = 0;
    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0; arena_reset(a)) {
        Data q;
        JsonError error;
        Buf out = {0};
        if (json_read(a, (Str){line, (size_t)n}, JSON_STRICT, &q, &error))
            serve_one(&s, &q, &out);
        else
            buf_printf(&out, "{\"broken\": \"%s\"}\n", error.message);
        fwrite(out.p, 1, out.n, stdout);
        fflush(stdout);
        buf_free(&out);
    }
    free(line);
    arena_free(a);
    arena_free(s.arena);
    eval_scratch_free(s.scratch);
    return EXIT_SUCCESS;
}

// --- laws ----------------------------------------------------------------------------------------

typedef struct Laws {
    Server *server;
    const Aliases *aliases;
    uint32_t passed, failed;
} Laws;

static void judge(Laws *l, const char *path, const EvalPolicy *p, const char *type, bool named)
{
    Arena *a = arena_new();
    const char *text = arena_printf(a,
                                    "{\"type\":\"%s\",\"name\":\"n\",\"id\":\"/subscriptions/s/"
                                    "resourceGroups/g/providers/%s/n\"}",
                                    type, type);
    Data resource;
    JsonError error;
    json_read(a, str_of(text), JSON_STRICT, &resource, &error);
    EvalInput in = {.resource = &resource, .now = "2026-01-15T00:00:00Z"};
    EvalResult plain, traced;
    eval_run(p, &in, l->server->scratch, &plain);
    EvalState state = plain.state;
    eval_scratch_trace(l->server->scratch, true);
    eval_run(p, &in, l->server->scratch, &traced);
    eval_scratch_trace(l->server->scratch, false);
    bool holds =
        state == traced.state && (named || state == STATE_NOT_APPLICABLE || state == STATE_ERROR);
    l->passed += holds;
    l->failed += !holds;
    if (!holds)
        printf("%s: %s on %s, traced %s\n", path, eval_state_text(state), type,
               eval_state_text(traced.state));
    arena_free(a);
}

static void judge_file(void *context, const char *path, Str text)
{
    Laws *l = context;
    if (!strstr(path, "/policyDefinitions/"))
        return;
    Compilation *c = compilation_new();
    PolicySet set = {0};
    policy_read(c, sources_add(c->sources, path, text), &set);
    EvalSetup setup = {.compilation = c, .catalog = l->server->catalog, .aliases = l->aliases};
    for (uint32_t i = 0; i < set.definitions.len; i++) {
        const EvalPolicy *p = eval_prepare(&setup, set.definitions.items[i], NULL);
        const char *const *types;
        uint32_t count = eval_types(p, &types);
        for (uint32_t k = 0; k < count; k++)
            judge(l, path, p, types[k], true);
        if (count && !diags_has_errors(c->diags))
            judge(l, path, p, "Contoso.Demo/widgets", false);
    }
    compilation_free(c);
}

int main(int argc, char **argv)
{
    if (argc == 2 && str_equal(str_of(argv[1]), str_of("--serve")))
        return serve();
    Server s = {.arena = arena_new(), .scratch = eval_scratch_new()};
    s.catalog = catalog_open(s.arena);
    Laws l = {.server = &s, .aliases = aliases_catalog(s.arena, s.catalog)};
    files_visit(s.arena, "examples", ".json", judge_file, &l);
    printf("%u passed, %u failed\n", l.passed, l.failed);
    eval_scratch_free(s.scratch);
    arena_free(s.arena);
    return l.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
