// date.h - instants and their parts.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_EVAL_DATE_H
#define MOAT_EVAL_DATE_H

#include "base/str.h"

#define DATE_SECOND INT64_C(10000000) // ticks of 100 ns
#define DATE_MINUTE (60 * DATE_SECOND)
#define DATE_HOUR (60 * DATE_MINUTE)
#define DATE_DAY (24 * DATE_HOUR)
#define DATE_END (INT64_C(3652059) * DATE_DAY)  // behind 9999-12-31
#define DATE_EPOCH (INT64_C(719162) * DATE_DAY) // 1970-01-01

typedef struct DateParts {
    int year, month, day, weekday; // weekday 0: Sunday
    int hour, minute, second, fraction;
} DateParts;

// Also the offset written, in minutes: 0 where there is none.
bool date_parse_offset(Str s, int64_t *ret_ticks, int *ret_offset);
DateParts date_parts(int64_t ticks);

#endif
