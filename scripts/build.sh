#!/usr/bin/env bash
# Builds portal and API in release: target/release/portal with target/site, target/release/api.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
say "Build"
step "API and portal, release" "read the log above; a clean start is: make clean build" release programs --release
step "what browsers load, release" "read the log above; a clean start is: make clean build" \
  release cargo leptos build --release --frontend-only
