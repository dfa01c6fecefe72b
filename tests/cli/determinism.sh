# The same sources give the same bytes: again, in another order, from elsewhere, in another locale.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

try 0 "$MOAT" init p
cd p
mkdir more
for i in $(seq 12); do
    good | sed "s/closed/closed_$i/; s/account/account_$i/" >more/m$i.moat
done
cd ..

files=$(cd p && find . -name '*.moat' | sort)
(cd p && "$MOAT" build $files -o ../one >/dev/null)
shuffled=$(echo "$files" | shuf --random-source=<(yes))
(cd p && "$MOAT" build $shuffled -o ../two >/dev/null)
diff -r one two
"$MOAT" build p -o three >/dev/null
diff -r one three
(cd / && "$MOAT" build "$OLDPWD/p" -o "$OLDPWD/four" >/dev/null)
diff -r one four
cp -r p elsewhere
(cd elsewhere/more && "$MOAT" build .. -o "$OLDPWD/five" >/dev/null)
diff -r one five
for locale in $(locale -a | grep -v '^\(C\|POSIX\)' | head -3) de_DE.UTF-8 tr_TR.UTF-8; do
    LC_ALL=$locale LANG=$locale "$MOAT" build p -o six >/dev/null
    diff -r one six
    rm -r six
done
TZ=Pacific/Kiritimati COLUMNS=30 TERM=xterm NO_COLOR=1 "$MOAT" build p -o seven >/dev/null
diff -r one seven

# Findings too, whatever the order of the arguments.
for f in p/more/m*.moat; do sed -i 's/"Disabled"/"Disbled"/' "$f"; done
cd p
"$MOAT" check $files >../one.txt || true
"$MOAT" check $shuffled >../two.txt || true
same ../one.txt ../two.txt
"$MOAT" check --json $files >../one.json || true
LC_ALL=de_DE.UTF-8 "$MOAT" check --json $shuffled >../two.json || true
same ../one.json ../two.json
