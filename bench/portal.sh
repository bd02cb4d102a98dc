#!/usr/bin/env bash
# The marketplace in the portal, with a real API of AGENTS agents beside it on the same machine: a cached list page beside
# nginx, what an uncached page costs the portal, pages a second end to end, and the largest paint on slow 4G.
# Results: bench/portal.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
command -v nginx >/dev/null || step "nginx" "install nginx" debian nginx-light
command -v wrk >/dev/null || step "wrk" "install wrk" debian wrk
API="${API:-target/release/api}" FILL="${FILL:-target/release/examples/fill}" BIN="${BIN:-target/release/portal}"
if [ ! -x "$API" ] || [ ! -x "$BIN" ]; then scripts/build.sh; fi
[ -x "$FILL" ] || step "the program that makes agents" "try: cargo build --release -p api --example fill" cargo build --release -p api --example fill

AGENTS="${AGENTS:-20000}" PAIRS="${PAIRS:-7}" SECONDS_EACH="${SECONDS_EACH:-5}" CONNECTIONS="${CONNECTIONS:-32}"
LOAD_SECONDS="${LOAD_SECONDS:-20}" RATE="${RATE:-200}" CALM_RATE="${CALM_RATE:-40}"
APIPORT=3984 PORTAL=3985 NGINX=3986 METRICS=3987
DIR="$(mktemp -d)"
chmod 755 "$DIR"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
busy="$(cut -d' ' -f1 /proc/loadavg)"
kept() { awk "BEGIN { print ($1) ? \"yes\" : \"**missed**\" }"; }
median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

step "$AGENTS agents" "see what $FILL says" "$FILL" "$DIR/data" "$AGENTS"
API_ADDR=127.0.0.1:$APIPORT DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" LOG_LEVEL=warn SENTRYAGENT_ENV=production \
  LIMIT_ADDRESS_PER_MINUTE=100000000 "$API" serve >"$DIR/api.log" 2>&1 &
found() { curl -fsS "http://127.0.0.1:$APIPORT/api/v1/marketplace/agents?limit=1" | jq -e '.totalCount > 0'; }
wait_for 120 "the first answer of the marketplace" found

metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
packed() { [ "$(metric portal_unpolished_answers)" = 0 ]; }
# serve WORKERS: the portal, with so many threads, at rest; its process id in $portal.
serve() {
  PORTAL_ADDR=127.0.0.1:$PORTAL SENTRYAGENT_API_URL=http://127.0.0.1:$APIPORT PORTAL_WORKERS="$1" LOG_LEVEL="${2:-info}" METRICS_ADDR=127.0.0.1:$METRICS \
    PUBLIC_SITE_URL="http://localhost:$PORTAL" "$BIN" serve >"$DIR/portal.log" 2>&1 &
  portal=$!
  wait_for 30 "the portal" curl -fsS "http://127.0.0.1:$PORTAL/marketplace"
  wait_for 120 "the best packing of all other answers" packed
}
serve 1
# nginx gets the portal's own bytes and headers.
mkdir -p "$DIR/site"
curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$PORTAL/marketplace" >"$DIR/site/marketplace.html.gz"
curl -s "http://127.0.0.1:$PORTAL/marketplace" >"$DIR/site/marketplace.html"
headers="$(curl -sI "http://127.0.0.1:$PORTAL/marketplace" | tr -d '\r' |
  grep -iE '^(cache-control|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cross-origin)' |
  sed -E 's/^([^:]+): (.*)$/add_header \1 "\2";/')"
awk -v dir="$DIR" -v port="$NGINX" -v headers="$headers" '{ gsub("@DIR@", dir); gsub("@PORT@", port); gsub("@HEADERS@", headers); print }' \
  bench/nginx.conf.in >"$DIR/nginx.conf"
nginx -c "$DIR/nginx.conf" 2>"$DIR/nginx.log" &
wait_for 20 "nginx" curl -fsS "http://127.0.0.1:$NGINX/marketplace.html"
load() {
  wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" -H 'Accept-Encoding: gzip' "http://127.0.0.1:$1" | awk '/Requests\/sec/ { print $2 }'
}
say "wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s, $PAIRS pairs"
ratios=() portals=() nginxes=()
load "$PORTAL/marketplace" >/dev/null
load "$NGINX/marketplace.html" >/dev/null
for _ in $(seq "$PAIRS"); do
  ours="$(load "$PORTAL/marketplace")"
  theirs="$(load "$NGINX/marketplace.html")"
  ratio="$(awk "BEGIN { printf \"%.3f\", $ours / $theirs }")"
  say "  portal $ours/s, nginx $theirs/s, ratio $ratio"
  portals+=("$ours") nginxes+=("$theirs") ratios+=("$ratio")
done
gzip_bytes="$(wc -c <"$DIR/site/marketplace.html.gz")"
kill "$portal"
wait "$portal" 2>/dev/null || true

# What an uncached page costs the portal: ticks of its process around pages that were never asked for.
serve 2 warn
say "  … uncached pages, $CALM_RATE a second"
ticks() { awk '{ print $14 + $15 }' "/proc/$portal/stat"; }
idle_before="$(ticks)"
sleep 5
idle="$(($(ticks) - idle_before))"
mkfifo "$DIR/ready"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$LOAD_SECONDS" "$CALM_RATE" >"$DIR/calm.json" 2>"$DIR/ready" &
generator=$!
read -r _ <"$DIR/ready"
before="$(ticks)"
wait "$generator"
after="$(ticks)"
calm() { jq -r "$1" "$DIR/calm.json"; }
cost="$(awk "BEGIN { printf \"%.2f\", ($after - $before - $idle * $LOAD_SECONDS / 5) * 1000 / $(getconf CLK_TCK) / $(calm .count) }")"
kill "$portal"
wait "$portal" 2>/dev/null || true

serve 2 warn
say "  … uncached pages, $RATE a second"
node bench/portal.js "http://127.0.0.1:$PORTAL" "$LOAD_SECONDS" "$RATE" >"$DIR/load.json" 2>/dev/null
whole() { jq -r "$1" "$DIR/load.json"; }
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
  echo "| $(median "${portals[@]}") | $(median "${nginxes[@]}") | **$(median "${ratios[@]}")** | $(printf '%s\n' "${ratios[@]}" | sort -n | head -1) | $(printf '%s\n' "${ratios[@]}" | sort -n | tail -1) | $(kept "$(median "${ratios[@]}") >= 0.9") |"
  echo
  echo "## Uncached pages"
  echo
  echo "Pages of 20 agents with all facets, each asked for once, by brotli. Processor time is the portal's process alone (the API's is not in it), what it uses when idle taken off. End to end: the API and the program that asks are on the same processors."
  echo
  echo "| | pages | a second | errors | bytes | median, ms | 99 of 100, ms | longest, ms | wanted | kept |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |"
  echo "| processor time of the portal: **$cost ms** a page | $(calm .count) | $(calm .perSecond) | $(calm .errors) | $(calm .bytes) | $(calm .p50) | $(calm .p99) | $(calm .longest) | below 1 ms | $(kept "$cost < 1") |"
  echo "| end to end | $(whole .count) | $(whole .perSecond) | $(whole .errors) | $(whole .bytes) | $(whole .p50) | $(whole .p99) | $(whole .longest) | 200 a second, p99 below 60 ms | $(kept "$(whole .perSecond) >= $RATE * 0.99 && $(whole .p99) < 60 && $(whole .errors) == 0") |"
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
