// judge.c - conditions on the resource at hand: true, false or an error.
//
// spec: evaluation, "Three results" and "Arrays"
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"
#include "eval/function.h"
#include "eval/internal.h"

enum { // of the service
#define LIMIT(id, most, diagnostic, before, after, help) MOST_##id = most,
#include "policy/limits.def"
#undef LIMIT
};

// --- the trace -----------------------------------------------------------------------------------

static void path_add(Run *r, Str name)
{
    Buf *b = &r->scratch->path;
    bool odd = str_has(name, '.') || str_has(name, ' ');
    if (odd) {
        buf_str(b, "['");
        buf_add(b, name.p, name.n);
        buf_str(b, "']");
        return;
    }
    if (b->n)
        buf_char(b, '.');
    buf_add(b, name.p, name.n);
}

static void path_start(Run *r, const FieldPath *p)
{
    buf_reset(&r->scratch->path);
    if (p && p->slot && r->slot_paths[p->slot - 1])
        buf_str(&r->scratch->path, r->slot_paths[p->slot - 1]);
}

static const char *path_text(Run *r)
{
    return arena_copy(r->x.arena, r->scratch->path.n ? r->scratch->path.p : "", r->scratch->path.n);
}

static void record(Run *r, const Node *n, Truth t, const Data *left, const Data *right, bool every,
                   const char *path)
{
    EvalStep s = {.condition = n->source,
                  .truth = t,
                  .every = every,
                  .depth = r->counts,
                  .element = r->element,
                  .actual = *left,
                  .expected = *right,
                  .path = path};
    vec_push(r->x.arena, &r->result->steps, s);
}

// --- leaves --------------------------------------------------------------------------------------

static Truth failed(Run *r, const Node *n)
{
    if (r->failed.start == r->failed.end)
        r->failed = n->source->span;
    return TRUTH_ERROR;
}

static bool right_of(Run *r, const Node *n, bool location, Data *ret)
{
    bool normal = location && r->x.semantics != SEMANTICS_ENGINE;
    if (normal && n->normal) {
        *ret = *n->normal;
        return true;
    }
    if (!compute(r, n->right, ret))
        return false;
    if (normal)
        *ret = location_normal(r->x.arena, ret);
    return true;
}

static Truth compare(Run *r, const Node *n, const Data *left, const Data *right, bool is_value)
{
    Truth t = data_compare(&r->x, n->op, left, right, is_value);
    return t == TRUTH_ERROR ? failed(r, n) : t;
}

static const char *plain_path(Run *r, const Field *f)
{
    const FieldPath *p = document_path(r->document, f, r->api_version);
    if (f->kind != FIELD_PATH)
        return f->name;
    if (!p)
        return NULL;
    path_start(r, p);
    for (uint32_t i = p->from; i < p->count; i++)
        path_add(r, p->segments[i].name);
    return path_text(r);
}

static Truth judge_plain(Run *r, const Node *n, const Field *f, const Data *right)
{
    Data left;
    if (!plain_value(r, r->document, f, &left))
        return failed(r, n);
    if (f->location && left.kind == DATA_STRING) {
        Data normal = location_normal(r->x.arena, &left);
        Truth as_is = compare(r, n, &left, right, false);
        r->x.uncertain = r->x.uncertain || normal.text != left.text;
        if (r->x.semantics != SEMANTICS_ENGINE && normal.text != left.text)
            as_is = compare(r, n, &normal, right, false);
        if (r->trace)
            record(r, n, as_is, &left, right, false, plain_path(r, f));
        return as_is;
    }
    Truth t = compare(r, n, &left, right, false);
    if (r->trace)
        record(r, n, t, &left, right, false, plain_path(r, f));
    return t;
}

// --- what several results come to ----------------------------------------------------------------

// One decides. The service does not say that it leaves the others alone: where one of them fails,
// its documentation has an error.
typedef struct Several {
    Truth decisive;
    bool decided;
    EvalFailure error; // the first
} Several;

static bool several_add(Run *r, Several *s, Truth t) // false: at a limit
{
    s->decided = s->decided || t == s->decisive;
    if (t != TRUTH_ERROR)
        return true;
    if (!s->error.reason)
        s->error = r->x.failure;
    if (r->x.failure.final && !r->x.failure.unknown)
        return false;
    r->x.failure = (EvalFailure){0};
    return true;
}

static Truth several_truth(Run *r, const Several *s)
{
    if (!s->error.reason)
        return s->decided ? s->decisive : s->decisive == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    if (s->decided) {
        r->x.uncertain = r->x.uncertain || !s->error.unknown;
        if (s->error.unknown || r->x.semantics != SEMANTICS_DOCUMENTED) {
            r->failed = (Span){0};
            return s->decisive;
        }
    }
    r->x.failure = s->error;
    return TRUTH_ERROR;
}

// --- [*]: every value ----------------------------------------------------------------------------

typedef struct Every {
    const Node *node;
    const Data *right;
    Several values;
    bool ordered; // one value may have no order though another is less
} Every;

// The engine's result for a property that an element lacks, where it is none of the usual ones.
static bool undefined_result(bool engine, Operator op, const Data *right, Truth *ret)
{
    bool null = right->kind == DATA_NULL || (right->kind == DATA_MISSING && !engine), negative;
    switch ((int)op) {
    case OPERATOR_EQUALS:
    case OPERATOR_NOT_EQUALS:
        negative = op == OPERATOR_NOT_EQUALS;
        break;
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        negative = op == OPERATOR_NOT_IN;
        for (uint32_t i = 0; right->kind == DATA_ARRAY && i < right->count; i++)
            null = null || right->items[i].kind == DATA_NULL;
        break;
    default:
        return false;
    }
    *ret = null != negative ? TRUTH_TRUE : TRUTH_FALSE;
    return true;
}

// False: no need to look further.
static bool test_value(Run *r, Every *e, const Data *at, bool of_element)
{
    Data left = at ? *at : data_missing();
    Truth t = compare(r, e->node, &left, e->right, false), engine;
    bool by_engine = r->x.semantics == SEMANTICS_ENGINE;
    if (!at && of_element && undefined_result(by_engine, e->node->op, e->right, &engine) &&
        t != engine) {
        r->x.uncertain = true;
        if (by_engine)
            t = engine;
    }
    if (r->trace)
        record(r, e->node, t, &left, e->right, true, path_text(r));
    return several_add(r, &e->values, t) && (!e->values.decided || r->trace || e->ordered);
}

static bool test_every(Run *r, Every *e, const Data *at, const Segment *s, uint32_t count,
                       bool below)
{
    Buf *path = &r->scratch->path;
    for (uint32_t i = 0; i < count; i++) {
        at = at && at->kind == DATA_OBJECT ? data_get_nocase(at, s[i].name) : NULL;
        if (r->trace)
            path_add(r, s[i].name);
        if (!s[i].each)
            continue;
        if (!at || at->kind != DATA_ARRAY) { // an element that is null, or none
            r->x.uncertain = true;
            return r->x.semantics == SEMANTICS_DOCUMENTED || test_value(r, e, NULL, false);
        }
        size_t n = path->n;
        for (uint32_t k = 0; k < at->count; k++) {
            if (r->trace)
                buf_printf(path, "[%" PRIu32 "]", k);
            if (!value_spend(&r->x, 1) ||
                !test_every(r, e, &at->items[k], s + i + 1, count - i - 1, true))
                return false;
            path->n = n;
        }
        return true;
    }
    return test_value(r, e, at, below);
}

static Truth judge_every(Run *r, const Node *n, const Field *f, const Data *right)
{
    const FieldPath *p = document_path(r->document, f, r->api_version);
    bool ordered = n->op >= OPERATOR_LESS && n->op <= OPERATOR_GREATER_OR_EQUALS;
    Every e = {.node = n,
               .right = right,
               .values = {.decisive = TRUTH_FALSE},
               .ordered = ordered && r->thorough};
    if (r->trace)
        path_start(r, p);
    if (!p) { // of another type: not there
        Segment none = {.name = str_of(f->name), .each = true};
        test_every(r, &e, NULL, &none, 1, false);
    } else {
        const Data *at = p->slot ? r->slots[p->slot - 1] : r->document->root;
        test_every(r, &e, at, p->segments + p->from, p->count - p->from, p->slot > 0);
    }
    return r->x.failure.reason ? failed(r, n) : several_truth(r, &e.values);
}

// --- fields and values ---------------------------------------------------------------------------

static bool field_of(Run *r, const Node *n, const Field **ret)
{
    Data name;
    if (n->field) {
        *ret = n->field;
        return true;
    }
    if (!compute(r, n->left, &name))
        return false;
    if (name.kind != DATA_STRING)
        return value_fail(&r->x, "the name of a field is %s", value_kind_text(&name));
    *ret = field_of_name(r->policy->aliases, r->x.arena, data_str(&name), n->scope);
    if ((*ret)->kind == FIELD_UNKNOWN)
        return value_fail(&r->x, "there is no field `%.*s`", value_shown(data_str(&name)),
                          name.text);
    return true;
}

static Truth error_of(Run *r, const Node *n)
{
    bool goes_on = r->x.semantics == SEMANTICS_ENGINE && !r->x.failure.final;
    Truth t = goes_on ? TRUTH_FALSE : TRUTH_ERROR;
    if (r->trace) {
        Data nothing = data_missing();
        record(r, n, t, &nothing, &nothing, false, NULL);
    }
    if (!goes_on)
        return failed(r, n);
    r->x.failure = (EvalFailure){0};
    return t;
}

static Truth judge_field(Run *r, const Node *n)
{
    const Field *f = n->field;
    Data right;
    if (!field_of(r, n, &f) || !right_of(r, n, f->location, &right))
        return error_of(r, n);
    return f->each && !(f->count == 1 && f->paths[0].wraps) ? judge_every(r, n, f, &right)
                                                            : judge_plain(r, n, f, &right);
}

static Truth judge_value(Run *r, const Node *n)
{
    Data left, right;
    if (!compute(r, n->left, &left) || !right_of(r, n, false, &right))
        return error_of(r, n);
    Truth t = compare(r, n, &left, &right, true);
    if (r->trace)
        record(r, n, t, &left, &right, false, NULL);
    return t;
}

// --- counts --------------------------------------------------------------------------------------

typedef struct Counting {
    const Node *node;
    uint32_t slot; // of the element of the next [*]
    int64_t found;
    bool lacks; // an array inside an element is not there
} Counting;

// False: an error.
static bool count_one(Run *r, Counting *c)
{
    if (!value_spend(&r->x, 1))
        return false;
    uint32_t around = r->element;
    r->element = ++r->elements;
    Truth t = c->node->where ? judge(r, c->node->where) : TRUTH_TRUE;
    r->element = around;
    c->found += t == TRUTH_TRUE;
    return t != TRUTH_ERROR;
}

static bool count_below(Run *r, Counting *c, const Data *at, const Segment *s, uint32_t count,
                        bool below, const char *path)
{
    for (uint32_t i = 0; i < count; i++) {
        if (r->trace)
            path = arena_printf(r->x.arena, "%s%s%.*s", path, *path ? "." : "", (int)s[i].name.n,
                                s[i].name.p);
        if (!s[i].each) {
            at = at->kind == DATA_OBJECT ? data_get_nocase(at, s[i].name) : NULL;
            if (!at)
                return true;
            continue;
        }
        at = at->kind == DATA_OBJECT ? data_get_nocase(at, s[i].name) : NULL;
        if (!at || at->kind != DATA_ARRAY) {
            c->lacks = c->lacks || below;
            return true;
        }
        uint32_t slot = c->slot++;
        for (uint32_t k = 0; k < at->count; k++) {
            r->slots[slot] = &at->items[k];
            const char *here =
                r->trace ? arena_printf(r->x.arena, "%s[%" PRIu32 "]", path, k) : path;
            r->slot_paths[slot] = here;
            if (!count_below(r, c, &at->items[k], s + i + 1, count - i - 1, true, here))
                return false;
        }
        c->slot--;
        return true;
    }
    return count_one(r, c);
}

static bool count_field(Run *r, const Node *n, Data *ret)
{
    const FieldPath *p = document_path(r->document, n->field, r->api_version);
    Counting c = {.node = n};
    r->counts++;
    bool good = true;
    if (p) {
        c.slot = n->scope->slot + field_stars(p, p->from);
        const char *path = p->slot && r->trace ? r->slot_paths[p->slot - 1] : "";
        good = count_below(r, &c, p->slot ? r->slots[p->slot - 1] : r->document->root,
                           p->segments + p->from, p->count - p->from, p->slot > 0, path);
    }
    r->counts--;
    *ret = data_int(c.found);
    if (c.lacks && !n->where) { // the engine has no number for it
        r->x.uncertain = true;
        if (r->x.semantics == SEMANTICS_ENGINE)
            *ret = data_missing();
    }
    return good;
}

static bool count_values(Run *r, const Node *n, Data *ret)
{
    Data list;
    *ret = data_int(0);
    if (!compute(r, n->left, &list))
        return false;
    if (list.kind != DATA_ARRAY) {
        r->x.uncertain = true;
        return list.kind == DATA_MISSING || list.kind == DATA_NULL ||
               r->x.semantics == SEMANTICS_ENGINE ||
               value_fail(&r->x, "a count of values is over %s, not an array",
                          value_kind_text(&list));
    }
    uint64_t iterations = (uint64_t)r->iterations * list.count;
    if (iterations > MOST_ITERATIONS && r->x.semantics != SEMANTICS_ENGINE)
        return value_stop(&r->x, "a list is walked in more than %d steps", MOST_ITERATIONS);
    Counting c = {.node = n};
    uint32_t around = r->iterations;
    r->iterations = iterations > UINT32_MAX ? UINT32_MAX : (uint32_t)iterations;
    r->counts++;
    bool good = true;
    for (uint32_t i = 0; i < list.count && good; i++) {
        r->slots[n->scope->slot] = &list.items[i];
        r->slot_paths[n->scope->slot] = NULL;
        good = count_one(r, &c);
    }
    r->counts--;
    r->iterations = around;
    *ret = data_int(c.found);
    return good;
}

static Truth judge_count(Run *r, const Node *n)
{
    Data found, right;
    bool counted =
        n->kind == CONDITION_COUNT_FIELD ? count_field(r, n, &found) : count_values(r, n, &found);
    if (!counted || !right_of(r, n, false, &right))
        return error_of(r, n);
    Truth t = compare(r, n, &found, &right, true);
    if (r->trace)
        record(r, n, t, &found, &right, false, NULL);
    return t;
}

// --- groups --------------------------------------------------------------------------------------

static Truth judge_group(Run *r, const Node *n, Truth decisive)
{
    Several s = {.decisive = decisive};
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *child = n->children[i];
        bool ask = !s.decided || r->trace || (child->fails && r->thorough);
        if (ask && !several_add(r, &s, judge(r, child)))
            return TRUTH_ERROR; // at a limit
    }
    return several_truth(r, &s);
}

static Truth judge_not(Run *r, const Node *n)
{
    Truth t = judge(r, n->children[0]);
    return t == TRUTH_ERROR ? t : t == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

Truth judge(Run *r, const Node *n)
{
    if (!value_spend(&r->x, 1))
        return failed(r, n);
    switch (n->kind) {
    case CONDITION_ALL_OF:
        return judge_group(r, n, TRUTH_FALSE);
    case CONDITION_ANY_OF:
        return judge_group(r, n, TRUTH_TRUE);
    case CONDITION_NOT:
        return judge_not(r, n);
    case CONDITION_FIELD:
        return judge_field(r, n);
    case CONDITION_VALUE:
        return judge_value(r, n);
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        return judge_count(r, n);
    }
    BUG("a kind of condition");
}
