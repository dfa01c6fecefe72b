// data.h - JSON as data: what resources, parameters and policy values are.
//
// A tree that is never changed once built. Text without escapes points into the
// text it was read from, so that text must outlive the tree. What was computed
// looks the same as what was read, except that it has no place; no tree is deeper
// than LIMIT_DATA_NESTING (base/limits.h).
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_JSON_DATA_H
#define MOAT_JSON_DATA_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum DataKind {
    DATA_MISSING, // no value at all: a path that leads nowhere
    DATA_NULL,
    DATA_BOOL,
    DATA_INT,   // exact
    DATA_FLOAT, // has a point or exponent, or does not fit an int64
    DATA_STRING,
    DATA_ARRAY,
    DATA_OBJECT,
} DataKind;

#define DATA_NOWHERE UINT32_MAX

typedef struct Data Data;
typedef struct DataMember DataMember;

struct Data {
    DataKind kind;
    uint32_t count; // STRING: bytes; FLOAT: bytes of its digits in the text, 0 where computed;
                    // ARRAY, OBJECT: elements, members
    uint32_t at;    // offset of its first byte in the text it was read from, or DATA_NOWHERE
    union {
        bool truth;
        int64_t integer;
        double number;
        const char *text; // may hold NULs; not ended by one
        const Data *items;
        const DataMember *members; // in the order written
    };
};

struct DataMember {
    Str name;
    uint32_t at; // of the name
    Data value;
};

static inline Str data_str(const Data *d) // of a STRING
{
    return (Str){d->text, d->count};
}

// The member of an OBJECT by name; NULL where there is none. `nocase` folds ASCII, and
// finds the exact spelling first.
const Data *data_get(const Data *object, Str name);
const Data *data_get_nocase(const Data *object, Str name);

Data data_copy(Arena *a, const Data *d); // shares nothing, and has no place
Data data_null(void);
Data data_missing(void);
Data data_bool(bool b);
Data data_int(int64_t n);
Data data_float(double n);
Data data_string(Str s); // not copied

bool data_equal(const Data *a, const Data *b); // exactly: kind, value, order of elements, any
                                               // order of members; 1 and 1.0 are equal

// Compact JSON, or as policy/json_out.h lays it out, with a line feed at its end. A FLOAT is
// printed by the fewest digits that read back the same, with a point or exponent (its own digits
// are in the text); null where it is none of JSON's numbers.
void data_print(Buf *out, const Data *d);
void data_print_pretty(Buf *out, const Data *d);

#endif
