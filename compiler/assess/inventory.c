// inventory.c - a file of resources, batch by batch, on several threads.
//
// A ring of batches: the caller's thread reads texts into the next one and hands
// it out, a worker judges it, the caller takes the results in order.
//
// SPDX-License-Identifier: MIT
#include "assess/inventory.h"

#include <pthread.h>

enum {
    BATCH_ITEMS = 256,
    BATCH_BYTES = 1 << 20, // a batch of large resources is shorter
    BATCHES_PER_THREAD = 2,
    THREADS_MOST = 64,
};

typedef enum BatchState { BATCH_FREE, BATCH_FULL, BATCH_DONE } BatchState;

typedef struct Piece {
    Str text;
    uint64_t line;
    const char *error; // of the stream
} Piece;

typedef struct Batch {
    BatchState state;
    Arena *texts, *memory; // memory: of one resource
    EvalScratch *scratch;
    VEC(Piece) pieces;
    size_t bytes;
    Buf out;
    InventoryCounts counts;
} Batch;

typedef struct Pool {
    const InventoryUse *use;
    Batch *batches;
    uint32_t count;
    uint64_t handed, begun; // batches handed out, batches a worker has taken
    bool closed;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
} Pool;

// --- judging -----------------------------------------------------------------------------------------

typedef struct Writing {
    Batch *batch;
    const InventoryUse *use;
    InventoryItem item;
} Writing;

static void take_assessment(void *context, const Assessment *a)
{
    Writing *w = context;
    w->batch->counts.states[a->result.state]++;
    w->use->write(w->use->write_context, w->batch->memory, &w->batch->out, &w->item, a);
}

static void wrong(Writing *w, const char *error)
{
    w->batch->counts.wrong++;
    w->item.error = error;
    w->use->write(w->use->write_context, w->batch->memory, &w->batch->out, &w->item, NULL);
}

static void judge_piece(Batch *b, const InventoryUse *use, const Piece *piece)
{
    Writing w = {.batch = b, .use = use, .item = {.line = piece->line}};
    arena_reset(b->memory);
    if (piece->error) {
        wrong(&w, piece->error);
        return;
    }
    Data *d = ARENA_NEW(b->memory, Data);
    JsonError error = {0};
    const char *reason = NULL;
    b->counts.bytes += piece->text.n;
    if (!json_read(b->memory, piece->text, JSON_STRICT, d, &error)) {
        wrong(&w, error.message);
        return;
    }
    w.item.resource = resource_read(b->memory, d, &reason);
    if (!w.item.resource) {
        wrong(&w, reason);
        return;
    }
    b->counts.resources++;
    EvalInput in = use->input;
    in.resource = w.item.resource;
    b->counts.evaluated +=
        estate_assess(use->estate, &in, b->scratch, use->all, take_assessment, &w);
}

static void *work(void *context)
{
    Pool *p = context;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->begun == p->handed && !p->closed)
            pthread_cond_wait(&p->work, &p->lock);
        if (p->begun == p->handed)
            break;
        Batch *b = &p->batches[p->begun++ % p->count];
        pthread_mutex_unlock(&p->lock);
        for (uint32_t i = 0; i < b->pieces.len; i++)
            judge_piece(b, p->use, &b->pieces.items[i]);
        pthread_mutex_lock(&p->lock);
        b->state = BATCH_DONE;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

// --- the ring ----------------------------------------------------------------------------------------

static void add_counts(InventoryCounts *to, const InventoryCounts *from)
{
    to->resources += from->resources;
    to->wrong += from->wrong;
    to->evaluated += from->evaluated;
    to->bytes += from->bytes;
    for (uint32_t i = 0; i < STATE_COUNT; i++)
        to->states[i] += from->states[i];
}

// Waits for a batch that was handed out, and takes what it wrote.
static bool collect(Pool *p, Batch *b, InventoryCounts *total)
{
    pthread_mutex_lock(&p->lock);
    while (b->state == BATCH_FULL)
        pthread_cond_wait(&p->done, &p->lock);
    pthread_mutex_unlock(&p->lock);
    if (b->state == BATCH_FREE)
        return true;
    add_counts(total, &b->counts);
    bool goes_on = p->use->take(p->use->take_context, &b->out, total);
    buf_reset(&b->out);
    b->counts = (InventoryCounts){0};
    b->state = BATCH_FREE;
    return goes_on;
}

static void hand_out(Pool *p, Batch *b)
{
    pthread_mutex_lock(&p->lock);
    b->state = BATCH_FULL;
    p->handed++;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
}

// False at the end of the file.
static bool fill(Batch *b, JsonStream *stream, bool *ret_world)
{
    arena_reset(b->texts);
    b->pieces.items = NULL;
    b->pieces.len = b->pieces.cap = 0;
    b->bytes = 0;
    while (b->pieces.len < BATCH_ITEMS && b->bytes < BATCH_BYTES) {
        Piece piece = {0};
        JsonError error = {0};
        JsonStep step = json_stream_next(stream, b->texts, &piece.text, &error);
        if (step == JSON_STEP_END || step == JSON_STEP_WORLD) {
            *ret_world = step == JSON_STEP_WORLD;
            return false;
        }
        piece.line = json_stream_line(stream);
        if (step == JSON_STEP_ERROR)
            piece.error = error.message;
        else
            piece.text.p = arena_copy(b->texts, piece.text.p, piece.text.n);
        b->bytes += piece.text.n;
        vec_push(b->texts, &b->pieces, piece);
    }
    return true;
}

static bool run(Pool *p, JsonStream *stream, InventoryCounts *total, bool *ret_world)
{
    bool more = true, goes_on = true;
    uint64_t next = 0;
    for (; more && goes_on; next++) {
        Batch *b = &p->batches[next % p->count];
        goes_on = collect(p, b, total);
        if (!goes_on)
            break;
        more = fill(b, stream, ret_world);
        if (b->pieces.len > 0)
            hand_out(p, b);
        else
            break;
    }
    for (uint32_t i = 0; i < p->count; i++) { // the oldest first
        if (!collect(p, &p->batches[(next + i) % p->count], total))
            goes_on = false;
    }
    return goes_on;
}

static void pool_open(Pool *p, pthread_t *threads, uint32_t *ret_threads)
{
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->done, NULL);
    for (uint32_t i = 0; i < p->count; i++) {
        Batch *b = &p->batches[i];
        b->texts = arena_new();
        b->memory = arena_new();
        b->scratch = eval_scratch_new();
        eval_scratch_trace(b->scratch, p->use->trace);
    }
    uint32_t wanted = *ret_threads;
    *ret_threads = 0;
    while (*ret_threads < wanted && pthread_create(&threads[*ret_threads], NULL, work, p) == 0)
        ++*ret_threads;
}

static void pool_close(Pool *p, const pthread_t *threads, uint32_t count)
{
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (uint32_t i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    for (uint32_t i = 0; i < p->count; i++) {
        arena_free(p->batches[i].texts);
        arena_free(p->batches[i].memory);
        eval_scratch_free(p->batches[i].scratch);
        buf_free(&p->batches[i].out);
    }
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->work);
    pthread_cond_destroy(&p->done);
}

bool inventory_assess(JsonStream *stream, const InventoryUse *use, InventoryCounts *ret, Status *st)
{
    Arena *a = arena_new();
    pthread_t threads[THREADS_MOST];
    uint32_t count = use->threads < 1 ? 1 : use->threads;
    count = count > THREADS_MOST ? THREADS_MOST : count;
    Pool p = {.use = use, .count = count * BATCHES_PER_THREAD};
    p.batches = ARENA_ARRAY(a, Batch, p.count);
    *ret = (InventoryCounts){0};
    bool world = false, good = false;
    pool_open(&p, threads, &count);
    if (count > 0)
        good = run(&p, stream, ret, &world);
    else
        *st = (Status){STATUS_IO, "could not start a thread"};
    pool_close(&p, threads, count);
    arena_free(a);
    if (world)
        *st = *json_stream_status(stream);
    return good && !world;
}

// --- the first pass ------------------------------------------------------------------------------------

static bool is_wanted(const Estate *e, Str type)
{
    const char *const *types;
    uint32_t count = estate_related_types(e, &types);
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal_nocase(str_of(types[i]), type))
            return true;
    }
    return false;
}

typedef VEC(Str) Words;

static void last_words(Arena *a, const Estate *e, Words *ret)
{
    const char *const *types;
    uint32_t count = estate_related_types(e, &types);
    for (uint32_t i = 0; i < count; i++) {
        const char *slash = strrchr(types[i], '/');
        vec_push(a, ret, str_of(slash ? slash : types[i]));
    }
}

// Without reading it: the last word of its type stands in what a resource says of its type or its
// id, behind a slash, unless it is written in escapes.
static bool may_be_wanted(const Words *words, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        const char *slash = memchr(text.p + i, '/', text.n - i);
        if (!slash)
            break;
        i = (size_t)(slash - text.p);
        for (uint32_t k = 0; k < words->len; k++)
            if (str_starts_nocase((Str){slash, text.n - i}, words->items[k]))
                return true;
    }
    for (size_t i = 0; i + 1 < text.n; i++) {
        const char *escape = memchr(text.p + i, '\\', text.n - 1 - i);
        if (!escape)
            break;
        i = (size_t)(escape - text.p) + 1;
        if (text.p[i] == 'u')
            return true;
    }
    return false;
}

bool inventory_related(JsonStream *stream, const Estate *estate, Arena *a, Related *ret, Status *st)
{
    Arena *scratch = arena_new();
    Words words = {0};
    last_words(a, estate, &words);
    for (;;) {
        Str text;
        JsonError error;
        arena_reset(scratch);
        JsonStep step = json_stream_next(stream, scratch, &text, &error);
        if (step == JSON_STEP_WORLD)
            *st = *json_stream_status(stream);
        if (step == JSON_STEP_WORLD || step == JSON_STEP_END) {
            arena_free(scratch);
            return step == JSON_STEP_END;
        }
        Data d;
        const char *reason;
        if (step == JSON_STEP_ERROR || !may_be_wanted(&words, text) ||
            !json_read(scratch, text, JSON_STRICT, &d, &error))
            continue; // said in the second pass
        const Data *resource = resource_read(scratch, &d, &reason);
        const Data *type = resource ? data_get_nocase(resource, str_of("type")) : NULL;
        if (type && type->kind == DATA_STRING && is_wanted(estate, data_str(type))) {
            Data *kept = ARENA_NEW(a, Data);
            text.p = arena_copy(a, text.p, text.n);
            json_read(a, text, JSON_STRICT, kept, &error);
            related_add(ret, resource_read(a, kept, &reason));
        }
    }
}
