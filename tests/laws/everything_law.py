"""Each row of "Everything Azure has" in spec/backends/azure-policy.md compiles to what it names."""
# SPDX-License-Identifier: MIT

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(os.environ["TOP"])
MOAT = os.environ["MOAT"]
PAGE = (TOP / "spec/backends/azure-policy.md").read_text("utf-8")

PRELUDE = """use azure.ai
use azure.monitor
use azure.keyvault
use azure.containers
use azure.network
param owner: string "An owner"
param owners: [string] "Owners"
param ranges: [cidr] "Ranges"
kind anything "*"
kind subscription "Microsoft.Resources/subscriptions"
kind account "Microsoft.CognitiveServices/accounts" {
    type dateCreated: datetime
    type customSubDomainName: duration(iso8601)
    let  age = customSubDomainName
    type networkAcls.ipRules[*].value: cidr
}
"""


def rows(title):
    part = PAGE.split(f"### {title}\n")[1].split("\n#")[0]
    for line in part.splitlines():
        cells = re.findall(r"`((?:[^`])+)`", line) if line.startswith("| `") else []
        if cells:
            yield [c.replace("\\|", "|") for c in cells]


def requirement(items):
    return f'requirement row "Row" {{ {items} }}\n'


def kind_for(effect, clause):
    if effect == "manual":
        return "subscription"
    if effect == "addToNetworkGroup":
        return "network_member"
    return "aks_objects" if re.search(r"\bconstraint\b|\bmutate\b", clause) else "account"


def kind_of(where):
    return "anything" if where.startswith("type ") else "account"


def programs():
    for title in ("Operators", "Fields", "Functions"):
        for wanted, where in rows(title):
            yield title, wanted, requirement(
                f'effect audit for {kind_of(where)} where {where} {{ require name == "x" }}')
    for wanted, effect, clause in rows("Effects and their details"):
        yield "Effects", wanted, requirement(
            f"effect {effect} for {kind_for(effect.split()[0], clause)} {{ {clause} }}")
    for wanted, item in rows("Members of a definition"):
        effect = "" if item.startswith("effect") else "effect audit "
        yield "Members", wanted, requirement(
            f'{effect}{item} for account {{ require name == "x" }}')


def parts(value):
    """Every key, and every text that is a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)
    elif isinstance(value, str):
        yield value


def comes_out(title, wanted, definition):
    rule = definition["policyRule"]
    if title == "Members":
        return wanted in set(definition) | set(definition["metadata"])
    if title == "Functions":
        return any(re.search(r"^\[.*\b" + re.escape(wanted), t) for t in parts(rule["if"]))
    if title == "Effects":
        allowed = [v for p in definition.get("parameters", {}).values()
                   for v in p.get("allowedValues", [])]
        return wanted in set(parts(rule["then"])) | set(allowed)
    return wanted in set(parts(rule["if"]))


def build(folder, source):
    (folder / "row.moat").write_text(PRELUDE + source)
    run = subprocess.run([MOAT, "build", "--output", "out", "row.moat"], cwd=folder,
                         capture_output=True, text=True)
    if run.returncode:
        return None, run.stderr + run.stdout
    files = (folder / "out/policyDefinitions").glob("*.json")
    return [json.loads(f.read_text())["properties"] for f in files], run.stderr


failures = count = 0
for title, wanted, source in programs():
    count += 1
    with tempfile.TemporaryDirectory(prefix="moat-law-") as folder:
        folder = pathlib.Path(folder)
        (folder / "t.yaml").write_text("kind: ConstraintTemplate\n")
        made, said = build(folder, source)
    if not made or not any(comes_out(title, wanted, d) for d in made):
        failures += 1
        print(f"{title}: `{wanted}` does not come out of\n    {source}{said}")
if count < 100:
    sys.exit(f"only {count} rows were found")
sys.exit(failures != 0)
