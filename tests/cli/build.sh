# moat build: what is written, what is not, and what is said about it.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

mkdir p
echo 'project "contoso" {}' >p/project.moat
good >p/a.moat
cd p

# Into build/, with a summary.
try 0 "$MOAT" build
empty err
has out "Built contoso into build" "1 definition " "Files: 2 new."
[ -f build/policyDefinitions/a-closed.json ] || fail "no definition"
[ -f build/sourcemap.json ] && [ -f build/.moat-manifest.json ] || fail "no map or manifest"
/usr/bin/python3 - <<'PY'
import json, pathlib
for p in pathlib.Path("build").rglob("*.json"):
    text = p.read_text("utf-8")
    json.loads(text)
    assert text.endswith("\n"), p
PY
print_of build >first

# Again: the same bytes, and no file is touched.
find build -type f -exec touch -d '2020-01-01' {} +
try 0 "$MOAT" build
has out "Nothing has changed"
print_of build >second
same first second
[ -z "$(find build/policyDefinitions -newermt 2021-01-01 -type f)" ] || fail "files were rewritten"

# Another folder; nothing at all; only in memory.
try 0 "$MOAT" build -o ../out/deep/er
print_of ../out/deep/er >second
same first second
rm -r build
try 0 "$MOAT" build --no-output
has out "no file was written"
[ ! -e build ] || fail "--no-output wrote"

# What a build no longer makes is removed; what is not its own stays.
good | sed 's/closed/other/' >b.moat
try 0 "$MOAT" build
[ -f build/policyDefinitions/b-other.json ]
echo mine >build/policyDefinitions/mine.json
echo mine >build/note.txt
rm b.moat
try 0 "$MOAT" build
has out "1 removed"
[ ! -e build/policyDefinitions/b-other.json ] || fail "an old file stayed"
[ -f build/policyDefinitions/mine.json ] && [ -f build/note.txt ] || fail "a foreign file was removed"
rm build/policyDefinitions/mine.json build/note.txt

# A change is one.
sed -i 's/"Disabled"/"Enabled"/' a.moat
try 0 "$MOAT" build
has out "changed"

# With an error nothing is written, and the old result stays.
print_of build >first
bad >c.moat
try 1 "$MOAT" build
empty out
has err "error[M" "nothing was built: 1 error"
print_of build >second
same first second
rm c.moat

# Files left by a build that was killed do no harm.
echo half >build/policyDefinitions/.moat-1-0.tmp
rm build/.moat-manifest.json
try 0 "$MOAT" build
[ -f build/.moat-manifest.json ] || fail "no manifest"

# The stages, to look at: nothing is written.
rm -r build
try 0 "$MOAT" build --dump=tokens a.moat
has out requirement closed
try 0 "$MOAT" build --dump=ast a.moat
has out requirement
try 0 "$MOAT" build --dump=types a.moat
has out "Microsoft.Storage/storageAccounts/publicNetworkAccess"
try 0 "$MOAT" build --dump=policy a.moat
has out '"field": "type"'
try 0 "$MOAT" build --dump=json a.moat
/usr/bin/python3 -c '
import json
d = json.load(open("out"))
assert "policyDefinitions/a-closed.json" in d and "sourcemap.json" in d, d.keys()
assert d["policyDefinitions/a-closed.json"]["properties"]["policyRule"]'
empty err
[ ! -e build ] || fail "a dump wrote"
try 0 "$MOAT" build --dump=tokens
has out "// a.moat" "// project.moat"
bad >c.moat
for stage in types policy json; do
    try 1 "$MOAT" build --dump=$stage
    has err "error[M"
done
rm c.moat

# Timings go to standard error and change nothing else.
try 0 "$MOAT" build
try 0 "$MOAT" build
cp out plain
try 0 "$MOAT" build --timings
has err " ms " together
same out plain

# From standard input.
try 0 "$MOAT" build -o ../in - <a.moat
[ -n "$(ls ../in/policyDefinitions)" ] || fail "nothing was built from standard input"

# Nothing to build is no success, and removes nothing.
mkdir ../none
try 1 "$MOAT" build -o build ../none
[ -f build/policyDefinitions/a-closed.json ] || fail "an empty folder removed a build"
