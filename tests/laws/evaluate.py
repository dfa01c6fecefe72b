"""Evaluates a policy on a resource: by `moat eval` or by the laws' own program.

Both take a request as tests/laws/eval_law.c describes it and give its answer.
"""
# SPDX-License-Identifier: MIT

import json
import os
import pathlib
import subprocess


class Evaluator:
    """One program that answers request after request."""

    def __init__(self, moat=None):
        moat = pathlib.Path(moat or os.environ["MOAT"])
        program = moat.parent / "tests" / "laws" / "eval_law"
        self.process = subprocess.Popen([program, "--serve"], stdin=subprocess.PIPE,
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
