// read.c - which policies a file of JSON holds, and in which shape.
//
// Exports differ: REST answers with a list of bodies, the command line lays
// `properties` flat beside `id` and `name`, Resource Graph adds columns. What an
// object is follows from what it holds, whatever stands around it.
//
// spec: backends/azure-policy
//
// SPDX-License-Identifier: MIT
#include "policy/read.h"

#include "policy/reader.h"
#include "json/read.h"

typedef enum PolicyKind {
    KIND_DEFINITION,
    KIND_INITIATIVE,
    KIND_ASSIGNMENT,
    KIND_EXEMPTION,
    KIND_RULE,
    KIND_NONE,
} PolicyKind;

static bool has(const Data *object, const char *name)
{
    return data_get_nocase(object, str_of(name)) != NULL;
}

// --- what it is ------------------------------------------------------------------------------

static PolicyKind kind_by_type(const Data *whole)
{
    static const struct {
        const char *type;
        PolicyKind kind;
    } types[] = {
        {"Microsoft.Authorization/policyDefinitions", KIND_DEFINITION},
        {"Microsoft.Authorization/policySetDefinitions", KIND_INITIATIVE},
        {"Microsoft.Authorization/policyAssignments", KIND_ASSIGNMENT},
        {"Microsoft.Authorization/policyExemptions", KIND_EXEMPTION},
    };
    const Data *type = data_get_nocase(whole, str_of("type"));
    if (!type || type->kind != DATA_STRING)
        return KIND_NONE;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_equal_nocase(data_str(type), str_of(types[i].type)))
            return types[i].kind;
    return KIND_NONE;
}

static PolicyKind kind_of(const Data *whole, const Data *properties)
{
    if (has(properties, "policyRule"))
        return KIND_DEFINITION;
    if (has(properties, "policyDefinitions"))
        return KIND_INITIATIVE;
    if (has(properties, "exemptionCategory"))
        return KIND_EXEMPTION;
    if (has(properties, "policyDefinitionId"))
        return KIND_ASSIGNMENT;
    if (has(whole, "if") || has(whole, "then"))
        return KIND_RULE;
    return kind_by_type(whole);
}

// --- what stands around it -------------------------------------------------------------------

static const char *last_segment(const char *id)
{
    const char *slash = strrchr(id, '/');
    return slash && slash[1] ? slash + 1 : NULL;
}

static bool is_envelope(Str name)
{
    static const char *const names[] = {"id",       "name",          "type",
                                        "etag",     "systemData",    "tenantId",
                                        "location", "resourceGroup", "subscriptionId",
                                        "identity", "sku",           "managementGroupId"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal_nocase(name, str_of(names[i])))
            return true;
    return false;
}

enum { AROUND_ID, AROUND_NAME, AROUND_LOCATION, AROUND_IDENTITY, AROUND_SLOTS };
static const char *const AROUND_NAMES[] = {"id", "name", "location", "identity"};

static const char *take_text(Reader *r, const DataMember *m)
{
    return m && m->value.kind == DATA_STRING ? read_copy(r, &m->value) : NULL;
}

static void take_envelope(Reader *r, const Data *around, PolicyKind kind, Envelope *e)
{
    Shape s = {"a policy", AROUND_NAMES, AROUND_SLOTS, NULL};
    const DataMember *slots[AROUND_SLOTS];
    MemberList others = {0};
    read_members(r, around, &s, slots, &others);
    e->id = take_text(r, slots[AROUND_ID]);
    e->name = take_text(r, slots[AROUND_NAME]);
    if (kind == KIND_ASSIGNMENT) {
        e->location = slots[AROUND_LOCATION];
        e->identity = slots[AROUND_IDENTITY];
    }
    for (uint32_t i = 0; i < AROUND_SLOTS; i++)
        if (slots[i] && slots[i] != e->location && slots[i] != e->identity)
            read_keep(r, slots[i], &e->members);
    for (uint32_t i = 0; i < others.len; i++)
        vec_push(r->arena, &e->members, others.items[i]);
    if (!e->name && e->id)
        e->name = last_segment(e->id);
}

// Parts the members into what is around and what is, or would be, in `properties`.
static void open_envelope(Reader *r, const Data *whole, const Data *properties, PolicyKind kind,
                          Envelope *e)
{
    Data around = *whole, *inside = ARENA_NEW(r->arena, Data);
    DataMember *outer = ARENA_ARRAY(r->arena, DataMember, whole->count);
    DataMember *inner = ARENA_ARRAY(r->arena, DataMember, whole->count);
    bool flat = properties == whole;
    *inside = *whole;
    inside->members = inner;
    around.members = outer;
    inside->count = around.count = 0;
    for (uint32_t i = 0; i < whole->count; i++) {
        const DataMember *m = &whole->members[i];
        if (flat && !is_envelope(m->name))
            inner[inside->count++] = *m;
        else if (&m->value != properties)
            outer[around.count++] = *m;
    }
    *e = (Envelope){.whole = whole, .properties = flat ? inside : properties};
    take_envelope(r, &around, kind, e);
}

// --- one policy ------------------------------------------------------------------------------

static void report_none(Reader *r, const Data *d)
{
    Diag *diag = read_report(r, DIAG_POLICY_SHAPE, read_span(r, d), d->at, "this is no policy: %s",
                             d->kind == DATA_OBJECT ? "it has none of their members"
                                                    : "policies are objects");
    diag_help(r->c->diags, diag,
              "a definition has `policyRule`, a rule `if` and `then`, an initiative "
              "`policyDefinitions`, an assignment `policyDefinitionId`, an exemption "
              "`exemptionCategory`");
}

#define READ_KIND(T, list, call)                                                                   \
    do {                                                                                           \
        T *made = ARENA_NEW(r->arena, T);                                                          \
        call;                                                                                      \
        if (!r->failed)                                                                            \
            vec_push(r->arena, &set->list, made);                                                  \
    } while (0)

static void read_kind(Reader *r, const Envelope *e, PolicyKind kind, PolicySet *set)
{
    switch (kind) {
    case KIND_DEFINITION:
        READ_KIND(PolicyDefinition, definitions, read_definition(r, e, made));
        return;
    case KIND_INITIATIVE:
        READ_KIND(PolicyInitiative, initiatives, read_initiative(r, e, made));
        return;
    case KIND_ASSIGNMENT:
        READ_KIND(PolicyAssignment, assignments, read_assignment(r, e, made));
        return;
    case KIND_EXEMPTION:
        READ_KIND(PolicyExemption, exemptions, read_exemption(r, e, made));
        return;
    case KIND_RULE:
        READ_KIND(PolicyDefinition, definitions, read_bare_rule(r, e->whole, made));
        return;
    case KIND_NONE:
        report_none(r, e->whole);
        return;
    }
}

static void read_policy(Reader *r, const Data *d, PolicySet *set)
{
    r->failed = false;
    r->references.len = 0;
    r->references_any = false;
    if (d->kind != DATA_OBJECT) {
        report_none(r, d);
        return;
    }
    const Data *inner = data_get_nocase(d, str_of("properties"));
    const Data *properties = inner && inner->kind == DATA_OBJECT ? inner : d;
    PolicyKind kind = kind_of(d, properties);
    Envelope e = {.whole = d};
    if (kind != KIND_RULE && kind != KIND_NONE)
        open_envelope(r, d, properties, kind, &e);
    read_kind(r, &e, kind, set);
}

// --- all of a file ---------------------------------------------------------------------------

// A list of policies as it is, or as REST answers with it.
static const Data *list_of(const Data *d)
{
    if (d->kind == DATA_ARRAY)
        return d;
    const Data *value = d->kind == DATA_OBJECT ? data_get_nocase(d, str_of("value")) : NULL;
    return value && value->kind == DATA_ARRAY && !has(d, "properties") ? value : NULL;
}

static bool read_all(Reader *r, const Data *d, PolicySet *set)
{
    const Data *list = list_of(d);
    bool ok = true;
    for (uint32_t i = 0; i < (list ? list->count : 1); i++) {
        read_policy(r, list ? &list->items[i] : d, set);
        ok = ok && !r->failed;
    }
    return ok;
}

static void report_json(Reader *r, const JsonError *error)
{
    uint32_t base = r->source->base, n = (uint32_t)r->source->text.n;
    Span span = {base + error->at, base + (error->at < n ? error->at + 1 : n)};
    Diag *d = read_report(r, DIAG_POLICY_JSON, span, error->at, "%s", error->message);
    if (error->other != DATA_NOWHERE)
        diag_label(r->c->diags, d, (Span){base + error->other, base + error->other + 1},
                   "here is the first");
}

bool policy_read(Compilation *c, const Source *source, PolicySet *set)
{
    Reader r = {.c = c, .source = source, .arena = c->arena};
    bool ok = true;
    for (uint32_t at = 0, values = 0;; values++) {
        Data d;
        JsonError error;
        bool more;
        r.root = at;
        if (!json_read_next(c->arena, source->text, &at, JSON_COMMENTS, &d, &more, &error)) {
            report_json(&r, &error);
            return false;
        }
        if (!more && values)
            return ok;
        if (!more) {
            Span start = {source->base, source->base + (source->text.n ? 1 : 0)};
            diag_report(c->diags, DIAG_POLICY_SHAPE, start, "there is no policy in this file");
            return false;
        }
        r.root = d.at;
        ok = read_all(&r, &d, set) && ok;
    }
}
