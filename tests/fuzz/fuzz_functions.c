// fuzz_functions.c - any function or operator over any values: a result within the limits that
// reads back as the same JSON, or a reason; and a negative operator is the opposite of its positive.
//
// The first byte is the Semantics, the second what is called; then comes a JSON array of
// operands, or lines that are taken as texts.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "base/limits.h"
#include "eval/value.h"
#include "json/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUEL 200000
#define LINES_MAX 8

static const char *const NAMES[] = {
#define FUNCTION(NAME, LEAST, MOST, FUNCTION_C) NAME,
#include "eval/functions.def"
#undef FUNCTION
};
#define NAME_COUNT (sizeof(NAMES) / sizeof(NAMES[0]))
#define OPERATOR_COUNT (OPERATOR_EXISTS + 1)

static bool is_utf8(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n)
        if ((n = utf8_sequence(s.p + i, s.n - i)) == 0)
            return false;
    return true;
}

static bool read_operands(Arena *a, Str s, Data *ret)
{
    JsonError error;
    if (json_read(a, s, JSON_STRICT, ret, &error))
        return ret->kind == DATA_ARRAY;
    if (!is_utf8(s))
        return false;
    Data *lines = ARENA_ARRAY(a, Data, LINES_MAX);
    uint32_t count = 0;
    for (size_t start = 0, i = 0; i <= s.n && count < LINES_MAX; i++)
        if (i == s.n || s.p[i] == '\n') {
            lines[count++] = data_string((Str){s.p + start, i - start});
            start = i + 1;
        }
    *ret = (Data){.kind = DATA_ARRAY, .count = count, .at = DATA_NOWHERE, .items = lines};
    return true;
}

static void check_result(Arena *a, const Data *d)
{
    Data again;
    JsonError error;
    Buf out = {0};
    if (d->kind == DATA_MISSING)
        return;
    if (d->kind == DATA_STRING && d->count > 4 * LIMIT_VALUE_TEXT)
        BUG("a text is longer than it may be");
    data_print(&out, d);
    if (!json_read(a, (Str){out.p, out.n}, JSON_STRICT, &again, &error) || !data_equal(d, &again))
        BUG("a result does not read back");
    buf_free(&out);
}

static void call(ValueContext *x, const char *name, const Data *operands)
{
    Data result;
    const PureFunction *f = function_find(str_of(name));
    if (!f || strcmp(function_spelling(f), name) != 0)
        BUG("a function is not found by its name");
    if (function_call(x, f, operands->items, operands->count, &result))
        check_result(x->arena, &result);
    else if (!x->failure.reason)
        BUG("a function fails without a reason");
}

static const Operator POSITIVE[OPERATOR_COUNT] = {
    [OPERATOR_NOT_EQUALS] = OPERATOR_EQUALS,
    [OPERATOR_NOT_LIKE] = OPERATOR_LIKE,
    [OPERATOR_NOT_MATCH] = OPERATOR_MATCH,
    [OPERATOR_NOT_MATCH_INSENSITIVELY] = OPERATOR_MATCH_INSENSITIVELY,
    [OPERATOR_NOT_CONTAINS] = OPERATOR_CONTAINS,
    [OPERATOR_NOT_IN] = OPERATOR_IN,
    [OPERATOR_NOT_CONTAINS_KEY] = OPERATOR_CONTAINS_KEY,
};

static void compare(ValueContext *x, Operator op, const Data *operands)
{
    if (operands->count < 2)
        return;
    const Data *l = &operands->items[0], *r = &operands->items[1];
    Truth t = data_compare(x, op, l, r, operands->count > 2);
    if ((t == TRUTH_ERROR) != (x->failure.reason != NULL))
        BUG("an error has a reason, and only an error");
    if (POSITIVE[op] == OPERATOR_EQUALS && op != OPERATOR_NOT_EQUALS)
        return;
    uint64_t fuel = FUEL;
    ValueContext y = {.arena = x->arena, .semantics = x->semantics, .now = x->now, .fuel = &fuel};
    if (data_compare(&y, POSITIVE[op], l, r, false) == t && t != TRUTH_ERROR)
        BUG("a negative operator says what its positive does");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = arena_new();
    uint64_t fuel = FUEL;
    Data operands;
    if (size >= 2 &&
        read_operands(a, (Str){arena_copy(a, (const char *)data + 2, size - 2), size - 2},
                      &operands)) {
        ValueContext x = {.arena = a,
                          .semantics = (Semantics)(data[0] % 3),
                          .now = "2026-08-22T10:00:00.1234567Z",
                          .fuel = &fuel};
        size_t what = data[1] % (NAME_COUNT + OPERATOR_COUNT);
        if (what < NAME_COUNT)
            call(&x, NAMES[what], &operands);
        else
            compare(&x, (Operator)(what - NAME_COUNT), &operands);
    }
    arena_free(a);
    return 0;
}
