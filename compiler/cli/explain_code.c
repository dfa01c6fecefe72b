// explain_code.c - the section of a diagnostic, from spec/diagnostics.md.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

extern const char moat_diagnostics[];
extern const char moat_diagnostics_end[];

__asm__(".pushsection .rodata\n"
        "moat_diagnostics: .incbin \"diagnostics.md\"\n"
        "moat_diagnostics_end: .byte 0\n"
        ".popsection\n");

static bool line_next(Str *rest, Str *ret)
{
    if (!rest->n)
        return false;
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    *ret = (Str){rest->p, n};
    n += end != NULL;
    rest->p += n;
    rest->n -= n;
    return true;
}

static bool line_starts(Str line, const char *start)
{
    size_t n = strlen(start);
    return line.n >= n && memcmp(line.p, start, n) == 0;
}

// The text between "## CODE name" and the next heading; empty where there is none.
static Str find_section(const char *code)
{
    Str rest = {moat_diagnostics, (size_t)(moat_diagnostics_end - moat_diagnostics)}, line;
    char heading[16];
    snprintf(heading, sizeof heading, "## %s ", code);
    while (line_next(&rest, &line)) {
        if (!line_starts(line, heading))
            continue;
        Str section = {rest.p, 0};
        while (line_next(&rest, &line) && !line_starts(line, "## "))
            section.n = (size_t)(line.p + line.n - section.p);
        return section;
    }
    return (Str){0};
}

// Markdown as the sections use it: paragraphs, and fenced blocks of code.
static void show_markdown(Explain *e, Str text)
{
    Buf paragraph = {0};
    Str line;
    bool more = true;
    while (more) {
        more = line_next(&text, &line);
        bool fence = more && line_starts(line, "```");
        if (more && line.n && !fence) {
            buf_str(&paragraph, paragraph.n ? " " : "");
            buf_add(&paragraph, line.p, line.n);
            continue;
        }
        if (paragraph.n) {
            buf_char(&e->out, '\n');
            text_fold(&e->out, e->stream, (Str){paragraph.p, paragraph.n}, 0, 0);
            buf_reset(&paragraph);
        }
        if (fence) {
            Str code = {text.p, 0};
            while (line_next(&text, &line) && !line_starts(line, "```"))
                code.n = (size_t)(line.p + line.n - code.p);
            buf_char(&e->out, '\n');
            explain_code_block(e, code);
        }
    }
    buf_free(&paragraph);
}

void explain_code(Explain *e)
{
    DiagCode code;
    char upper[6];
    if (e->word.n != 5)
        return;
    memcpy(upper, e->word.p, 5);
    upper[0] = upper[0] == 'm' ? 'M' : upper[0];
    if (!diag_code_parse(upper, 5, &code))
        return;
    Severity severity = diag_code_severity(code);
    explain_title(e, diag_code_text(code),
                  arena_printf(e->arena, "%s %s: %s", severity == SEVERITY_ERROR ? "an" : "a",
                               severity_text(severity), diag_code_name(code)));
    show_markdown(e, find_section(diag_code_text(code)));
}
