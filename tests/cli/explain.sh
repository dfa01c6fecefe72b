# moat explain knows every message, word and function, and what the catalogue and library hold.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

# Every diagnostic: its text, and both examples but where they would be no text, several files, or too large.
codes=$(sed -n 's/^DIAG(\(M[0-9]*\),.*/\1/p' "$TOP/compiler/diag/codes.def")
[ -n "$codes" ]
for code in $codes; do
    try 0 "$MOAT" explain $code
    [ "$(grep -c . out)" -ge 3 ] || fail "$code is not explained"
    case $code in
    M0004 | M0005 | M0010 | M1003 | M1020 | M1021 | M3050 | M5027 | M5028 | M5032 | M5038 | M5043 | M5044 | M6019 | M6112) ;;
    *) grep -q 'Wrong:' out && grep -q 'Right:' out || fail "$code has no examples" ;;
    esac
    lacks out '```' '## '
done
try 0 "$MOAT" explain m0001
has out M0001

# Every word of the language.
words=$(sed -n 's/^\(RESERVED\|SOFT\|TYPE\)("\([a-z_0-9]*\)".*/\2/p' "$TOP/grammar/keywords.def")
glossary=$(sed -n 's/^GLOSSARY("\([A-Za-z_]*\)".*/\1/p' "$TOP/compiler/cli/glossary.def")
for word in $words $glossary; do
    try 0 "$MOAT" explain $word
    cp out explained
    # Each example can stand somewhere.
    sed -n 's/^    \([^ ]\)/\1/p' explained | while IFS= read -r example; do
        example=${example//…/}
        for place in '%s' 'let x = %s' 'kind k "T" { %s }' 'framework f "F" { %s }' \
            'requirement r "R" { %s }' 'requirement r "R" { for k { %s } }' \
            'requirement r "R" { for k { remedy set a = 1 %s } }' 'initiative i "I" { %s }' \
            'environment e { %s }' 'assignment a "A" { %s }' 'exemption x "X" { %s }' \
            'test "t" { %s }'; do
            printf "$place\n" "$example" | "$MOAT" build --dump=ast - >ast 2>&1 && continue 2
        done
        fail "the example of $word is not moat: $example"
    done
done
# Every function has a form and a line about it.
for function in $(sed -n 's/^FUNCTION([A-Z0-9_]*, "\([A-Za-z0-9_]*\)".*/\1/p' "$TOP/compiler/sema/functions.def"); do
    try 0 "$MOAT" explain $function
    has out "$function - a function: " "$function(" becomes
    lacks out "(null)"
done
# Every kind and framework of the library.
for kind in $(sed -n 's/^\(kind\|framework\) \([a-z_0-9]*\) .*/\2/p' "$TOP"/stdlib/azure/*.moat "$TOP"/stdlib/frameworks/*.moat); do
    try 0 "$MOAT" explain $kind
    has out "$kind - " "use "
done

try 0 "$MOAT" explain storage_account.minimumTlsVersion
has out "TLS1_2" "Microsoft.Storage/storageAccounts/minimumTlsVersion" "modifiable" "require minimumTlsVersion >= 1."
try 0 "$MOAT" explain Microsoft.Storage/storageAccounts/minimumTlsVersion
has out "TLS1_2"
try 0 "$MOAT" explain microsoft.storage/storageaccounts
has out "Microsoft.Storage/storageAccounts" storage_account
try 0 "$MOAT" explain publicNetworkAccess
has out ai_account search_service "moat catalog find"

# Several at once; one that is not known.
try 0 "$MOAT" explain deny addDays
has out "deny - " "addDays - "
try 1 "$MOAT" explain deny xyzzy
has out "deny - "
has err 'nothing is known about `xyzzy`'
try 1 "$MOAT" explain publicNetworkAcces
has err 'did you mean `publicNetworkAccess`?'
try 1 "$MOAT" explain storage_acount.minimumTlsVerson
has err 'did you mean `storage_account.minimumTlsVersion`?'
try 1 "$MOAT" explain ''
try 1 "$MOAT" explain $'\033[2J'
lacks err $'\033'
try 1 "$MOAT" explain M9999

# Another library.
mkdir -p lib/own
echo '/// A thing of ours.
kind thing "Microsoft.Search/searchServices"' >lib/own/things.moat
try 0 "$MOAT" explain --stdlib lib thing
has out "A thing of ours." "use own.things"
try 1 "$MOAT" explain --stdlib lib ai_account
try 3 "$MOAT" explain --stdlib nowhere ai_account
