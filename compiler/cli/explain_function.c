// explain_function.c - functions: signature, what they give, what they compile to.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

#include "sema/typed.h"

typedef struct FunctionFacts {
    const char *name, *arm, *parameters, *result;
} FunctionFacts;

static const FunctionFacts FUNCTIONS[] = {
#define FUNCTION(id, text, arm, params, result) [FUNCTION_##id] = {text, arm, params, result},
#include "sema/functions.def"
#undef FUNCTION
};

static const char *const HELP[] = {
#define FUNCTION_HELP(id, what) [FUNCTION_##id] = what,
#include "cli/functions_help.def"
};

enum { FUNCTION_COUNT = sizeof FUNCTIONS / sizeof FUNCTIONS[0] };
_Static_assert(sizeof HELP / sizeof HELP[0] == FUNCTION_COUNT, "a line for each function");

// The letters of functions.def.
static const char *type_letter(char letter)
{
    static const struct {
        char letter;
        const char *text;
    } types[] = {
        {'t', "string"},
        {'i', "int"},
        {'n', "number"},
        {'b', "bool"},
        {'d', "datetime"},
        {'c', "cidr"},
        {'x', "string or list"},
        {'z', "string or [string]"},
        {'p', "string, list or object"},
        {'y', "string, number or bool"},
        {'l', "list"},
        {'s', "[string]"},
        {'I', "int or [int]"},
        {'o', "object"},
        {'q', "list or object"},
        {'a', "any"},
        {'e', "element"},
        {'1', "as the first"},
        {'r', "[int]"},
        {'m', "[{key, value}]"},
        {'f', "float"},
        {'L', "location"},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i].letter == letter)
            return types[i].text;
    }
    return "";
}

static const char *signature(Explain *e, const FunctionFacts *f)
{
    Buf b = {0};
    buf_printf(&b, "%s(", f->name);
    for (const char *p = f->parameters; *p && *p != '!'; p++) {
        if (p > f->parameters)
            buf_str(&b, ", ");
        const char *type = type_letter(*p);
        if (p[1] == '?')
            buf_printf(&b, "[%s]", type);
        else
            buf_printf(&b, "%s%s", type, p[1] == '+' || p[1] == '*' ? " ..." : "");
        p += p[1] == '?' || p[1] == '+' || p[1] == '*';
    }
    buf_printf(&b, ") gives %s", type_letter(f->result[0]));
    const char *ret = arena_copy(e->arena, b.p, b.n);
    buf_free(&b);
    return ret;
}

static void show_function(Explain *e, size_t index)
{
    const FunctionFacts *f = &FUNCTIONS[index];
    explain_title(e, f->name, arena_printf(e->arena, "a function: %s", HELP[index]));
    buf_char(&e->out, '\n');
    explain_row(e, "form", signature(e, f));
    if (*f->arm)
        explain_row(e, "becomes",
                    arena_printf(e->arena, "%s() of Azure's template language", f->arm));
    else
        explain_row(e, "becomes",
                    "a guarded template expression: a missing or odd text gives an empty text, "
                    "never a failure");
    if (strchr(f->parameters, '!'))
        explain_row(e, "beware",
                    "it fails on a value of the wrong form, and a policy that fails denies the "
                    "request; guard it with `if … then … else …`");
}

void explain_function(Explain *e)
{
    for (size_t i = 1; i < FUNCTION_COUNT; i++) {
        if (str_equal_nocase(e->word, str_of(FUNCTIONS[i].name)))
            show_function(e, i);
    }
}

void explain_offer_functions(Suggest *s)
{
    for (size_t i = 1; i < FUNCTION_COUNT; i++)
        suggest_offer(s, str_of(FUNCTIONS[i].name));
}
