// input.c - reads a file a piece at a time and unpacks gzip with zlib.
//
// A gzip file is several members, one after the other; zeros may stand behind them, as tape
// drives and some uploads leave them.
//
// SPDX-License-Identifier: MIT
#include "json/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PACKED_BYTES = 64 << 10 };

struct Input {
    int fd;
    const char *name; // for messages
    uint64_t offset, size;
    bool ended;           // the file has no more bytes
    bool gzip, in_member; // of a gzip file
    z_stream z;           // its input is what was read and not yet used, packed or not
    unsigned char packed[PACKED_BYTES];
    char path[];
};

static bool bad_gzip(Input *in, Status *st, const char *what)
{
    st->code = STATUS_IO;
    snprintf(st->message, sizeof st->message, "could not read `%.400s`: %s", in->name, what);
    in->ended = true;
    in->z.avail_in = 0;
    return false;
}

// Bytes read; 0 at the end and at a failure.
static size_t read_some(Input *in, void *to, size_t room, Status *st)
{
    ssize_t n = in->ended ? 0 : read(in->fd, to, room);
    while (n < 0 && errno == EINTR)
        n = read(in->fd, to, room);
    if (n < 0)
        status_errno(st, errno, "read", in->name);
    in->ended = n <= 0;
    in->offset += n > 0 ? (size_t)n : 0;
    return n > 0 ? (size_t)n : 0;
}

static bool more_packed(Input *in, Status *st)
{
    if (in->z.avail_in == 0) {
        in->z.next_in = in->packed;
        in->z.avail_in = (uInt)read_some(in, in->packed, sizeof in->packed, st);
    }
    return in->z.avail_in;
}

// Is it gzip? Two bytes say so; both must be there.
static bool look(Input *in, Status *st)
{
    in->z.next_in = in->packed;
    while (in->z.avail_in < 2 && !in->ended)
        in->z.avail_in += (uInt)read_some(in, in->packed + in->z.avail_in,
                                          sizeof in->packed - in->z.avail_in, st);
    if (st->code != STATUS_OK)
        return false;
    in->gzip = in->z.avail_in >= 2 && in->packed[0] == 0x1f && in->packed[1] == 0x8b;
    in->in_member = in->gzip;
    if (in->gzip && inflateInit2(&in->z, 15 + 16) != Z_OK) // 16: with a gzip header
        out_of_memory();
    return true;
}

static bool open_file(Input *in, Status *st)
{
    struct stat info;
    if (in->fd < 0 || fstat(in->fd, &info) < 0)
        return status_errno(st, errno, "read", in->name);
    if (S_ISDIR(info.st_mode))
        return status_errno(st, EISDIR, "read", in->name);
    in->size = S_ISREG(info.st_mode) && info.st_size > 0 ? (uint64_t)info.st_size : 0;
    return look(in, st);
}

Input *input_open(const char *path, Status *st)
{
    bool standard = strcmp(path, "-") == 0;
    size_t n = strlen(path);
    Input *in = calloc(1, sizeof *in + n + 1);
    if (!in)
        out_of_memory();
    memcpy(in->path, path, n);
    in->name = standard ? "standard input" : in->path;
    in->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    st->code = STATUS_OK;
    if (open_file(in, st))
        return in;
    input_close(in);
    return NULL;
}

void input_close(Input *in)
{
    if (!in)
        return;
    if (in->gzip)
        inflateEnd(&in->z);
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    free(in);
}

// Behind a member: another one, zeros, or the end.
static bool next_member(Input *in, Status *st)
{
    while (more_packed(in, st) && *in->z.next_in == 0) {
        in->z.next_in++;
        in->z.avail_in--;
    }
    if (in->z.avail_in == 0)
        return false;
    if (*in->z.next_in != 0x1f)
        return bad_gzip(in, st, "something else stands behind the gzip data");
    inflateReset(&in->z);
    in->in_member = true;
    return true;
}

static size_t read_gzip(Input *in, char *to, size_t room, Status *st)
{
    in->z.next_out = (unsigned char *)to;
    in->z.avail_out = (uInt)room;
    while (in->z.avail_out && st->code == STATUS_OK) {
        if (!in->in_member && !next_member(in, st))
            break;
        if (!more_packed(in, st)) {
            if (st->code == STATUS_OK)
                bad_gzip(in, st, "the gzip data ends too early");
            break;
        }
        int done = inflate(&in->z, Z_NO_FLUSH);
        if (done == Z_MEM_ERROR)
            out_of_memory();
        if (done != Z_OK && done != Z_STREAM_END && done != Z_BUF_ERROR)
            bad_gzip(in, st, "the gzip data is damaged");
        in->in_member = done != Z_STREAM_END;
    }
    return room - in->z.avail_out;
}

static size_t read_plain(Input *in, char *to, size_t room, Status *st)
{
    size_t n = in->z.avail_in < room ? in->z.avail_in : room; // what was looked at
    memcpy(to, in->z.next_in, n);
    in->z.next_in += n;
    in->z.avail_in -= (uInt)n;
    while (n < room && !in->ended)
        n += read_some(in, to + n, room - n, st);
    return n;
}

size_t input_read(Input *in, char *to, size_t room, Status *st)
{
    return in->gzip ? read_gzip(in, to, room, st) : read_plain(in, to, room, st);
}

uint64_t input_offset(const Input *in)
{
    return in->offset;
}

uint64_t input_size(const Input *in)
{
    return in->size;
}
