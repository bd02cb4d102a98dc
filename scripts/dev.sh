#!/usr/bin/env bash
# Builds and serves while you work: code is built again, content read again, when a file changes.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
# cargo-leptos starts Tailwind when main.css or code changes, and not when what main.css imports does.
mkdir -p target/site/pkg
tailwindcss --watch=always --input style/main.css --output target/site/pkg/portal.css >"$TOOLS/log/tailwind.log" 2>&1 &
trap 'kill %1 2>/dev/null || true' EXIT
SENTRYAGENT_ENV=development cargo leptos watch -- serve
