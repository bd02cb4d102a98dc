#!/usr/bin/env bash
# Builds the portal and serves it; the address is printed last.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
"$root/scripts/build.sh"
cd "$root"
SENTRYAGENT_ENV="${SENTRYAGENT_ENV:-development}" exec target/release/portal serve
