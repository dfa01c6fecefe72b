#!/usr/bin/python3
"""The worked examples: each compiles to the rule shown and gives the verdicts shown.

    walk.py MOAT [EXAMPLE…]      prints a line an example and `N passed, N failed`
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from policy import Aliases, EvaluationError, Judge  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
WALK = ROOT / "tests" / "golden" / "walk"
UNORDERED = ("allOf", "anyOf", "in", "notIn", "roleDefinitionIds")


def canonical(x):
    """The same rule in any order of conditions, values and keys."""
    if isinstance(x, list):
        return [canonical(y) for y in x]
    if not isinstance(x, dict):
        return x
    out = {}
    for key, value in x.items():
        value = canonical(value)
        if key in UNORDERED and isinstance(value, list):
            value = sorted(value, key=lambda y: json.dumps(y, sort_keys=True))
        if key in ("in", "notIn") and isinstance(value, list) and len(value) == 1:
            key, value = {"in": "equals", "notIn": "notEquals"}[key], value[0]
        out[key] = value
    return out


def build(moat, source):
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([moat, "build", str(source), "-o", folder], capture_output=True,
                             text=True, check=False)
        if run.returncode != 0:
            raise SystemExit(f"{source.name} does not build:\n{run.stdout}{run.stderr}")
        found = {}
        for file in sorted(pathlib.Path(folder).glob("policy*/*.json")):
            found[file.stem] = json.loads(file.read_text())["properties"]
        return found


def definitions_of(built, requirement):
    return [d for d in built.values() if d["metadata"].get("requirement") == requirement]


def within(shown, built):
    """Is everything shown in what was built, lists by any of their elements?"""
    if isinstance(shown, dict):
        return isinstance(built, dict) and all(
            k in built and within(v, built[k]) for k, v in shown.items())
    if isinstance(shown, list) and any(isinstance(x, dict) for x in shown):
        return isinstance(built, list) and all(any(within(x, y) for y in built) for x in shown)
    return canonical(shown) == canonical(built)


def compare(built, name, shown):
    """What differs between the rule shown and the nearest one built, or None."""
    requirement = name.split("/")[0]
    for other in ("initiative", "assignment", "exemption"):
        for d in built.values():
            if d["metadata"].get(other) == requirement:
                return [] if within(shown, d) else [(other, shown, d)]
    best = None
    for d in definitions_of(built, requirement):
        rule = d["policyRule"]
        problems = []
        if "if" in shown and canonical(shown["if"]) != canonical(rule["if"]):
            problems.append(("if", shown["if"], rule["if"]))
        details = rule["then"].get("details", {})
        wanted = shown.get("details", {})
        if isinstance(wanted, list):
            if canonical(wanted) != canonical(details):
                problems.append(("details", wanted, details))
        else:
            for key, value in wanted.items():
                if canonical(value) != canonical(details.get(key)):
                    problems.append((key, value, details.get(key)))
        if best is None or len(problems) < len(best):
            best = problems
    return best if best is not None else [("no definition", name, sorted(built))]


def parameters_of(definition, case):
    values = {}
    for name, p in definition.get("parameters", {}).items():
        if name in case.get("parameters", {}):
            values[name] = case["parameters"][name]
        elif "defaultValue" in p:
            values[name] = p["defaultValue"]
    return values


def type_matches(condition, kind):
    """Does some type test of the rule name this resource type (or is there none)?"""
    text = json.dumps(condition)
    if '"field": "type"' not in text:
        return True
    found = []

    def visit(c):
        if isinstance(c, dict):
            if c.get("field") == "type":
                found.extend(c.get("in", [c.get("equals")]))
            for v in c.values():
                visit(v)
        elif isinstance(c, list):
            for v in c:
                visit(v)
    visit(condition)
    return kind.lower() in [x.lower() for x in found if x]


def verdict(aliases, definitions, case):
    answers = set()
    for d in definitions:
        rule = d["policyRule"]
        if not type_matches(rule["if"], case["resource"]["type"]):
            continue
        judge = Judge(aliases, case["resource"], parameters_of(d, case), case.get("context"),
                      case.get("now"))
        details = rule["then"].get("details", {})
        violated = judge.holds(rule["if"])
        if isinstance(details, dict) and "type" in details:
            if not violated:
                answers.add("n")
                continue
            related = copy.deepcopy(case.get("related", []))
            if details["type"].lower() == case["resource"]["type"].lower():
                related.append(case["resource"])
            violated = not judge.related_satisfies(details, related)
        answers.add("v" if violated else "s")
    return "v" if "v" in answers else "s" if "s" in answers else "n"


def main():
    moat, wanted = sys.argv[1], sys.argv[2:]
    aliases = Aliases(ROOT / "stdlib" / "catalog")
    passed = failed = 0
    for source in sorted(WALK.glob("E*.moat")):
        if wanted and source.stem not in wanted:
            continue
        problems = []
        try:
            built = build(moat, source)
        except SystemExit as e:
            print(f"FAIL {source.stem}: {e}")
            failed += 1
            continue
        expect = source.with_suffix(".expect.json")
        for name, shown in (json.loads(expect.read_text()) if expect.exists() else {}).items():
            for what, want, got in compare(built, name, shown):
                problems.append(f"{name}: {what}\n  shown {json.dumps(want)}\n  built {json.dumps(got)}")
            passed += 1
        cases = source.with_suffix(".verdicts.json")
        for case in json.loads(cases.read_text()) if cases.exists() else []:
            try:
                got = verdict(aliases, definitions_of(built, case["rule"]), case)
            except (EvaluationError, KeyError, AssertionError, TypeError) as e:
                got = f"{type(e).__name__}: {e}"
            same = got == case["verdict"] or {got, case["verdict"]} == {"s", "n"}
            passed += 1
            if not same:
                problems.append(f"{case['rule']}: {case.get('note', '')}: {got}, not {case['verdict']}")
        failed += len(problems)
        passed -= len(problems)
        print(f"{'FAIL' if problems else 'ok  '} {source.stem}")
        for p in problems:
            print("  " + p)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
