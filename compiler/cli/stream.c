// stream.c - standard output and standard error, with their colour and width.
//
// A write that fails is kept and told at the end (exit 3): a summary that did
// not reach a full disk or a closed pipe must not look like success.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_UNKNOWN = 80, WIDTH_LEAST = 20, WIDTH_MOST = 1000 };

// 0 for anything that is no sensible number of columns.
static uint32_t parse_width(const char *s)
{
    uint32_t n = 0;
    if (!s || !*s)
        return 0;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || n > WIDTH_MOST)
            return 0;
        n = n * 10 + (uint32_t)(*s - '0');
    }
    return n >= WIDTH_LEAST && n <= WIDTH_MOST ? n : 0;
}

static uint32_t stream_width(int fd)
{
    uint32_t told = parse_width(getenv("COLUMNS"));
    if (told)
        return told;
    struct winsize size;
    if (!isatty(fd))
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_LEAST)
        return size.ws_col;
    return WIDTH_UNKNOWN;
}

static bool wants_color(const char *when, int fd)
{
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no)
        return false;
    return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

static Stream stream_open(int fd, const char *color)
{
    return (Stream){
        .fd = fd,
        .color = wants_color(color, fd),
        .terminal = isatty(fd),
        .width = stream_width(fd),
    };
}

void streams_open(Cli *cli)
{
    cli->out = stream_open(STDOUT_FILENO, cli->values[OPTION_COLOR]);
    cli->err = stream_open(STDERR_FILENO, cli->values[OPTION_COLOR]);
}

void stream_write(Stream *s, Buf *b)
{
    if (!s->failed && b->n && !io_write_stream(s->fd, (Str){b->p, b->n}, &s->status))
        s->failed = true;
    buf_reset(b);
}
