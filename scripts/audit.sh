#!/usr/bin/env bash
# Measures the published figures with the release build: Lighthouse, afdocs, page sizes, and a site of 10,000 pages.
# Writes bench/audit.md. Runs all parts, then fails if a goal or limit is missed. With names of parts as arguments (lighthouse,
# afdocs, weights, onboarding, growth, scale, trail, connections, attacks, screenshots, clients-long), runs only these and prints the results
# without writing the file.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
say "Tools (in $TOOLS)"
source scripts/tools/audit.sh
[ -x target/release/portal ] || scripts/build.sh

RUNS="${RUNS:-5}"
PORT=4400 METRICS=4401 API=4402 OTHER=4410
SITE="http://localhost:$PORT"
# Used to time first responses: a host name would add a lookup of two IP addresses to the measured time.
LOCAL="http://127.0.0.1:$PORT"
MAX_SECONDS=20 MAX_BYTES=700000000
DIR="$(mktemp -d)"
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$DIR"' EXIT

now() { date +%s%N; }
seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.1f", (to - from) / 1e9 }'; }
met() { if awk "BEGIN { exit !($1) }"; then echo yes; else echo '**missed**'; fi; }
metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
# Succeeds when all responses are rendered and compressed. Also checks the number of renders, two per page, because no
# response waits for compression before the first one is rendered. Exits if the portal has exited.
compressed() {
  kill -0 "$pid" || exit 1
  [ "$(metric portal_unpolished_answers)" = 0 ] && [ "$(metric portal_renders_total)" -ge $((2 * $(metric portal_pages))) ]
}
# Peak resident memory, in bytes.
peak() { awk '/^VmHWM/ { printf "%.0f", $2 * 1024 }' "/proc/$1/status"; }
megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.0f MB", bytes / 1e6 }'; }

# portal PORT CONTENT [SETTING…]: starts a portal in the background, in production mode; sets pid.
portal() {
  local port="$1" content="$2"
  shift 2
  ! curl -s "http://127.0.0.1:$port/" >/dev/null || fail "port $port is in use" "stop the process that listens on it"
  env PORTAL_ADDR="127.0.0.1:$port" PUBLIC_SITE_URL="$SITE" CONTENT_DIR="$content" SENTRYAGENT_ENV=production "$@" \
    target/release/portal serve >"$DIR/portal-$port.log" 2>&1 &
  pid=$!
}
stop() {
  kill "$@"
  wait "$@" 2>/dev/null || true
}

# with_site COMMAND…: runs the command against a portal with the project's content, fully compressed, and an API with demo data.
with_site() {
  local api
  env API_ADDR="127.0.0.1:$API" ISSUER_URL="http://localhost:$API" PORTAL_URL="$SITE" DATA_DIR="$DIR/data" KEY_DIR="$DIR/keys" \
    SENTRYAGENT_ENV=development LIMIT_ADDRESS_PER_MINUTE=1000000 LIMIT_SIGNUP_PER_HOUR=1000000 TRUSTED_PROXIES=127.0.0.1 LOG_LEVEL=warn target/release/api serve >"$DIR/api.log" 2>&1 &
  api=$!
  wait_for 60 "the API" curl -fsS "http://127.0.0.1:$API/health/ready"
  portal "$PORT" content METRICS_ADDR="127.0.0.1:$METRICS" EDIT_URL=https://example.com/edit/main/content \
    SENTRYAGENT_API_URL="http://localhost:$API" PUBLIC_API_URL="http://localhost:$API" TRUSTED_PROXIES=127.0.0.1
  wait_for 60 "the portal" curl -fsS "$LOCAL/readyz"
  wait_for 120 "the compression of all responses" compressed
  wait_for 20 "the marketplace" curl -fsS "$LOCAL/marketplace"
  "$@"
  stop "$pid" "$api"
}

lighthouse() {
  echo "## Lighthouse"
  echo
  echo "$(version lighthouse) with default settings: simulated phone on slow 4G. Medians of $RUNS runs. Goal: 100 in all four categories, total blocking time 0 ms."
  echo
  with_site node scripts/npm-audit/lighthouse.js "$SITE" "$RUNS"
}

afdocs() {
  echo "## Docs for agents"
  echo
  echo "$(version afdocs) on every page. Goal: all checks pass."
  echo
  with_site node scripts/npm-audit/afdocs.js "$SITE"
}

weights() {
  echo "## Page sizes"
  echo
  with_site node scripts/npm-audit/weights.js own "$SITE"
  with_site node scripts/npm-audit/weights.js market "$SITE"
}

growth() {
  local small large
  echo "## Page size in a small and a large site"
  echo
  echo "The ten pages of a generated site, compared with the same pages in a site of 5,000 pages: chapters of 25 folders, 10 pages per folder."
  echo
  node bench/generate.js 10 "$DIR/10"
  node bench/generate.js 5000 "$DIR/5000"
  portal "$PORT" "$DIR/10" LOG_LEVEL=error
  small=$pid
  portal "$OTHER" "$DIR/5000" LOG_LEVEL=error
  large=$pid
  wait_for 60 "the small site" curl -fsS "$LOCAL/readyz"
  wait_for 120 "the large site" curl -fsS "http://127.0.0.1:$OTHER/readyz"
  node scripts/npm-audit/weights.js growth "$LOCAL" "http://127.0.0.1:$OTHER"
  stop "$small" "$large"
}

# request_all: requests every 500th page in one batch, after the first page.
request_all() {
  find "$DIR/10000/docs" -name '*.md' ! -name index.md | sort | awk 'NR % 500 == 0' |
    sed -E "s#^$DIR/10000(.*)\.md#url = \"$LOCAL\1\"\noutput = \"/dev/null\"#" >"$DIR/urls"
  curl -fsS -K "$DIR/urls"
}

scale() {
  local start first all searched finished early late page
  echo "## 10,000 pages"
  echo
  node bench/generate.js 10000 "$DIR/10000"
  page="$(find "$DIR/10000/docs" -name '*.md' ! -name index.md | sort | awk 'NR == 7777')"
  page="${page#"$DIR/10000"}" page="${page%.md}"
  start=$(now)
  portal "$PORT" "$DIR/10000" METRICS_ADDR="127.0.0.1:$METRICS" LOG_LEVEL=error
  wait_for 300 "the first page" curl -fsS "$LOCAL$page"
  first=$(now)
  early=$(peak "$pid")
  request_all
  all=$(now)
  say "  ✓ first page after $(seconds "$start" "$first") s"
  wait_for 300 "the first search response" curl -fsS --max-time 300 "$LOCAL/search.json?q=audit"
  searched=$(now)
  say "  ✓ first search response after $(seconds "$start" "$searched") s"
  wait_for 1800 "the compression of all responses" compressed
  finished=$(now)
  late=$(peak "$pid")
  say "  ✓ all responses compressed after $(seconds "$start" "$finished") s"
  find "$DIR/10000" -name '*.md' -printf '%s\n' | awk '{ sum += $1 } END { printf "%d generated pages, %.0f MB in total: ", NR, sum / 1e6 }'
  echo "text, code, tables, lists, links; no two pages are the same. The files were just written, so they are read from the operating system's cache."
  echo
  echo "| measured from process start | result | limit | met |"
  echo "| --- | ---: | --- | --- |"
  echo "| first page returns 200 | $(seconds "$start" "$first") s | < $MAX_SECONDS s | $(met "$first - $start < $MAX_SECONDS * 1e9") |"
  echo "| every 500th page has returned 200 | $(seconds "$start" "$all") s | < $MAX_SECONDS s | $(met "$all - $start < $MAX_SECONDS * 1e9") |"
  echo "| first search response | $(seconds "$start" "$searched") s | – | – |"
  echo "| all responses rendered and compressed | $(seconds "$start" "$finished") s | – | – |"
  echo "| peak memory after the first page | $(megabytes "$early") | < $(megabytes $MAX_BYTES) | $(met "$early < $MAX_BYTES") |"
  echo "| peak memory after indexing and compression | $(megabytes "$late") | < $(megabytes $MAX_BYTES) | $(met "$late < $MAX_BYTES") |"
  echo "| resident memory after indexing and compression | $(megabytes "$(awk '/^VmRSS/ { printf "%.0f", $2 * 1024 }' "/proc/$pid/status")") | – | – |"
  echo
  stop "$pid"
}

onboarding() {
  echo "## Time to the first call"
  echo
  with_site node scripts/npm-audit/onboarding.js "$SITE" "${USERS:-50}" "${USERS_AT_A_TIME:-4}"
}

screenshots() {
  echo "## Screenshots"
  echo
  printf 'Saved in target/audit for visual review: '
  with_site node scripts/npm-audit/screenshots.js "$SITE" target/audit
}

# shellcheck source=scripts/audit/hostile.sh
source scripts/audit/hostile.sh

# Sends many more requests than `make test`, with a new seed for each run.
clients-long() {
  local seed log="$DIR/clients.log"
  seed="$(date +%s)"
  echo "## Independent clients"
  echo
  if ! API_BIN="$ROOT/target/release/api" SCHEMATHESIS_EXAMPLES=1000 SCHEMATHESIS_SEED="$seed" scripts/clients.sh >"$log" 2>&1; then
    tail -n 200 "$log" >&2
    return 1
  fi
  echo "All tests passed. schemathesis generated $(sed -nE 's/^ *([0-9]+) generated.*/\1/p' "$log") requests with seed $seed."
  echo
}

version() { node -p "'$1 ' + require('$ROOT/scripts/npm-audit/node_modules/$1/package.json').version"; }

parts=("$@")
[ $# -gt 0 ] || parts=(lighthouse afdocs weights onboarding growth scale trail connections attacks screenshots clients-long)
{
  echo "# Audit"
  echo
  echo "\`make audit\` on $(date -u +%F), $(nproc) cores, $("$CHROMIUM_BIN" --version 2>/dev/null | awk '{ print $1, $2 }'), commit $(git rev-parse --short HEAD). Results that miss"
  echo "their goal or limit are marked **missed**; in that case, the command fails."
  echo
} >"$DIR/audit.md"
for part in "${parts[@]}"; do
  say "── $part"
  # In a subshell, so that a failure doesn't affect the other parts.
  set +e
  (
    set -e
    trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
    "$part"
  ) >"$DIR/part.md"
  status=$?
  set -e
  if [ "$status" != 0 ]; then
    tail -n 5 "$DIR"/*.log >&2
    printf '**missed**: %s could not be measured.\n\n' "$part" >>"$DIR/part.md"
  fi
  cat "$DIR/part.md" >>"$DIR/audit.md"
done
# Removes empty lines at the end.
printf '%s\n' "$(cat "$DIR/audit.md")" >"$DIR/whole.md"
cat "$DIR/whole.md"
if [ $# -eq 0 ]; then
  cp "$DIR/whole.md" bench/audit.md
  say "wrote bench/audit.md"
fi
missed="$(grep -cE '\*\*missed\*\* \||^\*\*missed' "$DIR/whole.md" || true)"
[ "$missed" = 0 ] || fail "goals or limits missed: $missed" "see the lines marked **missed** above"
