# moat test: what is said of tests that pass and fail, in every form, with which exit code.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

mkdir project more
cat >project/project.moat <<'MOAT'
project "tested" { }
MOAT
cat >project/rules.moat <<'MOAT'
use azure.ai
use azure.monitor
use azure.storage
param log_workspace: string
requirement tls "Storage speaks TLS 1.2" {
    effect audit | deny
    for storage_account where kind != "BlobStorage" {
        require minimumTlsVersion == "TLS1_2" and networkAcls.defaultAction == "Deny"
    }
}
requirement closed "Accounts are closed" {
    effect modify | audit
    for ai_account {
        require publicNetworkAccess == "Disabled"
        remedy  set publicNetworkAccess = "Disabled" with role "Cognitive Services Contributor"
    }
}
requirement logs "Logs are kept" {
    effect auditIfNotExists
    for ai_account { require related diagnostic_setting d: d.workspaceId == log_workspace }
}
requirement stays "Stores stay" {
    effect denyAction
    for storage_account where tags["keep"] == "yes" { forbid delete }
}
MOAT
cat >project/good_test.moat <<'MOAT'
use azure.ai
use azure.monitor
use azure.storage
use rules
test "versions of TLS" {
    given  storage_account { networkAcls = { defaultAction = "Deny" } }
    expect rules.tls for minimumTlsVersion {
        null:     violated
        "TLS1_0": violated
        "TLS1_2": satisfied
    }
}
test "what is opened is closed" {
    given  ai_account { publicNetworkAccess = "Enabled" }
    expect rules.closed violated
    expect rules.closed sets publicNetworkAccess = "Disabled"
}
test "logs in the right place" {
    given   ai_account { }
    related diagnostic_setting { workspaceId = "/w/a" }
    with    log_workspace = "/w/a"
    expect  rules.logs satisfied
}
test "an account from Azure" {
    given  storage_account from "data/account.json"
    expect rules.tls satisfied
    expect rules.stays protected
}
MOAT
mkdir project/data
cat >project/data/account.json <<'JSON'
// as `az storage account show` has it
{ "type": "Microsoft.Storage/storageAccounts", "name": "contoso", "tags": { "Keep": "yes" },
  "properties": { "minimumTlsVersion": "TLS1_2", "networkAcls": { "defaultAction": "Deny" } } }
JSON

timeless() { # the times of a run differ
    sed -i 's/([0-9.]* ms)/(T ms)/; s/time="[0-9.]*"/time="T"/; s/"microseconds": [0-9]*/"microseconds": 0/' "$1"
}

# Tests that pass.
try 0 "$MOAT" test project
timeless out
[ "$(cat out)" = "6 tests: 6 passed (T ms)" ] || fail "what is said of good tests: $(cat out)"
empty err

# Tests that fail say what was there, and no more.
cat >project/bad_test.moat <<'MOAT'
use azure.ai
use azure.storage
use rules
test "an old protocol" {
    given  storage_account { minimumTlsVersion = "TLS1_0", networkAcls = { defaultAction = "Deny" } }
    expect rules.tls satisfied
}
test "a blob store" {
    given  storage_account { kind = "BlobStorage" }
    expect rules.tls violated
}
test "another kind" {
    given  ai_account { }
    expect rules.tls satisfied
}
test "set to something else" {
    given  ai_account { }
    expect rules.closed sets publicNetworkAccess = "Enabled"
    expect rules.closed sets publicNetworkAccess = null
}
test "nothing to repair" {
    given  ai_account { publicNetworkAccess = "Disabled" }
    expect rules.closed sets publicNetworkAccess = "Disabled"
}
test "no logs" {
    given  ai_account { }
    with   log_workspace = "/w/a"
    expect rules.logs satisfied
}
test "no workspace" {
    given  ai_account { }
    expect rules.logs satisfied
}
test "rows" {
    given  storage_account { networkAcls = { defaultAction = "Deny" } }
    expect rules.tls for minimumTlsVersion {
        "TLS1_1": satisfied
        "TLS1_2": satisfied
    }
}
MOAT
try 1 "$MOAT" test project
timeless out
cat >wanted <<'OUT'
failed  an old protocol
  project/bad_test.moat:6:5: expected `tls` to be satisfied, it is violated
    `kind` is missing, not "BlobStorage"
    `minimumTlsVersion` is "TLS1_0", not "TLS1_2"

failed  a blob store
  project/bad_test.moat:10:5: expected `tls` to be violated, it is not
    applicable
    `kind` is "BlobStorage"

failed  another kind
  project/bad_test.moat:14:5: expected `tls` to be satisfied, it is not
    applicable
    `type` is "Microsoft.CognitiveServices/accounts", not
      "Microsoft.Storage/storageAccounts"

failed  set to something else
  project/bad_test.moat:18:5: expected `closed` to set `publicNetworkAccess` to
    "Enabled", it does not
    before: nothing
    after: "Disabled"
  project/bad_test.moat:19:5: expected `closed` to remove `publicNetworkAccess`,
    it does not
    before: nothing
    after: "Disabled"

failed  nothing to repair
  project/bad_test.moat:23:5: expected `closed` to set `publicNetworkAccess` to
    "Disabled", it is satisfied and changes nothing
    `publicNetworkAccess` is "Disabled"

failed  no logs
  project/bad_test.moat:28:5: expected `logs` to be satisfied, it is violated
    there is no related `Microsoft.Insights/diagnosticSettings`

failed  no workspace
  project/bad_test.moat:32:5: expected `logs` to be satisfied, it cannot be
    judged
    parameter `log_workspace` has no value: write `with log_workspace = …`

failed  rows: "TLS1_1"
  project/bad_test.moat:37:9: expected `tls` to be satisfied, it is violated
    `kind` is missing, not "BlobStorage"
    `minimumTlsVersion` is "TLS1_1", not "TLS1_2"

15 tests: 7 passed, 8 failed (T ms)
OUT
diff -u wanted out || fail "what is said of tests that fail"
empty err

# Some of them; none is a mistake.
try 1 "$MOAT" test project --filter ROWS
has out "2 tests: 1 passed, 1 failed"
try 0 "$MOAT" test --filter good_test project
has out "6 tests: 6 passed"
try 1 "$MOAT" test --filter nowhere project
has err "no test has that text in its title or module"
empty out

# The first failure ends the run.
try 1 "$MOAT" test --fail-fast project
has out "failed"

# JSON and JUnit hold the same.
try 1 "$MOAT" test --json --junit results.xml project
empty err
/usr/bin/python3 - <<'PY'
import json
import xml.etree.ElementTree as ET

d = json.load(open("out"))
assert d["summary"] == {"passed": 7, "failed": 8, "notRun": 0}, d["summary"]
assert set(d) == {"tests", "summary"}
row = next(t for t in d["tests"] if t["title"] == 'rows: "TLS1_1"')
assert (row["file"], row["line"], row["column"]) == ("project/bad_test.moat", 37, 9), row
assert row["result"] == "failed" and row["module"] == "bad_test"
assert row["failures"][0]["reasons"][1] == '`minimumTlsVersion` is "TLS1_1", not "TLS1_2"', row

root = ET.parse("results.xml").getroot()
assert root.tag == "testsuites"
(suite,) = root
assert suite.tag == "testsuite"
assert {"name", "tests", "failures", "errors", "skipped", "time"} == set(suite.attrib)
cases = list(suite)
assert [c.get("name") for c in cases] == [t["title"] for t in d["tests"]]
assert len(cases) == int(suite.get("tests")) == 15
for case, test in zip(cases, d["tests"]):
    assert {"name", "classname", "time", "file"} == set(case.attrib), case.attrib
    float(case.get("time"))
    found = [f.get("message") for f in case.iter("failure")]
    assert found == [f["message"] for f in test["failures"]]
    assert all(f.get("type") and f.text for f in case.iter("failure"))
assert sum(bool(c.findall("failure")) for c in cases) == int(suite.get("failures")) == 8
PY

# Coverage: a table, the sources, and lcov's format, of which the sums are right.
rm project/bad_test.moat
try 0 "$MOAT" test --coverage --lcov cover.info project
timeless out
cat >wanted <<'OUT'
requirement                         conditions   covered    MC/DC
tls                                          3         1   33.3 %
    project/rules.moat:7:31: `kind != "BlobStorage"` never alone keeps a resource from violating
    project/rules.moat:8:51: `networkAcls.defaultAction == "Deny"` never alone makes a resource violate
closed                                       1         0    0.0 %
    project/rules.moat:14:17: `publicNetworkAccess == "Disabled"` never alone keeps a resource from violating
logs                                         1         0    0.0 %
    project/rules.moat:20:60: `d.workspaceId == log_workspace` never alone makes a resource violate
stays                                        1         0    0.0 %
    project/rules.moat:24:31: `tags["keep"] == "yes"` never alone keeps a resource from violating
together                                     6         1   16.7 %

6 tests: 6 passed (T ms)
OUT
diff -u wanted out || fail "the table of coverage"
/usr/bin/python3 - <<'PY'
# As genhtml reads it: sections in order, sums that agree, a line once.
lines = open("cover.info").read().splitlines()
record, seen = None, []
for line in lines:
    key, _, value = line.partition(":")
    if key == "TN":
        assert record is None
        record = {"DA": {}, "BRDA": []}
    elif key == "DA":
        number, hits = map(int, value.split(","))
        assert number not in record["DA"], line
        record["DA"][number] = hits
    elif key == "BRDA":
        number, block, branch, taken = value.split(",")
        assert taken == "-" or int(taken) >= 0
        record["BRDA"].append((int(number), int(block), int(branch), taken))
    elif line == "end_of_record":
        assert len(set(b[:3] for b in record["BRDA"])) == len(record["BRDA"])
        assert int(record["BRF"]) == len(record["BRDA"])
        assert int(record["BRH"]) == sum(b[3] not in "-0" for b in record["BRDA"])
        assert int(record["LF"]) == len(record["DA"])
        assert int(record["LH"]) == sum(h > 0 for h in record["DA"].values())
        seen.append(record)
        record = None
    else:
        assert key in ("SF", "BRF", "BRH", "LF", "LH"), line
        record[key] = value
assert record is None and [r["SF"] for r in seen] == ["project/rules.moat"]
assert seen[0]["DA"] == {7: 1, 8: 1, 14: 1, 20: 1, 24: 1}, seen[0]["DA"]
PY
try 0 "$MOAT" test --annotate project
has out '    8 -         require minimumTlsVersion == "TLS1_2" and' \
    '      -                                                   `networkAcls.defaultAction == "Deny"` never alone makes a resource violate'

# Changes that no test notices do not fail.
try 0 "$MOAT" test --mutate project
has out 'unnoticed  project/rules.moat:8:51: `tls`: `networkAcls.defaultAction notEquals "Deny"`: the condition is left out' \
    "noticed by a test:"
lacks out "exists" ":1:1:"
try 0 "$MOAT" test --mutate --json project
/usr/bin/python3 - <<'PY'
import json
m = json.load(open("out"))["mutants"]
assert m["tried"] == m["noticed"] + len(m["unnoticed"]), m
assert all({"requirement", "change", "file", "line", "column"} <= set(x) for x in m["unnoticed"])
PY

# Sources with errors are not tested; a place without tests, and files that cannot be written.
cp -r project more/broken
echo 'test "broken" { given storage_account { } expect rules.tls maybe }' >more/broken/broken_test.moat
try 1 "$MOAT" test more/broken
has err "no test was run: " "error"
good >none.moat
try 1 "$MOAT" test none.moat
has err "there is no test here"
try 3 "$MOAT" test --junit nowhere/results.xml project
try 2 "$MOAT" test --semantics guessed project
try 2 "$MOAT" test --nothing project

# The same text on every run, whatever the threads did.
"$MOAT" test --json --coverage --mutate project >one
timeless one
for i in 1 2 3 4 5; do
    "$MOAT" test --json --coverage --mutate project >two
    timeless two
    same one two
done
