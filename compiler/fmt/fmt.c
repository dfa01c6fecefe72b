// fmt.c - formats a file, and does not believe itself.
//
// SPDX-License-Identifier: MIT
#include "fmt/fmt.h"

#include "fmt/printer.h"

enum { LINE_WIDTH = 100 };

static bool print_file(Compilation *c, const File *file, Buf *out)
{
    Printer p = {.c = c, .file = file, .last = file->source->base, .doc.arena = c->arena};
    lex_source(c, file->source, &p.lexemes);
    for (uint32_t i = 0; i < file->decls.len; i++) {
        sep(&p, SEP_ITEM);
        print_decl(&p, file->decls.items[i]);
    }
    printer_rest(&p);
    doc_render(&p.doc, out, LINE_WIDTH);
    if (out->n)
        buf_char(out, '\n');
    return !p.lost && p.at == p.lexemes.len;
}

// The tree and the comments, without places and white space.
static void add_essence(Buf *b, const File *file)
{
    dump_ast(b, file);
    for (uint32_t i = 0; i < file->comments.len; i++) {
        Span span = file->comments.items[i].span;
        const char *s = file->source->text.p + (span.start - file->source->base);
        for (uint32_t n = 0; n < span.end - span.start; n++) {
            if (!strchr(" \t\r\n", s[n]))
                buf_char(b, s[n]);
        }
        buf_char(b, '\n');
    }
}

static bool is_same(const File *file, Str result)
{
    Compilation *c = compilation_new();
    Buf before = {0}, after = {0};
    Source *source = sources_add(c->sources, file->source->path, result);
    File *again = source ? parse_file(c, source) : NULL;
    add_essence(&before, file);
    if (again)
        add_essence(&after, again);
    bool same =
        again && !again->broken && str_equal((Str){before.p, before.n}, (Str){after.p, after.n});
    buf_free(&before);
    buf_free(&after);
    compilation_free(c);
    return same;
}

bool fmt_file(Compilation *c, const File *file, Buf *out)
{
    Buf result = {0};
    buf_str(&result, "");
    bool good =
        !file->broken && print_file(c, file, &result) && is_same(file, (Str){result.p, result.n});
    if (good)
        buf_add(out, result.p, result.n);
    buf_free(&result);
    return good;
}
