// fact.c - facts around the resource: its group, its subscription, the request, now.
//
// SPDX-License-Identifier: MIT
#include "sema/check.h"
#include "sema/elaborate.h"

typedef struct FactMember {
    const char *word; // after the dot; NULL: nothing follows the fact
    const char *key;  // as Azure says it
    TypeKind type;    // TABLE: of texts, its keys follow
} FactMember;

static const FactMember GROUP_MEMBERS[] = {
    {"name", "name", TYPE_STRING},
    {"id", "id", TYPE_RESOURCE_ID},
    {"location", "location", TYPE_LOCATION},
    {"tags", "tags", TYPE_TABLE},
    {"managedBy", "managedBy", TYPE_RESOURCE_ID},
    {"type", "type", TYPE_STRING},
    {"properties", "properties", TYPE_OBJECT},
    {NULL, NULL, TYPE_ERROR},
};
static const FactMember SUBSCRIPTION_MEMBERS[] = {
    {"id", "id", TYPE_RESOURCE_ID},
    {"subscriptionId", "subscriptionId", TYPE_GUID},
    {"tenantId", "tenantId", TYPE_GUID},
    {"displayName", "displayName", TYPE_STRING},
    {NULL, NULL, TYPE_ERROR},
};
static const FactMember REQUEST_MEMBERS[] = {
    {"apiVersion", "apiVersion", TYPE_STRING},
    {"claims", "identity", TYPE_TABLE},
    {NULL, NULL, TYPE_ERROR},
};
static const FactMember POLICY_MEMBERS[] = {
    {"assignmentId", "assignmentId", TYPE_RESOURCE_ID},
    {"definitionId", "definitionId", TYPE_RESOURCE_ID},
    {"setDefinitionId", "setDefinitionId", TYPE_RESOURCE_ID},
    {"definitionReferenceId", "definitionReferenceId", TYPE_STRING},
    {NULL, NULL, TYPE_ERROR},
};

static const struct {
    const char *word;
    ScopeFact fact;
    const FactMember *members;
} FACTS[] = {
    {"resource_group", FACT_RESOURCE_GROUP, GROUP_MEMBERS},
    {"subscription", FACT_SUBSCRIPTION, SUBSCRIPTION_MEMBERS},
    {"request", FACT_REQUEST, REQUEST_MEMBERS},
    {"policy", FACT_POLICY, POLICY_MEMBERS},
    {"now", FACT_NOW, NULL},
};

bool fact_is_word(const char *word, ScopeFact *ret)
{
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        if (strcmp(word, FACTS[i].word) == 0) {
            *ret = FACTS[i].fact;
            return true;
        }
    }
    return false;
}

static const FactMember *members_of(ScopeFact fact)
{
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        if (FACTS[i].fact == fact)
            return FACTS[i].members;
    }
    return NULL;
}

Ref fact_ref(Elaborator *e, Name word, Span span)
{
    Ref ref = {.kind = REF_FACT, .span = span, .shown = word};
    fact_is_word(word, &ref.fact);
    ref.keys = ARENA_NEW(e->arena, TExprs);
    return ref;
}

static void push_key(Elaborator *e, Ref *ref, const char *key, Span span)
{
    TExprs *keys = ARENA_NEW(e->arena, TExprs);
    for (uint32_t i = 0; i < ref->keys->len; i++)
        vec_push(e->arena, keys, ref->keys->items[i]);
    TExpr *text = elab_node(e, TX_STRING, span, type_simple(TYPE_STRING));
    text->text = key;
    vec_push(e->arena, keys, text);
    ref->keys = keys;
}

static const FactMember *member_at(const Ref *ref)
{
    if (ref->keys->len == 0)
        return NULL;
    const FactMember *m = members_of(ref->fact);
    while (m->key && strcmp(m->key, ref->keys->items[0]->text) != 0)
        m++;
    return m;
}

static Ref report_no_member(Elaborator *e, const Ref *of, Word member)
{
    Diag *d = elab_report(e, DIAG_NO_SUCH_MEMBER, member.span, "`%s` has no member `%s`", of->shown,
                          member.name);
    Suggest near;
    suggest_start(&near, str_of(member.name));
    const FactMember *members = of->keys->len == 0 ? members_of(of->fact) : NULL;
    for (const FactMember *m = members; m && m->word; m++)
        suggest_offer(&near, str_of(m->word));
    check_suggest(e->program, d, member.span, &near, false);
    if (e->at.kind && e->at.kind->type && of->keys->len == 0 &&
        field_find(e->program, e->at.kind, e->at.inline_binder,
                   intern_str(e->program->compilation->names, of->shown))
            ->below)
        diag_help(e->diags, d, "the property of that name is `properties.%s`", of->shown);
    return elab_ref_error(member.span);
}

Ref fact_member(Elaborator *e, const Ref *of, Word member, Span span)
{
    Ref ref = *of;
    ref.span = span;
    ref.shown = arena_printf(e->arena, "%s.%s", of->shown, member.name);
    const FactMember *at = member_at(of);
    if (at && at->type == TYPE_TABLE && of->keys->len == 1) {
        push_key(e, &ref, member.name, member.span);
        return ref;
    }
    if (at && at->type == TYPE_OBJECT && of->keys->len == 1 &&
        strcmp(member.name, "provisioningState") == 0) {
        push_key(e, &ref, member.name, member.span);
        return ref;
    }
    const FactMember *m = at ? NULL : members_of(of->fact);
    while (m && m->word && strcmp(m->word, member.name) != 0)
        m++;
    if (!m || !m->word)
        return report_no_member(e, of, member);
    push_key(e, &ref, m->key, member.span);
    return ref;
}

Ref fact_index(Elaborator *e, const Ref *of, const Expr *index, Span span)
{
    const FactMember *at = member_at(of);
    if (!at || at->type != TYPE_TABLE || of->keys->len != 1) {
        elab_report(e, DIAG_BAD_INDEX, index->span, "`%s` has no keys", of->shown);
        return elab_ref_error(span);
    }
    TExpr *key = elab_hinted(e, index, type_simple(TYPE_STRING));
    if (key->kind == TX_ERROR || !elab_assignable(e, key, type_simple(TYPE_STRING), index->span))
        return elab_ref_error(span);
    Ref ref = *of;
    ref.span = span;
    ref.keys = ARENA_NEW(e->arena, TExprs);
    vec_push(e->arena, ref.keys, of->keys->items[0]);
    vec_push(e->arena, ref.keys, key);
    return ref;
}

static const Type *fact_type(Elaborator *e, const Ref *ref, const FactMember *m)
{
    if (m->type != TYPE_TABLE)
        return ref->keys->len == 2 ? type_simple(TYPE_STRING) : type_simple(m->type);
    if (ref->keys->len == 2)
        return type_simple(TYPE_STRING);
    Type *table = ARENA_NEW(e->arena, Type);
    *table = (Type){.kind = TYPE_TABLE, .element = type_simple(TYPE_STRING)};
    return table;
}

TExpr *fact_value(Elaborator *e, const Ref *ref)
{
    const FactMember *m = member_at(ref);
    if (!m && ref->fact != FACT_NOW) {
        Diag *d = elab_report(e, DIAG_NOT_A_VALUE, ref->span, "`%s` is not a value: name a member",
                              ref->shown);
        diag_help(e->diags, d, "such as `%s.%s`", ref->shown, members_of(ref->fact)->word);
        return elab_error(e, ref->span);
    }
    const Type *type = m ? fact_type(e, ref, m) : type_simple(TYPE_DATETIME);
    TExpr *x = elab_node(e, TX_FACT, ref->span, type);
    x->op = (uint8_t)ref->fact;
    x->operands = ref->keys;
    return x;
}
