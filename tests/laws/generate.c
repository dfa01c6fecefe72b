// generate.c - well-typed programs by construction.
//
// spec: language, types
//
// SPDX-License-Identifier: MIT
#include "laws/generate_internal.h"

#include <string.h>

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
        buf_printf(w->out, "define d%u(x, y) = x %s y %s ", n, gen_equality(w),
                   one_in(w, 2) ? "or" : "and");
        gen_condition(w, 1);
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
    g->texts.items = NULL; // what there was is gone with the arena
    g->texts.len = g->texts.cap = 0;
    g->numbers.items = NULL;
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
        gen_condition(&w, 1);
    }
    put(&w, " {\n");
    for (uint32_t i = 1 + below(&w, 3); i > 0; i--) {
        put(&w, "        require ");
        gen_condition(&w, 1 + below(&w, 3));
        put(&w, "\n");
    }
    put(&w, "    }\n}\n");
}
