# moat --version, and the catalogue that has grown old.
# SPDX-License-Identifier: MIT
. "$TOP/tests/cli/common.bash"

version=$(sed -n 's/^#define MOAT_VERSION "\(.*\)"/\1/p' "$TOP/compiler/base/version.h")
try 0 "$MOAT" --version
has out "moat $version" "catalogue of 20"
cp out long
try 0 "$MOAT" -V
same out long

# A clock that is far ahead, or stopped long ago.
cat >clock.c <<'C'
#include <stdlib.h>
#include <time.h>
time_t time(time_t *t)
{
    time_t now = (time_t)strtoll(getenv("NOW"), NULL, 10);
    if (t)
        *t = now;
    return now;
}
C
cc -shared -fPIC -o clock.so clock.c 2>/dev/null || exit 0
day=$(sed -n 's/^catalogue of //p' out)
seconds=$(date -u -d "$day" +%s)
NOW=$seconds LD_PRELOAD=$PWD/clock.so "$MOAT" --version >out 2>err || exit 0 # a sanitizer wants to be first
empty err
LD_PRELOAD=$PWD/clock.so NOW=$((seconds + 365 * 86400)) "$MOAT" --version >out 2>err
empty err
LD_PRELOAD=$PWD/clock.so NOW=$((seconds + 366 * 86400)) "$MOAT" --version >out 2>err
has err "more than a year old"
same out long
LD_PRELOAD=$PWD/clock.so NOW=0 "$MOAT" --version >out 2>err
empty err
