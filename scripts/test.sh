#!/usr/bin/env bash
# All that CI runs. One step's failure does not hide another's: all are run, then told in a table.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
source scripts/tools/test.sh

names=() seconds=() results=() logs=()
failed=0
logs_folder="$(mktemp -d)"
trap 'rm -rf "$logs_folder"' EXIT
check() {
  local name="$1" start=$SECONDS log="$logs_folder/${#names[@]}"
  shift
  say ""
  say "── $name"
  if "$@" 2>&1 | tee "$log"; then
    results+=(passed)
  else
    results+=(FAILED)
    failed=$((failed + 1))
  fi
  logs+=("$log")
  names+=("$name")
  seconds+=($((SECONDS - start)))
}

# Advisories need a database that may be out of reach; a finding fails, silence is told.
advisories() {
  local log="$TOOLS/log/advisories-$$.log"
  if cargo deny check advisories >"$log" 2>&1; then
    say "cargo: no advisories"
  elif grep -qE 'error\[(vulnerability|unmaintained|unsound|yanked|notice)' "$log"; then
    cat "$log" >&2
    return 1
  else
    say "cargo advisories NOT RUN: $(grep -m1 -iE 'failed|error' "$log" || echo 'the database was not reached')"
  fi
  if npm audit --prefix end2end --audit-level=high >"$log" 2>&1; then
    say "npm: no advisories"
  elif grep -qE 'Severity: (high|critical)' "$log"; then
    cat "$log" >&2
    return 1
  else
    say "npm audit NOT RUN: $(grep -m1 -iE 'error' "$log" || echo 'the registry gave no answer')"
  fi
}

check "format" cargo fmt --all --check
check "shellcheck" shellcheck -x scripts/*.sh scripts/tools/*.sh bench/*.sh .ci/run
check "what is a diagram" node --test scripts/npm-diagrams/plan.test.js
check "licences and sources" cargo deny check bans licenses sources
check "advisories" advisories
check "clippy" cargo clippy --workspace --all-targets --features app/ssr -- -D warnings
# The client is tried against the API that the same command builds: asked for alone, cargo would build it anew, with other
# features of what it is made of.
check "unit and integration tests" env API_BIN="$ROOT/target/debug/api" cargo test --workspace --features app/ssr
check "release build" release cargo leptos build --release
check "release build of the API" release cargo build --release -p api
check "content" target/release/portal check
check "end to end" npm --prefix end2end test
check "independent clients" npm --prefix end2end run clients
check "samples" scripts/samples.sh

say ""
passed=$((${#names[@]} - failed))
for index in "${!names[@]}"; do
  printf '%6s s  %-6s  %s\n' "${seconds[$index]}" "${results[$index]}" "${names[$index]}"
done
# Whoever sees the end alone learns what failed: every tool tells its failures last.
for index in "${!names[@]}"; do
  if [ "${results[$index]}" = FAILED ]; then
    printf '\n── the end of: %s\n' "${names[$index]}"
    tail -n 25 "${logs[$index]}"
  fi
done
# Some show no more of it than the last lines: there, each failure has two of its own.
for index in "${!names[@]}"; do
  if [ "${results[$index]}" = FAILED ]; then
    printf 'FAILED: %s\n' "${names[$index]}"
    grep -E '^ +[^ ]+\.spec\.ts:[0-9:]+ › |^test .* FAILED|^✖ |^error|panicked at' "${logs[$index]}" | sort -u | head -n 2 | cut -c 1-120 || true
  fi
done
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
