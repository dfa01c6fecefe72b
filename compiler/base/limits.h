// limits.h - every size a user controls has its limit here.
//
// At a limit there is a diagnostic, never a crash. The limits of the Azure
// service are not here but in policy/limits.def.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_LIMITS_H
#define MOAT_BASE_LIMITS_H

#define LIMIT_SOURCE_BYTES (16u << 20)    // one source file
#define LIMIT_TEMPLATE_BYTES (1u << 19)   // a constraint template: 512 KiB
#define LIMIT_SOURCES_TOTAL (1u << 30)    // all source files of a run
#define LIMIT_SOURCE_FILES 100000u        // files in a project
#define LIMIT_DIRECTORY_DEPTH 32u         // folders below a project root
#define LIMIT_NESTING 200u                // depth of an expression, a type, an object
#define LIMIT_PARSE_DEPTH 4000u           // bison's stack
#define LIMIT_ERRORS 20u                  // errors shown before a run ends
#define LIMIT_SUGGESTIONS 100u            // mistakes near names are looked up for
#define LIMIT_DEFINE_DEPTH 64u            // defines using defines
#define LIMIT_TYPED_DEPTH 1000u           // of a typed tree, defines put in place
#define LIMIT_ELABORATION 200000u         // typed nodes one requirement may grow to on one kind
#define LIMIT_LOWER_DEPTH 2000u           // nesting of conditions while lowering
#define LIMIT_DURATION_PATTERNS 200u      // patterns one duration bound may become
#define LIMIT_EXPRESSION_BYTES (1u << 20) // one template expression in policy JSON
#define LIMIT_CATALOG_BYTES (256u << 20)  // a providers.json to import
#define LIMIT_CATALOG_VALUES 8000000u     // JSON values in it
#define LIMIT_OVERLAY_BYTES (32u << 20)   // a project's own catalogue
#define LIMIT_CATALOG_NAME 1000u          // a type, a property path or a version in it
#define LIMIT_CATALOG_ENUM 65536u         // all values of one property
#define LIMIT_JSON_BYTES (256u << 20)     // one JSON document
#define LIMIT_JSON_VALUES 8000000u        // values in it
#define LIMIT_JSON_NESTING 2000u          // brackets in brackets: the deepest rule there may be
#define LIMIT_STREAM_VALUE (64u << 20)    // one of the JSON values of a file
#define LIMIT_DATA_NESTING 4000u          // of data computed from data
#define LIMIT_VALUE_TEXT 131072u          // UTF-16 units of a text a function makes
#define LIMIT_VALUE_DEPTH 128u            // levels of a value it makes
#define LIMIT_VALUE_NODES 32768u          // values in it
#define LIMIT_RANGE 10000u                // elements of range()
#define LIMIT_EVALUATION 4000000u         // small steps of one evaluation

#endif
