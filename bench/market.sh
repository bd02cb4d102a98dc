#!/usr/bin/env bash
# The marketplace with 100,000 agents: 200 questions a second for a minute, over HTTP, from the same machine. Then how long
# a published agent takes to be found meanwhile, memory, and the time from a start until the first answer.
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
[ -x "$FILL" ] || step "the program that makes agents" "see the log above" release cargo build --release --workspace --features app/ssr --example fill

AGENTS="${AGENTS:-100000}" SECONDS_EACH="${SECONDS_EACH:-60}" RATE="${RATE:-200}" PUBLISHED="${PUBLISHED:-20}"
PORT=3982 ORIGIN="http://127.0.0.1:3982"
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
busy="$(cut -d' ' -f1 /proc/loadavg)"
megabytes() { awk -v name="$1:" '$1 == name { printf "%.0f", $2 / 1024 }' "/proc/$api/status"; }
since() { awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $1) / 1e9 }"; }
thousands() { sed -e ':a' -e 's/\B[0-9]\{3\}\>/,&/; ta' <<<"$1"; }
# answers: of a search; one that finds nothing does not count.
answers() { curl -fsS "$ORIGIN/api/v1/marketplace/agents?limit=1" | jq -e '.totalCount > 0'; }

step "$AGENTS agents" "see what $FILL says" "$FILL" "$DIR/data" "$AGENTS"
started="$(date +%s%N)"
API_ADDR=127.0.0.1:$PORT DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" LOG_LEVEL=warn SENTRYAGENT_ENV=production \
  LIMIT_ADDRESS_PER_MINUTE=100000000 LIMIT_TENANT_PER_MINUTE=100000000 LIMIT_CREDENTIAL_PER_MINUTE=100000000 \
  "$API" serve >"$DIR/log" 2>&1 &
api=$!
wait_for 120 "the first answer of the marketplace" answers
ready="$(since "$started")"
memory="$(megabytes VmRSS)"

read -r id secret < <(API_BIN="$API" verified "$ORIGIN" "$DIR/data")
TOKEN="$(curl -fsS "$ORIGIN/api/v1/token" -d "grant_type=client_credentials&client_id=$id&client_secret=$secret&scope=agents:write" | jq -r .access_token)"
export TOKEN

say "  … $RATE questions a second for $SECONDS_EACH s"
# Times of processors so far, in clock ticks: the API's, and those of all programs of the machine.
ours() { awk '{ print $14 + $15 }' "/proc/$api/stat"; }
everybodys() { awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; }
# used TICKS SECONDS: processors that were busy. Ticks are counted roughly: less than none is none.
used() { awk "BEGIN { used = ($1) / $(getconf CLK_TCK) / $2; printf \"%.2f\", (used > 0 ? used : 0) }"; }
before="$(ours)" before_all="$(everybodys)" began="$(date +%s%N)"
node bench/market.js "$ORIGIN" "$SECONDS_EACH" "$RATE" "$PUBLISHED" >"$DIR/result.json"
took="$(since "$began")"
result() { jq -r "$1" "$DIR/result.json"; }
mine="$(ours) - $before" generator="$(result .own) * $(getconf CLK_TCK)"
cores="$(used "$mine" "$took")" others="$(used "$(everybodys) - $before_all - ($mine) - $generator" "$took")"
class() {
  local p99
  p99="$(result ".$1.p99")"
  echo "| $2 | $(result ".$1 | \"\\(.count) | \\(.p50) | \\(.p99) | \\(.longest) | \\(.errors)\"") | $3 | $(kept "$p99 < $3") |"
}

{
  echo "# Bench of the marketplace"
  echo
  echo "\`bench/market.sh\` on $(date -u +%F), $(nproc) cores, commit $(git rev-parse --short HEAD); the machine's load before: $busy."
  echo
  echo "## $RATE questions a second over $(thousands "$AGENTS") agents"
  echo
  echo "For $SECONDS_EACH s, over HTTP, by a program on the same cores. It waits for no answer before it asks again; a time runs from when"
  echo "the question was due to the last byte of its answer, so that questions behind a slow one count too. Each asks for all facets."
  echo "Meanwhile the API used $cores processors, the program that asks $(used "$generator" "$took"), all others on the machine $others."
  echo
  echo "| agents found | questions | median, ms | 99 of 100, ms | longest, ms | errors | wanted, ms | kept |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
  class small "up to 5,000" 20
  class large "more" 60
  echo
  echo "The same, by what is asked:"
  echo
  echo "| question | found, at most | questions | median, ms | 99 of 100, ms | longest, ms |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: |"
  result '.kinds[] | "| \(.name) | \(.most) | \(.count) | \(.p50) | \(.p99) | \(.longest) |"'
  echo
  echo "## Until a published agent is found"
  echo
  echo "From sending it until a search shows it, under that load, $(result .lag.count) times: median $(result .lag.median) ms, longest $(result .lag.longest) ms."
  echo
  echo "## Start and memory"
  echo
  echo "From the start of the process until the first search is answered: $ready s. Resident then: $memory MB; after the load: $(megabytes VmRSS) MB, at most $(megabytes VmHWM) MB."
} >"$DIR/report"
cp "$DIR/report" bench/market.md
say "bench/market.md"
