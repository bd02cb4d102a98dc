#!/usr/bin/env bash
# Fuzzes every target for a minute (SECONDS_EACH), with the project's own pages as seeds. A finding fails, and is stored in
# fuzz/artifacts with the command that reproduces it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/rust.sh
once "cargo-fuzz $CARGO_FUZZ_VERSION" "$TOOLS/cargo-fuzz-$CARGO_FUZZ_VERSION" "try: cargo install cargo-fuzz@$CARGO_FUZZ_VERSION" \
  fast_install "cargo-fuzz@$CARGO_FUZZ_VERSION" --locked
PATH="$TOOLS/cargo-fuzz-$CARGO_FUZZ_VERSION/bin:$PATH"
command -v c++ >/dev/null || step "C++ compiler" "libFuzzer is C++: install g++" debian g++
# cargo-fuzz passes flags of a nightly compiler.
export RUSTC_BOOTSTRAP=1

for target in ${TARGETS:-$(cargo fuzz list)}; do
  seeds="$ROOT/target/fuzz-seeds/$target"
  mkdir -p "$seeds" "fuzz/corpus/$target"
  case "$target" in
  markdown) find content -name '*.md' -exec sh -c 'awk "n >= 2; /^---$/ { n++ }" "$1" >"$2/$(basename "$1")"' _ {} "$seeds" \; ;;
  front_matter) find content -name '*.md' -exec sh -c 'awk "/^---$/ { n++; next } n == 1" "$1" >"$2/$(basename "$1")"' _ {} "$seeds" \; ;;
  tables) cp content/*.toml content/*.txt "$seeds/" ;;
  esac
  say "── $target"
  cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "$seeds" -- \
    -max_total_time="${SECONDS_EACH:-60}" -timeout=20 -max_len=4096 -print_final_stats=1 -verbosity=0 >"target/fuzz-$target.log" 2>&1 || {
    # Omits the input as numbers, which is in the log: the failure and its reproduction are enough here.
    grep -vE '^\s+\[[0-9, ]+\]$' "target/fuzz-$target.log" | tail -n 40 | cut -c1-2000 >&2
    fail "$target: a finding, or it did not run" "the whole log: target/fuzz-$target.log"
  }
  grep -E '^stat::(number_of_executed|average_exec|slowest)' "target/fuzz-$target.log" >&2
done
