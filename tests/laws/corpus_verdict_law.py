#!/usr/bin/python3
"""On Azure's own definitions moat and policy.py say the same.

    corpus_verdict_law.py [MOAT] [--tries N] [--seed N]

As in corpus_eval_law.py resources are made from a definition's rule, here also with
values beside those it asks for: of other cases and kinds, empty, null. Modes are left
out, as policy.py does not know them. Without ../shared beside the checkout it is
skipped.
"""
# SPDX-License-Identifier: MIT

import argparse
import collections
import gzip
import json
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from corpus_eval_law import CORPUS, EXCEPTIONS, Maker  # noqa: E402
from evaluate import ask  # noqa: E402
from policy import Aliases, EvaluationError, Judge, Unspecified  # noqa: E402

TRIES, SHOWN = 4, 12
TOP = pathlib.Path(os.environ["TOP"])


class Neighbours(Maker):
    """Values as the rule wants them, and those beside them."""

    def value(self, op, right):
        wanted, roll = super().value(op, right), self.dice.random()
        if roll < 0.7:
            return wanted
        if isinstance(wanted, str) and roll < 0.85:
            return self.dice.choice([wanted.swapcase(), wanted + "x", wanted[:-1], " " + wanted,
                                     [wanted], {wanted: wanted}])
        return self.dice.choice(["", 0, 1, 22, 3.5, True, False, [], {}, "true", "10", ["x"], None])


def expected(aliases, rule, request):
    """State and effect; (error, None) where it fails."""
    context = {**request, "policy": {"definitionReferenceId": ""}}
    judge = Judge(aliases, request["resource"], request["parameters"], context, request["now"],
                  engine=request["semantics"] == "engine")
    try:
        return judge.state(rule, request["related"])
    except EvaluationError:
        return "error", None


def cases(aliases, options):
    """(name, rule, request) of everything that is asked."""
    for number, line in enumerate(gzip.open(CORPUS, "rt")):
        definition = json.loads(line)
        properties = definition["properties"]
        if properties.get("policyType") == "Static" or "." in properties.get("mode", "All"):
            continue
        if definition["name"] in EXCEPTIONS or "uniquestring(" in line.lower():  # Azure's secret
            continue
        properties["mode"] = "All"
        dice = random.Random(options.seed * 10000 + number)
        for i, request in enumerate(Neighbours(aliases, properties, dice).requests()):
            if i == options.tries:
                break
            request["semantics"] = ("recommended", "engine")[i % 2]
            yield definition["name"], properties, request


def main():
    options = argparse.ArgumentParser()
    options.add_argument("moat", nargs="?")
    options.add_argument("--tries", type=int, default=TRIES)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    if not CORPUS.exists():
        print("Azure's definitions are not beside this checkout\n1 passed, 0 failed, 0 skipped")
        return 0
    aliases = Aliases(TOP / "stdlib" / "catalog")
    asked = list(cases(aliases, options))
    answers = ask([{"policy": json.dumps({"properties": p}), **r} for _, p, r in asked])
    seen, bad = collections.Counter(), collections.defaultdict(list)
    for (name, properties, request), answer in zip(asked, answers):
        try:
            wanted = expected(aliases, properties["policyRule"], request)
        except (Unspecified, KeyError):
            seen["not said"] += 1
            continue
        seen[wanted[0]] += 1
        if wanted != (answer["state"], answer["effect"]):
            bad[name].append((wanted, answer, request))
    for name, problems in list(bad.items())[:SHOWN]:
        wanted, answer, request = problems[0]
        print(f"{name}, {request['semantics']}: moat says {answer['state']}, {answer['effect']} "
              f"({answer['error']}), the other {wanted}\n    {json.dumps(request['resource'])}")
    print(", ".join(f"{n} {what}" for what, n in seen.most_common()))
    failed = sum(map(len, bad.values()))
    print(f"{len(asked) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
