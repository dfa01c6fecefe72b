// generate_text.c - constants, properties, variables; expressions that are texts.
//
// SPDX-License-Identifier: MIT
#include "laws/generate_internal.h"

#include <stdio.h>
#include <string.h>

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

const char *gen_any_text(Writer *w)
{
    static const char *const texts[] = {"alpha", "Beta", "gamma",     "10.0.0.1",
                                        "a/b",   "",     "alpha beta"};
    if (w->g->texts.len && !one_in(w, 3))
        return w->g->texts.items[below(w, w->g->texts.len)];
    return PICK(w, texts);
}

void gen_put_text(Writer *w, const char *text)
{
    buf_json_string(w->out, str_of(text));
    vec_push(w->g->arena, &w->g->texts, arena_copy(w->g->arena, text, strlen(text)));
}

void gen_put_int(Writer *w)
{
    static const int64_t some[] = {0, 1, 2, 3, 5, 30, 100, 4096};
    int64_t n = PICK(w, some) + (int64_t)below(w, 3) - 1;
    n = n < 0 ? 0 : n;
    buf_int(w->out, n);
    vec_push(w->g->arena, &w->g->numbers, n);
}

const char *gen_value_of(Writer *w, const Property *p)
{
    return p->values[0] && !one_in(w, 6) ? choice(w, p->values) : gen_any_text(w);
}

// Known values only: another one is a mistake.
const char *gen_known_value(Writer *w, const Property *p)
{
    const char *v = choice(w, p->values);
    while (strcmp(v, "VeryLow") == 0 || strcmp(v, "TLS9") == 0)
        v = choice(w, p->values);
    return v;
}

const char *gen_equality(Writer *w)
{
    return one_in(w, 2) ? "==" : "!=";
}

const char *gen_ordering(Writer *w)
{
    static const char *const texts[] = {"<", "<=", ">", ">="};
    return PICK(w, texts);
}

const char *gen_membership(Writer *w)
{
    return one_in(w, 2) ? "in" : "not in";
}

// --- properties and variables -------------------------------------------------------------------

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
bool gen_find_property(Writer *w, uint32_t wanted, Found *ret)
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

const Variable *gen_find_variable(Writer *w, Sort sort)
{
    const Variable *found = NULL;
    uint32_t seen = 0;
    for (const Variable *v = w->variables; v; v = v->outer)
        if (v->sort == sort && one_in(w, ++seen))
            found = v;
    return found;
}

Variable *gen_new_variable(Writer *w, Variable *v, Sort sort, const Property *p)
{
    *v = (Variable){.sort = sort, .property = p};
    snprintf(v->name, sizeof v->name, "v%u", w->variable_count++);
    return v;
}

// --- texts --------------------------------------------------------------------------------------

void gen_list_of_texts(Writer *w)
{
    Found f;
    switch (below(w, 6)) {
    case 0:
        put(w, "texts");
        return;
    case 1:
        put(w, "split(");
        gen_text(w, 1);
        put(w, one_in(w, 2) ? ", \"/\")" : ", [\",\", \" \"])");
        return;
    case 2:
        if (gen_find_property(w, 1u << SORT_TEXTS, &f)) {
            put(w, f.text);
            return;
        }
        break;
    case 3:
        if (one_in(w, 3)) {
            put(w, "owners[");
            gen_text(w, 0);
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
        snprintf(unlike, sizeof unlike, "%s%s", gen_any_text(w),
                 i ? (const char[]){(char)('a' + i), 0} : "");
        gen_put_text(w, unlike);
    }
    put(w, "]");
}

static void call_of_text(Writer *w, uint32_t depth)
{
    static const char *const plain[] = {"toLower", "toUpper", "trim", "without_space", "host"};
    switch (below(w, 10)) {
    case 8:
        put(w, "split(");
        gen_text(w, depth - 1);
        buf_printf(w->out, ", \"/\")[%u]", below(w, 3));
        return;
    case 0:
        put(w, "segment(");
        gen_text(w, depth - 1);
        buf_printf(w->out, ", %u)", below(w, 4));
        return;
    case 1:
        put(w, "concat(");
        gen_text(w, depth - 1);
        put(w, ", ");
        gen_text(w, depth - 1);
        put(w, ")");
        return;
    case 2:
        put(w, "replace(");
        gen_text(w, depth - 1);
        put(w, ", \"a\", \"\")");
        return;
    case 3:
        put(w, one_in(w, 2) ? "first(" : "last(");
        gen_list_of_texts(w);
        put(w, ")");
        return;
    case 4:
        put(w, "substring(");
        gen_text(w, depth - 1);
        buf_printf(w->out, one_in(w, 2) ? ", %u)" : ", 0, %u)", below(w, 4));
        return;
    case 5:
        put(w, "coalesce(");
        gen_text(w, depth - 1);
        put(w, ", ");
        gen_text(w, depth - 1);
        put(w, ")");
        return;
    case 6:
        put(w, one_in(w, 2) ? "take(" : "skip(");
        gen_text(w, depth - 1);
        buf_printf(w->out, ", %u)", below(w, 4));
        return;
    case 7:
        put(w, "join(");
        gen_list_of_texts(w);
        put(w, ", \",\")");
        return;
    default:
        put(w, PICK(w, plain));
        put(w, "(");
        gen_text(w, depth - 1);
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
    const Variable *v = gen_find_variable(w, SORT_TEXT);
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

bool gen_has_tags(const Writer *w)
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
    gen_condition(w, 0);
    put(w, " then ");
    gen_text(w, depth - 1);
    put(w, " else ");
    gen_text(w, depth - 1);
    put(w, ")");
}

// An expression of type text.
void gen_text(Writer *w, uint32_t depth)
{
    Found f;
    const Variable *v = gen_find_variable(w, SORT_TEXT), *m = gen_find_variable(w, SORT_OBJECTS);
    if (v && one_in(w, 3)) {
        put(w, v->name);
    } else if (m && m->is_model && one_in(w, 2)) {
        buf_printf(w->out, "%s.%s", m->name, one_in(w, 2) ? "name" : "version");
    } else if (depth > 0 && one_in(w, 3)) {
        text_call(w, depth);
    } else if (depth > 0 && one_in(w, 8)) {
        text_choice(w, depth);
    } else if (gen_has_tags(w) && one_in(w, 5)) {
        tag(w);
    } else if (one_in(w, 8)) {
        put(w, "word");
    } else if (one_in(w, 10)) {
        fact(w);
    } else if (one_in(w, 10)) {
        put(w, "name");
    } else if (gen_find_property(w, 1u << SORT_TEXT | (w->inside ? 1u << SORT_ENUM : 0), &f)) {
        put(w, f.text);
    } else {
        put(w, "name");
    }
}

void gen_text_comparison(Writer *w, uint32_t depth)
{
    gen_text(w, depth);
    switch (below(w, 8)) {
    case 0:
        buf_printf(w->out, " %s ", gen_membership(w));
        gen_list_of_texts(w);
        return;
    case 1:
        put(w, one_in(w, 2) ? " like " : " not like ");
        gen_put_text(w, arena_printf(w->g->arena,
                                     one_in(w, 2)   ? "%s*"
                                     : one_in(w, 2) ? "*%s"
                                                    : "a*%s",
                                     one_in(w, 2) ? "alpha" : "a"));
        return;
    case 2:
        put(w, " contains ");
        if (one_in(w, 2))
            gen_text(w, 0);
        else
            gen_put_text(w, gen_any_text(w));
        return;
    case 3:
        put(w, one_in(w, 2) ? " matches " : " matches_any_case ");
        gen_put_text(w, one_in(w, 2) ? "?????" : one_in(w, 2) ? "TLS#_#" : "a...a");
        return;
    case 4:
        buf_printf(w->out, " %s ", gen_equality(w));
        gen_text(w, depth);
        return;
    default:
        buf_printf(w->out, " %s ", gen_equality(w));
        gen_put_text(w, gen_any_text(w));
    }
}
