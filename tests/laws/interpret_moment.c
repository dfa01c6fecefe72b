// interpret_moment.c - texts with a form: dates, addresses, durations.
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

// --- dates --------------------------------------------------------------------------------------

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t days_of_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 1 && is_leap(year));
}

// Seconds from year 1. Times are in UTC; fractions of a second are dropped.
bool moment_read(Str text, int64_t *ret_seconds)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    char copy[64];
    if (text.n >= sizeof copy)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    int got = sscanf(copy, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second);
    if (got != 3 && got != 6)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month - 1))
        return false;
    int64_t days = 0;
    for (int64_t y = 1; y < year; y++)
        days += 365 + is_leap(y);
    for (int m = 0; m < month - 1; m++)
        days += days_of_month(year, m);
    *ret_seconds = (days + day - 1) * DAY + hour * HOUR + minute * MINUTE + second;
    return true;
}

const char *moment_text(Arena *a, int64_t seconds)
{
    int64_t days = seconds / DAY, rest = seconds % DAY, year = 1;
    int month = 0;
    for (; days >= 365 + is_leap(year); year++)
        days -= 365 + is_leap(year);
    for (; days >= days_of_month(year, month); month++)
        days -= days_of_month(year, month);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, month + 1, (int)days + 1,
                        (int)(rest / HOUR), (int)(rest % HOUR / MINUTE), (int)(rest % MINUTE));
}

// --- addresses ----------------------------------------------------------------------------------

typedef struct Addresses {
    int family;
    unsigned char first[16], last[16];
} Addresses;

static bool address_read(const char *text, int *ret_family, unsigned char *ret)
{
    *ret_family = strchr(text, ':') ? AF_INET6 : AF_INET;
    return inet_pton(*ret_family, text, ret) == 1;
}

static bool addresses_read(Str text, Addresses *ret)
{
    char copy[128];
    int other;
    if (text.n >= sizeof copy)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    char *dash = strchr(copy, '-'), *slash = strchr(copy, '/');
    if (dash || slash)
        *(dash ? dash : slash) = '\0';
    *ret = (Addresses){0};
    if (!address_read(copy, &ret->family, ret->first))
        return false;
    if (dash)
        return address_read(dash + 1, &other, ret->last) && other == ret->family;
    long bytes = ret->family == AF_INET ? 4 : 16;
    long bits = slash ? strtol(slash + 1, NULL, 10) : 8 * bytes;
    memcpy(ret->last, ret->first, sizeof ret->last);
    for (long bit = bits; bit < 8 * bytes; bit++) {
        ret->first[bit / 8] &= (unsigned char)~(0x80 >> bit % 8);
        ret->last[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
    }
    return true;
}

bool address_in(Str address, Str range)
{
    Addresses a, b;
    return addresses_read(address, &a) && addresses_read(range, &b) && a.family == b.family &&
           memcmp(a.first, b.first, sizeof a.first) >= 0 &&
           memcmp(a.last, b.last, sizeof a.last) <= 0;
}

// --- durations ----------------------------------------------------------------------------------

static int64_t greatest(int width)
{
    return width == 1 ? 9 : 99;
}

// d.hh:mm:ss
static bool clock_read(const char *text, int64_t *ret)
{
    int days = 0, hours, minutes, seconds, end = 0;
    if (strchr(text, '.')
            ? sscanf(text, "%d.%2d:%2d:%2d%n", &days, &hours, &minutes, &seconds, &end) != 4
            : sscanf(text, "%2d:%2d:%2d%n", &hours, &minutes, &seconds, &end) != 3)
        return false;
    *ret = (int64_t)days * DAY + hours * HOUR + minutes * MINUTE + seconds;
    return text[end] == '\0';
}

typedef struct Unit {
    char letter;
    bool time; // behind the T
    int64_t seconds;
} Unit;

static const Unit units[] = {{'S', true, 1},
                             {'M', true, MINUTE},
                             {'H', true, HOUR},
                             {'D', false, DAY},
                             {'W', false, 7 * (int64_t)DAY}};

static const Unit *unit_of(char letter, bool time)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (units[i].letter == letter && units[i].time == time)
            return &units[i];
    return NULL;
}

// PT15M, or a unit and the next smaller one: PT1H30M, P1DT12H.
static bool iso8601_read(const char *p, int64_t *ret_least, int64_t *ret_most)
{
    const Unit *before = NULL;
    bool time = false;
    *ret_least = *ret_most = 0;
    if (*p++ != 'P')
        return false;
    for (int part = 0; *p && part < 2; part++) {
        if (*p == 'T' && !time)
            time = true, p++;
        char *end;
        int64_t n = strtoll(p, &end, 10);
        int width = (int)(end - p);
        const Unit *unit = width ? unit_of(*end, time) : NULL;
        if (!unit || (before && unit != before - 1) || (before && width > 2) ||
            (before && before->letter == 'W'))
            return false;
        *ret_least = before ? *ret_least : n * unit->seconds;
        *ret_most += (before ? greatest(width) : n) * unit->seconds;
        before = unit;
        p = end + 1;
    }
    return before && *p == '\0';
}

bool duration_read(Str text, bool clock, int64_t *ret_least, int64_t *ret_most)
{
    char copy[64];
    if (text.n >= sizeof copy)
        return false;
    for (size_t i = 0; i < text.n; i++)
        copy[i] = ascii_lower(text.p[i]) == text.p[i] ? (char)toupper((unsigned char)text.p[i])
                                                      : text.p[i];
    copy[text.n] = '\0';
    if (!clock)
        return iso8601_read(copy, ret_least, ret_most);
    bool read = clock_read(copy, ret_least);
    *ret_most = *ret_least;
    return read;
}
