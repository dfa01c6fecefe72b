# moat fmt: what is rewritten, what is left alone.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

ugly() {
    good | sed 's/^ *//; s/  */ /g' | tr '\n' ' '
    echo '// the end'
}
ugly >a.moat
chmod 640 a.moat
try 1 "$MOAT" fmt --check a.moat
has out a.moat
has err "1 file would change"
ugly | cmp - a.moat || fail "--check rewrote"

try 0 "$MOAT" fmt a.moat
has out a.moat
has err "1 file changed"
has a.moat "// the end"
[ "$(stat -c %a a.moat)" = 640 ] || fail "the mode changed"
try 0 "$MOAT" check a.moat
try 0 "$MOAT" fmt --check a.moat
empty out

# A file that is laid out is not touched.
touch -d '2020-01-01' a.moat
try 0 "$MOAT" fmt a.moat
empty out
[ -z "$(find a.moat -newermt 2021-01-01)" ] || fail "rewritten without need"

# From standard input to standard output.
ugly >ugly.moat
try 0 "$MOAT" fmt - <ugly.moat
same out a.moat
empty err
try 1 "$MOAT" fmt --check - <ugly.moat
try 0 "$MOAT" fmt --check - <a.moat

# A broken file stays as it is; the others are done.
printf 'requirement x {\n' >broken.moat
cp broken.moat before
try 1 "$MOAT" fmt broken.moat ugly.moat
has err "error[M" "broken.moat" "left alone"
same broken.moat before
same ugly.moat a.moat
try 1 "$MOAT" fmt - <broken.moat
empty out
rm broken.moat before

# Folders, but neither hidden ones nor build.
mkdir -p p/sub p/.hidden p/build
for f in p/x.moat p/sub/y.moat p/.hidden/z.moat p/build/z.moat; do ugly >$f; done
echo 'not moat' >p/sub/text.txt
try 0 "$MOAT" fmt p
has err "2 files changed"
same p/sub/y.moat a.moat
ugly | cmp - p/.hidden/z.moat
ugly | cmp - p/build/z.moat
(cd p && try 0 "$MOAT" fmt --check)

# A link stays a link, and what it leads to is laid out.
ugly >target.moat
ln -s target.moat link.moat
try 0 "$MOAT" fmt link.moat
[ -L link.moat ] || fail "the link became a file"
same target.moat a.moat

# Nothing is left of the writing.
[ -z "$(find . -name '*.tmp')" ] || fail "temporary files"

# Nothing to lay out is fine.
mkdir none
try 0 "$MOAT" fmt none
