#!/usr/bin/env bash
# The portal beside nginx in one run: the same page, the same bytes, the same encoding, one worker thread each, in
# pairs. Then start-up, reload and memory over generated sites. Results: bench/results.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
cd "$ROOT"
command -v nginx >/dev/null || step "nginx" "install nginx" debian nginx-light
command -v wrk >/dev/null || step "wrk" "install wrk" debian wrk
[ -x target/release/portal ] || scripts/build.sh

PAIRS="${PAIRS:-7}" SECONDS_EACH="${SECONDS_EACH:-5}" CONNECTIONS="${CONNECTIONS:-32}"
PAGE=/docs/concepts/dids
PORTAL=3950 NGINX=3951 METRICS=3952
DIR="$(mktemp -d)"
# nginx's worker runs as another user where it is started by root.
chmod 755 "$DIR"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT

metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

# PORTAL_WORKERS=1 is one thread for answers, as worker_processes 1 is for nginx.
PORTAL_ADDR=127.0.0.1:$PORTAL METRICS_ADDR=127.0.0.1:$METRICS PORTAL_WORKERS=1 target/release/portal serve >"$DIR/portal.log" 2>&1 &
packed() { [ "$(metric portal_unpolished_answers)" = 0 ]; }
wait_for 20 "the portal" curl -fsS "http://127.0.0.1:$PORTAL$PAGE"
wait_for 60 "the best packing of all answers" packed

# nginx gets the portal's own bytes and headers.
mkdir -p "$DIR/site$(dirname "$PAGE")"
curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$PORTAL$PAGE" >"$DIR/site$PAGE.html.gz"
curl -s "http://127.0.0.1:$PORTAL$PAGE" >"$DIR/site$PAGE.html"
headers="$(curl -sI "http://127.0.0.1:$PORTAL$PAGE" | tr -d '\r' |
  grep -iE '^(cache-control|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cross-origin)' |
  sed -E 's/^([^:]+): (.*)$/add_header \1 "\2";/')"
awk -v dir="$DIR" -v port="$NGINX" -v headers="$headers" '{ gsub("@DIR@", dir); gsub("@PORT@", port); gsub("@HEADERS@", headers); print }' \
  bench/nginx.conf.in >"$DIR/nginx.conf"
nginx -c "$DIR/nginx.conf" 2>"$DIR/nginx.log" &
wait_for 20 "nginx" curl -fsS "http://127.0.0.1:$NGINX$PAGE.html"
same="$(cmp <(curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$NGINX$PAGE.html") "$DIR/site$PAGE.html.gz" && echo yes)"
[ "$same" = yes ] || fail "nginx answers other bytes" "see bench/nginx.conf.in"

# One core for the server, the other for the load, where there are two.
load() {
  wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" -H 'Accept-Encoding: gzip' "http://127.0.0.1:$1" | awk '/Requests\/sec/ { print $2 }'
}
say "wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s, $PAIRS pairs"
ratios=() portals=() nginxes=()
load "$PORTAL$PAGE" >/dev/null
load "$NGINX$PAGE.html" >/dev/null
for _ in $(seq "$PAIRS"); do
  portal="$(load "$PORTAL$PAGE")"
  nginx="$(load "$NGINX$PAGE.html")"
  ratio="$(awk "BEGIN { printf \"%.3f\", $portal / $nginx }")"
  say "  portal $portal/s, nginx $nginx/s, ratio $ratio"
  portals+=("$portal") nginxes+=("$nginx") ratios+=("$ratio")
done
lost="$(grep -c dropped "$DIR/portal.log" || true)"
median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
logged="$(wc -l <"$DIR/portal.log")"
kill %1 %2
wait 2>/dev/null || true

{
  echo "# Bench"
  echo
  echo "\`make bench\` on $(date -u +%F), $(nproc) cores, $(nginx -v 2>&1 | cut -d' ' -f3), commit $(git rev-parse --short HEAD)."
  echo "Times of one machine say little; the ratios are from one run, in pairs."
  echo
  echo "## The same page from the portal and from nginx"
  echo
  echo "$(wc -c <"$DIR/site$PAGE.html.gz") bytes of gzip ($PAGE), one worker thread each, the same headers, request ids and access logs on both sides (the portal wrote $logged lines, $lost notes of lost ones)."
  echo "\`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians:"
  echo
  echo "| portal, answers/s | nginx, answers/s | ratio | lowest | highest |"
  echo "| ---: | ---: | ---: | ---: | ---: |"
  echo "| $(median "${portals[@]}") | $(median "${nginxes[@]}") | **$(median "${ratios[@]}")** | $(printf '%s\n' "${ratios[@]}" | sort -n | head -1) | $(printf '%s\n' "${ratios[@]}" | sort -n | tail -1) |"
  echo
} >bench/results.md
bench/sites.sh >>bench/results.md
bench/search.sh >>bench/results.md
say "written: bench/results.md"
