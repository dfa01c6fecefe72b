// place.c - places in a resource: from words and dots to an alias.
//
// A place is looked up only when it is complete, since `networkAcls` may be no
// alias while `networkAcls.bypass` is one.
//
// SPDX-License-Identifier: MIT
#include "sema/elaborate.h"
#include "sema/module.h"

Ref place_root(const KindInfo *kind, Subject subject, Binder *inline_binder, Name empty,
               const char *shown, Span span)
{
    Place place = {.kind = kind,
                   .subject = subject,
                   .inline_binder = inline_binder,
                   .binder = inline_binder,
                   .field = empty,
                   .base = empty,
                   .shown = shown};
    return (Ref){.kind = REF_PLACE, .span = span, .place = place};
}

static bool is_inlined(const Place *p)
{
    return p->inline_binder != NULL;
}

bool place_has_word(Elaborator *e, Name word)
{
    const KindInfo *kind = e->at.kind;
    if (!kind)
        return false;
    if (field_plain(e->program, kind, word))
        return true;
    if (!kind->type)
        return false;
    const FieldInfo *f = field_find(e->program, kind, e->at.inline_binder, word);
    if (!f->unchecked)
        return f->exists || f->below;
    const Symbol *s = module_peek(e->at.module, word); // unknown type: declarations first
    return !s || !(SYMBOL_BIT(s->kind) & SYMBOL_BIT_VALUES);
}

FieldInfo *place_field(Elaborator *e, const Place *place)
{
    Program *p = e->program;
    if (place->plain)
        return field_plain(p, place->kind, place->field);
    if (!place->unchecked)
        return field_find(p, place->kind, is_inlined(place), place->field);
    FieldInfo *f = ARENA_NEW(e->arena, FieldInfo);
    const KindInfo *kind = is_inlined(place) ? place->kind->inline_parent : place->kind;
    *f = (FieldInfo){.exists = true,
                     .below = true,
                     .is_alias = true,
                     .unchecked = true,
                     .field = place->field,
                     .type = type_simple(TYPE_ANY)};
    f->alias = arena_printf(e->arena, "%s/%s", kind->type, place->field);
    f->path = arena_printf(e->arena, "properties.%s", place->field);
    return f;
}

// --- the resource's own fields ----------------------------------------------------------------

static bool field_absent(const KindInfo *kind, const char *field)
{
    const CatalogType *t = &kind->facts;
    if (!kind->known_type)
        return false;
    if (strcmp(field, "tags") == 0)
        return t->tags == CATALOG_ABSENT;
    if (strcmp(field, "location") == 0)
        return t->location == CATALOG_ABSENT;
    if (strcmp(field, "kind") == 0)
        return t->kind == CATALOG_ABSENT;
    return strncmp(field, "identity", 8) == 0 && t->identity == CATALOG_ABSENT;
}

static bool report_absent(Elaborator *e, const Place *place, const char *field, Span span)
{
    const KindInfo *kind = place->kind;
    bool tags = strcmp(field, "tags") == 0;
    Diag *d = elab_report(e, tags ? DIAG_NO_SUCH_FIELD : DIAG_FIELD_NEVER_SET, span,
                          "resources of kind `%s` have no %s", kind->name,
                          strncmp(field, "identity", 8) == 0 ? "identity" : field);
    if (strcmp(field, "location") == 0)
        diag_note(e->diags, d, "Azure gives them the location `global`");
    Name name = intern_str(e->program->compilation->names, field);
    if (kind->type && field_find(e->program, kind, false, name)->exists)
        diag_help(e->diags, d, "the property of that name is `properties.%s`", field);
    return !tags;
}

// A field of the resource itself, of an inline kind only where the parent's array has it.
static Ref plain_place(Elaborator *e, Ref ref, Word word, Span span)
{
    Place *place = &ref.place;
    place->shown =
        *place->shown ? arena_printf(e->arena, "%s.%s", place->shown, word.name) : word.name;
    place->field = word.name;
    ref.span = span;
    bool has_form = strcmp(word.name, "name") == 0 || strcmp(word.name, "id") == 0;
    if (is_inlined(place) && !has_form) {
        Diag *d =
            elab_report(e, DIAG_NO_SUCH_FIELD, word.span, "`%s` has no `%s` inside its parent `%s`",
                        place->kind->name, word.name, place->kind->inline_parent->name);
        diag_note(e->diags, d, "a requirement on an inline kind judges both forms");
        return elab_ref_error(span);
    }
    place->plain = !is_inlined(place);
    if (place->plain && field_absent(place->kind, word.name) &&
        !report_absent(e, place, word.name, word.span))
        return elab_ref_error(span);
    return ref;
}

// --- members ---------------------------------------------------------------------------------

static TExpr *tag_node(Elaborator *e, const Place *place, TExpr *key, Span span)
{
    if (place->subject == SUBJECT_RELATED && key->kind != TX_STRING && key->kind != TX_PARAM) {
        elab_report(e, DIAG_RELATED_IN_FUNCTION, key->span,
                    "a tag of the related resource is named by a literal or a parameter");
        return elab_error(e, span);
    }
    TExpr *tag = elab_node(e, TX_TAG, span, type_simple(TYPE_STRING));
    tag->op = (uint8_t)place->subject;
    tag->operand = key;
    e->related_reads += place->subject == SUBJECT_RELATED;
    return tag;
}

static Ref plain_member(Elaborator *e, const Ref *of, Word member, Span span)
{
    const char *field = of->place.field;
    if (strcmp(field, "tags") == 0) {
        TExpr *key = elab_node(e, TX_STRING, member.span, type_simple(TYPE_STRING));
        key->text = member.name;
        return elab_ref_value(tag_node(e, &of->place, key, span));
    }
    Ref ref = *of;
    Program *p = e->program;
    ref.span = span;
    ref.place.field =
        intern_str(p->compilation->names, arena_printf(e->arena, "%s.%s", field, member.name));
    ref.place.shown = arena_printf(e->arena, "%s.%s", of->place.shown, member.name);
    if (field_plain(p, of->place.kind, ref.place.field))
        return ref;
    Diag *d = elab_report(e, DIAG_NO_SUCH_MEMBER, member.span, "`%s` has no member `%s`", field,
                          member.name);
    if (strcmp(field, "identity") == 0)
        diag_help(e->diags, d,
                  "policies see `identity.type` and `identity.userAssignedIdentities`");
    return elab_ref_error(span);
}

static Ref kind_let_member(Elaborator *e, const Ref *of, const KindItem *item,
                           const KindInfo *owner, Span span)
{
    Context saved = e->at;
    const Frame frame = {saved.frame, item, item->path.name, span};
    Frame *pushed = ARENA_NEW(e->arena, Frame);
    *pushed = frame;
    e->at = (Context){.module = owner->module,
                      .kind = of->place.kind,
                      .subject = of->place.subject,
                      .inline_binder = of->place.inline_binder,
                      .frame = pushed};
    Ref ref = elab_ref(e, item->value);
    e->at = saved;
    return ref;
}

static Ref root_member(Elaborator *e, const Ref *of, Word member, Span span)
{
    Ref ref = *of;
    Place *place = &ref.place;
    const KindInfo *owner;
    const KindItem *item = place->aliases ? NULL : kind_let(place->kind, member.name, &owner);
    if (item)
        return kind_let_member(e, of, item, owner, span);
    if (!place->aliases && strcmp(member.name, "properties") == 0) {
        place->aliases = true;
        place->shown =
            *place->shown ? arena_printf(e->arena, "%s.properties", place->shown) : "properties";
        ref.span = span;
        return ref;
    }
    if (!place->aliases && field_plain(e->program, place->kind, member.name))
        return plain_place(e, ref, member, span);
    place->field = member.name;
    place->shown =
        *place->shown ? arena_printf(e->arena, "%s.%s", place->shown, member.name) : member.name;
    ref.span = span;
    return ref;
}

Ref place_member(Elaborator *e, const Ref *of, Word member, Span span)
{
    if (of->place.plain)
        return plain_member(e, of, member, span);
    if (*of->place.field == '\0')
        return root_member(e, of, member, span);
    Ref ref = *of;
    ref.span = span;
    ref.place.field = intern_str(e->program->compilation->names,
                                 arena_printf(e->arena, "%s.%s", of->place.field, member.name));
    ref.place.shown = arena_printf(e->arena, "%s.%s", of->place.shown, member.name);
    return ref;
}

// --- brackets --------------------------------------------------------------------------------

static TExpr *key_of(Elaborator *e, const Expr *index)
{
    uint32_t reads = e->related_reads;
    bool placing = e->placing;
    e->placing = false;
    TExpr *key = elab_hinted(e, index, type_simple(TYPE_STRING));
    e->placing = placing;
    if (e->related_reads > reads) {
        elab_report(e, DIAG_RELATED_IN_FUNCTION, index->span,
                    "a property of the related resource cannot be a key");
        return elab_error(e, index->span);
    }
    if (key->kind == TX_ERROR || type_is_text(key->type) || key->type->kind == TYPE_ANY)
        return key;
    Diag *d = elab_report(e, DIAG_BAD_INDEX, index->span, "a key is a string, this is %s",
                          elab_type_text(e, key->type));
    if (key->type->kind == TYPE_INT)
        diag_help(e->diags, d,
                  "Azure cannot ask for one element of an array: use `some` or `every`");
    return elab_error(e, index->span);
}

Ref place_index(Elaborator *e, const Ref *of, const Expr *index, Span span)
{
    TExpr *key = key_of(e, index);
    if (key->kind == TX_ERROR)
        return elab_ref_error(span);
    if (of->place.plain && strcmp(of->place.field, "tags") == 0)
        return elab_ref_value(tag_node(e, &of->place, key, span));
    Ref ref = *of;
    TExpr *object = place_value(e, &ref);
    if (object->kind == TX_ERROR)
        return elab_ref_error(span);
    const Type *t = object->type;
    if (t->kind != TYPE_OBJECT && t->kind != TYPE_TABLE && t->kind != TYPE_ANY) {
        elab_report(e, DIAG_BAD_INDEX, index->span, "`%s` has no keys, it is %s", of->place.shown,
                    elab_type_text(e, t));
        return elab_ref_error(span);
    }
    TExpr *x =
        elab_node(e, TX_LOOKUP, span, t->kind == TYPE_TABLE ? t->element : type_simple(TYPE_ANY));
    x->left = object;
    x->right = key;
    return elab_ref_value(x);
}

// --- alias "…" ---------------------------------------------------------------------------------

static Ref report_other_type(Elaborator *e, const Expr *x)
{
    Diag *d = elab_report(e, DIAG_ALIAS_OF_OTHER_TYPE, x->span, "`%s` is no alias of kind `%s`",
                          x->text, e->at.kind->name);
    diag_note(e->diags, d, "on other types an alias is always missing");
    diag_help(e->diags, d, "aliases of this kind begin with `%s/`", e->at.kind->type);
    return elab_ref_error(x->span);
}

// The loop variable that stands for the elements an alias with [*] walks.
static bool bind_element(Elaborator *e, Place *place)
{
    const char *field = place->field, *star = NULL;
    for (const char *s = strstr(field, "[*]"); s; s = strstr(s + 3, "[*]"))
        star = s;
    if (!star)
        return true;
    Str element = {field, (size_t)(star + 3 - field)};
    for (const Local *l = e->at.locals; l; l = l->outer) {
        if (l->kind == LOCAL_ELEMENT && l->binder->kind == BINDER_FIELD &&
            str_equal_nocase(str_of(l->place.field), element)) {
            place->binder = l->binder;
            place->base = l->place.field;
            return true;
        }
    }
    return false;
}

static Ref alias_place(Elaborator *e, const Expr *x, const char *field)
{
    Program *p = e->program;
    Name empty = intern_str(p->compilation->names, "");
    Ref ref = place_root(e->at.kind, e->at.subject, e->at.inline_binder, empty, x->text, x->span);
    ref.place.field = intern_str(p->compilation->names, field);
    if (!bind_element(e, &ref.place)) {
        Diag *d = elab_report(e, DIAG_NEEDS_QUANTIFIER, x->span,
                              "an alias of array elements needs `some`, `every` or `no`");
        diag_help(e->diags, d, "write the alias of the array as what the quantifier walks");
        return elab_ref_error(x->span);
    }
    if (place_field(e, &ref.place)->exists)
        return ref;
    elab_report(e, DIAG_UNLISTED_ALIAS, x->span, "the catalogue does not have the alias `%s`",
                x->text);
    ref.place.unchecked = true;
    return ref;
}

// Old aliases without a type: Microsoft.Compute/imagePublisher.
static TExpr *legacy_alias(Elaborator *e, const Expr *x)
{
    CatalogAlias alias;
    Str name = str_of(x->text);
    const char *slash = strchr(x->text, '/');
    if (!slash || strchr(slash + 1, '/') ||
        !str_starts_nocase(str_of(e->at.kind->type),
                           (Str){x->text, (size_t)(slash - x->text) + 1}) ||
        !catalog_alias_named(e->program->catalog, e->arena, name, &alias))
        return NULL;
    FieldRef *f = ARENA_NEW(e->arena, FieldRef);
    *f = (FieldRef){.alias = alias.name,
                    .path = alias.path,
                    .shown = x->text,
                    .is_alias = true,
                    .flags = alias.flags,
                    .subject = e->at.subject};
    TExpr *value = elab_node(e, TX_FIELD, x->span, type_simple(TYPE_STRING));
    value->field = f;
    return value;
}

Ref place_alias(Elaborator *e, const Expr *x)
{
    const KindInfo *kind = e->at.kind;
    if (!kind || !kind->type) {
        Diag *d = elab_report(e, DIAG_ALIAS_OF_ANY, x->span,
                              "an alias belongs to one resource type, there is none here");
        diag_help(e->diags, d, "write the requirement `for` a kind with a resource type");
        return elab_ref_error(x->span);
    }
    size_t n = strlen(kind->type);
    if (str_starts_nocase(str_of(x->text), str_of(kind->type)) && x->text[n] == '/' &&
        x->text[n + 1] && !strchr(x->text + n + 1, '/'))
        return alias_place(e, x, x->text + n + 1);
    TExpr *legacy = legacy_alias(e, x);
    return legacy ? elab_ref_value(legacy) : report_other_type(e, x);
}
