// functions_text.c - cutting, joining and changing text. Lengths and places are UTF-16 units.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/function.h"

#include <limits.h>

// --- conversion --------------------------------------------------------------------------------

bool function_string(const Call *c, Data *ret)
{
    const Data *d = &c->args[0];
    char buffer[NUMBER_TEXT];
    Str s;
    Buf out = {0};
    if (value_absent(d)) {
        c->x->uncertain = true;
        return give_text(c, str_of(c->x->semantics == SEMANTICS_ENGINE ? "null" : ""), ret);
    }
    if (d->kind == DATA_STRING)
        return give_text(c, data_str(d), ret);
    if (value_scalar_text(d, buffer, &s))
        return give_text(c, (Str){arena_copy(c->x->arena, s.p, s.n), s.n}, ret);
    if (!value_spend_on(c->x, d))
        return false;
    data_print(&out, d);
    return give_buf(c, &out, ret);
}

bool function_to_lower(const Call *c, Data *ret)
{
    Str s;
    return arg_text(c, 0, &s) && give_text(c, text_change_case(c->x->arena, s, false), ret);
}

bool function_to_upper(const Call *c, Data *ret)
{
    Str s;
    return arg_text(c, 0, &s) && give_text(c, text_change_case(c->x->arena, s, true), ret);
}

bool function_trim(const Call *c, Data *ret)
{
    Str s;
    return arg_text(c, 0, &s) && give_text(c, text_trim(s), ret);
}

bool function_pad_left(const Call *c, Data *ret)
{
    char buffer[NUMBER_TEXT];
    Str s, fill = str_of(" ");
    int64_t width;
    if (c->args[0].kind == DATA_INT)
        value_scalar_text(&c->args[0], buffer, &s);
    else if (!arg_text(c, 0, &s))
        return false;
    if (!arg_int(c, 1, &width) || (c->count == 3 && !arg_text(c, 2, &fill)))
        return false;
    if (text_units(fill) != 1)
        return value_fail(c->x, "`padLeft` fills with one character, not with `%.*s`",
                          value_shown(fill), fill.p);
    if (width < 0 || width > LIMIT_VALUE_TEXT)
        return value_fail(c->x, "`padLeft` takes a width from 0 to %u, not %" PRId64,
                          LIMIT_VALUE_TEXT, width);
    Buf out = {0};
    for (size_t units = text_units(s); units < (size_t)width; units++)
        buf_add(&out, fill.p, fill.n);
    buf_add(&out, s.p, s.n);
    return give_buf(c, &out, ret);
}

// --- cutting -----------------------------------------------------------------------------------

static bool cuts(const Call *c)
{
    return value_fail(c->x, "`%s` cuts a character in two", c->name);
}

// From unit `start`, `length` units; both fit.
static bool slice(const Call *c, Str s, size_t start, size_t length, Data *ret)
{
    size_t from, n;
    if (!text_offset(s, start, &from))
        return cuts(c);
    Str rest = {s.p + from, s.n - from};
    if (!text_offset(rest, length, &n))
        return cuts(c);
    return give_text(c, (Str){rest.p, n}, ret);
}

bool function_substring(const Call *c, Data *ret)
{
    Str s;
    int64_t start, length = 0;
    bool engine = c->x->semantics == SEMANTICS_ENGINE, open = c->count == 2;
    if (!arg_text(c, 0, &s) || !arg_int(c, 1, &start) || (!open && !arg_int(c, 2, &length)))
        return false;
    value_differs(c->x, open);
    if (open && engine)
        return value_fail(c->x, "`substring` takes 3 arguments in the engine");
    int64_t units = (int64_t)text_units(s), wanted = start;
    start = start < 0 ? 0 : start > units ? units : start;
    int64_t most = units - start, asked = open ? most : length;
    length = asked < 0 ? 0 : asked > most ? most : asked;
    bool clamped = start != wanted || length != asked;
    value_differs(c->x, clamped);
    if (clamped && !engine) {
        if (wanted < 0 || asked < 0)
            return value_fail(c->x, "`substring` takes no negative number, like %" PRId64,
                              wanted < 0 ? wanted : asked);
        if (wanted > units)
            return value_fail(c->x,
                              "`substring` starts at %" PRId64 ", past the end of a text of "
                              "%" PRId64 " characters",
                              wanted, units);
        return value_fail(c->x,
                          "`substring` takes %" PRId64 " characters from %" PRId64
                          ", past the end of a text of %" PRId64,
                          asked, wanted, units);
    }
    return slice(c, s, (size_t)start, (size_t)length, ret);
}

// The first `count` units, or what is behind them.
static bool divide(const Call *c, bool take, Data *ret)
{
    int64_t count;
    if (!arg_int(c, 1, &count))
        return false;
    const Data *d = &c->args[0];
    if (d->kind == DATA_ARRAY) {
        uint32_t n = count < 0 ? 0 : count > d->count ? d->count : (uint32_t)count;
        return take ? give_array(c, d->items, n, ret)
                    : give_array(c, d->items + n, d->count - n, ret);
    }
    Str s;
    if (d->kind != DATA_STRING && d->kind != DATA_MISSING)
        return call_wrong(c, 0, "text or an array");
    if (!arg_text(c, 0, &s))
        return false;
    int64_t units = (int64_t)text_units(s), n = count < 0 ? 0 : count > units ? units : count;
    return take ? slice(c, s, 0, (size_t)n, ret) : slice(c, s, (size_t)n, (size_t)(units - n), ret);
}

bool function_take(const Call *c, Data *ret)
{
    return divide(c, true, ret);
}

bool function_skip(const Call *c, Data *ret)
{
    return divide(c, false, ret);
}

// --- looking into it ---------------------------------------------------------------------------

static bool at_end(const Call *c, bool start, Data *ret)
{
    Str s, part;
    if (!arg_text(c, 0, &s) || !arg_text(c, 1, &part))
        return false;
    if (!text_is_ascii(s) || !text_is_ascii(part)) {
        s = text_folded(c->x->arena, s, false, NULL);
        part = text_folded(c->x->arena, part, false, NULL);
    }
    if (part.n > s.n)
        return give_bool(false, ret);
    Str end = {start ? s.p : s.p + s.n - part.n, part.n};
    return give_bool(str_equal_nocase(end, part), ret);
}

bool function_starts_with(const Call *c, Data *ret)
{
    return at_end(c, true, ret);
}

bool function_ends_with(const Call *c, Data *ret)
{
    return at_end(c, false, ret);
}

// --- pieces ------------------------------------------------------------------------------------

bool function_replace(const Call *c, Data *ret)
{
    Str s, old, new;
    if (!arg_text(c, 0, &s) || !arg_text(c, 1, &old) || !arg_text(c, 2, &new))
        return false;
    if (old.n == 0)
        return value_fail(c->x, "`replace` looks for an empty text");
    Buf out = {0};
    for (;;) {
        size_t at = text_find(c->x->arena, s, old, false, false);
        if (at == SIZE_MAX)
            break;
        buf_add(&out, s.p, at);
        buf_add(&out, new.p, new.n);
        s = (Str){s.p + at + old.n, s.n - at - old.n};
        if (out.n > (size_t)LIMIT_VALUE_TEXT * 4 || !value_spend(c->x, 1 + new.n / 16))
            break; // more than any text may be: refused below
    }
    buf_add(&out, s.p, s.n);
    return give_buf(c, &out, ret);
}

bool function_join(const Call *c, Data *ret)
{
    const Data *all;
    Str between;
    if (!arg_array(c, 0, &all) || !arg_text(c, 1, &between))
        return false;
    Buf out = {0};
    for (uint32_t i = 0; i < all->count && out.n <= (size_t)LIMIT_VALUE_TEXT * 4; i++) {
        const Data *d = &all->items[i];
        char buffer[NUMBER_TEXT];
        Str s = str_of(c->x->semantics == SEMANTICS_ENGINE ? "null" : "");
        if (!value_absent(d) && !value_scalar_text(d, buffer, &s)) {
            buf_free(&out);
            return value_fail(c->x, "`join` cannot join %s", value_kind_text(d));
        }
        value_differs(c->x, value_absent(d));
        if (i > 0)
            buf_add(&out, between.p, between.n);
        buf_add(&out, s.p, s.n);
    }
    return give_buf(c, &out, ret);
}

typedef struct Delimiters {
    const Data *items;
    uint32_t count;
    bool begins[UCHAR_MAX + 1]; // with that byte one of them does
} Delimiters;

static void delimiters_of(const Data *by, Delimiters *ret)
{
    ret->count = by->kind == DATA_ARRAY ? by->count : 1;
    ret->items = by->kind == DATA_ARRAY ? by->items : by;
    memset(ret->begins, 0, sizeof ret->begins);
    for (uint32_t i = 0; i < ret->count; i++)
        if (ret->items[i].kind == DATA_STRING && ret->items[i].count > 0)
            ret->begins[(unsigned char)ret->items[i].text[0]] = true;
}

// Length of the first delimiter that stands at the beginning of s; 0 where none does.
static size_t delimiter_at(Str s, const Delimiters *by)
{
    for (uint32_t i = 0; i < by->count && by->begins[(unsigned char)s.p[0]]; i++) {
        Str d = data_str(&by->items[i]);
        if (d.n > 0 && d.n <= s.n && memcmp(s.p, d.p, d.n) == 0)
            return d.n;
    }
    return 0;
}

bool function_split(const Call *c, Data *ret)
{
    Str s, one;
    Delimiters by;
    Data delimiter = c->args[1];
    if (delimiter.kind == DATA_MISSING && arg_text(c, 1, &one))
        delimiter = data_string(one);
    delimiters_of(&delimiter, &by);
    if (!arg_text(c, 0, &s))
        return false;
    for (uint32_t i = 0; i < by.count; i++)
        if (by.items[i].kind != DATA_STRING)
            return call_wrong(c, 1, "text or an array of texts");
    if (!value_spend(c->x, (uint64_t)s.n * by.count / 4))
        return false;
    VEC(Data) pieces = {0};
    size_t start = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = delimiter_at((Str){s.p + at, s.n - at}, &by);
        if (n == 0) {
            at++;
            continue;
        }
        vec_push(c->x->arena, &pieces, data_string((Str){s.p + start, at - start}));
        if (!value_spend(c->x, 3))
            return false;
        start = at += n;
    }
    vec_push(c->x->arena, &pieces, data_string((Str){s.p + start, s.n - start}));
    return give_array(c, pieces.items, pieces.len, ret);
}
