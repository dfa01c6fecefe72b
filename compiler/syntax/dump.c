// dump.c - trees as text: for `--dump`, for goldens, and to compare two trees
// without their spans (equal trees, equal text).
//
// A declaration begins a line, each item and clause a line below it; expressions
// are written as (operator operand …).
//
// SPDX-License-Identifier: MIT
#include "syntax/parse.h"

#include "syntax/dump.h"

// --- kinds ----------------------------------------------------------------------------------------

static const char *const KINDITEM_TEXTS[] = {"default", "type", "order", "versions",
                                             "since",   "let",  "mode",  "api"};

static void add_kind(Buf *b, const KindDecl *k)
{
    dump_text(b, k->resource_type);
    dump_named(b, " of", k->parent);
    dump_optional(b, " where", k->where);
    dump_named(b, " inline", k->inline_parent);
    dump_word(b, k->inline_path);
    for (uint32_t i = 0; i < k->items.len; i++) {
        const KindItem *item = &k->items.items[i];
        buf_printf(b, "\n  %s", KINDITEM_TEXTS[item->kind]);
        dump_word(b, item->path);
        dump_optional(b, "", item->value);
        if (item->type)
            dump_type(b, item->type);
        for (uint32_t n = 0; n < item->texts.len; n++)
            dump_text(b, item->texts.items[n]);
        for (uint32_t n = 0; n < item->spellings.len; n++) {
            dump_text(b, item->spellings.items[n].text);
            dump_expr(b, item->spellings.items[n].value);
        }
        dump_text(b, item->text);
    }
}

static void add_framework(Buf *b, const FrameworkDecl *f)
{
    for (uint32_t i = 0; i < f->controls.len; i++) {
        buf_str(b, "\n  control");
        dump_text(b, f->controls.items[i].id);
        dump_text(b, f->controls.items[i].title);
    }
}

// --- requirements ---------------------------------------------------------------------------------

static const char *const REMEDY_TEXTS[] = {"set", "add", "remove", "deploy", "mutate"};
static const char *const CLAUSE_TEXTS[] = {"require",  "related", "constraint", "forbid",
                                           "attest",   "join",    "message",    "delay",
                                           "conflict", "remedy"};
static const char *const REQITEM_TEXTS[] = {"severity", "satisfies", "why",      "effect", "id",
                                            "mode",     "version",   "metadata", "for"};

static void add_admission(Buf *b, const Admission *a)
{
    dump_optional(b, "", a->address);
    dump_titled(b, " from", a->file);
    dump_optional(b, "", a->settings);
}

static void add_remedy(Buf *b, const Remedy *r)
{
    buf_printf(b, " %s", REMEDY_TEXTS[r->op]);
    dump_word(b, r->kind);
    dump_optional(b, "", r->place);
    dump_optional(b, "", r->value);
    dump_optional(b, " when", r->when);
    dump_optional(b, "", r->name);
    dump_optional(b, "", r->object);
    if (r->mutation)
        add_admission(b, r->mutation);
    dump_named(b, " at", r->at);
    dump_titled(b, " in", r->location);
    for (uint32_t i = 0; i < r->roles.len; i++)
        dump_titled(b, " role", r->roles.items[i]);
}

static void add_related(Buf *b, const Related *r)
{
    dump_word(b, r->kind);
    dump_optional(b, " named", r->name);
    dump_word(b, r->binder);
    dump_named(b, " at", r->at);
    dump_optional(b, " in", r->group);
    dump_optional(b, " having", r->condition);
}

static void add_clause(Buf *b, const Clause *c)
{
    buf_printf(b, "\n    %s", CLAUSE_TEXTS[c->kind]);
    switch (c->kind) {
    case CLAUSE_REQUIRE:
        dump_expr(b, c->condition);
        return;
    case CLAUSE_RELATED:
        add_related(b, c->related);
        return;
    case CLAUSE_CONSTRAINT:
        add_admission(b, c->constraint);
        return;
    case CLAUSE_FORBID:
        dump_word(b, c->forbid.action);
        dump_named(b, " cascade", c->forbid.cascade);
        return;
    case CLAUSE_ATTEST:
        dump_text(b, c->attest.text);
        dump_titled(b, " evidence", c->attest.evidence);
        dump_optional(b, " every", c->attest.every);
        dump_named(b, " default", c->attest.state);
        return;
    case CLAUSE_JOIN:
        dump_expr(b, c->group);
        return;
    case CLAUSE_MESSAGE:
        dump_text(b, c->message);
        return;
    case CLAUSE_DELAY:
        dump_optional(b, "", c->delay.duration);
        dump_word(b, c->delay.word);
        return;
    case CLAUSE_CONFLICT:
        dump_word(b, c->conflict);
        return;
    case CLAUSE_REMEDY:
        add_remedy(b, c->remedy);
        return;
    }
}

static void add_requirement(Buf *b, const RequirementDecl *r)
{
    for (uint32_t i = 0; i < r->items.len; i++) {
        const ReqItem *item = &r->items.items[i];
        buf_printf(b, "\n  %s", REQITEM_TEXTS[item->kind]);
        dump_word(b, item->word);
        dump_text(b, item->text);
        dump_words(b, "", &item->effects);
        dump_optional(b, "", item->object);
        for (uint32_t n = 0; n < item->satisfies.len; n++) {
            dump_word(b, item->satisfies.items[n].framework);
            dump_text(b, item->satisfies.items[n].control);
        }
        if (!item->block)
            continue;
        dump_words(b, "", &item->block->kinds);
        dump_optional(b, " where", item->block->where);
        for (uint32_t n = 0; n < item->block->clauses.len; n++)
            add_clause(b, &item->block->clauses.items[n]);
    }
}

// --- initiatives and what is deployed -------------------------------------------------------------

static const char *const INITITEM_TEXTS[] = {"version", "category", "extend",
                                             "exclude", "set",      "include"};
static const char *const ENVITEM_TEXTS[] = {"tenant", "root",    "store",
                                            "cloud",  "protect", "api_version"};
static const char *const ASGITEM_TEXTS[] = {
    "initiative", "environment", "scope",   "exclude",       "identity",
    "set",        "enforcement", "message", "roll_out only", "roll_out override"};
static const char *const EXITEM_TEXTS[] = {"assignment", "for",    "scope", "category",
                                           "until",      "ticket", "reason"};
static const char *const TESTITEM_TEXTS[] = {"given",          "given from",  "related",
                                             "with",           "expect",      "expect sets",
                                             "expect deploys", "expect table"};

static void add_initiative(Buf *b, const InitiativeDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const InitItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", INITITEM_TEXTS[item->kind]);
        dump_text(b, item->text);
        dump_path(b, &item->path);
        dump_titled(b, " builtin", item->builtin);
        dump_named(b, " as", item->as_name);
        dump_optional(b, "", item->place);
        dump_optional(b, "", item->value);
        dump_optional(b, "", item->object);
    }
}

static void add_project(Buf *b, const ProjectDecl *d)
{
    for (uint32_t i = 0; i < d->levels.len; i++) {
        buf_str(b, "\n ");
        dump_word(b, d->levels.items[i].what);
        dump_named(b, " as", d->levels.items[i].level);
    }
}

static void add_environment(Buf *b, const EnvironmentDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const EnvItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", ENVITEM_TEXTS[item->kind]);
        dump_word(b, item->word);
        dump_text(b, item->text);
        dump_path(b, &item->path);
    }
}

static void add_assignment(Buf *b, const AssignmentDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const AsgItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", ASGITEM_TEXTS[item->kind]);
        dump_path(b, &item->path);
        dump_word(b, item->word);
        dump_text(b, item->text);
        dump_titled(b, " in", item->location);
        dump_optional(b, "", item->place);
        dump_optional(b, "", item->value);
        dump_words(b, " for", &item->names);
        dump_optional(b, " where", item->where);
    }
}

static void add_exemption(Buf *b, const ExemptionDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const ExItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", EXITEM_TEXTS[item->kind]);
        dump_path(b, &item->path);
        dump_words(b, "", &item->names);
        dump_optional(b, " where", item->where);
        dump_word(b, item->word);
        dump_text(b, item->text);
    }
}

static void add_test(Buf *b, const TestDecl *d)
{
    for (uint32_t i = 0; i < d->items.len; i++) {
        const TestItem *item = &d->items.items[i];
        buf_printf(b, "\n  %s", TESTITEM_TEXTS[item->kind]);
        dump_path(b, &item->path);
        dump_word(b, item->word);
        dump_text(b, item->file);
        dump_optional(b, " named", item->name);
        dump_optional(b, "", item->object);
        dump_optional(b, "", item->place);
        dump_optional(b, "", item->value);
        for (uint32_t k = 0; k < item->rows.len; k++) {
            buf_str(b, "\n    row");
            dump_optional(b, "", item->rows.items[k].value);
            dump_word(b, item->rows.items[k].verdict);
        }
    }
}

// --- declarations ---------------------------------------------------------------------------------

static const char *const DECL_TEXTS[] = {
    "use",         "kind",       "kinds",   "framework",   "param",      "let",       "define",
    "requirement", "initiative", "project", "environment", "assignment", "exemption", "test",
};

static void add_parts(Buf *b, const Decl *d)
{
    switch (d->kind) {
    case DECL_USE:
        dump_path(b, &d->use->path);
        dump_words(b, " names", &d->use->names);
        dump_named(b, " as", d->use->as_name);
        return;
    case DECL_KIND:
        add_kind(b, d->kind_decl);
        return;
    case DECL_KINDS:
        dump_words(b, "", d->kinds);
        return;
    case DECL_FRAMEWORK:
        add_framework(b, d->framework);
        return;
    case DECL_PARAM:
        dump_type(b, d->param->type);
        dump_optional(b, " =", d->param->initial);
        dump_text(b, d->param->description);
        return;
    case DECL_LET:
    case DECL_DEFINE:
        dump_words(b, " of", &d->define->parameters);
        dump_expr(b, d->define->body);
        return;
    case DECL_REQUIREMENT:
        add_requirement(b, d->requirement);
        return;
    case DECL_INITIATIVE:
        add_initiative(b, d->initiative);
        return;
    case DECL_PROJECT:
        add_project(b, d->project);
        return;
    case DECL_ENVIRONMENT:
        add_environment(b, d->environment);
        return;
    case DECL_ASSIGNMENT:
        add_assignment(b, d->assignment);
        return;
    case DECL_EXEMPTION:
        add_exemption(b, d->exemption);
        return;
    case DECL_TEST:
        add_test(b, d->test);
        return;
    }
}

void dump_ast(Buf *out, const File *file)
{
    for (uint32_t i = 0; i < file->decls.len; i++) {
        const Decl *d = file->decls.items[i];
        buf_str(out, DECL_TEXTS[d->kind]);
        dump_word(out, d->name);
        dump_text(out, d->title);
        if (d->doc.n) {
            buf_str(out, " doc ");
            buf_json_string(out, d->doc);
        }
        add_parts(out, d);
        buf_char(out, '\n');
    }
}
