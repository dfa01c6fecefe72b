"""Evaluates a policy on a resource: by the laws' own program or by `moat eval`.

Both take a request as tests/laws/eval_law.c describes it and give its answer.
"""
# SPDX-License-Identifier: MIT

import json
import os
import pathlib
import subprocess
import tempfile


def program(moat=None):
    """The laws' own evaluator, beside the moat that is tested."""
    return pathlib.Path(moat or os.environ["MOAT"]).parent / "tests" / "laws" / "eval_law"


def ask(requests):
    """The answers to many requests at once."""
    lines = "".join(json.dumps(r) + "\n" for r in requests)
    run = subprocess.run([program(), "--serve"], input=lines, capture_output=True, text=True,
                         check=False)
    if run.returncode:
        raise SystemExit(f"the evaluator ended with {run.returncode}\n{run.stderr[-2000:]}")
    return [json.loads(line) for line in run.stdout.split("\n")[:-1]]


class Evaluator:
    """One program that answers request after request."""

    def __init__(self, moat=None):
        self.process = subprocess.Popen([program(moat), "--serve"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)

    def __call__(self, policy, **request):
        if not isinstance(policy, str):
            policy = json.dumps(policy)
        request = {k: v for k, v in request.items() if v is not None}
        self.process.stdin.write(json.dumps({"policy": policy, **request}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the evaluator ended with {self.process.wait()} on {policy[:400]}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Command:
    """`moat eval --json`, run once for each request."""

    FILES = {"resource": "--resource", "parameters": "--params", "context": "--context",
             "related": "--related"}

    def __init__(self):
        self.moat = os.environ["MOAT"]
        self.folder = tempfile.TemporaryDirectory()

    def __call__(self, policy, aliases=None, related=None, semantics=None, now=None, **request):
        files = {"resource": request.get("resource") or {}, "parameters": request.get("parameters"),
                 "context": {n: request[k] for n, k in (
                     ("requestContext", "requestContext"), ("resourceGroup", "resourceGroup"),
                     ("subscription", "subscription"), ("policy", "policyContext"),
                     ("apiVersion", "apiVersion")) if request.get(k) is not None},
                 "related": None if related is None else [{"resource": r} for r in related]}
        folder = pathlib.Path(self.folder.name)
        path = folder / "policy.json"
        path.write_text(policy if isinstance(policy, str) else json.dumps(policy))
        command = [self.moat, "eval", path, "--json"]
        for name, value in files.items():
            if value is not None:
                (folder / f"{name}.json").write_text(json.dumps(value))
                command += [self.FILES[name], folder / f"{name}.json"]
        for option, value in (("--aliases", aliases), ("--semantics", semantics), ("--now", now)):
            command += [option, value] if value else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1, 3):
            raise SystemExit(f"exit {done.returncode} on {policy[:400]}: {done.stderr}")
        result = json.loads(done.stdout)["results"][0]
        parsed = result["policy"] is not None
        return {**result, "parsed": parsed, "diagnostics": done.stderr,
                "prepared": parsed and result["state"] != "error"}

    def close(self):
        self.folder.cleanup()
