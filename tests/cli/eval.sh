# moat eval: what it is given, the verdicts, the machine contract, bad input.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

# results 'EXPRESSION': over the results r of the JSON document in out.
results() {
    /usr/bin/python3 - "$1" <<'PY' || fail "$1"
import json, sys
document = json.load(open("out"))
r = document["results"]
if not eval(sys.argv[1]):
    sys.exit(json.dumps(document, indent=1)[:4000])
PY
}
in_group() { echo "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/$1/providers"; }

account=Microsoft.Storage/storageAccounts
cat >tls.json <<END
{ "name": "tls", "properties": { "displayName": "TLS 1.2", "mode": "Indexed",
  "parameters": { "effect": { "type": "String", "defaultValue": "deny", "allowedValues": ["deny", "audit", "disabled"] },
                  "least": { "type": "String", "defaultValue": "TLS1_2" } },
  "policyRule": {
    "if": { "allOf": [
      { "field": "type", "equals": "$account" },
      { "field": "$account/minimumTlsVersion", "notEquals": "[parameters('least')]" } ] },
    "then": { "effect": "[parameters('effect')]" } } } }
END
old="{ \"id\": \"$(in_group rg)/$account/old\", \"type\": \"$account\", \"name\": \"old\", \"location\": \"westeurope\", \"properties\": { \"minimumTlsVersion\": \"TLS1_0\" } }"
new="{ \"id\": \"$(in_group rg)/$account/new\", \"type\": \"$account\", \"name\": \"new\", \"location\": \"northeurope\", \"properties\": { \"minimumTlsVersion\": \"TLS1_2\" } }"
other="{ \"id\": \"$(in_group rg)/Microsoft.Network/virtualNetworks/v\", \"type\": \"Microsoft.Network/virtualNetworks\", \"name\": \"v\" }"
echo "$old" >old.json
echo "$new" >new.json
echo "$other" >other.json

# --- verdicts and exit codes ---

try 1 "$MOAT" eval tls.json --resource old.json
has out "non-compliant" "deny" "tls" "TLS 1.2" "1 resource, 1 policy: 1 non-compliant"
empty err
try 0 "$MOAT" eval tls.json --resource new.json
has out "1 compliant"
try 0 "$MOAT" eval tls.json --resource other.json
has out "none applies"
try 1 "$MOAT" eval tls.json --resource - <old.json
try 2 "$MOAT" eval tls.json
has err "what is to be judged?"
try 2 "$MOAT" eval tls.json --resource old.json --inventory old.json
try 2 "$MOAT" eval tls.json --resource old.json --json --csv
try 2 "$MOAT" eval tls.json --resource old.json --now yesterday
try 2 "$MOAT" eval tls.json --inventory old.json --jobs 0
try 2 "$MOAT" eval tls.json --resource old.json --semantics mine
try 3 "$MOAT" eval tls.json --resource missing.json
try 3 "$MOAT" eval missing.json --resource old.json

# --- the machine contract ---

try 1 "$MOAT" eval tls.json --resource old.json --json
results 'set(r[0]) >= {"policy", "resource", "state", "effect", "details", "error"}'
results 'r[0]["policy"] == "tls" and r[0]["resource"].endswith("/old")'
results '(r[0]["state"], r[0]["effect"], r[0]["details"], r[0]["error"]) == ("nonCompliant", "deny", None, None)'
try 0 "$MOAT" eval tls.json --resource other.json --json
results '(r[0]["state"], r[0]["effect"], r[0]["error"]) == ("notApplicable", None, None)'

# A bare rule, its properties, a list, comments.
rule='{ "if": { "field": "type", "equals": "'$account'" }, "then": { "effect": "audit" } }'
for shape in "$rule" "{ \"policyRule\": $rule }" "{ \"properties\": { \"policyRule\": $rule } }" "[$rule]" "// $rule
$rule"; do
    echo "$shape" >rule.json
    try 1 "$MOAT" eval rule.json --resource old.json --json
    results 'len(r) == 1 and (r[0]["state"], r[0]["effect"]) == ("nonCompliant", "audit")'
done

# Parameters in all three shapes; wrong ones are errors, never a verdict.
for shape in '{"least": "TLS1_0"}' '{"LEAST": {"value": "TLS1_0"}}' \
    '{"$schema": "https://x/deploymentParameters.json#", "parameters": {"least": {"value": "TLS1_0"}}}'; do
    echo "$shape" >params.json
    try 0 "$MOAT" eval tls.json --resource old.json --params params.json
done
echo '{"effect": "modify"}' >params.json
try 3 "$MOAT" eval tls.json --resource old.json --params params.json --json
results 'r[0]["state"] == "error" and r[0]["error"] and r[0]["effect"] is None'
echo '{"nobody": 1}' >params.json
try 3 "$MOAT" eval tls.json --resource old.json --params params.json --json
results 'r[0]["state"] == "error" and "nobody" in r[0]["error"]'
# Of several policies each takes what it declares.
echo '{"least": "TLS1_0"}' >params.json
echo "$rule" >rule.json
sed 's/"tls"/"tls2"/; s/"least"/"lowest"/; s/(.least.)/('"'lowest'"')/' tls.json >tls2.json
try 1 "$MOAT" eval tls.json tls2.json --resource old.json --params params.json --json
results '[x["state"] for x in r] == ["compliant", "nonCompliant"]'

# Aliases of a listing; an empty one, or a name that is none: paths of the resource.
cat >aliases.json <<'END'
{ "value": [ { "namespace": "Contoso.Shop", "resourceTypes": [ { "resourceType": "carts",
  "aliases": [ { "name": "Contoso.Shop/carts/size", "defaultPath": "properties.cart.size" } ] } ] } ] }
END
echo '{ "type": "Contoso.Shop/carts", "name": "c", "properties": { "cart": { "size": 3 } } }' >cart.json
echo '{ "if": { "field": "Contoso.Shop/carts/size", "greater": 2 }, "then": { "effect": "audit" } }' >size.json
try 1 "$MOAT" eval size.json --resource cart.json --aliases aliases.json
try 0 "$MOAT" eval size.json --resource cart.json --json
results '(r[0]["state"], r[0]["error"]) == ("notApplicable", None) and "Contoso.Shop/carts/size" in r[0]["reason"]'
has err "M6011"
sed -i 's|Contoso.Shop/carts/size|properties.cart.size|' size.json
try 1 "$MOAT" eval size.json --resource cart.json
has err "warning[M6011]" 'a path of the resource'
try 1 "$MOAT" eval size.json --resource cart.json --semantics engine
empty err
echo '[]' >none.json
try 1 "$MOAT" eval size.json --resource cart.json --aliases none.json
empty err

# What is around the resource, and the clock.
cat >around.json <<'END'
{ "if": { "allOf": [
    { "value": "[requestContext().apiVersion]", "equals": "2024-01-01" },
    { "value": "[resourceGroup().tags.cost]", "equals": "it" },
    { "value": "[subscription().subscriptionId]", "equals": "s" },
    { "value": "[policy().assignmentId]", "equals": "a" },
    { "value": "[utcNow()]", "less": "2026-02-01" } ] },
  "then": { "effect": "audit" } }
END
echo '{ "requestContext": { "apiVersion": "2024-01-01" }, "resourceGroup": { "tags": { "cost": "it" } },
  "subscription": { "subscriptionId": "s" }, "policy": { "assignmentId": "a" } }' >context.json
try 1 "$MOAT" eval around.json --resource old.json --context context.json --now 2026-01-31T12:00:00Z
try 0 "$MOAT" eval around.json --resource old.json --context context.json --now 2026-02-01T12:00:00Z

# Related resources: given, none, not known.
cat >beside.json <<END
{ "if": { "field": "type", "equals": "$account" },
  "then": { "effect": "auditIfNotExists", "details": { "type": "Microsoft.Insights/diagnosticSettings",
    "existenceCondition": { "field": "Microsoft.Insights/diagnosticSettings/workspaceId", "exists": true } } } }
END
try 3 "$MOAT" eval beside.json --resource old.json --json
results 'r[0]["state"] == "unknown" and "diagnosticSettings" in r[0]["error"]'
for none in '[{"type": "Microsoft.Insights/diagnosticSettings", "resource": null}]' '[{"resource": null}]'; do
    echo "$none" >related.json
    try 1 "$MOAT" eval beside.json --resource old.json --related related.json --json
    results 'r[0]["effect"] == "auditIfNotExists"'
done
echo '[{"resource": {"type": "Microsoft.Insights/diagnosticSettings", "properties": {"workspaceId": "w"}}}]' >related.json
try 0 "$MOAT" eval beside.json --resource old.json --related related.json --json
results '(r[0]["state"], r[0]["effect"]) == ("compliant", None)'

# A change: what modify does, and the resource after it.
cat >tag.json <<'END'
{ "if": { "field": "tags['owner']", "exists": false },
  "then": { "effect": "modify", "details": { "roleDefinitionIds": ["/providers/Microsoft.Authorization/roleDefinitions/r"],
    "operations": [ { "operation": "add", "field": "tags['owner']", "value": "me" } ] } } }
END
try 1 "$MOAT" eval tag.json --resource old.json --json
results 'r[0]["details"]["operations"][0]["value"] == "me" and r[0]["after"]["tags"] == {"owner": "me"}'

# --- why ---

try 1 "$MOAT" eval tls.json --resource old.json --explain
has out '`minimumTlsVersion` is "TLS1_0", not "TLS1_2"' "(tls.json:7:"
lacks out '`type`'
try 1 "$MOAT" eval tls.json --resource old.json --explain --json
results 'r[0]["reasons"][0]["pointer"] == "/properties/policyRule/if/allOf/1" and r[0]["reasons"][0]["line"] == 7'
results '(r[0]["reasons"][0]["actual"], r[0]["reasons"][0]["expected"]) == ("TLS1_0", "TLS1_2")'
echo '{ "if": { "field": "name", "like": "ol?" }, "then": { "effect": "audit" } }' >like.json
try 0 "$MOAT" eval like.json --resource old.json --explain
has out 'uncertain: by semantics `engine` it is nonCompliant'

# At any width nothing is lost and no line is longer, but for single words.
for width in 40 80 200; do
    COLUMNS=$width try 1 "$MOAT" eval tls.json beside.json --resource old.json --related related.json --all --explain
    awk -v w="$width" 'length($0) > w && NF > 1 { exit 1 }' out || { cat out; fail "longer than $width"; }
    has out "TLS 1.2" "1 compliant," "1 non-compliant"
done
lacks out $'\033'
try 1 "$MOAT" eval tls.json --resource old.json --color=always
has out $'\033[31mnon-compliant'
# What a resource says does not reach the terminal.
printf '{ "type": "%s", "name": "a\\u001b[31mb", "properties": {} }' "$account" >evil.json
try 1 "$MOAT" eval tls.json --resource evil.json --explain
lacks out $'\033'

# --- initiatives, assignments, exemptions ---

cat >all.json <<END
{ "name": "all", "type": "Microsoft.Authorization/policySetDefinitions", "properties": {
  "parameters": { "effect": { "type": "String", "defaultValue": "audit" } },
  "policyDefinitionGroups": [ { "name": "crypto" } ],
  "policyDefinitions": [
    { "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/tls", "policyDefinitionReferenceId": "one",
      "groupNames": ["crypto"], "parameters": { "effect": { "value": "[parameters('effect')]" } } },
    { "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/tls", "policyDefinitionReferenceId": "two",
      "parameters": { "least": { "value": "TLS1_0" } } },
    { "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/not-here", "policyDefinitionReferenceId": "far" } ] } }
END
try 3 "$MOAT" eval tls.json all.json --resource old.json --json
results '[(x["reference"], x["state"], x["effect"]) for x in r] == [("one", "nonCompliant", "audit"), ("two", "compliant", None), ("far", "unknown", None)]'
results 'r[0]["groups"] == ["crypto"] and r[0]["initiative"] == "all" and "not at hand" in r[2]["error"]'
echo '{"effect": 1}' >params.json
try 3 "$MOAT" eval tls.json all.json --resource old.json --params params.json --json
results 'len(r) > 0 and all(x["state"] in ("error", "unknown") for x in r)'

sed -i '/not-here/d; s/"TLS1_0" } } },/"TLS1_0" } } } ] } }/' all.json
assign() { # NAME MORE-PROPERTIES
    echo '{ "id": "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/policyAssignments/'$1'",
      "name": "'$1'", "type": "Microsoft.Authorization/policyAssignments", "properties": {
      "scope": "/subscriptions/11111111-1111-1111-1111-111111111111", '"$2"'
      "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/all",
      "parameters": { "effect": { "value": "deny" } } } }' >assignment.json
}
judged() { # STATES of the members, for the resources named
    local wanted=$1
    shift
    for name; do
        "$MOAT" eval tls.json all.json assignment.json ${exemption:-} --resource "$name.json" --json --now 2026-06-01T00:00:00Z >out 2>err || true
        results '" ".join(x["state"] for x in r) == "'"$wanted"'"'
    done
}
assign a ""
judged "nonCompliant compliant" old
results 'r[0]["effect"] == "deny" and r[0]["assignment"] == "a" and r[0]["enforced"] is True'
assign a '"enforcementMode": "DoNotEnforce",'
judged "nonCompliant compliant" old
results 'r[0]["enforced"] is False'
"$MOAT" eval tls.json all.json assignment.json --resource old.json >out || true
has out "is not enforced"
assign a '"notScopes": ["/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/RG"],'
judged "notApplicable notApplicable" old
results '"notScope" in r[0]["reason"]'
assign a '"notScopes": ["/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/r"],'
judged "nonCompliant compliant" old
assign a '"resourceSelectors": [ { "name": "s", "selectors": [ { "kind": "resourceLocation", "in": ["North Europe"] } ] } ],'
judged "notApplicable notApplicable" old
judged "compliant nonCompliant" new
assign a '"overrides": [ { "kind": "policyEffect", "value": "Disabled", "selectors": [ { "kind": "policyDefinitionReferenceId", "in": ["one"] } ] } ],'
judged "compliant compliant" old
sed -i 's|11111111-1111-1111-1111-111111111111"|22222222-2222-2222-2222-222222222222"|' assignment.json
judged "notApplicable notApplicable" old

assign a ""
exempt() { # CATEGORY MORE-PROPERTIES
    echo '{ "name": "pause", "id": "'"$(in_group rg)"'/Microsoft.Authorization/policyExemptions/pause",
      "type": "Microsoft.Authorization/policyExemptions", "properties": { "exemptionCategory": "Waiver", '"$1"'
      "policyAssignmentId": "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/policyAssignments/a" } }' >exemption.json
}
exemption=exemption.json
exempt ""
judged "exempt exempt" old
results 'r[0]["exemption"] == "pause" and r[0]["error"] is None'
judged "notApplicable notApplicable" other
exempt '"policyDefinitionReferenceIds": ["one"],'
judged "exempt compliant" old
exempt '"expiresOn": "2026-05-31T00:00:00Z",'
judged "nonCompliant compliant" old
exempt '"expiresOn": "2026-06-30T00:00:00Z",'
judged "exempt exempt" old

# --- many resources ---

printf '%s\n%s\n%s\n' "$old" "$new" "$other" >list.ndjson
echo "[$old, $new, $other]" >list.json
gzip -c list.ndjson >list.ndjson.gz
for file in list.ndjson list.json list.ndjson.gz; do
    try 1 "$MOAT" eval tls.json --inventory "$file"
    has out "3 resources, 1 policy: 1 compliant, 1 non-compliant" "old"
    lacks out "new"
    try 1 "$MOAT" eval tls.json --inventory "$file" --csv
    [ "$(grep -c . out)" = 3 ] || fail "rows"
done
try 1 "$MOAT" eval tls.json --inventory - --json <list.ndjson
results 'len(r) == 2'
try 1 "$MOAT" eval tls.json --inventory list.ndjson --all --json
results '[x["state"] for x in r] == ["nonCompliant", "compliant", "notApplicable"]'
# A row of Resource Graph: types are in small letters, the group has a name of its own.
echo "$old" | sed 's|"type": "[^"]*"|"type": "microsoft.storage/storageaccounts", "resourceGroup": "rg", "subscriptionId": "s"|' >row.json
try 1 "$MOAT" eval tls.json --inventory row.json
# Without a type it is the id that says it.
echo "$old" | sed 's|"type": "[^"]*", "name": "old",||' >bare.json
try 1 "$MOAT" eval tls.json --resource bare.json
has out "old  $account"
# A related resource is found in the inventory.
diagnostics="{ \"id\": \"$(in_group rg)/$account/old/providers/Microsoft.Insights/diagnosticSettings/d\", \"type\": \"Microsoft.Insights/diagnosticSettings\", \"name\": \"d\", \"properties\": { \"workspaceId\": \"w\" } }"
printf '%s\n%s\n%s\n' "$old" "$new" "$diagnostics" >list2.ndjson
try 1 "$MOAT" eval beside.json --inventory list2.ndjson --json
results '{x["resource"].split("/")[-1]: x["state"] for x in r if x["effect"] or x["state"] == "compliant"} == {"old": "compliant", "new": "nonCompliant"}'
# Lines that are no resource are said, and counted; the others are judged.
printf '%s\nnonsense\n{"type": 1}\n%s\n' "$old" "$new" >broken.ndjson
try 3 "$MOAT" eval tls.json --inventory broken.ndjson
has out "line 2" "line 3" "2 resources could not be read" "1 compliant, 1 non-compliant"
try 3 "$MOAT" eval tls.json --inventory broken.ndjson --json
results '[x.get("line") for x in r if x["policy"] is None] == [2, 3]'
try 3 "$MOAT" eval tls.json --inventory missing.json
head -c 60 list.ndjson.gz >cut.ndjson.gz
try 3 "$MOAT" eval tls.json --inventory cut.ndjson.gz
# However many threads, the same bytes.
awk '{ for (i = 1; i <= 2000; i++) { row = $0; gsub("old\"", "old" i "\"", row); print row; if (i % 97 == 0) print "broken" } }' old.json >many.ndjson
for format in --all --csv --json --sarif; do
    try 3 "$MOAT" eval tls.json tag.json --inventory many.ndjson $format --explain --jobs 1
    mv out out1
    try 3 "$MOAT" eval tls.json tag.json --inventory many.ndjson $format --explain -j 4
    same out out1
done

# A spreadsheet computes nothing.
echo '{ "type": "'$account'", "name": "=1+1,\"x\"" }' >sheet.json
try 1 "$MOAT" eval tls.json --resource sheet.json --csv
/usr/bin/python3 - <<'PY'
import csv
rows = list(csv.DictReader(open("out", newline="")))
assert rows[0]["resource"] == "'=1+1,\"x\"" and rows[0]["state"] == "nonCompliant", rows
PY

# SARIF: findings and what could not be judged.
cp broken.ndjson "b c.ndjson"
try 3 "$MOAT" eval tls.json tls.json --inventory "b c.ndjson" --sarif --explain
/usr/bin/python3 - <<'PY'
import json
d = json.load(open("out"))
run = d["runs"][0]
assert d["version"] == "2.1.0" and [x["id"] for x in run["tool"]["driver"]["rules"]] == ["tls"], run
lines = [x["locations"][0]["physicalLocation"] for x in run["results"]]
assert {x["artifactLocation"]["uri"] for x in lines} == {"b%20c.ndjson"}, lines
assert sorted({x["region"]["startLine"] for x in lines}) == [1, 2, 3], lines
assert all(x["message"]["text"] and x["level"] == "error" for x in run["results"]), run
PY

# --- CSV asks for verdicts alone: they are those of JSON, where the rule may also fail ---

printf '%s\n' "$old" "$new" "$other" >three.ndjson
fails='{ "value": "[substring(field('"'tags.none'"'), 0, 9)]", "equals": "a" }'
for first in '"equals": "westeurope"' '"notEquals": "westeurope"' '"exists": "false"'; do
    for all in allOf anyOf; do
        echo '{ "if": { "'$all'": [ { "field": "location", '"$first"' }, '"$fails"' ] }, "then": { "effect": "audit" } }' >fails.json
        "$MOAT" eval fails.json --inventory three.ndjson --json >out || true
        /usr/bin/python3 -c 'import json; [print(r["state"]) for r in json.load(open("out"))["results"]]' >states
        "$MOAT" eval fails.json --inventory three.ndjson --csv | sed 1d | tr -d '\r' | cut -d, -f6 >csv || true
        same states csv
    done
done

# --- templates ---

cat >template.json <<END
{ "\$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "parameters": { "tls": { "type": "string", "defaultValue": "TLS1_0" }, "open": { "type": "bool" } },
  "variables": { "name": "[concat('st', '1')]" },
  "resources": [ { "type": "$account", "name": "[variables('name')]", "location": "[resourceGroup().location]",
    "properties": { "minimumTlsVersion": "[parameters('tls')]", "allowBlobPublicAccess": "[parameters('open')]" },
    "resources": [ { "type": "blobServices", "name": "default", "properties": {} } ] } ] }
END
cat >open.json <<END
{ "if": { "allOf": [ { "field": "type", "equals": "$account" },
  { "field": "$account/allowBlobPublicAccess", "equals": true } ] }, "then": { "effect": "deny" } }
END
sed 's|"field": "Microsoft.Storage/storageAccounts/allow.*"equals": true|"value": "[contains(field('"'location'"'), '"'eu'"')]", "equals": true|' open.json >where.json
sed 's|allowBlobPublicAccess", "equals": true|allowBlobPublicAccess", "equals": "[field('"'location'"')]"|' open.json >same.json
try 3 "$MOAT" eval tls.json open.json where.json same.json --resource template.json --json
results '[(x["resource"], x["state"]) for x in r][:4] == [("st1", "nonCompliant")] + [("st1", "unknown")] * 3'
results 'len(r) == 8 and r[4]["resource"] == "st1/default"'
has out "only the deployment knows"
echo '{ "$schema": "https://x/deploymentParameters.json#", "parameters": { "open": { "value": false }, "tls": { "value": "TLS1_2" } } }' >values.json
try 0 "$MOAT" eval tls.json open.json --resource template.json --params values.json

# --- moat sources ---

mkdir project
good >project/main.moat
cat >project/open.json <<END
{ "type": "$account", "name": "s", "properties": { "publicNetworkAccess": "Enabled" } }
END
try 1 "$MOAT" eval project --resource project/open.json --explain
has out "Storage is closed to the internet" "project/main.moat:5:17"
try 2 "$MOAT" eval project tls.json --resource project/open.json
# The landing zone's, as its README shows it.
zone=$TOP/examples/02-landing-zone
sed -n '/^```console$/,/^```$/p' "$zone/README.md" | sed '1d;$d' >shown
try 3 "$MOAT" eval "$zone" --inventory "$zone/estate.ndjson" --context "$zone/estate-context.json" --now 2026-01-31T12:00:00Z
same out shown
bad >bad.moat
try 1 "$MOAT" eval bad.moat --resource project/open.json --json
results 'r[0]["state"] == "error" and r[0]["code"].startswith("M") and r[0]["line"] == 3'
has err "nothing was evaluated"

# --- bad input: said with its place, and never a verdict ---

refused() { # TEXT... with the files as they are
    "$MOAT" eval policy.json --resource resource.json --json >out 2>err && { cat out policy.json; fail "a verdict"; }
    results 'r[0]["state"] == "error" and r[0]["error"] and not any(x["state"] in ("compliant", "nonCompliant", "notApplicable") for x in r)'
    for text; do has out "$text"; done
}
cp old.json resource.json
while IFS=$'\t' read -r policy text; do
    echo "$policy" >policy.json
    refused "$text"
done <<'END'
{	is not closed
"text"	M61
{}	M61
{"if": {"field": "type"}, "then": {"effect": "audit"}}	operator
{"if": {"field": "type", "equalz": "x"}, "then": {"effect": "audit"}}	/if/equalz
{"if": {"field": "type", "equals": "x", "equals": "y"}, "then": {"effect": "audit"}}	twice
{"if": {"field": "type", "equals": "x"}, "if": {}, "then": {"effect": "audit"}}	twice
{"if": {"allOf": 1}, "then": {"effect": "audit"}}	/if/allOf
{"if": {"value": "[parameters('x']", "equals": "x"}, "then": {"effect": "audit"}}	/if/value
{"if": {"value": "[nothing()]", "equals": "x"}, "then": {"effect": "audit"}}	nothing
{"if": {"field": "type", "equals": "[parameters('x')]"}, "then": {"effect": "audit"}}	x
{"if": {"field": "type", "exists": "true"}, "then": {"effect": "explode"}}	effect
{"if": {"value": "[div(1, 0)]", "equals": 1}, "then": {"effect": "audit"}}	zero
{"if": {"value": 1e400, "equals": 1}, "then": {"effect": "audit"}}	range
END
/usr/bin/python3 - <<'PY'
json = '{"if": %s, "then": {"effect": "audit"}}'
open("deep.json", "w").write(json % ('{"not": ' * 3000 + '{"field": "type", "exists": true}' + '}' * 3000))
open("parens.json", "w").write(json % ('{"value": "[' + "not(" * 3000 + "true()" + ")" * 3000 + ']", "equals": true}'))
open("work.json", "w").write(json % ('{"count": {"value": "[range(0, 9999)]", "where": {"count": {"value": "[range(0, 9999)]", "where": {"value": "[range(0, 9999)]", "exists": true}}, "greater": 1}}, "greater": 0}'))
PY
for policy in deep parens work; do
    cp $policy.json policy.json
    refused
done
echo "$rule" >policy.json
while IFS=$'\t' read -r resource text; do
    echo "$resource" >resource.json
    refused "$text"
done <<'END'
{	is not closed
[1]	a resource is an object
"text"	a resource is an object
{"type": 1}	`type` of a resource
{"type": "a", "type": "b"}	/type
{"type": "a", "n": 1e999}	/n
{"type": "a",, "n": 1}	resource.json:1
END
printf '{"type": "a", "x": "\xff"}' >resource.json
refused
/usr/bin/python3 -c 'print("[" * 5000 + "]" * 5000)' >resource.json
refused "deep"
cp old.json resource.json
echo '{"type": "'$account'", "properties": {"n": 1e308, "m": 123456789012345678901234567890}}' >resource.json
"$MOAT" eval policy.json --resource resource.json --json >out 2>err || true
results 'len(r) == 1'
cp old.json resource.json
for option in --params --aliases --context --related; do
    echo '"text"' >wrong.json
    try 1 "$MOAT" eval policy.json --resource resource.json $option wrong.json --json
    results 'len(r) == 1 and r[0]["policy"] is None and "wrong.json" in r[0]["error"]'
    try 3 "$MOAT" eval policy.json --resource resource.json $option nowhere.json --json
    results 'r[0]["state"] == "error"'
done
