// diag.h - what is wrong with the author's program.
//
// A pass reports and goes on; nothing is printed here. Messages follow the bar
// in CONTRIBUTING.md: lower case, no full stop, one fact, user text in
// backticks. The same code at the same span is kept once. Text, JSON and SARIF
// render the same struct (render.h).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_DIAG_DIAG_H
#define MOAT_DIAG_DIAG_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/source.h"

#include <stdbool.h>

typedef enum Severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

typedef enum DiagCode {
#define DIAG(code, severity, name) DIAG_##name,
#include "diag/codes.def"
#undef DIAG
    DIAG_COUNT
} DiagCode;

typedef struct DiagLabel {
    Span span;
    const char *text;
} DiagLabel;

typedef struct DiagFix { // an edit that is safe to apply
    Span span;
    const char *replacement;
} DiagFix;

typedef struct Diag {
    DiagCode code;
    Severity severity; // after levels and allows
    Span span;
    const char *message;
    VEC(DiagLabel) labels;
    VEC(const char *) notes;
    VEC(const char *) helps;
    VEC(DiagFix) fixes;
} Diag;

typedef struct Diags Diags;

Diags *diags_new(Arena *a, Sources *sources);
Diag *diag_report(Diags *ds, DiagCode code, Span span, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void diag_label(Diags *ds, Diag *d, Span span, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void diag_note(Diags *ds, Diag *d, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_help(Diags *ds, Diag *d, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_fix(Diags *ds, Diag *d, Span span, const char *replacement);

// Levels: `warnings as errors`, `M1234 as note` of the project. Errors cannot be lowered.
void diags_set_level(Diags *ds, DiagCode code, Severity severity);
void diags_warnings_as_errors(Diags *ds);
// `allow M1234 "why"`: silences that code where its span starts in `where`
// (the line of the comment). An allow that silenced nothing is itself reported,
// unless there are errors: they may have kept the warning from being found.
void diags_allow(Diags *ds, DiagCode code, Span where, Span place);

// Sorts by place, applies levels and allows, drops what is no error in the built-in
// library; call once, after the last pass.
void diags_finish(Diags *ds);
uint32_t diags_count(const Diags *ds, Severity severity); // of exactly that severity
// At any time; before diags_finish it cannot know of warnings that will be errors.
bool diags_has_errors(const Diags *ds);
Diag *diags_get(const Diags *ds, uint32_t index); // after diags_finish, NULL past the end

const char *diag_code_text(DiagCode code);                    // "M1001"
const char *diag_code_name(DiagCode code);                    // "unknown-property"
Severity diag_code_severity(DiagCode code);                   // as in codes.def
bool diag_code_parse(const char *s, size_t n, DiagCode *ret); // "M1001"
const char *severity_text(Severity s);                        // "error" "warning" "note"

#endif
