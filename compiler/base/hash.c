// hash.c - SHA-256 (FIPS 180-4) and 64-bit FNV-1a.
//
// Every definition has a fingerprint and every file a hash: where the processor
// knows SHA-256 it does the rounds, several times as fast.
//
// SPDX-License-Identifier: MIT
#include "base/hash.h"

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#define HAS_SHA_INSTRUCTIONS 1
#include <immintrin.h>
#include <sys/platform/x86.h>
#else
#define HAS_SHA_INSTRUCTIONS 0
#endif

enum { BLOCK = 64 };

static const uint32_t ROUND_KEYS[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

uint64_t hash_fnv(const void *p, size_t n)
{
    const unsigned char *u = p;
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ u[i]) * 0x100000001b3u;
    return h;
}

uint64_t hash_nocase(Str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)ascii_lower(s.p[i])) * 0x100000001b3u;
    return h;
}

static uint32_t rotate(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

static void sha256_schedule(uint32_t w[64], const unsigned char *p)
{
    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
        uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
}

// One round. The eight words do not move: with each round another one is the first.
static inline void sha256_round(uint32_t s[8], unsigned i, uint32_t key_and_word)
{
    uint32_t a = s[-i & 7], b = s[(1 - i) & 7], c = s[(2 - i) & 7];
    uint32_t e = s[(4 - i) & 7], f = s[(5 - i) & 7], g = s[(6 - i) & 7];
    uint32_t sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    uint32_t sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    uint32_t t1 = s[(7 - i) & 7] + sum1 + ((e & f) ^ (~e & g)) + key_and_word;
    s[(3 - i) & 7] += t1;
    s[(7 - i) & 7] = t1 + sum0 + ((a & b) ^ (a & c) ^ (b & c));
}

static void sha256_block(uint32_t h[8], const unsigned char *p)
{
    uint32_t w[64], s[8];
    sha256_schedule(w, p);
    memcpy(s, h, sizeof s);
    for (unsigned i = 0; i < 64; i += 8) { // eight at a time keep the words in registers
        sha256_round(s, 0, ROUND_KEYS[i] + w[i]);
        sha256_round(s, 1, ROUND_KEYS[i + 1] + w[i + 1]);
        sha256_round(s, 2, ROUND_KEYS[i + 2] + w[i + 2]);
        sha256_round(s, 3, ROUND_KEYS[i + 3] + w[i + 3]);
        sha256_round(s, 4, ROUND_KEYS[i + 4] + w[i + 4]);
        sha256_round(s, 5, ROUND_KEYS[i + 5] + w[i + 5]);
        sha256_round(s, 6, ROUND_KEYS[i + 6] + w[i + 6]);
        sha256_round(s, 7, ROUND_KEYS[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++)
        h[i] += s[i];
}

#if HAS_SHA_INSTRUCTIONS
__attribute__((target("sha,sse4.1"))) static void
sha256_blocks_fast(uint32_t h[8], const unsigned char *p, size_t count)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i *state = (__m128i *)(void *)h;
    const __m128i *keys = (const __m128i *)(const void *)ROUND_KEYS;
    // The instructions want the eight words as abef and cdgh.
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128(state), 0xb1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(state + 1), 0x1b);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8), cdgh = _mm_blend_epi16(efgh, abcd, 0xf0);
    for (; count; count--, p += BLOCK) {
        __m128i w[4], was_abef = abef, was_cdgh = cdgh;
#pragma GCC unroll 16
        for (unsigned i = 0; i < 16; i++) { // four rounds each
            __m128i *now = &w[i % 4], last = w[(i + 3) % 4];
            if (i < 4) {
                *now = _mm_loadu_si128((const __m128i *)(const void *)p + i);
                *now = _mm_shuffle_epi8(*now, swap);
            } else {
                __m128i seven_ago = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
                *now = _mm_sha256msg1_epu32(*now, w[(i + 1) % 4]);
                *now = _mm_sha256msg2_epu32(_mm_add_epi32(*now, seven_ago), last);
            }
            __m128i sum = _mm_add_epi32(*now, _mm_loadu_si128(keys + i));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        }
        abef = _mm_add_epi32(abef, was_abef);
        cdgh = _mm_add_epi32(cdgh, was_cdgh);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128(state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(state + 1, _mm_alignr_epi8(dchg, feba, 8));
}
#endif

static void sha256_blocks(uint32_t h[8], const unsigned char *p, size_t count)
{
#if HAS_SHA_INSTRUCTIONS
    if (x86_cpu_active(x86_cpu_SHA)) {
        sha256_blocks_fast(h, p, count);
        return;
    }
#endif
    for (; count; count--, p += BLOCK)
        sha256_block(h, p);
}

void sha256_hex(Str data, char ret_hex[65])
{
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t whole = data.n / BLOCK * BLOCK, rest = data.n - whole;
    sha256_blocks(h, (const unsigned char *)data.p, whole / BLOCK);

    unsigned char tail[2 * BLOCK] = {0};
    if (rest)
        memcpy(tail, data.p + whole, rest);
    tail[rest] = 0x80;
    size_t padded = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    uint64_t bits = (uint64_t)data.n * 8;
    for (unsigned i = 0; i < 8; i++)
        tail[padded - 1 - i] = (unsigned char)(bits >> (8 * i));
    sha256_blocks(h, tail, padded / BLOCK);

    for (int i = 0; i < 64; i++)
        ret_hex[i] = "0123456789abcdef"[h[i / 8] >> (28 - 4 * (i % 8)) & 15];
    ret_hex[64] = '\0';
}
