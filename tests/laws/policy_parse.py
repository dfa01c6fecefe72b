"""Template expressions read into trees: part of policy.py."""
# SPDX-License-Identifier: MIT

import json
import re

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+\.\d+|\d+)|([A-Za-z_]\w*)|(.))", re.S)


class Parser:
    def __init__(self, source):
        self.source, self.at = source, 0
        self.tokens = [m.groups() for m in TOKEN.finditer(source) if m.group().strip()]

    def peek(self):
        return self.tokens[self.at][3] if self.at < len(self.tokens) else None

    def take(self, wanted):
        if self.peek() != wanted:
            raise ValueError(f"{wanted} wanted in {self.source}")
        self.at += 1

    def whole(self):
        node = self.expression()
        if self.at != len(self.tokens):
            raise ValueError(f"more than one expression: {self.source}")
        return node

    def arguments(self):
        found = []
        self.take("(")
        while self.peek() != ")":
            found.append(self.expression())
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        return found

    def expression(self):
        if self.peek() == "-":
            self.take("-")
            return "minus", self.expression()
        if self.at >= len(self.tokens):
            raise ValueError(f"an expression wanted in {self.source}")
        quoted, digits, word, _ = self.tokens[self.at]
        self.at += 1
        if quoted is not None:
            node = "literal", quoted[1:-1].replace("''", "'")
        elif digits is not None:
            node = "literal", json.loads(digits)
        elif word is None:
            raise ValueError(f"an expression wanted in {self.source}")
        elif self.peek() == "(" or word.lower() not in ("true", "false", "null"):
            node = "call", word.lower(), self.arguments()
        else:
            node = "literal", json.loads(word.lower())
        while self.peek() in (".", "["):
            if self.peek() == ".":
                self.take(".")
                node = "member", node, ("literal", self.tokens[self.at][2])
                self.at += 1
            else:
                self.take("[")
                node = "member", node, self.expression()
                self.take("]")
        return node


def parse(source):
    return Parser(source).whole()
