"""Azure's own policies are read whole: read → write gives what was there.

Every definition and initiative of the corpus (../shared beside the checkout)
comes back canonically equal. One difference is allowed: a keyword of the rule
language or a member of Azure's own is written in canonical case (`anyof` →
`anyOf`, `Version` → `version`). Order of members and white space never counted.
Nothing in a control-plane rule may be left as a value that is not modelled.

What `moat build` makes of each golden program comes back byte for byte.
"""
# SPDX-License-Identifier: MIT

import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(os.environ["TOP"])
MOAT = pathlib.Path(os.environ["MOAT"])
LAW = MOAT.parent / "tests/laws/policy_read_law"
CORPUS = TOP.parent / "shared/corpus"
KEYWORD = re.compile(r"/(properties|policyRule|if|then|details|existenceCondition|where|count|not|"
                     r"(allOf|anyOf)/\d+)$|^$", re.I)
passed = failed = 0


def judge(holds, what):
    global passed, failed
    passed += holds
    failed += not holds
    if not holds and failed < 10:
        print(what)


def documents(text):
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def members(value, path):
    """name → (as written, value): folded where it is a keyword's place."""
    fold = bool(KEYWORD.search(path))
    return {name.lower() if fold else name: (name, inner) for name, inner in value.items()}


def differences(before, after, path, cases):
    if isinstance(before, dict) and isinstance(after, dict):
        left, right = members(before, path), members(after, path)
        for name in sorted(left.keys() | right.keys()):
            if name not in left or name not in right:
                yield f"{path}/{name}: {'added' if name not in left else 'lost'}"
                continue
            if left[name][0] != right[name][0]:
                cases[f"{left[name][0]} → {right[name][0]}"] += 1
            yield from differences(left[name][1], right[name][1], f"{path}/{right[name][0]}", cases)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, (a, b) in enumerate(zip(before, after)):
            yield from differences(a, b, f"{path}/{i}", cases)
    elif type(before) is not type(after) or before != after:
        yield f"{path}: {json.dumps(before)[:200]} became {json.dumps(after)[:200]}"


def rewritten(path):
    done = subprocess.run([LAW, path], capture_output=True, text=True)
    summary = done.stderr.strip().split("\n")[-1]
    judge(done.returncode == 0, f"{path.name}: {done.stderr[-3000:]}")
    judge(" 0 control-plane rules with details not modelled" in summary, summary)
    return list(documents(done.stdout)), summary


def corpus(name, folder):
    cases = collections.Counter()
    path = folder / f"{name}.ndjson"
    path.write_bytes(gzip.open(CORPUS / f"{name}.ndjson.gz").read())
    before = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    after, summary = rewritten(path)
    judge(len(before) == len(after), f"{name}: {len(before)} read, {len(after)} written")
    for a, b in zip(before, after):
        found = list(differences(a, b, "", cases))
        judge(not found, f"{a['name']}: " + "\n    ".join(found[:5]))
    print(f"{name}: {summary}; {sum(cases.values())} names in canonical case: {', '.join(sorted(cases))}")


def goldens(folder):
    """The law's program compares the bytes."""
    for source in sorted((TOP / "tests/golden").rglob("*.moat")):
        out = folder / source.stem
        done = subprocess.run([MOAT, "build", source, "-o", out], capture_output=True)
        if done.returncode == 0:
            files = sorted(out.glob("policy*/*.json"))
            done = subprocess.run([LAW, "--same", *files], capture_output=True, text=True)
            judge(done.returncode == 0, f"{source.name}: {done.stdout}")


with tempfile.TemporaryDirectory(prefix="moat-read-") as temporary:
    temporary = pathlib.Path(temporary)
    goldens(temporary)
    if CORPUS.exists():
        corpus("policyDefinitions", temporary)
        corpus("policySetDefinitions", temporary)
    else:
        print("the corpus of built-in policies is not here (../shared): skipped")
print(f"{passed} passed, {failed} failed, {0 if CORPUS.exists() else 1} skipped")
sys.exit(failed > 0)
