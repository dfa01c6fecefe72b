# Files that may not be read or written. Root may do everything, so root becomes somebody else.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

as=()
if [ "$(id -u)" = 0 ]; then
    command -v setpriv >/dev/null || exit 77
    cp "$MOAT" moat && MOAT=$PWD/moat # where others may reach it
    chmod 755 . && chmod 755 moat
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
mkdir p
good >p/a.moat
good >p/secret.moat
chmod 000 p/secret.moat
chmod 777 p

try 3 "${as[@]}" "$MOAT" check p
has err 'could not read' 'secret.moat' "permission denied"
try 3 "${as[@]}" "$MOAT" build p -o p/build
[ ! -e p/build ] || fail "something was built"
try 3 "${as[@]}" "$MOAT" fmt p/secret.moat
rm -f p/secret.moat

# A folder that may not be listed.
mkdir -p p/closed
chmod 000 p/closed
try 3 "${as[@]}" "$MOAT" check p
has err closed "permission denied"
rmdir p/closed

# Output that may not be written.
mkdir readonly
chmod 555 readonly
try 3 "${as[@]}" "$MOAT" build p/a.moat -o readonly
has err "could not" "permission denied"
empty out
[ -z "$(ls -A readonly)" ] || fail "something is in the folder"
try 3 "${as[@]}" "$MOAT" init readonly/x
: >file
try 3 "${as[@]}" "$MOAT" build p/a.moat -o file

# A source that may be read but not written stays, and is said.
good | tr -s ' ' >p/ugly.moat
chmod 444 p/ugly.moat
cp p/ugly.moat before
try 3 "${as[@]}" "$MOAT" fmt p/ugly.moat
has err "could not write" "ugly.moat"
same p/ugly.moat before

# A disk that is full while a build is written: nothing half-written, the old files stay.
if [ "$(id -u)" = 0 ] && mkdir disk && mount -t tmpfs -o size=64k tmpfs disk 2>/dev/null; then
    trap 'umount "$PWD/disk"' EXIT
    for i in $(seq 100); do good | sed "s/closed/closed$i/"; done | awk '!/^kind/ || !k++' >many.moat
    code=0
    "$MOAT" build many.moat -o disk >out 2>err || code=$?
    [ $code = 3 ] || fail "exit $code on a full disk"
    has err "no space left"
    find disk -name '*.json' | while read -r f; do
        /usr/bin/python3 -c 'import json,sys; json.load(open(sys.argv[1]))' "$f" || fail "$f is half-written"
    done
    [ -z "$(find disk -name '*.tmp')" ] || fail "temporary files stayed"
fi
