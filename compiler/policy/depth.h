// depth.h - how deep the trees of the model may be walked.
//
// A little more than the service accepts (limits.def): what is deeper is
// reported as too deep and never reaches a file, so walkers may stop there.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_POLICY_DEPTH_H
#define MOAT_POLICY_DEPTH_H

enum {
    DEPTH_ARM = 400,       // the service allows 64 calls; members and indices come between
    DEPTH_VALUE = 200,     // the service allows 128
    DEPTH_CONDITION = 520, // the service allows 512
    // Three JSON levels for a count, and what stands around conditions and values.
    DEPTH_JSON = 3 * DEPTH_CONDITION + DEPTH_VALUE + 32,
};

#endif
