// engine_functions_law.c - with the engine's semantics, functions give what the engine's own
// cases expect.
//
// The cases are not part of the project: ../shared/conformance/functions beside it.
//
// SPDX-License-Identifier: MIT
#include "laws/files.h"

#include "base/io.h"
#include "eval/value.h"
#include "json/read.h"

#define CASES "../shared/conformance/functions"
#define FUEL 1000000

// The engine's names of functions are ours with underscores, but for these.
static const struct {
    const char *engine, *ours; // NULL: a matter of rules, not of functions
} NAMES[] = {
    {"int_mod", "mod"},
    {"logic_all", "and"},
    {"get_parameter", NULL},
    {"resolve_field", NULL},
};

// Cases that do not hold for a policy function, each with its reason.
static const struct {
    const char *builtin, *note, *reason;
} EXCEPTIONS[] = {
    {"logic_all", "single_true", "and() takes two or more; it is allOf that takes one"},
    {"logic_all", "single_false", "and() takes two or more; it is allOf that takes one"},
    {"logic_all", "empty_args_vacuously_true",
     "and() takes two or more; it is allOf that is empty"},
};

typedef struct Law {
    Arena *arena;
    uint32_t held, excepted, of_rules, failed;
} Law;

static Str member_text(const Data *object, const char *name)
{
    const Data *d = data_get(object, str_of(name));
    return d && d->kind == DATA_STRING ? data_str(d) : str_of("");
}

// "azure.policy.fn.date_time_add": the last part, and the function it is; NULL where none.
static const PureFunction *function_of(Arena *a, Str builtin, const char **ret_last,
                                       bool *ret_of_rule)
{
    size_t at = builtin.n;
    while (at > 0 && builtin.p[at - 1] != '.')
        at--;
    const char *last = *ret_last = arena_copy(a, builtin.p + at, builtin.n - at);
    *ret_of_rule = false;
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        if (strcmp(last, NAMES[i].engine) == 0) {
            *ret_of_rule = !NAMES[i].ours;
            return NAMES[i].ours ? function_find(str_of(NAMES[i].ours)) : NULL;
        }
    char *name = arena_copy(a, "", 0);
    for (const char *p = last; *p; p++)
        if (*p != '_')
            name = arena_printf(a, "%s%c", name, *p);
    return function_find(str_of(name));
}

static const char *exception(const char *builtin, Str note) // its reason, or NULL
{
    for (size_t i = 0; i < sizeof(EXCEPTIONS) / sizeof(EXCEPTIONS[0]); i++)
        if (strcmp(EXCEPTIONS[i].builtin, builtin) == 0 &&
            str_equal(note, str_of(EXCEPTIONS[i].note)))
            return EXCEPTIONS[i].reason;
    return NULL;
}

static bool holds(Arena *a, const PureFunction *f, const Data *one)
{
    uint64_t fuel = FUEL;
    ValueContext x = {.arena = a, .semantics = SEMANTICS_ENGINE, .fuel = &fuel};
    const Data *args = data_get(one, str_of("args")), *want = data_get(one, str_of("want"));
    Data got;
    if (!function_call(&x, f, args->items, args->count, &got))
        return data_get(one, str_of("want_error"));
    if (data_get(one, str_of("want_null")))
        return got.kind == DATA_NULL;
    if (data_get(one, str_of("want_undefined")))
        return got.kind == DATA_MISSING;
    return want && data_equal(want, &got);
}

static void judge(void *context, const char *path, Str text)
{
    Law *law = context;
    Data file;
    JsonError error;
    if (!json_read(law->arena, text, JSON_STRICT, &file, &error)) {
        printf("%s: %s\n", path, error.message);
        law->failed++;
        return;
    }
    const char *builtin;
    bool of_rule;
    const PureFunction *f =
        function_of(law->arena, member_text(&file, "builtin"), &builtin, &of_rule);
    const Data *cases = data_get(&file, str_of("cases"));
    for (uint32_t i = 0; i < cases->count; i++) {
        Str note = member_text(&cases->items[i], "note");
        bool sound = f && holds(law->arena, f, &cases->items[i]);
        const char *reason = exception(builtin, note);
        if (of_rule) {
            law->of_rules++;
        } else if (sound) {
            law->held++;
        } else if (reason) {
            printf("%s: %.*s is left out: %s\n", builtin, (int)note.n, note.p, reason);
            law->excepted++;
        } else {
            printf("%s: %.*s fails\n", builtin, (int)note.n, note.p);
            law->failed++;
        }
    }
}

int main(void)
{
    Law law = {.arena = arena_new()};
    const char *top = getenv("TOP");
    if (!io_is_folder(arena_printf(law.arena, "%s/" CASES, top ? top : "."))) {
        printf("%s is not there\n", CASES);
        return 77;
    }
    files_visit(law.arena, CASES, ".json", judge, &law);
    printf("%u cases hold, %u are left out, %u are about rules, %u fail\n", law.held, law.excepted,
           law.of_rules, law.failed);
    bool none = law.held == 0;
    arena_free(law.arena);
    return law.failed || none;
}
