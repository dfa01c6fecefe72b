// arm_parse.c - the text of an ARM template expression as a tree.
//
// A recursive descent over calls, texts, numbers, members and indices. It takes
// what the service and the open engine take: decimals, a minus before anything,
// and `true`, `false` and `null` without parentheses. A tree is never deeper
// than those who walk it go.
//
// SPDX-License-Identifier: MIT
#include "policy/read.h"

#include "base/limits.h"
#include "policy/depth.h"

typedef struct ArmParser {
    Arena *arena;
    Str text;
    size_t at;
    const char *error; // NULL: none yet
    size_t error_at;
} ArmParser;

typedef struct Node { // a tree and its height
    Arm *arm;
    uint32_t height;
} Node;

static bool fail(ArmParser *p, size_t at, const char *message)
{
    p->error = message;
    p->error_at = at;
    return false;
}

static bool higher(ArmParser *p, uint32_t height, uint32_t *ret)
{
    if (height >= DEPTH_ARM)
        return fail(
            p, p->at,
            arena_printf(p->arena, "the expression is nested more than %d deep", DEPTH_ARM));
    *ret = height + 1;
    return true;
}

// --- characters ------------------------------------------------------------------------------

static char peek(const ArmParser *p)
{
    return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

// The next character that is no white space; NUL at the end (and for a NUL, which none expects).
static char next(ArmParser *p)
{
    while (peek(p) == ' ' || peek(p) == '\t' || peek(p) == '\n' || peek(p) == '\r')
        p->at++;
    return peek(p);
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *name_take(ArmParser *p)
{
    size_t start = p->at;
    while (is_letter(peek(p)) || is_digit(peek(p)))
        p->at++;
    return arena_copy(p->arena, p->text.p + start, p->at - start);
}

// What stands where something else was expected.
static bool unexpected(ArmParser *p, const char *expected)
{
    char c = next(p);
    if (p->at >= p->text.n)
        return fail(p, p->at,
                    arena_printf(p->arena, "expected %s before the expression ends", expected));
    if (c == '"')
        return fail(p, p->at, "a text in an expression stands between single quotes");
    size_t n = utf8_sequence(p->text.p + p->at, p->text.n - p->at);
    if (c < ' ' && n <= 1)
        return fail(p, p->at,
                    arena_printf(p->arena, "expected %s, not a control character", expected));
    return fail(
        p, p->at,
        arena_printf(p->arena, "expected %s, not `%.*s`", expected, (int)n, p->text.p + p->at));
}

// --- texts and numbers -----------------------------------------------------------------------

static bool parse_string(ArmParser *p, Arm **ret)
{
    size_t start = p->at++, n = 0;
    for (size_t i = p->at;; i++) { // how long it is
        if (i >= p->text.n)
            return fail(p, start, "this text is not closed: a `'` is missing");
        if (p->text.p[i] == '\0')
            return fail(p, i, "a text cannot hold a NUL");
        if (p->text.p[i] == '\'' && (i + 1 >= p->text.n || p->text.p[++i] != '\''))
            break;
        n++;
    }
    char *text = arena_alloc(p->arena, n + 1);
    for (size_t i = 0; i < n; i++) {
        p->at += p->text.p[p->at] == '\'';
        text[i] = p->text.p[p->at++];
    }
    p->at++;
    *ret = arm_string(p->arena, text);
    return true;
}

static bool parse_number(ArmParser *p, bool negative, Arm **ret)
{
    size_t start = p->at;
    uint64_t n = 0, most = (uint64_t)INT64_MAX + negative;
    bool large = false;
    for (; is_digit(peek(p)); p->at++) {
        uint64_t digit = (uint64_t)(peek(p) - '0');
        large = large || n > (most - digit) / 10;
        n = large ? n : n * 10 + digit;
    }
    if (peek(p) == '.' && p->at + 1 < p->text.n && is_digit(p->text.p[p->at + 1])) {
        p->at++;
        while (is_digit(peek(p)))
            p->at++;
        *ret = arm_float(p->arena, arena_printf(p->arena, "%s%.*s", negative ? "-" : "",
                                                (int)(p->at - start), p->text.p + start));
        return true;
    }
    if (is_letter(peek(p)))
        return unexpected(p, "the end of the number");
    if (large)
        return fail(p, start, "this number is too large: integers have 64 bits");
    *ret = arm_int(p->arena, negative ? (int64_t)(0 - n) : (int64_t)n);
    return true;
}

// --- expressions -----------------------------------------------------------------------------

static bool parse_expression(ArmParser *p, uint32_t depth, Node *ret);

typedef VEC(Arm *) Args;

static bool parse_args(ArmParser *p, uint32_t depth, Args *args, uint32_t *height)
{
    if (next(p) == ')') {
        p->at++;
        return true;
    }
    for (;;) {
        Node arg;
        if (!parse_expression(p, depth + 1, &arg))
            return false;
        vec_push(p->arena, args, arg.arm);
        *height = arg.height > *height ? arg.height : *height;
        char c = next(p);
        if (c != ',' && c != ')')
            return unexpected(p, "`,` or `)`");
        p->at++;
        if (c == ')')
            return true;
    }
}

static bool is_constant(const char *name)
{
    Str s = str_of(name);
    return str_equal_nocase(s, str_of("true")) || str_equal_nocase(s, str_of("false")) ||
           str_equal_nocase(s, str_of("null"));
}

static bool parse_call(ArmParser *p, uint32_t depth, Node *ret)
{
    size_t start = p->at;
    const char *name = name_take(p);
    Args args = {0};
    uint32_t height = 0;
    if (next(p) == '(') {
        p->at++;
        if (!parse_args(p, depth, &args, &height))
            return false;
    } else if (!is_constant(name)) {
        return fail(p, start,
                    arena_printf(p->arena,
                                 "`%.60s` is neither called nor quoted: write "
                                 "`%.60s()` or `'%.60s'`",
                                 name, name, name));
    }
    ret->arm = arm_call_list(p->arena, name, args.items, args.len);
    return higher(p, height, &ret->height);
}

// The open engine takes a minus before anything.
static bool parse_minus(ArmParser *p, uint32_t depth, Node *ret)
{
    p->at++;
    if (is_digit(next(p)))
        return parse_number(p, true, &ret->arm);
    Node of;
    if (!parse_expression(p, depth + 1, &of))
        return false;
    ret->arm = arm_call(p->arena, "sub", 2, arm_int(p->arena, 0), of.arm);
    return higher(p, of.height, &ret->height);
}

static bool parse_primary(ArmParser *p, uint32_t depth, Node *ret)
{
    char c = next(p);
    ret->height = 0;
    if (c == '\'')
        return parse_string(p, &ret->arm);
    if (is_digit(c))
        return parse_number(p, false, &ret->arm);
    if (c == '-')
        return parse_minus(p, depth, ret);
    if (is_letter(c))
        return parse_call(p, depth, ret);
    return unexpected(p, "a function, a text in single quotes or a number");
}

static bool parse_index(ArmParser *p, uint32_t depth, Node *of)
{
    Node index;
    if (!parse_expression(p, depth + 1, &index))
        return false;
    if (next(p) != ']')
        return unexpected(p, "`]`");
    p->at++;
    of->arm = index.arm->kind == ARM_STRING ? arm_member(p->arena, of->arm, index.arm->text)
                                            : arm_index(p->arena, of->arm, index.arm);
    return higher(p, of->height > index.height ? of->height : index.height, &of->height);
}

static bool parse_member(ArmParser *p, Node *of)
{
    if (!is_letter(next(p)))
        return unexpected(p, "the name of a member");
    of->arm = arm_member(p->arena, of->arm, name_take(p));
    return higher(p, of->height, &of->height);
}

static bool parse_expression(ArmParser *p, uint32_t depth, Node *ret)
{
    uint32_t unused;
    if (!higher(p, depth, &unused) || !parse_primary(p, depth, ret))
        return false;
    for (;;) {
        char c = next(p);
        if (c == '(')
            return fail(p, p->at, "only a function can be called");
        if (c != '.' && c != '[')
            return true;
        p->at++;
        if (!(c == '.' ? parse_member(p, ret) : parse_index(p, depth, ret)))
            return false;
    }
}

static bool parse_whole(ArmParser *p, Arm **ret)
{
    if (p->text.n > LIMIT_EXPRESSION_BYTES)
        return fail(p, 0,
                    arena_printf(p->arena, "the expression has more than %u bytes",
                                 LIMIT_EXPRESSION_BYTES));
    if (next(p) == '\0' && p->at >= p->text.n)
        return fail(p, 0, "there is no expression between `[` and `]`");
    Node node;
    if (!parse_expression(p, 0, &node))
        return false;
    if (p->at < p->text.n)
        return unexpected(p, "the end of the expression");
    *ret = node.arm;
    return true;
}

bool arm_parse(Arena *a, Str text, Arm **ret, const char **error, uint32_t *at)
{
    ArmParser p = {.arena = a, .text = text};
    if (parse_whole(&p, ret))
        return true;
    *error = p.error;
    *at = (uint32_t)p.error_at;
    return false;
}
