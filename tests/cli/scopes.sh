# Where bodies are for: ids in the source map, and assignments of one name at several scopes.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

one=/subscriptions/00000000-0000-0000-0000-000000000001
two=/subscriptions/00000000-0000-0000-0000-000000000002
id() {
    /usr/bin/python3 -c 'import json, sys; print(*json.load(open("build/sourcemap.json"))["ids"][sys.argv[1]])' "$1"
}

mkdir p
cd p
echo 'project "contoso" {}' >project.moat
good >a.moat
echo 'initiative base "Baseline" { include closed }' >>a.moat

# Nobody says where: to be filled in.
try 0 "$MOAT" build
[ "$(id policyDefinitions/a-closed.json)" = "/providers/Microsoft.Management/managementGroups/{managementGroup}/providers/Microsoft.Authorization/policyDefinitions/a-closed" ] || fail "root"
has build/policySetDefinitions/a-base.json '{managementGroup}'

# The assignment says it.
cat >>a.moat <<'MOAT'
assignment prod "Baseline, first" {
    initiative base
    scope subscription "00000000-0000-0000-0000-000000000001"
}
MOAT
try 0 "$MOAT" build
[ "$(id policyDefinitions/a-closed.json)" = "$one/providers/Microsoft.Authorization/policyDefinitions/a-closed" ] || fail "of a definition"
[ "$(id policyAssignments/prod.json)" = "$one/providers/Microsoft.Authorization/policyAssignments/prod" ] || fail "of an assignment"
has build/policySetDefinitions/a-base.json "$one/providers/Microsoft.Authorization/policyDefinitions/a-closed"

# Two of one name at two scopes: two files.
cat >b.moat <<'MOAT'
use a
assignment prod "Baseline, second" {
    initiative a.base
    scope subscription "00000000-0000-0000-0000-000000000002"
}
MOAT
try 0 "$MOAT" build
[ ! -e build/policyAssignments/prod.json ] || fail "one has the name of both"
files=$(cd build/policyAssignments && echo *)
[ "$(echo "$files" | wc -w)" = 2 ] || fail "files: $files"
for f in $files; do
    echo "$f" | grep -Eqx 'prod-[0-9a-f]{8}\.json' || fail "$f"
    id "policyAssignments/$f" >>ids
done
printf '%s\n' "$one" "$two" | sed 's|$|/providers/Microsoft.Authorization/policyAssignments/prod|' >expected
sort ids | cmp - expected || fail "$(cat ids)"

# At one scope that is a mistake.
sed -i 's/000002/000001/' b.moat
try 1 "$MOAT" check
has out M5045

# An environment says it for all.
sed -i 's/000001/000002/' b.moat
echo 'environment prod { root management_group "contoso" }' >>project.moat
sed -i 's/^    scope/    environment prod scope/' a.moat b.moat
try 0 "$MOAT" build
[ "$(id policyDefinitions/a-closed.json)" = "/providers/Microsoft.Management/managementGroups/contoso/providers/Microsoft.Authorization/policyDefinitions/a-closed" ] || fail "of the environment"

# Two environments: a definition goes to both, an initiative is made for each.
echo 'environment dev { root management_group "contoso-dev" }' >>project.moat
try 0 "$MOAT" build
[ "$(id policyDefinitions/a-closed.json | wc -w)" = 2 ] || fail "of two environments"
has build/policySetDefinitions/dev.a-base.json '/contoso-dev/providers/'
has build/policySetDefinitions/prod.a-base.json '/contoso/providers/'
