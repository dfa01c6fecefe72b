// output.c - the output folder: all of a build, or what was there before.
//
// First every file that differs is written beside its place under a temporary
// name, and the new manifest last: a full disk or a read-only folder shows now,
// while nothing has changed. The new manifest then becomes the journal, the
// files are renamed into place, what the old manifest names and the new one
// does not is removed, and the journal becomes the manifest. A build that was
// killed leaves its journal: the next one knows from it which files are moat's,
// and completes. Nothing but files of this shape is ever written or removed,
// and links are not followed, so nothing outside the folder is touched.
//
// SPDX-License-Identifier: MIT
#include "output.h"

#include "base/hash.h"
#include "base/vec.h"
#include "policy/json_out.h"

#include <sys/file.h>

#define MANIFEST ".moat-manifest.json"
#define JOURNAL ".moat-journal.json"

enum { MANIFEST_BYTES = 64 << 20, MANIFEST_VERSION = 1 };

// The folder itself comes first.
static const char *const FOLDERS[] = {"", "policyAssignments", "policyDefinitions",
                                      "policyExemptions", "policySetDefinitions"};
enum { FOLDER_COUNT = sizeof FOLDERS / sizeof FOLDERS[0] };

typedef struct Place { // where a path leads
    uint32_t folder;   // of FOLDERS
    const char *name;
} Place;

typedef struct Change {
    Place place;
    char temporary[32]; // its name until it is renamed
    bool done;
} Change;

typedef VEC(const char *) Paths;

typedef struct Added {
    const char *path;
    char hash[65];
} Added;

struct Output {
    Arena *arena;
    const char *path;
    Status *status;
    int folders[FOLDER_COUNT]; // -1: not there
    Paths kept;                // what the manifest names
    Paths left;                // what a killed build's journal names
    VEC(Added) files;
    VEC(Change) changes;
    MoatChanges counts;
};

static bool fail(Output *o, int error, const char *verb, const char *path)
{
    return status_errno(o->status, error, verb, arena_printf(o->arena, "%s/%s", o->path, path));
}

static bool fail_with(Output *o, StatusCode code, const char *path, const char *reason)
{
    o->status->code = code;
    snprintf(o->status->message, sizeof o->status->message, "could not write `%.300s/%.200s`: %s",
             o->path, path, reason);
    return false;
}

// --- paths -----------------------------------------------------------------------------------

// sourcemap.json, or folder/name.json with one of the folders: nothing else is moat's.
static bool path_place(const char *path, Place *ret)
{
    const char *slash = strchr(path, '/');
    *ret = (Place){0, slash ? slash + 1 : path};
    if (!slash)
        return strcmp(path, "sourcemap.json") == 0;
    size_t n = strlen(ret->name);
    if (n <= 5 || strcmp(ret->name + n - 5, ".json") != 0 || ret->name[0] == '.' ||
        strchr(ret->name, '/'))
        return false;
    for (uint32_t i = 1; i < FOLDER_COUNT; i++) {
        if (strlen(FOLDERS[i]) == (size_t)(slash - path) &&
            strncmp(FOLDERS[i], path, (size_t)(slash - path)) == 0)
            ret->folder = i;
    }
    return ret->folder != 0;
}

static const char *place_path(Output *o, Place p)
{
    return p.folder ? arena_printf(o->arena, "%s/%s", FOLDERS[p.folder], p.name) : p.name;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_paths(Paths *paths)
{
    if (paths->len)
        qsort(paths->items, paths->len, sizeof *paths->items, compare_paths);
}

static bool has_path(const Paths *sorted, const char *path)
{
    return sorted->len &&
           bsearch(&path, sorted->items, sorted->len, sizeof *sorted->items, compare_paths);
}

// --- folders ---------------------------------------------------------------------------------

static bool open_folder(Output *o, uint32_t i)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    o->folders[i] = openat(o->folders[0], FOLDERS[i], flags);
    if (o->folders[i] >= 0 || errno == ENOENT)
        return true;
    if (errno == ENOTDIR || errno == ELOOP)
        return fail_with(o, STATUS_NOT_A_FILE, FOLDERS[i], "it is a link or not a folder");
    return fail(o, errno, "open folder", FOLDERS[i]);
}

static bool make_folder(Output *o, uint32_t i)
{
    if (o->folders[i] >= 0)
        return true;
    if (mkdirat(o->folders[0], FOLDERS[i], 0777) < 0 && errno != EEXIST)
        return fail(o, errno, "make folder", FOLDERS[i]);
    if (!open_folder(o, i))
        return false;
    return o->folders[i] >= 0 || fail(o, ENOENT, "open folder", FOLDERS[i]);
}

// What a killed build left half written: `.moat-<number>.tmp`.
static bool is_temporary(const char *name)
{
    if (strncmp(name, ".moat-", 6) != 0)
        return false;
    size_t digits = strspn(name + 6, "0123456789");
    return digits && strcmp(name + 6 + digits, ".tmp") == 0;
}

static bool clean_folder(Output *o, uint32_t i)
{
    IoEntry *entries = NULL;
    size_t count = 0;
    const char *path = arena_printf(o->arena, "%s/%s", o->path, FOLDERS[i]);
    if (!io_list_folder(o->arena, path, &entries, &count, o->status))
        return false;
    for (size_t k = 0; k < count; k++) {
        if (is_temporary(entries[k].name) && unlinkat(o->folders[i], entries[k].name, 0) < 0)
            return fail(o, errno, "remove", place_path(o, (Place){i, entries[k].name}));
    }
    return true;
}

static bool open_folders(Output *o)
{
    if (!io_make_folders(o->path, o->status))
        return false;
    o->folders[0] = open(o->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (o->folders[0] < 0)
        return status_errno(o->status, errno, "open folder", o->path);
    // Builds into one folder take turns; where locks do not work they are on their own.
    while (flock(o->folders[0], LOCK_EX) < 0 && errno == EINTR)
        continue;
    for (uint32_t i = 1; i < FOLDER_COUNT; i++) {
        if (!open_folder(o, i))
            return false;
    }
    for (uint32_t i = 0; i < FOLDER_COUNT; i++) {
        if (o->folders[i] >= 0 && !clean_folder(o, i))
            return false;
    }
    return true;
}

// --- reading what is there -------------------------------------------------------------------

static int open_file(const Output *o, Place p)
{
    return openat(o->folders[p.folder], p.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static size_t read_some(int fd, char *to, size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t k = read(fd, to + got, n - got);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            break;
        got += (size_t)k;
    }
    return got;
}

static bool file_equals(int fd, Str body)
{
    struct stat info;
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode) || (uintmax_t)info.st_size != body.n)
        return false;
    char part[16 << 10];
    for (size_t at = 0; at < body.n;) {
        size_t n = body.n - at < sizeof part ? body.n - at : sizeof part;
        if (read_some(fd, part, n) != n || memcmp(part, body.p + at, n) != 0)
            return false;
        at += n;
    }
    return true;
}

static bool is_up_to_date(const Output *o, Place p, Str body)
{
    if (o->folders[p.folder] < 0)
        return false;
    int fd = open_file(o, p);
    if (fd < 0)
        return false;
    bool equal = file_equals(fd, body);
    close(fd);
    return equal;
}

// `    "path": "hash",` as manifest_text writes it.
static bool manifest_entry(Str line, Str *ret_path)
{
    const char *p = line.p, *end = line.p + line.n;
    while (p < end && *p == ' ')
        p++;
    const char *quote = p < end && *p == '"' ? memchr(p + 1, '"', (size_t)(end - p - 1)) : NULL;
    if (!quote || end - quote < 4 || memcmp(quote, "\": \"", 4) != 0)
        return false;
    *ret_path = (Str){p + 1, (size_t)(quote - p - 1)};
    size_t digits = 0;
    for (p = quote + 4; p < end && isxdigit((unsigned char)*p); p++)
        digits++;
    return digits == 64 && p < end && *p == '"';
}

// The paths a manifest or journal names. One that moat has not written names none.
static bool read_manifest(Output *o, const char *name, Paths *ret)
{
    Str text;
    Status st;
    const char *path = arena_printf(o->arena, "%s/%s", o->path, name);
    if (!io_read_file(o->arena, path, MANIFEST_BYTES, &text, &st)) {
        if (st.code == STATUS_NOT_FOUND)
            return true;
        *o->status = st;
        return false;
    }
    const char *version = strstr(text.p, "\"version\": ");
    if (version && strtol(version + 11, NULL, 10) > MANIFEST_VERSION)
        return fail_with(o, STATUS_IO, name, "a newer moat has written it");
    for (size_t at = 0; at < text.n;) {
        const char *line = text.p + at, *end = memchr(line, '\n', text.n - at);
        size_t n = end ? (size_t)(end - line) : text.n - at;
        Str file;
        if (manifest_entry((Str){line, n}, &file))
            vec_push(o->arena, ret, arena_copy(o->arena, file.p, file.n));
        at += n + 1;
    }
    return true;
}

static bool exists(const Output *o, Place p, bool *ret_is_folder)
{
    struct stat info;
    if (fstatat(o->folders[p.folder], p.name, &info, AT_SYMLINK_NOFOLLOW) < 0)
        return false;
    *ret_is_folder = S_ISDIR(info.st_mode);
    return true;
}

// --- first everything beside its place -------------------------------------------------------

static bool write_all(int fd, Str data)
{
    while (data.n) {
        ssize_t n = write(fd, data.p, data.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        data = (Str){data.p + n, data.n - (size_t)n};
    }
    return true;
}

static bool write_temporary(Output *o, Place p, Str body)
{
    const char *path = place_path(o, p);
    Change c = {.place = p};
    snprintf(c.temporary, sizeof c.temporary, ".moat-%" PRIu32 ".tmp", o->changes.len);
    int fd = openat(o->folders[p.folder], c.temporary,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail(o, errno, "write", path);
    vec_push(o->arena, &o->changes, c);
    bool ok = write_all(fd, body);
    int error = errno;
    if (close(fd) < 0 && ok) {
        ok = false;
        error = errno;
    }
    return ok || fail(o, error, "write", path);
}

bool output_add(Output *o, const char *path, Str body)
{
    Place p;
    if (!path_place(path, &p))
        return fail_with(o, STATUS_IO, path, "it is not a name moat gives to files");
    Added file = {.path = arena_copy(o->arena, path, strlen(path))};
    p.name = file.path + (p.name - path);
    sha256_hex(body, file.hash);
    vec_push(o->arena, &o->files, file);
    if (is_up_to_date(o, p, body)) {
        o->counts.unchanged++;
        return true;
    }
    if (!make_folder(o, p.folder))
        return false;
    bool is_folder = false;
    if (!exists(o, p, &is_folder))
        o->counts.added++;
    else if (is_folder)
        return fail(o, EISDIR, "write", path);
    else
        o->counts.changed++;
    return write_temporary(o, p, body);
}

static Str manifest_text(const Output *o, Buf *text)
{
    Json j;
    json_start(&j, text, JSON_PRETTY);
    json_open_object(&j);
    json_key(&j, "version");
    json_int(&j, MANIFEST_VERSION);
    json_key(&j, "files");
    json_open_object(&j);
    for (uint32_t i = 0; i < o->files.len; i++) {
        json_text_key(&j, o->files.items[i].path);
        json_string(&j, str_of(o->files.items[i].hash));
    }
    json_close(&j);
    json_close(&j);
    json_finish(&j);
    return (Str){text->p, text->n};
}

// `ret_needed`: not everything is as it should be already.
static bool add_manifest(Output *o, bool *ret_needed)
{
    Buf text = {0};
    Place manifest = {0, MANIFEST}, journal = {0, JOURNAL};
    Str body = manifest_text(o, &text);
    bool is_folder;
    *ret_needed =
        o->changes.len || exists(o, journal, &is_folder) || !is_up_to_date(o, manifest, body);
    bool ok = !*ret_needed || write_temporary(o, manifest, body);
    buf_free(&text);
    return ok;
}

// --- then into place -------------------------------------------------------------------------

static bool rename_change(Output *o, Change *c, const char *to)
{
    int fd = o->folders[c->place.folder];
    if (renameat(fd, c->temporary, fd, to) < 0)
        return fail(o, errno, "write", place_path(o, c->place));
    return true;
}

static bool remove_path(Output *o, const char *path)
{
    Place p;
    if (!path_place(path, &p) || o->folders[p.folder] < 0)
        return true;
    if (unlinkat(o->folders[p.folder], p.name, 0) == 0)
        o->counts.removed++;
    else if (errno != ENOENT)
        return fail(o, errno, "remove", path);
    if (p.folder) // it goes too when it is empty now
        unlinkat(o->folders[0], FOLDERS[p.folder], AT_REMOVEDIR);
    return true;
}

// Removes what is in `paths` and in neither of the other two.
static bool remove_others(Output *o, const Paths *paths, const Paths *wanted, const Paths *later)
{
    for (uint32_t i = 0; i < paths->len; i++) {
        const char *path = paths->items[i];
        if (!has_path(wanted, path) && !has_path(later, path) && !remove_path(o, path))
            return false;
    }
    return true;
}

static bool commit_changes(Output *o)
{
    Change *manifest = &o->changes.items[o->changes.len - 1];
    Paths wanted = {0}, none = {0};
    for (uint32_t i = 0; i < o->files.len; i++)
        vec_push(o->arena, &wanted, o->files.items[i].path);
    sort_paths(&wanted);
    // What only the journal of a killed build names would be forgotten with it.
    if (!remove_others(o, &o->left, &wanted, &o->kept) || !rename_change(o, manifest, JOURNAL))
        return false;
    manifest->done = true;
    for (Change *c = o->changes.items; c < manifest; c++) {
        if (!rename_change(o, c, c->place.name))
            return false;
        c->done = true;
    }
    if (!remove_others(o, &o->kept, &wanted, &none))
        return false;
    return renameat(o->folders[0], JOURNAL, o->folders[0], MANIFEST) == 0 ||
           fail(o, errno, "write", MANIFEST);
}

bool output_commit(Output *o, MoatChanges *ret)
{
    bool needed = false;
    if (!add_manifest(o, &needed) || (needed && !commit_changes(o)))
        return false;
    *ret = o->counts;
    return true;
}

void output_close(Output *o)
{
    if (!o)
        return;
    for (uint32_t i = 0; i < o->changes.len; i++) {
        const Change *c = &o->changes.items[i];
        if (!c->done)
            unlinkat(o->folders[c->place.folder], c->temporary, 0);
    }
    for (uint32_t i = 0; i < FOLDER_COUNT; i++) {
        if (o->folders[i] >= 0)
            close(o->folders[i]);
    }
    arena_free(o->arena);
}

Output *output_open(const char *folder, Status *st)
{
    Arena *a = arena_new();
    Output *o = ARENA_NEW(a, Output);
    o->arena = a;
    o->path = folder;
    o->status = st;
    for (uint32_t i = 0; i < FOLDER_COUNT; i++)
        o->folders[i] = -1;
    if (!open_folders(o) || !read_manifest(o, MANIFEST, &o->kept) ||
        !read_manifest(o, JOURNAL, &o->left)) {
        output_close(o);
        return NULL;
    }
    sort_paths(&o->kept);
    return o;
}
