// input.h - the bytes of a file, unpacked where it is gzipped.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_INPUT_H
#define MOAT_JSON_INPUT_H

#include "base/io.h"

typedef struct Input Input;

// "-" is standard input; pipes are read, too. NULL when it cannot be read (status set).
Input *input_open(const char *path, Status *st);
void input_close(Input *in); // takes NULL

// Fills as much of `room` bytes as there is; fewer only at the end or at a failure (status set).
size_t input_read(Input *in, char *to, size_t room, Status *st);

uint64_t input_offset(const Input *in); // bytes read from the file, packed as they are
uint64_t input_size(const Input *in);   // of the file, 0 where not known

#endif
