"""Whatever fails - memory, a read, a write - moat says so, and nothing is half written.

Lets the n-th call fail, for every n until none does (memory: a spread of them),
while `check`, `build` and `fmt` work on a small project. Then:

- the exit code is 70 for memory, 3 for the world, and there is a message;
- sources are never changed by check and build; fmt leaves a file old or new;
- no temporary file stays behind, except where memory ended the run;
- building again without a fault gives the same bytes as if nothing had happened.
"""
# SPDX-License-Identifier: MIT

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

MOAT = pathlib.Path(os.environ["MOAT"])
FAULTY = pathlib.Path(os.environ["B"]) / "tests/faults/moat"
CALLS = ["alloc", "read", "write", "open", "openat", "close", "fsync", "rename", "renameat", "mkdir",
         "mkdirat", "unlinkat"]
MOST_ALLOCATIONS = 300  # tried one by one; from there on every so many

PROGRAM = b"""requirement tls "Storage speaks TLS 1.2 or later" {
  effect deny
    for storage_account { require supportsHttpsTrafficOnly == true }
}
use azure.storage
"""


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def moat(program, folder, command, fault=None):
    env = {**os.environ, "LC_ALL": "C", **({"MOAT_FAULT": fault} if fault else {})}
    return subprocess.run([program, *command], cwd=folder, env=env, capture_output=True, timeout=120)


def new_project(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "main.moat").write_bytes(PROGRAM)


def judge(folder, command, call, n, expected):
    """True if a fault was injected; raises on a broken law."""
    new_project(folder)
    done = moat(FAULTY, folder, command, f"{call}:{n}")
    injected = b"fault injected\n" in done.stderr
    said = done.stderr.replace(b"fault injected\n", b"").strip()
    what = f"{' '.join(command)} with {call}:{n}"
    assert done.returncode >= 0, f"{what}: crashed\n{done.stderr.decode()}"
    if not injected:
        assert done.returncode == 0, f"{what}: exit {done.returncode}"
    elif call == "alloc":
        assert done.returncode == 70, f"{what}: exit {done.returncode}\n{said.decode()}"
    elif done.returncode != 0:  # some failures do no harm: closing what was read
        assert done.returncode == 3, f"{what}: exit {done.returncode}\n{said.decode()}"
    assert done.returncode == 0 or said, f"{what}: no message"
    files = tree(folder)
    sources = (PROGRAM, expected["main.moat"]) if command[0] == "fmt" else (PROGRAM,)
    assert files["main.moat"] in sources, f"{what}: the source was harmed"
    left = [p for p in files if ".tmp" in p]
    assert call == "alloc" or not left, f"{what}: left {left}"
    again = moat(MOAT, folder, command)
    assert again.returncode == 0, f"{what}: cannot be run again\n{again.stderr.decode()}"
    files = {p: b for p, b in tree(folder).items() if ".tmp" not in p}
    assert files == expected, f"{what}: differs after a second run"
    return injected


def numbers(call):
    yield from range(1, MOST_ALLOCATIONS)
    n = MOST_ALLOCATIONS
    while True:
        yield n
        n += max(1, n // 20)


def torture(command, call):
    with tempfile.TemporaryDirectory(prefix="moat-faults-") as folder:
        project = pathlib.Path(folder) / "p"
        new_project(project)
        done = moat(MOAT, project, command)
        assert done.returncode == 0, done.stderr.decode()
        expected = tree(project)
        tried = 0
        for n in numbers(call):
            if not judge(project, command, call, n, expected):
                break
            tried += 1
    return f"{command[0]:<6} {call:<8} {tried:>5} faults"


def main():
    commands = [["check"], ["build", "-o", "out"], ["fmt"]]
    jobs = [(command, call) for command in commands for call in CALLS]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for line in pool.map(lambda j: torture(*j), jobs):
            print(line)


if not FAULTY.exists():
    print("MODE=cov builds no faulty moat")
    sys.exit(77)
try:
    main()
except AssertionError as e:
    sys.exit(str(e))
