// functions_encoding.c - base64, data URIs, URIs and their escapes.
//
// SPDX-License-Identifier: MIT
#include "eval/function.h"
#include "json/read.h"

// --- base64 ------------------------------------------------------------------------------------

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encode(Buf *out, Str s)
{
    for (size_t i = 0; i < s.n; i += 3) {
        size_t n = s.n - i < 3 ? s.n - i : 3;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < n ? (unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_char(out, k <= n ? DIGITS[bits >> (18 - 6 * k) & 63] : '=');
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Blanks are passed over; it ends in full groups of four.
static bool decode(Buf *out, Str s)
{
    uint32_t bits = 0, count = 0, pads = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (is_blank(s.p[i]))
            continue;
        const char *digit = s.p[i] ? strchr(DIGITS, s.p[i]) : NULL;
        if (s.p[i] == '=')
            pads++;
        else if (!digit || pads)
            return false;
        bits = bits << 6 | (digit ? (uint32_t)(digit - DIGITS) : 0);
        if (++count % 4 != 0)
            continue;
        if (pads > 2)
            return false;
        for (uint32_t k = 0; k < 3 - pads; k++)
            buf_char(out, (char)(bits >> (16 - 8 * k) & 255));
        bits = 0;
    }
    return count % 4 == 0;
}

// Bytes that are no UTF-8 become U+FFFD, as .NET has it.
static bool give_bytes(const Call *c, Buf *bytes, Data *ret)
{
    Buf out = {0};
    for (size_t at = 0; at < bytes->n;) {
        size_t n = utf8_sequence(bytes->p + at, bytes->n - at);
        buf_add(&out, n ? bytes->p + at : "\xef\xbf\xbd", n ? n : 3);
        at += n ? n : 1;
    }
    buf_free(bytes);
    return give_buf(c, &out, ret);
}

static bool give_decoded(const Call *c, Str s, Data *ret)
{
    Buf out = {0};
    if (decode(&out, s))
        return give_bytes(c, &out, ret);
    buf_free(&out);
    return value_fail(c->x, "`%s` cannot decode `%.*s`", c->name, value_shown(s), s.p);
}

bool function_base64(const Call *c, Data *ret)
{
    Str s;
    Buf out = {0};
    if (!arg_text(c, 0, &s))
        return false;
    encode(&out, s);
    return give_buf(c, &out, ret);
}

bool function_base64_to_string(const Call *c, Data *ret)
{
    Str s;
    return arg_text(c, 0, &s) && give_decoded(c, s, ret);
}

bool function_base64_to_json(const Call *c, Data *ret)
{
    Data text;
    if (!function_base64_to_string(c, &text))
        return false;
    Call json = {c->x, c->name, &text, 1};
    return function_json(&json, ret);
}

// --- escapes -----------------------------------------------------------------------------------

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

// A % that begins no escape stays as it is.
static void unescape(Buf *out, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = s.p[i] == '%' && i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;
        buf_char(out, low >= 0 ? (char)(high * 16 + low) : s.p[i]);
        i += low >= 0 ? 2 : 0;
    }
}

bool function_uri_component(const Call *c, Data *ret)
{
    Str s;
    Buf out = {0};
    if (!arg_text(c, 0, &s))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        if (b < 0x80 && (isalnum(b) || strchr("-_.~", b)) && b)
            buf_char(&out, s.p[i]);
        else
            buf_printf(&out, "%%%02X", b);
    }
    return give_buf(c, &out, ret);
}

bool function_uri_component_to_string(const Call *c, Data *ret)
{
    Str s;
    Buf out = {0};
    if (!arg_text(c, 0, &s))
        return false;
    unescape(&out, s);
    return give_bytes(c, &out, ret);
}

// --- data URIs ---------------------------------------------------------------------------------

bool function_data_uri(const Call *c, Data *ret)
{
    Str s;
    Buf out = {0};
    if (!arg_text(c, 0, &s))
        return false;
    buf_str(&out, "data:text/plain;charset=utf8;base64,");
    encode(&out, s);
    return give_buf(c, &out, ret);
}

bool function_data_uri_to_string(const Call *c, Data *ret)
{
    Str s, start = str_of("data:"), packed = str_of(";base64");
    if (!arg_text(c, 0, &s))
        return false;
    const char *comma = s.n ? memchr(s.p, ',', s.n) : NULL;
    if (!comma || !str_starts_nocase(s, start))
        return value_fail(c->x, "`dataUriToString` takes `data:…,…`, not `%.*s`", value_shown(s),
                          s.p);
    Str head = {s.p, (size_t)(comma - s.p)}, data = {comma + 1, s.n - head.n - 1};
    if (head.n >= packed.n && str_equal_nocase((Str){comma - packed.n, packed.n}, packed))
        return give_decoded(c, data, ret);
    Buf out = {0};
    unescape(&out, data);
    return give_bytes(c, &out, ret);
}

// --- URIs: RFC 3986, 5.2 -----------------------------------------------------------------------

// Bytes of `scheme:` at the beginning; 0 where there is none.
static size_t scheme_length(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        if (b == ':')
            return i ? i + 1 : 0;
        if (!isalpha(b) && !(i && (isdigit(b) || strchr("+-.", b) != NULL) && b))
            return 0;
    }
    return 0;
}

static size_t until(Str s, size_t from, const char *stops)
{
    while (from < s.n && !(s.p[from] && strchr(stops, s.p[from])))
        from++;
    return from;
}

// Adds the path without its . and .. segments.
static void add_path(Buf *out, Str path)
{
    size_t root = out->n;
    for (size_t at = 0; at < path.n;) {
        size_t end = until(path, at + 1, "/"), n = end - at; // "/segment"
        bool last = end == path.n;
        bool here = n == 2 && path.p[at + 1] == '.';
        bool up = n == 3 && path.p[at + 1] == '.' && path.p[at + 2] == '.';
        while (up && out->n > root && out->p[--out->n] != '/')
            ;
        if (!here && !up)
            buf_add(out, path.p + at, n);
        else if (last)
            buf_char(out, '/');
        at = end;
    }
}

static void resolve(Buf *out, Str base, size_t authority, Str relative)
{
    size_t path = until(base, authority, "/?#"), end = until(base, path, "?#");
    Buf merged = {0};
    if (relative.n == 0 || relative.p[0] == '?' || relative.p[0] == '#') {
        size_t keep = relative.n && relative.p[0] == '?' ? end : until(base, end, "#");
        buf_add(out, base.p, relative.n ? keep : base.n);
        buf_add(out, relative.p, relative.n);
        return;
    }
    buf_add(out, base.p, path);
    if (relative.p[0] != '/') {
        while (end > path && base.p[end - 1] != '/')
            end--;
        buf_add(&merged, base.p + path, end - path);
        if (end == path)
            buf_char(&merged, '/');
    }
    size_t tail = until(relative, 0, "?#");
    buf_add(&merged, relative.p, tail);
    add_path(out, (Str){merged.p, merged.n});
    buf_add(out, relative.p + tail, relative.n - tail);
    buf_free(&merged);
}

bool function_uri(const Call *c, Data *ret)
{
    Str base, relative;
    if (!arg_text(c, 0, &base) || !arg_text(c, 1, &relative))
        return false;
    size_t scheme = scheme_length(base);
    if (scheme == 0 || base.n - scheme < 3 || memcmp(base.p + scheme, "//", 2) != 0)
        return value_fail(c->x, "`uri` takes an absolute URI first, not `%.*s`", value_shown(base),
                          base.p);
    if (scheme_length(relative))
        return give_text(c, relative, ret);
    Buf out = {0};
    if (str_starts_nocase(relative, str_of("//"))) {
        buf_add(&out, base.p, scheme);
        buf_add(&out, relative.p, relative.n);
    } else {
        resolve(&out, base, scheme + 2, relative);
    }
    return give_buf(c, &out, ret);
}
