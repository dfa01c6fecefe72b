// banned.h - functions we do not use, and why each has a better neighbour.
//
// Included before everything else (`-include`), except in generated files. The
// system headers come first, so that only our own uses are poisoned.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_BANNED_H
#define MOAT_BASE_BANNED_H

#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#undef sprintf // macros in a fortified clang
#undef vsprintf
#undef alloca                                                                 // and beyond POSIX
#pragma GCC poison gets strcpy strcat strncpy strncat stpcpy sprintf vsprintf // Buf, arena_printf
#pragma GCC poison atoi atol atoll atof strtok strtok_r                       // strtoll with checks
#pragma GCC poison tmpnam tempnam mktemp                                      // io_write_file
#pragma GCC poison alloca strdup strndup asprintf vasprintf                   // an arena

#endif
