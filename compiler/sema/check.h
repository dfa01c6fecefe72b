// check.h - small checks that declarations share: fixed words, items given
// twice, names, versions, regions.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_SEMA_CHECK_H
#define MOAT_SEMA_CHECK_H

#include "diag/suggest.h"
#include "sema/sema.h"

#define CHOICE_NONE SIZE_MAX

// Which of some fixed words (NULL ends them) it is; another one is reported.
size_t check_choice(Program *p, Word word, const char *what, const char *const *choices);
// The words as an author reads them: `a`, `b` or `c`.
const char *choices_text(Arena *a, const char *const *choices);
// False, and reported, where the item has been there before. `first` starts as zero.
bool check_once(Program *p, Span *first, Span again, const char *item);
// "did you mean": the nearest as help, and as an edit of `span` where there is only one.
// `quoted` puts it in quotes.
void check_suggest(Program *p, Diag *d, Span span, const Suggest *s, bool quoted);

bool check_version(Program *p, Text version);      // 1.2.3, 1.2.3-preview
const char *check_region(Program *p, Text region); // its normal form; NULL where unknown
// A name Azure accepts for a definition, initiative or assignment of at most `limit` characters.
bool check_object_name(Program *p, Span span, const char *name, const char *what, size_t limit);

// What a path names, of the kind wanted. NULL, and reported, where there is none.
Symbol *check_path(Module *m, const ModulePath *path, SymbolKind wanted);
// The kind a word names, or the kinds of the group. False, and reported, where there is none.
typedef VEC(const KindInfo *) KindList;
bool kinds_open(Program *p, Module *m, Word word, Arena *a, KindList *ret);

bool text_is_guid(const char *s);
// 2027-03-31 or 2027-03-31T18:00:00Z as the latter; NULL: it is neither.
const char *instant_text(Arena *a, const char *s);
// Seconds of a duration literal; false where the number is too large.
bool duration_seconds(const Expr *duration, int64_t *ret);
// As ISO 8601 in whole days, minutes or seconds: P90D, PT30M, PT45S.
Name duration_iso8601(Program *p, int64_t seconds);

#endif
