// field_report.c - what to say of a property that a kind does not have.
//
// Looks through the aliases of the type for what may have been meant: a near
// spelling, the same name inside another object, a variant that has it, or a
// list whose elements were forgotten. Slow, and only ever run on a mistake.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/kind.h"
#include "sema/module.h"

enum { MOST_NAMES = 6 };

typedef struct Report {
    Program *program;
    const FieldMiss *miss;
    Arena *scratch;
    const KindInfo *listed;      // the kind whose aliases are read: the parent of an inline one
    Str tail;                    // what is unknown, after the base
    const char *shown_base;      // "r." of "r.value"
    VEC(const char *) elsewhere; // the name inside another object
    VEC(const char *) variants;
    Suggest near;
} Report;

// --- lists and scalars on the way -------------------------------------------------------------

static Diag *report_list(Report *r, const char *list, const char *rest)
{
    Diags *ds = r->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_NEEDS_QUANTIFIER, r->miss->span,
                          "`%s` is a list: ask for its elements", list);
    diag_help(ds, d, "write `some x in %s: x.%s …`, or `every`, or `no`", list, rest);
    return d;
}

static Diag *report_on_the_way(Report *r)
{
    Compilation *c = r->program->compilation;
    const FieldMiss *m = r->miss;
    for (const char *dot = r->tail.p; (dot = strchr(dot, '.')); dot++) {
        Name prefix = intern(c->names, m->field, (size_t)(dot - m->field));
        const FieldInfo *f = field_find(r->program, m->kind, m->inlined, prefix);
        if (!f->exists || f->type->kind == TYPE_OBJECT || f->type->kind == TYPE_ANY)
            continue;
        const char *list =
            arena_printf(c->arena, "%s%.*s", r->shown_base, (int)(dot - r->tail.p), r->tail.p);
        if (f->type->kind == TYPE_LIST)
            return report_list(r, list, dot + 1);
        return diag_report(c->diags, DIAG_UNKNOWN_PROPERTY, m->span,
                           "`%s` is %s, it has no property `%s`", list,
                           type_text(c->arena, f->type), dot + 1);
    }
    return NULL;
}

// --- other aliases of the type -----------------------------------------------------------------

static bool add_once(Arena *a, const char *text, size_t n, const char ***items, uint32_t *len)
{
    for (uint32_t i = 0; i < *len; i++) {
        if (str_equal(str_of((*items)[i]), (Str){text, n}))
            return false;
    }
    if (*len < MOST_NAMES)
        (*items)[(*len)++] = arena_copy(a, text, n);
    return true;
}

// Is `value` the value of a discriminator beside it? Then `a.VALUE.b` is b of a variant.
static bool is_variant(Report *r, Str prefix, Str value)
{
    const CatalogType *t = &r->listed->facts;
    CatalogAlias alias;
    for (uint32_t i = 0; i < t->alias_count; i++) {
        if (!catalog_alias_at(r->program->catalog, r->scratch, t->first_alias + i, &alias) ||
            alias.enum_count == 0 || !str_starts_nocase(str_of(alias.field), prefix) ||
            strchr(alias.field + prefix.n, '.'))
            continue;
        for (uint32_t k = 0; k < alias.enum_count; k++) {
            if (str_equal_nocase(str_of(alias.enum_values[k]), value))
                return true;
        }
    }
    return false;
}

// With one segment left out, is it the path that was written?
static void compare_without_segment(Report *r, Str path, Str base)
{
    for (size_t start = 0; start < path.n; start++) {
        if (start > 0 && path.p[start - 1] != '.')
            continue;
        const char *dot = memchr(path.p + start, '.', path.n - start);
        if (!dot)
            return;
        size_t end = (size_t)(dot - path.p), rest = path.n - end - 1;
        if (start + rest != r->tail.n ||
            !str_equal_nocase((Str){path.p, start}, (Str){r->tail.p, start}) ||
            !str_equal_nocase((Str){dot + 1, rest}, (Str){r->tail.p + start, rest}))
            continue;
        Str value = {path.p + start, end - start};
        Str prefix = {base.p, base.n + start};
        if (is_variant(r, prefix, value))
            add_once(r->program->compilation->arena, value.p, value.n, &r->variants.items,
                     &r->variants.len);
        else
            add_once(r->program->compilation->arena, path.p, path.n, &r->elsewhere.items,
                     &r->elsewhere.len);
    }
}

static uint32_t count_dots(Str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '.';
    return n;
}

static Str last_segment(Str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '.')
        at--;
    return (Str){path.p + at, path.n - at};
}

static void look_at(Report *r, const CatalogAlias *alias, Str base)
{
    Str field = str_of(alias->field);
    if (!str_starts_nocase(field, base) || field.n == base.n)
        return;
    Str path = {field.p + base.n, field.n - base.n};
    if (memchr(path.p, '[', path.n))
        return;
    if (count_dots(path) == count_dots(r->tail))
        suggest_offer(&r->near, path);
    else if (str_equal_nocase(last_segment(path), last_segment(r->tail)))
        add_once(r->program->compilation->arena, path.p, path.n, &r->elsewhere.items,
                 &r->elsewhere.len);
    compare_without_segment(r, path, (Str){field.p, base.n});
}

static void look_at_aliases(Report *r)
{
    const FieldMiss *m = r->miss;
    const CatalogType *t = &r->listed->facts;
    const char *base = m->base;
    if (m->inlined)
        base = arena_printf(r->scratch, "%s%s%s", m->kind->inline_path, *base ? "." : "", base);
    if (*base)
        base = arena_printf(r->scratch, "%s.", base);
    CatalogAlias alias;
    for (uint32_t i = 0; i < t->alias_count; i++) {
        if (catalog_alias_at(r->program->catalog, r->scratch, t->first_alias + i, &alias))
            look_at(r, &alias, str_of(base));
    }
}

static void look_at_names(Report *r)
{
    static const char *const plain[] = {"name", "full_name", "id",      "location",
                                        "kind", "tags",      "identity"};
    const FieldMiss *m = r->miss;
    if (*m->base || memchr(r->tail.p, '.', r->tail.n))
        return;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        suggest_offer(&r->near, str_of(plain[i]));
    for (const KindInfo *k = m->kind; k; k = k->parent) {
        for (uint32_t i = 0; i < k->scope->lets.len; i++)
            suggest_offer(&r->near, str_of(k->scope->lets.keys[i]));
    }
    if (m->module)
        module_offer(m->module, &r->near, SYMBOL_BIT_VALUES);
}

// --- saying it -----------------------------------------------------------------------------------

// Refinements of the kind that fix one of the variants.
static void help_refinements(Report *r, Diag *d, const Module *m)
{
    Diags *ds = r->program->compilation->diags;
    for (uint32_t i = 0; m && i < m->symbols.len; i++) {
        Symbol *s = m->symbols.values[i];
        if (s->kind != SYMBOL_KIND || s->decl->kind_decl->parent.name != r->miss->kind->name)
            continue;
        const KindInfo *kind = kind_of_symbol(r->program, s);
        for (uint32_t v = 0; kind && v < kind->scope->variants.len; v++) {
            for (uint32_t k = 0; k < r->variants.len; k++) {
                if (str_equal_nocase(str_of(kind->scope->variants.items[v].value),
                                     str_of(r->variants.items[k])))
                    diag_help(ds, d, "use the kind `%s`, where it is `%s`", kind->name,
                              r->variants.items[k]);
            }
        }
    }
}

static Diag *report_variant(Report *r)
{
    Compilation *c = r->program->compilation;
    const FieldMiss *m = r->miss;
    Buf b = {0};
    for (uint32_t i = 0; i < r->variants.len; i++)
        buf_printf(&b, "%s`%s`", i ? ", " : "", r->variants.items[i]);
    Diag *d =
        diag_report(c->diags, DIAG_PROPERTY_OF_VARIANT, m->span,
                    "only some variants of `%s` have a property `%s`", m->kind->name, m->shown);
    diag_note(c->diags, d, "it is there for %s", b.p);
    buf_free(&b);
    uint32_t helps = d->helps.len;
    help_refinements(r, d, m->kind->module);
    if (m->module && m->module != m->kind->module)
        help_refinements(r, d, m->module);
    if (d->helps.len == helps)
        diag_help(c->diags, d, "refine the kind: `kind … = %s where … == \"%s\"`", m->kind->name,
                  r->variants.items[0]);
    return d;
}

static Diag *report_plain(Report *r)
{
    Compilation *c = r->program->compilation;
    const FieldMiss *m = r->miss;
    Diag *d = *m->base ? diag_report(c->diags, DIAG_UNKNOWN_PROPERTY, m->span,
                                     "elements of `%.*s` have no property `%.*s`",
                                     (int)strlen(m->base) - 3, m->base, (int)r->tail.n, r->tail.p)
                       : diag_report(c->diags, DIAG_UNKNOWN_PROPERTY, m->span,
                                     "`%s` has no property `%s`", m->kind->name, m->shown);
    for (uint32_t i = 0; i < r->elsewhere.len; i++)
        diag_help(c->diags, d, "did you mean `%s%s`?", r->shown_base, r->elsewhere.items[i]);
    for (uint32_t i = 0; r->elsewhere.len == 0 && i < r->near.count; i++)
        diag_help(c->diags, d, "did you mean `%s%.*s`?", r->shown_base, (int)r->near.best[i].n,
                  r->near.best[i].p);
    if (r->elsewhere.len == 0 && r->near.count == 1)
        diag_fix(c->diags, d, m->span,
                 arena_printf(c->arena, "%s%.*s", r->shown_base, (int)r->near.best[0].n,
                              r->near.best[0].p));
    if (m->inlined) {
        const FieldInfo *own = field_find(r->program, m->kind, false, m->field);
        if (own->exists)
            diag_note(c->diags, d,
                      "it is known for the resource itself, not inside its parent `%s`",
                      r->listed->name);
    }
    return d;
}

static Diag *report_any(Report *r)
{
    Diags *ds = r->program->compilation->diags;
    Diag *d = diag_report(ds, DIAG_ALIAS_OF_ANY, r->miss->span,
                          "kind `%s` stands for every type, it has no property `%s`",
                          r->miss->kind->name, r->miss->shown);
    diag_help(ds, d, "all types have `name`, `id`, `kind`, `location` and `tags`");
    return d;
}

Diag *field_report_unknown(Program *p, const FieldMiss *miss)
{
    size_t base = strlen(miss->base) + (*miss->base != '\0');
    size_t shown = strlen(miss->shown), tail = strlen(miss->field) - base;
    Report r = {.program = p, .miss = miss};
    r.tail = (Str){miss->field + base, tail};
    r.shown_base = arena_copy(p->compilation->arena, miss->shown, shown >= tail ? shown - tail : 0);
    r.listed = miss->inlined ? miss->kind->inline_parent : miss->kind;
    if (!r.listed->type)
        return report_any(&r);
    Diag *d = report_on_the_way(&r);
    if (d)
        return d;
    r.scratch = arena_new();
    r.elsewhere.items = ARENA_ARRAY(r.scratch, const char *, MOST_NAMES);
    r.variants.items = ARENA_ARRAY(r.scratch, const char *, MOST_NAMES);
    suggest_start(&r.near, r.tail);
    if (suggestion_is_due(p)) {
        look_at_aliases(&r);
        look_at_names(&r);
    }
    d = r.variants.len ? report_variant(&r) : report_plain(&r);
    arena_free(r.scratch);
    return d;
}
