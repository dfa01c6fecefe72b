// io.h - files, with what can go wrong said once and where it happened.
//
// A Status is the world's failure (file, network, service). Its message is set
// where it happened and is not rewritten on the way up.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_IO_H
#define MOAT_BASE_IO_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

typedef enum StatusCode {
    STATUS_OK,
    STATUS_NOT_FOUND,
    STATUS_DENIED,
    STATUS_NOT_A_FILE,
    STATUS_TOO_LARGE,
    STATUS_NO_SPACE,
    STATUS_IO,
} StatusCode;

typedef struct Status {
    StatusCode code;
    char message[600]; // "could not read `x.moat`: permission denied"
} Status;

// Sets it from errno: "could not VERB `PATH`: REASON". Always false.
bool status_errno(Status *st, int error, const char *verb, const char *path);

// Reads a whole regular file (or standard input for "-"); at most `limit` bytes.
bool io_read_file(Arena *a, const char *path, size_t limit, Str *ret_data, Status *st);
// Writes through a temporary file in the same folder, flushed, then renamed:
// afterwards the file is the old one or the new one, never half of either.
bool io_write_file(const char *path, Str data, Status *st);
bool io_write_stream(int fd, Str data, Status *st); // standard output or error
bool io_make_folders(const char *path, Status *st); // like mkdir -p
bool io_remove_file(const char *path, Status *st);  // a file that is not there is fine
bool io_exists(const char *path);                   // whatever it is, a dangling link too
bool io_is_folder(const char *path);
bool io_is_file(const char *path);

// Names of the entries of a folder in byte order, without "." and ".."; links are not followed.
typedef struct IoEntry {
    const char *name;
    bool is_folder;
} IoEntry;
bool io_list_folder(Arena *a, const char *path, IoEntry **ret_entries, size_t *ret_count,
                    Status *st);

#endif
