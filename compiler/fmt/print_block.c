// print_block.c - blocks of items, and parts that several items share.
//
// A block has an item a line; the first words of items that follow each other
// are padded, so that what comes after them stands in a column. A block of one
// item that the author wrote on one line stays on one where it fits.
//
// SPDX-License-Identifier: MIT
#include "fmt/printer.h"

static uint32_t first_word(const Printer *p, const Item *item)
{
    const char *s = p->file->source->text.p + (item->span.start - p->file->source->base);
    uint32_t n = 0;
    while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') || s[n] == '_' ||
           (s[n] >= '0' && s[n] <= '9'))
        n++;
    return n;
}

typedef struct Run {        // items that stand in one column
    uint32_t end;           // the item after the last
    uint32_t first, second; // widths of the columns
} Run;

static Run run_from(const Printer *p, const Items *items, uint32_t i)
{
    Run run = {.end = i};
    do {
        const Item *item = &items->items[run.end++];
        uint32_t n = first_word(p, item);
        run.first = n > run.first ? n : run.first;
        run.second = item->second > run.second ? item->second : run.second;
    } while (run.end < items->len && !items->items[run.end - 1].alone &&
             !items->items[run.end].alone &&
             !empty_line_between(p, items->items[run.end - 1].span.end,
                                 items->items[run.end].span.start));
    return run;
}

void print_block(Printer *p, const Items *items, ItemPrinter print)
{
    Run run = {0};
    bool one_line = items->len == 1 && on_one_line(p, items->items[0].span.end);
    sep(p, SEP_SPACE);
    group_open(p);
    token(p);
    indent(p, 1);
    for (uint32_t i = 0; i < items->len; i++) {
        const Item *item = &items->items[i];
        if (i == run.end)
            run = run_from(p, items, i);
        sep(p, one_line ? SEP_LINE : i == 0 ? SEP_HARD : SEP_ITEM);
        token(p);
        pad(p, DOC_TEXT, run.first - first_word(p, item));
        sep(p, SEP_SPACE);
        print(p, item->node, run.second - item->second);
    }
    outdent_closing(p, items->len == 0 ? SEP_SPACE : one_line ? SEP_LINE : SEP_HARD);
    token(p);
    group_close(p);
}

void print_value(Printer *p, const Expr *value) // = value
{
    sep(p, SEP_SPACE);
    token_sep(p, SEP_SPACE);
    print_expr(p, value);
}

void print_part(Printer *p, Separator s, uint32_t tokens) // word, or word and what follows it
{
    sep(p, s);
    for (uint32_t i = 0; i < tokens; i++) {
        token(p);
        if (i + 1 < tokens)
            sep(p, SEP_SPACE);
    }
}

void print_where(Printer *p, Separator s, const Expr *where)
{
    if (!where)
        return;
    sep(p, s);
    token_sep(p, SEP_SPACE);
    print_expr(p, where);
}

void print_kinds_where(Printer *p, uint32_t kinds, const Expr *where)
{
    group_open(p);
    print_words(p, kinds);
    indent(p, 2); // so that it is not taken for the block that follows
    print_where(p, SEP_LINE, where);
    indent(p, -2);
    group_close(p);
}

void print_list_of(Printer *p, uint32_t count, Separator before, void (*element)(Printer *))
{
    indent(p, 1);
    for (uint32_t i = 0; i < count; i++) {
        element(p);
        if (i + 1 == count)
            break;
        sep(p, before);
        token_sep(p, before == SEP_NONE ? SEP_FILL : SEP_SPACE);
    }
    indent(p, -1);
}

void print_name_index(Printer *p, const Expr *name) // ["default"]
{
    if (!name)
        return;
    token(p);
    print_expr(p, name);
    token(p);
}
