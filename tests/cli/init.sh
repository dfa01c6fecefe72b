# moat init: the starter checks clean, is laid out, builds, and nothing is overwritten.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

try 0 "$MOAT" init contoso-ai
empty err
has out contoso-ai network.moat "moat build"
cd contoso-ai
try 0 "$MOAT" check
has out "checked 4 files: no mistakes"
try 0 "$MOAT" fmt --check
empty out
try 0 "$MOAT" build
has out "Built contoso-ai" definitions initiative assignment
[ "$(cat .gitignore)" = /build/ ]
has project.moat 'project "contoso-ai"'
has README.md '# contoso-ai'
for f in $(sed -n 's/^| `\([a-z_.]*\)`.*/\1/p' README.md); do [ -f $f ] || fail "README tells of $f"; done
lacks README.md my-project
# The commands in the README work.
sed -n 's/^    moat \([a-z]*\).*/\1/p' README.md | while read -r c; do try 0 "$MOAT" $c; done
rm -f out err

# Nothing is overwritten, not even partly, and not through a link.
print_of . >../first
try 3 "$MOAT" init
has err "is there already"
rm -f out err
print_of . >../second
same ../first ../second
cd ..
mkdir some && echo mine >some/baseline.moat
try 3 "$MOAT" init some
[ "$(ls some)" = baseline.moat ] || fail "something was written"
mkdir linked && ln -s nowhere linked/README.md
try 3 "$MOAT" init linked

# Into the current folder, into one that has to be made, one with an odd name.
mkdir here
(cd here && try 0 "$MOAT" init && rm out err && "$MOAT" check)
has here/project.moat 'project "here"'
try 0 "$MOAT" init a/b/c/
has a/b/c/project.moat 'project "c"'
try 0 "$MOAT" init 'Ödd "name'
try 0 "$MOAT" check 'Ödd "name'
: >file
try 3 "$MOAT" init file
try 3 "$MOAT" init file/below
