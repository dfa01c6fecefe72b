// functions_format.c - format(): .NET's composite formatting, of no culture.
//
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "eval/function.h"

// --- numbers -----------------------------------------------------------------------------------

#define DIGITS_MAX 99 // of a precision

static double number(const Data *d)
{
    return d->kind == DATA_INT ? (double)d->integer : d->number;
}

#define BEHIND 25 // digits looked at to see a half

// Halves go up, as in .NET: printf would take the even neighbour.
static void add_rounded(Buf *out, double size, size_t places)
{
    buf_printf(out, "%.*f", (int)places + BEHIND, size);
    bool up = out->p[out->n - BEHIND] >= '5';
    out->n -= places ? BEHIND : BEHIND + 1; // with none, the point goes too
    size_t i = out->n;
    while (up && i > 0) {
        char *digit = &out->p[--i];
        up = *digit == '9' || *digit == '.';
        if (*digit != '.')
            *digit = *digit == '9' ? '0' : (char)(*digit + 1);
    }
    out->p[out->n] = '\0';
    if (up) {
        buf_char(out, '0');
        memmove(out->p + 1, out->p, out->n - 1);
        out->p[0] = '1';
    }
}

// Digits of its size, with so many behind the point: exact for integers. `out` is empty.
static void add_fixed(Buf *out, const Data *d, size_t places)
{
    if (d->kind == DATA_FLOAT) {
        add_rounded(out, d->number < 0 ? -d->number : d->number, places);
        return;
    }
    uint64_t size = d->integer < 0 ? 0 - (uint64_t)d->integer : (uint64_t)d->integer;
    buf_printf(out, "%" PRIu64, size);
    if (places) {
        buf_char(out, '.');
        buf_fill(out, '0', places);
    }
}

static bool is_zero_text(const Buf *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] >= '1' && b->p[i] <= '9')
            return false;
    return true;
}

static size_t whole_digits(const Buf *b)
{
    const char *point = memchr(b->p, '.', b->n);
    return point ? (size_t)(point - b->p) : b->n;
}

static void add_grouped(Buf *out, const Buf *digits)
{
    size_t whole = whole_digits(digits);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits->p[i]);
    }
    buf_add(out, digits->p + whole, digits->n - whole);
}

// D5, X4, N2, F1, P0, G: a letter and how many digits.
static bool add_standard(Buf *out, const Data *d, char letter, size_t places, bool given)
{
    bool negative = number(d) < 0;
    Buf digits = {0};
    char text[NUMBER_TEXT];
    Str s;
    switch (letter | 0x20) {
    case 'd':
    case 'x':
        if (d->kind != DATA_INT)
            return false;
        if ((letter | 0x20) == 'x')
            buf_printf(out, letter == 'x' ? "%0*" PRIx64 : "%0*" PRIX64, (int)(given ? places : 1),
                       (uint64_t)d->integer);
        else
            buf_printf(out, "%s%0*" PRIu64, negative ? "-" : "", (int)(given ? places : 1),
                       negative ? 0 - (uint64_t)d->integer : (uint64_t)d->integer);
        return true;
    case 'g':
        s = value_number_text(d, text);
        buf_add(out, s.p, s.n);
        return true;
    case 'n':
    case 'f':
        add_fixed(&digits, d, given ? places : 2);
        break;
    case 'p': {
        Data percent = data_float(number(d) * 100);
        add_fixed(&digits, &percent, given ? places : 2);
        break;
    }
    default:
        return false;
    }
    if (negative && !is_zero_text(&digits))
        buf_char(out, '-');
    if ((letter | 0x20) == 'f')
        buf_add(out, digits.p, digits.n);
    else
        add_grouped(out, &digits);
    if ((letter | 0x20) == 'p')
        buf_str(out, " %");
    buf_free(&digits);
    return true;
}

// 0 a digit, # a digit where there is one, one point, a comma among digits for groups; text
// around them as it is.
typedef struct Picture {
    size_t start, end;  // of the placeholders
    size_t least_whole; // zeros before the point
    size_t least, most; // digits behind the point
    bool grouped;
} Picture;

static bool is_placeholder(char c)
{
    return c == '0' || c == '#' || c == '.' || c == ',';
}

static bool read_picture(Str f, Picture *ret)
{
    Picture p = {0};
    bool behind = false, any = false;
    while (p.start < f.n && !is_placeholder(f.p[p.start]))
        p.start++;
    for (p.end = p.start; p.end < f.n && is_placeholder(f.p[p.end]); p.end++) {
        char c = f.p[p.end];
        any = any || c == '0' || c == '#';
        if (c == '.' && behind)
            return false;
        behind = behind || c == '.';
        p.grouped = p.grouped || c == ',';
        if (!behind && (c == '0' || p.least_whole))
            p.least_whole += c != ',';
        if (behind && c != '.' && c != ',') {
            p.most++;
            p.least = c == '0' ? p.most : p.least;
        }
    }
    for (size_t i = p.end; i < f.n; i++)
        if (is_placeholder(f.p[i]) || f.p[i] == ';')
            return false;
    for (size_t i = 0; i < p.start; i++)
        if (f.p[i] == ';' || f.p[i] == '%')
            return false;
    *ret = p;
    return any && p.most <= DIGITS_MAX;
}

static bool add_picture(Buf *out, const Data *d, Str f)
{
    Picture p;
    Buf digits = {0}, padded = {0};
    if (!read_picture(f, &p))
        return false;
    add_fixed(&digits, d, p.most);
    size_t whole = whole_digits(&digits), n = digits.n;
    while (n > whole && n - whole - 1 > p.least && digits.p[n - 1] == '0')
        n--;
    n -= n == whole + 1; // a point with nothing behind it
    bool nothing = whole == 1 && digits.p[0] == '0' && p.least_whole == 0; // # shows no zero
    if (p.least_whole > whole)
        buf_fill(&padded, '0', p.least_whole - whole);
    buf_add(&padded, digits.p + nothing, n - nothing);
    if (number(d) < 0 && !is_zero_text(&padded))
        buf_char(out, '-');
    buf_add(out, f.p, p.start);
    if (p.grouped)
        add_grouped(out, &padded);
    else
        buf_add(out, padded.p, padded.n);
    buf_add(out, f.p + p.end, f.n - p.end);
    buf_free(&digits);
    buf_free(&padded);
    return true;
}

static bool add_number(Buf *out, const Data *d, Str f)
{
    char text[NUMBER_TEXT];
    if (f.n == 0) {
        Str s = value_number_text(d, text);
        buf_add(out, s.p, s.n);
        return true;
    }
    size_t places = 0, i = 1;
    for (; i < f.n && i < 4 && f.p[i] >= '0' && f.p[i] <= '9'; i++)
        places = places * 10 + (size_t)(f.p[i] - '0');
    if (isalpha((unsigned char)f.p[0]) && i == f.n && places <= DIGITS_MAX)
        return add_standard(out, d, f.p[0], places, f.n > 1);
    return add_picture(out, d, f);
}

// --- items: {0}, {1,-8}, {2:N0} -----------------------------------------------------------------

typedef struct Item {
    int64_t index, width;
    Str format;
} Item;

static bool read_int(Str s, size_t *at, int64_t *ret)
{
    size_t start = *at;
    int64_t n = 0;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9' && n <= LIMIT_VALUE_TEXT; ++*at)
        n = n * 10 + (s.p[*at] - '0');
    *ret = n;
    return *at > start && n <= LIMIT_VALUE_TEXT;
}

static void skip_blanks(Str s, size_t *at)
{
    while (*at < s.n && s.p[*at] == ' ')
        ++*at;
}

// From behind the brace to behind the closing one.
static bool read_item(Str s, size_t *at, Item *ret)
{
    Item item = {0};
    if (!read_int(s, at, &item.index))
        return false;
    skip_blanks(s, at);
    if (*at < s.n && s.p[*at] == ',') {
        ++*at;
        skip_blanks(s, at);
        bool left = *at < s.n && s.p[*at] == '-';
        *at += left;
        if (!read_int(s, at, &item.width))
            return false;
        item.width = left ? -item.width : item.width;
        skip_blanks(s, at);
    }
    if (*at < s.n && s.p[*at] == ':') {
        size_t start = ++*at;
        while (*at < s.n && s.p[*at] != '}' && s.p[*at] != '{')
            ++*at;
        item.format = (Str){s.p + start, *at - start};
    }
    if (*at == s.n || s.p[*at] != '}')
        return false;
    ++*at;
    *ret = item;
    return true;
}

static bool add_value(const Call *c, Buf *out, const Data *d, Str format)
{
    switch (d->kind) {
    case DATA_MISSING:
    case DATA_NULL:
        return true;
    case DATA_BOOL:
        buf_str(out, d->truth ? "True" : "False");
        return true;
    case DATA_INT:
    case DATA_FLOAT:
        return add_number(out, d, format) ||
               value_fail(c->x, "`format` cannot write a number as `%.*s`", value_shown(format),
                          format.p);
    case DATA_STRING:
        buf_add(out, d->text, d->count);
        return true;
    case DATA_ARRAY:
    case DATA_OBJECT:
        if (!value_spend_on(c->x, d))
            return false;
        data_print(out, d);
        return true;
    }
    return false;
}

static bool add_item(const Call *c, Buf *out, const Item *item)
{
    Buf text = {0};
    if (item->index + 1 >= c->count)
        return value_fail(c->x, "`format` has no value for {%" PRId64 "}", item->index);
    bool done = add_value(c, &text, &c->args[item->index + 1], item->format);
    size_t units = text_units((Str){text.p, text.n});
    size_t width = (size_t)(item->width < 0 ? -item->width : item->width);
    size_t fill = width > units ? width - units : 0;
    if (item->width > 0)
        buf_fill(out, ' ', fill);
    if (text.n)
        buf_add(out, text.p, text.n);
    if (item->width < 0)
        buf_fill(out, ' ', fill);
    buf_free(&text);
    return done &&
           (out->n <= 4 * (size_t)LIMIT_VALUE_TEXT ||
            value_stop(c->x, "`format` makes a text of more than %u characters", LIMIT_VALUE_TEXT));
}

static bool add_all(const Call *c, Buf *out, Str s)
{
    for (size_t at = 0; at < s.n;) {
        char brace = s.p[at++];
        Item item;
        if ((brace != '{' && brace != '}') || (at < s.n && s.p[at] == brace)) {
            buf_char(out, brace);
            at += brace == '{' || brace == '}'; // a doubled one
            continue;
        }
        if (brace == '}' || !read_item(s, &at, &item))
            return value_fail(
                c->x, "`format` has a `%c` that is no item like `{0}` and not doubled", brace);
        if (!value_spend(c->x, 4) || !add_item(c, out, &item))
            return false;
    }
    return true;
}

bool function_format(const Call *c, Data *ret)
{
    Str s;
    Buf out = {0};
    if (!arg_text(c, 0, &s))
        return false;
    if (add_all(c, &out, s))
        return give_buf(c, &out, ret);
    buf_free(&out);
    return false;
}
