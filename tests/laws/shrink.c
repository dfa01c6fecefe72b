// shrink.c - see shrink.h
//
// A program is its text: a part in brackets gives way to one of its own operands or
// to a constant, a clause to nothing. What no longer compiles has not shrunk.
//
// SPDX-License-Identifier: MIT
#include "laws/shrink.h"

#include "policy/write.h"

#include <stdlib.h>
#include <string.h>

static World world_of(const GeneratedCase *c)
{
    return (World){.resource = &c->resource,
                   .parameters = &c->parameters,
                   .request = &c->request,
                   .resource_group = &c->resource_group,
                   .subscription = &c->subscription,
                   .now = "2026-01-15T00:00:00Z"};
}

// A value of a wrong type may make the evaluation fail, which denies, but not mislead it.
static const char *problem_of(const GeneratedCase *c, Verdict said, const TRequirement *r,
                              const Judgement *j)
{
    bool existence = r->effects.items[0] == EFFECT_AUDIT_IF_NOT_EXISTS;
    if (j->error)
        return c->odd ? NULL : j->error;
    if ((said == VERDICT_VIOLATED) != (j->verdict == VERDICT_VIOLATED))
        return j->verdict == VERDICT_VIOLATED ? "the rule is violated" : "the rule is not violated";
    if (existence && said != j->verdict)
        return "the rule is not applicable elsewhere";
    return NULL;
}

const char *disagreement(const Bench *b, const Rules *r, const GeneratedCase *c, Verdict *ret)
{
    World w = world_of(c);
    const TExpr *clause;
    Arena *a = r->compiled->compilation->arena;
    *ret = interpret(a, b->catalog, r->compiled->typed, &w, &clause);
    if (*ret == VERDICT_UNKNOWN && c->odd)
        return NULL;
    for (Form form = FORM_LOWERED; form < FORM_COUNT; form++) {
        Judgement j;
        rules_judge(r, form, &w, b->scratch, &j);
        const char *problem = problem_of(c, *ret, r->compiled->typed, &j);
        if (!problem && !j.error && form == FORM_LOWERED &&
            j.applies != (*ret != VERDICT_NOT_APPLICABLE))
            problem = "`where` is lowered otherwise";
        if (problem)
            return problem;
    }
    return NULL;
}

static const char *disagrees(const Bench *b, Str text, const GeneratedCase *c, bool print, Buf *out)
{
    Compiled compiled;
    Rules rules;
    Verdict v;
    static const char *const verdicts[] = {"not applicable", "satisfied", "violated", "unknown"};
    const char *problem = NULL;
    compile_requirement(b->catalog, "law.moat", text, NULL, &compiled);
    if (compiled.lowered && rules_make(&compiled, b->aliases, 0, &rules))
        problem = disagreement(b, &rules, c, &v);
    if (problem && print) {
        buf_printf(out, "the program is %s; %s\n\n%.*s\n", verdicts[v], problem, (int)text.n,
                   text.p);
        for (uint32_t i = 0; i < rules.definitions[FORM_LOWERED].len; i++) {
            condition_print(out, rules.definitions[FORM_LOWERED].items[i]->condition);
            buf_char(out, '\n');
        }
    }
    compiled_free(&compiled);
    return problem;
}

// --- the program --------------------------------------------------------------------------------

typedef struct Cut { // text[from, to) gives way
    size_t from, to;
    Str instead;
} Cut;

static size_t closing(Str s, size_t at) // of the bracket at `at`, or s.n
{
    size_t depth = 0;
    bool quoted = false;
    for (; at < s.n; at++) {
        quoted ^= s.p[at] == '"';
        if (quoted)
            continue;
        depth += s.p[at] == '(' || s.p[at] == '[' || s.p[at] == '{';
        depth -= s.p[at] == ')' || s.p[at] == ']' || s.p[at] == '}';
        if (depth == 0)
            return at;
    }
    return s.n;
}

static Str replaced(Arena *a, Str s, const Cut *cut)
{
    Buf b = {0};
    buf_add(&b, s.p, cut->from);
    buf_add(&b, cut->instead.p, cut->instead.n);
    buf_add(&b, s.p + cut->to, s.n - cut->to);
    Str ret = {arena_copy(a, b.p, b.n), b.n};
    buf_free(&b);
    return ret;
}

// Parts of a bracket between words that join, behind the colon, after `not`.
static size_t operands(Str s, size_t open, size_t close, Str *ret, size_t most)
{
    static const char *const words[] = {" and ", " or ", " implies ", ": ", " then ", " else "};
    size_t count = 0, from = open + 1;
    for (size_t i = open + 1; i <= close && count < most; i++) {
        size_t skip = i == close ? 1 : 0;
        if (i < close && strchr("([{", s.p[i])) {
            i = closing(s, i);
            continue;
        }
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
            if (strncmp(s.p + i, words[w], strlen(words[w])) == 0)
                skip = strlen(words[w]);
        if (skip) {
            ret[count++] = (Str){s.p + from, i - from};
            from = i + skip;
        }
    }
    return count;
}

static bool try_cut(const Bench *b, Arena *a, const GeneratedCase *c, Str *text, size_t from,
                    size_t to, Str instead)
{
    Cut cut = {from, to, instead};
    Str shorter = replaced(a, *text, &cut);
    if (shorter.n >= text->n || !disagrees(b, shorter, c, false, NULL))
        return false;
    *text = shorter;
    return true;
}

static bool shrink_brackets(const Bench *b, Arena *a, const GeneratedCase *c, Str *text)
{
    for (size_t i = 0; i < text->n; i++) {
        if (text->p[i] != '(')
            continue;
        size_t close = closing(*text, i);
        if (close == text->n)
            continue;
        Str parts[16];
        size_t count = operands(*text, i, close, parts, 16);
        if (try_cut(b, a, c, text, i, close + 1, str_of("flag")))
            return true;
        for (size_t k = 0; k < count; k++)
            if (try_cut(b, a, c, text, i, close + 1, parts[k]))
                return true;
    }
    return false;
}

static bool shrink_lines(const Bench *b, Arena *a, const GeneratedCase *c, Str *text)
{
    for (size_t from = 0, to; from < text->n; from = to) {
        const char *end = memchr(text->p + from, '\n', text->n - from);
        to = end ? (size_t)(end - text->p) + 1 : text->n;
        if (try_cut(b, a, c, text, from, to, (Str){"", 0}))
            return true;
    }
    return false;
}

// --- the resource -------------------------------------------------------------------------------

// Takes one thing away below `d`, the n-th that can go; false where there are fewer.
static bool take_away(Arena *a, Data *d, uint32_t *n)
{
    if (d->kind == DATA_OBJECT) {
        for (uint32_t i = 0; i < d->count; i++) {
            Data *value = (Data *)&d->members[i].value;
            if ((*n)-- == 0) {
                DataMember *left = ARENA_ARRAY(a, DataMember, d->count);
                memcpy(left, d->members, i * sizeof *left);
                memcpy(left + i, d->members + i + 1, (d->count - i - 1) * sizeof *left);
                d->members = left;
                d->count--;
                return true;
            }
            if (take_away(a, value, n))
                return true;
        }
    } else if (d->kind == DATA_ARRAY) {
        for (uint32_t i = 0; i < d->count; i++) {
            if ((*n)-- == 0) {
                Data *left = ARENA_ARRAY(a, Data, d->count);
                memcpy(left, d->items, i * sizeof *left);
                memcpy(left + i, d->items + i + 1, (d->count - i - 1) * sizeof *left);
                d->items = left;
                d->count--;
                return true;
            }
            if (take_away(a, (Data *)&d->items[i], n))
                return true;
        }
    }
    return false;
}

static Data copied(Arena *a, const Data *d)
{
    Data ret = *d;
    if (d->kind == DATA_ARRAY && d->count) {
        Data *items = ARENA_ARRAY(a, Data, d->count);
        for (uint32_t i = 0; i < d->count; i++)
            items[i] = copied(a, &d->items[i]);
        ret.items = items;
    } else if (d->kind == DATA_OBJECT && d->count) {
        DataMember *members = ARENA_ARRAY(a, DataMember, d->count);
        for (uint32_t i = 0; i < d->count; i++) {
            members[i] = d->members[i];
            members[i].value = copied(a, &d->members[i].value);
        }
        ret.members = members;
    }
    return ret;
}

static bool shrink_data(const Bench *b, Arena *a, Str text, GeneratedCase *c, Data *part)
{
    for (uint32_t n = 0;; n++) {
        Data before = *part, less = copied(a, part);
        uint32_t at = n;
        if (!take_away(a, &less, &at))
            return false;
        *part = less;
        if (disagrees(b, text, c, false, NULL))
            return true;
        *part = before;
    }
}

static void print_part(Buf *out, const char *name, const Data *d)
{
    buf_printf(out, "%s ", name);
    data_print(out, d);
    buf_char(out, '\n');
}

void shrink(const Bench *b, Str text, const GeneratedCase *given, Buf *out)
{
    Arena *a = arena_new();
    GeneratedCase c = *given;
    Data *parts[] = {&c.resource, &c.parameters, &c.request, &c.resource_group};
    while (shrink_lines(b, a, &c, &text) || shrink_brackets(b, a, &c, &text)) {
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        while (shrink_data(b, a, text, &c, parts[i])) {
        }
    while (shrink_lines(b, a, &c, &text) || shrink_brackets(b, a, &c, &text)) {
    }
    disagrees(b, text, &c, true, out);
    print_part(out, "resource", &c.resource);
    print_part(out, "parameters", &c.parameters);
    print_part(out, "request", &c.request);
    print_part(out, "resource group", &c.resource_group);
    arena_free(a);
}
