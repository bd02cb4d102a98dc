#!/usr/bin/env bash
# Times of the search over generated sites. Prints Markdown; says **missed** where the median is above what we want.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh >&2
PORT=3970 METRICS=3971
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
packed() { [ "$(metric portal_unpolished_answers)" = 0 ] && [ "$(metric portal_renders_total)" -ge $((2 * $(metric portal_pages))) ]; }
answers() { curl -fsS --max-time 120 "http://127.0.0.1:$PORT/search.json?q=$1"; }

echo "## The search"
echo
echo "Every question of \`crates/search/tests/search\`, whole and cut to 3, 8 and 16 letters as if it were being typed, one after another by one"
echo "client on the same machine, from the request to the answer's last byte. The small site is at rest; the large one is packing its answers meanwhile."
echo
echo "| pages | questions | median, ms | 99 of 100, ms | longest, ms | wanted, ms | kept |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: | --- |"
for pair in 240:5 10000:20; do
  pages="${pair%:*}" wanted="${pair#*:}"
  node bench/generate.js "$pages" "$DIR/$pages" >&2
  CONTENT_DIR="$DIR/$pages" PORTAL_ADDR=127.0.0.1:$PORT METRICS_ADDR=127.0.0.1:$METRICS LOG_LEVEL=error target/release/portal serve >"$DIR/log" 2>&1 &
  pid=$!
  wait_for 60 "the portal" curl -fsS "http://127.0.0.1:$PORT/readyz"
  wait_for 300 "the first answer to a question" answers audit
  [ "$pages" -gt 1000 ] || wait_for 120 "the best packing of all answers" packed
  read -r count median most longest < <(node bench/search.js "http://127.0.0.1:$PORT")
  kept="$(awk "BEGIN { print ($median < $wanted) ? \"yes\" : \"**missed**\" }")"
  echo "| $pages | $count | $median | $most | $longest | $wanted | $kept |"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
done
echo
