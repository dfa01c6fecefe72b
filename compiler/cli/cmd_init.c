// cmd_init.c - moat init: a starter project that checks clean and builds.
//
// Its files are those of cli/starter/, in the binary as they are; only the name
// of the project is put in.
//
// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#define STARTER(id, path)                                                                          \
    extern const char moat_starter_##id[];                                                         \
    extern const char moat_starter_##id##_end[];                                                   \
    __asm__(".pushsection .rodata\n"                                                               \
            "moat_starter_" #id ": .incbin \"compiler/cli/starter/" path "\"\n"                    \
            "moat_starter_" #id "_end: .byte 0\n"                                                  \
            ".popsection\n");

STARTER(project, "project.moat")
STARTER(network, "network.moat")
STARTER(network_test, "network_test.moat")
STARTER(baseline, "baseline.moat")
STARTER(readme, "README.md")
STARTER(gitignore, "gitignore")

static const struct {
    const char *name, *start, *end;
} FILES[] = {
    {"project.moat", moat_starter_project, moat_starter_project_end},
    {"network.moat", moat_starter_network, moat_starter_network_end},
    {"network_test.moat", moat_starter_network_test, moat_starter_network_test_end},
    {"baseline.moat", moat_starter_baseline, moat_starter_baseline_end},
    {"README.md", moat_starter_readme, moat_starter_readme_end},
    {".gitignore", moat_starter_gitignore, moat_starter_gitignore_end},
};

enum { FILE_COUNT = sizeof FILES / sizeof FILES[0] };

// The folder's name where it can be a project's, else my-project.
static const char *project_name(Cli *cli, const char *folder)
{
    char here[PATH_MAX];
    bool dots = folder[strspn(folder, "./")] == '\0';
    const char *path = dots && getcwd(here, sizeof here) ? here : folder;
    size_t n = strlen(path);
    while (n && path[n - 1] == '/')
        n--;
    size_t start = n;
    while (start && path[start - 1] != '/')
        start--;
    Buf name = {0};
    for (size_t i = start; i < n; i++) {
        char c = ascii_lower(path[i]);
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-_.", c);
        buf_char(&name, fits ? c : '-');
    }
    bool usable = name.n && name.n <= 64 && name.p[0] >= 'a' && name.p[0] <= 'z';
    const char *ret = usable ? arena_copy(cli->arena, name.p, name.n) : "my-project";
    buf_free(&name);
    return ret;
}

// The text with each `my-project` replaced.
static void fill_in(Buf *out, Str text, const char *name)
{
    static const char mark[] = "my-project";
    enum { MARK = sizeof mark - 1 };
    for (size_t i = 0; i < text.n;) {
        if (text.n - i >= MARK && memcmp(text.p + i, mark, MARK) == 0) {
            buf_str(out, name);
            i += MARK;
        } else {
            buf_char(out, text.p[i++]);
        }
    }
}

// Also true for a link that leads nowhere: it would be replaced.
static bool is_taken(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static bool write_files(Cli *cli, const char *folder, Status *st)
{
    const char *name = project_name(cli, folder);
    bool ok = true;
    for (size_t i = 0; i < FILE_COUNT && ok; i++) {
        Buf text = {0};
        fill_in(&text, (Str){FILES[i].start, (size_t)(FILES[i].end - FILES[i].start)}, name);
        const char *path = arena_printf(cli->arena, "%s/%s", folder, FILES[i].name);
        ok = io_write_file(path, (Str){text.p, text.n}, st);
        buf_free(&text);
    }
    return ok;
}

static void tell(Cli *cli, const char *folder)
{
    Buf b = {0};
    bool here = strcmp(folder, ".") == 0;
    buf_str(&b, here ? "Wrote a starter project here:\n" : "Wrote a starter project to ");
    if (!here) {
        text_safe(&b, folder);
        buf_str(&b, ":\n");
    }
    for (size_t i = 0; i < FILE_COUNT; i++)
        buf_printf(&b, "  %s\n", FILES[i].name);
    buf_str(&b, "\nNext: ");
    if (!here) {
        buf_str(&b, "cd ");
        text_safe(&b, folder);
        buf_str(&b, ", ");
    }
    buf_str(&b, "read network.moat, run moat test and moat build\n");
    stream_write(&cli->out, &b);
    buf_free(&b);
}

ExitCode cmd_init(Cli *cli)
{
    const char *folder = cli->word_count ? cli->words[0] : ".";
    Status st;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        const char *path = arena_printf(cli->arena, "%s/%s", folder, FILES[i].name);
        if (is_taken(path)) {
            snprintf(st.message, sizeof st.message,
                     "`%.400s` is there already; nothing was written", path);
            return cli_world(cli, &st);
        }
    }
    if (!io_make_folders(folder, &st) || !write_files(cli, folder, &st))
        return cli_world(cli, &st);
    tell(cli, folder);
    return EXIT_FINE;
}
