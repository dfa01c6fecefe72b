// render.h - diagnostics for people and for machines.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_DIAG_RENDER_H
#define MOAT_DIAG_RENDER_H

#include "base/str.h"
#include "diag/diag.h"

typedef struct RenderOptions {
    bool color;
    uint32_t width;      // columns of the terminal; 0: lines are cut at a generous length
    uint32_t max_errors; // 0: all
} RenderOptions;

// After diags_finish. Each ends with a newline where it wrote anything.
void render_text(Buf *out, const Sources *sources, const Diags *ds, RenderOptions o);
void render_json(Buf *out, const Sources *sources, const Diags *ds);  // one document, spec/cli.md
void render_sarif(Buf *out, const Sources *sources, const Diags *ds); // SARIF 2.1.0

#endif
