// suggest.c - edit distance, and the nearest few names.
//
// SPDX-License-Identifier: MIT
#include "diag/suggest.h"

enum { LONGEST = 128 }; // no name worth suggesting is longer

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char x, char y)
{
    return ascii_lower(x) == ascii_lower(y);
}

// What both begin and end with costs nothing.
static void strip_common(Str *a, Str *b)
{
    while (a->n && b->n && same_letter(*a->p, *b->p)) {
        *a = (Str){a->p + 1, a->n - 1};
        *b = (Str){b->p + 1, b->n - 1};
    }
    while (a->n && b->n && same_letter(a->p[a->n - 1], b->p[b->n - 1])) {
        a->n--;
        b->n--;
    }
}

// Optimal string alignment: a swap of neighbours is one edit. Three rows suffice, and of
// each what is within `limit` of the diagonal.
static uint32_t distance_within(Str a, Str b, uint32_t limit)
{
    uint32_t rows[3][LONGEST + 2];
    uint32_t *two_ago = rows[0], *last = rows[1], *row = rows[2];
    for (uint32_t j = 0; j <= b.n; j++)
        last[j] = j;
    uint32_t best_before = 0;
    for (uint32_t i = 1; i <= a.n; i++) {
        uint32_t from = i > limit ? i - limit : 1, to = least((uint32_t)b.n, i + limit);
        uint32_t best = row[from - 1] = i > limit ? limit + 1 : i;
        row[to + 1] = limit + 1;
        for (uint32_t j = from; j <= to; j++) {
            bool same = same_letter(a.p[i - 1], b.p[j - 1]);
            row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a.p[i - 1], b.p[j - 2]) &&
                same_letter(a.p[i - 2], b.p[j - 1]))
                row[j] = least(row[j], two_ago[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > limit && best_before > limit) // a swap looks two rows back
            return limit + 1;
        best_before = best;
        uint32_t *oldest = two_ago;
        two_ago = last;
        last = row;
        row = oldest;
    }
    return least(last[b.n], limit + 1);
}

uint32_t edit_distance(Str a, Str b, uint32_t limit)
{
    if (str_equal_nocase(a, b))
        return 0;
    size_t apart = a.n > b.n ? a.n - b.n : b.n - a.n;
    if (apart > limit || a.n > LONGEST || b.n > LONGEST)
        return limit + 1;
    strip_common(&a, &b);
    return limit <= LONGEST ? distance_within(a, b, limit) : distance_within(a, b, LONGEST);
}

void suggest_start(Suggest *s, Str wanted)
{
    uint32_t limit = wanted.n < 3 ? 1 : least((uint32_t)wanted.n, LONGEST) / 3;
    *s = (Suggest){.wanted = wanted, .limit = limit};
}

void suggest_offer(Suggest *s, Str candidate)
{
    const uint32_t room = sizeof s->best / sizeof s->best[0];
    uint32_t distance = edit_distance(s->wanted, candidate, s->limit);
    if (distance > s->limit)
        return;
    for (uint32_t i = 0; i < s->count; i++) {
        if (str_equal(s->best[i], candidate))
            return;
    }
    uint32_t at = s->count;
    while (at > 0 && s->distance[at - 1] > distance)
        at--;
    if (at == room)
        return;
    if (s->count < room)
        s->count++;
    for (uint32_t i = s->count - 1; i > at; i--) {
        s->best[i] = s->best[i - 1];
        s->distance[i] = s->distance[i - 1];
    }
    s->best[at] = candidate;
    s->distance[at] = distance;
    if (s->count == room) // what is no nearer than the last comes too late
        s->limit = least(s->limit, s->distance[room - 1]);
}
