// report.c - the columns and JSON members that reports are made of.
//
// SPDX-License-Identifier: MIT
#include "catalog/report_internal.h"

size_t report_columns(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80; // not the rest of a character
    return n;
}

void report_cell(Report *r, size_t indent, size_t column, const char *text)
{
    size_t used = indent + report_columns(text);
    buf_fill(r->out, ' ', indent);
    buf_str(r->out, text);
    if (used + 1 > column) {
        buf_char(r->out, '\n');
        used = 0;
    }
    buf_fill(r->out, ' ', column - used);
}

void report_tail(Report *r, size_t used, size_t column, const char *text)
{
    if (used + 2 <= column) {
        buf_fill(r->out, ' ', column - used);
    } else if (used + 2 + report_columns(text) <= r->width) {
        buf_str(r->out, "  ");
    } else {
        buf_char(r->out, '\n');
        buf_fill(r->out, ' ', column);
    }
    buf_str(r->out, text);
}

void report_list(Buf *out, size_t room, const char *const *items, uint32_t count)
{
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t needed = report_columns(items[i]) + (i ? 3 : 0), rest = i + 1 < count ? 4 : 0;
        if (used + needed + rest > room) {
            buf_str(out, i ? " | …" : "…");
            return;
        }
        buf_str(out, i ? " | " : "");
        buf_str(out, items[i]);
        used += needed;
    }
}

void report_json_text(Report *r, const char *key, const char *value)
{
    json_key(r->json, key);
    json_string(r->json, str_of(value));
}

void report_json_text_if(Report *r, const char *key, const char *value)
{
    if (*value)
        report_json_text(r, key, value);
}

void report_json_bool(Report *r, const char *key, bool value)
{
    json_key(r->json, key);
    json_literal(r->json, value ? "true" : "false");
}

void report_json_list(Report *r, const char *key, const char *const *items, uint32_t count)
{
    json_key(r->json, key);
    json_open_array(r->json);
    for (uint32_t i = 0; i < count; i++)
        json_string(r->json, str_of(items[i]));
    json_close(r->json);
}

void report_json_words(Report *r, const char *key, const Buf *words)
{
    Str rest = {words->n ? words->p : NULL, words->n}, word;
    json_key(r->json, key);
    json_open_array(r->json);
    while (text_cut(&rest, ' ', &word))
        json_string(r->json, word);
    json_close(r->json);
}

void report_json_alias(Report *r, const CatalogAlias *x)
{
    Buf flags = {0};
    catalog_flag_words(&flags, x->flags);
    report_json_text(r, "name", x->name);
    report_json_text(r, "type", catalog_value_word(x->type));
    report_json_text(r, "path", x->path);
    if (x->enum_count) {
        report_json_list(r, "values", x->enum_values, x->enum_count);
        report_json_bool(r, "otherValues", x->enum_open);
    }
    report_json_words(r, "facts", &flags);
    report_json_text_if(r, "api", x->api);
    buf_free(&flags);
}
