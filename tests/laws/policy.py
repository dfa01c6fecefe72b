"""Judges a policy rule as Azure would: a second, simple authority for the tests.

It knows nothing of moat: it reads a policy, a resource and the catalogue's
paths, and does what the reference says in the plainest way (a count makes a
copy of the resource for each element). Semantics are `recommended` or, with
`engine=True`, the open-source engine's. What it does not know raises, so that
a test fails; what no source decides raises Unspecified.
"""
# SPDX-License-Identifier: MIT

import re

from policy_functions import EMPTY, FUNCTIONS, call
from policy_operators import MISSING, UNDEFINED, EvaluationError, Unspecified, child, operate
from policy_parse import parse


class Aliases:
    """Alias → JSON path, read from the catalogue's text files or a listing of providers."""

    def __init__(self, folder=None, listing=None):
        self.paths, self.owners, self.versions = {}, {}, {}
        for file in sorted(folder.glob("*.txt")) if folder else ():
            owner = None
            for line in file.read_text().splitlines():
                cells = line.split("\t")
                if cells[0] == "type":
                    owner = cells[1]
                elif cells[0] == "" and owner and len(cells) > 2:
                    self.add(owner, cells[1], cells[3] if len(cells) > 3 else "")
        for provider in listing or ():
            for kind in provider["resourceTypes"]:
                owner = f"{provider['namespace']}/{kind['resourceType']}"
                for alias in kind["aliases"]:
                    self.add_listed(owner, alias)

    def add(self, owner, field, path):
        path = path.split("|")[0] or "="
        if path.startswith("="):
            at = path[1:].split(",") if path[1:] else ["0"]
            parts = []
            for i, segment in enumerate(field.split(".")):
                parts += ["properties"] * at.count(str(i)) + [segment]
            path = ".".join(parts)
        self.paths[f"{owner}/{field}".lower()] = path
        self.owners[f"{owner}/{field}".lower()] = owner.lower()

    def add_listed(self, owner, alias):
        name = alias["name"].lower()
        self.paths[name], self.owners[name] = alias["defaultPath"], owner.lower()
        for other in alias.get("paths") or ():
            for version in other["apiVersions"]:
                self.versions[name, version.lower()] = other["path"]

    def path(self, alias, version=None):
        alias = alias.lower()
        return self.versions.get((alias, (version or "").lower())) or self.paths[alias]

    def of_type(self, alias, kind):
        return self.owners[alias.lower()] == kind.lower()


# --- documents -------------------------------------------------------------------------------

def segments(path):
    """`a.b[*].c` → a, b, ALL, c. Brackets hold a name or a star."""
    found = []
    for part in re.findall(r"[^.\[\]]+|\[[^\]]*\]", path):
        found.append(part if part[0] != "[" else ALL if part == "[*]" else part[1:-1].strip("'"))
    return found


ALL = ("every element",)


def walk(document, path):
    """Every value the path selects, each with the indices of its elements."""
    found = [((), document)]
    for segment in path:
        following = []
        for at, value in found:
            if segment is not ALL:
                following.append((at, child(value, segment)))
            elif isinstance(value, list):
                following += [(at + (i,), x) for i, x in enumerate(value)]
        found = following
    return found


def virtual(document, path):
    """As walk; an array that is not there has one element, and what is asked of that is null."""
    if not path:
        return [document]
    if path[0] is not ALL:
        return virtual(child(document, path[0]), path[1:])
    if not isinstance(document, list):
        return [None]
    return [y for x in document for y in virtual(x, path[1:])]


def lacks_inner(document, path):
    """Does an element of the path's first array have no array where the path has another?"""
    outer = path.index(ALL) + 1
    return any(not isinstance(x, list) for _, x in walk(document, path[:-1])) \
        if ALL in path[outer:] and walk(document, path[:outer]) else False


def only(value, path, at):
    """A copy in which the arrays on the path hold just the elements at these indices."""
    if not at:
        return value
    if path[0] is ALL:
        return [only(value[at[0]], path[1:], at[1:])]
    key = next(k for k in sorted(value, key=lambda k: k != path[0]) if k.lower() == path[0].lower())
    return {**value, key: only(value[key], path[1:], at)}


def leaves(c):
    """The conditions of a rule that are no groups; those in counts are not among them."""
    for key, x in c.items():
        if key.lower() in ("allof", "anyof", "not"):
            for y in x if isinstance(x, list) else [x]:
                yield from leaves(y)
            return
    yield {k.lower(): v for k, v in c.items()}


PLAIN_FIELDS = ("name", "type", "kind", "location", "id", "tags", "apiversion")


class Judge:
    """One resource, its surroundings and a rule's parameters."""

    def __init__(self, aliases, resource, parameters=None, context=None, now=None, engine=False):
        self.aliases, self.engine = aliases, engine
        self.resource = self.own = resource   # as given; in a count of its elements
        self.other = None                     # the related resource looked at
        self.parameters = {k.lower(): v for k, v in (parameters or {}).items()}
        self.context = context or {}
        self.now = now or "2026-01-15T00:00:00.0000000Z"
        self.bound = []                       # (alias or None, name, element) of counts

    # --- fields

    def read(self):
        return self.own if self.other is None else self.other

    def field_path(self, name):
        """The path of a field; verdicts change resources by it."""
        return [x for x in self.path(name) if x is not ALL]

    def path(self, name):
        low = name.lower()
        if low in PLAIN_FIELDS:
            return [low]
        tag = re.match(r"tags(?:\.|\[)", low)
        if tag and low != "tags[*]":
            inner = name[5:] if tag[0] == "tags." else name[5:name.rindex("]")]
            if inner.startswith("'") and inner.endswith("'") and len(inner) > 1:
                inner = inner[1:-1].replace("''", "'")
            return ["tags", inner]
        if low.startswith("identity.") or not self.aliases:
            return segments(name)
        if "/" not in name:
            raise KeyError(name)
        return segments(self.aliases.path(name, self.context.get("apiVersion")))

    def applies(self, name, document):
        """An alias of another type reads as missing."""
        return not self.aliases or name.lower() not in self.aliases.paths \
            or self.aliases.of_type(name, document.get("type", ""))

    @staticmethod
    def full_name(document):
        if "id" not in document:
            raise Unspecified("fullName without an id")
        return "/".join(document["id"].split("/providers/")[-1].split("/")[2::2])

    def values(self, name, document, select):
        if name.lower() == "fullname":
            return [self.full_name(document)]
        if name.lower() == "name" and isinstance(document.get("name"), str):
            return [document["name"].split("/")[-1]]
        if not self.applies(name, document):
            return [] if select is walk else [MISSING]
        found = select(document, self.path(name))
        return [v for _, v in found] if select is walk else found

    def condition_values(self, name):
        """What a condition asks of a field, one by one."""
        found = self.values(name, self.read(), virtual)
        if "[*]" not in name or not found:
            return [None if x is MISSING and "[*]" not in name else x for x in found]
        return found

    def function_field(self, name):
        found = self.values(name, self.own, walk)
        if "[*]" in name:
            return [v for v in found if v is not MISSING]
        missing = None if self.engine else EMPTY
        return missing if not found or found[0] is MISSING else found[0]

    # --- expressions

    def value(self, x):
        if isinstance(x, list):
            found = [self.value(y) for y in x]
            if any(y is UNDEFINED for y in found):
                raise Unspecified("a list of what failed")
            return found
        if isinstance(x, dict):
            return {k: self.value(v) for k, v in x.items()}
        if not isinstance(x, str) or not x.startswith("["):
            return x
        if x.startswith("[["):
            return x[1:] if self.engine or x.endswith("]") else x
        if not x.endswith("]"):
            return x
        try:
            found = self.run(parse(x[1:-1]))
        except EvaluationError:
            if not self.engine:
                raise
            return UNDEFINED
        return None if found is EMPTY else found

    def current(self, name=None):
        if name is None:
            if not self.bound:
                raise KeyError("current")
            alias, _, element = self.bound[-1]
            return element if alias is None else self.current(alias)
        for alias, known, element in reversed(self.bound):
            if alias is None and known == name:
                return element
        found = self.values(name, self.read(), walk)
        if not found or found[0] is MISSING:
            if self.engine:
                raise Unspecified("current() of what is missing")
            return EMPTY
        return found[0]

    def run(self, node):
        kind = node[0]
        if kind == "literal":
            return node[1]
        if kind == "minus":
            return call("sub", [0, self.run(node[1])], self.engine)
        if kind == "member":
            of, key = self.run(node[1]), self.run(node[2])
            if isinstance(of, list) and type(key) is int and 0 <= key < len(of):
                return of[key]
            found = child(of, key) if isinstance(key, str) else MISSING
            if found is MISSING:
                raise EvaluationError(f"no member {key!r}")
            return found
        _, name, args = node
        if name == "if":
            return self.choose(args)
        try:
            values = [self.run(a) for a in args]
        except EvaluationError as e:
            if self.engine and name == "coalesce":
                raise Unspecified("coalesce() of what failed") from e
            raise
        return self.surroundings(name, values) if name not in FUNCTIONS \
            else call(name, values, self.engine)

    def choose(self, args):
        chosen = self.run(args[0])
        if not isinstance(chosen, bool):
            raise EvaluationError("if() of no boolean")
        other = args[2 if chosen else 1]
        if self.engine:
            try:
                self.run(other)
            except EvaluationError as e:
                raise Unspecified("a branch not taken that fails") from e
        return self.run(args[1 if chosen else 2])

    def surroundings(self, name, values):
        if name == "parameters":
            return self.parameters[values[0].lower()]
        if name == "field":
            return self.function_field(values[0])
        if name == "current":
            return self.current(*values)
        if name == "utcnow":
            return self.now
        if name == "requestcontext":
            return {"apiVersion": "2099-01-01", **self.context.get("requestContext", {})}
        if name == "policy":
            return {"definitionReferenceId": "member", **self.context.get("policy", {})}
        key = {"resourcegroup": "resourceGroup", "subscription": "subscription"}[name]
        if key == "resourceGroup" and "/resourcegroups/" not in self.resource["id"].lower():
            raise EvaluationError("resourceGroup() above resource groups")
        return self.context.get(key, {"name": "rg", "location": "westeurope"})

    # --- conditions

    def group(self, conditions, clear):
        """allOf is clear by one false child, anyOf by one true: whatever fails beside it."""
        failed = None
        for c in conditions:
            try:
                if self.holds(c) == clear:
                    return clear
            except EvaluationError as e:
                failed = failed or e
        if failed:
            raise failed
        return not clear

    def holds(self, c):
        c = {k.lower(): v for k, v in c.items()}
        if "allof" in c:
            return self.group(c["allof"], False)
        if "anyof" in c:
            return self.group(c["anyof"], True)
        if "not" in c:
            return not self.holds(c["not"])
        (op, right), = [(k, v) for k, v in c.items() if k not in ("field", "value", "count")]
        right = self.value(right)
        if "count" in c:
            found = self.count(c["count"])
            return found is not UNDEFINED and operate(op, found, right, self.engine)
        if "value" in c:
            left = self.value(c["value"])
            return left is not UNDEFINED and operate(op, left, right, self.engine)
        return self.every(self.value(c["field"]), op, right)

    def applicable(self, rule):
        """Do the tests of type, name and kind hold, all others left out?"""
        asked = {str(leaf.get("field")).lower() for leaf in leaves(rule)}
        if "type" not in asked:
            return True
        tested = {"type", "name", "kind"} & asked
        if len(tested) == 2 and asked == tested:
            tested = {"type"}
        try:
            return self.reduced(rule, tested, False)
        except EvaluationError as e:
            raise Unspecified("a test of the type that fails") from e

    def reduced(self, c, tested, below_not):
        low = {k.lower(): v for k, v in c.items()}
        for key, every in (("allof", all), ("anyof", any)):
            if key in low:
                return every([self.reduced(x, tested, below_not) for x in low[key]])
        if "not" in low:
            return not self.reduced(low["not"], tested, not below_not)
        if isinstance(low.get("field"), str) and low["field"].lower() in tested:
            return self.holds(c)
        return not below_not

    def every(self, name, op, right):
        failed = None
        place = name.lower() == "location" and not self.engine
        if place:
            right = self.region(right)
        for left in self.condition_values(name):
            try:
                if not operate(op, self.region(left) if place else
                               UNDEFINED if left is MISSING and self.engine else left,
                               right, self.engine):
                    return False
            except EvaluationError as e:
                failed = failed or e
        if failed:
            raise failed
        return True

    def region(self, x):
        if isinstance(x, list):
            return [self.region(y) for y in x]
        return x.replace(" ", "").lower() if isinstance(x, str) else x

    def count(self, c):
        c = {k.lower(): v for k, v in c.items()}
        found, failed, where = 0, None, c.get("where")
        if self.engine and not where and "field" in c and self.applies(c["field"], self.read()) \
                and lacks_inner(self.read(), self.path(c["field"])):
            return UNDEFINED
        for enter in self.elements(c):
            own, other, depth = self.own, self.other, len(self.bound)
            enter()
            try:
                found += self.holds(where) if where else 1
            except EvaluationError as e:
                failed = e
            self.own, self.other = own, other
            del self.bound[depth:]
        if failed:
            raise failed
        return found

    def elements(self, c):
        """For each element, what puts it in place."""
        if "value" in c:
            values = self.value(c["value"])
            if not isinstance(values, list):
                if values is not None:
                    raise Unspecified("a count of no array")
                values = []
            return [lambda x=x: self.bound.append((None, c.get("name", "default"), x))
                    for x in values]
        name, document = c["field"], self.read()
        if not self.applies(name, document):
            return []
        path = self.path(name)

        def enter(at):
            copy = only(document, path, at)
            self.own, self.other = (copy, None) if self.other is None else (self.own, copy)
            self.bound.append((name, None, None))
        return [lambda at=at: enter(at) for at, _ in walk(document, path)]

    def state(self, rule, related):
        """What becomes of the resource, and the effect that acts; related resources are given."""
        effect, details = self.value(rule["then"]["effect"]), rule["then"].get("details")
        kind = effect.lower()
        if kind in ("auditifnotexists", "deployifnotexists"):
            if not self.holds(rule["if"]):
                return "notApplicable", None
            if self.related_satisfies(details, related):
                return "compliant", None
            return "nonCompliant", effect
        if not self.applicable(rule["if"]):
            return "notApplicable", None
        if kind == "disabled" or not self.holds(rule["if"]):
            return "compliant", None
        if kind in ("audit", "deny", "append", "modify"):
            return "nonCompliant", effect
        if kind == "denyaction":
            return "protected", effect
        if kind == "manual":
            default = (details or {}).get("defaultState", "Unknown")
            return default[0].lower() + default[1:], effect
        raise Unspecified(f"effect {effect}")

    def related_satisfies(self, details, related):
        details = {k.lower(): v for k, v in details.items()}
        for r in related:
            if r is None or r.get("type", "").lower() != details["type"].lower():
                continue
            name = self.value(details.get("name"))
            if name is UNDEFINED:
                raise Unspecified("a name that failed")
            if name and r.get("name", name).lower() != name.lower():
                continue
            self.other = r
            try:
                if "existencecondition" not in details or \
                        self.holds(details["existencecondition"]):
                    return True
            finally:
                self.other = None
        return False
