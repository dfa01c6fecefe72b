// blob.h - the catalogue as one block of bytes: what is where in it.
//
// Made from stdlib/catalog/ by host/catalog_pack.c at build time and linked into
// the binary; offsets only, so nothing is relocated and a page is read when it is
// looked at. All numbers are little endian. It begins with BLOB_MAGIC, the date in
// BLOB_DATE bytes, and a word (32 bits) for each member of BlobWord.
//
// Tables are arrays of records of words. A word that stands for a text is its
// offset in the pool, where a text ends in NUL and offset 0 is ""; a list is
// texts one after the other, ended by an empty one. Everything sorted is sorted
// without case.
//
// Aliases: those of a type stand together, sorted by field, in blocks of
// BLOB_BLOCK. In a block an entry is, with numbers of 7 bits a byte, low first:
//
//     bytes shared with the field before it (0 for the first of a block),
//     bytes that follow, those bytes,
//     facts: BLOB_ALIAS_… bits,
//     and where the facts say so: path, values (list), api-version, spelling
//     of the type in this alias; each an offset in the pool
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_CATALOG_BLOB_H
#define MOAT_CATALOG_BLOB_H

#include "base/str.h"

#include <stdint.h>

#define BLOB_MAGIC "moatcat\1"

enum { BLOB_DATE = 16, BLOB_HEAD = 8 + BLOB_DATE, BLOB_BLOCK = 16 };

typedef enum BlobWord {
    BLOB_SIZE,
    BLOB_CHECKSUM, // low half of hash_fnv of everything after this word
    BLOB_TYPES, // offset of the table of TypeWord, by name; after them the namespaces with aliases
    BLOB_TYPE_COUNT,
    BLOB_NAMESPACE_COUNT,
    BLOB_SLOTS, // offset of a hash table of type indexes + 1: words, open addressing
    BLOB_SLOT_COUNT,
    BLOB_BLOCKS,  // offset of a word for each block: its offset below BLOB_ALIASES
    BLOB_ALIASES, // offset of the blocks
    BLOB_ALIAS_COUNT,
    BLOB_BUILTINS, // offset of the table of BuiltinWord, by id
    BLOB_BUILTIN_COUNT,
    BLOB_USES,       // offset of words: indexes of parameters, used by built-ins
    BLOB_PARAMETERS, // offset of the table of ParameterWord
    BLOB_ROLES,      // offset of pairs name, id; by name
    BLOB_ROLE_COUNT,
    BLOB_ROLE_KEYS, // offset of triples: what a role is found by (name, former name, id), name, id
    BLOB_ROLE_KEY_COUNT,
    BLOB_LOCATIONS, // offset of triples name, display name, cloud; by name
    BLOB_LOCATION_COUNT,
    BLOB_ZONES, // offset of quadruples type, group id, zone, cloud; by type
    BLOB_ZONE_COUNT,
    BLOB_MODES, // offset of quadruples name, what it is about, BlobFlag, effects (list)
    BLOB_MODE_COUNT,
    BLOB_POOL, // offset of the pool; it is the last
    BLOB_WORDS,
} BlobWord;

typedef enum TypeWord {
    TYPE_NAME,
    TYPE_PARENT,
    TYPE_STABLE,
    TYPE_NEWEST,
    TYPE_FACTS, // presence of the five members, 3 bits each; scopes, 5 bits each; 1 bit: gone
    TYPE_FIRST_ALIAS,
    TYPE_ALIAS_COUNT,
    TYPE_FIRST_BLOCK,
    TYPE_WORDS,
} TypeWord;

enum { TYPE_FACTS_READABLE = 15, TYPE_FACTS_WRITABLE = 20, TYPE_FACTS_GONE = 25 };

typedef enum BuiltinWord {
    BUILTIN_ID,
    BUILTIN_TITLE,
    BUILTIN_FLAGS, // BlobFlag
    BUILTIN_MODE,
    BUILTIN_VERSION,
    BUILTIN_CATEGORY,
    BUILTIN_EFFECT_PARAMETER,
    BUILTIN_EFFECTS, // list
    BUILTIN_TYPES,   // list
    BUILTIN_FIRST_USE,
    BUILTIN_USE_COUNT,
    BUILTIN_WORDS,
} BuiltinWord;

typedef enum BlobFlag { // of a built-in or a mode
    BLOB_STATIC = 1,
    BLOB_DEPRECATED = 2,
    BLOB_PREVIEW = 4,
    BLOB_CUSTOM = 8,
    BLOB_INITIATIVE = 16,
} BlobFlag;

// Initial: "" stands for none; a default is JSON text and never empty.
typedef enum ParameterWord {
    PARAMETER_NAME,
    PARAMETER_TYPE,
    PARAMETER_INITIAL,
    PARAMETER_WORDS
} ParameterWord;

enum { // facts of an alias: three bits of value type, then
    BLOB_ALIAS_TYPE = 7,
    BLOB_ALIAS_PATH = 1 << 3, // short form; without it `=`
    BLOB_ALIAS_VALUES = 1 << 4,
    BLOB_ALIAS_FLAGS = 5,      // shift: the flags of catalog.h, 9 bits
    BLOB_ALIAS_OPEN = 1 << 14, // other values are allowed too
    BLOB_ALIAS_API = 1 << 15,  // without it the type's own
    BLOB_ALIAS_SPELLING = 1 << 16,
};

static inline uint32_t blob_number(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint32_t blob_varint(const unsigned char **p)
{
    uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char c = *(*p)++;
        value |= (uint32_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return value;
    }
}

// FNV-1a of the text in lower case.
static inline uint32_t blob_hash_name(Str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)ascii_lower(s.p[i])) * 16777619u;
    return h ^ h >> 15;
}

#endif
