// literal_forms.c - see literal.h.
//
// SPDX-License-Identifier: MIT
#include "sema/literal.h"

#include "base/str.h"

#include <stdint.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Exactly `n` digits of at most `most`; returns past them or NULL.
static const char *digits(const char *s, int n, int most)
{
    int value = 0;
    for (int i = 0; i < n; i++, s++) {
        if (!is_digit(*s))
            return NULL;
        value = value * 10 + (*s - '0');
    }
    return value <= most ? s : NULL;
}

static const char *sign(const char *s, char c)
{
    return s && *s == c ? s + 1 : NULL;
}

// --- dates ------------------------------------------------------------------------------------

static const char *skip_date(const char *s)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *month = sign(digits(s, 4, 9999), '-');
    const char *day = month ? sign(digits(month, 2, 12), '-') : NULL;
    if (!day)
        return NULL;
    int m = (month[0] - '0') * 10 + month[1] - '0';
    const char *end = digits(day, 2, 31);
    if (m == 0 || !end || (day[0] == '0' && day[1] == '0') ||
        (day[0] - '0') * 10 + day[1] - '0' > days[m - 1])
        return NULL;
    return end;
}

bool literal_is_date(const char *s)
{
    s = skip_date(s);
    return s && *s == '\0';
}

static const char *skip_time(const char *s)
{
    s = sign(digits(s, 2, 23), ':');
    s = s ? sign(digits(s, 2, 59), ':') : NULL;
    s = s ? digits(s, 2, 59) : NULL;
    if (!s || *s != '.')
        return s;
    s++;
    const char *start = s;
    while (is_digit(*s))
        s++;
    return s > start && s - start <= 7 ? s : NULL;
}

bool literal_is_datetime(const char *s)
{
    s = sign(skip_date(s), 'T');
    s = s ? skip_time(s) : NULL;
    if (!s)
        return false;
    if (*s == 'Z')
        return s[1] == '\0';
    if (*s != '+' && *s != '-')
        return false;
    s = sign(digits(s + 1, 2, 14), ':');
    s = s ? digits(s, 2, 59) : NULL;
    return s && *s == '\0';
}

// --- addresses ----------------------------------------------------------------------------------

static const char *skip_number(const char *s, unsigned most)
{
    const char *start = s;
    unsigned value = 0;
    for (; is_digit(*s) && s - start < 3; s++)
        value = value * 10 + (unsigned)(*s - '0');
    bool zero = *start == '0' && s - start > 1;
    return s > start && !zero && value <= most ? s : NULL;
}

static const char *skip_ipv4(const char *s)
{
    for (int i = 0; i < 4 && s; i++) {
        if (i > 0)
            s = sign(s, '.');
        s = s ? skip_number(s, 255) : NULL;
    }
    return s;
}

static const char *skip_ipv6(const char *s)
{
    int groups = 0;
    bool gap = false;
    if (s[0] == ':' && s[1] != ':')
        return NULL;
    while (is_hex(*s) || *s == ':') {
        if (s[0] == ':' && s[1] == ':') {
            if (gap)
                return NULL;
            gap = true;
            s += 2;
            continue;
        }
        if (*s == ':')
            s++;
        const char *start = s;
        while (is_hex(*s))
            s++;
        if (s == start || s - start > 4)
            return NULL;
        groups++;
    }
    return groups == 8 || (gap && groups < 8) ? s : NULL;
}

static const char *skip_address(const char *s, unsigned *ret_bits)
{
    const char *end = skip_ipv4(s);
    *ret_bits = end ? 32 : 128;
    return end ? end : skip_ipv6(s);
}

bool literal_is_cidr(const char *s)
{
    unsigned bits, other;
    s = skip_address(s, &bits);
    if (s && *s == '/')
        s = skip_number(s + 1, bits);
    else if (s && *s == '-') {
        s = skip_address(s + 1, &other);
        if (bits != other)
            return false;
    }
    return s && *s == '\0';
}

// --- durations -----------------------------------------------------------------------------------

// Numbers, each with its unit, in the order of `units`.
static const char *skip_amounts(const char *s, const char *units, bool *ret_any)
{
    while (is_digit(*s)) {
        const char *start = s;
        while (is_digit(*s))
            s++;
        const char *unit = *s ? strchr(units, *s) : NULL;
        if (!unit || s - start > 9)
            return NULL;
        units = unit + 1;
        *ret_any = true;
        s++;
    }
    return s;
}

bool literal_is_iso8601(const char *s)
{
    bool any = false;
    if (*s != 'P')
        return false;
    s = skip_amounts(s + 1, "YMWD", &any);
    if (s && *s == 'T') {
        bool time = false;
        s = skip_amounts(s + 1, "HMS", &time);
        any = time;
    }
    return s && *s == '\0' && any;
}

bool literal_is_clock(const char *s)
{
    const char *dot = strchr(s, '.'), *colon = strchr(s, ':');
    if (dot && colon && dot < colon) {
        if (dot == s || dot - s > 8)
            return false;
        for (; s < dot; s++) {
            if (!is_digit(*s))
                return false;
        }
        s++;
    }
    s = skip_time(s);
    return s && *s == '\0';
}

// --- ids -----------------------------------------------------------------------------------------

// After the last /providers/: namespace, then type and name in turn.
const char *literal_id_type(Arena *a, const char *id)
{
    static const char mark[] = "/providers/";
    const char *at = NULL;
    for (const char *s = id; *s; s++) {
        if (str_starts_nocase(str_of(s), str_of(mark)))
            at = s + sizeof mark - 1;
    }
    if (!at)
        return NULL;
    const char *end = strchr(at, '/');
    if (!end)
        return NULL;
    const char *type = arena_copy(a, at, (size_t)(end - at));
    while (*end == '/') {
        const char *name = end + 1, *next = strchr(name, '/');
        size_t n = next ? (size_t)(next - name) : strlen(name);
        type = arena_printf(a, "%s/%.*s", type, (int)n, name);
        if (!next)
            break;
        end = strchr(next + 1, '/');
        if (!end)
            break;
    }
    return type;
}
