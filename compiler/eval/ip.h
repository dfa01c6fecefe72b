// ip.h - addresses and ranges of IPv4 and IPv6.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_IP_H
#define MOAT_EVAL_IP_H

#include "base/str.h"

#define IP_BYTES 16
#define IP_TEXT 46

typedef struct Ip {
    uint32_t bits; // 32 or 128
    uint8_t bytes[IP_BYTES];
} Ip;

typedef enum IpForm { IP_SINGLE, IP_CIDR, IP_SPAN } IpForm;

typedef struct IpRange {
    IpForm form;
    uint32_t prefix; // of a CIDR, else all bits
    Ip first, last;
} IpRange;

bool ip_parse(Str s, Ip *ret);
void ip_print(const Ip *ip, char ret[IP_TEXT]);
int ip_order(const Ip *a, const Ip *b); // of one family
// 10.0.0.1, 10.0.0.0/8 or 10.0.0.1-10.0.0.9, where the second is not below the first.
bool ip_range_parse(Str s, IpRange *ret);
bool ip_range_holds(const IpRange *outer, const IpRange *inner);
// Sets every bit behind the prefix, or clears it.
Ip ip_fill(Ip ip, uint32_t prefix, bool set);
// Adds number << shift; false where that is past the last address.
bool ip_add(Ip *ip, uint64_t number, uint32_t shift);

#endif
