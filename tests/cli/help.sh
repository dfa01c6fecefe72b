# Help, and what is said about a command line that is wrong.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

commands='init check build fmt explain catalog completion help'

# Without a command: help, but no success.
try 2 "$MOAT"
empty out
has err "Usage: moat COMMAND"
for form in help --help -h; do
    try 0 "$MOAT" $form
    empty err
    for c in $commands; do has out "  $c "; done
done
lacks out plan apply serve

for c in $commands; do
    try 0 "$MOAT" $c --help
    empty err
    has out "moat $c - " "Usage: moat $c" "--help" "Examples"
    cp out long
    try 0 "$MOAT" help $c
    same out long
    try 0 "$MOAT" --help $c
    same out long
done

# Help wins over everything that could be said about the arguments.
try 0 "$MOAT" build --help nothing-there

# Every value an option takes is in its help.
"$MOAT" build --help >out
has out tokens ast types policy json auto always never

# No line is longer than the terminal is wide.
for width in 40 60 80; do
    for c in check build explain; do
        COLUMNS=$width "$MOAT" $c --help >out
        # examples are shown as they are typed
        sed -n '1,/^Examples/p' out | awk -v w=$width 'length > w { print; exit 1 }' || fail "$c: wider than $width"
    done
done

# Mistakes: exit 2, one line that says what, one that says where to look.
wrong() {
    local text=$1
    shift
    try 2 "$MOAT" "$@"
    empty out
    has err "$text"
    [ "$(wc -l <err)" = 2 ] || { cat err; fail "not two lines: $*"; }
}
wrong 'no command `chekc`; did you mean `check`?' chekc
wrong 'no command `xyzzy`' xyzzy
wrong 'no command `buidl`; did you mean `build`?' help buidl
wrong '`moat check` has no option `--jsno`; did you mean `--json`?' check --jsno
wrong '`moat check` has no option `--dump`; `moat build` has' check --dump=ast
wrong '`moat` has no option `--json`; `moat check` has' --json check
wrong '`moat build` has no option `-x`' build -x
wrong '`--dump` takes tokens, ast, types, policy or json, not `tree`' build --dump=tree
wrong '`--dump` takes tokens, ast, types, policy or json, not `tree`' build --dump tree
wrong '`--dump` needs a value: `--dump STAGE`' build --dump
wrong '`--dump` needs a value: `--dump STAGE`' build --dump=
wrong '`--output` needs a value' build --output --no-output
wrong '`-o` needs a value' build -o
wrong '`--json` takes no value' check --json=yes
wrong '`--color` takes auto, always or never, not `purple`' --color=purple check
wrong '`--json` and `--sarif` cannot be given together' check --json --sarif
wrong '`moat init` does not know what to do with `b`' init a b
wrong 'for which shell' completion
wrong 'what shall be explained' explain
wrong '`moat check` has no option `--jso`' check --jso # names are not abbreviated

# What comes from the command line cannot write escape sequences to the terminal.
try 2 "$MOAT" $'\033]0;title\007'
lacks err $'\033' $'\007'

# `--` ends the options; a value may follow with or without blank.
good >--json.moat
try 0 "$MOAT" check -- --json.moat
try 0 "$MOAT" build -oone -- --json.moat
try 0 "$MOAT" build --output=two -- --json.moat
try 0 "$MOAT" build --output three -- --json.moat
diff -r one two && diff -r one three
