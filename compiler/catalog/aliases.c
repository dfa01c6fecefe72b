// aliases.c - finds property aliases in the binary's front-coded blocks.
//
// A look-up is a binary search over the first fields of a type's blocks, then a
// walk through one block of sixteen.
//
// SPDX-License-Identifier: MIT
#include "catalog/internal.h"

#include "base/bug.h"
#include "base/limits.h"

typedef struct Cursor {         // stands on an entry of a block
    uint32_t index;             // of that entry in its type
    uint32_t n, shared;         // of its field: length, bytes shared with the one before
    const unsigned char *facts; // of that entry
    char field[LIMIT_CATALOG_NAME + 1];
} Cursor;

static uint32_t type_word(const Catalog *c, uint32_t type, TypeWord word)
{
    return blob_word(c, BLOB_TYPES, type, TYPE_WORDS, word);
}

// Reads the entry at `p`, of which the field before it is in the cursor.
static void read_entry(Cursor *cur, const unsigned char *p)
{
    uint32_t shared = blob_varint(&p);
    uint32_t more = blob_varint(&p);
    if (shared > cur->n || shared + more > LIMIT_CATALOG_NAME)
        BUG("the catalogue in this program is damaged");
    memcpy(cur->field + shared, p, more);
    cur->shared = shared;
    cur->n = shared + more;
    cur->facts = p + more;
}

static void next_entry(Cursor *cur)
{
    const unsigned char *p = cur->facts;
    uint32_t facts = blob_varint(&p);
    for (uint32_t rest =
             facts & (BLOB_ALIAS_PATH | BLOB_ALIAS_VALUES | BLOB_ALIAS_API | BLOB_ALIAS_SPELLING);
         rest; rest &= rest - 1)
        blob_varint(&p);
    read_entry(cur, p);
}

static const unsigned char *block_start(const Catalog *c, uint32_t first_block, uint32_t block)
{
    return c->blob + blob_head(c, BLOB_ALIASES) +
           blob_word(c, BLOB_BLOCKS, first_block + block, 1, 0);
}

static Str block_head(const unsigned char *p)
{
    p++; // nothing is shared
    uint32_t n = blob_varint(&p);
    return (Str){(const char *)p, n};
}

static void go_to(const Catalog *c, uint32_t type, uint32_t index, Cursor *cur)
{
    cur->n = 0;
    cur->index = index;
    read_entry(cur, block_start(c, type_word(c, type, TYPE_FIRST_BLOCK), index / BLOB_BLOCK));
    for (uint32_t i = index % BLOB_BLOCK; i; i--)
        next_entry(cur);
}

// False behind the last alias of the type.
static bool advance(const Catalog *c, uint32_t type, Cursor *cur)
{
    if (++cur->index == type_word(c, type, TYPE_ALIAS_COUNT))
        return false;
    if (cur->index % BLOB_BLOCK == 0)
        go_to(c, type, cur->index, cur);
    else
        next_entry(cur);
    return true;
}

// How many bytes two texts begin alike with, without case, when the first `from` are known to.
static uint32_t agree(Str a, Str b, uint32_t from)
{
    size_t n = a.n < b.n ? a.n : b.n, i = from;
    while (i + 8 <= n && memcmp(a.p + i, b.p + i, 8) == 0)
        i += 8;
    while (i < n && ascii_lower(a.p[i]) == ascii_lower(b.p[i]))
        i++;
    return (uint32_t)i;
}

// Their order, when they agree in `n` bytes and no more.
static bool is_before(Str a, Str b, uint32_t n)
{
    if (n == a.n || n == b.n)
        return a.n < b.n;
    return (unsigned char)ascii_lower(a.p[n]) < (unsigned char)ascii_lower(b.p[n]);
}

// The last block that begins before or with `key`, or the first. What lies between two texts
// agrees with each at least as far as they agree with each other.
static uint32_t find_block(const Catalog *c, uint32_t first_block, uint32_t count, Str key)
{
    uint32_t low = 0, high = count, agree_low = 0, agree_high = 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        Str head = block_head(block_start(c, first_block, middle));
        uint32_t n = agree(head, key, agree_low < agree_high ? agree_low : agree_high);
        if (is_before(key, head, n)) {
            high = middle;
            agree_high = n;
        } else {
            low = middle;
            agree_low = n;
        }
    }
    return low;
}

// Puts the cursor on the first field of the type that is not before `key`; true if there is one,
// and in how many bytes they agree. An entry that shares more with the one before it than that
// one does with the key is on the same side of the key.
static bool seek(const Catalog *c, uint32_t type, Str key, Cursor *cur, uint32_t *ret_agree)
{
    uint32_t count = type_word(c, type, TYPE_ALIAS_COUNT);
    uint32_t first_block = type_word(c, type, TYPE_FIRST_BLOCK);
    if (count == 0)
        return false;
    uint32_t block = find_block(c, first_block, (count + BLOB_BLOCK - 1) / BLOB_BLOCK, key);
    uint32_t n = 0;
    go_to(c, type, block * BLOB_BLOCK, cur);
    do {
        Str field = {cur->field, cur->n};
        if (cur->shared > n)
            continue;
        n = agree(field, key, cur->shared);
        *ret_agree = n;
        if (!is_before(field, key, n))
            return true;
    } while (advance(c, type, cur));
    return false;
}

// --- what an alias is ----------------------------------------------------------------------------

static const char *prefix_path(Arena *a, Str field)
{
    size_t n = strlen("properties.");
    char *path = arena_alloc(a, n + field.n + 1);
    memcpy(path, "properties.", n);
    memcpy(path + n, field.p, field.n);
    return path;
}

// `=1,2` puts `properties.` before the segments 1 and 2 of the field; a number given twice, twice.
static const char *expand_path(Arena *a, Str field, Str at)
{
    size_t most = 1;
    for (size_t i = 0; i < at.n; i++)
        most += at.p[i] == ',';
    Buf b = {.p = arena_alloc(a, field.n + most * strlen("properties.") + 1)};
    Str segment;
    for (unsigned i = 0; text_cut(&field, '.', &segment); i++) {
        Str rest = at, number;
        while (text_cut(&rest, ',', &number)) {
            unsigned n = 0;
            for (size_t k = 0; k < number.n; k++)
                n = n * 10 + (unsigned)(number.p[k] - '0');
            if (n == i) {
                memcpy(b.p + b.n, "properties.", strlen("properties."));
                b.n += strlen("properties.");
            }
        }
        memcpy(b.p + b.n, segment.p, segment.n);
        b.n += segment.n;
        b.p[b.n++] = '.';
    }
    b.p[b.n - 1] = '\0';
    return b.p;
}

void alias_set_names(CatalogAlias *ret, Arena *a, Str type, Str field, Str path)
{
    char *name = arena_alloc(a, type.n + field.n + 2);
    memcpy(name, type.p, type.n);
    name[type.n] = '/';
    memcpy(name + type.n + 1, field.p, field.n);
    ret->name = name;
    ret->field = name + type.n + 1;
    ret->more_paths = "";
    Str first = path;
    if (path.n == 0)
        ret->path = prefix_path(a, field);
    else if (path.p[0] == '=')
        ret->path = expand_path(a, field, (Str){path.p + 1, path.n - 1});
    else if (text_cut(&path, '|', &first)) {
        ret->path = arena_copy(a, first.p, first.n);
        if (path.n)
            ret->more_paths = arena_copy(a, path.p, path.n);
    }
}

static void read_alias(const Catalog *c, Arena *a, uint32_t type, const Cursor *cur,
                       CatalogAlias *ret)
{
    const unsigned char *p = cur->facts;
    uint32_t facts = blob_varint(&p);
    *ret = (CatalogAlias){.type = (CatalogValueType)(facts & BLOB_ALIAS_TYPE),
                          .flags = facts >> BLOB_ALIAS_FLAGS & 0x1ff,
                          .enum_open = facts & BLOB_ALIAS_OPEN};
    Str path = {0};
    if (facts & BLOB_ALIAS_PATH)
        path = str_of(blob_text(c, blob_varint(&p)));
    if (facts & BLOB_ALIAS_VALUES)
        ret->enum_values = blob_list(c, a, blob_varint(&p), &ret->enum_count);
    uint32_t stable = type_word(c, type, TYPE_STABLE);
    uint32_t api = facts & BLOB_ALIAS_API ? blob_varint(&p)
                   : stable               ? stable
                                          : type_word(c, type, TYPE_NEWEST);
    ret->api = blob_text(c, api);
    uint32_t spelling =
        facts & BLOB_ALIAS_SPELLING ? blob_varint(&p) : type_word(c, type, TYPE_NAME);
    alias_set_names(ret, a, str_of(blob_text(c, spelling)), (Str){cur->field, cur->n}, path);
}

bool blob_alias(const Catalog *c, Arena *a, uint32_t type, Str field, CatalogAlias *ret)
{
    Cursor cur;
    uint32_t n;
    if (!seek(c, type, field, &cur, &n) || n != field.n || n != cur.n)
        return false;
    read_alias(c, a, type, &cur, ret);
    return true;
}

void blob_alias_at(const Catalog *c, Arena *a, uint32_t type, uint32_t index, CatalogAlias *ret)
{
    Cursor cur;
    go_to(c, type, index, &cur);
    read_alias(c, a, type, &cur, ret);
}

FieldOrder alias_order(Str other, Str field)
{
    if (!str_starts_nocase(other, field))
        return FIELD_PAST;
    if (other.n == field.n)
        return FIELD_NOT_YET;
    Str rest = {other.p + field.n, other.n - field.n};
    if (rest.p[0] == '.' || str_starts_nocase(rest, str_of("[*]")))
        return FIELD_BELOW;
    return ascii_lower(rest.p[0]) > '[' ? FIELD_PAST : FIELD_NOT_YET;
}

bool blob_has_below(const Catalog *c, uint32_t type, Str field)
{
    Cursor cur;
    uint32_t ignored;
    FieldOrder order = FIELD_NOT_YET;
    for (bool more = field.n && seek(c, type, field, &cur, &ignored);
         more && order == FIELD_NOT_YET; more = advance(c, type, &cur))
        order = alias_order((Str){cur.field, cur.n}, field);
    return order == FIELD_BELOW;
}
