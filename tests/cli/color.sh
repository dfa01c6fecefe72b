# Colour and width.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

bad >bad.moat
esc=$'\033'

# Not on a terminal: no colour, whatever TERM says, and nothing is folded.
TERM=xterm try 1 "$MOAT" check bad.moat
lacks out "$esc"
try 1 "$MOAT" check --color=never bad.moat
lacks out "$esc"
NO_COLOR= try 1 "$MOAT" check --color=always bad.moat
has out "$esc"
NO_COLOR=1 try 1 "$MOAT" check --color=always bad.moat
has out "$esc"
TERM=dumb try 1 "$MOAT" check --color=always bad.moat
has out "$esc"
try 1 "$MOAT" --color always check bad.moat
has out "$esc"
try 0 "$MOAT" --color=always help
has out "$esc"
# Documents for machines are never coloured.
try 1 "$MOAT" check --color=always --json bad.moat
lacks out "$esc"
try 1 "$MOAT" check --color=always --sarif bad.moat
lacks out "$esc"

# On a terminal, which script(1) makes.
command -v script >/dev/null || exit 0
terminal() {
    script -qec "$1" typescript </dev/null >/dev/null || true
}
TERM=xterm terminal "$MOAT check bad.moat"
has typescript "$esc"
TERM=dumb terminal "$MOAT check bad.moat"
lacks typescript "$esc["
NO_COLOR=1 TERM=xterm terminal "$MOAT check bad.moat"
lacks typescript "$esc[1"
NO_COLOR='' TERM=xterm terminal "$MOAT check bad.moat"
has typescript "$esc[1"

# A terminal's width folds prose and cuts source lines.
TERM=xterm terminal "stty cols 50; $MOAT --color=never check --help"
sed -n '2,/^Examples/p' typescript | tr -d '\r' | awk 'length > 50 { print; exit 1 }' ||
    fail "wider than the terminal"
