// arm.c - ARM template expressions as text.
//
// SPDX-License-Identifier: MIT
#include "policy/depth.h"
#include "policy/write.h"

// A quote inside is written twice; there is no other escape.
static void quoted_print(Buf *out, const char *text)
{
    buf_char(out, '\'');
    for (const char *quote; (quote = strchr(text, '\'')); text = quote + 1) {
        buf_add(out, text, (size_t)(quote - text));
        buf_add(out, "''", 2);
    }
    buf_str(out, text);
    buf_char(out, '\'');
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_identifier(const char *s)
{
    if (!is_letter(*s))
        return false;
    while (is_letter(*s) || (*s >= '0' && *s <= '9'))
        s++;
    return *s == '\0';
}

static void expression_print(Buf *out, const Arm *arm, uint32_t depth);

static void call_print(Buf *out, const Arm *call, uint32_t depth)
{
    buf_str(out, call->name);
    buf_char(out, '(');
    for (uint32_t i = 0; i < call->count; i++) {
        if (i)
            buf_add(out, ", ", 2);
        expression_print(out, call->args[i], depth);
    }
    buf_char(out, ')');
}

static void expression_print(Buf *out, const Arm *arm, uint32_t depth)
{
    if (depth > DEPTH_ARM)
        return;
    switch (arm->kind) {
    case ARM_STRING:
        quoted_print(out, arm->text);
        return;
    case ARM_INT:
        buf_int(out, arm->number);
        return;
    case ARM_FLOAT:
        buf_str(out, arm->text);
        return;
    case ARM_CALL:
        call_print(out, arm, depth + 1);
        return;
    case ARM_MEMBER:
        expression_print(out, arm->of, depth + 1);
        if (is_identifier(arm->name)) {
            buf_char(out, '.');
            buf_str(out, arm->name);
            return;
        }
        buf_char(out, '[');
        quoted_print(out, arm->name);
        buf_char(out, ']');
        return;
    case ARM_INDEX:
        expression_print(out, arm->indexed, depth + 1);
        buf_char(out, '[');
        expression_print(out, arm->index, depth + 1);
        buf_char(out, ']');
        return;
    }
}

void arm_print(Buf *out, const Arm *arm)
{
    expression_print(out, arm, 0);
}
