// diag.c - collecting what is wrong, and settling it at the end.
//
// SPDX-License-Identifier: MIT
#include "diag/diag.h"

#include <stdarg.h>
#include <stdlib.h>

static const char *const CODE_TEXTS[] = {
#define DIAG(code, severity, name) #code,
#include "diag/codes.def"
#undef DIAG
};

static const char *const CODE_NAMES[] = {
#include "code_names.inc" // from codes.def: UNKNOWN_PROPERTY as "unknown-property"
};

static const Severity CODE_SEVERITIES[] = {
#define DIAG(code, severity, name) SEVERITY_##severity,
#include "diag/codes.def"
#undef DIAG
};

_Static_assert(sizeof CODE_NAMES == sizeof CODE_TEXTS, "one name a code");

typedef struct Allow {
    DiagCode code;
    Span where, place;
    bool used;
} Allow;

struct Diags {
    Arena *arena;
    Sources *sources;
    VEC(Diag *) all;
    VEC(Allow) allows;
    Severity levels[DIAG_COUNT];
    uint32_t counts[SEVERITY_ERROR + 1]; // valid once finished
    bool warnings_as_errors;
    bool finished;
};

Diags *diags_new(Arena *a, Sources *sources)
{
    Diags *ds = ARENA_NEW(a, Diags);
    ds->arena = a;
    ds->sources = sources;
    memcpy(ds->levels, CODE_SEVERITIES, sizeof ds->levels);
    return ds;
}

Diag *diag_report(Diags *ds, DiagCode code, Span span, const char *fmt, ...)
{
    Diag *d = ARENA_NEW(ds->arena, Diag);
    d->code = code;
    d->severity = CODE_SEVERITIES[code];
    d->span = span;
    va_list args;
    va_start(args, fmt);
    d->message = arena_vprintf(ds->arena, fmt, args);
    va_end(args);
    vec_push(ds->arena, &ds->all, d);
    ds->counts[d->severity]++;
    return d;
}

void diag_label(Diags *ds, Diag *d, Span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    DiagLabel label = {span, arena_vprintf(ds->arena, fmt, args)};
    va_end(args);
    vec_push(ds->arena, &d->labels, label);
}

void diag_note(Diags *ds, Diag *d, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(ds->arena, fmt, args);
    va_end(args);
    vec_push(ds->arena, &d->notes, text);
}

void diag_help(Diags *ds, Diag *d, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(ds->arena, fmt, args);
    va_end(args);
    vec_push(ds->arena, &d->helps, text);
}

void diag_fix(Diags *ds, Diag *d, Span span, const char *replacement)
{
    DiagFix fix = {span, arena_copy(ds->arena, replacement, strlen(replacement))};
    vec_push(ds->arena, &d->fixes, fix);
}

void diags_set_level(Diags *ds, DiagCode code, Severity severity)
{
    if (CODE_SEVERITIES[code] != SEVERITY_ERROR)
        ds->levels[code] = severity;
}

void diags_warnings_as_errors(Diags *ds)
{
    ds->warnings_as_errors = true;
}

void diags_allow(Diags *ds, DiagCode code, Span where, Span place)
{
    Allow allow = {code, where, place, false};
    vec_push(ds->arena, &ds->allows, allow);
}

// Errors are never allowed away.
static bool is_allowed(Diags *ds, const Diag *d)
{
    bool found = false;
    for (uint32_t i = 0; i < ds->allows.len && CODE_SEVERITIES[d->code] != SEVERITY_ERROR; i++) {
        Allow *allow = &ds->allows.items[i];
        if (allow->code == d->code && d->span.start >= allow->where.start &&
            d->span.start <= allow->where.end)
            found = allow->used = true;
    }
    return found;
}

static bool is_about_library(const Diags *ds, const Diag *d)
{
    const Source *src = sources_at(ds->sources, d->span.start);
    return src && src->library;
}

static Severity settled(const Diags *ds, const Diag *d)
{
    Severity s = ds->levels[d->code];
    if (s != SEVERITY_ERROR && is_about_library(ds, d))
        return SEVERITY_OFF;
    return s == SEVERITY_WARNING && ds->warnings_as_errors ? SEVERITY_ERROR : s;
}

static void apply_allows(Diags *ds)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ds->all.len; i++) {
        Diag *d = ds->all.items[i];
        if (!is_allowed(ds, d))
            ds->all.items[kept++] = d;
    }
    ds->all.len = kept;
}

static void report_unused_allows(Diags *ds)
{
    uint32_t count = ds->allows.len;
    for (uint32_t i = 0; i < count; i++) {
        const Allow *allow = &ds->allows.items[i];
        if (allow->used)
            continue;
        const char *code = CODE_TEXTS[allow->code];
        Diag *d =
            diag_report(ds, DIAG_UNUSED_ALLOW, allow->place, "`allow %s` silences nothing", code);
        if (CODE_SEVERITIES[allow->code] == SEVERITY_ERROR)
            diag_note(ds, d, "%s is an error, and errors cannot be allowed", code);
        else
            diag_help(ds, d, "remove the comment");
    }
}

// By place, then code; of equals what was reported first.
typedef struct Ordered {
    Diag *diag;
    uint32_t index;
} Ordered;

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_place(const Diag *a, const Diag *b)
{
    int c = compare_numbers(a->span.start, b->span.start);
    if (!c)
        c = compare_numbers(a->span.end, b->span.end);
    return c ? c : compare_numbers(a->code, b->code);
}

static int compare_ordered(const void *x, const void *y)
{
    const Ordered *a = x, *b = y;
    int c = compare_place(a->diag, b->diag);
    return c ? c : compare_numbers(a->index, b->index);
}

// Sorts, keeps the first of those with the same code and span, settles severities and counts.
static void sort_and_settle(Diags *ds)
{
    uint32_t n = ds->all.len, kept = 0;
    Ordered *order = ARENA_ARRAY(ds->arena, Ordered, n);
    for (uint32_t i = 0; i < n; i++)
        order[i] = (Ordered){ds->all.items[i], i};
    if (n)
        qsort(order, n, sizeof *order, compare_ordered);
    memset(ds->counts, 0, sizeof ds->counts);
    const Diag *before = NULL;
    for (uint32_t i = 0; i < n; i++) {
        Diag *d = order[i].diag;
        if (before && compare_place(before, d) == 0)
            continue;
        before = d;
        d->severity = settled(ds, d);
        ds->counts[d->severity]++;
        if (d->severity != SEVERITY_OFF)
            ds->all.items[kept++] = d;
    }
    ds->all.len = kept;
}

void diags_finish(Diags *ds)
{
    bool errors = diags_has_errors(ds);
    apply_allows(ds);
    if (!errors)
        report_unused_allows(ds);
    sort_and_settle(ds);
    ds->finished = true;
}

uint32_t diags_count(const Diags *ds, Severity severity)
{
    return ds->counts[severity];
}

bool diags_has_errors(const Diags *ds)
{
    return ds->counts[SEVERITY_ERROR] > 0;
}

Diag *diags_get(const Diags *ds, uint32_t index)
{
    return ds->finished && index < ds->all.len ? ds->all.items[index] : NULL;
}

const char *diag_code_text(DiagCode code)
{
    return CODE_TEXTS[code];
}

const char *diag_code_name(DiagCode code)
{
    return CODE_NAMES[code];
}

Severity diag_code_severity(DiagCode code)
{
    return CODE_SEVERITIES[code];
}

bool diag_code_parse(const char *s, size_t n, DiagCode *ret)
{
    for (uint32_t i = 0; i < DIAG_COUNT; i++) {
        if (str_equal_nocase(str_of(CODE_TEXTS[i]), (Str){s, n})) {
            *ret = (DiagCode)i;
            return true;
        }
    }
    return false;
}

const char *severity_text(Severity s)
{
    switch (s) {
    case SEVERITY_OFF:
        return "off";
    case SEVERITY_NOTE:
        return "note";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_ERROR:
        return "error";
    }
    return "";
}
