#!/usr/bin/env bash
# Tests the API with independent clients from npm and PyPI: the test build, or the program in API_BIN.
# SCHEMATHESIS_EXAMPLES and SCHEMATHESIS_SEED set the number and the seed of schemathesis' requests.
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
