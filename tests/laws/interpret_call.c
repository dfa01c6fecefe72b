// interpret_call.c - the functions of the language.
//
// spec: types, functions
//
// SPDX-License-Identifier: MIT
#include "laws/interpret_internal.h"

#include <stdlib.h>
#include <string.h>

// --- texts --------------------------------------------------------------------------------------

static Data made(Run *r, const Buf *b)
{
    return data_string((Str){arena_copy(r->arena, b->p ? b->p : "", b->n), b->n});
}

static Str str_at(const Answer *args, uint32_t i)
{
    const Data *d = &args[i].value;
    return d->kind == DATA_STRING ? data_str(d) : (Str){"", 0};
}

static Data cased(Run *r, Str s, bool upper)
{
    char *text = arena_copy(r->arena, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        text[i] = upper && s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A')
                  : upper                                 ? s.p[i]
                                                          : ascii_lower(s.p[i]);
    return data_string((Str){text, s.n});
}

static Data trimmed(Str s)
{
    while (s.n && strchr(" \t\r\n", s.p[0]))
        s.p++, s.n--;
    while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
        s.n--;
    return data_string(s);
}

static Data replaced(Run *r, Str s, Str from, Str to)
{
    Buf b = {0};
    buf_str(&b, "");
    for (size_t i = 0; i < s.n;) {
        if (from.n && i + from.n <= s.n && memcmp(s.p + i, from.p, from.n) == 0) {
            buf_add(&b, to.p, to.n);
            i += from.n;
        } else {
            buf_char(&b, s.p[i++]);
        }
    }
    Data d = made(r, &b);
    buf_free(&b);
    return d;
}

static Data without(Run *r, Str s, const char *letters)
{
    Buf b = {0};
    buf_str(&b, "");
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(letters, s.p[i]))
            buf_char(&b, s.p[i]);
    Data d = made(r, &b);
    buf_free(&b);
    return d;
}

static Data normalised(Run *r, Str s)
{
    Data joined = without(r, s, " ");
    return cased(r, data_str(&joined), false);
}

static bool ends_with(Str s, Str end)
{
    return s.n >= end.n && str_equal_nocase((Str){s.p + s.n - end.n, end.n}, end);
}

// -1 where it is not
static int64_t index_of(Str s, Str part, bool from_end)
{
    int64_t at = -1;
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (str_equal_nocase((Str){s.p + i, part.n}, part)) {
            at = (int64_t)i;
            if (!from_end)
                break;
        }
    return at;
}

static Str segment(Str s, int64_t n)
{
    for (size_t i = 0;; i++) {
        size_t end = i;
        while (end < s.n && s.p[end] != '/')
            end++;
        if (n-- == 0)
            return (Str){s.p + i, end - i};
        if (end == s.n)
            return (Str){"", 0};
        i = end;
    }
}

static Str host(Str s)
{
    Str authority = segment(s, 2);
    const char *colon = memchr(authority.p, ':', authority.n);
    return colon ? (Str){authority.p, (size_t)(colon - authority.p)} : authority;
}

static Data substring(const Answer *args, uint32_t count)
{
    Str s = str_at(args, 0);
    size_t from = (size_t)args[1].value.integer;
    size_t n = count > 2 ? (size_t)args[2].value.integer : from <= s.n ? s.n - from : 0;
    return data_string(from + n <= s.n ? (Str){s.p + from, n} : (Str){"", 0});
}

static void print_plain(Buf *b, const Data *d)
{
    if (d->kind == DATA_STRING)
        buf_add(b, d->text, d->count);
    else if (d->kind == DATA_BOOL)
        buf_str(b, d->truth ? "True" : "False");
    else
        data_print(b, d);
}

static Data padded(Run *r, const Answer *args, uint32_t count)
{
    Buf text = {0}, b = {0};
    print_plain(&text, &args[0].value);
    char fill = count > 2 && args[2].value.count ? args[2].value.text[0] : ' ';
    for (int64_t i = (int64_t)text.n; i < args[1].value.integer; i++)
        buf_char(&b, fill);
    buf_add(&b, text.p, text.n);
    Data d = made(r, &b);
    buf_free(&text);
    buf_free(&b);
    return d;
}

// --- lists --------------------------------------------------------------------------------------

typedef struct List {
    VEC(Data) items;
} List;

static Data as_list(const List *l)
{
    Data d = {.kind = DATA_ARRAY, .count = l->items.len, .at = DATA_NOWHERE};
    d.items = l->items.items;
    return d;
}

static bool is_delimiter(const Data *by, Str at, size_t *ret_length)
{
    const Data *one = by->kind == DATA_ARRAY ? by->items : by;
    for (uint32_t i = 0; i < (by->kind == DATA_ARRAY ? by->count : 1); i++)
        if (one[i].count && one[i].count <= at.n && memcmp(at.p, one[i].text, one[i].count) == 0)
            return *ret_length = one[i].count, true;
    return false;
}

static Data split(Run *r, Str s, const Data *by)
{
    List l = {0};
    size_t from = 0, skip;
    for (size_t i = 0; i < s.n;) {
        if (is_delimiter(by, (Str){s.p + i, s.n - i}, &skip)) {
            vec_push(r->arena, &l.items, data_string((Str){s.p + from, i - from}));
            from = i += skip;
        } else {
            i++;
        }
    }
    vec_push(r->arena, &l.items, data_string((Str){s.p + from, s.n - from}));
    return as_list(&l);
}

static Data concat(Run *r, const Answer *args, uint32_t count)
{
    Buf b = {0};
    List l = {0};
    for (uint32_t i = 0; i < count; i++) {
        const Data *d = &args[i].value;
        for (uint32_t k = 0; d->kind == DATA_ARRAY && k < d->count; k++)
            vec_push(r->arena, &l.items, d->items[k]);
        if (d->kind == DATA_STRING)
            buf_add(&b, d->text, d->count);
    }
    Data d = args[0].value.kind == DATA_ARRAY ? as_list(&l) : made(r, &b);
    buf_free(&b);
    return d;
}

static Data join(Run *r, const Data *list, Str by)
{
    Buf b = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        if (i)
            buf_add(&b, by.p, by.n);
        print_plain(&b, &list->items[i]);
    }
    Data d = made(r, &b);
    buf_free(&b);
    return d;
}

// `count` elements or characters from `from` on, as far as there are any.
static Data part_of(const Data *d, int64_t from, int64_t count)
{
    int64_t n = d->count;
    from = from < 0 ? 0 : from > n ? n : from;
    count = count < 0 ? 0 : count > n - from ? n - from : count;
    Data part = *d;
    part.count = (uint32_t)count;
    if (d->kind == DATA_STRING)
        part.text += from;
    else
        part.items += from;
    return part;
}

static Data one_of(const Data *d, int64_t index)
{
    if (index < 0 || index >= d->count)
        return data_missing();
    return d->kind == DATA_STRING ? part_of(d, index, 1) : d->items[index];
}

static bool list_has(const List *l, const Data *d)
{
    for (uint32_t i = 0; i < l->items.len; i++)
        if (data_equal(&l->items.items[i], d))
            return true;
    return false;
}

static Data united(Run *r, const Answer *args, uint32_t count)
{
    List l = {0};
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < args[i].value.count; k++)
            if (!list_has(&l, &args[i].value.items[k]))
                vec_push(r->arena, &l.items, args[i].value.items[k]);
    return as_list(&l);
}

static Data intersected(Run *r, const Answer *args, uint32_t count)
{
    List l = {0};
    for (uint32_t k = 0; k < args[0].value.count; k++) {
        const Data *d = &args[0].value.items[k];
        bool all = !list_has(&l, d);
        for (uint32_t i = 1; i < count && all; i++) {
            List other = {0};
            for (uint32_t j = 0; j < args[i].value.count; j++)
                vec_push(r->arena, &other.items, args[i].value.items[j]);
            all = list_has(&other, d);
        }
        if (all)
            vec_push(r->arena, &l.items, *d);
    }
    return as_list(&l);
}

static Data range(Run *r, int64_t from, int64_t count)
{
    List l = {0};
    for (int64_t i = 0; i < count; i++)
        vec_push(r->arena, &l.items, data_int(from + i));
    return as_list(&l);
}

// --- numbers and dates --------------------------------------------------------------------------

static Data extreme(const Answer *args, uint32_t count, bool greatest)
{
    const Data *list = args[0].value.kind == DATA_ARRAY ? args[0].value.items : NULL;
    uint32_t n = list ? args[0].value.count : count;
    int64_t best = 0;
    for (uint32_t i = 0; i < n; i++) {
        int64_t x = list ? list[i].integer : args[i].value.integer;
        best = i == 0 || (greatest ? x > best : x < best) ? x : best;
    }
    return data_int(best);
}

static Data add_days(Run *r, const Answer *args)
{
    int64_t seconds;
    if (!moment_read(str_at(args, 0), &seconds))
        return data_missing();
    return data_string(
        str_of(moment_text(r->arena, seconds + args[1].value.integer * 24 * 60 * 60)));
}

static Data try_get(const Answer *args, uint32_t count)
{
    const Data *at = &args[0].value;
    for (uint32_t i = 1; at && i < count; i++) {
        const Data *key = &args[i].value;
        at = key->kind == DATA_STRING ? member_of(at, data_str(key))
             : at->kind == DATA_ARRAY && key->integer >= 0 && key->integer < at->count
                 ? &at->items[key->integer]
                 : NULL;
    }
    return at ? *at : data_missing();
}

// --- by name ------------------------------------------------------------------------------------

static bool call_text(Run *r, Function f, const Answer *args, uint32_t count, Data *ret)
{
    if (f == FUNCTION_SEGMENT)
        *ret = data_string(segment(str_at(args, 0), args[1].value.integer));
    else if (f == FUNCTION_HOST)
        *ret = data_string(host(str_at(args, 0)));
    else if (f == FUNCTION_NORMALISE)
        *ret = normalised(r, str_at(args, 0));
    else if (f == FUNCTION_WITHOUT_SPACE)
        *ret = without(r, str_at(args, 0), " \t\r\n");
    else if (f == FUNCTION_TO_LOWER || f == FUNCTION_TO_UPPER)
        *ret = cased(r, str_at(args, 0), f == FUNCTION_TO_UPPER);
    else if (f == FUNCTION_TRIM)
        *ret = trimmed(str_at(args, 0));
    else if (f == FUNCTION_REPLACE)
        *ret = replaced(r, str_at(args, 0), str_at(args, 1), str_at(args, 2));
    else if (f == FUNCTION_SUBSTRING)
        *ret = substring(args, count);
    else if (f == FUNCTION_PAD_LEFT)
        *ret = padded(r, args, count);
    else if (f == FUNCTION_INDEX_OF || f == FUNCTION_LAST_INDEX_OF)
        *ret = data_int(index_of(str_at(args, 0), str_at(args, 1), f == FUNCTION_LAST_INDEX_OF));
    else if (f == FUNCTION_STARTS_WITH)
        *ret = data_bool(str_starts_nocase(str_at(args, 0), str_at(args, 1)));
    else if (f == FUNCTION_ENDS_WITH)
        *ret = data_bool(ends_with(str_at(args, 0), str_at(args, 1)));
    else
        return false;
    return true;
}

static bool call_list(Run *r, Function f, const Answer *args, uint32_t count, Data *ret)
{
    const Data *of = &args[0].value;
    if (f == FUNCTION_SPLIT)
        *ret = split(r, str_at(args, 0), &args[1].value);
    else if (f == FUNCTION_CONCAT)
        *ret = concat(r, args, count);
    else if (f == FUNCTION_JOIN)
        *ret = join(r, of, str_at(args, 1));
    else if (f == FUNCTION_EMPTY)
        *ret = data_bool(of->count == 0);
    else if (f == FUNCTION_LENGTH)
        *ret = data_int(of->count);
    else if (f == FUNCTION_FIRST || f == FUNCTION_LAST)
        *ret = one_of(of, f == FUNCTION_FIRST ? 0 : (int64_t)of->count - 1);
    else if (f == FUNCTION_TRY_INDEX_FROM_END)
        *ret = one_of(of, (int64_t)of->count - args[1].value.integer);
    else if (f == FUNCTION_TAKE)
        *ret = part_of(of, 0, args[1].value.integer);
    else if (f == FUNCTION_SKIP)
        *ret = part_of(of, args[1].value.integer, of->count);
    else if (f == FUNCTION_UNION && of->kind == DATA_ARRAY)
        *ret = united(r, args, count);
    else if (f == FUNCTION_INTERSECTION && of->kind == DATA_ARRAY)
        *ret = intersected(r, args, count);
    else if (f == FUNCTION_RANGE)
        *ret = range(r, of->integer, args[1].value.integer);
    else if (f == FUNCTION_TRY_GET)
        *ret = try_get(args, count);
    else
        return false;
    return true;
}

static bool call_number(Run *r, Function f, const Answer *args, uint32_t count, Data *ret)
{
    if (f == FUNCTION_MAX || f == FUNCTION_MIN)
        *ret = extreme(args, count, f == FUNCTION_MAX);
    else if (f == FUNCTION_MOD)
        *ret = data_int(args[1].value.integer ? args[0].value.integer % args[1].value.integer : 0);
    else if (f == FUNCTION_INT)
        *ret = data_int(strtoll(text_of(r, &args[0].value), NULL, 10));
    else if (f == FUNCTION_ADD_DAYS)
        *ret = add_days(r, args);
    else if (f == FUNCTION_EQUALS)
        *ret = data_bool(data_equal(&args[0].value, &args[1].value));
    else
        return false;
    return true;
}

Data call(Run *r, const TExpr *e, const Answer *args, uint32_t count)
{
    Function f = (Function)e->function;
    Data ret = data_missing();
    if (!call_text(r, f, args, count, &ret) && !call_list(r, f, args, count, &ret) &&
        !call_number(r, f, args, count, &ret))
        not_known("this function", e->span);
    return ret;
}
