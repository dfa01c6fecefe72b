// io_test.c - files are read whole, written whole or not at all.
//
// SPDX-License-Identifier: MIT
#include "unit/unit.h"

#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Fixture {
    Arena *arena;
    char folder[64];
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    snprintf(f->folder, sizeof f->folder, "/tmp/moat-io-XXXXXX");
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

static void must_write(const char *path, const char *text)
{
    Status st;
    assert_true(io_write_file(path, STR(text), &st));
}

static void assert_holds(Fixture *f, const char *path, const char *text)
{
    Str data;
    Status st;
    assert_true(io_read_file(f->arena, path, 1000, &data, &st));
    assert_true(str_equal(data, STR(text)));
    assert_int_equal(data.p[data.n], '\0');
}

static size_t entries_in(Fixture *f)
{
    IoEntry *entries;
    size_t count;
    Status st;
    assert_true(io_list_folder(f->arena, f->folder, &entries, &count, &st));
    return count;
}

static void assert_unreadable(Fixture *f, const char *path, size_t limit, StatusCode code,
                              const char *reason)
{
    Str data;
    Status st;
    assert_false(io_read_file(f->arena, path, limit, &data, &st));
    assert_int_equal(st.code, code);
    assert_string_equal(st.message,
                        arena_printf(f->arena, "could not read `%s`: %s", path, reason));
}

static void what_is_written_is_read(void **state)
{
    Fixture *f = *state;
    const char *path = in_folder(f, "x");
    must_write(path, "one");
    assert_holds(f, path, "one");
    must_write(path, "");
    assert_holds(f, path, "");
    assert_int_equal(entries_in(f), 1); // no temporary file is left
    assert_true(io_is_file(path) && !io_is_folder(path) && io_is_folder(f->folder));
}

static void unreadable_files_say_why(void **state)
{
    Fixture *f = *state;
    const char *path = in_folder(f, "x");
    assert_unreadable(f, path, 10, STATUS_NOT_FOUND, "no such file or folder");
    assert_unreadable(f, f->folder, 10, STATUS_NOT_A_FILE, "it is a folder");
    assert_unreadable(f, "/dev/null", 10, STATUS_NOT_A_FILE, "it is not a regular file");
    must_write(path, "12345");
    assert_unreadable(f, path, 4, STATUS_TOO_LARGE, "the file is too large");
    assert_unreadable(f, in_folder(f, "x/y"), 4, STATUS_NOT_FOUND,
                      "a part of the path is not a folder");
    assert_int_equal(mkfifo(in_folder(f, "fifo"), 0600), 0);
    assert_unreadable(f, in_folder(f, "fifo"), 10, STATUS_NOT_A_FILE, "it is not a regular file");
    if (geteuid() == 0)
        return; // root may read everything; tests/cli/ drops its rights
    chmod(path, 0);
    assert_unreadable(f, path, 10, STATUS_DENIED, "permission denied");
}

static void files_that_grow_while_read_are_read(void **state)
{
    Fixture *f = *state;
    Str data;
    Status st;
    if (!io_is_file("/proc/self/status"))
        skip();
    assert_true(io_read_file(f->arena, "/proc/self/status", 1 << 20, &data, &st)); // says 0 bytes
    assert_true(data.n > 100);
    assert_unreadable(f, "/proc/self/status", 100, STATUS_TOO_LARGE, "the file is too large");
}

static void what_cannot_be_written_stays(void **state)
{
    Fixture *f = *state;
    Status st;
    assert_false(io_write_file(f->folder, STR("x"), &st));
    assert_int_equal(st.code, STATUS_NOT_A_FILE);
    assert_false(io_write_file("/dev/null", STR("x"), &st));
    assert_int_equal(st.code, STATUS_NOT_A_FILE);
    assert_false(io_write_file(in_folder(f, "no/x"), STR("x"), &st));
    assert_int_equal(st.code, STATUS_NOT_FOUND);
    assert_int_equal(entries_in(f), 0);
}

static void modes_and_links_survive_a_rewrite(void **state)
{
    Fixture *f = *state;
    const char *file = in_folder(f, "file"), *first = in_folder(f, "first");
    must_write(file, "old");
    chmod(file, 0640);
    assert_int_equal(symlink("second", first), 0);
    assert_int_equal(symlink(file, in_folder(f, "second")), 0);
    must_write(first, "new");
    assert_holds(f, file, "new");
    struct stat info;
    assert_int_equal(lstat(first, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(file, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    Status st;
    assert_int_equal(symlink("loop", in_folder(f, "loop")), 0);
    assert_false(io_write_file(in_folder(f, "loop"), STR("x"), &st));
}

static void folders_are_made_and_listed(void **state)
{
    Fixture *f = *state;
    Status st;
    assert_true(io_make_folders(in_folder(f, "a//b/c/"), &st));
    assert_true(io_make_folders(in_folder(f, "a/b"), &st));
    assert_true(io_make_folders("", &st));
    assert_true(io_is_folder(in_folder(f, "a/b/c")));
    must_write(in_folder(f, "Z"), "");
    assert_int_equal(symlink("a", in_folder(f, "b")), 0);
    assert_false(io_make_folders(in_folder(f, "Z/y"), &st));
    IoEntry *entries;
    size_t count;
    assert_true(io_list_folder(f->arena, f->folder, &entries, &count, &st));
    assert_int_equal(count, 3);
    assert_string_equal(entries[0].name, "Z");
    assert_string_equal(entries[1].name, "a");
    assert_true(entries[1].is_folder);
    assert_false(entries[2].is_folder); // a link
    assert_false(io_list_folder(f->arena, in_folder(f, "none"), &entries, &count, &st));
    assert_true(io_remove_file(in_folder(f, "Z"), &st));
    assert_true(io_remove_file(in_folder(f, "Z"), &st));
    assert_false(io_remove_file(in_folder(f, "a"), &st));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(unreadable_files_say_why),
        TEST(files_that_grow_while_read_are_read),
        TEST(what_cannot_be_written_stays),
        TEST(modes_and_links_survive_a_rewrite),
        TEST(folders_are_made_and_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
