// output_test.c - the output folder holds a whole build or what it held before.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/hash.h"
#include "base/vec.h"
#include "output.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define DEFINITION "policyDefinitions/a.json"
#define OTHER "policyDefinitions/b.json"
#define EXEMPTION "policyExemptions/x.json"
#define MANIFEST ".moat-manifest.json"
#define JOURNAL ".moat-journal.json"

// --- a world that fails: these stand before those of libc ------------------------------------

static int steps_left;  // until the process ends; 0: it does not
static int writes_left; // until the disk is full; 0: it never is

long syscall(long number, ...);

static void kill_at(int step)
{
    steps_left = step;
}

static void fail_write(int n)
{
    writes_left = n;
}

static void step_done(void)
{
    if (steps_left > 0 && --steps_left == 0)
        raise(SIGKILL);
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (writes_left > 0 && --writes_left == 0) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t done = syscall(SYS_write, fd, p, n / 2); // a half at a time
    step_done();
    return done > 0 || n == 0 ? done : syscall(SYS_write, fd, p, n);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    step_done();
    return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, 0);
}

int unlinkat(int fd, const char *path, int flags)
{
    step_done();
    return (int)syscall(SYS_unlinkat, fd, path, flags);
}

// --- a folder of its own for each test -------------------------------------------------------

typedef struct File {
    const char *path;
    Str body;
} File;
typedef VEC(File) Files;

typedef struct Fixture {
    Arena *arena;
    char folder[64];
    Files files;
    MoatChanges changes;
    Status status;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    snprintf(f->folder, sizeof f->folder, "/tmp/moat-output-XXXXXX");
    *state = f;
    return mkdtemp(f->folder) ? 0 : -1;
}

static void remove_below(Arena *a, const char *path)
{
    IoEntry *entries;
    size_t count;
    Status st;
    if (io_list_folder(a, path, &entries, &count, &st)) {
        for (size_t i = 0; i < count; i++) {
            const char *below = arena_printf(a, "%s/%s", path, entries[i].name);
            if (entries[i].is_folder)
                remove_below(a, below);
            else
                unlink(below);
        }
    }
    rmdir(path);
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    remove_below(f->arena, f->folder);
    arena_free(f->arena);
    free(f);
    return 0;
}

static const char *in_folder(Fixture *f, const char *name)
{
    return arena_printf(f->arena, "%s/%s", f->folder, name);
}

static void add(Fixture *f, const char *path, const char *body)
{
    vec_push(f->arena, &f->files, ((File){path, str_of(body)}));
}

static bool write_folder(Fixture *f)
{
    f->status.message[0] = '\0';
    Output *o = output_open(f->folder, &f->status);
    bool ok = o != NULL;
    for (uint32_t i = 0; ok && i < f->files.len; i++)
        ok = output_add(o, f->files.items[i].path, f->files.items[i].body);
    ok = ok && output_commit(o, &f->changes);
    output_close(o);
    return ok;
}

static void write_files(Fixture *f)
{
    bool ok = write_folder(f);
    assert_string_equal(f->status.message, "");
    assert_true(ok);
}

static void cannot_write(Fixture *f, const char *why)
{
    assert_false(write_folder(f));
    if (!strstr(f->status.message, why))
        assert_string_equal(f->status.message, why);
}

static void changes_are(Fixture *f, uint32_t added, uint32_t changed, uint32_t unchanged,
                        uint32_t removed)
{
    assert_int_equal(f->changes.added, added);
    assert_int_equal(f->changes.changed, changed);
    assert_int_equal(f->changes.unchanged, unchanged);
    assert_int_equal(f->changes.removed, removed);
}

static const char *text_of(Fixture *f, const char *name)
{
    Str text;
    Status st;
    return io_read_file(f->arena, in_folder(f, name), 1 << 20, &text, &st) ? text.p : "(missing)";
}

static void put(Fixture *f, const char *name, const char *text)
{
    Status st;
    const char *path = in_folder(f, name);
    char *folder = arena_copy(f->arena, path, (size_t)(strrchr(path, '/') - path));
    assert_true(io_make_folders(folder, &st) && io_write_file(path, str_of(text), &st));
}

// A manifest or journal that names two files.
static void put_manifest(Fixture *f, const char *name, const char *one, const char *two)
{
    char hash[65] = {0};
    memset(hash, 'a', 64);
    put(f, name,
        arena_printf(f->arena,
                     "{\n  \"version\": 1,\n  \"files\": {\n    \"%s\": \"%s\",\n"
                     "    \"%s\": \"%s\"\n  }\n}\n",
                     one, hash, two, hash));
}

// Every file below the folder, in order, ended by a space each.
static void list_into(Fixture *f, Buf *out, const char *path)
{
    IoEntry *entries;
    size_t count;
    Status st;
    assert_true(io_list_folder(f->arena, path, &entries, &count, &st));
    for (size_t i = 0; i < count; i++) {
        const char *below = arena_printf(f->arena, "%s/%s", path, entries[i].name);
        if (entries[i].is_folder)
            list_into(f, out, below);
        else
            buf_printf(out, "%s ", below + strlen(f->folder) + 1);
    }
}

static void folder_is(Fixture *f, const char *expected)
{
    Buf found = {0};
    list_into(f, &found, f->folder);
    assert_string_equal(found.p ? found.p : "", expected);
    buf_free(&found);
}

static void first_build(Fixture *f)
{
    add(f, DEFINITION, "{1}\n");
    add(f, EXEMPTION, "{2}\n");
    add(f, "sourcemap.json", "{3}\n");
    write_files(f);
}

// --- what builds leave -----------------------------------------------------------------------

static void a_build_fills_its_folder(void **state)
{
    Fixture *f = *state;
    first_build(f);
    changes_are(f, 3, 0, 0, 0);
    folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
    assert_string_equal(text_of(f, DEFINITION), "{1}\n");
    char hash[3][65];
    for (int i = 0; i < 3; i++)
        sha256_hex(f->files.items[i].body, hash[i]);
    assert_string_equal(text_of(f, MANIFEST),
                        arena_printf(f->arena,
                                     "{\n  \"version\": 1,\n  \"files\": {\n"
                                     "    \"" DEFINITION "\": \"%s\",\n"
                                     "    \"" EXEMPTION "\": \"%s\",\n"
                                     "    \"sourcemap.json\": \"%s\"\n  }\n}\n",
                                     hash[0], hash[1], hash[2]));
}

static void what_is_up_to_date_is_left_alone(void **state)
{
    Fixture *f = *state;
    first_build(f);
    struct stat before, after;
    assert_int_equal(stat(in_folder(f, DEFINITION), &before), 0);
    write_files(f);
    changes_are(f, 0, 0, 3, 0);
    f->files.items[1].body = str_of("{4}\n");
    write_files(f);
    changes_are(f, 0, 1, 2, 0);
    assert_string_equal(text_of(f, EXEMPTION), "{4}\n");
    assert_int_equal(stat(in_folder(f, DEFINITION), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
}

static void what_a_build_no_longer_makes_is_removed(void **state)
{
    Fixture *f = *state;
    first_build(f);
    put(f, "notes.txt", "mine");
    put(f, "policyDefinitions/mine.json", "mine");
    f->files.items[1] = f->files.items[2];
    f->files.len = 2;
    write_files(f);
    changes_are(f, 0, 0, 2, 1);
    folder_is(f, MANIFEST " notes.txt " DEFINITION " policyDefinitions/mine.json sourcemap.json ");
    assert_false(io_is_folder(in_folder(f, "policyExemptions")));
    f->files.len = 0;
    write_files(f);
    folder_is(f, MANIFEST " notes.txt policyDefinitions/mine.json ");
}

static void a_changed_file_is_put_right(void **state)
{
    Fixture *f = *state;
    first_build(f);
    put(f, DEFINITION, "{edited}\n");
    write_files(f);
    changes_are(f, 0, 1, 2, 0);
    assert_string_equal(text_of(f, DEFINITION), "{1}\n");
}

// --- what killed builds leave ----------------------------------------------------------------

static void leftovers_of_a_killed_build_go(void **state)
{
    Fixture *f = *state;
    first_build(f);
    put(f, "policyDefinitions/.moat-0.tmp", "half a f");
    put(f, ".moat-12.tmp", "half a manif");
    put(f, JOURNAL, "{\"version\":1,\"fi"); // not whole: no renaming had begun
    put(f, ".moat-mine.tmp", "mine");
    write_files(f);
    folder_is(f, MANIFEST " .moat-mine.tmp " DEFINITION " " EXEMPTION " sourcemap.json ");
}

static void a_build_killed_while_renaming_is_completed(void **state)
{
    Fixture *f = *state;
    first_build(f);
    // The killed one had renamed b.json, and not yet removed x.json.
    put(f, OTHER, "{b}\n");
    put_manifest(f, JOURNAL, DEFINITION, OTHER);
    add(f, OTHER, "{b}\n");
    f->files.items[1] = f->files.items[3];
    f->files.len = 3;
    write_files(f);
    folder_is(f, MANIFEST " " DEFINITION " " OTHER " sourcemap.json ");
    assert_null(strstr(text_of(f, MANIFEST), EXEMPTION));
}

static void what_only_a_journal_names_is_removed_too(void **state)
{
    Fixture *f = *state;
    first_build(f);
    put(f, OTHER, "{b}\n");
    put_manifest(f, JOURNAL, DEFINITION, OTHER);
    write_files(f); // the sources have gone back to what they were
    changes_are(f, 0, 0, 3, 1);
    folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
}

static void a_lost_manifest_removes_nothing(void **state)
{
    Fixture *f = *state;
    first_build(f);
    put(f, MANIFEST, "[[[[ not JSON");
    f->files.len = 1;
    write_files(f);
    folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
    assert_null(strstr(text_of(f, MANIFEST), EXEMPTION));
}

// Two builds in turn: one that adds and removes, one that goes back.
static void second_build(Fixture *f, Files *ret)
{
    static const char *const PATHS[] = {"policyAssignments/p.json", DEFINITION, OTHER,
                                        "sourcemap.json"};
    *ret = (Files){0};
    for (int i = 0; i < 4; i++)
        vec_push(f->arena, ret, ((File){PATHS[i], str_of("{second}\n")}));
}

// Ends a child at each of its steps in turn: the next build ends where an undisturbed one would.
static void a_build_killed_at_any_step_is_completed(void **state)
{
    Fixture *f = *state;
    first_build(f);
    Files first = f->files, second;
    second_build(f, &second);
    int how = SIGKILL;
    for (int step = 1; WIFSIGNALED(how); step++) {
        pid_t child = fork();
        if (child == 0) {
            f->files = second;
            kill_at(step);
            _exit(write_folder(f) ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &how, 0), child);
        f->files = step % 2 ? second : first;
        write_files(f);
        f->files = first;
        write_files(f);
        folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
        assert_true(step < 100);
    }
    assert_int_equal(WEXITSTATUS(how), 0);
}

// --- when the disk is full -------------------------------------------------------------------

static void a_full_disk_changes_nothing(void **state)
{
    Fixture *f = *state;
    first_build(f);
    Files first = f->files, second;
    second_build(f, &second);
    for (int n = 1; n <= 5; n++) { // four files and the manifest
        f->files = second;
        fail_write(n);
        cannot_write(f, "no space left on the device");
        folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
        f->files = first;
        write_files(f);
        changes_are(f, 0, 0, 3, 0);
    }
    f->files = second;
    write_files(f);
}

// --- what is refused -------------------------------------------------------------------------

static void nothing_leaves_the_folder(void **state)
{
    Fixture *f = *state;
    static const char *const BAD[] = {
        "../x.json",
        "/etc/x.json",
        "policyDefinitions/../x.json",
        "x.json",
        "other/x.json",
        "policyDefinitions/.x.json",
        "sourcemap.js",
        "policyDefinitions/",
        "policyDefinitions/x.txt",
        "policyDef/x.json",
        "policyDefinitions/a/b.json",
        "",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        f->files.len = 0;
        add(f, BAD[i], "{}");
        cannot_write(f, "it is not a name moat gives to files");
    }
    folder_is(f, "");
    f->files.len = 0;
    put(f, "mine.json", "mine");
    put_manifest(f, MANIFEST, "mine.json", "policyDefinitions/../../mine.json");
    write_files(f);
    folder_is(f, MANIFEST " mine.json ");
}

static void links_are_not_followed(void **state)
{
    Fixture *f = *state;
    put(f, "elsewhere/a.json", "mine");
    assert_int_equal(symlink("elsewhere", in_folder(f, "policyDefinitions")), 0);
    add(f, DEFINITION, "{1}\n");
    cannot_write(f, "policyDefinitions`: it is a link or not a folder");
    assert_int_equal(unlink(in_folder(f, "policyDefinitions")), 0);
    assert_int_equal(mkdir(in_folder(f, "policyDefinitions"), 0777), 0);
    assert_int_equal(symlink("../elsewhere/a.json", in_folder(f, DEFINITION)), 0);
    write_files(f); // the link is replaced, not what it names
    assert_string_equal(text_of(f, "elsewhere/a.json"), "mine");
    assert_string_equal(text_of(f, DEFINITION), "{1}\n");
}

static void nothing_changes_when_one_file_cannot_be_written(void **state)
{
    Fixture *f = *state;
    first_build(f);
    assert_int_equal(mkdir(in_folder(f, OTHER), 0777), 0);
    f->files.items[0].body = str_of("{new}\n");
    add(f, OTHER, "{b}\n");
    cannot_write(f, OTHER "`: it is a folder");
    assert_string_equal(text_of(f, DEFINITION), "{1}\n");
    folder_is(f, MANIFEST " " DEFINITION " " EXEMPTION " sourcemap.json ");
}

static void a_file_is_no_folder(void **state)
{
    Fixture *f = *state;
    put(f, "policyDefinitions", "mine");
    add(f, DEFINITION, "{1}\n");
    cannot_write(f, "policyDefinitions`: it is a link or not a folder");
    snprintf(f->folder + strlen(f->folder), 20, "/policyDefinitions");
    cannot_write(f, "could not make folder");
    *strrchr(f->folder, '/') = '\0';
}

static void a_newer_manifest_is_respected(void **state)
{
    Fixture *f = *state;
    put(f, MANIFEST, "{\n  \"version\": 2,\n  \"files\": {}\n}\n");
    add(f, DEFINITION, "{1}\n");
    cannot_write(f, "a newer moat has written it");
    folder_is(f, MANIFEST " ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_build_fills_its_folder),
        TEST(what_is_up_to_date_is_left_alone),
        TEST(what_a_build_no_longer_makes_is_removed),
        TEST(a_changed_file_is_put_right),
        TEST(leftovers_of_a_killed_build_go),
        TEST(a_build_killed_while_renaming_is_completed),
        TEST(what_only_a_journal_names_is_removed_too),
        TEST(a_lost_manifest_removes_nothing),
        TEST(a_build_killed_at_any_step_is_completed),
        TEST(a_full_disk_changes_nothing),
        TEST(nothing_leaves_the_folder),
        TEST(links_are_not_followed),
        TEST(nothing_changes_when_one_file_cannot_be_written),
        TEST(a_file_is_no_folder),
        TEST(a_newer_manifest_is_respected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
