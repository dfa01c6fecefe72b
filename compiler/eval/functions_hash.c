// functions_hash.c - names made of other texts: guid and uniqueString.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"

// --- SHA-1, which version 5 of UUIDs is made with ------------------------------------------------

static uint32_t rotate(uint32_t n, int bits)
{
    return n << bits | n >> (32 - bits);
}

static void sha1_block(uint32_t state[5], const unsigned char *p)
{
    uint32_t w[80];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[i * 4] << 24 | (uint32_t)p[i * 4 + 1] << 16 |
               (uint32_t)p[i * 4 + 2] << 8 | p[i * 4 + 3];
    for (int i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
                     : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                     : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
                              : (b ^ c ^ d) + 0xca62c1d6;
        uint32_t next = rotate(a, 5) + f + e + w[i];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

static void sha1(Buf *text, unsigned char ret[20])
{
    uint32_t state[] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint64_t bits = (uint64_t)text->n * 8;
    buf_char(text, '\x80');
    while (text->n % 64 != 56)
        buf_char(text, '\0');
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_char(text, (char)(bits >> shift & 255));
    for (size_t at = 0; at < text->n; at += 64)
        sha1_block(state, (const unsigned char *)text->p + at);
    for (int i = 0; i < 20; i++)
        ret[i] = (unsigned char)(state[i / 4] >> (24 - i % 4 * 8));
}

// --- guid --------------------------------------------------------------------------------------

// The namespace of deployment templates: 11fb06fb-712d-4ddd-98c7-e71bbd588830.
static const char NAMESPACE[] = "\x11\xfb\x06\xfb\x71\x2d\x4d\xdd\x98\xc7\xe7\x1b\xbd\x58\x88\x30";

bool function_guid(const Call *c, Data *ret)
{
    unsigned char hash[20];
    Buf text = {0};
    if (!call_not_of_engine(c))
        return false;
    buf_add(&text, NAMESPACE, 16);
    for (uint32_t i = 0; i < c->count; i++) {
        Str s;
        if (!arg_text(c, i, &s)) {
            buf_free(&text);
            return false;
        }
        if (i > 0)
            buf_char(&text, '-');
        buf_add(&text, s.p, s.n);
    }
    sha1(&text, hash);
    buf_reset(&text);
    hash[6] = (unsigned char)((hash[6] & 0x0f) | 0x50);
    hash[8] = (unsigned char)((hash[8] & 0x3f) | 0x80);
    for (int i = 0; i < 16; i++)
        buf_printf(&text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", hash[i]);
    return give_buf(c, &text, ret);
}

// Azure does not say how it is computed, and a wrong name is worse than none.
bool function_unique_string(const Call *c, Data *ret)
{
    (void)ret;
    value_fail(c->x, "what `uniqueString` gives is known to Azure only");
    c->x->failure.unknown = true;
    return false;
}
