// derive.c - reads the rules of a bison grammar and walks them.
//
// SPDX-License-Identifier: MIT
#include "laws/derive.h"

#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"

typedef VEC(Name) Symbols; // a rule; quoted ones are literal

typedef struct Nonterminal {
    Name name;
    VEC(Symbols) rules;
    uint32_t least; // depth of its shallowest derivation
} Nonterminal;

struct Grammar {
    Arena *arena;
    Interner *names;
    Map nonterminals;
};

uint64_t random_next(uint64_t *state) // splitmix64
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint32_t random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)(random_next(state) % n);
}

// --- reading --------------------------------------------------------------------------------------

static const char *skip_action(const char *s) // past the brace that closes the one at s
{
    int depth = 0;
    do {
        depth += *s == '{';
        depth -= *s == '}';
    } while (*s++ && depth > 0);
    return s;
}

static const char *skip_space(const char *s)
{
    for (;;) {
        if (*s == ' ' || *s == '\n')
            s++;
        else if (s[0] == '/' && s[1] == '/')
            s += strcspn(s, "\n");
        else if (*s == '{')
            s = skip_action(s);
        else if (*s == '[')
            s += strcspn(s, "]") + 1;
        else
            return s;
    }
}

static const char *next_symbol(const char **at)
{
    const char *start = *at = skip_space(*at);
    if (*start == '"')
        *at = strchr(start + 1, '"') + 1;
    else if (strchr(":|;", *start))
        *at += *start != 0;
    else
        *at += strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_%0123456789");
    return start;
}

static bool is_error_rule(const Symbols *rule)
{
    for (uint32_t i = 0; i < rule->len; i++) {
        if (strcmp(rule->items[i], "error") == 0)
            return true;
    }
    return false;
}

static const char *read_rules(Grammar *g, Nonterminal *nt, const char *at)
{
    Symbols rule = {0};
    for (;;) {
        const char *s = next_symbol(&at);
        Name name = intern(g->names, s, (size_t)(at - s));
        if (strcmp(name, ";") == 0 || strcmp(name, "|") == 0) {
            if (!is_error_rule(&rule))
                vec_push(g->arena, &nt->rules, rule);
            rule = (Symbols){0};
            if (*name == ';')
                return at;
        } else if (strcmp(name, "%empty") != 0) {
            vec_push(g->arena, &rule, name);
        }
    }
}

static uint32_t depth_of(const Grammar *g, const Symbols *rule)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < rule->len; i++) {
        const Nonterminal *nt = map_get(&g->nonterminals, rule->items[i]);
        depth = nt && nt->least > depth ? nt->least : depth;
    }
    return depth;
}

static void measure(Grammar *g) // to a fixed point
{
    enum { UNKNOWN = 1000 };
    bool changed = true;
    for (uint32_t i = 0; i < g->nonterminals.len; i++)
        ((Nonterminal *)g->nonterminals.values[i])->least = UNKNOWN;
    while (changed) {
        changed = false;
        for (uint32_t i = 0; i < g->nonterminals.len; i++) {
            Nonterminal *nt = g->nonterminals.values[i];
            for (uint32_t r = 0; r < nt->rules.len; r++) {
                uint32_t depth = depth_of(g, &nt->rules.items[r]) + 1;
                changed |= depth < nt->least;
                nt->least = depth < nt->least ? depth : nt->least;
            }
        }
    }
}

Grammar *grammar_read(Arena *a, Str text)
{
    Grammar *g = ARENA_NEW(a, Grammar);
    g->arena = a;
    g->names = interner_new(a);
    const char *at = strstr(text.p, "\n%%\n") + 4;
    for (;;) {
        const char *s = next_symbol(&at);
        Nonterminal *nt = ARENA_NEW(a, Nonterminal);
        nt->name = intern(g->names, s, (size_t)(at - s));
        if (strcmp(nt->name, "%%") == 0)
            break;
        next_symbol(&at); // the colon
        at = read_rules(g, nt, at);
        map_put(&g->nonterminals, a, nt->name, nt);
    }
    measure(g);
    return g;
}

// --- walking --------------------------------------------------------------------------------------

typedef struct Walk {
    const Grammar *g;
    uint64_t random;
    Buf *out;
} Walk;

static const char *const SPACES[] = {
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\t",
    "\r\n",
    "\n\n\n    ",
    " // c\n",
    "\n// own line\n",
    " /* b */ ",
    "\n/* b\n   b */\n",
    " /* b */ // c\n",
    "\n\n// p\n\n",
    "\n/// d\n",
};
static const char *const WORDS[] = {"a",
                                    "b2",
                                    "_c",
                                    "publicNetworkAccess",
                                    "networkAcls",
                                    "kv",
                                    "a_rather_long_name_that_makes_lines_break"};
static const char *const STRINGS[] = {
    "\"\"",
    "\"x\"",
    "\"a \\\"quoted\\\" one\"",
    "\"\\n\\t\\\\ \\u{1F600}\"",
    "\"ä 漢 😀\"",
    "\"// no comment\"",
    "\"Microsoft.CognitiveServices/accounts\"",
};
static const char *const INTS[] = {"0", "7", "42", "9223372036854775807"};
static const char *const FLOATS[] = {"1.0", "1.10", "0.5"};
static const char *const VERSIONS[] = {"1.2.3", "0.0.0"};
static const char *const DURATIONS[] = {"30 days", "1\tday", "5  minutes", "1 week"};

#define PICK(w, texts) (texts)[random_below(&(w)->random, sizeof(texts) / sizeof(texts)[0])]

static const char *terminal_text(Walk *w, Name symbol)
{
    if (strcmp(symbol, "WORD") == 0)
        return PICK(w, WORDS);
    if (strcmp(symbol, "STRING") == 0)
        return PICK(w, STRINGS);
    if (strcmp(symbol, "INT") == 0)
        return PICK(w, INTS);
    if (strcmp(symbol, "FLOAT") == 0)
        return PICK(w, FLOATS);
    if (strcmp(symbol, "VERSION_NUMBER") == 0)
        return PICK(w, VERSIONS);
    return PICK(w, DURATIONS);
}

static void add_terminal(Walk *w, Name symbol)
{
    if (*symbol != '"') {
        buf_str(w->out, terminal_text(w, symbol));
    } else if (strncmp(symbol, "\"not ", 5) == 0) { // two words, joined by the lexer
        buf_str(w->out, "not");
        buf_str(w->out, PICK(w, SPACES));
        buf_add(w->out, symbol + 5, strlen(symbol) - 6);
    } else {
        buf_add(w->out, symbol + 1, strlen(symbol) - 2);
    }
    buf_str(w->out, PICK(w, SPACES));
}

// Operands of what does not chain are primaries, so that precedence refuses nothing.
static bool binds_tightly(const Symbols *rule)
{
    static const char *const loose[] = {"\"and\"", "\"or\"", "\"implies\""};
    if (rule->len < 2 || strcmp(rule->items[0], "expr") != 0)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(rule->items[1], loose[i]) == 0)
            return false;
    }
    return true;
}

static const Symbols *choose(Walk *w, const Nonterminal *nt, uint32_t depth)
{
    uint32_t fitting = 0;
    const Symbols *chosen = &nt->rules.items[0];
    for (uint32_t i = 0; i < nt->rules.len; i++) {
        uint32_t least = depth_of(w->g, &nt->rules.items[i]) + 1;
        if ((least <= depth || least == nt->least) && random_below(&w->random, ++fitting) == 0)
            chosen = &nt->rules.items[i];
    }
    return chosen;
}

static void derive(Walk *w, Name symbol, uint32_t depth)
{
    const Nonterminal *nt = map_get(&w->g->nonterminals, symbol);
    if (!nt) {
        add_terminal(w, symbol);
        return;
    }
    const Symbols *rule = choose(w, nt, depth);
    bool tight = strcmp(symbol, "expr") == 0 && binds_tightly(rule);
    for (uint32_t i = 0; i < rule->len; i++) {
        bool operand = tight && strcmp(rule->items[i], "expr") == 0;
        derive(w, operand ? intern_str(w->g->names, "primary") : rule->items[i],
               depth > 0 ? depth - 1 : 0);
    }
}

void grammar_derive(const Grammar *g, uint64_t seed, Buf *out)
{
    Walk w = {.g = g, .random = seed, .out = out};
    derive(&w, intern_str(g->names, "file"), 8 + random_below(&w.random, 24));
}
