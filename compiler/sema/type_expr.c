// type_expr.c - types as written, and parameters.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/elaborate.h"
#include "sema/module.h"

static const struct {
    const char *word;
    TypeKind kind;
} WORDS[] = {
    {"bool", TYPE_BOOL},         {"int", TYPE_INT},
    {"float", TYPE_FLOAT},       {"string", TYPE_STRING},
    {"cidr", TYPE_CIDR},         {"datetime", TYPE_DATETIME},
    {"guid", TYPE_GUID},         {"uri", TYPE_URI},
    {"location", TYPE_LOCATION}, {"resource_id", TYPE_RESOURCE_ID},
};

static const Type *report_unknown_type(Program *p, Module *m, const TypeExpr *t, const char *text)
{
    Diags *ds = p->compilation->diags;
    Diag *d = diag_report(ds, DIAG_UNKNOWN_TYPE, t->path.span, "there is no type `%s`", text);
    const Symbol *s = module_peek(m, t->path.words.items[0].name);
    if (s && s->kind == SYMBOL_KIND) {
        diag_help(ds, d, "the id of such a resource is `resource_id(%s)`, a property of it `%s.…`",
                  text, text);
        return type_simple(TYPE_ERROR);
    }
    Suggest near;
    suggest_start(&near, str_of(text));
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        suggest_offer(&near, str_of(WORDS[i].word));
    check_suggest(p, d, t->path.span, &near, false);
    if (near.count == 0)
        diag_help(ds, d,
                  "types are bool, int, float, string, datetime, cidr, guid, location, uri, "
                  "resource_id(kind), [T], {name: T}, {string: T}, and kind.property");
    return type_simple(TYPE_ERROR);
}

static const Type *duration_type(Program *p, const TypeExpr *t)
{
    Diags *ds = p->compilation->diags;
    const char *form = t->arguments.len == 1 ? t->arguments.items[0].name : "";
    if (strcmp(form, "iso8601") == 0)
        return type_simple(TYPE_DURATION_ISO8601);
    if (strcmp(form, "clock") == 0)
        return type_simple(TYPE_DURATION_CLOCK);
    Diag *d = diag_report(ds, DIAG_UNKNOWN_TYPE, t->span, "a duration needs its form");
    diag_help(ds, d, "write `duration(iso8601)` for PT15M, `duration(clock)` for 7.00:00:00");
    return type_simple(TYPE_ERROR);
}

static const Type *resource_id_type(Program *p, Module *m, const TypeExpr *t)
{
    if (t->arguments.len == 0)
        return type_simple(TYPE_RESOURCE_ID);
    Symbol *s = module_resolve_word(m, t->arguments.items[0], SYMBOL_KIND, "kind");
    const KindInfo *kind = s ? kind_of_symbol(p, s) : NULL;
    if (!kind)
        return type_simple(TYPE_ERROR);
    Type *id = ARENA_NEW(p->compilation->arena, Type);
    *id = (Type){.kind = TYPE_RESOURCE_ID};
    if (kind->type)
        id->resource_type = intern_str(p->compilation->names, kind->type);
    return id;
}

static const Type *simple_word(Program *p, Module *m, const TypeExpr *t, bool *ret_found)
{
    Word word = t->path.words.items[0];
    *ret_found = true;
    if (strcmp(word.name, "duration") == 0)
        return duration_type(p, t);
    if (strcmp(word.name, "resource_id") == 0)
        return resource_id_type(p, m, t);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(word.name, WORDS[i].word) == 0)
            return type_simple(WORDS[i].kind);
    }
    *ret_found = false;
    return NULL;
}

// --- kind.property -------------------------------------------------------------------------------

// Steps through arrays: rai_policy.contentFilters.severityThreshold.
static const FieldInfo *walk_property(Program *p, const KindInfo *kind, const ModulePath *path,
                                      Name *ret_field)
{
    Compilation *c = p->compilation;
    Name field = path->words.items[1].name;
    const FieldInfo *f = field_find(p, kind, false, field);
    for (uint32_t i = 2; i < path->words.len; i++) {
        const char *step = f->exists && f->type->kind == TYPE_LIST ? "[*]" : "";
        field = intern_str(
            c->names, arena_printf(c->arena, "%s%s.%s", field, step, path->words.items[i].name));
        f = field_find(p, kind, false, field);
    }
    *ret_field = field;
    return f;
}

static const Type *property_type(Program *p, Symbol *s, const TypeExpr *t)
{
    const KindInfo *kind = kind_of_symbol(p, s);
    if (!kind)
        return type_simple(TYPE_ERROR);
    Compilation *c = p->compilation;
    Name field = t->path.words.items[1].name;
    const FieldInfo *f = t->path.words.len == 2 ? field_plain(p, kind, field) : NULL;
    if (!f || !f->exists)
        f = kind->type ? walk_property(p, kind, &t->path, &field) : NULL;
    if (!f || !f->exists) {
        Span span = {t->path.words.items[1].span.start, t->path.span.end};
        FieldMiss miss = {.kind = kind, .field = field, .base = "", .shown = field, .span = span};
        field_report_unknown(p, &miss);
        return type_simple(TYPE_ERROR);
    }
    if (f->type->kind == TYPE_ENUM && !f->type->property) {
        Type *named = ARENA_NEW(c->arena, Type);
        *named = *f->type;
        named->property = property_name(p, kind, f->field);
        return named;
    }
    return f->type;
}

static const Type *named_type(Program *p, Module *m, const TypeExpr *t)
{
    bool found;
    const ModulePath *path = &t->path;
    if (path->words.len == 1) {
        const Type *type = simple_word(p, m, t, &found);
        if (found)
            return type;
    }
    Symbol *s = module_peek(m, path->words.items[0].name);
    if (path->words.len > 1 && s && s->kind == SYMBOL_KIND) {
        module_lookup_at(m, path->words.items[0]);
        return property_type(p, s, t);
    }
    return report_unknown_type(p, m, t, module_path_text(p->compilation->arena, path, UINT32_MAX));
}

// --- lists, records, tables ----------------------------------------------------------------------

static const Type *fields_type(Program *p, Module *m, const TypeExpr *t)
{
    Compilation *c = p->compilation;
    Type *type = ARENA_NEW(c->arena, Type);
    if (t->fields.len == 1 && strcmp(t->fields.items[0].name.name, "string") == 0) {
        *type =
            (Type){.kind = TYPE_TABLE, .element = type_from_expr(p, m, t->fields.items[0].type)};
        return type;
    }
    *type = (Type){.kind = TYPE_RECORD};
    for (uint32_t i = 0; i < t->fields.len; i++) {
        const TypeField *f = &t->fields.items[i];
        for (uint32_t k = 0; k < i; k++) {
            if (t->fields.items[k].name.name == f->name.name)
                diag_report(c->diags, DIAG_DUPLICATE_ENTRY, f->name.span,
                            "the member `%s` is given twice", f->name.name);
        }
        vec_push(c->arena, &type->fields,
                 ((RecordField){f->name.name, type_from_expr(p, m, f->type)}));
    }
    return type;
}

// As deep as the parser lets types be.
const Type *type_from_expr(Program *p, Module *m, const TypeExpr *t)
{
    if (t->kind == TYPEEXPR_LIST)
        return type_list(p->compilation->arena, type_from_expr(p, m, t->element));
    return t->kind == TYPEEXPR_FIELDS ? fields_type(p, m, t) : named_type(p, m, t);
}

// --- parameters ----------------------------------------------------------------------------------

ParamInfo *param_of_symbol(Program *p, Symbol *s)
{
    if (s->param)
        return s->param;
    Compilation *c = p->compilation;
    const ParamDecl *decl = s->decl->param;
    ParamInfo *param = ARENA_NEW(c->arena, ParamInfo);
    *param = (ParamInfo){.name = s->name,
                         .description = decl->description.text,
                         .decl = s->decl,
                         .module = s->module};
    s->param = param;
    param->type = type_from_expr(p, s->module, decl->type);
    if (type_has_error(param->type))
        param->type = type_simple(TYPE_ERROR);
    if (!decl->initial || param->type->kind == TYPE_ERROR)
        return param;
    Elaborator *e = elaborator_new(p, s->module, c->arena);
    TExpr *initial = elaborate_constant(e, decl->initial, param->type);
    if (initial->kind == TX_NULL)
        elab_report(e, DIAG_TYPE_MISMATCH, decl->initial->span,
                    "a parameter cannot be `null`: %s is needed", type_text(c->arena, param->type));
    else if (!elaborator_failed(e))
        param->initial = initial;
    return param;
}
