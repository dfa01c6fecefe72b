"""Laying out what is laid out changes nothing, and no word and no comment is lost.

For every moat file of the project: fmt(fmt(x)) = fmt(x), and x and fmt(x) have
the same characters in the same order once white space, commas and brackets are gone.
"""
# SPDX-License-Identifier: MIT

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

MOAT = os.environ["MOAT"]
TOP = pathlib.Path(os.environ["TOP"])
TOKEN = re.compile(rb'//[^\n]*|"(?:\\.|[^"\\\n])*"|[^\s,()\[\]{}"/]+|/')


def lay_out(text):
    done = subprocess.run([MOAT, "fmt", "-"], input=text, capture_output=True)
    return done.stdout if done.returncode == 0 else None


def words(text):
    return b"".join(w.rstrip() for w in TOKEN.findall(text))


def judge(path):
    """None: the file has a syntax error, which the reject suite is about."""
    source = path.read_bytes()
    once = lay_out(source)
    if once is None:
        return None
    if lay_out(once) != once:
        return f"{path.relative_to(TOP)}: laid out twice differs from once"
    if words(once) != words(source.removeprefix(b"\xef\xbb\xbf")):
        return f"{path.relative_to(TOP)}: its words changed"
    return True


files = [p for folder in ("stdlib", "examples", "tests/golden", "tests/reject")
         for p in sorted((TOP / folder).rglob("*.moat"))]
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    results = [r for r in pool.map(judge, files) if r is not None]
broken = [r for r in results if r is not True]
print("\n".join(broken))
print(f"{len(results) - len(broken)} passed, {len(broken)} failed")
sys.exit(1 if broken else 0)
