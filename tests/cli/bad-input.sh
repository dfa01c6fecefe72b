# Input nobody meant: it is refused with a clear word and the right exit code, soon.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

# refused CODE TEXT FILE: by check, build and fmt; nothing is left behind.
refused() {
    local code=$1 text=$2 file=$3 print
    rm -f out err
    print=$(print_of .)
    try "$code" timeout 60 "$MOAT" check "$file"
    cat out err >both
    has both "$text"
    [ "$(wc -c <both)" -lt 20000 ] || fail "too much is said about $file"
    try "$code" timeout 60 "$MOAT" build "$file" -o built
    [ ! -e built ] || fail "something was built from $file"
    try "$code" timeout 60 "$MOAT" build "$file" --dump=ast
    try "$code" timeout 60 "$MOAT" fmt "$file"
    rm out err both
    [ "$print" = "$(print_of .)" ] || fail "$file was touched"
}

head -c 100000 "$MOAT" >binary.moat
refused 1 "error[M" binary.moat
truncate -s 100M large.moat
refused 3 "too large" large.moat
rm large.moat
{ printf 'let x = '; printf '(%.0s' $(seq 10000); printf '1'; printf ')%.0s' $(seq 10000); } >deep.moat
refused 1 "error[M0010]" deep.moat
{ printf 'let x = '; printf '[%.0s' $(seq 10000); } >open.moat
refused 1 "error[M" open.moat
{ printf 'let x = '; printf 'not %.0s' $(seq 10000); printf 'true\n'; } >not.moat
refused 1 "error[M0010]" not.moat
printf 'let x = "a\0b"\n' >nul.moat
refused 1 "error[M0005]" nul.moat
printf 'let x = "\xff\xfe"\n' >utf8.moat
refused 1 "error[M0004]" utf8.moat
printf 'let x = "open\n' >string.moat
refused 1 "error[M0002]" string.moat
printf '/* open\n' >comment.moat
refused 1 "error[M0009]" comment.moat
head -c 3000000 /dev/zero | tr '\0' 'a' >word.moat
refused 1 "error[M" word.moat

# CRLF and a byte order mark are fine.
good | sed 's/$/\r/' >crlf.moat
try 0 "$MOAT" check crlf.moat
{ printf '\xef\xbb\xbf'; good; } >bom.moat
try 0 "$MOAT" check bom.moat
try 0 "$MOAT" build crlf.moat -o one
good >crlf.moat
try 0 "$MOAT" build crlf.moat -o two
diff -r one two

# An empty file is a module without declarations.
: >void.moat
try 0 "$MOAT" check void.moat

# What is no file at all: each ends, none is read.
mkfifo pipe.moat
ln -s loop.moat loop.moat
ln -s nowhere.moat dangling.moat
mkdir folder.moat
for command in check build fmt "build --dump=tokens"; do
    try 3 timeout 20 "$MOAT" $command pipe.moat
    has err 'could not read `pipe.moat`' "not a regular file"
    try 3 timeout 20 "$MOAT" $command /dev/null
    has err "not a regular file"
    try 3 timeout 20 "$MOAT" $command loop.moat
    try 3 timeout 20 "$MOAT" $command dangling.moat
    try 3 timeout 20 "$MOAT" $command nothing.moat
    has err 'could not read `nothing.moat`: no such file or folder'
    try 3 timeout 20 "$MOAT" $command "$(printf 'x%.0s' $(seq 5000))"
done
[ ! -e build ] || fail "something was built"
rm pipe.moat loop.moat dangling.moat

# Modules that are missing, that use each other, that lie outside.
mkdir p
echo 'project "p" {}' >p/project.moat
echo 'use nowhere' >p/a.moat
try 1 "$MOAT" check p
has out "error[M" "nowhere"
echo 'let one = b.two  use b' >p/a.moat
echo 'let two = a.one  use a' >p/b.moat
try 1 timeout 20 "$MOAT" check p
has out "error[M"
rm p/b.moat
good >outside.moat
ln -s ../outside.moat p/a_link.moat
echo 'use a_link' >p/a.moat
try 1 "$MOAT" check p
has out "leads out of the project"
rm p/a_link.moat
echo 'use ..outside' >p/a.moat
try 1 "$MOAT" check p
ln -s .. p/up # a folder that holds itself
rm p/a.moat
try 0 timeout 20 "$MOAT" check p

# A very deep tree of folders.
mkdir deep
(cd deep && for i in $(seq 200); do mkdir d && cd d || exit; done && good >x.moat)
try 1 timeout 20 "$MOAT" check deep
