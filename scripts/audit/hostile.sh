# shellcheck shell=bash
# Parts of `make audit`: what strangers can do to the servers, and long audit trails. Sourced by scripts/audit.sh.

# Seconds that a request takes. Its body goes to a file.
request_seconds() { curl -fsS -o "$1" -w '%{time_total}' "${@:2}"; }

# Verifies an audit trail of a million events, from the first one and from a stored head, and what others notice meanwhile.
trail() {
  local api="http://127.0.0.1:$API" id secret token whole rest worst=0 head
  local serve=(env API_ADDR="127.0.0.1:$API" DATA_DIR="$DIR/trail" KEY_DIR="$DIR/trail-keys" LOG_LEVEL=error target/release/api serve)
  echo "## A long audit trail"
  echo
  [ -x target/release/examples/trail ] || cargo build --release --workspace --features app/ssr --example trail >&2
  "${serve[@]}" >"$DIR/trail.log" 2>&1 &
  pid=$!
  wait_for 60 "the API" curl -fsS "$api/health/ready"
  curl -fsS "$api/api/v1/signup" --json '{}' >"$DIR/signed-up.json"
  id="$(jq -r .credential.clientId "$DIR/signed-up.json")" secret="$(jq -r .credential.clientSecret "$DIR/signed-up.json")"
  stop "$pid"
  echo "Written: $(target/release/examples/trail "$DIR/trail" "$DIR/trail-keys" "$id" 1000000)."
  echo
  "${serve[@]}" >"$DIR/trail.log" 2>&1 &
  pid=$!
  wait_for 60 "the API" curl -fsS "$api/health/ready"
  token="$(curl -fsS "$api/api/v1/token" -d grant_type=client_credentials -d "client_id=$id" -d "client_secret=$secret" | jq -r .access_token)"
  head="$(curl -fsS "$api/api/v1/audit/head" -H "Authorization: Bearer $token" | jq -r '"\(.headSeq):\(.headHash)"')"
  : >"$DIR/others"
  (while :; do request_seconds /dev/null "$api/openapi.json" >>"$DIR/others"; echo >>"$DIR/others"; sleep 0.05; done) &
  local others=$!
  whole="$(request_seconds "$DIR/verified.json" "$api/api/v1/audit/verify" -H "Authorization: Bearer $token")"
  kill "$others"
  worst="$(sort -n "$DIR/others" | awk '{ times[NR] = $1 } END { printf "%.0f", times[int(NR * 0.99) > 0 ? int(NR * 0.99) : 1] * 1000 }')"
  rest="$(request_seconds /dev/null "$api/api/v1/audit/verify?after=$head" -H "Authorization: Bearer $token")"
  echo "| verification | seconds | result |"
  echo "| --- | ---: | --- |"
  echo "| from the first event | $whole | $(jq -r '"\(.checkedCount) events, verified: \(.verified)"' "$DIR/verified.json") |"
  echo "| from a stored head | $rest | |"
  echo
  echo "Meanwhile, another client requests the contract 20 times a second: p99 $worst ms (limit: 100). $([ "$worst" -lt 100 ] && jq -e .verified "$DIR/verified.json" >/dev/null && echo Met || echo "**missed**")"
  echo
  stop "$pid"
}

# The attacks of `make test` and those that take longer, with a new seed. The servers' own time limits alone take 35 s.
attacks() {
  local report="$DIR/attacks.md" log="$DIR/attacks.log" status=0
  echo "## Attacks"
  echo
  : >"$report"
  (
    source scripts/tools/node.sh
    source scripts/tools/end2end.sh
    export PATH API_BIN="$ROOT/target/release/api" PORTAL_BIN="$ROOT/target/release/portal" PORTAL_SITE_ROOT="$ROOT/target/site"
    ATTACKS=whole ATTACKS_REPORT="$report" npm --silent --prefix end2end run attacks
  ) >"$log" 2>&1 || status=$?
  echo "Release build, production settings, seed $(sed -nE 's/.*seed ([0-9]+);.*/\1/p' "$log" | head -n 1). Limit: no attempt does harm."
  echo
  echo "| attack | attempts | with harm | met |"
  echo "| --- | ---: | ---: | --- |"
  sort "$report"
  echo
  if [ "$status" != 0 ]; then
    tail -n 40 "$log" >&2
    grep -q missed "$report" || printf '**missed**: the attacks failed before they were complete.\n\n'
  fi
}

# Both servers with 1,024 files, as systemd gives a service, under more connections than that.
connections() {
  local target result
  echo "## Hostile connections"
  echo
  echo "5,000 connections from 100 addresses: idle, slow heads, slow bodies, responses that nobody reads. Each server may open 1,024 files. Another client requests a page on a new connection, 20 times a second."
  echo
  echo "| server | requests | failed | median, ms | p99, ms | connections opened | limit: none failed, p99 < 100 ms |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
  for target in api portal; do
    if [ "$target" = api ]; then
      (ulimit -n 1024 && exec env API_ADDR="127.0.0.1:$API" DATA_DIR="$DIR/hostile" KEY_DIR="$DIR/hostile-keys" LOG_LEVEL=error \
        LIMIT_DOCUMENTS_PER_MINUTE=1000000 target/release/api serve >"$DIR/hostile.log" 2>&1) &
    else
      (ulimit -n 1024 && exec env PORTAL_ADDR="127.0.0.1:$API" RECOMPRESS=false LOG_LEVEL=error target/release/portal serve >"$DIR/hostile.log" 2>&1) &
    fi
    pid=$!
    if [ "$target" = api ]; then
      wait_for 60 "the API" curl -fsS "http://127.0.0.1:$API/health/ready"
      result="$(node scripts/npm-audit/connections.js "127.0.0.1:$API" /health/ready /openapi.json "${HOSTILE_SECONDS:-30}")"
    else
      wait_for 60 "the portal" curl -fsS "http://127.0.0.1:$API/readyz"
      result="$(node scripts/npm-audit/connections.js "127.0.0.1:$API" /docs /llms-full.txt "${HOSTILE_SECONDS:-30}")"
    fi
    stop "$pid"
    jq -r --arg name "$target" '"| \($name) | \(.requests) | \(.failed) | \(.median * 10 | round / 10) | \(.p99 * 10 | round / 10) | \(.opened) | \(if .failed == 0 and .p99 < 100 then "yes" else "**missed**" end) |"' <<<"$result"
  done
  echo
}
