#!/bin/bash -eu
# Builds all fuzz targets as OSS-Fuzz wants them (https://google.github.io/oss-fuzz/getting-started/new-project-guide/):
# the engine by $LIB_FUZZING_ENGINE, flags by $CXX and $CXXFLAGS, results into $OUT. Dependencies come from Debian.
#
#     CXX=clang++-14 CXXFLAGS='-O1 -fsanitize=fuzzer-no-link,address' LIB_FUZZING_ENGINE=-fsanitize=fuzzer \
#       OUT=/tmp/out fuzz/oss-fuzz.sh
source=$(cd "$(dirname "$0")/.." && pwd)
build=${WORK:-/tmp}/dechaff-oss-fuzz

cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER="$CXX" \
  -DCMAKE_CXX_FLAGS="$CXXFLAGS" -DDECHAFF_TESTS=ON -DDECHAFF_FUZZ_ENGINE="$LIB_FUZZING_ENGINE"
for target in "$source"/fuzz/fuzz_*.cpp; do
  entry=${target##*/fuzz_}
  entry=${entry%.cpp}
  cmake --build "$build" --target "fuzz_$entry"
  install -D -t "$OUT" "$build/fuzz/fuzz_$entry"
  (cd "$source/fuzz/corpus/$entry" && python3 -m zipfile -c "$OUT/fuzz_${entry}_seed_corpus.zip" ./*)
  [ ! -e "$source/fuzz/$entry.dict" ] || install -m 644 "$source/fuzz/$entry.dict" "$OUT/fuzz_$entry.dict"
done
