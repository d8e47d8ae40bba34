#!/bin/sh
# check.sh CMAKE CXX BUILD WORK
#
# Installs BUILD into a stage below WORK, moves the stage, and from where it is then
#   builds and runs the consumer by find_package and by pkg-config,
#   runs the program, which must find the rule files beside it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cmake=$1 cxx=$2 build=$3 work=$4

rm -rf "$work"
mkdir -p "$work/empty"
# Nobody's settings but ours.
export HOME="$work/empty" XDG_CONFIG_HOME="$work/empty" XDG_CONFIG_DIRS="$work/empty"

"$cmake" --install "$build" --prefix "$work/stage" >"$work/install.log"
mv "$work/stage" "$work/moved"
stage=$work/moved
lib=$(dirname "$(find "$stage" -name 'libdechaff.*' | head -n 1)")
export LD_LIBRARY_PATH="$lib"

echo "consumer, by find_package"
"$cmake" -S "$here/consumer" -B "$work/consumer" -DCMAKE_CXX_COMPILER="$cxx" \
  -DCMAKE_PREFIX_PATH="$stage" >"$work/consumer.log"
"$cmake" --build "$work/consumer" >>"$work/consumer.log"
"$work/consumer/consumer"

echo "consumer, by pkg-config"
static=--static
[ ! -e "$lib/libdechaff.so" ] || static=
export PKG_CONFIG_PATH="$lib/pkgconfig"
pkg-config $static --cflags --libs dechaff |
  xargs "$cxx" -std=c++20 "$here/consumer/main.cpp" -o "$work/consumer_pc"
"$work/consumer_pc"

echo "program, moved"
unset LD_LIBRARY_PATH
"$stage/bin/dechaff" --version
# A rule that only stands in the moved folder shows that the program reads the files there.
rules=$stage/share/dechaff/rules
[ -n "$(find "$rules" -name '*.toml')" ]
cp "$here/marker.toml" "$rules/"
got=$(printf 'Soup of the day\nA line that only the marker rule drops\n' | "$stage/bin/dechaff")
[ "$got" = "Soup of the day" ] || {
  echo "the rules beside the program were not used; it gave: $got"
  exit 1
}
