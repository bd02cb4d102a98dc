#!/usr/bin/env bash
# Functions that all benchmarks share. Source it after scripts/lib.sh.

# All load comes from one IP address.
export LIMIT_CONNECTIONS_PER_ADDRESS=100000 LIMIT_DOCUMENTS_PER_MINUTE=100000000

median() { printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
lowest() { printf '%s\n' "$@" | sort -n | head -1; }
highest() { printf '%s\n' "$@" | sort -n | tail -1; }
# met CONDITION: a table cell with the result of an awk condition.
met() { awk "BEGIN { print ($1) ? \"yes\" : \"**missed**\" }"; }

# metric NAME: a metric of the portal at METRICS.
metric() { curl -s "http://127.0.0.1:$METRICS/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
compressed() { [ "$(metric portal_unpolished_answers)" = 0 ]; }

# verified ORIGIN FOLDER: signs up at the API with its data in FOLDER, confirms the email address and removes all limits. Prints
# client ID and secret.
verified() {
  local made id code
  made="$(curl -fsS -X POST "$1/api/v1/signup" -H 'Content-Type: application/json' -d '{"email":"bench@bench.example"}')"
  id="$(jq -r .credential.clientId <<<"$made")"
  wait_for 20 "a mail" grep -rqs /verify/ "$2/mail"
  code="$(cat "$2"/mail/* | tr -d '\r' | sed -e ':a' -e '/=$/N; s/=\n//; ta' | grep -o 'slink_[A-Za-z0-9_-]*' | head -1)"
  curl -fsS -o /dev/null "$1/api/v1/signup/verify" -H 'Content-Type: application/json' -d "{\"token\":\"$code\",\"credentials\":\"keep\"}"
  "${API_BIN:-target/release/api}" organizations set-tier "$id" enterprise --data-dir "$2" --key-dir "$(dirname "$2")/keys" >&2
  echo "$id $(jq -r .credential.clientSecret <<<"$made")"
}

# compare_with_nginx PATH: measures the portal at PORTAL and nginx at NGINX with the same bytes and headers, in PAIRS pairs. Sets
# portals, nginxes, ratios and gzip_bytes. nginx keeps running.
compare_with_nginx() {
  local page="$1" headers same ours theirs ratio
  mkdir -p "$DIR/site$(dirname "$page")"
  curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$PORTAL$page" >"$DIR/site$page.html.gz"
  curl -s "http://127.0.0.1:$PORTAL$page" >"$DIR/site$page.html"
  # shellcheck disable=SC2034 # read by callers
  gzip_bytes="$(wc -c <"$DIR/site$page.html.gz")"
  headers="$(curl -sI "http://127.0.0.1:$PORTAL$page" | tr -d '\r' |
    grep -iE '^(cache-control|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cross-origin)' |
    sed -E 's/^([^:]+): (.*)$/add_header \1 "\2";/')"
  awk -v dir="$DIR" -v port="$NGINX" -v headers="$headers" '{ gsub("@DIR@", dir); gsub("@PORT@", port); gsub("@HEADERS@", headers); print }' \
    bench/nginx.conf.in >"$DIR/nginx.conf"
  nginx -c "$DIR/nginx.conf" 2>"$DIR/nginx.log" &
  wait_for 20 "nginx" curl -fsS "http://127.0.0.1:$NGINX$page.html"
  same="$(cmp <(curl -s -H 'Accept-Encoding: gzip' "http://127.0.0.1:$NGINX$page.html") "$DIR/site$page.html.gz" && echo yes)"
  [ "$same" = yes ] || fail "nginx serves different bytes" "see bench/nginx.conf.in"
  # With two cores, one is for the server and one for the load.
  load() {
    wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" -H 'Accept-Encoding: gzip' "http://127.0.0.1:$1" | awk '/Requests\/sec/ { print $2 }'
  }
  say "wrk -t1 -c$CONNECTIONS -d${SECONDS_EACH}s, $PAIRS pairs"
  ratios=() portals=() nginxes=()
  load "$PORTAL$page" >/dev/null
  load "$NGINX$page.html" >/dev/null
  for _ in $(seq "$PAIRS"); do
    ours="$(load "$PORTAL$page")"
    theirs="$(load "$NGINX$page.html")"
    ratio="$(awk "BEGIN { printf \"%.3f\", $ours / $theirs }")"
    say "  portal $ours/s, nginx $theirs/s, ratio $ratio"
    portals+=("$ours") nginxes+=("$theirs") ratios+=("$ratio")
  done
}
# Prints the results of compare_with_nginx as a table row.
nginx_row() {
  echo "| $(median "${portals[@]}") | $(median "${nginxes[@]}") | **$(median "${ratios[@]}")** | $(lowest "${ratios[@]}") | $(highest "${ratios[@]}") |"
}
