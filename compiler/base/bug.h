// bug.h - the end of a run that cannot be right: our mistake, never the author's.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_BUG_H
#define MOAT_BASE_BUG_H

#define BUG(what) bug_abort(__FILE__, __LINE__, (what))

_Noreturn void bug_abort(const char *file, int line, const char *what); // says so, aborts

#endif
