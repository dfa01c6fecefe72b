// editor_files.c - syntax files for editors, from the list of keywords.
//
//     editor_files vim | textmate
//
// Words that are names elsewhere are coloured where they begin or continue
// something: at the front of a line, or before a word or a string.
//
// SPDX-License-Identifier: MIT
#include "syntax/words.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Entry {
    const char *text;
    WordKind kind;
    int places;
} Entry;

static const Entry entries[] = {
#define RESERVED(text, token, places) {text, WORD_RESERVED, places},
#define SOFT(text, token, places) {text, WORD_SOFT, places},
#define UNIT(text, unit) {text, WORD_UNIT, 0},
#define TYPE(text) {text, WORD_TYPE, 0},
#include "keywords.def"
};

enum { ENTRY_COUNT = sizeof entries / sizeof entries[0], ITEMS = PLACE_INSIDE - 1 - PLACE_FILE };

// What a group of words is to an editor.
static bool is_declaration(const Entry *e)
{
    return (e->places & PLACE_FILE) != 0;
}

static bool is_item(const Entry *e)
{
    return (e->places & ITEMS) != 0 && !is_declaration(e);
}

static bool is_continuation(const Entry *e)
{
    return (e->places & PLACE_INSIDE) != 0;
}

static bool is_operator(const Entry *e)
{
    return (e->places & PLACE_OPERATOR) != 0;
}

static bool is_value(const Entry *e)
{
    return (e->places & PLACE_VALUE) != 0;
}

static bool is_unit(const Entry *e)
{
    return e->kind == WORD_UNIT;
}

static bool is_type(const Entry *e)
{
    return e->kind == WORD_TYPE;
}

static void add_words(Buf *b, bool (*wanted)(const Entry *), const char *between)
{
    size_t count = 0;
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        if (!wanted(&entries[i]))
            continue;
        if (count++)
            buf_str(b, between);
        buf_str(b, entries[i].text);
    }
}

// --- Vim ------------------------------------------------------------------------------------------

static void vim_match(const char *group, const char *before, bool (*wanted)(const Entry *),
                      const char *after)
{
    Buf words = {0};
    add_words(&words, wanted, "\\|");
    printf("syn match %s \"%s\\<\\%%(%s\\)\\>%s\"\n", group, before, words.p, after);
    buf_free(&words);
}

static void vim_keywords(const char *group, bool (*wanted)(const Entry *))
{
    Buf words = {0};
    add_words(&words, wanted, " ");
    printf("syn keyword %s %s\n", group, words.p);
    buf_free(&words);
}

static void write_vim(void)
{
    puts("\" Vim syntax file for moat, made from grammar/keywords.def (make editors).\n"
         "\" SPDX-License-Identifier: MIT\n"
         "if exists(\"b:current_syntax\")\n"
         "    finish\n"
         "endif\n"
         "\n"
         "syn case match");
    vim_match("moatOperator", "", is_operator, "");
    vim_keywords("moatConstant", is_value);
    vim_match("moatContinuation", "", is_continuation, "\\ze\\s\\+[A-Za-z_\\\"]");
    vim_match("moatItem", "\\%(^\\|[{}\\\"]\\)\\s*\\zs", is_item, "\\ze\\s\\+[^ =.:]");
    vim_match("moatDeclaration", "\\%(^\\|[{}\\\"]\\)\\s*\\zs", is_declaration,
              "\\ze\\s\\+[A-Za-z_\\\"]");
    vim_match("moatType", "\\%([:[]\\s*\\|{\\)\\zs", is_type, "");
    puts("syn match moatOperator \"\\<is\\s\\+\\%(set\\|missing\\)\\>\"\n"
         "syn match moatMember \"\\.\\w\\+\"\n"
         "syn match moatNumber \"\\<\\d\\+\\%(\\.\\d\\+\\)*\\>\"");
    vim_match("moatNumber", "\\<\\d\\+[ \\t]\\+", is_unit, "");
    puts("syn match moatEscape +\\\\\\%([\\\"\\\\ntr]\\|u{\\x\\+}\\)+ contained\n"
         "syn region moatString start=+\"+ skip=+\\\\.+ end=+\"+ oneline contains=moatEscape\n"
         "syn match moatAllow +\\<allow M\\d\\{4}\\>+ contained\n"
         "syn match moatComment \"//.*\" contains=moatAllow,@Spell\n"
         "syn match moatDoc \"///\\%([^/].*\\)\\?$\" contains=@Spell\n"
         "syn region moatComment start=\"/\\*\" end=\"\\*/\" contains=@Spell\n"
         "\n"
         "hi def link moatDeclaration Structure\n"
         "hi def link moatItem Statement\n"
         "hi def link moatContinuation Keyword\n"
         "hi def link moatOperator Operator\n"
         "hi def link moatConstant Constant\n"
         "hi def link moatType Type\n"
         "hi def link moatNumber Number\n"
         "hi def link moatString String\n"
         "hi def link moatEscape SpecialChar\n"
         "hi def link moatComment Comment\n"
         "hi def link moatDoc SpecialComment\n"
         "hi def link moatAllow PreProc\n"
         "\n"
         "let b:current_syntax = \"moat\"");
}

// --- TextMate -------------------------------------------------------------------------------------

typedef struct Pattern {
    const char *scope;
    const char *before;
    bool (*wanted)(const Entry *); // words, between `before` and `after`; may be NULL
    const char *after;
} Pattern;

static const Pattern patterns[] = {
    {"comment.block.moat", "/\\*[^*]*\\*+(?:[^/*][^*]*\\*+)*/", NULL, ""},
    {"comment.line.documentation.moat", "///(?!/).*$", NULL, ""},
    {"comment.line.double-slash.moat", "//.*$", NULL, ""},
    {"variable.other.member.moat", "(?<=\\.)[A-Za-z_][A-Za-z0-9_]*", NULL, ""},
    {"constant.numeric.duration.moat", "\\b[0-9]+[ \\t]+(?:", is_unit, ")\\b"},
    {"constant.numeric.moat", "\\b[0-9]+(?:\\.[0-9]+)*\\b", NULL, ""},
    {"constant.language.moat", "\\b(?:", is_value, ")\\b"},
    {"keyword.operator.word.moat", "\\bis\\s+(?:set|missing)\\b", NULL, ""},
    {"keyword.operator.word.moat", "\\b(?:", is_operator, ")\\b"},
    {"keyword.operator.moat", "==|!=|<=|>=|[-+*/<>=|]", NULL, ""},
    {"storage.type.moat", "(?:^|(?<=[{}\"]))\\s*\\b(?:", is_declaration, ")\\b(?=\\s+[A-Za-z_\"])"},
    {"keyword.control.moat", "(?:^|(?<=[{}\"]))\\s*\\b(?:", is_item, ")\\b(?=\\s+[^\\s=.:])"},
    {"keyword.other.moat", "\\b(?:", is_continuation, ")\\b(?=\\s+[A-Za-z_\"])"},
    {"support.type.moat", "(?<=[:\\[{]|: )(?:", is_type, ")\\b"},
};

static void add_pattern(Buf *b, const Pattern *p)
{
    Buf match = {0};
    buf_str(&match, p->before);
    if (p->wanted)
        add_words(&match, p->wanted, "|");
    buf_str(&match, p->after);
    buf_str(b, ",\n    { \"name\": \"");
    buf_str(b, p->scope);
    buf_str(b, "\", \"match\": ");
    buf_json_string(b, (Str){match.p, match.n});
    buf_str(b, " }");
    buf_free(&match);
}

static void write_textmate(void)
{
    Buf b = {0};
    buf_str(&b, "{\n"
                "  \"comment\": \"made from grammar/keywords.def (make editors)\",\n"
                "  \"name\": \"moat\",\n"
                "  \"scopeName\": \"source.moat\",\n"
                "  \"fileTypes\": [\"moat\"],\n"
                "  \"patterns\": [\n"
                "    { \"name\": \"string.quoted.double.moat\", \"begin\": \"\\\"\", "
                "\"end\": \"\\\"|$\", \"patterns\": [\n"
                "      { \"name\": \"constant.character.escape.moat\", "
                "\"match\": \"\\\\\\\\(?:[\\\"\\\\\\\\ntr]|u\\\\{[0-9A-Fa-f]+\\\\})\" } ] }");
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        add_pattern(&b, &patterns[i]);
    buf_str(&b, "\n  ]\n}\n");
    fwrite(b.p, 1, b.n, stdout);
    buf_free(&b);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "vim") == 0) {
        write_vim();
    } else if (argc == 2 && strcmp(argv[1], "textmate") == 0) {
        write_textmate();
    } else {
        fputs("usage: editor_files vim|textmate\n", stderr);
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 3;
}
