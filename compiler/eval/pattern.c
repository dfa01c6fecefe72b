// pattern.c - `like` with its stars, `match` with its #, ? and dots.
//
// The engine reads `?` of a `like` pattern as any one character, and a star of the
// subject as one of the pattern first; the documentation allows one star.
//
// spec: evaluation
//
// SPDX-License-Identifier: MIT
#include "eval/pattern.h"

#include "eval/function.h"

// --- like --------------------------------------------------------------------------------------

// Between stars each piece is looked for once, from the left: linear.
static bool like_stars(Arena *a, Str s, Str pattern)
{
    const char *star = memchr(pattern.p, '*', pattern.n);
    if (!star)
        return str_equal_nocase(s, pattern);
    Str head = {pattern.p, (size_t)(star - pattern.p)};
    if (!str_starts_nocase(s, head))
        return false;
    s = (Str){s.p + head.n, s.n - head.n};
    for (;;) {
        Str rest = {star + 1, (size_t)(pattern.p + pattern.n - star - 1)};
        star = rest.n ? memchr(rest.p, '*', rest.n) : NULL;
        if (!star)
            return s.n >= rest.n && str_equal_nocase((Str){s.p + s.n - rest.n, rest.n}, rest);
        Str piece = {rest.p, (size_t)(star - rest.p)};
        size_t at = text_find(a, s, piece, true, false);
        if (at == SIZE_MAX)
            return false;
        s = (Str){s.p + at + piece.n, s.n - at - piece.n};
    }
}

// As the engine has it. Only the last star is ever gone back to; steps are fuel.
static bool like_engine(ValueContext *x, Str s, Str pattern)
{
    size_t i = 0, k = 0, star = SIZE_MAX, from = 0;
    while (i < s.n) {
        if ((i & 15) == 0 && !value_spend(x, 1))
            return false;
        if (k < pattern.n && pattern.p[k] == '?') {
            k++;
            text_point(s, &i);
        } else if (k < pattern.n && ascii_lower(pattern.p[k]) == ascii_lower(s.p[i])) {
            k++, i++;
        } else if (k < pattern.n && pattern.p[k] == '*') {
            star = k++;
            from = i;
        } else if (star != SIZE_MAX) {
            k = star + 1;
            text_point(s, &from);
            i = from;
        } else {
            return false;
        }
    }
    while (k < pattern.n && pattern.p[k] == '*')
        k++;
    return k == pattern.n;
}

// Where the engine's reading may be another one.
static bool is_odd(Str s, Str pattern)
{
    return str_has(pattern, '?') || str_has(s, '*');
}

static bool like(ValueContext *x, Str s, Str pattern, bool engine)
{
    return engine && is_odd(s, pattern) ? like_engine(x, s, pattern)
                                        : like_stars(x->arena, s, pattern);
}

static bool has_two_stars(Str pattern)
{
    const char *star = pattern.n ? memchr(pattern.p, '*', pattern.n) : NULL;
    return star && memchr(star + 1, '*', (size_t)(pattern.p + pattern.n - star - 1));
}

bool pattern_like(ValueContext *x, Str s, Str pattern)
{
    if (!value_spend(x, (s.n + pattern.n) / 16))
        return false;
    if (has_two_stars(pattern)) {
        x->uncertain = true;
        if (x->semantics == SEMANTICS_DOCUMENTED)
            return value_fail(x, "a pattern of `like` has one `*` at most");
    }
    bool full = x->semantics == SEMANTICS_ENGINE, several = false;
    bool ascii = text_is_ascii(s) && text_is_ascii(pattern);
    Str folded = ascii ? s : text_folded(x->arena, s, full, &several);
    Str by = ascii ? pattern : text_folded(x->arena, pattern, full, &several);
    bool holds = like(x, folded, by, full);
    if (several)
        value_differs(x, like(x, text_folded(x->arena, s, !full, NULL),
                              text_folded(x->arena, pattern, !full, NULL), !full) != holds);
    else if (is_odd(s, pattern))
        value_differs(x, like(x, folded, by, !full) != holds);
    return holds;
}

// --- match -------------------------------------------------------------------------------------

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool fits(uint32_t pattern, uint32_t c, bool nocase)
{
    switch (pattern) {
    case '#':
        return c >= '0' && c <= '9';
    case '?':
        return is_letter(c);
    case '.':
        return true;
    }
    return pattern == c || (nocase && text_fold_point(pattern) == text_fold_point(c));
}

// `units`: a character beyond the basic plane is two, as in .NET, for each of which a pattern has
// a dot; it stands for itself too.
static bool match(Str s, Str pattern, bool nocase, bool units)
{
    size_t i = 0, k = 0;
    while (i < s.n && k < pattern.n) {
        uint32_t c = text_point(s, &i), p = text_point(pattern, &k);
        if (!fits(p, c, nocase))
            return false;
        if (units && c > 0xffff && p == '.' && (k == pattern.n || pattern.p[k++] != '.'))
            return false;
    }
    return i == s.n && k == pattern.n;
}

bool pattern_match(ValueContext *x, Str s, Str pattern, bool nocase)
{
    if (!value_spend(x, (s.n + pattern.n) / 16))
        return false;
    bool units = x->semantics != SEMANTICS_ENGINE;
    bool holds = match(s, pattern, nocase, units);
    value_differs(x, !text_is_ascii(s) && match(s, pattern, nocase, !units) != holds);
    return holds;
}
