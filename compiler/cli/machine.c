// machine.c - what the commands ask the machine: its clock, its processors.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include <time.h>
#include <unistd.h>

uint64_t machine_nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint32_t machine_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : (uint32_t)n;
}
