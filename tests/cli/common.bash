# common.bash - what the scripts share. A script runs in an empty folder of its own, under
# `bash -eu`, with MOAT, TOP and B set; it exits with 0 (passed), 77 (skipped) or anything else.
#
# SPDX-License-Identifier: MIT
set -o pipefail

fail() {
    echo "failed: $*"
    exit 1
}

# try CODE COMMAND...: runs it; what it says is in the files out and err.
try() {
    local wanted=$1 code=0
    shift
    "$@" >out 2>err || code=$?
    if [ "$code" != "$wanted" ]; then
        cat out err
        fail "exit $code instead of $wanted: $*"
    fi
}

# has FILE TEXT..., lacks FILE TEXT...: each text, taken literally.
has() {
    local file=$1 text
    shift
    for text; do
        grep -qF -- "$text" "$file" || { cat "$file"; fail "\`$text\` is not in $file"; }
    done
}
lacks() {
    local file=$1 text
    shift
    for text; do
        ! grep -qF -- "$text" "$file" || { cat "$file"; fail "\`$text\` is in $file"; }
    done
}
empty() {
    [ ! -s "$1" ] || { cat "$1"; fail "$1 is not empty"; }
}
same() {
    cmp "$1" "$2" || fail "$1 and $2 differ"
}
# Every file of a folder with its hash.
print_of() {
    (cd "$1" && find . -type f | LC_ALL=C sort | xargs -r sha256sum)
}

# A small program that is right, and one with a single mistake in line 3.
good() {
    cat <<'MOAT'
kind account "Microsoft.Storage/storageAccounts"
requirement closed "Storage is closed to the internet" {
    effect audit | deny | disabled
    for account {
        require publicNetworkAccess == "Disabled"
    }
}
MOAT
}
bad() {
    cat <<'MOAT'
kind account "Microsoft.Storage/storageAccounts"
requirement closed "Storage is closed to the internet" {
    effect audit | dney | disabled
    for account {
        require publicNetworkAccess == "Disabled"
    }
}
MOAT
}
