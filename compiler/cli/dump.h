// dump.h - moat build --dump=STAGE.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_DUMP_H
#define MOAT_CLI_DUMP_H

#include "cli/cli.h"

ExitCode dump_stage(Cli *cli);

#endif
