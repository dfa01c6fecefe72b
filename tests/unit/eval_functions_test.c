// eval_functions_test.c - the pure functions, with each of the three semantics.
//
// SPDX-License-Identifier: MIT
#include "unit.h"

#include "base/limits.h"
#include "eval/value.h"
#include "json/read.h"

#define FUEL 1000000

// What comes out as JSON; "!…" is the beginning of a reason; "-" nothing at all. NULL for the
// documentation: as recommended; for the engine: as recommended, but nothing where that fails.
typedef struct Row {
    const char *name, *args, *recommended, *documented, *engine;
} Row;

static Data parse(Arena *a, const char *json)
{
    Data d;
    JsonError error;
    if (!json_read(a, str_of(json), JSON_STRICT, &d, &error))
        fail_msg("%s: %s", json, error.message);
    return d;
}

static const char *call(Arena *a, Semantics s, const char *name, const Data *args, bool *uncertain)
{
    uint64_t fuel = FUEL;
    ValueContext x = {
        .arena = a, .semantics = s, .now = "2026-08-22T10:00:00.0000000Z", .fuel = &fuel};
    const PureFunction *f = function_find(str_of(name));
    if (!f)
        fail_msg("%s is no function", name);
    Data ret;
    Buf out = {0};
    bool done = function_call(&x, f, args->items, args->count, &ret);
    assert_true(done == !x.failure.reason);
    *uncertain = x.uncertain;
    if (!done)
        return arena_printf(a, "!%s", x.failure.reason);
    if (ret.kind == DATA_MISSING)
        return "-";
    data_print(&out, &ret);
    const char *text = arena_copy(a, out.p, out.n);
    buf_free(&out);
    return text;
}

static bool agrees(const char *found, const char *expected)
{
    return expected[0] == '!' ? strncmp(found, expected, strlen(expected)) == 0
                              : strcmp(found, expected) == 0;
}

static void judge_args(Arena *a, const Row *row, const Data *args)
{
    const char *expected[] = {row->recommended, row->documented, row->engine};
    bool differ = expected[1] || expected[2], uncertain = false;
    if (!expected[1])
        expected[1] = expected[0];
    if (!expected[2])
        expected[2] = expected[0][0] == '!' ? "-" : expected[0];
    for (int i = 0; i < 3; i++) {
        bool one;
        const char *found = call(a, (Semantics)i, row->name, args, &one);
        if (!agrees(found, expected[i]))
            fail_msg("%s%s, semantics %d: found %s, not %s", row->name, row->args, i, found,
                     expected[i]);
        uncertain = uncertain || one;
    }
    bool lacking = strchr("-!", expected[2][0]) || function_forbidden(str_of(row->name));
    if (differ && !uncertain && !lacking)
        fail_msg("%s%s is certain", row->name, row->args);
}

static void judge_all(const Row *rows, size_t count)
{
    Arena *a = arena_new();
    for (size_t i = 0; i < count; i++) {
        Data args = parse(a, rows[i].args);
        judge_args(a, &rows[i], &args);
    }
    arena_free(a);
}

#define JUDGE(ROWS) judge_all(ROWS, sizeof(ROWS) / sizeof(ROWS[0]))

static void logic(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"equals", "[\"a\",\"a\"]", "true", NULL, NULL},
        {"equals", "[\"a\",\"A\"]", "false", NULL, "true"},
        {"equals", "[1,1.0]", "true", NULL, NULL},
        {"equals", "[\"1\",1]", "false", NULL, "true"},
        {"equals", "[{\"a\":[1]},{\"a\":[1]}]", "true", NULL, NULL},
        {"equals", "[null,\"\"]", "false", NULL, "true"},
        {"greater", "[2,1]", "true", NULL, NULL},
        {"greater", "[\"B\",\"a\"]", "true", NULL, NULL},
        {"greater", "[\"A\",\"a\"]", "true", NULL, "false"},
        {"greaterOrEquals", "[\"ab\",\"ab\"]", "true", NULL, NULL},
        {"less", "[1,2]", "true", NULL, NULL},
        {"lessOrEquals", "[\"a\",\"a\"]", "true", NULL, NULL},
        {"less", "[1,\"2\"]", "!the second argument of `less` must be an integer", NULL, "true"},
        {"less", "[\"2\",1]", "!the second argument of `less` must be text", NULL, "false"},
        {"less", "[true,1]", "!the first argument of `less` must be", NULL, "false"},
        {"and", "[true,true,false]", "false", NULL, NULL},
        {"and", "[true,true]", "true", NULL, NULL},
        {"or", "[false,false,true]", "true", NULL, NULL},
        {"or", "[false,false]", "false", NULL, NULL},
        {"or", "[true,1]", "!the second argument of `or` must be a boolean, not a number", NULL,
         NULL},
        {"and", "[true]", "!`and` takes 2 arguments or more, not 1", NULL, NULL},
        {"not", "[false]", "true", NULL, NULL},
        {"not", "[\"x\"]", "!`not` takes a boolean, not text", NULL, NULL},
        {"true", "[]", "true", NULL, NULL},
        {"false", "[]", "false", NULL, NULL},
        {"null", "[]", "null", NULL, NULL},
        {"true", "[1]", "!`true` takes 0 arguments, not 1", NULL, NULL},
        {"bool", "[\"True\"]", "true", NULL, NULL},
        {"bool", "[0]", "false", NULL, NULL},
        {"bool", "[true]", "true", NULL, NULL},
        {"bool", "[\"0\"]", "!`bool` reads `true` and `false`, not `0`", NULL, "false"},
        {"bool", "[\"yes\"]", "!`bool` reads `true` and `false`, not `yes`", NULL, NULL},
        {"bool", "[[]]", "!`bool` takes text, an integer or a boolean, not an array", NULL, NULL},
        {"coalesce", "[null,\"\",1]", "\"\"", NULL, NULL},
        {"coalesce", "[null]", "null", NULL, NULL},
    };
    JUDGE(rows);
}

static void numbers(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"int", "[\" 42 \"]", "42", NULL, NULL},
        {"int", "[-7]", "-7", NULL, NULL},
        {"int", "[\"4.9\"]", "!`int` takes whole numbers, not 4.9", NULL, "4"},
        {"int", "[-4.9]", "!`int` takes whole numbers, not -4.9", NULL, "-4"},
        {"int", "[\"1e30\"]", "!`int` takes whole numbers", NULL, "-"},
        {"int", "[\"\"]", "!`int` cannot read ``", NULL, NULL},
        {"int", "[\"four\"]", "!`int` cannot read `four`", NULL, NULL},
        {"int", "[null]", "!`int` takes an integer or text, not null", NULL, NULL},
        {"float", "[\"2.50\"]", "2.5", NULL, NULL},
        {"float", "[3]", "3.0", NULL, NULL},
        {"float", "[\"x\"]", "!`float` cannot read `x`", NULL, NULL},
        {"float", "[true]", "!`float` takes a number or text, not a boolean", NULL, NULL},
        {"add", "[2,-5]", "-3", NULL, NULL},
        {"sub", "[2,-5]", "7", NULL, NULL},
        {"mul", "[-4,5]", "-20", NULL, NULL},
        {"div", "[-7,2]", "-3", NULL, NULL},
        {"mod", "[-7,2]", "-1", NULL, NULL},
        {"mod", "[-9223372036854775808,-1]", "0", NULL, NULL},
        {"add", "[9223372036854775807,1]", "!the result of `add` is too large", NULL, NULL},
        {"sub", "[-9223372036854775808,1]", "!the result of `sub` is too large", NULL, NULL},
        {"mul", "[4611686018427387904,2]", "!the result of `mul` is too large", NULL, NULL},
        {"div", "[-9223372036854775808,-1]", "!the result of `div` is too large", NULL, NULL},
        {"div", "[1,0]", "!`div` divides by zero", NULL, NULL},
        {"mod", "[1,0]", "!`mod` divides by zero", NULL, NULL},
        {"add", "[1.5,2]", "!`add` takes integers, not 1.5", NULL, "3.5"},
        {"sub", "[1,0.5]", "!`sub` takes integers, not 0.5", NULL, "0.5"},
        {"mul", "[1e300,1e300]", "!`mul` takes integers", NULL, "-"},
        {"div", "[1.0,4]", "!`div` takes integers, not 1", NULL, "0.25"},
        {"mod", "[1.5,1]", "!`mod` takes integers, not 1.5", NULL, "-"},
        {"add", "[\"1\",2]", "!the first argument of `add` must be an integer, not text", NULL,
         NULL},
        {"max", "[3,9,-1]", "9", NULL, NULL},
        {"min", "[[3,9,-1]]", "-1", NULL, NULL},
        {"max", "[[]]", "!`max` of an empty array is not a number", NULL, NULL},
        {"min", "[1,\"2\"]", "!`min` takes integers, not text", NULL, NULL},
        {"range", "[3,4]", "[3,4,5,6]", NULL, NULL},
        {"range", "[0,0]", "[]", NULL, NULL},
        {"range", "[0,10001]", "!`range` makes up to 10000 elements, not 10001", NULL, NULL},
        {"range", "[2147483647,1]", "!`range` goes past 2147483647", NULL, NULL},
        {"range", "[0,-1]", "!`range` makes up to 10000 elements, not -1", NULL, NULL},
    };
    JUDGE(rows);
}

static void texts(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"string", "[{\"a\":[1,true,\"x\"]}]", "\"{\\\"a\\\":[1,true,\\\"x\\\"]}\"", NULL, NULL},
        {"string", "[12]", "\"12\"", NULL, NULL},
        {"string", "[true]", "\"true\"", NULL, NULL},
        {"string", "[null]", "\"\"", NULL, "\"null\""},
        {"toLower", "[\"ÄB-1\"]", "\"äb-1\"", NULL, NULL},
        {"toUpper", "[\"äb-1ß\"]", "\"ÄB-1ß\"", NULL, NULL},
        {"toUpper", "[1]", "!`toUpper` takes text, not a number", NULL, NULL},
        {"trim", "[\"\\t a b\\n\\u00a0\\u2003\"]", "\"a b\"", NULL, NULL},
        {"trim", "[\"  \"]", "\"\"", NULL, NULL},
        {"padLeft", "[7,3,\"0\"]", "\"007\"", NULL, NULL},
        {"padLeft", "[\"abc\",2,\"0\"]", "\"abc\"", NULL, NULL},
        {"padLeft", "[\"é\",3]", "\"  é\"", NULL, NULL},
        {"padLeft", "[\"a\",3,\"xy\"]", "!`padLeft` fills with one character, not with `xy`", NULL,
         NULL},
        {"padLeft", "[\"a\",-1]", "!`padLeft` takes a width from 0 to 131072, not -1", NULL, NULL},
        {"substring", "[\"abcdef\",2,3]", "\"cde\"", NULL, NULL},
        {"substring", "[\"abc\",3,0]", "\"\"", NULL, NULL},
        {"substring", "[\"a😀b\",3,1]", "\"b\"", NULL, NULL},
        {"substring", "[\"a😀b\",2,1]", "!`substring` cuts a character in two", NULL, NULL},
        {"substring", "[\"abc\",1]", "\"bc\"", NULL, "-"},
        {"substring", "[\"abc\",5,1]",
         "!`substring` starts at 5, past the end of a text of 3 characters", NULL, "\"\""},
        {"substring", "[\"abc\",1,9]",
         "!`substring` takes 9 characters from 1, past the end of a text of 3", NULL, "\"bc\""},
        {"substring", "[\"abc\",-1,2]", "!`substring` takes no negative number, like -1", NULL,
         "\"ab\""},
        {"take", "[\"abc\",2]", "\"ab\"", NULL, NULL},
        {"take", "[\"abc\",9]", "\"abc\"", NULL, NULL},
        {"take", "[[1,2,3],2]", "[1,2]", NULL, NULL},
        {"take", "[\"abc\",-1]", "\"\"", NULL, NULL},
        {"skip", "[\"abc\",1]", "\"bc\"", NULL, NULL},
        {"skip", "[[1,2],5]", "[]", NULL, NULL},
        {"skip", "[[1,2],-5]", "[1,2]", NULL, NULL},
        {"skip", "[5,1]", "!the first argument of `skip` must be text or an array", NULL, NULL},
        {"startsWith", "[\"Ærø-x\",\"æRØ\"]", "true", NULL, NULL},
        {"startsWith", "[\"a\",\"ab\"]", "false", NULL, NULL},
        {"endsWith", "[\"file.JSON\",\".json\"]", "true", NULL, NULL},
        {"endsWith", "[\"x\",\"\"]", "true", NULL, NULL},
        {"replace", "[\"a-b-c\",\"-\",\"--\"]", "\"a--b--c\"", NULL, NULL},
        {"replace", "[\"aAa\",\"a\",\"\"]", "\"A\"", NULL, NULL},
        {"replace", "[\"a\",\"\",\"b\"]", "!`replace` looks for an empty text", NULL, NULL},
        {"join", "[[\"a\",1,\"b\"],\", \"]", "\"a, 1, b\"", NULL, NULL},
        {"join", "[[\"a\",null],\"-\"]", "\"a-\"", NULL, "\"a-null\""},
        {"join", "[[[]],\"-\"]", "!`join` cannot join an array", NULL, NULL},
        {"join", "[\"a\",\"-\"]", "!the first argument of `join` must be an array, not text", NULL,
         NULL},
        {"split", "[\"a;b,c\",[\",\",\";\"]]", "[\"a\",\"b\",\"c\"]", NULL, NULL},
        {"split", "[\"a//b\",\"/\"]", "[\"a\",\"\",\"b\"]", NULL, NULL},
        {"split", "[\"\",\"/\"]", "[\"\"]", NULL, NULL},
        {"split", "[\"ab\",\"\"]", "[\"ab\"]", NULL, NULL},
        {"split", "[\"ab\",[1]]",
         "!the second argument of `split` must be text or an array of texts", NULL, NULL},
        {"concat", "[\"a\",\"b\",\"c\"]", "\"abc\"", NULL, NULL},
        {"concat", "[]", "\"\"", NULL, NULL},
        {"concat", "[\"a\",1]", "\"a1\"", NULL, "-"},
        {"concat", "[[1],[],[2,1]]", "[1,2,1]", NULL, "-"},
        {"concat", "[\"a\",[1]]", "!the second argument of `concat` must be text, not an array",
         NULL, NULL},
        {"concat", "[[1],\"a\"]", "!the second argument of `concat` must be an array, not text",
         NULL, NULL},
        {"indexOf", "[\"héLLo\",\"L\"]", "2", NULL, NULL},
        {"indexOf", "[\"😀Äx\",\"ä\"]", "2", NULL, NULL},
        {"indexOf", "[\"abc\",\"z\"]", "-1", NULL, NULL},
        {"indexOf", "[[1,\"a\",1],1]", "0", NULL, NULL},
        {"lastIndexOf", "[\"aXaxa\",\"xA\"]", "3", NULL, NULL},
        {"lastIndexOf", "[\"abc\",\"\"]", "3", NULL, NULL},
        {"lastIndexOf", "[[1,\"a\",1],1]", "2", NULL, NULL},
        {"lastIndexOf", "[1,1]", "!the first argument of `lastIndexOf` must be text or an array",
         NULL, NULL},
    };
    JUDGE(rows);
}

static void collections(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"length", "[\"a😀é\"]", "4", NULL, NULL},
        {"length", "[[1,2]]", "2", NULL, NULL},
        {"length", "[{\"a\":1}]", "1", NULL, NULL},
        {"length", "[null]", "!`length` takes text, an array or an object, not null", NULL, NULL},
        {"empty", "[\"\"]", "true", NULL, NULL},
        {"empty", "[[0]]", "false", NULL, NULL},
        {"empty", "[{}]", "true", NULL, NULL},
        {"empty", "[null]", "true", NULL, NULL},
        {"empty", "[0]", "!`empty` takes text, an array or an object, not a number", NULL, NULL},
        {"first", "[[3,4]]", "3", NULL, NULL},
        {"first", "[\"äb\"]", "\"ä\"", NULL, NULL},
        {"first", "[\"\"]", "\"\"", NULL, NULL},
        {"first", "[[]]", "null", "!`first` of an empty array is nothing", "null"},
        {"last", "[\"a😀\"]", "!`last` cuts a character in two", NULL, "\"😀\""},
        {"last", "[[3,4]]", "4", NULL, NULL},
        {"last", "[\"bä\"]", "\"ä\"", NULL, NULL},
        {"last", "[{}]", "!`last` takes text or an array, not an object", NULL, NULL},
        {"indexFromEnd", "[[1,2,3],1]", "3", NULL, NULL},
        {"indexFromEnd", "[[1,2,3],4]", "!an array of 3 has no element 4 from its end", NULL,
         "!an array of 3"},
        {"tryIndexFromEnd", "[[1,2,3],3]", "1", NULL, NULL},
        {"tryIndexFromEnd", "[[1,2,3],0]", "null", NULL, NULL},
        {"contains", "[[\"a\",\"b\"],\"b\"]", "true", NULL, NULL},
        {"contains", "[[\"a\",\"b\"],\"B\"]", "false", NULL, "true"},
        {"contains", "[[1,2],\"2\"]", "false", NULL, "true"},
        {"contains", "[\"ABC\",\"b\"]", "false", NULL, "true"},
        {"contains", "[\"ABC\",\"B\"]", "true", NULL, NULL},
        {"contains", "[\"a1\",1]", "true", NULL, NULL},
        {"contains", "[{\"Key\":1},\"key\"]", "true", NULL, NULL},
        {"contains", "[{\"Key\":1},\"ke\"]", "false", NULL, NULL},
        {"contains", "[1,1]", "!the first argument of `contains` must be", NULL, NULL},
        {"contains", "[\"a\",[]]", "!the second argument of `contains` must be text", NULL, NULL},
        {"array", "[1]", "[1]", NULL, NULL},
        {"array", "[[1]]", "[1]", NULL, NULL},
        {"createArray", "[]", "[]", NULL, NULL},
        {"createArray", "[1,[2],null]", "[1,[2],null]", NULL, NULL},
        {"flatten", "[[1,[2,[3]],[]]]", "[1,2,[3]]", NULL, NULL},
        {"createObject", "[\"a\",1,\"b\",{}]", "{\"a\":1,\"b\":{}}", NULL, NULL},
        {"createObject", "[\"a\"]", "!`createObject` takes keys and values in pairs, not 1", NULL,
         NULL},
        {"createObject", "[1,2]", "!the first argument of `createObject` must be text", NULL, NULL},
        {"union", "[[1,2,1],[2,3]]", "[1,2,3]", NULL, NULL},
        {"union", "[{\"a\":{\"x\":1},\"l\":[1]},{\"a\":{\"y\":2},\"l\":[2]}]",
         "{\"a\":{\"x\":1,\"y\":2},\"l\":[2]}", NULL, NULL},
        {"union", "[[1],{}]", "!the second argument of `union` must be an array, not an object",
         NULL, NULL},
        {"union", "[\"a\",\"b\"]", "!the first argument of `union` must be an array or an object",
         NULL, NULL},
        {"intersection", "[[1,2,2,3],[3,2],[2,3,4]]", "[2,3]", NULL, NULL},
        {"intersection", "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":3}]", "{\"a\":1}", NULL, NULL},
        {"intersection", "[{},[]]", "!the second argument of `intersection` must be an object",
         NULL, NULL},
        {"items", "[{\"b\":1,\"A\":2}]",
         "[{\"key\":\"A\",\"value\":2},{\"key\":\"b\",\"value\":1}]", NULL, NULL},
        {"items", "[{}]", "[]", NULL, NULL},
        {"objectKeys", "[{\"b\":1,\"a\":2}]", "[\"a\",\"b\"]", NULL, NULL},
        {"shallowMerge", "[[{\"a\":{\"x\":1}},{\"a\":{\"y\":2}}]]", "{\"a\":{\"y\":2}}", NULL,
         NULL},
        {"shallowMerge", "[[1]]", "!`shallowMerge` takes an array of objects", NULL, NULL},
        {"tryGet", "[{\"a\":[{\"B\":7}]},\"a\",0,\"b\"]", "7", NULL, NULL},
        {"tryGet", "[{\"a\":1},\"b\",\"c\"]", "null", NULL, NULL},
        {"tryGet", "[null,\"b\"]", "null", NULL, NULL},
        {"tryGet", "[[1],5]", "null", NULL, NULL},
        {"tryGet", "[{},true]", "!the second argument of `tryGet` must be", NULL, NULL},
        {"json", "[\" {\\\"a\\\": [1.5, null]} \"]", "{\"a\":[1.5,null]}", NULL, NULL},
        {"json", "[\"null\"]", "null", NULL, NULL},
        {"json", "[\"{\"]", "!`json` reads a text that is no JSON: ", NULL, NULL},
    };
    JUDGE(rows);
}

static void encodings(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"base64", "[\"moat\"]", "\"bW9hdA==\"", NULL, NULL},
        {"base64", "[\"é?\"]", "\"w6k/\"", NULL, NULL},
        {"base64ToString", "[\"bW9h dA==\"]", "\"moat\"", NULL, NULL},
        {"base64ToString", "[\"/w==\"]", "\"\xef\xbf\xbd\"", NULL, NULL},
        {"base64ToString", "[\"bW9\"]", "!`base64ToString` cannot decode `bW9`", NULL, NULL},
        {"base64ToString", "[\"b===\"]", "!`base64ToString` cannot decode `b===`", NULL, NULL},
        {"base64ToString", "[\"b=9h\"]", "!`base64ToString` cannot decode `b=9h`", NULL, NULL},
        {"base64ToJson", "[\"eyJhIjoxfQ==\"]", "{\"a\":1}", NULL, NULL},
        {"base64ToJson", "[\"bW9hdA==\"]", "!`base64ToJson` reads a text that is no JSON", NULL,
         NULL},
        {"dataUri", "[\"moat\"]", "\"data:text/plain;charset=utf8;base64,bW9hdA==\"", NULL, NULL},
        {"dataUriToString", "[\"data:;base64,bW9hdA==\"]", "\"moat\"", NULL, NULL},
        {"dataUriToString", "[\"DATA:text/plain,a%20b\"]", "\"a b\"", NULL, NULL},
        {"dataUriToString", "[\"text\"]", "!`dataUriToString` takes `data:…,…`, not `text`", NULL,
         NULL},
        {"uriComponent", "[\"a b/ö~_\"]", "\"a%20b%2F%C3%B6~_\"", NULL, NULL},
        {"uriComponentToString", "[\"a%20%c3%b6%zz%4\"]", "\"a ö%zz%4\"", NULL, NULL},
        {"uri", "[\"https://h/a/b\",\"c\"]", "\"https://h/a/c\"", NULL, NULL},
        {"uri", "[\"https://h/a/b/\",\"../../../c/./d\"]", "\"https://h/c/d\"", NULL, NULL},
        {"uri", "[\"https://h\",\"c/..\"]", "\"https://h/\"", NULL, NULL},
        {"uri", "[\"https://h/a?q#f\",\"?x\"]", "\"https://h/a?x\"", NULL, NULL},
        {"uri", "[\"https://h/a?q#f\",\"#g\"]", "\"https://h/a?q#g\"", NULL, NULL},
        {"uri", "[\"https://h/a?q#f\",\"\"]", "\"https://h/a?q#f\"", NULL, NULL},
        {"uri", "[\"https://h/a\",\"//other/x\"]", "\"https://other/x\"", NULL, NULL},
        {"uri", "[\"https://h/a\",\"ftp://o/x\"]", "\"ftp://o/x\"", NULL, NULL},
        {"uri", "[\"h/a\",\"x\"]", "!`uri` takes an absolute URI first, not `h/a`", NULL, NULL},
        {"guid", "[\"moat\"]", "\"31dd3c38-1c81-5ae0-907f-a9e5c3b60b11\"", NULL, "-"},
        {"guid", "[\"a\",\"b\"]", "\"2d796349-8c7e-55ec-9624-54ece82ed031\"", NULL, "-"},
        {"guid", "[1]", "!`guid` takes text, not a number", NULL, NULL},
        {"uniqueString", "[\"a\"]", "!what `uniqueString` gives is known to Azure only", NULL,
         NULL},
    };
    JUDGE(rows);
}

static void formats(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"format", "[\"{0}-{1}-{0}\",\"a\",7]", "\"a-7-a\"", NULL, NULL},
        {"format", "[\"{{{0}}}\",1]", "\"{1}\"", NULL, NULL},
        {"format", "[\"[{0,4}|{0,-4}|{0,1}]\",12]", "\"[  12|12  |12]\"", NULL, NULL},
        {"format", "[\"{0} {1} {2}\",true,null,[1]]", "\"True  [1]\"", NULL, NULL},
        {"format", "[\"{0:D4} {0:X} {0:x4} {0:G}\",255]", "\"0255 FF 00ff 255\"", NULL, NULL},
        {"format", "[\"{0:D4} {0:N0} {0:F1}\",-1234567]", "\"-1234567 -1,234,567 -1234567.0\"",
         NULL, NULL},
        {"format", "[\"{0:N} {0:F0} {0:P1} {0:0.0#} {1:F1} {1:F0}\",0.125,99.95]",
         "\"0.13 0 12.5 % 0.13 100.0 100\"", NULL, NULL},
        {"format", "[\"{0:000} {0:#,##0} {0:#.##} {0:v0.0}\",1234]", "\"1234 1,234 1234 v1234.0\"",
         NULL, NULL},
        {"format", "[\"{0:#}|{0:0}|{0:F1}\",0]", "\"|0|0.0\"", NULL, NULL},
        {"format", "[\"{0:D}\",1.5]", "!`format` cannot write a number as `D`", NULL, NULL},
        {"format", "[\"{0:0;-0}\",1]", "!`format` cannot write a number as `0;-0`", NULL, NULL},
        {"format", "[\"{1}\",1]", "!`format` has no value for {1}", NULL, NULL},
        {"format", "[\"{\",1]", "!`format` has a `{` that is no item", NULL, NULL},
        {"format", "[\"}\",1]", "!`format` has a `}` that is no item", NULL, NULL},
        {"format", "[\"{0\",1]", "!`format` has a `{` that is no item", NULL, NULL},
        {"format", "[\"{0,99999999999}\",1]", "!`format` has a `{` that is no item", NULL, NULL},
    };
    JUDGE(rows);
}

static void dates(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"addDays", "[\"2024-02-28T06:00:00Z\",2]", "\"2024-03-01T06:00:00Z\"", NULL, NULL},
        {"addDays", "[\"2024-03-01\",-1]", "\"2024-02-29T00:00:00Z\"", NULL, NULL},
        {"addDays", "[\"2024-03-01T00:30:00.1250+01:00\",0]", "\"2024-02-29T23:30:00.125Z\"", NULL,
         NULL},
        {"addDays", "[\"9999-12-31\",1]", "!`addDays` leaves the years 1 to 9999", NULL, NULL},
        {"addDays", "[\"2024-01-01\",9223372036854775807]", "!`addDays` leaves the years", NULL,
         NULL},
        {"addDays", "[\"2024-01-01\",-9223372036854775807]", "!`addDays` leaves the years", NULL,
         NULL},
        {"addDays", "[\"1 May\",1]", "!`addDays` cannot read the date `1 May`", NULL, NULL},
        {"utcNow", "[]", "\"2026-08-22T10:00:00.0000000Z\"", NULL, NULL},
        {"dateTimeAdd", "[\"2024-01-01\",\"P1D\"]", "!`dateTimeAdd` is not allowed in a policy",
         NULL, "\"2024-01-02T00:00:00Z\""},
        {"dateTimeAdd", "[\"2024-01-31T13:04:05.678-02:30\",\"-PT0.5S\",\"ddd d MMM yy h tt zz\"]",
         "!`dateTimeAdd`", NULL, "\"Wed 31 Jan 24 1 PM -02\""},
        {"dateTimeAdd", "[\"2024-01-31T13:04:05\",\"PT0S\",\"'at' HH\\\\hmm.FFF\"]",
         "!`dateTimeAdd`", NULL, "\"at 13h04\""},
        {"dateTimeAdd", "[\"2024-01-31\",\"P1S\"]", "!`dateTimeAdd`", NULL, "-"},
        {"dateTimeAdd", "[\"2024-01-31\",\"P\"]", "!`dateTimeAdd`", NULL, "-"},
        {"dateTimeAdd", "[\"2024-01-31\",\"P99999999Y\"]", "!`dateTimeAdd`", NULL, "-"},
        {"dateTimeAdd", "[\"2024-01-31\",\"P0D\",\"q\"]", "!`dateTimeAdd`", NULL,
         "!`q` is no format of dates"},
        {"dateTimeToEpoch", "[\"1969-12-31T23:59:59.5Z\"]", "!`dateTimeToEpoch`", NULL, "-1"},
        {"dateTimeFromEpoch", "[951782400]", "!`dateTimeFromEpoch`", NULL,
         "\"2000-02-29T00:00:00Z\""},
        {"dateTimeFromEpoch", "[9223372036854775807]", "!`dateTimeFromEpoch`", NULL, "-"},
    };
    JUDGE(rows);
}

static void addresses(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"ipRangeContains", "[\"10.0.0.0/8\",\"10.255.255.255\"]", "true", NULL, NULL},
        {"ipRangeContains", "[\"10.0.0.0/8\",\"9.0.0.0-10.0.0.1\"]", "false", NULL, NULL},
        {"ipRangeContains", "[\"10.0.0.0/8\",\"10.0.0.0/7\"]", "false", NULL, NULL},
        {"ipRangeContains", "[\"0.0.0.0/0\",\"1.2.3.4\"]", "true", NULL, NULL},
        {"ipRangeContains", "[\"2001:db8::/32\",\"2001:DB8:ffff::1\"]", "true", NULL, NULL},
        {"ipRangeContains", "[\"10.0.0.1\",\"10.0.0.1/32\"]", "true", NULL, "false"},
        {"ipRangeContains", "[\"10.0.0.1-10.0.0.9\",\"10.0.0.2-10.0.0.9\"]", "true", NULL, "false"},
        {"ipRangeContains", "[\"10.0.0.0/8\",\"::1\"]",
         "!`ipRangeContains` cannot compare IPv4 with IPv6", NULL, "false"},
        {"ipRangeContains", "[\"10.0.0.0/33\",\"10.0.0.1\"]", "!`ipRangeContains` takes an address",
         NULL, "false"},
        {"ipRangeContains", "[\"10.0.0.0/8\",\"\"]", "!`ipRangeContains` takes an address", NULL,
         "false"},
        {"ipRangeContains", "[\"10.0.0.0/8\",\"10.0.0.9-10.0.0.1\"]", "!`ipRangeContains` takes an",
         NULL, "false"},
        {"parseCidr", "[\"192.168.5.9/30\"]",
         "{\"network\":\"192.168.5.8\",\"netmask\":\"255.255.255.252\",\"broadcast\":\"192.168.5."
         "11\",\"firstUsable\":\"192.168.5.9\",\"lastUsable\":\"192.168.5.10\",\"cidr\":30}",
         NULL, "-"},
        {"parseCidr", "[\"10.0.0.7/32\"]",
         "{\"network\":\"10.0.0.7\",\"netmask\":\"255.255.255.255\",\"broadcast\":\"10.0.0.7\","
         "\"firstUsable\":\"10.0.0.7\",\"lastUsable\":\"10.0.0.7\",\"cidr\":32}",
         NULL, "-"},
        {"parseCidr", "[\"fd00:1::/64\"]",
         "{\"network\":\"fd00:1::\",\"netmask\":\"ffff:ffff:ffff:ffff::\",\"firstUsable\":\"fd00:1:"
         ":\",\"lastUsable\":\"fd00:1::ffff:ffff:ffff:ffff\",\"cidr\":64}",
         NULL, "-"},
        {"parseCidr", "[\"10.0.0.7\"]", "!`parseCidr` takes a range like `10.0.0.0/8`, not", NULL,
         NULL},
        {"cidrSubnet", "[\"10.20.0.0/16\",24,255]", "\"10.20.255.0/24\"", NULL, "-"},
        {"cidrSubnet", "[\"10.20.0.0/16\",24,256]", "!the range has no subnet 256 of /24", NULL,
         NULL},
        {"cidrSubnet", "[\"10.20.0.0/16\",8,0]", "!`cidrSubnet` takes a prefix from 16 to 32", NULL,
         NULL},
        {"cidrSubnet", "[\"fd00::/8\",120,9223372036854775807]",
         "\"fd00::7f:ffff:ffff:ffff:ff00/120\"", NULL, "-"},
        {"cidrHost", "[\"10.20.0.0/30\",1]", "\"10.20.0.2\"", NULL, "-"},
        {"cidrHost", "[\"10.20.0.0/30\",2]", "!the range has no host 2", NULL, NULL},
        {"cidrHost", "[\"10.20.0.0/31\",1]", "\"10.20.0.1\"", NULL, "-"},
        {"cidrHost", "[\"fd00::/64\",65535]", "\"fd00::1:0\"", NULL, "-"},
        {"cidrHost", "[\"255.255.255.0/24\",9223372036854775807]", "!the range has no host", NULL,
         NULL},
    };
    JUDGE(rows);
}

// An argument that came to nothing: a field that is not there.
static void nothing(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"empty", "", "true", NULL, "-"},
        {"length", "", "0", NULL, "-"},
        {"toLower", "", "\"\"", NULL, "-"},
        {"first", "", "\"\"", NULL, "-"},
        {"coalesce", "", "null", NULL, NULL},
        {"int", "", "!`int` takes an integer or text, not nothing", NULL, NULL},
        {"createArray", "", "[null]", NULL, "-"},
    };
    Arena *a = arena_new();
    Data missing = data_missing();
    Data args = {.kind = DATA_ARRAY, .count = 1, .items = &missing};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        judge_args(a, &rows[i], &args);
    Data both[] = {missing, missing};
    args = (Data){.kind = DATA_ARRAY, .count = 2, .items = both};
    judge_args(a, &(Row){"split", "", "[\"\"]", NULL, "-"}, &args);
    both[0] = parse(a, "{\"k\": 1}");
    judge_args(a, &(Row){"contains", "", "false", NULL, "-"}, &args);
    arena_free(a);
}

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *name, *last, *reason;
    } cases[] = {
        {"concat", "\"x\"", "!`concat` makes a text of more than 131072 characters"},
        {"replace", "\"x\",\"xx\"", "!`replace` makes a text of more than 131072 characters"},
        {"split", "\"x\"", "!`split` makes more than 32768 values"},
    };
    Arena *a = arena_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        Buf json = {0};
        bool uncertain;
        buf_str(&json, "[\"");
        buf_fill(&json, 'x', LIMIT_VALUE_TEXT);
        buf_printf(&json, "\",%s]", cases[i].last);
        Data args = parse(a, json.p);
        for (int s = 0; s < 3; s++)
            assert_string_equal(call(a, (Semantics)s, cases[i].name, &args, &uncertain),
                                cases[i].reason);
        buf_free(&json);
    }
    Data nest = {.kind = DATA_ARRAY, .at = DATA_NOWHERE};
    uint32_t levels = 1;
    uint64_t fuel = FUEL;
    ValueContext x = {.arena = a, .fuel = &fuel};
    const PureFunction *f = function_find(str_of("createArray"));
    while (function_call(&x, f, &nest, 1, &nest))
        levels++;
    assert_int_equal(levels, LIMIT_VALUE_DEPTH + 1);
    assert_string_equal(x.failure.reason, "`createArray` makes a value of more than 128 levels");
    arena_free(a);
}

static void table(void **state)
{
    (void)state;
    static const char *const names[] = {
#define FUNCTION(NAME, LEAST, MOST, FUNCTION_C) NAME,
#include "eval/functions.def"
#undef FUNCTION
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_true(i == 0 || str_compare_nocase(str_of(names[i - 1]), str_of(names[i])) < 0);
        assert_string_equal(function_spelling(function_find(str_of(names[i]))), names[i]);
    }
    uint32_t least, most;
    assert_false(function_arity(function_find(str_of("SUBSTRING")), &least, &most));
    assert_int_equal(least, 2);
    assert_int_equal(most, 3);
    assert_null(function_find(str_of("resourceId")));
    assert_null(function_find(str_of("")));
    assert_true(function_forbidden(str_of("listkeys")));
    assert_true(function_forbidden(str_of("RESOURCEID")));
    assert_true(function_forbidden(str_of("dateTimeAdd")));
    assert_false(function_forbidden(str_of("concat")));
}

static void members(void **state)
{
    (void)state;
    Arena *a = arena_new();
    Data d = parse(a, "{\"Name\":[10,20]}"), zero = data_int(0), two = data_int(2), ret;
    uint64_t fuel = FUEL;
    ValueContext x = {.arena = a, .fuel = &fuel};
    Data name = data_string(str_of("NAME")), array;
    assert_true(data_member(&x, &d, str_of("name"), &array));
    assert_true(data_index(&x, &d, &name, &ret) && ret.count == 2);
    assert_true(data_index(&x, &array, &zero, &ret) && ret.integer == 10);
    assert_false(data_index(&x, &array, &two, &ret));
    assert_string_equal(x.failure.reason, "an array of 2 has no element 2");
    x.failure = (EvalFailure){0};
    assert_false(data_member(&x, &d, str_of("other"), &ret));
    assert_string_equal(x.failure.reason, "the object has no `other`");
    x.failure = (EvalFailure){0};
    assert_false(data_member(&x, &zero, str_of("other"), &ret));
    assert_string_equal(x.failure.reason, "a number has no `other`");
    x = (ValueContext){.arena = a, .semantics = SEMANTICS_ENGINE, .fuel = &fuel};
    assert_true(data_member(&x, &zero, str_of("other"), &ret) && ret.kind == DATA_MISSING);
    assert_true(data_index(&x, &array, &two, &ret) && ret.kind == DATA_MISSING);
    assert_true(data_index(&x, &array, &name, &ret) && ret.kind == DATA_MISSING);
    arena_free(a);
}

static void date_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed; // NULL: no date
    } cases[] = {
        {"2026-08-22T10:00:00.1234567Z", "2026-08-22T10:00:00.1234567Z"},
        {"2026-08-22T10:00:00.12000Z", "2026-08-22T10:00:00.12Z"},
        {"2026-08-22T10:00:00.123456789Z", "2026-08-22T10:00:00.1234567Z"},
        {"2026-08-22 10:00:00+0530", "2026-08-22T04:30:00Z"},
        {"2026-08-22T10:00-08", "2026-08-22T18:00:00Z"},
        {"2026-08-22", "2026-08-22T00:00:00Z"},
        {"0001-01-01", "0001-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"},
        {"2000-02-29", "2000-02-29T00:00:00Z"},
        {"1600-12-31", "1600-12-31T00:00:00Z"},
        {"1900-02-29", NULL},
        {"0000-01-01", NULL},
        {"2026-13-01", NULL},
        {"2026-00-01", NULL},
        {"2026-01-00", NULL},
        {"2026-8-22", NULL},
        {"2026-08-22T24:00:00Z", NULL},
        {"2026-08-22T10:60:00Z", NULL},
        {"2026-08-22T10:00:00.Z", NULL},
        {"2026-08-22T10:00:00+15:00", NULL},
        {"2026-08-22T10:00:00Zx", NULL},
        {"2026-08-22T", NULL},
        {"2026-08-22Z", NULL},
        {"0001-01-01T00:00:00+01:00", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t ticks = -1;
        Buf out = {0};
        if (date_parse(str_of(cases[i].text), &ticks) != (cases[i].printed != NULL))
            fail_msg("%s", cases[i].text);
        if (!cases[i].printed)
            continue;
        date_print(ticks, &out);
        assert_string_equal(out.p, cases[i].printed);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logic),       cmocka_unit_test(numbers),   cmocka_unit_test(texts),
        cmocka_unit_test(collections), cmocka_unit_test(encodings), cmocka_unit_test(formats),
        cmocka_unit_test(dates),       cmocka_unit_test(addresses), cmocka_unit_test(nothing),
        cmocka_unit_test(limits),      cmocka_unit_test(table),     cmocka_unit_test(members),
        cmocka_unit_test(date_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
