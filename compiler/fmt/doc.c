// doc.c - which groups fit on a line.
//
// SPDX-License-Identifier: MIT
#include "fmt/doc.h"

#include "base/bug.h"
#include "source/source.h"

enum { INDENT_WIDTH = 4 };

void doc_text(Doc *d, DocKind kind, Str text)
{
    vec_push(d->arena, &d->ops, ((DocOp){.kind = kind, .text = text}));
}

void doc_add(Doc *d, DocKind kind)
{
    vec_push(d->arena, &d->ops, ((DocOp){.kind = kind}));
}

void doc_indent(Doc *d, int levels)
{
    vec_push(d->arena, &d->ops, ((DocOp){.kind = DOC_INDENT, .n = levels}));
}

typedef VEC(uint32_t) Stack;

typedef struct Layout {
    Doc *doc;
    Buf *out;
    uint32_t width, column;
    int indent;
    Stack broken; // of the open groups, the innermost last
} Layout;

static bool ends_line(const DocOp *op)
{
    return op->kind == DOC_HARD || op->kind == DOC_BLANK ||
           ((op->kind == DOC_TEXT || op->kind == DOC_COMMENT) && str_has(op->text, '\n'));
}

// Marks each group that holds a hard break.
static void mark_broken(Doc *d)
{
    Stack open = {0};
    uint32_t marked = 0; // groups below this depth are marked
    for (uint32_t i = 0; i < d->ops.len; i++) {
        DocOp *op = &d->ops.items[i];
        if (op->kind == DOC_OPEN) {
            vec_push(d->arena, &open, i);
        } else if (op->kind == DOC_CLOSE) {
            open.len--;
            marked = marked < open.len ? marked : open.len;
        } else if (ends_line(op)) {
            while (marked < open.len)
                d->ops.items[open.items[marked++]].n = 1;
        }
    }
}

// Whether the text from op `i` on fits: to the end of its group and on to where
// the line may end after it; `fill` only to the next break of that group.
static bool fits(const Layout *l, uint32_t i, bool fill)
{
    uint32_t column = l->column, depth = 0;
    bool inside = true; // the group itself
    for (; i < l->doc->ops.len && column <= l->width; i++) {
        const DocOp *op = &l->doc->ops.items[i];
        switch (op->kind) {
        case DOC_TEXT:
            column += text_width(op->text, column);
            break;
        case DOC_FLAT_TEXT:
            column += inside ? text_width(op->text, column) : 0;
            break;
        case DOC_BROKEN_TEXT: // `fill` is asked in a group that is broken
            column += inside && fill && depth == 0 ? text_width(op->text, column) : 0;
            break;
        case DOC_INDENT:
            break;
        case DOC_SOFT:
        case DOC_LINE:
        case DOC_FILL:
            if (!inside || (fill && depth == 0))
                return true;
            column += op->kind != DOC_SOFT;
            break;
        case DOC_COMMENT:
        case DOC_HARD:
        case DOC_BLANK:
            return true;
        case DOC_OPEN:
            depth++;
            break;
        case DOC_CLOSE:
            if (depth == 0 || (--depth == 0 && !fill))
                inside = false;
            break;
        }
    }
    return column <= l->width;
}

static void line_end(Layout *l, bool blank)
{
    while (l->out->n && (l->out->p[l->out->n - 1] == ' '))
        l->out->p[--l->out->n] = 0;
    buf_str(l->out, blank ? "\n\n" : "\n");
    buf_fill(l->out, ' ', (size_t)l->indent * INDENT_WIDTH);
    l->column = (uint32_t)l->indent * INDENT_WIDTH;
}

static void add_text(Layout *l, Str text)
{
    buf_add(l->out, text.p, text.n);
    for (size_t i = text.n; i > 0; i--) {
        if (text.p[i - 1] == '\n') {
            l->column = 0;
            text = (Str){text.p + i, text.n - i};
            break;
        }
    }
    l->column += text_width(text, l->column);
}

static void add_break(Layout *l, uint32_t i, bool broken)
{
    DocKind kind = l->doc->ops.items[i].kind;
    bool end = broken;
    if (kind == DOC_FILL && broken) {
        l->column++;
        end = !fits(l, i + 1, true);
        l->column--;
    }
    if (end) {
        line_end(l, false);
    } else if (kind != DOC_SOFT) {
        buf_char(l->out, ' ');
        l->column++;
    }
}

static void open_group(Layout *l, uint32_t i, bool outer_broken)
{
    const DocOp *op = &l->doc->ops.items[i];
    bool broken = op->n || (outer_broken && !fits(l, i, false));
    vec_push(l->doc->arena, &l->broken, broken);
}

static void layout_op(Layout *l, uint32_t i)
{
    const DocOp *op = &l->doc->ops.items[i];
    bool broken = l->broken.len == 0 || l->broken.items[l->broken.len - 1];
    switch (op->kind) {
    case DOC_TEXT:
    case DOC_COMMENT:
        add_text(l, op->text);
        return;
    case DOC_FLAT_TEXT:
    case DOC_BROKEN_TEXT:
        if (broken == (op->kind == DOC_BROKEN_TEXT))
            add_text(l, op->text);
        return;
    case DOC_SOFT:
    case DOC_LINE:
    case DOC_FILL:
        add_break(l, i, broken);
        return;
    case DOC_HARD:
    case DOC_BLANK:
        line_end(l, op->kind == DOC_BLANK);
        return;
    case DOC_OPEN:
        open_group(l, i, broken);
        return;
    case DOC_CLOSE:
        if (l->broken.len-- == 0)
            BUG("a group is closed that was not opened");
        return;
    case DOC_INDENT:
        l->indent += op->n;
        return;
    }
}

void doc_render(Doc *d, Buf *out, uint32_t width)
{
    Layout l = {.doc = d, .out = out, .width = width};
    mark_broken(d);
    for (uint32_t i = 0; i < d->ops.len; i++)
        layout_op(&l, i);
}
