"""The grammar in spec/language.md is the one in grammar/moat.y, without its actions.

    grammar_text_law.py [MOAT] [--update]      `--update` rewrites the page
"""
# SPDX-License-Identifier: MIT

import pathlib
import re
import sys
import textwrap

TOP = pathlib.Path(__file__).resolve().parents[2]
PAGE = TOP / "spec" / "language.md"
FENCE = re.compile(r"(```ebnf\n)(.*?)(```)", re.S)


def without_actions(text):
    out, depth, i = [], 0, 0
    while i < len(text):
        quoted = re.match(r'"[^"\n]*"|//[^\n]*|/\*.*?\*/', text[i:], re.S)
        if quoted:
            if depth == 0 and quoted.group().startswith('"'):
                out.append(quoted.group())
            i += quoted.end()
            continue
        if text[i] in "{}":
            depth += 1 if text[i] == "{" else -1
        elif depth == 0:
            out.append(text[i])
        i += 1
    return "".join(out)


def productions(text):
    body = without_actions(text.split("\n%%\n")[1])
    body = re.sub(r"%prec\s+\S+|%empty", "", re.sub(r"\[\w+\]", "", body))
    for rule in re.findall(r'((?:"[^"]*"|[^;"])*);', body):
        name, _, right = rule.strip().partition(":")
        cases = [[]]
        for word in re.findall(r'"[^"]*"|\S+', right):
            if word == "|":
                cases.append([])
            else:
                cases[-1].append(word)
        yield name.strip(), [" ".join(c) for c in cases if "error" not in c]


def page_text():
    lines = []
    for name, cases in productions((TOP / "grammar" / "moat.y").read_text()):
        shown = [c or "nothing" for c in cases]
        one = f"{name} = " + " | ".join(shown)
        if len(one) > 100 and all(" " not in c for c in cases):  # words: fill the lines
            glued = one.replace("| ", "|\xa0")
            lines += [line.replace("\xa0", " ") for line in
                      textwrap.wrap(glued, 100, subsequent_indent=" " * (len(name) + 1))]
        else:
            lines += [one] if len(one) <= 100 else \
                [f"{name} = {shown[0]}"] + [" " * len(name) + f" | {c}" for c in shown[1:]]
    return "\n".join(lines) + "\n"


def main():
    page = PAGE.read_text()
    wanted = page_text()
    if "--update" in sys.argv:
        PAGE.write_text(FENCE.sub(lambda m: m[1] + wanted + m[3], page))
        return 0
    found = FENCE.search(page)
    good = bool(found) and found[2] == wanted
    print(f"{int(good)} passed, {int(not good)} failed")
    if not good:
        print("spec/language.md differs from grammar/moat.y: run this with --update", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
