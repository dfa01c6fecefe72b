// io.c - reading and writing files whole.
//
// Messages are fixed English, so that output does not follow the locale.
//
// SPDX-License-Identifier: MIT
#include "base/io.h"

#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    int error;
    StatusCode code;
    const char *text;
} REASONS[] = {
    {ENOENT, STATUS_NOT_FOUND, "no such file or folder"},
    {ENOTDIR, STATUS_NOT_FOUND, "a part of the path is not a folder"},
    {EACCES, STATUS_DENIED, "permission denied"},
    {EPERM, STATUS_DENIED, "not permitted"},
    {EROFS, STATUS_DENIED, "the file system is read-only"},
    {EISDIR, STATUS_NOT_A_FILE, "it is a folder"},
    {EEXIST, STATUS_NOT_A_FILE, "something else has this name"},
    {EFBIG, STATUS_TOO_LARGE, "the file is too large"},
    {ENOSPC, STATUS_NO_SPACE, "no space left on the device"},
    {EDQUOT, STATUS_NO_SPACE, "the disk quota is used up"},
    {ENAMETOOLONG, STATUS_IO, "the name is too long"},
    {ELOOP, STATUS_IO, "too many symbolic links"},
    {EMFILE, STATUS_IO, "too many open files"},
    {ENFILE, STATUS_IO, "too many open files in the system"},
    {ETXTBSY, STATUS_IO, "the file is in use"},
    {EBUSY, STATUS_IO, "the file is in use"},
    {EIO, STATUS_IO, "the device reports an error"},
    {EPIPE, STATUS_IO, "nobody reads it any more"},
    {EBADF, STATUS_IO, "it is closed"},
};

static bool fail(Status *st, StatusCode code, const char *verb, const char *path,
                 const char *reason)
{
    st->code = code;
    snprintf(st->message, sizeof st->message, "could not %s `%.400s`: %s", verb, path, reason);
    return false;
}

bool status_errno(Status *st, int error, const char *verb, const char *path)
{
    for (size_t i = 0; i < sizeof REASONS / sizeof REASONS[0]; i++) {
        if (REASONS[i].error == error)
            return fail(st, REASONS[i].code, verb, path, REASONS[i].text);
    }
    char text[40];
    snprintf(text, sizeof text, "system error %d", error);
    return fail(st, STATUS_IO, verb, path, text);
}

// Reads until the end; `expected` is a hint. Leaves a NUL after the data.
static bool read_all(Arena *a, int fd, const char *path, size_t expected, size_t limit,
                     Str *ret_data, Status *st)
{
    size_t cap = expected + 1, n = 0;
    char *p = arena_alloc(a, cap);
    for (;;) {
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return status_errno(st, errno, "read", path);
        if (got == 0)
            break;
        n += (size_t)got;
        if (n > limit)
            return fail(st, STATUS_TOO_LARGE, "read", path, "the file is too large");
        if (n == cap) {
            size_t grown = cap < 4096 ? 4096 : cap * 2;
            p = arena_grow(a, p, cap, grown);
            cap = grown;
        }
    }
    p[n] = '\0';
    *ret_data = (Str){p, n};
    return true;
}

bool io_read_file(Arena *a, const char *path, size_t limit, Str *ret_data, Status *st)
{
    if (strcmp(path, "-") == 0)
        return read_all(a, STDIN_FILENO, "standard input", 4095, limit, ret_data, st);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe without a writer must not hang
    if (fd < 0)
        return status_errno(st, errno, "read", path);
    struct stat info;
    bool ok = false;
    if (fstat(fd, &info) < 0)
        status_errno(st, errno, "read", path);
    else if (S_ISDIR(info.st_mode))
        fail(st, STATUS_NOT_A_FILE, "read", path, "it is a folder");
    else if (!S_ISREG(info.st_mode))
        fail(st, STATUS_NOT_A_FILE, "read", path, "it is not a regular file");
    else if (info.st_size < 0 || (uintmax_t)info.st_size > limit)
        fail(st, STATUS_TOO_LARGE, "read", path, "the file is too large");
    else
        ok = read_all(a, fd, path, (size_t)info.st_size, limit, ret_data, st);
    close(fd);
    return ok;
}

static bool write_all(int fd, Str data)
{
    while (data.n) {
        ssize_t n = write(fd, data.p, data.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        data.p += n;
        data.n -= (size_t)n;
    }
    return true;
}

// Opens a new file beside `target`; its name goes to `ret_path`.
static int open_beside(const char *target, mode_t mode, char ret_path[PATH_MAX])
{
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target) + 1 : 0;
    for (unsigned i = 0; i < 1000; i++) {
        int n =
            snprintf(ret_path, PATH_MAX, "%.*s.moat-%ld-%u.tmp", folder, target, (long)getpid(), i);
        if (n >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(ret_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static bool replace_file(const char *target, const char *shown, const struct stat *old, Str data,
                         Status *st)
{
    char temporary[PATH_MAX];
    int fd = open_beside(target, old ? 0600 : 0666, temporary);
    if (fd < 0)
        return status_errno(st, errno, "write", shown);
    bool ok =
        write_all(fd, data) && (!old || fchmod(fd, old->st_mode & 07777) == 0) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) < 0 && ok) {
        ok = false;
        error = errno;
    }
    if (ok && rename(temporary, target) < 0) {
        ok = false;
        error = errno;
    }
    if (ok)
        return true;
    unlink(temporary);
    return status_errno(st, error, "write", shown);
}

// What a path names once symbolic links at its end are followed.
static bool follow_links(const char *path, char ret[PATH_MAX])
{
    enum { MOST_LINKS = 40 };
    char link[PATH_MAX];
    int n = snprintf(ret, PATH_MAX, "%s", path);
    for (int i = 0; i < MOST_LINKS && n >= 0 && n < PATH_MAX; i++) {
        ssize_t len = readlink(ret, link, sizeof link - 1);
        if (len < 0)
            return errno == EINVAL; // not a link
        link[len] = '\0';
        const char *slash = strrchr(ret, '/');
        size_t folder = slash && link[0] != '/' ? (size_t)(slash - ret) + 1 : 0;
        n = snprintf(ret + folder, PATH_MAX - folder, "%s", link);
        n = n < 0 ? n : n + (int)folder;
    }
    errno = ELOOP;
    return false;
}

bool io_write_file(const char *path, Str data, Status *st)
{
    struct stat old;
    if (stat(path, &old) < 0)
        return errno == ENOENT ? replace_file(path, path, NULL, data, st)
                               : status_errno(st, errno, "write", path);
    if (S_ISDIR(old.st_mode))
        return fail(st, STATUS_NOT_A_FILE, "write", path, "it is a folder");
    if (!S_ISREG(old.st_mode))
        return fail(st, STATUS_NOT_A_FILE, "write", path, "it is not a regular file");
    if (access(path, W_OK) < 0) // rename would replace a file its owner protects
        return status_errno(st, errno, "write", path);
    char target[PATH_MAX]; // a link stays a link: what it names is replaced
    if (!follow_links(path, target))
        return status_errno(st, errno, "write", path);
    return replace_file(target, path, &old, data, st);
}

bool io_write_stream(int fd, Str data, Status *st)
{
    if (write_all(fd, data))
        return true;
    const char *name = fd == STDOUT_FILENO ? "standard output" : "standard error";
    return status_errno(st, errno, "write", name);
}

bool io_make_folders(const char *path, Status *st)
{
    char part[PATH_MAX];
    size_t n = strlen(path);
    if (n == 0)
        return true;
    if (n >= sizeof part)
        return status_errno(st, ENAMETOOLONG, "make folder", path);
    for (size_t i = 1; i <= n; i++) {
        if (i < n && path[i] != '/')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) == 0 || io_is_folder(part))
            continue;
        return status_errno(st, errno == EEXIST ? ENOTDIR : errno, "make folder", part);
    }
    return true;
}

bool io_remove_file(const char *path, Status *st)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    return status_errno(st, errno, "remove", path);
}

bool io_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool io_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool io_is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const IoEntry *)a)->name, ((const IoEntry *)b)->name);
}

bool io_list_folder(Arena *a, const char *path, IoEntry **ret_entries, size_t *ret_count,
                    Status *st)
{
    DIR *dir = opendir(path);
    if (!dir)
        return status_errno(st, errno, "read folder", path);
    VEC(IoEntry) entries = {0};
    const struct dirent *e;
    while (errno = 0, (e = readdir(dir))) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        struct stat info;
        bool folder = fstatat(dirfd(dir), e->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                      S_ISDIR(info.st_mode);
        vec_push(a, &entries, ((IoEntry){arena_copy(a, e->d_name, strlen(e->d_name)), folder}));
    }
    int error = errno;
    closedir(dir);
    if (error)
        return status_errno(st, error, "read folder", path);
    if (entries.len)
        qsort(entries.items, entries.len, sizeof *entries.items, compare_entries);
    *ret_entries = entries.items;
    *ret_count = entries.len;
    return true;
}
