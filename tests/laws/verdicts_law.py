#!/usr/bin/python3
"""Golden programs mean what they say: each gives the verdicts, and the walk's the rule, beside it.

    verdicts_law.py MOAT [NAME…]    prints a line a program and `N passed, N failed`

`x.verdicts.json` is a list of cases as tests/golden/walk/README.md has them, or
`{"given": {…}, "cases": [{…}]}`, where each case adds to what is given. Ids and
names that no case asks for may be left out. Two more members of a case:

    "of"      the assignment or initiative, and in it the member, whose parameters
              the definition gets: `["ai_prod", "closed"]`
    "effect"  what Azure then does, after parameters; "after" is the resource that
              `modify` or `append` makes of the one given
"""
# SPDX-License-Identifier: MIT

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from policy import Aliases, EvaluationError, Judge  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
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


def parameters_of(body, given):
    """Values of the parameters a definition or an initiative declares."""
    values = {}
    for name, p in body.get("parameters", {}).items():
        if name in given:
            values[name] = given[name]
        elif "defaultValue" in p:
            values[name] = p["defaultValue"]
    return values


def members_of(built, aliases, place, member):
    """(definition, what its parameters are given) for each policy of a member."""
    given = {}
    body = next(b for b in built.values() if place in (b["metadata"].get("assignment"),
                                                       b["metadata"].get("initiative")))
    if "assignment" in body["metadata"]:
        given = {k: v["value"] for k, v in body.get("parameters", {}).items()}
        body = built[body["policyDefinitionId"].rsplit("/", 1)[1]]
    judge = Judge(aliases, {}, parameters_of(body, given))
    named = [m for m in body["policyDefinitions"] if m["policyDefinitionReferenceId"] == member]
    for m in named or body["policyDefinitions"]:
        if m["policyDefinitionReferenceId"].split("_")[:member.count("_") + 1] == member.split("_"):
            yield (built[m["policyDefinitionId"].rsplit("/", 1)[1]],
                   {k: judge.value(v["value"]) for k, v in m.get("parameters", {}).items()})


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


def replaced(resource, path, change):
    """The resource with change(old) at the path, in every element where it says [*]."""
    if not path:
        return change(resource)
    name, every, _ = path[0].partition("[*]")
    resource = dict(resource or {})
    key = next((k for k in resource if k.lower() == name.lower()), name)
    inner = resource.get(key)
    if every:
        resource[key] = [replaced(x, path[1:], change) for x in inner or []]
        return resource
    new = replaced(inner, path[1:], change)
    if new is REMOVED:
        resource.pop(key, None)
    else:
        resource[key] = new
    return resource


REMOVED = object()


def repaired(judge, rule):
    """The resource as `modify` or `append` leaves it."""
    details = rule["then"]["details"]
    operations = details if isinstance(details, list) else details["operations"]
    resource = judge.resource
    for o in operations:
        if not judge.value(o.get("condition", True)):
            continue
        kind, value = o.get("operation", "append").lower(), judge.value(o.get("value"))

        def change(old, kind=kind, value=value):
            if kind == "remove":
                return REMOVED
            if kind == "append" and old is not None and old != value:
                raise EvaluationError("append would override: the request is denied")
            return old if kind in ("add", "append") and old is not None else value
        resource = replaced(resource, judge.field_path(judge.value(o["field"])), change)
    return resource


def verdict(aliases, definitions, case):
    """The verdict, and for each definition that applies its effect and the resource it leaves."""
    answers, effects, after = set(), set(), []
    for d, given in definitions:
        rule = d["policyRule"]
        if not type_matches(rule["if"], case["resource"]["type"]):
            continue
        judge = Judge(aliases, case["resource"], parameters_of(d, given), case.get("context"),
                      case.get("now"))
        details = rule["then"].get("details", {})
        effects.add(judge.value(rule["then"]["effect"]).lower())
        violated = judge.holds(rule["if"])
        if isinstance(details, dict) and "type" in details:
            if not violated:
                answers.add("n")
                continue
            related = copy.deepcopy(case.get("related", []))
            if details["type"].lower() == case["resource"]["type"].lower():
                related.append(case["resource"])
            violated = not judge.related_satisfies(details, related)
        if violated and "after" in case:
            after.append(repaired(judge, rule))
        answers.add("v" if violated else "s")
    return "v" if "v" in answers else "s" if "s" in answers else "n", effects, after


def added(given, case):
    """What is given and the case adds to."""
    if not (isinstance(given, dict) and isinstance(case, dict)):
        return case
    return {**given, **{k: added(given[k], v) if k in given else v for k, v in case.items()}}


def completed(resource):
    """With the id and the name that nobody asked for."""
    namespace, *types = resource["type"].split("/")
    names = ["res" + str(i) for i in range(len(types) - 1)] + [resource.get("name", "res")]
    below = "/".join([namespace, *(x for pair in zip(types, names) for x in pair)])
    return {"id": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
                  f"/providers/{below}", "name": names[-1], **resource}


def cases_of(file):
    """The cases of a golden program, each whole."""
    read = json.loads(file.read_text()) if file.exists() else []
    if isinstance(read, dict):
        read = [added(read["given"], case) for case in read["cases"]]
    return [{**case, "resource": completed(case["resource"])} for case in read]


def problems_of_case(aliases, built, case):
    """What is not as the case has it."""
    about = f"{case.get('rule', case.get('of'))}: {case.get('note', '')}"
    try:
        definitions = (list(members_of(built, aliases, *case["of"])) if "of" in case else
                       [(d, case.get("parameters", {})) for d in definitions_of(built, case["rule"])])
        if not definitions:
            return [f"{about}: no such definition"]
        got, effects, after = verdict(aliases, definitions, case)
    except (EvaluationError, KeyError, AssertionError, TypeError, ValueError) as e:
        return [f"{about}: {type(e).__name__}: {e}"]
    problems = []
    if got != case["verdict"] and {got, case["verdict"]} != {"s", "n"}:
        problems.append(f"{about}: {got}, not {case['verdict']}")
    if "effect" in case and effects != {case["effect"]}:
        problems.append(f"{about}: effect {effects}, not {case['effect']}")
    if "after" in case and after != [added(case["resource"], case["after"])]:
        problems.append(f"{about}: becomes {json.dumps(after)}")
    return problems


def problems_of(moat, aliases, source):
    """How many things were asked, and what is wrong."""
    built = build(moat, source)
    asked, problems = 0, []
    expect = source.with_suffix(".expect.json")
    for name, shown in (json.loads(expect.read_text()) if expect.exists() else {}).items():
        for what, want, got in compare(built, name, shown):
            problems.append(f"{name}: {what}\n  shown {json.dumps(want)}\n  built {json.dumps(got)}")
        asked += 1
    for case in cases_of(source.with_suffix(".verdicts.json")):
        problems += problems_of_case(aliases, built, case)
        asked += 1
    return asked, problems


def main():
    moat, wanted = sys.argv[1], sys.argv[2:]
    aliases = Aliases(ROOT / "stdlib" / "catalog")
    asked = failed = 0
    for cases in sorted(GOLDEN.rglob("*.verdicts.json")):
        name = cases.name.split(".")[0]
        if wanted and name not in wanted:
            continue
        source = next(s for s in (cases.with_name(name + ".moat"), cases.with_name(name + ".project"))
                      if s.exists())
        try:
            number, problems = problems_of(moat, aliases, source)
        except SystemExit as e:
            number, problems = 1, [str(e)]
        asked += number
        failed += len(problems)
        print(f"{'FAIL' if problems else 'ok  '} {cases.parent.name}/{name}")
        for p in problems:
            print("  " + p)
    print(f"{asked - failed} passed, {failed} failed")
    return 1 if failed or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
