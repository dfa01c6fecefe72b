// eval_run.h - between the files of `moat eval`: what was given, and what came out.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CLI_EVAL_RUN_H
#define MOAT_CLI_EVAL_RUN_H

#include "assess/inventory.h"
#include "cli/cli.h"
#include "eval/explain.h"
#include "moat.h"

typedef enum EvalFormat { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_SARIF } EvalFormat;

typedef struct EvalRun {
    Cli *cli;
    Compilation *compilation;
    MoatBuild build; // of moat sources
    PolicySet set;   // everything to assess
    AssessSetup setup;
    EvalInput input;       // everything but the resource
    Related *related;      // NULL: not given
    const Data *resources; // of --resource: one object, a list or a template
    const char *resource_path;
    bool deployment_parameters;      // `--params` is a parameter file
    const Data *template_parameters; // it, where the resource is a template
    Estate *estate;
    bool explain, all;
    EvalFormat format;
    uint32_t jobs;
    const char *failure; // why nothing was evaluated, as it was said; NULL: see the diagnostics
} EvalRun;

// eval_given.c: reads all that the options name; false: it has been said, *code is the exit code.
bool eval_read_policies(EvalRun *r, ExitCode *code);
bool eval_read_given(EvalRun *r, ExitCode *code);
bool eval_read_resource(EvalRun *r, ExitCode *code);

// eval_format.c: before all results, one result (InventoryUse.write), after all.
typedef struct EvalWriter {
    const EvalRun *run;
    uint64_t written; // bytes of results so far: JSON needs commas
} EvalWriter;
void eval_write_start(const EvalWriter *w, Buf *out);
void eval_write_item(const void *writer, Arena *a, Buf *out, InventoryItem *item,
                     const Assessment *assessment);
// What was written of results goes to `out`'s reader: the first one loses its comma.
void eval_write_join(EvalWriter *w, Buf *out);
// Instead of results: why there are none. Only as JSON.
void eval_write_failure(const EvalWriter *w, Buf *out);
void eval_write_end(const EvalWriter *w, Buf *out, const InventoryCounts *counts);

// What every format says of a result.
Str eval_text_member(const Data *resource, const char *name); // p NULL: there is none
Str eval_resource_id(const InventoryItem *item);              // or its name
const AssessPolicy *eval_policy_of(const EvalWriter *w, const Assessment *a);
const char *eval_policy_id(const AssessPolicy *p); // in its initiative
EvalSteps eval_reasons(const EvalWriter *w, Arena *arena, const Assessment *a);

// eval_text.c: the same for people.
void eval_text_write(const EvalWriter *w, Arena *arena, Buf *out, InventoryItem *item,
                     const Assessment *a);
void eval_text_wrong(const EvalWriter *w, Buf *out, const InventoryItem *item);
void eval_text_end(const EvalWriter *w, Buf *out, const InventoryCounts *counts);

// eval_sarif.c: findings as SARIF 2.1.0.
void eval_sarif_start(const EvalWriter *w, Buf *out);
void eval_sarif_write(const EvalWriter *w, Arena *arena, Buf *out, const InventoryItem *item,
                      const Assessment *a);
void eval_sarif_wrong(const EvalWriter *w, Buf *out, const InventoryItem *item);
void eval_sarif_end(Buf *out);

#endif
