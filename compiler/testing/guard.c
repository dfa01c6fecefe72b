// guard.c - which conditions nobody wrote.
//
// SPDX-License-Identifier: MIT
#include "testing/guard.h"

bool is_type_test(const Condition *c)
{
    return c->kind == CONDITION_FIELD && c->left->kind == VALUE_STRING &&
           str_equal_nocase(str_of(c->left->text), str_of("type"));
}

static bool is_inside(Span span, Span around)
{
    return span.start >= around.start && span.end <= around.end &&
           span.end - span.start < around.end - around.start;
}

const Condition *guarded_by(const Condition *group, const Condition *part)
{
    bool leaf = part->kind == CONDITION_FIELD || part->kind == CONDITION_VALUE;
    if (!leaf || part->op != OPERATOR_EXISTS)
        return NULL;
    for (uint32_t i = 0; i < group->children.len; i++) {
        const Condition *c = group->children.items[i];
        if ((c->kind == CONDITION_FIELD || c->kind == CONDITION_VALUE) && !is_type_test(c) &&
            is_inside(part->span, c->span))
            return c;
    }
    return NULL;
}
