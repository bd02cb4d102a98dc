#!/usr/bin/env bash
# Runs all steps of CI. A failure doesn't hide others: all steps run, and a table lists their results.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
source scripts/tools/test.sh

names=()
logs="$(mktemp -d)"
set -m
trap 'end_jobs; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

# timed INDEX COMMAND…: records its result and duration.
timed() {
  local index="$1" start=$SECONDS result=passed
  shift
  "$@" 2>&1 || result=FAILED
  printf '%s %s\n' "$result" "$((SECONDS - start))" >"$logs/$index.result"
}

# check NAME COMMAND…: runs a step now.
check() {
  local index="${#names[@]}"
  names+=("$1")
  say ""
  say "── $1"
  timed "$index" "${@:2}" | tee "$logs/$index"
}

# aside NAME COMMAND…: runs a step in the background, until `joined` waits for it and prints its output.
asides=()
aside() {
  local index="${#names[@]}"
  names+=("$1")
  timed "$index" "${@:2}" >"$logs/$index" &
  asides+=("$index:$!")
}
joined() {
  local each
  for each in "${asides[@]}"; do
    wait "${each#*:}" || true
    say ""
    say "── ${names[${each%:*}]}"
    cat "$logs/${each%:*}"
  done
  asides=()
}

# Advisories need a database that may be unreachable; a finding fails, an unreachable database is reported.
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

# clippy as cargo's compiler wrapper for the workspace's crates lints and compiles in one pass, so that dependencies are not
# checked separately. cargo caches its messages, and prints them again if nothing has changed.
compiler="$(rustc --print sysroot)/bin/clippy-driver"
with_clippy() { RUSTC_WORKSPACE_WRAPPER="$compiler" "$@"; }
lint() {
  local log="$TOOLS/log/clippy-$$.log"
  with_clippy cargo build --workspace --all-targets --features app/ssr 2>&1 | tee "$log" || return 1
  # Compiler warnings are errors here.
  ! grep -E 'generated [0-9]+ warning' "$log"
}

# A dependency with features that only tests enable would be compiled twice, with all its dependents.
features() { cargo tree --workspace --features app/ssr --edges "$1" --prefix none --no-dedupe --format '{p} {f}' | sort -u; }
one_set_of_features() {
  local other
  other="$(comm -23 <(features normal,build) <(features normal,build,dev))"
  [ -z "$other" ] && return
  printf 'error: with other features in tests, so name those for all in [workspace.dependencies]:\n%s\n' "$other"
  return 1
}

# `make run` serves files that a script of its own builds, here from what was compiled above. The portal doesn't start without them.
first_look() (
  scripts/site.sh || exit 1
  PORTAL_SITE_ROOT=target/look PORTAL_ADDR=127.0.0.1:3910 LOG_LEVEL=error "$PORTAL_BIN" serve &
  portal=$!
  trap 'kill "$portal"' EXIT
  wait_for 60 "the portal" curl -fsS -o /dev/null http://127.0.0.1:3910/readyz
)

aside "format" cargo fmt --all --check
aside "shellcheck" shellcheck -x scripts/*.sh scripts/tools/*.sh bench/*.sh .ci/run
aside "what is a diagram" node --test scripts/npm-diagrams/plan.test.js
aside "licences and sources" cargo deny check bans licenses sources
aside "advisories" advisories
aside "the same features for programs and tests" one_set_of_features
# Mostly one program, optimized as a whole, on one processor. Built with the flags of the tested programs: the browser
# hydrates markup that must be rendered as its program expects (erased or not).
aside "what browsers load" nice cargo leptos build --release --frontend-only
check "clippy, and all that is tested" lint
joined

# All further steps run the programs compiled above. The client is tested against that API: built separately, cargo would
# rebuild it with other features of its dependencies.
export API_BIN="$ROOT/target/debug/api" PORTAL_BIN="$ROOT/target/debug/portal"
check "unit and integration tests" with_clippy cargo test --workspace --features app/ssr
check "content" "$PORTAL_BIN" check
check "what make run serves" first_look
# Both wait for responses and compilers most of the time; one after the other, so that two processors suffice.
clients_and_samples() {
  local failed=0
  npm --prefix end2end run attacks || failed=1
  npm --prefix end2end run clients || failed=1
  scripts/samples.sh || failed=1
  return "$failed"
}
aside "attacks, independent clients, samples" clients_and_samples
check "end to end" npm --prefix end2end test
joined

say ""
failed=0 results=()
for index in "${!names[@]}"; do
  read -r result took <"$logs/$index.result" || result=FAILED took=0
  results+=("$result")
  [ "$result" = passed ] || failed=$((failed + 1))
  printf '%6s s  %-6s  %s\n' "$took" "$result" "${names[$index]}"
done
passed=$((${#names[@]} - failed))
# Failures are printed last, so that the end of the output is enough.
for index in "${!names[@]}"; do
  if [ "${results[$index]}" = FAILED ]; then
    printf '\n── the end of: %s\n' "${names[$index]}"
    tail -n 25 "$logs/$index"
  fi
done
# Some viewers show only the last lines: prints two lines for each failure.
for index in "${!names[@]}"; do
  if [ "${results[$index]}" = FAILED ]; then
    printf 'FAILED: %s\n' "${names[$index]}"
    grep -E '^ +[^ ]+\.spec\.ts:[0-9:]+ › |^test .* FAILED|^✖ |^error|panicked at' "$logs/$index" | sort -u | head -n 2 | cut -c 1-120 || true
  fi
done
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
