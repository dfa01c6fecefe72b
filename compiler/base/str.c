// str.c - comparing, and the growing buffer everything is printed into.
//
// SPDX-License-Identifier: MIT
#include "base/str.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

bool str_equal(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static bool same_eight(const char *a, const char *b)
{
    uint64_t p, q;
    memcpy(&p, a, 8);
    memcpy(&q, b, 8);
    return p == q || ascii_lower_eight(p) == ascii_lower_eight(q);
}

int str_compare_nocase(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (n - i >= 8 && same_eight(a.p + i, b.p + i)) // mostly they agree for long
        i += 8;
    for (; i < n; i++) {
        int d = (unsigned char)ascii_lower(a.p[i]) - (unsigned char)ascii_lower(b.p[i]);
        if (d)
            return d;
    }
    return (a.n > b.n) - (a.n < b.n);
}

bool str_equal_nocase(Str a, Str b)
{
    if (a.n != b.n || a.n < 8)
        return a.n == b.n && str_compare_nocase(a, b) == 0;
    for (size_t i = 0; i + 8 < a.n; i += 8)
        if (!same_eight(a.p + i, b.p + i))
            return false;
    return same_eight(a.p + a.n - 8, b.p + b.n - 8); // some of it a second time
}

bool str_starts_nocase(Str s, Str prefix)
{
    return s.n >= prefix.n && str_equal_nocase((Str){s.p, prefix.n}, prefix);
}

bool str_has(Str s, char c)
{
    return s.n && memchr(s.p, c, s.n);
}

size_t utf8_fit(Str s, size_t most)
{
    if (s.n <= most)
        return s.n;
    while (most > 0 && ((unsigned char)s.p[most] & 0xc0) == 0x80)
        most--;
    return most;
}

// Unicode 15, table 3-7: the second byte's range depends on the first.
size_t utf8_sequence(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    if (n == 0)
        return 0;
    if (u[0] < 0x80)
        return 1;
    size_t len = u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : u[0] < 0xf5 ? 4 : 0;
    if (len == 0 || n < len)
        return 0;
    unsigned char low = u[0] == 0xe0 ? 0xa0 : u[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = u[0] == 0xed ? 0x9f : u[0] == 0xf4 ? 0x8f : 0xbf;
    if (u[1] < low || u[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++) {
        if (u[i] < 0x80 || u[i] > 0xbf)
            return 0;
    }
    return len;
}

void buf_grow(Buf *b, size_t n)
{
    if (n > PTRDIFF_MAX / 2 || b->n > PTRDIFF_MAX / 2)
        out_of_memory();
    size_t need = b->n + n + 1;
    size_t cap = b->cap ? b->cap * 2 : 256;
    if (cap < need)
        cap = need;
    char *p = realloc(b->p, cap);
    if (!p)
        out_of_memory();
    b->p = p;
    b->cap = cap;
}

void buf_printf(Buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0)
        out_of_memory();
    buf_reserve(b, (size_t)n);
    va_start(args, fmt);
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, args);
    va_end(args);
    b->n += (size_t)n;
}

void buf_fill(Buf *b, char c, size_t n)
{
    buf_reserve(b, n);
    memset(b->p + b->n, c, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_int(Buf *b, int64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        buf_char(b, '-');
    buf_add(b, digits + at, sizeof digits - at);
}

static void json_escape(Buf *b, unsigned char c)
{
    switch (c) {
    case '"':
        buf_str(b, "\\\"");
        break;
    case '\\':
        buf_str(b, "\\\\");
        break;
    case '\n':
        buf_str(b, "\\n");
        break;
    case '\r':
        buf_str(b, "\\r");
        break;
    case '\t':
        buf_str(b, "\\t");
        break;
    default:
        buf_printf(b, "\\u%04x", c);
    }
}

#define EACH_BYTE(x) (UINT64_C(0x0101010101010101) * (x))

// Nonzero where one of eight bytes is below the limit (at most 0x80) and has no high bit.
static uint64_t bytes_below(uint64_t bytes, unsigned limit)
{
    return (bytes - EACH_BYTE(limit)) & ~bytes & EACH_BYTE(0x80);
}

// Eight bytes of ASCII that JSON takes as they are.
static bool plain_bytes(const char *s)
{
    uint64_t bytes;
    memcpy(&bytes, s, sizeof bytes);
    return !((bytes & EACH_BYTE(0x80)) | bytes_below(bytes, 0x20) |
             bytes_below(bytes ^ EACH_BYTE('"'), 1) | bytes_below(bytes ^ EACH_BYTE('\\'), 1));
}

// What is no unreserved character is percent-encoded.
void buf_json_uri(Buf *b, const char *path)
{
    buf_char(b, '"');
    for (const char *s = path; *s; s++) {
        unsigned char c = (unsigned char)*s;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c < 0x80 && strchr("-._~/", c));
        if (plain)
            buf_char(b, *s);
        else
            buf_printf(b, "%%%02X", c);
    }
    buf_char(b, '"');
}

void buf_json_string(Buf *b, Str s)
{
    buf_reserve(b, s.n + 2);
    buf_char(b, '"');
    size_t plain = 0; // start of the run not yet written
    for (size_t i = 0; i < s.n;) {
        if (s.n - i >= 8 && plain_bytes(s.p + i)) {
            i += 8;
            continue;
        }
        if (s.n - i < 8 && s.n >= 8 && plain_bytes(s.p + s.n - 8)) {
            i = s.n; // the last ones together with some before them
            continue;
        }
        unsigned char c = (unsigned char)s.p[i];
        size_t n = c < 0x80 ? 1 : utf8_sequence(s.p + i, s.n - i);
        if (n && c >= 0x20 && c != '"' && c != '\\') {
            i += n;
            continue;
        }
        buf_add(b, s.p + plain, i - plain);
        if (n)
            json_escape(b, c);
        else
            buf_str(b, "\xef\xbf\xbd"); // U+FFFD
        plain = ++i;
    }
    buf_add(b, s.p + plain, s.n - plain);
    buf_char(b, '"');
}

void buf_reset(Buf *b)
{
    b->n = 0;
    if (b->p)
        b->p[0] = '\0';
}

void buf_free(Buf *b)
{
    free(b->p);
    *b = (Buf){0};
}
