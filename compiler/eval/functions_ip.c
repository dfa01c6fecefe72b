// functions_ip.c - functions over addresses and their ranges.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"
#include "eval/ip.h"

bool function_ip_range_contains(const Call *c, Data *ret)
{
    Str text[2];
    IpRange range[2];
    bool sound = true, engine = true;
    for (uint32_t i = 0; i < 2; i++) {
        if (!arg_text(c, i, &text[i]))
            return false;
        bool known = ip_range_parse(text[i], &range[i]);
        sound = sound && known;
        engine =
            engine && known && (range[i].form == IP_CIDR || (i == 1 && range[i].form == IP_SINGLE));
        if (!known && c->x->semantics != SEMANTICS_ENGINE) {
            c->x->uncertain = true; // no is what the engine says
            return value_fail(c->x,
                              "`ipRangeContains` takes an address, a range like `10.0.0.0/8` or "
                              "`10.0.0.1-10.0.0.9`, not `%.*s`",
                              value_shown(text[i]), text[i].p);
        }
    }
    bool mixed = sound && range[0].first.bits != range[1].first.bits;
    bool holds = sound && !mixed && ip_range_holds(&range[0], &range[1]);
    engine = engine && holds;
    value_differs(c->x, mixed || engine != holds || !sound);
    if (c->x->semantics == SEMANTICS_ENGINE)
        return give_bool(engine, ret);
    if (mixed)
        return value_fail(c->x, "`ipRangeContains` cannot compare IPv4 with IPv6");
    return give_bool(holds, ret);
}

// --- CIDR --------------------------------------------------------------------------------------

static bool arg_cidr(const Call *c, IpRange *ret)
{
    Str s;
    if (!call_not_of_engine(c) || !arg_text(c, 0, &s))
        return false;
    if (!ip_range_parse(s, ret) || ret->form != IP_CIDR)
        return value_fail(c->x, "`%s` takes a range like `10.0.0.0/8`, not `%.*s`", c->name,
                          value_shown(s), s.p);
    return true;
}

// First and last address hosts may have. IPv4 keeps its ends for network and broadcast.
static void usable(const IpRange *r, Ip *ret_first, Ip *ret_last)
{
    *ret_first = r->first;
    *ret_last = r->last;
    if (r->first.bits == 32 && r->prefix < 31) {
        ip_add(ret_first, 1, 0);
        ret_last->bytes[3]--; // it is odd
    }
}

static Data ip_text(const Call *c, const Ip *ip)
{
    char text[IP_TEXT];
    ip_print(ip, text);
    size_t n = strlen(text);
    return data_string((Str){arena_copy(c->x->arena, text, n), n});
}

bool function_parse_cidr(const Call *c, Data *ret)
{
    IpRange r;
    Ip first, last;
    if (!arg_cidr(c, &r))
        return false;
    usable(&r, &first, &last);
    Ip mask = ip_fill(ip_fill(r.first, 0, true), r.prefix, false);
    DataMember *m = ARENA_ARRAY(c->x->arena, DataMember, 6);
    uint32_t n = 0;
    m[n++] = (DataMember){str_of("network"), DATA_NOWHERE, ip_text(c, &r.first)};
    m[n++] = (DataMember){str_of("netmask"), DATA_NOWHERE, ip_text(c, &mask)};
    if (r.first.bits == 32)
        m[n++] = (DataMember){str_of("broadcast"), DATA_NOWHERE, ip_text(c, &r.last)};
    m[n++] = (DataMember){str_of("firstUsable"), DATA_NOWHERE, ip_text(c, &first)};
    m[n++] = (DataMember){str_of("lastUsable"), DATA_NOWHERE, ip_text(c, &last)};
    m[n++] = (DataMember){str_of("cidr"), DATA_NOWHERE, data_int(r.prefix)};
    return give_object(c, m, n, ret);
}

bool function_cidr_subnet(const Call *c, Data *ret)
{
    IpRange r;
    int64_t prefix, index;
    if (!arg_cidr(c, &r) || !arg_int(c, 1, &prefix) || !arg_int(c, 2, &index))
        return false;
    if (prefix < r.prefix || prefix > r.first.bits)
        return value_fail(
            c->x, "`cidrSubnet` takes a prefix from %" PRIu32 " to %" PRIu32 ", not %" PRId64,
            r.prefix, r.first.bits, prefix);
    uint32_t wider = (uint32_t)prefix - r.prefix;
    if (index < 0 || (wider < 63 && index >> wider != 0))
        return value_fail(c->x, "the range has no subnet %" PRId64 " of /%" PRId64, index, prefix);
    ip_add(&r.first, (uint64_t)index, r.first.bits - (uint32_t)prefix);
    char text[IP_TEXT];
    ip_print(&r.first, text);
    Buf out = {0};
    buf_printf(&out, "%s/%" PRId64, text, prefix);
    return give_buf(c, &out, ret);
}

bool function_cidr_host(const Call *c, Data *ret)
{
    IpRange r;
    Ip first, last;
    int64_t index;
    if (!arg_cidr(c, &r) || !arg_int(c, 1, &index))
        return false;
    usable(&r, &first, &last);
    if (r.first.bits == 128 && r.prefix < 127)
        ip_add(&first, 1, 0); // hosts are counted behind the network here too
    if (index < 0 || !ip_add(&first, (uint64_t)index, 0) || ip_order(&first, &last) > 0)
        return value_fail(c->x, "the range has no host %" PRId64, index);
    *ret = ip_text(c, &first);
    return true;
}
