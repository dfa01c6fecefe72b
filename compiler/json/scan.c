// scan.c - white space, words and numbers, and how mistakes are said.
//
// SPDX-License-Identifier: MIT
#include "json/scan.h"

#include "base/limits.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

enum { LONGEST_WORD = 24 }; // shown in a message

static bool is_digit(const Scan *s, const char *p)
{
    return p < s->end && *p >= '0' && *p <= '9';
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '-' || c == '+' || c == '.';
}

// --- mistakes ------------------------------------------------------------------------------------

bool json_scan_error(Scan *s, const char *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    s->error->message = arena_vprintf(s->arena, fmt, args);
    va_end(args);
    s->error->at = (uint32_t)(at - s->start);
    s->error->other = DATA_NOWHERE;
    return false;
}

static Str word_at(const Scan *s, const char *at)
{
    size_t n = 0;
    while (at + n < s->end && n < LONGEST_WORD && is_word_byte(at[n]))
        n++;
    return (Str){at, n};
}

const char *json_scan_found(Scan *s, const char *at)
{
    if (at == s->end)
        return "the end of the text";
    Str word = word_at(s, at);
    unsigned char c = (unsigned char)*at;
    size_t n = word.n                  ? word.n
               : c < 0x20 || c == 0x7f ? 0
                                       : utf8_sequence(at, (size_t)(s->end - at));
    if (n == 0)
        return arena_printf(s->arena, "the byte 0x%02x", c);
    if (c == '`')
        return "a backtick";
    return arena_printf(s->arena, "`%.*s`", (int)n, at);
}

// --- white space ---------------------------------------------------------------------------------

static bool skip_comment(Scan *s)
{
    const char *open = s->p;
    bool line = s->end - open >= 2 && open[1] == '/';
    if (!line && !(s->end - open >= 2 && open[1] == '*'))
        return json_scan_error(s, open, "expected a value, found `/`");
    for (s->p += 2; s->p < s->end; s->p++) {
        if (line ? *s->p == '\n' : *s->p == '*' && s->p + 1 < s->end && s->p[1] == '/') {
            s->p += line ? 0 : 2;
            return true;
        }
    }
    return line || json_scan_error(s, open, "a comment is not closed");
}

bool json_scan_space_slowly(Scan *s)
{
    for (;;) {
        while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
            s->p++;
        if (s->p == s->end || *s->p != '/')
            return true;
        if (!(s->flags & JSON_COMMENTS))
            return json_scan_error(s, s->p, "comments are not allowed here");
        if (!skip_comment(s))
            return false;
    }
}

// --- words ---------------------------------------------------------------------------------------

static bool not_a_value(Scan *s)
{
    static const char *const words[][2] = {
        {"true", "true"}, {"false", "false"}, {"null", "null"}, {"none", "null"}, {"nil", "null"},
    };
    const char *at = s->p;
    Str word = word_at(s, at);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_nocase(word, str_of(words[i][0])))
            return json_scan_error(s, at, "`%.*s` is written `%s` in JSON", (int)word.n, at,
                                   words[i][1]);
    }
    Str number = word.n && (*at == '+' || *at == '-') ? (Str){at + 1, word.n - 1} : word;
    if (str_equal_nocase(number, str_of("nan")) || str_equal_nocase(number, str_of("infinity")) ||
        str_equal_nocase(number, str_of("inf")))
        return json_scan_error(s, at, "JSON has no number `%.*s`", (int)word.n, at);
    if (at < s->end && *at == '+')
        return json_scan_error(s, at, "a number does not begin with `+`");
    if (at < s->end && *at == '.')
        return json_scan_error(s, at, "a number begins with a digit, not with `.`");
    if (at < s->end && *at == '\'')
        return json_scan_error(s, at, "text stands in double quotes, not in single ones");
    return json_scan_error(s, at, "expected a value, found %s", json_scan_found(s, at));
}

static bool take(Scan *s, const char *word, size_t n)
{
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
        return false;
    if ((size_t)(s->end - s->p) > n && is_word_byte(s->p[n]))
        return false;
    s->p += n;
    return true;
}

bool json_scan_word(Scan *s, Data *ret)
{
    if (take(s, "true", 4)) {
        ret->kind = DATA_BOOL;
        ret->truth = true;
        return true;
    }
    if (take(s, "false", 5)) {
        ret->kind = DATA_BOOL;
        ret->truth = false;
        return true;
    }
    if (take(s, "null", 4)) {
        ret->kind = DATA_NULL;
        return true;
    }
    return not_a_value(s);
}

// --- numbers -------------------------------------------------------------------------------------

// Digits as a whole number and the power of ten it is to be multiplied by.
typedef struct Decimal {
    uint64_t digits; // right while count is at most MOST_DIGITS
    uint32_t count;  // of digits, leading zeros aside
    bool negative;
    bool whole; // neither point nor exponent
    int64_t power;
} Decimal;

enum { MOST_DIGITS = 19, LARGEST_POWER = 22 }; // 10^22 is the last exact power of ten

static void take_digits(Scan *s, Decimal *d)
{
    for (; is_digit(s, s->p); s->p++) {
        d->digits = d->digits * 10 + (uint64_t)(*s->p - '0');
        d->count += d->count || *s->p != '0';
    }
}

static bool take_exponent(Scan *s, Decimal *d)
{
    s->p++;
    bool negative = s->p < s->end && *s->p == '-';
    s->p += s->p < s->end && (*s->p == '-' || *s->p == '+');
    if (!is_digit(s, s->p))
        return json_scan_error(s, s->p, "expected the digits of an exponent, found %s",
                               json_scan_found(s, s->p));
    int64_t power = 0;
    for (; is_digit(s, s->p); s->p++)
        power = power < 100000 ? power * 10 + (*s->p - '0') : power;
    d->power += negative ? -power : power;
    d->whole = false;
    return true;
}

static bool ends_number(Scan *s)
{
    return s->p == s->end || !is_word_byte(*s->p) ||
           json_scan_error(s, s->p, "expected the end of a number, found %s",
                           json_scan_found(s, s->p));
}

static bool take_decimal(Scan *s, Decimal *d)
{
    const char *begin = s->p;
    d->negative = *s->p == '-';
    s->p += d->negative;
    if (!is_digit(s, s->p)) {
        s->p = begin;
        return not_a_value(s);
    }
    if (*s->p == '0' && is_digit(s, s->p + 1))
        return json_scan_error(s, begin, "a number does not begin with `0`");
    take_digits(s, d);
    d->whole = true;
    if (s->p < s->end && *s->p == '.') {
        const char *point = s->p++;
        if (!is_digit(s, s->p))
            return json_scan_error(s, s->p, "expected a digit after `.`, found %s",
                                   json_scan_found(s, s->p));
        take_digits(s, d);
        d->power = -(int64_t)(s->p - point - 1);
        d->whole = false;
    }
    if (s->p < s->end && (*s->p == 'e' || *s->p == 'E'))
        return take_exponent(s, d) && ends_number(s);
    return ends_number(s);
}

// Rounded as it should be, whatever its length. strtod wants a NUL.
static double decimal_slowly(const char *p, size_t n)
{
    char local[128];
    Buf copy = {0};
    char *text = local;
    if (n < sizeof local) {
        memcpy(local, p, n);
        local[n] = '\0';
    } else {
        buf_add(&copy, p, n);
        text = copy.p;
    }
    double value = strtod(text, NULL);
    buf_free(&copy);
    return value;
}

static double decimal_value(const Decimal *d, const char *p, size_t n)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    // Both exact, so one rounding: right.
    if (FLT_EVAL_METHOD != 0 || d->count > MOST_DIGITS || d->digits > UINT64_C(1) << 53 ||
        d->power < -LARGEST_POWER || d->power > LARGEST_POWER)
        return decimal_slowly(p, n);
    double value = (double)d->digits;
    value = d->power < 0 ? value / powers[-d->power] : value * powers[d->power];
    return d->negative ? -value : value;
}

bool json_scan_number(Scan *s, Data *ret)
{
    const char *begin = s->p;
    Decimal d = {0};
    if (!take_decimal(s, &d))
        return false;
    if (d.whole && d.count <= MOST_DIGITS && d.digits <= (uint64_t)INT64_MAX + d.negative) {
        ret->kind = DATA_INT;
        ret->integer = d.negative ? (int64_t)-d.digits : (int64_t)d.digits;
        return true;
    }
    ret->kind = DATA_FLOAT;
    ret->count = (uint32_t)(s->p - begin);
    ret->number = decimal_value(&d, begin, ret->count);
    return isfinite(ret->number) || json_scan_error(s, begin, "number out of range");
}
