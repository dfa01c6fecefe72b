// related.c - `require related`: one resource beside the one assessed.
//
// spec: requirements, related resources. Azure looks below the resource when the
// related type is a child of its type, else in its resource group, in another
// group (`in`) or in the whole subscription (`at subscription`).
//
// SPDX-License-Identifier: MIT
#include "sema/requirement.h"

#include "base/str.h"
#include "sema/check.h"

static const char *const AT_WORDS[] = {"subscription", NULL};

static bool is_child_of(const char *child, const char *type)
{
    size_t n = type ? strlen(type) : 0;
    return n > 0 && str_starts_nocase(str_of(child), str_of(type)) && child[n] == '/';
}

static void related_scope(RequirementCheck *rc, const KindInfo *kind, const Related *r,
                          TRelated *ret)
{
    if (r->at.name) {
        if (check_choice(rc->program, r->at, "a scope to look in", AT_WORDS) == CHOICE_NONE)
            rc->failed = true;
        ret->scope = RELATED_SUBSCRIPTION;
    } else if (r->group) {
        ret->scope = RELATED_GROUP;
        ret->group = elaborate(rc->elaborator, r->group, type_simple(TYPE_STRING));
    }
    if (ret->scope == RELATED_DEFAULT || !ret->kind->type ||
        !is_child_of(ret->kind->type, kind->type))
        return;
    Span place = r->at.name ? r->at.span : r->group->span;
    Diag *d = diag_report(rc->diags, DIAG_SCOPE_IGNORED, place,
                          "Azure looks for `%s` below the resource, whatever is said here",
                          ret->kind->name);
    diag_note(rc->diags, d, "`%s` is a child type of `%s`", ret->kind->type, kind->type);
}

// A resource of the assessed type is looked for by name, else any sibling would do.
static void related_name(RequirementCheck *rc, const KindInfo *kind, const Related *r,
                         TRelated *ret)
{
    if (r->name) {
        ret->name = elaborate(rc->elaborator, r->name, type_simple(TYPE_STRING));
        return;
    }
    if (!kind->type || !kind_is_type(ret->kind, kind->type))
        return;
    Diag *d = requirement_error(rc, DIAG_RELATED_NEEDS_NAME, r->kind.span,
                                "related `%s` needs a name: it is of the type that is assessed",
                                ret->kind->name);
    diag_note(rc->diags, d, "without a name the resource itself would do");
    diag_help(rc->diags, d, "write `require related %s[\"name\"] %s: …`, or a plain `require`",
              r->kind.name, r->binder.name);
}

TRelated *related_check(RequirementCheck *rc, const KindInfo *kind, const Clause *clause)
{
    const Related *r = clause->related;
    const KindInfo *wanted = requirement_kind(rc, r->kind);
    if (!wanted)
        return NULL;
    TRelated *related = ARENA_NEW(rc->arena, TRelated);
    related->kind = wanted;
    related->span = clause->span;
    if (!wanted->type) {
        requirement_error(rc, DIAG_TYPE_NEEDED, r->kind.span,
                          "kind `%s` stands for every type, a related resource has one",
                          wanted->name);
        return NULL;
    }
    related_name(rc, kind, r, related);
    related_scope(rc, kind, r, related);
    if (r->condition) {
        elaborator_set_related(rc->elaborator, wanted, r->binder.name);
        related->condition = elaborate_require(rc->elaborator, r->condition);
        elaborator_set_related(rc->elaborator, NULL, NULL);
    }
    return related;
}
