#!/usr/bin/env bash
# Compares the portal with nginx in one run: the same page, bytes and encoding, one worker thread each, in pairs. Then
# measures start, reload and memory with generated sites. Results: bench/results.md.
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
# If root starts nginx, its worker runs as another user.
chmod 755 "$DIR"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT

# PORTAL_WORKERS=1 is one thread for requests, like worker_processes 1 of nginx.
PORTAL_ADDR=127.0.0.1:$PORTAL METRICS_ADDR=127.0.0.1:$METRICS PORTAL_WORKERS=1 target/release/portal serve >"$DIR/portal.log" 2>&1 &
wait_for 20 "the portal" curl -fsS "http://127.0.0.1:$PORTAL$PAGE"
wait_for 60 "all responses to be compressed" compressed

# nginx serves the portal's bytes and headers.
compare_with_nginx "$PAGE"
lost="$(grep -c dropped "$DIR/portal.log" || true)"
logged="$(wc -l <"$DIR/portal.log")"
kill %1 %2
wait 2>/dev/null || true

{
  echo "# Bench"
  echo
  echo "\`make bench\` on $(date -u +%F), $(nproc) cores, $(nginx -v 2>&1 | cut -d' ' -f3), commit $(git rev-parse --short HEAD)."
  echo "Absolute figures depend on the machine. The ratios are from pairs in one run."
  echo
  echo "## The same page from the portal and from nginx"
  echo
  echo "$gzip_bytes bytes of gzip ($PAGE), one worker thread each, the same headers, request IDs and access logs on both sides (the portal wrote $logged lines, $lost of them about lost lines)."
  echo "\`wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s\`, $PAIRS pairs, medians:"
  echo
  echo "| portal, requests/s | nginx, requests/s | ratio | lowest | highest |"
  echo "| ---: | ---: | ---: | ---: | ---: |"
  nginx_row
  echo
} >bench/results.md
bench/sites.sh >>bench/results.md
bench/search.sh >>bench/results.md
say "wrote bench/results.md"
