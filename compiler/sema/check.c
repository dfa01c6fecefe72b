// check.c - see check.h.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"

#include "sema/kind.h"
#include "sema/module.h"

static const char GUID_FORM[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY };

const char *choices_text(Arena *a, const char *const *choices)
{
    const char *text = "";
    for (size_t i = 0; choices[i]; i++) {
        const char *joint = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        text = arena_printf(a, "%s%s`%s`", text, joint, choices[i]);
    }
    return text;
}

void check_suggest(Program *p, Diag *d, Span span, const Suggest *s, bool quoted)
{
    Diags *ds = p->compilation->diags;
    for (uint32_t i = 0; i < s->count; i++)
        diag_help(ds, d, "did you mean `%.*s`?", (int)s->best[i].n, s->best[i].p);
    if (s->count != 1)
        return;
    const char *quote = quoted ? "\"" : "";
    diag_fix(ds, d, span,
             arena_printf(p->compilation->arena, "%s%.*s%s", quote, (int)s->best[0].n, s->best[0].p,
                          quote));
}

size_t check_choice(Program *p, Word word, const char *what, const char *const *choices)
{
    Suggest near;
    suggest_start(&near, str_of(word.name));
    for (size_t i = 0; choices[i]; i++) {
        if (strcmp(word.name, choices[i]) == 0)
            return i;
        suggest_offer(&near, str_of(choices[i]));
    }
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_CHOICE, word.span, "`%s` is not %s", word.name, what);
    if (near.count == 1)
        check_suggest(p, d, word.span, &near, false);
    else
        diag_help(ds, d, "write %s", choices_text(p->compilation->arena, choices));
    return CHOICE_NONE;
}

bool check_once(Program *p, Span *first, Span again, const char *item)
{
    if (first->end == 0) {
        *first = again;
        return true;
    }
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_DUPLICATE_ITEM, again, "`%s` is given twice", item);
    diag_label(ds, d, *first, "first given here");
    return false;
}

// Digits without leading zeros, at most nine; returns past them, NULL where there are none.
static const char *skip_number(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n == 0 || n > 9 || (n > 1 && s[0] == '0') ? NULL : s + n;
}

static bool version_is_good(const char *s)
{
    for (int part = 0; part < 3; part++) {
        s = skip_number(s);
        if (!s || (part < 2 && *s++ != '.'))
            return false;
    }
    return *s == '\0' || strcmp(s, "-preview") == 0;
}

bool check_version(Program *p, Text version)
{
    if (version_is_good(version.text))
        return true;
    Diags *ds = p->compilation->diags;
    Diag *d =
        diag_report(ds, DIAG_BAD_VERSION, version.span, "`%s` is not a version", version.text);
    diag_help(ds, d, "write three numbers, such as \"1.0.0\" or \"1.0.0-preview\"");
    return false;
}

const char *check_region(Program *p, Text region)
{
    const char *name, *cloud;
    if (catalog_location(p->catalog, str_of(region.text), &name, &cloud))
        return name;
    Suggest near;
    suggest_start(&near, str_of(region.text));
    for (uint32_t i = 0; i < catalog_location_count(p->catalog); i++)
        suggest_offer(&near, str_of(catalog_location_name(p->catalog, i)));
    Diags *ds = p->compilation->diags;
    Diag *d =
        diag_report(ds, DIAG_UNKNOWN_REGION, region.span, "Azure has no region `%s`", region.text);
    check_suggest(p, d, region.span, &near, true);
    if (near.count == 0)
        diag_help(ds, d, "regions are written as in \"westeurope\"");
    return NULL;
}

// The first character Azure refuses in the name of an object, NULL where it has none.
static const char *bad_character(const char *name)
{
    for (const char *s = name; *s; s++) {
        if (strchr("<>*%&:\\?.+/", *s) || (unsigned char)*s < ' ' || *s == 0x7f)
            return s;
    }
    return NULL;
}

bool check_object_name(Program *p, Span span, const char *name, const char *what, size_t limit)
{
    Diags *ds = p->compilation->diags;
    size_t length = 0; // in characters
    for (const char *s = name; *s; s++)
        length += ((unsigned char)*s & 0xc0) != 0x80;
    const char *bad = bad_character(name);
    Diag *d = NULL;
    if (length == 0)
        d = diag_report(ds, DIAG_BAD_NAME, span, "the name of %s is empty", what);
    else if (length > limit)
        d = diag_report(ds, DIAG_BAD_NAME, span,
                        "the name of %s has %zu characters, Azure allows %zu", what, length, limit);
    else if (bad && (unsigned char)*bad >= ' ' && *bad != 0x7f)
        d = diag_report(ds, DIAG_BAD_NAME, span, "the name of %s cannot hold `%c`", what, *bad);
    else if (bad)
        d = diag_report(ds, DIAG_BAD_NAME, span, "the name of %s cannot hold a control character",
                        what);
    else if (name[strlen(name) - 1] == ' ')
        d = diag_report(ds, DIAG_BAD_NAME, span, "the name of %s cannot end in a space", what);
    if (!d)
        return true;
    diag_help(ds, d, length > limit ? "choose a shorter one" : "use letters, digits, `-` and `_`");
    return false;
}

Symbol *check_path(Module *m, const ModulePath *path, SymbolKind wanted)
{
    const char *what = symbol_text(wanted);
    Symbol *s = module_resolve_path(m, path, what + strcspn(what, " ") + 1); // without its article
    if (!s || s->kind == wanted)
        return s;
    Diags *ds = m->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_WRONG_KIND_OF_NAME, path->span, "`%s` is %s, not %s", s->name,
                          symbol_text(s->kind), what);
    if (s->decl)
        diag_label(ds, d, s->decl->name.span, "declared here");
    if (wanted == SYMBOL_INITIATIVE && s->kind == SYMBOL_REQUIREMENT)
        diag_help(ds, d, "include it in an initiative");
    return NULL;
}

bool kinds_open(Program *p, Module *m, Word word, Arena *a, KindList *ret)
{
    Symbol *s = module_lookup(m, word.name);
    if (s && s->kind == SYMBOL_KINDS) {
        const KindList *members = kinds_members(p, s);
        for (uint32_t i = 0; members && i < members->len; i++)
            vec_push(a, ret, members->items[i]);
        return members != NULL;
    }
    s = module_resolve_word(m, word, SYMBOL_KIND, "kind");
    const KindInfo *kind = s ? kind_of_symbol(p, s) : NULL;
    if (kind)
        vec_push(a, ret, kind);
    return kind != NULL;
}

bool text_is_guid(const char *s)
{
    for (size_t i = 0; i < sizeof GUID_FORM - 1; i++) {
        bool hex = s[i] && strchr("0123456789abcdefABCDEF", s[i]);
        if (GUID_FORM[i] == 'x' ? !hex : s[i] != '-')
            return false;
    }
    return s[sizeof GUID_FORM - 1] == '\0';
}

bool duration_seconds(const Expr *duration, int64_t *ret)
{
    int64_t unit = 1;
    switch ((DurationUnit)duration->op) {
    case UNIT_SECONDS:
        unit = 1;
        break;
    case UNIT_MINUTES:
        unit = MINUTE;
        break;
    case UNIT_HOURS:
        unit = HOUR;
        break;
    case UNIT_DAYS:
        unit = DAY;
        break;
    case UNIT_WEEKS:
        unit = WEEK;
        break;
    }
    if (duration->number > INT64_MAX / unit)
        return false;
    *ret = duration->number * unit;
    return true;
}

Name duration_iso8601(Program *p, int64_t seconds)
{
    char unit = 'S';
    int64_t n = seconds;
    if (n % DAY == 0 && n > 0)
        n /= DAY, unit = 'D';
    else if (n % MINUTE == 0)
        n /= MINUTE, unit = 'M';
    const char *text =
        arena_printf(p->compilation->arena, "P%s%" PRId64 "%c", unit == 'D' ? "" : "T", n, unit);
    return intern_str(p->compilation->names, text);
}
