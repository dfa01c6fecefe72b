// scope.c - scopes, selectors and exemptions: what an assignment counts for.
//
// spec: evaluation, assignments
//
// SPDX-License-Identifier: MIT
#include "assess/scope.h"

#include "eval/value.h"

static const char MANAGEMENT_GROUP[] = "/providers/Microsoft.Management/managementGroups/";

static bool is_below(Str id, Str scope)
{
    while (scope.n > 0 && scope.p[scope.n - 1] == '/')
        scope.n--;
    return str_starts_nocase(id, scope) && (id.n == scope.n || id.p[scope.n] == '/');
}

static bool group_is_above(const Data *groups, Str name)
{
    for (uint32_t i = 0; groups->kind == DATA_ARRAY && i < groups->count; i++) {
        if (groups->items[i].kind == DATA_STRING &&
            str_equal_nocase(data_str(&groups->items[i]), name))
            return true;
    }
    return false;
}

bool scope_holds(const char *scope, const Facts *f)
{
    Str s = str_of(scope), group = str_of(MANAGEMENT_GROUP);
    if (!str_starts_nocase(s, group) || str_starts_nocase(f->id, group))
        return !f->id.p || is_below(f->id, s);
    return !f->management_groups ||
           group_is_above(f->management_groups, (Str){s.p + group.n, s.n - group.n});
}

// A notScope takes out only what is certainly below it.
static bool scope_surely_holds(const char *scope, const Facts *f)
{
    bool is_group = str_starts_nocase(str_of(scope), str_of(MANAGEMENT_GROUP));
    return (is_group ? f->management_groups != NULL : f->id.p != NULL) && scope_holds(scope, f);
}

// --- selectors -----------------------------------------------------------------------------------

// Regions compare without case and blanks.
static bool same_location(Str a, Str b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.n && a.p[i] == ' ')
            i++;
        while (j < b.n && b.p[j] == ' ')
            j++;
        if (i == a.n || j == b.n)
            return i == a.n && j == b.n;
        if (ascii_lower(a.p[i++]) != ascii_lower(b.p[j++]))
            return false;
    }
}

static bool has_value(const Selector *s, Str value, bool is_location)
{
    for (uint32_t i = 0; i < s->values.len; i++) {
        Str other = str_of(s->values.items[i]);
        if (is_location ? same_location(value, other) : str_equal_nocase(value, other))
            return true;
    }
    return false;
}

static bool is_kind(const Selector *s, const char *kind)
{
    return str_equal_nocase(str_of(s->kind), str_of(kind));
}

static bool selector_holds(const Selector *s, const Facts *f, const char *reference_id)
{
    bool in;
    if (is_kind(s, "resourceLocation"))
        in = f->location.p && has_value(s, f->location, true);
    else if (is_kind(s, "resourceType"))
        in = has_value(s, f->type, false);
    else if (is_kind(s, "resourceWithoutLocation"))
        in = !f->location.p;
    else if (is_kind(s, "policyDefinitionReferenceId"))
        in = has_value(s, str_of(reference_id ? reference_id : ""), false);
    else
        in = true;
    return in != s->negated;
}

// Of one selector all parts hold; of several selectors one is enough.
static bool selectors_hold(const ResourceSelector *list, uint32_t count, const Facts *f)
{
    for (uint32_t i = 0; i < count; i++) {
        bool all = true;
        for (uint32_t k = 0; k < list[i].selectors.len && all; k++)
            all = selector_holds(&list[i].selectors.items[k], f, NULL);
        if (all)
            return true;
    }
    return count == 0;
}

bool assignment_counts(const PolicyAssignment *a, const Facts *f, const char **ret_why_not)
{
    *ret_why_not = "the resource is outside the scope of the assignment";
    if (a->scope && !scope_holds(a->scope, f))
        return false;
    *ret_why_not = "a notScope of the assignment leaves the resource out";
    for (uint32_t i = 0; i < a->not_scopes.len; i++) {
        if (scope_surely_holds(a->not_scopes.items[i], f))
            return false;
    }
    *ret_why_not = "no resource selector of the assignment takes the resource";
    return selectors_hold(a->selectors.items, a->selectors.len, f);
}

static bool is_effect(const PolicyOverride *o)
{
    return str_equal_nocase(str_of(o->kind), str_of("policyEffect"));
}

bool override_names(const PolicyOverride *o, const char *reference_id)
{
    for (uint32_t i = 0; i < o->selectors.len; i++) {
        const Selector *s = &o->selectors.items[i];
        if (is_kind(s, "policyDefinitionReferenceId") &&
            !selector_holds(s, &(Facts){0}, reference_id))
            return false;
    }
    return is_effect(o);
}

bool override_counts(const PolicyOverride *o, const Facts *f, const char *reference_id)
{
    for (uint32_t i = 0; i < o->selectors.len; i++) {
        if (!selector_holds(&o->selectors.items[i], f, reference_id))
            return false;
    }
    return true;
}

// --- exemptions ------------------------------------------------------------------------------------

static bool has_ended(const PolicyExemption *e, const char *now)
{
    int64_t end, at;
    return e->expires_on && date_parse(str_of(e->expires_on), &end) &&
           date_parse(str_of(now), &at) && end <= at;
}

// Ids differ in case and by who wrote them; the name decides where there is no id.
static bool is_assignment(const char *id, const PolicyAssignment *a)
{
    Str full = str_of(id), name = str_of(a->name);
    if (a->id)
        return str_equal_nocase(full, str_of(a->id));
    return a->scope && full.n > name.n && full.p[full.n - name.n - 1] == '/' &&
           str_starts_nocase(full, str_of(a->scope)) &&
           str_equal_nocase((Str){full.p + full.n - name.n, name.n}, name);
}

bool exemption_counts(const PolicyExemption *e, const PolicyAssignment *a, const Facts *f,
                      const char *reference_id, const char *now)
{
    if (!e->assignment_id || !is_assignment(e->assignment_id, a) || has_ended(e, now))
        return false;
    if (e->scope && !scope_surely_holds(e->scope, f))
        return false;
    bool named = e->reference_ids.len == 0;
    for (uint32_t i = 0; i < e->reference_ids.len && !named; i++)
        named = reference_id &&
                str_equal_nocase(str_of(e->reference_ids.items[i]), str_of(reference_id));
    return named && selectors_hold(e->selectors.items, e->selectors.len, f);
}
