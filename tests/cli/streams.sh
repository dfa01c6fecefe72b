# Standard output that cannot be written, and streams that are closed.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

good >good.moat
code() {
    local code=0
    "$@" || code=$?
    echo $code
}

# A full disk is reported, for every command that prints.
for command in "check good.moat" "check --json good.moat" help --version "explain deny" \
    "completion bash" "help --man" "build --dump=json good.moat" "fmt -"; do
    [ "$(code "$MOAT" $command >/dev/full 2>err <good.moat)" = 3 ] || fail "$command to a full disk"
    has err "could not write \`standard output\`" "no space left"
done

# A closed pipe is no crash, and no success.
{ "$MOAT" help --man || echo $? >status; } 2>err | true
[ "$(cat status)" = 3 ] || [ "$(cat status)" = 0 ] || fail "closed pipe: $(cat status)"
{ sleep 0.3; "$MOAT" check good.moat || echo $? >status; } 2>err | true
[ "$(cat status)" = 3 ] || fail "closed pipe: $(cat status)"
has err "could not write"

# A closed standard output must not become the file that is written first.
[ "$(code "$MOAT" build good.moat -o out1 >&- 2>err)" = 3 ] || fail "closed standard output"
try 0 "$MOAT" build good.moat -o out2
diff -r out1 out2
[ "$(code "$MOAT" build good.moat -o out3 2>&- >/dev/null)" = 0 ] || fail "closed standard error"
diff -r out3 out2
[ "$(code "$MOAT" check good.moat <&- >/dev/null)" = 0 ] || fail "closed standard input"
[ "$(code "$MOAT" check - <&- >/dev/null 2>err)" = 3 ] || fail "closed standard input, read"
