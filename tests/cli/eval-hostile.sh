# moat eval and moat test on what nobody meant: soon done, and nothing reaches the terminal raw.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

account=Microsoft.Storage/storageAccounts
resource() { # NAME LOCATION
    printf '{"id": "/%s", "type": "%s", "name": "%s", "location": "%s"}\n' "$1" $account "$1" "$2"
}
policy() { # NAME CONDITION
    printf '{"name": "%s", "mode": "All", "policyRule": {"if": %s, "then": {"effect": "deny"}}}\n' "$1" "$2"
}
here='{"field": "location", "exists": "true"}'
elsewhere='{"field": "location", "equals": "x"}'
resource n y >n.json

# --- the reasons of deep rules: each part is measured once ---

nested=$(printf '{"allOf": [%.0s' $(seq 250))$elsewhere$(printf ", $here]}%.0s" $(seq 250))
policy deep "$nested" >deep.json
try 0 timeout 20 "$MOAT" eval deep.json --resource n.json --explain --all
has out '`location` is "y", not "x"'

# --- variables that double ---

template() { # LOCATION
    printf '{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"'
    printf ', "variables": {"v0": "x"'
    for i in $(seq 60); do
        printf ', "v%d": ["[variables('"'v%d'"')]", "[variables('"'v%d'"')]"]' $i $((i - 1)) $((i - 1))
    done
    printf '}, "resources": [{"type": "%s", "name": "n", "location": "%s", "resources":' $account "$1"
    printf ' [{"type": "blobServices", "name": "default", "tags": {"a": "[[x"}}]}]}\n'
}
policy elsewhere "$elsewhere" >elsewhere.json
template "[variables('v60')]" >doubling.json
try 3 timeout 60 "$MOAT" eval elsewhere.json --resource doubling.json
has out "only the deployment knows"

# A bracket that stands for itself does so in the resource of a resource, too.
template y >brackets.json
policy brackets '{"field": "tags.a", "equals": "[[x"}' >brackets_policy.json
sed -i 's/"\[\[x"}, "then/"[concat('"'['"', '"'x'"')]"}, "then/' brackets_policy.json
try 1 "$MOAT" eval brackets_policy.json --resource brackets.json
has out "n/default" "non-compliant"

# --- several threads name the same places ---

for i in $(seq 2000); do resource n$i y; done >many.json
for i in $(seq 20); do policy p$i "$here"; done >policies.json
sed -i '1s/^/[/; 2,$s/^/,/; $s/$/]/' policies.json
try 1 "$MOAT" eval policies.json --inventory many.json --explain --json --jobs 1
mv out one
try 1 "$MOAT" eval policies.json --inventory many.json --explain --json --jobs 8
same one out

# --- controls stay away from the terminal ---

esc=$(printf '\033') csi=$(printf '\302\233')
quiet() { lacks out "$esc" "$csi"; }
policy 'p\u001b[1m' '{"field": "location", "equals": "y\u001b]0;\u0007\u009b2J"}' >controls.json
resource 'n\u001b[31m\u009b' 'y\u001b]0;\u0007\u009b2J' >controls_resource.json
try 1 "$MOAT" eval controls.json --resource controls_resource.json --explain
quiet
cat >controls.moat <<END
kind account "$account"
requirement closed "Storage" {
    effect audit
    for account { require location == "y" }
}
test "a \\u{1b}[31m title" {
    given account { location = "\\u{1b}[2J\\u{9b}1m" }
    expect closed satisfied
}
END
try 1 "$MOAT" test controls.moat --mutate --coverage --annotate
has out "failed"
quiet

# --- what is cut is cut between characters ---

long=$(printf 'é%.0s' $(seq 60))
printf '{"a%s": 1, "a%s": 2}\n' "$long" "$long" >twice.json
try 3 "$MOAT" eval elsewhere.json --inventory twice.json --csv
has out "occurs twice"
iconv -f UTF-8 -t UTF-8 out >/dev/null || fail "the table is not UTF-8"
