"""Random rules of every kind of condition and function, and small resources for them.

A seed gives the same rules everywhere. Values are few, so that they meet.
"""
# SPDX-License-Identifier: MIT

import re

TYPE = "Contoso.Demo/widgets"
# An alias and its path: under properties, beside them, renamed, with levels that names hide.
ALIASES = {
    f"{TYPE}/a": "properties.a", f"{TYPE}/b": "properties.deep.b", f"{TYPE}/c": "properties.Other",
    f"{TYPE}/sku.name": "sku.name", f"{TYPE}/list": "properties.list",
    f"{TYPE}/list[*]": "properties.list[*]",
    f"{TYPE}/parts": "properties.parts", f"{TYPE}/parts[*]": "properties.parts[*]",
    f"{TYPE}/parts[*].p": "properties.parts[*].properties.p",
    f"{TYPE}/parts[*].q": "properties.parts[*].properties.q",
    f"{TYPE}/parts[*].in": "properties.parts[*].properties.in",
    f"{TYPE}/parts[*].in[*]": "properties.parts[*].properties.in[*]",
    f"{TYPE}/parts[*].sub[*].s": "properties.parts[*].properties.sub[*].s",
    f"{TYPE}/parts[*].sub[*]": "properties.parts[*].properties.sub[*]",
    "Contoso.Demo/gadgets/a": "properties.a",
}
LISTING = {"value": [
    {"namespace": "Contoso.Demo", "resourceTypes": [
        {"resourceType": kind, "aliases": [
            {"name": name, "defaultPath": path, "paths": None} for name, path in ALIASES.items()
            if name.startswith(f"Contoso.Demo/{kind}/")]} for kind in ("widgets", "gadgets")]}]}
TEXTS = ["x", "X", "abc", "ABC", "xyz-01", "", " ", "1", "01", "1.5", "-2", "10", "9", "true",
         "False", "ß", "É", "é", "eastus", "East US", "2024-01-15", "2024-01-15T00:00:00Z",
         "a.b", "[x", "[[x]", "é1", "2024-01-15T02:00:00+02:00", "10.0.0.0/8", "10.1.2.3", "null"]
SCALARS = [0, 1, 2, -2, 10, 1.5, True, False]
PATTERNS = ["*", "x*", "*C", "a*c", "ABC", "", "xyz-##", "???", "...", "?Y?-0#", "#", "*1*",
            "x?z*", "T*"]
OPERATORS = ["equals", "notEquals", "like", "notLike", "match", "notMatch", "matchInsensitively",
             "notMatchInsensitively", "contains", "notContains", "in", "notIn", "containsKey",
             "notContainsKey", "less", "lessOrEquals", "greater", "greaterOrEquals", "exists"]
PARAMETERS = {"text": "abc", "number": 2, "flag": True, "list": ["x", "abc", 1, ""],
              "object": {"K": "v", "n": {"deep": [1, 2]}}, "none": [], "numbers": [1, 2, 10]}


class Rules:
    def __init__(self, dice):
        self.dice, self.arrays, self.elements = dice, [], []

    # --- values

    def pick(self, *choices):
        return self.dice.choice(choices)

    def scalar(self):
        return self.dice.choice(TEXTS) if self.dice.random() < 0.7 else self.dice.choice(SCALARS)

    def any(self, depth=2):
        roll = self.dice.random()
        if depth == 0 or roll < 0.75:
            return self.scalar() if roll > 0.06 else None
        if roll < 0.88:
            return [self.any(depth - 1) for _ in range(self.dice.randrange(3))]
        return {k: self.any(depth - 1) for k in self.dice.sample(["x", "K", "p", "abc"],
                                                                 self.dice.randrange(3))}

    def maybe(self, target, key, value):
        if self.dice.random() < 0.75:
            target[key] = value

    def resource(self):
        dice, properties = self.dice, {}
        self.maybe(properties, self.pick("a", "A"), self.any())
        self.maybe(properties, "deep", self.pick({"b": self.any()}, {"b": self.scalar()},
                                                   {}, None, 1))
        self.maybe(properties, self.pick("Other", "other"), self.scalar())
        self.maybe(properties, "list", self.pick(*[[self.any(1) for _ in range(n)] for n in
                                                   (0, 1, 2, 3)], None, "x", {"x": 1}))
        self.maybe(properties, "parts", self.pick(*[[self.part() for _ in range(n)] for n in
                                                    (0, 1, 2, 3)], None, "x"))
        made = {"id": "/subscriptions/0/resourceGroups/rg/providers/Contoso.Demo/widgets/abc",
                "name": "abc", "type": self.pick(TYPE, TYPE, TYPE.lower()),
                "properties": properties}
        self.maybe(made, "location", self.pick("eastus", "East US", "westus"))
        self.maybe(made, "kind", self.pick("x", "X", "abc"))
        self.maybe(made, "tags", {k: dice.choice(TEXTS) for k in dice.sample(
            ["env", "Cost Center", "a.b", "'q'"], dice.randrange(4))})
        self.maybe(made, "sku", self.pick({"name": "abc"}, {"Name": "X"}, None))
        self.maybe(made, "identity", self.pick({"type": "SystemAssigned"}, {}))
        return made

    def part(self):
        inner = {}
        self.maybe(inner, "p", self.any(1))
        self.maybe(inner, "q", self.scalar())
        self.maybe(inner, "in", self.pick([], ["x"], ["x", "abc"], [1, "X", None], None))
        self.maybe(inner, "sub", self.pick([], [{"s": self.scalar()}], [{"s": "x"}, {}]))
        return {"properties": inner}

    # --- conditions

    def field(self):
        roll = self.dice.random()
        if roll < 0.2:
            return self.pick("name", "type", "kind", "location", "id", "tags", "fullName",
                             "tags.env", "tags['Cost Center']", "tags[a.b]", "tags['a.b']",
                             "tags['''q''']",
                             "identity.type", "TAGS['ENV']", "[concat('tags[', 'env', ']')]")
        if self.arrays and roll < 0.6:
            counted = self.dice.choice(self.arrays)
            return self.dice.choice([x for x in ALIASES if x.startswith(counted)])
        name = self.dice.choice(list(ALIASES))
        return name.upper() if roll > 0.97 else name

    def right(self, op):
        roll = self.dice.random()
        if op == "exists":
            return self.pick(True, False, "true", "False") if roll < 0.95 else self.any(1)
        if op in ("in", "notIn") and roll < 0.85:
            return [self.any(1) for _ in range(self.dice.randrange(4))] if roll < 0.6 \
                else "[parameters('list')]"
        if roll < 0.1:
            return "[" + self.expression(2) + "]"
        if ("like" in op.lower() or "match" in op.lower()) and roll < 0.8:
            return self.dice.choice(PATTERNS)
        return self.any(1) if roll > 0.9 else self.scalar()

    def leaf(self, depth):
        op, roll = self.dice.choice(OPERATORS), self.dice.random()
        if roll < 0.25:
            made = self.dice.random() < 0.8
            left = {"value": "[" + self.expression(3) + "]" if made else self.any()}
        elif roll < 0.4 and depth:
            op = self.pick("equals", "greater", "less", "greaterOrEquals", "notEquals", "in")
            right = self.pick([0, 2], [1]) if op == "in" else self.dice.randrange(4)
            return {"count": self.count(depth), op: right}
        else:
            left = {"field": self.field()}
        return {**left, op: self.right(op)}

    def count(self, depth):
        where = self.dice.random() < 0.8
        if self.dice.random() < 0.3:
            made = {"value": self.pick("[parameters('list')]", [1, 2, "x"], "[parameters('none')]",
                                       "[createArray('abc', 2)]"), "name": self.pick("n", "m")}
            if where:
                self.elements.append(made["name"])
                made["where"] = self.rule(depth - 1)
                self.elements.pop()
            return made
        made = {"field": self.dice.choice([x for x in ALIASES if x.endswith("[*]")])}
        if where:
            self.arrays.append(made["field"])
            made["where"] = self.rule(depth - 1)
            self.arrays.pop()
        return made

    def rule(self, depth):
        roll = self.dice.random()
        if depth == 0 or roll < 0.5:
            return self.leaf(depth)
        if roll < 0.65:
            return {"not": self.rule(depth - 1)}
        return {self.pick("allOf", "anyOf", "ALLOF"): [self.rule(depth - 1) for _ in
                                                      range(self.dice.choice([1, 2, 2, 3]))]}

    # --- expressions

    def literal(self, x):
        if isinstance(x, bool) or x is None:
            return f"{str(x).lower() if x is not None else 'null'}()"
        if isinstance(x, float):
            return f"json('{x}')"
        return "'" + x.replace("'", "''") + "'" if isinstance(x, str) else str(x)

    def expression(self, depth, kind=None):
        """One whose value is likely of the kind; any kind where none is asked for."""
        if self.dice.random() < 0.05:
            kind = None
        kind = kind or self.pick("text", "text", "number", "boolean", "array", "object", "field")
        if depth == 0 or kind == "field":
            return self.atom(kind)
        return re.sub(r"\{([tnbao*])\}", lambda found: self.expression(depth - 1, KINDS[found[1]]),
                      self.dice.choice(SHAPES[kind]))

    def atom(self, kind):
        dice = self.dice
        if kind == "field":
            if self.elements and dice.random() < 0.5:
                return f"current('{dice.choice(self.elements)}')"
            if self.arrays and dice.random() < 0.5:
                base = dice.choice(self.arrays)
                return self.pick(f"current('{base}')", f"first(field('{base}'))", "current()",
                                 f"field('{base}')")
            return f"field('{dice.choice(list(ALIASES) + ['name', 'kind', 'location'])}')"
        return dice.choice({
            "text": [self.literal(dice.choice(TEXTS)), "parameters('text')", "field('name')"],
            "number": [str(dice.choice([0, 1, 2, 3, -1, 10])), "parameters('number')"],
            "boolean": ["true()", "false()", "parameters('flag')"],
            "array": ["parameters('list')", "createArray(1,2,'x')", "createArray()",
                      f"field('{TYPE}/list')", "parameters('numbers')", f"field('{TYPE}/list[*]')"],
            "object": ["parameters('object')", "createObject('x',1,'K',null())", "createObject()",
                       "parameters('object').n", "json('{\"z\":1,\"a\":[2]}')"],
        }[kind])


KINDS = {"t": "text", "n": "number", "b": "boolean", "a": "array", "o": "object", "*": None}
SHAPES = {
    "text": ["concat({t},{t})", "toLower({t})", "toUpper({t})", "trim({t})", "replace({t},{t},{t})",
             "substring({t},{n},{n})", "substring({t},{n})", "string({*})", "first({t})",
             "last({t})", "join({a},{t})", "padLeft({t},{n},'0')", "padLeft({n},{n},'0')",
             "format('{0}-{1}',1,'x')",
             "base64({t})", "base64ToString(base64({t}))", "uriComponent({t})", "take({t},{n})",
             "skip({t},{n})", "if({b},{t},{t})", "coalesce({*},{t})", "dataUri({t})",
             "uriComponentToString({t})", "dataUriToString(dataUri({t}))", "concat({t},{n})",
             "addDays('2024-01-15T00:00:00Z',{n})", "tryGet({o},{t})", "{a}[{n}]", "{o}.K"],
    "number": ["add({n},{n})", "sub({n},{n})", "mul({n},{n})", "div({n},{n})", "mod({n},{n})",
               "min({n},{n})", "max({n},{n},{n})", "length({*})", "indexOf({t},{t})", "int({t})",
               "lastIndexOf({t},{t})", "float({t})", "int({n})", "min({a})", "max({a})",
               "length({a})", "length({o})", "-{n}", "if({b},{n},{n})"],
    "boolean": ["equals({*},{*})", "equals({t},{t})", "less({n},{n})", "less({t},{t})",
                "greaterOrEquals({*},{*})", "greater({t},{t})", "lessOrEquals({t},{n})",
                "and({b},{b})", "or({b},{b})", "not({b})", "bool({t})", "bool({n})", "empty({*})",
                "contains({a},{*})", "contains({t},{t})", "contains({o},{t})",
                "startsWith({t},{t})", "endsWith({t},{t})", "ipRangeContains({t},{t})",
                "ipRangeContains('10.0.0.0/8','10.1.0.0/16')",
                "if({b},{b},{b})"],
    "array": ["createArray({*},{*})", "array({*})", "split({t},{t})", "union({a},{a})",
              "intersection({a},{a})", "take({a},{n})", "skip({a},{n})", "range({n},{n})",
              "concat({a},{a})", "items({o})", "if({b},{a},{a})", "coalesce({a},{a})",
              "split('a.b/c',createArray('.','/'))"],
    "object": ["createObject({t},{*})", "union({o},{o})", "intersection({o},{o})",
               "json(string({o}))", "if({b},{o},{o})", "first(items({o}))"],
}
