// fuzz_eval.c - any policy on any resource: the text before the first line `---`
// is the policy, what follows it the resource.
//
// With and without trace the state is the same, and with each semantics the run ends.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/eval.h"
#include "policy/read.h"
#include "json/read.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char SEPARATOR[] = "\n---\n";

static void run(const EvalPolicy *p, const Data *resource, EvalScratch *s)
{
    EvalInput in = {
        .resource = resource, .now = "2026-01-15T00:00:00Z", .resource_group = resource};
    EvalResult r;
    eval_run(p, &in, s, &r);
    EvalState state = r.state;
    eval_scratch_trace(s, true);
    eval_run(p, &in, s, &r);
    eval_scratch_trace(s, false);
    if (r.state != state && state != STATE_ERROR && r.state != STATE_ERROR)
        BUG("the trace changes the verdict");
}

static void judge(Compilation *c, Str policy, const Data *resource)
{
    PolicySet set = {0};
    Catalog *catalog = catalog_open(c->arena);
    policy_read(c, sources_add(c->sources, "fuzz.json", policy), &set);
    EvalScratch *s = eval_scratch_new();
    for (uint32_t i = 0; i < set.definitions.len && i < 8; i++)
        for (Semantics x = SEMANTICS_RECOMMENDED; x <= SEMANTICS_ENGINE; x++) {
            EvalSetup setup = {c, catalog, aliases_catalog(c->arena, catalog), x};
            run(eval_prepare(&setup, set.definitions.items[i], NULL), resource, s);
            setup.aliases = NULL;
            run(eval_prepare(&setup, set.definitions.items[i], NULL), resource, s);
        }
    eval_scratch_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation *c = compilation_new();
    char *text = arena_copy(c->arena, (const char *)data, size);
    char *middle = strstr(text, SEPARATOR);
    Str rest = middle ? str_of(middle + sizeof SEPARATOR - 1) : str_of("{}");
    size_t n = middle ? (size_t)(middle - text) : size;
    Data resource;
    JsonError error;
    if (json_read(c->arena, rest, JSON_STRICT, &resource, &error))
        judge(c, (Str){arena_copy(c->arena, text, n), n}, &resource);
    compilation_free(c);
    return 0;
}
