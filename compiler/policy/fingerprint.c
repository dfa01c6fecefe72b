// fingerprint.c - the body of a definition or initiative, reduced to sixteen digits.
//
// SPDX-License-Identifier: MIT
#include "policy/fingerprint.h"

#include "base/hash.h"
#include "policy/writer.h"

static const char *digest(Arena *a, Writer *w, Buf *body)
{
    writer_finish(w);
    char hash[65];
    sha256_hex((Str){body->p, body->n}, hash);
    buf_free(body);
    return arena_copy(a, hash, FINGERPRINT_DIGITS);
}

static void start(Writer *w, Buf *body)
{
    writer_start(w, body, (WriteOptions){0}, JSON_COMPACT);
    w->canonical = true;
}

const char *policy_fingerprint_definition(Arena *a, const PolicyDefinition *d)
{
    Buf body = {0};
    Writer w;
    start(&w, &body);
    write_definition_body(&w, d);
    return digest(a, &w, &body);
}

const char *policy_fingerprint_initiative(Arena *a, const PolicyInitiative *in)
{
    Buf body = {0};
    Writer w;
    start(&w, &body);
    write_initiative_body(&w, in);
    return digest(a, &w, &body);
}
