// plain.h - the bytes of a string that mean themselves, found many at a time.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_PLAIN_H
#define MOAT_JSON_PLAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

#ifdef __SSE2__
enum { PLAIN_STEP = 16 };

// How many of 16 bytes are plain before the first that is not.
static inline unsigned plain_bytes(const char *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); // signed: the high half, too
    int special = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), low));
    return special ? (unsigned)__builtin_ctz((unsigned)special) : PLAIN_STEP;
}
#else
enum { PLAIN_STEP = 8 };

// Eight when all of eight bytes are plain, else zero: the caller looks at each.
static inline unsigned plain_bytes(const char *p)
{
    const uint64_t each = UINT64_C(0x0101010101010101); // times a byte: eight of it
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    uint64_t quote = bytes ^ each * '"', backslash = bytes ^ each * '\\';
    uint64_t special = (bytes - each * 0x20) | (quote - each) | (backslash - each) | bytes;
    return special & each * 0x80 ? 0 : PLAIN_STEP;
}
#endif

// The first byte from p on that is not plain ASCII, or the end.
static inline const char *plain_end(const char *p, const char *end)
{
    while (end - p >= PLAIN_STEP) {
        unsigned n = plain_bytes(p);
        p += n;
        if (n < PLAIN_STEP)
            break;
    }
    while (p < end && is_plain(*p))
        p++;
    return p;
}

#endif
