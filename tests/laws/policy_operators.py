"""The operators of policy conditions, their coercions and orders: part of policy.py.

Each takes the operands and the name of a semantics, `recommended` or `engine`.
MISSING is what a path does not lead to; UNDEFINED the engine's result of a
function that failed. What no source decides raises Unspecified.
"""
# SPDX-License-Identifier: MIT

import re
from datetime import datetime, timedelta, timezone


class Nothing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


MISSING, UNDEFINED = Nothing("missing"), Nothing("undefined")


class EvaluationError(Exception):
    """A condition or function failed: the service would deny."""


class Unspecified(Exception):
    """No source says what comes of this."""


def is_number(x):
    return isinstance(x, (int, float)) and not isinstance(x, bool)


def fold(x, engine):
    return x.casefold() if engine else "".join(c.lower() if len(c.lower()) == 1 else c for c in x)


def same_text(a, b, engine):
    return fold(a, engine) == fold(b, engine)


def child(value, name):
    """The member of that name: the same letters first, then without case."""
    if not isinstance(value, dict):
        return MISSING
    if name in value:
        return value[name]
    return next((v for k, v in value.items() if same_text(k, name, False)), MISSING)


NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")


def number(x):
    """A number, or text that is one; else None."""
    if is_number(x):
        return x
    if not isinstance(x, str) or not NUMBER.match(x.strip()):
        return None
    if not re.match(r"-?\d+(\.\d+)?([eE][+-]?\d+)?$", x.strip()):
        raise Unspecified(f"is {x!r} a number?")
    return int(x) if re.match(r"-?\d+$", x.strip()) else float(x)


def text(x):
    """A scalar as text; other values as they are."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, float) and (x != x or abs(x) >= 1e15 or 0 < abs(x) < 1e-4):
        raise Unspecified("the spelling of a long fraction")
    if isinstance(x, float) and x == int(x):
        raise Unspecified("1.0 as text")
    return str(x) if is_number(x) else x


def identical(a, b):
    """Two values to their last letter; 1 is 1.0."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(identical(a[k], b[k]) for k in a)
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def equal(left, right, engine):
    if left is MISSING or left is UNDEFINED:
        return right is None or (not engine and right == "")
    if left is None or right is None:
        other = right if left is None else left
        return other is None or other == ""
    if isinstance(left, str) and isinstance(right, str):
        return same_text(left, right, engine)
    for a, b in ((left, right), (right, left)):
        if isinstance(a, str) and isinstance(b, bool):
            return a.lower() == text(b)
        if isinstance(a, str) and is_number(b):
            return number(a) == b
    return identical(left, right)


def like(subject, pattern, engine):
    subject, pattern = fold(subject, engine), fold(pattern, engine)
    if engine and "*" in subject and "*" in pattern:
        raise Unspecified("a star in the text")
    parts = "".join(".*" if c == "*" else "." if c == "?" and engine else re.escape(c)
                    for c in pattern)
    return re.fullmatch(parts, subject, re.S) is not None


def match(subject, pattern, case, engine):
    if len(subject) != len(pattern):
        return False
    for c, p in zip(subject, pattern):
        if p == "#":
            good = c in "0123456789"
        elif p == "?":
            good = c.isascii() and c.isalpha()
        else:
            good = p == "." or (c == p if case else same_text(c, p, engine))
        if not good:
            return False
    return True


DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?"
                  r"([zZ]|[+-]\d\d:\d\d)?)?$")


def instant(x):
    """ISO 8601 → (an aware datetime without fraction, nanoseconds, its offset), or None."""
    found = DATE.match(x) if isinstance(x, str) else None
    if not found:
        return None
    year, month, day, hour, minute, second = (int(g or 0) for g in found.groups()[:6])
    zone = found[8] or "Z"
    offset = timedelta(0) if zone in "zZ" else \
        (1 if zone[0] == "+" else -1) * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    try:
        when = datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
    except ValueError:
        return None
    return when, int((found[7] or "").ljust(9, "0")), found[8]


def sign(a, b):
    return (a > b) - (a < b)


def order(left, right, engine):
    """-1, 0, 1; None where the condition is false; raises where it is in error."""
    if left in (MISSING, UNDEFINED) or left is None:
        return None
    if is_number(left) and is_number(right):
        return sign(left, right)
    if isinstance(left, str) and isinstance(right, str):
        dates = instant(left), instant(right)
        if not engine and dates[0] and dates[1]:
            return sign(dates[0][:2], dates[1][:2])
        return sign(fold(left, engine), fold(right, engine))
    if isinstance(left, str) and is_number(right) or is_number(left) and isinstance(right, str):
        a, b = number(left), number(right)
        if a is not None and b is not None:
            return sign(a, b)
    elif isinstance(left, bool) and isinstance(right, bool):
        return sign(left, right)
    if engine:
        return None
    raise EvaluationError(f"{left!r} and {right!r} have no order")


def member(left, options, engine):
    if options is UNDEFINED:
        return False
    if not isinstance(options, list):
        if options is None:
            raise Unspecified("in null")
        options = [options]
    if left is MISSING or left is UNDEFINED:
        return engine and left is UNDEFINED and None in options
    if left is None:
        return False
    return any(x is not None and equal(left, x, engine) for x in options)


def contains(left, right, engine):
    if isinstance(left, list):
        return any(equal(x, right, engine) for x in left)
    if isinstance(left, dict):
        return isinstance(right, str) and child(left, right) is not MISSING
    if engine and not isinstance(left, str) and not isinstance(right, str):
        return False
    return fold(text(right), engine) in fold(text(left), engine)


POSITIVE = {"notequals": "equals", "notlike": "like", "notmatch": "match", "notin": "in",
            "notmatchinsensitively": "matchinsensitively", "notcontains": "contains",
            "notcontainskey": "containskey"}
ORDERS = {"less": (-1,), "lessorequals": (-1, 0), "greater": (1,), "greaterorequals": (0, 1)}


def wants_text(op, left, right, engine):
    """Is the right side one `op` cannot work with?"""
    wanted = op in ("like", "match", "matchinsensitively", "containskey") \
        or op == "contains" and not isinstance(left, list)
    if not wanted or isinstance(right, (str, int, float)):
        return False
    if engine and right is not None:
        return True
    if engine or left in (MISSING, None):
        raise Unspecified(f"{op} {right}")
    raise EvaluationError(f"{op} wants text, not {right!r}")


def operate(op, left, right, engine):
    op = op.lower()
    if op in POSITIVE:
        if right is UNDEFINED and op in ("notcontains", "notcontainskey"):
            return False
        return not operate(POSITIVE[op], left, right, engine)
    if op == "exists":
        wanted = right if isinstance(right, str) else text(right)
        if not isinstance(wanted, str) or wanted.lower() not in ("true", "false"):
            if not engine:
                raise EvaluationError(f"exists {right!r}")
            wanted = "false"
        there = left not in (MISSING, UNDEFINED) and left is not None
        return there == (wanted.lower() == "true")
    if op == "equals":
        return right is not UNDEFINED and equal(left, right, engine)
    if op == "in":
        return member(left, right, engine)
    if op in ORDERS:
        return right is not UNDEFINED and order(left, right, engine) in ORDERS[op]
    if right is UNDEFINED or wants_text(op, left, right, engine):
        return False
    if left in (MISSING, UNDEFINED) or left is None:
        return False
    if op == "contains":
        return contains(left, right, engine)
    if op == "containskey":
        return isinstance(left, dict) and child(left, text(right)) is not MISSING
    if isinstance(left, (list, dict)):
        return False
    if op == "like":
        return like(text(left), text(right), engine)
    return match(text(left), text(right), op == "match", engine)
