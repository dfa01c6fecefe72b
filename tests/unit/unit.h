// unit.h - what the unit tests share: cmocka in the right order, and a child
// process to see a program end in.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_UNIT_H
#define MOAT_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The exit code of a child that runs it; 0 if it returns, -1 if a signal ends it.
int exit_code_of(void (*body)(void));

#define STR(s) str_of(s)

#endif
