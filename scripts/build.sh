#!/usr/bin/env bash
# Builds portal and API in release: target/release/portal with target/site, target/release/api.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
say "Build"
with_jemalloc() { FEATURES=server/jemalloc programs "$@"; }
step "API and portal, release" "read the log above; a clean start is: make clean build" release with_jemalloc --release
step "what browsers load, release" "read the log above; a clean start is: make clean build" \
  release cargo leptos build --release --frontend-only
