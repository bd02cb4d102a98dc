#!/usr/bin/env bash
# Draws new diagrams of content/, and deletes drawings that no page uses. ALL=1 redraws all of them: after a change of
# colors or of Mermaid's version.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
command -v node >/dev/null || fail "Node.js is missing" "install Node.js 20 or newer, with npm"

say "Diagrams"
counts="$(node scripts/npm-diagrams/diagrams.js tidy)"
read -r missing all <<<"$counts"
if [ "$missing" = 0 ]; then
  found "all are drawn" "$all"
  exit
fi
say "Tools (in $TOOLS)"
source scripts/tools/mermaid.sh
say "Drawing $missing of $all"
node scripts/npm-diagrams/diagrams.js draw ||
  fail "not all could be drawn" "the page and the line of each are above; what Mermaid understands: https://mermaid.js.org/syntax/"
