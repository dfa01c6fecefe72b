// ip.c - addresses and ranges of IPv4 and IPv6.
//
// SPDX-License-Identifier: MIT
#include "eval/ip.h"

#include <arpa/inet.h>

bool ip_parse(Str s, Ip *ret)
{
    char text[IP_TEXT];
    Ip ip = {0};
    if (s.n == 0 || s.n >= sizeof text || memchr(s.p, '\0', s.n))
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    bool six = strchr(text, ':');
    if (inet_pton(six ? AF_INET6 : AF_INET, text, ip.bytes) != 1)
        return false;
    ip.bits = six ? 128 : 32;
    *ret = ip;
    return true;
}

void ip_print(const Ip *ip, char ret[IP_TEXT])
{
    if (!inet_ntop(ip->bits == 128 ? AF_INET6 : AF_INET, ip->bytes, ret, IP_TEXT))
        ret[0] = '\0';
}

int ip_order(const Ip *a, const Ip *b)
{
    return memcmp(a->bytes, b->bytes, a->bits / 8);
}

Ip ip_fill(Ip ip, uint32_t prefix, bool set)
{
    for (uint32_t bit = prefix; bit < ip.bits; bit++) {
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);
        ip.bytes[bit / 8] = (uint8_t)(set ? ip.bytes[bit / 8] | mask : ip.bytes[bit / 8] & ~mask);
    }
    return ip;
}

bool ip_add(Ip *ip, uint64_t number, uint32_t shift)
{
    uint32_t carry = 0;
    for (uint32_t i = 0; i < ip->bits / 8; i++) { // from the last byte
        uint32_t low = i * 8, part = 0;
        for (uint32_t bit = 0; bit < 8; bit++)
            if (low + bit >= shift && low + bit - shift < 64)
                part |= (uint32_t)(number >> (low + bit - shift) & 1) << bit;
        uint8_t *byte = &ip->bytes[ip->bits / 8 - 1 - i];
        carry += *byte + part;
        *byte = (uint8_t)carry;
        carry >>= 8;
    }
    uint32_t room = shift < ip->bits ? ip->bits - shift : 0;
    return carry == 0 && (room >= 64 || number >> room == 0);
}

static bool parse_prefix(Str s, uint32_t bits, uint32_t *ret)
{
    uint32_t n = 0;
    if (s.n == 0 || s.n > 3 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    }
    *ret = n;
    return n <= bits;
}

static Str trim(Str s)
{
    while (s.n && s.p[0] == ' ')
        s = (Str){s.p + 1, s.n - 1};
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

bool ip_range_parse(Str s, IpRange *ret)
{
    IpRange r = {.form = IP_SINGLE};
    s = trim(s);
    const char *slash = s.n ? memchr(s.p, '/', s.n) : NULL;
    const char *dash = s.n ? memchr(s.p, '-', s.n) : NULL;
    const char *cut = slash ? slash : dash;
    Str left = {s.p, cut ? (size_t)(cut - s.p) : s.n};
    Str right = {cut ? cut + 1 : s.p, cut ? s.n - left.n - 1 : 0};
    if (!ip_parse(trim(left), &r.first))
        return false;
    r.last = r.first;
    r.prefix = r.first.bits;
    if (slash) {
        if (!parse_prefix(right, r.first.bits, &r.prefix))
            return false;
        r.form = IP_CIDR;
        r.first = ip_fill(r.first, r.prefix, false);
        r.last = ip_fill(r.first, r.prefix, true);
    } else if (dash) {
        if (!ip_parse(trim(right), &r.last) || r.last.bits != r.first.bits ||
            ip_order(&r.first, &r.last) > 0)
            return false;
        r.form = IP_SPAN;
    }
    *ret = r;
    return true;
}

bool ip_range_holds(const IpRange *outer, const IpRange *inner)
{
    return outer->first.bits == inner->first.bits && ip_order(&outer->first, &inner->first) <= 0 &&
           ip_order(&inner->last, &outer->last) <= 0;
}
