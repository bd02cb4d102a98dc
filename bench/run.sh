#!/usr/bin/env bash
# The portal beside nginx in one run: the same page, the same bytes, the same encoding, one worker thread each, in
# pairs. Then start-up, reload and memory over generated sites. Results: bench/results.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
# shellcheck source=bench/lib.sh
source "$(dirname "$0")/lib.sh"
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

# PORTAL_WORKERS=1 is one thread for answers, as worker_processes 1 is for nginx.
PORTAL_ADDR=127.0.0.1:$PORTAL METRICS_ADDR=127.0.0.1:$METRICS PORTAL_WORKERS=1 target/release/portal serve >"$DIR/portal.log" 2>&1 &
wait_for 20 "the portal" curl -fsS "http://127.0.0.1:$PORTAL$PAGE"
wait_for 60 "the best packing of all answers" packed

# nginx gets the portal's own bytes and headers.
beside_nginx "$PAGE"
lost="$(grep -c dropped "$DIR/portal.log" || true)"
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
  echo "$gzip_bytes bytes of gzip ($PAGE), one worker thread each, the same headers, request ids and access logs on both sides (the portal wrote $logged lines, $lost notes of lost ones)."
  echo "\`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians:"
  echo
  echo "| portal, answers/s | nginx, answers/s | ratio | lowest | highest |"
  echo "| ---: | ---: | ---: | ---: | ---: |"
  nginx_row
  echo
} >bench/results.md
bench/sites.sh >>bench/results.md
bench/search.sh >>bench/results.md
say "written: bench/results.md"
