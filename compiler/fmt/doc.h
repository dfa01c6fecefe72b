// doc.h - texts, places where a line may end, and groups of them.
//
// A group is laid out on one line where that fits; otherwise all of its own
// breaks become line ends. A hard break ends the line in any case, and with it
// opens every group around it.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_FMT_DOC_H
#define MOAT_FMT_DOC_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

typedef enum DocKind {
    DOC_TEXT,
    DOC_FLAT_TEXT,   // only where the group is on one line
    DOC_BROKEN_TEXT, // only where it is not
    DOC_COMMENT,     // at the end of a line: may stand out beyond the width
    DOC_SOFT,        // nothing, or a line end
    DOC_LINE,        // a space, or a line end
    DOC_FILL,        // a space, or a line end where what follows up to the next break does not fit
    DOC_HARD,        // a line end
    DOC_BLANK,       // a line end and an empty line
    DOC_OPEN,
    DOC_CLOSE,
    DOC_INDENT, // by `n` levels from the next line on
} DocKind;

typedef struct DocOp {
    DocKind kind;
    int n;    // INDENT; OPEN: 1 where it must be broken
    Str text; // of the four texts
} DocOp;

typedef struct Doc {
    Arena *arena;
    VEC(DocOp) ops;
} Doc;

void doc_text(Doc *d, DocKind kind, Str text);
void doc_add(Doc *d, DocKind kind);
void doc_indent(Doc *d, int levels);
void doc_render(Doc *d, Buf *out, uint32_t width);

#endif
