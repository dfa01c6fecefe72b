// eval_text.c - results of `moat eval` for people.
//
// Below each resource, below each assignment, a line for each policy: state,
// effect, policy, title; then why. What does not fit the width goes to lines of
// its own.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"
#include "source/source.h"

enum { STATE_COLUMN = 16, EFFECT_COLUMN = 19, INDENT = 4, NARROW = 60, NARROW_INDENT = 8 };

static const char *state_said(EvalState s)
{
    switch (s) {
    case STATE_COMPLIANT:
        return "compliant";
    case STATE_NON_COMPLIANT:
        return "non-compliant";
    case STATE_NOT_APPLICABLE:
        return "not applicable";
    case STATE_EXEMPT:
        return "exempt";
    case STATE_PROTECTED:
        return "protected";
    case STATE_UNKNOWN:
        return "unknown";
    case STATE_ERROR:
        return "error";
    }
    return "";
}

static Style state_style(EvalState s)
{
    if (s == STATE_NON_COMPLIANT)
        return STYLE_BAD;
    if (s == STATE_ERROR || s == STATE_UNKNOWN)
        return STYLE_WARNING;
    return s == STATE_COMPLIANT || s == STATE_PROTECTED ? STYLE_GOOD : STYLE_PLAIN;
}

// --- layout ----------------------------------------------------------------------------------------

static const char *safe(Arena *arena, Str text)
{
    Buf b = {0};
    text_safe(&b, arena_copy(arena, text.p ? text.p : "", text.n));
    const char *ret = arena_copy(arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return ret;
}

static void padded(Buf *out, const Stream *s, Style style, const char *text, size_t width)
{
    size_t n = strlen(text);
    text_style(out, s, style, text);
    if (width > 0)
        buf_fill(out, ' ', n < width ? width - n : 1);
}

static uint32_t note_indent(const Stream *s)
{
    return s->width && s->width < NARROW ? NARROW_INDENT : INDENT + STATE_COLUMN;
}

// A line, or as many as it takes, below a policy.
static void note(Buf *out, Arena *arena, const Stream *s, const char *text)
{
    uint32_t indent = note_indent(s);
    text = safe(arena, str_of(text));
    buf_fill(out, ' ', indent);
    if (s->width)
        text_fold(out, s, str_of(text), indent, indent);
    else
        buf_printf(out, "%s\n", text);
}

static bool fits(const Stream *s, uint32_t column, const char *text)
{
    return !s->width || column + text_width(str_of(text), 0) <= s->width;
}

static void policy_line(Buf *out, Arena *arena, const Stream *s, const EvalResult *r,
                        const AssessPolicy *p)
{
    const char *id = safe(arena, str_of(eval_policy_id(p)));
    uint32_t column = INDENT + STATE_COLUMN + EFFECT_COLUMN;
    buf_fill(out, ' ', INDENT);
    padded(out, s, state_style(r->state), state_said(r->state), STATE_COLUMN);
    bool beside = fits(s, column, id);
    padded(out, s, STYLE_PLAIN, r->effect ? r->effect : "-", beside ? EFFECT_COLUMN : 0);
    if (!beside) {
        column = note_indent(s);
        buf_char(out, '\n');
        buf_fill(out, ' ', column);
    }
    text_style(out, s, STYLE_CODE, id);
    column += text_width(str_of(id), 0) + 2;
    const char *title = p->title ? safe(arena, str_of(p->title)) : NULL;
    if (title && fits(s, column, title)) {
        buf_printf(out, "  %s\n", title);
        return;
    }
    buf_char(out, '\n');
    if (title)
        note(out, arena, s, title);
}

// --- a result --------------------------------------------------------------------------------------

static void head(const EvalWriter *w, Arena *arena, Buf *out, InventoryItem *item,
                 const AssessPolicy *p)
{
    const Stream *s = &w->run->cli->out;
    if (!item->shown) {
        Str name = eval_text_member(item->resource, "name"), id = eval_resource_id(item);
        name = name.p ? name : id;
        text_style(out, s, STYLE_BOLD, name.p ? safe(arena, name) : "a resource");
        buf_printf(out, "  %s\n", safe(arena, eval_text_member(item->resource, "type")));
        item->shown = true;
    }
    if (p->assignment && item->under != p->assignment) {
        buf_printf(out, "  %s\n", safe(arena, str_of(p->assignment->name)));
        item->under = p->assignment;
    }
}

static const char *reason(const EvalWriter *w, Arena *arena, const EvalStep *step)
{
    const Sources *sources = w->run->compilation->sources;
    Source *source = sources_at(sources, step->condition->span.start);
    const char *text = eval_step_text(arena, step);
    if (source) {
        Position p = sources_position(sources, step->condition->span.start);
        text = arena_printf(arena, "%s  (%s:%u:%u)", text, source->path, p.line, p.column);
    }
    return text;
}

static bool is_worth_a_line(const EvalWriter *w, const EvalResult *r)
{
    bool quiet = r->state == STATE_COMPLIANT || r->state == STATE_NOT_APPLICABLE;
    return w->run->all || !quiet || (r->uncertain && w->run->explain);
}

void eval_text_write(const EvalWriter *w, Arena *arena, Buf *out, InventoryItem *item,
                     const Assessment *a)
{
    const EvalResult *r = &a->result;
    const Stream *s = &w->run->cli->out;
    const AssessPolicy *p = eval_policy_of(w, a);
    if (!is_worth_a_line(w, r))
        return;
    head(w, arena, out, item, p);
    policy_line(out, arena, s, r, p);
    if (r->error)
        note(out, arena, s, r->error);
    if (a->exemption)
        note(out, arena, s, arena_printf(arena, "exempt by `%s`", a->exemption->name));
    if (p->assignment && !assessed_is_enforced(p) && r->state == STATE_NON_COMPLIANT)
        note(out, arena, s, arena_printf(arena, "`%s` is not enforced", p->assignment->name));
    if (r->uncertain && w->run->explain)
        note(out, arena, s, arena_printf(arena, "uncertain: %s", r->uncertain_reason));
    EvalSteps steps = eval_reasons(w, arena, a);
    for (uint32_t i = 0, said = 0; i < steps.len; said = i++) {
        const char *text = reason(w, arena, &steps.items[i]);
        if (i == 0 || strcmp(text, reason(w, arena, &steps.items[said])) != 0)
            note(out, arena, s, text);
    }
}

void eval_text_wrong(const EvalWriter *w, Buf *out, const InventoryItem *item)
{
    text_style(out, &w->run->cli->out, STYLE_BAD, "error");
    if (item->line)
        buf_printf(out, "  line %llu", (unsigned long long)item->line);
    buf_str(out, ": ");
    text_safe(out, item->error);
    buf_char(out, '\n');
}

// "2 compliant, 1 unknown", in as many lines as it takes.
static void states(const Stream *s, Buf *out, size_t column, const InventoryCounts *c)
{
    bool first = true;
    for (EvalState i = STATE_COMPLIANT; i <= STATE_ERROR; i++) {
        if (!c->states[i])
            continue;
        Buf number = {0};
        buf_printf(&number, "%llu ", (unsigned long long)c->states[i]);
        size_t width = number.n + strlen(state_said(i)) + 2;
        bool breaks = s->width && column + width > s->width;
        buf_str(out, first ? (breaks ? ":\n  " : ": ") : breaks ? ",\n  " : ", ");
        column = (breaks ? 0 : column) + width;
        buf_add(out, number.p, number.n);
        text_style(out, s, state_style(i), state_said(i));
        buf_free(&number);
        first = false;
    }
    buf_str(out, first ? ": none applies\n" : "\n");
}

void eval_text_end(const EvalWriter *w, Buf *out, const InventoryCounts *c)
{
    buf_str(out, w->written ? "\n" : "");
    size_t start = out->n;
    text_count(out, c->resources, "resource", "resources");
    buf_str(out, ", ");
    text_count(out, estate_count(w->run->estate), "policy", "policies");
    states(&w->run->cli->out, out, out->n - start + 1, c);
    if (c->wrong) {
        text_count(out, c->wrong, "resource", "resources");
        buf_str(out, " could not be read\n");
    }
}
