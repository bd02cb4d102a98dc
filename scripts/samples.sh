#!/usr/bin/env bash
# Runs the samples of guides and quickstarts against a real API: the test build, or the programs in API_BIN and PORTAL_BIN.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh
source scripts/tools/go.sh
source scripts/tools/python.sh
for name in curl jq openssl; do
  command -v "$name" >/dev/null || step "$name" "install $name" debian "$name"
done
if [ -z "${API_BIN:-}" ]; then
  source scripts/tools/rust.sh
  step "API and portal" "read the log above" programs
  export API_BIN="$ROOT/target/debug/api" PORTAL_BIN="$ROOT/target/debug/portal"
fi
SAMPLES_PYTHON="$(python_venv "$ROOT/end2end/samples/run/requirements.txt")"
SAMPLES_GO="$GO_ROOT"
# Not deleted by `make clean`, and shared by all clones.
SAMPLES_BUILT="$TOOLS/samples"
export PATH SAMPLES_PYTHON SAMPLES_GO SAMPLES_BUILT
# Crates of samples are built offline, from the crates fetched for the workspace.
cargo fetch --locked --quiet
exec npm --prefix end2end run --silent samples -- "$@"
