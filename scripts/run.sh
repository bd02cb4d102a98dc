#!/usr/bin/env bash
# Builds API and portal, and serves both; the portal's address is printed last.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
"$ROOT/scripts/build.sh"
cd "$ROOT"
export SENTRYAGENT_ENV="${SENTRYAGENT_ENV:-development}"
target/release/api serve &
api=$!
# Whatever ends first takes the other along.
trap 'kill "$api" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
api_is_ready() {
  kill -0 "$api" || fail "the API has ended" "its last line above says why"
  curl -fsS "http://${API_ADDR:-127.0.0.1:8080}/health/ready"
}
wait_for 60 "the API" api_is_ready
target/release/portal serve &
portal=$!
trap 'kill "$api" "$portal" 2>/dev/null || true' EXIT
wait -n "$api" "$portal"
