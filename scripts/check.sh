#!/usr/bin/env bash
# Reports everything that is wrong with content/. RECORD=1 adds new addresses to the list of published ones.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
cd "$root"
arguments=(check)
[ -z "${RECORD:-}" ] || arguments+=(--record)
# The program as it is now, not as it was built once.
if [ -x target/release/portal ] && [ -z "$(find app client crates server -name '*.rs' -newer target/release/portal -print -quit)" ]; then
  exec target/release/portal "${arguments[@]}"
fi
exec cargo run --quiet --package server --bin portal -- "${arguments[@]}"
