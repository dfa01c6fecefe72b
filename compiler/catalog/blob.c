// blob.c - the catalogue's bytes, made by host/catalog_pack.c, in the binary.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        ".global moat_catalog_blob\n"
        "moat_catalog_blob:\n"
        ".incbin \"catalog.blob\"\n"
        ".popsection\n");

const char **blob_list(const Catalog *c, Arena *a, uint32_t offset, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (const char *s = blob_text(c, offset); *s; s += strlen(s) + 1)
        count++;
    const char **items = ARENA_ARRAY(a, const char *, count);
    const char *s = blob_text(c, offset);
    for (uint32_t i = 0; i < count; i++, s += strlen(s) + 1)
        items[i] = s;
    *ret_count = count;
    return items;
}
