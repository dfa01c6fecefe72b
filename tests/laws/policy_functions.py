"""The template functions policy rules may call: part of policy.py.

`call(name, arguments, engine)` gives the result or raises EvaluationError; for
the engine the caller makes UNDEFINED of that. Arguments are values, or Missing
fields (`EMPTY`), which are null to some functions and "" to others.
"""
# SPDX-License-Identifier: MIT

import base64
import binascii
import ipaddress
import json
import re
from datetime import timedelta, timezone
from urllib.parse import quote, unquote, urljoin

from policy_operators import (MISSING, EvaluationError, Unspecified, child, contains, equal, fold,
                              identical, instant, is_number, number, order, sign, text)

TEXT_LIMIT, RANGE_LIMIT, INTEGERS = 131072, 10000, range(-2 ** 63, 2 ** 63)


class Empty:
    """field() of what is missing, where `""` and null differ."""

    def __repr__(self):
        return "missing field"


EMPTY = Empty()


def fail(why):
    raise EvaluationError(why)


def want(kind, x, what):
    if x is EMPTY and kind is str:
        return ""
    if not isinstance(x, kind) or isinstance(x, bool) and kind is not bool:
        fail(f"{what} wanted, not {x!r}")
    return x


def string(x):
    return want(str, x, "text")


def integer(x):
    return want(int, x, "an integer")


def array(x):
    return want(list, x, "an array")


def boolean(x):
    return want(bool, x, "a boolean")


def units(s):
    return len(s.encode("utf-16-le")) // 2


def plain(s):
    """Text whose characters are one unit each, so that Python's indices are Azure's."""
    s = string(s)
    if units(s) != len(s):
        raise Unspecified("halves of characters")
    return s


def scalar(x):
    return string(x) if isinstance(x, str) or x is EMPTY else \
        text(x) if isinstance(x, (bool, int, float)) else fail(f"no scalar: {x!r}")


def compact(x):
    if isinstance(x, list):
        return "[" + ",".join(map(compact, x)) + "]"
    if isinstance(x, dict):
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + compact(v)
                              for k, v in x.items()) + "}"
    return text(x) if is_number(x) else json.dumps(x, ensure_ascii=False)


def to_string(x, engine):
    if x is None:
        return "null" if engine else ""
    return compact(x) if isinstance(x, (list, dict)) else scalar(x)


def to_int(x, engine):
    if isinstance(x, bool) or not isinstance(x, (int, float, str)):
        fail(f"no number: {x!r}")
    found = number(x)
    if found is None or isinstance(found, float) and not engine:
        fail(f"no integer: {x!r}")
    return int(found)


def to_float(x):
    if isinstance(x, bool) or not isinstance(x, (int, float, str)) or number(x) is None:
        fail(f"no number: {x!r}")
    return float(number(x))


def to_bool(x, engine):
    if isinstance(x, (bool, int)):
        return bool(x)
    if isinstance(x, str) and x.lower() in ("true", "false"):
        return x.lower() == "true"
    if engine and x in ("1", "0"):
        return x == "1"
    if isinstance(x, float):
        raise Unspecified("bool of a fraction")
    return fail(f"no boolean: {x!r}")


def calculate(name, a, b, engine):
    for x in (a, b):
        if not is_number(x) or isinstance(x, float) and not engine:
            fail(f"no integer: {x!r}")
    if name in ("div", "mod"):
        if b == 0:
            fail("division by zero")
        if isinstance(a, float) or isinstance(b, float):
            raise Unspecified(f"{name} of fractions")
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        result = quotient if name == "div" else a - b * quotient
    else:
        result = {"add": a + b, "sub": a - b, "mul": a * b}[name]
    if isinstance(result, int) and result not in INTEGERS:
        fail("overflow")
    return result


def extreme(pick, values, engine):
    if len(values) == 1 and isinstance(values[0], list):
        values = values[0]
    if not values:
        fail("none of nothing")
    if engine and any(isinstance(x, float) for x in values):
        raise Unspecified("the least of fractions")
    return pick([integer(x) for x in values])


def compare(name, a, b, engine):
    if engine:
        result = order(a, b, True)
        return result is not None and {"less": result < 0, "lessorequals": result <= 0,
                                       "greater": result > 0, "greaterorequals": result >= 0}[name]
    a, b = ("" if x is EMPTY else x for x in (a, b))
    if isinstance(a, str) and isinstance(b, str):
        # Where only case differs small letters come first.
        result = sign(fold(a, False), fold(b, False)) or sign(a.swapcase(), b.swapcase())
    else:
        if any(isinstance(x, float) for x in (a, b)):
            raise Unspecified(f"{name} of fractions")
        result = sign(integer(a), integer(b))
    return {"less": result < 0, "lessorequals": result <= 0,
            "greater": result > 0, "greaterorequals": result >= 0}[name]


def same(a, b, engine):
    if engine:
        return equal(a, b, True)
    if EMPTY in (a, b):
        return all(x is EMPTY or x is None or x == "" for x in (a, b))
    return identical(a, b)


def function_contains(a, b, engine):
    if engine:
        if not isinstance(a, list) and not (isinstance(a, (str, dict)) and isinstance(b, str)):
            raise Unspecified(f"contains({a!r}, {b!r})")
        return contains(a, b, True)
    if isinstance(a, list):
        return any(same(x, b, False) for x in a)
    part = str(b) if type(b) is int else string(b)
    return child(a, part) is not MISSING if isinstance(a, dict) else part in string(a)


def concat(values, engine):
    if values and isinstance(values[0], list):
        if engine:
            fail("arrays")
        return sum(map(array, values), [])
    return "".join(string(x) if engine or not isinstance(x, int) or isinstance(x, bool) else str(x)
                   for x in values)


def length(x):
    return units(string(x)) if isinstance(x, str) or x is EMPTY else \
        len(x) if isinstance(x, (list, dict)) else fail(f"length of {x!r}")


def empty(x):
    if x is EMPTY or x is None:
        return True
    return len(x) == 0 if isinstance(x, (str, list, dict)) else fail(f"empty of {x!r}")


def end(x, at):
    if isinstance(x, list):
        return x[at] if x else None
    return plain(x)[at] if string(x) else ""


def find(name, s, part):
    if isinstance(s, list):
        raise Unspecified("the place in an array")
    s, part = fold(plain(s), False), fold(plain(part), False)
    return s.find(part) if name == "indexof" else s.rfind(part)


def substring(engine, s, start, *size):
    s, start = plain(s), integer(start)
    if engine and not size:
        fail("three arguments wanted")
    size = size[0] if size else len(s) - start
    if start < 0 or integer(size) < 0 or start + size > len(s):
        if not engine:
            fail("past the end")
        if start < 0 or size < 0:
            raise Unspecified("a negative part")
    return s[start:start + size]


def split(s, by):
    by = [by] if isinstance(by, str) or by is EMPTY else array(by)
    by = [string(x) for x in by if string(x)]
    if not by:
        return [string(s)]
    return re.split("|".join(map(re.escape, by)), string(s))


def some(name, x, count):
    count = max(0, integer(count))
    x = x if isinstance(x, list) else plain(x)
    return x[:count] if name == "take" else x[count:]


def pad_left(x, width, filler=" "):
    if len(plain(filler)) != 1:
        fail("one character wanted")
    if integer(width) > TEXT_LIMIT:
        fail("too long")
    if width < 0:
        raise Unspecified("a negative width")
    if not isinstance(x, str) and (isinstance(x, bool) or not isinstance(x, int)):
        string(x)
    return plain(scalar(x)).rjust(width, filler)


def create_object(values):
    if len(values) % 2:
        fail("a value is missing")
    made = {}
    for key, value in zip(values[::2], values[1::2]):
        if child(made, string(key)) is not MISSING:
            raise Unspecified("a key twice")
        made[key] = value
    return made


def merge(a, b):
    made = dict(a)
    for key, value in b.items():
        if key not in a and child(a, key) is not MISSING:
            raise Unspecified("keys that differ in case")
        both = isinstance(value, dict) and isinstance(a.get(key), dict)
        made[key] = merge(a[key], value) if both else value
    return made


def unique(values):
    made = []
    for x in values:
        if isinstance(x, str) and any(isinstance(y, str) and x != y and x.lower() == y.lower()
                                      for y in made):
            raise Unspecified("elements that differ in case")
        if not any(identical(x, y) for y in made):
            made.append(x)
    return made


def union(values):
    if all(isinstance(x, list) for x in values):
        return unique(sum(values, []))
    made = {}
    for x in values:
        made = merge(made, want(dict, x, "an object"))
    return made


def intersection(values):
    if all(isinstance(x, list) for x in values):
        return unique(x for x in values[0]
                      if all(any(identical(x, y) for y in other) for other in values[1:]))
    first, *others = [want(dict, x, "an object") for x in values]
    return {k: v for k, v in first.items()
            if all(k in other and identical(v, other[k]) for other in others)}


def numbers(start, count):
    if not 0 <= integer(count) <= RANGE_LIMIT or integer(start) + count > 2 ** 31 - 1:
        fail("range")
    return list(range(start, start + count))


def try_get(value, *keys):
    for key in keys:
        if value is None or value is EMPTY:
            return None
        if isinstance(value, list) and isinstance(key, int) and not isinstance(key, bool):
            value = value[key] if 0 <= key < len(value) else None
        elif isinstance(value, dict) and isinstance(key, str):
            value = child(value, key)
            value = None if value is MISSING else value
        else:
            raise Unspecified(f"tryGet of {value!r} by {key!r}")
    return value


def from_end(name, x, at):
    if not isinstance(x, list) and name == "tryindexfromend":
        raise Unspecified("tryIndexFromEnd of no array")
    if 1 <= integer(at) <= len(array(x)):
        return x[-at]
    return None if name == "tryindexfromend" else fail("out of bounds")


def bounds(x):
    try:
        if "-" in x:
            low, _, high = x.partition("-")
            return ipaddress.ip_address(low.strip()), ipaddress.ip_address(high.strip())
        net = ipaddress.ip_network(x, strict=False)
        return net[0], net[-1]
    except ValueError as e:
        raise EvaluationError(str(e)) from e


def ip_range_contains(outer, inner, engine):
    outer, inner = string(outer), string(inner)
    if engine:
        try:
            if "/" not in outer or "-" in inner:
                return False
            (a, b), (c, d) = bounds(outer), bounds(inner)
        except EvaluationError:
            return False
        return a.version == c.version and a <= c and d <= b
    (a, b), (c, d) = bounds(outer), bounds(inner)
    if a.version != c.version or a > b or c > d:
        fail("no ranges of one family")
    return a <= c and d <= b


def add_days(when, days, engine):
    found = instant(string(when))
    if not found or not isinstance(days, int) or isinstance(days, bool):
        fail("a date and a whole number wanted")
    start, nanoseconds, zone = found
    if zone is None or zone not in "zZ" and not engine or "T" not in when:
        raise Unspecified("how dates with offsets are written")
    try:
        moved = start + timedelta(days=days)
    except OverflowError as e:
        raise EvaluationError("no such date") from e
    fraction = f".{nanoseconds:09}".rstrip("0").rstrip(".")
    if nanoseconds and engine:
        raise Unspecified("digits of the fraction")
    if zone not in "zZ":
        raise Unspecified("offsets")
    return moved.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def decode(x):
    try:
        return base64.b64decode(string(x), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as e:
        raise EvaluationError(f"no base64: {x!r}") from e


def decode_uri(x):
    found = re.fullmatch(r"data:(?:[^,;]*)((?:;[^,;]*)*),(.*)", string(x), re.S)
    if not found:
        fail("no data uri")
    return decode(found[2]) if found[1].lower().endswith(";base64") else unquote(found[2])


def read_json(x):
    try:
        return json.loads(string(x), parse_constant=lambda c: fail(c))
    except ValueError as e:
        raise EvaluationError(f"no JSON: {x!r}") from e


def write_format(pattern, values):
    def one(found):
        if found[0] in ("{{", "}}"):
            return found[0][0]
        if not re.fullmatch(r"\{\d+\}", found[0]):
            raise Unspecified(f"format {found[0]}")
        at = int(found[0][1:-1])
        x = values[at] if at < len(values) else fail("no such argument")
        if isinstance(x, bool):
            return str(x)
        if x is None or isinstance(x, (list, dict, float)):
            raise Unspecified(f"format of {x!r}")
        return scalar(x)
    if re.search(r"\{\d+[,:]|(?<!\{)\{(?![\d{])|(?<![\d}])\}(?!\})", string(pattern)):
        raise Unspecified(f"format {pattern!r}")
    return re.sub(r"\{\{|\}\}|\{[^{}]*\}", one, pattern)


def flatten(x):
    return [z for y in array(x) for z in (y if isinstance(y, list) else [y])]


def join(values, by, engine):
    if any(isinstance(x, (list, dict)) for x in array(values)):
        raise Unspecified("join of arrays and objects")
    return string(by).join(to_string(x, engine) for x in values)


SIMPLE = {
    (0, 0, "true"): lambda: True, (0, 0, "false"): lambda: False, (0, 0, "null"): lambda: None,
    (1, 1, "not"): lambda a: not boolean(a),
    (2, 128, "and"): lambda *a: all([boolean(x) for x in a]),
    (2, 128, "or"): lambda *a: any([boolean(x) for x in a]),
    (1, 128, "coalesce"): lambda *a: next((x for x in a if x is not None and x is not EMPTY), None),
    (1, 1, "float"): to_float, (1, 1, "length"): length, (1, 1, "empty"): empty,
    (2, 2, "startswith"): lambda s, p: fold(string(s), False).startswith(fold(string(p), False)),
    (2, 2, "endswith"): lambda s, p: fold(string(s), False).endswith(fold(string(p), False)),
    (2, 2, "split"): split, (1, 1, "tolower"): lambda s: string(s).lower(),
    (1, 1, "toupper"): lambda s: string(s).upper(), (1, 1, "trim"): lambda s: string(s).strip(),
    (3, 3, "replace"): lambda s, a, b: string(s).replace(string(a) or fail("no text"), string(b)),
    (2, 3, "padleft"): pad_left, (1, 1, "array"): lambda x: x if isinstance(x, list) else [x],
    (0, 128, "createarray"): lambda *a: list(a),
    (0, 128, "createobject"): lambda *a: create_object(a),
    (2, 128, "union"): lambda *a: union(a), (2, 128, "intersection"): lambda *a: intersection(a),
    (2, 2, "range"): numbers, (2, 128, "tryget"): try_get, (1, 1, "flatten"): flatten,
    (1, 1, "items"): lambda o: [{"key": k, "value": v}
                                for k, v in sorted(want(dict, o, "an object").items())],
    (1, 1, "base64"): lambda s: base64.b64encode(string(s).encode()).decode(),
    (1, 1, "base64tostring"): decode, (1, 1, "base64tojson"): lambda s: read_json(decode(s)),
    (1, 1, "json"): read_json, (1, 1, "datauritostring"): decode_uri,
    (1, 1, "uricomponent"): lambda s: quote(string(s), safe="-_.~"),
    (1, 1, "uricomponenttostring"): lambda s: unquote(string(s)),
    (1, 128, "format"): lambda f, *a: write_format(f, a),
    (2, 2, "uri"): lambda a, b: urljoin(string(a), string(b)),
    (1, 1, "datauri"): lambda s: "data:text/plain;charset=utf8;base64,"
    + base64.b64encode(string(s).encode()).decode(),
}
WITH_NAME = {(2, 2, n): f for names, f in (
    ("indexof lastindexof", find), ("skip take", some), ("indexfromend tryindexfromend", from_end))
    for n in names.split()}
BOTH = {(2, 2, n): f for names, f in (
    ("add sub mul div mod", calculate),
    ("less lessorequals greater greaterorequals", compare)) for n in names.split()}
BY_SEMANTICS = {
    (1, 1, "string"): to_string, (1, 1, "int"): to_int, (1, 1, "bool"): to_bool,
    (2, 2, "equals"): same, (2, 2, "contains"): function_contains,
    (2, 2, "iprangecontains"): ip_range_contains, (2, 2, "adddays"): add_days,
    (2, 2, "join"): join, (0, 128, "concat"): lambda *a: concat(a[:-1], a[-1]),
    (1, 1, "first"): lambda x, _: end(x, 0), (1, 1, "last"): lambda x, _: end(x, -1),
    (1, 128, "min"): lambda *a: extreme(min, a[:-1], a[-1]),
    (1, 128, "max"): lambda *a: extreme(max, a[:-1], a[-1]),
    (2, 3, "substring"): lambda *a: substring(a[-1], *a[:-1]),
}
FUNCTIONS = {key[2]: (key, f, shape) for shape, table in enumerate(
    (SIMPLE, WITH_NAME, BOTH, BY_SEMANTICS)) for key, f in table.items()}


def call(name, values, engine):
    (least, most, _), function, shape = FUNCTIONS[name]
    if not least <= len(values) <= most:
        fail(f"{name} with {len(values)} arguments")
    if name in ("array", "createarray", "createobject", "format") and EMPTY in values:
        raise Unspecified("what is missing among values")
    if shape == 0:
        result = function(*values)
    elif shape == 1:
        result = function(name, *values)
    elif shape == 2:
        result = function(name, *values, engine)
    else:
        result = function(*values, engine)
    if isinstance(result, str) and units(result) > TEXT_LIMIT:
        fail("too long a text")
    return result
