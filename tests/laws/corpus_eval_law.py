#!/usr/bin/python3
"""Azure's own definitions evaluate on resources of their types, made to match and made not to.

For each definition of the corpus (../shared beside the checkout) resources are
made from its rule: every field it tests gets, at random and by a fixed seed, a
value that its condition accepts, one that it does not, null, or none. Nothing
may crash, be refused or be in error. Rules that held for none of the resources,
or for all, are counted; `--list` names them.
"""
# SPDX-License-Identifier: MIT

import collections
import gzip
import json
import os
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from evaluate import Evaluator  # noqa: E402
from policy import Aliases  # noqa: E402

TOP = pathlib.Path(os.environ["TOP"])
CORPUS = TOP.parent / "shared" / "corpus" / "policyDefinitions.ndjson.gz"
TRIES = 12
OPERATORS = re.compile(r"^(not)?(equals|like|match|matchInsensitively|contains|in|containsKey)$|"
                       r"^(less|greater)(OrEquals)?$|^exists$", re.I)
# Definitions that cannot be evaluated, each with its reason.
EXCEPTIONS = {
    "e1352e44-d34d-4e4d-a22e-451a15f759a1": "its Object has a schema no made-up value fits",
}


def value_of_parameter(p):
    if "defaultValue" in p:
        return p["defaultValue"]
    allowed = p.get("allowedValues")
    kind = p["type"].lower()
    if allowed:
        return allowed[:1] if kind == "array" else allowed[0]
    return {"string": "text", "array": ["text"], "object": {}, "boolean": True, "integer": 1,
            "float": 1.5, "datetime": "2026-01-01T00:00:00.0000000Z"}[kind]


def conditions(x):
    """Every leaf of a rule: (its field or the value it is of, operator, right side)."""
    if isinstance(x, list):
        for y in x:
            yield from conditions(y)
        return
    if not isinstance(x, dict):
        return
    names = {k.lower(): k for k in x}
    op = next((k for k in x if OPERATORS.match(k)), None)
    if op and "field" in names:
        yield x[names["field"]], op.lower(), x[op]
    if op and "value" in names and isinstance(x[names["value"]], str):
        for field in re.findall(r"(?:field|current)\('([^']+)'\)", x[names["value"]]):
            yield field, op.lower(), x[op]
    if "count" in names:
        inner = x[names["count"]]
        if "field" in inner:
            yield inner["field"], "count", None
        yield from conditions(inner.get("where"))
    for k in ("allof", "anyof", "not"):
        if k in names:
            yield from conditions(x[names[k]])


class Maker:
    """Resources for one definition."""

    def __init__(self, aliases, properties, dice):
        self.aliases, self.dice = aliases, dice
        self.parameters = {k: value_of_parameter(p)
                           for k, p in (properties.get("parameters") or {}).items()}
        self.leaves = list(conditions(properties["policyRule"]["if"]))
        details = properties["policyRule"]["then"].get("details")
        self.related = details if isinstance(details, dict) and "type" in details else None

    def constant(self, x):
        """The right side with parameters put in; None where it takes more."""
        if isinstance(x, str) and x.startswith("[") and x.endswith("]"):
            found = re.fullmatch(r"\[parameters\('([^']+)'\)\]", x)
            return self.parameters.get(found[1]) if found else None
        return x

    def types(self):
        found = []
        for field, op, right in self.leaves:
            right = self.constant(right)
            if isinstance(field, str) and field.lower() == "type" and op in ("equals", "in"):
                found += right if isinstance(right, list) else [right]
        return [t for t in found if isinstance(t, str)] or ["Microsoft.Storage/storageAccounts"]

    def accepted(self, op, right):
        right = self.constant(right)
        if isinstance(right, list):
            right = self.dice.choice(right) if right else None
        if op in ("like", "match", "matchinsensitively") and isinstance(right, str):
            return right.replace("*", "x").replace("#", "1").replace("?", "a")
        if op == "containskey":
            return {right: "x"} if isinstance(right, str) else {}
        if op in ("less", "lessorequals", "greater", "greaterorequals"):
            number = isinstance(right, (int, float)) and not isinstance(right, bool)
            return right + (-1 if op.startswith("less") else 1) if number else right
        return right

    def value(self, op, right):
        roll = self.dice.random()
        if op == "exists" or roll < 0.2:
            return self.dice.choice(["text", "text", "true", "false"])
        if roll < 0.65:
            return self.accepted(op.removeprefix("not"), right)
        return "other"

    def put(self, target, path, value):
        name, every, _ = path[0].partition("[*]")
        key = next((k for k in target if k.lower() == name.lower()), name)
        if every:
            if not isinstance(target.get(key), list):
                target[key] = [{} for _ in range(self.dice.choice([1, 1, 2, 3, 0]))]
            if len(path) == 1:
                if value is not None:
                    target[key] = [value, "other"][:self.dice.choice([1, 1, 2])]
                return
            for i, inner in enumerate(target[key]):
                if not isinstance(inner, dict):
                    target[key][i] = inner = {}
                if self.dice.random() < 0.8:
                    self.put(inner, path[1:], value)
            return
        if len(path) == 1:
            if value is not None and not isinstance(target.get(key), (dict, list)):
                target[key] = value
            return
        if not isinstance(target.get(key), dict):
            target[key] = {}
        self.put(target[key], path[1:], value)

    def resource(self, kind, leaves, full):
        namespace, *types = kind.split("/")
        below = "/".join([namespace] + [f"{t}/n{i}" for i, t in enumerate(types)])
        made = {"type": kind, "name": f"n{len(types) - 1}", "location": "westeurope",
                "id": f"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
                      f"/providers/{below}", "properties": {}}
        for field, op, right in leaves:
            if not full and self.dice.random() < 0.3:
                continue
            if field.lower() in self.aliases.paths:
                value = None if op == "count" else self.value(op, right)
                self.put(made, self.aliases.path(field).split("."), value)
            elif field.lower().startswith("tags[") or field.lower() in ("kind", "identity.type"):
                name = re.sub(r"^tags\['?|'?\]$", "", field, flags=re.I)
                self.put(made, ["tags", name] if "tags" in field.lower() else field.split("."),
                         self.value(op, right))
        return made

    def requests(self):
        for i in range(TRIES):
            leaves = [x for x in self.leaves if isinstance(x[0], str)]
            related = []
            if self.related:
                inner = list(conditions(self.related.get("existenceCondition")))
                related = [self.resource(self.related["type"], inner, True)
                           for _ in range(self.dice.choice([0, 1, 1, 2]))]
                for r in related:
                    r.pop("id")
                    r.pop("name")
            yield {"aliases": "catalogue", "parameters": self.parameters, "related": related,
                   "resource": self.resource(self.dice.choice(self.types()), leaves, i % 2 == 0),
                   "requestContext": {"apiVersion": "2025-01-01", "identity": {"idtyp": "user"}},
                   "resourceGroup": {"name": "rg", "location": "westeurope", "id": "/x",
                                     "tags": {"text": "x"}},
                   "subscription": {"displayName": "sub", "subscriptionId": "0", "tenantId": "0",
                                    "id": "/subscriptions/0", "tags": {}},
                   "now": "2026-01-15T00:00:00.0000000Z"}


def judge(evaluate, aliases, text, seed):
    """What is wrong, and how often the rule held, did not, and was in error."""
    properties = json.loads(text)["properties"]
    maker, seen, errors = Maker(aliases, properties, random.Random(seed)), collections.Counter(), []
    for request in maker.requests():
        answer = evaluate(text, **request)
        if not answer["parsed"] or not answer["prepared"]:
            return [str(answer["diagnostics"])], seen, errors
        seen[answer["state"]] += 1
        seen["matched" if answer["matched"] else "not"] += 1
        if answer["state"] == "error":
            errors.append(answer["error"])
    return [], seen, errors


def main():
    if not CORPUS.exists():
        print("Azure's definitions are not beside this checkout\n1 passed, 0 failed, 0 skipped")
        return 0
    evaluate, aliases = Evaluator(), Aliases(TOP / "stdlib" / "catalog")
    passed = failed = 0
    states, never, always, errors = collections.Counter(), [], [], collections.Counter()
    for seed, line in enumerate(gzip.open(CORPUS, "rt")):
        name = json.loads(line)["name"]
        static = json.loads(line)["properties"].get("policyType") == "Static"
        problems, seen, failures = judge(evaluate, aliases, line, seed)
        failed += bool(problems) and name not in EXCEPTIONS
        passed += not problems
        states += seen
        errors.update(re.sub(r"`[^`]*`", "`…`", f) for f in failures)
        for p in problems:
            print(f"{name}: {p}")
        if not static and not seen["matched"]:
            never.append(name)
        if not static and seen["matched"] and not seen["not"]:
            always.append(name)
    evaluate.close()
    print(", ".join(f"{n} {s}" for s, n in states.most_common()))
    for text, n in errors.most_common(8):
        print(f"{n} times: {text}")
    print(f"{len(never)} rules held for no resource made, {len(always)} for every one")
    if "--list" in sys.argv:
        print("never:", *never, "always:", *always, sep="\n  ")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
