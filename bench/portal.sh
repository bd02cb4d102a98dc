#!/usr/bin/env bash
# The marketplace in the portal, with a real API of AGENTS agents beside it on the same machine: a cached list page beside
# nginx, what an uncached page costs the portal (by recorded answers), pages a second end to end, and the largest paint on
# slow 4G.
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
[ -x "$FILL" ] || step "the program that makes agents" "see the log above" release cargo build --release --workspace --features app/ssr --example fill

AGENTS="${AGENTS:-20000}" PAIRS="${PAIRS:-7}" SECONDS_EACH="${SECONDS_EACH:-5}" CONNECTIONS="${CONNECTIONS:-32}"
PAGES="${PAGES:-4000}" RATE="${RATE:-200}" CALM_RATE="${CALM_RATE:-40}"
APIPORT=3984 PORTAL=3985 NGINX=3986 METRICS=3987 RECORDED=3988
DIR="$(mktemp -d)"
chmod 755 "$DIR"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
busy="$(cut -d' ' -f1 /proc/loadavg)"

step "$AGENTS agents" "see what $FILL says" "$FILL" "$DIR/data" "$AGENTS"
API_ADDR=127.0.0.1:$APIPORT DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" LOG_LEVEL=warn SENTRYAGENT_ENV=production \
  LIMIT_ADDRESS_PER_MINUTE=100000000 "$API" serve >"$DIR/api.log" 2>&1 &
found() { curl -fsS "http://127.0.0.1:$APIPORT/api/v1/marketplace/agents?limit=1" | jq -e '.totalCount > 0'; }
wait_for 120 "the first answer of the marketplace" found

# serve WORKERS [LEVEL] [PORT]: the portal, with so many threads, at rest, asking an API at a port; its process id in $portal.
serve() {
  PORTAL_ADDR=127.0.0.1:$PORTAL SENTRYAGENT_API_URL="http://127.0.0.1:${3:-$APIPORT}" PORTAL_WORKERS="$1" LOG_LEVEL="${2:-info}" METRICS_ADDR=127.0.0.1:$METRICS \
    PUBLIC_SITE_URL="http://localhost:$PORTAL" "$BIN" serve >"$DIR/portal.log" 2>&1 &
  portal=$!
  wait_for 30 "the portal" curl -fsS "http://127.0.0.1:$PORTAL/marketplace"
  wait_for 120 "the best packing of all other answers" packed
}
rest() {
  kill "$portal"
  wait "$portal" 2>/dev/null || true
}
serve 1
# nginx gets the portal's own bytes and headers.
beside_nginx /marketplace
rest

# ticks PAGES RATE FILE: ticks of the portal's process while it makes pages that were never asked for, what it uses when idle
# taken off; what the pages were goes into FILE.
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
# cost PAGES RATE FILE: the same as milliseconds a page.
cost() { awk "BEGIN { printf \"%.2f\", $(ticks "$@") * 1000 / $(getconf CLK_TCK) / $1 }"; }
node bench/recorded.js "$RECORDED" "http://127.0.0.1:$APIPORT" &
wait_for 20 "the recorder" curl -fsS "http://127.0.0.1:$RECORDED/api/v1/marketplace/agents?limit=1"
say "  … uncached pages, recorded"
serve 2 warn "$RECORDED"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$PAGES" 0 >/dev/null 2>&1
rest
serve 2 warn "$RECORDED"
busy_cost="$(cost "$PAGES" 0 "$DIR/busy.json")"
rest
serve 2 warn "$RECORDED"
say "  … $CALM_RATE a second"
calm_cost="$(cost "$((CALM_RATE * 20))" "$CALM_RATE" "$DIR/calm.json")"
rest

serve 2 warn
say "  … uncached pages, $RATE a second"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$PAGES" "$RATE" >"$DIR/load.json" 2>/dev/null
whole() { jq -r "$1" "$DIR/load.json"; }
# figures FILE: a row's figures.
figures() { jq -r '"\(.count) | \(.perSecond) | \(.errors) | \(.bytes) | \(.p50) | \(.p99) | \(.longest)"' "$1"; }
say "  … largest paint"
id="$(curl -fsS "http://127.0.0.1:$PORTAL/marketplace.json" | jq -r '.agents[0].agentId')"
node bench/paint.js "http://localhost:$PORTAL" /marketplace "/marketplace/$id" "/marketplace/$id/check" >"$DIR/paint.json"

{
  echo "# Bench of the marketplace in the portal"
  echo
  echo "\`bench/portal.sh\` on $(date -u +%F), $(nproc) cores, commit $(git rev-parse --short HEAD), an API of $AGENTS agents on the same machine; the machine's load before: $busy."
  echo
  echo "## A cached list page beside nginx"
  echo
  echo "$gzip_bytes bytes of gzip, one worker thread each, \`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians. Wanted: 0.9."
  echo
  echo "| portal, answers/s | nginx, answers/s | ratio | lowest | highest | kept |"
  echo "| ---: | ---: | ---: | ---: | ---: | --- |"
  echo "$(nginx_row) $(kept "$(median "${ratios[@]}") >= 0.9") |"
  echo
  echo "## Uncached pages"
  echo
  echo "Pages of 20 agents with all facets, each asked for once, by brotli. Processor time is that of the portal's process, what it uses when idle taken off, with the API's answers recorded before and handed out by a program that does nothing else: first as many pages as it can make, 32 at a time, then so few that it sleeps between two pages, and each finds cold caches. End to end: the API and the program that asks are on the same processors."
  echo
  echo "| | pages | a second | errors | bytes | median, ms | 99 of 100, ms | longest, ms | wanted | kept |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |"
  echo "| processor time under full load: **$busy_cost ms** a page | $(figures "$DIR/busy.json") | below 1 ms | $(kept "$busy_cost < 1 && $(jq .errors "$DIR/busy.json") == 0") |"
  echo "| processor time at $CALM_RATE a second: **$calm_cost ms** a page | $(figures "$DIR/calm.json") | – | – |"
  echo "| end to end | $(figures "$DIR/load.json") | $RATE a second, p99 below 60 ms | $(kept "$(whole .perSecond) >= $RATE * 0.99 && $(whole .p99) < 60 && $(whole .errors) == 0") |"
  echo
  echo "## Largest contentful paint"
  echo
  echo "Chromium, a phone's screen, emulated slow 4G (150 ms, 1.6 Mbit/s), nothing cached, five visits. Wanted: below 1,000 ms."
  echo
  echo "| page | median, ms | longest, ms | kept |"
  echo "| --- | ---: | ---: | --- |"
  while read -r line; do
    [ -n "$line" ] || continue
    path="$(jq -r .path <<<"$line" | sed "s/$id/{agentId}/")"
    echo "| \`$path\` | $(jq -r .median <<<"$line") | $(jq -r .longest <<<"$line") | $(kept "$(jq -r .median <<<"$line") < 1000") |"
  done <"$DIR/paint.json"
} >"$DIR/report"
cp "$DIR/report" bench/portal.md
say "bench/portal.md"
