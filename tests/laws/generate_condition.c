// generate_condition.c - quantifiers, and conditions of every form.
//
// SPDX-License-Identifier: MIT
#include "laws/generate_internal.h"

#include <string.h>

// --- quantifiers --------------------------------------------------------------------------------

static const char *quantifier(Writer *w)
{
    static const char *const texts[] = {"some", "every", "no"};
    return PICK(w, texts);
}

static void walk_property(Writer *w, uint32_t depth, const Found *f)
{
    Variable v;
    gen_new_variable(w, &v, f->property->sort == SORT_TEXTS ? SORT_TEXT : SORT_OBJECTS,
                     f->property);
    buf_printf(w->out, "%s %s in %s: ", quantifier(w), v.name, f->text);
    v.outer = w->variables;
    w->variables = &v;
    if (v.sort == SORT_TEXT) {
        buf_printf(w->out, "(%s %s ", v.name, one_in(w, 3) ? "!=" : "==");
        gen_put_text(w, gen_value_of(w, f->property));
        put(w, one_in(w, 2) ? " or " : " and ");
        gen_condition(w, depth - 1);
        put(w, ")");
    } else {
        Found member;
        gen_find_property(w, (1u << SORT_COUNT) - 1, &member);
        buf_printf(w->out, "(%s.%s is set %s ", v.name, f->property->members[0].name,
                   one_in(w, 2) ? "and" : "implies");
        gen_condition(w, depth - 1);
        put(w, ")");
    }
    w->variables = v.outer;
}

static void walk_list(Writer *w, uint32_t depth)
{
    Variable v;
    gen_new_variable(w, &v, SORT_TEXT, NULL);
    buf_printf(w->out, "%s %s in ", quantifier(w), v.name);
    gen_list_of_texts(w);
    put(w, ": ");
    v.outer = w->variables;
    w->variables = &v;
    put(w, "(");
    gen_text(w, 1);
    buf_printf(w->out, " %s %s%s", gen_equality(w), v.name, one_in(w, 2) ? " or " : " and ");
    gen_condition(w, depth - 1);
    put(w, ")");
    w->variables = v.outer;
}

static void walk_models(Writer *w, uint32_t depth)
{
    Variable v;
    gen_new_variable(w, &v, SORT_OBJECTS, NULL);
    v.is_model = true;
    buf_printf(w->out, "%s %s in models: (", quantifier(w), v.name);
    v.outer = w->variables;
    w->variables = &v;
    gen_text(w, 0);
    buf_printf(w->out, " %s %s.name and ", gen_equality(w), v.name);
    gen_condition(w, depth - 1);
    put(w, ")");
    w->variables = v.outer;
}

static void walk_table(Writer *w, uint32_t depth)
{
    Variable key, value;
    gen_new_variable(w, &key, SORT_TEXT, NULL);
    gen_new_variable(w, &value, SORT_TEXTS, NULL);
    buf_printf(w->out, "%s %s, %s in owners: (", quantifier(w), key.name, value.name);
    key.outer = w->variables;
    w->variables = &key;
    gen_text(w, 0);
    buf_printf(w->out, " %s %s or %s == ", gen_membership(w), value.name, key.name);
    gen_text(w, 0);
    put(w, " or ");
    gen_condition(w, depth - 1);
    put(w, ")");
    w->variables = key.outer;
}

static void quantified(Writer *w, uint32_t depth)
{
    Found f;
    uint32_t how = below(w, 8);
    put(w, "(");
    if (how < 5 && gen_find_property(w, 1u << SORT_OBJECTS | 1u << SORT_TEXTS, &f))
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
    gen_text(w, one_in(w, 3) ? 1 : 0);
    put(w, one_in(w, 2) ? " is set" : " is missing");
}

static void region(Writer *w)
{
    if (one_in(w, 3)) {
        buf_printf(w->out, "resource_group.location %s regions", gen_membership(w));
        return;
    }
    put(w, "normalise(");
    w->inside++;
    gen_text(w, 0);
    w->inside--;
    buf_printf(w->out, ") %s regions", gen_membership(w));
}

static void truth_call(Writer *w)
{
    static const char *const names[] = {"startsWith(", "endsWith("};
    if (one_in(w, 3)) {
        put(w, "empty(");
        if (one_in(w, 2))
            gen_text(w, 1);
        else
            gen_list_of_texts(w);
        put(w, ")");
    } else {
        put(w, PICK(w, names));
        gen_text(w, 1);
        put(w, ", ");
        gen_put_text(w, gen_any_text(w));
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
    put(w, gen_has_tags(w) ? PICK(w, forms) : "name like \"*a\"");
}

static void request_fact(Writer *w)
{
    static const char *const dates[] = {"2019-04-01", "2021-06-01", "2023-01-01"};
    buf_printf(w->out, "request.apiVersion %s ", gen_ordering(w));
    buf_json_string(w->out, str_of(PICK(w, dates)));
}

static void define_call(Writer *w)
{
    uint32_t n = below(w, w->defines);
    buf_printf(w->out, "d%u(", n);
    gen_text(w, 0);
    put(w, ", ");
    gen_put_text(w, gen_any_text(w));
    put(w, ")");
}

static void leaf(Writer *w, uint32_t depth)
{
    uint32_t how = below(w, 16);
    if (how < 7)
        gen_compare_property(w, depth);
    else if (how < 10)
        gen_text_comparison(w, depth);
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
        gen_compare_int(w, depth);
}

static void joined(Writer *w, uint32_t depth, const char *word)
{
    put(w, "(");
    uint32_t n = 2 + below(w, 2);
    n = strcmp(word, " implies ") == 0 ? 2 : n;
    for (uint32_t i = 0; i < n; i++) {
        put(w, i ? word : "");
        gen_condition(w, depth - 1);
    }
    put(w, ")");
}

void gen_condition(Writer *w, uint32_t depth)
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
        gen_condition(w, depth - 1);
        put(w, ")");
    } else if (how == 7 && one_in(w, 2)) {
        put(w, "(if ");
        gen_condition(w, depth - 1);
        put(w, " then ");
        gen_condition(w, depth - 1);
        put(w, " else ");
        gen_condition(w, depth - 1);
        put(w, ")");
    } else {
        quantified(w, depth);
    }
}
