#!/usr/bin/env bash
# Builds API and portal for a first look, and serves both; prints the portal's URL last. `make build` builds for deployment.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
say "Tools (in $TOOLS)"
source scripts/tools/rust.sh
# If one program ends, the other one is ended, too, with all child processes.
set -m
trap end_jobs EXIT
trap 'exit 130' INT TERM
# In parallel: each build compiles its last crates sequentially and leaves a processor idle.
scripts/site.sh &
site=$!
step "API and portal" "read the log above; a clean start is: make clean run" programs --profile dev
wait "$site"

export SENTRYAGENT_ENV="${SENTRYAGENT_ENV:-development}" PORTAL_SITE_ROOT="${PORTAL_SITE_ROOT:-target/look}"
# The portal finds the API at another port, too.
[ -z "${API_ADDR:-}" ] || export SENTRYAGENT_API_URL="${SENTRYAGENT_API_URL:-http://localhost:${API_ADDR##*:}}"
target/debug/api serve &
api=$!
api_is_ready() {
  kill -0 "$api" || fail "the API has ended" "its last line above says why"
  curl -fsS "http://${API_ADDR:-127.0.0.1:8080}/health/ready"
}
wait_for 60 "the API" api_is_ready
target/debug/portal serve &
portal=$!
wait -n "$api" "$portal"
