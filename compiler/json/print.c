// print.c - data as JSON, compact or for people.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "base/limits.h"
#include "json/data.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 100, INDENT = 2 };

// --- numbers -------------------------------------------------------------------------------------

enum { MOST_DIGITS = 17, POINT_BEFORE = -4, POINT_AFTER = 16 };

// The fewest digits that read back as the same number, as "d.ddde-xx". Fifteen are exact for
// what was written with as few, but not where a double holds fewer.
static void shortest(double n, char ret[32])
{
    int first = fabs(n) < DBL_MIN ? 1 : 15;
    for (int digits = first; digits <= MOST_DIGITS; digits++) {
        snprintf(ret, 32, "%.*e", digits - 1, n);
        if (strtod(ret, NULL) == n)
            return;
    }
}

// With a point or an exponent, so that it is a FLOAT when it is read again.
static void print_float(Buf *out, double n)
{
    if (!isfinite(n)) {
        buf_str(out, "null"); // as in JavaScript: JSON has no such number
        return;
    }
    char text[32], digits[MOST_DIGITS + 1];
    shortest(fabs(n), text);
    const char *e = strchr(text, 'e');
    size_t count = 0;
    for (const char *p = text; p < e; p++) {
        if (*p != '.')
            digits[count++] = *p;
    }
    while (count > 1 && digits[count - 1] == '0')
        count--;
    long power = strtol(e + 1, NULL, 10); // of the first digit
    if (signbit(n))
        buf_char(out, '-');
    if (power < POINT_BEFORE || power >= POINT_AFTER) {
        buf_add(out, digits, 1);
        if (count > 1) {
            buf_char(out, '.');
            buf_add(out, digits + 1, count - 1);
        }
        buf_printf(out, "e%c%ld", power < 0 ? '-' : '+', labs(power));
        return;
    }
    size_t whole = power < 0 ? 0 : (size_t)power + 1; // digits before the point
    buf_add(out, power < 0 ? "0" : digits, power < 0 ? 1 : whole < count ? whole : count);
    if (whole > count)
        buf_fill(out, '0', whole - count);
    buf_char(out, '.');
    if (power < -1)
        buf_fill(out, '0', (size_t)(-power - 1));
    if (whole < count)
        buf_add(out, digits + whole, count - whole);
    else
        buf_char(out, '0');
}

static void print_scalar(Buf *out, const Data *d)
{
    switch (d->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        buf_str(out, "null");
        return;
    case DATA_BOOL:
        buf_str(out, d->truth ? "true" : "false");
        return;
    case DATA_INT:
        buf_int(out, d->integer);
        return;
    case DATA_FLOAT:
        print_float(out, d->number);
        return;
    case DATA_STRING:
        buf_json_string(out, data_str(d));
        return;
    case DATA_ARRAY:
    case DATA_OBJECT:
        break;
    }
    BUG("not a scalar");
}

// --- brackets ------------------------------------------------------------------------------------

static bool is_scalar(const Data *d)
{
    return d->kind != DATA_ARRAY && d->kind != DATA_OBJECT;
}

static void print_name(Buf *out, const Data *d, uint32_t i, const char *colon)
{
    if (d->kind != DATA_OBJECT)
        return;
    buf_json_string(out, d->members[i].name);
    buf_str(out, colon);
}

static const Data *child(const Data *d, uint32_t i)
{
    return d->kind == DATA_OBJECT ? &d->members[i].value : &d->items[i];
}

static void print_compact(Buf *out, const Data *d, uint32_t depth)
{
    if (is_scalar(d)) {
        print_scalar(out, d);
        return;
    }
    if (depth == LIMIT_DATA_NESTING)
        BUG("data is too deep");
    buf_char(out, d->kind == DATA_OBJECT ? '{' : '[');
    for (uint32_t i = 0; i < d->count; i++) {
        if (i)
            buf_char(out, ',');
        print_name(out, d, i, ":");
        print_compact(out, child(d, i), depth + 1);
    }
    buf_char(out, d->kind == DATA_OBJECT ? '}' : ']');
}

void data_print(Buf *out, const Data *d)
{
    print_compact(out, d, 0);
}

// --- for people ----------------------------------------------------------------------------------

typedef struct Pretty {
    Buf *out;
    size_t line_start;
} Pretty;

// False where it does not fit: what was printed then is to be taken back. Room for a comma after
// it is kept.
static bool print_row(Pretty *p, const Data *d, bool outermost)
{
    bool object = d->kind == DATA_OBJECT;
    if (is_scalar(d)) {
        print_scalar(p->out, d);
    } else if (object && (!outermost || d->count > 1)) {
        return false;
    } else {
        buf_str(p->out, object ? "{ " : "[");
        for (uint32_t i = 0; i < d->count; i++) {
            if (i)
                buf_str(p->out, ", ");
            print_name(p->out, d, i, ": ");
            if (!print_row(p, child(d, i), false))
                return false;
        }
        buf_str(p->out, object ? " }" : "]");
    }
    return p->out->n - p->line_start < WIDTH;
}

static void new_line(Pretty *p, uint32_t depth)
{
    buf_char(p->out, '\n');
    p->line_start = p->out->n;
    buf_fill(p->out, ' ', (size_t)depth * INDENT);
}

static void print_pretty(Pretty *p, const Data *d, uint32_t depth)
{
    if (is_scalar(d)) {
        print_scalar(p->out, d);
        return;
    }
    if (d->count == 0) {
        buf_str(p->out, d->kind == DATA_OBJECT ? "{}" : "[]");
        return;
    }
    if (depth == LIMIT_DATA_NESTING)
        BUG("data is too deep");
    size_t begin = p->out->n;
    if (print_row(p, d, true))
        return;
    p->out->n = begin;
    buf_char(p->out, d->kind == DATA_OBJECT ? '{' : '[');
    for (uint32_t i = 0; i < d->count; i++) {
        if (i)
            buf_char(p->out, ',');
        new_line(p, depth + 1);
        print_name(p->out, d, i, ": ");
        print_pretty(p, child(d, i), depth + 1);
    }
    new_line(p, depth);
    buf_char(p->out, d->kind == DATA_OBJECT ? '}' : ']');
}

void data_print_pretty(Buf *out, const Data *d)
{
    Pretty p = {out, out->n};
    print_pretty(&p, d, 0);
    buf_char(out, '\n');
}
