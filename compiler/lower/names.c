// names.c - names Azure accepts, the same for the same sources.
//
// SPDX-License-Identifier: MIT
#include "lower/internal.h"

#include "base/bug.h"
#include "base/hash.h"

enum { HASH_DIGITS = 8 };

static bool is_refused(char c)
{
    return strchr("<>*%&:\\?.+/", c) || (unsigned char)c < ' ' || c == 0x7f;
}

const char *policy_name(Arena *a, const char *full, size_t limit)
{
    size_t n = strlen(full);
    char *name = arena_copy(a, full, n);
    for (char *s = name; *s; s++) {
        if (is_refused(*s))
            *s = '-';
    }
    if (n <= limit && (n == 0 || name[n - 1] != ' '))
        return name;
    if (limit <= HASH_DIGITS + 1)
        BUG("no room for a name");
    char hash[65];
    sha256_hex((Str){full, n}, hash);
    size_t kept = utf8_fit((Str){name, n}, limit - HASH_DIGITS - 1);
    return arena_printf(a, "%.*s-%.*s", (int)kept, name, HASH_DIGITS, hash);
}

const char *declared_name(Arena *a, const Module *m, Name name)
{
    return arena_printf(a, "%s-%s", m->path, name); // policy_name makes the dots hyphens
}
