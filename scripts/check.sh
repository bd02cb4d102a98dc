#!/usr/bin/env bash
# Reports all problems of content/. RECORD=1 adds new URLs to the list of published ones.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
arguments=(check)
[ -z "${RECORD:-}" ] || arguments+=(--record)
# Builds the current program, instead of using an older build.
programs --quiet
exec target/debug/portal "${arguments[@]}"
