// instant.c - days and instants as texts.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"

static bool two_digits(const char *s, int low, int high)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return false;
    int n = (s[0] - '0') * 10 + (s[1] - '0');
    return n >= low && n <= high;
}

static int days_of_month(int year, int month)
{
    if (month == 2)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool is_day(const char *s) // 2027-03-31
{
    for (int i = 0; i < 4; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
    }
    if (s[4] != '-' || !two_digits(s + 5, 1, 12) || s[7] != '-')
        return false;
    int year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
    int month = (s[5] - '0') * 10 + (s[6] - '0');
    return two_digits(s + 8, 1, days_of_month(year, month));
}

static bool is_time(const char *s) // T09:30:00Z
{
    return s[0] == 'T' && two_digits(s + 1, 0, 23) && s[3] == ':' && two_digits(s + 4, 0, 59) &&
           s[6] == ':' && two_digits(s + 7, 0, 59) && strcmp(s + 9, "Z") == 0;
}

const char *instant_text(Arena *a, const char *s)
{
    enum { DAY_LENGTH = 10, LONG_LENGTH = 20 };
    size_t n = strlen(s);
    if (n == DAY_LENGTH && is_day(s))
        return arena_printf(a, "%sT00:00:00Z", s);
    return n == LONG_LENGTH && is_day(s) && is_time(s + DAY_LENGTH) ? s : NULL;
}
