"""Judges a policy rule as Azure would: a second, simple authority for the tests.

It knows nothing of moat: it reads the emitted JSON, a resource and the
catalogue's paths. Operators follow spec/lowering.md's reading of missing,
null and wrong types. What it does not know raises, so that a test fails.
"""
import ipaddress
import json
import re
from datetime import datetime, timedelta


class Missing:
    def __repr__(self):
        return "missing"


MISSING = Missing()


class EvaluationError(Exception):
    """A function failed: the service would deny."""


class Aliases:
    """Alias → JSON path, read from the catalogue's text files."""

    def __init__(self, folder):
        self.paths = {}
        for file in sorted(folder.glob("*.txt")):
            owner = None
            for line in file.read_text().splitlines():
                cells = line.split("\t")
                if cells[0] == "type":
                    owner = cells[1]
                elif cells[0] == "" and owner and len(cells) > 2:
                    self.add(owner, cells[1], cells[3] if len(cells) > 3 else "")

    def add(self, owner, field, path):
        path = path.split("|")[0] or "="
        if path.startswith("="):
            at = path[1:].split(",") if path[1:] else ["0"]
            parts = []
            for i, segment in enumerate(field.split(".")):
                parts += ["properties"] * at.count(str(i)) + [segment]
            path = ".".join(parts)
        self.paths[f"{owner}/{field}".lower()] = path

    def path(self, alias):
        return self.paths[alias.lower()]


def fold(x):
    return x.lower() if isinstance(x, str) else x


def child(value, name):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.lower() == name.lower():
                return inner
    return MISSING


def number(x):
    if isinstance(x, bool):
        return None
    if isinstance(x, (int, float)):
        return x
    try:
        return float(x.strip()) if isinstance(x, str) else None
    except ValueError:
        return None


def equal(left, right):
    if left is MISSING:
        left = None
    if left is None or right is None:
        other = right if left is None else left
        return other is None or other == ""
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    for a, b in ((left, right), (right, left)):
        if isinstance(a, str) and isinstance(b, bool):
            return a.lower() == str(b).lower()
        if isinstance(a, str) and isinstance(b, (int, float)):
            return number(a) == b
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return left == right


def text(x):
    if isinstance(x, bool):
        return str(x).lower()
    return str(x) if isinstance(x, (int, float)) else x


def like(value, pattern):
    value = text(value)
    if not isinstance(value, str):
        return False
    before, star, after = pattern.lower().partition("*")
    value = value.lower()
    if not star:
        return value == before
    return (len(value) >= len(before) + len(after) and value.startswith(before)
            and value.endswith(after))


def match(value, pattern, fold_case):
    value = text(value)
    if not isinstance(value, str) or len(value) != len(pattern):
        return False
    for c, p in zip(value, pattern):
        if p == "#":
            good = c in "0123456789"
        elif p == "?":
            good = c.isascii() and c.isalpha()
        elif p == ".":
            good = True
        else:
            good = c.lower() == p.lower() if fold_case else c == p
        if not good:
            return False
    return True


def contains(value, part):
    if isinstance(value, list):
        return any(equal(x, part) for x in value)
    if isinstance(value, dict):
        return child(value, part) is not MISSING
    value = text(value)
    return isinstance(value, str) and text(part).lower() in value.lower()


def date(x):
    try:
        return datetime.fromisoformat(x.replace("Z", "+00:00")[:26] + "+00:00"
                                      if "T" in x and "." in x else x.replace("Z", "+00:00"))
    except (ValueError, AttributeError):
        return None


def order(left, right):
    """-1, 0, 1, or None where they have none."""
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, str) and isinstance(right, str):
        a, b = date(left), date(right)
        if "T" in left and a and b and (a.tzinfo is None) == (b.tzinfo is None):
            return (a > b) - (a < b)
        a, b = left.lower(), right.lower()
        return (a > b) - (a < b)
    a, b = number(left), number(right)
    return None if a is None or b is None else (a > b) - (a < b)


def member(value, options):
    if value is MISSING or value is None:
        return False
    return any(equal(value, x) for x in (options if isinstance(options, list) else [options]))


NEGATED = {"notequals": "equals", "notlike": "like", "notmatch": "match", "notin": "in",
           "notmatchinsensitively": "matchinsensitively", "notcontains": "contains",
           "notcontainskey": "containskey"}


def operate(op, left, right):
    op = op.lower()
    if op in NEGATED:
        return not operate(NEGATED[op], left, right)
    if op == "exists":
        return (left is not MISSING and left is not None) == (str(right).lower() == "true")
    if op == "equals":
        return equal(left, right)
    if op == "in":
        return member(left, right)
    if left is MISSING or left is None:
        return False
    if op == "like":
        return like(left, right)
    if op in ("match", "matchinsensitively"):
        return match(left, right, op == "matchinsensitively")
    if op == "contains":
        return contains(left, right)
    if op == "containskey":
        return isinstance(left, dict) and child(left, right) is not MISSING
    sign = order(left, right)
    return sign is not None and {"less": sign < 0, "lessorequals": sign <= 0, "greater": sign > 0,
                                 "greaterorequals": sign >= 0}[op]


# --- template expressions --------------------------------------------------------------------

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(-?\d+)|([A-Za-z_]\w*)|(.))", re.S)


def parse(source):
    tokens = [m.groups() for m in TOKEN.finditer(source) if m.group().strip()]
    at = 0

    def peek():
        return tokens[at][3] if at < len(tokens) else None

    def take(expected):
        nonlocal at
        if peek() != expected:
            raise ValueError(f"{expected} wanted in {source}")
        at += 1

    def expression():
        nonlocal at
        quoted, digits, word, _ = tokens[at]
        at += 1
        if quoted is not None:
            node = ("literal", quoted[1:-1].replace("''", "'"))
        elif digits is not None:
            node = ("literal", int(digits))
        else:
            args = []
            take("(")
            while peek() != ")":
                args.append(expression())
                if peek() == ",":
                    take(",")
            take(")")
            node = ("call", word.lower(), args)
        while peek() in (".", "["):
            if peek() == ".":
                take(".")
                node = ("member", node, tokens[at][2])
                at += 1
            else:
                take("[")
                node = ("index", node, expression())
                take("]")
        return node

    node = expression()
    if at != len(tokens):
        raise ValueError(f"more than one expression: {source}")
    return node


def try_get(value, *keys):
    for key in keys:
        if isinstance(value, list) and isinstance(key, int):
            value = value[key] if key < len(value) else None
        else:
            value = child(value, key) if isinstance(value, dict) else MISSING
            value = None if value is MISSING else value
        if value is None:
            return None
    return value


def in_range(outer, inner):
    def bounds(x):
        if "-" in x:
            low, high = x.split("-")
            return ipaddress.ip_address(low.strip()), ipaddress.ip_address(high.strip())
        net = ipaddress.ip_network(x, strict=False)
        return net[0], net[-1]
    try:
        (a, b), (c, d) = bounds(outer), bounds(inner)
    except ValueError as e:
        raise EvaluationError(str(e)) from e
    if a.version != c.version:
        raise EvaluationError("mixed address families")
    return a <= c and d <= b


def require_text(x):
    if not isinstance(x, str):
        raise EvaluationError(f"text wanted, not {x!r}")
    return x


def split(value, by):
    value = require_text(value)
    return re.split("|".join(re.escape(x) for x in (by if isinstance(by, list) else [by])), value)


def empty(x):
    return x is None or x is MISSING or x in ("", [], {})


def first(x):
    if not x:
        return "" if isinstance(x, str) else None
    return x[0]


def last(x):
    if not x:
        return "" if isinstance(x, str) else None
    return x[-1]


def template_contains(a, b):
    if isinstance(a, dict):
        return child(a, b) is not MISSING
    return b in a


def add_days(when, days):
    start = datetime.fromisoformat(require_text(when).replace("Z", "+00:00")[:19])
    return (start + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.0000000Z")


def substring(s, start, length=None):
    end = len(s) if length is None else start + length
    if start < 0 or end > len(s):
        raise EvaluationError("substring past the end")
    return s[start:end]


def whole(x):
    try:
        return int(x)
    except (TypeError, ValueError) as e:
        raise EvaluationError(f"no number: {x!r}") from e


PLAIN = {
    "true": lambda: True, "false": lambda: False, "null": lambda: None,
    "equals": lambda a, b: a == b and isinstance(a, bool) == isinstance(b, bool),
    "not": lambda a: not a, "and": lambda *a: all(a), "or": lambda *a: any(a),
    "less": lambda a, b: a < b, "lessorequals": lambda a, b: a <= b,
    "greater": lambda a, b: a > b, "greaterorequals": lambda a, b: a >= b,
    "coalesce": lambda *a: next((x for x in a if x is not None), None),
    "concat": lambda *a: sum(a, []) if isinstance(a[0], list) else "".join(text(x) for x in a),
    "createarray": lambda *a: list(a),
    "createobject": lambda *a: dict(zip(a[::2], a[1::2])),
    "tryget": try_get, "split": split, "empty": empty, "first": first, "last": last,
    "length": len, "tolower": lambda s: require_text(s).lower(),
    "toupper": lambda s: require_text(s).upper(), "trim": lambda s: require_text(s).strip(),
    "replace": lambda s, a, b: require_text(s).replace(a, b),
    "indexof": lambda s, part: s.lower().find(part.lower()),
    "contains": template_contains, "json": json.loads, "string": text,
    "int": whole, "items": lambda o: [{"key": k, "value": o[k]} for k in sorted(o)],
    "iprangecontains": in_range, "adddays": add_days, "substring": substring,
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "mod": lambda a, b: a - b * int(a / b),
    "startswith": lambda s, p: s.lower().startswith(p.lower()),
    "endswith": lambda s, p: s.lower().endswith(p.lower()),
}


class Judge:
    """One resource, its surroundings and a rule's parameters."""

    def __init__(self, aliases, resource, parameters=None, context=None, now=None):
        self.aliases = aliases
        self.resource = resource       # what field() reads
        self.read = resource           # what field conditions read
        self.parameters = parameters or {}
        self.context = context or {}
        self.now = now or "2026-01-15T00:00:00.0000000Z"
        self.bound = []                # (pattern of a path, the path it stands for)
        self.elements = []             # (name, value) of value counts

    # --- fields

    def field_path(self, name):
        low = name.lower()
        if low in ("name", "type", "kind", "location", "id", "tags"):
            return [low]
        if low.startswith("identity."):
            return low.split(".")
        if low.startswith("tags["):
            inner = name[5:name.rindex("]")]
            if inner.startswith("'"):
                inner = inner[1:-1].replace("''", "'")
            return ["tags", inner]
        if low.startswith("tags."):
            return ["tags", name[5:]]
        if "/" not in name:
            raise KeyError(name)
        path = self.aliases.path(name)
        for pattern, actual in reversed(self.bound):
            if path == pattern or path.startswith(pattern + "."):
                path = actual + path[len(pattern):]
                break
        return path.split(".")

    def walk(self, document, path):
        values = [("", document)]
        for segment in path:
            name, _, index = segment.partition("[")
            following = []
            for at, value in values:
                inner = child(value, name)
                where = f"{at}.{name}" if at else name
                if index == "*]":
                    if isinstance(inner, list):
                        following += [(f"{where}[{i}]", x) for i, x in enumerate(inner)]
                    continue
                if index:
                    inner = inner[int(index[:-1])] if isinstance(inner, list) else MISSING
                    where += "[" + index
                following.append((where, inner))
            values = following
        return values

    def applies(self, name):
        """An alias of another type reads as missing."""
        kind = self.read.get("type", "").lower()
        low = name.lower()
        return "/" not in low or low.startswith((kind + "/", "tags[", "tags."))

    def field(self, name):
        if name.lower() == "fullname":
            return "/".join(self.read["id"].split("/providers/")[-1].split("/")[2::2])
        if not self.applies(name):
            return MISSING
        path = self.field_path(name)
        if path[0] == "tags" and len(path) == 2:  # whatever the tag is called
            return child(child(self.read, "tags"), path[1])
        values = self.walk(self.read, path)
        if any(segment.endswith("[*]") for segment in path):
            raise AssertionError(f"a bare [*] in a condition: {name}")
        return values[0][1] if values else MISSING

    def function_field(self, name):
        read, self.read = self.read, self.resource
        try:
            if "[*]" in name:
                return [v for _, v in self.walk(self.read, self.field_path(name)) if v is not MISSING]
            value = self.field(name)
        finally:
            self.read = read
        return None if value is MISSING else value

    # --- expressions

    def value(self, x):
        if isinstance(x, list):
            return [self.value(y) for y in x]
        if not isinstance(x, str) or not x.startswith("["):
            return x
        if x.startswith("[["):
            return x[1:]
        return self.run(parse(x[1:-1])) if x.endswith("]") else x

    def current(self, name):
        for known, value in reversed(self.elements):
            if known == name:
                return value
        value = self.field(name)
        return None if value is MISSING else value

    def run(self, node):
        kind = node[0]
        if kind == "literal":
            return node[1]
        if kind == "member":
            value = child(self.run(node[1]), node[2])
            if value is MISSING:
                raise EvaluationError(f"no member {node[2]}")
            return value
        if kind == "index":
            try:
                return self.run(node[1])[self.run(node[2])]
            except (IndexError, KeyError, TypeError) as e:
                raise EvaluationError("index out of range") from e
        _, name, args = node
        if name == "if":
            return self.run(args[1] if self.run(args[0]) else args[2])
        values = [self.run(a) for a in args]
        return self.call(name, values)

    def call(self, name, values):
        if name == "parameters":
            return self.parameters[values[0]]
        if name == "field":
            return self.function_field(values[0])
        if name == "current":
            return self.current(values[0])
        if name == "utcnow":
            return self.now
        if name == "requestcontext":
            return {"apiVersion": "2099-01-01", **self.context.get("requestContext", {})}
        if name == "policy":
            return {"definitionReferenceId": "member", **self.context.get("policy", {})}
        if name in ("resourcegroup", "subscription"):
            key = {"resourcegroup": "resourceGroup", "subscription": "subscription"}[name]
            if key == "resourceGroup" and "/resourcegroups/" not in self.resource["id"].lower():
                raise EvaluationError("resourceGroup() above resource groups")
            return self.context.get(key, {"name": "rg", "location": "westeurope"})
        return PLAIN[name](*values)

    # --- conditions

    def holds(self, c):
        if "allOf" in c:
            return all([self.holds(x) for x in c["allOf"]])
        if "anyOf" in c:
            return any([self.holds(x) for x in c["anyOf"]])
        if "not" in c:
            return not self.holds(c["not"])
        (op, right), = [(k, v) for k, v in c.items() if k not in ("field", "value", "count")]
        right = self.value(right)
        if "count" in c:
            return operate(op, self.count(c["count"]), right)
        if "value" in c:
            return operate(op, self.value(c["value"]), right)
        name = self.value(c["field"])
        left = self.field(name)
        if name.lower() == "location":
            right = [x.replace(" ", "") for x in right] if isinstance(right, list) else right
            left = left.replace(" ", "") if isinstance(left, str) else left
        return operate(op, left, right)

    def count(self, c):
        where = c.get("where")
        found = 0
        if "value" in c:
            for item in self.value(c["value"]) or []:
                self.elements.append((c.get("name", "default"), item))
                found += self.holds(where) if where else 1
                self.elements.pop()
            return found
        if not self.applies(c["field"]):
            return 0
        pattern = self.aliases.path(c["field"])
        for at, _ in self.walk(self.read, self.field_path(c["field"])):
            depth = len(self.bound)
            parts, actual = pattern.split("."), at.split(".")
            for i, part in enumerate(parts):
                if part.endswith("[*]"):
                    self.bound.append((".".join(parts[:i + 1]), ".".join(actual[:i + 1])))
            found += self.holds(where) if where else 1
            del self.bound[depth:]
        return found

    def related_satisfies(self, details, related):
        for r in related:
            if r is None or r.get("type", "").lower() != details["type"].lower():
                continue
            name = self.value(details.get("name"))
            if name and r.get("name", name).lower() != name.lower():
                continue
            self.read = r
            good = "existenceCondition" not in details or self.holds(details["existenceCondition"])
            self.read = self.resource
            if good:
                return True
        return False
