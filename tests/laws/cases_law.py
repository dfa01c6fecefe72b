#!/usr/bin/python3
"""Policies do what the cases in cases/ say, with the engine's semantics.

A case has `if` (a condition; the effect is deny) or `policy` (a text), and `want`:
`holds`, `does not hold`, `refused` when it is made ready, `unreadable`. What it
leaves out it has from its file; where that has a `listing` fields are its aliases.
"""
# SPDX-License-Identifier: MIT

import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
from evaluate import ask  # noqa: E402

SURROUNDINGS = {"resourceGroup": {"name": "rg", "location": "eastus"},
                "subscription": {"subscriptionId": "0"}, "now": "2026-01-15T00:00:00Z"}


def request_of(file, case, listing):
    policy = case["policy"] if "policy" in case else \
        json.dumps({"if": case["if"], "then": {"effect": "deny"}})
    given = {k: case.get(k, file.get(k)) for k in ("resource", "parameters", "apiVersion",
                                                   "requestContext")}
    given = {k: v for k, v in given.items() if v is not None}
    return {"policy": policy, "semantics": "engine", **given, **SURROUNDINGS,
            **({"aliases": listing} if "listing" in file else {})}


def got(answer):
    if not answer["parsed"]:
        return "unreadable"
    if not answer["prepared"]:
        return "refused"
    if answer["state"] == "error":
        return f"error: {answer['error']}"
    return "holds" if answer["effect"] else "does not hold"


def main():
    passed = failed = 0
    for path in sorted(HERE.glob("cases/*.json")):
        file = json.loads(path.read_text("utf-8"))
        with tempfile.NamedTemporaryFile("w", suffix=".json") as listing:
            json.dump(file.get("listing"), listing)
            listing.flush()
            answers = ask([request_of(file, c, listing.name) for c in file["cases"]])
        for case, answer in zip(file["cases"], answers):
            passed += got(answer) == case["want"]
            if got(answer) != case["want"]:
                failed += 1
                print(f"{path.stem}: {got(answer)}, not {case['want']}\n    {json.dumps(case)}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
