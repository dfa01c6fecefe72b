#!/usr/bin/python3
"""The evaluator gives the golden programs' verdicts, effects and resources after repair.

The tables are those of verdicts_law.py, which has them from a judge of its own:
where the two differ, one of them is wrong.
"""
# SPDX-License-Identifier: MIT

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from evaluate import Evaluator  # noqa: E402
from policy import Aliases  # noqa: E402
from verdicts_law import (GOLDEN, ROOT, added, build, cases_of, definitions_of,  # noqa: E402
                          members_of)

VERDICTS = {"nonCompliant": "v", "protected": "v", "compliant": "s", "notApplicable": "n"}


def given_of(case):
    context = case.get("context", {})
    return {
        "aliases": "catalogue", "resource": case["resource"],
        "related": [r for r in case.get("related", []) if r],
        "requestContext": {"apiVersion": "2099-01-01", **context.get("requestContext", {})},
        "resourceGroup": context.get("resourceGroup", {"name": "rg", "location": "westeurope"}),
        "subscription": context.get("subscription", {"displayName": "sub"}),
        "now": case.get("now", "2026-01-15T00:00:00.0000000Z"),
    }


def problems_of_case(evaluate, aliases, built, case):
    about = f"{case.get('rule', case.get('of'))}: {case.get('note', '')}"
    definitions = (list(members_of(built, aliases, *case["of"])) if "of" in case else
                   [(d, case.get("parameters", {})) for d in definitions_of(built, case["rule"])])
    answers = []
    for d, parameters in definitions:
        known = {k: v for k, v in parameters.items() if k in d.get("parameters", {})}
        answers.append(evaluate({"properties": d}, parameters=known, **given_of(case)))
    states = [a.get("state") for a in answers]
    if not set(states) <= set(VERDICTS):
        return [f"{about}: {states} {[a.get('error') or a.get('diagnostics') for a in answers]}"]
    got = min((VERDICTS[s] for s in states), key="vsn".index)
    problems = []
    if got != case["verdict"] and {got, case["verdict"]} != {"s", "n"}:
        problems.append(f"{about}: {got}, not {case['verdict']}")
    effects = {a["effect"].lower() for a in answers if a["effect"]}
    if "effect" in case and effects - {case["effect"]}:
        problems.append(f"{about}: effect {effects}, not {case['effect']}")
    after = [a["after"] or case["resource"] for a in answers if a["state"] == "nonCompliant"]
    if "after" in case and after != [added(case["resource"], case["after"])]:
        problems.append(f"{about}: becomes {after}")
    return problems


def main():
    evaluate = Evaluator()
    aliases = Aliases(ROOT / "stdlib" / "catalog")
    asked = failed = 0
    for file in sorted(GOLDEN.rglob("*.verdicts.json")):
        name = file.name.split(".")[0]
        source = next(s for s in (file.with_name(name + ".moat"), file.with_name(name + ".project"))
                      if s.exists())
        built = build(os.environ["MOAT"], source)
        for case in cases_of(file):
            problems = problems_of_case(evaluate, aliases, built, case)
            asked += 1
            failed += bool(problems)
            for p in problems:
                print(f"{file.parent.name}/{name}: {p}")
    evaluate.close()
    print(f"{asked - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
