# Every link in the documents leads to a file that is there.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

cd "$TOP"
missing=0
for page in *.md spec/*.md spec/*/*.md examples/*.md examples/*/*.md editors/*.md stdlib/*/README.md; do
    [ -f "$page" ] || continue
    for link in $(grep -o '](\([^)# ]*\)[)#]' "$page" | sed 's/^](//; s/[)#]$//' | grep -v '^[a-z]*:' | sort -u); do
        [ -e "$(dirname "$page")/$link" ] || { echo "$page: $link"; missing=1; }
    done
done
[ $missing = 0 ] || fail "links that lead nowhere"
