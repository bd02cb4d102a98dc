#!/usr/bin/env bash
# Builds and serves while you work: code is built again, content read again, when a file changes.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
SENTRYAGENT_ENV=development exec cargo leptos watch -- serve
