# Standard output that cannot be written, and streams that are closed.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

good >good.moat
# exits CODE COMMAND...
exits() {
    local wanted=$1 code=0
    shift
    "$@" || code=$?
    [ $code = "$wanted" ]
}

# A full disk is reported, for every command that prints.
for command in "check good.moat" "check --json good.moat" help --version "explain deny" \
    "completion bash" "help --man" "build --dump=json good.moat" "fmt -"; do
    exits 3 "$MOAT" $command >/dev/full 2>err <good.moat || fail "$command to a full disk"
    has err "could not write \`standard output\`" "no space left"
done

# A closed pipe is no crash, and no success.
echo 0 >status
{ "$MOAT" help --man || echo $? >status; } 2>err | true
[ "$(cat status)" = 3 ] || [ "$(cat status)" = 0 ] || fail "closed pipe: $(cat status)"
{ sleep 0.3; "$MOAT" check good.moat || echo $? >status; } 2>err | true
[ "$(cat status)" = 3 ] || fail "closed pipe: $(cat status)"
has err "could not write"

# A closed standard output must not become the file that is written first.
exits 3 "$MOAT" build good.moat -o out1 >&- 2>err || fail "closed standard output"
try 0 "$MOAT" build good.moat -o out2
diff -r out1 out2
exits 0 "$MOAT" build good.moat -o out3 2>&- >/dev/null || fail "closed standard error"
diff -r out3 out2
exits 0 "$MOAT" check good.moat <&- >/dev/null || fail "closed standard input"
exits 3 "$MOAT" check - <&- >/dev/null 2>err || fail "closed standard input, read"
