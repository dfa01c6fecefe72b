// limits_rule.c - measures definitions and initiatives: conditions, expressions, counts, size.
//
// SPDX-License-Identifier: MIT
#include "policy/depth.h"
#include "policy/measure.h"
#include "policy/write.h"

typedef struct CountedArray { // by a field count
    const char *alias;
    Span span;
} CountedArray;

typedef struct Walk {
    Arena *arena;
    Measures *ms;
    const PolicyDefinition *definition;
    Measure conditions; // which part of the rule they count for
    Span span;          // innermost one known
    bool in_template;   // of a deployment: its functions are not the policy's
    size_t text, parts; // bytes of texts and number of nodes: what the size grows with
    VEC(CountedArray) arrays;
} Walk;

static size_t walk_text(Walk *w, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    w->text += n;
    w->parts++;
    return n;
}

// --- expressions -----------------------------------------------------------------------------

// Returns the length of its text, quotes inside not doubled.
static size_t walk_arm(Walk *w, const Arm *arm, uint32_t calls, uint32_t depth)
{
    if (depth > DEPTH_ARM) { // it would not be written whole
        measure_peak(w->ms, MEASURE_FUNCTION_DEPTH, depth, w->span);
        return 0;
    }
    size_t n = 0;
    switch (arm->kind) {
    case ARM_STRING:
        return walk_text(w, arm->text) + 2;
    case ARM_FLOAT:
        return walk_text(w, arm->text);
    case ARM_INT:
        return 1;
    case ARM_CALL:
        if (!w->in_template) {
            measure_sum(w->ms, MEASURE_FUNCTIONS, 1, w->span);
            measure_peak(w->ms, MEASURE_FUNCTION_DEPTH, calls + 1, w->span);
            measure_peak(w->ms, MEASURE_ARGUMENTS, arm->count, w->span);
        }
        n = walk_text(w, arm->name) + 2;
        for (uint32_t i = 0; i < arm->count; i++)
            n += walk_arm(w, arm->args[i], calls + 1, depth + 1) + (i ? 2 : 0);
        return n;
    case ARM_MEMBER:
        return walk_text(w, arm->name) + 1 + walk_arm(w, arm->of, calls, depth + 1);
    case ARM_INDEX:
        n = walk_arm(w, arm->indexed, calls, depth + 1) + 2;
        return n + walk_arm(w, arm->index, calls, depth + 1);
    }
    return n;
}

static void walk_expression(Walk *w, const Arm *arm)
{
    if (arm)
        measure_peak(w->ms, MEASURE_EXPRESSION, walk_arm(w, arm, 0, 0) + 2, w->span);
}

// --- values ----------------------------------------------------------------------------------

static size_t walk_nodes(Walk *w, const Value *v, uint32_t depth)
{
    measure_peak(w->ms, MEASURE_VALUE_DEPTH, depth, w->span);
    if (depth > DEPTH_VALUE)
        return 1;
    w->parts++;
    size_t nodes = 1;
    switch (v->kind) {
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_INT:
        return nodes;
    case VALUE_FLOAT:
    case VALUE_STRING:
        walk_text(w, v->text);
        return nodes;
    case VALUE_ARM:
        walk_expression(w, v->arm);
        return nodes;
    case VALUE_ARRAY:
        for (uint32_t i = 0; i < v->items.len; i++)
            nodes += walk_nodes(w, v->items.items[i], depth + 1);
        return nodes;
    case VALUE_OBJECT:
        for (uint32_t i = 0; i < v->members.len; i++) {
            const Member *m = &v->members.items[i];
            bool outside = w->in_template;
            w->in_template = outside || strcmp(m->name, "template") == 0;
            walk_text(w, m->name);
            nodes += walk_nodes(w, m->value, depth + 1);
            w->in_template = outside;
        }
        return nodes;
    }
    return nodes;
}

static void walk_value(Walk *w, const Value *v)
{
    if (v)
        measure_peak(w->ms, MEASURE_VALUE_NODES, walk_nodes(w, v, 0), w->span);
}

// --- conditions ------------------------------------------------------------------------------

// Elements of the default of the parameter that `parameters('name')` names; 1 where it has none.
static size_t default_length(const Walk *w, const Arm *call)
{
    const char *name =
        call->count == 1 && call->args[0]->kind == ARM_STRING ? call->args[0]->text : "";
    for (uint32_t i = 0; i < w->definition->parameters.len; i++) {
        const PolicyParameter *p = &w->definition->parameters.items[i];
        size_t n = strcmp(p->name, name) == 0 ? measure_list(p->initial) : 0;
        if (n > 0 && n <= measure_most(MEASURE_ITERATIONS)) // a longer one is reported there
            return n;
    }
    return 1;
}

// Elements of a list known here: a literal, createArray(), a parameter's default; 1 for any other.
static size_t list_length(const Walk *w, const Value *list)
{
    if (list->kind == VALUE_ARRAY)
        return list->items.len;
    if (list->kind != VALUE_ARM || list->arm->kind != ARM_CALL)
        return 1;
    if (strcmp(list->arm->name, "createArray") == 0)
        return list->arm->count;
    return strcmp(list->arm->name, "parameters") == 0 ? default_length(w, list->arm) : 1;
}

static void walk_condition(Walk *w, const Condition *c, size_t iterations, uint32_t depth);

static void walk_leaf(Walk *w, const Condition *c, size_t iterations, uint32_t depth)
{
    measure_sum(w->ms, w->conditions, 1, w->span);
    walk_value(w, c->left);
    walk_value(w, c->right);
    if (c->kind == CONDITION_COUNT_FIELD && c->left->kind == VALUE_STRING)
        vec_push(w->arena, &w->arrays, ((CountedArray){c->left->text, w->span}));
    if (c->kind == CONDITION_COUNT_VALUE) {
        measure_sum(w->ms, MEASURE_VALUE_COUNTS, 1, w->span);
        size_t length = list_length(w, c->left);
        iterations = length && iterations > SIZE_MAX / length ? SIZE_MAX : iterations * length;
        measure_peak(w->ms, MEASURE_ITERATIONS, iterations, w->span);
    }
    if (c->where)
        walk_condition(w, c->where, iterations, depth + 1);
}

static void walk_node(Walk *w, const Condition *c, size_t iterations, uint32_t depth)
{
    switch (c->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        for (uint32_t i = 0; i < c->children.len; i++)
            walk_condition(w, c->children.items[i], iterations, depth + 1);
        return;
    case CONDITION_NOT:
        walk_condition(w, c->child, iterations, depth + 1);
        return;
    case CONDITION_FIELD:
    case CONDITION_VALUE:
    case CONDITION_COUNT_FIELD:
    case CONDITION_COUNT_VALUE:
        walk_leaf(w, c, iterations, depth);
        return;
    }
}

static void walk_condition(Walk *w, const Condition *c, size_t iterations, uint32_t depth)
{
    Span outside = w->span;
    if (c->span.start < c->span.end)
        w->span = c->span;
    w->parts++;
    measure_peak(w->ms, MEASURE_CONDITION_DEPTH, depth, w->span);
    if (depth <= DEPTH_CONDITION)
        walk_node(w, c, iterations, depth);
    w->span = outside;
}

// --- counts over one array -------------------------------------------------------------------

static int compare_arrays(const void *a, const void *b)
{
    const CountedArray *x = a, *y = b;
    int order = str_compare_nocase(str_of(x->alias), str_of(y->alias));
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static void measure_arrays(Walk *w)
{
    if (w->arrays.len)
        qsort(w->arrays.items, w->arrays.len, sizeof *w->arrays.items, compare_arrays);
    size_t same = 0;
    for (uint32_t i = 0; i < w->arrays.len; i++) {
        const CountedArray *array = &w->arrays.items[i];
        bool again = i && str_equal_nocase(str_of(array->alias), str_of(array[-1].alias));
        same = again ? same + 1 : 1;
        measure_peak(w->ms, MEASURE_FIELD_COUNTS, same, array->span);
    }
}

// --- definitions -----------------------------------------------------------------------------

static void walk_details(Walk *w, const Details *d)
{
    for (uint32_t i = 0; i < d->append.len; i++) {
        walk_value(w, d->append.items[i].field);
        walk_value(w, d->append.items[i].value);
    }
    for (uint32_t i = 0; i < d->operations.len; i++) {
        const Operation *o = &d->operations.items[i];
        w->span = o->span;
        walk_value(w, o->field);
        walk_value(w, o->value);
        walk_value(w, o->condition);
    }
    walk_value(w, d->name);
    walk_value(w, d->resource_group);
    walk_value(w, d->deployment);
    walk_value(w, d->other);
    w->conditions = MEASURE_EXISTENCE_CONDITIONS;
    if (d->existence)
        walk_condition(w, d->existence, 1, 1);
}

// Writing everything to learn its size would double the work: only what could be too large is.
static bool may_be_large(const Walk *w)
{
    enum { ESCAPED = 6, AROUND = 16, REST = 64 << 10 };
    size_t indent = 2 * (3 * w->ms->of[MEASURE_CONDITION_DEPTH].found +
                         w->ms->of[MEASURE_VALUE_DEPTH].found + AROUND);
    return ESCAPED * w->text + (indent + AROUND) * w->parts + REST > measure_most(MEASURE_BODY);
}

static void walk_parameters(Walk *w, const PolicyParameter *p, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        w->span = p[i].span;
        walk_text(w, p[i].name);
        walk_text(w, p[i].display_name);
        walk_text(w, p[i].description);
        walk_value(w, p[i].allowed);
        walk_value(w, p[i].initial);
        walk_value(w, p[i].schema);
    }
}

void measure_definition(Arena *a, Measures *ms, const PolicyDefinition *d)
{
    Walk w = {
        .arena = a, .ms = ms, .definition = d, .conditions = MEASURE_CONDITIONS, .span = d->span};
    walk_condition(&w, d->condition, 1, 1);
    walk_value(&w, d->effect);
    walk_details(&w, &d->details);
    walk_parameters(&w, d->parameters.items, d->parameters.len);
    measure_arrays(&w);
    if (!may_be_large(&w))
        return;
    Buf body = {0};
    write_definition(&body, d, (WriteOptions){0});
    measure_peak(ms, MEASURE_BODY, body.n, d->span);
    buf_free(&body);
}

// --- initiatives -----------------------------------------------------------------------------

static void walk_member(Walk *w, const InitiativeMember *m)
{
    w->span = m->span;
    walk_text(w, m->definition ? m->definition->name : m->builtin);
    walk_text(w, m->id);
    walk_text(w, m->reference_id);
    for (uint32_t i = 0; i < m->groups.len; i++)
        walk_text(w, m->groups.items[i]);
    for (uint32_t i = 0; i < m->arguments.len; i++) {
        walk_text(w, m->arguments.items[i].name);
        walk_value(w, m->arguments.items[i].value);
    }
    w->parts += 16; // ids and brackets
}

void measure_initiative(Arena *a, Measures *ms, const PolicyInitiative *in)
{
    Walk w = {.arena = a, .ms = ms, .conditions = MEASURE_CONDITIONS, .span = in->span};
    walk_parameters(&w, in->parameters.items, in->parameters.len);
    for (uint32_t i = 0; i < in->members.len; i++)
        walk_member(&w, &in->members.items[i]);
    for (uint32_t i = 0; i < in->groups.len; i++) {
        walk_text(&w, in->groups.items[i].name);
        walk_text(&w, in->groups.items[i].display_name);
        walk_text(&w, in->groups.items[i].category);
        walk_text(&w, in->groups.items[i].description);
    }
    if (!may_be_large(&w))
        return;
    Buf body = {0};
    write_initiative(&body, in, (WriteOptions){0});
    measure_peak(ms, MEASURE_BODY, body.n, in->span);
    buf_free(&body);
}

// --- lists in parameters ---------------------------------------------------------------------

size_t measure_list(const Value *v)
{
    if (!v)
        return 0;
    return v->kind == VALUE_ARRAY ? v->items.len : v->kind == VALUE_OBJECT ? v->members.len : 0;
}

static bool is_call(const Arm *arm, const char *name)
{
    return arm->kind == ARM_CALL && arm->count == 1 && strcmp(arm->name, name) == 0;
}

// parameters('x') or items(parameters('x'))
static bool reads_parameter(const Value *v, const char *parameter)
{
    if (v->kind != VALUE_ARM)
        return false;
    const Arm *arm = is_call(v->arm, "items") ? v->arm->args[0] : v->arm;
    return is_call(arm, "parameters") && arm->args[0]->kind == ARM_STRING &&
           strcmp(arm->args[0]->text, parameter) == 0;
}

static bool condition_walks(const Condition *c, const char *parameter, uint32_t depth)
{
    if (!c || depth > DEPTH_CONDITION)
        return false;
    switch (c->kind) {
    case CONDITION_ALL_OF:
    case CONDITION_ANY_OF:
        for (uint32_t i = 0; i < c->children.len; i++) {
            if (condition_walks(c->children.items[i], parameter, depth + 1))
                return true;
        }
        return false;
    case CONDITION_NOT:
        return condition_walks(c->child, parameter, depth + 1);
    case CONDITION_FIELD:
    case CONDITION_VALUE:
        return false;
    case CONDITION_COUNT_FIELD:
        return condition_walks(c->where, parameter, depth + 1);
    case CONDITION_COUNT_VALUE:
        return reads_parameter(c->left, parameter) ||
               condition_walks(c->where, parameter, depth + 1);
    }
    return false;
}

bool definition_walks(const PolicyDefinition *d, const char *parameter)
{
    return condition_walks(d->condition, parameter, 0) ||
           condition_walks(d->details.existence, parameter, 0);
}

bool initiative_walks(const PolicyInitiative *in, const char *parameter)
{
    for (uint32_t i = 0; i < in->members.len; i++) {
        const InitiativeMember *m = &in->members.items[i];
        for (uint32_t k = 0; m->definition && k < m->arguments.len; k++) {
            const PolicyArgument *arg = &m->arguments.items[k];
            if (reads_parameter(arg->value, parameter) &&
                definition_walks(m->definition, arg->name))
                return true;
        }
    }
    return false;
}
