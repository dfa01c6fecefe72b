// eval_format.c - results of `moat eval` for programs and tables.
//
// Results are written as they come, by several threads: each begins with a
// comma where the format wants one between them, and the first one loses it.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"

#include "eval/explain.h"

// --- what every format says ------------------------------------------------------------------------

Str eval_text_member(const Data *resource, const char *name)
{
    const Data *d = resource ? data_get_nocase(resource, str_of(name)) : NULL;
    return d && d->kind == DATA_STRING ? data_str(d) : (Str){0};
}

Str eval_resource_id(const InventoryItem *item)
{
    Str id = eval_text_member(item->resource, "id");
    return id.p ? id : eval_text_member(item->resource, "name");
}

const AssessPolicy *eval_policy_of(const EvalWriter *w, const Assessment *a)
{
    return estate_policy(w->run->estate, a->number);
}

const char *eval_policy_id(const AssessPolicy *p)
{
    return p->reference_id ? p->reference_id : p->name;
}

EvalSteps eval_reasons(const EvalWriter *w, Arena *arena, const Assessment *a)
{
    EvalSteps steps = {0};
    if (w->run->explain && a->judged)
        eval_explain(arena, eval_definition(a->judged)->condition, &a->result, &steps);
    return steps;
}

// --- JSON --------------------------------------------------------------------------------------------

static void json_text(Buf *out, const char *name, const char *text)
{
    if (!text)
        return;
    buf_printf(out, ", \"%s\": ", name);
    buf_json_string(out, str_of(text));
}

static void json_place(const EvalWriter *w, Buf *out, Span span)
{
    const Sources *sources = w->run->compilation->sources;
    Source *source = sources_at(sources, span.start);
    if (!source)
        return;
    Position p = sources_position(sources, span.start);
    json_text(out, "file", source->path);
    buf_printf(out, ", \"line\": %u, \"column\": %u", p.line, p.column);
    if (w->run->build.program)
        return;
    Buf pointer = {0};
    json_pointer_at(source->text, span.start - source->base, &pointer);
    json_text(out, "pointer", pointer.p ? pointer.p : "");
    buf_free(&pointer);
}

static const char *truth_text(Truth t)
{
    return t == TRUTH_TRUE ? "true" : t == TRUTH_FALSE ? "false" : "\"error\"";
}

static void json_data(Buf *out, const char *name, const Data *d)
{
    if (d->kind == DATA_MISSING)
        return;
    buf_printf(out, ", \"%s\": ", name);
    data_print(out, d);
}

static void json_reasons(const EvalWriter *w, Arena *arena, Buf *out, const Assessment *a)
{
    EvalSteps steps = eval_reasons(w, arena, a);
    buf_str(out, ", \"reasons\": [");
    for (uint32_t i = 0; i < steps.len; i++) {
        const EvalStep *s = &steps.items[i];
        buf_printf(out, "%s{\"subject\": ", i ? ", " : "");
        buf_json_string(out, str_of(eval_step_subject(arena, s)));
        json_text(out, "operator", operator_text(s->condition->op));
        json_data(out, "expected", &s->expected);
        json_data(out, "actual", &s->actual);
        json_text(out, "path", s->path);
        buf_printf(out, ", \"result\": %s", truth_text(s->truth));
        json_place(w, out, s->condition->span);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_groups(Buf *out, const AssessPolicy *p)
{
    if (!p->member || p->member->groups.len == 0)
        return;
    for (uint32_t i = 0; i < p->member->groups.len; i++) {
        buf_str(out, i ? ", " : ", \"groups\": [");
        buf_json_string(out, str_of(p->member->groups.items[i]));
    }
    buf_char(out, ']');
}

static void json_string_or_null(Buf *out, const char *text)
{
    if (text)
        buf_json_string(out, str_of(text));
    else
        buf_str(out, "null");
}

static void write_json(const EvalWriter *w, Arena *arena, Buf *out, const InventoryItem *item,
                       const Assessment *a)
{
    const AssessPolicy *p = eval_policy_of(w, a);
    const EvalResult *r = &a->result;
    buf_str(out, ",\n    {\"policy\": ");
    buf_json_string(out, str_of(p->name));
    buf_str(out, ", \"resource\": ");
    buf_json_string(out, eval_resource_id(item));
    buf_printf(out, ", \"state\": \"%s\", \"effect\": ", eval_state_text(r->state));
    json_string_or_null(out, r->effect);
    buf_str(out, ", \"details\": ");
    if (r->details.kind == DATA_MISSING)
        buf_str(out, "null");
    else
        data_print(out, &r->details);
    bool failed = r->state == STATE_ERROR || r->state == STATE_UNKNOWN;
    buf_str(out, ", \"error\": ");
    json_string_or_null(out, failed ? r->error : NULL);
    json_text(out, "reason", failed ? NULL : r->error);
    json_text(out, "assignment", p->assignment ? p->assignment->name : NULL);
    json_text(out, "initiative", p->initiative ? p->initiative->name : NULL);
    json_text(out, "reference", p->reference_id);
    json_text(out, "exemption", a->exemption ? a->exemption->name : NULL);
    json_groups(out, p);
    if (p->assignment)
        buf_printf(out, ", \"enforced\": %s", assessed_is_enforced(p) ? "true" : "false");
    json_data(out, "after", &r->resource);
    if (r->uncertain)
        json_text(out, "uncertain", r->uncertain_reason ? r->uncertain_reason : "");
    if (w->run->explain)
        json_reasons(w, arena, out, a);
    buf_char(out, '}');
}

static void json_failure(Buf *out, const char *error)
{
    buf_str(out, ",\n    {\"policy\": null, \"resource\": null, \"state\": \"error\", "
                 "\"effect\": null, \"details\": null, \"error\": ");
    buf_json_string(out, str_of(error));
}

static void wrong_json(Buf *out, const InventoryItem *item)
{
    json_failure(out, item->error);
    if (item->line)
        buf_printf(out, ", \"line\": %llu", (unsigned long long)item->line);
    buf_char(out, '}');
}

static void end_json(Buf *out, const InventoryCounts *c)
{
    buf_printf(out, "\n  ],\n  \"summary\": {\"resources\": %llu, \"wrong\": %llu",
               (unsigned long long)c->resources, (unsigned long long)c->wrong);
    for (EvalState s = STATE_COMPLIANT; s <= STATE_ERROR; s++)
        buf_printf(out, ", \"%s\": %llu", eval_state_text(s), (unsigned long long)c->states[s]);
    buf_str(out, "}\n}\n");
}

// --- CSV -----------------------------------------------------------------------------------------------

static bool csv_is_special(char c)
{
    return c == ',' || c == '"' || c == '\n' || c == '\r';
}

// Quoted where it must be. A text a spreadsheet would compute begins with an apostrophe.
static void csv_field(Buf *out, Str s, bool last)
{
    size_t plain = 0;
    while (plain < s.n && !csv_is_special(s.p[plain]))
        plain++;
    bool quoted = plain < s.n;
    if (quoted)
        buf_char(out, '"');
    if (s.n > 0 && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@'))
        buf_char(out, '\'');
    buf_add(out, s.p, plain);
    for (size_t i = plain; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, s.p[i]);
    }
    if (quoted)
        buf_char(out, '"');
    buf_str(out, last ? "\r\n" : ",");
}

static void csv_text(Buf *out, const char *s, bool last)
{
    csv_field(out, str_of(s ? s : ""), last);
}

// The same in each row of a resource.
static Str csv_resource(Arena *arena, Buf *out, const InventoryItem *item)
{
    size_t start = out->n;
    csv_field(out, eval_resource_id(item), false);
    csv_field(out, eval_text_member(item->resource, "type"), false);
    Str made = {out->p + start, out->n - start};
    return (Str){arena_copy(arena, made.p, made.n), made.n};
}

static void write_csv(const EvalWriter *w, Arena *arena, Buf *out, InventoryItem *item,
                      const Assessment *a)
{
    const AssessPolicy *p = eval_policy_of(w, a);
    if (item->row.n == 0)
        item->row = csv_resource(arena, out, item);
    else
        buf_add(out, item->row.p, item->row.n);
    csv_text(out, p->name, false);
    csv_text(out, p->reference_id, false);
    csv_text(out, p->assignment ? p->assignment->name : NULL, false);
    csv_text(out, eval_state_text(a->result.state), false);
    csv_text(out, a->result.effect, false);
    csv_text(out, a->result.error, true);
}

static void wrong_csv(Buf *out, const InventoryItem *item)
{
    buf_printf(out, "line %llu,,,,,error,,", (unsigned long long)item->line);
    csv_text(out, item->error, true);
}

// ---------------------------------------------------------------------------------------------------------

void eval_write_start(const EvalWriter *w, Buf *out)
{
    if (w->run->format == FORMAT_JSON)
        buf_str(out, "{\n  \"results\": [");
    else if (w->run->format == FORMAT_CSV)
        buf_str(out, "resource,type,policy,reference,assignment,state,effect,error\r\n");
    else if (w->run->format == FORMAT_SARIF)
        eval_sarif_start(w, out);
}

static void write_wrong(const EvalWriter *w, Buf *out, const InventoryItem *item)
{
    if (w->run->format == FORMAT_JSON)
        wrong_json(out, item);
    else if (w->run->format == FORMAT_CSV)
        wrong_csv(out, item);
    else if (w->run->format == FORMAT_SARIF)
        eval_sarif_wrong(w, out, item);
    else
        eval_text_wrong(w, out, item);
}

void eval_write_failure(const EvalWriter *w, Buf *out)
{
    const Diags *ds = w->run->compilation->diags;
    const Diag *d;
    if (w->run->format != FORMAT_JSON)
        return;
    InventoryCounts none = {0};
    Buf items = {0};
    if (w->run->failure) {
        json_failure(&items, w->run->failure);
        buf_char(&items, '}');
        none.states[STATE_ERROR]++;
    }
    for (uint32_t i = 0; !w->run->failure && (d = diags_get(ds, i)); i++) {
        if (d->severity != SEVERITY_ERROR)
            continue;
        json_failure(&items, d->message);
        json_text(&items, "code", diag_code_text(d->code));
        json_place(w, &items, d->span);
        buf_char(&items, '}');
        none.states[STATE_ERROR]++;
    }
    eval_write_start(w, out);
    buf_add(out, items.p ? items.p + 1 : "", items.p ? items.n - 1 : 0);
    buf_free(&items);
    end_json(out, &none);
}

void eval_write_item(const void *writer, Arena *a, Buf *out, InventoryItem *item,
                     const Assessment *assessment)
{
    const EvalWriter *w = writer;
    if (!assessment)
        write_wrong(w, out, item);
    else if (w->run->format == FORMAT_JSON)
        write_json(w, a, out, item, assessment);
    else if (w->run->format == FORMAT_CSV)
        write_csv(w, a, out, item, assessment);
    else if (w->run->format == FORMAT_SARIF)
        eval_sarif_write(w, a, out, item, assessment);
    else
        eval_text_write(w, a, out, item, assessment);
}

void eval_write_join(EvalWriter *w, Buf *out)
{
    if (!w->written && out->n > 0 && out->p[0] == ',')
        memmove(out->p, out->p + 1, --out->n);
    w->written += out->n;
}

void eval_write_end(const EvalWriter *w, Buf *out, const InventoryCounts *counts)
{
    if (w->run->format == FORMAT_JSON)
        end_json(out, counts);
    else if (w->run->format == FORMAT_SARIF)
        eval_sarif_end(out);
    else if (w->run->format == FORMAT_TEXT)
        eval_text_end(w, out, counts);
}
