// bug.c - says where the compiler broke its own rules, and aborts.
//
// SPDX-License-Identifier: MIT
#include "base/bug.h"

#include <stdio.h>
#include <stdlib.h>

void bug_abort(const char *file, int line, const char *what)
{
    fprintf(stderr, "moat: bug at %s:%d: %s\n", file, line, what);
    abort();
}
