// generate.c - well-typed programs by construction.
//
// spec: language, types
//
// SPDX-License-Identifier: MIT
#include "laws/generate.h"

#include "laws/derive.h"

#include <stdio.h>
#include <string.h>

typedef struct Variable { // of a quantifier, or an argument of a define
    char name[8];
    Sort sort;                // TEXT, INT, OBJECTS (an element), TEXTS (of a table's entry)
    const Property *property; // whose element it is, or NULL
    bool is_model;            // an element of `models`
    struct Variable *outer;
} Variable;

typedef struct Writer {
    Generated *g;
    Buf *out;
    const VocabularyKind *kind;
    bool in_both;    // two kinds: what both have alone
    uint32_t inside; // functions: their texts may be known values
    Variable *variables;
    uint32_t variable_count, defines;
} Writer;

#define PICK(w, texts) (texts)[below(w, sizeof(texts) / sizeof(texts)[0])]

static uint32_t below(Writer *w, uint32_t n)
{
    return random_below(&w->g->random, n);
}

static bool one_in(Writer *w, uint32_t n)
{
    return below(w, n) == 0;
}

static void put(Writer *w, const char *text)
{
    buf_str(w->out, text);
}

// --- constants ----------------------------------------------------------------------------------

static const char *choice(Writer *w, const char *values) // one of a|b|c
{
    uint32_t count = 1, at;
    for (const char *p = values; *p; p++)
        count += *p == '|';
    at = below(w, count);
    while (at--)
        values = strchr(values, '|') + 1;
    return arena_copy(w->g->arena, values, strcspn(values, "|"));
}

static const char *any_text(Writer *w)
{
    static const char *const texts[] = {"alpha", "Beta", "gamma",     "10.0.0.1",
                                        "a/b",   "",     "alpha beta"};
    if (w->g->texts.len && !one_in(w, 3))
        return w->g->texts.items[below(w, w->g->texts.len)];
    return PICK(w, texts);
}

static void put_text(Writer *w, const char *text)
{
    buf_json_string(w->out, str_of(text));
    vec_push(w->g->arena, &w->g->texts, arena_copy(w->g->arena, text, strlen(text)));
}

static void put_int(Writer *w)
{
    static const int64_t some[] = {0, 1, 2, 3, 5, 30, 100, 4096};
    int64_t n = PICK(w, some) + (int64_t)below(w, 3) - 1;
    n = n < 0 ? 0 : n;
    buf_int(w->out, n);
    vec_push(w->g->arena, &w->g->numbers, n);
}

static const char *value_of(Writer *w, const Property *p)
{
    return p->values[0] && !one_in(w, 6) ? choice(w, p->values) : any_text(w);
}

// Known values only: another one is a mistake.
static const char *known_value(Writer *w, const Property *p)
{
    const char *v = choice(w, p->values);
    while (strcmp(v, "VeryLow") == 0 || strcmp(v, "TLS9") == 0)
        v = choice(w, p->values);
    return v;
}

static const char *equality(Writer *w)
{
    return one_in(w, 2) ? "==" : "!=";
}

static const char *ordering(Writer *w)
{
    static const char *const texts[] = {"<", "<=", ">", ">="};
    return PICK(w, texts);
}

static const char *membership(Writer *w)
{
    return one_in(w, 2) ? "in" : "not in";
}

// --- properties and variables -------------------------------------------------------------------

typedef struct Found { // a property, and how it is written here
    const Property *property;
    char text[96];
} Found;

static bool is_walked(const Writer *w, const Property *p)
{
    for (const Variable *v = w->variables; v; v = v->outer)
        if (v->property == p)
            return true;
    return false;
}

static bool in_other_kind(const Writer *w, const Property *p)
{
    const Property *q = w->g->kinds[1]->properties;
    for (; q->name; q++)
        if (strcmp(q->name, p->name) == 0 && q->sort == p->sort && !p->members)
            return true;
    return false;
}

// A random property of a sort for which `wanted` has its bit; false where there is none.
static bool find_property(Writer *w, uint32_t wanted, Found *ret)
{
    uint32_t seen = 0;
    for (const Property *p = w->kind->properties; p->name; p++)
        if (wanted >> p->sort & 1 && (!w->in_both || in_other_kind(w, p)) && !is_walked(w, p) &&
            one_in(w, ++seen)) {
            ret->property = p;
            snprintf(ret->text, sizeof ret->text, "%s", p->name);
        }
    for (const Variable *v = w->variables; v; v = v->outer)
        for (const Property *p = v->sort == SORT_OBJECTS && v->property ? v->property->members
                                                                        : NULL;
             p && p->name; p++)
            if (wanted >> p->sort & 1 && !is_walked(w, p) && one_in(w, ++seen > 3 ? 3 : seen)) {
                ret->property = p;
                snprintf(ret->text, sizeof ret->text, "%s.%s", v->name, p->name);
            }
    return seen > 0;
}

static const Variable *find_variable(Writer *w, Sort sort)
{
    const Variable *found = NULL;
    uint32_t seen = 0;
    for (const Variable *v = w->variables; v; v = v->outer)
        if (v->sort == sort && one_in(w, ++seen))
            found = v;
    return found;
}

static Variable *new_variable(Writer *w, Variable *v, Sort sort, const Property *p)
{
    *v = (Variable){.sort = sort, .property = p};
    snprintf(v->name, sizeof v->name, "v%u", w->variable_count++);
    return v;
}

static void condition(Writer *w, uint32_t depth);
static void text(Writer *w, uint32_t depth);

// --- texts --------------------------------------------------------------------------------------

static void list_of_texts(Writer *w)
{
    Found f;
    switch (below(w, 6)) {
    case 0:
        put(w, "texts");
        return;
    case 1:
        put(w, "split(");
        text(w, 1);
        put(w, one_in(w, 2) ? ", \"/\")" : ", [\",\", \" \"])");
        return;
    case 2:
        if (find_property(w, 1u << SORT_TEXTS, &f)) {
            put(w, f.text);
            return;
        }
        break;
    case 3:
        if (one_in(w, 3)) {
            put(w, "owners[");
            text(w, 0);
            put(w, "]");
            return;
        }
        break;
    default:
        break;
    }
    uint32_t n = 1 + below(w, 6);
    put(w, "[");
    for (uint32_t i = 0; i < n; i++) {
        char unlike[32];
        put(w, i ? ", " : "");
        snprintf(unlike, sizeof unlike, "%s%s", any_text(w),
                 i ? (const char[]){(char)('a' + i), 0} : "");
        put_text(w, unlike);
    }
    put(w, "]");
}

static void call_of_text(Writer *w, uint32_t depth)
{
    static const char *const plain[] = {"toLower", "toUpper", "trim", "without_space", "host"};
    switch (below(w, 10)) {
    case 8:
        put(w, "split(");
        text(w, depth - 1);
        buf_printf(w->out, ", \"/\")[%u]", below(w, 3));
        return;
    case 0:
        put(w, "segment(");
        text(w, depth - 1);
        buf_printf(w->out, ", %u)", below(w, 4));
        return;
    case 1:
        put(w, "concat(");
        text(w, depth - 1);
        put(w, ", ");
        text(w, depth - 1);
        put(w, ")");
        return;
    case 2:
        put(w, "replace(");
        text(w, depth - 1);
        put(w, ", \"a\", \"\")");
        return;
    case 3:
        put(w, one_in(w, 2) ? "first(" : "last(");
        list_of_texts(w);
        put(w, ")");
        return;
    case 4:
        put(w, "substring(");
        text(w, depth - 1);
        buf_printf(w->out, one_in(w, 2) ? ", %u)" : ", 0, %u)", below(w, 4));
        return;
    case 5:
        put(w, "coalesce(");
        text(w, depth - 1);
        put(w, ", ");
        text(w, depth - 1);
        put(w, ")");
        return;
    case 6:
        put(w, one_in(w, 2) ? "take(" : "skip(");
        text(w, depth - 1);
        buf_printf(w->out, ", %u)", below(w, 4));
        return;
    case 7:
        put(w, "join(");
        list_of_texts(w);
        put(w, ", \",\")");
        return;
    default:
        put(w, PICK(w, plain));
        put(w, "(");
        text(w, depth - 1);
        put(w, ")");
    }
}

static void text_call(Writer *w, uint32_t depth)
{
    w->inside++;
    call_of_text(w, depth);
    w->inside--;
}

static void tag(Writer *w)
{
    const Variable *v = find_variable(w, SORT_TEXT);
    static const char *const names[] = {"env", "cost center", "owner", "o'neil"};
    put(w, "tags[");
    if (v && v->name[0] == 'v' && one_in(w, 2)) // no argument: a parameter may be ""
        put(w, v->name);
    else if (one_in(w, 4))
        put(w, "name_of_tag");
    else
        buf_json_string(w->out, str_of(PICK(w, names)));
    put(w, "]");
}

static bool has_tags(const Writer *w)
{
    return !w->kind->is_bare && !(w->in_both && w->g->kinds[1]->is_bare);
}

static void fact(Writer *w)
{
    static const char *const facts[] = {
        "resource_group.tags[\"env\"]", "resource_group.name",      "resource_group.location",
        "resource_group.managedBy",     "subscription.displayName", "request.claims[\"appid\"]"};
    put(w, PICK(w, facts));
}

static void text_choice(Writer *w, uint32_t depth)
{
    put(w, "(if ");
    condition(w, 0);
    put(w, " then ");
    text(w, depth - 1);
    put(w, " else ");
    text(w, depth - 1);
    put(w, ")");
}

// An expression of type text.
static void text(Writer *w, uint32_t depth)
{
    Found f;
    const Variable *v = find_variable(w, SORT_TEXT), *m = find_variable(w, SORT_OBJECTS);
    if (v && one_in(w, 3)) {
        put(w, v->name);
    } else if (m && m->is_model && one_in(w, 2)) {
        buf_printf(w->out, "%s.%s", m->name, one_in(w, 2) ? "name" : "version");
    } else if (depth > 0 && one_in(w, 3)) {
        text_call(w, depth);
    } else if (depth > 0 && one_in(w, 8)) {
        text_choice(w, depth);
    } else if (has_tags(w) && one_in(w, 5)) {
        tag(w);
    } else if (one_in(w, 8)) {
        put(w, "word");
    } else if (one_in(w, 10)) {
        fact(w);
    } else if (one_in(w, 10)) {
        put(w, "name");
    } else if (find_property(w, 1u << SORT_TEXT | (w->inside ? 1u << SORT_ENUM : 0), &f)) {
        put(w, f.text);
    } else {
        put(w, "name");
    }
}

static void text_comparison(Writer *w, uint32_t depth)
{
    text(w, depth);
    switch (below(w, 8)) {
    case 0:
        buf_printf(w->out, " %s ", membership(w));
        list_of_texts(w);
        return;
    case 1:
        put(w, one_in(w, 2) ? " like " : " not like ");
        put_text(w, arena_printf(w->g->arena,
                                 one_in(w, 2)   ? "%s*"
                                 : one_in(w, 2) ? "*%s"
                                                : "a*%s",
                                 one_in(w, 2) ? "alpha" : "a"));
        return;
    case 2:
        put(w, " contains ");
        if (one_in(w, 2))
            text(w, 0);
        else
            put_text(w, any_text(w));
        return;
    case 3:
        put(w, one_in(w, 2) ? " matches " : " matches_any_case ");
        put_text(w, one_in(w, 2) ? "?????" : one_in(w, 2) ? "TLS#_#" : "a...a");
        return;
    case 4:
        buf_printf(w->out, " %s ", equality(w));
        text(w, depth);
        return;
    default:
        buf_printf(w->out, " %s ", equality(w));
        put_text(w, any_text(w));
    }
}

// --- comparisons of properties ------------------------------------------------------------------

static void compare_enum(Writer *w, const Found *f)
{
    if (one_in(w, 3)) {
        const char *first = known_value(w, f->property), *second = known_value(w, f->property);
        buf_printf(w->out, "%s %s [", f->text, membership(w));
        put_text(w, first);
        if (strcmp(first, second) != 0) {
            put(w, ", ");
            put_text(w, second);
        }
        put(w, "]");
        return;
    }
    buf_printf(w->out, "%s %s ", f->text, equality(w));
    put_text(w, known_value(w, f->property));
}

static void compare_version(Writer *w, const Found *f)
{
    static const char *const versions[] = {"1.0", "1.1", "1.2", "1.3"};
    if (one_in(w, 4)) {
        buf_printf(w->out, "%s %s [1.1, 1.3]", f->text, membership(w));
    } else if (one_in(w, 4)) {
        buf_printf(w->out, "%s %s ", f->text, one_in(w, 2) ? ordering(w) : equality(w));
        put_text(w, known_value(w, f->property));
    } else {
        buf_printf(w->out, "%s %s %s", f->text, one_in(w, 3) ? equality(w) : ordering(w),
                   PICK(w, versions));
    }
}

static void compare_ranked(Writer *w, const Found *f)
{
    buf_printf(w->out, "%s %s ", f->text, one_in(w, 4) ? equality(w) : ordering(w));
    if (one_in(w, 2))
        put(w, "threshold");
    else
        put_text(w, known_value(w, f->property));
}

static void compare_date(Writer *w, const Found *f)
{
    static const char *const dates[] = {
        "now",           "addDays(now, days)", "now + 90 days",
        "now - 2 weeks", "\"2026-12-31\"",     "\"2026-02-28T12:00:00Z\""};
    buf_printf(w->out, "%s %s %s", f->text, ordering(w), PICK(w, dates));
}

static void compare_duration(Writer *w, const Found *f)
{
    static const char *const iso[] = {"15 minutes", "1 hour", "900 seconds", "1 day", "90 seconds"};
    static const char *const clock[] = {"7 days", "12 hours", "5 minutes", "1 day"};
    const char *bound = f->property->sort == SORT_CLOCK ? PICK(w, clock) : PICK(w, iso);
    buf_printf(w->out, "%s %s %s", f->text, one_in(w, 5) ? equality(w) : ordering(w), bound);
}

static void compare_address(Writer *w, const Found *f)
{
    if (one_in(w, 2))
        buf_printf(w->out, "%s %s ranges", f->text, membership(w));
    else if (one_in(w, 2))
        buf_printf(w->out, "%s %s [\"10.0.0.0/8\", \"2001:db8::/32\"]", f->text, membership(w));
    else
        buf_printf(w->out, "%s %s \"10.0.0.1\"", f->text, equality(w));
}

static void integer(Writer *w, uint32_t depth);

static void compare_int(Writer *w, uint32_t depth)
{
    integer(w, depth);
    buf_printf(w->out, " %s ", one_in(w, 3) ? equality(w) : ordering(w));
    Found f;
    if (one_in(w, 3) && find_property(w, 1u << SORT_INT, &f))
        put(w, f.text);
    else if (one_in(w, 3))
        put(w, "days");
    else
        put_int(w);
}

static void compare_property(Writer *w, uint32_t depth)
{
    Found f;
    if (!find_property(w, (1u << SORT_COUNT) - 1, &f)) {
        text_comparison(w, depth);
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
        compare_int(w, depth);
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
        if (one_in(w, 2)) {
            put_text(w, value_of(w, f.property));
            buf_printf(w->out, " %s %s", membership(w), f.text);
        } else {
            buf_printf(w->out, "%s contains ", f.text);
            put_text(w, value_of(w, f.property));
        }
        return;
    case SORT_TABLE:
        if (one_in(w, 2)) {
            buf_printf(w->out, "%s[\"env\"] %s ", f.text, equality(w));
            put_text(w, any_text(w));
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
        buf_printf(w->out, "%s %s ", f.text, equality(w));
        put_text(w, value_of(w, f.property));
    }
}

// --- ints ---------------------------------------------------------------------------------------

static void put_count(Writer *w, uint32_t depth)
{
    Found f;
    if (!find_property(w, 1u << SORT_OBJECTS | 1u << SORT_TEXTS, &f)) {
        put(w, "count(v in ");
        put(w, "texts: v == name)");
        return;
    }
    if (one_in(w, 3)) {
        buf_printf(w->out, "count(%s)", f.text);
        return;
    }
    Variable v;
    new_variable(w, &v, f.property->sort == SORT_TEXTS ? SORT_TEXT : SORT_OBJECTS, f.property);
    buf_printf(w->out, "count(%s in %s: ", v.name, f.text);
    v.outer = w->variables;
    w->variables = &v;
    if (v.sort == SORT_TEXT) {
        buf_printf(w->out, "%s %s ", v.name, equality(w));
        put_text(w, value_of(w, f.property));
    } else {
        condition(w, depth > 1 ? 1 : 0);
    }
    w->variables = v.outer;
    put(w, ")");
}

static void integer(Writer *w, uint32_t depth)
{
    Found f;
    bool known = find_property(w, 1u << SORT_INT, &f);
    if (known && !one_in(w, 3)) {
        put(w, f.text);
    } else if (depth > 0 && one_in(w, 3)) {
        put(w, "length(");
        if (one_in(w, 2))
            text(w, 1);
        else
            list_of_texts(w);
        put(w, ")");
    } else if (depth > 0 && one_in(w, 4)) {
        put(w, one_in(w, 2) ? "indexOf(" : "lastIndexOf(");
        text(w, 0);
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

// --- quantifiers --------------------------------------------------------------------------------

static const char *quantifier(Writer *w)
{
    static const char *const texts[] = {"some", "every", "no"};
    return PICK(w, texts);
}

static void walk_property(Writer *w, uint32_t depth, const Found *f)
{
    Variable v;
    new_variable(w, &v, f->property->sort == SORT_TEXTS ? SORT_TEXT : SORT_OBJECTS, f->property);
    buf_printf(w->out, "%s %s in %s: ", quantifier(w), v.name, f->text);
    v.outer = w->variables;
    w->variables = &v;
    if (v.sort == SORT_TEXT) {
        buf_printf(w->out, "(%s %s ", v.name, one_in(w, 3) ? "!=" : "==");
        put_text(w, value_of(w, f->property));
        put(w, one_in(w, 2) ? " or " : " and ");
        condition(w, depth - 1);
        put(w, ")");
    } else {
        Found member;
        find_property(w, (1u << SORT_COUNT) - 1, &member);
        buf_printf(w->out, "(%s.%s is set %s ", v.name, f->property->members[0].name,
                   one_in(w, 2) ? "and" : "implies");
        condition(w, depth - 1);
        put(w, ")");
    }
    w->variables = v.outer;
}

static void walk_list(Writer *w, uint32_t depth)
{
    Variable v;
    new_variable(w, &v, SORT_TEXT, NULL);
    buf_printf(w->out, "%s %s in ", quantifier(w), v.name);
    list_of_texts(w);
    put(w, ": ");
    v.outer = w->variables;
    w->variables = &v;
    put(w, "(");
    text(w, 1);
    buf_printf(w->out, " %s %s%s", equality(w), v.name, one_in(w, 2) ? " or " : " and ");
    condition(w, depth - 1);
    put(w, ")");
    w->variables = v.outer;
}

static void walk_models(Writer *w, uint32_t depth)
{
    Variable v;
    new_variable(w, &v, SORT_OBJECTS, NULL);
    v.is_model = true;
    buf_printf(w->out, "%s %s in models: (", quantifier(w), v.name);
    v.outer = w->variables;
    w->variables = &v;
    text(w, 0);
    buf_printf(w->out, " %s %s.name and ", equality(w), v.name);
    condition(w, depth - 1);
    put(w, ")");
    w->variables = v.outer;
}

static void walk_table(Writer *w, uint32_t depth)
{
    Variable key, value;
    new_variable(w, &key, SORT_TEXT, NULL);
    new_variable(w, &value, SORT_TEXTS, NULL);
    buf_printf(w->out, "%s %s, %s in owners: (", quantifier(w), key.name, value.name);
    key.outer = w->variables;
    w->variables = &key;
    text(w, 0);
    buf_printf(w->out, " %s %s or %s == ", membership(w), value.name, key.name);
    text(w, 0);
    put(w, " or ");
    condition(w, depth - 1);
    put(w, ")");
    w->variables = key.outer;
}

static void quantified(Writer *w, uint32_t depth)
{
    Found f;
    uint32_t how = below(w, 8);
    put(w, "(");
    if (how < 5 && find_property(w, 1u << SORT_OBJECTS | 1u << SORT_TEXTS, &f))
        walk_property(w, depth, &f);
    else if (how == 5)
        walk_models(w, depth);
    else if (how == 6)
        walk_table(w, depth);
    else
        walk_list(w, depth);
    put(w, ")");
}

// --- conditions ---------------------------------------------------------------------------------

static void presence(Writer *w)
{
    text(w, one_in(w, 3) ? 1 : 0);
    put(w, one_in(w, 2) ? " is set" : " is missing");
}

static void region(Writer *w)
{
    if (one_in(w, 3)) {
        buf_printf(w->out, "resource_group.location %s regions", membership(w));
        return;
    }
    put(w, "normalise(");
    w->inside++;
    text(w, 0);
    w->inside--;
    buf_printf(w->out, ") %s regions", membership(w));
}

static void truth_call(Writer *w)
{
    static const char *const names[] = {"startsWith(", "endsWith("};
    if (one_in(w, 3)) {
        put(w, "empty(");
        if (one_in(w, 2))
            text(w, 1);
        else
            list_of_texts(w);
        put(w, ")");
    } else {
        put(w, PICK(w, names));
        text(w, 1);
        put(w, ", ");
        put_text(w, any_text(w));
        put(w, ")");
    }
    put(w, one_in(w, 4) ? " == false" : one_in(w, 4) ? " == true" : "");
}

static void resource_field(Writer *w)
{
    static const char *const forms[] = {"location in regions",
                                        "location == \"West Europe\"",
                                        "location != \"northeurope\"",
                                        "kind is set",
                                        "kind == \"StorageV2\"",
                                        "identity.type contains \"System\"",
                                        "tags has_key \"env\"",
                                        "full_name like \"*/alpha\"",
                                        "id contains \"/resourceGroups/rg\""};
    put(w, has_tags(w) ? PICK(w, forms) : "name like \"*a\"");
}

static void request_fact(Writer *w)
{
    static const char *const dates[] = {"2019-04-01", "2021-06-01", "2023-01-01"};
    buf_printf(w->out, "request.apiVersion %s ", ordering(w));
    buf_json_string(w->out, str_of(PICK(w, dates)));
}

static void define_call(Writer *w)
{
    uint32_t n = below(w, w->defines);
    buf_printf(w->out, "d%u(", n);
    text(w, 0);
    put(w, ", ");
    put_text(w, any_text(w));
    put(w, ")");
}

static void leaf(Writer *w, uint32_t depth)
{
    uint32_t how = below(w, 16);
    if (how < 7)
        compare_property(w, depth);
    else if (how < 10)
        text_comparison(w, depth);
    else if (how == 10)
        presence(w);
    else if (how == 11)
        one_in(w, 4) ? region(w) : truth_call(w);
    else if (how == 12 && !w->in_both)
        resource_field(w);
    else if (how == 13)
        request_fact(w);
    else if (how == 14 && w->defines > 0)
        define_call(w);
    else if (how == 15)
        put(w, "flag");
    else
        compare_int(w, depth);
}

static void joined(Writer *w, uint32_t depth, const char *word)
{
    put(w, "(");
    uint32_t n = 2 + below(w, 2);
    n = strcmp(word, " implies ") == 0 ? 2 : n;
    for (uint32_t i = 0; i < n; i++) {
        put(w, i ? word : "");
        condition(w, depth - 1);
    }
    put(w, ")");
}

static void condition(Writer *w, uint32_t depth)
{
    uint32_t how = depth == 0 ? 0 : below(w, 10);
    if (how < 3) {
        leaf(w, depth);
    } else if (how < 5) {
        joined(w, depth, one_in(w, 2) ? " and " : " or ");
    } else if (how == 5) {
        joined(w, depth, " implies ");
    } else if (how == 6) {
        put(w, "not (");
        condition(w, depth - 1);
        put(w, ")");
    } else if (how == 7 && one_in(w, 2)) {
        put(w, "(if ");
        condition(w, depth - 1);
        put(w, " then ");
        condition(w, depth - 1);
        put(w, " else ");
        condition(w, depth - 1);
        put(w, ")");
    } else {
        quantified(w, depth);
    }
}

// --- programs -----------------------------------------------------------------------------------

static void each_item(Writer *w, const char *items, bool all)
{
    while (items && *items) {
        size_t n = strcspn(items, "|");
        if (all || one_in(w, 2))
            buf_printf(w->out, "    %.*s\n", (int)n, items);
        items += n + (items[n] == '|');
    }
}

static void declare_kind(Writer *w, const VocabularyKind *k)
{
    if (k->declared)
        buf_printf(w->out, "%s\n", k->declared);
    buf_printf(w->out, "%s {\n", k->opening);
    each_item(w, k->items, true);
    each_item(w, k->may, false);
    put(w, "}\n");
}

static void declare_parameters(Writer *w)
{
    put(w,
        "param word: string = \"alpha\"\n"
        "param name_of_tag: string = \"env\"\n"
        "param texts: [string] = [\"alpha\", \"beta\"]\n"
        "param days: int = 30\n"
        "param flag: bool = true\n"
        "param ranges: [cidr] = [\"10.0.0.0/8\", \"2001:db8::/32\"]\n"
        "param regions: [location] = [\"westeurope\", \"northeurope\"]\n"
        "param models: [{name: string, version: string}] = [{ name = \"alpha\", version = \"1\" "
        "}]\n"
        "param owners: {string: [string]} = { alpha = [\"ann\", \"beta\"], gamma = [\"eve\"] }\n");
    for (uint32_t i = 0; i < w->g->kind_count; i++)
        if (strcmp(w->g->kinds[i]->name, "rai_policy") == 0)
            put(w, "param threshold: rai_policy.contentFilters.severityThreshold = \"Medium\"\n");
}

// define d0(x, y) = …, of any kind's properties
static void declare_defines(Writer *w)
{
    uint32_t wanted = below(w, 3);
    for (uint32_t n = 0; n < wanted; n++) {
        Variable x = {.name = "x", .sort = SORT_TEXT}, y = {.name = "y", .sort = SORT_TEXT};
        x.outer = &y;
        w->variables = &x;
        buf_printf(w->out, "define d%u(x, y) = x %s y %s ", n, equality(w),
                   one_in(w, 2) ? "or" : "and");
        condition(w, 1);
        put(w, "\n");
        w->variables = NULL;
        w->defines = n + 1;
    }
}

static void choose_kinds(Writer *w)
{
    Generated *g = w->g;
    g->kinds[0] = &VOCABULARY[below(w, VOCABULARY_COUNT)];
    g->kind_count = 1;
    const VocabularyKind *other = &VOCABULARY[below(w, VOCABULARY_COUNT)];
    if (one_in(w, 5) && other != g->kinds[0] && !other->parent_type && !g->kinds[0]->parent_type) {
        g->kinds[g->kind_count++] = other;
        w->in_both = true;
    }
    w->kind = g->kinds[0];
}

void generate_program(Generated *g, uint64_t seed)
{
    g->random = seed;
    g->texts.len = g->texts.cap = 0;
    g->numbers.len = g->numbers.cap = 0;
    buf_reset(&g->text);
    Writer w = {.g = g, .out = &g->text};
    choose_kinds(&w);
    g->existence = one_in(&w, 6) && !g->kinds[0]->parent_type;
    for (uint32_t i = 0; i < g->kind_count; i++)
        declare_kind(&w, g->kinds[i]);
    declare_parameters(&w);
    declare_defines(&w);
    buf_printf(w.out, "requirement law \"A law\" {\n    effect %s | disabled\n    for %s",
               g->existence ? "auditIfNotExists" : "audit", g->kinds[0]->name);
    if (g->kind_count == 2)
        buf_printf(w.out, ", %s", g->kinds[1]->name);
    if (one_in(&w, 3)) {
        put(&w, " where ");
        condition(&w, 1);
    }
    put(&w, " {\n");
    for (uint32_t i = 1 + below(&w, 3); i > 0; i--) {
        put(&w, "        require ");
        condition(&w, 1 + below(&w, 3));
        put(&w, "\n");
    }
    put(&w, "    }\n}\n");
}
