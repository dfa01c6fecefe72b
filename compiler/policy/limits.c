// limits.c - measures what a build makes and reports what the service refuses.
//
// SPDX-License-Identifier: MIT
#include "policy/limits.h"

#include "policy/measure.h"
#include "policy/write.h"

// --- measures --------------------------------------------------------------------------------

static const struct {
    uint32_t most;
    DiagCode code;
    const char *before, *after, *help;
} LIMITS[] = {
#define LIMIT(id, most, diagnostic, before, after, help)                                           \
    [MEASURE_##id] = {most, DIAG_##diagnostic, before, after, help},
#include "policy/limits.def"
#undef LIMIT
};

uint32_t measure_most(Measure m)
{
    return LIMITS[m].most;
}

void measure_sum(Measures *ms, Measure m, size_t n, Span span)
{
    size_t before = ms->of[m].found;
    ms->of[m].found = before > SIZE_MAX - n ? SIZE_MAX : before + n;
    if (before <= LIMITS[m].most && ms->of[m].found > LIMITS[m].most)
        ms->of[m].span = span;
}

void measure_peak(Measures *ms, Measure m, size_t n, Span span)
{
    if (n <= ms->of[m].found)
        return;
    if (ms->of[m].found <= LIMITS[m].most)
        ms->of[m].span = span;
    ms->of[m].found = n;
}

static bool is_place(Span span)
{
    return span.start < span.end;
}

void measures_report(Compilation *c, const Measures *ms, const char *what, const char *name,
                     Span fallback)
{
    bool said = false; // then the size is beside the point
    for (Measure m = 0; m < MEASURE_COUNT; m++) {
        size_t found = ms->of[m].found;
        if (found <= LIMITS[m].most || (m == MEASURE_BODY && said))
            continue;
        said = true;
        Span span = is_place(ms->of[m].span) ? ms->of[m].span : fallback;
        Diag *d = diag_report(c->diags, LIMITS[m].code, span,
                              "%s `%s` has %s%zu %s; Azure accepts at most %" PRIu32, what, name,
                              LIMITS[m].before, found, LIMITS[m].after, LIMITS[m].most);
        diag_help(c->diags, d, "%s", LIMITS[m].help);
    }
}

// --- names and texts -------------------------------------------------------------------------

// The service counts UTF-16 units.
static size_t text_units(const char *text)
{
    size_t units = 0;
    for (const char *s = text; *s; s++) {
        unsigned char byte = (unsigned char)*s;
        units += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

static void measure_text(Measures *ms, Measure m, const char *text)
{
    size_t n = text ? strlen(text) : 0; // never less than its units
    measure_peak(ms, m, n > LIMITS[m].most ? text_units(text) : n, SPAN_NONE);
}

static void measure_metadata(Measures *ms, const Value *metadata)
{
    for (uint32_t i = 0; metadata && i < metadata->members.len; i++) {
        const Value *v = metadata->members.items[i].value;
        if (v->kind == VALUE_STRING) {
            measure_text(ms, MEASURE_METADATA, v->text);
            continue;
        }
        Buf text = {0};
        value_print(&text, v);
        measure_text(ms, MEASURE_METADATA, text.p);
        buf_free(&text);
    }
}

typedef struct Object { // what definitions, initiatives, assignments and exemptions share
    const char *what, *name, *display_name, *description;
    const Value *metadata;
    Span span;
    Measure name_limit;
} Object;

static void check_display_name(Compilation *c, const Object *o)
{
    size_t n = o->display_name ? strlen(o->display_name) : 0;
    char last = n ? o->display_name[n - 1] : '\0';
    if (last != '.' && last != ' ')
        return;
    Diag *d = diag_report(c->diags, DIAG_DISPLAY_NAME_END, o->span,
                          "the display name of %s `%s` ends in a %s, which Azure does not accept",
                          o->what, o->name, last == '.' ? "full stop" : "space");
    diag_help(c->diags, d, "leave the last character out");
}

static void check_object(Compilation *c, const Object *o, Measures *ms)
{
    measure_text(ms, o->name_limit, o->name);
    measure_text(ms, MEASURE_DISPLAY_NAME, o->display_name);
    measure_text(ms, MEASURE_DESCRIPTION, o->description);
    measure_metadata(ms, o->metadata);
    check_display_name(c, o);
    measures_report(c, ms, o->what, o->name, o->span);
}

// --- one object ------------------------------------------------------------------------------

void limits_check_definition(Compilation *c, const PolicyDefinition *d)
{
    Measures ms = {0};
    measure_definition(c->arena, &ms, d);
    measure_peak(&ms, MEASURE_DEFINITION_PARAMETERS, d->parameters.len, d->span);
    for (uint32_t i = 0; i < d->parameters.len; i++) {
        const PolicyParameter *p = &d->parameters.items[i];
        size_t steps = measure_list(p->initial);
        if (steps > measure_most(MEASURE_ITERATIONS) && definition_walks(d, p->name))
            measure_peak(&ms, MEASURE_ITERATIONS, steps, p->span);
    }
    Object o = {"policy definition", d->name, d->display_name, d->description,
                d->metadata,         d->span, MEASURE_NAME};
    check_object(c, &o, &ms);
}

static void measure_member(Measures *ms, const InitiativeMember *m)
{
    for (uint32_t i = 0; m->definition && i < m->arguments.len; i++) {
        const PolicyArgument *arg = &m->arguments.items[i];
        size_t steps = measure_list(arg->value);
        if (steps > measure_most(MEASURE_ITERATIONS) && definition_walks(m->definition, arg->name))
            measure_peak(ms, MEASURE_ITERATIONS, steps, arg->span);
    }
}

static void check_initiative(Compilation *c, const PolicyInitiative *in)
{
    Measures ms = {0};
    measure_initiative(c->arena, &ms, in);
    measure_peak(&ms, MEASURE_INITIATIVE_PARAMETERS, in->parameters.len, in->span);
    for (uint32_t i = 0; i < in->members.len; i++) {
        measure_sum(&ms, MEASURE_MEMBERS, 1, in->members.items[i].span);
        measure_member(&ms, &in->members.items[i]);
    }
    for (uint32_t i = 0; i < in->parameters.len; i++) {
        const PolicyParameter *p = &in->parameters.items[i];
        size_t steps = measure_list(p->initial);
        if (steps > measure_most(MEASURE_ITERATIONS) && initiative_walks(in, p->name))
            measure_peak(&ms, MEASURE_ITERATIONS, steps, p->span);
    }
    Object o = {"initiative", in->name, in->display_name, in->description,
                in->metadata, in->span, MEASURE_NAME};
    check_object(c, &o, &ms);
}

static void measure_selectors(Measures *ms, const ResourceSelector *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        measure_sum(ms, MEASURE_SELECTORS, 1, list[i].span);
        for (uint32_t k = 0; k < list[i].selectors.len; k++)
            measure_peak(ms, MEASURE_SELECTOR_VALUES, list[i].selectors.items[k].values.len,
                         list[i].span);
    }
}

static void measure_overrides(Measures *ms, const PolicyAssignment *a)
{
    for (uint32_t i = 0; i < a->overrides.len; i++) {
        const PolicyOverride *o = &a->overrides.items[i];
        measure_sum(ms, MEASURE_OVERRIDES, 1, o->span);
        for (uint32_t k = 0; k < o->selectors.len; k++)
            measure_peak(ms, MEASURE_SELECTOR_VALUES, o->selectors.items[k].values.len, o->span);
    }
}

static const PolicyInitiative *initiative_of(const PolicySet *set, const PolicyAssignment *a)
{
    const char *slash = a->definition_id ? strrchr(a->definition_id, '/') : NULL;
    for (uint32_t i = 0; slash && i < set->initiatives.len; i++) {
        if (str_equal_nocase(str_of(slash + 1), str_of(set->initiatives.items[i]->name)))
            return set->initiatives.items[i];
    }
    return NULL;
}

static bool is_management_group(const char *scope)
{
    return str_starts_nocase(str_of(scope),
                             str_of("/providers/Microsoft.Management/managementGroups/"));
}

static void check_assignment(Compilation *c, const PolicySet *set, const PolicyAssignment *a)
{
    Measures ms = {0};
    Buf body = {0};
    write_assignment(&body, a, (WriteOptions){0});
    measure_peak(&ms, MEASURE_BODY, body.n, a->span);
    buf_free(&body);
    measure_peak(&ms, MEASURE_EXCLUSIONS, a->not_scopes.len, a->span);
    measure_selectors(&ms, a->selectors.items, a->selectors.len);
    measure_overrides(&ms, a);
    const PolicyInitiative *in = initiative_of(set, a);
    for (uint32_t i = 0; in && i < a->arguments.len; i++) {
        const PolicyArgument *arg = &a->arguments.items[i];
        size_t steps = measure_list(arg->value);
        if (steps > measure_most(MEASURE_ITERATIONS) && initiative_walks(in, arg->name))
            measure_peak(&ms, MEASURE_ITERATIONS, steps, arg->span);
    }
    Object o = {"assignment",
                a->name,
                a->display_name,
                a->description,
                a->metadata,
                a->span,
                is_management_group(a->scope) ? MEASURE_GROUP_ASSIGNMENT_NAME : MEASURE_NAME};
    check_object(c, &o, &ms);
}

static void check_exemption(Compilation *c, const PolicyExemption *e)
{
    Measures ms = {0};
    measure_selectors(&ms, e->selectors.items, e->selectors.len);
    Object o = {"exemption", e->name, e->display_name, e->description,
                e->metadata, e->span, MEASURE_NAME};
    check_object(c, &o, &ms);
}

void limits_check(Compilation *c, const PolicySet *set, const char *root)
{
    for (uint32_t i = 0; i < set->initiatives.len; i++)
        check_initiative(c, set->initiatives.items[i]);
    for (uint32_t i = 0; i < set->assignments.len; i++)
        check_assignment(c, set, set->assignments.items[i]);
    for (uint32_t i = 0; i < set->exemptions.len; i++)
        check_exemption(c, set->exemptions.items[i]);
    scopes_check(c, set, root);
}
