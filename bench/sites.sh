#!/usr/bin/env bash
# Measures start, reload and memory with generated sites. Prints Markdown.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/../scripts/lib.sh"
cd "$ROOT"
PORT=3960 METRICS=3961
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT
now() { date +%s%N; }
millis() { echo $((($2 - $1) / 1000000)); }
metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
compressed() { [ "$(metric portal_unpolished_answers)" = 0 ]; }
shows() { curl -fsS "http://127.0.0.1:$PORT/docs/copy-0/concepts/agents" | grep -q "An edit of $1"; }

# Real pages: copies of our own docs in as many folders as necessary, with valid links.
generate() {
  local count="$1" folder="$2" made=0 copy=0
  mkdir -p "$folder/docs"
  local sources=(content/docs/concepts/*.md content/docs/operate/*.md content/docs/writing/*.md)
  while [ "$made" -lt "$count" ]; do
    local into="$folder/docs/copy-$copy"
    mkdir -p "$into"
    cp -r content/docs/concepts content/docs/operate content/docs/writing "$into/"
    sed -i -E '/^redirect_from:/d' "$into"/*/*.md
    made=$((made + ${#sources[@]})) copy=$((copy + 1))
  done
  printf -- '---\ntitle: Docs\ndescription: Generated.\n---\n' >"$folder/docs/index.md"
}

echo "## Sites of many pages"
echo
echo "Copies of our own docs. *First*: from the start of the process to the first response with status 200; from then on, every page is served. *Crawled*: until one client
has requested every tenth page, one after another."
echo "*Edit*: from saving a change until the page shows it. *Compressed*: until all responses are rendered and compressed. *Memory*: resident, at that time."
echo
echo "| pages | first, ms | crawled, ms | edit, ms | compressed, s | memory, MB |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: |"
for count in ${COUNTS:-240 1000 3000}; do
  folder="$DIR/$count"
  generate "$count" "$folder"
  pages=$(find "$folder" -name '*.md' | wc -l)
  start=$(now)
  CONTENT_DIR="$folder" PORTAL_ADDR=127.0.0.1:$PORT METRICS_ADDR=127.0.0.1:$METRICS LOG_LEVEL=error target/release/portal serve >"$DIR/log" 2>&1 &
  pid=$!
  wait_for 60 "the first page" curl -fsS "http://127.0.0.1:$PORT/docs/copy-0/concepts/dids"
  first=$(now)
  find "$folder/docs" -name '*.md' ! -name index.md | sort | sed -E "s#^$folder(.*)\.md#http://127.0.0.1:$PORT\1#" |
    awk 'NR % 10 == 0 { print "url = \"" $0 "\"\noutput = \"/dev/null\"" }' >"$DIR/urls"
  curl -fsS -K "$DIR/urls"
  ready=$(now)
  wait_for 600 "all responses to be compressed" compressed
  done=$(now)
  memory=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status")
  edit=$(now)
  printf '\nAn edit of %s.\n' "$edit" >>"$folder/docs/copy-0/concepts/agents.md"
  wait_for 60 "the edit" shows "$edit"
  shown=$(now)
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  echo "| $pages | $(millis "$start" "$first") | $(millis "$start" "$ready") | $(millis "$edit" "$shown") | $(($(millis "$start" "$done") / 1000)) | $memory |"
done
echo
