// emit.c - the files of a build, in memory: REST bodies and the source map.
//
// sourcemap.json says for each file which resource its body is for, and for
// places in it, named by JSON Pointer, where in the sources they come from. A
// place without an entry comes from where the nearest one around it does.
//
// SPDX-License-Identifier: MIT
#include "moat.h"

#include "base/hash.h"
#include "policy/json_out.h"
#include "policy/write.h"

typedef enum BodyKind {
    BODY_ASSIGNMENT,
    BODY_DEFINITION,
    BODY_EXEMPTION,
    BODY_INITIATIVE
} BodyKind;

static const char *const RESOURCE_TYPES[] = {
    // and folders
    [BODY_ASSIGNMENT] = "policyAssignments",
    [BODY_DEFINITION] = "policyDefinitions",
    [BODY_EXEMPTION] = "policyExemptions",
    [BODY_INITIATIVE] = "policySetDefinitions",
};

typedef struct Body {
    BodyKind kind;
    const void *object;
    const char *scope, *name; // of the resource
    const char *path;
} Body;

// A root that definitions live at. A definition is the same at each; an initiative is not,
// since it names definitions by id.
typedef struct Site {
    const char *root;
    const char *mark; // "prod." before the names of its initiatives, "" where it is the only one
} Site;

typedef struct Origin { // a source and what the map calls it
    const Source *source;
    const char *path;
} Origin;

typedef struct Keep { // files collected in memory
    Arena *arena;
    MoatFiles *files;
} Keep;

typedef struct Emit {
    Compilation *compilation;
    const MoatBuild *build;
    MoatTake take;
    void *context;
    VEC(Site) sites;
    VEC(Body) bodies;
    VEC(Origin) origins; // in order of offset
    Arena *scratch;      // the pointers of one body
    Buf text;            // of one body, or a place in a source
    Buf map_text;
    Json map;
} Emit;

// --- which files -----------------------------------------------------------------------------

static void list_sites(Emit *e)
{
    Arena *a = e->compilation->arena;
    const Program *p = e->build->program;
    for (uint32_t i = 0; i < p->environments.len; i++) {
        const EnvironmentInfo *env = p->environments.items[i];
        bool known = !env->root;
        for (uint32_t k = 0; k < e->sites.len && !known; k++)
            known = str_equal_nocase(str_of(e->sites.items[k].root), str_of(env->root));
        if (!known)
            vec_push(a, &e->sites, ((Site){env->root, arena_printf(a, "%s.", env->name)}));
    }
    if (e->sites.len == 0)
        vec_push(a, &e->sites, ((Site){moat_root(e->build), ""}));
    if (e->sites.len == 1)
        e->sites.items[0].mark = "";
}

// Without an environment an initiative lives where its assignments look for it, else where
// the first assignment does.
static const char *initiative_scope(const Emit *e, const PolicyInitiative *in, const Site *site)
{
    Str end = str_of(arena_printf(e->scratch, "/providers/Microsoft.Authorization/%s/%s",
                                  RESOURCE_TYPES[BODY_INITIATIVE], in->name));
    bool declared = e->build->program->environments.len > 0;
    const PolicySet *set = &e->build->lowered.set;
    for (uint32_t i = 0; i < set->assignments.len && !declared; i++) {
        Str id = str_of(set->assignments.items[i]->definition_id);
        if (id.n > end.n && str_equal_nocase((Str){id.p + id.n - end.n, end.n}, end))
            return arena_copy(e->compilation->arena, id.p, id.n - end.n);
    }
    return site->root ? site->root : moat_root(e->build);
}

static void add_body(Emit *e, BodyKind kind, const void *object, const char *mark,
                     const char *scope, const char *name)
{
    Arena *a = e->compilation->arena;
    const char *path = arena_printf(a, "%s/%s%s.json", RESOURCE_TYPES[kind], mark, name);
    vec_push(a, &e->bodies, ((Body){kind, object, scope, name, path}));
}

static int compare_bodies(const void *a, const void *b)
{
    const Body *x = a, *y = b;
    int order = str_compare_nocase(str_of(x->path), str_of(y->path));
    return order ? order : strcmp(x->path, y->path);
}

static bool same_path(const Body *a, const Body *b)
{
    return str_equal_nocase(str_of(a->path), str_of(b->path));
}

// Assignments of one name at several scopes get the scope's hash into their paths.
static void part_paths(Emit *e)
{
    Body *all = e->bodies.items;
    uint32_t first = 0;
    for (uint32_t i = 1; i <= e->bodies.len; i++) {
        if (i < e->bodies.len && same_path(&all[i], &all[first]))
            continue;
        for (uint32_t k = first; i - first > 1 && k < i; k++) {
            uint64_t hash = hash_fnv(all[k].scope, strlen(all[k].scope));
            all[k].path = arena_printf(e->compilation->arena, "%.*s-%08x.json",
                                       (int)(strlen(all[k].path) - strlen(".json")), all[k].path,
                                       (unsigned)(hash ^ hash >> 32));
        }
        first = i;
    }
}

static void sort_bodies(Emit *e)
{
    if (e->bodies.len)
        qsort(e->bodies.items, e->bodies.len, sizeof *e->bodies.items, compare_bodies);
}

static void list_bodies(Emit *e)
{
    const PolicySet *set = &e->build->lowered.set;
    for (uint32_t i = 0; i < set->assignments.len; i++) {
        const PolicyAssignment *a = set->assignments.items[i];
        add_body(e, BODY_ASSIGNMENT, a, "", a->scope, a->name);
    }
    for (uint32_t i = 0; i < set->definitions.len; i++) {
        const PolicyDefinition *d = set->definitions.items[i];
        add_body(e, BODY_DEFINITION, d, "", e->sites.items[0].root, d->name);
    }
    for (uint32_t i = 0; i < set->exemptions.len; i++) {
        const PolicyExemption *x = set->exemptions.items[i];
        add_body(e, BODY_EXEMPTION, x, "", x->scope, x->name);
    }
    for (uint32_t i = 0; i < set->initiatives.len * e->sites.len; i++) {
        const PolicyInitiative *in = set->initiatives.items[i / e->sites.len];
        const Site *site = &e->sites.items[i % e->sites.len];
        add_body(e, BODY_INITIATIVE, in, site->mark, initiative_scope(e, in, site), in->name);
    }
    sort_bodies(e);
    part_paths(e);
    sort_bodies(e);
}

// --- their texts -----------------------------------------------------------------------------

static void write_body(Emit *e, const Body *body, WriteOptions o)
{
    buf_reset(&e->text);
    switch (body->kind) {
    case BODY_ASSIGNMENT:
        write_assignment(&e->text, body->object, o);
        return;
    case BODY_DEFINITION:
        write_definition(&e->text, body->object, o);
        return;
    case BODY_EXEMPTION:
        write_exemption(&e->text, body->object, o);
        return;
    case BODY_INITIATIVE:
        write_initiative(&e->text, body->object, o);
        return;
    }
}

// --- where they come from --------------------------------------------------------------------

// From its name, so that it is the same wherever project and library lie.
static const char *module_path(Arena *a, const Module *m)
{
    char *path = arena_printf(a, "%s%s", m->is_stdlib ? "<stdlib>/" : "", m->path);
    for (char *s = path; *s; s++) {
        if (*s == '.')
            *s = '/';
    }
    return arena_printf(a, "%s.moat", path);
}

static int compare_origins(const void *a, const void *b)
{
    const Origin *x = a, *y = b;
    return (x->source->base > y->source->base) - (x->source->base < y->source->base);
}

static void list_origins(Emit *e)
{
    Arena *a = e->compilation->arena;
    const Program *p = e->build->program;
    for (uint32_t i = 0; i < p->modules.len; i++) {
        const Module *m = p->modules.items[i];
        if (m->file)
            vec_push(a, &e->origins, ((Origin){m->file->source, module_path(a, m)}));
    }
    if (e->origins.len)
        qsort(e->origins.items, e->origins.len, sizeof *e->origins.items, compare_origins);
}

static const char *origin_of(const Emit *e, const Source *source)
{
    Origin key = {source, NULL};
    const Origin *found = e->origins.len ? bsearch(&key, e->origins.items, e->origins.len,
                                                   sizeof key, compare_origins)
                                         : NULL;
    return found ? found->path : source->path;
}

static void map_place(Emit *e, const PointerSpan *p)
{
    Position at = sources_position(e->compilation->sources, p->span.start);
    if (!at.source)
        return;
    json_text_key(&e->map, p->pointer);
    buf_reset(&e->text);
    buf_str(&e->text, origin_of(e, at.source));
    buf_char(&e->text, ':');
    buf_int(&e->text, at.line);
    buf_char(&e->text, ':');
    buf_int(&e->text, at.column);
    json_string(&e->map, (Str){e->text.p, e->text.n});
}

static bool emit_body(Emit *e, const Body *body)
{
    SourceMap map = {0};
    WriteOptions o = {.arena = e->scratch, .map = &map, .root = body->scope};
    write_body(e, body, o);
    if (!e->take(e->context, body->path, (Str){e->text.p, e->text.n}))
        return false;
    json_text_key(&e->map, body->path);
    json_open_object(&e->map);
    for (uint32_t i = 0; i < map.len; i++)
        map_place(e, &map.items[i]);
    json_close(&e->map);
    arena_reset(e->scratch);
    return true;
}

static void map_id(Emit *e, const Body *body, const char *scope)
{
    buf_reset(&e->text);
    policy_id_print(&e->text, scope, RESOURCE_TYPES[body->kind], body->name);
    json_string(&e->map, (Str){e->text.p, e->text.n});
}

static void map_ids(Emit *e)
{
    json_key(&e->map, "ids");
    json_open_object(&e->map);
    for (uint32_t i = 0; i < e->bodies.len; i++) {
        const Body *body = &e->bodies.items[i];
        uint32_t count = body->kind == BODY_DEFINITION ? e->sites.len : 1;
        json_text_key(&e->map, body->path);
        json_open_array(&e->map);
        for (uint32_t k = 0; k < count; k++)
            map_id(e, body, count > 1 ? e->sites.items[k].root : body->scope);
        json_close(&e->map);
    }
    json_close(&e->map);
}

static bool emit_all(Emit *e)
{
    json_start(&e->map, &e->map_text, JSON_PRETTY);
    json_open_object(&e->map);
    json_key(&e->map, "version");
    json_int(&e->map, 1);
    map_ids(e);
    json_key(&e->map, "files");
    json_open_object(&e->map);
    for (uint32_t i = 0; i < e->bodies.len; i++) {
        if (!emit_body(e, &e->bodies.items[i]))
            return false;
    }
    json_close(&e->map);
    json_close(&e->map);
    json_finish(&e->map);
    return e->take(e->context, "sourcemap.json", (Str){e->map_text.p, e->map_text.n});
}

bool moat_emit(Compilation *c, const MoatBuild *b, MoatTake take, void *context)
{
    Emit e = {.compilation = c, .build = b, .take = take, .context = context};
    e.scratch = arena_new();
    list_sites(&e);
    list_bodies(&e);
    list_origins(&e);
    bool ok = emit_all(&e);
    buf_free(&e.text);
    buf_free(&e.map_text);
    arena_free(e.scratch);
    return ok;
}

static bool keep_file(void *context, const char *path, Str body)
{
    Keep *k = context;
    vec_push(k->arena, k->files,
             ((MoatFile){path, {arena_copy(k->arena, body.p, body.n), body.n}}));
    return true;
}

void moat_emit_files(Compilation *c, const MoatBuild *b, MoatFiles *ret)
{
    *ret = (MoatFiles){0};
    Keep k = {c->arena, ret};
    moat_emit(c, b, keep_file, &k);
}

static bool add_file(void *output, const char *path, Str body)
{
    return output_add(output, path, body);
}

bool moat_write(Compilation *c, const MoatBuild *b, const char *folder, MoatChanges *ret,
                Status *st)
{
    Output *o = output_open(folder, st);
    bool ok = o && moat_emit(c, b, add_file, o) && output_commit(o, ret);
    output_close(o);
    return ok;
}
