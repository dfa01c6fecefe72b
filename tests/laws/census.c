// census.c - see census.h
//
// SPDX-License-Identifier: MIT
#include "laws/census.h"

#include "sema/walk.h"

#include <inttypes.h>
#include <stdio.h>

#define NAMED(x) [TX_##x] = #x
static const char *const KINDS[CENSUS_KINDS] = {
    NAMED(ERROR),   NAMED(NULL),     NAMED(BOOL),       NAMED(INT),        NAMED(FLOAT),
    NAMED(STRING),  NAMED(DURATION), NAMED(VERSION),    NAMED(LIST),       NAMED(OBJECT),
    NAMED(FIELD),   NAMED(TAG),      NAMED(PARAM),      NAMED(ELEMENT),    NAMED(KEY),
    NAMED(MEMBER),  NAMED(LOOKUP),   NAMED(INDEX),      NAMED(FACT),       NAMED(CALL),
    NAMED(NOT),     NAMED(AND),      NAMED(OR),         NAMED(IMPLIES),    NAMED(IF),
    NAMED(COMPARE), NAMED(IS_SET),   NAMED(IS_MISSING), NAMED(ARITHMETIC), NAMED(QUANTIFIER),
    NAMED(COUNT)};

static const char *const OPERATORS[] = {[OP_EQ] = "==",
                                        [OP_NE] = "!=",
                                        [OP_LT] = "<",
                                        [OP_LE] = "<=",
                                        [OP_GT] = ">",
                                        [OP_GE] = ">=",
                                        [OP_IN] = "in",
                                        [OP_NOT_IN] = "not in",
                                        [OP_LIKE] = "like",
                                        [OP_NOT_LIKE] = "not like",
                                        [OP_MATCHES] = "matches",
                                        [OP_MATCHES_ANY_CASE] = "matches_any_case",
                                        [OP_CONTAINS] = "contains",
                                        [OP_HAS_KEY] = "has_key"};

static const char *const FUNCTIONS[CENSUS_FUNCTIONS] = {
    "",
#define FUNCTION(id, text, arm, params, result) text,
#include "sema/functions.def"
#undef FUNCTION
};

static const char *const QUANTIFIERS[] = {"some", "every", "no"};
static const char *const BINDERS[] = {"array", "list", "table"};
static const char *const FACTS[] = {"resource_group", "subscription", "request", "policy", "now"};
static const char *const VERDICTS[] = {"not applicable", "satisfied", "violated", "unknown"};

// --- counting -----------------------------------------------------------------------------------

static bool count_node(const TExpr *e, void *context)
{
    Census *c = context;
    c->kinds[e->kind]++;
    if (e->kind == TX_COMPARE) {
        c->operators[e->op]++;
        c->types[e->left->type->kind]++;
    } else if (e->kind == TX_CALL) {
        c->functions[e->function]++;
    } else if (e->kind == TX_QUANTIFIER) {
        c->quantifiers[e->op][e->bound->kind]++;
    } else if (e->kind == TX_FACT) {
        c->facts[e->op]++;
    } else if (e->kind == TX_FIELD && e->field->initial) {
        c->defaults++;
    }
    return true;
}

void census_program(Census *c, const TRequirement *r)
{
    c->existence += r->effects.items[0] == EFFECT_AUDIT_IF_NOT_EXISTS;
    for (uint32_t i = 0; i < r->blocks.len; i++)
        for (uint32_t j = 0; j < r->blocks.items[i]->rules.len; j++) {
            const TRule *rule = r->blocks.items[i]->rules.items[j];
            c->inlined += rule->inline_binder != NULL;
            typed_walk_rule(rule, count_node, c);
        }
}

void census_verdict(Census *c, Verdict v)
{
    c->verdicts[v]++;
}

void census_refused(Census *c, const Compiled *compiled)
{
    const Diag *d = compiled_error(compiled);
    if (d)
        c->refused[d->code]++;
}

// --- telling ------------------------------------------------------------------------------------

static void tell(const char *what, const char *name, uint64_t n)
{
    if (n)
        printf("%12" PRIu64 "  %s %s\n", n, what, name);
}

void census_print(const Census *c)
{
    for (size_t i = 0; i < CENSUS_KINDS; i++)
        tell("expression", KINDS[i], c->kinds[i]);
    for (size_t i = 0; i < sizeof OPERATORS / sizeof OPERATORS[0]; i++)
        tell("operator", OPERATORS[i], c->operators[i]);
    for (size_t i = 1; i < CENSUS_FUNCTIONS; i++)
        tell("function", FUNCTIONS[i], c->functions[i]);
    for (size_t i = 0; i <= QUANT_NO; i++)
        for (size_t j = 0; j <= BINDER_ENTRY; j++)
            tell(QUANTIFIERS[i], BINDERS[j], c->quantifiers[i][j]);
    for (size_t i = 0; i <= FACT_NOW; i++)
        tell("fact", FACTS[i], c->facts[i]);
    for (size_t i = 0; i <= VERDICT_UNKNOWN; i++)
        tell("verdict", VERDICTS[i], c->verdicts[i]);
    for (size_t i = 0; i < DIAG_COUNT; i++)
        tell("refused", diag_code_text((DiagCode)i), c->refused[i]);
    tell("rules", "inside a parent", c->inlined);
    tell("properties", "with a default", c->defaults);
    tell("programs", "of the existence family", c->existence);
}

const char *census_left_out(const Census *c)
{
    static const bool never[CENSUS_KINDS] = {
        [TX_ERROR] = true,
        [TX_NULL] = true,
        [TX_FLOAT] = true,
        [TX_OBJECT] = true,
    };
    for (size_t i = 0; i < CENSUS_KINDS; i++)
        if (!c->kinds[i] && !never[i])
            return KINDS[i];
    for (size_t i = 0; i < sizeof OPERATORS / sizeof OPERATORS[0]; i++)
        if (!c->operators[i])
            return OPERATORS[i];
    for (size_t i = 0; i <= QUANT_NO; i++)
        for (size_t j = 0; j <= BINDER_ENTRY; j++)
            if (!c->quantifiers[i][j])
                return QUANTIFIERS[i];
    for (size_t i = 0; i <= VERDICT_UNKNOWN; i++)
        if (!c->verdicts[i])
            return VERDICTS[i];
    return c->inlined && c->defaults && c->existence ? NULL : "a form of rule";
}
