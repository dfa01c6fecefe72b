"""Every function of functions.def is told in spec/types.md, with as many parameters; no other is."""
# SPDX-License-Identifier: MIT

import os
import pathlib
import re
import sys

TOP = pathlib.Path(os.environ["TOP"])
DEFINED = re.findall(r'^FUNCTION\(\w+, "(\w+)", "\w*", "([^"]*)", "."\)',
                     (TOP / "compiler/sema/functions.def").read_text("utf-8"), re.M)
TOLD = re.findall(r"^\| `(\w+)\((.*?)\)` \|",
                  (TOP / "spec/types.md").read_text("utf-8"), re.M)


def parameters(signature):
    return len(re.findall(r"[a-zI]", signature))


def parameters_told(text):
    return len([p for p in re.sub(r"\[(\w+)\]", r"\1", text).split(", ")
                if p.strip("[]") not in ("", "…")])


defined = {name: parameters(signature) for name, signature in DEFINED}
told = {name: parameters_told(text) for name, text in TOLD}
for name in sorted(set(defined) | set(told)):
    if defined.get(name) != told.get(name):
        sys.exit(f"{name}: {defined.get(name)} parameters in functions.def, "
                 f"{told.get(name)} in spec/types.md")
