#!/usr/bin/env bash
# Measures the marketplace in the portal, with a real API of AGENTS agents on the same machine: a cached list page compared with
# nginx, the portal's CPU time for an uncached page (with recorded responses of the API), pages per second end to end, and the
# largest contentful paint on slow 4G.
# Results: bench/portal.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
# shellcheck source=bench/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
command -v nginx >/dev/null || step "nginx" "install nginx" debian nginx-light
command -v wrk >/dev/null || step "wrk" "install wrk" debian wrk
API="${API:-target/release/api}" FILL="${FILL:-target/release/examples/fill}" BIN="${BIN:-target/release/portal}"
if [ ! -x "$API" ] || [ ! -x "$BIN" ]; then scripts/build.sh; fi
[ -x "$FILL" ] || step "the program that creates agents" "see the log above" release cargo build --release --workspace --features app/ssr --example fill

AGENTS="${AGENTS:-20000}" PAIRS="${PAIRS:-7}" SECONDS_EACH="${SECONDS_EACH:-5}" CONNECTIONS="${CONNECTIONS:-32}"
PAGES="${PAGES:-4000}" RATE="${RATE:-200}" CALM_RATE="${CALM_RATE:-40}"
APIPORT=3984 PORTAL=3985 NGINX=3986 METRICS=3987 RECORDED=3988
DIR="$(mktemp -d)"
chmod 755 "$DIR"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
busy="$(cut -d' ' -f1 /proc/loadavg)"

step "$AGENTS agents" "see the output of $FILL" "$FILL" "$DIR/data" "$AGENTS"
API_ADDR=127.0.0.1:$APIPORT DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" LOG_LEVEL=warn SENTRYAGENT_ENV=production \
  LIMIT_ADDRESS_PER_MINUTE=100000000 "$API" serve >"$DIR/api.log" 2>&1 &
found() { curl -fsS "http://127.0.0.1:$APIPORT/api/v1/marketplace/agents?limit=1" | jq -e '.totalCount > 0'; }
wait_for 120 "the first response of the marketplace" found

# serve WORKERS [LEVEL] [PORT]: starts the portal with WORKERS threads and the API at PORT, and waits until it is idle. Sets $portal to
# its process ID.
serve() {
  PORTAL_ADDR=127.0.0.1:$PORTAL SENTRYAGENT_API_URL="http://127.0.0.1:${3:-$APIPORT}" PORTAL_WORKERS="$1" LOG_LEVEL="${2:-info}" METRICS_ADDR=127.0.0.1:$METRICS \
    PUBLIC_SITE_URL="http://localhost:$PORTAL" "$BIN" serve >"$DIR/portal.log" 2>&1 &
  portal=$!
  wait_for 30 "the portal" curl -fsS "http://127.0.0.1:$PORTAL/marketplace"
  wait_for 120 "all other responses to be compressed" compressed
}
stop() {
  kill "$portal"
  wait "$portal" 2>/dev/null || true
}
serve 1
# nginx serves the portal's bytes and headers.
compare_with_nginx /marketplace
stop

# ticks PAGES RATE FILE: prints the CPU ticks of the portal while it renders pages that were never requested before, minus those of
# an idle portal. Writes the client's report to FILE.
ticks() {
  local generator before began idle
  used() { awk '{ print $14 + $15 }' "/proc/$portal/stat"; }
  before="$(used)"
  sleep 5
  idle="$(($(used) - before))"
  rm -f "$DIR/ready"
  mkfifo "$DIR/ready"
  node bench/portal.js "http://127.0.0.1:$PORTAL" "$1" "$2" >"$3" 2>"$DIR/ready" &
  generator=$!
  read -r _ <"$DIR/ready"
  before="$(used)" began=$SECONDS
  wait "$generator"
  echo "$(($(used) - before - idle * (SECONDS - began) / 5))"
}
# cost PAGES RATE FILE: prints the same as milliseconds per page.
cost() { awk "BEGIN { printf \"%.2f\", $(ticks "$@") * 1000 / $(getconf CLK_TCK) / $1 }"; }
node bench/recorded.js "$RECORDED" "http://127.0.0.1:$APIPORT" &
wait_for 20 "the recorder" curl -fsS "http://127.0.0.1:$RECORDED/api/v1/marketplace/agents?limit=1"
say "  … uncached pages, recorded"
serve 2 warn "$RECORDED"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$PAGES" 0 >/dev/null 2>&1
stop
serve 2 warn "$RECORDED"
busy_cost="$(cost "$PAGES" 0 "$DIR/busy.json")"
stop
serve 2 warn "$RECORDED"
say "  … $CALM_RATE per second"
calm_cost="$(cost "$((CALM_RATE * 20))" "$CALM_RATE" "$DIR/calm.json")"
stop

serve 2 warn
say "  … uncached pages, $RATE per second"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$PAGES" "$RATE" >"$DIR/load.json" 2>/dev/null
whole() { jq -r "$1" "$DIR/load.json"; }
# figures FILE: prints the figures of a row.
figures() { jq -r '"\(.count) | \(.perSecond) | \(.errors) | \(.bytes) | \(.p50) | \(.p99) | \(.longest)"' "$1"; }
say "  … largest contentful paint"
id="$(curl -fsS "http://127.0.0.1:$PORTAL/marketplace.json" | jq -r '.agents[0].agentId')"
node bench/paint.js "http://localhost:$PORTAL" /marketplace "/marketplace/$id" "/marketplace/$id/check" >"$DIR/paint.json"

{
  echo "# Benchmark of the marketplace in the portal"
  echo
  echo "\`bench/portal.sh\` on $(date -u +%F), $(nproc) cores, commit $(git rev-parse --short HEAD), an API of $AGENTS agents on the same machine; load average before: $busy."
  echo
  echo "## A cached list page, compared with nginx"
  echo
  echo "$gzip_bytes bytes of gzip, one worker thread each, \`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians. Goal: 0.9."
  echo
  echo "| portal, requests/s | nginx, requests/s | ratio | lowest | highest | met |"
  echo "| ---: | ---: | ---: | ---: | ---: | --- |"
  echo "$(nginx_row) $(met "$(median "${ratios[@]}") >= 0.9") |"
  echo
  echo "## Uncached pages"
  echo
  echo "Pages of 20 agents with all facets, each requested once, with brotli. CPU time is that of the portal's process minus that of an idle one. The API's responses were recorded before, and a separate program replays them. Full load is 32 requests at a time. At the low rate, the portal sleeps between two pages, so CPU caches are cold. End to end, the API and the client use the same processors."
  echo
  echo "| | pages | per second | errors | bytes | median, ms | p99, ms | longest, ms | limit | met |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |"
  echo "| CPU time under full load: **$busy_cost ms** per page | $(figures "$DIR/busy.json") | below 1 ms | $(met "$busy_cost < 1 && $(jq .errors "$DIR/busy.json") == 0") |"
  echo "| CPU time at $CALM_RATE per second: **$calm_cost ms** per page | $(figures "$DIR/calm.json") | – | – |"
  echo "| end to end | $(figures "$DIR/load.json") | $RATE per second, p99 below 60 ms | $(met "$(whole .perSecond) >= $RATE * 0.99 && $(whole .p99) < 60 && $(whole .errors) == 0") |"
  echo
  echo "## Largest contentful paint"
  echo
  echo "Chromium with a phone's screen, emulated slow 4G (150 ms, 1.6 Mbit/s), an empty cache, five visits. Limit: 1,000 ms."
  echo
  echo "| page | median, ms | longest, ms | met |"
  echo "| --- | ---: | ---: | --- |"
  while read -r line; do
    [ -n "$line" ] || continue
    path="$(jq -r .path <<<"$line" | sed "s/$id/{agentId}/")"
    echo "| \`$path\` | $(jq -r .median <<<"$line") | $(jq -r .longest <<<"$line") | $(met "$(jq -r .median <<<"$line") < 1000") |"
  done <"$DIR/paint.json"
} >"$DIR/report"
cp "$DIR/report" bench/portal.md
say "wrote bench/portal.md"
