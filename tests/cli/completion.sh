# The completions and the manual page.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

for shell in bash zsh fish; do
    try 0 "$MOAT" completion $shell
    cp out moat.$shell
    has out init check build explain sarif
    lacks out '`moat init'
done
try 2 "$MOAT" completion tcsh
has err "bash, zsh and fish"

. ./moat.bash
completes() {
    local wanted=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _moat
    [ "${COMPREPLY[*]}" = "$wanted" ] || fail "$*: ${COMPREPLY[*]} instead of $wanted"
}
compopt() { :; }
completes "check" moat ch
completes "--sarif --stdlib" moat check --s
completes "tokens types" moat build --dump t
completes "check catalog completion" moat c
completes "always" moat build --color = al
completes "find" moat catalog f
completes "bash" moat completion ba
completes "build" moat help bu
completes "" moat check x
mkdir folder
completes "folder" moat build -o fo

! command -v zsh >/dev/null || zsh -n moat.zsh
! command -v fish >/dev/null || fish -n moat.fish

try 0 "$MOAT" help --man
cp out moat.1
has moat.1 ".SH NAME" ".SH EXIT STATUS" ".SS moat build" ".SS moat explain"
lacks moat.1 '`'
if command -v mandoc >/dev/null; then
    mandoc -Tlint -Wwarning moat.1 >lint || { cat lint; fail "mandoc"; }
fi
if command -v man >/dev/null; then
    MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z moat.1 2>warnings >/dev/null
    empty warnings
fi
