#!/usr/bin/env bash
# Has independent clients from npm and PyPI judge the API: as it is built for tests, or the program that API_BIN names.
# SCHEMATHESIS_EXAMPLES and SCHEMATHESIS_SEED say how much schemathesis asks, and what.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
say "Tools (in $TOOLS)"
source scripts/tools/node.sh
source scripts/tools/end2end.sh
source scripts/tools/python.sh
CLIENTS_VENV="$(python_venv "$ROOT/end2end/clients/python/requirements.txt")"
export CLIENTS_VENV
export PATH
if [ -z "${API_BIN:-}" ]; then
  source scripts/tools/rust.sh
  step "API" "read the log above" programs
  export API_BIN="$ROOT/target/debug/api"
fi
exec npm --silent --prefix end2end run clients
