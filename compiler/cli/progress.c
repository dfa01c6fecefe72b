// progress.c - how far a long run is.
//
// SPDX-License-Identifier: MIT
#include "cli/progress.h"

enum { BAR = 24 };
static const uint64_t SECOND = 1000000000;

void progress_start(Progress *p, Cli *cli, const char *done)
{
    *p = (Progress){.stream = &cli->err, .done = done, .start = machine_nanoseconds()};
}

static void draw(Progress *p, uint64_t at, uint64_t of)
{
    Buf out = {0};
    buf_str(&out, "\r\033[K");
    if (of > 0) {
        uint64_t full = at >= of ? BAR : at * BAR / of;
        for (uint64_t i = 0; i < BAR; i++)
            buf_str(&out, i < full ? "━" : "─");
        buf_printf(&out, " %3u %% %s", (unsigned)(at >= of ? 100 : at * 100 / of), p->done);
    } else {
        buf_printf(&out, "%llu MB %s", (unsigned long long)(at >> 20), p->done);
    }
    stream_write(p->stream, &out);
    buf_free(&out);
}

void progress_show(Progress *p, uint64_t at, uint64_t of)
{
    uint64_t now = machine_nanoseconds();
    if (!p->stream->terminal || now - p->start < SECOND || now - p->shown < SECOND / 10)
        return;
    p->shown = now;
    draw(p, at, of);
}

void progress_end(Progress *p)
{
    Buf out = {0};
    if (p->shown) {
        buf_str(&out, "\r\033[K");
        stream_write(p->stream, &out);
    }
    buf_free(&out);
}
