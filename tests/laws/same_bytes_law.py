"""The same sources give the same bytes.

Builds each example again from another folder, from a copy whose files were made
in another order, with another locale, time zone and home, and from the paths of
its files in reverse; then compares everything written, the manifest too.
"""
# SPDX-License-Identifier: MIT

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

MOAT = os.environ["MOAT"]
EXAMPLES = pathlib.Path(os.environ["TOP"]) / "examples"


def build(sources, out, cwd, **env):
    command = [MOAT, "build", *map(str, sources), "-o", str(out)]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **env}, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode()}")
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def copied_backwards(project, to):
    for path in sorted((p for p in project.rglob("*") if p.is_file()), reverse=True):
        target = to / path.relative_to(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return to


def variants(project, folder):
    files = sorted(str(p.relative_to(project)) for p in project.rglob("*.moat"))
    yield "from its folder", lambda out: build(["."], out, project)
    yield "from elsewhere", lambda out: build([project], out, folder)
    yield "its files in reverse", lambda out: build(reversed(files), out, project)
    yield "in another world", lambda out: build(
        ["."], out, project, LC_ALL="C.UTF-8", TZ="Pacific/Kiritimati", HOME="/", COLUMNS="20")
    copy = copied_backwards(project, folder / "copy of it")
    yield "a copy elsewhere", lambda out: build([copy], out, folder)


def judge(project):
    first = None
    with tempfile.TemporaryDirectory(prefix="moat-same-") as folder:
        folder = pathlib.Path(folder)
        for name, make in variants(project, folder):
            shutil.rmtree(folder / "out", ignore_errors=True)
            found = make(folder / "out")
            first = first or found
            if found != first:
                differ = sorted(k for k in set(found) | set(first) if found.get(k) != first.get(k))
                print(f"{project.name}, {name}: {', '.join(differ[:5])} differ")
                return False
    return True


results = [judge(p) for p in sorted(EXAMPLES.iterdir()) if p.is_dir()]
print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(0 if all(results) else 1)
