// version.h - the version, said once; the Makefile reads it from here.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_VERSION_H
#define MOAT_BASE_VERSION_H

#define MOAT_VERSION "0.1.0"

#endif
