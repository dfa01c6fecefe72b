// explain_word.c - the words of the language.
//
// SPDX-License-Identifier: MIT
#include "cli/explain.h"

static const struct {
    const char *word, *sort, *what, *example;
} GLOSSARY_ENTRIES[] = {
#define GLOSSARY(word, sort, what, example) {word, sort, what, example},
#include "cli/glossary.def"
};

enum { GLOSSARY_COUNT = sizeof GLOSSARY_ENTRIES / sizeof GLOSSARY_ENTRIES[0] };

void explain_glossary(Explain *e)
{
    for (size_t i = 0; i < GLOSSARY_COUNT; i++) {
        if (!str_equal(e->word, str_of(GLOSSARY_ENTRIES[i].word)))
            continue;
        explain_title(
            e, GLOSSARY_ENTRIES[i].word,
            arena_printf(e->arena, "%s: %s", GLOSSARY_ENTRIES[i].sort, GLOSSARY_ENTRIES[i].what));
        buf_char(&e->out, '\n');
        explain_code_block(e, str_of(GLOSSARY_ENTRIES[i].example));
    }
}

void explain_offer_glossary(Suggest *s)
{
    for (size_t i = 0; i < GLOSSARY_COUNT; i++)
        suggest_offer(s, str_of(GLOSSARY_ENTRIES[i].word));
}
