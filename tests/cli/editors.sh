# The syntax files of the editors: what they colour, and that every word is in them.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

for file in "$B"/editors/vim/syntax/moat.vim "$B"/editors/vscode/syntaxes/moat.tmLanguage.json; do
    lacks "$file" '`'
    for word in $(sed -n 's/^\(RESERVED\|SOFT\|UNIT\|TYPE\)("\([a-z_0-9]*\)".*/\2/p' "$TOP/grammar/keywords.def"); do
        grep -qw "$word" "$file" || fail "$word is not in $file"
    done
done
/usr/bin/python3 - "$B/editors/vscode" <<'PY'
import json, pathlib, re, sys
for path in pathlib.Path(sys.argv[1]).rglob("*.json"):
    json.loads(path.read_text("utf-8"))
grammar = json.loads((pathlib.Path(sys.argv[1]) / "syntaxes/moat.tmLanguage.json").read_text("utf-8"))
for pattern in grammar["patterns"]:
    for key in ("match", "begin", "end"):
        if key in pattern:
            re.compile(pattern[key])
PY

vim --version 2>/dev/null | grep -q +syntax || exit 0
cat >sample.moat <<'MOAT'
kind a "T" inline b.c[*] { default type = "x" }
param r: [cidr] = [] "R"
requirement x "y" {
    severity high
    for ai_account where kind == "x" {
        require every r in a.b: r.type in list and scope is set or count(r) > 30 days
        require related d["x"] e at subscription: e.version == true
        remedy set version = "1" with role "R"
    }
}
assignment a "b" {
    initiative ai
    set x.effect = "deny"
    roll_out override effect "audit" for y where location in ["e"]
}
MOAT
cat >expected <<'TEXT'
{Declaration}kind{} a {String}"T"{} {Inside}inline{} b.c{Sign}[*]{} { {Item}default{} type = {String}"x"{} }
{Declaration}param{} r: [{Type}cidr{}] = [] {String}"R"
{Declaration}requirement{} x {String}"y"{} {
    {Item}severity{} high
    {Reserved}for{} ai_account {Reserved}where{} kind {Sign}=={} {String}"x"{} {
        {Reserved}require{} {Operator}every{} r {Operator}in{} a.b: r.type {Operator}in{} list {Operator}and{} scope {Operator}is{} {Inside}set{} {Operator}or{} {Operator}count{}(r) {Sign}>{} {Number}30 days
        {Reserved}require{} {Reserved}related{} d[{String}"x"{}] e {Inside}at{} subscription: e.version {Sign}=={} {Constant}true
        {Reserved}remedy{} {Inside}set{} version = {String}"1"{} {Reserved}with{} {Inside}role{} {String}"R"
    }
}
{Declaration}assignment{} a {String}"b"{} {
    {Item}initiative{} ai
    {Item}set{} x.effect = {String}"deny"
    {Item}roll_out{} {Inside}override{} {Inside}effect{} {String}"audit"{} {Reserved}for{} y {Reserved}where{} location {Operator}in{} [{String}"e"{}]
}
TEXT
# Writes each character's group where it changes.
cat >groups.vim <<'VIM'
set nocompatible
let &runtimepath = $EDITOR_FILES . ',' . &runtimepath
filetype plugin on
syntax on
edit sample.moat
let lines = []
for l in range(1, line('$'))
  let [out, last] = ['', '']
  for c in range(1, len(getline(l)))
    let g = synIDattr(synID(l, c, 1), 'name')
    let out .= (g ==# last ? '' : '{' . substitute(g, '^moat', '', '') . '}') . getline(l)[c - 1]
    let last = g
  endfor
  call add(lines, out)
endfor
call writefile(lines, 'groups')
qall!
VIM
EDITOR_FILES=$B/editors/vim vim -es -u NONE -i NONE -S groups.vim </dev/null || true
diff expected groups || fail "the colours are others"
