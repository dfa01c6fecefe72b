// date.c - dates and times as ISO 8601 writes them: instants of 100 ns, proleptic Gregorian.
//
// SPDX-License-Identifier: MIT
#include "eval/date.h"

#include "eval/value.h"

static const uint8_t MONTH_DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_of_month(int64_t year, int64_t month)
{
    return MONTH_DAYS[month - 1] + (month == 2 && is_leap(year));
}

// Before 1 January of the year, since 0001-01-01.
static int64_t days_before_year(int64_t year)
{
    int64_t n = year - 1;
    return n * 365 + n / 4 - n / 100 + n / 400;
}

// --- reading -----------------------------------------------------------------------------------

// Exactly `count` digits at *at.
static bool read_digits(Str s, size_t *at, size_t count, int64_t *ret)
{
    int64_t n = 0;
    if (s.n - *at < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        char c = s.p[*at + i];
        if (c < '0' || c > '9')
            return false;
        n = n * 10 + (c - '0');
    }
    *at += count;
    *ret = n;
    return true;
}

static bool read_char(Str s, size_t *at, char c)
{
    if (*at >= s.n || s.p[*at] != c)
        return false;
    ++*at;
    return true;
}

static bool read_day(Str s, size_t *at, int64_t *ret_ticks)
{
    int64_t year, month, day;
    if (!read_digits(s, at, 4, &year) || !read_char(s, at, '-') || !read_digits(s, at, 2, &month) ||
        !read_char(s, at, '-') || !read_digits(s, at, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    int64_t days = days_before_year(year) + day - 1;
    for (int64_t m = 1; m < month; m++)
        days += days_of_month(year, m);
    *ret_ticks = days * DATE_DAY;
    return true;
}

// Digits past the seventh are not kept.
static bool read_fraction(Str s, size_t *at, int64_t *ticks)
{
    int64_t unit = DATE_SECOND;
    size_t start = *at;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at) {
        unit /= 10;
        *ticks += unit * (s.p[*at] - '0');
    }
    return *at > start;
}

static bool read_time(Str s, size_t *at, int64_t *ticks)
{
    int64_t hour, minute, second = 0;
    if (!read_digits(s, at, 2, &hour) || !read_char(s, at, ':') || !read_digits(s, at, 2, &minute))
        return false;
    bool seconds = read_char(s, at, ':');
    if ((seconds && !read_digits(s, at, 2, &second)) || hour > 23 || minute > 59 || second > 59)
        return false;
    *ticks += ((hour * 60 + minute) * 60 + second) * DATE_SECOND;
    return !seconds || !read_char(s, at, '.') || read_fraction(s, at, ticks);
}

static bool read_offset(Str s, size_t *at, int *ret_minutes)
{
    int64_t hours, minutes = 0;
    *ret_minutes = 0;
    if (*at == s.n || read_char(s, at, 'Z') || read_char(s, at, 'z'))
        return true;
    bool minus = read_char(s, at, '-');
    if (!minus && !read_char(s, at, '+'))
        return false;
    if (!read_digits(s, at, 2, &hours))
        return false;
    bool colon = read_char(s, at, ':');
    if ((colon || *at < s.n) && !read_digits(s, at, 2, &minutes))
        return false;
    if (hours > 14 || minutes > 59)
        return false;
    *ret_minutes = (int)(hours * 60 + minutes) * (minus ? -1 : 1);
    return true;
}

bool date_parse_offset(Str s, int64_t *ret_ticks, int *ret_offset)
{
    size_t at = 0;
    int64_t ticks;
    int offset = 0;
    if (!read_day(s, &at, &ticks))
        return false;
    bool time = read_char(s, &at, 'T') || read_char(s, &at, 't') || read_char(s, &at, ' ');
    if (time && (!read_time(s, &at, &ticks) || !read_offset(s, &at, &offset)))
        return false;
    ticks -= offset * DATE_MINUTE;
    if (at != s.n || ticks < 0 || ticks >= DATE_END)
        return false;
    *ret_ticks = ticks;
    *ret_offset = offset;
    return true;
}

bool date_parse(Str s, int64_t *ret_ticks)
{
    int offset;
    return date_parse_offset(s, ret_ticks, &offset);
}

// --- writing -----------------------------------------------------------------------------------

DateParts date_parts(int64_t ticks)
{
    DateParts d = {0};
    int64_t days = ticks / DATE_DAY, rest = ticks % DATE_DAY;
    d.weekday = (int)((days + 1) % 7); // 0001-01-01 was a Monday; 0 is Sunday
    int64_t year = days / 366 + 1;     // never past the right one
    while (days_before_year(year + 1) <= days)
        year += (days - days_before_year(year + 1)) / 366 + 1;
    d.year = (int)year;
    days -= days_before_year(year);
    for (d.month = 1; days >= days_of_month(year, d.month); d.month++)
        days -= days_of_month(year, d.month);
    d.day = (int)days + 1;
    d.hour = (int)(rest / DATE_HOUR);
    d.minute = (int)(rest / DATE_MINUTE % 60);
    d.second = (int)(rest / DATE_SECOND % 60);
    d.fraction = (int)(rest % DATE_SECOND);
    return d;
}

void date_print(int64_t ticks, Buf *out)
{
    DateParts d = date_parts(ticks);
    buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", d.year, d.month, d.day, d.hour, d.minute,
               d.second);
    if (d.fraction) {
        buf_printf(out, ".%07d", d.fraction);
        while (out->p[out->n - 1] == '0')
            out->p[--out->n] = '\0';
    }
    buf_char(out, 'Z');
}
