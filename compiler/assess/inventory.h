// inventory.h - an estate against a file of resources, of any size, on several threads.
//
// Memory does not grow with the file: the texts of some hundred resources are
// at hand, each batch is parsed, judged and written by one thread, and what
// they write comes out in the order of the file.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_ASSESS_INVENTORY_H
#define MOAT_ASSESS_INVENTORY_H

#include "assess/assess.h"
#include "assess/related.h"
#include "json/stream.h"

enum { STATE_COUNT = STATE_ERROR + 1 };

typedef struct InventoryCounts {
    uint64_t resources, wrong; // wrong: no JSON, or no resource
    uint64_t states[STATE_COUNT];
    uint64_t evaluated; // policies on resources
    uint64_t bytes;     // of JSON
} InventoryCounts;

typedef struct InventoryItem { // a resource, or what is wrong with its line
    const Data *resource;
    uint64_t line;
    const char *error; // NULL: none
    bool shown;        // for `write`: something of it was written
    const void *under; // for `write`: what it was written under
    Str row;           // for `write`: what each result begins with
} InventoryItem;

typedef struct InventoryUse {
    const Estate *estate;
    EvalInput input; // everything but the resource
    bool all;        // also what type tests rule out
    bool trace;      // results have steps
    uint32_t threads;
    // Writes one result, or (assessment NULL) one wrong line, to the batch's buffer: called on any
    // thread, shares nothing. `policies` of results come in order, one resource after the other.
    void (*write)(const void *context, Arena *a, Buf *out, InventoryItem *item,
                  const Assessment *assessment);
    const void *write_context;
    // In order of the file, on the caller's thread; false stops.
    bool (*take)(void *context, Buf *out, const InventoryCounts *so_far);
    void *take_context;
} InventoryUse;

// False when the file could not be read (status set) or `take` stopped.
bool inventory_assess(JsonStream *stream, const InventoryUse *use, InventoryCounts *ret,
                      Status *st);

// A first pass: the resources of types that existence policies ask for.
bool inventory_related(JsonStream *stream, const Estate *estate, Arena *a, Related *ret,
                       Status *st);

#endif
