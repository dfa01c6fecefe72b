# moat catalog: find, show and update.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

try 0 "$MOAT" catalog find MINIMUMTLS
has out "Microsoft.Storage/storageAccounts/minimumTlsVersion"
try 1 "$MOAT" catalog find xyzzyxyzzy
try 0 "$MOAT" catalog show Microsoft.Storage/storageAccounts
has out "minimumTlsVersion"
try 0 "$MOAT" catalog show microsoft.storage/storageaccounts/minimumtlsversion
has out "TLS1_2"
try 1 "$MOAT" catalog show Microsoft.Storage/storageAcounts
try 0 "$MOAT" catalog show storage_account
has out "minimumTlsVersion"
for what in storage_account "Storage Blob Data Reader" westeurope; do
    try 0 "$MOAT" catalog show --json $what
    /usr/bin/python3 -c 'import json; json.load(open("out"))'
done
try 0 "$MOAT" catalog find --json minimum tls
/usr/bin/python3 -c 'import json; json.load(open("out"))'
try 0 "$MOAT" catalog find tlsversion
cp out few
try 0 "$MOAT" catalog find --all tlsversion
[ "$(wc -l <few)" -lt "$(wc -l <out)" ] || fail "--all shows no more"
try 2 "$MOAT" catalog
try 2 "$MOAT" catalog fnd x
has err 'did you mean `find`?'
try 2 "$MOAT" catalog find
try 2 "$MOAT" catalog show
try 2 "$MOAT" catalog update
has err --from
try 2 "$MOAT" catalog find x --from y

# A listing of Azure laid over the catalogue of a project.
cat >providers.json <<'JSON'
{"value": [{"namespace": "Contoso.Test", "resourceTypes": [
  {"resourceType": "things", "apiVersions": ["2030-01-01"], "capabilities": "SupportsTags, SupportsLocation",
   "aliases": [
     {"name": "Contoso.Test/things/colour", "defaultPath": "properties.colour",
      "defaultMetadata": {"type": "String", "attributes": "Modifiable"}}]}]}]}
JSON
mkdir p
echo 'project "p" {}' >p/project.moat
cat >p/a.moat <<'MOAT'
kind thing "Contoso.Test/things"
requirement red "Things are red" {
    effect audit | disabled
    for thing {
        require colour == "red"
    }
}
MOAT
try 0 "$MOAT" check p
has out "the catalogue does not have the resource type"
(cd p && try 0 "$MOAT" catalog update --from ../providers.json && has out azure-catalog.txt)
[ -s p/azure-catalog.txt ] || fail "no overlay"
try 0 "$MOAT" check p
has out "no mistakes"
(cd p && try 0 "$MOAT" catalog find colour && has out "Contoso.Test/things/colour")
rm p/azure-catalog.txt

# A listing that is none.
echo '{"value": 1}' >bad.json
try 3 "$MOAT" catalog update --from bad.json
echo '{"value": [' >bad.json
try 3 "$MOAT" catalog update --from bad.json
has err bad.json
[ ! -e azure-catalog.txt ] || fail "an overlay from nothing"
try 3 "$MOAT" catalog update --from nowhere.json
# An overlay that is damaged is no mistake of the sources.
echo 'nonsense' >p/azure-catalog.txt
try 3 "$MOAT" check p
has err azure-catalog.txt
