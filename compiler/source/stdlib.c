// stdlib.c - finds a module of the standard library in the binary.
//
// The blob, made by host/stdlib_pack.c: the number of files, for each the
// offsets of its path and text and the length of the text, then the texts; all
// numbers are 32 bits, little endian.
//
// SPDX-License-Identifier: MIT
#include "source/stdlib.h"

#include "base/bug.h"

extern const unsigned char moat_stdlib_blob[];

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        ".global moat_stdlib_blob\n"
        "moat_stdlib_blob:\n"
        ".incbin \"stdlib.blob\"\n"
        ".popsection\n");

enum { HEAD = 4, ENTRY = 12 };

static uint32_t number_at(size_t offset)
{
    const unsigned char *p = moat_stdlib_blob + offset;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static const char *text_at(size_t offset)
{
    return (const char *)moat_stdlib_blob + number_at(offset);
}

uint32_t stdlib_count(void)
{
    return number_at(0);
}

void stdlib_at(uint32_t index, const char **ret_path, Str *ret_text)
{
    if (index >= stdlib_count())
        BUG("no such module of the standard library");
    size_t entry = HEAD + (size_t)index * ENTRY;
    *ret_path = text_at(entry);
    *ret_text = (Str){text_at(entry + 4), number_at(entry + 8)};
}

bool stdlib_source(const char *path, Str *ret_text)
{
    uint32_t low = 0, high = stdlib_count();
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *found;
        Str text;
        stdlib_at(middle, &found, &text);
        int c = strcmp(path, found);
        if (c == 0) {
            *ret_text = text;
            return true;
        }
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
