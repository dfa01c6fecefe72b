// report_find.c - `moat catalog find`: what has these words in its name.
//
// Every word must be in the name, at whatever place. The best match is the one
// with a word as its whole last segment; then words at the start of segments; and
// among equals what built-ins use, and the shorter name.
//
// SPDX-License-Identifier: MIT
#include "catalog/report_internal.h"

#include "base/vec.h"

#include <stdlib.h>

enum { SHOWN = 12, MOST_WORDS = 8 };

typedef enum Fit { // of a word in a name, the best first
    FIT_WHOLE,
    FIT_LAST_SEGMENT,
    FIT_SEGMENT_START,
    FIT_INSIDE,
    FIT_NONE,
} Fit;

typedef struct Match {
    const char *name, *note; // note: the second column
    const char *title;       // of what has a name and a title, else NULL
    uint32_t rank, length, index;
} Match;

typedef VEC(Match) Matches;

typedef struct Find {
    Report *report;
    Str words[MOST_WORDS];
    uint32_t word_count;
    Matches matches; // of the sort being searched
    uint32_t found;  // of all sorts
} Find;

// --- how well a name fits ------------------------------------------------------------------------

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// Between segments, and before the words of minimumTlsVersion.
static bool is_edge(Str name, size_t i)
{
    return i == 0 || i == name.n || strchr("/.[( -", name.p[i]) || strchr("/.( -", name.p[i - 1]) ||
           (is_upper(name.p[i]) && !is_upper(name.p[i - 1]));
}

static Fit fit_at(Str name, Str word, size_t i)
{
    size_t end = i + word.n;
    bool starts = is_edge(name, i);
    bool ends = is_edge(name, end) || (name.p[end] == 's' && is_edge(name, end + 1)); // plural
    if (i == 0 && word.n == name.n)
        return FIT_WHOLE;
    size_t last = name.n;
    while (last && name.p[last - 1] != '/' && name.p[last - 1] != '.')
        last--;
    if (starts && ends && i >= last)
        return FIT_LAST_SEGMENT;
    return starts ? FIT_SEGMENT_START : FIT_INSIDE;
}

// The best place of the word in the name that ends after its first `from` bytes.
static Fit fit(Str name, Str word, size_t from)
{
    Fit best = FIT_NONE;
    size_t i = from >= word.n ? from - word.n + 1 : 0;
    for (; i + word.n <= name.n; i++) {
        if (ascii_lower(name.p[i]) != ascii_lower(word.p[0]) ||
            !str_starts_nocase((Str){name.p + i, name.n - i}, word))
            continue;
        Fit f = fit_at(name, word, i);
        best = f < best ? f : best;
    }
    return best;
}

// The sum over the words; of an alias one word at least must be in its field.
static bool rank_name(const Find *f, Str name, size_t field, uint32_t *ret_rank)
{
    uint32_t rank = 0;
    bool in_field = false;
    for (uint32_t i = 0; i < f->word_count; i++) {
        Fit there = fit(name, f->words[i], field);
        Fit here = there == FIT_NONE && field ? fit(name, f->words[i], 0) : there;
        if (here == FIT_NONE)
            return false;
        in_field |= there != FIT_NONE;
        rank += (uint32_t)here;
    }
    *ret_rank = rank;
    return in_field;
}

static int compare_matches(const void *a, const void *b)
{
    const Match *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void add(Find *f, Match m, uint32_t rank, uint32_t penalty)
{
    m.rank = rank * 4 + penalty;
    m.length = (uint32_t)strlen(m.title ? m.title : m.name);
    m.index = f->matches.len;
    vec_push(f->report->arena, &f->matches, m);
}

// --- sorts of things -----------------------------------------------------------------------------

static void find_types(Find *f)
{
    Report *r = f->report;
    uint32_t rank;
    CatalogType t;
    for (uint32_t i = 0; i < catalog_type_count(r->catalog); i++) {
        catalog_type_at(r->catalog, r->arena, i, &t);
        if (!rank_name(f, str_of(t.name), 0, &rank))
            continue;
        const char *note = t.alias_count == 1 ? "1 property"
                           : t.alias_count ? arena_printf(r->arena, "%u properties", t.alias_count)
                                           : "";
        add(f, (Match){.name = t.name, .note = note}, rank, t.alias_count == 0);
    }
}

// An alias of the binary whose type the project describes itself is no more.
static bool is_replaced(const Catalog *c, const CatalogAlias *x, uint32_t index)
{
    uint32_t ignored;
    return c->overlay && index < blob_head(c, BLOB_ALIAS_COUNT) &&
           overlay_find_type(c->overlay, (Str){x->name, (size_t)(x->field - x->name) - 1},
                             &ignored);
}

static void find_aliases(Find *f)
{
    Report *r = f->report;
    Arena *scratch = arena_new();
    for (uint32_t i = 0; i < catalog_alias_count(r->catalog); i++) {
        CatalogAlias x;
        uint32_t rank;
        arena_reset(scratch);
        catalog_alias_at(r->catalog, scratch, i, &x);
        if (!rank_name(f, str_of(x.name), (size_t)(x.field - x.name), &rank) ||
            is_replaced(r->catalog, &x, i))
            continue;
        uint32_t penalty = x.flags & ALIAS_BUILTIN   ? 0
                           : x.flags & ALIAS_UNSURE  ? 3
                           : x.flags & ALIAS_DERIVED ? 2
                                                     : 1;
        const char *name = arena_copy(r->arena, x.name, strlen(x.name));
        add(f, (Match){.name = name, .note = catalog_value_word(x.type)}, rank, penalty);
    }
    arena_free(scratch);
}

static void find_builtins(Find *f)
{
    Report *r = f->report;
    for (uint32_t i = 0; i < catalog_builtin_count(r->catalog); i++) {
        CatalogBuiltin b;
        uint32_t rank;
        catalog_builtin_at(r->catalog, r->arena, i, &b);
        if (b.is_static || !rank_name(f, str_of(b.title), 0, &rank))
            continue;
        const char *note = b.is_initiative ? "initiative" : b.category;
        add(f, (Match){.name = b.id, .note = note, .title = b.title}, rank, b.deprecated);
    }
}

static void find_roles(Find *f)
{
    Report *r = f->report;
    for (uint32_t i = 0; i < catalog_role_count(r->catalog); i++) {
        const char *name, *id;
        uint32_t rank;
        if (!rank_name(f, str_of(catalog_role_name(r->catalog, i)), 0, &rank))
            continue;
        catalog_role(r->catalog, str_of(catalog_role_name(r->catalog, i)), &name, &id);
        add(f, (Match){.name = name, .note = id}, rank, 0);
    }
}

static void find_locations(Find *f)
{
    Report *r = f->report;
    for (uint32_t i = 0; i < catalog_location_count(r->catalog); i++) {
        const char *name = catalog_location_name(r->catalog, i);
        const char *title = catalog_location_title(r->catalog, i);
        uint32_t rank;
        if (rank_name(f, str_of(name), 0, &rank) || rank_name(f, str_of(title), 0, &rank))
            add(f, (Match){.name = name, .note = title}, rank, 0);
    }
}

static void find_modes(Find *f)
{
    Report *r = f->report;
    for (uint32_t i = 0; i < catalog_mode_count(r->catalog); i++) {
        CatalogMode m;
        uint32_t rank;
        catalog_mode_at(r->catalog, r->arena, i, &m);
        if (rank_name(f, str_of(m.name), 0, &rank) || rank_name(f, str_of(m.about), 0, &rank))
            add(f, (Match){.name = m.name, .note = m.about}, rank, 0);
    }
}

static const struct Sort {
    const char *heading, *key; // key: in JSON
    size_t column;             // where the note begins; 0: the note comes first
    const char *note;          // its name in JSON
    void (*find)(Find *f);
} SORTS[] = {
    {"resource types", "types", 56, NULL, find_types},
    {"properties", "aliases", 0, "type", find_aliases},
    {"built-in policies", "builtins", 0, "category", find_builtins},
    {"roles", "roles", 42, "id", find_roles},
    {"regions", "locations", 24, "title", find_locations},
    {"modes", "modes", 46, "about", find_modes},
};

// --- what is said --------------------------------------------------------------------------------

static void put_row(Report *r, const struct Sort *sort, const Match *m)
{
    if (m->title) { // the title may be long: it has a line of its own
        report_cell(r, 2, 40, m->name);
        buf_printf(r->out, "%s\n    %s\n", m->note, m->title);
    } else if (sort->column == 0) {
        report_cell(r, 2, 11, m->note);
        buf_printf(r->out, "%s\n", m->name);
    } else {
        buf_printf(r->out, "  %s", m->name);
        if (*m->note)
            report_tail(r, 2 + report_columns(m->name), sort->column, m->note);
        buf_char(r->out, '\n');
    }
}

static void put_text(Find *f, const struct Sort *sort)
{
    Report *r = f->report;
    uint32_t shown = r->style.all || f->matches.len <= SHOWN ? f->matches.len : SHOWN;
    if (shown == 0)
        return;
    buf_printf(r->out, "%s%s (%u)\n", f->found ? "\n" : "", sort->heading, f->matches.len);
    for (uint32_t i = 0; i < shown; i++)
        put_row(r, sort, &f->matches.items[i]);
    if (shown < f->matches.len)
        buf_printf(r->out, "  … and %u more\n", f->matches.len - shown);
}

static void put_json(Find *f, const struct Sort *sort)
{
    Report *r = f->report;
    json_key(r->json, sort->key);
    json_open_array(r->json);
    for (uint32_t i = 0; i < f->matches.len; i++) {
        const Match *m = &f->matches.items[i];
        json_open_row(r->json);
        report_json_text(r, m->title ? "id" : "name", m->name);
        if (m->title)
            report_json_text(r, "title", m->title);
        if (sort->note)
            report_json_text(r, sort->note, m->note);
        json_close(r->json);
    }
    json_close(r->json);
}

static void run(Find *f)
{
    for (size_t i = 0; i < sizeof SORTS / sizeof SORTS[0]; i++) {
        f->matches = (Matches){0};
        SORTS[i].find(f);
        if (f->matches.len)
            qsort(f->matches.items, f->matches.len, sizeof *f->matches.items, compare_matches);
        if (f->report->json)
            put_json(f, &SORTS[i]);
        else
            put_text(f, &SORTS[i]);
        f->found += f->matches.len;
    }
}

bool catalog_report_find(const Catalog *c, Str text, ReportStyle style, Buf *out)
{
    Report r = {.catalog = c,
                .arena = arena_new(),
                .style = style,
                .width = style.width > REPORT_WIDTH ? style.width : REPORT_WIDTH,
                .out = out};
    Find f = {.report = &r};
    Str word;
    while (f.word_count < MOST_WORDS && text_cut(&text, ' ', &word)) {
        if (word.n)
            f.words[f.word_count++] = word;
    }
    if (style.json) {
        r.json = ARENA_NEW(r.arena, Json);
        json_start(r.json, out, JSON_PRETTY);
        json_open_object(r.json);
    }
    run(&f);
    if (style.json) {
        json_close(r.json);
        json_finish(r.json);
    }
    arena_free(r.arena);
    return f.found > 0;
}
