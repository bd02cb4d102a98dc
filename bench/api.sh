#!/usr/bin/env bash
# Compares the API with oidc-provider in one run: tokens by client credentials, with the same algorithm, stored in SQLite with
# synchronous=FULL on both sides, in pairs. Then measures the registration of agents by one and by 32 clients, and idle memory.
# Results: bench/api.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
# shellcheck source=bench/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
command -v wrk >/dev/null || step "wrk" "install wrk" debian wrk
[ -x target/release/api ] || scripts/build.sh
hash="$(sha256sum <bench/api/package-lock.json | cut -c1-12)"
provider_tools() {
  mkdir -p "$1"
  cp bench/api/package.json bench/api/package-lock.json "$1/"
  npm ci --prefix "$1" --no-audit --no-fund
}
once "oidc-provider" "$TOOLS/bench-$hash" "try: npm ci --prefix bench/api" provider_tools

PAIRS="${PAIRS:-5}" SECONDS_EACH="${SECONDS_EACH:-5}" CONNECTIONS="${CONNECTIONS:-32}"
API=3980 PROVIDER=3981
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
cp bench/api/provider.mjs "$DIR/provider.mjs"
ln -s "$TOOLS/bench-$hash/node_modules" "$DIR/node_modules"

# start_api FOLDER: starts the API with one thread for requests and without limits.
start_api() {
  mkdir -p "$1"
  API_ADDR=127.0.0.1:$API API_WORKERS=1 DATA_DIR="$1/data" KEY_DIR="$1/keys" TOKEN_ALGORITHM="$algorithm" LOG_LEVEL=warn \
    SENTRYAGENT_ENV=production LIMIT_TENANT_PER_MINUTE=100000000 LIMIT_CREDENTIAL_PER_MINUTE=100000000 \
    target/release/api serve >"$1/log" 2>&1 &
  api=$!
  wait_for 20 "the API" curl -fsS "http://127.0.0.1:$API/health/ready"
}
# Signs up an organization in the tier without limits, and prints its token request.
client() {
  local id secret
  read -r id secret < <(verified "http://127.0.0.1:$API" "$1/data")
  echo "grant_type=client_credentials&client_id=$id&client_secret=$secret&scope=agents:write"
}
# load SCRIPT URL CONNECTIONS: prints requests per second. A failed request stops the benchmark.
load() {
  wrk -t1 -c"$3" -d"${SECONDS_EACH}s" -s "bench/api/$1" "$2" >"$DIR/wrk"
  grep -q '^FAILED 0$' "$DIR/wrk" || fail "some responses were errors" "see the report of wrk: $(tr '\n' ' ' <"$DIR/wrk")"
  awk '/Requests\/sec/ { print $2 }' "$DIR/wrk"
}

{
  echo "# Benchmark of the API"
  echo
  echo "\`bench/api.sh\` on $(date -u +%F), $(nproc) cores, commit $(git rev-parse --short HEAD). Absolute figures depend on the machine. The ratios are from pairs in one run."
  echo
  echo "## Tokens, compared with oidc-provider $(jq -r '.dependencies["oidc-provider"]' bench/api/package.json)"
  echo
  echo "Client credentials, JWT access tokens, one process and one thread for requests on each side. Each side writes every token to SQLite"
  echo "(write-ahead log, synchronous=FULL): the API as an event of the audit trail, oidc-provider as a row. \`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians:"
  echo
  echo "| algorithm | API, tokens/s | oidc-provider, tokens/s | ratio | lowest | highest |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: |"
} >"$DIR/report"
for algorithm in EdDSA RS256; do
  start_api "$DIR/$algorithm"
  form="$(client "$DIR/$algorithm")"
  mkdir -p "$DIR/provider-$algorithm"
  node "$DIR/provider.mjs" "$PROVIDER" "$DIR/provider-$algorithm" "$algorithm" >"$DIR/provider.log" 2>&1 &
  provider=$!
  theirs="grant_type=client_credentials&client_id=bench&client_secret=bench-secret-bench-secret-bench-secret-bench&scope=agents:read"
  wait_for 20 "oidc-provider" curl -fsS -o "$DIR/theirs" "http://127.0.0.1:$PROVIDER/token" -d "$theirs"
  FORM="$form" load token.lua "http://127.0.0.1:$API/api/v1/token" "$CONNECTIONS" >/dev/null
  FORM="$theirs" load token.lua "http://127.0.0.1:$PROVIDER/token" "$CONNECTIONS" >/dev/null
  ours=() others=() ratios=()
  for _ in $(seq "$PAIRS"); do
    one="$(FORM="$form" load token.lua "http://127.0.0.1:$API/api/v1/token" "$CONNECTIONS")"
    other="$(FORM="$theirs" load token.lua "http://127.0.0.1:$PROVIDER/token" "$CONNECTIONS")"
    ratio="$(awk "BEGIN { printf \"%.2f\", $one / $other }")"
    say "  $algorithm: API $one/s, oidc-provider $other/s, ratio $ratio"
    ours+=("$one") others+=("$other") ratios+=("$ratio")
  done
  echo "| $algorithm | $(median "${ours[@]}") | $(median "${others[@]}") | **$(median "${ratios[@]}")** | $(lowest "${ratios[@]}") | $(highest "${ratios[@]}") |" >>"$DIR/report"
  [ "$algorithm" != EdDSA ] || met="$(awk "BEGIN { print ($(median "${ratios[@]}") >= 3) ? \"met\" : \"**missed**\" }")"
  kill "$api" "$provider"
  wait "$api" "$provider" 2>/dev/null || true
done
printf '\nGoal: a ratio of at least 3 with EdDSA: %s.\n' "$met" >>"$DIR/report"

algorithm=EdDSA
start_api "$DIR/register"
idle="$(awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$api/status")"
form="$(client "$DIR/register")"
token="$(curl -fsS "http://127.0.0.1:$API/api/v1/token" -d "$form" | jq -r .access_token)"
alone="$(TOKEN="$token" load register.lua "http://127.0.0.1:$API/api/v1/agents" 1)"
together="$(TOKEN="$token" load register.lua "http://127.0.0.1:$API/api/v1/agents" 32)"
cat >>"$DIR/report" <<END

## Registration of agents

A response is sent once the agent and its event of the audit trail are on disk (synchronous=FULL).

| clients | agents/s |
| ---: | ---: |
| 1 | $alone |
| 32 | $together |

## Memory

Resident after the start, idle: $idle MB.
END
cp "$DIR/report" bench/api.md
say "wrote bench/api.md"
