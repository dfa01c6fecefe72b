// text.c - comparing, folding and searching text. ASCII, which nearly all of it
// is, takes neither memory nor tables.
//
// SPDX-License-Identifier: MIT
#include "eval/text.h"

#include <utf8proc.h>

#define FOLDED_MAX 4 // code points one may fold to; Unicode has three at most
#define SHARP_S 0xdf

bool text_is_ascii(Str s)
{
    unsigned char all = 0;
    for (size_t i = 0; i < s.n; i++)
        all |= (unsigned char)s.p[i];
    return all < 0x80;
}

uint32_t text_point(Str s, size_t *at)
{
    utf8proc_int32_t point;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + *at,
                                          (utf8proc_ssize_t)(s.n - *at), &point);
    if (n <= 0) { // ill-formed: each byte is a replacement character
        *at += 1;
        return 0xfffd;
    }
    *at += (size_t)n;
    return (uint32_t)point;
}

size_t text_units(Str s)
{
    size_t units = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        units += (c & 0xc0) == 0x80 ? 0 : c >= 0xf0 ? 2 : 1; // four bytes are a pair of surrogates
    }
    return units;
}

bool text_offset(Str s, size_t unit, size_t *ret)
{
    size_t at = 0;
    while (unit > 0 && at < s.n) {
        size_t units = text_point(s, &at) > 0xffff ? 2 : 1;
        if (units > unit)
            return false;
        unit -= units;
    }
    if (unit > 0)
        return false;
    *ret = at;
    return true;
}

// --- folding -----------------------------------------------------------------------------------

static size_t fold_point(uint32_t point, bool full, uint32_t ret[FOLDED_MAX], bool *several)
{
    ret[0] = point;
    if (point < 0x80) {
        ret[0] = (unsigned char)ascii_lower((char)point);
        return 1;
    }
    utf8proc_int32_t folded[FOLDED_MAX];
    int class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)point, folded, FOLDED_MAX,
                                                 UTF8PROC_CASEFOLD, &class);
    if (n < 1 || n > FOLDED_MAX)
        return 1;
    if (n > 1) {
        *several = true;
        if (!full) {
            ret[0] = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
            return 1;
        }
    }
    for (utf8proc_ssize_t i = 0; i < n; i++)
        ret[i] = (uint32_t)folded[i];
    return (size_t)n;
}

uint32_t text_fold_point(uint32_t point)
{
    uint32_t folded[FOLDED_MAX];
    bool several;
    fold_point(point, false, folded, &several);
    return folded[0];
}

Str text_folded(Arena *a, Str s, bool full, bool *several)
{
    bool ignored;
    if (!several)
        several = &ignored;
    if (text_is_ascii(s))
        return s;
    char *out = arena_alloc(a, s.n * 4 + 1); // the longest growth: two bytes become six
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t points[FOLDED_MAX];
        size_t count = fold_point(text_point(s, &at), full, points, several);
        for (size_t i = 0; i < count; i++)
            n += (size_t)utf8proc_encode_char((utf8proc_int32_t)points[i],
                                              (utf8proc_uint8_t *)out + n);
    }
    return (Str){out, n};
}

typedef struct Folding {
    Str s;
    size_t at;
    uint32_t points[FOLDED_MAX];
    size_t next, count;
} Folding;

static bool folding_next(Folding *f, bool full, bool *several, uint32_t *ret)
{
    if (f->next == f->count) {
        if (f->at == f->s.n)
            return false;
        f->count = fold_point(text_point(f->s, &f->at), full, f->points, several);
        f->next = 0;
    }
    *ret = f->points[f->next++];
    return true;
}

static int order_folded(Str a, Str b, bool full, bool *several)
{
    Folding l = {.s = a}, r = {.s = b};
    for (;;) {
        uint32_t p, q;
        bool more_l = folding_next(&l, full, several, &p);
        bool more_r = folding_next(&r, full, several, &q);
        if (!more_l || !more_r)
            return more_l - more_r;
        if (p != q)
            return p < q ? -1 : 1;
    }
}

#define EACH(BYTE) (UINT64_MAX / 255 * (BYTE))

static bool same_eight(const char *a, const char *b)
{
    uint64_t p, q;
    memcpy(&p, a, 8);
    memcpy(&q, b, 8);
    return p == q || (((p | q) & EACH(0x80)) == 0 && ascii_lower_eight(p) == ascii_lower_eight(q));
}

int text_order(Str a, Str b, bool full, bool *several)
{
    bool ignored;
    if (!several)
        several = &ignored;
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (n - i >= 8 && same_eight(a.p + i, b.p + i)) // mostly they agree for long
        i += 8;
    for (; i < n; i++) {
        unsigned char p = (unsigned char)ascii_lower(a.p[i]);
        unsigned char q = (unsigned char)ascii_lower(b.p[i]);
        if ((p | q) >= 0x80 && p != q) {
            while (i > 0 && ((unsigned char)a.p[i] & 0xc0) == 0x80)
                i--; // to the beginning of the character
            return order_folded((Str){a.p + i, a.n - i}, (Str){b.p + i, b.n - i}, full, several);
        }
        if (p != q)
            return p < q ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

void text_difference(Str a, Str b, uint32_t *ret_a, uint32_t *ret_b)
{
    size_t i = 0; // what is the same without folding, up to a character that is not ASCII
    while (i < a.n && i < b.n && (unsigned char)a.p[i] < 0x80 &&
           ascii_lower(a.p[i]) == ascii_lower(b.p[i]))
        i++;
    Folding l = {.s = a, .at = i}, r = {.s = b, .at = i};
    bool several;
    do {
        if (!folding_next(&l, false, &several, ret_a))
            *ret_a = 0;
        if (!folding_next(&r, false, &several, ret_b))
            *ret_b = 0;
    } while (*ret_a == *ret_b && *ret_a != 0);
}

// --- searching ---------------------------------------------------------------------------------

static bool same(char a, char b, bool nocase)
{
    return a == b || (nocase && ascii_lower(a) == ascii_lower(b));
}

#define SHORT_NEEDLE 64

// Knuth, Morris and Pratt: back[i] is how long a beginning of the needle also ends at i.
size_t text_find(Arena *a, Str hay, Str needle, bool nocase, bool last)
{
    if (needle.n > hay.n)
        return SIZE_MAX;
    if (needle.n == 0)
        return last ? hay.n : 0;
    uint32_t few[SHORT_NEEDLE];
    uint32_t *back = needle.n <= SHORT_NEEDLE ? few : ARENA_ARRAY(a, uint32_t, needle.n);
    back[0] = 0;
    for (uint32_t i = 1, k = 0; i < needle.n; i++) {
        while (k > 0 && !same(needle.p[i], needle.p[k], nocase))
            k = back[k - 1];
        k += same(needle.p[i], needle.p[k], nocase);
        back[i] = k;
    }
    char small = nocase ? ascii_lower(needle.p[0]) : needle.p[0];
    size_t found = SIZE_MAX;
    uint32_t k = 0;
    for (size_t i = 0; i < hay.n; i++) {
        if (k == 0 && hay.p[i] != small && (!nocase || ascii_lower(hay.p[i]) != small))
            continue;
        while (k > 0 && !same(hay.p[i], needle.p[k], nocase))
            k = back[k - 1];
        k += same(hay.p[i], needle.p[k], nocase);
        if (k == needle.n) {
            found = i + 1 - k;
            if (!last)
                break;
            k = back[k - 1];
        }
    }
    return found;
}

// --- changing ----------------------------------------------------------------------------------

static bool is_space(uint32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)point);
    return point == 0x85 || c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL ||
           c == UTF8PROC_CATEGORY_ZP;
}

Str text_trim(Str s)
{
    size_t start = 0, end = 0;
    for (size_t at = 0; at < s.n; start = at)
        if (!is_space(text_point(s, &at)))
            break;
    for (size_t at = start; at < s.n;)
        if (!is_space(text_point(s, &at)))
            end = at;
    return (Str){s.p + start, end > start ? end - start : 0};
}

Str text_change_case(Arena *a, Str s, bool upper)
{
    char *out = arena_alloc(a, s.n * 4 + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t point = (utf8proc_int32_t)text_point(s, &at);
        if (point != SHARP_S) // its capital is no mapping of .NET
            point = upper ? utf8proc_toupper(point) : utf8proc_tolower(point);
        n += (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out + n);
    }
    return (Str){out, n};
}
