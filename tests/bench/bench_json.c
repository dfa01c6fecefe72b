// bench_json.c - how fast resources are read, beside cJSON in the same run.
//
//     bench_json [FILE]
//
// Reads generated resources of about a kilobyte each, or the values of FILE one after the other,
// and prints gigabytes of text a second, the best of some rounds; then the same from a file, a
// value a line. Exit 1 below the goal.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"
#include "base/vec.h"
#include "json/stream.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RESOURCES = 4000, ROUNDS = 15, LARGEST_FILE = 256 << 20 };
#define GOAL 0.4

typedef struct Bench {
    VEC(Str) texts;
    size_t bytes;
    Arena *arena;
} Bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

// --- texts ---------------------------------------------------------------------------------------

// As Azure Resource Graph exports them: one line each, a few numbers, no escapes but in a tag.
static const char RESOURCE[] =
    "{\"id\":\"/subscriptions/5e1f0c2a-7b1d-4a55-9a0e-0000000%05u/resourceGroups/rg-data-%u/"
    "providers/Microsoft.Storage/storageAccounts/stdata%05u\",\"name\":\"stdata%05u\","
    "\"type\":\"Microsoft.Storage/storageAccounts\",\"location\":\"%s\",\"kind\":\"StorageV2\","
    "\"sku\":{\"name\":\"Standard_ZRS\",\"tier\":\"Standard\"},\"tags\":{\"owner\":\"team-%u\","
    "\"environment\":\"prod\",\"cost center\":\"%u \\\"shared\\\"\"},\"properties\":{"
    "\"minimumTlsVersion\":\"TLS1_2\",\"supportsHttpsTrafficOnly\":true,"
    "\"allowBlobPublicAccess\":%s,\"publicNetworkAccess\":\"Disabled\","
    "\"networkAcls\":{\"bypass\":\"AzureServices\",\"defaultAction\":\"Deny\",\"ipRules\":["
    "{\"value\":\"10.%u.0.0/16\",\"action\":\"Allow\"},{\"value\":\"192.168.%u.1\","
    "\"action\":\"Allow\"}],\"virtualNetworkRules\":[]},\"encryption\":{\"keySource\":"
    "\"Microsoft.Keyvault\",\"requireInfrastructureEncryption\":null,\"services\":{\"blob\":{"
    "\"enabled\":true,\"keyType\":\"Account\"},\"file\":{\"enabled\":true,\"keyType\":"
    "\"Account\"}}},\"deleteRetentionPolicy\":{\"enabled\":true,\"days\":%u},"
    "\"usedBytes\":%u.25,\"creationTime\":\"2024-03-%02uT08:15:30.1234567Z\"}}";

static void generate(Bench *b, Arena *a)
{
    static const char *const locations[] = {"westeurope", "northeurope", "swedencentral"};
    for (unsigned i = 0; i < RESOURCES; i++) {
        unsigned small = i * 7919 % 250;
        char *text = arena_printf(a, RESOURCE, i, small, i, i, locations[i % 3], small, i,
                                  i % 2 ? "true" : "false", small, small, small, i, 1 + i % 28);
        vec_push(a, &b->texts, str_of(text));
        b->bytes += strlen(text);
    }
}

static bool split(Bench *b, Arena *a, const char *path)
{
    Status st;
    Str text;
    if (!io_read_file(a, path, LARGEST_FILE, &text, &st)) {
        fprintf(stderr, "%s\n", st.message);
        return false;
    }
    uint32_t at = 0;
    for (bool more = true; more;) {
        Data d;
        JsonError e;
        uint32_t begin = at;
        if (!json_read_next(b->arena, text, &at, JSON_STRICT, &d, &more, &e)) {
            fprintf(stderr, "%s: byte %u: %s\n", path, e.at, e.message);
            return false;
        }
        if (more)
            vec_push(a, &b->texts, ((Str){arena_copy(a, text.p + begin, at - begin), at - begin}));
    }
    b->bytes = text.n;
    return true;
}

// --- readers -------------------------------------------------------------------------------------

typedef bool ReadOne(Bench *b, Str text);

static bool read_ours(Bench *b, Str text)
{
    Data d;
    JsonError e;
    arena_reset(b->arena);
    return json_read(b->arena, text, JSON_STRICT, &d, &e);
}

static bool read_nocase(Bench *b, Str text)
{
    Data d;
    JsonError e;
    arena_reset(b->arena);
    return json_read(b->arena, text, JSON_NOCASE_KEYS, &d, &e);
}

static bool read_cjson(Bench *b, Str text)
{
    (void)b;
    cJSON *tree = cJSON_ParseWithLength(text.p, text.n);
    cJSON_Delete(tree);
    return tree;
}

static double gigabytes(Bench *b, ReadOne *read_one)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (uint32_t i = 0; i < b->texts.len; i++) {
            if (!read_one(b, b->texts.items[i]))
                return 0;
        }
        double speed = (double)b->bytes / (now() - start);
        best = speed > best ? speed : best;
    }
    return best;
}

// --- files ---------------------------------------------------------------------------------------

static double streamed(Bench *b, const char *path, bool reads)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        Status st;
        JsonStream *s = json_stream_open(path, &st);
        if (!s)
            return 0;
        double start = now();
        uint32_t count = 0;
        Str text;
        JsonError e;
        while (json_stream_next(s, b->arena, &text, &e) == JSON_STEP_VALUE)
            count += !reads || read_ours(b, text);
        double speed = (double)b->bytes / (now() - start);
        best = speed > best ? speed : best;
        json_stream_close(s);
        if (count != b->texts.len)
            return 0;
    }
    return best;
}

static bool bench_file(Bench *b)
{
    char path[] = "/tmp/moat-bench-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return false;
    close(fd);
    Buf lines = {0};
    for (uint32_t i = 0; i < b->texts.len; i++) {
        buf_add(&lines, b->texts.items[i].p, b->texts.items[i].n);
        buf_char(&lines, '\n');
    }
    Status st;
    bool good = io_write_file(path, (Str){lines.p, lines.n}, &st);
    if (good) {
        printf("%-22s %7.3f GB/s\n", "cut a file in lines", streamed(b, path, false));
        printf("%-22s %7.3f GB/s\n", "and read them", streamed(b, path, true));
    }
    buf_free(&lines);
    unlink(path);
    return good;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    Bench b = {.arena = arena_new()};
    if (argc == 2 ? !split(&b, a, argv[1]) : (generate(&b, a), false))
        return 3;
    double ours = gigabytes(&b, read_ours), nocase = gigabytes(&b, read_nocase);
    double cjson = gigabytes(&b, read_cjson);
    printf("%-22s %7.3f GB/s  (%u texts of %zu bytes)\n", "read JSON", ours, b.texts.len,
           b.texts.len ? b.bytes / b.texts.len : 0);
    printf("%-22s %7.3f GB/s\n", "names without case", nocase);
    printf("%-22s %7.3f GB/s  (%.1f times)\n", "cJSON", cjson, cjson > 0 ? ours / cjson : 0);
    bool good = bench_file(&b) && ours >= GOAL;
    arena_free(b.arena);
    arena_free(a);
    return good ? 0 : 1;
}
