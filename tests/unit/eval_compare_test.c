// eval_compare_test.c - the operators of conditions, with each of the three semantics.
//
// SPDX-License-Identifier: MIT
#include "unit.h"

#include "eval/pattern.h"
#include "eval/value.h"
#include "json/read.h"

#define FUEL 100000

// Recommended, documented, engine: + holds, - does not, ! is an error; ~ after them where the
// result is uncertain. Operands are JSON; NULL is nothing at all.
typedef struct Row {
    Operator op;
    const char *left, *right, *expected;
} Row;

static Data operand(Arena *a, const char *json)
{
    Data d = data_missing();
    JsonError error;
    if (json && !json_read(a, str_of(json), JSON_STRICT, &d, &error))
        fail_msg("%s: %s", json, error.message);
    return d;
}

static void judge(Arena *a, const Row *row, bool is_value, char ret[5])
{
    Data left = operand(a, row->left), right = operand(a, row->right);
    bool uncertain = false;
    for (int i = 0; i < 3; i++) {
        uint64_t fuel = FUEL;
        ValueContext x = {.arena = a, .semantics = (Semantics)i, .fuel = &fuel};
        Truth t = data_compare(&x, row->op, &left, &right, is_value);
        assert_true((t == TRUTH_ERROR) == (x.failure.reason != NULL));
        ret[i] = "-+!"[t];
        if (i > 0 && t != TRUTH_ERROR && ret[0] != '!') // it is for all or for none of them
            assert_true(x.uncertain == uncertain);
        uncertain = uncertain || x.uncertain;
    }
    ret[3] = uncertain ? '~' : '\0';
    ret[4] = '\0';
}

static void judge_all(const Row *rows, size_t count, bool is_value)
{
    Arena *a = arena_new();
    for (size_t i = 0; i < count; i++) {
        char found[5];
        judge(a, &rows[i], is_value, found);
        if (strcmp(found, rows[i].expected) != 0)
            fail_msg("%s %s %s: found %s, not %s", rows[i].left ? rows[i].left : "nothing",
                     operator_text(rows[i].op), rows[i].right ? rows[i].right : "nothing", found,
                     rows[i].expected);
    }
    arena_free(a);
}

#define JUDGE(ROWS) judge_all(ROWS, sizeof(ROWS) / sizeof(ROWS[0]), false)

static void equality(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_EQUALS, "\"Blob\"", "\"BLOB\"", "+++"},
        {OPERATOR_EQUALS, "\"Blob\"", "\"Blo\"", "---"},
        {OPERATOR_EQUALS, "\"Blo\"", "\"Blob\"", "---"},
        {OPERATOR_EQUALS, "\"@`[{\"", "\"`@{[\"", "---"},
        {OPERATOR_EQUALS, "\"Microsoft.KeyVault/vaults\"", "\"microsoft.keyvault/VAULTS\"", "+++"},
        {OPERATOR_EQUALS, "\"Microsoft.KeyVault/vaults\"", "\"microsoft.keyvault/vaultz\"", "---"},
        {OPERATOR_EQUALS, "\"KÖLN-ÅRSTA\"", "\"köln-årsta\"", "+++"},
        {OPERATOR_EQUALS, "\"ÄÄÄÄx\"", "\"ääääy\"", "---"},
        {OPERATOR_EQUALS, "\"gruß\"", "\"GRUSS\"", "--+~"},
        {OPERATOR_EQUALS, "\"😀\"", "\"😁\"", "---"},
        {OPERATOR_NOT_EQUALS, "\"a\"", "\"b\"", "+++"},
        {OPERATOR_NOT_EQUALS, "\"a\"", "\"A\"", "---"},
        // nothing
        {OPERATOR_EQUALS, NULL, "\"x\"", "---"},
        {OPERATOR_NOT_EQUALS, NULL, "\"x\"", "+++"},
        {OPERATOR_EQUALS, NULL, "\"\"", "+++"},
        {OPERATOR_EQUALS, "null", "\"\"", "+++"},
        {OPERATOR_EQUALS, "\"\"", "null", "+++"},
        {OPERATOR_EQUALS, "null", "null", "+++"},
        {OPERATOR_EQUALS, NULL, "null", "+++"},
        {OPERATOR_EQUALS, "0", "null", "---"},
        {OPERATOR_EQUALS, "false", "null", "---"},
        // numbers
        {OPERATOR_EQUALS, "7", "7.0", "+++"},
        {OPERATOR_EQUALS, "7", "8", "---"},
        {OPERATOR_EQUALS, "9007199254740993", "9007199254740992.0", "---"},
        {OPERATOR_EQUALS, "\"8080\"", "8080", "+++"},
        {OPERATOR_EQUALS, "8080", "\"8080\"", "+++"},
        {OPERATOR_EQUALS, "\"08\"", "8", "+-+~"},
        {OPERATOR_EQUALS, "\" 8 \"", "8", "+-+~"},
        {OPERATOR_EQUALS, "\"8.0\"", "8", "+-+~"},
        {OPERATOR_EQUALS, "\"1e1\"", "10", "+-+~"},
        {OPERATOR_EQUALS, "0.25", "\"0.25\"", "+++"},
        {OPERATOR_EQUALS, "\"8x\"", "8", "---"},
        {OPERATOR_EQUALS, "\"0x8\"", "8", "---"},
        {OPERATOR_EQUALS, "\"\"", "0", "---"},
        {OPERATOR_EQUALS, "\"nan\"", "0", "---"},
        // booleans
        {OPERATOR_EQUALS, "true", "\"TRUE\"", "+++"},
        {OPERATOR_NOT_EQUALS, "true", "\"true\"", "---"},
        {OPERATOR_EQUALS, "\"False\"", "false", "+++"},
        {OPERATOR_EQUALS, "\"no\"", "false", "---"},
        {OPERATOR_EQUALS, "true", "true", "+++"},
        {OPERATOR_EQUALS, "true", "false", "---"},
        {OPERATOR_EQUALS, "true", "1", "---"},
        // arrays and objects
        {OPERATOR_EQUALS, "[\"p\"]", "\"p\"", "---"},
        {OPERATOR_NOT_EQUALS, "[\"p\"]", "\"p\"", "+++"},
        {OPERATOR_EQUALS, "[1,{\"k\":2}]", "[1,{\"k\":2}]", "+++"},
        {OPERATOR_EQUALS, "[\"p\"]", "[\"P\"]", "---"},
        {OPERATOR_EQUALS, "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "+++"},
        {OPERATOR_EQUALS, "{}", "[]", "---"},
    };
    JUDGE(rows);
}

static void membership(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_IN, "\"EastUS\"", "[\"westus\",\"eastus\"]", "+++"},
        {OPERATOR_IN, "\"northeurope\"", "[\"westus\"]", "---"},
        {OPERATOR_NOT_IN, "\"northeurope\"", "[\"westus\"]", "+++"},
        {OPERATOR_IN, "\"22\"", "[3389,22]", "+++"},
        {OPERATOR_IN, "\"a\"", "\"A\"", "+++"}, // one value is a list of one
        {OPERATOR_IN, "\"a\"", "[]", "---"},
        {OPERATOR_NOT_IN, NULL, "[\"a\"]", "+++"},
        {OPERATOR_IN, NULL, "[\"\"]", "---"},
        {OPERATOR_IN, "null", "[null]", "---"},
        {OPERATOR_IN, "\"\"", "[\"\"]", "+++"},
        {OPERATOR_IN, "\"\"", "[null]", "---"},
        {OPERATOR_IN, "\"a\"", NULL, "---"},
        {OPERATOR_NOT_IN, "\"a\"", NULL, "+++"},
        {OPERATOR_IN, "[1]", "[[1],[2]]", "+++"},
        {OPERATOR_CONTAINS, "\"team-BLUE-vm\"", "\"blue\"", "+++"},
        {OPERATOR_CONTAINS, "\"abababac\"", "\"ABABAC\"", "+++"},
        {OPERATOR_CONTAINS, "\"team\"", "\"teams\"", "---"},
        {OPERATOR_CONTAINS, "\"team\"", "\"\"", "+++"},
        {OPERATOR_CONTAINS, "\"Grüße\"", "\"RÜ\"", "+++"},
        {OPERATOR_CONTAINS, "\"Grüße\"", "\"SSE\"", "--+~"},
        {OPERATOR_NOT_CONTAINS, "\"team\"", "\"x\"", "+++"},
        {OPERATOR_CONTAINS, "8443", "\"44\"", "+++"},
        {OPERATOR_CONTAINS, "8443", "44", "++-~"},
        {OPERATOR_CONTAINS, "true", "\"RU\"", "+++"},
        {OPERATOR_CONTAINS, "\"a1\"", "1", "+++"},
        {OPERATOR_CONTAINS, "\"a\"", "[\"a\"]", "!!-~"},
        {OPERATOR_NOT_CONTAINS, "\"a\"", "[\"a\"]", "!!+~"},
        {OPERATOR_NOT_CONTAINS, "\"a\"", NULL, "!!-~"},
        {OPERATOR_CONTAINS, NULL, "\"a\"", "---"},
        {OPERATOR_NOT_CONTAINS, NULL, "\"a\"", "+++"},
        {OPERATOR_CONTAINS, "[\"p\",\"Q\"]", "\"q\"", "+++"},
        {OPERATOR_CONTAINS, "[\"p\"]", "\"\"", "---"},
        {OPERATOR_CONTAINS, "[80,443]", "\"443\"", "+++"},
        {OPERATOR_CONTAINS, "{\"Env\":1}", "\"env\"", "+++"},
        {OPERATOR_CONTAINS, "{\"Env\":1}", "\"en\"", "---"},
        {OPERATOR_CONTAINS, "{\"Env\":1}", "{}", "!!-~"},
        {OPERATOR_CONTAINS_KEY, "{\"Owner\":\"x\"}", "\"owner\"", "+++"},
        {OPERATOR_CONTAINS_KEY, "{\"Ägir\":\"x\"}", "\"äGIR\"", "+++"},
        {OPERATOR_NOT_CONTAINS_KEY, "{\"Owner\":\"x\"}", "\"team\"", "+++"},
        {OPERATOR_CONTAINS_KEY, "[\"owner\"]", "\"owner\"", "---"},
        {OPERATOR_NOT_CONTAINS_KEY, NULL, "\"owner\"", "+++"},
        {OPERATOR_NOT_CONTAINS_KEY, "{}", NULL, "!!-~"},
        {OPERATOR_CONTAINS_KEY, "{}", "null", "!!-~"},
    };
    JUDGE(rows);
}

static void patterns(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_LIKE, "\"Prod-web\"", "\"prod*\"", "+++"},
        {OPERATOR_LIKE, "\"prod-web\"", "\"*WEB\"", "+++"},
        {OPERATOR_LIKE, "\"prod-web\"", "\"p*b\"", "+++"},
        {OPERATOR_LIKE, "\"ab\"", "\"ab*b\"", "---"}, // a letter is not used twice
        {OPERATOR_LIKE, "\"\"", "\"*\"", "+++"},
        {OPERATOR_LIKE, "\"\"", "\"\"", "+++"},
        {OPERATOR_LIKE, "\"prod\"", "\"pro\"", "---"},
        {OPERATOR_LIKE, "\"PROD\"", "\"prod\"", "+++"},
        {OPERATOR_LIKE, "\"HÅKAN-1\"", "\"håk*\"", "+++"},
        {OPERATOR_LIKE, "\"MASSE\"", "\"ma*ße\"", "--+~"},
        {OPERATOR_LIKE, "\"a-b-c\"", "\"a*b*c\"", "+!+~"},
        {OPERATOR_LIKE, "\"aXbYbZ\"", "\"a**b*z\"", "+!+~"},
        {OPERATOR_LIKE, "\"abc\"", "\"*c*b*\"", "-!-~"},
        {OPERATOR_LIKE, "\"vm-7\"", "\"vm-?\"", "--+~"},
        {OPERATOR_LIKE, "\"vm-?\"", "\"vm-?\"", "+++"},
        {OPERATOR_LIKE, "\"vm-ö\"", "\"vm-?\"", "--+~"},
        {OPERATOR_LIKE, "\"*abc\"", "\"*\"", "++-~"}, // a star of the engine's is used up by one
        {OPERATOR_LIKE, "443", "\"4*\"", "+++"},
        {OPERATOR_LIKE, "true", "\"T*\"", "+++"},
        {OPERATOR_LIKE, NULL, "\"*\"", "---"},
        {OPERATOR_NOT_LIKE, NULL, "\"*\"", "+++"},
        {OPERATOR_LIKE, "[\"a\"]", "\"*\"", "---"},
        {OPERATOR_NOT_LIKE, "[\"a\"]", "\"*\"", "+++"},
        {OPERATOR_LIKE, "\"a\"", "[\"a\"]", "!!-~"},
        {OPERATOR_MATCH, "\"vm-07\"", "\"vm-##\"", "+++"},
        {OPERATOR_MATCH, "\"vm-07\"", "\"vm-#\"", "---"},
        {OPERATOR_MATCH, "\"vm-07\"", "\"vm-###\"", "---"},
        {OPERATOR_MATCH, "\"vm-x\"", "\"vm-?\"", "+++"},
        {OPERATOR_MATCH, "\"vm-7\"", "\"vm-?\"", "---"},
        {OPERATOR_MATCH, "\"vm-x\"", "\"vm-#\"", "---"},
        {OPERATOR_MATCH, "\"vm-!\"", "\"vm-.\"", "+++"},
        {OPERATOR_MATCH, "\"VM-1\"", "\"vm-#\"", "---"},
        {OPERATOR_NOT_MATCH, "\"VM-1\"", "\"vm-#\"", "+++"},
        {OPERATOR_MATCH_INSENSITIVELY, "\"VM-É1\"", "\"vm-é#\"", "+++"},
        {OPERATOR_NOT_MATCH_INSENSITIVELY, "\"VM-1\"", "\"vm-#\"", "---"},
        {OPERATOR_MATCH, "443", "\"###\"", "+++"},
        {OPERATOR_MATCH, NULL, "\"#\"", "---"},
        {OPERATOR_NOT_MATCH, NULL, "\"#\"", "+++"},
        {OPERATOR_MATCH, "\"a😀\"", "\"?.\"", "--+~"}, // two of .NET's characters
        {OPERATOR_MATCH, "\"a😀\"", "\"?..\"", "++-~"},
        {OPERATOR_MATCH, "\"😀\"", "\"😀\"", "+++"},
        {OPERATOR_MATCH, "\"a\"", "{}", "!!-~"},
    };
    JUDGE(rows);
}

static void order(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_GREATER, "10", "9", "+++"},
        {OPERATOR_GREATER, "9", "9", "---"},
        {OPERATOR_GREATER_OR_EQUALS, "9", "9", "+++"},
        {OPERATOR_LESS, "9", "9.5", "+++"},
        {OPERATOR_LESS_OR_EQUALS, "9223372036854775807", "9223372036854775808", "+++"},
        {OPERATOR_LESS, "-9223372036854775808", "-1e30", "---"},
        {OPERATOR_LESS, "0.1", "0.2", "+++"},
        {OPERATOR_LESS, "\"10\"", "\"9\"", "+++"}, // as text
        {OPERATOR_LESS, "\"TLS1_0\"", "\"tls1_2\"", "+++"},
        {OPERATOR_LESS, "\"abc\"", "\"abcd\"", "+++"},
        {OPERATOR_GREATER, "\"2021-04-01-preview\"", "\"2021-04-01\"", "+++"},
        {OPERATOR_LESS, "\"a_b\"", "\"a1b\"", "-+-~"}, // cultures have signs first
        {OPERATOR_LESS, "\"ab\"", "\"a_\"",
         "-"
         "--"},
        {OPERATOR_LESS, "\"a-\"", "\"a_\"", "+++~"},
        {OPERATOR_LESS, "\"zb\"", "\"äa\"", "+++~"},
        {OPERATOR_GREATER, "\"443\"", "80", "+!+~"},
        {OPERATOR_LESS, "80", "\"443\"", "+!+~"},
        {OPERATOR_GREATER, "\"many\"", "5", "!!-~"},
        {OPERATOR_LESS, NULL, "5", "-!-~"},
        {OPERATOR_GREATER_OR_EQUALS, "null", "\"a\"", "-!-~"},
        {OPERATOR_LESS, "5", "null", "!!-~"},
        {OPERATOR_LESS, "[1]", "5", "!!-~"},
        {OPERATOR_LESS, "true", "5", "!!-~"},
        {OPERATOR_LESS, "false", "true", "+++"},
        // dates
        {OPERATOR_LESS, "\"2026-03-01T10:00:00Z\"", "\"2026-03-01T10:00:00.5Z\"", "++-~"},
        {OPERATOR_GREATER, "\"2026-03-01T10:00:00+02:00\"", "\"2026-03-01T09:00:00Z\"", "--+~"},
        {OPERATOR_GREATER_OR_EQUALS, "\"2026-03-01T00:00:00.0000000Z\"", "\"2026-03-01\"", "+++"},
        {OPERATOR_LESS, "\"2026-02-30\"", "\"2026-03-01\"", "+++"}, // the first is no date
    };
    JUDGE(rows);
}

static void existence(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_EXISTS, NULL, "false", "+++"},      {OPERATOR_EXISTS, NULL, "true", "---"},
        {OPERATOR_EXISTS, "null", "true", "---"},     {OPERATOR_EXISTS, "null", "\"False\"", "+++"},
        {OPERATOR_EXISTS, "\"\"", "\"TRUE\"", "+++"}, {OPERATOR_EXISTS, "0", "true", "+++"},
        {OPERATOR_EXISTS, "false", "true", "+++"},    {OPERATOR_EXISTS, "[]", "true", "+++"},
        {OPERATOR_EXISTS, "{}", "false", "---"},      {OPERATOR_EXISTS, "1", "\"yes\"", "!!-~"},
        {OPERATOR_EXISTS, NULL, "1", "!!+~"},         {OPERATOR_EXISTS, NULL, NULL, "!!+~"},
    };
    JUDGE(rows);
}

// A `value` that came to nothing: the engine finds no condition true of it.
static void values(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_EQUALS, NULL, "\"x\"", "---"},  {OPERATOR_NOT_EQUALS, NULL, "\"x\"", "++-~"},
        {OPERATOR_EQUALS, NULL, "\"\"", "++-~"},  {OPERATOR_NOT_IN, NULL, "[]", "++-~"},
        {OPERATOR_EXISTS, NULL, "false", "++-~"}, {OPERATOR_NOT_EQUALS, "null", "\"x\"", "+++"},
    };
    judge_all(rows, sizeof(rows) / sizeof(rows[0]), true);
}

static void reasons(void **state)
{
    (void)state;
    static const struct {
        Row row;
        const char *reason;
    } cases[] = {
        {{OPERATOR_GREATER, "\"many\"", "5", ""},
         "`greater` cannot compare the text `many` with a number"},
        {{OPERATOR_LESS, "[]", "5", ""}, "`less` takes numbers, text or dates, not an array"},
        {{OPERATOR_LIKE, "\"a\"", "{}", ""}, "`like` takes a pattern on its right, not an object"},
        {{OPERATOR_EXISTS, "1", "\"yes\"", ""}, "`exists` takes true or false, not text"},
    };
    Arena *a = arena_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        Data l = operand(a, cases[i].row.left), r = operand(a, cases[i].row.right);
        uint64_t fuel = FUEL;
        ValueContext x = {.arena = a, .fuel = &fuel};
        assert_int_equal(data_compare(&x, cases[i].row.op, &l, &r, false), TRUTH_ERROR);
        assert_string_equal(x.failure.reason, cases[i].reason);
    }
    arena_free(a);
}

// Where it is clear what holds, nothing is allocated.
static void no_memory(void **state)
{
    (void)state;
    static const Row rows[] = {
        {OPERATOR_EQUALS, "\"Microsoft.Web/sites\"", "\"microsoft.web/SITES\"", ""},
        {OPERATOR_EQUALS, "\"443\"", "443", ""},
        {OPERATOR_IN, "\"b\"", "[\"a\",\"B\"]", ""},
        {OPERATOR_LIKE, "\"prod-1\"", "\"p*1\"", ""},
        {OPERATOR_CONTAINS, "\"prod-1\"", "\"OD\"", ""},
        {OPERATOR_LESS, "\"2024-01-01\"", "\"2025-01-01\"", ""},
    };
    Arena *a = arena_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Data l = operand(a, rows[i].left), r = operand(a, rows[i].right);
        uint64_t fuel = FUEL;
        ValueContext x = {.arena = a, .fuel = &fuel};
        size_t before = arena_used(a);
        assert_int_equal(data_compare(&x, rows[i].op, &l, &r, false), TRUTH_TRUE);
        assert_int_equal(arena_used(a), before);
    }
    arena_free(a);
}

static void fuel_ends(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Buf subject = {0}, pattern = {0};
    buf_fill(&subject, 'a', 100000);
    for (int i = 0; i < 40; i++)
        buf_str(&pattern, "a*");
    buf_str(&pattern, "?b");
    Data l = data_string((Str){subject.p, subject.n}), r = data_string((Str){pattern.p, pattern.n});
    for (int i = 0; i < 3; i += 2) { // only the engine's `?` needs to go back
        uint64_t fuel = FUEL;
        ValueContext x = {.arena = a, .semantics = (Semantics)i, .fuel = &fuel};
        data_compare(&x, OPERATOR_LIKE, &l, &r, false);
        assert_true(fuel < FUEL);
    }
    uint64_t fuel = 1;
    ValueContext x = {.arena = a, .semantics = SEMANTICS_ENGINE, .fuel = &fuel};
    assert_int_equal(data_compare(&x, OPERATOR_NOT_EQUALS, &l, &r, false), TRUTH_ERROR);
    assert_string_equal(x.failure.reason, "the evaluation takes too many steps");
    assert_true(x.failure.final);
    buf_free(&subject);
    buf_free(&pattern);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality), cmocka_unit_test(membership), cmocka_unit_test(patterns),
        cmocka_unit_test(order),    cmocka_unit_test(existence),  cmocka_unit_test(values),
        cmocka_unit_test(reasons),  cmocka_unit_test(no_memory),  cmocka_unit_test(fuel_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
