"""What a build makes holds together: beyond what a schema can say.

Builds every example and every golden program and checks that

- the schema refuses bodies with one thing wrong;
- parameters are declared, used and passed; reference ids and groups are unique and known;
- a bare `[*]` stands nowhere but in a count, and loop variables nowhere but in theirs;
- fingerprints are what the specification says, and manifest hashes those of the files;
- each pointer of the source map leads to a place in its body, and each place to one in a source;
- lines are no wider than 100 bytes where that could be helped.
"""
# SPDX-License-Identifier: MIT

import copy
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

TOP, MOAT = pathlib.Path(os.environ["TOP"]), os.environ["MOAT"]
SCHEMA = json.loads((TOP / "tests/schema/azure-policy.schema.json").read_text("utf-8"))
ONE_VALUE = re.compile(rb' *("(?:[^"\\]|\\.)*": )?("(?:[^"\\]|\\.)*"|\{\}|\{|\[),?')
KEEP = "policyDefinitions policySetDefinitions policyAssignments policyExemptions".split()


def holds(truth, *what):
    if not truth:
        sys.exit(": ".join(str(w) for w in what))


def walk(value, path=()):
    yield path, value
    pairs = value.items() if isinstance(value, dict) else \
        enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        yield from walk(below, (*path, key))


def texts(value):
    return [v for _, v in walk(value) if isinstance(v, str)]


def expressions(value):
    return [t for t in texts(value) if re.match(r"\[(?!\[).*\]$", t, re.S)]


def parameters_read(value):
    return {m for t in expressions(value) for m in re.findall(r"\bparameters\('([^']+)'\)", t)}


# --- definitions ---------------------------------------------------------------------------------

def check_conditions(name, c, counted=(), loops=()):
    for group in ("allOf", "anyOf"):
        for child in c.get(group, ()):
            check_conditions(name, child, counted, loops)
    if "not" in c:
        check_conditions(name, c["not"], counted, loops)
    count = c.get("count")
    if count and "field" in count:
        counted = (*counted, count["field"])
    field = c.get("field", count.get("field") if count else None) or ""
    for array in re.findall(r"^.*?\[\*\]|(?<=\[\*\]).*?\[\*\]", field):
        holds(any(f.startswith(array) or array in f for f in counted), name, "a bare [*]", field)
    if count and "value" in count:
        holds("name" in count or not loops, name, "a nested value count without a name")
        loops = (*loops, count.get("name", "default"))
    if count and "where" in count:
        check_conditions(name, count["where"], counted, loops)
    here = [c.get(k) for k in c if k not in ("allOf", "anyOf", "not", "count")]
    for text in expressions(here):
        for loop in re.findall(r"\bcurrent\('([^']+)'\)", text):
            holds(loop in loops or any(loop.startswith(f) for f in counted),
                  name, "no count walks", loop)


def check_definition(name, p):
    rule, declared = p["policyRule"], set(p.get("parameters", {}))
    outside = copy.deepcopy(rule)
    details = outside["then"].get("details")
    if isinstance(details, dict) and "deployment" in details:
        template = details["deployment"]["properties"].pop("template")
        passed = set(details["deployment"]["properties"].get("parameters", {}))
        holds(set(template.get("parameters", {})) == passed, name, "template parameters", passed)
        holds(parameters_read(template) == passed, name, "template reads", parameters_read(template))
    holds(parameters_read(outside) == declared, name, "parameters", declared,
          parameters_read(outside))
    check_conditions(name, rule["if"])
    if isinstance(details, dict) and "existenceCondition" in details:
        check_conditions(name, details["existenceCondition"])


def check_fingerprint(name, body):
    said = body["properties"]["metadata"].pop("fingerprint")
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    body["properties"]["metadata"]["fingerprint"] = said
    found = hashlib.sha256(text.encode()).hexdigest()[:16]
    holds(found == said, name, "fingerprint", said, found)


# --- initiatives and assignments -----------------------------------------------------------------

def check_initiative(name, p, definitions):
    ids = [m["policyDefinitionReferenceId"].lower() for m in p["policyDefinitions"]]
    holds(len(set(ids)) == len(ids), name, "reference ids", ids)
    groups = {g["name"] for g in p.get("policyDefinitionGroups", ())}
    used = {g for m in p["policyDefinitions"] for g in m.get("groupNames", ())}
    holds(groups == used, name, "groups", groups ^ used)
    declared = set(p.get("parameters", {}))
    holds(parameters_read(p["policyDefinitions"]) == declared, name, "parameters", declared)
    for m in p["policyDefinitions"]:
        scope, _, last = m["policyDefinitionId"].partition("/providers/Microsoft.Authorization")
        if not scope:
            continue  # a built-in
        own = definitions[last.rpartition("/")[2]]["properties"].get("parameters", {})
        passed = m.get("parameters", {})
        holds(set(passed) <= set(own), name, "passes", set(passed) - set(own))
        for key, declared_own in own.items():
            holds(key in passed or "defaultValue" in declared_own, name, "does not pass", key)
            check_argument(f"{name} {key}", passed.get(key, {}).get("value"), declared_own)


def check_argument(name, value, parameter):
    if isinstance(value, str) and re.match(r"\[(?!\[)", value):
        return
    allowed = parameter.get("allowedValues")
    for v in value if isinstance(value, list) else [value] if value is not None else ():
        holds(not allowed or v in allowed, name, "not allowed", v)


def check_assignment(name, p, initiatives):
    initiative = initiatives[p["policyDefinitionId"].rpartition("/")[2]]["properties"]
    declared, given = initiative.get("parameters", {}), p.get("parameters", {})
    holds(set(given) <= set(declared), name, "unknown parameters", set(given) - set(declared))
    for key, parameter in declared.items():
        holds(key in given or "defaultValue" in parameter, name, "does not set", key)
        check_argument(f"{name} {key}", given.get(key, {}).get("value"), parameter)
    ids = {m["policyDefinitionReferenceId"] for m in initiative["policyDefinitions"]}
    quoted = {m["policyDefinitionReferenceId"] for m in p.get("nonComplianceMessages", ())
              if "policyDefinitionReferenceId" in m}
    quoted |= {v for o in p.get("overrides", ()) for s in o["selectors"]
               if s["kind"] == "policyDefinitionReferenceId" for v in s.get("in", s.get("notIn"))}
    holds(quoted <= ids, name, "no such member", quoted - ids)


# --- the folder ----------------------------------------------------------------------------------

def below(body, pointer):
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        body = body[int(key)] if isinstance(body, list) else body[key]
    return body


def check_map(source, folder, bodies):
    found = json.loads((folder / "sourcemap.json").read_bytes())
    holds(list(found["files"]) == list(found["ids"]) == sorted(bodies), source, "map")
    for path, places in found["files"].items():
        holds("" in places, source, path, "no place of its own")
        for pointer, place in places.items():
            below(bodies[path], pointer)
            file, line, column = place.rsplit(":", 2)
            root = TOP / "stdlib" if file.startswith("<stdlib>/") else \
                source if source.is_dir() else source.parent
            lines = (root / file.removeprefix("<stdlib>/")).read_text("utf-8").split("\n")
            holds(lines[int(line) - 1][int(column) - 1:].strip(), source, pointer, place)
        for ident in found["ids"][path]:
            kind, name = ident.split("/")[-2:]
            holds(re.match(rf"{kind}/([a-z0-9_]+\.)?{re.escape(name)}", path), source, path)


def check_layout(source, path, text):
    holds(text.endswith(b"\n") and b"\n\n" not in text and b"\t" not in text, source, path)
    for line in text.split(b"\n"):
        holds(len(line) <= 100 or ONE_VALUE.fullmatch(line), source, path, line)


def build(source):
    with tempfile.TemporaryDirectory(prefix="moat-bodies-") as out:
        done = subprocess.run([MOAT, "build", source, "-o", out], capture_output=True, text=True)
        if done.returncode != 0:
            return None
        folder = pathlib.Path(out)
        texts_of = {str(p.relative_to(folder)): p.read_bytes() for p in folder.glob("*/*.json")}
        bodies = {path: json.loads(text) for path, text in texts_of.items()}
        manifest = json.loads((folder / ".moat-manifest.json").read_bytes())["files"]
        everything = {**texts_of, "sourcemap.json": (folder / "sourcemap.json").read_bytes()}
        holds(manifest == {p: hashlib.sha256(t).hexdigest() for p, t in everything.items()},
              source, "manifest")
        check_map(source, folder, bodies)
    for path, text in texts_of.items():
        check_layout(source, path, text)
    # prod.ai_baseline and dev.ai_baseline differ in the ids of their members only
    kinds = {k: {pathlib.Path(p).stem.rpartition(".")[2]: b for p, b in bodies.items() if p.startswith(k + "/")}
             for k in KEEP}
    for name, body in kinds["policyDefinitions"].items():
        check_definition(f"{source} {name}", body["properties"])
        check_fingerprint(f"{source} {name}", body)
    for name, body in kinds["policySetDefinitions"].items():
        check_initiative(f"{source} {name}", body["properties"], kinds["policyDefinitions"])
    for name, body in kinds["policyAssignments"].items():
        check_assignment(f"{source} {name}", body["properties"], kinds["policySetDefinitions"])
    return bodies


# --- is the schema strict? -----------------------------------------------------------------------

def spoiled(body):
    """The body with one thing wrong, in every place where that can be done."""
    for path, value in walk(body):
        parent = path[:-1]
        inside = {"metadata", "template", "schema", "parameters", "defaultValue", "values",
                  "matchLabels"}
        if inside & set(path) or path[-1:] == ("value",) and "details" in path:
            continue  # any JSON
        if isinstance(value, dict) and path:
            yield path, lambda v: {**v, "surprise": 1}
        if value == [] or isinstance(value, list) and path[-1] in ("allOf", "anyOf", "operations"):
            yield path, lambda v: []
        if path and path[-1] in ("mode", "operation", "exemptionCategory", "enforcementMode"):
            yield path, lambda v: v.lower() + "s"
        if path and path[-1] == "exists":
            yield path, lambda v: "maybe"
        if path and path[-1] in ("in", "notIn") and isinstance(value, list):
            yield path, lambda v: "x"
        if isinstance(value, dict) and "field" in value and "equals" in value and \
                parent and parent[-1] in ("allOf", "anyOf"):
            yield path, lambda v: {**v, "notEquals": "x"}
            yield path, lambda v: {"field": v["field"]}
            yield path, lambda v: {**v, "value": "x"}


def changed(body, path, change):
    result = copy.deepcopy(body)
    at = result
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = change(at[path[-1]])
    return result


def check_strictness(bodies):
    refused = 0
    for path, body in bodies.items():
        name = path.split("/")[0]
        schema = jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}",
                                             "definitions": SCHEMA["definitions"]})
        holds(schema.is_valid(body), path, "breaks its schema")
        for place, change in spoiled(body):
            wrong = changed(body, place, change)
            holds(not schema.is_valid(wrong), path, "the schema takes a change at", place)
            refused += 1
    return refused


def main():
    sources = sorted(p for p in (TOP / "examples").glob("*") if (p / "README.md").exists())
    sources += sorted((TOP / "tests/golden").rglob("*.moat"))
    built = bodies_seen = refused = 0
    for source in sources:
        bodies = build(source)
        if bodies is None:
            continue  # the golden suite says why
        built += 1
        bodies_seen += len(bodies)
        if built % 5 == 1:
            refused += check_strictness(bodies)
    holds(built > len(sources) // 2, "only", built, "of", len(sources), "programs build")
    print(f"{built} programs, {bodies_seen} bodies, {refused} spoiled ones refused")


main()
