// str.h - byte strings: a view (Str) and a growing buffer (Buf).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_STR_H
#define MOAT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *p; // not owned; may hold NULs; not necessarily ended by one
    size_t n;
} Str;

static inline Str str_of(const char *s)
{
    return (Str){s, s ? strlen(s) : 0};
}
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
// Eight bytes at once.
static inline uint64_t ascii_lower_eight(uint64_t w)
{
    const uint64_t each = UINT64_C(0x0101010101010101), low = w & each * 0x7f;
    uint64_t from_a = low + each * (0x80 - 'A'), past_z = low + each * (0x7f - 'Z');
    return w | ((from_a & ~past_z & ~w & each * 0x80) >> 2);
}
bool str_equal(Str a, Str b);
// Azure compares without case; only ASCII letters are folded (its names have no others).
bool str_equal_nocase(Str a, Str b);
int str_compare_nocase(Str a, Str b); // <0, 0, >0
bool str_starts_nocase(Str s, Str prefix);
bool str_has(Str s, char c);
// Length of the well-formed UTF-8 sequence at s (1..4), 0 if ill-formed.
size_t utf8_sequence(const char *s, size_t n);
size_t utf8_fit(Str s, size_t most); // bytes of s that are at most so many, cut behind a character

// A heap buffer that always ends in a NUL not counted in n. {0} is empty.
typedef struct Buf {
    char *p;
    size_t n, cap;
} Buf;

void buf_grow(Buf *b, size_t n); // makes room for n more bytes and a NUL

static inline void buf_reserve(Buf *b, size_t n)
{
    if (b->cap - b->n <= n)
        buf_grow(b, n);
}

static inline void buf_add(Buf *b, const char *s, size_t n)
{
    buf_reserve(b, n);
    if (n)
        memcpy(b->p + b->n, s, n);
    b->n += n;
    b->p[b->n] = '\0';
}

static inline void buf_char(Buf *b, char c)
{
    buf_reserve(b, 1);
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}

static inline void buf_str(Buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_printf(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_fill(Buf *b, char c, size_t n);
void buf_int(Buf *b, int64_t n);
void buf_json_uri(Buf *b, const char *path); // quoted, as a relative URI reference
void buf_json_string(Buf *b, Str s);         // quoted and escaped; ill-formed UTF-8 becomes U+FFFD
void buf_reset(Buf *b);                      // empties, keeps the memory
void buf_free(Buf *b);

#endif
