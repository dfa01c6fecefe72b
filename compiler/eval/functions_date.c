// functions_date.c - dates: addDays and utcNow of policies, and what the engine offers besides.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/date.h"
#include "eval/function.h"

static bool arg_date(const Call *c, uint32_t i, int64_t *ret, int *ret_offset)
{
    Str s;
    if (!arg_text(c, i, &s))
        return false;
    if (!date_parse_offset(s, ret, ret_offset))
        return value_fail(c->x, "`%s` cannot read the date `%.*s`", c->name, value_shown(s), s.p);
    return true;
}

static bool move(const Call *c, int64_t ticks, int64_t by, int64_t *ret)
{
    if (__builtin_add_overflow(ticks, by, ret) || *ret < 0 || *ret >= DATE_END)
        return value_fail(c->x, "`%s` leaves the years 1 to 9999", c->name);
    return true;
}

bool function_add_days(const Call *c, Data *ret)
{
    int64_t ticks, days, by;
    int offset;
    Buf out = {0};
    if (!arg_date(c, 0, &ticks, &offset) || !arg_int(c, 1, &days))
        return false;
    if (__builtin_mul_overflow(days, DATE_DAY, &by))
        by = INT64_MAX;
    if (!move(c, ticks, by, &ticks))
        return false;
    date_print(ticks, &out);
    return give_buf(c, &out, ret);
}

// Always with seven digits, however the time was given.
bool function_utc_now(const Call *c, Data *ret)
{
    int64_t ticks;
    if (!c->x->now || !date_parse(str_of(c->x->now), &ticks))
        return value_fail(c->x, "the time `utcNow` asks for is not given");
    DateParts d = date_parts(ticks);
    Buf out = {0};
    buf_printf(&out, "%04d-%02d-%02dT%02d:%02d:%02d.%07dZ", d.year, d.month, d.day, d.hour,
               d.minute, d.second, d.fraction);
    return give_buf(c, &out, ret);
}

bool function_date_time_to_epoch(const Call *c, Data *ret)
{
    int64_t ticks;
    int offset;
    if (!arg_date(c, 0, &ticks, &offset))
        return false;
    return give_int(ticks / DATE_SECOND - DATE_EPOCH / DATE_SECOND, ret);
}

bool function_date_time_from_epoch(const Call *c, Data *ret)
{
    int64_t seconds, ticks;
    Buf out = {0};
    if (!arg_int(c, 0, &seconds))
        return false;
    if (__builtin_mul_overflow(seconds, DATE_SECOND, &ticks))
        ticks = INT64_MAX;
    if (!move(c, DATE_EPOCH, ticks, &ticks))
        return false;
    date_print(ticks, &out);
    return give_buf(c, &out, ret);
}

// --- durations: [-]P1Y2M3W4DT5H6M7.8S -----------------------------------------------------------

static int64_t unit_of(char letter, bool time)
{
    switch (letter) {
    case 'Y':
        return time ? 0 : 365 * DATE_DAY; // as the engine counts
    case 'M':
        return time ? DATE_MINUTE : 30 * DATE_DAY;
    case 'W':
        return time ? 0 : 7 * DATE_DAY;
    case 'D':
        return time ? 0 : DATE_DAY;
    case 'H':
        return time ? DATE_HOUR : 0;
    case 'S':
        return time ? DATE_SECOND : 0;
    }
    return 0;
}

static bool read_number(Str s, size_t *at, int64_t *ret, int64_t *ret_fraction)
{
    size_t start = *at;
    int64_t n = 0, fraction = 0;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at)
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, s.p[*at] - '0', &n))
            return false;
    bool digits = *at > start;
    if (*at < s.n && s.p[*at] == '.') {
        int64_t unit = DATE_SECOND;
        for (++*at; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at)
            fraction += (unit /= 10) * (s.p[*at] - '0');
    }
    *ret = n;
    *ret_fraction = fraction;
    return digits;
}

static bool parse_duration(Str s, int64_t *ret)
{
    int64_t sum = 0;
    size_t at = s.n && s.p[0] == '-';
    bool minus = at == 1, time = false, any = false;
    if (at == s.n || s.p[at++] != 'P')
        return false;
    while (at < s.n) {
        int64_t n, fraction;
        if (!time && s.p[at] == 'T') {
            time = true;
            at++;
        }
        if (!read_number(s, &at, &n, &fraction) || at == s.n)
            return false;
        int64_t unit = unit_of(s.p[at], time);
        if (unit == 0 || (fraction && unit != DATE_SECOND))
            return false;
        if (__builtin_mul_overflow(n, unit, &n) || __builtin_add_overflow(sum, n, &sum) ||
            __builtin_add_overflow(sum, fraction, &sum))
            return false;
        any = true;
        at++;
    }
    *ret = minus ? -sum : sum;
    return any;
}

// --- formats: .NET's, of no culture -------------------------------------------------------------

static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const DAYS[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};

// A format of one letter stands for a longer one.
static const struct Standard {
    const char *letters, *format;
    bool utc;
} STANDARDS[] = {
    {"d", "MM/dd/yyyy", false},
    {"D", "dddd, dd MMMM yyyy", false},
    {"f", "dddd, dd MMMM yyyy HH:mm", false},
    {"F", "dddd, dd MMMM yyyy HH:mm:ss", false},
    {"g", "MM/dd/yyyy HH:mm", false},
    {"G", "MM/dd/yyyy HH:mm:ss", false},
    {"mM", "MMMM dd", false},
    {"oO", "yyyy-MM-ddTHH:mm:ss.fffffffK", false},
    {"rR", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", true},
    {"s", "yyyy-MM-ddTHH:mm:ss", false},
    {"t", "HH:mm", false},
    {"T", "HH:mm:ss", false},
    {"u", "yyyy-MM-dd HH:mm:ss'Z'", true},
    {"U", "dddd, dd MMMM yyyy HH:mm:ss", true},
    {"yY", "yyyy MMMM", false},
};

static const struct Standard *standard_find(char letter)
{
    for (size_t i = 0; i < sizeof(STANDARDS) / sizeof(STANDARDS[0]); i++)
        if (letter && strchr(STANDARDS[i].letters, letter))
            return &STANDARDS[i];
    return NULL;
}

static void add_number(Buf *out, int number, size_t width)
{
    buf_printf(out, "%0*d", (int)(width < 10 ? width : 10), number);
}

static void add_name(Buf *out, const char *name, bool whole)
{
    buf_add(out, name, whole ? strlen(name) : 3);
}

// Tenths and so on; with capitals zeros at the end are left out, and the point before them.
static void add_fraction(Buf *out, int fraction, size_t width, bool capital)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%07d", fraction);
    size_t n = width < 7 ? width : 7;
    while (capital && n > 0 && digits[n - 1] == '0')
        n--;
    if (n == 0 && out->n > 0 && out->p[out->n - 1] == '.')
        out->p[--out->n] = '\0';
    buf_add(out, digits, n);
}

static void add_offset(Buf *out, int minutes, size_t width)
{
    int size = minutes < 0 ? -minutes : minutes;
    buf_char(out, minutes < 0 ? '-' : '+');
    add_number(out, size / 60, width < 2 ? 1 : 2);
    if (width > 2)
        buf_printf(out, ":%02d", size % 60);
}

// A run of `n` equal letters of the format; false where they mean nothing.
static bool add_part(Buf *out, char letter, size_t n, const DateParts *d, int offset)
{
    int half = d->hour % 12 == 0 ? 12 : d->hour % 12;
    switch (letter) {
    case 'y':
        add_number(out, n <= 2 ? d->year % 100 : d->year, n);
        return true;
    case 'M':
        if (n > 2)
            add_name(out, MONTHS[d->month - 1], n > 3);
        else
            add_number(out, d->month, n);
        return true;
    case 'd':
        if (n > 2)
            add_name(out, DAYS[d->weekday], n > 3);
        else
            add_number(out, d->day, n);
        return true;
    case 'H':
    case 'h':
        add_number(out, letter == 'H' ? d->hour : half, n);
        return true;
    case 'm':
        add_number(out, d->minute, n);
        return true;
    case 's':
        add_number(out, d->second, n);
        return true;
    case 'f':
    case 'F':
        add_fraction(out, d->fraction, n, letter == 'F');
        return true;
    case 't':
        buf_add(out, d->hour < 12 ? "AM" : "PM", n > 1 ? 2 : 1);
        return true;
    case 'K':
    case 'z':
        if (letter == 'K' && offset == 0)
            buf_char(out, 'Z');
        else
            add_offset(out, offset, letter == 'K' ? 3 : n);
        return true;
    }
    return false;
}

static void add_date(Buf *out, int64_t ticks, int offset, Str format)
{
    DateParts d = date_parts(ticks + offset * DATE_MINUTE);
    for (size_t at = 0; at < format.n;) {
        char letter = format.p[at];
        size_t end = at + 1;
        if (letter == '\'' || letter == '"' || letter == '\\') {
            while (letter != '\\' && end < format.n && format.p[end] != letter)
                end++;
            if (letter == '\\' && end < format.n)
                buf_char(out, format.p[end]);
            else
                buf_add(out, format.p + at + 1, end - at - 1);
            at = end + 1;
            continue;
        }
        while (end < format.n && format.p[end] == letter)
            end++;
        if (!add_part(out, letter, end - at, &d, offset))
            buf_add(out, format.p + at, end - at);
        at = end;
    }
}

// A fraction in thousands, as often as need be.
static const char *plain_format(int64_t ticks)
{
    int64_t fraction = ticks % DATE_SECOND;
    return fraction == 0           ? "yyyy-MM-ddTHH:mm:ssK"
           : fraction % 10000 == 0 ? "yyyy-MM-ddTHH:mm:ss.fffK"
           : fraction % 10 == 0    ? "yyyy-MM-ddTHH:mm:ss.ffffffK"
                                   : "yyyy-MM-ddTHH:mm:ss.fffffff'00'K";
}

bool function_date_time_add(const Call *c, Data *ret)
{
    int64_t ticks, by, local;
    int offset;
    Str duration, format;
    if (!arg_date(c, 0, &ticks, &offset) || !arg_text(c, 1, &duration))
        return false;
    if (!parse_duration(duration, &by))
        return value_fail(c->x, "`dateTimeAdd` cannot read the duration `%.*s`",
                          value_shown(duration), duration.p);
    if (!move(c, ticks, by, &ticks) || !move(c, ticks, offset * DATE_MINUTE, &local))
        return false;
    format = str_of(plain_format(ticks));
    if (c->count == 3 && !arg_text(c, 2, &format))
        return false;
    const struct Standard *standard = format.n == 1 ? standard_find(format.p[0]) : NULL;
    if (format.n == 1 && !standard)
        return value_stop(c->x, "`%c` is no format of dates", format.p[0]);
    Buf out = {0};
    add_date(&out, ticks, standard && standard->utc ? 0 : offset,
             standard ? str_of(standard->format) : format);
    return give_buf(c, &out, ret);
}
