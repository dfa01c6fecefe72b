// explain.c - why a verdict is what it is, in as few conditions as will do.
//
// Of an allOf that is true every part is a reason; of one that is false the part
// with the shortest reasons is enough. anyOf the other way round.
//
// SPDX-License-Identifier: MIT
#include "eval/explain.h"

#include "base/bug.h"
#include "eval/decision.h"
#include "policy/write.h"

enum { ELEMENTS_SHOWN = 8, VALUE_SHOWN = 120 };

// --- the smallest set ------------------------------------------------------------------------------------

static uint32_t size_of(const Decision *d);

static bool is_group(const Decision *d)
{
    return d->condition->kind == CONDITION_ALL_OF || d->condition->kind == CONDITION_ANY_OF;
}

// Does one part decide the group's value alone?
static bool one_decides(const Decision *d)
{
    return d->truth == TRUTH_ERROR ||
           (d->truth == TRUTH_FALSE) == (d->condition->kind == CONDITION_ALL_OF);
}

// Each part is measured once: a part of a part, too, or deep rules would take forever.
static const Decision *shortest(const Decision *d, uint32_t *ret_size)
{
    const Decision *best = NULL;
    *ret_size = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->children[i]->truth != d->truth)
            continue;
        uint32_t n = size_of(d->children[i]);
        if (!best || n < *ret_size) {
            *ret_size = n;
            best = d->children[i];
        }
    }
    return best;
}

// The steps of a leaf that say why: of several values that are not all true, the first.
static uint32_t leaf_steps(const Decision *d, const EvalStep **ret)
{
    *ret = d->steps;
    for (uint32_t i = 0; d->truth != TRUTH_TRUE && i < d->step_count; i++) {
        if (d->steps[i].truth == d->truth) {
            *ret = &d->steps[i];
            return 1;
        }
    }
    return d->step_count;
}

static uint32_t size_of(const Decision *d)
{
    const EvalStep *steps;
    uint32_t n = 0;
    if (is_group(d) && one_decides(d)) {
        shortest(d, &n);
        return n;
    }
    for (uint32_t i = 0; i < d->count; i++)
        n += size_of(d->children[i]);
    return n + leaf_steps(d, &steps);
}

static void add(Arena *a, const Decision *d, EvalSteps *ret);

// The elements that counted, else all that did not; its own step says how many.
static void add_count(Arena *a, const Decision *d, EvalSteps *ret)
{
    bool some = false;
    for (uint32_t i = 0; i < d->count && !some; i++)
        some = d->children[i]->truth == TRUTH_TRUE;
    for (uint32_t i = 0, shown = 0; i < d->count && shown < ELEMENTS_SHOWN; i++) {
        if (some != (d->children[i]->truth == TRUTH_TRUE))
            continue;
        add(a, d->children[i], ret);
        shown++;
    }
    vec_push(a, ret, d->steps[0]);
}

static void add(Arena *a, const Decision *d, EvalSteps *ret)
{
    switch (d->condition->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        if (one_decides(d)) {
            uint32_t size;
            const Decision *part = shortest(d, &size);
            if (part)
                add(a, part, ret);
            return;
        }
        for (uint32_t i = 0; i < d->count; i++)
            add(a, d->children[i], ret);
        return;
    case CONDITION_NOT:
        add(a, d->children[0], ret);
        return;
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        add_count(a, d, ret);
        return;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        break;
    }
    const EvalStep *steps;
    uint32_t n = leaf_steps(d, &steps);
    for (uint32_t i = 0; i < n && i < ELEMENTS_SHOWN; i++)
        vec_push(a, ret, steps[i]);
}

// Every leaf that says no more than that the type is the one asked for.
static bool is_type_test(const EvalStep *s)
{
    const Condition *c = s->condition;
    return c->kind == CONDITION_FIELD && c->left->kind == VALUE_STRING &&
           str_equal_nocase(str_of(c->left->text), str_of("type")) && s->truth == TRUTH_TRUE;
}

void eval_explain(Arena *a, const Condition *rule, const EvalResult *result, EvalSteps *ret)
{
    uint32_t used;
    EvalSteps all = {0};
    const Decision *d = decision_of(a, rule, result->steps.items, result->steps.len, &used);
    *ret = (EvalSteps){0};
    if (!d)
        return;
    add(a, d, &all);
    for (uint32_t i = used; i < result->steps.len; i++) // of related resources
        vec_push(a, &all, result->steps.items[i]);
    for (uint32_t i = 0; i < all.len; i++) {
        if (!is_type_test(&all.items[i]) || all.len == 1)
            vec_push(a, ret, all.items[i]);
    }
}

// --- as text ---------------------------------------------------------------------------------------------

// "Microsoft.X/y/z.w" → "z.w"
static const char *short_name(const char *alias)
{
    const char *dot = strchr(alias, '.'), *name = alias;
    if (!dot || !strchr(alias, '/') || dot > strchr(alias, '/'))
        return alias;
    for (const char *p = alias; *p && *p != '[' && *p != '('; p++) {
        if (*p == '/')
            name = p + 1;
    }
    return name;
}

static const char *expression_text(Arena *a, const Value *v)
{
    Buf b = {0};
    value_print(&b, v);
    size_t around = v->kind == VALUE_ARM && b.n > 4 ? 2 : 0; // "[…]"
    const char *text = arena_copy(a, b.p + around, b.n - 2 * around);
    buf_free(&b);
    return text;
}

const char *eval_step_subject(Arena *a, const EvalStep *s)
{
    const Value *left = s->condition->left;
    const char *text =
        left->kind == VALUE_STRING ? short_name(left->text) : expression_text(a, left);
    switch (s->condition->kind) {
    case CONDITION_FIELD:
        return s->every && s->path ? s->path : text;
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        return arena_printf(a, "count(%s)", text);
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
    case CONDITION_NOT:
    case CONDITION_VALUE:
        break;
    }
    return text;
}

static void print_cut(Buf *out, const Data *d)
{
    size_t start = out->n;
    if (d->kind == DATA_MISSING) {
        buf_str(out, "missing");
        return;
    }
    data_print(out, d);
    if (out->n - start <= VALUE_SHOWN)
        return;
    out->n = start + utf8_fit((Str){out->p + start, out->n - start}, VALUE_SHOWN);
    buf_str(out, "…");
}

typedef struct Phrase {        // after "`x` is A"
    const char *holds, *fails; // empty: the value says it
} Phrase;

static Phrase phrase_of(Operator op)
{
    switch (op) {
    case OPERATOR_EQUALS:
        return (Phrase){"", ", not "};
    case OPERATOR_NOT_EQUALS:
        return (Phrase){", not ", ""};
    case OPERATOR_LIKE:
        return (Phrase){", like ", ", not like "};
    case OPERATOR_NOT_LIKE:
        return (Phrase){", not like ", ", like "};
    case OPERATOR_MATCH:
    case OPERATOR_MATCH_INSENSITIVELY:
        return (Phrase){", which matches ", ", which does not match "};
    case OPERATOR_NOT_MATCH:
    case OPERATOR_NOT_MATCH_INSENSITIVELY:
        return (Phrase){", which does not match ", ", which matches "};
    case OPERATOR_CONTAINS:
    case OPERATOR_CONTAINS_KEY:
        return (Phrase){", which has ", ", which does not have "};
    case OPERATOR_NOT_CONTAINS:
    case OPERATOR_NOT_CONTAINS_KEY:
        return (Phrase){", which does not have ", ", which has "};
    case OPERATOR_IN:
        return (Phrase){", one of ", ", none of "};
    case OPERATOR_NOT_IN:
        return (Phrase){", none of ", ", one of "};
    case OPERATOR_LESS:
        return (Phrase){", less than ", ", not less than "};
    case OPERATOR_LESS_OR_EQUALS:
        return (Phrase){", at most ", ", more than "};
    case OPERATOR_GREATER:
        return (Phrase){", more than ", ", not more than "};
    case OPERATOR_GREATER_OR_EQUALS:
        return (Phrase){", at least ", ", less than "};
    case OPERATOR_EXISTS:
        return (Phrase){"", ""};
    }
    BUG("no such operator");
}

const char *eval_step_text(Arena *a, const EvalStep *s)
{
    Buf b = {0};
    Phrase p = phrase_of(s->condition->op);
    const char *joint = s->truth == TRUTH_TRUE ? p.holds : p.fails;
    buf_printf(&b, "`%s` ", eval_step_subject(a, s));
    if (s->truth == TRUTH_ERROR) {
        buf_str(&b, "could not be evaluated");
    } else {
        buf_str(&b, "is ");
        print_cut(&b, &s->actual);
        buf_str(&b, joint);
        if (*joint)
            print_cut(&b, &s->expected);
    }
    const char *text = arena_copy(a, b.p, b.n);
    buf_free(&b);
    return text;
}
