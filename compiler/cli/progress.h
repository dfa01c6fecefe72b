// progress.h - a line on a terminal while something takes long.
//
// Nothing is shown in the first second, nor where standard error is no
// terminal; the line is wiped at the end.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_PROGRESS_H
#define MOAT_CLI_PROGRESS_H

#include "cli/cli.h"

typedef struct Progress {
    Stream *stream;
    const char *done;      // "evaluated"
    uint64_t start, shown; // nanoseconds
} Progress;

void progress_start(Progress *p, Cli *cli, const char *done);
void progress_show(Progress *p, uint64_t at, uint64_t of); // of 0: not known
void progress_end(Progress *p);

#endif
