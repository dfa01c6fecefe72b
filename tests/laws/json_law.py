"""The JSON reader takes what Python's takes and reads the same in it.

20,000 documents, laid out in every way, half of them then changed by some bytes. They differ
where the reader is stricter: names that occur twice, halves of surrogate pairs, numbers past
the largest, NaN and Infinity are refused. An integer past 64 bits is read as the nearest double.
"""
# SPDX-License-Identifier: MIT

import json
import os
import pathlib
import random
import subprocess
import sys

BUILD = pathlib.Path(os.environ["MOAT"]).parent
DOCUMENTS = 20000
TEXTS = ["", "a", "resource", "\"", "\\", "\n\t", "\x00", "\x7f", "ä€😀", "/subscriptions/{id}",
         "\u2028", "Microsoft.Storage/storageAccounts", "x" * 40]
CHANGES = [b"", b",", b":", b"{", b"}", b"[", b"]", b'"', b"\\", b"0", b"-", b".", b"e5", b"1e999",
           b" ", b"\n", b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\\ud800", b"\\u00", b"true", b"nul",
           b"NaN", b"-Infinity", b"//", b"\xef\xbb\xbf", b'"a":1,']
RANDOM = random.Random(3)


class Refused(ValueError):
    pass


def value(depth=0):
    kind = RANDOM.randrange(9 if depth < 5 else 5)
    if kind == 0:
        return RANDOM.choice([None, True, False])
    if kind == 1:
        return RANDOM.choice([0, -1, 2**63 - 1, -2**63, 2**63, -2**63 - 1, 10**25,
                              RANDOM.randrange(-10**6, 10**6)])
    if kind == 2:
        return RANDOM.choice([0.5, -0.0, 1e308, 5e-324, 1e22, 123456.789e-9, RANDOM.random(),
                              RANDOM.uniform(-1e18, 1e18)])
    if kind < 5:
        return "".join(RANDOM.choices(TEXTS, k=RANDOM.randrange(4)))
    if kind < 7:
        return [value(depth + 1) for _ in range(RANDOM.randrange(5))]
    return {"".join(RANDOM.choices(TEXTS, k=2)): value(depth + 1)
            for _ in range(RANDOM.choice([2, 4, 50]) if depth < 2 else 2)}


def document():
    text = json.dumps(value(), ensure_ascii=RANDOM.random() < 0.5,
                      indent=RANDOM.choice([None, 0, 2, "\t"]),
                      separators=RANDOM.choice([None, (",", ":"), (" , ", "\r\n: ")]))
    data = text.encode()
    for _ in range(RANDOM.choice([0, 0, 1, 1, 2, 3])):
        at, n = RANDOM.randrange(len(data) + 1), RANDOM.choice([0, 0, 1, 2, 5])
        data = data[:at] + RANDOM.choice(CHANGES) + data[at + n:]
    return data


def refuse(_):
    raise Refused


def members(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused
    return found


def number(digits):
    found = float(digits)
    if abs(found) == float("inf"):
        raise Refused
    return found


def integer(digits):
    found = int(digits)
    return found if -2**63 <= found < 2**63 else number(digits)


def python(data):
    found = json.loads(data.decode("utf-8-sig"), parse_constant=refuse, object_pairs_hook=members,
                       parse_float=number, parse_int=integer)
    json.dumps(found, ensure_ascii=False).encode()  # no halves of pairs
    return found


def same(a, b):
    """Equal, kinds of numbers and the order of members, too."""
    return json.dumps(a) == json.dumps(b)


documents = [document() for _ in range(DOCUMENTS)]
pathlib.Path("documents").write_bytes(b"".join(b"%d\n%s" % (len(d), d) for d in documents))
run = subprocess.run([BUILD / "tests/laws/json_law", "documents"], capture_output=True, check=True)
answers = run.stdout.decode().split("\n")[:-1]
if len(answers) != DOCUMENTS:
    sys.exit(f"{len(answers)} answers to {DOCUMENTS} documents")
refused = 0
for data, found in zip(documents, answers):
    try:
        expected = python(data)
    except (ValueError, RecursionError) as why:
        refused += 1
        if not found.startswith("!"):
            sys.exit(f"read though wrong ({why!r}): {data!r}")
        continue
    if found.startswith("!"):
        sys.exit(f"refused though right: {found}: {data!r}")
    if not same(json.loads(found), expected):
        sys.exit(f"read as {found}: {data!r}")
if not DOCUMENTS / 10 < refused < DOCUMENTS * 9 / 10:
    sys.exit(f"{refused} of {DOCUMENTS} documents were wrong: the law has no teeth")
