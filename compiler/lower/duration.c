// duration.c - durations as the texts Azure writes.
//
// Azure Policy has no function that reads a duration. For a constant bound the
// texts that satisfy it are a finite union of digit patterns: per unit, per
// number of digits, prefix by prefix (E12). A spelling outside the patterns
// satisfies nothing, so it fails closed.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Patterns {
    Lower *lower;
    Value *texts;   // spelled out
    Condition *any; // matchInsensitively leaves
    const TExpr *left;
    Span span;
    uint32_t count;
} Patterns;

static void pattern_add(Patterns *ps, const char *text)
{
    Lower *l = ps->lower;
    if (++ps->count > LIMIT_DURATION_PATTERNS) {
        if (!l->failed)
            diag_report(l->compilation->diags, DIAG_DURATION_PATTERNS, ps->span,
                        "this duration needs more than %u patterns; choose a rounder bound",
                        LIMIT_DURATION_PATTERNS);
        l->failed = true;
        return;
    }
    Value *v = value_string(l->arena, arena_copy(l->arena, text, strlen(text)));
    if (strchr(text, '#'))
        condition_push(l->arena, ps->any,
                       leaf_condition(l, ps->left, OPERATOR_MATCH_INSENSITIVELY, v, ps->span));
    else
        value_push(l->arena, ps->texts, v);
}

static int64_t power10(int n)
{
    int64_t p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

// Numbers of exactly `digits` digits in lo..hi, each as before + digits + after.
static void cover_digits(Patterns *ps, const char *before, int64_t prefix, int digits, int rest,
                         int64_t lo, int64_t hi, const char *after)
{
    int64_t first = prefix * power10(rest), last = first + power10(rest) - 1;
    if (first > hi || last < lo)
        return;
    if (first >= lo && last <= hi) {
        char text[80], number[24] = "";
        if (rest < digits)
            (void)snprintf(number, sizeof number, "%0*lld", digits - rest, (long long)prefix);
        (void)snprintf(text, sizeof text, "%s%s%.*s%s", before, number, rest, "##########", after);
        pattern_add(ps, text);
        return;
    }
    for (int64_t d = 0; d <= 9; d++)
        cover_digits(ps, before, prefix * 10 + d, digits, rest - 1, lo, hi, after);
}

static void cover(Patterns *ps, const char *before, int64_t lo, int64_t hi, int max_digits,
                  const char *after)
{
    for (int digits = 1; digits <= max_digits; digits++) {
        int64_t least = digits == 1 ? 0 : power10(digits - 1), most = power10(digits) - 1;
        int64_t from = lo > least ? lo : least, to = hi < most ? hi : most;
        if (from == least && to == most && from <= to)
            from = 0; // leading zeros are fine: one pattern for the whole width
        if (from <= to)
            cover_digits(ps, before, 0, digits, digits, from, to, after);
    }
}

typedef struct Unit {
    const char *before, *after;
    int64_t seconds;
    int max_digits;
    const char *lower_after;   // a smaller unit that may follow, or NULL
    const char *lower_between; // what stands between the two
    int64_t lower_seconds;
} Unit;

static const Unit UNITS[] = {
    {"PT", "S", 1, 6, NULL, NULL, 0},     {"PT", "M", 60, 5, "S", "M", 1},
    {"PT", "H", 3600, 4, "M", "H", 60},   {"P", "D", 86400, 4, "H", "DT", 3600},
    {"P", "W", 604800, 3, NULL, NULL, 0},
};

typedef struct Range { // of seconds
    int64_t lo, hi;
} Range;

#define SECONDS_MAX ((int64_t)1 << 40)

static Range range_of(CompareOp op, int64_t seconds)
{
    switch (op) {
    case OP_LT:
        return (Range){0, seconds - 1};
    case OP_LE:
        return (Range){0, seconds};
    case OP_GT:
        return (Range){seconds + 1, SECONDS_MAX};
    case OP_GE:
        return (Range){seconds, SECONDS_MAX};
    case OP_EQ:
        return (Range){seconds, seconds};
    case OP_NE:
    case OP_IN:
    case OP_NOT_IN:
    case OP_LIKE:
    case OP_NOT_LIKE:
    case OP_MATCHES:
    case OP_MATCHES_ANY_CASE:
    case OP_CONTAINS:
    case OP_HAS_KEY:
        break;
    }
    BUG("no such bound of a duration");
}

static int64_t divide_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static void cover_iso8601(Patterns *ps, Range r)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        const Unit *u = &UNITS[i];
        if (r.hi < u->seconds && r.hi > 0)
            continue; // only a zero would fit, and nobody writes it in this unit
        cover(ps, u->before, divide_up(r.lo, u->seconds), r.hi / u->seconds, u->max_digits,
              u->after);
        if (!u->lower_after || r.lo == r.hi)
            continue;
        for (int width = 1; width <= 2; width++) { // the smaller unit: # or ##
            int64_t most = (power10(width) - 1) * u->lower_seconds;
            char after[32];
            (void)snprintf(after, sizeof after, "%s%.*s%s", u->lower_between, width, "##",
                           u->lower_after);
            if (r.hi - most >= u->seconds)
                cover(ps, u->before, divide_up(r.lo, u->seconds), (r.hi - most) / u->seconds, 2,
                      after);
        }
    }
}

// hh:mm:ss within one day, from lo to hi seconds
static void cover_clock_day(Patterns *ps, const char *days, Range r)
{
    char before[80];
    if (r.lo <= 0 && r.hi >= 86399) {
        (void)snprintf(before, sizeof before, "%s##:##:##", days);
        pattern_add(ps, before);
        return;
    }
    for (int64_t h = 0; h < 24; h++) {
        Range hour = {h * 3600, h * 3600 + 3599};
        if (hour.lo > r.hi || hour.hi < r.lo)
            continue;
        if (hour.lo >= r.lo && hour.hi <= r.hi) {
            (void)snprintf(before, sizeof before, "%s%02lld:##:##", days, (long long)h);
            pattern_add(ps, before);
            continue;
        }
        int64_t lo = r.lo > hour.lo ? r.lo - hour.lo : 0;
        int64_t hi = r.hi < hour.hi ? r.hi - hour.lo : 3599;
        for (int64_t m = lo / 60; m <= hi / 60; m++) {
            bool whole = m * 60 >= lo && m * 60 + 59 <= hi;
            (void)snprintf(before, sizeof before, "%s%02lld:%02lld:", days, (long long)h,
                           (long long)m);
            if (whole)
                cover_digits(ps, before, 0, 2, 2, 0, 99, "");
            else
                cover_digits(ps, before, 0, 2, 2, lo > m * 60 ? lo - m * 60 : 0,
                             hi < m * 60 + 59 ? hi - m * 60 : 59, "");
        }
    }
}

// d.hh:mm:ss, dd.hh:mm:ss and, below a day, hh:mm:ss
static void cover_clock(Patterns *ps, Range r)
{
    cover_clock_day(ps, "", r.hi < 86399 ? r : (Range){r.lo, 86399});
    for (int width = 1; width <= 3; width++) {
        int64_t least = width < 3 ? 0 : 100, most = power10(width) - 1;
        int64_t first = divide_up(r.lo, 86400), last = (r.hi + 1) / 86400 - 1;
        first = first > least ? first : least;
        last = last < most ? last : most;
        if (first <= last)
            cover_digits(ps, "", 0, width, width, first, last, ".##:##:##");
        int64_t edges[2] = {r.lo / 86400, r.hi / 86400};
        for (int i = 0; i < (edges[0] == edges[1] ? 1 : 2); i++) {
            int64_t day = edges[i];
            if ((day >= first && day <= last) || day < least || day > most)
                continue;
            char days[32];
            (void)snprintf(days, sizeof days, "%0*lld.", width, (long long)day);
            cover_clock_day(ps, days, (Range){r.lo - day * 86400, r.hi - day * 86400});
        }
    }
}

Condition *lower_duration(Lower *l, const TExpr *left, CompareOp op, int64_t seconds, Span span)
{
    Patterns ps = {.lower = l,
                   .texts = value_array(l->arena),
                   .any = condition_group(l->arena, CONDITION_ANY_OF),
                   .left = left,
                   .span = span};
    if (left->type->kind == TYPE_DURATION_CLOCK)
        cover_clock(&ps, range_of(op, seconds));
    else
        cover_iso8601(&ps, range_of(op, seconds));
    Condition *any = condition_group(l->arena, CONDITION_ANY_OF);
    any->span = span;
    if (ps.texts->items.len > 0)
        condition_push(l->arena, any, leaf_condition(l, left, OPERATOR_IN, ps.texts, span));
    for (uint32_t i = 0; i < ps.any->children.len; i++)
        condition_push(l->arena, any, ps.any->children.items[i]);
    return any;
}

// --- reading a text: a default's ---------------------------------------------------------------

static bool clock_seconds(const char *text, int64_t *ret)
{
    int64_t days = 0, part[3];
    char *end;
    const char *dot = strchr(text, '.');
    if (dot) {
        days = strtoll(text, &end, 10);
        if (end != dot)
            return false;
        text = dot + 1;
    }
    for (int i = 0; i < 3; i++) {
        part[i] = strtoll(text, &end, 10);
        if (end == text || *end != (i < 2 ? ':' : '\0'))
            return false;
        text = end + 1;
    }
    *ret = days * 86400 + part[0] * 3600 + part[1] * 60 + part[2];
    return true;
}

bool duration_text_seconds(const char *text, bool clock, int64_t *ret)
{
    if (clock)
        return clock_seconds(text, ret);
    if (*text++ != 'P')
        return false;
    int64_t total = 0;
    bool time = false;
    while (*text) {
        if (*text == 'T') {
            time = true;
            text++;
            continue;
        }
        char *end;
        int64_t n = strtoll(text, &end, 10);
        int64_t unit = *end == 'S'           ? 1
                       : *end == 'M' && time ? 60
                       : *end == 'H'         ? 3600
                       : *end == 'D'         ? 86400
                       : *end == 'W'         ? 604800
                                             : 0;
        if (end == text || unit == 0 || n < 0 || n > SECONDS_MAX / unit)
            return false;
        total += n * unit;
        text = end + 1;
    }
    *ret = total;
    return true;
}
