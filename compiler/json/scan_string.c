// scan_string.c - strings: most are found to be plain 16 bytes at a time.
//
// A string without escapes stays where it is; one with escapes is decoded into the arena.
//
// SPDX-License-Identifier: MIT
#include "json/plain.h"
#include "json/scan.h"

// --- escapes -------------------------------------------------------------------------------------

static const char ESCAPES[] = "\"\\/bfnrt", ESCAPED[] = "\"\\/\b\f\n\r\t";

// The value of four hexadecimal digits, -1 where there are not four.
static int32_t hex4(const char *p, const char *end)
{
    if (end - p < 4)
        return -1;
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = ascii_lower(p[i]);
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high_surrogate(int32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low_surrogate(int32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

// The second half of a pair of surrogates, written as an escape; -1 where there is none.
static int32_t low_half(const char *p, const char *end)
{
    if (end - p < 2 || p[0] != '\\' || p[1] != 'u')
        return -1;
    int32_t unit = hex4(p + 2, end);
    return is_low_surrogate(unit) ? unit : -1;
}

// Moves *p behind the escape it points at.
static bool check_escape(Scan *s, const char **p)
{
    const char *at = *p;
    if (s->end - at < 2)
        return json_scan_error(s, s->p, "a string is not closed");
    if (at[1] != 'u') {
        *p = at + 2;
        return (at[1] && strchr(ESCAPES, at[1])) ||
               json_scan_error(s, at,
                               "a backslash is followed by one of `\"\\/bfnrtu`, not by %s; one "
                               "that means itself is written `\\\\`",
                               json_scan_found(s, at + 1));
    }
    int32_t unit = hex4(at + 2, s->end);
    if (unit < 0)
        return json_scan_error(s, at, "`\\u` is followed by four hexadecimal digits");
    if (is_low_surrogate(unit))
        return json_scan_error(s, at, "`%.6s` is the second half of a pair; the first is missing",
                               at);
    if (is_high_surrogate(unit) && low_half(at + 6, s->end) < 0)
        return json_scan_error(s, at, "`%.6s` is the first half of a pair; the second is missing",
                               at);
    *p = at + (is_high_surrogate(unit) ? 12 : 6);
    return true;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(c | (n == 2 ? 0xc0u : n == 3 ? 0xe0u : 0xf0u));
    return n;
}

// The code point an escape stands for and its length; 0 where it is none.
static size_t unescape_one(const char *p, const char *end, uint32_t *ret)
{
    if (end - p < 2 || !p[1])
        return 0;
    if (p[1] != 'u') {
        const char *found = strchr(ESCAPES, p[1]);
        *ret = found ? (unsigned char)ESCAPED[found - ESCAPES] : 0;
        return found ? 2 : 0;
    }
    int32_t unit = hex4(p + 2, end), low = is_high_surrogate(unit) ? low_half(p + 6, end) : -1;
    if (unit < 0)
        return 0;
    if (low >= 0)
        *ret = 0x10000u + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
    else
        *ret = is_high_surrogate(unit) || is_low_surrogate(unit) ? 0xfffd : (uint32_t)unit;
    return low >= 0 ? 12 : 6;
}

size_t json_scan_unescape(const char *p, const char *end, char *out)
{
    char *begin = out;
    while (p < end) {
        uint32_t c;
        size_t n = *p == '\\' ? unescape_one(p, end, &c) : 0;
        if (n)
            out += put_utf8(out, c);
        else
            *out++ = *p;
        p += n ? n : 1;
    }
    return (size_t)(out - begin);
}

// --- strings -------------------------------------------------------------------------------------

static bool refuse_control(Scan *s, const char *at)
{
    unsigned char c = (unsigned char)*at;
    if (c == '\n' || c == '\r')
        return json_scan_error(
            s, s->p, "a string is not closed on its line; a line break in it is written `\\n`");
    if (c == '\t')
        return json_scan_error(s, at, "a tab in a string is written `\\t`");
    return json_scan_error(
        s, at, "a string holds the control character 0x%02x; it is written `\\u%04x`", c, c);
}

// The closing quote of a string that is not plain.
static bool find_quote(Scan *s, const char *p, const char **ret_quote, bool *ret_escapes)
{
    bool escapes = false;
    for (; p < s->end && *p != '"'; p = plain_end(p, s->end)) {
        if (*p == '\\') {
            escapes = true;
            if (!check_escape(s, &p))
                return false;
        } else if ((unsigned char)*p < 0x20) {
            return refuse_control(s, p);
        }
        while (p < s->end && (unsigned char)*p >= 0x80) {
            size_t n = utf8_sequence(p, (size_t)(s->end - p));
            if (n == 0)
                return json_scan_error(s, p, "the text is not UTF-8 here: the byte 0x%02x",
                                       (unsigned char)*p);
            p += n;
        }
    }
    *ret_quote = p;
    *ret_escapes = escapes;
    return p < s->end || json_scan_error(s, s->p, "a string is not closed");
}

bool json_scan_string(Scan *s, Str *ret)
{
    const char *text = s->p + 1, *quote = plain_end(text, s->end);
    bool escapes = false;
    if ((quote == s->end || *quote != '"') && !find_quote(s, quote, &quote, &escapes))
        return false;
    size_t n = (size_t)(quote - text);
    if (escapes) {
        char *decoded = arena_alloc(s->arena, n);
        n = json_scan_unescape(text, quote, decoded);
        text = decoded;
    }
    *ret = (Str){text, n};
    s->p = quote + 1;
    return true;
}
