// wrap.c - makes the n-th allocation, read, write … of the compiler fail.
//
// Linked with --wrap into a moat of its own; MOAT_FAULT=write:3 lets the third
// write fail. It says `fault injected` on standard error when it does.
//
// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t __real_write(int fd, const void *p, size_t n);

static bool fault_now(const char *call)
{
    static unsigned long seen, wanted;
    static const char *name;
    if (!name) {
        const char *s = getenv("MOAT_FAULT");
        const char *colon = s ? strchr(s, ':') : NULL;
        name = s && colon ? s : "";
        wanted = colon ? strtoul(colon + 1, NULL, 10) : 0;
    }
    size_t n = strlen(call);
    if (strncmp(name, call, n) != 0 || name[n] != ':' || ++seen != wanted)
        return false;
    static const char message[] = "fault injected\n";
    ssize_t ignored = __real_write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    return true;
}

// FAULT(result, name, parameters, arguments, errno, what the failed call returns)
#define FAULT(type, name, parameters, arguments, error, failed)                                    \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        if (!fault_now(#name))                                                                     \
            return __real_##name arguments;                                                        \
        errno = error;                                                                             \
        return failed;                                                                             \
    }

FAULT(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), ENOSPC, -1)
FAULT(ssize_t, read, (int fd, void *p, size_t n), (fd, p, n), EIO, -1)
FAULT(int, fsync, (int fd), (fd), EIO, -1)
FAULT(int, close, (int fd), (fd), EIO, -1)
FAULT(int, rename, (const char *from, const char *to), (from, to), EACCES, -1)
FAULT(int, renameat, (int from_at, const char *from, int to_at, const char *to),
      (from_at, from, to_at, to), EACCES, -1)
FAULT(int, mkdir, (const char *path, mode_t mode), (path, mode), EACCES, -1)
FAULT(int, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), EACCES, -1)
FAULT(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), EACCES, -1)
FAULT(int, open, (const char *path, int flags, mode_t mode), (path, flags, mode), EMFILE, -1)
FAULT(int, openat, (int at, const char *path, int flags, mode_t mode), (at, path, flags, mode),
      EMFILE, -1)

// One count for all allocations.
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

void *__wrap_malloc(size_t n)
{
    return fault_now("alloc") ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fault_now("alloc") ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return fault_now("alloc") ? NULL : __real_realloc(p, n);
}
