// compile.h - running the pipeline for a command.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_COMPILE_H
#define MOAT_CLI_COMPILE_H

#include "cli/cli.h"
#include "moat.h"

// Compiles what the arguments name; false when the world failed.
bool cli_compile(Cli *cli, Compilation *c, MoatBuild *ret, Status *st);
bool cli_compile_tests(Cli *cli, Compilation *c, MoatBuild *ret, Status *st); // their data too
uint32_t cli_file_count(const MoatBuild *b);                                  // the project's own
size_t cli_policy_files(const Cli *cli); // how many of the arguments are policy JSON, by name
// Reads a file of policy JSON, its mistakes into c->diags; false when the world failed.
bool cli_read_policies(Compilation *c, const char *path, PolicySet *ret, Status *st);
// Says so where there is no source at all: to check nothing is no success.
bool cli_nothing_found(Cli *cli, const MoatBuild *b);

#endif
