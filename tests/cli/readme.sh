# What README.md shows is what comes out.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

# block LANGUAGE: the first block of it.
block() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$TOP/README.md" | sed '1d; /^```$/,$d'
}
block moat >network.moat
block json >rule.json
block text >message
[ -s network.moat ] && [ -s rule.json ] && [ -s message ] || fail "a block is missing"

try 0 "$MOAT" build network.moat --dump=json
/usr/bin/python3 - <<'PY'
import json
made = json.load(open("out"))["policyDefinitions/network-no_public_access.json"]
shown = json.load(open("rule.json"))
assert made["properties"]["policyRule"] == shown, made["properties"]["policyRule"]
PY

echo '{ "type": "Microsoft.CognitiveServices/accounts", "name": "chat",
  "properties": { "publicNetworkAccess": "Enabled" } }' >account.json
block console | sed 1d >verdict
try 1 "$MOAT" eval network.moat --resource account.json --explain
same out verdict

sed -i 's/publicNetworkAccess/publicNetworkAcces/' network.moat
try 1 "$MOAT" check network.moat
grep -vF checked out | sed '$d' >found
diff message found || fail "the message is another one"

# Every command it tells of is there, and the other way round.
for c in $(sed -n 's/^| `moat \([a-z]*\).*/\1/p' "$TOP/README.md"); do
    try 0 "$MOAT" $c --help
done
for c in init check build eval fmt explain catalog completion help; do
    has "$TOP/README.md" "| \`moat $c "
done
