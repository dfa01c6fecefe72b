// str_test.c - comparing, UTF-8, buffers and hashes.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/hash.h"
#include "base/str.h"

static void comparing_folds_ascii_only(void **state)
{
    (void)state;
    assert_true(str_equal(STR("ab"), STR("ab")));
    assert_false(str_equal(STR("ab"), STR("aB")));
    assert_true(str_equal((Str){NULL, 0}, STR("")));
    assert_true(str_equal_nocase(STR("Microsoft.Storage"), STR("microsoft.STORAGE")));
    assert_false(str_equal_nocase(STR("\xc3\x84"), STR("\xc3\xa4"))); // Ä, ä
    assert_true(str_compare_nocase(STR("a"), STR("B")) < 0);
    assert_true(str_compare_nocase(STR("ab"), STR("A")) > 0);
    assert_int_equal(str_compare_nocase(STR("aB"), STR("Ab")), 0);
    assert_true(str_starts_nocase(STR("Microsoft.X"), STR("MICROSOFT.")));
    assert_false(str_starts_nocase(STR("Mic"), STR("Microsoft")));
    assert_true(str_has(STR("a*b"), '*'));
    assert_false(str_has(STR(""), '\0'));
    assert_false(str_has(STR("ab"), '*'));
}

static void utf8_takes_what_unicode_allows(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length; // of the first sequence, 0 for ill-formed
    } cases[] = {
        {"a", 1},
        {"\x7f", 1},
        {"\x80", 0},
        {"\xc1\xbf", 0}, // overlong
        {"\xc2\x80", 2},
        {"\xc2", 0},
        {"\xc2\x41", 0},
        {"\xe0\x9f\xbf", 0}, // overlong
        {"\xe0\xa0\x80", 3},
        {"\xed\x9f\xbf", 3},
        {"\xed\xa0\x80", 0}, // a surrogate
        {"\xef\xbf\xbf", 3},
        {"\xef\xbf", 0},
        {"\xef\xbf\xc0", 0},
        {"\xf0\x8f\xbf\xbf", 0}, // overlong
        {"\xf0\x90\x80\x80", 4},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 0}, // past U+10FFFF
        {"\xf5\x80\x80\x80", 0},
        {"\xff", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(utf8_sequence(cases[i].bytes, strlen(cases[i].bytes)), cases[i].length);
    assert_int_equal(utf8_sequence("", 0), 0);
    assert_int_equal(utf8_sequence("\0", 1), 1);
}

static void utf8_is_cut_between_characters(void **state)
{
    (void)state;
    Str s = str_of("aé€𝄞");
    static const size_t fits[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t most = 0; most < sizeof fits / sizeof fits[0]; most++)
        assert_int_equal(utf8_fit(s, most), fits[most]);
    assert_int_equal(utf8_fit((Str){0}, 5), 0);
    assert_int_equal(utf8_fit(str_of("\x80\x80\x80"), 2), 0);
}

static void buffers_grow_and_end_in_nul(void **state)
{
    (void)state;
    Buf b = {0};
    buf_reset(&b);
    buf_add(&b, NULL, 0);
    assert_string_equal(b.p, "");
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%03d", i);
    assert_int_equal(b.n, 3000);
    assert_memory_equal(b.p + 2997, "999", 4);
    buf_reset(&b);
    buf_fill(&b, '-', 5000);
    buf_char(&b, '>');
    assert_int_equal(strlen(b.p), 5001);
    buf_free(&b);
    assert_null(b.p);
    buf_free(&b);
}

static void assert_json(Str in, const char *expected)
{
    Buf b = {0};
    buf_json_string(&b, in);
    assert_string_equal(b.p, expected);
    buf_free(&b);
}

static void json_strings_are_always_valid(void **state)
{
    (void)state;
    assert_json(STR(""), "\"\"");
    assert_json(STR("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_json(STR("\n\r\t\b\x1f\x7f"), "\"\\n\\r\\t\\u0008\\u001f\x7f\"");
    assert_json((Str){"a\0b", 3}, "\"a\\u0000b\"");
    assert_json(STR("gr\xc3\xbc\xc3\x9f\xf0\x9f\x98\x80"),
                "\"gr\xc3\xbc\xc3\x9f\xf0\x9f\x98\x80\"");
    assert_json(STR("\xff\xc3"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_json(STR("\xed\xa0\x80!"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd!\"");
}

static void assert_sha256(Str in, const char *expected)
{
    char hex[65];
    sha256_hex(in, hex);
    assert_string_equal(hex, expected);
}

static void sha256_agrees_with_the_standard(void **state)
{
    (void)state;
    assert_sha256(STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha256(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha256(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Buf b = {0};
    buf_fill(&b, 'a', 1000000);
    assert_sha256((Str){b.p, b.n},
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    buf_free(&b);
}

static void fnv_agrees_with_its_authors(void **state)
{
    (void)state;
    assert_true(hash_fnv("", 0) == 0xcbf29ce484222325u);
    assert_true(hash_fnv("a", 1) == 0xaf63dc4c8601ec8cu);
    assert_true(hash_fnv("foobar", 6) == 0x85944171f73967e8u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing_folds_ascii_only),
        cmocka_unit_test(utf8_takes_what_unicode_allows),
        cmocka_unit_test(utf8_is_cut_between_characters),
        cmocka_unit_test(buffers_grow_and_end_in_nul),
        cmocka_unit_test(json_strings_are_always_valid),
        cmocka_unit_test(sha256_agrees_with_the_standard),
        cmocka_unit_test(fnv_agrees_with_its_authors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
