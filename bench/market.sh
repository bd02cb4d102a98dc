#!/usr/bin/env bash
# Measures the marketplace with 100,000 agents: 200 queries per second for a minute, over HTTP, from the same machine. Also how
# soon a published agent is found under that load, memory, and the time from the start to the first response.
# Results: bench/market.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
# shellcheck source=bench/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
API="${API:-target/release/api}" FILL="${FILL:-target/release/examples/fill}"
[ -x "$API" ] || scripts/build.sh
[ -x "$FILL" ] || step "the program that creates agents" "see the log above" release cargo build --release --workspace --features app/ssr --example fill

AGENTS="${AGENTS:-100000}" SECONDS_EACH="${SECONDS_EACH:-60}" RATE="${RATE:-200}" PUBLISHED="${PUBLISHED:-20}"
PORT=3982 ORIGIN="http://127.0.0.1:3982"
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
busy="$(cut -d' ' -f1 /proc/loadavg)"
megabytes() { awk -v name="$1:" '$1 == name { printf "%.0f", $2 / 1024 }' "/proc/$api/status"; }
since() { awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $1) / 1e9 }"; }
thousands() { sed -e ':a' -e 's/\B[0-9]\{3\}\>/,&/; ta' <<<"$1"; }
# finds_agents: succeeds once the marketplace's search finds agents.
finds_agents() { curl -fsS "$ORIGIN/api/v1/marketplace/agents?limit=1" | jq -e '.totalCount > 0'; }

step "$AGENTS agents" "see the output of $FILL" "$FILL" "$DIR/data" "$AGENTS"
started="$(date +%s%N)"
API_ADDR=127.0.0.1:$PORT DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" LOG_LEVEL=warn SENTRYAGENT_ENV=production \
  LIMIT_ADDRESS_PER_MINUTE=100000000 LIMIT_TENANT_PER_MINUTE=100000000 LIMIT_CREDENTIAL_PER_MINUTE=100000000 \
  "$API" serve >"$DIR/log" 2>&1 &
api=$!
wait_for 120 "the first response of the marketplace" finds_agents
ready="$(since "$started")"
memory="$(megabytes VmRSS)"

read -r id secret < <(API_BIN="$API" verified "$ORIGIN" "$DIR/data")
TOKEN="$(curl -fsS "$ORIGIN/api/v1/token" -d "grant_type=client_credentials&client_id=$id&client_secret=$secret&scope=agents:write" | jq -r .access_token)"
export TOKEN

say "  … $RATE queries per second for $SECONDS_EACH s"
# CPU time so far, in clock ticks: the API's, and that of all processes on the machine.
ours() { awk '{ print $14 + $15 }' "/proc/$api/stat"; }
total() { awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; }
# used TICKS SECONDS: the number of busy processors. Ticks are inexact, so a negative difference counts as zero.
used() { awk "BEGIN { used = ($1) / $(getconf CLK_TCK) / $2; printf \"%.2f\", (used > 0 ? used : 0) }"; }
before="$(ours)" before_all="$(total)" began="$(date +%s%N)"
node bench/market.js "$ORIGIN" "$SECONDS_EACH" "$RATE" "$PUBLISHED" >"$DIR/result.json"
took="$(since "$began")"
result() { jq -r "$1" "$DIR/result.json"; }
mine="$(ours) - $before" generator="$(result .own) * $(getconf CLK_TCK)"
cores="$(used "$mine" "$took")" others="$(used "$(total) - $before_all - ($mine) - $generator" "$took")"
class() {
  local p99
  p99="$(result ".$1.p99")"
  echo "| $2 | $(result ".$1 | \"\\(.count) | \\(.p50) | \\(.p99) | \\(.longest) | \\(.errors)\"") | $3 | $(met "$p99 < $3") |"
}

{
  echo "# Benchmark of the marketplace"
  echo
  echo "\`bench/market.sh\` on $(date -u +%F), $(nproc) cores, commit $(git rev-parse --short HEAD); load average before: $busy."
  echo
  echo "## $RATE queries per second over $(thousands "$AGENTS") agents"
  echo
  echo "For $SECONDS_EACH s, over HTTP, by a client on the same cores, in an open loop: it doesn't wait for responses. A latency is measured"
  echo "from the scheduled time of the query to the last byte of the response, so it includes the wait behind slow queries. Each query requests all facets."
  echo "Meanwhile the API used $cores processors, the client $(used "$generator" "$took"), all other processes $others."
  echo
  echo "| agents found | queries | median, ms | p99, ms | longest, ms | errors | limit of p99, ms | met |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
  class small "up to 5,000" 20
  class large "more" 60
  echo
  echo "The same by kind of query:"
  echo
  echo "| query | found, at most | queries | median, ms | p99, ms | longest, ms |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: |"
  result '.kinds[] | "| \(.name) | \(.most) | \(.count) | \(.p50) | \(.p99) | \(.longest) |"'
  echo
  echo "## Time until a published agent is found"
  echo
  echo "From the request that publishes it until a search finds it, under the same load, $(result .lag.count) times: median $(result .lag.median) ms, longest $(result .lag.longest) ms."
  echo
  echo "## Start and memory"
  echo
  echo "From the start of the process to the first response of the search: $ready s. Resident at that time: $memory MB; after the load: $(megabytes VmRSS) MB; peak: $(megabytes VmHWM) MB."
} >"$DIR/report"
cp "$DIR/report" bench/market.md
say "wrote bench/market.md"
