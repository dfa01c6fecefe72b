// eval_sarif.c - results of `moat eval` for code scanning services.
//
// SPDX-License-Identifier: MIT
#include "cli/eval_run.h"

#include "base/version.h"

static bool is_finding(EvalState s)
{
    return s == STATE_NON_COMPLIANT || s == STATE_ERROR || s == STATE_UNKNOWN;
}

// The same policy assigned twice is one rule.
static bool is_rule_twice(const EvalWriter *w, uint32_t number)
{
    const char *id = eval_policy_id(estate_policy(w->run->estate, number));
    for (uint32_t i = 0; i < number; i++) {
        if (strcmp(eval_policy_id(estate_policy(w->run->estate, i)), id) == 0)
            return true;
    }
    return false;
}

void eval_sarif_start(const EvalWriter *w, Buf *out)
{
    buf_str(out,
            "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
            "  \"version\": \"2.1.0\",\n  \"runs\": [{\n"
            "    \"tool\": {\"driver\": {\"name\": \"moat\", \"semanticVersion\": \"" MOAT_VERSION
            "\", \"rules\": [");
    bool first = true;
    for (uint32_t i = 0; i < estate_count(w->run->estate); i++) {
        const AssessPolicy *p = estate_policy(w->run->estate, i);
        if (is_rule_twice(w, i))
            continue;
        buf_str(out, !first ? ",\n      {\"id\": " : "\n      {\"id\": ");
        buf_json_string(out, str_of(eval_policy_id(p)));
        first = false;
        buf_str(out, ", \"shortDescription\": {\"text\": ");
        buf_json_string(out, str_of(p->title ? p->title : p->name));
        buf_str(out, "}}");
    }
    buf_str(out, "\n    ]}},\n    \"results\": [");
}

static void sarif_location(const EvalWriter *w, Buf *out, const InventoryItem *item)
{
    const char *file =
        w->run->resource_path ? w->run->resource_path : w->run->cli->values[OPTION_INVENTORY];
    buf_str(out, "}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    buf_json_uri(out, strcmp(file, "-") == 0 ? "stdin" : file);
    buf_printf(out, "}, \"region\": {\"startLine\": %llu}}",
               (unsigned long long)(item->line ? item->line : 1));
}

static void sarif_message(const EvalWriter *w, Arena *arena, Buf *out, const InventoryItem *item,
                          const Assessment *a)
{
    const AssessPolicy *p = eval_policy_of(w, a);
    Str id = eval_resource_id(item);
    Buf text = {0};
    buf_add(&text, id.p ? id.p : "", id.n);
    buf_printf(&text, " is %s: %s", eval_state_text(a->result.state),
               p->title ? p->title : p->name);
    if (a->result.error)
        buf_printf(&text, " (%s)", a->result.error);
    EvalSteps steps = eval_reasons(w, arena, a);
    for (uint32_t i = 0; i < steps.len; i++)
        buf_printf(&text, "\n%s", eval_step_text(arena, &steps.items[i]));
    buf_json_string(out, (Str){text.p, text.n});
    buf_free(&text);
}

void eval_sarif_write(const EvalWriter *w, Arena *arena, Buf *out, const InventoryItem *item,
                      const Assessment *a)
{
    if (!is_finding(a->result.state))
        return;
    buf_str(out, ",\n      {\"ruleId\": ");
    buf_json_string(out, str_of(eval_policy_id(eval_policy_of(w, a))));
    buf_printf(out, ", \"level\": \"%s\", \"message\": {\"text\": ",
               a->result.state == STATE_NON_COMPLIANT ? "error" : "warning");
    sarif_message(w, arena, out, item, a);
    sarif_location(w, out, item);
    buf_str(out, ", \"logicalLocations\": [{\"name\": ");
    buf_json_string(out, eval_resource_id(item));
    buf_str(out, ", \"kind\": \"resource\"}]}]}");
}

void eval_sarif_wrong(const EvalWriter *w, Buf *out, const InventoryItem *item)
{
    buf_str(out, ",\n      {\"level\": \"error\", \"message\": {\"text\": ");
    buf_json_string(out, str_of(item->error));
    sarif_location(w, out, item);
    buf_str(out, "}]}");
}

void eval_sarif_end(Buf *out)
{
    buf_str(out, "\n    ]\n  }]\n}\n");
}
