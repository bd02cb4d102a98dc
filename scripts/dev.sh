#!/usr/bin/env bash
# Builds and serves during development: changed code is rebuilt, changed content is reloaded.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
# cargo-leptos runs Tailwind when main.css or code changes, but not when the imports of main.css change.
mkdir -p target/site/pkg
tailwindcss --watch=always --input style/main.css --output target/site/pkg/portal.css >"$TOOLS/log/tailwind.log" 2>&1 &
trap 'kill %1 2>/dev/null || true' EXIT
SENTRYAGENT_ENV=development cargo leptos watch -- serve
