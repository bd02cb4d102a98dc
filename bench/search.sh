#!/usr/bin/env bash
# Measures the search of generated sites. Prints Markdown, with **missed** where the median exceeds the limit.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
PORT=3970 METRICS=3971
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
compressed() { [ "$(metric portal_unpolished_answers)" = 0 ] && [ "$(metric portal_renders_total)" -ge $((2 * $(metric portal_pages))) ]; }
results() { curl -fsS --max-time 120 "http://127.0.0.1:$PORT/search.json?q=$1"; }

echo "## The search"
echo
echo "Every query of \`crates/search/tests/search\`, complete and cut to 3, 8 and 16 letters, as while typing, one after another by one"
echo "client on the same machine, from the request to the last byte of the response. The small site is idle. The large one is compressing its responses meanwhile."
echo
echo "| pages | queries | median, ms | p99, ms | longest, ms | limit, ms | met |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: | --- |"
for pair in 240:5 10000:20; do
  pages="${pair%:*}" limit="${pair#*:}"
  node bench/generate.js "$pages" "$DIR/$pages" >&2
  CONTENT_DIR="$DIR/$pages" PORTAL_ADDR=127.0.0.1:$PORT METRICS_ADDR=127.0.0.1:$METRICS LOG_LEVEL=error target/release/portal serve >"$DIR/log" 2>&1 &
  pid=$!
  wait_for 60 "the portal" curl -fsS "http://127.0.0.1:$PORT/readyz"
  wait_for 300 "the first search results" results audit
  [ "$pages" -gt 1000 ] || wait_for 120 "all responses to be compressed" compressed
  read -r count median most longest < <(node bench/search.js "http://127.0.0.1:$PORT")
  met="$(awk "BEGIN { print ($median < $limit) ? \"yes\" : \"**missed**\" }")"
  echo "| $pages | $count | $median | $most | $longest | $limit | $met |"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
done
echo
