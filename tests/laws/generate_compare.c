// generate_compare.c - properties compared as their types ask for, and ints.
//
// SPDX-License-Identifier: MIT
#include "laws/generate_internal.h"

#include <string.h>

// --- comparisons of properties ------------------------------------------------------------------

static void compare_enum(Writer *w, const Found *f)
{
    if (one_in(w, 3)) {
        const char *first = gen_known_value(w, f->property),
                   *second = gen_known_value(w, f->property);
        buf_printf(w->out, "%s %s [", f->text, gen_membership(w));
        gen_put_text(w, first);
        if (strcmp(first, second) != 0) {
            put(w, ", ");
            gen_put_text(w, second);
        }
        put(w, "]");
        return;
    }
    buf_printf(w->out, "%s %s ", f->text, gen_equality(w));
    gen_put_text(w, gen_known_value(w, f->property));
}

static void compare_version(Writer *w, const Found *f)
{
    static const char *const versions[] = {"1.0", "1.1", "1.2", "1.3"};
    if (one_in(w, 4)) {
        buf_printf(w->out, "%s %s [1.1, 1.3]", f->text, gen_membership(w));
    } else if (one_in(w, 4)) {
        buf_printf(w->out, "%s %s ", f->text, one_in(w, 2) ? gen_ordering(w) : gen_equality(w));
        gen_put_text(w, gen_known_value(w, f->property));
    } else {
        buf_printf(w->out, "%s %s %s", f->text, one_in(w, 3) ? gen_equality(w) : gen_ordering(w),
                   PICK(w, versions));
    }
}

static void compare_ranked(Writer *w, const Found *f)
{
    buf_printf(w->out, "%s %s ", f->text, one_in(w, 4) ? gen_equality(w) : gen_ordering(w));
    if (one_in(w, 2))
        put(w, "threshold");
    else
        gen_put_text(w, gen_known_value(w, f->property));
}

static void compare_date(Writer *w, const Found *f)
{
    static const char *const dates[] = {
        "now",           "addDays(now, days)", "now + 90 days",
        "now - 2 weeks", "\"2026-12-31\"",     "\"2026-02-28T12:00:00Z\""};
    buf_printf(w->out, "%s %s %s", f->text, gen_ordering(w), PICK(w, dates));
}

static void compare_duration(Writer *w, const Found *f)
{
    static const char *const iso[] = {"15 minutes", "1 hour", "900 seconds", "1 day", "90 seconds"};
    static const char *const clock[] = {"7 days", "12 hours", "5 minutes", "1 day"};
    const char *bound = f->property->sort == SORT_CLOCK ? PICK(w, clock) : PICK(w, iso);
    buf_printf(w->out, "%s %s %s", f->text, one_in(w, 5) ? gen_equality(w) : gen_ordering(w),
               bound);
}

static void compare_address(Writer *w, const Found *f)
{
    if (one_in(w, 2))
        buf_printf(w->out, "%s %s ranges", f->text, gen_membership(w));
    else if (one_in(w, 2))
        buf_printf(w->out, "%s %s [\"10.0.0.0/8\", \"2001:db8::/32\"]", f->text, gen_membership(w));
    else
        buf_printf(w->out, "%s %s \"10.0.0.1\"", f->text, gen_equality(w));
}

void gen_compare_int(Writer *w, uint32_t depth)
{
    gen_integer(w, depth);
    buf_printf(w->out, " %s ", one_in(w, 3) ? gen_equality(w) : gen_ordering(w));
    Found f;
    if (one_in(w, 3) && gen_find_property(w, 1u << SORT_INT, &f))
        put(w, f.text);
    else if (one_in(w, 3))
        put(w, "days");
    else
        gen_put_int(w);
}

static void search_texts(Writer *w, const Found *f)
{
    if (one_in(w, 2)) {
        gen_put_text(w, gen_value_of(w, f->property));
        buf_printf(w->out, " %s %s", gen_membership(w), f->text);
    } else {
        buf_printf(w->out, "%s contains ", f->text);
        gen_put_text(w, gen_value_of(w, f->property));
    }
}

void gen_compare_property(Writer *w, uint32_t depth)
{
    Found f;
    if (!gen_find_property(w, (1u << SORT_COUNT) - 1, &f)) {
        gen_text_comparison(w, depth);
        return;
    }
    switch (f.property->sort) {
    case SORT_BOOL:
        put(w, f.text);
        put(w, one_in(w, 2)   ? ""
               : one_in(w, 2) ? " == false"
               : one_in(w, 2) ? " != true"
                              : " == flag");
        return;
    case SORT_INT:
        gen_compare_int(w, depth);
        return;
    case SORT_ENUM:
        compare_enum(w, &f);
        return;
    case SORT_VERSION:
        compare_version(w, &f);
        return;
    case SORT_RANKED:
        compare_ranked(w, &f);
        return;
    case SORT_DATE:
        compare_date(w, &f);
        return;
    case SORT_CIDR:
        compare_address(w, &f);
        return;
    case SORT_ISO8601:
    case SORT_CLOCK:
        compare_duration(w, &f);
        return;
    case SORT_TEXTS:
        search_texts(w, &f);
        return;
    case SORT_TABLE:
        if (one_in(w, 2)) {
            buf_printf(w->out, "%s[\"env\"] %s ", f.text, gen_equality(w));
            gen_put_text(w, gen_any_text(w));
        } else {
            buf_printf(w->out, "%s has_key \"env\"", f.text);
        }
        return;
    case SORT_OBJECTS:
        buf_printf(w->out, "%s is %s", f.text, one_in(w, 2) ? "set" : "missing");
        return;
    case SORT_TEXT:
    case SORT_LOCATION:
    case SORT_COUNT:
        buf_printf(w->out, "%s %s ", f.text, gen_equality(w));
        gen_put_text(w, gen_value_of(w, f.property));
    }
}

// --- ints ---------------------------------------------------------------------------------------

static void put_count(Writer *w, uint32_t depth)
{
    Found f;
    if (!gen_find_property(w, 1u << SORT_OBJECTS | 1u << SORT_TEXTS, &f)) {
        put(w, "count(v in ");
        put(w, "texts: v == name)");
        return;
    }
    if (one_in(w, 3)) {
        buf_printf(w->out, "count(%s)", f.text);
        return;
    }
    Variable v;
    gen_new_variable(w, &v, f.property->sort == SORT_TEXTS ? SORT_TEXT : SORT_OBJECTS, f.property);
    buf_printf(w->out, "count(%s in %s: ", v.name, f.text);
    v.outer = w->variables;
    w->variables = &v;
    if (v.sort == SORT_TEXT) {
        buf_printf(w->out, "%s %s ", v.name, gen_equality(w));
        gen_put_text(w, gen_value_of(w, f.property));
    } else {
        gen_condition(w, depth > 1 ? 1 : 0);
    }
    w->variables = v.outer;
    put(w, ")");
}

void gen_integer(Writer *w, uint32_t depth)
{
    Found f;
    bool known = gen_find_property(w, 1u << SORT_INT, &f);
    if (known && !one_in(w, 3)) {
        put(w, f.text);
    } else if (depth > 0 && one_in(w, 3)) {
        put(w, "length(");
        if (one_in(w, 2))
            gen_text(w, 1);
        else
            gen_list_of_texts(w);
        put(w, ")");
    } else if (depth > 0 && one_in(w, 4)) {
        put(w, one_in(w, 2) ? "indexOf(" : "lastIndexOf(");
        gen_text(w, 0);
        put(w, ", \"a\")");
    } else if (depth > 0 && known && one_in(w, 2)) {
        static const char *const forms[] = {"max(%s, days)", "%s + 1", "%s * 2", "%s - days",
                                            "mod(%s, 7)"};
        uint32_t i = below(w, 5);
        const char *rest = strchr(forms[i], '%') + 2;
        buf_add(w->out, forms[i], (size_t)(strchr(forms[i], '%') - forms[i]));
        put(w, f.text);
        put(w, rest);
    } else {
        put_count(w, depth);
    }
}
