// fingerprint.c - a definition's body, reduced to sixteen digits.
//
// SPDX-License-Identifier: MIT
#include "policy/fingerprint.h"

#include "base/hash.h"
#include "policy/writer.h"

const char *policy_fingerprint_definition(Arena *a, const PolicyDefinition *d)
{
    Buf body = {0};
    Writer w;
    writer_start(&w, &body, (WriteOptions){0}, JSON_COMPACT);
    w.canonical = true;
    write_definition_body(&w, d);
    writer_finish(&w);
    char hash[65];
    sha256_hex((Str){body.p, body.n}, hash);
    buf_free(&body);
    return arena_copy(a, hash, FINGERPRINT_DIGITS);
}
