#!/usr/bin/env bash
# Reports everything that is wrong with content/. RECORD=1 adds new addresses to the list of published ones.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
arguments=(check)
[ -z "${RECORD:-}" ] || arguments+=(--record)
# The program as it is now, not as it was built once.
programs --quiet
exec target/debug/portal "${arguments[@]}"
