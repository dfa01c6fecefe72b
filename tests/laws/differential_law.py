#!/usr/bin/python3
"""Two evaluators that share nothing agree: moat's, and policy.py.

    differential_law.py [MOAT] [--rules N] [--seed N] [--semantics NAME]

Random rules (rules.py) are asked of random resources, by alias and by path, under
both semantics. A rule the two disagree on is made small before it is shown.
"""
# SPDX-License-Identifier: MIT

import argparse
import collections
import json
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from evaluate import ask  # noqa: E402
from policy import Aliases, EvaluationError, Judge, Unspecified  # noqa: E402
from rules import ALIASES, LISTING, PARAMETERS, Rules  # noqa: E402

RULES, RESOURCES, SHOWN = 7000, 3, 12


def by_path(x):
    """The same rule with paths for aliases."""
    if isinstance(x, dict):
        return {k: by_path(v) for k, v in x.items()}
    if isinstance(x, list):
        return [by_path(y) for y in x]
    if isinstance(x, str):
        for name in sorted(ALIASES, key=len, reverse=True):
            x = x.replace(name, ALIASES[name]).replace(name.upper(), ALIASES[name].upper())
    return x


class Case:
    """A rule and what it is asked of."""

    def __init__(self, rule, resource, semantics, listing):
        self.rule, self.resource, self.semantics, self.listing = rule, resource, semantics, listing

    def request(self):
        policy = {"if": self.rule, "then": {"effect": "audit"}}
        return {"policy": json.dumps(policy), "parameters": PARAMETERS, "resource": self.resource,
                "aliases": self.listing, "semantics": self.semantics}

    def expected(self):
        """true, false, error, notApplicable; None where nothing is said."""
        judge = Judge(Aliases(listing=LISTING["value"]) if self.listing else None, self.resource,
                      PARAMETERS, engine=self.semantics == "engine")
        try:
            if not judge.applicable(self.rule):
                return "notApplicable"
            return "true" if judge.holds(self.rule) else "false"
        except EvaluationError:
            return "error"
        except Unspecified:
            return None

    def smaller(self):
        for rule in shrunk(self.rule):
            yield Case(rule, self.resource, self.semantics, self.listing)
        for resource in shrunk(self.resource):
            yield Case(self.rule, resource, self.semantics, self.listing)


def shrunk(x):
    """Everything that is a little less than a value."""
    if isinstance(x, dict):
        for k, v in x.items():
            if k.lower() in ("allof", "anyof"):
                yield from v
            if k == "not":
                yield v
            if k not in ("type", "id"):
                yield {other: y for other, y in x.items() if other != k}
            for y in shrunk(v):
                yield {**x, k: y}
    if isinstance(x, list):
        for i, v in enumerate(x):
            yield x[:i] + x[i + 1:]
            for y in shrunk(v):
                yield x[:i] + [y] + x[i + 1:]


def got(answer):
    if not answer["parsed"] or not answer["prepared"]:
        return "refused"
    return {"nonCompliant": "true", "compliant": "false"}.get(answer["state"], answer["state"])


def wrong(case, answer):
    try:
        expected = case.expected()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        return None
    return None if expected in (None, got(answer)) else expected


def minimal(case):
    """The smallest case found that is still wrong."""
    for _ in range(60):
        smaller = list(case.smaller())
        if not smaller:
            break
        answers = ask([c.request() for c in smaller])
        better = next((c for c, a in zip(smaller, answers)
                       if got(a) != "refused" and wrong(c, a)), None)
        if not better:
            break
        case = better
    return case


def show(case):
    answer, = ask([case.request()])
    print(f"{case.semantics}: moat says {got(answer)} ({answer.get('error')}), the other "
          f"{case.expected()}{' ' + str(answer['diagnostics']) if answer['diagnostics'] else ''}\n"
          f"    {json.dumps(case.rule)}\n    {json.dumps(case.resource)}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("moat", nargs="?")
    options.add_argument("--rules", type=int, default=RULES)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--semantics")
    options = options.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as listing:
        json.dump(LISTING, listing)
        listing.flush()
        cases = []
        for seed in range(options.seed, options.seed + options.rules):
            made = Rules(random.Random(seed))
            rule = made.rule(3)
            paths = seed % 3 == 0
            semantics = options.semantics or ("recommended", "engine")[seed % 2]
            cases += [Case(by_path(rule) if paths else rule, made.resource(), semantics,
                           None if paths else listing.name) for _ in range(RESOURCES)]
        answers, seen, bad = ask([c.request() for c in cases]), collections.Counter(), []
        for case, answer in zip(cases, answers):
            expected = case.expected()
            seen["not said" if expected is None else expected] += 1
            if expected not in (None, got(answer)):
                bad.append(case)
        for case in list({json.dumps(c.rule): c for c in bad}.values())[:SHOWN]:
            show(minimal(case))
    print(", ".join(f"{n} {what}" for what, n in seen.most_common()))
    print(f"{len(cases) - len(bad)} passed, {len(bad)} failed, 0 skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
