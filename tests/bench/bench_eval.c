// bench_eval.c - how long policies take on resources, each candidate by itself.
//
//     bench_eval                          one policy on one resource
//     bench_eval POLICIES RESOURCES       a file of policies, a resource a line
//
// Times are CPU time. Of a policy on a resource it is the mean of some runs, of all of these
// the median is told; exit 1 when that is above the goal.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/eval.h"
#include "moat.h"
#include "policy/read.h"
#include "json/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 16, READS = 20000, MOST_RESOURCES = 1000, MOST_WITHOUT_INDEX = 20 };
#define GOAL 500.0

typedef struct Bench {
    Compilation *compilation;
    EvalSetup setup;
    PolicySet set;
    EvalPolicy **policies;
    uint32_t count;
    EvalScratch *scratch;
    VEC(double) times; // of candidates, in ns
    double with_index, without_index;
    uint32_t resources, resources_without;
    uint64_t candidates;
} Bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double run_once(Bench *b, const EvalPolicy *p, const EvalInput *in)
{
    EvalResult result;
    double start = now();
    for (int i = 0; i < RUNS; i++)
        eval_run(p, in, b->scratch, &result);
    return (now() - start) / RUNS;
}

static void prepare(Bench *b)
{
    Arena *a = b->compilation->arena;
    double start = now();
    b->count = b->set.definitions.len;
    b->policies = ARENA_ARRAY(a, EvalPolicy *, b->count);
    for (uint32_t i = 0; i < b->count; i++)
        b->policies[i] = eval_prepare(&b->setup, b->set.definitions.items[i], NULL);
    printf("made ready: %u policies in %.1f ms\n", b->count, (now() - start) / 1e6);
}

static void open_bench(Bench *b)
{
    *b = (Bench){.compilation = compilation_new(), .scratch = eval_scratch_new()};
    Arena *a = b->compilation->arena;
    b->setup.compilation = b->compilation;
    b->setup.catalog = catalog_open(a);
    b->setup.aliases = aliases_catalog(a, b->setup.catalog);
}

static EvalInput input_of(const Data *resource)
{
    return (EvalInput){.resource = resource, .scan = true, .now = "2026-01-31T12:00:00Z"};
}

// --- one policy, one resource --------------------------------------------------------------------

static const char POLICY[] =
    "use azure.storage\n"
    "requirement closed \"Storage takes no traffic from the internet\" {\n"
    "    effect audit | deny | disabled\n"
    "    for storage_account where kind != \"BlobStorage\" {\n"
    "        require publicNetworkAccess == \"Disabled\"\n"
    "             or every r in networkAcls.ipRules: r.value like \"10.*\"\n"
    "    }\n"
    "}\n";

static const char RESOURCE[] =
    "{\"id\":\"/subscriptions/5e1f0c2a-7b1d-4a55-9a0e-000000000001/resourceGroups/rg/providers/"
    "Microsoft.Storage/storageAccounts/stdata\",\"name\":\"stdata\",\"type\":"
    "\"Microsoft.Storage/storageAccounts\",\"location\":\"westeurope\",\"kind\":\"StorageV2\","
    "\"sku\":{\"name\":\"Standard_ZRS\",\"tier\":\"Standard\"},\"tags\":{\"owner\":\"team-1\"},"
    "\"properties\":{\"minimumTlsVersion\":\"TLS1_2\",\"supportsHttpsTrafficOnly\":true,"
    "\"allowBlobPublicAccess\":false,\"publicNetworkAccess\":\"Enabled\",\"networkAcls\":{"
    "\"bypass\":\"AzureServices\",\"defaultAction\":\"Deny\",\"ipRules\":[{\"value\":"
    "\"10.1.0.0/16\",\"action\":\"Allow\"},{\"value\":\"192.168.1.1\",\"action\":\"Allow\"}],"
    "\"virtualNetworkRules\":[]},\"encryption\":{\"keySource\":\"Microsoft.Keyvault\"}}}";

static double time_reading(Str text)
{
    Arena *a = arena_new();
    Data d;
    JsonError e;
    double start = now();
    for (int i = 0; i < READS; i++) {
        arena_reset(a);
        json_read(a, text, JSON_STRICT, &d, &e);
    }
    double spent = (now() - start) / READS;
    arena_free(a);
    return spent;
}

static bool bench_one(Bench *b)
{
    MoatBuild build;
    Data d;
    JsonError e;
    moat_compile_text(b->compilation, "closed.moat", str_of(POLICY), false, &build);
    if (!build.ok || !json_read(b->compilation->arena, str_of(RESOURCE), JSON_STRICT, &d, &e))
        return false;
    b->set = build.lowered.set;
    prepare(b);
    EvalInput in = input_of(&d);
    double best = run_once(b, b->policies[0], &in);
    for (int i = 0; i < READS / RUNS; i++) {
        double spent = run_once(b, b->policies[0], &in);
        best = spent < best ? spent : best;
    }
    printf("one policy, one resource of %zu bytes: parse %.0f ns, evaluate %.0f ns\n",
           strlen(RESOURCE), time_reading(str_of(RESOURCE)), best);
    return true;
}

// --- files -----------------------------------------------------------------------------------------

static bool read_policies(Bench *b, const char *path)
{
    Status st;
    Str text;
    Compilation *c = b->compilation;
    if (!io_read_file(c->arena, path, LIMIT_JSON_BYTES, &text, &st)) {
        fprintf(stderr, "%s\n", st.message);
        return false;
    }
    double start = now();
    policy_read(c, sources_add(c->sources, path, text), &b->set);
    printf("read: %.1f MB of policies in %.1f ms\n", (double)text.n / 1e6, (now() - start) / 1e6);
    return b->set.definitions.len > 0;
}

static void judge(Bench *b, const EvalIndex *index, const Data *resource)
{
    const Data *type = data_get_nocase(resource, str_of("type"));
    const uint32_t *numbers;
    EvalInput in = input_of(resource);
    if (!type || type->kind != DATA_STRING)
        return;
    double start = now();
    uint32_t count = eval_candidates(index, data_str(type), &numbers);
    b->with_index += now() - start;
    for (uint32_t i = 0; i < count; i++) {
        double spent = run_once(b, b->policies[numbers[i]], &in);
        vec_push(b->compilation->arena, &b->times, spent);
        b->with_index += spent;
    }
    b->candidates += count;
    b->resources++;
    if (b->resources_without == MOST_WITHOUT_INDEX)
        return;
    b->resources_without++;
    for (uint32_t i = 0; i < b->count; i++)
        b->without_index += run_once(b, b->policies[i], &in);
}

static int by_time(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool show(Bench *b)
{
    uint32_t n = b->times.len;
    if (n == 0 || b->resources == 0)
        return false;
    qsort(b->times.items, n, sizeof *b->times.items, by_time);
    double median = b->times.items[n / 2], sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += b->times.items[i];
    printf("a candidate: median %.0f ns, mean %.0f ns, nine of ten at most %.0f ns\n", median,
           sum / n, b->times.items[(size_t)n * 9 / 10]);
    printf("a resource, %.1f candidates: %.1f us with the index of types, %.1f us without\n",
           (double)b->candidates / b->resources, b->with_index / b->resources / 1e3,
           b->without_index / b->resources_without / 1e3);
    return median <= GOAL;
}

static bool bench_files(Bench *b, const char *policies, const char *resources)
{
    Status st;
    if (!read_policies(b, policies))
        return false;
    prepare(b);
    JsonStream *s = json_stream_open(resources, &st);
    if (!s)
        return false;
    Arena *a = arena_new();
    const EvalIndex *index = eval_index(b->compilation->arena, b->policies, b->count);
    Str text;
    JsonError e;
    while (b->resources < MOST_RESOURCES && json_stream_next(s, a, &text, &e) == JSON_STEP_VALUE) {
        Data d;
        arena_reset(a);
        if (json_read(a, text, JSON_STRICT, &d, &e) && d.kind == DATA_OBJECT)
            judge(b, index, &d);
    }
    json_stream_close(s);
    arena_free(a);
    return show(b);
}

int main(int argc, char **argv)
{
    if (argc != 1 && argc != 3) {
        fprintf(stderr, "usage: bench_eval [POLICIES RESOURCES]\n");
        return 2;
    }
    Bench b;
    open_bench(&b);
    bool good = argc == 3 ? bench_files(&b, argv[1], argv[2]) : bench_one(&b);
    eval_scratch_free(b.scratch);
    compilation_free(b.compilation);
    return good ? 0 : 1;
}
