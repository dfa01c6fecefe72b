// interpret_internal.h - between the files of the interpreter.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTS_LAWS_INTERPRET_INTERNAL_H
#define MOAT_TESTS_LAWS_INTERPRET_INTERNAL_H

#include "laws/interpret.h"

typedef struct Loop { // a variable and the element it stands for
    const Binder *binder;
    uint32_t index; // FIELD
    Data key, value;
    struct Loop *outer;
} Loop;

typedef struct Run {
    Arena *arena;
    const Catalog *catalog;
    const World *world;
    const Data *related; // the related resource looked at
    Loop *loops;
    bool misled; // a function got a value of another type than it takes
    bool inside; // an expression: an empty text there is as an absent one
} Run;

// What an expression is. A missing one has what stands in for it in a function: "", an
// empty list or object, 0, false.
typedef struct Answer {
    Data value;
    bool missing;
} Answer;

// interpret.c: conditions
bool holds(Run *r, const TExpr *e);

// interpret_value.c: values
Answer answer(Run *r, const TExpr *e);
Answer answer_inside(Run *r, const TExpr *e);
bool is_set(Run *r, const TExpr *e);
uint32_t loop_length(Run *r, const Binder *binder);
void loop_enter(Run *r, const Binder *binder, uint32_t index, Loop *ret);
const Data *member_of(const Data *object, Str name); // without case; NULL where there is none
const char *text_of(Run *r, const Data *d);          // of a STRING

// interpret_absent.c
bool is_property(const TExpr *e); // or a tag whose name no variable gives
// Could a value of the resource, or around it, that is absent make this one absent?
bool may_be_absent(const TExpr *e);
// The first or last of a list that may be empty; a text split never is.
bool may_give_nothing(const TExpr *e);

// interpret_call.c: functions, of arguments as they are or as what stands in for them
Data call(Run *r, const TExpr *e, const Answer *args, uint32_t count);

// interpret_compare.c
bool compares(Run *r, const TExpr *e);

// interpret_moment.c: forms of text
bool moment_read(Str text, int64_t *ret_seconds);
const char *moment_text(Arena *a, int64_t seconds);
bool address_in(Str address, Str range);
// The least and the greatest number of seconds a text may stand for.
bool duration_read(Str text, bool clock, int64_t *ret_least, int64_t *ret_most);

_Noreturn void not_known(const char *what, Span span);

#endif
