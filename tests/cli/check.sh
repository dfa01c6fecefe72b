# moat check: what is found, in which form, with which exit code.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

good >good.moat
bad >bad.moat

try 0 "$MOAT" check good.moat
has out "checked 1 file: no mistakes"
empty err
try 1 "$MOAT" check bad.moat
has out "error[M" "bad.moat:3:20" "dney" "checked 1 file: 1 error"
empty err

# Nothing is written by checking.
[ "$(ls)" = "bad.moat
err
good.moat
out" ] || fail "check wrote something"

# As a document: valid JSON, the same findings.
try 1 "$MOAT" check --json bad.moat
empty err
/usr/bin/python3 - <<'PY'
import json
d = json.load(open("out"))
assert d["errors"] == 1 and d["warnings"] == 0, d
f = d["diagnostics"][0]
assert set(f) == {"code", "name", "severity", "message", "file", "line", "column", "endLine",
                  "endColumn", "labels", "fixes", "notes", "helps"}, f.keys()
assert (f["file"], f["line"], f["column"], f["endLine"], f["endColumn"]) == ("bad.moat", 3, 20, 3, 24), f
assert f["severity"] == "error" and f["code"][0] == "M"
PY
try 0 "$MOAT" check --json good.moat
/usr/bin/python3 -c 'import json; assert json.load(open("out")) == {"diagnostics": [], "errors": 0, "warnings": 0}'
try 1 "$MOAT" check --sarif bad.moat
/usr/bin/python3 - <<'PY'
import json
d = json.load(open("out"))
run = d["runs"][0]
assert d["version"] == "2.1.0" and run["tool"]["driver"]["name"] == "moat"
r = run["results"][0]
region = r["locations"][0]["physicalLocation"]["region"]
assert r["level"] == "error" and region["startLine"] == 3 and region["startColumn"] == 20, r
PY

# Standard input is a module by itself.
try 0 "$MOAT" check - <good.moat
has out "checked 1 file"
try 1 "$MOAT" check - <bad.moat
has out "stdin:3:20"
try 2 "$MOAT" check - good.moat </dev/null
has err '`-`'

# Many errors: twenty are shown, the others counted; all with --all-errors and as JSON.
{ good; for i in $(seq 30); do echo "let x$i = unknown_$i"; done; } >many.moat
try 1 "$MOAT" check many.moat
[ "$(grep -c '^error' out)" = 20 ] || fail "not twenty errors"
has out "10 more errors not shown" "30 errors"
try 1 "$MOAT" check --all-errors many.moat
[ "$(grep -c '^error' out)" = 30 ] || fail "not all errors"
try 1 "$MOAT" check --json many.moat
[ "$(grep -c '"severity": "error"' out)" = 30 ] || fail "not all errors in JSON"

# Paths: folders, several, the same one twice, none.
mkdir -p project/sub
echo 'project "p" {}' >project/project.moat
good >project/a.moat
good >project/sub/b.moat
good >project/sub/c.txt
try 0 "$MOAT" check project
has out "checked 3 files"
try 0 "$MOAT" check project/a.moat project/sub project/a.moat ./project//sub/
has out "checked 2 files"
(cd project && try 0 "$MOAT" check && has out "checked 3 files")
(cd project/sub && try 0 "$MOAT" check && has out "checked 1 file")

# Warnings alone are no failure, unless the project says so.
{ good; echo 'use azure.storage'; } >project/sub/b.moat
try 0 "$MOAT" check project
has out "warning[M" "1 warning"
echo 'project "p" { warnings as errors }' >project/project.moat
try 1 "$MOAT" check project
has out "error[M" "1 error"

# No source at all is no success.
mkdir empty
try 1 "$MOAT" check empty
has err "no moat file"
try 1 "$MOAT" check --json empty
/usr/bin/python3 -c 'import json; json.load(open("out"))'

# A module that is a link out of the project: one report, wherever it is asked for.
mkdir -p linked/inside linked/outside
echo 'kind net "Microsoft.Network/virtualNetworks"' >linked/outside/far.moat
ln -s ../outside/far.moat linked/inside/far.moat
ln -s ../outside linked/inside/folder
printf 'project "p" { }\nuse far\nlet a = "a"\n' >linked/inside/main.moat
try 1 "$MOAT" check linked/inside
[ "$(grep -c 'error\[' out)" = 1 ] || fail "a link is reported $(grep -c 'error\[' out) times"
has out "M1020" "the file of module \`far\`"
rm linked/inside/far.moat
printf 'project "p" { }\nuse folder (far)\nlet a = "a"\n' >linked/inside/main.moat
try 1 "$MOAT" check linked/inside
[ "$(grep -c 'error\[' out)" = 1 ] || fail "a link below a folder is reported more than once"

# A whole path needs no `use`, but one of its module is not idle.
mkdir paths
cat >paths/rules.moat <<'END'
kind net "Microsoft.Network/virtualNetworks"
requirement near "Networks are near" {
    effect audit
    for net { require location == "westeurope" }
}
END
cat >paths/main.moat <<'END'
use rules
initiative all "All" { include rules.near }
END
try 0 "$MOAT" check paths
lacks out "M1013"
mkdir paths/deep && mv paths/rules.moat paths/deep && sed -i 's/use rules/use deep.rules/; s/include rules/include deep.rules/' paths/main.moat
try 0 "$MOAT" check paths
lacks out "M1013"

# Policy JSON: with the same outputs, apart from moat sources.
rule='{ "if": { "field": "name", "equals": "a" }, "then": { "effect": "audit" } }'
echo "$rule" >rule.json
printf '%s\n{ "if": {}, "then": { "effect": "audit" } }\n' "$rule" >bad.json
try 0 "$MOAT" check rule.json
has out "checked 1 file: no mistakes"
empty err
try 1 "$MOAT" check rule.json bad.json
has out "error[M6108]" "bad.json:2:9" "note: at \`/if\`" "checked 2 files: 1 error"
empty err
try 1 "$MOAT" check --json bad.json
/usr/bin/python3 - <<'PY'
import json
f = json.load(open("out"))["diagnostics"][0]
assert (f["code"], f["file"], f["line"], f["notes"]) == ("M6108", "bad.json", 2, ["at `/if`"]), f
PY
try 1 "$MOAT" check --sarif bad.json
has out '"M6108"'
try 2 "$MOAT" check rule.json good.moat
has err "policy JSON and moat sources are checked apart"
try 3 "$MOAT" check missing.json
has err "missing.json"
