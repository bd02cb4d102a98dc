#!/usr/bin/env bash
# Builds the portal in release: target/release/portal and target/site.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/build.sh
say "Build"
step "portal and site, release" "read the log above; a clean start is: make clean build" cargo leptos build --release
